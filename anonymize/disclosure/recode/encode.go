// SPDX-License-Identifier: Apache-2.0

package recode

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/sharedpractice/sharedpractice/anonymize"
)

// encoded is a table in small integers: what the searches run on.
type encoded struct {
	n     int
	leaf  [][]int32    // [column][record] code of the value
	up    [][][]int32  // [column][level][leaf code] code of the label
	label [][][]string // [column][level][code]
	count [][]int      // [column][leaf code] records with that value
	size  [][][]int    // [column][level][code] leaves of the hierarchy below
	whole []int        // [column] leaves of the hierarchy

	k       []int32            // [record] threshold
	ks      []int32            // distinct thresholds, ascending
	kidx    []int32            // [record] index into ks
	holding []int32            // [record] holding, when every record has one
	many    [][]int32          // [record] holdings, when some record has several
	counter *anonymize.Counter // of many, once it is needed
	holders int
	unique  bool    // every record is a holding of its own
	order   []int32 // records by (holding, threshold), when not unique

	row  []int32 // [record] distinct row
	rows []int32 // [distinct row] its first record
	mass []int32 // [distinct row] records
}

// encode turns a table into codes. Codes follow the sorted order of labels, so
// that nothing depends on the order of records.
func encode(t *Table, hs []*Hierarchy, req Requirement) (*encoded, error) {
	if err := t.Validate(); err != nil {
		return nil, err
	}
	if len(hs) != len(t.Quasi) {
		return nil, fmt.Errorf("%w: %d hierarchies for %d quasi-identifiers", ErrInput, len(hs), len(t.Quasi))
	}
	if t.Len() == 0 || len(t.Quasi) == 0 {
		return nil, fmt.Errorf("%w: no records or no quasi-identifiers", ErrInput)
	}
	if t.Len() > math.MaxInt32 {
		return nil, fmt.Errorf("%w: more than %d records", ErrBound, math.MaxInt32)
	}
	e := &encoded{n: t.Len()}
	for c := range t.Quasi {
		if hs[c] == nil {
			return nil, fmt.Errorf("%w: column %q has no hierarchy", ErrInput, t.Quasi[c].Name)
		}
		if err := e.column(t.Quasi[c], hs[c]); err != nil {
			return nil, err
		}
	}
	if err := e.thresholds(t, req.K); err != nil {
		return nil, err
	}
	e.holders = e.holdings(t)
	e.distinctRows()
	return e, nil
}

// codes numbers the distinct values in sorted order.
func codes(values []string) (code []int32, labels []string) {
	at := make(map[string]int32, 64)
	for _, v := range values {
		if _, ok := at[v]; !ok {
			at[v] = 0
			labels = append(labels, v)
		}
	}
	slices.Sort(labels)
	for i, l := range labels {
		at[l] = int32(i)
	}
	code = make([]int32, len(values))
	for i, v := range values {
		code[i] = at[v]
	}
	return code, labels
}

func (e *encoded) column(col Column, h *Hierarchy) error {
	leaf, labels := codes(col.Values)
	e.leaf = append(e.leaf, leaf)
	count := make([]int, len(labels))
	for _, c := range leaf {
		count[c]++
	}
	e.count = append(e.count, count)
	paths := make([][]string, len(labels))
	for i := range labels {
		paths[i] = make([]string, h.height)
		if !h.path(labels[i], paths[i]) {
			return &gapError{Column: col.Name, Record: slices.Index(leaf, int32(i)), Rule: "value is not in the hierarchy"}
		}
	}
	up := make([][]int32, h.height)
	lab := make([][]string, h.height)
	for l := range h.height {
		level := make([]string, len(labels))
		for i := range labels {
			level[i] = paths[i][l]
		}
		up[l], lab[l] = codes(level)
	}
	// An open rule is held to what a listed hierarchy is held to: no label
	// with two parents.
	for l := 0; l+1 < h.height; l++ {
		parent := make(map[int32]int32, len(lab[l]))
		for i := range labels {
			if p, ok := parent[up[l][i]]; ok && p != up[l+1][i] {
				return &gapError{Column: col.Name, Record: slices.Index(leaf, int32(i)), Level: l + 1, Rule: "label has two parents"}
			}
			parent[up[l][i]] = up[l+1][i]
		}
	}
	e.up, e.label = append(e.up, up), append(e.label, lab)
	size, whole := leaves(h, labels, up, lab)
	e.size, e.whole = append(e.size, size), append(e.whole, whole)
	return nil
}

