// SPDX-License-Identifier: Apache-2.0

package intake

import (
	"maps"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/model"
)

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
				changed = tighten(&e.Agreements[j], a) || changed
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

// tighten closes an agreement as far as another does, and reports whether it did.
func tighten(a *model.Agreement, by model.Agreement) (changed bool) {
	set := func(closer bool, tighter func()) {
		if closer {
			tighter()
			changed = true
		}
	}
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
