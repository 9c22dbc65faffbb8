// SPDX-License-Identifier: Apache-2.0

package redact

import (
	"context"
	"slices"
	"strings"
	"sync"

	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/model/text"
)

// conditionRecognizer finds the rare conditions of data/conditions.tsv. Common
// conditions stay readable; a rare one beside a year or a sum can tell who took
// part. It runs where the built-in recognisers do.
type conditionRecognizer struct{}

// Name implements recognize.Recognizer.
func (conditionRecognizer) Name() string { return "condition" }

// conditionIndex holds the words of each condition by the first of them, longest first.
var conditionIndex = sync.OnceValue(func() map[string][][]string {
	out := map[string][][]string{}
	for _, f := range tableRows(conditionsTSV, 2) {
		words := conditionWords(text.Fold(f[0]))
		at := out[words[0]]
		i := 0
		for i < len(at) && len(at[i]) >= len(words) {
			i++
		}
		at = append(at, nil)
		copy(at[i+1:], at[i:])
		at[i] = words
		out[words[0]] = at
	}
	return out
})

// lengths is, by its first byte, how long a word may be; 63 stands for longer ones.
type lengths [256]uint64

func (l *lengths) may(word string) bool { return l[word[0]]>>min(len(word), 63)&1 != 0 }

// conditionBegins are the lengths of the first words of conditions: most words are none.
var conditionBegins = sync.OnceValue(func() *lengths {
	var l lengths
	for word := range conditionIndex() {
		l[word[0]] |= 1 << min(len(word), 63)
	}
	return &l
})

// conditionWords are the words and numbers of a folded text; hyphens separate them.
func conditionWords(folded string) []string {
	var out []string
	for _, t := range text.Tokens(folded) {
		if t.Kind != text.Punct && t.Kind != text.Symbol {
			out = append(out, folded[t.Start:t.End])
		}
	}
	return out
}

// Recognize implements recognize.Recognizer.
func (conditionRecognizer) Recognize(ctx context.Context, d *recognize.Document) ([]recognize.Finding, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	index, begins := conditionIndex(), conditionBegins()
	folded := d.View().Folded()
	some := false
	for w := range d.Words() {
		if word := folded[w.Start:w.End]; begins.may(word) && index[word] != nil {
			some = true
			break
		}
	}
	if !some {
		return nil, nil
	}
	words := slices.DeleteFunc(d.Tokens(), func(t text.Token) bool { return t.Kind == text.Punct || t.Kind == text.Symbol })
	var out []recognize.Finding
	for i := 0; i < len(words); i++ {
		word := folded[words[i].Start:words[i].End]
		if !begins.may(word) {
			continue
		}
		for _, want := range index[word] {
			if !sameWords(folded, words[i:], want) {
				continue
			}
			span := text.Span{Start: words[i].Start, End: words[i+len(want)-1].End}
			out = append(out, recognize.Finding{
				Span: d.View().Original(span), Kind: recognize.Other, Subtype: "condition",
				Recognizer: "condition", Rule: "rare-condition", Score: 0.7, Entity: strings.Join(want, " "),
			})
			i += len(want) - 1
			break
		}
	}
	return out, nil
}

// sameWords reports that the words begin with those wanted, nothing but a blank,
// a hyphen or a line break between them.
func sameWords(folded string, words []text.Token, want []string) bool {
	if len(words) < len(want) {
		return false
	}
	for i, w := range want {
		if folded[words[i].Start:words[i].End] != w {
			return false
		}
		if i > 0 && strings.Trim(folded[words[i-1].End:words[i].Start], " \t\r\n-") != "" {
			return false
		}
	}
	return true
}
