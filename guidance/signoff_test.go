// SPDX-License-Identifier: Apache-2.0

package guidance_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/language"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/anonymize/redact"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/render"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/modeltest"
)

// anonymised is a made-up example after anonymisation. change may alter it first.
func anonymised(t testing.TB, name string, change func(e *model.Example)) anonymize.Result {
	t.Helper()
	e := exampleOf(name, change)
	a, err := anonymize.New(anonymize.Config{
		Key: []byte("a key of thirty-two bytes, tests"), Now: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), Audience: model.Everyone, Reviewed: true, Parties: e.Parties,
	})
	require.NoError(t, err)
	results, err := a.Anonymize(t.Context(), e)
	require.NoError(t, err)
	return results[0]
}

// exampleOf is a made-up example. change may alter it.
func exampleOf(name string, change func(e *model.Example)) *model.Example {
	e := &model.Example{
		ID: "e1", Kind: "ki:engagement-activity", Title: model.Text{Value: model.Raw("A bus run by " + name)},
		Parties: []model.Party{{Ref: "p1", Role: "contributor", Holding: "h1", Type: "ot:charity", Identities: []model.Identity{{Type: "organisation", Name: model.Raw(name)}}}},
		Agreements: []model.Agreement{{
			Schema: model.AgreementSchema, ID: "ag", Party: "p1", Level: model.Anonymous, Audience: model.Everyone,
			Uses:    model.Uses{model.UseAggregate: true, model.UseGuidance: true, model.UseSingleSource: true},
			Consent: model.Consent{Status: "given"}, Approval: model.Approval{Required: true},
		}},
		Challenges: []model.Challenge{{Coded: model.Coded{Code: "ch:seldom-heard", AssignedBy: model.ByContributor, AsWritten: "nobody came"}, Basis: "experienced"}},
		Steps:      []model.Step{{Text: model.Text{Value: model.Raw("We asked " + name + " and then " + name + " again.")}, Method: model.Coded{Code: "me:outreach", AssignedBy: model.ByContributor}}},
		Lessons:    []model.Lesson{{Text: model.Text{Value: "Bring tea."}, Kind: "worked"}},
	}
	if change != nil {
		change(e)
	}
	return e
}

func TestSignOff(t *testing.T) {
	x := anonymised(t, "Wexmoor Listening Trust", nil)
	require.False(t, x.Withheld())
	require.Zero(t, x.Record.Published(), "the approval is awaited")
	g, err := guidance.SignOff(x.Record, x.Log, guidance.Config{Date: "2026-11-22"})
	golden(t, "sign-off", g, err)
	said := text(t, g)
	require.Contains(t, said, x.Log.Approval)
	require.Contains(t, said, "Bring tea.")
	require.Contains(t, said, "The name of an organisation, team or service, 2 times")
	require.Contains(t, said, "Until you say yes it is at most counted")
	require.Contains(t, said, "No answer means no")
	require.NotContains(t, said, "rule")

	// The exact text stands in the sheet so that its fingerprint can be made again.
	exact := exactText(t, g)
	require.Equal(t, x.Log.Approval, model.HashText(exact))

	// Once approved, the sheet shows the same text and hash, and no door closed.
	after := anonymised(t, "Wexmoor Listening Trust", func(e *model.Example) { e.Agreements[0].Approval.TextSHA256 = x.Log.Approval })
	require.NotZero(t, after.Record.Published())
	h, err := guidance.SignOff(after.Record, after.Log, guidance.Config{})
	require.NoError(t, err)
	require.Contains(t, text(t, h), x.Log.Approval)
	require.NotContains(t, text(t, h), "Until you say yes")
	require.Equal(t, exact, exactText(t, h))
}

// A named example says under which name, and that it is to be shown by it, also
// while its approval is awaited.
func TestSignOffOfANamedExample(t *testing.T) {
	x := anonymised(t, "Wexmoor Listening Trust", func(e *model.Example) {
		e.Agreements[0].Level, e.Agreements[0].NameForm = model.Attributed, model.NameFull
		e.Agreements[0].Uses[model.UseShowcase] = true
	})
	require.False(t, x.Withheld())
	require.False(t, x.Record.Allows(model.UseShowcase))
	require.True(t, x.Record.AllowsOnceApproved(model.UseShowcase))
	require.False(t, x.Record.AllowsOnceApproved(model.UseQuotes))
	require.False(t, anonymize.Record{}.AllowsOnceApproved(model.UseAggregate))
	g, err := guidance.SignOff(x.Record, x.Log, guidance.Config{})
	require.NoError(t, err)
	said := text(t, g)
	require.Contains(t, said, "Name: Wexmoor Listening Trust")
	require.Contains(t, said, "what stands below is published with your name")
	require.Contains(t, said, "Until you say yes")
	require.Contains(t, said, "It may be shown by name")
}

