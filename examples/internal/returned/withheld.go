// SPDX-License-Identifier: Apache-2.0

package returned

import (
	"context"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/model"
)

// ofWithheld finds the example of a sheet among those of which nothing is published
// anyway, as when the row says no since: a no on a sheet of theirs is not lost. "" where
// there is none.
func ofWithheld(ctx context.Context, r sheet, results []anonymize.Result, cfg anonymize.Config) (string, error) {
	marks := bases(r.answers)
	if len(marks) == 0 {
		return "", nil
	}
	// The reference of a record tells nothing but of which example it is.
	bare := anonymize.Config{Key: cfg.Key, Now: cfg.Now, Audience: model.WorkingGroup, Reviewed: true, Recognizers: []recognize.Recognizer{}}
	var logs []anonymize.Log
	all, err := anonymize.All(ctx, bare, func(yield func(model.Example, error) bool) {
		for _, x := range results {
			e := model.Example{
				ID: x.Log.Example, Kind: "ki:engagement-activity", Title: model.Text{Value: "-"},
				Parties: []model.Party{{Ref: "x", Role: "contributor"}},
				Agreements: []model.Agreement{{
					Schema: model.AgreementSchema, ID: "x-" + x.Log.Example, Party: "x", Level: model.Anonymous, Audience: model.WorkingGroup,
					Uses: model.Uses{model.UseAggregate: true, model.UseGuidance: true}, Consent: model.Consent{Status: "given"},
				}},
			}
			if x.Withheld() && !yield(e, nil) {
				return
			}
		}
	})
	if err != nil {
		return "", err
	}
	for _, x := range all {
		logs = append(logs, x.Log)
	}
	for _, mark := range marks {
		// That the text is another one is an error beside what is found.
		one, _ := guidance.ReadSignOff(map[string]guidance.Answer{"decision": {Text: "No", Basis: mark}}, logs)
		if one.Log.Example != "" {
			return one.Log.Example, nil
		}
	}
	return "", nil
}
