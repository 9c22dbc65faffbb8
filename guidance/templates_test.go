// SPDX-License-Identifier: Apache-2.0

package guidance_test

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"

	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// Templates are the same documents in every language: the same parts and slots.
func TestTemplatesInEveryLanguage(t *testing.T) {
	shape := func(g *guidance.Guide) []string {
		var out []string
		for _, s := range g.Sections {
			out = append(out, s.ID)
			for _, b := range s.Blocks {
				out = append(out, string(b.Kind))
				if b.Slot != nil {
					out = append(out, b.Slot.ID)
				}
			}
		}
		return out
	}
	for _, name := range guidance.Templates() {
		english, err := guidance.FromTemplate(name, guidance.Config{})
		require.NoError(t, err, name)
		golden(t, "template-"+name, english, err)
		for _, locale := range guidance.Locales() {
			g, err := guidance.FromTemplate(name, guidance.Config{Locale: locale})
			require.NoError(t, err, name+" "+locale)
			require.Equal(t, shape(english), shape(g), name+" "+locale)
			all := text(t, g)
			require.NotContains(t, all, "[en-GB]", name+" "+locale)
			require.True(t, norm.NFC.IsNormalString(all))
			if locale != guidance.SourceLocale {
				require.NotEqual(t, english.Front.Lead, g.Front.Lead, name+" "+locale)
			}
		}
	}
}

// Every method that a template is offered for is a method, and the template is there.
func TestTemplatesAreOffered(t *testing.T) {
	body, err := os.ReadFile("data/template-for.tsv")
	require.NoError(t, err)
	offered := map[string]bool{}
	for line := range strings.Lines(string(body)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		method, name, _ := strings.Cut(strings.TrimSpace(line), "\t")
		c, ok := vocabulary.Default().Concept(method)
		require.True(t, ok, method)
		require.Equal(t, vocabulary.Method, c.Scheme())
		require.Contains(t, guidance.Templates(), name)
		offered[name] = true
	}
	require.Len(t, offered, len(guidance.Templates()), "a template that no step offers")

	g, err := guidance.Build(made(), topicID, guidance.Config{})
	require.NoError(t, err)
	require.Contains(t, section(t, g, "steps"), "To copy and fill in: Feedback letter: you said, we did")
}

func TestTemplatesOfOnesOwn(t *testing.T) {
	own := func(body string) guidance.Config {
		return guidance.Config{Catalogs: fstest.MapFS{"template/en-GB.tsv": {Data: []byte(strings.ReplaceAll(body, "|", "\t"))}}}
	}
	g, err := guidance.FromTemplate("our-form", own("our-form|title|Our form\nour-form|lead|Made up.\nour-form|section a|First\nour-form|ask q|Why?\n"))
	require.NoError(t, err)
	require.Equal(t, "Our form", g.Front.Title)
	require.Equal(t, []string{"a.q"}, slotIDs(g))
	g, err = guidance.FromTemplate("budget", own("our-form|title|Our form\n"))
	require.NoError(t, err)
	require.Equal(t, "Budget", g.Front.Title)
	for _, row := range []struct{ name, body, reason string }{
		{"no such", "", "nobody has it"},
		{"no title", "x|section a|First\n", "a document has a title"},
		{"no section", "x|title|X\nx|item|One\n", "an item stands in a section"},
		{"no words", "x|title\n", "words are missing"},
		{"unknown", "x|title|X\nx|section a|A\nx|picture|P\n", "no such part"},
		{"cells", "x|title|X\nx|section a|A\nx|head|A|B\nx|row|1\n", "a row has as many cells as its head"},
		{"row alone", "x|title|X\nx|section a|A\nx|row|1\n", "a row has a head"},
		{"id", "x|title|X\nx|section A B|A\n", "ids are ids"},
		{"slot", "x|title|X\nx|section a|A\nx|ask|Q?\n", "a slot has an id"},
	} {
		t.Run(row.name, func(t *testing.T) {
			_, err := guidance.FromTemplate("x", own(row.body))
			require.ErrorIs(t, err, guidance.ErrTable, row.reason)
		})
	}
}

// A template on a topic begins with what contributors told of the steps that it
// serves; the step points to it. Where they told nothing, the plain one serves.
func TestForTopic(t *testing.T) {
	c := bounded() // tells when, how long and how often of a survey
	for _, locale := range guidance.Locales() {
		g, err := guidance.ForTopic(c, topicID, "invitation", guidance.Config{Locale: locale})
		require.NoError(t, err, locale)
		plain, err := guidance.FromTemplate("invitation", guidance.Config{Locale: locale})
		require.NoError(t, err, locale)
		require.Equal(t, "told", g.Sections[0].ID)
		require.Equal(t, plain.Sections, g.Sections[1:])
		for _, s := range guidance.Trace(g, c) {
			require.Empty(t, s.Loose, "%s %s", locale, s.Text)
		}
	}
	g, err := guidance.ForTopic(c, topicID, "invitation", guidance.Config{})
	require.NoError(t, err)
	require.Contains(t, section(t, g, "told"), "How often: monthly to quarterly (in 5 of 7)")
	_, err = guidance.ForTopic(c, topicID, "consent", guidance.Config{})
	require.ErrorIs(t, err, guidance.ErrArgument)

	guide, err := guidance.Build(c, topicID, guidance.Config{})
	require.NoError(t, err)
	to := map[string]bool{}
	for _, s := range guide.Sections {
		for _, b := range s.Blocks {
			for _, step := range b.Steps {
				for _, d := range step.Details {
					to[d.Document] = true
				}
			}
		}
	}
	require.True(t, to["template.invitation."+topicID])
}
