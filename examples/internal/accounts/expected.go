// SPDX-License-Identifier: Apache-2.0

package accounts

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// likely is how likely it must be that as many contributors as are asked for speak
// of something, for a draft in which few would speak otherwise to tell of it. Where
// fewer than three topics are, the likeliest others are told too, from perhaps on.
//
// In 114 collections of 25 and 40 texts that software had not learned from, seven in
// eight of the topics told so were right by a person's codes (nine in ten of those that
// were likely; in the worst of four kinds of collection .78 of all), of nearly all three
// contributors or more did speak, and of the examples counted for each three in five
// were right. Of the topics that a person's codes gave .73 were told, at least as
// broadly, and no collection had fewer than three (November 2026).
//
// Where there would be none, the likeliest are told from hint on: in 107 topics of
// collections of 10 to 18 such texts, enough spoke of one in four, three or more of
// four in five, and of the examples counted .55 were right.
const likely, perhaps, hint = 0.6, 1.0 / 3, 0.2

// concept is what a topic or a step may be of: a code, or a family of codes.
type concept struct {
	name  string
	codes []model.Code
}

// concepts are all codes and families, in the order of their names.
func concepts() []concept {
	families := map[string][]model.Code{}
	var out []concept
	for _, name := range []string{vocabulary.Challenge, vocabulary.Objective, vocabulary.Situation, vocabulary.Method} {
		for c := range vocabulary.Default().Scheme(name).Concepts() {
			if c.IsGroup() {
				continue
			}
			code := model.Code(c.ID())
			out = append(out, concept{c.ID(), []model.Code{code}})
			up := c.Links("family")
			if name == vocabulary.Method {
				up = c.Broader()
			}
			for _, family := range up {
				families[family] = append(families[family], code)
			}
		}
	}
	for _, family := range slices.Sorted(maps.Keys(families)) {
		out = append(out, concept{family, families[family]})
	}
	slices.SortStableFunc(out, func(a, b concept) int {
		return cmp.Or(cmp.Compare(len(a.codes), len(b.codes)), cmp.Compare(a.name, b.name))
	})
	return out
}

// weighed are the examples of a collection with how sure each code of each is: a
// person's are certain, software's as it says.
type weighed struct {
	k     int
	ids   []string
	whose [][]int // the holdings behind each example
	sure  []map[model.Code]float64
}

// of is how surely an example speaks of any of some codes.
func (w *weighed) of(c concept, example int) float64 {
	none := 1.0
	for _, code := range c.codes {
		none = float64(none * (1 - w.sure[example][code]))
	}
	return 1 - none
}

// support is who is expected to speak of a concept.
type support struct {
	concept
	chance   float64 // that as many contributors do as are asked for
	examples []int   // of as many contributors as are to be expected, the surest first
}

// topic reports whether there may be a topic of it.
func (c concept) topic() bool {
	return strings.HasPrefix(c.name, "ch:") || strings.HasPrefix(c.name, "ob:") || strings.HasPrefix(c.name, "fa:")
}

func (w *weighed) support(c concept) support {
	sure := make([]float64, len(w.ids))
	for i := range w.ids {
		sure[i] = w.of(c, i)
	}
	chance, examples := w.expected(sure)
	return support{c, chance, examples}
}

// expected is how likely it is that enough contributors speak of something of which
// each example speaks so surely, and which examples count for it.
func (w *weighed) expected(sure []float64) (chance float64, out []int) {
	var surest []int
	for i, p := range sure {
		if p > 0 {
			surest = append(surest, i)
		}
	}
	slices.SortFunc(surest, func(a, b int) int {
		return cmp.Or(cmp.Compare(sure[b], sure[a]), cmp.Compare(w.ids[a], w.ids[b]))
	})
	none := map[int]float64{} // of a contributor's examples
	whose := map[int]int{}    // by example, the one that stands for its contributor
	var order []int           // those that stand for one
	contributors := newIndependent(w.whose)
	for _, i := range surest {
		who, inside := contributors.add(i)
		whose[i] = who
		switch {
		case who == i:
			order = append(order, i)
			none[i] = 1 - sure[i]
		case inside:
			none[who] = float64(none[who] * (1 - sure[i]))
		}
	}
	expected := 0.0
	var each []float64
	for _, who := range order {
		each = append(each, 1-none[who])
		expected += each[len(each)-1]
	}
	counted := map[int]bool{}
	for _, who := range order[:min(max(int(expected+0.5), w.k), len(order))] {
		counted[who] = true
	}
	given := map[int]bool{}
	for _, i := range surest {
		if who := whose[i]; counted[who] && (!given[who] || sure[i] >= 0.5) {
			given[who] = true
			out = append(out, i)
		}
	}
	return enough(each, w.k), out
}

