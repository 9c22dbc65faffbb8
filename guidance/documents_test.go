// SPDX-License-Identifier: Apache-2.0

package guidance_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/model"
)

func TestWorkshop(t *testing.T) {
	g, err := guidance.Workshop(made(), topicID, 17, guidance.Config{Date: "2026-11-22"})
	golden(t, "workshop", g, err)
	said := text(t, g)
	require.Contains(t, said, "Chatham House Rule")
	require.Contains(t, said, "lowest total comes first")
}

func TestWorkshopParticipants(t *testing.T) {
	for _, n := range []int{-1, 0, 11, 31, 1000} {
		_, err := guidance.Workshop(made(), topicID, n, guidance.Config{})
		require.ErrorIs(t, err, guidance.ErrArgument, "%d", n)
	}
	minutes := 0
	for n := 12; n <= 30; n++ {
		g, err := guidance.Workshop(made(), topicID, n, guidance.Config{})
		require.NoError(t, err)
		at := slices.IndexFunc(g.Sections, func(s guidance.Section) bool { return s.ID == "agenda" })
		agenda, mix := g.Sections[at].Blocks[0].Table, g.Sections[at].Blocks[1].Table
		total := 0
		for i, row := range agenda.Rows {
			require.Equal(t, fmt.Sprintf("%d:%02d", total/60, total%60), row[1], "part %d begins when the last one ends", i)
			total += number(t, row[2])
		}
		require.GreaterOrEqual(t, total, minutes, "more people take no less time")
		minutes = total
		// Each person is in one small group and one re-mixed group; none has more
		// than ten people, all are within one, and none is kept together.
		for i := 1; i <= 3; i++ {
			column, row := 0, 0
			for j := range 3 {
				column += number(t, mix.Rows[j][i])
				row += number(t, mix.Rows[i-1][j+1])
				require.LessOrEqual(t, number(t, mix.Rows[j][i]), 4)
			}
			require.Equal(t, number(t, mix.Rows[3][i]), column)
			require.Equal(t, number(t, mix.Rows[i-1][4]), row)
			for _, size := range []int{row, column} {
				require.LessOrEqual(t, size, 10)
				require.InDelta(t, float64(n)/3, float64(size), 1)
			}
		}
		require.Equal(t, n, number(t, mix.Rows[3][4]))
	}
	require.Greater(t, minutes, 200)
}

func number(t testing.TB, s string) int {
	t.Helper()
	n := 0
	_, err := fmt.Sscanf(s, "%d", &n)
	require.NoError(t, err)
	return n
}

func TestWorkshopOfATopicWithoutStatements(t *testing.T) {
	c := made()
	c.Topics[0].Statements = nil
	g, err := guidance.Workshop(c, topicID, 12, guidance.Config{})
	require.NoError(t, err)
	require.Contains(t, text(t, g), "No example in this collection addresses this")
	_, err = guidance.Workshop(c, "ch-nothing", 12, guidance.Config{})
	require.ErrorIs(t, err, guidance.ErrArgument)
}

func TestShowcase(t *testing.T) {
	g, err := guidance.Showcase(made(), guidance.Config{Date: "2026-11-22"})
	golden(t, "showcase", g, err)
	said := text(t, g)
	for _, want := range []string{"Wexmoor Listening Trust", "CC BY 4.0", "Paid for by the made-up Wexmoor Fund.", "Marlinford Carers"} {
		require.Contains(t, said, want)
	}
	empty := made()
	empty.Showcase = nil
	g, err = guidance.Showcase(empty, guidance.Config{})
	require.NoError(t, err)
	require.Contains(t, text(t, g), "No contributor to this collection agreed to be named.")
}

// An exhibit that lacks what it must be shown with stops the whole showcase, and
// the digest too; the error does not tell its title.
func TestShowcaseRefuses(t *testing.T) {
	for _, row := range []struct {
		name  string
		spoil func(x *aggregate.Exhibit)
	}{
		{"funded work that acknowledges nobody", func(x *aggregate.Exhibit) { x.Acknowledgements = nil }},
		{"public without a source", func(x *aggregate.Exhibit) { x.Sources = nil }},
		{"licence without attribution", func(x *aggregate.Exhibit) {
			x.Funded, x.Acknowledgements, x.Sources[0].Attribution = false, nil, ""
		}},
		{"attributed without a name", func(x *aggregate.Exhibit) { x.Level, x.Name = model.Attributed, "" }},
		{"anonymous", func(x *aggregate.Exhibit) { x.Level = model.Anonymous }},
		{"level never set", func(x *aggregate.Exhibit) { x.Level = 0 }},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := made()
			row.spoil(&c.Showcase[0])
			g, err := guidance.Showcase(c, guidance.Config{})
			require.ErrorIs(t, err, guidance.ErrCheck)
			require.Nil(t, g)
			require.NotContains(t, err.Error(), "bus")
			_, err = guidance.Digest(c, nil, guidance.Config{})
			require.ErrorIs(t, err, guidance.ErrCheck)
		})
	}
}

