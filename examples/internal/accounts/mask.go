// SPDX-License-Identifier: Apache-2.0

package accounts

import (
	"context"
	"fmt"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/anonymize/redact"
	"github.com/sharedpractice/sharedpractice/model"
)

// newMasker returns a redactor of declared names and nothing else, for mask.
func newMasker() (*redact.Redactor, error) {
	policy, err := redact.PolicyFor(model.Anonymous.String())
	if err != nil {
		return nil, err
	}
	return redact.New(redact.Config{Recognizers: []recognize.Recognizer{}, Balanced: true, Policy: policy})
}

// mask takes what the parties of one example declared out of the sentences that a
// person is shown: a declared name stands in no file, not even in one of the
// group's own.
func mask(r *redact.Redactor, codes []Code, parties []model.Party) error {
	declared := anonymize.Declared(parties)
	if len(declared) == 0 || len(codes) == 0 {
		return nil
	}
	passages := make([]redact.Passage, len(codes))
	for i, c := range codes {
		passages[i] = redact.Passage{Text: c.Sentence}
	}
	passages[0].Declared = declared // found in all of them
	masked, err := r.Redact(context.Background(), passages)
	if err != nil {
		return fmt.Errorf("the sentences of an example: %w", err)
	}
	for i := range codes {
		codes[i].Sentence = masked[i].Text
	}
	return nil
}
