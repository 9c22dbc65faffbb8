// SPDX-License-Identifier: Apache-2.0

package main

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/samber/lo"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/anonymize"
)

// split tells the records that the last edition counted from new ones.
func split(records []anonymize.Record, before []string) (known, fresh []anonymize.Record) {
	earlier := lo.SliceToMap(before, func(id string) (string, bool) { return id, true })
	return lo.FilterReject(records, func(r anonymize.Record, _ int) bool { return earlier[r.ID()] })
}

// hiding is what is left out of the counts for the sake of who left.
type hiding int

const (
	nobody       hiding = iota
	examples            // single ones, of contributors that have others
	contributors        // with all their examples
)

// hideAmong leaves out further examples, so that who withdrew is one of at
// least k, or of as many as the strictest agreement asks for, that are no longer
// counted: first those of the topics in which the gap would show, and of these
// the ones that open the fewest gaps elsewhere. They come back with the next k
// newcomers. Whether it is enough, the ledger says.
func (e *edition) hideAmong(records []anonymize.Record, k int, hide hiding) []anonymize.Record {
	e.refused = nil
	if hide == nobody {
		e.shown = nil
		return records
	}
	for _, r := range records {
		k = max(k, r.K())
	}
	topics := e.topics()
	left := map[anonymize.Holding]int{} // examples that are still counted
	for _, r := range records {
		for _, h := range r.Holdings() {
			left[h]++
		}
	}
	gaps := map[int]bool{} // places in topics
	for i, t := range topics {
		gaps[i] = slices.ContainsFunc(e.shown, func(codes []string) bool { return slices.Equal(codes, t) })
	}
	candidates := units(records, topics, hide == contributors)
	var hidden []anonymize.Record
	for len(candidates) > 0 && aggregate.Independent(hidden) < k {
		best := -1
		for i, u := range candidates {
			if hide == examples && slices.ContainsFunc(u.records[0].Holdings(), func(h anonymize.Holding) bool { return left[h] < 2 }) {
				continue
			}
			if best < 0 || u.compare(candidates[best], gaps, e.shown, topics) < 0 {
				best = i
			}
		}
		if best < 0 {
			break
		}
		for _, r := range candidates[best].records {
			hidden = append(hidden, r)
			for _, h := range r.Holdings() {
				left[h]--
			}
		}
		for _, t := range candidates[best].topics {
			gaps[t] = true
		}
		candidates = slices.Delete(candidates, best, best+1)
	}
	gone := lo.SliceToMap(hidden, func(r anonymize.Record) (string, bool) { return r.ID(), true })
	return slices.DeleteFunc(slices.Clone(records), func(r anonymize.Record) bool { return gone[r.ID()] })
}

// unit is what is hidden together.
type unit struct {
	id      string
	records []anonymize.Record
	topics  []int
}

// units are the examples, or the contributors with all of theirs, in the order
// of their opaque ids.
func units(records []anonymize.Record, topics [][]string, whole bool) []unit {
	by := map[string][]anonymize.Record{}
	for _, r := range records {
		if !whole {
			by[r.ID()] = append(by[r.ID()], r)
			continue
		}
		for _, h := range r.Holdings() {
			by[string(h)] = append(by[string(h)], r)
		}
	}
	var out []unit
	for _, id := range slices.Sorted(maps.Keys(by)) {
		u := unit{id: id, records: by[id]}
		for i, t := range topics {
			if slices.ContainsFunc(u.records, func(r anonymize.Record) bool { return tells(r, t) }) {
				u.topics = append(u.topics, i)
			}
		}
		out = append(out, u)
	}
	return out
}

// compare puts first what lies in most of the topics shown and opens the fewest
// gaps in others.
func (u unit) compare(v unit, gaps map[int]bool, shown, topics [][]string) int {
	in := func(x unit) int {
		return lo.CountBy(x.topics, func(t int) bool {
			return slices.ContainsFunc(shown, func(codes []string) bool { return slices.Equal(codes, topics[t]) })
		})
	}
	opens := func(x unit) int { return lo.CountBy(x.topics, func(t int) bool { return !gaps[t] }) }
	return cmp.Or(cmp.Compare(in(v), in(u)), cmp.Compare(opens(u), opens(v)), cmp.Compare(u.id, v.id))
}

// tells reports whether a record is coded by all codes of a topic.
func tells(r anonymize.Record, topic []string) bool {
	c := r.Countable()
	return !slices.ContainsFunc(topic, func(code string) bool {
		return !slices.ContainsFunc(slices.Concat(c.Challenges, c.Objectives), func(s anonymize.Statement) bool {
			return s.Accepted && strings.ReplaceAll(string(s.Code), ":", "-") == code
		})
	})
}

// topics are those that an earlier edition published.
func (e *edition) topics() [][]string {
	var keys []string
	for _, entry := range e.ledger.Entries() {
		for _, it := range entry.Items {
			keys = append(keys, it.Key)
		}
	}
	return topicsOf(keys)
}

// topicsOf are the codes of the topics among keys of items.
func topicsOf(keys []string) [][]string {
	var out [][]string
	for _, key := range slices.Compact(slices.Sorted(slices.Values(keys))) {
		if codes, what := population(key); what == "" && strings.HasPrefix(key, "topic/") {
			out = append(out, codes)
		}
	}
	return out
}

// population splits the key of an item into the codes of those among whom it is
// counted, none for all of them, and what is counted: a topic, a cell of the
// crosstab and the total of a challenge tell of the same examples.
func population(key string) (codes []string, what string) {
	kind, rest, _ := strings.Cut(key, "/")
	switch facet, code, _ := strings.Cut(rest, "/"); {
	case kind == "topic":
		return strings.Split(facet, "."), code
	case kind == "cell":
		return strings.Split(facet, "."), ""
	case kind == "all" && (facet == "challenge" || facet == "objective"):
		return []string{strings.ReplaceAll(code, ":", "-")}, ""
	case kind == "all" && rest != "":
		return nil, rest
	}
	return nil, key
}

// overlap reports whether all codes of one are codes of the other.
func overlap(one, other []string) bool {
	if len(one) > len(other) {
		one, other = other, one
	}
	return !slices.ContainsFunc(one, func(code string) bool { return !slices.Contains(other, code) })
}
