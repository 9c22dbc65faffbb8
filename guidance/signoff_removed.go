// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/anonymize/redact"

	"github.com/sharedpractice/sharedpractice/guidance/internal/words"
)

// removed words the decisions on texts, alike ones once with their number. What
// was kept, or replaced by words in brackets that can be seen, needs no more words.
func (w *writer) removed(decisions []anonymize.Entry) []string {
	var order []string
	count := map[string]int{}
	for _, d := range decisions {
		if d.Operator == redact.Keep {
			continue
		}
		said := w.catalog.Removed(d.Decision)
		operator, _, _ := strings.Cut(string(d.Operator), ":")
		if key := "sign-off.operator." + operator; w.catalog.Has(key) {
			said = w.say("sign-off.did", words.Values{"what": said, "did": w.say(key, nil)})
		}
		if !slices.Contains(order, said) {
			order = append(order, said)
		}
		count[said]++
	}
	for i, said := range order {
		if count[said] > 1 {
			order[i] = w.say("sign-off.times", words.Values{"what": said, "n": count[said]})
		}
	}
	return order
}

// oneLine joins what was taken out of one text.
func oneLine(locale string, removed []string) string {
	var b strings.Builder
	for i, said := range removed {
		if i > 0 {
			b.WriteString(words.High(locale, ";") + " ")
			said = words.LowerFirst(said)
		}
		b.WriteString(said)
	}
	return b.String()
}
