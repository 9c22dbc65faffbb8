// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"github.com/sharedpractice/sharedpractice/aggregate"

	"github.com/sharedpractice/sharedpractice/guidance/internal/words"
)

// Crosstab describes a collection's challenges by objectives as a heat map; nil
// where no cell has enough support.
func Crosstab(c *aggregate.Collection, cfg Config) (*Figure, error) {
	w, err := newWriter(c, cfg)
	if err != nil || len(c.Crosstab.Cells) == 0 {
		return nil, err
	}
	f := &Figure{Kind: HeatMap, Caption: w.say("crosstab.caption", nil)}
	for _, code := range c.Crosstab.Challenges {
		f.Rows = append(f.Rows, w.label(code))
	}
	for _, code := range c.Crosstab.Objectives {
		f.Columns = append(f.Columns, w.label(code))
	}
	var said []string
	for _, cell := range c.Crosstab.Cells { // sorted as the codes are
		n := cell.Examples
		if cell.Hidden {
			n = -1
		} else {
			said = append(said, w.say("crosstab.cell", words.Values{"challenge": w.label(cell.Challenge), "objective": w.label(cell.Objective), "n": n}))
		}
		f.Values = append(f.Values, n)
	}
	f.Alt = w.say("crosstab.alt", words.Values{"k": c.K, "list": words.Semicolons(w.lang, said)})
	return f, nil
}
