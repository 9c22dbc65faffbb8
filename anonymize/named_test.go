// SPDX-License-Identifier: Apache-2.0

package anonymize_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/model"
)

// Beside a name, the texts mask what the agreement leaves closed, and no more.
func TestNamedTextsMaskOnlyWhatTheyMust(t *testing.T) {
	const text = "The Slow Lantern Society rang Wexmoor Hospice in Carrowby on 12 March 2024. Letters were full of jargon. Young people and 11 of 36 members said so. Ida Thornquist (aged 9) and Dr Adebayo-Finch helped. Ring 020 7946 0112."
	other := model.Party{Ref: "p2", Identities: []model.Identity{{Type: "organisation", Name: "Wexmoor Hospice"}}}
	for _, row := range []struct {
		name   string
		level  model.Level
		form   model.NameForm
		want   string
		reason string
	}{
		{
			"public", model.Public, model.NameOrganisation,
			"The Slow Lantern Society rang [a hospice] in Carrowby on 12 March 2024. Letters were full of jargon. Young people and 11 of 36 members said so. [Name] (aged 9) and Dr [name] helped. Ring [a phone number].",
			"what its own source tells stays; others' declared names, people and contact details do not",
		},
		{
			"attributed, named", model.Attributed, model.NameOrganisation,
			"The Slow Lantern Society rang [a hospice] in Carrowby on [a day in January to March 2024]. Letters were full of jargon. Young people and 11 of 36 members said so. [Name] (aged [under-18]) and Dr [name] helped. Ring [a phone number].",
			"an agreement that names the organisation names it in the text too",
		},
		{
			"attributed, not named", model.Attributed, model.NameRole,
			"",
			"without that it is anonymous, and tells no sentence of its own",
		},
	} {
		t.Run(row.name, func(t *testing.T) {
			e := agreed("e1", "p1", text)
			e.Parties[0].Identities = []model.Identity{{Type: "organisation", Name: "The Slow Lantern Society"}, {Type: "person", Name: "Ida Thornquist"}}
			e.Agreements[0].Level, e.Agreements[0].NameForm = row.level, row.form
			e.Agreements[0].Uses[model.UseShowcase] = true
			e.PublicRefs = []model.PublicRef{{Type: "report", Title: "A made-up report", Covers: []string{"title", "lessons"}}}
			a := anonymizer(t, func(c *anonymize.Config) { c.Parties = append(e.Parties, other) })
			sign(t, a, e)
			require.Equal(t, row.want, one(t, a, e).Record.Published().Lessons[0].Text, row.reason)
		})
	}
}

