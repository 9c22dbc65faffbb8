// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"cmp"
	"slices"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/guidance/internal/words"
	"github.com/sharedpractice/sharedpractice/model"
)

// Digest writes what is new since an earlier collection, for a newsletter: new
// examples that may be named, new topics, topics whose evidence has changed, and
// topics that are no longer printed; and which sectors speak on what. before may be nil: then all is new. What
// changed is told by counts that both collections print, never by who came or
// left.
func Digest(now, before *aggregate.Collection, cfg Config) (*Guide, error) {
	w, err := newWriter(now, cfg)
	if err != nil {
		return nil, err
	}
	if before == nil {
		before = &aggregate.Collection{}
	}
	g := w.document(kindDigest, kindDigest, words.Values{"n": now.Examples, "contributors": now.Contributors, "topics": len(now.Topics)})
	examples, err := w.freshExamples(before)
	if err != nil {
		return nil, err
	}
	w.add(g, "editorial", w.ask("editorial", "digest.slot.editorial", TextSlot, 120))
	w.add(g, "examples", examples...)
	fresh, changed := w.changedTopics(before)
	w.add(g, "topics", w.listOr("digest.topics.lead", "digest.topics.none", fresh)...)
	if before.Schema != "" {
		w.add(g, "changed", w.listOr("digest.changed.lead", "digest.changed.none", changed)...)
		if gone := w.goneTopics(before); len(gone) > 0 {
			w.add(g, "gone", paragraph(w.frame("digest.gone.lead", words.Values{"k": now.K})), list(gone...))
		}
	}
	if sectors := w.bySector(); len(sectors) > 0 {
		w.add(g, "sectors", paragraph(w.frame("digest.sectors.lead", nil)), list(sectors...))
	}
	w.add(g, "part", list(w.frames(nil, "digest.part.share", "digest.part.closed", "digest.part.read")...),
		Block{Kind: Note, Claims: w.frames(nil, "about.bias")}, w.ask("contact", "digest.slot.contact", TextSlot, 40))
	return w.finish(g)
}

// listOr lists claims, or says that there are none.
func (w *writer) listOr(lead, none string, claims []Claim) []Block {
	if len(claims) == 0 {
		return []Block{paragraph(w.frame(none, nil))}
	}
	return []Block{paragraph(w.frame(lead, nil)), list(claims...)}
}

func (w *writer) freshExamples(before *aggregate.Collection) ([]Block, error) {
	var out []Example
	for _, x := range w.c.Showcase {
		if slices.ContainsFunc(before.Showcase, func(y aggregate.Exhibit) bool { return x.ID == y.ID }) {
			continue
		}
		if owes(x) != "" {
			return nil, errAcknowledgement
		}
		out = append(out, w.exhibit(x))
	}
	if len(out) == 0 {
		return []Block{paragraph(w.frame("digest.examples.none", nil))}, nil
	}
	return []Block{paragraph(w.frame("digest.examples.lead", words.Values{"n": len(out)})), {Kind: Examples, Examples: out}}, nil
}

// changedTopics words the topics that the earlier collection lacks, and those
// whose numbers differ from it.
func (w *writer) changedTopics(before *aggregate.Collection) (fresh, changed []Claim) {
	for i := range w.c.Topics {
		w.t = &w.c.Topics[i]
		c := w.claim(string(w.t.Key()), w.title(), w.t.Support, countOnly)
		j := slices.IndexFunc(before.Topics, func(t aggregate.Topic) bool { return t.ID == w.t.ID })
		if j < 0 {
			fresh = append(fresh, c)
			continue
		}
		was := before.Topics[j]
		if was.Support.Examples != w.t.Support.Examples || was.Support.Contributors != w.t.Support.Contributors {
			c.Changed = w.say("digest.was", words.Values{"n": was.Support.Examples, "of": was.Support.Of, "contributors": was.Support.Contributors, "now": w.t.Support.Contributors})
		}
		c.Details = w.changedStatements(was)
		if c.Changed != "" || len(c.Details) > 0 {
			changed = append(changed, c)
		}
	}
	return fresh, changed
}

// changedStatements words the steps and lessons that a topic did not have before.
func (w *writer) changedStatements(was aggregate.Topic) []Claim {
	var out []Claim
	for _, s := range w.t.Statements {
		known := slices.ContainsFunc(was.Statements, func(t aggregate.Statement) bool { return t.ID == s.ID })
		if known || !sayable(s) || s.Kind != aggregate.StepStatement && s.Kind != aggregate.LessonStatement {
			continue
		}
		text := w.mention(s).Text
		c := w.frame("digest.new-statement", words.Values{"kind": w.say("kind."+string(s.Kind), nil), "what": text})
		out = append(out, c)
	}
	return out
}

// bySector lists, for each sector, the topics that enough contributors from it
// tell of, those of most first.
func (w *writer) bySector() []Claim {
	told := map[model.Code][]Claim{}
	for i := range w.c.Topics {
		w.t = &w.c.Topics[i]
		for _, k := range w.t.Sectors {
			told[k.Code] = append(told[k.Code], w.claim(inTopic(w.t.ID, "sector/"+string(k.Code)), w.title(), k.Support, countOnly))
		}
	}
	w.t = &aggregate.Topic{}
	out := make([]Claim, 0, len(told))
	for code, topics := range told {
		slices.SortStableFunc(topics, func(x, y Claim) int { return cmp.Compare(y.Support.Contributors, x.Support.Contributors) })
		out = append(out, Claim{Text: w.label(code), Source: Frame, Details: topics})
	}
	alphabet := w.catalog.Order()
	slices.SortFunc(out, func(x, y Claim) int { return alphabet(x.Text, y.Text) })
	return out
}

func (w *writer) goneTopics(before *aggregate.Collection) []Claim {
	var out []Claim
	for i := range before.Topics {
		w.t = &before.Topics[i]
		if !slices.ContainsFunc(w.c.Topics, func(t aggregate.Topic) bool { return t.ID == w.t.ID }) {
			out = append(out, w.frame("digest.gone.topic", words.Values{"topic": w.title()}))
		}
	}
	return out
}
