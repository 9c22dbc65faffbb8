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
)

// several is a collection with many topics, of which contributors told the same and little.
func several() *aggregate.Collection {
	c := made()
	c.TopicGroups, c.Showcase = nil, nil
	for _, th := range []string{"pay-fairly", "answer-back", "personal-invitation", "go-to-people"} {
		c.Statements = append(c.Statements, aggregate.Statement{ID: "step.th-" + th, Kind: aggregate.StepStatement, Code: model.Code("th:" + th), Support: by(9, 40)})
	}
	first := c.Topics[0]
	first.Examples = nil
	c.Topics = nil
	for _, challenge := range []model.Code{"ch:seldom-heard", "ch:trust", "ch:recruitment", "ch:remuneration", "ch:feedback-loop", "ch:tokenism", "ch:time", "ch:jargon"} {
		t := first
		t.ID, t.Challenge, t.Objective = strings.ReplaceAll(string(challenge), ":", "-"), challenge, ""
		t.Statements = nil
		for _, code := range []string{"interview", "payment-policy"} {
			t.Statements = append(t.Statements, aggregate.Statement{ID: "step.me-" + code, Kind: aggregate.StepStatement, Code: model.Code("me:" + code), Support: by(6, 9)})
		}
		c.Topics = append(c.Topics, t)
	}
	return c
}

// A tip, a warning sign and what the whole collection tells stand in two guides at most. A step
// that more guides have is told in full on the page of the collection, to which each guide points
// from such a step of which it tells nothing.
func TestTipsStandInTwoGuides(t *testing.T) {
	for _, locale := range guidance.Locales() {
		c, cfg := several(), guidance.Config{Locale: locale}
		in, elsewhere := map[string]map[string]bool{}, 0
		count := func(id, text string) {
			if in[text] == nil {
				in[text] = map[string]bool{}
			}
			in[text][id] = true
		}
		shared := map[string]int{}
		pointing := map[string]bool{}
		for _, topic := range c.Topics {
			g, err := guidance.Build(c, topic.ID, cfg)
			require.NoError(t, err)
			var below func(claims []guidance.Claim)
			below = func(claims []guidance.Claim) {
				for _, d := range claims {
					if d.Source == guidance.Vocabulary {
						count(topic.ID, d.Text)
					}
					if d.Source == guidance.Derived && strings.HasPrefix(d.Statement, "all:") {
						count(topic.ID, d.Statement)
						elsewhere++
					}
					below(d.Details)
				}
			}
			for _, s := range g.Sections {
				for _, b := range s.Blocks {
					if s.ID != "brief" && s.ID != "meetings" || b.Kind == guidance.List {
						below(b.Claims)
					}
					for _, step := range b.Steps {
						below(step.Details)
						points, advised := false, false
						for _, d := range step.Details {
							points = points || d.Document == guidance.KindAbout
							advised = advised || d.Source == guidance.Vocabulary || len(d.Details) > 0 && d.Details[0].Source == guidance.Vocabulary
						}
						require.False(t, points && advised, step.Text)
						if points {
							pointing[step.Text] = true
						}
						if step.Source == guidance.Vocabulary {
							shared[step.Text]++
						}
					}
				}
			}
		}
		require.Greater(t, len(in), 20, locale)
		require.Positive(t, elsewhere, locale)
		for text, guides := range in {
			require.LessOrEqual(t, len(guides), 2, "%s: %s", locale, text)
		}
		require.NotEmpty(t, pointing, locale)
		about, err := guidance.About(c, cfg)
		require.NoError(t, err)
		common := section(t, about, "common")
		for text := range pointing {
			require.Contains(t, common, text, locale)
		}
		for text, n := range shared {
			if n > 2 {
				require.Contains(t, common, text, locale)
			}
		}
		require.NotContains(t, common, "[en", locale)
		for _, s := range guidance.Trace(about, c) {
			require.Empty(t, s.Loose, s.Text)
		}
	}
}

// What makes sense only where people meet is no advice where nobody does.
func TestNoWallWhereNobodyMeets(t *testing.T) {
	for code, want := range map[model.Code]bool{"me:focus-group": true, "me:reminders": false} {
		said := 0
		for i := range 20 { // whichever topic it is
			c := made()
			c.Statements = nil
			c.Topics[0].ID = fmt.Sprint("ch-culture-", i)
			c.Topics[0].Challenge, c.Topics[0].Objective = "ch:culture", ""
			c.Topics[0].Statements = []aggregate.Statement{{ID: "step." + strings.ReplaceAll(string(code), ":", "-"), Kind: aggregate.StepStatement, Code: code, Support: by(6, 9)}, {ID: "step.me-closing-loop", Kind: aggregate.StepStatement, Code: "me:closing-loop", Support: by(6, 9)}}
			g, err := guidance.Build(c, c.Topics[0].ID, guidance.Config{})
			require.NoError(t, err)
			said += strings.Count(text(t, g), "Hang the answer in the room")
		}
		require.Equal(t, want, said > 0, code)
	}
}

// A guide says that its steps are not its contributors' where none is.
func TestLeadSaysWhoseStepsTheyAre(t *testing.T) {
	for _, locale := range guidance.Locales() {
		c := made()
		g, err := guidance.Build(c, topicID, guidance.Config{Locale: locale})
		require.NoError(t, err)
		own := g.Front.Lead
		c.Topics[0].Statements = nil
		g, err = guidance.Build(c, topicID, guidance.Config{Locale: locale})
		require.NoError(t, err)
		require.NotEqual(t, own, g.Front.Lead, locale)
		require.NotContains(t, g.Front.Lead, "[en", locale)
		catalog, err := guidance.OpenCatalog(locale, nil)
		require.NoError(t, err)
		require.Equal(t, catalog.Say("lead.general", map[string]any{"n": 9, "contributors": 9}), g.Front.Lead)
		require.Empty(t, guidance.Trace(g, c)[0].Loose)
	}
}
