// SPDX-License-Identifier: Apache-2.0

package guidance_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/render"
	"github.com/sharedpractice/sharedpractice/model"
)

// asked is what a contributor gets to see who writes a name into an example of its own
// to ask whether somebody else takes part: its sheet, and its record. With rival,
// somebody who declared that name takes part.
func asked(t *testing.T, text string, rival *model.Party) (sheet, record string) {
	t.Helper()
	return askedAt(t, model.Anonymous, true, text, rival)
}

// askedAt is asked under an agreement of some level, with or without a person who reads
// each record.
func askedAt(t *testing.T, level model.Level, reviewed bool, text string, rival *model.Party) (sheet, record string) {
	t.Helper()
	own := func(e *model.Example) {
		e.Agreements[0].Level = level
		if level == model.Attributed {
			e.Agreements[0].NameForm = model.NameOrganisation
		}
		e.Title.Value = "A bus that came to people"
		e.Steps = []model.Step{{Text: model.Text{Value: model.Raw(text)}, Method: model.Coded{Code: "me:outreach", AssignedBy: model.ByContributor}}}
		e.Lessons = append(e.Lessons, model.Lesson{Text: model.Text{Value: model.Raw(text)}, Kind: "worked"})
	}
	e := exampleOf("Wexmoor Listening Trust", own)
	cfg := anonymize.Config{Key: []byte("a key of thirty-two bytes, tests"), Now: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), Audience: model.Everyone, Reviewed: reviewed}
	cfg.Parties = append(cfg.Parties, e.Parties...)
	if rival != nil {
		cfg.Parties = append(cfg.Parties, *rival)
	}
	a, err := anonymize.New(cfg)
	require.NoError(t, err)
	results, err := a.Anonymize(t.Context(), e)
	require.NoError(t, err)
	x := results[0]
	require.False(t, x.Withheld())
	g, err := guidance.SignOff(x.Record, x.Log, guidance.Config{Date: "2026-11-22"})
	require.NoError(t, err)
	var b bytes.Buffer
	require.NoError(t, render.Markdown{}.Render(&b, g))
	line, err := json.Marshal(x.Record.Published())
	require.NoError(t, err)
	return b.String(), string(line)
}

// Nobody learns from its own sheet or record whether somebody else takes part: a name
// that is found of itself looks the same where somebody has declared it.
func TestSheetsDoNotTellWhoTakesPart(t *testing.T) {
	names := map[string][]string{
		"organisation": {"Marlinford Hospice", "Quorlbridge Pharma Ltd", "Thornwick NHS Foundation Trust", "University of Pellshaw", "The Aldermoor Foundation"},
		"person":       {"Dr Talia Yarrow", "Mrs Gwen Prys", "Professor Idris Quennell"},
		"contact":      {"gwen.prys@mail.example", "07700 900123", "https://marlinford.example/us", "@marlinfordhospice"},
		"code":         {"NCT01234567"},
		"product":      {"#MarlinfordDays"},
	}
	frames := []string{"We asked %s to help.", "People came late. %s read the letters aloud.", "It was an idea of %s, who left.", "%s: they were there, and %[1]s again."}
	for kind, list := range names {
		for i, name := range list {
			for j, frame := range frames {
				rival := &model.Party{Ref: "p2", Role: "contributor", Holding: "h2", Type: "ot:pharma", Identities: []model.Identity{{Type: kind, Name: model.Raw(name)}}}
				if kind == "contact" {
					rival.Identities, rival.Contact = nil, model.Raw(name)
				}
				text := fmt.Sprintf(frame, name)
				texts := []string{text}
				if kind == "organisation" || kind == "person" { // and where the name stands in an address
					for word := range strings.FieldsSeq(strings.ToLower(name)) {
						if len(word) > 4 {
							texts = append(texts, fmt.Sprintf(frame, "help@"+word+".example"), fmt.Sprintf(frame, "https://www."+word+".example/us"), fmt.Sprintf(frame, "@"+word+"_uk"))
						}
					}
				}
				for _, text := range texts {
					sheet, record := asked(t, text, nil)
					with, recordWith := asked(t, text, rival)
					assert.True(t, sheet == with, "%s %d, frame %d: the sheet tells of it\n%s%s", kind, i, j, differing(sheet, with), differing(with, sheet))
					assert.True(t, record == recordWith, "%s %d, frame %d: the record tells of it", kind, i, j)
				}
			}
		}
	}
}

