// SPDX-License-Identifier: Apache-2.0

package returned

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/examples/internal/collect"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/model"
)

// sentOut holds the records and logs that sheets were made from; sheets that come
// back are compared with them.
type sentOut struct {
	cfg     Config
	results []anonymize.Result
	logs    []anonymize.Log // of the results
	// wider are the same as sheets for more readers show them: a yes to these is one to fewer.
	wider   func() ([][]anonymize.Result, error)
	parties map[string][]Party
	basis   string // of a sheet as one would be sent now; whose does not matter
}

// prepare holds sheets against what would be published now.
func prepare(ctx context.Context, cfg Config, examples []model.Example, results []anonymize.Result, parties map[string][]Party) (sentOut, error) {
	s := sentOut{cfg: cfg, results: results, parties: parties}
	s.wider = sync.OnceValues(func() (all [][]anonymize.Result, err error) { // few sheets ask for them
		for readers := cfg.Anonymize.Audience + 1; readers <= model.Everyone; readers++ {
			more := cfg.Anonymize
			more.Audience = readers
			wider, err := anonymize.All(ctx, more, collect.Sequence(examples))
			if err != nil {
				return nil, err
			}
			all = append(all, wider)
		}
		return all, nil
	})
	for _, r := range results {
		s.logs = append(s.logs, r.Log)
	}
	for _, r := range results {
		if !r.Withheld() {
			sent, err := sheetAsSent(r, cfg.Guide(cfg.Locale), cfg.Theme, true)
			s.basis = sent.basis
			return s, err
		}
	}
	return s, nil
}

// reading holds the answer in a file, or why it does not count.
type reading struct {
	answer
	about  []string // the examples that it answers for
	why    string   // it does not count, in words for the working group
	unread bool
	loose  bool // only what stands outside its fields makes it a wish for changes
	other  bool // it answers for another text, or is not one whole sheet that was sent
}

// read finds what a file says, for which text and for which party, and why it does
// not count where it does not. Whatever stands on a sheet outside its fields and is
// no answer to one of its questions makes its yes a wish for changes. A no is a no
// on whatever sheet of an example it stands.
func (s sentOut) read(r sheet) (reading, error) {
	if r.why != "" {
		return reading{why: r.why, unread: true}, nil
	}
	h := held{sheet: r, answers: r.answers, of: s.fields(r)}
	h.shown, h.exact = s.shown(r)
	if h.shown < 0 && len(r.lines) > 0 && len(h.of) == 1 { // what told its text was taken out
		h.shown = h.of[0]
	}
	if h.shown >= 0 {
		var err error
		if h.answers, h.rest, h.differs, err = s.inAnyLanguage(r, h.shown); err != nil {
			return reading{}, err
		}
	}
	one, err := guidance.ReadSignOff(h.answers, s.logs)
	h.known, h.exact = err == nil, h.exact || err == nil && len(bases(r.answers)) > 0
	if err != nil && !errors.Is(err, guidance.ErrSignOff) {
		return reading{}, err
	}
	out := reading{answer: answer{SignedOff: one}, other: !h.known}
	out.by(one.Log.Example)
	switch {
	case h.ofTwo():
		s.putTogether(h, &out)
	case h.shown >= 0 && !(h.known && h.exact):
		s.ofAnotherText(h, &out)
	case !h.known:
		out.why = noSuchText
	default:
		s.counts(h, &out)
	}
	s.whose(r, &out)
	if closing := out.Verdict == guidance.Refused || out.Verdict == guidance.WithChange; out.other && closing {
		out.earlier = true
		out.why = becameOf(out.Verdict) + " until a yes to the text as it is now comes back"
	} else if out.other {
		out.about, out.Verdict = nil, guidance.Undecided
	}
	return out, nil
}

const noSuchText = "answers for no text as it would be published now: send a new sheet"

// held is a sheet held against those that were sent.
type held struct {
	sheet
	answers map[string]guidance.Answer
	rest    []string // what stands outside its fields and answers no question
	differs string   // what else of it is not as it was sent
	of      []int    // the results that its fields answer for
	shown   int      // the result whose text it shows; -1: none
	exact   bool     // it shows the text as it would be published now
	known   bool     // its answer is for one of the texts
}

// ofTwo reports whether a sheet was put together from two.
func (h held) ofTwo() bool {
	return len(bases(h.sheet.answers)) > 1 || h.shown >= 0 && slices.ContainsFunc(h.of, func(i int) bool { return i != h.shown })
}

// putTogether reads a sheet made of two: what closes one of the examples closes all of them.
func (s sentOut) putTogether(h held, out *reading) {
	out.why = "put together from two sheets: ask for one that is whole"
	out.other, out.Verdict = true, s.worst(h.sheet.answers, h.rest)
	for _, i := range append(h.of, h.shown) {
		if i >= 0 {
			out.by(s.logs[i].Example)
		}
	}
}

