// SPDX-License-Identifier: Apache-2.0

package accounts

import (
	"context"
	"fmt"

	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/anonymize/redact"
	"github.com/sharedpractice/sharedpractice/model"
)

// mask takes what the parties declared out of the sentences that a person is
// shown: a declared name stands in no file, not even in one of the group's own.
func mask(codes []Code, parties []model.Party) error {
	var declared []recognize.Declared
	for _, p := range parties {
		for _, id := range p.Identities {
			d := recognize.Declared{Kind: kindOf(id.Type), Name: string(id.Name), Owner: p.Ref}
			for _, f := range id.Forms {
				d.Forms = append(d.Forms, string(f))
			}
			declared = append(declared, d)
		}
		if p.Contact != "" {
			declared = append(declared, recognize.Declared{Kind: recognize.Contact, Name: string(p.Contact), Owner: p.Ref})
		}
	}
	if len(declared) == 0 || len(codes) == 0 {
		return nil
	}
	policy, err := redact.PolicyFor(model.Anonymous.String())
	if err != nil {
		return err
	}
	r, err := redact.New(redact.Config{Recognizers: []recognize.Recognizer{}, Declared: declared, Balanced: true, Policy: policy})
	if err != nil {
		return fmt.Errorf("the declared names of an example: %w", err)
	}
	passages := make([]redact.Passage, len(codes))
	for i, c := range codes {
		passages[i] = redact.Passage{Text: c.Sentence}
	}
	masked, err := r.Redact(context.Background(), passages)
	if err != nil {
		return fmt.Errorf("the sentences of an example: %w", err)
	}
	for i := range codes {
		codes[i].Sentence = masked[i].Text
	}
	return nil
}

func kindOf(identity string) recognize.Kind {
	switch identity {
	case "organisation":
		return recognize.Org
	case "person":
		return recognize.Person
	case "place":
		return recognize.Place
	case "product", "programme":
		return recognize.Brand
	case "code":
		return recognize.Code
	}
	return recognize.Other
}
