// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// typoIndex finds declared names misspelled by one letter. Every name is kept
// under its own hash and those of all its single deletions; a text within one
// edit shares at least one of them.
type typoIndex struct {
	names []typoName
	keys  map[uint64][]int32
	words int // the longest name in words
}

type typoName struct {
	letters []rune
	entity  int32
	words   int
}

// The shortest name, in letters, that is recognised misspelled: one word, and
// several together.
const (
	typoWord  = 6
	typoWhole = 8
)

func newTypoIndex(forms []form) typoIndex {
	t := typoIndex{keys: map[uint64][]int32{}}
	seen := map[string]bool{}
	for _, f := range forms {
		s, bounds := f.squeeze()
		n := len(bounds) + 1
		letters := []rune(s)
		if !f.typo || n == 1 && len(letters) < typoWord || n > 1 && len(letters) < typoWhole || n > 6 || len(letters) > 48 {
			continue
		}
		id := string(f.entity) + s
		if seen[id] {
			continue
		}
		seen[id] = true
		k := int32(len(t.names))
		t.names = append(t.names, typoName{letters, f.entity, n})
		t.words = max(t.words, n)
		deletions(letters, func(h uint64) { t.keys[h] = append(t.keys[h], k) })
	}
	return t
}

// deletions gives the hash of s and of s without each of its letters.
func deletions(s []rune, do func(uint64)) {
	do(runeHash(s, -1))
	for i := range s {
		if i == 0 || s[i] != s[i-1] {
			do(runeHash(s, i))
		}
	}
}

func runeHash(s []rune, skip int) uint64 {
	h := uint64(fnvOffset)
	for i, r := range s {
		if i != skip {
			h = (h ^ uint64(r)) * fnvPrime
		}
	}
	return mix(h)
}

func (t *typoIndex) scan(d *Document) (out []match) {
	if len(t.names) == 0 {
		return nil
	}
	for i := range d.words {
		w := &d.words[i]
		if w.kind != text.Word || w.end-w.start > 60 {
			continue
		}
		capital := w.shape&(shUpper1|shInner|shNoCase) != 0
		if !capital && (w.lex&lexGradeMask != 0 || w.cls != 0 || w.end-w.start < typoWord-1) {
			continue
		}
		var letters []rune
		to := i
		for n := 1; n <= t.words && to < len(d.words) && len(letters) <= 48; n++ {
			if n > 1 {
				if d.mark(to, "-&") || d.punct(to, '.') && d.words[to-1].end-d.words[to-1].start <= 2 {
					to++
				}
				if to >= len(d.words) || d.words[to].gap >= gapPara || d.words[to].kind != text.Word || !capital || d.words[to].end-d.words[to].start > 60 {
					break
				}
				if !d.capital(to) && d.words[to].cls&clsBridge == 0 {
					break
				}
			}
			letters = append(letters, []rune(strings.ReplaceAll(d.str(to), "'", ""))...)
			to++
			if n == 1 && (w.lex.grade() > 0 || len(letters) < typoWord-1) || len(letters) < typoWord-1 {
				continue
			}
			out = t.at(d, i, to, letters, n, out)
		}
	}
	return out
}

func (t *typoIndex) at(d *Document, from, to int, letters []rune, n int, out []match) []match {
	var tried []int32
	deletions(letters, func(h uint64) {
		for _, k := range t.keys[h] {
			name := &t.names[k]
			if slices.Contains(tried, k) || name.words == 1 && n > 1 || n == 1 && name.words > 2 {
				continue
			}
			tried = append(tried, k)
			if oneEdit(letters, name.letters) {
				end := int(d.words[to-1].end)
				out = append(out, match{from: from, to: to, start: int(d.words[from].start), end: end, entity: name.entity, rule: "one letter off"})
			}
		}
	})
	return out
}

// oneEdit reports that a and b differ by at most one letter left out, added or
// changed, or two neighbours exchanged.
func oneEdit(a, b []rune) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return slices.Equal(a[i:], b[i+1:])
	}
	if i == len(a) || slices.Equal(a[i+1:], b[i+1:]) {
		return true
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && slices.Equal(a[i+2:], b[i+2:])
}
