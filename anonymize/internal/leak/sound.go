// SPDX-License-Identifier: Apache-2.0

package leak

import "strings"

// soundOf is a key that spellings of one English sound share: consonants by
// class, vowels only at the beginning, doubles once. It is coarser than it need
// be, for names of any language; nearly decides.
func soundOf(w string) string {
	for _, p := range [][2]string{
		{"ough", "o"},
		{"augh", "af"},
		{"sch", "x"},
		{"tch", "x"},
		{"sh", "x"},
		{"ch", "x"},
		{"ph", "f"},
		{"gh", "k"},
		{"kn", "n"},
		{"wr", "r"},
		{"ps", "s"},
		{"ck", "k"},
		{"qu", "kw"},
		{"dg", "j"},
		{"ce", "se"},
		{"ci", "si"},
		{"cy", "si"},
		{"ge", "je"},
		{"gi", "ji"},
		{"mc", "mk"},
		{"mac", "mk"},
	} {
		w = strings.ReplaceAll(w, p[0], p[1])
	}
	var b strings.Builder
	last := byte(0)
	for i, r := range w {
		c := soundClass(r)
		if c == 'a' && i > 0 {
			last = 0
			continue
		}
		if c != 0 && c != last {
			b.WriteByte(c)
		}
		last = c
	}
	return b.String()
}

func soundClass(r rune) byte {
	switch r {
	case 'a', 'e', 'i', 'o', 'u', 'y':
		return 'a'
	case 'b', 'p':
		return 'p'
	case 'f', 'v':
		return 'f'
	case 'c', 'k', 'q', 'g':
		return 'k'
	case 's', 'z':
		return 's'
	case 'd', 't':
		return 't'
	case 'j':
		return 'j'
	case 'x', 'l', 'm', 'n', 'r':
		return byte(r)
	}
	return 0 // h, w and all else are silent
}

// nearly reports that one word becomes the other by at most two insertions,
// deletions or changes of a letter.
func nearly(a, b string) bool {
	const limit = 2
	x, y := []rune(a), []rune(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(y)-len(x) > limit {
		return false
	}
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		corner := row[0]
		row[0] = i + 1
		for j := range y {
			cost := corner
			if x[i] != y[j] {
				cost = 1 + min(corner, row[j], row[j+1])
			}
			corner = row[j+1]
			row[j+1] = cost
		}
	}
	return row[len(y)] <= limit
}
