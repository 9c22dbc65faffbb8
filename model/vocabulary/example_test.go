// SPDX-License-Identifier: Apache-2.0

package vocabulary_test

import (
	"fmt"
	"testing/fstest"

	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

func ExampleDefault() {
	set := vocabulary.Default()
	c, _ := set.Scheme(vocabulary.Challenge).Concept("ch:seldom-heard")
	fmt.Println(c.PrefLabel("en-GB"))
	fmt.Println(c.Definition("en-GB"))
	for _, f := range c.Forces("en-GB") {
		fmt.Printf("%s, against %s\n", f.One, f.Other)
	}
	// Output:
	// Reaching seldom-heard groups
	// People who face exclusion are not reached through the usual channels of engagement. A barrier to engagement.
	// going at the pace of the project, against taking the time to be known and trusted
	// one offer for everyone, against different ways in for different groups
}

func ExampleSet_Title() {
	title, _ := vocabulary.Default().Title("ob:safety", "ch:time", "si:low-budget", "en-GB")
	fmt.Println(title)
	// Output:
	// How to improve safety when time is short (with little or no budget)
}

func ExampleSet_Step() {
	step, _ := vocabulary.Default().Step("me:focus-group", vocabulary.StepSlots{
		Actor: "st:carer-or-family", Stage: "lc:trial-design", Duration: "eb:days",
	}, "en-GB")
	fmt.Println(step + ".")
	// Output:
	// Run a focus group with carers and families on a few open questions (during trial design; allow 1 to 2 days).
}

func ExampleSet_Generalise() {
	set := vocabulary.Default()
	for up := range 3 {
		id, _ := set.Generalise("ta:dermatology", up)
		fmt.Println(set.Label(id, "en-GB"))
	}
	// Output:
	// Skin conditions
	// Joints, skin, gut and pain
	// Any condition
}

func ExampleScheme_Band() {
	band, _ := vocabulary.Default().Scheme(vocabulary.MoneyBand).Band(18_500)
	fmt.Println(band.ID(), band.PrefLabel("en-GB"))
	// Output:
	// mb:b £10,000 to £25,000
}

func ExampleSet_Equivalents() {
	for _, e := range vocabulary.Default().Equivalents("co-design", "en-GB") {
		fmt.Println(e.Text)
	}
	// Output:
	// EBCD
	// co-creation
	// co-production
	// cocreation
	// codesign
	// coproduction
	// equal partnership
	// experience-based co-design
}

func ExampleMatcher_Match() {
	m, err := vocabulary.NewMatcher(vocabulary.MatcherConfig{})
	if err != nil {
		fmt.Println(err)
		return
	}
	text := "Half of the members dropped out; there was no lack of trust."
	matches, err := m.Match(text)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, x := range matches {
		fmt.Printf("%s %q %.2f negated=%t\n", x.Concept, text[x.Start:x.End], x.Confidence, x.Negated)
	}
	// Output:
	// ch:retention "members dropped out" 0.90 negated=false
	// ch:trust "lack of trust" 0.27 negated=true
}

func ExampleMatcher_Suggest() {
	m, err := vocabulary.NewMatcher(vocabulary.MatcherConfig{})
	if err != nil {
		fmt.Println(err)
		return
	}
	suggestions, err := m.Suggest("The same faces came. We struggled to recruit, and turnout was low: low turnout again.", vocabulary.Challenge)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range suggestions {
		fmt.Printf("%s %.2f\n", s.Concept, s.Confidence)
	}
	// Output:
	// ch:recruitment 0.95
	// ch:representativeness 0.80
}

// A user's own list, here in memory, stands beside the built-in ones.
func ExampleSet_With() {
	own := fstest.MapFS{
		"site.tsv": {Data: []byte("# scheme: site\n# prefix: my\n# source: made up\n# date: 2026-01-01\n# licence: none\n" +
			"my:north\n")},
		"en-GB/site.tsv": {Data: []byte("# scheme: site\n# lang: en-GB\n# source: made up\n# date: 2026-01-01\n# licence: none\n" +
			"my:north\tprefLabel\tNorth site\nmy:north\tdefinition\tThe site in the north.\n")},
	}
	set, err := vocabulary.Default().With(own)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(set.Label("my:north", "en-GB"), set.Scheme(vocabulary.Challenge).Len() > 0)
	// Output:
	// North site true
}

// From a method to what to do on Monday, and from what somebody tells to the
// practices in it.
func ExampleConcept_Narrower() {
	set := vocabulary.Default()
	method, _ := set.Concept("me:terms-of-reference")
	for _, id := range method.Narrower()[:2] {
		practice, _ := set.Concept(id)
		step, _ := practice.Say(vocabulary.FormStep, "en-GB")
		fits, _ := practice.Say(vocabulary.FormFits, "en-GB")
		fmt.Printf("%s: %s. (%s)\n", id, step, fits)
	}

	m, _ := vocabulary.NewMatcher(vocabulary.MatcherConfig{Schemes: []string{vocabulary.Practice}})
	found, _ := m.Suggest("Their travel was paid in advance, and we kept a quiet room.")
	for _, f := range found {
		practice, _ := set.Concept(f.Concept)
		fmt.Println(f.Concept, "of", practice.Broader()[0])
	}
	// Output:
	// pr:tor-conduct: Agree six lines on how to speak and listen. (mixed groups)
	// pr:tor-decides: Write beside each subject whether the group advises or decides. (groups beside boards)
	// pr:quiet-room of me:access-support
	// pr:travel-first of me:access-support
}
