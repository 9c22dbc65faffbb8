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
	left := map[anonymize.Holding]int{} // examples that are still counted
	for _, r := range records {
		for _, h := range r.Holdings() {
			left[h]++
		}
	}
	gaps := map[string]bool{} // topics that have one
	maps.Copy(gaps, e.shown)
	candidates := units(records, e.topics(), hide == contributors)
	var hidden []anonymize.Record
	for len(candidates) > 0 && aggregate.Independent(hidden) < k {
		best := -1
		for i, u := range candidates {
			if hide == examples && slices.ContainsFunc(u.records[0].Holdings(), func(h anonymize.Holding) bool { return left[h] < 2 }) {
				continue
			}
			if best < 0 || u.compare(candidates[best], gaps, e.shown) < 0 {
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
	topics  []string
}

// units are the examples, or the contributors with all of theirs, in the order
// of their opaque ids.
func units(records []anonymize.Record, topics []string, whole bool) []unit {
	by := map[string]*unit{}
	for _, r := range records {
		ids := []string{r.ID()}
		if whole {
			ids = lo.Map(r.Holdings(), func(h anonymize.Holding, _ int) string { return string(h) })
		}
		told := topicsOf(r, topics)
		for _, id := range ids {
			if by[id] == nil {
				by[id] = &unit{id: id}
			}
			by[id].records = append(by[id].records, r)
			by[id].topics = lo.Union(by[id].topics, told)
		}
	}
	out := make([]unit, 0, len(by))
	for _, id := range slices.Sorted(maps.Keys(by)) {
		out = append(out, *by[id])
	}
	return out
}

// compare puts first what lies in most of the topics shown and opens the fewest
// gaps in others.
func (u unit) compare(v unit, gaps, shown map[string]bool) int {
	in := func(x unit) int { return lo.CountBy(x.topics, func(t string) bool { return shown[t] }) }
	opens := func(x unit) int { return lo.CountBy(x.topics, func(t string) bool { return !gaps[t] }) }
	return cmp.Or(cmp.Compare(in(v), in(u)), cmp.Compare(opens(u), opens(v)), cmp.Compare(u.id, v.id))
}

// topicsOf are those of the topics by all of whose codes a record is coded.
func topicsOf(r anonymize.Record, topics []string) []string {
	codes := map[string]bool{}
	c := r.Countable()
	for _, s := range slices.Concat(c.Challenges, c.Objectives) {
		if s.Accepted {
			codes[strings.ReplaceAll(string(s.Code), ":", "-")] = true
		}
	}
	return lo.Filter(topics, func(t string, _ int) bool {
		return lo.EveryBy(strings.Split(t, "."), func(code string) bool { return codes[code] })
	})
}

// topics are the ids of those that earlier editions published.
func (e *edition) topics() []string {
	found := map[string]bool{}
	for _, entry := range e.ledger.Entries() {
		for _, it := range entry.Items {
			if id, ok := topicID(it.Key); ok {
				found[id] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// topicID is the id of the topic that the key of an item is the key of.
func topicID(key string) (string, bool) {
	id, ok := strings.CutPrefix(key, "topic/")
	return id, ok && !strings.Contains(id, "/")
}
