// SPDX-License-Identifier: Apache-2.0

// Package vocabulary holds the controlled lists by which examples are coded,
// and finds in prose the phrases that suggest a code.
//
// A [Concept] is one term in the sense of SKOS: a stable, language-neutral id
// such as "ch:tokenism", and in each language a preferred label, alternative
// and hidden labels, a definition, and the phrases by which a sentence can
// say it ([Form]). A [Scheme] is a list of concepts, a [Set] the schemes that
// were loaded and validated together.
//
//	set := vocabulary.Default()
//	c, ok := set.Scheme(vocabulary.Challenge).Concept("ch:seldom-heard")
//	c.PrefLabel("en-GB")                         // "Reaching seldom-heard groups"
//	when, _ := c.Say(vocabulary.FormWhen, "en-GB")
//	set.Generalise("ot:nhs-acute-trust", 1)      // "ot:health-care-provider"
package vocabulary
