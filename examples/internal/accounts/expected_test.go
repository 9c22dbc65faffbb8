// SPDX-License-Identifier: Apache-2.0

package accounts

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/model"
)

func TestEnough(t *testing.T) {
	require.InDelta(t, 1, enough(nil, 0), 1e-12)
	require.InDelta(t, 0, enough([]float64{1, 1}, 3), 1e-12)
	require.InDelta(t, 1, enough([]float64{1, 1, 1, 0}, 3), 1e-12)
	require.InDelta(t, 0.5, enough([]float64{0.5, 0.5, 0.5}, 2), 1e-12)
	require.InDelta(t, 0.3+0.4-0.12, enough([]float64{0.3, 0.4}, 1), 1e-12)
}

// collectionOf is one of examples that say so surely what a code says, each of its own contributor.
func collectionOf(sure ...map[model.Code]float64) *weighed {
	w := &weighed{k: 5, sure: sure}
	for i := range sure {
		w.ids, w.whose = append(w.ids, fmt.Sprintf("e%02d", i)), append(w.whose, []int{i})
	}
	return w
}

func counted(w *weighed, code model.Code) (n int) {
	for _, codes := range w.count() {
		if codes[code] {
			n++
		}
	}
	return n
}

func repeated(n int, sure map[model.Code]float64) (out []map[model.Code]float64) {
	for range n {
		out = append(out, sure)
	}
	return out
}

// As many count as are to be expected, and none where too few are.
func TestCount(t *testing.T) {
	for _, row := range []struct {
		n     int
		sure  float64
		count int
	}{{20, .4, 8}, {20, .5, 10}, {7, .9, 6}, {5, .99, 5}, {25, .1, 0}, {4, .9, 0}} {
		w := collectionOf(repeated(row.n, map[model.Code]float64{"ob:experience": row.sure})...)
		require.Equal(t, row.count, counted(w, "ob:experience"), "%d of %v", row.n, row.sure)
	}
}

// Where no challenge is likely to have enough, their family may; each example then
// counts for its likeliest, and no challenge gets enough by that.
func TestCount_families(t *testing.T) {
	sure := map[model.Code]float64{"ch:seldom-heard": .3, "ch:recruitment": .25, "ch:accessibility": .2}
	w := collectionOf(repeated(12, sure)...)
	codes := w.count()
	family := 0
	given := map[model.Code]int{}
	for _, all := range codes {
		if len(all) > 0 {
			family++
		}
		for c := range all {
			given[c]++
		}
	}
	require.Equal(t, 7, family, "12 of .58")
	for c, n := range given {
		require.Less(t, n, w.k, c)
	}
	require.GreaterOrEqual(t, w.chance(aggregate.Topic{Challenge: "fa:reach"}), likely)
	require.Less(t, w.chance(aggregate.Topic{Challenge: "ch:seldom-heard"}), likely)
	require.InDelta(t, w.chance(aggregate.Topic{Challenge: "ch:seldom-heard"}), w.support(concept{"ch:seldom-heard", []model.Code{"ch:seldom-heard"}}).chance, 1e-12)
}

// What is less likely is told where few topics are, the likeliest first.
func TestCount_perhaps(t *testing.T) {
	w := collectionOf(repeated(12, map[model.Code]float64{"ob:experience": .38, "ob:equity": .37, "ob:safety": .36, "ob:retention": .35, "me:survey": .35})...)
	require.Positive(t, counted(w, "ob:experience"))
	require.Positive(t, counted(w, "ob:safety"))
	require.Zero(t, counted(w, "ob:retention"), "three topics are enough")
	require.Zero(t, counted(w, "me:survey"))

	few := collectionOf(repeated(12, map[model.Code]float64{"ob:experience": .3, "ob:equity": .28, "ob:safety": .1})...)
	require.Less(t, few.chance(aggregate.Topic{Objective: "ob:experience"}), perhaps)
	require.Equal(t, 5, counted(few, "ob:experience"), "a hint, where there would be no topic")
	require.Positive(t, counted(few, "ob:equity"))
	require.Zero(t, counted(few, "ob:safety"))
	some := collectionOf(repeated(12, map[model.Code]float64{"ob:experience": .36, "ob:equity": .3})...)
	require.Positive(t, counted(some, "ob:experience"))
	require.Zero(t, counted(some, "ob:equity"), "not where there is one")
}

