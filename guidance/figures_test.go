// SPDX-License-Identifier: Apache-2.0

package guidance_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// Every mark leads to a row with the very figures of its claim, in every language; the
// steps stand without figures, and each of theirs has a row.
func TestFiguresAreWhole(t *testing.T) {
	for _, locale := range guidance.Locales() {
		for _, write := range []func(cfg guidance.Config) (*guidance.Guide, error){
			func(cfg guidance.Config) (*guidance.Guide, error) { return guidance.Build(grouped(), topicID, cfg) },
			func(cfg guidance.Config) (*guidance.Guide, error) { return guidance.Build(bounded(), topicID, cfg) },
		} {
			g, err := write(guidance.Config{Locale: locale})
			require.NoError(t, err)
			rows := map[string]guidance.Claim{}
			for _, s := range g.Sections {
				for _, b := range s.Blocks {
					if b.Table == nil || len(b.Table.RowIDs) == 0 {
						continue
					}
					require.Len(t, b.Table.Claims, len(b.Table.RowIDs))
					for i, id := range b.Table.RowIDs {
						require.NotContains(t, rows, id, "a row twice")
						rows[id] = b.Table.Claims[i]
						require.Contains(t, b.Table.Rows[i][1], fmt.Sprint(b.Table.Claims[i].Support.Examples))
					}
				}
			}
			require.NotEmpty(t, rows)
			marks, below := 0, 0
			for _, s := range g.Sections {
				if s.ID == "annex" {
					break
				}
				for _, b := range s.Blocks {
					for _, step := range b.Steps {
						for _, r := range step.Rests {
							if r.Text != "" {
								below++
							}
						}
						for _, c := range append(step.Details, step.Claim) {
							require.NotRegexp(t, `\d`, c.Seen, "%s: a count before the annex", c.Text)
						}
					}
					for _, c := range b.Claims {
						require.NotRegexp(t, `\d`, c.Seen, "%s: a count before the annex", c.Text)
					}
				}
			}
			each(g, func(c guidance.Claim) {
				if c.Row == "" {
					return
				}
				marks++
				require.NotRegexp(t, `\d`, c.Seen, "a number stands once, in its table: %s", c.Text)
				require.Contains(t, rows, c.Row, c.Text)
				require.Equal(t, rows[c.Row].Support, c.Support, c.Text)
				require.Equal(t, rows[c.Row].Statement, c.Statement, c.Text)
			})
			require.Equal(t, len(rows), marks+below)
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
		g, err := guidance.Build(c, topicID, guidance.Config{})
		require.NoError(t, err)
		said := 0
		for _, s := range g.Sections {
			for _, b := range s.Blocks {
				if b.Table == nil || len(b.Table.RowIDs) == 0 {
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
	g, err := guidance.Build(grouped(), topicID, guidance.Config{})
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
		g, err := guidance.Build(c, c.Topics[0].ID, guidance.Config{Locale: locale})
		require.NoError(t, err, locale)
		said := section(t, g, "meetings")
		require.Equal(t, 12, strings.Count(said, "|")-4, "%s: %s", locale, said)
		require.NotContains(t, said, "[en-GB]", locale)
		catalog, err := guidance.OpenCatalog(locale, nil)
		require.NoError(t, err)
		agenda, _, _ := strings.Cut(said, catalog.Say("meetings.roles", nil))
		require.NotContains(t, agenda, "| "+catalog.Say("meetings.chair", nil)+"\n", "%s: a chair is chosen later", locale)
	}
	other, err := guidance.Build(made(), topicID, guidance.Config{})
	require.NoError(t, err)
	for _, s := range other.Sections {
		require.NotEqual(t, "meetings", s.ID)
	}
}
