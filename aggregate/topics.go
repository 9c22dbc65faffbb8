// SPDX-License-Identifier: Apache-2.0

package aggregate

import (
	"cmp"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// pair is a topic's challenge, or family of challenges, and objective; one of them
// may be empty.
type pair struct{ challenge, objective model.Code }

func (p pair) id() string {
	return hyphened(strings.Trim(string(p.challenge)+"."+string(p.objective), "."))
}

func (p pair) key() ItemKey { return Topic{ID: p.id()}.Key() }

func (b *build) supportedTopics(candidates map[pair]set) map[pair]set {
	out := map[pair]set{}
	for p, s := range candidates {
		if s = b.all.supportedBeside(s, b.told(p)); s != nil && !b.gate.refused[p.key()] {
			out[p] = s
		}
	}
	return out
}

// dropRevealing drops the narrower of two topics where the difference between
// them rests on too few contributors.
func (b *build) dropRevealing(chosen map[pair]set) {
	for _, narrow := range keys(chosen) {
		for _, wide := range keys(chosen) {
			if b.all.leavesFew(chosen[wide], chosen[narrow]) {
				delete(chosen, narrow)
				break
			}
		}
	}
}

func keys(m map[pair]set) []pair {
	out := make([]pair, 0, len(m))
	for p := range m {
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b pair) int {
		return cmp.Or(cmp.Compare(a.challenge, b.challenge), cmp.Compare(a.objective, b.objective))
	})
	return out
}

func (b *build) topic(p pair, s set, wide bool, showcase []Exhibit) (Topic, error) {
	t := Topic{ID: p.id(), Challenge: p.challenge, Objective: p.objective, Support: b.all.support(s, b.countable)}
	among := b.among(s)
	counts := func(facet string, codes func(anonymize.Content) []model.Code) []Count {
		return b.counts(counting{where: p.key(), facet: facet, among: among}, s, codes)
	}
	// What all examples of a topic have in common would tell it of each record of the
	// topic in a release that leaves it out of that record.
	telling := func(facet string, codes func(anonymize.Content) []model.Code) []Count {
		return b.counts(counting{where: p.key(), facet: facet, among: among, unless: func(k Support) bool {
			return k.AlmostAll && k.Examples >= k.Of-1 || !k.AlmostAll && k.Examples >= len(s)
		}}, s, codes)
	}
	optional := func(name string, keep func(anonymize.Content) bool) *Support {
		members := slices.DeleteFunc(slices.Clone(s), func(i int) bool { return !keep(b.all.content[i]) })
		if members = b.gate.admit(question{
			key: p.key().Facet(name), of: members, line: func(i int) bool { return keep(b.all.published[i]) },
		}); members == nil {
			return nil
		}
		support := b.all.support(members, among)
		return &support
	}
	basis := func(want string) *Support {
		return optional(want, func(c anonymize.Content) bool {
			return slices.ContainsFunc(c.Challenges, func(k anonymize.Statement) bool {
				return k.Accepted && b.covers(p.challenge, k.Code) && k.Basis == want
			})
		})
	}
	t.Experienced, t.Perceived = basis("experienced"), basis("perceived")
	t.Situations = counts("situation", situationCodes)
	t.Together = counts("together", func(c anonymize.Content) []model.Code {
		return slices.DeleteFunc(challengeCodes(c), func(code model.Code) bool { return code == p.challenge })
	})
	t.Stakeholders = counts("stakeholder", func(c anonymize.Content) []model.Code {
		var codes []model.Code
		for _, k := range c.Stakeholders {
			codes = append(codes, k.Group)
		}
		return codes
	})
	t.Organisations = telling("organisation", func(c anonymize.Content) []model.Code { return c.OrganisationTypes })
	t.Sectors = telling("sector", func(c anonymize.Content) []model.Code { return c.Sectors })
	t.TherapyAreas = telling("therapy-area", func(c anonymize.Content) []model.Code { return c.TherapyAreas })
	t.Lifecycle = counts("lifecycle", func(c anonymize.Content) []model.Code { return c.Lifecycle })
	t.Levels = counts("level", func(c anonymize.Content) []model.Code { return one(c.Level) })
	t.Scales = telling("scale", func(c anonymize.Content) []model.Code { return one(c.Scale) })
	t.Kinds = counts("kind", func(c anonymize.Content) []model.Code { return one(c.Kind) })
	t.Budgets = telling("budget", func(c anonymize.Content) []model.Code { return one(c.Budget) })
	t.Designs = counts("design", outcomeCodes(func(o anonymize.Outcome) model.Code { return o.Design }))
	t.Directions = counts("direction", outcomeCodes(func(o anonymize.Outcome) model.Code { return model.Code(o.Direction) }))
	t.Domains = counts("domain", outcomeCodes(func(o anonymize.Outcome) model.Code { return model.Code(o.Domain) }))
	t.CriteriaBy = counts("criteria-by", func(c anonymize.Content) []model.Code {
		var codes []model.Code
		for _, k := range c.Criteria {
			for _, who := range k.DefinedBy {
				codes = append(codes, b.side(who))
			}
		}
		return codes
	})
	t.CriteriaMet = counts("criteria-met", func(c anonymize.Content) []model.Code {
		var codes []model.Code
		for _, k := range c.Criteria {
			codes = append(codes, model.Code(k.Met))
		}
		return codes
	})
	t.Measured = optional("measured", func(c anonymize.Content) bool {
		return slices.ContainsFunc(c.Outcomes, func(o anonymize.Outcome) bool { return measured(b.cfg.Vocabulary, o.Design) })
	})
	t.Independent = optional("independent", func(c anonymize.Content) bool {
		return slices.ContainsFunc(c.Outcomes, func(o anonymize.Outcome) bool { return o.Independent })
	})
	var err error
	if t.Statements, err = b.statements(p.key(), s, among, wide); err != nil {
		return Topic{}, err
	}
	for _, x := range showcase {
		if b.on(p, x.Challenges, x.Objectives) {
			t.Examples = append(t.Examples, x.ID)
		}
	}
	return t, nil
}

