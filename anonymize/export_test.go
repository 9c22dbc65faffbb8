// SPDX-License-Identifier: Apache-2.0

package anonymize

import "github.com/sharedpractice/sharedpractice/model"

// ApprovalTextOf and ApprovalWords let the tests reach content that no
// Anonymizer would make.
var (
	ApprovalTextOf = approvalText
	ApprovalWords  = approvalWords
)

// What only the tests of this package reach from outside.
var LinkageTest = linkageTest

func (c *Content) Close(shut func(string) bool) { c.close(shut) }

func (c Content) Clone() Content { return c.clone() }

const (
	LeakDeclared   = leakDeclared
	LeakIdentifier = leakIdentifier
	LeakVerbatim   = leakVerbatim
	LeakSound      = leakSound
	LeakCapital    = leakCapital
)

// Asked are the texts that the builder takes from an example with everything open.
func Asked(e *model.Example) map[string]model.Raw {
	out := map[string]model.Raw{}
	uses := model.Uses{model.UseQuotes: true}
	builder{
		terms: model.Terms{Level: model.Public, Uses: uses},
		text:  func(path string, raw model.Raw) string { out[path] = raw; return string(raw) },
	}.content(e)
	return out
}

const ReasonNamesOther = reasonNamesOther
