// SPDX-License-Identifier: Apache-2.0

package guidance_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/guidance"
)

// bounded is circled with bounds where it had numbers, and opposed lessons.
func bounded() *aggregate.Collection {
	c := grouped()
	t := &c.Topics[0]
	measured := by(5, 9)
	measured.AlmostAll, measured.Kinds = true, 0
	t.Measured = &measured
	t.Statements = append(t.Statements, aggregate.Statement{
		ID: "lesson.worked.me-survey", Kind: aggregate.LessonStatement, Part: "worked", Code: "me:survey", Support: by(6, 9), Opposes: "lesson.did-not-work.me-survey",
	}, aggregate.Statement{
		ID: "step.me-survey", Kind: aggregate.StepStatement, Code: "me:survey", Support: by(7, 9),
		Efforts: []aggregate.Count{{Code: "eb:hours", Support: by(5, 7)}, {Code: "eb:weeks", Support: by(6, 7)}},
		Months:  []aggregate.Count{{Code: "1-3", Support: by(5, 7)}},
		Often:   []aggregate.Count{{Code: "monthly-quarterly", Support: by(5, 7)}},
	})
	return c
}

// Every number that a guide prints is one that the collection publishes, a bound
// as a bound, and what is said of contributors rests on what is published.
func TestTrace(t *testing.T) {
	for name, c := range map[string]*aggregate.Collection{"made": made(), "circled": grouped(), "bounded": bounded()} {
		for _, locale := range guidance.Locales() {
			g, err := guidance.Build(c, topicID, guidance.Config{Locale: locale})
			require.NoError(t, err)
			rests := 0
			for _, s := range guidance.Trace(g, c) {
				require.Empty(t, s.Loose, "%s %s %s %s", name, locale, s.At, s.Text)
				rests += len(s.Items)
				if s.Source == guidance.Derived {
					require.NotEmpty(t, s.Items, s.At)
				}
			}
			require.Greater(t, rests, 5)
		}
	}
}

// What nothing published bears out is found, wherever it stands.
func TestTraceFindsWhatNothingBearsOut(t *testing.T) {
	for name, spoil := range map[string]func(g *guidance.Guide){
		"a number in a sentence": func(g *guidance.Guide) { claimIn(g, "measured").Text = "In 4 of them something was compared." },
		"a bound as a number":    func(g *guidance.Guide) { claimIn(g, "measured").Text = "In 5 of them something was compared." },
		"another item":           func(g *guidance.Guide) { claimIn(g, "measured").Statement = "no-such" },
		"a support that nothing has": func(g *guidance.Guide) {
			s := by(8, 9)
			claimIn(g, "measured").Support = &s
		},
		"a number in a frame": func(g *guidance.Guide) {
			g.Sections[0].Blocks[1].Claims[0] = guidance.Claim{Text: "13 contributors told of it.", Source: guidance.Frame}
		},
		"a number under the title": func(g *guidance.Guide) { g.Front.Lead = strings.Replace(g.Front.Lead, "9", "12", 1) },
	} {
		g, err := entire(bounded(), topicID, guidance.Config{})
		require.NoError(t, err)
		spoil(g)
		loose := 0
		for _, s := range guidance.Trace(g, bounded()) {
			loose += len(s.Loose)
		}
		require.Positive(t, loose, name)
	}
}

// claimIn is the first claim of a guide that names an item.
func claimIn(g *guidance.Guide, statement string) *guidance.Claim {
	for _, s := range g.Sections {
		for _, b := range s.Blocks {
			for i := range b.Claims {
				if b.Claims[i].Statement == statement {
					return &b.Claims[i]
				}
			}
		}
	}
	return &guidance.Claim{}
}

// The pack of a workshop starts from what is contested, with both sides and their
// numbers; where nothing is, it does without.
func TestWorkshopStartsFromWhatIsContested(t *testing.T) {
	g, err := guidance.Workshop(bounded(), topicID, 12, guidance.Config{})
	require.NoError(t, err)
	require.Equal(t, "contested", g.Sections[1].ID)
	contested := section(t, g, "contested")
	for _, want := range []string{
		"some would do it again, others report", "again: a survey (6 of 9)", "a survey (5 of 9)", "How long: 1 to 2 weeks, in 6 of 7; 1 to 4 hours, in 5 of 7", "against",
	} {
		require.Contains(t, contested, want)
	}
	for _, s := range guidance.Trace(g, bounded()) {
		if strings.HasPrefix(s.At, "contested") {
			require.Empty(t, s.Loose, s.Text)
		}
	}
}

// A wording that a lesson has stands where the lesson does, though the lesson is
// named elsewhere before.
func TestALessonNamedBeforeKeepsItsWording(t *testing.T) {
	c := bounded()
	for i, s := range c.Topics[0].Statements {
		if s.Kind == aggregate.LessonStatement {
			c.Topics[0].Statements[i].Shared = []aggregate.Wording{{Text: "nobody answered the letter", Support: by(5, 9)}}
			break
		}
	}
	g, err := guidance.Build(c, topicID, guidance.Config{})
	require.NoError(t, err)
	require.Equal(t, 1, strings.Count(text(t, g), "nobody answered the letter"))
}
