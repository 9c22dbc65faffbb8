// SPDX-License-Identifier: Apache-2.0

package guidance_test

import (
	"errors"
	"fmt"

	"github.com/sharedpractice/sharedpractice/guidance"
)

func ExampleBuild() {
	g, err := guidance.Build(made(), topicID, guidance.Config{Date: "2026-11-22"})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range g.Sections[:4] {
		fmt.Println(s.Title)
	}
	fmt.Println(len(g.Sections), "sections")
	// Output:
	// What this is for
	// The steps at a glance
	// What did not help, and what they would change
	// Steps
	// 8 sections
}

// A guide that was changed by hand is held against its collection again.
func ExampleCheck() {
	c := made()
	g, err := guidance.Build(c, topicID, guidance.Config{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(guidance.Check(g, c))
	for _, s := range g.Sections {
		for _, b := range s.Blocks {
			for i := range b.Claims {
				if b.Claims[i].Source == guidance.Derived {
					b.Claims[i].Text = "This works."
				}
			}
		}
	}
	fmt.Println(errors.Is(guidance.Check(g, c), guidance.ErrCheck))
	// Output:
	// <nil>
	// true
}

// Two people filled in copies of one guide.
func ExampleMergeAnswers() {
	base := map[string]guidance.Answer{"who-for": {Text: "Practices"}}
	mine := map[string]guidance.Answer{"who-for": {Text: "Practices and their groups"}}
	theirs := map[string]guidance.Answer{"who-for": {Text: "Practices in towns"}, "brief": {Text: "Ask first."}}
	merged, conflicts := guidance.MergeAnswers(base, mine, theirs)
	fmt.Println(merged["who-for"].Text)
	fmt.Println(merged["brief"].Text)
	fmt.Println(len(conflicts), "to settle:", conflicts[0].Slot)
	// Output:
	// Practices and their groups
	// Ask first.
	// 1 to settle: who-for
}