func exactText(t testing.TB, g *guidance.Guide) string {
	t.Helper()
	s := g.Sections[len(g.Sections)-1]
	require.Equal(t, "exact", s.ID, "what is approved stands last, whole")
	return s.Blocks[1].Text
}

// shown is the text of a DOCX as a reader sees it.
func shown(t testing.TB, docx []byte) string {
	t.Helper()
	var b strings.Builder
	d := xml.NewDecoder(bytes.NewReader(xmlParts(t, docx)["word/document.xml"]))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return b.String()
		}
		require.NoError(t, err)
		switch x := token.(type) {
		case xml.CharData:
			b.Write(x)
		case xml.StartElement:
			if x.Name.Local == "br" {
				b.WriteByte('\n')
			}
		}
	}
}

// Whatever a text holds, the text to approve stands in every format as it is
// approved, so that its fingerprint can be made again from the sheet.
func TestExactTextSurvivesFormats(t *testing.T) {
	x := anonymised(t, "Wexmoor Listening Trust", func(e *model.Example) {
		e.Lessons[0].Text.Value = "One. \n\n```\nTitle: two & <b>three</b>\\u{A}\n  - four\u00a0five"
	})
	require.False(t, x.Withheld())
	g, err := guidance.SignOff(x.Record, x.Log, guidance.Config{})
	require.NoError(t, err)
	exact := exactText(t, g)
	require.Equal(t, x.Log.Approval, model.HashText(exact))
	require.True(t, strings.Contains(string(rendered(t, render.Markdown{}, g)), exact), "Markdown")
	require.True(t, strings.Contains(html.UnescapeString(string(rendered(t, render.HTML{}, g))), exact), "HTML")
	require.True(t, strings.Contains(shown(t, rendered(t, render.DOCX{}, g)), exact), "DOCX")
	require.True(t, strings.Contains(string(rendered(t, render.PlainText{}, g)), strings.ReplaceAll(exact, "\n", "\n  ")), "text")
}

// How people are called is a matter of the sheet's own words: neither the text to
// approve nor a contributor's sentence is reworded.
func TestSignOffKeepsTheContributorsTerms(t *testing.T) {
	x := anonymised(t, "Wexmoor Listening Trust", func(e *model.Example) { e.Lessons[0].Text.Value = "Ask patients first." })
	terms, err := guidance.OpenTerminology("service-user", "en-GB", nil)
	require.NoError(t, err)
	require.NotEqual(t, "Ask patients first.", terms.Say("Ask patients first."))
	g, err := guidance.SignOff(x.Record, x.Log, guidance.Config{Terminology: "service-user"})
	require.NoError(t, err)
	require.Equal(t, x.Log.Approval, model.HashText(exactText(t, g)))
	require.Equal(t, 2, strings.Count(text(t, g), "Ask patients first."))
}