// ofAnotherText reads a sheet that shows an example's text as it is not published now: its
// no counts, and its yes does not.
func (s sentOut) ofAnotherText(h held, out *reading) {
	out.other, out.Log = true, s.logs[h.shown]
	out.by(out.Log.Example)
	if out.why = noSuchText; s.refused(h.rest) || s.refused([]string{h.answers["decision"].Text}) {
		out.Verdict = guidance.Refused
	} else if h.known { // a yes to the text as it was, beside all that has changed since
		out.Verdict = guidance.Undecided
	}
}

// counts reads a sheet that answers for one text as it would be published now.
func (s sentOut) counts(h held, out *reading) {
	switch {
	case out.Verdict != guidance.Refused && s.refused(h.rest):
		out.Verdict = guidance.Refused
	case out.Verdict != guidance.Refused && h.differs != "":
		out.loose = out.Verdict != guidance.WithChange
		out.Verdict, out.why = guidance.WithChange, h.differs
	case out.Verdict == guidance.Agreed && out.At > s.cfg.Anonymize.Now.AddDate(0, 0, 1).Format(time.DateOnly): // it is tomorrow somewhere
		out.Verdict, out.why = guidance.WithChange, "the day on it lies after today: nothing of it is published until a person has read it"
	case out.Verdict == guidance.WithChange:
		out.why = s.noSignature(h.answers)
	}
}

// noSignature says which of the fields for the name and the day keeps a sheet from being
// a yes; "" where neither does.
func (s sentOut) noSignature(answers map[string]guidance.Answer) string {
	signed := maps.Clone(answers)
	for _, field := range []struct{ id, text, why string }{
		{"date", "", "what stands in its field for the day is no day that can be read"},
		{"name", "A. Person", "what stands in its field for the name is more than a name, or none"},
	} {
		signed[field.id] = guidance.Answer{Text: field.text, Basis: answers[field.id].Basis}
		if one, err := guidance.ReadSignOff(signed, s.logs); err == nil && one.Verdict == guidance.Agreed {
			return field.why + ": nothing of it is published until a person has read it"
		}
	}
	return ""
}

// by notes an example that a file answers for.
func (r *reading) by(example string) {
	if example != "" && !slices.Contains(r.about, example) {
		r.about = append(r.about, example)
	}
}

// whose finds the party that a sheet was sent to, by its code. A yes with a code
// that is none of the example's, or with two, is none.
func (s sentOut) whose(r sheet, out *reading) {
	parties := s.parties[out.Log.Example]
	of := func(code string) string {
		i := slices.IndexFunc(parties, func(p Party) bool { return p.Code == code })
		if i < 0 {
			return ""
		}
		return parties[i].Ref
	}
	shown, foreign := s.codes(r, parties)
	wrong := func(why string) {
		if out.loose {
			out.why = why
		} else if out.Verdict == guidance.Agreed || out.Verdict == guidance.Undecided {
			out.other, out.why = true, cmp.Or(out.why, why)
		}
	}
	switch {
	case out.Log.Example == "" || len(out.about) > 1:
	case out.Code != "" && of(out.Code) == "":
		wrong("its code is of nobody behind this example: ask for the sheet that was sent")
	case len(shown) > 1, out.Code != "" && len(shown) == 1 && shown[0] != out.Code, foreign && out.Code == "":
		wrong("a copy of another’s sheet: its text shows another code than its fields, or two. Ask for the one that was sent")
	case out.Code != "":
		out.party = of(out.Code)
	case len(shown) == 1:
		out.party = of(shown[0])
	case len(parties) == 1: // as sheets were before they had codes
		out.party = parties[0].Ref
	case out.Verdict == guidance.Agreed && out.why == "":
		out.why = "yes, but the sheet does not say whose: the example has several parties. Send each its own sheet"
	}
}

// codes are the codes of an example's parties that can be seen on a sheet. foreign
// reports one of another example instead.
func (s sentOut) codes(r sheet, own []Party) (shown []string, foreign bool) {
	words := map[string]bool{}
	for _, line := range r.lines {
		if len(line) > 200 || strings.Contains(line, "#") { // a code stands in a short line, and not in a field's mark
			continue
		}
		for _, w := range strings.FieldsFunc(strings.ToLower(line), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			words[w] = true
		}
	}
	for _, p := range own {
		if words[p.Code] {
			shown = append(shown, p.Code)
		}
	}
	if len(shown) > 0 {
		return shown, false
	}
	for _, parties := range s.parties {
		foreign = foreign || slices.ContainsFunc(parties, func(p Party) bool { return words[p.Code] })
	}
	return nil, foreign
}

