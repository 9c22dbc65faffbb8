// SPDX-License-Identifier: Apache-2.0

package model

// What only the tests of this package reach from outside.
const MaxFaults = maxFaults

// What only the tests of this package reach from outside.
const (
	ReasonAttribution  = reasonAttribution
	ReasonDate         = reasonDate
	ReasonSchema       = reasonSchema
	ReasonUnknownField = reasonUnknownField
	ReasonValue        = reasonValue
)

var (
	ErrLoosens = errLoosens
	ErrEncode  = errEncode
)