// among are those among whom is counted what some examples say: themselves or, where
// they are told as almost all, all of them, since their number would tell how many
// are not among them.
func (b *build) among(s set) set {
	if b.all.support(s, b.countable).AlmostAll {
		return b.countable
	}
	return s
}

// side is the group that somebody belongs to, such as patients and carers; who
// has none stands for itself.
func (b *build) side(who model.Code) model.Code {
	if c, ok := b.cfg.Vocabulary.Concept(string(who)); ok && !c.IsGroup() {
		for _, id := range c.Broader() {
			if up, ok := b.cfg.Vocabulary.Concept(id); ok && len(up.Broader()) > 0 {
				return model.Code(id)
			}
		}
	}
	return who
}

// sides counts who did something by the group that they belong to, but for a
// group beside whose members that are counted too few others are left.
func (b *build) sides(mentions []mention) map[model.Code]set {
	groups, members := map[model.Code]set{}, map[model.Code]set{}
	for _, m := range mentions {
		if m.actor == "" {
			continue
		}
		for code, in := range map[model.Code]map[model.Code]set{m.actor: members, b.side(m.actor): groups} {
			if !in[code].has(m.record) {
				in[code] = append(in[code], m.record)
				slices.Sort(in[code])
			}
		}
	}
	for group, s := range groups {
		var counted []set
		for actor, inner := range members {
			if inner = b.all.supported(inner); b.side(actor) == group && inner != nil {
				counted = append(counted, inner)
			}
		}
		if b.all.reveals(s, counted) {
			delete(groups, group)
		}
	}
	return groups
}

// monthBand is the span of months after the start in which something was done.
func monthBand(month int) model.Code {
	switch {
	case month < 1:
		return ""
	case month <= 3:
		return "1-3"
	case month <= 6:
		return "4-6"
	case month <= 12:
		return "7-12"
	}
	return "13-"
}

func outcomeCodes(of func(anonymize.Outcome) model.Code) func(anonymize.Content) []model.Code {
	return func(c anonymize.Content) []model.Code {
		var codes []model.Code
		for _, o := range c.Outcomes {
			codes = append(codes, of(o))
		}
		return codes
	}
}

// measured reports whether an evidence design compares something: before and
// after, or stronger.
func measured(v *vocabulary.Set, design model.Code) bool {
	scheme := v.Scheme("evidence-design")
	threshold, _ := scheme.Concept("before-after")
	concept, ok := scheme.Concept(string(design))
	if !ok {
		return false
	}
	least, _ := threshold.Rank()
	rank, ranked := concept.Rank()
	return ranked && rank >= least
}