// Whatever took something out, a reader is told what and why in the words of
// the language, and no rule's name.
func TestRemovedIsSaidInWords(t *testing.T) {
	kinds := []recognize.Kind{
		recognize.Person, recognize.Org, recognize.Place, recognize.Date, recognize.Contact, recognize.Code, recognize.Brand, recognize.Other, "NEW",
	}
	names := []string{"declared", "mentions", "strict", "condition"}
	builtin, err := recognize.Default(language.BritishEnglish)
	require.NoError(t, err)
	for _, r := range builtin {
		names = append(names, r.Name())
	}
	require.Greater(t, len(names), 25)
	for _, locale := range guidance.Locales() {
		c, err := guidance.OpenCatalog(locale, nil)
		require.NoError(t, err)
		own := messages(t, locale)
		said := map[string]bool{}
		for _, name := range names {
			for _, kind := range kinds {
				for _, sub := range []string{"", "unknown", "score"} {
					got := c.Removed(redact.Decision{Recognizer: name, Rule: "default deny", Kind: kind, Subtype: sub, Declared: name == "declared"})
					require.NotEmpty(t, got)
					require.NotContains(t, got, "[", "%s: %s has no words", locale, name)
					require.NotContains(t, got, "default deny")
					said[got] = true
				}
			}
			if name == "strict" {
				require.Contains(t, own, "sign-off.out.unknown-figure")
				name = "unknown"
			}
			if slices.Contains([]string{"declared", "name", "body", "programme", "mentions"}, name) {
				for _, kind := range kinds { // whether declared or guessed
					for _, guessed := range []string{"name", "body", "programme", "mentions"} {
						require.Equal(t,
							c.Removed(redact.Decision{Recognizer: "declared", Declared: true, Kind: kind}),
							c.Removed(redact.Decision{Recognizer: guessed, Kind: kind}), "%s: %s", locale, guessed)
					}
				}
				continue
			}
			require.Contains(t, own, "sign-off.out."+name, "%s: a recogniser without words of its own", locale)
		}
		require.Greater(t, len(said), 30, "what differs is said differently")
		// Of a recogniser of a user's own, the kind is told.
		require.Equal(t, own["sign-off.kind.person"], c.Removed(redact.Decision{Recognizer: "ours", Rule: "secret", Kind: recognize.Person}))
		require.Equal(t, own["sign-off.kind.other"], c.Removed(redact.Decision{Recognizer: "ours", Kind: "NEW"}))
	}
}

// What was found and kept is not said to be taken out.
func TestSignOffTellsNothingOfWhatWasKept(t *testing.T) {
	x := anonymised(t, "Wexmoor Listening Trust", nil)
	for operator, want := range map[redact.Operator]bool{redact.Keep: false, redact.Label: true, redact.Suppress: true} {
		l := x.Log
		l.Decisions = append(slices.Clone(l.Decisions), anonymize.Entry{Path: "lessons[0].text", Decision: redact.Decision{Recognizer: "figure", Kind: recognize.Other, Operator: operator}})
		g, err := guidance.SignOff(x.Record, l, guidance.Config{})
		require.NoError(t, err)
		require.Equal(t, want, strings.Contains(text(t, g), "An exact figure that could be looked up"), operator)
		require.Equal(t, operator == redact.Suppress, strings.Contains(text(t, g), "(the whole text was left out)"), operator)
	}
}

// answered fills in a sheet as a contributor does and reads it back by way of a format.
func answered(t testing.TB, g *guidance.Guide, said map[string]string, by string) map[string]guidance.Answer {
	t.Helper()
	filled := *g
	filled.Sections = slices.Clone(g.Sections)
	for i, s := range filled.Sections {
		filled.Sections[i].Blocks = slices.Clone(s.Blocks)
		for j, b := range s.Blocks {
			if b.Slot != nil {
				slot := *b.Slot
				slot.Answer = said[slot.ID]
				filled.Sections[i].Blocks[j].Slot = &slot
			}
		}
	}
	body := rendered(t, renderers()[by], &filled)
	var answers map[string]guidance.Answer
	var err error
	switch by {
	case "md":
		answers, err = render.Markdown{}.Answers(bytes.NewReader(body))
	case "json":
		answers, err = render.JSON{}.Answers(bytes.NewReader(body))
	default:
		answers, err = render.DOCX{}.Answers(bytes.NewReader(body), int64(len(body)))
	}
	require.NoError(t, err)
	return answers
}

