// SPDX-License-Identifier: Apache-2.0

// Package disclosure keeps a release anonymous when no name is left in it:
// type of organisation, region, year and therapy area together may still point
// at one contributor.
//
// Records that read alike in all quasi-identifiers form a class. A class must
// hold at least k distinct holdings (parent companies; an agency and its
// client both), where k is the strictest of the Requirement and of the records
// in the class. A missing value matches missing values only.
package disclosure
