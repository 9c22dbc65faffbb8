// SPDX-License-Identifier: Apache-2.0

package guidance_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// grouped is made with a group of topics near its own, and more of everything.
func grouped() *aggregate.Collection {
	c := made()
	c.TopicGroups = []aggregate.TopicGroup{{
		Code: "fa:reach", Topics: []string{"ch-jargon.ob-information", topicID}, Support: by(20, 40),
		Statements: []aggregate.Statement{
			{ID: "prerequisite.th-rules-early", Kind: aggregate.PrerequisiteStatement, Code: "th:rules-early", Support: by(7, 20)},
			{ID: "criterion.sn-answers", Kind: aggregate.CriterionStatement, Code: "sn:answers", Support: by(6, 20)},
			{ID: "lesson.did-not-work.me-survey", Kind: aggregate.LessonStatement, Part: "did-not-work", Code: "me:survey", Support: by(9, 20)},
		},
	}}
	t := &c.Topics[0]
	t.Statements[1].Months = []aggregate.Count{{Code: "1-3", Support: by(6, 7)}}
	t.Statements[1].Sides = []aggregate.Count{{Code: "st:patients-and-carers", Support: by(5, 7)}}
	t.Statements[1].Efforts = []aggregate.Count{{Code: "eb:hours", Support: by(5, 7)}}
	t.CriteriaBy = []aggregate.Count{{Code: "st:professionals", Support: by(5, 9)}}
	t.CriteriaMet = []aggregate.Count{{Code: "partly", Support: by(5, 9)}}
	c.Statements = append(c.Statements,
		aggregate.Statement{ID: "prerequisite.th-safe-money", Kind: aggregate.PrerequisiteStatement, Code: "th:safe-money", Support: by(12, 40)},
		aggregate.Statement{ID: "prerequisite.th-rules-early", Kind: aggregate.PrerequisiteStatement, Code: "th:rules-early", Support: by(13, 40)},
	)
	return c
}

func section(t testing.TB, g *guidance.Guide, id string) string {
	t.Helper()
	for _, s := range g.Sections {
		if s.ID == id {
			return text(t, &guidance.Guide{Schema: g.Schema, Front: g.Front, Sections: []guidance.Section{s}})
		}
	}
	require.Fail(t, "no such section")
	return ""
}

// What a topic cannot say, the topics near it do, then the whole collection; each
// says so, and nothing is said twice.
func TestLadderOfCloseness(t *testing.T) {
	g, err := entire(grouped(), topicID, guidance.Config{})
	require.NoError(t, err)
	before := section(t, g, "before")
	require.NotContains(t, before, "No example in this collection")
	near := strings.Index(before, "On related topics (reaching and including people)")
	require.GreaterOrEqual(t, near, 0)
	require.NotContains(t, before, "From the whole collection", "what goes for every topic stands on the page about the collection")
	require.Equal(t, 1, strings.Count(before, "settling early"), before)
	require.Contains(t, before, "7 of 20")
	about, err := guidance.About(grouped(), guidance.Config{})
	require.NoError(t, err)
	require.Contains(t, section(t, about, "across"), "12 of 40")

	measure := section(t, g, "measure")
	require.Contains(t, measure, "Contributors looked for: answers to what people said (6 of 20)")
	require.Contains(t, section(t, g, "look"), "Ask people three months later")
	require.Contains(t, measure, "reached in part (")
	// The topic's own lesson on surveys stands; the group's is not told beside it.
	require.NotContains(t, section(t, g, "risks"), "9 of 20")

	steps := section(t, g, "steps")
	require.Contains(t, steps, "Who did it: patients and carers; When they began: in the first three months; How long: 1 to 4 hours; You end up with")
	require.Contains(t, section(t, g, "figures"), "– Who did it: patients and carers | 5 | 7")
	require.Contains(t, steps, "When you have heard people", "where no month is told, the phase says when")

	other := grouped()
	other.TopicGroups[0].Topics = []string{"ch-jargon.ob-information"}
	g, err = entire(other, topicID, guidance.Config{})
	require.NoError(t, err)
	require.NotContains(t, text(t, g), "related topics")
}