func TestReadSignOff(t *testing.T) {
	const who = "M. Ferrant, chair"
	x := anonymised(t, "Wexmoor Listening Trust", nil)
	other := anonymised(t, "Wexmoor Listening Trust", func(e *model.Example) { e.ID = "e2" })
	logs := []anonymize.Log{other.Log, x.Log, {}}
	g, err := guidance.SignOff(x.Record, x.Log, guidance.Config{})
	require.NoError(t, err)
	for _, row := range []struct {
		name string
		said map[string]string
		want guidance.Verdict
	}{
		{"yes", map[string]string{"decision": "Yes, as it stands here", "name": who, "date": "2026-02-01"}, guidance.Agreed},
		{"yes in a word", map[string]string{"decision": "yes.", "name": who}, guidance.Agreed},
		{"yes on paper", map[string]string{"decision": "☑ Yes", "name": who}, guidance.Agreed},
		{"a box that was left", map[string]string{"decision": "☐ Yes", "name": who}, guidance.WithChange},
		{"yes by nobody", map[string]string{"decision": "Yes, as it stands here"}, guidance.Undecided},
		{"yes, but", map[string]string{"decision": "Yes, as it stands here", "name": who, "change": "Not the tea."}, guidance.WithChange},
		{"yes, but something points to us", map[string]string{"decision": "Yes, as it stands here", "name": who, "missed": "Step 1"}, guidance.WithChange},
		{"changes", map[string]string{"decision": "Only with changes", "name": who, "change": "Not the tea."}, guidance.WithChange},
		{"no", map[string]string{"decision": "No", "name": who}, guidance.Refused},
		{"something else", map[string]string{"decision": "Yes and no", "name": who}, guidance.WithChange},
		{"no, in other words", map[string]string{"decision": "No, please do not print it"}, guidance.Refused},
		{"no, loud", map[string]string{"decision": "No!"}, guidance.Refused},
		{"no, louder", map[string]string{"decision": "NO!!!", "name": who, "change": "Nothing of it."}, guidance.Refused},
		{"no, in German", map[string]string{"decision": "Nein, danke"}, guidance.Refused},
		{"no, in Polish", map[string]string{"decision": "Nie!"}, guidance.Refused},
		{"no, in Welsh", map[string]string{"decision": "Na!"}, guidance.Refused},
		{"no, in French", map[string]string{"decision": "NON – jamais"}, guidance.Refused},
		{"never", map[string]string{"decision": "Please? Never!"}, guidance.WithChange},
		{"do not publish", map[string]string{"decision": "Do not publish this."}, guidance.Refused},
		{"no changes is no no", map[string]string{"decision": "No changes needed", "name": who}, guidance.WithChange},
		{"no, only with changes", map[string]string{"decision": "No, only with changes"}, guidance.WithChange},
		{"no problem", map[string]string{"decision": "No problem!", "name": who}, guidance.WithChange},
		{"no or yes", map[string]string{"decision": "No! Well, yes.", "name": who}, guidance.WithChange},
		{"no decision, but a wish", map[string]string{"change": "Not the tea.", "name": who}, guidance.WithChange},
		{"no decision, but what points to somebody", map[string]string{"missed": "Step 2."}, guidance.WithChange},
		{"a name only", map[string]string{"name": who}, guidance.Undecided},
		{"yes, signed by a line", map[string]string{"decision": "Yes", "name": "–"}, guidance.Undecided},
		{"yes, a no for a name", map[string]string{"decision": "Yes", "name": "No"}, guidance.WithChange},
		{"yes, a yes for a name", map[string]string{"decision": "Yes", "name": "Yes"}, guidance.WithChange},
		{"yes, nobody signs", map[string]string{"decision": "Yes", "name": "nobody yet"}, guidance.WithChange},
		{"yes, without leave", map[string]string{"decision": "Yes", "name": "Jo Bloggs - not authorised to sign"}, guidance.WithChange},
		{"yes, a refusal for a name", map[string]string{"decision": "Yes", "name": "I do not agree"}, guidance.WithChange},
		{"yes, a refusal in short", map[string]string{"decision": "Yes", "name": "We don’t agree"}, guidance.WithChange},
		{"yes, refused", map[string]string{"decision": "Yes", "name": "Refused by the board"}, guidance.WithChange},
		{"yes, refused in German", map[string]string{"decision": "Yes", "name": "Jo Bloggs, nicht befugt"}, guidance.WithChange},
		{"yes, refused in French", map[string]string{"decision": "Yes", "name": "ne pas publier"}, guidance.WithChange},
		{"yes, in doubt", map[string]string{"decision": "Yes", "name": "Jo Bloggs?"}, guidance.WithChange},
		{"yes, pending", map[string]string{"decision": "Yes", "name": "Board decision pending"}, guidance.WithChange},
		{"yes, withdrawn", map[string]string{"decision": "Yes", "name": who, "date": "withdrawn"}, guidance.WithChange},
		{"yes, withdrawn on a day", map[string]string{"decision": "Yes", "name": who, "date": "withdrawn 3/5/26"}, guidance.WithChange},
		{"yes, never", map[string]string{"decision": "Yes", "name": who, "date": "never"}, guidance.WithChange},
		{"yes, on no day", map[string]string{"decision": "Yes", "name": who, "date": "2026-02-31"}, guidance.WithChange},
		{"yes, not before a day", map[string]string{"decision": "Yes", "name": who, "date": "not before 2 May 2026"}, guidance.WithChange},
		{"yes, in time", map[string]string{"decision": "Yes", "name": who, "date": "soon"}, guidance.WithChange},
	} {
		for _, by := range []string{"docx", "md", "json"} {
			t.Run(row.name+" "+by, func(t *testing.T) {
				s, err := guidance.ReadSignOff(answered(t, g, row.said, by), logs)
				require.NoError(t, err)
				require.Equal(t, row.want, s.Verdict)
				require.Equal(t, x.Log, s.Log)
				if s.Verdict == guidance.Agreed {
					require.Equal(t, row.said["date"], s.At)
				}
				require.Equal(t, row.said["name"], string(s.By))
				require.NotContains(t, fmt.Sprintf("%v %+v", s, s), "Ferrant")
			})
		}
	}

	// What approves this text approves it when it is filed.
	after := anonymised(t, "Wexmoor Listening Trust", func(e *model.Example) {
		e.Agreements[0].Approval = model.Approval{Required: true, TextSHA256: x.Log.Approval, By: who, At: "2026-02-01"}
	})
	require.NotZero(t, after.Record.Published())

	// A sheet of another record or of an earlier text, or put together from two, is none.
	yes := answered(t, g, map[string]string{"decision": "Yes", "name": who}, "md")
	changed := anonymised(t, "Wexmoor Listening Trust", func(e *model.Example) { e.Lessons[0].Text.Value = "Bring cake." })
	otherSheet, err := guidance.SignOff(other.Record, other.Log, guidance.Config{})
	require.NoError(t, err)
	mixed := answered(t, otherSheet, map[string]string{"name": who}, "md")
	mixed["decision"] = yes["decision"]
	withheld := map[string]guidance.Answer{"decision": {Text: "Yes", Basis: model.HashText("sign-off\x00\x00")[:32]}, "name": {Text: who, Basis: model.HashText("sign-off\x00\x00")[:32]}}
	for name, row := range map[string]struct {
		answers map[string]guidance.Answer
		logs    []anonymize.Log
	}{
		"a withheld example": {withheld, logs},
		"another record":     {yes, []anonymize.Log{other.Log}}, "a text that has changed": {yes, []anonymize.Log{changed.Log}},
		"two sheets": {mixed, logs}, "no sheet": {nil, logs}, "no records": {yes, nil}, "nothing": {map[string]guidance.Answer{"decision": {Text: "Yes"}}, logs},
	} {
		s, err := guidance.ReadSignOff(row.answers, row.logs)
		require.ErrorIs(t, err, guidance.ErrSignOff, name)
		require.Zero(t, s, name)
	}
}

