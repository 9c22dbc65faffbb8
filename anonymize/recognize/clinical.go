// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"slices"
	"strings"
	"sync"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// askNobody lets go what was found in clinical questions that identify nobody: ages,
// figures, medicines and words of medicine in short texts that ask, where nothing else
// was found in any of the documents. One name more, or one declared, and all is masked.
func askNobody(docs []*Document, found [][]Finding) bool {
	some := false
	for n, d := range docs {
		if len(found[n]) == 0 {
			continue
		}
		some = true
		if !d.asks() || slices.ContainsFunc(found[n], func(f Finding) bool { return !d.clinical(&f) }) {
			return false
		}
	}
	return some
}

// asks reports a short text with a question in it, about something clinical, and with
// no label of an earlier pass.
func (d *Document) asks() bool {
	if d.style&styleShort == 0 || d.style&styleTagged != 0 {
		return false
	}
	asked, medical := false, false
	for i := range d.words {
		w := &d.words[i]
		if w.flags&wfLabel != 0 || d.oneOfMine(i) {
			return false
		}
		asked = asked || d.punct(i, '?') || w.cls&clsAsk != 0 && i == 0
		medical = medical || w.cls&(clsClinical|clsCondition|clsMedicine|clsEponym) != 0 || w.lex&lexTerm != 0 || w.kind == text.Word && d.medicineName(i)
	}
	return asked && medical
}

// oneOfMine reports "my neighbour", "our grandson": somebody whom the writer knows.
// Whoever asks about a patient says so of any.
func (d *Document) oneOfMine(i int) bool {
	if !d.wordIn(i, "my", "our") || !d.isWord(i+1) {
		return false
	}
	next := d.str(i + 1)
	return next != "patient" && next != "patients"
}

// veryOld reports an age of 90 or more, which few have.
func (d *Document) veryOld(from, to int) bool {
	for i := from; i < to; i++ {
		if s := d.str(i); d.words[i].kind == text.Number && (len(s) > 2 || len(s) == 2 && s[0] == '9') || strings.HasPrefix(s, "ninet") || s == "hundred" {
			return true
		}
	}
	return false
}

// clinical reports a finding that in a clinical question says nothing of whose it is.
func (d *Document) clinical(f *Finding) bool {
	if f.Declared || f.Kind == Contact || f.Score >= 0.9 && f.Kind == Code {
		return false
	}
	from, to := d.wordsOf(d.view.Reading(f.Span))
	switch f.Subtype {
	case "age":
		return !d.veryOld(from, to)
	case "medicine", "figure", "percentage", "duration", "condition":
		return true
	}
	for i := from; i < to; i++ {
		if !d.clinicalWord(i) {
			return false
		}
	}
	return f.Kind != Code || to-from <= 3
}

// clinicalWord reports a mark, a short figure or code, a clinical word, or one in lower case that
// names nobody and no place.
func (d *Document) clinicalWord(i int) bool {
	const clinical = clsClinical | clsAcronym | clsCondition | clsMedicine | clsEponym | clsUnit | clsBridge
	w := &d.words[i]
	switch {
	case w.kind >= text.Punct, w.kind == text.Number && w.end-w.start <= 3, w.kind == text.Mixed && w.end-w.start <= 4:
		return true
	case w.initial(), w.cls&clinical != 0, w.lex&lexTerm != 0, d.medicineName(i):
		return true
	}
	return w.kind != text.Number && w.shape&(shUpper1|shInner|shNoCase) == 0 && w.lex&(lexGiven|lexSurname|lexPlace) == 0 && w.cls&(clsWorld|clsDemonym|clsMonth) == 0
}

// medicineName reports a word that ends as the common names of medicines do.
func (d *Document) medicineName(i int) bool {
	const shortest = 4 // letters before the ending
	s := d.str(i)
	return slices.ContainsFunc(medicineStems(), func(end string) bool { return len(s) >= len(end)+shortest && strings.HasSuffix(s, end) })
}

var medicineStems = sync.OnceValue(func() (out []string) {
	data, err := english.ReadFile("data/en/medicine-stems.txt")
	if err != nil {
		panic("recognize: embedded table is missing: medicine-stems")
	}
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			out = append(out, line)
		}
	}
	return out
})

// medicines masks brand names of medicines: those on the list, in any case, and
// capitalised words that no dictionary has where a medicine is spoken of.
func medicines(d *Document, emit func(Finding)) {
	for i := range d.words {
		w := &d.words[i]
		switch {
		case w.kind != text.Word || w.flags&wfLabel != 0:
		case w.cls&clsMedicine != 0 && (w.lex.grade() == 0 || d.capital(i)):
			emit(d.found(i, i+1, Brand, "medicine", "list", 0.7))
		case d.capital(i) && w.shape&shLower != 0 && w.lex.grade() == 0 && w.cls&taggerClasses == 0 && w.lex&(lexGiven|lexSurname|lexPlace) == 0 && d.dosed(i):
			emit(d.found(i, i+1, Brand, "medicine", "unknown word that is prescribed", 0.7))
		}
	}
}

// dosed reports that word i stands where a medicine would.
func (d *Document) dosed(i int) bool {
	if j := i + 1; d.spacedWord(j) {
		switch s := d.str(j); {
		case listed(s, listDoseAfter):
			return true
		default:
			if d.words[j].shape&shDigit != 0 && (quantity(s) || d.has(j+1, clsUnit) && d.words[j+1].end-d.words[j+1].start <= 3) {
				return true
			}
		}
	}
	for j, n := i-1, 0; n < 2 && d.isWord(j); j, n = j-1, n+1 {
		switch s := d.str(j); {
		case listed(s, listDoseBefore):
			return true
		case listed(s, listDoseBetween):
			continue
		}
		return false
	}
	return false
}
