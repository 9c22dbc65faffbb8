// SPDX-License-Identifier: Apache-2.0

package guidance_test

import (
	"errors"
	"fmt"
	"strings"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/guidance"
)

// outline prints a document's title and sections.
func outline(g *guidance.Guide, err error) {
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(g.Front.Title)
	for _, s := range g.Sections {
		fmt.Println("-", s.Title)
	}
}

func ExampleWorkshop() {
	outline(guidance.Workshop(made(), "ch-seldom-heard.ob-equity", 24, guidance.Config{}))
	outline(guidance.Workshop(made(), "ch-seldom-heard.ob-equity", 40, guidance.Config{}))
	// Output:
	// Workshop pack: How to reduce inequalities and widen access when some groups are seldom heard
	// - What this workshop is for
	// - Start here: what is contested
	// - Agenda
	// - For the facilitators
	// - Rules, agreed before anything is ranked
	// - Discussion cards
	// - Ranking sheets
	// - Record of the workshop
	// guidance: no document of that kind: a workshop has 12 to 30 participants
}

func ExampleShowcase() {
	collection := made()
	outline(guidance.Showcase(collection, guidance.Config{}))
	collection.Showcase[0].Acknowledgements = nil // somebody paid for the work
	_, err := guidance.Showcase(collection, guidance.Config{})
	fmt.Println(err)
	// Output:
	// Examples that may be named
	// - About these examples
	// - From public sources
	// - Named with their contributors' agreement
	// - What to take from them
	// guidance: check: an acknowledgement is missing: x1: funded work acknowledges nobody
}

func ExampleDigest() {
	before := made()
	before.Topics, before.Showcase = nil, nil
	g, err := guidance.Digest(made(), before, guidance.Config{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range g.Sections[2].Blocks[1].Claims {
		fmt.Println(c.Text, c.Seen)
	}
	// Output: How to reduce inequalities and widen access when some groups are seldom heard seen in 9 of 40 examples
}

func ExampleResourceList() {
	g, err := guidance.ResourceList(made(), guidance.Config{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range g.Sections[1:3] {
		for _, b := range s.Blocks[1:] {
			for _, c := range b.Claims {
				fmt.Println(c.Text+",", c.Seen)
				for _, d := range c.Details {
					fmt.Println(" ", strings.TrimSpace(d.Text+" "+d.Seen))
				}
			}
		}
	}
	// Output:
	// Tool: plain-language material, seen in 6 of 40 examples
	//   Found helpful seen in 5 of 6 examples
	// Training, seen in 8 of 40 examples
	//   Teaching patients, volunteers or staff what they need for taking part or for working together.
	//   Would do it again seen in 6 of 40 examples
}

func ExampleCriteria_ForPatients() {
	criteria, err := guidance.OpenCriteria("en-GB", nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	outline(criteria.ForPatients(guidance.Config{}))
	// Output:
	// Is this partnership? Assessment by patients and carers
	// - How to use this form
	// - In decisions about one person's care
	// - In how services are planned and run
	// - In both
	// - Talk about it together
}

func ExampleCriteria_Compare() {
	criteria, err := guidance.OpenCriteria("en-GB", nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	g, err := criteria.Compare([]guidance.Round{{
		Date:          "2026-05-01",
		Patients:      map[string]guidance.Answer{"verdict.heard": {Text: "No"}},
		Professionals: map[string]guidance.Answer{"verdict.heard": {Text: "Yes"}},
	}}, guidance.Config{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(g.Sections[1].Blocks[1].Claims[0].Text)
	// Output: What patients say is taken up. Patients: No. Professionals: Yes.
}

func ExampleConsultationReport() {
	outline(guidance.ConsultationReport("england", guidance.Config{}))
	// Output:
	// Report on a consultation
	// - In brief
	// - Rules to confirm before you publish
	// - Who was consulted
	// - What they were consulted on
	// - How it was done
	// - What was said
	// - What changed, what did not, and why
	// - What happens now
	// - Before you publish
}

// A section of one's own is held to the same check as the built-in ones.
func ExampleOwnSection() {
	ours := guidance.OwnSection{Write: func(_ guidance.Front, c *aggregate.Collection) (guidance.Section, error) {
		s := c.Topics[0].Statements[1]
		return guidance.Section{ID: "ours", Title: "For our members", Blocks: []guidance.Block{{
			Kind: guidance.Paragraph,
			Claims: []guidance.Claim{{
				Text: "Outreach always works.", Source: guidance.Derived, Statement: s.ID, Support: &s.Support, Rung: 3,
			}},
		}}}, nil
	}}
	_, err := guidance.Build(made(), "ch-seldom-heard.ob-equity", guidance.Config{Extra: []guidance.OwnSection{ours}})
	fmt.Println(errors.Is(err, guidance.ErrCheck))
	// Output: true
}