// People sign with their role and write days as they are used to.
func TestReadSignOffOfHonestSignatures(t *testing.T) {
	x := anonymised(t, "Wexmoor Listening Trust", nil)
	g, err := guidance.SignOff(x.Record, x.Log, guidance.Config{})
	require.NoError(t, err)
	read := func(name, date string) guidance.SignedOff {
		s, err := guidance.ReadSignOff(answered(t, g, map[string]string{"decision": "Yes", "name": name, "date": date}, "json"), []anonymize.Log{x.Log})
		require.NoError(t, err)
		return s
	}
	for _, name := range []string{
		"M", "Jo Bloggs, director", "Dr. J. O’Brien-Nott (chair)", "A. Noble, non-executive director", "Nora Notting, Knowle Trust", "Ana Nogueira, jefa de equipo",
		"Mai Nguyen", "Yo Ma, not-for-profit lead", "Na Li & Ola Nikolai", "Jörg Keiner-Nolte", "Nadia Nonhoff, pour le bureau", "Sian Nidd, Ymddiriedolaeth",
	} {
		require.Equal(t, guidance.Agreed, read(name, "").Verdict, name)
	}
	for text, day := range map[string]string{
		"2026-11-20": "2026-11-20", "2026-11-20T00:00:00Z": "2026-11-20", "2026/11/20": "2026-11-20", "20261120": "2026-11-20", "20.11.2026": "2026-11-20", "20/11/26": "2026-11-20", "11/20/2026": "2026-11-20",
		"3/4/2026": "2026-04-03", "20 November 2026": "2026-11-20", "20th of November, 2026": "2026-11-20", "Friday 20 Nov 2026": "2026-11-20", "November 20, 2026": "2026-11-20", "20. März 2026": "2026-03-20", "1er mai 2026": "2026-05-01",
		"2 de mayo de 2026": "2026-05-02", "1º maggio 2026": "2026-05-01", "vrijdag 2 mei 2026": "2026-05-02", "2 maja 2026 r.": "2026-05-02", "den 2 maj 2026": "2026-05-02", "dydd Mawrth 3 Mawrth 2026": "2026-03-03", "20 Nov": "", "–": "", "": "",
	} {
		s := read("M. Ferrant", text)
		require.Equal(t, guidance.Agreed, s.Verdict, text)
		require.Equal(t, day, s.At, text)
	}
	for _, text := range []string{"TBC", "refused", "noch offen", "?", "2026-13-20", "1", "20 November or December 2026", "✗", "from May", "31 February 2026", "123/4/2026"} {
		require.Equal(t, guidance.WithChange, read("M. Ferrant", text).Verdict, text)
	}
}

