// SPDX-License-Identifier: Apache-2.0

package guidance_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// How a step is done is told by those who told of it, with their number; what is
// only known in general is marked so.
func TestPracticesBelowSteps(t *testing.T) {
	m, ok := vocabulary.Default().Concept("me:outreach")
	require.True(t, ok)
	practice := ""
	for _, id := range m.Narrower() {
		if strings.HasPrefix(id, "pr:") {
			practice = id
		}
	}
	require.NotEmpty(t, practice)
	p, _ := vocabulary.Default().Concept(practice)
	says, _ := p.Say(vocabulary.FormStep, "en-GB")

	plain, err := guidance.Build(made(), topicID, guidance.Config{})
	require.NoError(t, err)
	steps := section(t, plain, "steps")
	require.Contains(t, steps, "Ways to do it (general advice):")
	require.NotContains(t, steps, "How contributors did it:")
	for _, s := range plain.Sections {
		for _, b := range s.Blocks {
			for _, step := range b.Steps {
				for _, d := range step.Details {
					for _, way := range d.Details {
						require.Equal(t, guidance.Vocabulary, way.Source)
						require.Nil(t, way.Support)
					}
				}
			}
		}
	}

	c := made()
	c.Topics[0].Statements = append(c.Topics[0].Statements, aggregate.Statement{
		ID: "step." + strings.ReplaceAll(practice, ":", "-"), Kind: aggregate.StepStatement, Code: model.Code(practice), Support: by(6, 9),
	})
	g, err := guidance.Build(c, topicID, guidance.Config{})
	require.NoError(t, err)
	steps = section(t, g, "steps")
	require.Contains(t, steps, "How contributors did it:")
	at := strings.Index(steps, says)
	require.Positive(t, at)
	require.Contains(t, steps[at:at+300], "seen in 6 of 9")
	require.Equal(t, 1, strings.Count(steps, says), "not a step of its own beside its method")

	german, err := guidance.Build(c, topicID, guidance.Config{Locale: "de"})
	require.NoError(t, err)
	require.NotContains(t, text(t, german), "[en-GB]", "what the language lacks is not filled up in another")
}

// A topic without a step of its own, or near it, shows those of the whole
// collection, and says so.
func TestStepsOfTheWholeCollection(t *testing.T) {
	c := made()
	c.Topics[0].Statements = nil
	g, err := guidance.Build(c, topicID, guidance.Config{})
	require.NoError(t, err)
	require.Contains(t, section(t, g, "steps"), "seen in 8 of 40 examples of the whole collection")
	g, err = guidance.Build(made(), topicID, guidance.Config{})
	require.NoError(t, err)
	require.NotContains(t, section(t, g, "steps"), "of the whole collection")
}

// Where few steps are told, what usually goes before and after them stands with
// them, without a count and marked.
func TestUsualSteps(t *testing.T) {
	c := made()
	c.Statements, c.Topics[0].Statements = nil, []aggregate.Statement{
		{ID: "step.me-lay-review", Kind: aggregate.StepStatement, Code: "me:lay-review", Support: by(6, 9)},
	}
	g, err := guidance.Build(c, topicID, guidance.Config{})
	require.NoError(t, err)
	var general, told int
	for _, s := range g.Sections {
		for _, b := range s.Blocks {
			for _, step := range b.Steps {
				if step.Source == guidance.Derived {
					told++
					continue
				}
				general++
				require.Nil(t, step.Support)
				require.Equal(t, "general advice: too few contributors told of it", step.Seen)
			}
		}
	}
	require.Equal(t, 1, told)
	require.Equal(t, 4, general)
	require.NotContains(t, section(t, g, "brief"), "general advice")
}
