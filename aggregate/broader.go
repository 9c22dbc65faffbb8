// SPDX-License-Identifier: Apache-2.0

package aggregate

import (
	"cmp"
	"slices"

	"github.com/sharedpractice/sharedpractice/model"
)

// leastSteps is how many steps a guide should have: a topic with fewer makes room
// for a broader one that has them, where the two cannot both be told.
const leastSteps = 3

// family is the family of a challenge, "" where it has none.
func (b *build) family(challenge model.Code) model.Code {
	if c, ok := b.cfg.Vocabulary.Concept(string(challenge)); ok {
		for _, id := range c.Links("family") {
			return model.Code(id)
		}
	}
	return ""
}

// covers reports whether a challenge is one that a topic's is, or lies in.
func (b *build) covers(of, challenge model.Code) bool {
	return of == challenge || of != "" && b.family(challenge) == of
}

// on reports whether somebody with these codes speaks on a topic.
func (b *build) on(p pair, challenges, objectives []model.Code) bool {
	return (p.challenge == "" || slices.ContainsFunc(challenges, func(c model.Code) bool { return b.covers(p.challenge, c) })) &&
		(p.objective == "" || slices.Contains(objectives, p.objective))
}

// within reports whether whoever speaks on one topic speaks on another, broader one.
func (b *build) within(p, broad pair) bool {
	return p != broad && (broad.challenge == "" || b.covers(broad.challenge, p.challenge)) &&
		(broad.objective == "" || broad.objective == p.objective)
}

// told reports of a record whether its line shows the codes of a topic.
func (b *build) told(p pair) func(i int) bool {
	return func(i int) bool {
		line := b.all.published[i]
		return b.on(p, challengeCodes(line), objectiveCodes(line))
	}
}

// topics are told at the narrowest level that has enough support: a challenge and
// an objective together, then each of them whatever the other, then the family of a
// challenge. A broader one is told where, beside the narrower topics in it, it lets
// as many more speak as are asked for, and where no reader can take those topics from
// it and be left with too few. Of two that cannot both be told, it is the narrower,
// unless this has too few steps and the broader one has more.
func (b *build) topics(showcase []Exhibit) ([]Topic, map[string]set, error) {
	pairs, singles, families := map[pair]set{}, map[pair]set{}, map[pair]set{}
	for _, i := range b.guidance {
		cs, os := challengeCodes(b.all.content[i]), objectiveCodes(b.all.content[i])
		for _, c := range cs {
			singles[pair{challenge: c}] = append(singles[pair{challenge: c}], i)
			for _, o := range os {
				pairs[pair{c, o}] = append(pairs[pair{c, o}], i)
			}
			p := pair{challenge: b.family(c)}
			if all := families[p]; p != (pair{}) && (len(all) == 0 || all[len(all)-1] != i) {
				families[p] = append(all, i)
			}
		}
		for _, o := range os {
			singles[pair{objective: o}] = append(singles[pair{objective: o}], i)
		}
	}
	chosen, wide := b.supportedTopics(pairs), b.supportedTopics(singles)
	alone := func() { // those that hold no narrower one
		for _, p := range keys(wide) {
			if !slices.ContainsFunc(keys(chosen), func(n pair) bool { return b.within(n, p) }) {
				chosen[p] = wide[p]
				delete(wide, p)
			}
		}
	}
	alone()
	b.dropRevealing(chosen)
	b.makeRoom(chosen, wide)
	alone()
	families = b.supportedTopics(families)
	b.makeRoom(chosen, families)
	return b.tell([]map[pair]set{chosen, wide, families}, showcase)
}

// tell asks for topics, level by level, the narrowest first.
func (b *build) tell(levels []map[pair]set, showcase []Exhibit) ([]Topic, map[string]set, error) {
	var topics []Topic
	sets, inside := map[string]set{}, map[pair]set{}
	b.inner = map[string][]string{}
	ask := func(p pair, q question) error {
		if err := b.ctx.Err(); err != nil {
			return err
		}
		q.key, q.line, q.part = p.key(), b.told(p), true
		b.gate.tells(q.key, q.line)
		s := b.gate.admit(q)
		if s == nil {
			return nil
		}
		t, err := b.topic(p, s, len(b.inner[p.id()]) > 0, showcase)
		topics, sets[t.ID], inside[p] = append(topics, t), s, s
		return err
	}
	for _, level := range levels {
		for _, p := range keys(level) {
			var parts []set
			for _, n := range keys(inside) {
				if b.within(n, p) {
					parts = append(parts, inside[n])
					b.inner[p.id()] = append(b.inner[p.id()], n.id())
				}
			}
			q := question{of: level[p]}
			if len(parts) > 0 {
				q.beside = b.gate.partsWithin
			}
			if len(parts) > 0 && !b.adds(level[p], parts) {
				continue
			}
			if err := ask(p, q); err != nil {
				return nil, nil, err
			}
		}
	}
	slices.SortStableFunc(topics, func(x, y Topic) int {
		return cmp.Or(cmp.Compare(y.Support.Contributors, x.Support.Contributors), cmp.Compare(y.Support.Examples, x.Support.Examples), cmp.Compare(x.ID, y.ID))
	})
	return topics, sets, nil
}

