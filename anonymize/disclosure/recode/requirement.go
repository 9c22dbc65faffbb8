// SPDX-License-Identifier: Apache-2.0

package recode

import (
	"fmt"
	"math"
	"slices"
)

// Requirement holds the conditions that every class of a release must meet. A class is
// the records that are equal in all quasi-identifiers.
type Requirement struct {
	// K is the least number of distinct holdings a class must hold; records
	// with a threshold of their own may ask for more. At least 1.
	K int
	// Diversity and Closeness constrain what the class gives away about
	// sensitive columns.
	Diversity []Diversity
	Closeness []Closeness
}

// Diversity is l-diversity of one sensitive column (Machanavajjhala et al.
// 2007): at least L distinct values in every class or, with Entropy, an
// entropy of at least ln L. A missing value is none: it hides nobody among those
// whose value is known.
type Diversity struct {
	Column  string
	L       float64
	Entropy bool
}

// Closeness is t-closeness of one sensitive column (Li et al. 2007): the earth
// mover's distance between a class and the whole table is at most T, 0 to 1.
// With Order the ground distance is that of ordered values, with Hierarchy
// that of the level at which two values meet; with neither, all values are
// equally far. Order must list every value once.
type Closeness struct {
	Column    string
	T         float64
	Order     []string
	Hierarchy *Hierarchy
}

// Met reports whether a class with these values of the column has the diversity.
func (d Diversity) Met(values []string) bool {
	code, labels := codes(values)
	n := make([]int, len(labels))
	for i, c := range code {
		if values[i] != Missing {
			n[c]++
		}
	}
	return diversity(n, d.Entropy) >= d.L-1e-9
}

// constraint is a Requirement over codes.
type constraint struct {
	diversity []codedDiversity
	closeness []codedCloseness
}

type codedDiversity struct {
	code    []int32
	card    int
	missing int // code of Missing, -1 where it does not occur
	l       float64
	entropy bool
}

type codedCloseness struct {
	code  []int32
	card  int
	t     float64
	whole []float64 // distribution in the table
	// cost of moving mass: ordered positions, or a tree of labels
	order []int32   // order[i] is the code at position i; nil unless ordered
	tree  [][]int32 // tree[l][code] label at level l; nil unless hierarchical
	width []int     // labels at each level
}

func compile(t *Table, req Requirement) (*constraint, error) {
	c := &constraint{}
	for _, d := range req.Diversity {
		if err := c.addDiversity(t, d); err != nil {
			return nil, err
		}
	}
	for _, d := range req.Closeness {
		if err := c.addCloseness(t, d); err != nil {
			return nil, err
		}
	}
	return c, nil
}

func (c *constraint) addDiversity(t *Table, d Diversity) error {
	i, err := t.sensitive(d.Column)
	if err != nil {
		return err
	}
	if !(d.L >= 1) || math.IsInf(d.L, 0) {
		return fmt.Errorf("%w: diversity of %q: L must be at least 1", ErrInput, d.Column)
	}
	code, labels := codes(t.Sensitive[i].Values)
	missing, found := slices.BinarySearch(labels, Missing)
	if !found {
		missing = -1
	}
	c.diversity = append(c.diversity, codedDiversity{code, len(labels), missing, d.L, d.Entropy})
	return nil
}

func (c *constraint) addCloseness(t *Table, d Closeness) error {
	i, err := t.sensitive(d.Column)
	if err != nil {
		return err
	}
	if !(d.T >= 0 && d.T <= 1) {
		return fmt.Errorf("%w: closeness of %q: T must lie in 0..1", ErrInput, d.Column)
	}
	code, labels := codes(t.Sensitive[i].Values)
	cc := codedCloseness{code: code, card: len(labels), t: d.T, whole: make([]float64, len(labels))}
	for _, v := range code {
		cc.whole[v]++
	}
	for v := range cc.whole {
		cc.whole[v] /= float64(len(code))
	}
	switch {
	case d.Order != nil && d.Hierarchy != nil:
		return fmt.Errorf("%w: closeness of %q: order and hierarchy exclude each other", ErrInput, d.Column)
	case d.Order != nil:
		if err := cc.ordered(d, labels); err != nil {
			return err
		}
	case d.Hierarchy != nil:
		if err := cc.hierarchical(d, labels); err != nil {
			return err
		}
	}
	c.closeness = append(c.closeness, cc)
	return nil
}

