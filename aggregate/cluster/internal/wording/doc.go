// SPDX-License-Identifier: Apache-2.0

// Package wording says of a word whether it can name a topic: in which language
// a text is written, which of that language's words are grammar, politeness,
// talk or bare verbs, and which words are names of persons and places.
package wording
