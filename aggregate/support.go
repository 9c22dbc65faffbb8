// SPDX-License-Identifier: Apache-2.0

package aggregate

import (
	"cmp"
	"slices"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/model"
)

// Support is what a published statement rests on.
type Support struct {
	Examples     int `json:"examples"`     // that say so
	Of           int `json:"of"`           // that could have
	Contributors int `json:"contributors"` // independent ones, see Independent
	Kinds        int `json:"kinds"`        // distinct organisation types among those that say so
	// Lowest is the most closed level among the examples that say so.
	Lowest model.Level `json:"lowest"`
}

// set is a set of records by index, sorted.
type set []int

func (s set) has(i int) bool { _, ok := slices.BinarySearch(s, i); return ok }

func (s set) and(t set) set {
	return slices.DeleteFunc(slices.Clone(s), func(i int) bool { return !t.has(i) })
}

// Independent counts contributors: the records that can be picked one after
// another, those with the fewest holdings first, so that no two share a
// holding. One contributor with five examples is one; so are an agency and the
// clients it submits for, and sister companies. It never counts more than the
// smallest number of holdings that, acting together, stand behind every
// record.
func Independent(records []anonymize.Record) int {
	sets := make([][]anonymize.Holding, len(records))
	for i, r := range records {
		sets[i] = r.Holdings()
	}
	return independent(sets)
}

func independent(sets [][]anonymize.Holding) int {
	sets = slices.Clone(sets)
	slices.SortFunc(sets, fewestFirst)
	taken := map[anonymize.Holding]bool{}
	n := 0
	for _, holdings := range sets {
		if len(holdings) == 0 || slices.ContainsFunc(holdings, func(h anonymize.Holding) bool { return taken[h] }) {
			continue
		}
		for _, h := range holdings {
			taken[h] = true
		}
		n++
	}
	return n
}

func fewestFirst(a, b []anonymize.Holding) int {
	return cmp.Or(cmp.Compare(len(a), len(b)), slices.Compare(a, b))
}

// corpus is the countable side of the records.
type corpus struct {
	records   []anonymize.Record
	content   []anonymize.Content // countable
	published []anonymize.Content
	holdings  [][]anonymize.Holding
	k         int
	strictest int // the largest threshold of the collection and its records

	// Contributors are counted for every statement: holdings have numbers, and
	// each record its place among those with the fewest holdings first.
	numbers [][]int32
	place   []int
	taken   []int // by number: the last count that took it
	counts  int
}

func newCorpus(records []anonymize.Record, k int) *corpus {
	c := &corpus{k: k, strictest: k}
	for _, r := range records {
		c.records = append(c.records, r)
		c.content = append(c.content, r.Countable())
		c.published = append(c.published, r.Published())
		c.holdings = append(c.holdings, r.Holdings())
		c.strictest = max(c.strictest, r.K())
	}
	c.number()
	return c
}

func (c *corpus) number() {
	known := map[anonymize.Holding]int32{}
	ordered := make([]int, len(c.holdings))
	c.numbers, c.place = make([][]int32, len(c.holdings)), make([]int, len(c.holdings))
	for i, holdings := range c.holdings {
		ordered[i] = i
		for _, h := range holdings {
			if _, ok := known[h]; !ok {
				known[h] = int32(len(known))
			}
			c.numbers[i] = append(c.numbers[i], known[h])
		}
	}
	slices.SortFunc(ordered, func(i, j int) int { return fewestFirst(c.holdings[i], c.holdings[j]) })
	for place, i := range ordered {
		c.place[i] = place
	}
	c.taken = make([]int, len(known))
}

// contributors is Independent of the records of s.
func (c *corpus) contributors(s set) int {
	ordered := slices.Clone(s)
	slices.SortFunc(ordered, func(i, j int) int { return cmp.Compare(c.place[i], c.place[j]) })
	c.counts++
	n := 0
	for _, i := range ordered {
		own := c.numbers[i]
		if len(own) == 0 || slices.ContainsFunc(own, func(h int32) bool { return c.taken[h] == c.counts }) {
			continue
		}
		for _, h := range own {
			c.taken[h] = c.counts
		}
		n++
	}
	return n
}

// supported is the largest part of s that its own members let be published:
// enough contributors for the collection's k and for the k of every record in
// it. A record that asks for more than there are is left out, which never
// lowers what the others ask for. Records that may be counted only are left out
// too, where they come from too few: beside a release of all others, each of
// which can be counted by its codes, they would be what is left over. The result
// is nil where nothing may be published.
func (c *corpus) supported(s set) set {
	s = slices.Clone(s)
	for {
		n := c.contributors(s)
		if n < c.k {
			return nil
		}
		strictest := 0
		for _, i := range s {
			strictest = max(strictest, c.records[i].K())
		}
		if strictest > n {
			s = slices.DeleteFunc(s, func(i int) bool { return c.records[i].K() == strictest })
			continue
		}
		hidden := slices.DeleteFunc(slices.Clone(s), func(i int) bool { return !c.countedOnly(i) })
		if len(hidden) == 0 || c.enough(hidden) {
			return s
		}
		s = slices.DeleteFunc(s, c.countedOnly)
	}
}

// countedOnly reports whether a record stands in no release.
func (c *corpus) countedOnly(i int) bool { return c.records[i].Level() < model.Anonymous }

// enough reports whether as many stand behind the records as each asks for.
func (c *corpus) enough(s set) bool {
	k := c.k
	for _, i := range s {
		k = max(k, c.records[i].K())
	}
	return c.contributors(s) >= k
}

func (c *corpus) support(s set, of int) Support {
	kinds := map[model.Code]bool{}
	lowest := model.Public
	for _, i := range s {
		for _, t := range c.content[i].OrganisationTypes {
			kinds[t] = true
		}
		lowest = min(lowest, c.records[i].Level())
	}
	return Support{Examples: len(s), Of: of, Contributors: c.contributors(s), Kinds: len(kinds), Lowest: lowest}
}
