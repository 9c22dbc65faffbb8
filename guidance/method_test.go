// SPDX-License-Identifier: Apache-2.0

package guidance_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// methodical is made with a method that enough contributors took.
func methodical() *aggregate.Collection {
	c := made()
	c.Statements = append(c.Statements,
		aggregate.Statement{
			ID: "step.me-outreach", Kind: aggregate.StepStatement, Code: "me:outreach", Support: by(12, 40),
			Efforts: []aggregate.Count{{Code: "eb:hours", Support: by(6, 12)}},
		},
		aggregate.Statement{ID: "lesson.did-not-work.me-outreach", Kind: aggregate.LessonStatement, Part: "did-not-work", Code: "me:outreach", Support: by(5, 40)},
	)
	return c
}

func TestForMethod(t *testing.T) {
	codes, err := guidance.Methods(methodical(), guidance.Config{})
	require.NoError(t, err)
	require.Equal(t, []model.Code{"me:closing-loop", "me:outreach", "me:plain-language", "me:training"}, codes, "of the topic, of both and of the collection")
	g, err := guidance.ForMethod(methodical(), "me:outreach", guidance.Config{Date: "2026-11-22", Answers: map[string]guidance.Answer{"brief": {Text: "Go there."}}})
	golden(t, "method-outreach", g, err)
	require.Equal(t, "Go there.", g.Answers()["brief"].Text)
	where := section(t, g, "where")
	require.Contains(t, where, "How long: 1 to 4 hours (6 of 12)")
	require.Contains(t, where, "7 of 9")
	steps := 0
	for _, s := range g.Sections {
		for _, b := range s.Blocks {
			steps += len(b.Steps)
		}
	}
	require.GreaterOrEqual(t, steps, 4)

	for _, unknown := range []model.Code{"me:interview", "me:no-such", "mf:ask", ""} {
		_, err := guidance.ForMethod(methodical(), unknown, guidance.Config{})
		require.ErrorIs(t, err, guidance.ErrArgument)
	}
	c := methodical()
	c.Statements[len(c.Statements)-1].Contributors = 4
	_, err = guidance.ForMethod(c, "me:outreach", guidance.Config{})
	require.ErrorIs(t, err, guidance.ErrCheck, "a lesson of too few")
}

// A brief tells the steps of its guide, each with the first way to take it, with what was
// written in slots and without the slots.
func TestBrief(t *testing.T) {
	cfg := guidance.Config{Date: "2026-11-22", Answers: map[string]guidance.Answer{"step.me-outreach": {Text: "Go to the market on Tuesdays."}}}
	whole, err := guidance.Build(grouped(), topicID, cfg)
	require.NoError(t, err)
	g, err := guidance.Brief(grouped(), whole, cfg)
	golden(t, "brief", g, err)
	require.Contains(t, text(t, g), "Go to the market on Tuesdays.")
	require.Empty(t, slotIDs(g))
	require.Less(t, len(text(t, g)), len(text(t, whole)))
	require.Less(t, len(strings.Fields(text(t, g))), 700, "two pages")
	steps := 0
	for _, s := range g.Sections {
		for _, b := range s.Blocks {
			for _, step := range b.Steps {
				steps++
				ways := 0
				var below func(details []guidance.Claim)
				below = func(details []guidance.Claim) {
					for _, d := range details {
						require.NotContains(t, d.Text, "Warning sign")
						require.Empty(t, d.Document, d.Text)
						if d.Source == guidance.Vocabulary {
							ways++
						}
						below(d.Details)
					}
				}
				below(step.Details)
				require.Equal(t, 1, ways, step.Text)
			}
		}
	}
	for _, s := range whole.Sections {
		for _, b := range s.Blocks {
			steps -= len(b.Steps)
		}
	}
	require.Zero(t, steps, "all steps of the guide")
	for _, s := range g.Sections {
		last := s.Blocks[len(s.Blocks)-1]
		for _, c := range last.Claims {
			require.False(t, last.Kind == guidance.Paragraph && strings.HasSuffix(c.Text, ":"), "%s: a lead without a list", s.ID)
		}
	}
	long := grouped()
	for i, code := range []string{"me:interview", "me:survey", "me:training", "me:event", "me:pilot", "me:evaluation"} {
		long.Topics[0].Statements = append(long.Topics[0].Statements, aggregate.Statement{
			ID: "step." + strings.ReplaceAll(code, ":", "-"), Kind: aggregate.StepStatement, Code: model.Code(code), Support: by(5+i%4, 9),
		})
	}
	whole, err = guidance.Build(long, topicID, guidance.Config{})
	require.NoError(t, err)
	g, err = guidance.Brief(long, whole, guidance.Config{})
	require.NoError(t, err)
	require.Less(t, len(strings.Fields(text(t, g))), 700, "two pages, however many steps")
	require.NotContains(t, text(t, g), "How you will know")
	for _, locale := range guidance.Locales() {
		whole, err := guidance.Build(grouped(), topicID, guidance.Config{Locale: locale})
		require.NoError(t, err, locale)
		g, err := guidance.Brief(grouped(), whole, guidance.Config{Locale: locale})
		require.NoError(t, err, locale)
		require.NotContains(t, text(t, g), "[en-GB]", locale)
	}
	_, err = guidance.Brief(grouped(), nil, guidance.Config{})
	require.ErrorIs(t, err, guidance.ErrArgument)
	_, err = guidance.Brief(grouped(), g, guidance.Config{})
	require.ErrorIs(t, err, guidance.ErrArgument, "a brief of a brief")
}

