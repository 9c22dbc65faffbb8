// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/aggregate/edition"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/anonymize/disclosure"
	"github.com/sharedpractice/sharedpractice/examples/internal/collect"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/render"
	"github.com/sharedpractice/sharedpractice/model"
)

// Whether an example stands with a name is one truth, whatever its agreement says of level,
// name, uses, readers, sources, who paid and approval: the sheet promises it, the release
// prints it, the certificate counts it and the showcase shows it, or none of them does. A
// sheet said “published with your name” and then “not shown by name”, while the release had
// all the text and no name.
func TestWithANameOrWithout(t *testing.T) {
	t.Parallel()
	key, now := bytes.Repeat([]byte{9}, 32), time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	example := func(id string) model.Example {
		return model.Example{
			ID: id, Kind: "ki:engagement-activity", Title: model.Text{Value: "Letters read aloud"},
			Parties: []model.Party{{Ref: "p-" + id, Role: "contributor", Holding: "h-" + id, Type: "ot:charity", Identities: []model.Identity{{Type: "organisation", Name: model.Raw("Quorlbridge " + id)}}}},
			Agreements: []model.Agreement{{
				Schema: model.AgreementSchema, ID: "a-" + id, Party: "p-" + id, Level: model.Anonymous, Audience: model.Everyone, Consent: model.Consent{Status: "given"},
				Uses: model.Uses{model.UseAggregate: true, model.UseGuidance: true},
			}},
			Challenges: []model.Challenge{{Coded: model.Coded{Code: "ch:jargon", AssignedBy: model.ByContributor}}},
			Lessons:    []model.Lesson{{Text: model.Text{Value: "We asked the marzipan bakers first."}, Kind: "worked"}},
		}
	}
	var others []model.Example
	for _, id := range []string{"Ash", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gorse", "Hazel", "Ivy", "Juniper"} {
		others = append(others, example(id))
	}
	yes := []bool{false, true}
	seen := map[string]int{}
	for _, level := range []model.Level{model.Anonymous, model.Attributed, model.Public} {
		for _, readers := range []model.Audience{model.Members, model.Everyone} {
			for n := range 1 << 5 {
				has := func(bit int) bool { return yes[n>>bit&1] }
				showcase, name, source, paid, approved := has(0), has(1), has(2), has(3), has(4)
				what := fmt.Sprintf("%v for %v: showcase %v, name %v, source %v, owing %v, approved %v", level, readers, showcase, name, source, paid, approved)
				e := example("Wexmoor")
				a := &e.Agreements[0]
				a.Level, a.Uses[model.UseShowcase] = level, showcase
				if name {
					a.NameForm = model.NameOrganisation
				}
				if source {
					e.PublicRefs = []model.PublicRef{{Type: "report", Title: "A made-up report", Covers: []string{"title", "lessons", "challenges"}}}
				}
				if paid {
					e.Funding = []model.Funding{{Name: "Wexmoor Fund"}}
				}
				cfg := anonymize.Config{Key: key, Now: now, Audience: readers, Reviewed: true}
				made := func() (x anonymize.Result, all []anonymize.Record) {
					results, err := anonymize.All(t.Context(), cfg, collect.Sequence(append(slices.Clone(others), e)))
					require.NoError(t, err, what)
					at := slices.IndexFunc(results, func(r anonymize.Result) bool { return r.Log.Example == "Wexmoor" })
					require.False(t, results[at].Withheld(), what)
					return results[at], anonymize.Records(results)
				}
				x, records := made()
				if approved {
					a.Approval = model.Approval{Required: a.Approval.Required, TextSHA256: x.Log.Approval}
					x, records = made()
				}
				sheet, err := guidance.SignOff(x.Record, x.Log, guidance.Config{})
				require.NoError(t, err, what)
				var b strings.Builder
				require.NoError(t, (render.Markdown{}).Render(&b, sheet))
				press, err := edition.Open(t.Context(), &edition.Memory{}, key, edition.Config{Audience: readers, Now: now, K: 5})
				require.NoError(t, err)
				ed, err := press.Draft(t.Context(), records)
				require.NoError(t, err, what)

				var line struct {
					Level   model.Level
					Name    string
					Title   string
					Lessons []anonymize.Lesson
					Sources []anonymize.Source
				}
				for l := range bytes.Lines(ed.Release.Proof.Release) {
					if bytes.Contains(l, []byte(x.Record.ID())) {
						require.NoError(t, json.Unmarshal(l, &line), what)
					}
				}
				var c disclosure.Certificate
				require.NoError(t, json.Unmarshal(ed.Release.Proof.Certificate, &c), what)
				inRelease := line.Level >= model.Attributed
				shown := slices.ContainsFunc(ed.Collection.Showcase, func(x aggregate.Exhibit) bool { return x.Name != "" || len(x.Sources) > 0 })

				granted := showcase && !paid && (level == model.Attributed && name || level == model.Public && source)
				holds := granted && (level == model.Public || approved)
				require.Equal(t, holds, inRelease, "release: %s", what)
				require.Equal(t, holds, shown, "showcase: %s", what)
				require.Equal(t, holds, len(c.Named) == 1, "certificate: %s", what)
				if inRelease {
					require.True(t, line.Name != "" || len(line.Sources) > 0, "a name or a source stands there: %s", what)
				} else {
					require.Empty(t, line.Name+line.Title, "release: %s", what)
					require.NotContains(t, string(ed.Release.Proof.Release), "marzipan", "no sentence of its own: %s", what)
					require.NotContains(t, string(ed.Release.Proof.Release), "Quorlbridge", what)
				}
				promised := strings.Contains(b.String(), "is published with your name") || strings.Contains(b.String(), "is published with that source")
				require.Equal(t, granted, promised, "sheet: %s", what)
				require.Equal(t, granted, strings.Contains(b.String(), "It may be shown by name among the examples."), "sheet: %s", what)
				require.NotContains(t, b.String(), "It is not shown by name.", what)
				require.Equal(t, level > model.Anonymous && !granted, strings.Contains(b.String(), "Your agreement does not let your example be shown with your name"), "sheet: %s", what)
				require.Equal(t, level == model.Anonymous, strings.Contains(b.String(), "You chose “anonymous”"), "sheet: %s", what)
				seen[fmt.Sprint(holds)]++
			}
		}
	}
	require.Positive(t, seen["true"])
	require.Positive(t, seen["false"])
}
