// SPDX-License-Identifier: Apache-2.0

package vocabulary

import (
	"cmp"
	"slices"
	"strings"
)

// Equivalent is another way to say a term, for searching.
type Equivalent struct {
	// Text is the other term.
	Text string
	// Concept is the id in the scheme "term" that Text belongs to.
	Concept string
	// Narrower says that Text means less than the term asked for.
	Narrower bool
}

// Equivalents returns what to search for beside term: the other labels of
// every term concept that has this label, then those of its narrower concepts
// (marked); sorted within both. Case, hyphens and plurals do not matter. The
// result is for finding only: what was found keeps its own words, and counts
// are never merged by it.
func (s *Set) Equivalents(term, lang string) []Equivalent {
	want := strings.Join(phraseKeys(term), " ")
	if want == "" {
		return nil
	}
	terms := s.Scheme(termScheme)
	var out []Equivalent
	seen := map[string]bool{want: true}
	add := func(c *Concept, narrower bool) {
		labels := append([]string{c.PrefLabel(lang)}, c.AltLabels(lang)...)
		slices.Sort(labels)
		for _, l := range labels {
			if key := strings.Join(phraseKeys(l), " "); !seen[key] {
				seen[key] = true
				out = append(out, Equivalent{l, c.id, narrower})
			}
		}
	}
	var found []*Concept
	for c := range terms.Concepts() {
		for _, l := range append([]string{c.PrefLabel(lang)}, c.AltLabels(lang)...) {
			if strings.Join(phraseKeys(l), " ") == want {
				found = append(found, c)
				break
			}
		}
	}
	for _, c := range found {
		add(c, false)
	}
	for i := 0; i < len(found); i++ {
		for _, id := range found[i].narrower {
			n := terms.byID[id]
			if !slices.Contains(found, n) {
				found = append(found, n)
				add(n, true)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Equivalent) int {
		switch {
		case a.Narrower == b.Narrower:
			return cmp.Compare(a.Text, b.Text)
		case b.Narrower:
			return -1
		}
		return 1
	})
	return out
}
