// SPDX-License-Identifier: Apache-2.0

package accounts

import (
	"slices"

	"github.com/sharedpractice/sharedpractice/model"
)

// holdings numbers those behind each example; one that names none has its own.
func holdings(examples []model.Example) [][]int {
	out := make([][]int, len(examples))
	number := map[string]int{}
	for i, e := range examples {
		for _, p := range e.Parties {
			for _, h := range append([]string{p.HoldingRef()}, p.Clients...) {
				if _, ok := number[h]; !ok {
					number[h] = len(number)
				}
				out[i] = append(out[i], number[h])
			}
		}
		if len(out[i]) == 0 {
			out[i] = []int{-1 - i}
		}
	}
	return out
}

// independent chooses examples no two of which share a holding, one after the other, so
// that each other one can be put to one that stands for it. It says how likely enough
// contributors speak; how many do is counted by anonymize.Counter, and may be more.
type independent struct {
	of    [][]int     // the holdings of each example
	first map[int]int // the chosen example that has a holding
	n     int         // how many are chosen
}

func newIndependent(of [][]int) *independent { return &independent{of: of, first: map[int]int{}} }

// add chooses an example unless one before shares a holding with it, and says which
// stands for it. inside reports whether all its holdings are that one's: then
// nobody else that is chosen can share one with it, now or later.
func (c *independent) add(example int) (stands int, inside bool) {
	stands = -1
	for _, h := range c.of[example] {
		if i, ok := c.first[h]; ok && (stands < 0 || i == stands) {
			stands = i
		}
	}
	if stands >= 0 {
		return stands, !slices.ContainsFunc(c.of[example], func(h int) bool {
			i, ok := c.first[h]
			return !ok || i != stands
		})
	}
	c.n++
	for _, h := range c.of[example] {
		c.first[h] = example
	}
	return example, true
}
