// SPDX-License-Identifier: Apache-2.0

package main

import (
	"sync"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/anonymize/redact"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

const locale = guidance.SourceLocale

func label(code model.Code) string { return vocabulary.Default().Label(string(code), locale) }

var catalog = sync.OnceValues(func() (*guidance.Catalog, error) { return guidance.OpenCatalog(locale, nil) })

// removedWords says what was found, and why it does not stay, in the words of the
// sign-off sheet.
func removedWords(d redact.Decision) string {
	c, err := catalog()
	if err != nil {
		return "Something that may give you away"
	}
	return c.Removed(d)
}

// operatorWords says what was done.
func operatorWords(d redact.Decision) string {
	switch d.Operator {
	case redact.Suppress:
		return "the whole sentence is withheld"
	case redact.Remove:
		return "removed"
	case redact.Label:
		return "replaced by its kind"
	case redact.Pseudonym:
		return "replaced by its kind and a number, the same for every mention"
	case redact.GeneraliseRelative:
		return "told by its distance from the first date"
	case redact.Generalise, redact.GeneraliseQuarter, redact.GeneraliseRegion:
		return "told less exactly"
	case redact.Keep:
		return "kept as it is"
	}
	return "changed"
}

// reasonWords says why a door is closed, for whoever may open it.
func reasonWords(code string) string {
	words, ok := map[string]string{
		model.ReasonNoAgreement:  "Somebody with rights in the example has no agreement on file.",
		model.ReasonSchema:       "An agreement is in a form that this version cannot read.",
		model.ReasonValue:        "An agreement has a value that it may not have.",
		model.ReasonConsent:      "Somebody who must agree has not agreed yet.",
		model.ReasonDate:         "A date in an agreement cannot be read.",
		model.ReasonNotYet:       "It may not be used yet.",
		model.ReasonExpired:      "The agreement has ended.",
		model.ReasonWithdrawn:    "The agreement was withdrawn.",
		model.ReasonConditions:   "You set conditions in your own words: a person of the working group must read them first.",
		model.ReasonLevel:        "The agreement closes this.",
		model.ReasonUse:          "You did not choose this use.",
		model.ReasonAudience:     "The readers that you chose are fewer than these.",
		model.ReasonField:        "You closed this part.",
		model.ReasonUnknownField: "An agreement closes a part that an example does not have.",
		model.ReasonLoosens:      "A part is opened further than the whole, which cannot be.",
		model.ReasonAttribution:  "An acknowledgement is demanded, but its words are missing.",

		anonymize.ReasonNothingGranted: "You chose no use.",
		anonymize.ReasonVerification:   "The check that reads everything again found a name or number, so the text was left out.",
		anonymize.ReasonApproval:       "The exact text is not approved: it is counted in totals only.",
		anonymize.ReasonNoName:         "It is to be shown with a name, and no name may stand beside it.",
	}[code]
	if !ok {
		return "It is closed."
	}
	return words
}

// optionLabel words a fixed answer of the form.
func optionLabel(id, value string) string {
	for _, o := range question(id).Options {
		if o.Value == value {
			return o.Label
		}
	}
	return value
}
