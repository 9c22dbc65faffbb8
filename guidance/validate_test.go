// SPDX-License-Identifier: Apache-2.0

package guidance_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/guidance"
)

// Whatever the library writes is whole.
func TestWhatIsWrittenIsWhole(t *testing.T) {
	require.NoError(t, hand().Validate())
	for _, write := range []func() (*guidance.Guide, error){
		func() (*guidance.Guide, error) { return guidance.Build(grouped(), topicID, guidance.Config{}) },
		func() (*guidance.Guide, error) {
			g, err := guidance.Build(grouped(), topicID, guidance.Config{})
			if err != nil {
				return nil, err
			}
			return guidance.Brief(grouped(), g, guidance.Config{})
		},
		func() (*guidance.Guide, error) { return guidance.About(grouped(), guidance.Config{}) },
		func() (*guidance.Guide, error) {
			return guidance.ForMethod(methodical(), "me:outreach", guidance.Config{})
		},
		func() (*guidance.Guide, error) { return guidance.Workshop(made(), topicID, 24, guidance.Config{}) },
		func() (*guidance.Guide, error) { return guidance.Showcase(made(), guidance.Config{}) },
		func() (*guidance.Guide, error) { return guidance.ResourceList(made(), guidance.Config{}) },
		func() (*guidance.Guide, error) { return guidance.FromTemplate("agenda", guidance.Config{}) },
	} {
		g, err := write()
		require.NoError(t, err)
		require.NoError(t, g.Validate(), g.Front.ID)
	}
}

func TestValidateRefuses(t *testing.T) {
	for _, row := range []struct {
		name  string
		spoil func(g *guidance.Guide)
	}{
		{"another schema", func(g *guidance.Guide) { g.Schema = "guide/0" }},
		{"no title", func(g *guidance.Guide) { g.Front.Title = "" }},
		{"no locale", func(g *guidance.Guide) { g.Front.Locale = "" }},
		{"section twice", func(g *guidance.Guide) { g.Sections[1].ID = g.Sections[0].ID }},
		{"section malformed", func(g *guidance.Guide) { g.Sections[0].ID = "a b" }},
		{"section untitled", func(g *guidance.Guide) { g.Sections[0].Title = "" }},
		{"section empty", func(g *guidance.Guide) { g.Sections[0].Blocks = nil }},
		{"kind", func(g *guidance.Guide) { g.Sections[0].Blocks[0].Kind = "song" }},
		{"paragraph empty", func(g *guidance.Guide) { g.Sections[0].Blocks[0].Claims = nil }},
		{"sentence empty", func(g *guidance.Guide) { g.Sections[0].Blocks[0].Claims[0].Text = "" }},
		{"steps empty", func(g *guidance.Guide) { block(t, g, guidance.Steps).Steps = nil }},
		{"row short", func(g *guidance.Guide) {
			block(t, g, guidance.TableOf).Table.Rows[0] = block(t, g, guidance.TableOf).Table.Rows[0][:1]
		}},
		{"table missing", func(g *guidance.Guide) { block(t, g, guidance.TableOf).Table = nil }},
		{"bars missing", func(g *guidance.Guide) { block(t, g, guidance.FigureOf).Figure.Values = []int{1} }},
		{"figure unsaid", func(g *guidance.Guide) { block(t, g, guidance.FigureOf).Figure.Alt = "" }},
		{"slot twice", func(g *guidance.Guide) { block(t, g, guidance.SlotOf).Slot.ID = "day" }},
		{"choice of nothing", func(g *guidance.Guide) { g.Sections[1].Blocks[1].Slot.Options = nil }},
		{"examples missing", func(g *guidance.Guide) { block(t, g, guidance.Examples).Examples = nil }},
		{"verbatim empty", func(g *guidance.Guide) { block(t, g, guidance.Verbatim).Text = "" }},
		{"list empty", func(g *guidance.Guide) { g.Sections[0].Blocks[0] = guidance.Block{Kind: guidance.List} }},
		{"table of nothing", func(g *guidance.Guide) {
			*block(t, g, guidance.TableOf).Table = guidance.Table{Header: []string{"What"}}
		}},
		{"row long", func(g *guidance.Guide) {
			*block(t, g, guidance.TableOf).Table = guidance.Table{Header: []string{"What"}, Rows: [][]string{{"This"}, {"That", "4"}}}
		}},
		{"figure missing", func(g *guidance.Guide) { block(t, g, guidance.FigureOf).Figure = nil }},
		{"figure of nothing", func(g *guidance.Guide) {
			f := block(t, g, guidance.FigureOf).Figure
			f.Rows, f.Values = nil, nil
		}},
		{"slot missing", func(g *guidance.Guide) { block(t, g, guidance.SlotOf).Slot = nil }},
		{"slot unasked", func(g *guidance.Guide) { block(t, g, guidance.SlotOf).Slot.Question = "" }},
		{"heading empty", func(g *guidance.Guide) { block(t, g, guidance.Heading).Title = "" }},
	} {
		t.Run(row.name, func(t *testing.T) {
			g := hand()
			row.spoil(g)
			require.ErrorIs(t, g.Validate(), guidance.ErrGuide)
		})
	}
	require.ErrorIs(t, (*guidance.Guide)(nil).Validate(), guidance.ErrGuide)
}

// One of each is enough, and a table needs no header.
func TestValidateTakesOneOfEach(t *testing.T) {
	said := guidance.Claim{Text: "Said.", Source: guidance.Frame}
	for i, b := range []guidance.Block{
		{Kind: guidance.Paragraph, Claims: []guidance.Claim{said}},
		{Kind: guidance.List, Claims: []guidance.Claim{said}},
		{Kind: guidance.Checklist, Claims: []guidance.Claim{said}},
		{Kind: guidance.Note, Claims: []guidance.Claim{said}},
		{Kind: guidance.Steps, Steps: []guidance.Step{{Claim: said}}},
		{Kind: guidance.Examples, Examples: []guidance.Example{{Title: "One"}}},
		{Kind: guidance.SlotOf, Slot: &guidance.Slot{ID: "one", Type: guidance.ChoiceSlot, Question: "Which?", Options: []string{"This"}}},
		{Kind: guidance.TableOf, Table: &guidance.Table{Rows: [][]string{{"This"}}}},
		{Kind: guidance.TableOf, Table: &guidance.Table{Rows: [][]string{{"This", "3"}, {"That"}}}},
		{Kind: guidance.TableOf, Table: &guidance.Table{Header: []string{"What"}, Rows: [][]string{{"This"}}}},
		{Kind: guidance.FigureOf, Figure: &guidance.Figure{Kind: guidance.Bars, Alt: "This: 3.", Rows: []string{"This"}, Values: []int{3}}},
	} {
		g := hand()
		g.Sections = []guidance.Section{{ID: "one-of-each", Title: "One of each", Blocks: []guidance.Block{b}}}
		require.NoError(t, g.Validate(), i)
	}
}

// What is wrong is named by its place, counted from one.
func TestValidateNamesThePlace(t *testing.T) {
	g := hand()
	g.Sections[1].ID = "a b"
	require.ErrorContains(t, g.Validate(), "section 2:")
	g = hand()
	g.Sections[1].Blocks[1].Kind = "song"
	require.ErrorContains(t, g.Validate(), g.Sections[1].ID+".2:")
}
