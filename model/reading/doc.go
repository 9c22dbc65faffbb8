// SPDX-License-Identifier: Apache-2.0

// Package reading turns an account in people's own words into a coded example.
//
// Read gives every sentence a role (context, challenge, action, outcome, lesson,
// quote, other) and the whole account its challenges, objectives, situations and
// methods, each with a confidence. Fill does the same for an example that has an
// account, and fills the fields that nobody filled: what a person gave wins.
//
//	r, err := reading.New(reading.Config{})
//	filled, evidence, err := r.Fill(example)
//
// A confidence is calibrated: of the codes given at .6, about six in ten are
// right, on accounts like those that it was measured with. Told is set where four
// in five are right. What is less sure is a suggestion, and never counts.
//
// How it works: linear models over words, pairs of words, word beginnings and
// static word vectors, trained on passages that were written for the purpose
// (internal/gen). It reads English only. It does not understand: irony, long
// indirect tellings and rare concepts escape it, and it can be wrong with
// confidence. Everything that it fills is raw contributor text, for anonymize and
// nothing else.
//
// All of it is pure Go, deterministic on every processor, linear in the length of
// the account, and safe for concurrent use. The weights lie in package weights
// and are unpacked on first use. Roles, codes and confidences may change between
// minor versions.
package reading
