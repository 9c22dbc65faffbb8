// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
)

// Removed says in a reader's words what a decision took out, and why: "An e-mail
// address", "A word that our lists do not know to be harmless". It tells what
// kind of thing it was, never the thing, and no rule's name; of a recogniser that
// the catalog does not know it tells the kind of the finding.
func (c *Catalog) Removed(d anonymize.Decision) string {
	const out = "sign-off.out."
	key := out + d.Recognizer
	switch {
	case d.Declared:
		key = out + "declared"
	case d.Recognizer == "strict" && (d.Kind == recognize.Code || d.Kind == recognize.Date || d.Subtype != "" && d.Subtype != "unknown"):
		key = out + "unknown-figure"
	case d.Recognizer == "strict":
		key = out + "unknown"
	case d.Recognizer == "name" && d.Kind != recognize.Other:
		key = ""
	}
	if key == "" || !c.has(key) {
		key = "sign-off.kind." + strings.ToLower(string(d.Kind))
	}
	if !c.has(key) {
		key = "sign-off.kind.other"
	}
	return c.say(key, nil)
}

// removed words the decisions on texts, alike ones once with their number. What
// was kept, or replaced by words in brackets that can be seen, needs no more words.
func (w *writer) removed(decisions []anonymize.Entry) []string {
	var order []string
	count := map[string]int{}
	for _, d := range decisions {
		if d.Operator == anonymize.Keep {
			continue
		}
		said := w.catalog.Removed(d.Decision)
		operator, _, _ := strings.Cut(string(d.Operator), ":")
		if key := "sign-off.operator." + operator; w.catalog.has(key) {
			said = w.say("sign-off.did", values{"what": said, "did": w.say(key, nil)})
		}
		if !slices.Contains(order, said) {
			order = append(order, said)
		}
		count[said]++
	}
	for i, said := range order {
		if count[said] > 1 {
			order[i] = w.say("sign-off.times", values{"what": said, "n": count[said]})
		}
	}
	return order
}

// oneLine joins what was taken out of one text.
func oneLine(locale string, removed []string) string {
	var b strings.Builder
	for i, said := range removed {
		if i > 0 {
			b.WriteString(high(locale, ";") + " ")
			said = lowerFirst(said)
		}
		b.WriteString(said)
	}
	return b.String()
}