// Law 5, of groups of topics: whatever stands behind fewer than k, differs from the
// collection, or belongs to other topics is refused.
func TestCheckOfCircles(t *testing.T) {
	near := func(t *testing.T, g *guidance.Guide) *guidance.Claim {
		t.Helper()
		return first(t, g, func(c *guidance.Claim) bool { return c.Statement == "near:fa:reach:prerequisite.th-rules-early" })
	}
	for _, row := range []struct {
		name  string
		spoil func(t *testing.T, g *guidance.Guide, c *aggregate.Collection)
	}{
		{"a count one too high", func(t *testing.T, g *guidance.Guide, _ *aggregate.Collection) { near(t, g).Support.Examples++ }},
		{"the whole collection's count", func(t *testing.T, g *guidance.Guide, _ *aggregate.Collection) {
			near(t, g).Statement = "all:prerequisite.th-rules-early"
		}},
		{"a group of other topics", func(_ *testing.T, _ *guidance.Guide, c *aggregate.Collection) {
			c.TopicGroups[0].Topics = []string{"ch-jargon.ob-information"}
		}},
		{"a group of another size", func(_ *testing.T, _ *guidance.Guide, c *aggregate.Collection) { c.TopicGroups[0].Support.Examples++ }},
		{"months that nobody told", func(_ *testing.T, _ *guidance.Guide, c *aggregate.Collection) { c.Topics[0].Statements[1].Months = nil }},
		{"an effort that nobody told", func(_ *testing.T, _ *guidance.Guide, c *aggregate.Collection) {
			c.Topics[0].Statements[1].Efforts = nil
		}},
		{"people whom nobody named", func(_ *testing.T, _ *guidance.Guide, c *aggregate.Collection) { c.Topics[0].Statements[1].Sides = nil }},
		{"success that nobody defined", func(_ *testing.T, _ *guidance.Guide, c *aggregate.Collection) { c.Topics[0].CriteriaBy = nil }},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := grouped()
			g, err := entire(c, topicID, guidance.Config{})
			require.NoError(t, err)
			row.spoil(t, g, c)
			require.ErrorIs(t, guidance.Check(g, c), guidance.ErrCheck)
		})
	}
	for n := 1; n < 5; n++ {
		for _, few := range []func(c *aggregate.Collection) *aggregate.Support{
			func(c *aggregate.Collection) *aggregate.Support { return &c.TopicGroups[0].Support },
			func(c *aggregate.Collection) *aggregate.Support { return &c.TopicGroups[0].Statements[0].Support },
			func(c *aggregate.Collection) *aggregate.Support { return &c.Topics[0].Statements[1].Months[0].Support },
			func(c *aggregate.Collection) *aggregate.Support { return &c.Topics[0].Statements[1].Sides[0].Support },
			func(c *aggregate.Collection) *aggregate.Support { return &c.Topics[0].CriteriaMet[0].Support },
		} {
			c := grouped()
			s := few(c)
			s.Examples, s.Contributors = n, n
			_, err := entire(c, topicID, guidance.Config{})
			require.ErrorIs(t, err, guidance.ErrCheck, "%d", n)
		}
	}
}

// A guide of any language explains its words in that language.
func TestGlossaryInEveryLanguage(t *testing.T) {
	for _, locale := range guidance.Locales() {
		g, err := entire(grouped(), topicID, guidance.Config{Locale: locale})
		require.NoError(t, err)
		for _, s := range g.Sections {
			require.NotContains(t, section(t, g, s.ID), "[en-GB]", locale)
		}
		about, err := guidance.About(grouped(), guidance.Config{Locale: locale})
		require.NoError(t, err)
		words := section(t, about, "glossary")
		require.NotContains(t, words, "[en-GB]", locale)
		require.Contains(t, words, "AGREE II", locale)
	}
}

