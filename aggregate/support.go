// SPDX-License-Identifier: Apache-2.0

package aggregate

import (
	"slices"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/model"
)

// Support counts the examples and contributors behind a published statement.
type Support struct {
	Examples     int `json:"examples"`     // that say so
	Of           int `json:"of"`           // that could have
	Contributors int `json:"contributors"` // independent ones, see Independent
	// Kinds is how many kinds of organisation these are of, at least: those of which as many
	// say so as are asked for, and two where as many are of none of these.
	Kinds int `json:"kinds"`
	// AlmostAll says that those who could have said so and did not are fewer than
	// the threshold, of a small whole perhaps none. Examples and Contributors are
	// lower bounds then, and Of is how many could have.
	AlmostAll bool `json:"almost_all,omitempty"`
}

// set is a set of records by index, sorted.
type set []int

func (s set) has(i int) bool { _, ok := slices.BinarySearch(s, i); return ok }

func (s set) and(t set) set {
	return slices.DeleteFunc(slices.Clone(s), func(i int) bool { return !t.has(i) })
}

// in reports whether all of s is in t.
func (s set) in(t set) bool { return len(s) <= len(t) && len(s.and(t)) == len(s) }

// Independent is anonymize.Independent of records.
func Independent(records []anonymize.Record) int {
	sets := make([][]anonymize.Holding, len(records))
	for i, r := range records {
		sets[i] = r.Holdings()
	}
	return anonymize.Independent(sets)
}

// corpus is the countable side of the records.
type corpus struct {
	records   []anonymize.Record
	content   []anonymize.Content // countable
	published []anonymize.Content
	holdings  [][]anonymize.Holding
	k         int
	strictest int    // the largest threshold of the collection and its records
	bounds    int    // the threshold of what is told as a bound, one for the whole collection
	asks      []int  // the threshold of each record
	unlisted  []bool // whether a record stands in no release, and is counted only
	hidden    bool   // whether any does
	stale     set    // those whose lines are printed as they were

	counter *anonymize.Counter // contributors are counted for every statement
}

// newCorpus takes the records and, where there is a release, its lines by id and
// what those tell that are printed as they were.
func newCorpus(records []anonymize.Record, k int, lines []anonymize.Record, told map[string]anonymize.Content) *corpus {
	c := &corpus{k: k, strictest: k}
	line := map[string]anonymize.Record{}
	for _, r := range lines {
		line[r.ID()] = r
	}
	for _, r := range records {
		c.records = append(c.records, r)
		c.content = append(c.content, r.Countable())
		published, listed := r, true
		if lines != nil {
			published, listed = line[r.ID()]
		}
		content, before := told[r.ID()]
		if before {
			c.stale = append(c.stale, len(c.records)-1)
		} else {
			content = published.Published()
		}
		c.published = append(c.published, content)
		c.holdings = append(c.holdings, r.Holdings())
		c.asks = append(c.asks, r.K())
		unlisted := r.Level() < model.Anonymous || !listed
		c.unlisted, c.hidden = append(c.unlisted, unlisted), c.hidden || unlisted
		c.strictest = max(c.strictest, r.K())
	}
	c.counter = anonymize.NewCounter(c.holdings)
	return c
}

// contributors is Independent of the records of s.
func (c *corpus) contributors(s set) int {
	c.choose(s)
	return c.counter.Count()
}

func (c *corpus) choose(s set) {
	c.counter.Reset()
	for _, i := range s {
		c.counter.Add(i)
	}
}

// support counts the records of s among those of, of which it is a part; nil
// means among themselves.
func (c *corpus) support(s, of set) Support {
	out := Support{Examples: len(s), Of: len(of), Contributors: c.contributors(s), Kinds: c.kinds(s)}
	if of == nil {
		return out
	}
	rest := slices.DeleteFunc(slices.Clone(of), s.has)
	if len(rest) == 0 && len(of) != c.k+1 || len(rest) > 0 && c.reaches(rest, c.bounds) {
		return out
	}
	// Bounds that are the same whoever is missing, and whatever they ask for. Of those
	// that could have said so there may be fewer contributors than c.bounds beyond the
	// bound, or none: c.k of one more would be the only ones that the bound leaves, so
	// all of one more are told like them.
	out.AlmostAll = true
	out.Examples = c.bound(out.Examples, len(of))
	out.Contributors = min(c.bound(out.Contributors, c.contributors(of)), out.Examples)
	out.Kinds = 0
	return out
}

// kinds is Support.Kinds. One of another kind than all others would be seen in every
// number that it is behind.
func (c *corpus) kinds(s set) (n int) {
	by := map[model.Code]set{}
	for _, i := range s {
		for _, t := range distinct(c.content[i].OrganisationTypes) {
			by[t] = append(by[t], i)
		}
	}
	told := map[int]bool{}
	for _, of := range by {
		if c.reaches(of, c.bounds) {
			n++
			for _, i := range of {
				told[i] = true
			}
		}
	}
	rest := slices.DeleteFunc(slices.Clone(s), func(i int) bool { return told[i] || len(c.content[i].OrganisationTypes) == 0 })
	if c.reaches(rest, c.bounds) {
		n += 2
	}
	return n
}

// bound is the lowest n of a whole that may be called almost all of it, or, for
// a lower one, the next below in steps from the least that is told of at all.
func (c *corpus) bound(n, of int) int {
	if least := max(c.k, of-c.bounds+1); n >= least {
		return least
	}
	return c.k + max(0, n-c.k)/c.bounds*c.bounds
}

// reaches reports whether k contributors stand behind the records.
func (c *corpus) reaches(s set, k int) bool {
	c.choose(s)
	return c.counter.Reaches(k)
}

func (c *corpus) strictestOf(s set) int {
	k := c.k
	for _, i := range s {
		k = max(k, c.asks[i])
	}
	return k
}
