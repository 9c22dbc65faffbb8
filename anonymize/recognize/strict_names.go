// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"slices"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// denyHeadings masks a heading in Title Case that ends, or begins before "of", as names of
// bodies, places and programmes do: "Patient and Family Service Award", "Canning Town".
func (d *Document) denyHeadings(covered []bool, mask func(from, to int, kind Kind, sub, rule string)) {
	const heads = clsOrgHead | clsBrandHead | clsPlaceHead
	for k := 0; k < len(d.caps); k++ {
		i := int(d.caps[k])
		if i > 0 && d.words[i].gap < gapLine && !d.lineMark(i-1) || d.words[i].flags&(wfLabel|wfShout) != 0 {
			continue
		}
		to, capitals := d.properEnd(i)
		ends := to >= len(d.words) || d.words[to].gap >= gapLine || d.punct(to, ':')
		headed := d.has(to-1, heads) || d.has(i, heads) && d.isWord(i+1) && d.str(i+1) == "of"
		if ends && headed && capitals >= 2 && !d.kindsOnly(i, to) && !d.groups(i, to) && !(d.has(to-1, clsRole) && d.roleRun(to-1)) && slices.Contains(covered[i:to], false) {
			mask(i, to, Other, "name", "heading that ends as names do")
		}
		for k+1 < len(d.caps) && int(d.caps[k+1]) < to {
			k++
		}
	}
}

// denyQuoted masks the whole of a few words in quotation marks of which one with a capital
// is masked: "year of [Care]".
func (d *Document) denyQuoted(covered []bool, mask func(from, to int, kind Kind, sub, rule string)) {
	const longest = 6
	for i := 0; i+1 < len(d.words); i++ {
		if !d.punct(i, '"') && !d.punct(i, '\'') || d.words[i].gap == gapNone && i > 0 && d.isWord(i-1) || d.words[i+1].gap != gapNone {
			continue
		}
		j, some, all := i+1, false, true
		for ; j < len(d.words) && j-i <= longest+1 && d.words[j].kind < text.Punct && d.words[j].gap <= gapSpace && d.words[j].flags&wfLabel == 0; j++ {
			some, all = some || covered[j] && d.capital(j), all && covered[j]
		}
		if closed := j < len(d.words) && d.words[j].gap == gapNone && d.read[d.words[j].start] == d.read[d.words[i].start]; closed && some && !all {
			mask(i+1, j, Other, "name", "quoted name")
		}
	}
}

// denyLong masks the whole of what letters in brackets stand for, of which a part is
// masked: "[Major] Projects Wexmoor (MPW)".
func (d *Document) denyLong(covered []bool, mask func(from, to int, kind Kind, sub, rule string)) {
	for i := range d.words {
		if !d.punct(i, '(') {
			continue
		}
		if from, _, ok := d.longFormAt(i); ok && slices.Contains(covered[from:i], true) && slices.Contains(covered[from:i], false) {
			mask(from, i, Org, "name", "words of the letters after them")
		}
	}
}

// denyFirst masks an everyday word with a capital that "and" joins to a name: "Patient and
// [Caregiver Council]".
func (d *Document) denyFirst(covered []bool, kinds []Kind, mask func(from, to int, kind Kind, sub, rule string)) {
	for i := 1; i+1 < len(d.words); i++ {
		if covered[i] || !(d.punct(i, '&') || d.isWord(i) && d.str(i) == "and") || covered[i-1] || !d.capital(i-1) || d.words[i].gap != gapSpace || !d.maskedCapital(covered, i+1) || d.words[i+1].gap != gapSpace ||
			text.IsStopWord(d.str(i-1)) || !d.everydayCapital(i-1) || d.holder(i-1) {
			continue
		}
		if k := kinds[i+1]; k == Org || k == Brand || k == Other || k == "" {
			mask(i-1, i+1, Other, "name", "first of a name that goes on")
		}
	}
}

// denyTitles masks the whole of a title of everyday words that small words join, of which
// any word is masked: "[Kick] the Dust", "Learn to [Lead]".
func (d *Document) denyTitles(covered []bool, kinds []Kind, mask func(from, to int, kind Kind, sub, rule string)) {
	for k := 0; k < len(d.caps); k++ {
		i := int(d.caps[k])
		if d.words[i].flags&(wfLabel|wfShout) != 0 || d.words[i].flags&wfStart != 0 && text.IsStopWord(d.str(i)) || d.capital(i-1) && d.words[i].gap == gapSpace && !text.IsStopWord(d.str(i-1)) {
			continue
		}
		to, capitals := d.properEnd(i)
		some, all, plain := false, true, capitals >= 2 && to-i > capitals
		for j := i; j < to && plain; j++ {
			some, all = some || covered[j] && d.capital(j), all && covered[j]
			w := &d.words[j]
			plain = !d.capital(j) || (w.lex.grade() >= 2 || w.cls&(clsKind|clsCondition) != 0 || covered[j] && w.cls&clsWide != 0) && w.lex&lexGiven == 0 && w.cls&(clsForename|clsTitleName|clsMonth|clsWeekday|clsPostnominal) == 0 && kinds[j] != Date
		}
		if plain && some && !all {
			mask(i, to, Other, "name", "title in Title Case")
		}
		for k+1 < len(d.caps) && int(d.caps[k+1]) < to {
			k++
		}
	}
}