// One contributor with many examples is one, and the order of examples means nothing.
func TestCount_contributors(t *testing.T) {
	sure := repeated(12, map[model.Code]float64{"ob:experience": .9})
	one := collectionOf(sure...)
	for i := range one.whose {
		one.whose[i] = []int{i % 4}
	}
	require.Zero(t, counted(one, "ob:experience"))
	for i := range one.whose {
		one.whose[i] = []int{i % 5, i % 5}
	}
	require.Equal(t, 12, counted(one, "ob:experience"), "sure of each, and five")

	var mixed []map[model.Code]float64
	for i := range 20 {
		mixed = append(mixed, map[model.Code]float64{"ob:experience": float64(i%5) / 6, "ch:trust": float64(i%3) / 4, "ch:seldom-heard": float64(i%4) / 5})
	}
	w := collectionOf(mixed...)
	back := collectionOf(slices.Clone(mixed)...)
	slices.Reverse(back.ids)
	slices.Reverse(back.sure)
	got, other := w.count(), back.count()
	slices.Reverse(other)
	require.Equal(t, got, other)
}

// Contributors are those of whom no two share a holding, as where topics are counted:
// a chain of joint examples is not one contributor, and a partner of all makes it one.
func TestContributors(t *testing.T) {
	of := func(parties ...string) (out model.Example) {
		for _, p := range parties {
			out.Parties = append(out.Parties, model.Party{Ref: p, Holding: p})
		}
		return out
	}
	var chain, star, pairs, none []model.Example
	for i := range 12 {
		chain = append(chain, of(fmt.Sprint("h", i), fmt.Sprint("h", i+1)))
		star = append(star, of(fmt.Sprint("h", i), "agency"))
		pairs = append(pairs, of(fmt.Sprint("h", i/2)))
		none = append(none, of())
	}
	for _, row := range []struct {
		name     string
		examples []model.Example
		at       float64 // how sure each is
		chance   float64 // that five speak
	}{
		{"a chain", chain, .99, .99 * .99 * .99 * .99 * .99 * (.99 + 6*.01)},
		{"a partner of all", star, .99, 0},
		{"six with two each", pairs, .5, .75 * .75 * .75 * .75 * .75 * (.75 + 6*.25)},
		{"each its own", none, 1, 1},
	} {
		w := collectionOf(repeated(12, map[model.Code]float64{"ob:experience": row.at})...)
		w.whose = holdings(row.examples)
		chance, _ := w.expected(slices.Repeat([]float64{row.at}, 12))
		require.InDelta(t, row.chance, chance, 1e-9, row.name)
		all := newIndependent(w.whose)
		for i := range row.examples {
			all.add(i)
		}
		require.LessOrEqual(t, all.n, anonymize.Independent(w.whose), row.name)
	}
}

// Whoever is confirmed is counted as contributors are everywhere: of one example of two
// parties and one of each there are two, in whatever order they are met.
func TestOrder_counts(t *testing.T) {
	objective := model.Objective{Coded: model.Coded{Code: "ob:experience", AssignedBy: model.ByEditor}}
	of := func(id string, parties ...string) model.Example {
		e := model.Example{ID: id, Objectives: []model.Objective{objective}}
		for _, p := range parties {
			e.Parties = append(e.Parties, model.Party{Ref: p, Holding: p})
		}
		return e
	}
	examples := []model.Example{of("e0", "one", "two"), of("e1", "one"), of("e2", "two"), {ID: "e3", Parties: []model.Party{{Ref: "three"}}}}
	for k, of := range map[int]string{2: "", 3: "ob:experience"} {
		p := &Codes{Open: []Code{{Key: Key{"e3", "ob:experience"}, Confidence: .9}}}
		p.order(examples, k)
		require.Equal(t, of, p.Open[0].For, "%d are asked for", k)
	}
}

// What confirms a topic soonest is asked first, steps after topics.
func TestOrder(t *testing.T) {
	p := &Codes{}
	var examples []model.Example
	for i := range 8 {
		id := fmt.Sprint("e", i)
		examples = append(examples, model.Example{ID: id, Parties: []model.Party{{Ref: id}}})
		p.Open = append(p.Open,
			Code{Key: Key{id, "me:survey"}, Confidence: .95},
			Code{Key: Key{id, "ob:equity"}, Confidence: .5},
			Code{Key: Key{id, "ob:experience"}, Confidence: .8},
		)
	}
	p.Open = append(p.Open, Code{Key: Key{"e0", "ob:safety"}, Confidence: .99})
	p.order(examples, 5)
	require.Len(t, p.Open, 25)
	require.Equal(t, "ob:experience", p.Open[0].For)
	require.Equal(t, "ob:equity", p.Open[8].For)
	require.Equal(t, "me:survey", p.Open[16].For)
	require.Equal(t, "ob:safety", p.Open[24].Code)
	require.Empty(t, p.Open[24].For)

	for i := range examples[:5] {
		examples[i].Objectives = []model.Objective{{Coded: model.Coded{Code: "ob:experience", AssignedBy: model.ByEditor}}}
	}
	p.order(examples, 5)
	require.Equal(t, "ob:equity", p.Open[0].For, "what is confirmed by enough needs nobody")
}
