// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"cmp"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/guidance/internal/words"
	"github.com/sharedpractice/sharedpractice/model"
)

// Roles lists the people, by their codes, of whom enough contributors say that
// they did one of the steps that guides tell of a topic. Sorted.
func Roles(c *aggregate.Collection) []model.Code {
	w, err := newWriter(c, Config{})
	if err != nil {
		return nil // the source locale has its catalog
	}
	var out []model.Code
	for i := range w.c.Topics {
		w.t = &w.c.Topics[i]
		for _, s := range w.orderedSteps() {
			_, people := doers(s)
			for _, who := range people {
				out = append(out, who.Code)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// doers are those who did a step, by person where that is told, else by group.
func doers(s aggregate.Statement) (part string, people []aggregate.Count) {
	if len(s.Actors) > 0 {
		return "actor", s.Actors
	}
	return "side", s.Sides
}

// ForRole writes the sheet of one role (a code of Roles): the steps that such
// people did, topic by topic, with how often, and what to ask before saying yes.
func ForRole(c *aggregate.Collection, role model.Code, cfg Config) (*Guide, error) {
	w, err := newWriter(c, cfg)
	if err != nil {
		return nil, err
	}
	var blocks []Block
	topics := 0
	for i := range c.Topics {
		w.t = &c.Topics[i]
		var claims []Claim
		for _, s := range w.orderedSteps() {
			part, people := doers(s)
			for _, who := range people {
				if who.Code == role {
					at := s
					at.ID = inTopic(w.t.ID, s.ID)
					claims = append(claims, w.within(at, part, who, sentence(w.bareStep(s))))
				}
			}
		}
		if len(claims) > 0 {
			topics++
			blocks = append(blocks, Block{Kind: Heading, Title: w.title()}, list(claims...))
		}
	}
	w.t = &aggregate.Topic{}
	if topics == 0 {
		return nil, errTopic
	}
	who := cmp.Or(w.plural(role), w.label(role))
	g := w.document(KindRole, KindRole+"."+strings.ReplaceAll(string(role), ":", "-"), words.Values{"who": who, "n": topics})
	w.add(g, "about", list(w.frames(nil, "role.about.reading", "role.about.free")...), Block{Kind: Note, Claims: w.frames(nil, "about.bias")})
	w.add(g, "parts", blocks...)
	w.add(g, "agree", Block{Kind: Checklist, Claims: w.prompts("role.agree.", "purpose", "time", "costs", "support", "answer", "leave")},
		w.ask("needs", "role.slot.needs", TextSlot, 100))
	return w.finish(g)
}

// inTopic is the id of a topic's statement in a document about no one topic.
func inTopic(topic, statement string) string {
	return string(aggregate.Topic{ID: topic}.Key()) + "/" + statement
}