// The code of a sheet stands on it for people, and comes back with the answers in
// every format, of an earlier text too. It is none of the record or of the text.
func TestSheetCode(t *testing.T) {
	x := anonymised(t, "Wexmoor Listening Trust", nil)
	now := anonymised(t, "Wexmoor Listening Trust", func(e *model.Example) { e.Title.Value += " again" })
	g, err := guidance.SignOff(x.Record, x.Log, guidance.Config{SheetCode: "k7q2m4x"})
	require.NoError(t, err)
	require.Contains(t, text(t, g), "K7Q2M4X")
	for _, by := range []string{"docx", "md", "json"} {
		s, err := guidance.ReadSignOff(answered(t, g, map[string]string{"decision": "Yes", "name": "M"}, by), []anonymize.Log{x.Log})
		require.NoError(t, err)
		require.Equal(t, "k7q2m4x", s.Code)
		require.Equal(t, guidance.Agreed, s.Verdict)
		s, err = guidance.ReadSignOff(answered(t, g, map[string]string{"decision": "No"}, by), []anonymize.Log{now.Log})
		require.ErrorIs(t, err, guidance.ErrSignOff)
		require.Equal(t, "k7q2m4x", s.Code)
		require.Equal(t, guidance.Refused, s.Verdict)
	}
	for _, code := range []string{"k7q2m4xa", "K7", "a b", "a1"} {
		_, err := guidance.SignOff(x.Record, x.Log, guidance.Config{SheetCode: code})
		require.ErrorIs(t, err, guidance.ErrArgument)
		require.NotContains(t, err.Error(), code)
	}
}

// A sheet of an earlier text approves nothing, but a no on it is still a no.
func TestReadSignOffOfAnEarlierText(t *testing.T) {
	before := anonymised(t, "Wexmoor Listening Trust", nil)
	now := anonymised(t, "Wexmoor Listening Trust", func(e *model.Example) { e.Title.Value += " again" })
	other := anonymised(t, "Wexmoor Listening Trust", func(e *model.Example) { e.ID = "e2" })
	require.Equal(t, before.Log.Record, now.Log.Record)
	require.NotEqual(t, before.Log.Approval, now.Log.Approval)
	g, err := guidance.SignOff(before.Record, before.Log, guidance.Config{})
	require.NoError(t, err)
	for _, row := range []struct {
		name    string
		said    map[string]string
		logs    []anonymize.Log
		want    guidance.Verdict
		example string
	}{
		{"yes", map[string]string{"decision": "Yes, as it stands here", "name": "M"}, []anonymize.Log{now.Log}, guidance.Undecided, ""},
		{"nothing", nil, []anonymize.Log{now.Log}, guidance.Undecided, ""},
		{"no", map[string]string{"decision": "No"}, []anonymize.Log{other.Log, now.Log}, guidance.Refused, now.Log.Example},
		{"a wish", map[string]string{"change": "Not the tea."}, []anonymize.Log{now.Log}, guidance.WithChange, now.Log.Example},
		{"no, to another's", map[string]string{"decision": "No"}, []anonymize.Log{other.Log, {}}, guidance.Undecided, ""},
	} {
		for _, by := range []string{"docx", "md", "json"} {
			t.Run(row.name+"_"+by, func(t *testing.T) {
				s, err := guidance.ReadSignOff(answered(t, g, row.said, by), row.logs)
				require.ErrorIs(t, err, guidance.ErrSignOff)
				require.Equal(t, row.want, s.Verdict)
				require.Equal(t, row.example, s.Log.Example)
			})
		}
	}
}

