// SPDX-License-Identifier: Apache-2.0

// Package guidetest holds what tests of guides and of their renderers share, all
// made up.
package guidetest

import (
	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/model"
)

// TopicID is the topic of Collection.
const TopicID = "ch-seldom-heard.ob-equity"

// By is the support of so many contributors, with one example each.
func By(n, of int) aggregate.Support {
	return aggregate.Support{Examples: n, Of: of, Contributors: n, Kinds: 3}
}

// Collection is a made-up collection with one topic.
func Collection() *aggregate.Collection {
	count := func(code model.Code, n, of int) aggregate.Count {
		return aggregate.Count{Code: code, Support: By(n, of)}
	}
	step := func(code string, n int) aggregate.Statement {
		return aggregate.Statement{ID: "step.me-" + code, Kind: aggregate.StepStatement, Code: model.Code("me:" + code), Support: By(n, 9)}
	}
	helped := By(5, 6)
	topic := aggregate.Topic{
		ID: TopicID, Challenge: "ch:seldom-heard", Objective: "ob:equity", Support: By(9, 40),
		Organisations: []aggregate.Count{count("ot:charity", 6, 9), count("ot:general-practice", 5, 9)},
		Together:      []aggregate.Count{count("ch:trust", 5, 9)},
		Designs:       []aggregate.Count{count("ed:monitoring", 6, 9)},
		Statements: []aggregate.Statement{
			{ID: "lesson.did-not-work.me-survey", Kind: aggregate.LessonStatement, Part: "did-not-work", Code: "me:survey", Support: By(5, 9)},
			step("outreach", 7), step("plain-language", 6), step("closing-loop", 5),
		},
		Examples: []string{"x1"},
	}
	topic.Statements[1].Approved = []aggregate.Wording{{Text: "We went to the market twice a week.", Support: aggregate.Support{Examples: 1, Of: 7, Contributors: 1, Kinds: 1}}}
	return &aggregate.Collection{
		Schema: aggregate.Schema, Edition: "0123456789abcdef", K: 5, Audience: model.Everyone, Examples: 40, Contributors: 22,
		Challenges: []aggregate.Count{count("ch:seldom-heard", 9, 40)},
		Topics:     []aggregate.Topic{topic},
		Statements: []aggregate.Statement{
			{ID: "step.me-training", Kind: aggregate.StepStatement, Code: "me:training", Support: By(8, 40)},
			{ID: "lesson.worked.me-training", Kind: aggregate.LessonStatement, Part: "worked", Code: "me:training", Support: By(6, 40)},
			{ID: "resource.tool.me-plain-language", Kind: aggregate.ResourceStatement, Part: "tool", Code: "me:plain-language", Support: By(6, 40), Helpful: &helped},
		},
		Showcase: []aggregate.Exhibit{
			{
				ID: "x1", Level: model.Public, Name: "Wexmoor Listening Trust", Title: "A bus that listens", Summary: "A made-up bus went to where people were.", Kind: "ki:engagement-activity",
				Challenges: []model.Code{"ch:seldom-heard"}, Objectives: []model.Code{"ob:equity"}, Funded: true,
				Acknowledgements: []string{"Paid for by the made-up Wexmoor Fund.", "Wexmoor Listening Trust, CC BY 4.0"},
				Sources: []anonymize.Source{{
					Type: "report", Title: "A bus", Publisher: "Wexmoor Press", Year: 2025, URL: "https://wexmoor.example/bus", Licence: "CC-BY-4.0", Attribution: "Wexmoor Listening Trust, CC BY 4.0",
				}},
			},
			{ID: "x2", Level: model.Attributed, Name: "Marlinford Carers", Title: "Tea and letters", Summary: "Made-up carers wrote letters together.", Kind: "ki:participation-group"},
		},
	}
}

