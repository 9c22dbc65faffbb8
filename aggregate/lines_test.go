// SPDX-License-Identifier: Apache-2.0

package aggregate

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/model"
)

// Who asks for more than there are is left out; beside lines that tell of such, and of too
// few of them, nothing is published. Of whom no line tells is no matter.
func TestSupportedBesideLines(t *testing.T) {
	const asksSix = 0xC0
	only := func(told ...int) func(i int) bool { return set(told).has }
	for _, row := range []struct {
		reason string
		told   []byte
		line   func(i int) bool
		want   set
	}{
		{"no lines are asked", []byte{0, 1, 2, 3, 4 | asksSix}, nil, set{0, 1, 2, 3}},
		{"the line of one who is left out tells of him", []byte{0, 1, 2, 3, 4 | asksSix}, only(0, 1, 2, 3, 4), nil},
		{"the line of one who is left out tells nothing", []byte{0, 1, 2, 3, 4 | asksSix}, only(0, 1, 2, 3), set{0, 1, 2, 3}},
		{"lines tell of one, and of as many as are asked for they do not", []byte{0, 1, 2, 3}, only(0), set{0, 1, 2, 3}},
		{"lines tell of all but one", []byte{0, 1, 2, 3}, only(0, 1, 2), set{0, 1, 2}},
		{"lines tell of two, and of two they do not", []byte{0, 1, 2, 3}, only(0, 1), nil},
	} {
		c := made(row.told)
		require.Equal(t, row.want, c.supportedBeside(c.only(func(int) bool { return true }), row.line), row.reason)
	}
}

// Counts are of those whose lines show the code, where those of whom they do not are too few.
func TestCountsAreHeldAgainstLines(t *testing.T) {
	c := made([]byte{0, 1, 2, 3, 4, 5, 6, 7})
	everybody := c.only(func(int) bool { return true })
	for _, row := range []struct {
		reason string
		shown  int // by so many lines
		want   int
	}{
		{"by all", 8, 8},
		{"by all but one", 7, 7},
		{"by all but two", 6, 6},
		{"by all but as many as are asked for", 5, 8},
		{"by too few, the rest are enough", 2, 8},
	} {
		b := build{all: c, gate: newGate(c)}
		b.gate.start()
		how := counting{where: AllItems, facet: "challenge", among: everybody, line: func(i int, _ model.Code) bool { return i < row.shown }}
		got := b.counted(how, map[model.Code]set{"ch:trust": everybody})
		require.Len(t, got, 1, row.reason)
		require.Equal(t, row.want, got[0].Examples, row.reason)
	}
}

// Of what a ledger refuses, groups of topics are left out when nothing else is.
func TestGroupsAreSettledLast(t *testing.T) {
	group, within := TopicGroup{Code: "fa:reach"}.Key(), TopicGroup{Code: "fa:reach"}.Key().Facet("measured")
	one := AllItems.Count("challenge", "ch:trust")
	require.Equal(t, []ItemKey{one}, settledFirst([]ItemKey{group, one, within}))
	require.Equal(t, []ItemKey{group, within}, settledFirst([]ItemKey{group, within}))
}