// A slot asks whether the guide was of use. What is asked elsewhere now is asked here only
// where somebody has answered it.
func TestGuideAsksWhetherItWasUseful(t *testing.T) {
	g, err := entire(made(), topicID, guidance.Config{})
	require.NoError(t, err)
	require.Contains(t, slotIDs(g), "useful")
	require.NotContains(t, slotIDs(g), "not-for")
	g, err = guidance.Build(made(), topicID, guidance.Config{Answers: map[string]guidance.Answer{"not-for": {Text: "Not in a hurry."}}})
	require.NoError(t, err)
	require.Equal(t, "Not in a hurry.", g.Answers()["not-for"].Text)
}

// A workshop on a topic that says little ranks what other topics say, and says so.
func TestWorkshopFromElsewhere(t *testing.T) {
	g, err := guidance.Workshop(grouped(), topicID, 24, guidance.Config{})
	require.NoError(t, err)
	cards := section(t, g, "cards")
	require.Contains(t, cards, "To have in place, from other topics")
	require.Contains(t, cards, "7 of 20, on related topics")

	full := grouped()
	for _, code := range []model.Code{"me:training", "me:interview", "me:survey"} {
		full.Topics[0].Statements = append(full.Topics[0].Statements, aggregate.Statement{
			ID: "step." + strings.ReplaceAll(string(code), ":", "-"), Kind: aggregate.StepStatement, Code: code, Support: by(5, 9),
		})
	}
	g, err = guidance.Workshop(full, topicID, 24, guidance.Config{})
	require.NoError(t, err)
	require.NotContains(t, section(t, g, "cards"), "from other topics")
}

// A digest says which sectors speak on what, each count recomputed.
func TestDigestBySector(t *testing.T) {
	c := grouped()
	c.Topics[0].Sectors = []aggregate.Count{{Code: "se:local-government", Support: by(6, 9)}}
	g, err := guidance.Digest(c, nil, guidance.Config{})
	require.NoError(t, err)
	said := section(t, g, "sectors")
	require.Contains(t, said, "Local government")
	require.Contains(t, said, "when some groups are seldom heard (seen in 6 of 9 examples)")
	c.Topics[0].Sectors[0].Examples = 7
	require.ErrorIs(t, guidance.Check(g, c), guidance.ErrCheck)
}

// Of the whole collection, a guide tells one thing of a concept: not in each section
// that it is in place first, was worth it, and keeps the work going.
func TestOneThingOfAConcept(t *testing.T) {
	c := made()
	c.TopicGroups, c.Topics[0].Statements, c.Statements = nil, nil, nil
	for _, kind := range []aggregate.Kind{aggregate.PrerequisiteStatement, aggregate.SustainStatement, aggregate.ResourceStatement} {
		c.Statements = append(c.Statements, aggregate.Statement{
			ID: string(kind) + ".th-named-person", Kind: kind, Code: "th:named-person", Support: by(6, 40),
			Addresses: []aggregate.Count{{Code: c.Topics[0].Challenge, Support: by(5, 6)}},
		})
	}
	g, err := entire(c, topicID, guidance.Config{})
	require.NoError(t, err)
	require.Equal(t, 1, strings.Count(text(t, g), "From the whole collection, whatever the topic"))

	// What has nothing to do with the topic would stand in every guide.
	elsewhere := made()
	elsewhere.TopicGroups, elsewhere.Topics[0].Statements = nil, nil
	elsewhere.Statements = []aggregate.Statement{{ID: "sustain.th-money", Kind: aggregate.SustainStatement, Code: "th:money", Support: by(6, 40)}}
	without, err := entire(elsewhere, topicID, guidance.Config{})
	require.NoError(t, err)
	require.NotContains(t, text(t, without), "6 of 40")

	for _, s := range guidance.Trace(g, c) {
		require.Empty(t, s.Loose, s.Text)
	}
}

