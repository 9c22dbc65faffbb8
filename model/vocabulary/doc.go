// SPDX-License-Identifier: Apache-2.0

// Package vocabulary holds the controlled lists by which examples are coded,
// says their concepts inside sentences, and finds in prose the phrases that
// suggest a code.
//
// A [Concept] is one term in the sense of SKOS: a stable, language-neutral id
// such as "ch:tokenism", and in each language a preferred label, alternative
// and hidden labels, a definition, and the phrases by which a sentence can say
// it ([Form]). A [Scheme] is a list of concepts, a [Set] the schemes that were
// loaded and validated together. [Default] is the built-in set; [Load] and
// [Set.With] read a user's own from any fs.FS.
//
//	set := vocabulary.Default()
//	c, ok := set.Scheme(vocabulary.Challenge).Concept("ch:seldom-heard")
//	c.PrefLabel("en-GB")                        // "Reaching seldom-heard groups"
//	set.Title("ob:safety", "ch:time", "", "en-GB") // "How to improve safety when time is short"
//	set.Generalise("ot:nhs-acute-trust", 1)     // "ot:health-care-provider"
//
// Below the methods lie practices: what a good officer does on Monday, in one
// imperative sentence, with where it fits. Narrower of a method gives its
// practices, Broader of a practice its method; Step says either. A Matcher of
// the scheme [Practice] finds those that a text tells of.
//
// Concepts that are new and not yet tested by people who code independently
// are candidates; see [Concept.Candidate].
//
// Broader concepts form ladders for generalisation: therapy area, group, any;
// type of organisation, sector, any; region, nation, any; year; money; people.
//
// A [Matcher] finds phrases with byte offsets in the original. What it finds
// are suggestions with a confidence that orders them and is no probability;
// only a person makes one a code. Short forms with several meanings (PPE, PPI,
// PSP, CAB, SDM, compliance) count only near words that settle the meaning.
// Most accounts leave their challenge unsaid, so finding nothing says nothing.
//
// [Set.Equivalents] widens a search. Its terms are never merged on output: a
// contributor's "involvement" is printed as involvement, and counts keep apart
// what searches join.
//
// What the package does not do: it hides nothing and protects nobody. Matches
// point into raw text, so treat them as raw. A label in a user's own scheme
// may itself be confidential: errors name its place and never its words.
//
// Importing the package parses nothing; the first call of Default parses the
// embedded files once. All values are immutable and safe for concurrent use.
//
// Stable: ids, scheme names, prefixes and what they mean. Not stable: labels,
// phrases, definitions, weights, and therefore what a Matcher finds.
package vocabulary
