// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"errors"
	"fmt"
	"slices"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/guidance/internal/words"
)

// ErrSection says that a section of the user's own, or one of its slots, has an
// id that is malformed or taken; the error names the rule.
var ErrSection = errors.New("guidance: own section")

// OwnSection is a section of the user's own for a document. Config.Extra takes
// them; they are written in order, after the built-in sections. What they write is
// checked as the built-in sections are: a derived claim needs the support that the
// collection gives for its Statement.
type OwnSection struct {
	// After is the id of the section that it follows. Where that is empty, or the
	// document has no such section, it comes last.
	After string
	// Write writes the section for the document whose front matter is f. The
	// collection is for reading only; it has no topics in a document that rests on
	// none. A section without blocks is left out.
	Write func(f Front, c *aggregate.Collection) (Section, error)
}

// extend adds the user's own sections to a guide.
func (w *writer) extend(g *Guide) error {
	if len(w.cfg.Extra) == 0 {
		return nil
	}
	for _, x := range w.cfg.Extra {
		s, err := x.Write(g.Front, w.c)
		if err != nil {
			return fmt.Errorf("guidance: own section: %w", err)
		}
		if len(s.Blocks) == 0 {
			continue
		}
		if !words.IDForm().MatchString(s.ID) || slices.ContainsFunc(g.Sections, func(have Section) bool { return have.ID == s.ID }) {
			return fmt.Errorf("%w: the section's id is malformed or taken", ErrSection)
		}
		at := len(g.Sections)
		if i := slices.IndexFunc(g.Sections, func(have Section) bool { return have.ID == x.After }); i >= 0 {
			at = i + 1
		}
		g.Sections = slices.Insert(g.Sections, at, s)
	}
	seen := map[string]bool{}
	var err error
	g.slots(func(_ *Section, s *Slot) {
		if seen[s.ID] || !words.IDForm().MatchString(s.ID) {
			err = fmt.Errorf("%w: a slot's id is malformed or taken", ErrSection)
		}
		seen[s.ID] = true
	})
	return err
}
