// SPDX-License-Identifier: Apache-2.0

package render

// What only the tests of this package reach from outside.
var (
	ErrTheme = errTheme
)