// What would be a way round the texts: licences, codes of one's own, quotes
// beyond what the speaker agreed to, words that a search engine finds.
func TestNamesBesideTheTexts(t *testing.T) {
	e := agreed("e1", "p1", "We asked people first.", "Longer opening hours brought many more people to the evening groups.")
	e.Agreements[0].Uses[model.UseSingleSource] = true
	e.Agreements[0].Uses[model.UseQuotes] = true
	e.Parties[0].Identities = []model.Identity{{Type: "organisation", Name: "Marlinford Hospice", Forms: []model.Raw{"Marlinford"}}}
	e.Challenges = []model.Challenge{{Coded: model.Coded{Code: "ch:the-marlinford-way", AssignedBy: model.ByContributor}}}
	e.Steps = []model.Step{{Text: model.Text{Value: "Ask."}, Addresses: []model.Code{"ch:trust", "ch:marlinfordhospice"}}}
	e.Resources = []model.Resource{
		{Type: "tool", Licence: "Marlinford-1.0"},
		{Type: "tool", Licence: "Quorlbridge-2.0"},
		{Type: "tool", Licence: "CC-BY-Quorlbridge"},
		{Type: "tool", Licence: "CC-BY-NC-4.0"},
	}
	quote := func(text string, change func(*model.Quote)) {
		q := model.Quote{Text: model.Text{Value: model.Raw(text)}, Party: "p1", Consent: true, Surfaces: []string{"quotes"}}
		change(&q)
		e.Quotes = append(e.Quotes, q)
	}
	quote("It helped me to ask.", func(*model.Quote) {})
	quote("It helped me to wait.", func(q *model.Quote) { q.Consent = false })
	quote("It helped me to rest.", func(q *model.Quote) { q.Surfaces = []string{"workshop"} })
	quote("It helped me to read.", func(q *model.Quote) { q.Surfaces = nil })
	quote("It helped me to walk.", func(q *model.Quote) { q.VerbatimPublic = true })
	e.PublicRefs = []model.PublicRef{{Type: "press", Title: "Longer opening hours brought many more people to the evening groups"}}
	sign(t, anonymizer(t, nil), e)
	body, err := json.Marshal(one(t, anonymizer(t, nil), e).Record.Published())
	require.NoError(t, err)
	out := strings.ToLower(string(body))
	for _, gone := range []string{"marlinford", "quorlbridge", "wait", "rest.", "read.", "walk", "longer opening hours"} {
		require.False(t, strings.Contains(out, gone), "%d letters that may not stand", len(gone))
	}
	for _, kept := range []string{"helped me to ask", "we asked people first", "cc-by-nc-4.0", "ch:trust"} {
		require.Contains(t, out, kept)
	}
}

// What must be printed beside a named example may name nobody else of the collection.
func TestNamedExampleNamesNobodyElse(t *testing.T) {
	other := agreed("e2", "p2", "We wrote letters.")
	other.Parties[0].Identities = []model.Identity{{Type: "organisation", Name: "Marlinford Hospice"}}
	named := func() *model.Example {
		e := agreed("e1", "p1", "We asked people first.")
		e.Parties[0].Identities = []model.Identity{{Type: "organisation", Name: "Quorlbridge Group"}}
		e.Agreements[0].Level, e.Agreements[0].NameForm = model.Attributed, model.NameOrganisation
		e.Agreements[0].Uses[model.UseShowcase] = true
		return e
	}
	a := anonymizer(t, func(c *anonymize.Config) { c.Parties = other.Parties })

	e := named()
	e.PublicRefs = []model.PublicRef{
		{Type: "web", Title: "A report", Publisher: "Quorlbridge Group"},
		{Type: "web", Title: "A report", URL: "https://marlinfordhospice.example/report"},
	}
	sign(t, a, e)
	r := one(t, a, e).Record.Published()
	require.Equal(t, "Quorlbridge Group", r.Name)
	require.Len(t, r.Sources, 1)

	for name, change := range map[string]func(*model.Example){
		"attribution": func(e *model.Example) {
			e.Agreements[0].Attribution = model.Attribution{Required: true, Text: "With thanks to Marlinford Hospice"}
		},
		"funding": func(e *model.Example) {
			e.Funding = []model.Funding{{Source: "ot:charity", Statement: model.Text{Value: "Paid by Marlinford Hospice"}}}
		},
	} {
		t.Run(name, func(t *testing.T) {
			e := named()
			change(e)
			r := one(t, a, e)
			require.Equal(t, model.Aggregate, r.Record.Level())
			require.Zero(t, r.Record.Published())
			require.Equal(t, anonymize.ReasonNamesOther, r.Log.Reasons[0].Code)
		})
	}
}