// bases are the marks of the sheets that answers are from.
func bases(answers map[string]guidance.Answer) []string {
	var out []string
	for _, id := range slices.Sorted(maps.Keys(answers)) {
		if b := answers[id].Basis; b != "" && !slices.Contains(out, b) {
			out = append(out, b)
		}
	}
	return out
}

// fields are the results that the fields of a sheet answer for.
func (s sentOut) fields(r sheet) []int {
	var out []int
	for _, basis := range bases(r.answers) {
		// A no tells also of which record the sheet of an earlier text is; that text is
		// then an error beside it.
		one, _ := guidance.ReadSignOff(map[string]guidance.Answer{"decision": {Text: "No", Basis: basis}}, s.logs)
		if i := slices.IndexFunc(s.logs, func(l anonymize.Log) bool { return l.Record != "" && l.Record == one.Log.Record }); i >= 0 {
			out = append(out, i)
		}
	}
	return out
}

// worst returns the most closed verdict among fields of several sheets and the text
// outside of fields.
func (s sentOut) worst(answers map[string]guidance.Answer, rest []string) guidance.Verdict {
	if s.refused(append(slices.Clone(rest), answers["decision"].Text)) {
		return guidance.Refused
	}
	if answers["change"].Text != "" || answers["missed"].Text != "" {
		return guidance.WithChange
	}
	return guidance.Undecided
}

// closes reports whether a sheet says anything that closes its example, which is not
// among those that are known.
func (s sentOut) closes(r sheet) bool {
	v := s.worst(r.answers, nil)
	return v == guidance.Refused || v == guidance.WithChange
}

// refused reports whether one of some lines is a no.
func (s sentOut) refused(lines []string) bool {
	return slices.ContainsFunc(lines, func(line string) bool {
		one, err := guidance.ReadSignOff(map[string]guidance.Answer{"decision": {Text: line, Basis: s.basis}}, s.logs)
		return err == nil && one.Verdict == guidance.Refused
	})
}

// shown is the result whose text a sheet shows: exactly as it would be published
// now, or, by the number of its record, as it was.
func (s sentOut) shown(r sheet) (at int, exact bool) {
	holds := func(what string) bool {
		return what != "" && slices.ContainsFunc(r.lines, func(line string) bool { return strings.Contains(line, what) })
	}
	text := func(l anonymize.Log) bool { return l.Record != "" && holds(l.Approval) }
	record := func(l anonymize.Log) bool { return holds(l.Record) }
	// Two examples may have the same text.
	if i := slices.IndexFunc(s.logs, func(l anonymize.Log) bool { return text(l) && record(l) }); i >= 0 {
		return i, true
	}
	if i := slices.IndexFunc(s.logs, record); i >= 0 {
		return i, false
	}
	i := slices.IndexFunc(s.logs, text)
	return i, i >= 0
}

// inAnyLanguage reads a sheet beside the one that was sent, in the language in
// which most of it is the same.
func (s sentOut) inAnyLanguage(r sheet, at int) (answers map[string]guidance.Answer, rest []string, differs string, err error) {
	codes, _ := s.codes(r, s.parties[s.logs[at].Example])
	fewest := -1
	for _, locale := range append([]string{s.cfg.Locale}, guidance.Locales()...) {
		cfg := s.cfg.Guide(locale)
		if len(codes) == 1 {
			cfg.SheetCode = codes[0]
		}
		length, shown := 0, []anonymize.Result{s.results[at]}
		for i := 0; i < len(shown); i++ {
			sent, err := sheetAsSent(shown[i], cfg, s.cfg.Theme, r.markdown)
			if err != nil {
				return nil, nil, "", err
			}
			for _, group := range s.cfg.Groups {
				sent.lines[plainLine(group)]++
				sent.about[aroundLine(group)] = true
			}
			if own := bases(r.answers); len(own) == 1 {
				sent.basis = own[0]
			}
			d := r.against(sent)
			if n := d.size(); fewest < 0 || n < fewest {
				fewest = n
				answers, rest = r.complete(sent, d)
				differs = changed(rest, d)
			}
			length = len(sent.lines)
			if i == 0 && fewest > 0 {
				more, err := s.forMore(at)
				if err != nil {
					return nil, nil, "", err
				}
				shown = append(shown, more...)
			}
		}
		if fewest <= length/2 {
			break
		}
	}
	return answers, rest, differs, nil
}

// forMore are what sheets for more readers were made from, where these show the same text.
func (s sentOut) forMore(at int) (out []anonymize.Result, err error) {
	all, err := s.wider()
	for _, wider := range all {
		if at < len(wider) && !wider[at].Withheld() && wider[at].Log.Example == s.logs[at].Example && wider[at].Log.Approval == s.logs[at].Approval {
			out = append(out, wider[at])
		}
	}
	return out, err
}
