// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"errors"
	"fmt"

	"github.com/sharedpractice/sharedpractice/guidance/internal/words"
)

// errGuide says that a guide is not whole, so that no renderer can write it well;
// the error names the place and the rule, never a text.
var errGuide = errors.New("guidance: malformed guide")

// Validate reports whether a guide, built by hand or read from JSON, is whole:
// its blocks hold what their kinds say, ids are well formed and stand once, tables
// and figures have as many cells and bars as they name. It does not hold it
// against a collection, as Check does.
func (g *Guide) Validate() error {
	if g == nil {
		return fmt.Errorf("%w: no guide", errGuide)
	}
	if g.Schema != Schema || g.Front.Title == "" || g.Front.Locale == "" {
		return fmt.Errorf("%w: front: schema, title or locale", errGuide)
	}
	sections, slots := map[string]bool{}, map[string]bool{}
	for i := range g.Sections {
		s := &g.Sections[i]
		if !words.IDForm().MatchString(s.ID) || sections[s.ID] {
			return fmt.Errorf("%w: section %d: its id is malformed or taken", errGuide, i+1)
		}
		sections[s.ID] = true
		if s.Title == "" || len(s.Blocks) == 0 {
			return fmt.Errorf("%w: %s: no title, or nothing in it", errGuide, s.ID)
		}
		for j := range s.Blocks {
			if rule := s.Blocks[j].fault(); rule != "" {
				return fmt.Errorf("%w: %s.%d: %s", errGuide, s.ID, j+1, rule)
			}
		}
	}
	var err error
	g.slots(func(s *Section, slot *Slot) {
		if !words.IDForm().MatchString(slot.ID) || slots[slot.ID] {
			err = fmt.Errorf("%w: %s: a slot's id is malformed or taken", errGuide, s.ID)
		}
		slots[slot.ID] = true
	})
	g.claims(func(at string, c *Claim) {
		if c.Text == "" {
			err = fmt.Errorf("%w: %s: a sentence without words", errGuide, at)
		}
	})
	return err
}

// fault is the rule that a block breaks, "" for none.
func (b *Block) fault() string {
	var whole bool
	switch b.Kind {
	case Paragraph, List, Checklist, Note:
		whole = len(b.Claims) > 0
	case Steps:
		whole = len(b.Steps) > 0
	case Heading:
		whole = b.Title != ""
	case SlotOf:
		whole = b.Slot != nil && b.Slot.Question != "" && (b.Slot.Type != ChoiceSlot || len(b.Slot.Options) > 0)
	case Examples:
		whole = len(b.Examples) > 0
	case Verbatim:
		whole = b.Text != ""
	case TableOf:
		whole = b.Table != nil && len(b.Table.Rows) > 0
		for i := 0; whole && i < len(b.Table.Rows); i++ {
			whole = len(b.Table.Header) == 0 || len(b.Table.Rows[i]) == len(b.Table.Header)
		}
	case FigureOf:
		f := b.Figure
		whole = f != nil && f.Alt != "" && len(f.Rows) > 0 && len(f.Values) == len(f.Rows)*max(1, len(f.Columns))
	default:
		return "no such kind of block"
	}
	if !whole {
		return "it lacks what its kind says, or has too much or too little of it"
	}
	return ""
}
