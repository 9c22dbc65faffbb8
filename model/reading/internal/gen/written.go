// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// written reads accounts in the form of the files written-*.txt, which the
// README beside them explains.
func written(name, body string) ([]account, error) {
	var out []account
	var w *writing
	line := 0
	wrong := func() error { return fmt.Errorf("%s: line %d is of no known form", name, line) }
	finish := func() {
		if w != nil && len(w.Sentences) > 0 {
			w.Text = w.text.String()
			out = append(out, w.account)
		}
		w = nil
	}
	for s := range strings.Lines(body) {
		line++
		s = strings.TrimRight(s, "\r\n")
		switch {
		case strings.HasPrefix(s, "#"):
		case strings.TrimSpace(s) == "":
			finish()
		case strings.HasPrefix(s, "@"):
			finish()
			w = &writing{account: account{ID: fmt.Sprintf("%s:%d", name, line), Written: true}}
			if !w.head(s[1:]) {
				return nil, wrong()
			}
		case w == nil:
			return nil, wrong()
		case s == "-":
			w.gap = "\n\n"
		default:
			if !w.line(s) {
				return nil, wrong()
			}
		}
	}
	finish()
	return out, nil
}

// writing is an account that is being put together.
type writing struct {
	account
	text strings.Builder
	n    int    // code points so far
	gap  string // what stands before the next sentence
}

// head reads the codes of the whole account.
func (w *writing) head(s string) bool {
	groups := strings.Split(s, "|")
	into := []*[]string{&w.Challenges, &w.Objectives, &w.Situations, &w.Methods}
	if len(groups) != len(into) {
		return false
	}
	for i, g := range groups {
		*into[i] = strings.Fields(g)
	}
	return true
}

func (w *writing) line(s string) bool {
	own := strings.HasPrefix(s, "*")
	head, words, ok := strings.Cut(strings.TrimPrefix(s, "*"), "\t")
	cells := strings.Fields(head)
	words = strings.TrimSpace(words)
	if !ok || len(cells) == 0 || words == "" {
		return false
	}
	role := cells[0]
	direction := ""
	if rest, is := strings.CutPrefix(role, "outcome"); is {
		role, direction = "outcome", map[string]string{"+": "positive", "~": "mixed", "-": "negative", "0": "none"}[rest]
	}
	if own && w.gap != "\n\n" {
		w.gap = "\n"
	}
	if len(w.Sentences) == 0 {
		w.gap = ""
	}
	w.text.WriteString(w.gap + words)
	w.n += len(w.gap)
	end := w.n + utf8.RuneCountInString(words)
	w.Sentences = append(w.Sentences, sentence{Start: w.n, End: end, Role: role, Methods: cells[1:], Direction: direction, text: words})
	w.n, w.gap = end, " "
	if own {
		w.gap = "\n"
	}
	return true
}