// A child's words never stand beside a source that can be looked up; an adult's do, where
// both agreed.
func TestMinorsAreNotQuotedBesideAName(t *testing.T) {
	e := agreed("e1", "p1", "We asked people first.")
	byName(e, model.Public)
	e.Agreements[0].NameForm, e.Agreements[0].Consent.Capacity = model.NameNone, "guardian-for-minor"
	e.PublicRefs = []model.PublicRef{{Type: "report", Title: "A made-up report", Covers: []string{"title", "quotes"}}}
	e.Agreements[0].Uses[model.UseQuotes] = true
	for _, minor := range []bool{true, false} {
		text := model.Raw("It helped me to ask.")
		if minor {
			text = "It helped me to play."
		}
		e.Quotes = append(e.Quotes, model.Quote{Text: model.Text{Value: text}, Party: "p1", Consent: true, Surfaces: []string{"quotes"}, Minor: minor})
	}
	sign(t, anonymizer(t, nil), e)
	r := one(t, anonymizer(t, nil), e).Record
	require.Equal(t, model.Public, r.Level())
	var quotes []string
	for _, q := range r.Published().Quotes {
		quotes = append(quotes, q.Text)
	}
	require.Equal(t, []string{"It helped me to ask."}, quotes)
}

// Eight words in a row of what an example says in public lead to it, so that they never
// stand in a record without a name; beside a name they do.
func TestPublicWordsStandBesideANameOnly(t *testing.T) {
	const said = "The longest evening of the year brought many neighbours to the garden gate"
	for what, change := range map[string]func(e *model.Example){
		"a quote": func(e *model.Example) {
			e.Quotes = []model.Quote{{Text: model.Text{Value: said}, Party: "p1", Consent: true, Surfaces: []string{"quotes"}, VerbatimPublic: true}}
		},
		"a title": func(e *model.Example) { e.PublicRefs = []model.PublicRef{{Type: "press", Title: said}} },
		"an acknowledgement": func(e *model.Example) {
			e.PublicRefs = []model.PublicRef{{Type: "press", Title: "A made-up report", Attribution: said}}
		},
	} {
		t.Run(what, func(t *testing.T) {
			told := func(change func(e *model.Example)) bool {
				e := agreed("e1", "p1", said+".", "We asked people first.")
				change(e)
				sign(t, anonymizer(t, nil), e)
				lessons := one(t, anonymizer(t, nil), e).Record.Countable().Lessons
				require.Contains(t, lessons, anonymize.Lesson{Text: "We asked people first.", Kind: "worked"})
				return slices.ContainsFunc(lessons, func(l anonymize.Lesson) bool { return strings.Contains(l.Text, "neighbours to the garden") })
			}
			require.True(t, told(func(*model.Example) {}))
			require.False(t, told(change))
			require.True(t, told(func(e *model.Example) {
				change(e)
				byName(e, model.Attributed)
			}))
		})
	}
}

// Beside a name stands no field that is open without one only.
func TestFieldsBesideAName(t *testing.T) {
	for level, told := range map[model.Level]bool{model.Aggregate: false, model.Anonymous: false, model.Attributed: true} {
		e := agreed("e1", "p1", "We asked people first.")
		byName(e, model.Attributed)
		e.Agreements[0].Fields = map[string]model.Level{"lessons": level}
		sign(t, anonymizer(t, nil), e)
		r := one(t, anonymizer(t, nil), e).Record
		require.Equal(t, model.Attributed, r.Level())
		require.Equal(t, told, len(r.Published().Lessons) > 0, level.String())
		require.NotEmpty(t, r.Countable().Lessons, level.String())
	}
}

// What nobody agreed to count is not counted, though it is shown by name.
func TestShownIsNotCounted(t *testing.T) {
	for _, counted := range []model.Use{"", model.UseAggregate, model.UseGuidance} {
		e := agreed("e1", "p1", "We asked people first.")
		byName(e, model.Attributed)
		e.Agreements[0].Uses = model.Uses{model.UseShowcase: true}
		if counted != "" {
			e.Agreements[0].Uses[counted] = true
		}
		sign(t, anonymizer(t, nil), e)
		r := one(t, anonymizer(t, nil), e).Record
		require.True(t, r.Allows(model.UseShowcase))
		require.Equal(t, counted != "", len(r.Countable().Lessons) > 0, string(counted))
	}
}