// leaves counts, for each label, the values of the domain below it: all of
// the hierarchy where it lists its domain, those of the data where it does not.
func leaves(h *Hierarchy, labels []string, up [][]int32, lab [][]string) (size [][]int, whole int) {
	size = make([][]int, h.height)
	for l := range size {
		size[l] = make([]int, len(lab[l]))
	}
	if h.table == nil {
		for l := range size {
			for i := range labels {
				size[l][up[l][i]]++
			}
		}
		return size, len(labels)
	}
	for l := range size {
		below := make(map[string]int, len(lab[l]))
		for _, p := range h.table {
			below[p[l]]++
		}
		for c, name := range lab[l] {
			size[l][c] = below[name]
		}
	}
	return size, len(h.table)
}

func (e *encoded) thresholds(t *Table, least int) error {
	if least < 1 {
		return fmt.Errorf("%w: k must be at least 1", ErrInput)
	}
	e.k = make([]int32, e.n)
	for i := range e.k {
		k := least
		if t.K != nil {
			k = max(k, t.K[i])
		}
		if k > math.MaxInt32 {
			return fmt.Errorf("%w: record %d: threshold too large", ErrInput, i)
		}
		e.k[i] = int32(k)
	}
	e.ks = slices.Compact(slices.Sorted(slices.Values(e.k)))
	e.kidx = make([]int32, e.n)
	for i, k := range e.k {
		j, _ := slices.BinarySearch(e.ks, k)
		e.kidx[i] = int32(j)
	}
	return nil
}

// holdings numbers the holdings in sorted order and returns how many there are.
func (e *encoded) holdings(t *Table) int {
	if t.Holdings == nil {
		e.unique = true
		return e.n
	}
	var all []string
	single := true
	for _, h := range t.Holdings {
		all = append(all, h...)
		single = single && len(slices.Compact(slices.Sorted(slices.Values(h)))) == 1
	}
	code, labels := codes(all)
	if single {
		e.holding = make([]int32, e.n)
	} else {
		e.many = make([][]int32, e.n)
	}
	at := 0
	for i, h := range t.Holdings {
		if single {
			e.holding[i] = code[at]
		} else {
			e.many[i] = slices.Compact(slices.Sorted(slices.Values(code[at : at+len(h)])))
		}
		at += len(h)
	}
	if single {
		e.unique = len(labels) == e.n
		e.order = make([]int32, e.n)
		for i := range e.order {
			e.order[i] = int32(i)
		}
		slices.SortFunc(e.order, func(a, b int32) int {
			return cmp.Or(cmp.Compare(e.holding[a], e.holding[b]), cmp.Compare(e.k[a], e.k[b]), cmp.Compare(a, b))
		})
	}
	return len(labels)
}

func (e *encoded) distinctRows() {
	g := newGrouper(e.n)
	e.row = make([]int32, e.n)
	zero := make([]int, len(e.leaf))
	all := make([]int32, e.n)
	for i := range all {
		all[i] = int32(i)
	}
	n := g.group(e, zero, all, e.row)
	e.rows, e.mass = make([]int32, n), make([]int32, n)
	for i := e.n - 1; i >= 0; i-- {
		e.rows[e.row[i]] = int32(i)
		e.mass[e.row[i]]++
	}
}
