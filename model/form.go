// SPDX-License-Identifier: Apache-2.0

package model

import (
	"reflect"
	"slices"
	"strings"
)

// Question is one question of the capture form, and one column of a CSV file.
type Question struct {
	ID      string // short and stable; also accepted as the column's header
	Section string // of the form
	// Minimum marks the nine questions that make an example worth collecting; the
	// last of them, on confidentiality, has several answers. Their columns must
	// be there, though a cell may be empty.
	Minimum bool
	// Internal questions are the working group's to answer, not the contributor's.
	Internal bool
	Label    string   // the question; the column's header
	Help     string   // what a good answer is
	Aliases  []string // other headers that are accepted
	Field    string   // path of the field that the answer fills, such as "context.year"

	Kind    QuestionKind
	Scheme  string   // prefix of the vocabulary that offers the options, or of the codes that items carry
	Options []Option // fixed options
}

// Option is one answer that can be chosen.
type Option struct{ Value, Label string }

// QuestionKind names the kind of answer that a question takes.
type QuestionKind string

// The kinds of questions.
const (
	AskLine    QuestionKind = "line"    // one line of text
	AskProse   QuestionKind = "prose"   // text of any lines
	AskItems   QuestionKind = "items"   // several texts, one a line
	AskChoice  QuestionKind = "choice"  // one option
	AskChoices QuestionKind = "choices" // any of the options
	AskYesNo   QuestionKind = "yes-no"
	AskNumber  QuestionKind = "number" // a whole number
	AskDate    QuestionKind = "date"   // YYYY-MM-DD
)

// Form returns the questions of the capture form in their order: the columns of
// WriteCSV. Each call returns a new slice.
func Form() []Question {
	all := formQuestions()
	section := ""
	for i := range all {
		q := &all[i]
		if q.Section == "" {
			q.Section = section
		}
		section = q.Section
		q.answer()
	}
	return all
}

// answer derives from the field's shape how the question is answered.
func (q *Question) answer() {
	f := fieldAt(q.Field)
	s, r := f.shape, f.rule
	if len(r.codes) > 0 {
		q.Scheme = r.codes[0]
	}
	if q.ID == "consent" { // of the statuses, those that a contributor gives
		q.Kind, q.Options = AskYesNo, yesOrNo()
		return
	}
	switch s.kind {
	case aText, aRaw:
		q.Kind = AskProse
		if r.line {
			q.Kind = AskLine
		}
	case aWord:
		q.answerWord(r)
	case aNamed:
		q.Kind, q.Options = AskChoice, namedOptions(s.typ)
	case aFlag:
		q.Kind, q.Options = AskYesNo, yesOrNo()
	case aWhole, aNumber:
		q.Kind = AskNumber
	case aMap:
		q.Kind = AskItems
		if s.typ == reflect.TypeFor[Uses]() {
			q.Kind, q.Options = AskChoices, useOptions()
		}
	case aList:
		q.Kind = AskItems
		if r.choosesCodes(s) {
			q.Kind = AskChoices
		}
	case aMoment:
		q.Kind = AskDate
	case anObject:
	}
}

// choosesCodes reports a list of codes.
func (r rule) choosesCodes(s *shape) bool { return s.elem.kind == aWord && len(r.codes) > 0 }

// answerWord says how a question for one word is answered.
func (q *Question) answerWord(r rule) {
	switch {
	case len(r.codes) > 0:
		q.Kind = AskChoice
	case len(r.in) > 0:
		q.Kind, q.Options = AskChoice, wordOptions(r.in)
	case r.form == formDay || r.form == formDate:
		q.Kind = AskDate
	default:
		q.Kind = AskLine
	}
}

// fieldAt follows a path such as "agreements[0].level".
func fieldAt(path string) fieldShape {
	f := fieldShape{shape: shapeOf[Example]()}
	for name := range strings.SplitSeq(path, ".") {
		name, _, indexed := strings.Cut(name, "[")
		f = f.shape.fields[f.shape.byName[name]]
		if indexed {
			f = fieldShape{shape: f.shape.elem}
		}
	}
	return f
}

func yesOrNo() []Option { return []Option{{"yes", "Yes"}, {"no", "No"}} }

func wordOptions(words []string) []Option {
	out := make([]Option, len(words))
	for i, w := range words {
		out[i] = Option{w, strings.ToUpper(w[:1]) + strings.ReplaceAll(w[1:], "-", " ")}
	}
	return out
}

func namedOptions(t reflect.Type) []Option {
	names, labels := levelNames(), []string{
		"Not at all for now",
		"Only in totals, together with others",
		"What we did, but not who we are",
		"With our name, once we have approved the text",
		"It is already public: cite the public source",
	}
	switch t {
	case reflect.TypeFor[Audience]():
		names, labels = audienceNames(), []string{"The working group", "Members", "Partners", "Everyone"}
	case reflect.TypeFor[NameForm]():
		names, labels = nameFormNames(), []string{
			"Not at all", "By role", "By kind of organisation", "By the organisation's name", "By first name", "By full name",
		}
	}
	out := make([]Option, len(names))
	for i, name := range names {
		out[i] = Option{name, labels[i]}
	}
	return out
}

func useOptions() []Option {
	return []Option{
		{string(UseAggregate), "Counted, and told together with others"},
		{string(UseGuidance), "As a source of guidance"},
		{string(UseWorkshop), "In workshops of the group"},
		{string(UseShowcase), "As an example of its own, with our name"},
		{string(UseVignette), "As a short story without names"},
		{string(UseQuotes), "Quotes, each by its own consent"},
		{string(UseTranslate), "In translation"},
		{string(UseEmbed), "In other organisations' websites and programs"},
		{string(UseSingleSource), "In statements that rest on our example alone"},
	}
}

// option finds the option that a person wrote: its value or label, whatever the
// case and punctuation.
func (q *Question) option(written string) (string, bool) {
	s := squeeze(written)
	i := slices.IndexFunc(q.Options, func(o Option) bool { return s == squeeze(o.Value) || s == squeeze(o.Label) })
	if i < 0 {
		return "", false
	}
	return q.Options[i].Value, true
}