func TestResourceList(t *testing.T) {
	g, err := guidance.ResourceList(made(), guidance.Config{Date: "2026-11-22"})
	golden(t, "resource-list", g, err)
	said := text(t, g)
	require.Contains(t, said, "Found helpful (seen in 5 of 6 examples)")
	require.Contains(t, said, "Would do it again (seen in 6 of 40 examples)")
	g, err = guidance.ResourceList(&aggregate.Collection{Schema: aggregate.Schema, K: 5}, guidance.Config{})
	require.NoError(t, err)
	require.Contains(t, text(t, g), "No example in this collection addresses this")
}

func TestDigest(t *testing.T) {
	before, now := made(), made()
	before.Edition, before.Showcase = "earlier", before.Showcase[1:]
	before.Topics[0].Support = by(7, 33)
	before.Topics[0].Statements = before.Topics[0].Statements[:3]
	before.Topics = append(before.Topics, aggregate.Topic{ID: "ch-time", Challenge: "ch:time", Support: by(5, 33)})
	now.Topics = append(now.Topics, aggregate.Topic{ID: "ch-trust", Challenge: "ch:trust", Support: by(6, 40)})
	g, err := guidance.Digest(now, before, guidance.Config{Date: "2026-11-22"})
	golden(t, "digest", g, err)
	said := text(t, g)
	require.Contains(t, said, "A bus that listens")
	require.NotContains(t, said, "Tea and letters")
	require.Contains(t, said, "Before: 7 of 33.")

	same, err := guidance.Digest(made(), made(), guidance.Config{})
	require.NoError(t, err)
	require.Contains(t, text(t, same), "Nothing has changed")
	first, err := guidance.Digest(made(), nil, guidance.Config{})
	require.NoError(t, err)
	require.Contains(t, text(t, first), "A bus that listens")
	require.NotContains(t, text(t, first), "Before:")
}

// An edition that prints a topic as an earlier one did, of 40 examples, and counts 5 today,
// says of no document that it is made from 5; nor of one whose number is not told.
func TestLeadsTellOneTotal(t *testing.T) {
	for _, all := range []int{0, 5, 40} {
		c := made()
		c.Examples, c.Contributors = all, all
		for name, write := range map[string]func() (*guidance.Guide, error){
			"about":  func() (*guidance.Guide, error) { return guidance.About(c, guidance.Config{}) },
			"list":   func() (*guidance.Guide, error) { return guidance.ResourceList(c, guidance.Config{}) },
			"digest": func() (*guidance.Guide, error) { return guidance.Digest(c, nil, guidance.Config{}) },
		} {
			g, err := write()
			require.NoError(t, err)
			if all == 40 {
				require.Contains(t, g.Front.Lead, "40", name)
				require.Equal(t, 40, g.Front.Examples, name)
				continue
			}
			require.Empty(t, g.Front.Lead, name)
			require.Zero(t, g.Front.Examples, name)
			require.Zero(t, g.Front.Contributors, name)
		}
	}
}

func TestAssessment(t *testing.T) {
	criteria, err := guidance.OpenCriteria("en-GB", nil)
	require.NoError(t, err)
	require.False(t, criteria.Fallback)
	patients, err := criteria.ForPatients(guidance.Config{})
	golden(t, "assessment-patients", patients, err)
	professionals, err := criteria.ForProfessionals(guidance.Config{})
	golden(t, "assessment-professionals", professionals, err)
	require.Equal(t, slotIDs(patients), slotIDs(professionals), "both sides answer the same questions")
	require.NotEqual(t, text(t, patients), text(t, professionals))
}

