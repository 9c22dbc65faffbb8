// SPDX-License-Identifier: Apache-2.0

// Package anonymize strips from examples what their agreements close, and
// proves it. An example goes in raw; what comes out is a Record, which only
// this package can make, and which aggregate and guidance take in its place.
//
//	results, err := anonymize.All(ctx, anonymize.Config{
//		Key: key, Now: time.Now(), Audience: model.Members,
//	}, model.Reader{}.JSONLines(file))
//	records := anonymize.Records(results) // those that may be used
//
// By default nothing is known to be harmless: an example with no agreement in
// force gives no record, and at the level anonymous and below every capitalised
// or unknown word and every number that is not cleared by a stated reason is
// masked, unless Config.Reviewed says that a person reads each record. What a
// party declared is removed in every form that people write it in, from
// declaredNames's examples. Each record is read again by a leak check that shares no
// code with the recognisers; a text that fails it is left out.
//
// A party that must approve the exact text approves Record.ApprovalText, by its
// hash. The text can be read by a person and holds every character that would be
// published; when one changes, the approval lapses and the record is counted only.
//
// Package redact does the same for single texts, streams and logs, by a policy of
// your own or by that of a level.
//
// What it does not protect against: a reader who knows an event from elsewhere
// and recognises it by what happened; facts in pictures or attached files;
// contributors who put others' secrets where nobody declared them, in ordinary
// words. What is left when no name is left is for package disclosure. The
// working group's machine and key are trusted: whoever holds the key can test
// whether two records are of one holding.
//
// No error, String, log value or panic of this package shows a contributor's
// text. Promised stable: the levels' meaning and that a later version never
// keeps a declared name that an earlier one removed. Not stable: the wording of
// labels, and which ordinary words are taken for names.
package anonymize
