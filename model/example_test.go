// SPDX-License-Identifier: Apache-2.0

package model_test

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/sharedpractice/sharedpractice/model"
)

// Names in these examples are made up.

func ExampleReader_JSONLines() {
	file := `{"id":"e1","kind":"ki:consultation","title":"A made-up title","parties":[{"ref":"p1","role":"contributor"}]}
{"id":"e2","kind":"ki:consultation","title":"Another","strategy_step":[],"parties":[{"ref":"p2","role":"contributor"}]}`
	for e, err := range (model.Reader{}).JSONLines(strings.NewReader(file)) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(e.ID, e.Title)
	}
	// Output:
	// e1 [text 15 bytes]
	// model: line 2: the example has an unknown field (its 4th): perhaps strategy_steps is meant
}

func ExampleReader_CSV() {
	file := `title;kind;stakeholders;challenges;objectives;steps;outcomes;lessons;confidentiality;uses;audience;consent
Made up;ki:attempt;patients;"- nobody came [experienced]
- no time";;Asked again;;;anonymous;guidance;members;yes
`
	for e, err := range (model.Reader{}).CSV(strings.NewReader(file)) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(e.ID, e.Agreements[0].Level, e.Agreements[0].Audience, len(e.Challenges), e.Challenges[0].Basis)
	}
	// Output: row-1 anonymous members 2 experienced
}

func ExampleReader_Answers() {
	e, err := model.Reader{}.Answers(map[string]string{
		"id": "e1", "title": "Made up", "kind": "ki:attempt", "lessons": "Ask early [worked]\nAsk again",
		"organisation": "Quentish Care (also QC)", "confidentiality": "Only in totals, together with others",
	})
	fmt.Println(err, len(e.Lessons), e.Parties[0].Ref, e.Agreements[0].Level, e.Agreements[0].Consent.Status == "")
	// Output: <nil> 2 org-1 aggregate true
}

func ExampleExample_Validate() {
	e := model.Example{
		ID: "e1", Kind: "ki:consultation", Title: model.Text{Value: "A made-up title"},
		Parties: []model.Party{{Ref: "p1", Role: "contributor"}},
		Steps:   []model.Step{{Text: model.Text{Value: "Asked"}, Method: model.Coded{Code: "ob:be-heard"}}},
		Lessons: []model.Lesson{{Kind: "good"}},
	}
	err := e.Validate(nil)
	if bad, ok := errors.AsType[*model.ValidationError](err); ok {
		for _, f := range bad.Faults {
			fmt.Println(f.Path, f.Rule)
		}
	}
	// Output:
	// strategy_steps[0].method.code is a code of another vocabulary than me:
	// lessons[0].text is required
	// lessons[0].kind is none of worked, did-not-work, would-change, surprise
}

func ExampleExample_Warnings() {
	e := model.Example{
		Title:   model.Text{Value: "Write to Ann at [email protected]"},
		Parties: []model.Party{{Ref: "p1", Role: "contributor"}},
	}
	for _, w := range e.Warnings()[6:] {
		fmt.Println(w.Path, w.Rule)
	}
	fmt.Println(e.Completeness())
	// Output:
	// parties[0] has no agreement, which withholds the example
	// parties[0].identities is empty: names that nobody declared are harder to find
	// title holds a mark of redaction from its source, which hides nothing that stands beside it
	// 0.09
}

func ExampleResolve() {
	e := model.Example{
		Parties: []model.Party{{Ref: "charity", Role: "contributor"}, {Ref: "company", Role: "funder"}},
		Agreements: []model.Agreement{
			{Schema: model.AgreementSchema, ID: "a1", Party: "charity", Level: model.Attributed, Audience: model.Everyone, Uses: model.Uses{model.UseGuidance: true}, Consent: model.Consent{Status: "given"}},
			{Schema: model.AgreementSchema, ID: "a2", Party: "company", Level: model.Anonymous, Audience: model.Members, Uses: model.Uses{model.UseGuidance: true}, Consent: model.Consent{Status: "given"}},
		},
	}
	terms, err := model.Resolve(&e, time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC))
	fmt.Println(terms.Level, terms.Audience, err)

	e.Agreements = e.Agreements[:1]
	terms, err = model.Resolve(&e, time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC))
	fmt.Println(terms.Level, terms.Reasons[0].Code, err)
	// Output:
	// anonymous members <nil>
	// withheld no-agreement <nil>
}

func ExampleEncodeJSON() {
	line, err := model.EncodeJSON(model.Example{ID: "e1", Kind: "ki:attempt", Title: model.Text{Value: "Made up"}})
	fmt.Println(string(line), err)
	// Output: {"id":"e1","kind":"ki:attempt","title":"Made up"} <nil>
}

func ExampleForm() {
	for _, q := range model.Form()[:3] {
		fmt.Println(q.ID, q.Kind, q.Label)
	}
	// Output:
	// title line What is the example called?
	// kind choice What kind of example is it?
	// stakeholders items Who was involved?
}