// The answers are read back in every language, and no language's yes is
// another's no.
func TestReadSignOffInEveryLanguage(t *testing.T) {
	x := anonymised(t, "Wexmoor Listening Trust", nil)
	yes, rest := map[string]bool{}, map[string]bool{}
	for _, locale := range guidance.Locales() {
		g, err := guidance.SignOff(x.Record, x.Log, guidance.Config{Locale: locale})
		require.NoError(t, err)
		for _, s := range g.Sections {
			for _, b := range s.Blocks {
				if b.Slot == nil || b.Slot.ID != "decision" {
					continue
				}
				for i, want := range []guidance.Verdict{guidance.Agreed, guidance.WithChange, guidance.Refused} {
					option := b.Slot.Options[i]
					got, err := guidance.ReadSignOff(answered(t, g, map[string]string{"decision": option, "name": "M"}, "docx"), []anonymize.Log{x.Log})
					require.NoError(t, err)
					require.Equal(t, want, got.Verdict, locale)
					short, _, _ := strings.Cut(strings.ToLower(option), ",")
					if i == 0 {
						yes[short] = true
					} else {
						rest[short] = true
					}
				}
			}
		}
	}
	require.Greater(t, len(yes), 5)
	for word := range yes {
		require.False(t, rest[word])
	}
}

// Law 6: what was taken out stands on no sheet, in no format.
func TestSignOffHoldsNoRawText(t *testing.T) {
	for n := range 5 {
		canary := modeltest.Canary(t, n)
		x := anonymised(t, canary, nil)
		require.False(t, x.Withheld())
		g, err := guidance.SignOff(x.Record, x.Log, guidance.Config{})
		require.NoError(t, err)
		for ext, r := range renderers() {
			modeltest.Absent(t, canary, ext, rendered(t, r, g))
		}
	}
}

func TestSignOffOfWhatIsCountedOnly(t *testing.T) {
	for _, row := range []struct {
		name   string
		change func(e *model.Example)
		want   string
	}{
		{"aggregate", func(e *model.Example) { e.Agreements[0].Level = model.Aggregate }, "Your example is at most counted."},
		{"no single source", func(e *model.Example) { delete(e.Agreements[0].Uses, model.UseSingleSource) }, "None of your sentences would be published"},
	} {
		t.Run(row.name, func(t *testing.T) {
			x := anonymised(t, "Wexmoor Listening Trust", row.change)
			g, err := guidance.SignOff(x.Record, x.Log, guidance.Config{})
			require.NoError(t, err)
			said := text(t, g)
			require.Contains(t, said, row.want)
			require.NotContains(t, said, "Bring tea.")
		})
	}
}

func TestSignOffRefuses(t *testing.T) {
	x := anonymised(t, "Wexmoor Listening Trust", nil)
	y := anonymised(t, "Wexmoor Listening Trust", func(e *model.Example) { e.Lessons[0].Text.Value += " And cake." })
	other := anonymised(t, "Wexmoor Listening Trust", func(e *model.Example) { e.ID = "e2" })
	for name, pair := range map[string]struct {
		r anonymize.Record
		l anonymize.Log
	}{
		"no record":          {anonymize.Record{}, anonymize.Log{}},
		"another's log":      {x.Record, other.Log},
		"log of a later one": {x.Record, y.Log},
	} {
		g, err := guidance.SignOff(pair.r, pair.l, guidance.Config{})
		require.ErrorIs(t, err, guidance.ErrSignOff, name)
		require.Nil(t, g)
		require.False(t, strings.Contains(err.Error(), "tea"))
	}
}
