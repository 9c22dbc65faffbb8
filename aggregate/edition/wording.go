// SPDX-License-Identifier: Apache-2.0

package edition

import (
	"fmt"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/anonymize/disclosure"
)

// checkWording holds every wording that contributors are said to share, and that
// no earlier edition printed, against what they wrote: each must be that of k of
// them. It is other code than that which found the wordings.
func checkWording(c, before *aggregate.Collection, records []anonymize.Record, k int) error {
	known := map[string]bool{}
	for _, s := range sharedWordings(before) {
		known[s] = true
	}
	var wordings []string
	for _, s := range sharedWordings(c) {
		if !known[s] {
			wordings = append(wordings, s)
		}
	}
	if len(wordings) == 0 {
		return nil
	}
	var sources []disclosure.SourceText
	for _, r := range records {
		for _, text := range r.Countable().Texts() {
			sources = append(sources, disclosure.SourceText{Text: text, Holdings: texts(r.Holdings())})
		}
	}
	w, err := disclosure.NewWording(sources, disclosure.WordingConfig{K: k, Texts: wordings})
	if err != nil {
		return fmt.Errorf("edition: %w", err)
	}
	for _, s := range wordings {
		faults, err := w.Check(s)
		if err != nil {
			return fmt.Errorf("edition: %w", err)
		}
		if len(faults) > 0 {
			return fmt.Errorf("edition: a wording is that of %d contributors only (%s)", faults[0].Holdings, faults[0].Rule)
		}
	}
	return nil
}

func sharedWordings(c *aggregate.Collection) []string {
	var out []string
	if c == nil {
		return out
	}
	add := func(statements []aggregate.Statement) {
		for _, s := range statements {
			for _, w := range s.Shared {
				out = append(out, w.Text)
			}
		}
	}
	add(c.Statements)
	for _, t := range c.Topics {
		add(t.Statements)
	}
	return out
}
