// SPDX-License-Identifier: Apache-2.0

package intake

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/model"
)

// names puts what would give the row away among the names to keep out.
func (r *run) names(answers map[string]string, people, bodies []string) {
	for _, name := range bodies {
		answers["other_names"] = join(answers["other_names"], entry(name, "organisation"))
	}
	for _, name := range append(people, answers["contact"]) {
		for _, part := range strings.FieldsFunc(name, func(c rune) bool { return strings.ContainsRune(",;/|()<>\n", c) }) {
			part = strings.TrimSpace(part)
			switch named := len(strings.Fields(part)); {
			case strings.Contains(part, "@"):
				answers["other_names"] = join(answers["other_names"], entry(part, "code"))
			case strings.ContainsFunc(part, unicode.IsDigit):
			case slices.Contains(people, name) || named >= 2 && named <= 4:
				answers["other_names"] = join(answers["other_names"], entry(part, "person"))
			}
		}
	}
	for _, id := range []string{"holding", "clients"} {
		var refs []string
		for _, name := range lines(answers[id]) {
			if strings.HasPrefix(name, "ref:") {
				refs = append(refs, name)
				continue
			}
			answers["other_names"] = join(answers["other_names"], entry(name, "organisation"))
			refs = append(refs, "ref:"+r.reference("o", organisation(name)))
		}
		if len(refs) > 0 {
			answers[id] = join(refs...)
		}
	}
}

// references gives the row's organisation, others and example references that
// do not depend on its place in the sheet.
func (r *run) references(row Row, answers map[string]string, account string) {
	if name := answers["organisation"]; name != "" && answers["party"] == "" {
		head, _, _ := strings.Cut(name, " (also ")
		answers["party"] = r.reference("o", organisation(head))
	}
	if others := lines(answers["others"]); len(others) > 0 {
		for i, other := range others {
			if !strings.Contains(other, "[ref ") {
				head, _, _ := strings.Cut(other, " [")
				others[i] = other + " [ref " + r.reference("o", organisation(head)) + "]"
			}
		}
		answers["others"] = join(others...)
	}
	id := answers["id"]
	if id != "" {
		id = r.reference("e", "given", id)
	} else if id = r.reference("e", answers["organisation"], answers["title"]); answers["title"] == untitled && account != "" {
		// A story may be mended later; the day on which its sender sent it stays.
		if id = r.reference("e", answers["organisation"], account); r.days[r.day(row)] == 1 {
			id = r.reference("e", "sent", r.day(row))
		}
	} else if answers["organisation"] == "" {
		var all []string
		for _, q := range model.Form() {
			all = append(all, answers[q.ID])
		}
		id = r.reference("e", all...)
	}
	if r.seen[id]++; r.seen[id] > 1 {
		id += "-" + strconv.Itoa(r.seen[id])
	}
	answers["id"] = id
	if answers["agreement"] == "" {
		answers["agreement"] = "agreement-" + id
	}
}

// organisation is a name as far as it tells organisations apart: case,
// punctuation and legal forms do not.
func organisation(name string) string {
	fields := strings.Fields(words(name))
	for len(fields) > 1 && slices.Contains([]string{"ltd", "limited", "plc", "inc", "llc", "llp", "gmbh", "ag", "bv", "sa", "cic", "corp", "corporation"}, fields[len(fields)-1]) {
		fields = fields[:len(fields)-1]
	}
	if len(fields) > 1 && fields[0] == "the" {
		fields = fields[1:]
	}
	return strings.Join(fields, " ")
}

func (r *run) reference(kind string, parts ...string) string {
	h := hmac.New(sha256.New, r.secret)
	for _, p := range parts {
		p = strings.Join(strings.Fields(words(p)), " ")
		h.Write([]byte(strconv.Itoa(len(p)) + ":" + p))
	}
	// Figures only, in which no name can stand.
	sum := h.Sum(nil)
	return fmt.Sprintf("%s-%019d%05d", kind, binary.BigEndian.Uint64(sum)>>1, binary.BigEndian.Uint16(sum[8:]))
}

