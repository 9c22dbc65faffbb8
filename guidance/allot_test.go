// SPDX-License-Identifier: Apache-2.0

package guidance_test

import (
	"fmt"
	"slices"
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

// A tip, a warning sign and what the whole collection tells stand in two guides at most, but that
// each step says how it is taken: of a step that many guides have, each tells other tips as far as
// there are any. Such a step is told in full on the page of the collection.
func TestTipsStandInTwoGuides(t *testing.T) {
	for _, locale := range guidance.Locales() {
		c, cfg := several(), guidance.Config{Locale: locale}
		catalog, err := guidance.OpenCatalog(locale, nil)
		require.NoError(t, err)
		warning, _, _ := strings.Cut(catalog.Say("step.warn", map[string]any{"sign": "|", "what": ""}), "|")
		in, elsewhere := map[string]map[string]bool{}, 0
		count := func(id, text string) {
			if in[text] == nil {
				in[text] = map[string]bool{}
			}
			in[text][id] = true
		}
		shared := map[string]int{}
		steps := map[string]int{}
		of := map[string]map[string]bool{} // the tips that any guide has of a step
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
						steps[step.Text]++
						if of[step.Text] == nil {
							of[step.Text] = map[string]bool{}
						}
						ways := 0
						for _, d := range slices.Concat(step.Details, under(step.Details)) {
							if d.Source == guidance.Vocabulary && !strings.HasPrefix(d.Text, warning) {
								of[step.Text][d.Text] = true
								ways++
							}
						}
						require.GreaterOrEqual(t, ways, 2, "%s: %s", locale, step.Text)
						if step.Source == guidance.Vocabulary {
							shared[step.Text]++
						}
					}
				}
			}
		}
		require.Greater(t, len(in), 20, locale)
		require.Positive(t, elsewhere, locale)
		most := map[string]int{} // in how many guides a tip stands at most where those of a step take turns
		for step, tips := range of {
			for tip := range tips {
				most[tip] = max(2, 2+3*steps[step]/len(tips))
			}
		}
		for text, guides := range in {
			require.LessOrEqual(t, len(guides), max(2, most[text]), "%s: %s", locale, text)
		}
		about, err := guidance.About(c, cfg)
		require.NoError(t, err)
		common := section(t, about, "common")
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

// under are the claims below some.
func under(claims []guidance.Claim) []guidance.Claim {
	var out []guidance.Claim
	for _, c := range claims {
		out = append(append(out, c.Details...), under(c.Details)...)
	}
	return out
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
		catalog, err := guidance.OpenCatalog(locale, nil)
		require.NoError(t, err)
		general := []string{catalog.Say("glance.step", nil), catalog.Say("glance.get", nil)}
		for key, elsewhere := range map[string][]aggregate.Statement{"lead.general": {{ID: "step.me-outreach", Kind: aggregate.StepStatement, Code: "me:outreach", Support: by(20, 40)}}, "lead.general-only": nil} {
			c.Topics[0].Statements, c.TopicGroups, c.Statements = nil, nil, elsewhere
			g, err = guidance.Build(c, topicID, guidance.Config{Locale: locale})
			require.NoError(t, err)
			require.NotEqual(t, own, g.Front.Lead, locale)
			require.NotContains(t, g.Front.Lead, "[en", locale)
			require.Equal(t, catalog.Say(key, map[string]any{"n": 9, "contributors": 9}), g.Front.Lead)
			require.Empty(t, guidance.Trace(g, c)[0].Loose)
			header := g.Sections[1].Blocks[0].Table.Header
			require.Equal(t, elsewhere == nil, slices.Equal(header, general), "%s: what all rest on is not said of each", locale)
		}
	}
}
