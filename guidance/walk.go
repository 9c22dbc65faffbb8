// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/sharedpractice/sharedpractice/guidance/internal/words"
)

// claims calls visit for every claim, in order, with its place.
func (g *Guide) claims(visit func(at string, c *Claim)) {
	var walk func(at string, claims []Claim)
	walk = func(at string, claims []Claim) {
		for i := range claims {
			here := fmt.Sprintf("%s.%d", at, i+1)
			visit(here, &claims[i])
			walk(here, claims[i].Details)
		}
	}
	for i := range g.Sections {
		s := &g.Sections[i]
		for j := range s.Blocks {
			b := &s.Blocks[j]
			at := fmt.Sprintf("%s.%d", s.ID, j+1)
			walk(at, b.Claims)
			if b.Table != nil {
				walk(at, b.Table.Claims)
			}
			if b.Figure != nil {
				walk(at, b.Figure.Claims)
			}
			for n := range b.Steps {
				step := &b.Steps[n]
				here := fmt.Sprintf("%s.%d", at, n+1)
				visit(here, &step.Claim)
				walk(here, step.Details)
			}
		}
	}
}

// slots calls visit for every slot, in order, with the section that holds it.
func (g *Guide) slots(visit func(s *Section, slot *Slot)) {
	for i := range g.Sections {
		s := &g.Sections[i]
		for j := range s.Blocks {
			if slot := s.Blocks[j].Slot; slot != nil {
				visit(s, slot)
			}
			for n := range s.Blocks[j].Steps {
				if slot := s.Blocks[j].Steps[n].Slot; slot != nil {
					visit(s, slot)
				}
			}
		}
	}
}

// number gives every claim an id from its place.
func (g *Guide) number() { g.claims(func(at string, c *Claim) { c.ID = at }) }

// fillSlots puts the answers in place and says where the evidence beside an
// answer has changed since.
func (g *Guide) fillSlots(answers map[string]Answer, c *words.Catalog) {
	basis := map[string]string{}
	for i := range g.Sections {
		basis[g.Sections[i].ID] = g.Sections[i].basis()
	}
	g.slots(func(s *Section, slot *Slot) {
		slot.Basis = basis[s.ID]
		if a, ok := answers[slot.ID]; ok {
			slot.Answer = a.Text
			if a.Basis != "" && a.Basis != slot.Basis {
				slot.Outdated = c.Say("outdated", nil)
			}
		}
	})
}

// basis is a hash of the derived statements of a section and their support.
func (s *Section) basis() string {
	h := sha256.New()
	one := Guide{Sections: []Section{*s}}
	one.claims(func(_ string, c *Claim) {
		if c.Support != nil {
			fmt.Fprintf(h, "%s %d %d %d\n", c.Statement, c.Support.Examples, c.Support.Of, c.Support.Contributors)
		}
	})
	return hex.EncodeToString(h.Sum(nil)[:8])
}
