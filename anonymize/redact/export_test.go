// SPDX-License-Identifier: Apache-2.0

package redact

// What only the tests of this package reach from outside.
var (
	Tighten     = tighten
	ErrStream   = errStream
	ErrUnstable = errUnstable
)
