// SPDX-License-Identifier: Apache-2.0

package returned

import (
	"context"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/model"
)

// withheld are what records of the examples would be known by of which nothing is
// published anyway, as when the row says no since.
func withheld(ctx context.Context, results []anonymize.Result, cfg anonymize.Config) (logs []anonymize.Log, err error) {
	// The reference of a record tells nothing but of which example it is.
	bare := anonymize.Config{Key: cfg.Key, Now: cfg.Now, Audience: model.WorkingGroup, Reviewed: true, Recognizers: []recognize.Recognizer{}}
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
	for _, x := range all {
		logs = append(logs, x.Log)
	}
	return logs, err
}

// among finds the example of a sheet by its marks; "" where it is none of them.
func (r sheet) among(logs []anonymize.Log) string {
	for _, mark := range bases(r.answers) {
		// That the text is another one is an error beside what is found.
		one, _ := guidance.ReadSignOff(map[string]guidance.Answer{"decision": {Text: "No", Basis: mark}}, logs)
		if one.Log.Example != "" {
			return one.Log.Example
		}
	}
	return ""
}
