// SPDX-License-Identifier: Apache-2.0

package main

import (
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/anonymize/disclosure"
)

// items are what an edition publishes, for the ledger. One that no edition had is
// held against those that told of nearly the same examples by another name.
func (e *edition) items(evidence []aggregate.Evidence) []disclosure.Item {
	before := map[string]bool{}
	akin := map[string][]string{} // by what is counted
	for _, entry := range e.ledger.Entries() {
		for _, it := range entry.Items {
			if it.Members == nil && !before[it.Key] {
				before[it.Key] = true
				_, what := population(it.Key)
				akin[what] = append(akin[what], it.Key)
			}
		}
	}
	members := map[string]disclosure.Member{}
	out := make([]disclosure.Item, len(evidence))
	for i, x := range evidence {
		out[i] = disclosure.Item{Key: x.Key, Shown: x.Shown, K: x.K, Holdings: make([]string, len(x.Holdings))}
		for j, h := range x.Holdings {
			out[i].Holdings[j] = string(h)
		}
		out[i].Examples = make([]disclosure.Member, len(x.Records))
		for j, r := range x.Records {
			m, known := members[r.ID()]
			if !known {
				m.ID = r.ID()
				for _, h := range r.Holdings() {
					m.Holdings = append(m.Holdings, string(h))
				}
				members[m.ID] = m // its holdings are shared: a large edition counts it thousands of times
			}
			out[i].Examples[j] = m
		}
		if before[x.Key] {
			continue
		}
		codes, what := population(x.Key)
		for _, key := range akin[what] {
			if others, _ := population(key); len(others) > 0 && overlap(codes, others) {
				out[i].Parts = append(out[i].Parts, key)
			}
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
