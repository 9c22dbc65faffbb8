// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/model"
)

// Question is one that a guide or document asks its working group.
type Question struct{ Guide, Slot string }

// Named are the questions, in order, whose answers hold a name that a party of the
// examples declared. Answers are by guide and slot.
func Named(ctx context.Context, key []byte, now time.Time, examples []model.Example, answers map[string]map[string]guidance.Answer) ([]Question, error) {
	var asked []Question
	var texts []string
	for _, guide := range slices.Sorted(maps.Keys(answers)) {
		for _, slot := range slices.Sorted(maps.Keys(answers[guide])) {
			if text := answers[guide][slot].Text; text != "" {
				asked, texts = append(asked, Question{guide, slot}), append(texts, text)
			}
		}
	}
	if len(texts) == 0 {
		return nil, nil
	}
	var parties []model.Party
	for _, e := range examples {
		parties = append(parties, e.Parties...)
	}
	a, err := anonymize.New(anonymize.Config{
		Key: key, Now: now, Audience: model.WorkingGroup, Reviewed: true, Recognizers: []recognize.Recognizer{}, Parties: parties,
	})
	if err != nil {
		return nil, err
	}
	found, err := a.Naming(ctx, texts...)
	out := make([]Question, len(found))
	for i, at := range found {
		out[i] = asked[at]
	}
	return out, err
}