// The guide of a method has a brief of two pages too, with what contributors tell of it and
// each of its steps.
func TestBriefOfAMethod(t *testing.T) {
	for _, locale := range guidance.Locales() {
		cfg := guidance.Config{Locale: locale, Answers: map[string]guidance.Answer{"brief": {Text: "Go there."}}}
		whole, err := guidance.ForMethod(methodical(), "me:outreach", cfg)
		require.NoError(t, err)
		g, err := guidance.Brief(methodical(), whole, cfg)
		require.NoError(t, err)
		said := text(t, g)
		require.Less(t, len(strings.Fields(said)), 700, "two pages")
		require.Contains(t, said, "Go there.")
		require.Contains(t, section(t, g, "where"), "12", "how many did it")
		require.Empty(t, slotIDs(g))
		steps := 0
		for _, s := range whole.Sections {
			for _, b := range s.Blocks {
				for _, step := range b.Steps {
					require.Contains(t, section(t, g, "steps"), step.Text, locale)
					steps++
				}
			}
		}
		require.Positive(t, steps)
		for _, s := range guidance.Trace(g, methodical()) {
			require.Empty(t, s.Loose, s.Text)
		}
	}
}

// Every method that has a guide has one that can be read, in every language: no cell of a
// table is empty or holds what is no letter.
func TestMethodsCanBeRead(t *testing.T) {
	c := made()
	for m := range vocabulary.Default().Scheme(vocabulary.Method).Concepts() {
		code := model.Code(m.ID())
		c.Statements = append(c.Statements, aggregate.Statement{ID: "step." + strings.ReplaceAll(m.ID(), ":", "-"), Kind: aggregate.StepStatement, Code: code, Support: by(12, 40)})
	}
	for _, locale := range guidance.Locales() {
		cfg := guidance.Config{Locale: locale}
		codes, err := guidance.Methods(c, cfg)
		require.NoError(t, err)
		for _, code := range codes {
			g, err := guidance.ForMethod(c, code, cfg)
			require.NoError(t, err, "%s: %s", locale, code)
			require.NotContains(t, text(t, g), "\uFFFD", "%s: %s", locale, code)
			for _, s := range g.Sections {
				for _, b := range s.Blocks {
					if b.Table != nil && s.ID == "steps" {
						for _, row := range b.Table.Rows {
							require.NotContains(t, row, "", "%s: %s", locale, code)
						}
					}
				}
			}
		}
	}
}

// A method has a guide where enough took it on a topic, also where the number of the whole
// collection may not be told beside that topic's: by topic, and without any other number.
func TestForMethod_onTopicsOnly(t *testing.T) {
	topicOnly := model.Code("me:interview")
	c := made()
	require.False(t, slices.ContainsFunc(c.Statements, func(s aggregate.Statement) bool { return s.Code == topicOnly }))
	codes, err := guidance.Methods(c, guidance.Config{})
	require.NoError(t, err)
	require.NotContains(t, codes, topicOnly)
	_, err = guidance.ForMethod(c, topicOnly, guidance.Config{})
	require.ErrorIs(t, err, guidance.ErrArgument, "nobody told of it")

	c.Topics[0].Statements = append(c.Topics[0].Statements, aggregate.Statement{ID: "step.me-interview", Kind: aggregate.StepStatement, Code: topicOnly, Support: by(6, 9)})
	codes, err = guidance.Methods(c, guidance.Config{})
	require.NoError(t, err)
	require.Contains(t, codes, topicOnly)
	require.True(t, slices.IsSorted(codes))
	for _, locale := range guidance.Locales() {
		cfg := guidance.Config{Locale: locale}
		g, err := guidance.ForMethod(c, topicOnly, cfg)
		require.NoError(t, err, locale)
		require.NotContains(t, g.Front.Lead, "[en-GB]", locale)
		require.NotContains(t, g.Front.Lead, "{", locale)
		require.NoError(t, guidance.Check(g, c), locale)
		for _, s := range guidance.Trace(g, c) {
			require.Empty(t, s.Loose, s.Text)
		}
		if locale == "en-GB" {
			require.Contains(t, section(t, g, "where"), "6 of 9")
			require.NotContains(t, text(t, g), "of 40")
			require.NotContains(t, text(t, g), "of the collection. A draft")
		}
		brief, err := guidance.Brief(c, g, cfg)
		require.NoError(t, err, locale)
		require.NotEmpty(t, section(t, brief, "where"), locale)
	}
	g, err := guidance.Build(c, topicID, guidance.Config{})
	require.NoError(t, err)
	require.Contains(t, text(t, g), "the guide “One-to-one interviews”", "the topic’s guide points to it")
}
