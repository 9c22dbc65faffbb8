// SPDX-License-Identifier: Apache-2.0

package wordtable

import "strings"

// swaps are the regular differences between British and American spelling,
// tried in both directions.
var swaps = [...][2]string{
	{"isation", "ization"},
	{"ising", "izing"},
	{"ised", "ized"},
	{"ises", "izes"},
	{"ise", "ize"},
	{"yse", "yze"},
	{"our", "or"},
	{"ae", "e"},
	{"oe", "e"},
	{"lled", "led"},
	{"lling", "ling"},
	{"tre", "ter"},
	{"ogue", "og"},
	{"mme", "m"},
	{"lment", "llment"},
	{"ence", "ense"},
}

// spellings are other ways to write a word that a table does not hold: the
// other side of the Atlantic, then the word without a regular ending.
func spellings(word string) []string {
	var out []string
	add := func(w string) {
		if len(w) > 2 && w != word {
			out = append(out, w)
		}
	}
	for _, s := range swaps {
		for _, p := range [2][2]string{s, {s[1], s[0]}} {
			if i := strings.LastIndex(word, p[0]); i > 0 || i == 0 && len(p[0]) == 2 {
				add(word[:i] + p[1] + word[i+len(p[0]):])
			}
		}
	}
	for _, e := range [...][2]string{{"ies", "y"}, {"ies", "ie"}, {"es", ""}, {"s", ""}, {"ing", ""}, {"ing", "e"}, {"ed", ""}, {"ed", "e"}, {"ly", ""}, {"ness", ""}, {"er", ""}, {"'", ""}, {"n't", ""}} {
		if w, ok := strings.CutSuffix(word, e[0]); ok {
			add(w + e[1])
		}
	}
	for _, p := range [...]string{"co", "re", "non", "un", "pre", "multi", "anti"} {
		if w, ok := strings.CutPrefix(word, p); ok && len(w) > 4 {
			add(w)
		}
	}
	return out
}
