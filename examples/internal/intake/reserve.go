// SPDX-License-Identifier: Apache-2.0

package intake

import (
	"slices"
)

// leastReserved is what a heading must say for a question of agreement, to be one that
// limits in words that no phrase has.
const leastReserved = 1.5

// byReserve takes columns that nothing else took, and whose headings are more like those of
// a question that limits than of any other, for conditions. Which question it is stays
// open: a person reads what was said there before the example is used, whatever it is.
func (m Mapping) byReserve() {
	for i := range m.Columns {
		if c := &m.Columns[i]; c.Why == "" && c.Question == Aside && reserves(c.Header) {
			c.Question, c.Why = "conditions", permission
		}
	}
}

// reserves reports whether a heading is likest one that limits what may be done.
func reserves(header string) bool {
	if speaksOf(ofElse, wordsOfHeader(header)) {
		return false
	}
	likest, most := "", leastReserved
	for id, says := range knownHeadings().speaks(header) {
		if says > most || says == most && id < likest {
			likest, most = id, says
		}
	}
	q, ok := question(likest)
	return ok && (agrees(q) || limits(q))
}

// mayTell reports whether a column may be one of those that tell the story, where no
// phrase says so. Behind the story forms ask what may be done with it, and mostly for a
// yes, a no or a name. Only between two columns of the story another is one whatever it asks.
func (m Mapping) mayTell(column int) bool {
	tells := func(c Mapped) bool { return slices.Contains(told(), c.Question) || c.Question == Account }
	before, after := m.Columns[:column], m.Columns[column+1:]
	begun := slices.ContainsFunc(before, tells)
	if begun && slices.ContainsFunc(after, tells) {
		return true
	}
	for _, c := range slices.Backward(before) {
		if tells(c) {
			break
		}
		if q, ok := question(c.Question); begun && ok && (agrees(q) || limits(q)) {
			return false
		}
	}
	header := m.Columns[column].Header
	return asksOpenly(header) && !asksWhether(header)
}
