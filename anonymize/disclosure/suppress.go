// SPDX-License-Identifier: Apache-2.0

package disclosure

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/sharedpractice/sharedpractice/anonymize/disclosure/verify"
)

// Counts are published numbers of contributors and how they add up: one table,
// or several that share cells.
type Counts struct {
	Cells []int        // true values, 0 or more; totals are cells, too
	Sums  []verify.Sum // of distinct contributors: Union
}

// CountRule says which counts may not be shown.
type CountRule struct {
	// Threshold: counts of 1 to Threshold-1 are hidden. At least 2.
	Threshold int
	// Also marks further cells to hide, by index: those that dominance forbids.
	Also []int
	// Key, if set, chooses between complementary cells of similar size in a
	// way that only its owner can repeat. Without it a reader who knows this
	// algorithm may rule out tables for which it would have chosen otherwise.
	Key *Key
	// Steps bounds each attack, as verify.Effort does.
	Steps int
	// Progress, if set, is called after each attack.
	Progress func(hidden, cells int)
}

// Hidden is the outcome of Suppress.
type Hidden struct {
	Cells   []bool // hidden or not
	Primary int    // hidden by the rule
	// Published is what a reader then knows: hand it to verify.Attack.
	Published verify.Published
}

// Suppress hides the counts that the rule forbids and as many others as it
// takes that no reader can work one out: for each cell hidden by the rule
// there is, among all fills consistent with what is shown, one in which it is
// Threshold or more (and for one hidden by Also, one in which it differs). The
// attack that decides is verify.Attack, its witnesses are what is trusted; a
// cell that it cannot settle in its steps counts as unsafe. Zeros are shown
// unless Also names them. Hidden cells look alike: what the reader knows of one
// is that it is at least 1, or nothing where a zero is among them.
//
// Complementary cells are the smallest first; each is shown again in the end
// if it turns out not to be needed. Deterministic. Attacks: at most twice the
// number of cells.
func Suppress(ctx context.Context, c Counts, rule CountRule) (*Hidden, error) {
	if rule.Threshold < 2 {
		return nil, fmt.Errorf("%w: threshold must be at least 2", ErrInput)
	}
	s := &suppressor{c: c, rule: rule, hidden: make([]bool, len(c.Cells)), need: make([]int, len(c.Cells))}
	for i, v := range c.Cells {
		if v < 0 || v > verify.Unbounded {
			return nil, fmt.Errorf("%w: cell %d is negative or too large", ErrInput, i)
		}
		if v > 0 && v < rule.Threshold {
			s.hidden[i], s.need[i] = true, rule.Threshold
		}
	}
	for _, i := range rule.Also {
		if i < 0 || i >= len(c.Cells) {
			return nil, fmt.Errorf("%w: no cell %d", ErrInput, i)
		}
		s.hidden[i] = true
		s.need[i] = max(s.need[i], 1)
	}
	primary := s.count()
	var added []int
	for {
		bad, err := s.unsafe(ctx)
		if err != nil {
			return nil, err
		}
		if bad < 0 {
			break
		}
		next := s.complement(bad)
		if next < 0 {
			return nil, fmt.Errorf("%w: cell %d cannot be protected within its sums", ErrInfeasible, bad)
		}
		s.hidden[next] = true
		added = append(added, next)
	}
	for _, i := range slices.Backward(added) {
		s.hidden[i] = false
		bad, err := s.unsafe(ctx)
		if err != nil {
			return nil, err
		}
		s.hidden[i] = bad >= 0
	}
	return &Hidden{Cells: s.hidden, Primary: primary, Published: s.published()}, nil
}

type suppressor struct {
	c      Counts
	rule   CountRule
	hidden []bool
	need   []int // value that a fill must reach; 1 asks only for another value
}

func (s *suppressor) count() int {
	n := 0
	for _, h := range s.hidden {
		if h {
			n++
		}
	}
	return n
}

func (s *suppressor) published() verify.Published {
	p := verify.Published{Cells: make([]verify.Range, len(s.c.Cells)), Sums: s.c.Sums}
	least := 1
	for i, v := range s.c.Cells {
		if s.hidden[i] && v == 0 { // then the marker no longer says "not zero"
			least = 0
		}
	}
	for i, v := range s.c.Cells {
		p.Cells[i] = verify.Range{Lo: v, Hi: v}
		if s.hidden[i] {
			p.Cells[i] = verify.Range{Lo: least, Hi: verify.Unbounded}
		}
	}
	return p
}

// unsafe is the first cell that the attack gives away, or -1.
func (s *suppressor) unsafe(ctx context.Context) (int, error) {
	found, err := verify.Attack(ctx, s.published(), verify.Effort{Steps: s.rule.Steps})
	if err != nil {
		return 0, err
	}
	if s.rule.Progress != nil {
		s.rule.Progress(s.count(), len(s.hidden))
	}
	for i, b := range found {
		if s.need[i] > 0 && (b.Inner.Lo >= b.Inner.Hi || b.Inner.Hi < s.need[i]) {
			return i, nil
		}
	}
	return -1, nil
}

// complement picks the cell to hide with an unsafe one: the smallest shown in
// a sum with it or, if none is left there, in a sum with a hidden neighbour.
func (s *suppressor) complement(bad int) int {
	reach := map[int]bool{bad: true}
	for {
		var open, next []int
		for _, sum := range s.c.Sums {
			cells := append(slices.Clone(sum.Parts), sum.Total)
			if !slices.ContainsFunc(cells, func(c int) bool { return reach[c] }) {
				continue
			}
			for _, c := range cells {
				if !s.hidden[c] && s.c.Cells[c] > 0 {
					open = append(open, c)
				} else if s.hidden[c] && !reach[c] {
					next = append(next, c)
				}
			}
		}
		if len(open) > 0 {
			return s.smallest(open)
		}
		if len(next) == 0 {
			return -1
		}
		for _, c := range next {
			reach[c] = true
		}
	}
}

func (s *suppressor) smallest(open []int) int {
	slices.SortFunc(open, func(a, b int) int { return cmp.Or(cmp.Compare(s.c.Cells[a], s.c.Cells[b]), cmp.Compare(a, b)) })
	if s.rule.Key == nil {
		return open[0]
	}
	limit := 2 * s.c.Cells[open[0]]
	best, least := open[0], ""
	for _, c := range open {
		if s.c.Cells[c] > limit {
			break
		}
		if m := s.rule.Key.mac("complement", fmt.Sprint(c), fmt.Sprint(s.c.Cells)); least == "" || m < least {
			best, least = c, m
		}
	}
	return best
}
