// SPDX-License-Identifier: Apache-2.0

package verify

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
)

// errInput says that rows and promise contradict each other.
var errInput = errors.New("verify: invalid input")

// Rows is a release as a reader gets it, with what only the releaser knows
// beside it: whose each record is and what its agreement asks for.
type Rows struct {
	Quasi     [][]string // [record][quasi-identifier], as published
	Holdings  [][]string // [record]; nil: every record its own
	K         []int      // [record]; nil: Promise.K for all
	Sensitive [][]string // [record][sensitive column], as published
}

// Promise is the guarantee that a certificate gives for every class.
type Promise struct {
	K         int
	Sensitive []Protection
}

// Protection is the guarantee for one sensitive column, by its index.
// Zero fields promise nothing.
type Protection struct {
	Column   int
	Distinct float64 // least number of distinct values
	Entropy  float64 // least exponential of the entropy
	Close    bool    // distance to all records at most T
	T        float64
	Order    []string            // ordered distance
	Paths    map[string][]string // hierarchical distance: value -> labels upwards, itself first
}

// Violation is a class that breaks a promise. It names records, never values.
type Violation struct {
	Rule    string // "k", "distinct", "entropy", "closeness"
	Records []int
}

// Classes groups records that read alike and returns every promise broken, in
// the order of the first record of the class. A missing value matches missing
// values only. All rows given are counted as released.
func Classes(r Rows, p Promise) ([]Violation, error) {
	n := len(r.Quasi)
	if r.Holdings != nil && len(r.Holdings) != n || r.K != nil && len(r.K) != n ||
		len(p.Sensitive) > 0 && len(r.Sensitive) != n {
		return nil, fmt.Errorf("%w: columns of different length", errInput)
	}
	var out []Violation
	for _, class := range alike(r.Quasi) {
		enough, err := r.enough(class, p.K)
		if err != nil {
			return nil, err
		}
		if !enough {
			out = append(out, Violation{"k", class})
		}
		for _, s := range p.Sensitive {
			broken, err := r.broken(class, s)
			if err != nil {
				return nil, err
			}
			for _, rule := range broken {
				out = append(out, Violation{rule, class})
			}
		}
	}
	return out, nil
}

// enough reports whether the class holds as many holdings as k and its own records
// ask for.
func (r Rows) enough(class []int, k int) (bool, error) {
	var sets [][]string
	for _, i := range class {
		own := []string{fmt.Sprint(i)}
		if r.Holdings != nil {
			own = r.Holdings[i]
		}
		if len(own) == 0 {
			return false, fmt.Errorf("%w: record %d has no holding", errInput, i)
		}
		sets = append(sets, own)
		if r.K != nil {
			k = max(k, r.K[i])
		}
	}
	return disjoint(sets, k), nil
}

// broken are the rules of one sensitive column that the class breaks.
func (r Rows) broken(class []int, s Protection) (rules []string, err error) {
	for _, i := range class {
		if s.Column < 0 || s.Column >= len(r.Sensitive[i]) {
			return nil, fmt.Errorf("%w: record %d has no sensitive column %d", errInput, i, s.Column)
		}
	}
	known := slices.DeleteFunc(slices.Clone(class), func(i int) bool { return r.Sensitive[i][s.Column] == "" })
	part := shares(r.Sensitive, known, s.Column)
	if len(known) > 0 && float64(len(part)) < s.Distinct {
		rules = append(rules, "distinct")
	}
	if len(known) > 0 && math.Exp(entropy(part)) < s.Entropy-1e-9 {
		rules = append(rules, "entropy")
	}
	if s.Close {
		part = shares(r.Sensitive, class, s.Column)
		all := make([]int, len(r.Quasi))
		for i := range all {
			all[i] = i
		}
		d, err := moved(part, shares(r.Sensitive, all, s.Column), s)
		if err != nil {
			return nil, err
		}
		if d > s.T+1e-9 {
			rules = append(rules, "closeness")
		}
	}
	return rules, nil
}

