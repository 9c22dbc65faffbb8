// SPDX-License-Identifier: Apache-2.0

package returned

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/render"
	"github.com/sharedpractice/sharedpractice/model"
)

// A no on the sheet of an example that is withheld by now is not lost; that of one which
// is not among those given is.
func TestSheetOfWithheld(t *testing.T) {
	example := func(id string) model.Example {
		return model.Example{
			ID: id, Kind: "ki:engagement-activity", Title: model.Text{Value: "A bus run"},
			Steps:   []model.Step{{Text: model.Text{Value: model.Raw("We asked them again, " + strings.Repeat(id+"way ", 5))}, Method: model.Coded{Code: "me:outreach", AssignedBy: model.ByContributor}}},
			Parties: []model.Party{{Ref: "p-" + id, Role: "contributor", Type: "ot:charity"}},
			Agreements: []model.Agreement{{
				Schema: model.AgreementSchema, ID: "ag-" + id, Party: "p-" + id, Level: model.Anonymous, Audience: model.Everyone, Consent: model.Consent{Status: "given"},
				Uses: model.Uses{model.UseAggregate: true, model.UseGuidance: true, model.UseSingleSource: true},
			}},
		}
	}
	examples := []model.Example{example("a"), example("b"), example("c")}
	cfg := Config{
		Anonymize: anonymize.Config{Key: bytes.Repeat([]byte{7}, 32), Now: time.Date(2026, 11, 29, 0, 0, 0, 0, time.UTC), Audience: model.Everyone, Reviewed: true},
		Locale:    "en-GB", Guide: func(locale string) guidance.Config { return guidance.Config{Locale: locale, Date: "2026-11-29"} },
	}
	results, err := anonymize.All(t.Context(), cfg.Anonymize, func(yield func(model.Example, error) bool) { yield(examples[0], nil) })
	require.NoError(t, err)
	of := cfg.Guide(cfg.Locale)
	of.SheetCode = Parties(cfg.Anonymize.Key, examples[0], results[0].Record.ID())[0].Code
	g, err := guidance.SignOff(results[0].Record, results[0].Log, of)
	require.NoError(t, err)
	var b bytes.Buffer
	require.NoError(t, (render.Markdown{}).Render(&b, g))
	sheet := File{Name: "no.md", Body: []byte(mdField("name", "Jo Bright")(mdField("decision", "No")(b.String())))}
	filed := func(of ...model.Example) *Filed {
		t.Helper()
		out, filed, err := Put(t.Context(), of, []File{sheet}, cfg)
		require.NoError(t, err)
		require.Len(t, out, len(of))
		return filed
	}
	require.Equal(t, 1, filed(examples...).Verdicts[guidance.Refused])
	require.Equal(t, 1, filed(examples[1:]...).Lost, "it is not here")

	closed := slices.Clone(examples)
	closed[0].Agreements = slices.Clone(closed[0].Agreements)
	closed[0].Agreements[0].Consent.Status = "declined"
	withheld := filed(closed...)
	require.Zero(t, withheld.Lost)
	require.Equal(t, "a", withheld.Files[0].Example)
	require.Contains(t, withheld.Files[0].What, "nothing of its example is published anyway")
	require.Equal(t, 1, filed(closed[1:]...).Lost)

	// Nor where the key was changed since it was sent.
	cfg.Earlier, cfg.Anonymize.Key = [][]byte{cfg.Anonymize.Key}, bytes.Repeat([]byte{8}, 32)
	withheld = filed(closed...)
	require.Zero(t, withheld.Lost)
	require.Equal(t, "a", withheld.Files[0].Example)
	require.Equal(t, 1, filed(closed[1:]...).Lost)
	require.Equal(t, 1, filed(examples...).Verdicts[guidance.Refused])
}