// Every language asks for the same characteristics, in its own words.
func TestCriteriaInEveryLanguage(t *testing.T) {
	english, err := guidance.OpenCriteria(guidance.SourceLocale, nil)
	require.NoError(t, err)
	texts := func(k guidance.Criterion) []string {
		return []string{k.Text, k.ToPatients, k.ToProfessionals, k.Evidence}
	}
	for _, locale := range append(guidance.Locales(), "de-AT") {
		t.Run(locale, func(t *testing.T) {
			criteria, err := guidance.OpenCriteria(locale, nil)
			require.NoError(t, err)
			require.False(t, criteria.Fallback)
			require.Equal(t, english.Version, criteria.Version, "answers can be compared across languages")
			require.Len(t, criteria.List, len(english.List))
			seen := map[string]bool{}
			for i, k := range criteria.List {
				e := english.List[i]
				require.Equal(t, []string{e.ID, e.Type, e.Source}, []string{k.ID, k.Type, k.Source})
				for j, text := range texts(k) {
					require.False(t, seen[text], "%s: said twice", k.ID)
					seen[text] = true
					require.True(t, locale == guidance.SourceLocale || text != texts(e)[j], "%s is not translated", k.ID)
					require.True(t, norm.NFC.IsNormalString(text) && strings.TrimSpace(text) == text, k.ID)
					require.NotContains(t, text, "\"", k.ID)
					ends := []bool{strings.HasSuffix(text, "."), strings.HasSuffix(text, "?")}
					require.Equal(t, [][]bool{{false, false}, {false, true}, {false, true}, {true, false}}[j], ends, "%s: a phrase, two questions, a sentence", k.ID)
					if locale == "fr" {
						require.NotRegexp(t, ` [?:;!»]|« `, text, "a space that does not break")
					}
				}
			}
			for _, by := range []func(guidance.Config) (*guidance.Guide, error){criteria.ForPatients, criteria.ForProfessionals} {
				g, err := by(guidance.Config{Locale: locale})
				require.NoError(t, err)
				require.NotContains(t, text(t, g), "[en-GB]")
			}
		})
	}
}

// The sources of the criteria are those that the table's head names.
func TestCriteria(t *testing.T) {
	criteria, err := guidance.OpenCriteria("en-GB", nil)
	require.NoError(t, err)
	from := map[string]int{}
	for _, k := range criteria.List {
		from[k.Source]++
		for _, s := range []string{k.ToPatients, k.ToProfessionals} {
			require.True(t, strings.HasSuffix(s, "?"), k.ID)
		}
	}
	for _, source := range []string{"partnership-week", "ppg-project", "quality", "role", "initiative"} {
		require.Positive(t, from[source], source)
	}
	require.Len(t, from, 5)
	finnish, err := guidance.OpenCriteria("fi", nil)
	require.NoError(t, err)
	require.True(t, finnish.Fallback, "what is not translated says so")
	row := "heard\tboth\tx\tText\tTo patients?\tTo professionals?\tEvidence\n"
	for name, body := range map[string]string{
		"no version": row, "nothing": "version\t1\n", "short row": "version\t1\nheard\tboth\n", "unknown type": "version\t1\n" + strings.Replace(row, "both", "neither", 1),
		"twice": "version\t1\n" + row + row, "empty cell": "version\t1\n" + strings.Replace(row, "Text", "", 1), "id": "version\t1\n" + strings.Replace(row, "heard", "<b>", 1),
	} {
		_, err := guidance.OpenCriteria("xx", fstest.MapFS{"xx.tsv": {Data: []byte(body)}})
		require.ErrorIs(t, err, guidance.ErrTable, name)
	}
	own, err := guidance.OpenCriteria("xx", fstest.MapFS{"xx.tsv": {Data: []byte("version\t7\n" + row)}})
	require.NoError(t, err)
	require.Equal(t, "7", own.Version)
}

func TestCriteria_Compare(t *testing.T) {
	criteria, err := guidance.OpenCriteria("en-GB", nil)
	require.NoError(t, err)
	answers := func(pairs ...string) map[string]guidance.Answer {
		out := map[string]guidance.Answer{}
		for i := 0; i < len(pairs); i += 2 {
			out[pairs[i]] = guidance.Answer{Text: pairs[i+1]}
		}
		return out
	}
	rounds := []guidance.Round{
		{
			Date: "2027-05-01", Patients: answers("verdict.heard", "Partly", "evidence.heard", "The new desk."),
			Professionals: answers("verdict.heard", "Yes", "verdict.safety", "Not known", "verdict.real", "I cannot say"),
		},
		{Date: "2026-05-01", Patients: answers("verdict.heard", "No"), Professionals: answers("verdict.heard", "Yes", "verdict.safety", "Yes")},
	}
	g, err := criteria.Compare(rounds, guidance.Config{})
	golden(t, "assessment-comparison", g, err)
	said := text(t, g)
	require.Contains(t, said, "Patients: Partly. Professionals: Yes.")
	require.Contains(t, said, "Patients: from No to Partly.")
	require.NotContains(t, said, "I cannot say", "what is no verdict is not repeated")
	require.NotContains(t, said, "without delay. Professionals", "not known is no change")
	_, err = criteria.Compare(nil, guidance.Config{})
	require.ErrorIs(t, err, guidance.ErrArgument)
	rounds[0].Version = "0"
	_, err = criteria.Compare(rounds, guidance.Config{})
	require.ErrorIs(t, err, guidance.ErrArgument)
}