// alike groups equal rows, by the order of their first record.
func alike(rows [][]string) [][]int {
	at := map[string]int{}
	var out [][]int
	var b strings.Builder
	for i, row := range rows {
		b.Reset()
		for _, v := range row {
			fmt.Fprintf(&b, "%d:%s", len(v), v)
		}
		g, ok := at[b.String()]
		if !ok {
			g = len(out)
			at[b.String()] = g
			out = append(out, nil)
		}
		out[g] = append(out[g], i)
	}
	return out
}

// disjoint reports whether need records can be chosen of which no two share a
// holding. It is exact up to a large effort, and says no beyond it.
func disjoint(sets [][]string, need int) bool {
	seen := map[string]bool{}
	var diff [][]string
	for _, s := range sets {
		s = slices.Compact(slices.Sorted(slices.Values(s)))
		if key := strings.Join(s, "\x00"); !seen[key] {
			seen[key] = true
			diff = append(diff, s)
		}
	}
	slices.SortFunc(diff, func(a, b []string) int {
		return cmp.Or(cmp.Compare(len(a), len(b)), slices.Compare(a, b))
	})
	taken, effort := map[string]bool{}, 200_000
	var choose func(from, left int) bool
	choose = func(from, left int) bool {
		if left <= 0 {
			return true
		}
		if effort--; effort < 0 {
			return false
		}
		for i := from; i+left <= len(diff); i++ {
			if slices.ContainsFunc(diff[i], func(h string) bool { return taken[h] }) {
				continue
			}
			for _, h := range diff[i] {
				taken[h] = true
			}
			if choose(i+1, left-1) {
				return true
			}
			for _, h := range diff[i] {
				delete(taken, h)
			}
		}
		return false
	}
	return choose(0, need)
}

func shares(rows [][]string, class []int, column int) map[string]float64 {
	out := map[string]float64{}
	for _, i := range class {
		out[rows[i][column]]++
	}
	for v := range out {
		out[v] /= float64(len(class))
	}
	return out
}

// sorted sums in a fixed order.
func sorted(m map[string]float64) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func entropy(p map[string]float64) float64 {
	h := 0.0
	for _, v := range sorted(p) {
		h -= float64(p[v] * math.Log(p[v]))
	}
	return h
}

// moved is the work of turning one distribution into the other.
func moved(part, whole map[string]float64, s Protection) (float64, error) {
	switch {
	case s.Order != nil:
		return carried(part, whole, s.Order)
	case s.Paths != nil:
		return climbed(part, whole, s.Paths)
	}
	more := 0.0
	for _, v := range sorted(whole) {
		more += max(part[v]-whole[v], 0)
	}
	return more, nil
}

// carried moves earth from the first pile with too much to the first with too
// little, which is best on a line.
func carried(part, whole map[string]float64, order []string) (float64, error) {
	for _, v := range sorted(whole) {
		if !slices.Contains(order, v) {
			return 0, fmt.Errorf("%w: order misses a value", errInput)
		}
	}
	left, lack := make([]float64, len(order)), make([]float64, len(order))
	for i, v := range order {
		left[i], lack[i] = max(part[v]-whole[v], 0), max(whole[v]-part[v], 0)
	}
	work, j := 0.0, 0
	for i := range left {
		for left[i] > 1e-15 && j < len(lack) {
			x := min(left[i], lack[j])
			work += float64(x * math.Abs(float64(i-j)))
			left[i], lack[j] = left[i]-x, lack[j]-x
			if lack[j] <= 1e-15 {
				j++
			}
		}
	}
	return work / max(float64(len(order)-1), 1), nil
}

// climbed sums, over all branches of the tree, what has to pass through them:
// values that meet at level l of H are l/H apart, so a branch is 1/(2H) long.
func climbed(part, whole map[string]float64, paths map[string][]string) (float64, error) {
	height := 0
	through := map[string]float64{}
	for _, v := range sorted(whole) {
		path, ok := paths[v]
		if !ok {
			return 0, fmt.Errorf("%w: paths miss a value", errInput)
		}
		height = max(height, len(path)-1)
		for l, label := range path[:max(len(path)-1, 0)] {
			through[fmt.Sprint(l, "\x00", label)] += part[v] - whole[v]
		}
	}
	if height == 0 {
		return 0, nil
	}
	work := 0.0
	for _, b := range sorted(through) {
		work += math.Abs(through[b])
	}
	return work / float64(2*height), nil
}
