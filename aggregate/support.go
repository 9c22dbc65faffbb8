// SPDX-License-Identifier: Apache-2.0

package aggregate

import (
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
	strictest int             // the largest threshold of the collection and its records
	released  map[string]bool // ids of the records in the release; nil where it is all that may be

	// Contributors are counted for every statement, so holdings have numbers.
	numbers [][]int32
	seen    []int // by number: the last count that saw it
	counts  int
}

// newCorpus takes the records and, where there is a release, its lines by id.
func newCorpus(records []anonymize.Record, k int, lines []anonymize.Record) *corpus {
	c := &corpus{k: k, strictest: k}
	line := map[string]anonymize.Record{}
	if lines != nil {
		c.released = map[string]bool{}
	}
	for _, r := range lines {
		line[r.ID()], c.released[r.ID()] = r, true
	}
	for _, r := range records {
		c.records = append(c.records, r)
		c.content = append(c.content, r.Countable())
		published := r
		if lines != nil {
			published = line[r.ID()]
		}
		c.published = append(c.published, published.Published())
		c.holdings = append(c.holdings, r.Holdings())
		c.strictest = max(c.strictest, r.K())
	}
	c.number()
	return c
}

func (c *corpus) number() {
	known := map[anonymize.Holding]int32{}
	c.numbers = make([][]int32, len(c.holdings))
	for i, holdings := range c.holdings {
		for _, h := range holdings {
			if _, ok := known[h]; !ok {
				known[h] = int32(len(known))
			}
			c.numbers[i] = append(c.numbers[i], known[h])
		}
	}
	c.seen = make([]int, len(known))
}

// contributors is Independent of the records of s.
func (c *corpus) contributors(s set) int {
	c.counts++
	n := 0
	for _, i := range s {
		if len(c.numbers[i]) != 1 {
			return c.jointly(s)
		}
		if h := c.numbers[i][0]; c.seen[h] != c.counts {
			c.seen[h] = c.counts
			n++
		}
	}
	return n
}

func (c *corpus) jointly(s set) int {
	sets := make([][]int32, len(s))
	for j, i := range s {
		sets[j] = c.numbers[i]
	}
	return anonymize.Independent(sets)
}

// supported is the largest part of s that its own members let be published:
// enough contributors for the collection's k and for the k of every record in
// it. A record that asks for more than there are is left out, which never
// lowers what the others ask for. Records that may be counted only are left out
// too, where they come from too few: beside a release of all others, each of
// which can be counted by its codes, they would be what is left over. The result
// is nil where nothing may be published.
func (c *corpus) supported(s set) set { return c.supportedBeside(s, nil) }

// supportedBeside is supported for what a release tells of its records one by
// one: beside it, those of which it does not tell are what is left over. told
// says whether the line of a record does; nil where lines are not asked.
func (c *corpus) supportedBeside(s set, told func(i int) bool) set {
	s = slices.Clone(s)
	silent := func(i int) bool { return c.countedOnly(i) || told != nil && !told(i) }
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
		rest := slices.DeleteFunc(slices.Clone(s), func(i int) bool { return !silent(i) })
		if len(rest) == 0 || c.enough(rest) {
			return s
		}
		s = slices.DeleteFunc(s, silent)
	}
}

// countedOnly reports whether a record stands in no release.
func (c *corpus) countedOnly(i int) bool {
	return c.records[i].Level() < model.Anonymous || c.released != nil && !c.released[c.records[i].ID()]
}

// enough reports whether as many stand behind the records as each asks for.
func (c *corpus) enough(s set) bool {
	return c.contributors(s) >= c.strictestOf(s)
}

// support counts the records of s among those of, of which it is a part; nil
// means among themselves.
func (c *corpus) support(s, of set) Support {
	kinds := map[model.Code]bool{}
	lowest := model.Public
	for _, i := range s {
		for _, t := range c.content[i].OrganisationTypes {
			kinds[t] = true
		}
		lowest = min(lowest, c.records[i].Level())
	}
	out := Support{Examples: len(s), Of: len(of), Contributors: c.contributors(s), Kinds: len(kinds), Lowest: lowest}
	if of == nil {
		return out
	}
	rest := slices.DeleteFunc(slices.Clone(of), s.has)
	k := c.strictestOf(of)
	if len(rest) == 0 && len(of) != k+1 || len(rest) > 0 && c.enough(rest) {
		return out
	}
	// Bounds that are the same whoever is missing. Of those that could have said so
	// there may be fewer contributors than k beyond the bound, or none: k of k+1
	// would be the only ones that the bound leaves, so all of k+1 are told like them.
	out.AlmostAll = true
	out.Examples = max(c.k, bound(out.Examples, len(of), k))
	out.Contributors = max(c.k, min(bound(out.Contributors, c.contributors(of), k), out.Examples))
	out.Kinds = 0
	return out
}

// bound is the lowest n of a whole that may be called almost all of it, or, for
// a lower one, the next multiple of k below.
func bound(n, of, k int) int {
	if least := max(k, of-k+1); n >= least {
		return least
	}
	return n / k * k
}

func (c *corpus) strictestOf(s set) int {
	k := c.k
	for _, i := range s {
		k = max(k, c.records[i].K())
	}
	return k
}
