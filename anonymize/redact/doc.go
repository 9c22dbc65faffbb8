// SPDX-License-Identifier: Apache-2.0

// Package redact takes what identifies out of texts, streams (Transformer, Reader)
// and logs (ReplaceAttr). It recognises by package recognize, decides by a Policy of
// your own or by that of a level, writes labels, bands or pseudonyms in place of
// what it found, and reads what it wrote again until nothing new is found.
//
//	policy, err := redact.PolicyFor("anonymous")
//	r, err := redact.New(redact.Config{Declared: names, Policy: policy})
//	out, err := r.Redact(ctx, []redact.Passage{{Text: letter}})
//
// By default nothing is known to be harmless: every capitalised or unknown word and
// every number that no stated reason clears is masked. With Config.Balanced, what
// is recognised is masked. Masks only grow: one more declared name, recogniser or
// passage, or the stricter setting, never brings a character back.
//
// A text longer than 1 MiB is read in pieces, each with 8 KiB of what stands on either
// side: the result is that of reading it whole, but where a recogniser looks further
// than that.
//
// What it does not protect against: a reader who recognises an event by what
// happened; names that are everyday words, written as such, that nobody declared.
// Which examples may be shared at all is for package anonymize.
//
// No error, String or log value shows a text. Promised stable: the order of
// operators, and that a declared name is never kept. Not stable: the wording of
// labels, and which ordinary words are taken for names.
package redact