// Repeats lists the rows that say what an earlier row says, and those of
// organisations that look like an earlier row's. None is dropped: a person says
// which is meant. rows are those of the examples.
func Repeats(examples []model.Example, rows []int) []Finding {
	all := make([]*model.Example, len(examples))
	runs := make([][]uint64, len(examples))
	where := map[uint64][]int{}
	at := map[string]int{} // the first row of a holding, counted from 0
	for i := range examples {
		e := &examples[i]
		all[i], runs[i] = e, anonymize.Shingles(e)
		for _, h := range runs[i] {
			where[h] = append(where[h], i)
		}
		for _, p := range e.Parties {
			if _, ok := at[p.HoldingRef()]; !ok {
				at[p.HoldingRef()] = i
			}
		}
	}
	var out []Finding
	copies := map[int]bool{}
	for i := range examples {
		shared := map[int]int{}
		for _, h := range runs[i] {
			if like := where[h]; len(like) <= anonymize.CommonShingle {
				for _, j := range like {
					if j < i {
						shared[j]++
					}
				}
			}
		}
		for _, j := range slices.Sorted(maps.Keys(shared)) {
			if anonymize.NearCopy(shared[j], len(runs[i]), len(runs[j])) {
				copies[i] = true
				out = append(out, Finding{Row: rows[i], Fault: "says nearly the same as row " + itoa(rows[j]) + ": if it was sent twice, delete one of them; until then both are one contributor’s"})
				break
			}
		}
	}
	told := map[int]bool{}
	for _, pair := range anonymize.LookAlikes(all, nil) {
		i, okA := at[pair.A]
		j, okB := at[pair.B]
		if i < j {
			i, j = j, i
		}
		if !okA || !okB || pair.Why != "name" && pair.Why != "domain" || copies[i] || told[i] {
			continue
		}
		told[i] = true
		why := "its name"
		if pair.Why == "domain" {
			why = "its e-mail address"
		}
		out = append(out, Finding{Row: rows[i], Fault: "is of an organisation that looks like that of row " + itoa(rows[j]) + ", by " + why + ": they count as one contributor until a person says that they are two"})
	}
	return out
}

// sentAgain gives the rows that are one example, sent more than once, the most closed terms
// of them all: who closes something later does not mean that row only, and who opens
// something has not taken the earlier row back. A row that says no and tells nothing, or
// under a title that speaks of it, holds all that its contributor sent.
func (r *run) sentAgain() {
	same := map[string][]int{} // by the reference that the rows share
	for i, e := range r.out.Examples {
		head, _, _ := strings.Cut(e.ID, "-")
		ref, _, _ := strings.Cut(strings.TrimPrefix(e.ID, head+"-"), "-")
		same[ref] = append(same[ref], i)
	}
	for _, ref := range slices.Sorted(maps.Keys(same)) {
		r.mostClosed(same[ref])
	}
	for i := range r.out.Examples {
		e := &r.out.Examples[i]
		if !refused(e) || len(e.Parties) == 0 {
			continue
		}
		all := speaksOfEnd(string(e.Title.Value)) || len(e.Steps) == 0 && len(e.Outcomes) == 0 && len(e.Challenges) == 0 && e.Account == ""
		told := false
		for j := range r.out.Examples {
			other := &r.out.Examples[j]
			if i == j || !sameContributor(e, other) || refused(other) {
				continue
			}
			switch {
			case all && withhold(other):
				r.find(Finding{Row: r.out.Rows[j], Fault: "is of the contributor of row " + itoa(r.out.Rows[i]) + ", which says no and does not tell to what; withheld until a person says which is meant", Unusable: true})
			case !all && !told:
				told = true
				r.find(Finding{Row: r.out.Rows[i], Fault: "says no; row " + itoa(r.out.Rows[j]) + " of the same contributor does not: ask whether it means that one too"})
			}
		}
	}
}

// sameContributor reports whether two examples came from one, by name or, where one
// gives none, by the address of who sent them.
func sameContributor(a, b *model.Example) bool {
	if len(a.Parties) == 0 || len(b.Parties) == 0 {
		return false
	}
	p, q := a.Parties[0], b.Parties[0]
	return p.HoldingRef() == q.HoldingRef() && (namesBody(p) || namesBody(q)) || (!namesBody(p) || !namesBody(q)) && strings.Contains(string(p.Contact), "@") && strings.EqualFold(string(p.Contact), string(q.Contact))
}

// namesBody reports whether a party gave the name of its organisation.
func namesBody(p model.Party) bool {
	return slices.ContainsFunc(p.Identities, func(i model.Identity) bool { return i.Type == "organisation" })
}

// speaksOfEnd reports whether a title says that something is taken back.
func speaksOfEnd(title string) bool {
	return remark(title) != "" || slices.ContainsFunc(said(title), func(w string) bool {
		return slices.ContainsFunc([]string{"withdraw", "withdrew", "zurückgezogen", "rückzug", "widerruf", "retrait", "retiré", "retirad", "retirada", "ritiro", "ritirat", "intrekking", "ingetrokken", "wycofan", "återkall", "tynnu"}, func(head string) bool {
			return strings.HasPrefix(w, head)
		})
	})
}

