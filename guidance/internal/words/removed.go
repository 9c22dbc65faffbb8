// SPDX-License-Identifier: Apache-2.0

package words

import (
	"strings"

	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/anonymize/redact"
)

// Removed says in a reader's words what a decision took out, and why: "An e-mail
// address", "A word that our lists do not know to be harmless". It tells what
// kind of thing it was, never the thing, and no rule's name; of a recogniser that
// the catalog does not know it tells the kind of the finding.
//
// A name that somebody declared and one that was guessed are told alike, by their
// kind: else a sheet would tell its reader whether somebody else takes part.
func (c *Catalog) Removed(d redact.Decision) string {
	const out = "sign-off.out."
	key := out + d.Recognizer
	switch {
	case alike(d.Recognizer) && d.Kind == recognize.Contact:
		key = out + d.Subtype // as it is found by its form
	case alike(d.Recognizer) && d.Kind == recognize.Code:
		key = out + "code"
	case alike(d.Recognizer):
		key = ""
	case d.Recognizer == "strict" && (d.Kind == recognize.Code || d.Kind == recognize.Date || d.Subtype != "" && d.Subtype != "unknown"):
		key = out + "unknown-figure"
	case d.Recognizer == "strict":
		key = out + "unknown"
	}
	if key == "" || !c.Has(key) {
		key = "sign-off.kind." + strings.ToLower(string(d.Kind))
	}
	if !c.Has(key) {
		key = "sign-off.kind.other"
	}
	return c.Say(key, nil)
}

// alike reports whether a recogniser guesses what may be declared too.
func alike(recogniser string) bool {
	switch recogniser {
	case "declared", "name", "body", "programme", "mentions":
		return true
	}
	return false
}
