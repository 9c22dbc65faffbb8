// SPDX-License-Identifier: Apache-2.0

package accounts

import (
	"slices"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// Each gives every code of an example that may count.
func Each(e *model.Example, do func(c *model.Coded)) {
	for i := range e.Challenges {
		do(&e.Challenges[i].Coded)
	}
	for i := range e.Objectives {
		do(&e.Objectives[i].Coded)
	}
	for i := range e.Situations {
		do(&e.Situations[i])
	}
	for i := range e.TherapyAreas {
		do(&e.TherapyAreas[i])
	}
	for i := range e.Steps {
		do(&e.Steps[i].Method)
	}
}

// silence makes suggestions of the codes that no person confirmed: a draft may
// count them, an edition does not.
func silence(e *model.Example) (n int) {
	Each(e, func(c *model.Coded) {
		if c.AssignedBy == model.BySoftware {
			c.AssignedBy = model.BySuggestion
			n++
		}
	})
	return n
}

// Confirmed counts the codes behind a topic: those that a person gave, of all
// that count.
func Confirmed(examples []model.Example, t aggregate.Topic) (by, of int) {
	for i := range examples {
		e := &examples[i]
		if !speaks(e, t) {
			continue
		}
		Each(e, func(c *model.Coded) {
			if c.Accepted() {
				of++
			}
			if c.Confirmed() {
				by++
			}
		})
	}
	return by, of
}

// speaks reports whether an example is one of a topic's.
func speaks(e *model.Example, t aggregate.Topic) bool {
	challenge := slices.ContainsFunc(e.Challenges, func(c model.Challenge) bool {
		if !c.Accepted() {
			return false
		}
		known, ok := vocabulary.Default().Concept(string(c.Code))
		return c.Code == t.Challenge || ok && slices.Contains(known.Links("family"), string(t.Challenge))
	})
	objective := slices.ContainsFunc(e.Objectives, func(c model.Objective) bool { return c.Accepted() && c.Code == t.Objective })
	return (t.Challenge == "" || challenge) && (t.Objective == "" || objective)
}
