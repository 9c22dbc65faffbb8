// SPDX-License-Identifier: Apache-2.0

// Package words is how documents say things in a language: messages with places
// and plural forms, dates and lists as the language writes them, the words by
// which a working group calls people, and the marks that need care in every
// format. Its tables lie in data, by locale.
package words
