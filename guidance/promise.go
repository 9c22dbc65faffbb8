// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
)

//go:embed data/promise.tsv
var promiseTable string

// promises are the words of promise.tsv of all languages together: contributors'
// words may be in any, whatever the guide's.
type promises struct {
	stems   []string // " stem", without end
	phrases []string // " phrase "
}

var promiseWords = sync.OnceValue(func() promises {
	var p promises
	for line := range strings.Lines(promiseTable) {
		_, word, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		if stem, ok := strings.CutSuffix(word, "*"); ok {
			p.stems = append(p.stems, " "+stem)
		} else {
			p.phrases = append(p.phrases, " "+word+" ")
		}
	}
	return p
})

// promise finds a word that examples can never bear out, "" if there is none:
// that something works, is proven or is bound to help, in any language that the
// library speaks, or a percentage. It errs towards finding one.
func promise(text string) string {
	if strings.Contains(text, "%") {
		return "%"
	}
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '-'
	})
	plain := " " + strings.Join(words, " ") + " "
	for _, phrase := range promiseWords().phrases {
		if strings.Contains(plain, phrase) {
			return strings.TrimSpace(phrase)
		}
	}
	for _, stem := range promiseWords().stems {
		if strings.Contains(plain, stem) {
			return strings.TrimSpace(stem)
		}
	}
	return ""
}
