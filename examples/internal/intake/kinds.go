// SPDX-License-Identifier: Apache-2.0

package intake

import (
	"cmp"
	_ "embed"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

//go:embed data/kinds.tsv
var kindsTSV string

// kindWords are kinds of organisations by what people call them; after heads, by the
// words that a longer name of such a kind ends with.
var kindWords = sync.OnceValue(func() (all struct{ whole, heads map[string]string }) {
	all.whole, all.heads = map[string]string{}, map[string]string{}
	maps.Copy(all.whole, wordsOf(kindsTSV))
	for line := range strings.Lines(kindsTSV) {
		id, list, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		for name := range strings.SplitSeq(list, "|") {
			if head, ok := strings.CutPrefix(name, "…"); ok {
				for _, form := range append(number(head), head) {
					all.heads[strings.TrimSpace(words(form))] = id
				}
			}
		}
	}
	return all
})

// kindOf finds the kind of organisation that an answer names: the whole, or what the
// words end with, as the charity of "small local charity". Where an answer names
// several that are one at a broader look, it is the broader kind; else none.
func kindOf(written string) string {
	if rest, ok := cutOther(written); ok {
		written = rest
	}
	head, inside, _ := strings.Cut(written, " (")
	for _, s := range []string{written, head, strings.TrimSuffix(inside, ")")} {
		ids := kindsIn(s)
		if len(ids) > 1 {
			return broader(ids)
		}
		if id := kindNamed(s); id != "" { // also one whose name has an "and"
			return id
		}
		if len(ids) == 1 {
			return ids[0]
		}
	}
	for _, of := range []string{" for ", " of ", " in ", " that ", " which ", " who ", " from ", " with "} {
		before, _, ok := strings.Cut(head, of)
		if ok && kindNamed(written) == "" {
			if id := kindNamed(before); id != "" {
				return id
			}
		}
	}
	if fields := strings.Fields(words(head)); len(fields) > 1 && slices.Contains(wherefrom(), fields[len(fields)-1]) {
		return kindNamed(strings.Join(fields[:len(fields)-1], " "))
	}
	return kindWithin(head)
}

// kindWithin is the one kind that a short name holds, before words that say which part of
// it: "Hospital palliative care team". Of two it is none.
func kindWithin(s string) string {
	fields := strings.Fields(words(s))
	if len(fields) < 2 || len(fields) > 5 || noLonger(s) {
		return ""
	}
	found := ""
	for i := range fields {
		for j := i + 1; j <= len(fields); j++ {
			id := kindWords().heads[strings.Join(fields[i:j], " ")]
			if id != "" && found != "" && id != found {
				return ""
			}
			found = cmp.Or(id, found)
		}
	}
	return found
}

// cutOther takes off the name of the option beside which an answer was written.
func cutOther(s string) (string, bool) {
	for _, mark := range []string{":", " - ", " – "} {
		if head, rest, ok := strings.Cut(s, mark); ok && isOther(head) && len(strings.Fields(head)) <= 3 {
			return strings.TrimSpace(rest), true
		}
	}
	return s, false
}

// kindsIn are the kinds that the alternatives of an answer name.
func kindsIn(s string) (ids []string) {
	for part := range strings.SplitSeq(strings.NewReplacer(" or ", "/", " o ", "/", " oder ", "/", " ou ", "/", " lub ", "/", " eller ", "/", " and ", "/", "&", "/", ",", "/", ";", "/").Replace(s), "/") {
		if id := kindNamed(part); id != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// broader is the kind that several are one of, or "".
func broader(ids []string) string {
	set, common := vocabulary.Default(), ids[0]
	for _, id := range ids[1:] {
		for common != "" && !set.IsA(id, common) {
			up, ok := set.Generalise(common, 1)
			if !ok || up == common {
				return ""
			}
			common = up
		}
	}
	if common == "ot:any" {
		return ""
	}
	return common
}

// compound is the kind with whose name a long word ends, as "Wohnungsgenossenschaft": in
// German, Dutch and Swedish names of kinds are put together so.
func compound(w string) string {
	found, longest := "", 0
	for _, all := range []map[string]string{kindWords().whole, kindWords().heads} {
		for name, id := range all {
			if n := len([]rune(name)); n >= 6 && n > longest && len(w) > len(name)+2 && strings.HasSuffix(w, name) && !english(w) {
				found, longest = id, n
			}
		}
	}
	return found
}

// articles are words before the name of a kind that say nothing of it.
func articles() []string {
	return strings.Fields("a an the our my ein eine einer der die das unser unsere un une le la les l notre una uno el los las nuestro nuestra il lo gli nostro nostra een de het ons onze en ett y yr")
}

// noLonger reports whether an answer says what somebody is not, or was.
func noLonger(s string) bool {
	return denies(s) || slices.ContainsFunc(strings.Fields(words(s)), func(w string) bool { return w == "former" || w == "formerly" || w == "ex" })
}

// kindNamed finds the kind that a name without alternatives says.
func kindNamed(s string) string {
	fields := strings.Fields(words(s))
	if len(fields) == 0 || len(fields) > 8 || noLonger(s) {
		return ""
	}
	if len(fields) > 1 && slices.Contains(articles(), fields[0]) {
		fields = fields[1:]
	}
	for i, w := range fields {
		if long := shortForms()[w]; long != "" {
			fields[i] = long
		}
	}
	labelled := labels()["ot"]
	for i := range fields {
		name := strings.Join(fields[i:], " ")
		if id := kindWords().whole[name]; id != "" && i == 0 {
			return id
		}
		if id := labelled[key(name)]; id != "" && (i == 0 || len(fields)-i > 1) {
			return id
		}
		if id := kindWords().heads[name]; id != "" {
			return id
		}
	}
	if len(fields) == 1 {
		return compound(fields[0])
	}
	return ""
}

// shortForms are words of names as people shorten them.
func shortForms() map[string]string {
	return map[string]string{
		"org": "organisation", "orgs": "organisations", "organization": "organisation", "organizations": "organisations", "assoc": "association", "assocs": "associations",
		"assn": "association", "govt": "government", "gov": "government", "dept": "department", "auth": "authority", "co": "company", "mgmt": "management", "hosp": "hospital", "soc": "society",
	}
}

// staffOf is the group of those who work for a kind of organisation, where they are
// named by it: "pharma staff", "industry partners", "charity reps".
func staffOf(piece string) string {
	fields := strings.Fields(words(piece))
	if len(fields) > 2 && slices.Contains(somePeople(), fields[0]) && slices.Contains([]string{"from", "of", "in", "at", "within"}, fields[1]) {
		rest := strings.Join(fields[2:], " ")
		if id := cmp.Or(groupWords()[rest], staffOf(rest)); id != "" {
			return id
		}
	}
	if n := len(fields); n > 1 && slices.Contains([]string{"staff", "representatives", "representative", "reps", "rep", "people", "colleagues", "partners", "partner", "employees", "members", "leads", "officers", "team", "teams"}, fields[n-1]) {
		fields = fields[:n-1]
	}
	kind := kindNamed(strings.Join(fields, " "))
	if kind == "" {
		return ""
	}
	set := vocabulary.Default()
	for _, of := range [][2]string{
		{"ot:homecare-or-support-provider", "st:health-care-staff"},
		{"ot:industry-body", "st:industry-people"},
		{"ot:voluntary-sector-body", "st:patient-organisation-staff"},
		{"ot:university-or-research-institute", "st:researcher"},
		{"ot:regulator", "st:regulator-or-hta-staff"},
		{"ot:hta-body", "st:regulator-or-hta-staff"},
		{"ot:commissioner", "st:commissioner"},
		{"ot:government-department", "st:policy-maker"},
		{"ot:insurer-or-payer", "st:payer"},
		{"ot:communications-or-engagement-consultancy", "st:agency-or-facilitator"},
		{"ot:pharmacy", "st:pharmacist"},
		{"ot:health-care-provider", "st:health-care-staff"},
	} {
		if set.IsA(kind, of[0]) {
			return of[1]
		}
	}
	return ""
}

// somePeople are words for people of whom what follows says who they are.
func somePeople() []string {
	return strings.Fields("people person persons somebody someone staff colleagues representatives representative reps employees members professionals experts those others")
}