func TestConsultationReport(t *testing.T) {
	g, err := guidance.ConsultationReport("england", guidance.Config{Date: "2026-11-22"})
	golden(t, "consultation-report", g, err)
	for _, s := range g.Sections {
		for _, b := range s.Blocks {
			for _, c := range b.Claims {
				require.NotEqual(t, guidance.Derived, c.Source)
			}
		}
	}
}

// A pack is in the language of its rules; a report in another says so.
func TestJurisdictionInAnotherLanguage(t *testing.T) {
	for _, row := range []struct{ locale, says, not string }{
		{"de", "nicht übersetzt", ""}, {"sv", "inte översatta", ""}, {"en-AU", "Integrated care board", "not translated"}, {"en-GB", "Integrated care board", "not translated"},
	} {
		g, err := guidance.ConsultationReport("england", guidance.Config{Locale: row.locale})
		require.NoError(t, err)
		require.Contains(t, text(t, g), row.says)
		require.Equal(t, row.not == "", strings.Contains(text(t, g), "[en-GB] "), row.locale)
		if row.not != "" {
			require.NotContains(t, text(t, g), row.not)
		}
	}
}

func TestJurisdictionRefuses(t *testing.T) {
	head := "meta\tname\t-\t-\tNowhere\tx\nmeta\tversion\t-\t-\t1\tx\n"
	rule := "duty\tone\t2010\t-\tA duty\tDoes it apply?\n"
	for name, body := range map[string]string{
		"no name": rule, "no rules": head, "a statement of law": head + strings.Replace(rule, "Does it apply?", "It applies.", 1), "unknown kind": head + strings.Replace(rule, "duty", "law", 1),
		"a date that is none": head + strings.Replace(rule, "2010", "soon", 1), "short": head + "duty\tone\n", "twice": head + rule + rule,
	} {
		_, err := guidance.ConsultationReport("nowhere", guidance.Config{Catalogs: fstest.MapFS{"jurisdiction/nowhere.tsv": {Data: []byte(body)}}})
		require.ErrorIs(t, err, guidance.ErrTable, name)
	}
	own := guidance.Config{Catalogs: fstest.MapFS{"jurisdiction/nowhere.tsv": {Data: []byte(head + rule)}}}
	g, err := guidance.ConsultationReport("nowhere", own)
	require.NoError(t, err)
	require.Contains(t, text(t, g), "Nowhere")
	require.Contains(t, text(t, g), "Does it apply?")
	_, err = guidance.ConsultationReport("england", own)
	require.NoError(t, err, "built-in tables stay beside one's own")
	for _, name := range []string{"atlantis", "../england", ""} {
		_, err := guidance.ConsultationReport(name, guidance.Config{})
		require.ErrorIs(t, err, guidance.ErrTable)
	}
}

// Every document is the same bytes every time, in every format, and its slots
// have ids of their own.
func TestDocumentsAreDeterministic(t *testing.T) {
	all := func() []*guidance.Guide {
		var out []*guidance.Guide
		var failed error
		add := func(g *guidance.Guide, err error) { out, failed = append(out, g), errors.Join(failed, err) }
		criteria, err := guidance.OpenCriteria("en-GB", nil)
		require.NoError(t, err)
		add(guidance.Build(made(), topicID, guidance.Config{}))
		add(guidance.Workshop(made(), topicID, 20, guidance.Config{}))
		add(guidance.Showcase(made(), guidance.Config{}))
		add(guidance.ResourceList(made(), guidance.Config{}))
		add(guidance.Digest(made(), nil, guidance.Config{}))
		add(criteria.ForPatients(guidance.Config{}))
		add(guidance.ConsultationReport("england", guidance.Config{}))
		require.NoError(t, failed)
		return append(out, hand())
	}
	once, again := all(), all()
	for i, g := range once {
		for ext, r := range renderers() {
			require.True(t, string(rendered(t, r, g)) == string(rendered(t, r, again[i])), "%s.%s", g.Front.ID, ext)
		}
		seen := map[string]bool{}
		for _, id := range slotIDs(g) {
			require.False(t, seen[id], "%s: slot %s stands twice", g.Front.ID, id)
			require.Regexp(t, `^[a-z0-9][a-zA-Z0-9._-]*$`, id)
			seen[id] = true
		}
	}
}

// No message is missing: a key that nobody knows shows as [key].
func TestNoMessageIsMissing(t *testing.T) {
	for _, g := range []func() (*guidance.Guide, error){
		func() (*guidance.Guide, error) { return guidance.Workshop(made(), topicID, 30, guidance.Config{}) },
		func() (*guidance.Guide, error) { return guidance.Digest(made(), nil, guidance.Config{}) },
	} {
		guide, err := g()
		require.NoError(t, err)
		require.NotRegexp(t, `\[[a-z-]+\.[a-z.-]+\]`, text(t, guide))
	}
}
