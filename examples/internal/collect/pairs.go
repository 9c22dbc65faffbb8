// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"context"
	"time"

	"github.com/sharedpractice/sharedpractice/aggregate/edition"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/model"
)

// Pairs makes the records of a collection with the old key and with the new one, as
// edition.Rotate takes them: whoever their readers are, and whatever was said of who
// looks like whom. They hold nothing of what the examples tell, and serve for nothing
// else.
func Pairs(ctx context.Context, oldKey, newKey []byte, now time.Time, examples []model.Example) ([]edition.Pair, error) {
	bare := make([]*model.Example, len(examples))
	for i, e := range examples {
		bare[i] = &model.Example{
			ID: e.ID, Account: "-", Kind: e.Kind, Lang: e.Lang, Title: model.Text{Value: "-"}, Parties: e.Parties, Agreements: e.Agreements,
		}
	}
	var made [2][]anonymize.Result
	for i, key := range [][]byte{oldKey, newKey} {
		a, err := anonymize.New(anonymize.Config{
			Key: key, Now: now, Audience: model.WorkingGroup, Reviewed: true, Recognizers: []recognize.Recognizer{},
		})
		if err != nil {
			return nil, err
		}
		for _, e := range bare {
			results, err := a.Anonymize(ctx, e)
			if err != nil {
				return nil, err
			}
			made[i] = append(made[i], results...)
		}
	}
	var out []edition.Pair
	for i, o := range made[0] {
		if o.Withheld() != made[1][i].Withheld() {
			return nil, edition.ErrPairs
		}
		if !o.Withheld() {
			out = append(out, edition.Pair{Old: o.Record, New: made[1][i].Record})
		}
	}
	return out, nil
}