// refused reports whether somebody says no.
func refused(e *model.Example) bool {
	return slices.ContainsFunc(e.Agreements, func(a model.Agreement) bool {
		return a.Consent.Status == "declined" || a.Consent.Status == "withdrawn"
	})
}

// withhold closes an example and reports whether it was open.
func withhold(e *model.Example) (open bool) {
	for j := range e.Agreements {
		open = open || e.Agreements[j].Level != model.Withheld && e.Agreements[j].Consent.Status == "given"
		e.Agreements[j].Level = model.Withheld
	}
	return open
}

// mostClosed gives the rows of one example the most closed terms of all.
func (r *run) mostClosed(rows []int) {
	if len(rows) < 2 {
		return
	}
	closedBy, says := -1, "which is withheld"
	for _, i := range rows {
		e := &r.out.Examples[i]
		switch {
		case refused(e):
			closedBy, says = i, "which says no"
		case closedBy < 0 && !inForce(e):
			closedBy = i
		}
	}
	if closedBy >= 0 {
		for _, i := range rows {
			if i != closedBy && withhold(&r.out.Examples[i]) {
				r.find(Finding{Row: r.out.Rows[i], Fault: "is the example of row " + itoa(r.out.Rows[closedBy]) + ", " + says + "; withheld until this is settled", Unusable: true})
			}
		}
		return
	}
	var all []model.Agreement
	for _, i := range rows {
		all = append(all, r.out.Examples[i].Agreements...)
	}
	for _, i := range rows {
		e, changed := &r.out.Examples[i], false
		for j := range e.Agreements {
			for _, a := range all {
				changed = Tighten(&e.Agreements[j], a) || changed
			}
		}
		if changed {
			r.find(Finding{Row: r.out.Rows[i], Fault: "was sent more than once, with other answers on what may be done; the most closed of all count: delete the rows that no longer hold", Unusable: e.Agreements[0].Conditions != ""})
		}
	}
}

// inForce reports whether an agreement of each party gives leave, whatever the day.
func inForce(e *model.Example) bool {
	for _, p := range e.Parties {
		if !slices.ContainsFunc(e.Agreements, func(a model.Agreement) bool { return a.Party == p.Ref }) {
			return false
		}
	}
	return len(e.Parties) > 0 && !slices.ContainsFunc(e.Agreements, func(a model.Agreement) bool {
		return a.Level == model.Withheld || a.Consent.Status != "given" && a.Consent.Status != "amended"
	})
}

// Tighten closes an agreement as far as another does, and reports whether it did.
func Tighten(a *model.Agreement, by model.Agreement) (changed bool) {
	set := func(closer bool, tighter func()) {
		if closer {
			tighter()
			changed = true
		}
	}
	leave := func(c model.Consent) bool { return c.Status == "given" || c.Status == "amended" }
	set(leave(a.Consent) && !leave(by.Consent), func() { a.Consent = by.Consent })
	set(by.Withdrawal != (model.Withdrawal{}) && a.Withdrawal == (model.Withdrawal{}), func() { a.Withdrawal = by.Withdrawal })
	set(by.Level < a.Level, func() { a.Level = by.Level })
	set(by.Audience < a.Audience, func() { a.Audience = by.Audience })
	set(by.NameForm < a.NameForm, func() { a.NameForm = by.NameForm })
	set(by.K > a.K, func() { a.K = by.K })
	set(by.Approval.Required && !a.Approval.Required, func() { a.Approval = by.Approval })
	set(a.ContactAllowed && !by.ContactAllowed, func() { a.ContactAllowed = false })
	set(by.NotBefore > a.NotBefore, func() { a.NotBefore = by.NotBefore })
	set(by.Consent.GivenAt > a.Consent.GivenAt, func() { a.Consent.GivenAt = by.Consent.GivenAt })
	set(by.Expires != "" && (a.Expires == "" || by.Expires < a.Expires), func() { a.Expires = by.Expires })
	for _, line := range lines(string(by.Conditions)) {
		set(!slices.Contains(lines(string(a.Conditions)), line), func() { a.Conditions = model.Raw(join(string(a.Conditions), line)) })
	}
	uses := model.Uses{}
	for use, granted := range a.Uses {
		uses[use] = granted && by.Uses[use]
		changed = changed || granted && !by.Uses[use]
	}
	a.Uses = uses
	fields := maps.Clone(a.Fields)
	for field, level := range by.Fields {
		if had, ok := fields[field]; !ok || level < had {
			if fields == nil {
				fields = map[string]model.Level{}
			}
			fields[field], changed = level, true
		}
	}
	maps.DeleteFunc(fields, func(_ string, level model.Level) bool { return level > a.Level })
	a.Fields = fields
	return changed
}
