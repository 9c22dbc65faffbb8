// SPDX-License-Identifier: Apache-2.0

package aggregate

// Written takes a key apart and writes it again.
func Written(k ItemKey) ItemKey {
	p, _ := k.parse()
	return p.key()
}

// Overlapping are the bands and spans of how often that share a band with one.
var Overlapping = overlapping

// MeanOrder is the mean place of a step that stands in these places, and as often
// as unplaced says in none.
func MeanOrder(unplaced int, places ...float64) float64 {
	mentions := make([]mention, unplaced)
	for _, p := range places {
		mentions = append(mentions, mention{order: p, ordered: true})
	}
	return meanOrder(mentions)
}

// In reports whether all of one set of records is in another; both are sorted.
func In(s, t []int) bool { return set(s).in(t) }
