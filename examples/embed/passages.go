// SPDX-License-Identifier: Apache-2.0

package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/anonymize/redact"
	"github.com/sharedpractice/sharedpractice/model"
)

// raw is one text of an example and the path by which the decision log names it.
type raw struct {
	path string
	text string
}

// raws are the texts of an example that content is made from.
func raws(e model.Example) []raw {
	var out []raw
	for path, text := range anonymize.Passages(&e) {
		if text != "" {
			out = append(out, raw{path, string(text)})
		}
	}
	return out
}

// made finds in content what became of each text, by its path. A list that is
// shorter than the example's is closed, or has lost entries that can no longer
// be told apart: it is left out.
func made(e model.Example, c anonymize.Content) map[string]string {
	given, told := map[string][]string{}, map[string][]string{}
	for path := range anonymize.Passages(&e) {
		if field := listOf(path); uses(e, c, path) {
			given[field] = append(given[field], path)
		}
	}
	for path, text := range c.Passages() {
		told[listOf(path)] = append(told[listOf(path)], text)
	}
	out := map[string]string{}
	for field, paths := range given {
		if len(paths) != len(told[field]) {
			continue
		}
		for i, path := range paths {
			out[path] = told[field][i]
		}
	}
	return out
}

// listOf is the field of a path, without the number of an entry.
func listOf(path string) string {
	field, _, _ := strings.Cut(path, "[")
	return field
}

// uses reports whether content tells of an entry at all: quotations need the
// speaker's consent, and of the resources whole types may be closed.
func uses(e model.Example, c anonymize.Content, path string) bool {
	var i int
	if n, _ := fmt.Sscanf(path, "quotes[%d]", &i); n == 1 {
		return e.Quotes[i].Consent
	}
	if n, _ := fmt.Sscanf(path, "resources[%d]", &i); n == 1 {
		return slices.ContainsFunc(c.Resources, func(r anonymize.Resource) bool { return r.Type == e.Resources[i].Type })
	}
	return true
}

// piece is a stretch of a text: unchanged, or a numbered change.
type piece struct {
	Raw, Out string
	N        int // of the change, from 1; 0 is unchanged
	Kept     bool
}

// change is one decision in words, beside what it was taken about.
type change struct {
	piece
	What, Did string
}

// compare divides a text and what became of it by the decisions about it. It
// reports false where the two do not agree on what is unchanged, and so cannot be
// shown side by side.
func compare(text, after string, decisions []redact.Decision, first int) (pieces []piece, changes []change, ok bool) {
	sorted := slices.SortedStableFunc(slices.Values(decisions), func(x, y redact.Decision) int { return cmp.Compare(x.Start, y.Start) })
	at, to := 0, 0
	plain := func(end, outEnd int) bool {
		if end < at || end > len(text) || outEnd < to || outEnd > len(after) || text[at:end] != after[to:outEnd] {
			return false
		}
		if end > at {
			pieces = append(pieces, piece{Raw: text[at:end], Out: after[to:outEnd]})
		}
		return true
	}
	for _, d := range sorted {
		if !plain(d.Start, d.OutputStart) || d.End < d.Start || d.End > len(text) || d.OutputEnd < d.OutputStart || d.OutputEnd > len(after) {
			return nil, nil, false
		}
		p := piece{Raw: text[d.Start:d.End], Out: after[d.OutputStart:d.OutputEnd], N: first + len(changes), Kept: d.Operator == redact.Keep}
		pieces = append(pieces, p)
		changes = append(changes, change{piece: p, What: removedWords(d), Did: operatorWords(d)})
		at, to = d.End, d.OutputEnd
	}
	return pieces, changes, plain(len(text), len(after))
}

// labelOf words a path by the question that fills it.
func labelOf(path string) string {
	f := faultOf(model.Fault{Path: strings.NewReplacer(".as_written", "", ".text", "").Replace(path)})
	return f.Label + strings.TrimSuffix(strings.Replace(f.Rule, "entry ", " Entry ", 1), " ")
}