// chance is how likely it is that enough contributors speak on a topic.
func (w *weighed) chance(t aggregate.Topic) float64 {
	sure := make([]float64, len(w.ids))
	for i := range sure {
		sure[i] = 1
	}
	for _, c := range concepts() {
		if c.name == string(t.Challenge) || c.name == string(t.Objective) {
			for i := range sure {
				sure[i] = float64(sure[i] * w.of(c, i))
			}
		}
	}
	chance, _ := w.expected(sure)
	return chance
}

// told are the concepts that are told of: all that are likely, and if these are few
// topics, or none, the likeliest others.
func (w *weighed) told() []support {
	var out, others []support
	topics := 0
	for _, c := range concepts() {
		s := w.support(c)
		switch {
		case s.chance >= likely:
			out = append(out, s)
			if c.topic() {
				topics++
			}
		case s.chance >= hint && c.topic():
			others = append(others, s)
		}
	}
	slices.SortStableFunc(others, func(a, b support) int { return cmp.Or(cmp.Compare(b.chance, a.chance), cmp.Compare(a.name, b.name)) })
	for _, s := range others[:min(len(others), max(0, fewTopics-topics))] {
		if s.chance >= perhaps || topics == 0 && others[0].chance < perhaps {
			out = append(out, s)
		}
	}
	slices.SortStableFunc(out, func(a, b support) int { return cmp.Compare(len(a.codes), len(b.codes)) })
	return out
}

// enough is how likely it is that k or more of some hold, each as likely as it says.
func enough(each []float64, k int) float64 {
	few := make([]float64, k) // how likely so many hold
	if k < 1 {
		return 1
	}
	few[0] = 1
	for _, p := range each {
		for n := k - 1; n > 0; n-- {
			few[n] = float64(few[n]*(1-p)) + float64(few[n-1]*p)
		}
		few[0] = float64(few[0] * (1 - p))
	}
	sum := 0.0
	for _, p := range few {
		sum += p
	}
	return 1 - sum
}

// count gives the codes of each example that count: of what is told of, and of a
// family that is told of the likeliest of the example's, but never so that a code
// which is not told of by itself would have enough.
func (w *weighed) count() []map[model.Code]bool {
	out := make([]map[model.Code]bool, len(w.ids))
	given := map[model.Code]int{}
	for i, sure := range w.sure {
		out[i] = map[model.Code]bool{}
		for code, p := range sure {
			if p == 1 {
				out[i][code] = true
				given[code]++
			}
		}
	}
	alone := map[model.Code]bool{}
	for _, s := range w.told() {
		if len(s.codes) == 1 {
			code := s.codes[0]
			alone[code] = true
			for _, i := range s.examples {
				if !out[i][code] {
					out[i][code] = true
					given[code]++
				}
			}
			continue
		}
		for _, i := range s.examples {
			if slices.ContainsFunc(s.codes, func(code model.Code) bool { return out[i][code] }) {
				continue
			}
			best, p := model.Code(""), 0.0
			for _, code := range s.codes {
				if w.sure[i][code] > p && (alone[code] || given[code] < w.k-1) {
					best, p = code, w.sure[i][code]
				}
			}
			if best != "" {
				out[i][best] = true
				given[best]++
			}
		}
	}
	return out
}
