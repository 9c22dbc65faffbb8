// SPDX-License-Identifier: Apache-2.0

// Package text says how prose is read: a normalised view of a string with a
// map back to the original bytes, tokens, sentences, and the folding and
// stemming by which two words are compared.
//
// A View is what a reader sees, whatever the bytes: full-width letters, added
// combining marks, zero-width characters, look-alikes from another script,
// HTML entities and words hyphenated at a line end all read as the plain word.
// Every span of the view leads back to the original bytes that made it, so
// that a program can search the view and cut the original:
//
//	v, err := text.NewView("J&#111;se\u0301 O\u2019Neill")
//	if err != nil { ... }
//	i := strings.Index(v.Folded(), "jose")
//	cut := v.Original(text.Span{Start: i, End: i + 4})
//
// The default is to lose nothing that is visible: the view is for searching,
// never for printing. Letters lose their accents in it (José reads as Jose),
// and a dash of any length reads as a hyphen.
//
// What the package does not do: it knows no grammar; it does not translate or
// transliterate (a name in Cyrillic stays Cyrillic; only look-alikes inside a
// word of mixed scripts are read as Latin); it does not undo substitutions of
// digits for letters ("Sm1th"). It is no protection by itself.
//
// All functions are pure, take time linear in their input, never panic and are
// safe for concurrent use. The contents of a view may change between minor
// versions (more disguises seen through); offsets always lead back to the
// original.
package text
