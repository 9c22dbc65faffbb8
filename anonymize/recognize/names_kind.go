// SPDX-License-Identifier: Apache-2.0

package recognize

func (v *verdicts) orgs(i, j int) bool {
	return v.name(i) && v.name(j) && v.tags[i] == tagOrg && v.tags[j] == tagOrg
}

func (d *Document) head(from, to int) bool {
	for i := from; i < to; i++ {
		if d.has(i, clsOrgHead) {
			return true
		}
	}
	return false
}

func (v *verdicts) kindOf(from, to int) (Kind, string, string) {
	d := v.Document
	last := to - 1
	switch {
	case d.has(from-1, clsTitle) || d.punct(from-1, '.') && d.has(from-2, clsTitle):
		return Person, "", "title+capitals"
	case d.has(last, clsOrgSuffix) && to-from > 1:
		return Org, "", "legal form"
	}
	for i := from; i < to; i++ {
		if d.has(i, clsOrgHead) && to-from > 1 {
			return Org, orgSubtype(d.str(i)), "head noun"
		}
	}
	if to-from >= 2 && d.has(last, clsWide) && d.words[from].lex.grade() >= 2 && d.plainFirst(from) {
		return Org, "", "body of a country" // "Patient Safety Ireland"
	}
	for i := from; i < to; i++ {
		switch {
		case d.has(i, clsDemonym):
			return Place, "demonym", "nationality"
		case d.has(i, clsWorld):
			return Place, "country-or-city", "gazetteer"
		}
	}
	if k, ok := v.tagged(from, to); ok {
		return k, "", "tagger"
	}
	return d.kindByForm(from, to)
}

func (v *verdicts) tagged(from, to int) (Kind, bool) {
	var sum [tagCount]int32
	for i := from; i < to; i++ {
		if v.margin[i] > 0 {
			sum[v.tags[i]] += v.margin[i]
		}
	}
	t, s := best(sum)
	if s <= 0 {
		return "", false
	}
	switch t {
	case tagPerson:
		return Person, true
	case tagOrg:
		return Org, true
	case tagPlace:
		return Place, true
	case tagNone, tagOther, tagCount:
	}
	return "", false
}

func (d *Document) kindByForm(from, to int) (Kind, string, string) {
	last := to - 1
	w := &d.words[last]
	switch {
	case d.has(last, clsPlaceHead) && to-from > 1:
		return Place, "", "place noun"
	case d.has(last, clsBrandHead) && to-from > 1:
		return Brand, "", "programme noun"
	case d.has(last, clsMedicine):
		return Brand, "medicine", "medicine list"
	case d.words[from].lex&lexGiven != 0 && to-from >= 2 && to-from <= 4:
		return Person, "", "given name+capitals"
	case w.lex&lexPlace != 0 && (d.isWord(from-1) && locative(d.str(from-1))):
		return Place, "", "place in context"
	case w.allCaps():
		return Org, "acronym", "capitals"
	case w.lex&lexPlace != 0 && w.lex&(lexGiven|lexSurname) == 0:
		return Place, "", "gazetteer"
	case to-from == 1 && w.lex&(lexGiven|lexSurname) != 0, to-from >= 2 && to-from <= 3:
		return Person, "", "capitals"
	}
	return Other, "name", "capitals"
}

func locative(s string) bool {
	return listed(s, listLocative)
}

func orgSubtype(s string) string {
	switch s {
	case "hospital", "hospitals", "infirmary", "hospice", "clinic", "trust", "university", "college", "school", "charity", "council", "surgery", "practice",
		"court", "committee", "society", "foundation", "company", "bank":
		return s
	case "pharma", "pharmaceutical", "pharmaceuticals", "therapeutics", "biotech", "biosciences", "biopharma":
		return "pharma"
	}
	return ""
}
