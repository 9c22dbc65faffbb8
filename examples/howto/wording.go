// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/anonymize/disclosure"
)

// checkWording holds every wording that contributors are said to share against
// what they wrote: each must be that of k of them. It is other code than that
// which found the wordings.
func checkWording(c *aggregate.Collection, records []anonymize.Record, k int) error {
	wordings := sharedWordings(c)
	if len(wordings) == 0 {
		return nil
	}
	var sources []disclosure.SourceText
	for _, r := range records {
		var holdings []string
		for _, h := range r.Holdings() {
			holdings = append(holdings, string(h))
		}
		for _, text := range r.Countable().Texts() {
			sources = append(sources, disclosure.SourceText{Text: text, Holdings: holdings})
		}
	}
	w, err := disclosure.NewWording(sources, disclosure.WordingConfig{K: k, Texts: wordings})
	if err != nil {
		return err
	}
	for _, s := range wordings {
		faults, err := w.Check(s)
		if err != nil {
			return err
		}
		if len(faults) > 0 {
			return fmt.Errorf("a wording is that of %d contributors only (%s)", faults[0].Holdings, faults[0].Rule)
		}
	}
	return nil
}

func sharedWordings(c *aggregate.Collection) []string {
	var out []string
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
