// SPDX-License-Identifier: Apache-2.0

package disclosure

import (
	"fmt"
	"maps"
	"slices"

	"github.com/sharedpractice/sharedpractice/anonymize"
)

// Category is one line of a list of counts: a value and who stands behind it,
// one entry a record, each with its holdings.
type Category struct {
	Label    string
	Holdings [][]string
}

// MergeToParent replaces categories that fewer than k holdings stand behind by
// their parent in the hierarchy, together with all their siblings, so that no
// reader can subtract those from it; and so on upwards. A category that does
// not stand even at the top is left out: ok is false then, and no total that
// includes it may be shown. The result is sorted by label; each label stands
// for all categories below it.
func MergeToParent(categories []Category, h *Hierarchy, k int) (merged []Category, ok bool, err error) {
	if k < 1 || h == nil {
		return nil, false, fmt.Errorf("%w: k must be at least 1 and a hierarchy given", ErrInput)
	}
	level := make([]int, len(categories))
	paths := make([][]string, len(categories))
	for i, c := range categories {
		paths[i] = make([]string, h.height)
		if !h.path(c.Label, paths[i]) {
			return nil, false, &GapError{Record: i, Rule: "category is not in the hierarchy"}
		}
		for j, own := range c.Holdings {
			if len(own) == 0 || slices.Contains(own, "") {
				return nil, false, fmt.Errorf("%w: category %d, record %d has no holding", ErrInput, i, j)
			}
		}
	}
	for {
		groups := map[string][]int{}
		for i := range categories {
			label := paths[i][level[i]]
			groups[label] = append(groups[label], i)
		}
		raised := false
		merged, ok = nil, true
		for _, label := range slices.Sorted(maps.Keys(groups)) {
			m := Category{Label: label}
			at := h.height - 1
			for _, i := range groups[label] {
				m.Holdings = append(m.Holdings, categories[i].Holdings...)
				at = min(at, level[i])
			}
			n := categoryHoldings(m)
			switch {
			case n >= k:
				merged = append(merged, m)
			case n > 0 && at < h.height-1:
				raised = raiseSiblings(paths, level, paths[groups[label][0]][at+1], at+1) || raised
			case n > 0:
				ok = false
			}
		}
		if !raised {
			return merged, ok, nil
		}
	}
}

// raiseSiblings lifts every category below the parent up to its level.
func raiseSiblings(paths [][]string, level []int, parent string, at int) bool {
	raised := false
	for i, p := range paths {
		if p[at] == parent && level[i] < at {
			level[i], raised = at, true
		}
	}
	return raised
}

// categoryHoldings counts independent holdings.
func categoryHoldings(c Category) int {
	var all []string
	for _, own := range c.Holdings {
		all = append(all, own...)
	}
	code, _ := codes(all)
	sets, at := make([][]int32, len(c.Holdings)), 0
	for i, own := range c.Holdings {
		sets[i] = code[at : at+len(own)]
		at += len(own)
	}
	return anonymize.Independent(sets)
}
