// SPDX-License-Identifier: Apache-2.0

package accounts

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/model"
)

// spare is how many more codes than are expected to be enough are asked about for
// one thing before the next, since some will be wrong.
const spare = 3

// worth is how likely it must be that enough speak of a thing for a person to be asked
// about it before what makes no topic or step.
const worth = 0.05

// order puts first what makes the most of a person's time: what needs the fewest
// decisions until k contributors are confirmed, for how likely that is, topics before
// steps, each with its likeliest codes; then the likeliest of the rest, again topics first. In collections
// of 25 and 40 texts that software had not learned from, twenty decisions confirmed 0.8
// to 1.8 topics, where the most doubtful first confirmed none (November 2026).
func (p *Codes) order(examples []model.Example, k int) {
	slices.SortFunc(p.Open, func(a, b Code) int {
		return cmp.Or(cmp.Compare(b.Confidence, a.Confidence), cmp.Compare(a.Example, b.Example), cmp.Compare(a.Code, b.Code))
	})
	at := map[string]int{}
	whose := holdings(examples)
	contributors := anonymize.NewCounter(whose)
	confirmed := map[model.Code][]int{} // examples, in the order of their ids
	for i := range examples {
		at[examples[i].ID] = i
	}
	for _, id := range slices.Sorted(maps.Keys(at)) {
		Each(&examples[at[id]], func(c *model.Coded) {
			if c.Confirmed() {
				confirmed[c.Code] = append(confirmed[c.Code], at[id])
			}
		})
	}
	rows := map[string][]int{} // of a code, the likeliest first
	for i, c := range p.Open {
		rows[c.Code] = append(rows[c.Code], i)
	}
	type goal struct {
		concept
		step  bool
		looks float64 // for each that is confirmed in the end
		rows  []int
		more  []int // the next of the same examples, where it is a family
	}
	var goals []goal
	for _, c := range concepts() {
		if strings.HasPrefix(c.name, "si:") {
			continue
		}
		had, twice := newIndependent(whose), map[int]bool{}
		contributors.Reset()
		var all []int
		for _, code := range c.codes {
			for _, i := range confirmed[code] {
				contributors.Add(i)
				who, _ := had.add(i)
				twice[who] = true
			}
			all = append(all, rows[string(code)]...)
		}
		missing := k - contributors.Count()
		if missing <= 0 {
			continue
		}
		slices.Sort(all)
		g := goal{concept: c, step: strings.HasPrefix(c.name, "me:") || strings.HasPrefix(c.name, "mf:")}
		sum, looks := 0.0, 0
		var each []float64
		for _, i := range all {
			before := had.n
			if who, _ := had.add(at[p.Open[i].Example]); had.n == before {
				if !twice[who] {
					twice[who] = true
					g.more = append(g.more, i)
				}
				continue
			}
			g.rows, each = append(g.rows, i), append(each, p.Open[i].Confidence)
			if sum < float64(missing) {
				sum += p.Open[i].Confidence
				looks++
			}
		}
		if chance := enough(each, missing); chance >= worth {
			g.looks = float64(looks) / chance
			g.rows = g.rows[:min(len(g.rows), looks+spare)]
			goals = append(goals, g)
		}
	}
	slices.SortStableFunc(goals, func(a, b goal) int {
		if a.step != b.step {
			return map[bool]int{false: -1, true: 1}[a.step]
		}
		return cmp.Or(cmp.Compare(a.looks, b.looks), cmp.Compare(a.name, b.name))
	})
	var out []Code
	listed := make([]bool, len(p.Open))
	list := func(i int, of string) {
		if !listed[i] {
			listed[i] = true
			c := p.Open[i]
			c.For = of
			out = append(out, c)
		}
	}
	for _, g := range goals {
		for _, i := range g.rows {
			list(i, g.name)
		}
		for _, i := range g.more {
			if !g.step {
				list(i, g.name)
			}
		}
	}
	for i, c := range p.Open {
		if (concept{name: c.Code}).topic() {
			list(i, "")
		}
	}
	for i := range p.Open {
		list(i, "")
	}
	p.Open = out
}
