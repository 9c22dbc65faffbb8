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
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// Each step that was told says in how many examples, in every language, and what is said
// beside and below it has a row with its very figures in what the guide rests on; no other
// row stands there.
func TestFiguresAreWhole(t *testing.T) {
	for _, locale := range guidance.Locales() {
		for _, c := range []*aggregate.Collection{grouped(), bounded()} {
			g, err := guidance.Build(c, topicID, guidance.Config{Locale: locale})
			require.NoError(t, err)
			e, err := evidenceOf(c, guidance.Config{Locale: locale})
			require.NoError(t, err)
			require.Empty(t, slotIDs(e))
			rows := map[string]*aggregate.Support{}
			for _, s := range e.Sections {
				for _, b := range s.Blocks {
					if b.Table == nil || s.ID != "figures" {
						continue
					}
					require.Len(t, b.Table.Claims, len(b.Table.Rows))
					for i, row := range b.Table.Claims {
						require.NotContains(t, rows, row.Statement, "a row twice")
						rows[row.Statement] = row.Support
						require.Contains(t, b.Table.Rows[i][1], fmt.Sprint(row.Support.Examples))
					}
				}
			}
			said := map[string]*aggregate.Support{}
			var below func(claims []guidance.Claim)
			below = func(claims []guidance.Claim) {
				for _, c := range claims {
					if c.Source == guidance.Derived && said[c.Statement] == nil { // its wordings are of it
						said[c.Statement] = c.Support
					}
					below(c.Details)
				}
			}
			for _, s := range g.Sections {
				require.NotEqual(t, "figures", s.ID)
				for _, b := range s.Blocks {
					for _, step := range b.Steps {
						if step.Source == guidance.Derived {
							require.Contains(t, step.Seen, fmt.Sprint(step.Support.Examples), locale)
							require.Contains(t, step.Seen, fmt.Sprint(step.Support.Of), locale)
							said[step.Statement] = step.Support
							below(step.Rests)
							below(step.Details)
						}
					}
				}
			}
			require.Equal(t, rows, said)
		}
	}
}

// What a guide rests on is told in it in half a page: each number of it stands in full
// elsewhere too.
func TestInFewWords(t *testing.T) {
	for _, locale := range guidance.Locales() {
		g, err := guidance.Build(grouped(), topicID, guidance.Config{Locale: locale})
		require.NoError(t, err)
		said := section(t, g, "annex")
		require.Less(t, len(strings.Fields(said))-len(strings.Fields(text(t, &guidance.Guide{Schema: g.Schema, Front: g.Front}))), 150, said)
		links := 0
		each(g, func(c guidance.Claim) {
			if c.Document == "evidence."+topicID {
				links++
			}
		})
		require.Equal(t, 1, links, locale)
		for _, s := range guidance.Trace(g, grouped()) {
			require.Empty(t, s.Loose, s.Text)
		}
	}
}

// What is not known of those who told of something is not said: nothing recurs across kinds
// of organisation where these were not told.
func TestStrengthSaysNoMoreThanIsKnown(t *testing.T) {
	for kinds, want := range []string{"five or more contributors", "five or more contributors", ""} {
		c := bounded()
		for i := range c.Topics[0].Statements {
			c.Topics[0].Statements[i].Kinds = kinds
		}
		g, err := entire(c, topicID, guidance.Config{})
		require.NoError(t, err)
		said := 0
		for _, s := range g.Sections {
			for _, b := range s.Blocks {
				if b.Table == nil || s.ID != "figures" {
					continue
				}
				for r, c := range b.Table.Claims {
					if c.Support.Kinds == kinds && !c.Support.AlmostAll && len(c.Rests) == 0 {
						got := ""
						if at := slices.Index(b.Table.Header, "How strong"); at > 0 {
							got = b.Table.Rows[r][at]
						}
						require.Equal(t, want, got, "%d kinds: %s", kinds, c.Text)
						said++
					}
				}
			}
		}
		require.Positive(t, said)
	}
}

// each visits what a guide prints outside of tables and figures.
func each(g *guidance.Guide, visit func(guidance.Claim)) {
	var walk func(claims []guidance.Claim)
	walk = func(claims []guidance.Claim) {
		for _, c := range claims {
			visit(c)
			walk(c.Details)
		}
	}
	for _, s := range g.Sections {
		for _, b := range s.Blocks {
			walk(b.Claims)
			for _, step := range b.Steps {
				walk([]guidance.Claim{step.Claim})
			}
		}
	}
}

// A line that leads to a list leads to two items or more.
func TestNoListOfOne(t *testing.T) {
	g, err := entire(grouped(), topicID, guidance.Config{})
	require.NoError(t, err)
	for _, s := range g.Sections {
		for i, b := range s.Blocks {
			if i == 0 || b.Kind != guidance.List || len(b.Claims) != 1 || s.Blocks[i-1].Kind != guidance.Paragraph {
				continue
			}
			require.Contains(t, b.Claims[0].Text, ":", "%s: it has a line of its own before its colon", s.ID)
		}
	}
}

// What did not help says what, not only that something was chosen, handled or shared.
func TestWhatToAvoidSaysSomething(t *testing.T) {
	for c := range vocabulary.Default().Scheme(vocabulary.Theme).Concepts() {
		text, in := c.Say("avoid", "en-GB")
		if in != "en-GB" {
			continue
		}
		for _, empty := range []string{"the way ", "chosen", ", or was not", "the size of"} {
			require.NotContains(t, text, empty, c.ID())
		}
	}
}

// A guide for a group that begins has members, roles and a first agenda, in every
// language; others do without.
func TestFirstMeetings(t *testing.T) {
	c := made()
	c.Topics[0].Objective = "ob:establish-group"
	for _, locale := range guidance.Locales() {
		g, err := entire(c, c.Topics[0].ID, guidance.Config{Locale: locale})
		require.NoError(t, err, locale)
		said := section(t, g, "meetings")
		require.Equal(t, 12, strings.Count(said, "|")-4, "%s: %s", locale, said)
		require.NotContains(t, said, "[en-GB]", locale)
		catalog, err := guidance.OpenCatalog(locale, nil)
		require.NoError(t, err)
		agenda, _, _ := strings.Cut(said, catalog.Say("meetings.roles", nil))
		require.NotContains(t, agenda, "| "+catalog.Say("meetings.chair", nil)+"\n", "%s: a chair is chosen later", locale)
	}
	other, err := entire(made(), topicID, guidance.Config{})
	require.NoError(t, err)
	for _, s := range other.Sections {
		require.NotEqual(t, "meetings", s.ID)
	}
}
