// SPDX-License-Identifier: Apache-2.0

// Package intake turns the export of a survey tool into examples, without the
// file being edited: whatever its encoding, separators, header rows and columns.
//
// A Table is a sheet as it came. Propose finds for each column the question of
// the capture form that it answers; a person may correct the proposal. Read then
// makes an example of each row and lists, as Findings, every answer that was not
// understood and every row that cannot be used, in the sheet's own terms: row,
// column, what is allowed, what may have been meant.
//
// What is not understood never opens anything: an agreement with an answer that
// cannot be read withholds its example, and a use that cannot be read is not
// granted. Of what may be done nothing is guessed: the nearest option is offered in the
// finding. Elsewhere a long word with one letter wrong is read as the one that it can be, and
// a kind, a group or a stage in somebody's own words as the one that it is clearly likest,
// which is listed for a person to correct.
//
// A row is known again by its reference or else by organisation and title,
// never by its place, so that a sorted sheet gives the same examples.
package intake
