// SPDX-License-Identifier: Apache-2.0

package anonymize

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
