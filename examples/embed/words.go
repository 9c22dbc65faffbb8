// SPDX-License-Identifier: Apache-2.0

package main

import (
	"strings"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

const locale = guidance.SourceLocale

func label(code model.Code) string { return vocabulary.Default().Label(string(code), locale) }

// kindWords says what was found.
func kindWords(d anonymize.Decision) string {
	if d.Subtype == "unknown" {
		return "Something not known to be harmless"
	}
	what := "Something that may give you away"
	switch d.Kind {
	case recognize.Person:
		what = "A person’s name"
	case recognize.Org:
		what = "The name of an organisation, team or service"
	case recognize.Place:
		what = "A place"
	case recognize.Date:
		what = "A date, a period or an age"
	case recognize.Contact:
		what = "A way to reach somebody"
	case recognize.Code:
		what = "A number or code that may identify"
	case recognize.Brand:
		what = "The name of a programme, product or medicine"
	case recognize.Other:
		what = "A figure, or another detail that may give you away"
	}
	if d.Subtype != "" {
		what += " (" + strings.ReplaceAll(d.Subtype, "-", " ") + ")"
	}
	return what
}

// whyWords says by which rule it was found.
func whyWords(d anonymize.Decision) string {
	if d.Declared {
		return "you declared this name"
	}
	if d.Subtype == "unknown" {
		return "no rule clears it, and what nothing clears is masked"
	}
	why := formWords(d.Recognizer)
	if d.Rule == "" {
		return why
	}
	return why + " (rule “" + d.Rule + "”)"
}

// formWords says what a recogniser goes by.
func formWords(recognizer string) string {
	noun, ok := map[string]string{
		"url": "a web address", "handle": "a name in social media", "code": "a code", "bank": "bank details",
		"figure": "an exact figure", "spelled": "something spelled out", "initials": "initials", "title": "a title",
		"partners": "names of partners", "body": "the name of a body", "premises": "the name of a building",
		"health-number": "a health service number", "money": "a sum of money", "duration": "a length of time",
	}[recognizer]
	switch {
	case recognizer == "name":
		return "it reads like a name"
	case recognizer == "mentions":
		return "it goes with something that is named elsewhere in your text"
	case recognizer == "":
		return "it may give you away"
	case ok:
	case strings.ContainsRune("aeiou", rune(recognizer[0])):
		noun = "an " + recognizer
	default:
		noun = "a " + recognizer
	}
	return "it has the form of " + noun
}

// operatorWords says what was done.
func operatorWords(d anonymize.Decision) string {
	switch d.Operator {
	case anonymize.Suppress:
		return "the whole sentence is withheld"
	case anonymize.Remove:
		return "removed"
	case anonymize.Label:
		return "replaced by its kind"
	case anonymize.Pseudonym:
		return "replaced by its kind and a number, the same for every mention"
	case anonymize.GeneraliseRelative:
		return "told by its distance from the first date"
	case anonymize.Generalise, anonymize.GeneraliseQuarter, anonymize.GeneraliseRegion:
		return "made coarser"
	case anonymize.Keep:
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