// What is found only because somebody declared it is told in words that are used of
// names which nobody declared, too: so they do not say that somebody did.
func TestSheetsGiveOneReason(t *testing.T) {
	guessed := map[string]bool{}
	for _, text := range []string{
		"We asked Marlinford Hospice to help.", "We asked Dr Talia Yarrow to help.", "We met in Wexcombe, Somerset.", "We asked [a charity] to help.",
		"We ran the Quennell Programme with people.", "We called it Project Kittiwake.", "They all had the Kittiwake Toolkit with them.", "We used ISRCTN12345678 for that.", "They asked for the form RX-8812/K.", "We wrote to gwen.prys@mail.example on the day.",
		"We asked Quorlimab to help.",
	} {
		sheet, _ := asked(t, text, nil)
		for _, said := range reasons(sheet) {
			guessed[said] = true
		}
	}
	for kind, list := range map[string][]string{
		"organisation": {"Mind", "Quorl", "Lantern People"}, "person": {"Sue", "Talia Yarrow"}, "place": {"Pellshaw"}, "product": {"Zephanol", "Hope"}, "programme": {"Lantern Walks"}, "code": {"K77-QQ"},
	} {
		for i, name := range list {
			sheet, _ := asked(t, "We asked "+name+" to help.", &model.Party{Ref: "p2", Role: "contributor", Holding: "h2", Type: "ot:pharma", Identities: []model.Identity{{Type: kind, Name: model.Raw(name)}}})
			said := reasons(sheet)
			require.NotEmpty(t, said, "%s %d", kind, i)
			for _, s := range said {
				assert.True(t, guessed[s], "%s %d: %s", kind, i, s)
			}
		}
	}
}

var (
	cell  = regexp.MustCompile(`(?m)^\|.*\| ([^|]+) \|$`)
	times = regexp.MustCompile(`, \d+ times$`)
)

// reasons are what a sheet says of what was taken out.
func reasons(sheet string) []string {
	var out []string
	for _, m := range cell.FindAllStringSubmatch(sheet, -1) {
		if s := strings.TrimSpace(m[1]); s != "–" && !strings.HasPrefix(s, "---") && s != "Taken out" {
			out = append(out, times.ReplaceAllString(s, ""))
		}
	}
	return out
}

// differing is the first line of one text that the other has not.
func differing(x, y string) string {
	for line := range strings.Lines(x) {
		if !strings.Contains(y, line) {
			return line
		}
	}
	return ""
}

// The same of names that are found of themselves as those of another kind than their
// owner declared: what stands in their place, and why, is what it would be had nobody
// declared them, in whatever form its contributor agreed to be published.
func TestSheetsDoNotTellOfTheKind(t *testing.T) {
	names := map[string][]string{
		"organisation": {"Kestrel", "Samaritans", "Thrumley", "Quell Rovers"},
		"product":      {"Zentrova", "Quorlimab", "Thrumley", "thrumley", "zorblax"},
		"programme":    {"Thrumley", "Open Door"},
		"place":        {"Polruddock", "Thrumley"},
		"person":       {"Thrumley", "Tally Hobbs"},
		"code":         {"Project Lantern", "Thrumley"},
	}
	for _, under := range []struct {
		level    model.Level
		reviewed bool
	}{{model.Anonymous, true}, {model.Anonymous, false}, {model.Aggregate, true}, {model.Attributed, true}, {model.Attributed, false}, {model.Public, true}} {
		if testing.Short() && under.level != model.Anonymous {
			continue
		}
		asks, tells := 0, 0
		for kind, list := range names {
			for i, name := range list {
				if under.reviewed && name == strings.ToLower(name) {
					continue // masked only where it is declared: no list knows all words
				}
				rival := &model.Party{Ref: "p2", Role: "contributor", Holding: "h2", Type: "ot:pharma", Identities: []model.Identity{{Type: kind, Name: model.Raw(name)}}}
				for j, frame := range []string{"We asked %s to help.", "People came late. %s read the letters aloud.", "It was an idea of %s, who left.", "%s ran it on Mondays.", "Ask oxlade or %s or fnordly first.", "Thanks to the Quorlbridge International Foundation and to Professor Idris Quennell of it, then to %s"} {
					text := fmt.Sprintf(frame, name)
					sheet, _ := askedAt(t, under.level, under.reviewed, text, nil)
					if strings.Contains(sheet, name) || !strings.Contains(sheet, "Taken out") {
						continue // found only where it is declared
					}
					with, _ := askedAt(t, under.level, under.reviewed, text, rival)
					if asks++; sheet != with {
						tells++
						t.Logf("%s %d, frame %d: %s%s", kind, i, j, differing(sheet, with), differing(with, sheet))
					}
				}
			}
		}
		require.NotZero(t, asks, under)
		assert.Zero(t, tells, "%v: of %d", under, asks)
	}
}
