// SPDX-License-Identifier: Apache-2.0

// Package recognize finds what in a text identifies, or helps to identify,
// people and organisations: declared names in every form people write, names
// nobody declared, places, programmes, dates, contact details and formatted
// identifiers.
//
// A Document is a text prepared once. A Recognizer reports Findings in it, as
// spans of the original bytes. Detect runs recognisers, carries every
// detection to all its mentions, and returns disjoint findings:
//
//	doc, err := recognize.NewDocument(input)
//	rs, err := recognize.Default(language.BritishEnglish)
//	found, err := recognize.Detect(ctx, []*recognize.Document{doc}, rs, recognize.Options{Strict: true})
//
// Declared names come first: put the Dictionary made of them in front of the
// built-in recognisers. A declared name is found through disguises (zero-width
// characters, look-alikes, spaced-out letters, line-end hyphens), inside
// e-mail addresses, URLs and hashtags, abbreviated, reversed and misspelled by
// one letter.
//
// Names that nobody declared are found by what stands around them (titles,
// initials, head nouns, legal forms, verbs of saying), by their shape, and by a
// small linear classifier. No list gates a name, so names of every culture are
// found; lists help to tell kinds apart and to leave readable what names
// nobody: months, eponyms, posts, conditions, and public terms, a list that the
// caller may replace.
//
// The two strengths: by default what is recognised is reported; with
// Options.Strict every capitalised, unknown or numeric token that no stated
// reason clears is reported too. Strict findings always include the others.
//
// What it does not protect against: a description that identifies without a
// name ("the only hospice on the island"), writing style, a nickname that
// neither looks like a name nor was declared, names in lower case that are
// also everyday words, and text in languages other than English, for which
// only declared names, formatted identifiers and capitals are recognised.
//
// Nothing in this package logs, and no error holds text. Finding.Entity does
// hold text from the document: it is a key for giving one entity one
// pseudonym, and must never be printed or stored.
//
// Promised stable: the exported names, Kind values, and that findings are
// sorted, disjoint, in bounds and on character boundaries. Which words are
// found will change, towards more.
package recognize
