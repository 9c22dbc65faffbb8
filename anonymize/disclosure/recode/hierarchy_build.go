// SPDX-License-Identifier: Apache-2.0

package recode

import (
	"maps"
	"slices"
)

// NewTree makes a hierarchy from a parent relation: broader["Leeds"] is
// "Yorkshire", as in a SKOS scheme. Every term mentioned may occur as a value.
// Level l is the ancestor l steps up, the root where there are fewer; above
// the deepest root stands Suppressed. A cycle is an error.
func NewTree(broader map[string]string) (*Hierarchy, error) {
	terms := map[string]bool{}
	for child, parent := range broader {
		terms[child], terms[parent] = true, true
	}
	var paths [][]string
	height := 0
	for i, v := range slices.Sorted(maps.Keys(terms)) {
		path := []string{v}
		for up, ok := broader[v]; ok; up, ok = broader[up] {
			if len(path) > len(broader) {
				return nil, &gapError{Record: i, Level: len(path), Rule: "term is its own ancestor"}
			}
			path = append(path, up)
		}
		paths = append(paths, path)
		height = max(height, len(path))
	}
	for i, p := range paths {
		for len(p) < height {
			p = append(p, p[len(p)-1])
		}
		paths[i] = p
	}
	return NewHierarchy(paths)
}

// open wraps a rule: level 0, the top and Missing are the same everywhere.
func open(height int, rule func(string, []string) bool) *Hierarchy {
	return &Hierarchy{height: height, rule: func(v string, dst []string) bool {
		if v == Missing {
			for l := range dst {
				dst[l] = Missing
			}
		} else if !rule(v, dst) {
			return false
		}
		dst[0], dst[height-1] = v, Suppressed
		return true
	}}
}
