// SPDX-License-Identifier: Apache-2.0

package returned

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/examples/internal/collect"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/render"
	"github.com/sharedpractice/sharedpractice/model"
)

// A yes on a sheet for everyone is one to fewer readers, after the key was changed too.
func TestSheetForMoreReaders(t *testing.T) {
	var examples []model.Example
	for _, id := range []string{"a", "b"} {
		examples = append(examples, model.Example{
			ID: id, Kind: "ki:engagement-activity", Title: model.Text{Value: "A bus run"},
			Steps:   []model.Step{{Text: model.Text{Value: model.Raw("We asked them again, " + strings.Repeat(id+"way ", 5))}, Method: model.Coded{Code: "me:outreach", AssignedBy: model.ByContributor}}},
			Parties: []model.Party{{Ref: "p-" + id, Role: "contributor", Type: "ot:charity"}},
			Agreements: []model.Agreement{{
				Schema: model.AgreementSchema, ID: "ag-" + id, Party: "p-" + id, Level: model.Anonymous, Audience: model.Everyone, Consent: model.Consent{Status: "given"},
				Uses: model.Uses{model.UseAggregate: true, model.UseGuidance: true, model.UseSingleSource: true}, Approval: model.Approval{Required: true},
			}},
		})
	}
	first := bytes.Repeat([]byte{7}, 32)
	cfg := Config{
		Anonymize: anonymize.Config{Key: first, Now: time.Date(2026, 11, 29, 0, 0, 0, 0, time.UTC), Audience: model.Everyone, Reviewed: true},
		Locale:    "en-GB", Guide: func(locale string) guidance.Config { return guidance.Config{Locale: locale, Date: "2026-11-29"} },
	}
	results, err := anonymize.All(t.Context(), cfg.Anonymize, collect.Sequence(examples))
	require.NoError(t, err)
	of := cfg.Guide(cfg.Locale)
	of.SheetCode = Parties(first, examples[0], results[0].Record.ID())[0].Code
	g, err := guidance.SignOff(results[0].Record, results[0].Log, of)
	require.NoError(t, err)
	var b bytes.Buffer
	require.NoError(t, (render.Markdown{}).Render(&b, g))
	files := []File{{Name: "yes.md", Body: []byte(mdField("name", "Jo Bright")(mdField("decision", "Yes, as it stands here")(b.String())))}}
	for _, audience := range []model.Audience{model.Everyone, model.Members} {
		cfg.Anonymize.Audience = audience
		for _, key := range []byte{7, 8} {
			cfg.Anonymize.Key, cfg.Earlier = bytes.Repeat([]byte{key}, 32), [][]byte{first}
			_, filed, err := Put(t.Context(), examples, files, cfg)
			require.NoError(t, err)
			require.Equal(t, map[guidance.Verdict]int{guidance.Agreed: 1}, filed.Verdicts, "%v readers, key %d: %s", audience, key, filed.Files[0].What)
		}
	}
}
