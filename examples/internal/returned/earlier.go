// SPDX-License-Identifier: Apache-2.0

package returned

import (
	"context"
	"slices"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/examples/internal/collect"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/model"
)

// sentBefore is what sheets were held against under the earlier keys.
func sentBefore(ctx context.Context, examples []model.Example, cfg Config) ([]sentOut, error) {
	var out []sentOut
	for _, key := range cfg.Earlier {
		then := cfg
		then.Anonymize.Key = key
		results, err := anonymize.All(ctx, then.Anonymize, collect.Sequence(examples))
		if err != nil {
			return nil, err
		}
		parties := &Filed{}
		parties.Behind(key, examples, results)
		sent, err := prepare(ctx, then, examples, results, parties.Parties)
		if err != nil {
			return nil, err
		}
		out = append(out, sent)
	}
	return out, nil
}

// readBefore reads a sheet that was sent under an earlier key. It answers for its
// example as it did then: a no stays one, and so does a yes so long as the text is
// the same.
func (s sentOut) readBefore(before []sentOut, r sheet, now reading) (reading, error) {
	for _, b := range before {
		then, err := b.read(r)
		if err != nil {
			return reading{}, err
		}
		if then.Log.Example == "" || then.other && now.Log.Example != "" {
			continue
		}
		same := slices.ContainsFunc(s.logs, func(l anonymize.Log) bool {
			return l.Example == then.Log.Example && l.Approval == then.Log.Approval
		})
		if same || then.other {
			return then, nil
		}
		then.other = true
		if then.Verdict == guidance.Refused || then.Verdict == guidance.WithChange {
			then.earlier = true
			then.why = becameOf(then.Verdict) + " until a yes to the text as it is now comes back"
		} else {
			then.about, then.Verdict = nil, guidance.Undecided
			then.why = "answers for no text as it would be published now: send a new sheet"
		}
		return then, nil
	}
	return now, nil
}
