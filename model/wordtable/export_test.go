// SPDX-License-Identifier: Apache-2.0

package wordtable

// What only the tests of this package reach from outside.
var (
	ErrFormat = errFormat
	Parse     = parse
)
