// SPDX-License-Identifier: Apache-2.0

package recode

// What only the tests of this package reach from outside.
type ClassSize = classSize

var (
	TopDown         = topDown
	BottomUp        = bottomUp
	WhatIfK         = whatIfAt
	CostByAgreement = costByAgreement
	Worksheet       = worksheetOf
)

// What only the tests of this package reach from outside.
var (
	FullDomain     = fullDomain
	MeasureRisk    = measureRisk
	MeasureUtility = measureUtility
)
