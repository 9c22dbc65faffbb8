// SPDX-License-Identifier: Apache-2.0

package redact

// What only the tests of this package reach from outside.
var (
	Tighten     = tighten
	ErrOperator = errOperator
	ErrStream   = errStream
	ErrUnstable = errUnstable
)

// InPieces is the redactor, which reads all that is longer than so many bytes in pieces.
func InPieces(r *Redactor, longest int) *Redactor {
	c := *r
	c.whole = longest
	return &c
}
