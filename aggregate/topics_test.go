// SPDX-License-Identifier: Apache-2.0

package aggregate

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// Measured is what compares: before and after, or a stronger design; of each design
// there is, this is as strong as it or it is not.
func TestMeasured(t *testing.T) {
	v := vocabulary.Default()
	designs := v.Scheme(vocabulary.EvidenceDesign)
	least, ok := designs.Concept("before-after")
	require.True(t, ok)
	seen := map[bool]int{}
	for c := range designs.Concepts() {
		want := designs.AtLeast(c.ID(), least.ID())
		require.Equal(t, want, measured(v, model.Code(c.ID())), c.ID())
		seen[want]++
	}
	require.Greater(t, seen[true], 1)
	require.Greater(t, seen[false], 1)
	require.True(t, measured(v, model.Code(least.ID())), "itself")
	require.False(t, measured(v, ""))
	require.False(t, measured(v, "ed:guess-work"))
}

// Where some say that a method worked and others that it did not, each lesson says so of
// the other; nothing else opposes anything.
func TestLessonsThatOppose(t *testing.T) {
	v := vocabulary.Default()
	theme := ""
	for c := range v.Scheme(vocabulary.Theme).Concepts() {
		theme = c.ID()
	}
	lesson := func(id, part string, code model.Code) Statement {
		return Statement{ID: id, Kind: LessonStatement, Part: part, Code: code}
	}
	step := lesson("b", "did-not-work", "me:survey")
	step.Kind = StepStatement
	for _, row := range []struct {
		reason   string
		one, two Statement
		opposes  bool
	}{
		{"worked and did not", lesson("a", "worked", "me:survey"), lesson("b", "did-not-work", "me:survey"), true},
		{"the other way round", lesson("a", "did-not-work", "me:survey"), lesson("b", "worked", "me:survey"), true},
		{"both worked", lesson("a", "worked", "me:survey"), lesson("b", "worked", "me:survey"), false},
		{"would change it", lesson("a", "worked", "me:survey"), lesson("b", "would-change", "me:survey"), false},
		{"of another method", lesson("a", "worked", "me:survey"), lesson("b", "did-not-work", "me:event"), false},
		{"of no method", lesson("a", "worked", ""), lesson("b", "did-not-work", ""), false},
		{"of a theme", lesson("a", "worked", model.Code(theme)), lesson("b", "did-not-work", model.Code(theme)), false},
		{"a step", lesson("a", "worked", "me:survey"), step, false},
	} {
		all := []Statement{row.one, row.two}
		(&build{cfg: Config{Vocabulary: v}}).oppose(all)
		want := []string{"", ""}
		if row.opposes {
			want = []string{"b", "a"}
		}
		require.Equal(t, want, []string{all[0].Opposes, all[1].Opposes}, row.reason)
	}
}