// What few of all examples tell supports nothing on a topic: as a step it is general
// advice at most, without a figure, and elsewhere it is left out.
func TestSmallShareIsNoSupport(t *testing.T) {
	for _, row := range []struct {
		kind          aggregate.Kind
		enough, small int
	}{{aggregate.StepStatement, 7, 6}, {aggregate.PrerequisiteStatement, 8, 6}} {
		of := map[aggregate.Kind]int{aggregate.StepStatement: 40, aggregate.PrerequisiteStatement: 160}[row.kind]
		for _, n := range []int{row.enough, row.small} {
			c := made()
			c.TopicGroups, c.Topics[0].Statements = nil, nil
			code := model.Code("me:training")
			if row.kind == aggregate.PrerequisiteStatement {
				code = "th:named-person"
			}
			c.Statements = []aggregate.Statement{{
				ID: string(row.kind) + ".made", Kind: row.kind, Code: code, Support: by(n, of),
				Addresses: []aggregate.Count{{Code: c.Topics[0].Challenge, Support: by(5, n)}},
			}}
			g, err := entire(c, topicID, guidance.Config{})
			require.NoError(t, err)
			in := fmt.Sprintf("%d of %d", n, of)
			if row.kind == aggregate.StepStatement {
				in = fmt.Sprintf("| %d | %d", n, of)
			}
			require.Equal(t, n == row.enough, strings.Contains(text(t, g), in), "%s: %d of %d", row.kind, n, of)
		}
	}
}

// What a new group cannot do without is advised however many steps are told, in every
// language, and never as something that contributors told.
func TestBasicsOfAnObjective(t *testing.T) {
	c := made()
	c.Topics[0].Objective = "ob:establish-group"
	for _, code := range []model.Code{"me:training", "me:survey", "me:co-design", "me:interview", "me:closing-loop", "me:peer-network", "me:buddy-scheme", "me:targeted-recruitment"} {
		c.Topics[0].Statements = append(c.Topics[0].Statements, aggregate.Statement{ID: "step.more." + string(code[3:]), Kind: aggregate.StepStatement, Code: code, Support: by(6, 9)})
	}
	for _, locale := range guidance.Locales() {
		g, err := entire(c, c.Topics[0].ID, guidance.Config{Locale: locale})
		require.NoError(t, err)
		var general []string
		for _, s := range g.Sections {
			for _, b := range s.Blocks {
				for _, step := range b.Steps {
					if step.Support == nil {
						general = append(general, step.Slot.ID)
					}
				}
			}
		}
		require.Subset(t, general, []string{"step.me-participation-group", "step.me-briefing", "step.me-agree-purpose", "step.me-terms-of-reference"}, locale)
		for _, way := range []string{"pr:group-own-chair", "pr:papers-week", "pr:hopes-fears", "pr:tor-conduct"} {
			p, _ := vocabulary.Default().Concept(way)
			says, _ := p.Say(vocabulary.FormStep, locale)
			require.Contains(t, strings.ReplaceAll(section(t, g, "steps"), "\u00a0", " "), says, locale)
		}
	}
}

// A step that few of all examples tell is not told from the one topic that tells it most.
func TestRareStepIsNotPickedFromATopic(t *testing.T) {
	c := made()
	c.TopicGroups, c.Topics[0].Statements = nil, nil
	step := aggregate.Statement{ID: "step.me-outreach", Kind: aggregate.StepStatement, Code: "me:outreach", Support: by(6, 40)}
	c.Statements = []aggregate.Statement{step}
	other := c.Topics[0]
	other.ID, other.Challenge = "ch-jargon.ob-information", "ch:jargon"
	step.Support = by(6, 9)
	other.Statements = []aggregate.Statement{step}
	c.Topics = append(c.Topics, other)
	g, err := entire(c, topicID, guidance.Config{})
	require.NoError(t, err)
	require.NotContains(t, section(t, g, "steps"), "From contributors")
}
