// SPDX-License-Identifier: Apache-2.0

package guidance_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/model"
)

// family has a topic on a family of challenges beside the one that made has in it,
// with a family of methods as a step.
func family() *aggregate.Collection {
	c := made()
	ask := aggregate.Statement{ID: "step.mf-ask", Kind: aggregate.StepStatement, Code: "mf:ask", Support: by(14, 20)}
	c.Topics = append(c.Topics, aggregate.Topic{
		ID: "fa-reach", Challenge: "fa:reach", Support: by(20, 40),
		Together:   []aggregate.Count{{Code: "ch:jargon", Support: by(8, 20)}, {Code: "ch:time", Support: by(6, 20)}},
		Statements: []aggregate.Statement{ask},
	})
	ask.Of = 40
	c.Statements = append(c.Statements, ask)
	return c
}

// A guide on a family of challenges says which of them were met, and what is known of
// these; one on a challenge in it takes what it tells.
func TestFamilies(t *testing.T) {
	for _, locale := range guidance.Locales() {
		cfg := guidance.Config{Locale: locale}
		g, err := entire(family(), "fa-reach", cfg)
		require.NoError(t, err, locale)
		require.NoError(t, g.Validate(), locale)
		require.NoError(t, guidance.Check(g, family()), locale)
		problem := section(t, g, "problem")
		require.NotContains(t, problem+section(t, g, "steps")+g.Front.Title, "[en", locale)
		steps := map[string]int{}
		for _, s := range g.Sections {
			for _, b := range s.Blocks {
				for _, step := range b.Steps {
					steps[step.Text]++
					require.Equal(t, 1, steps[step.Text], "%s: %s", locale, step.Text)
				}
			}
		}
		require.GreaterOrEqual(t, len(steps), 5, "its challenges' advice is its own: %s", locale)
		narrow, err := entire(family(), topicID, cfg)
		require.NoError(t, err, locale)
		require.NoError(t, guidance.Check(narrow, family()), locale)
		if locale == "en-GB" {
			require.Equal(t, "What to do when some people are not reached or not included", g.Front.Title)
			require.Contains(t, problem, "8 of 20")
			require.NotContains(t, problem, "Time and workload", "that is of another family")
			require.Contains(t, section(t, narrow, "steps"), "Contributors did this, on related topics")
			require.Contains(t, section(t, narrow, "figures"), "14 | 20")
		}
		_, err = guidance.ForMethod(family(), "mf:ask", cfg)
		require.ErrorIs(t, err, guidance.ErrArgument, "of no one method of the family enough told: it would offer what nobody did")
	}
	codes, err := guidance.Methods(family(), guidance.Config{})
	require.NoError(t, err)
	require.NotContains(t, codes, model.Code("mf:ask"))
}
