// SPDX-License-Identifier: Apache-2.0

// Package disclosure keeps a release anonymous when no name is left in it:
// type of organisation, region, year and therapy area together may still point
// at one contributor.
//
// Records that read alike in all quasi-identifiers form a class. A class must
// hold at least k distinct holdings (parent companies; an agency and its
// client both, and together once), where k is the strictest of the Requirement
// and of the records in the class. A missing value matches missing values only.
//
// NewRelease does it for anonymised records and proves it:
//
//	ledger, err := disclosure.OpenLedger("ledger", key)
//	release, err := disclosure.NewRelease(ctx, records, disclosure.ReleaseConfig{
//		Key: key, Edition: "2026-1", Ledger: ledger,
//	})
//	err = release.Proof.Commit() // then write Proof.Release, Proof.Certificate
//
// Certify does it for lines that somebody else made, Ledger keeps the editions of
// anything that counts people, Wording finds text that only one contributor
// writes. Package recode makes the records coarser; package verify recomputes
// every guarantee with other code.
//
// It does not protect against a reader who knows more of a record than its
// quasi-identifiers, against what the texts of the records say (that is for
// anonymize, and for Wording), or against holdings that collude: ask for
// k + c where c of them may.
//
// Of an anonymous record a line tells what k contributors tell. Where one has nothing left
// in a field that describes its example, or of what is said of a step or a challenge (who
// took it, when), no line made with it tells that: the only line without would tell as
// much. Challenges, objectives and steps themselves are left out of single lines. So a line
// may have the shortest list of its class, or none, because its contributor told what fewer
// than k did; whoever knows of somebody in that class that he told such a thing may know by
// this which line is his, and reads in it what he told with others. Nothing that he alone
// told stands there. It stays so, since the lists of all others of the class would have to
// be cut as short, and what is counted elsewhere, less what lines tell, would be theirs.
//
// What a contributor left blank, or its agreement closes, is blank in its line: whoever
// knows of somebody that he alone told no outcome knows his line. Nor is it hidden which
// lines are of one contributor: where few gave more than one example, numbers of examples
// and of contributors, held against the lines, may tell which two belong together.
//
// No error, String or verb of this package shows a value of the data.
// Promised stable: what thresholds, levels and rules mean, and the form of
// certificates and ledgers of version 2. Not stable: which of several equally
// good recodings is chosen.
package disclosure