// ordered prepares the ordered distance. Values listed in Order that do not
// occur still count as steps on the way.
func (c *codedCloseness) ordered(d Closeness, labels []string) error {
	seen := map[string]bool{}
	for _, v := range d.Order {
		if seen[v] {
			return fmt.Errorf("%w: closeness of %q: order lists a value twice", ErrInput, d.Column)
		}
		seen[v] = true
		i, ok := slices.BinarySearch(labels, v)
		if !ok {
			i = -1
		}
		c.order = append(c.order, int32(i))
	}
	for i, v := range labels {
		if !seen[v] {
			return &gapError{Column: d.Column, Record: slices.Index(c.code, int32(i)), Rule: "value is not in the order"}
		}
	}
	return nil
}

func (c *codedCloseness) hierarchical(d Closeness, labels []string) error {
	h := d.Hierarchy
	c.tree, c.width = make([][]int32, h.height), make([]int, h.height)
	level := make([][]string, h.height)
	path := make([]string, h.height)
	for i, v := range labels {
		if !h.path(v, path) {
			return &gapError{Column: d.Column, Record: slices.Index(c.code, int32(i)), Rule: "value is not in the hierarchy"}
		}
		for l := range path {
			level[l] = append(level[l], path[l])
		}
	}
	for l := range level {
		var names []string
		c.tree[l], names = codes(level[l])
		c.width[l] = len(names)
	}
	return nil
}

// holds reports whether a class of these records meets diversity and closeness.
func (c *constraint) holds(records []int32) bool {
	for _, d := range c.diversity {
		n := make([]int, d.card)
		for _, r := range records {
			n[d.code[r]]++
		}
		if d.missing >= 0 {
			n[d.missing] = 0
		}
		if diversity(n, d.entropy) < d.l-1e-9 {
			return false
		}
	}
	for _, d := range c.closeness {
		n := make([]int, d.card)
		for _, r := range records {
			n[d.code[r]]++
		}
		if d.distance(n, len(records)) > d.t+1e-12 {
			return false
		}
	}
	return true
}

func (c *constraint) empty() bool { return len(c.diversity)+len(c.closeness) == 0 }

// diversity is the number of distinct values, or the exponential of their
// entropy, in a class given by how often each occurs. A value that is missing is
// none and is not among them; where all are, there is no end to it.
func diversity(n []int, entropy bool) float64 {
	distinct, total, h := 0, 0, 0.0
	for _, x := range n {
		total += x
	}
	if total == 0 {
		return math.Inf(1)
	}
	for _, x := range n {
		if x > 0 {
			distinct++
			p := float64(x) / float64(total)
			h -= float64(p * math.Log(p))
		}
	}
	if entropy {
		return math.Exp(h)
	}
	return float64(distinct)
}

// distance is the earth mover's distance of a class from the table, 0..1.
func (c *codedCloseness) distance(n []int, total int) float64 {
	diff := make([]float64, c.card)
	for v := range diff {
		diff[v] = float64(n[v])/float64(total) - c.whole[v]
	}
	switch {
	case c.order != nil:
		if len(c.order) < 2 {
			return 0
		}
		sum, run := 0.0, 0.0
		for _, v := range c.order {
			if v >= 0 {
				run += diff[v]
			}
			sum += math.Abs(run)
		}
		return sum / float64(len(c.order)-1)
	case c.tree != nil:
		return c.treeDistance(diff)
	}
	sum := 0.0
	for _, d := range diff {
		sum += math.Abs(d)
	}
	return sum / 2
}

// treeDistance: two values whose paths meet at level l of H are l/H apart.
// What cannot be balanced below a label moves across it, at that label's
// height; a label's own excess goes up.
func (c *codedCloseness) treeDistance(diff []float64) float64 {
	height := len(c.tree) - 1
	if height == 0 {
		return 0
	}
	cost, below := 0.0, diff
	at := c.tree[0] // label of each leaf at the level below; level 0 is the value itself
	for l := 1; l <= height; l++ {
		plus, minus := make([]float64, c.width[l]), make([]float64, c.width[l])
		done := make([]bool, len(below))
		for leaf := range diff {
			from := at[leaf]
			if done[from] {
				continue
			}
			done[from] = true
			if x := below[from]; x > 0 {
				plus[c.tree[l][leaf]] += x
			} else {
				minus[c.tree[l][leaf]] -= x
			}
		}
		next := make([]float64, c.width[l])
		for i := range next {
			cost += float64(float64(l) / float64(height) * min(plus[i], minus[i]))
			next[i] = plus[i] - minus[i]
		}
		below, at = next, c.tree[l]
	}
	return cost
}