// Guide is a small guide built by hand, with every kind of block.
func Guide() *guidance.Guide {
	s := By(7, 9)
	return &guidance.Guide{
		Schema: guidance.Schema,
		Front: guidance.Front{
			ID: "by-hand", Kind: guidance.KindHowTo, Title: "How to try everything", Lead: "A made-up guide.", Locale: "en-GB", Version: 1, Status: guidance.Draft,
			Facts: []guidance.Fact{{Label: "Status", Value: "Draft"}},
		},
		Sections: []guidance.Section{
			{ID: "first", Title: "First", Blocks: []guidance.Block{
				{Kind: guidance.Paragraph, Claims: []guidance.Claim{{Text: "Some did this.", Source: guidance.Derived, Support: &s, Statement: "topic", Seen: "seen in 7 of 9 examples", Rung: 3}}},
				{Kind: guidance.Note, Claims: []guidance.Claim{{Text: "Read with care.", Source: guidance.Frame}}},
				{Kind: guidance.List, Claims: []guidance.Claim{{Text: "One", Source: guidance.Frame, Details: []guidance.Claim{{Text: "of which this", Source: guidance.Frame}}}, {Text: "Two", Source: guidance.Frame, Changed: "Changed."}}},
				{Kind: guidance.Checklist, Claims: []guidance.Claim{{Text: "Is it done?", Source: guidance.Prompt}}},
				{Kind: guidance.Heading, Title: "Below the section"},
				{Kind: guidance.Steps, Steps: []guidance.Step{{
					Claim: guidance.Claim{Text: "Go there.", Source: guidance.Vocabulary, Details: []guidance.Claim{{Text: "Take tea.", Source: guidance.Vocabulary}}},
					Stage: "Prepare", Who: "Carers", When: "First", Effort: "1 day", Output: "a list", Fork: "If nobody comes, do something else.",
					Slot: &guidance.Slot{ID: "step.go", Type: guidance.TextSlot, Question: "Your own wording?", MaxWords: 60},
				}}},
				{Kind: guidance.TableOf, Table: &guidance.Table{Caption: "A table", Header: []string{"What", "How many"}, Rows: [][]string{{"This", "3"}, {"That", "4"}}, Note: "Made up."}},
				{Kind: guidance.FigureOf, Figure: &guidance.Figure{Kind: guidance.Bars, Caption: "Bars", Alt: "This: 3, that: 4.", Rows: []string{"This", "That"}, Values: []int{3, 4}, Of: 9}},
				{Kind: guidance.FigureOf, Figure: &guidance.Figure{Kind: guidance.HeatMap, Caption: "Map", Alt: "A by C: 5.", Rows: []string{"A", "B"}, Columns: []string{"C", "D"}, Values: []int{5, 0, -1, 7}}},
				{Kind: guidance.Verbatim, Text: "{\n  \"exact\": true\n}"},
			}},
			{ID: "second", Title: "Second", Blocks: []guidance.Block{
				{Kind: guidance.SlotOf, Slot: &guidance.Slot{ID: "why", Type: guidance.TextSlot, Question: "Why?", Why: "It helps to know.", MaxWords: 20, Answer: "Because.\nAnd because."}},
				{Kind: guidance.SlotOf, Slot: &guidance.Slot{ID: "choose", Type: guidance.ChoiceSlot, Question: "Which?", Options: []string{"Yes", "No"}, Outdated: "The evidence has changed."}},
				{Kind: guidance.SlotOf, Slot: &guidance.Slot{ID: "day", Type: guidance.DateSlot, Question: "When?"}},
				{Kind: guidance.Examples, Examples: []guidance.Example{{
					Title: "A bus that listens", By: "Wexmoor Listening Trust", Summary: "A made-up bus.", About: []string{"Trust"}, Acknowledgements: []string{"Paid for by the Wexmoor Fund."},
					Sources: []anonymize.Source{{Type: "report", Title: "A bus", Publisher: "Wexmoor Press", Year: 2025, URL: "https://wexmoor.example/bus", Licence: "CC-BY-4.0", Attribution: "Wexmoor, CC BY 4.0"}},
				}}},
			}},
		},
	}
}
