// SPDX-License-Identifier: Apache-2.0

package returned

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/model"
)

// Party is one of those who stand behind an example. Each answers on a sheet of
// its own.
type Party struct {
	Ref, Role string
	Name      string // as the working group knows it; empty where it declared none
	Code      string // of its sheet
	Asked     bool   // sentences wait for its yes
	Answer    Answer
}

// Answer holds the verdict of a party, with name and day.
type Answer struct {
	Verdict guidance.Verdict
	By, At  string
	// Unclear is a yes that two people signed on copies of one sheet: which of them
	// speaks for the party is for a person to find out.
	Unclear bool
}

// Key names the answer among the messages of the programs.
func (a Answer) Key() string {
	switch {
	case a.Unclear:
		return "unclear"
	case a.Verdict == guidance.Undecided:
		return "none"
	}
	return string(a.Verdict)
}

// Parties are those who stand behind an example, in its order, with the codes of
// their sheets. Who has the key can make them again; nobody else can.
func Parties(key []byte, e model.Example, record string) []Party {
	var out []Party
	add := func(ref string) int {
		i := slices.IndexFunc(out, func(p Party) bool { return p.Ref == ref })
		if i < 0 {
			i = len(out)
			out = append(out, Party{Ref: ref, Code: code(key, record, ref)})
		}
		return i
	}
	for _, p := range e.Parties {
		at := &out[add(p.Ref)]
		at.Role = cmp.Or(at.Role, p.Role)
		for _, id := range p.Identities {
			at.Name = cmp.Or(at.Name, string(id.Name))
		}
	}
	for _, a := range e.Agreements {
		at := &out[add(a.Party)]
		at.Asked = at.Asked || asks(a)
	}
	return out
}

// asks reports whether sentences wait for the yes of the party of an agreement.
func asks(a model.Agreement) bool {
	return requires(a) || a.Uses[model.UseSingleSource] || a.Uses[model.UseVignette]
}

// requires reports whether nothing but a count is published without that yes.
func requires(a model.Agreement) bool { return a.Approval.Required || a.Level == model.Attributed }

// code is short enough to be read out, and long enough that nobody finds another
// party's by trying: each try is a sheet that a person sees.
func code(key []byte, record, party string) string {
	h := hmac.New(sha256.New, key)
	h.Write([]byte("sharedpractice\x00sheet\x00" + record + "\x00" + party))
	return strings.ToLower(base32.StdEncoding.EncodeToString(h.Sum(nil)))[:7]
}

// SheetName is the name of a party's sheet, without its ending.
func SheetName(record string, p Party, of int) string {
	if of < 2 {
		return record
	}
	return record + "-" + p.Code
}

// answer holds the verdict in one file.
type answer struct {
	guidance.SignedOff
	party   string // empty where the sheet does not say
	earlier bool   // it is a no, or a wish for changes, to an earlier text
	file    int
}

// put files the answers on one example, each as its party's. A no and a wish for
// changes of any party close it. A yes is one of the party that gave it, and opens
// nothing while another party that is asked has not said yes.
func (s *Filed) put(e *model.Example, parties []Party, answers []answer) {
	e.Agreements = slices.Clone(e.Agreements)
	said := s.settle(parties, answers)
	for i := range parties {
		parties[i].Answer = said[parties[i].Ref]
	}
	if s.closes(parties, answers) {
		for i := range e.Agreements {
			e.Agreements[i].Approval = model.Approval{Required: true}
		}
		for _, a := range answers {
			if a.Verdict == guidance.Agreed {
				s.Files[a.file].What = "yes, but another answer about this example is none: nothing of it is published"
			}
		}
		return
	}
	yes := func(ref string) bool { return said[ref].Verdict == guidance.Agreed && !said[ref].Unclear }
	first := slices.IndexFunc(answers, func(a answer) bool { return yes(a.party) })
	if first < 0 {
		return
	}
	text := answers[first].Log.Approval
	waits, required := false, false
	for _, a := range e.Agreements {
		required = required || requires(a)
		waits = waits || asks(a) && !yes(a.Party) && a.Approval.TextSHA256 != text
	}
	for i, a := range e.Agreements {
		if yes(a.Party) {
			e.Agreements[i].Approval = model.Approval{Required: a.Approval.Required, TextSHA256: text, By: model.Raw(said[a.Party].By), At: said[a.Party].At}
		}
		e.Agreements[i].Approval.Required = a.Approval.Required || asks(a) && (required || !waits)
	}
	if waits {
		s.Waiting++
		for _, a := range answers {
			if yes(a.party) {
				s.Files[a.file].What = "yes, filed as this party’s; the example waits for the others"
			}
		}
	}
}

// settle returns the answer of each party. The most closed one holds; of a yes that two
// people signed on copies of one sheet, nobody knows whose it is.
func (s *Filed) settle(parties []Party, answers []answer) map[string]Answer {
	said := mostClosed(answers)
	for ref, now := range said {
		if now.Verdict != guidance.Agreed {
			continue
		}
		other := func(a answer) bool {
			return a.party == ref && a.Verdict == guidance.Agreed && plainLine(string(a.By)) != plainLine(now.By)
		}
		switch {
		case ref == "":
			now.Unclear = true
			s.Several++
		case len(parties) > 1 && slices.ContainsFunc(answers, other):
			now.Unclear = true
			for _, a := range answers {
				if a.party == ref && a.Verdict == guidance.Agreed {
					s.Files[a.file].What = "a copy of a sheet that came back under another name: ask which of them speaks for this party"
				}
			}
		}
		said[ref] = now
	}
	return said
}

// mostClosed is of each party the answer that closes most, the first of several. What it
// answered to an earlier text falls where it has said yes to the text as it is now.
func mostClosed(answers []answer) map[string]Answer {
	rank := []guidance.Verdict{guidance.Undecided, guidance.Agreed, guidance.WithChange, guidance.Refused}
	said := map[string]Answer{}
	for _, a := range answers {
		if a.earlier && slices.ContainsFunc(answers, func(x answer) bool { return x.party == a.party && !x.earlier && x.Verdict == guidance.Agreed }) {
			continue
		}
		if now, ok := said[a.party]; !ok || slices.Index(rank, a.Verdict) > slices.Index(rank, now.Verdict) {
			said[a.party] = Answer{Verdict: a.Verdict, By: string(a.By), At: a.At}
		}
	}
	return said
}

// closes reports whether the answers close the example: a no or a wish for changes
// to the text as it is now, or to an earlier one by who has not said yes since.
func (s *Filed) closes(parties []Party, answers []answer) bool {
	all := !slices.ContainsFunc(parties, func(p Party) bool { return p.Asked && p.Answer.Verdict != guidance.Agreed })
	return slices.ContainsFunc(answers, func(a answer) bool {
		if a.Verdict != guidance.Refused && a.Verdict != guidance.WithChange {
			return false
		}
		if !a.earlier {
			return true
		}
		return a.party == "" && !all || a.party != "" && !slices.ContainsFunc(parties, func(p Party) bool {
			return p.Ref == a.party && p.Answer.Verdict == guidance.Agreed
		})
	})
}