// adds reports whether a broad topic lets as many more contributors speak than the
// narrower ones as are asked for, and leaves as many where those are taken from it.
func (b *build) adds(wide set, parts []set) bool {
	all := union(parts)
	rest := slices.DeleteFunc(slices.Clone(wide), all.has)
	return b.all.supported(rest) != nil && b.all.contributors(wide) >= b.all.contributors(all)+b.all.strictestOf(rest)
}

// makeRoom takes away topics with too few steps that stand in the way of a broader
// one that has more: those that leave too few of it for both to be told.
func (b *build) makeRoom(chosen, wide map[pair]set) {
	for _, p := range keys(wide) {
		var poor []pair
		var parts, kept []set
		most := 0
		for _, n := range keys(chosen) {
			if !b.within(n, p) {
				continue
			}
			parts = append(parts, chosen[n])
			if steps := b.steps(chosen[n]); steps < leastSteps {
				poor, most = append(poor, n), max(most, steps)
			} else {
				kept = append(kept, chosen[n])
			}
		}
		all := union(parts)
		if len(poor) == 0 || len(all.and(wide[p])) == len(wide[p]) || b.adds(wide[p], parts) ||
			!b.adds(wide[p], kept) || b.all.reveals(wide[p], kept) || b.steps(wide[p]) <= most {
			continue
		}
		for _, n := range poor {
			delete(chosen, n)
		}
	}
}

// steps is how many steps enough of some examples tell of.
func (b *build) steps(s set) int {
	grouped := map[statementKey][]mention{}
	for _, i := range s {
		for _, m := range b.mentions(i) {
			if m.kind == StepStatement && m.code != "" && !b.isTheme(m.code) {
				k := statementKey{kind: m.kind, code: m.code}
				grouped[k] = append(grouped[k], m)
			}
		}
	}
	told := map[statementKey]bool{}
	for _, level := range []func() map[statementKey][]mention{
		func() map[statementKey][]mention { return grouped },
		func() map[statementKey][]mention { return b.parents(grouped, told) },
	} {
		for k, mentions := range level() {
			if b.all.supportedBeside(recordsOf(mentions), func(i int) bool { return b.says(i, k) }) != nil {
				told[k] = true
			}
		}
	}
	return len(told)
}

// holdsTopics reports whether a key is that of a topic, or within one, that has others in it.
func (b *build) holdsTopics(k ItemKey) bool {
	p, ok := k.parse()
	return ok && p.scope == topicScope && len(b.inner[p.id]) > 0
}

// keysInside lists the keys under which the same is told, or a narrower theme of it
// or a part of a span, of the topics within the topic of a key.
func (b *build) keysInside(k ItemKey) []ItemKey {
	p, _ := k.parse()
	if !b.holdsTopics(k) || p.statement == "" && p.facet == "" {
		return nil
	}
	statements, codes := []string{p.statement}, []string{p.code}
	if c, kind, ok := p.concept(b.cfg.Vocabulary); ok {
		for _, id := range c.Narrower() {
			statements = append(statements, kind+hyphened(id))
		}
	}
	if p.facet == oftenFacet {
		codes = nil
		for _, code := range overlapping(model.Code(p.code)) {
			codes = append(codes, string(code))
		}
	}
	var out []ItemKey
	for _, id := range b.inner[p.id] {
		for _, statement := range statements {
			for _, code := range codes {
				n := p
				n.id, n.statement, n.code = id, statement, code
				out = append(out, n.key())
			}
		}
	}
	return out
}

// besideFamilies reports, of the number of all with a challenge, whether a reader who
// takes it from the topic of its family, with the numbers of other challenges and the
// narrower topics, is left with too few.
func (b *build) besideFamilies() func(code model.Code, members set) bool {
	told := map[model.Code][]set{}
	return func(code model.Code, members set) bool {
		fa := b.family(code)
		p := pair{challenge: fa}
		whole := b.gate.members[p.key()]
		if fa == "" || whole == nil {
			return false
		}
		parts := append(slices.Clone(told[fa]), members)
		for _, id := range b.inner[p.id()] {
			parts = append(parts, b.gate.members[Topic{ID: id}.Key()])
		}
		if b.all.reveals(whole, parts) {
			return true
		}
		told[fa] = append(told[fa], members)
		return false
	}
}
