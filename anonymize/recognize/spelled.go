// SPDX-License-Identifier: Apache-2.0

package recognize

import "github.com/sharedpractice/sharedpractice/model/text"

// spelled masks identifiers dictated in words: six or more digits in a row
// ("oh seven seven double nine ..."), or digits mixed with such words.
func spelled(d *Document, emit func(Finding)) {
	for i := 0; i < len(d.words); i++ {
		if d.words[i].cls&clsDigitWord == 0 {
			continue
		}
		last, count := d.digitWords(i)
		if count >= 6 {
			emit(d.found(i, last+1, Code, "spelled-number", "digits in words", 0.7))
		}
		i = last
	}
}

// digitWords is the last word of the dictated digits that begin at i, and how
// many words and digits they are.
func (d *Document) digitWords(i int) (last, count int) {
	last = i
	for j := i; j < len(d.words) && j-i < 80; j++ {
		w := &d.words[j]
		switch {
		case j > i && w.gap >= gapPara:
			return last, count
		case w.cls&clsDigitWord != 0:
			count++
			last = j
		case w.kind == text.Number && w.end-w.start <= 4:
			count += int(w.end - w.start)
			last = j
		case d.punct(j, ','), d.punct(j, '-'), d.punct(j, '.') && w.gap == gapNone:
		default:
			return last, count
		}
	}
	return last, count
}
