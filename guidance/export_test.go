// SPDX-License-Identifier: Apache-2.0

package guidance

// What only the tests of this package reach from outside.
var (
	ErrCheck = errCheck
	ErrTable = errTable
	ErrGuide = errGuide

	Overclaim = overclaim
)
