// SPDX-License-Identifier: Apache-2.0

package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/anonymize/redact"
	"github.com/sharedpractice/sharedpractice/model"
)

// raw is one text of an example and the path by which the decision log names it.
type raw struct {
	path string
	text string
}

// raws are the texts of an example that content is made from, in the order of
// the example's fields.
func raws(e model.Example) []raw {
	var out []raw
	add := func(text model.Raw, format string, i ...any) {
		if text != "" {
			out = append(out, raw{fmt.Sprintf(format, i...), string(text)})
		}
	}
	add(e.Title.Value, "title")
	add(e.Summary.Value, "public_summary")
	for i, k := range e.Challenges {
		add(k.AsWritten, "challenges[%d].as_written", i)
	}
	for i, k := range e.Objectives {
		add(k.AsWritten, "objectives[%d].as_written", i)
	}
	for i, k := range e.Situations {
		add(k.AsWritten, "situations[%d].as_written", i)
	}
	for i, s := range e.Steps {
		add(s.Text.Value, "strategy_steps[%d].text", i)
	}
	for i, r := range e.Resources {
		add(r.Text.Value, "resources[%d].text", i)
	}
	for i, o := range e.Outcomes {
		add(o.Text.Value, "outcomes[%d].text", i)
	}
	for i, k := range e.Criteria {
		add(k.Text.Value, "success_criteria[%d].text", i)
	}
	for i, l := range e.Lessons {
		add(l.Text.Value, "lessons[%d].text", i)
	}
	for _, list := range adoption(e, anonymize.Content{}) {
		for i, t := range list.texts {
			add(t.Value, list.field+"[%d]", i)
		}
	}
	for i, q := range e.Quotes {
		add(q.Text.Value, "quotes[%d].text", i)
	}
	return out
}

type adopted struct {
	field string
	texts []model.Text
	made  []string
}

func adoption(e model.Example, c anonymize.Content) []adopted {
	a := e.Adoption
	return []adopted{
		{"adoption.getting_started", a.GettingStarted, c.GettingStarted},
		{"adoption.sustaining", a.Sustaining, c.Sustaining},
		{"adoption.adapted_elsewhere", a.Adapted, c.Adapted},
		{"adoption.prerequisites", a.Prerequisites, c.Prerequisites},
		{"adoption.not_suitable_for", a.NotSuitableFor, c.NotSuitableFor},
	}
}

// made finds in content what became of each text, by its path. A list that is
// shorter than the example's is closed, or has lost entries that can no longer
// be told apart: it is left out.
func made(e model.Example, c anonymize.Content) map[string]string {
	out := map[string]string{"title": c.Title, "public_summary": c.Summary}
	each(out, "challenges[%d].as_written", len(e.Challenges), c.Challenges, statementText)
	each(out, "objectives[%d].as_written", len(e.Objectives), c.Objectives, statementText)
	each(out, "situations[%d].as_written", len(e.Situations), c.Situations, statementText)
	each(out, "strategy_steps[%d].text", len(e.Steps), c.Steps, func(s anonymize.Step) string { return s.Text })
	each(out, "outcomes[%d].text", len(e.Outcomes), c.Outcomes, func(o anonymize.Outcome) string { return o.Text })
	each(out, "success_criteria[%d].text", len(e.Criteria), c.Criteria, func(k anonymize.Criterion) string { return k.Text })
	each(out, "lessons[%d].text", len(e.Lessons), c.Lessons, func(l anonymize.Lesson) string { return l.Text })
	j := 0
	for i, r := range e.Resources { // whole types may be closed
		if j < len(c.Resources) && c.Resources[j].Type == r.Type {
			out[fmt.Sprintf("resources[%d].text", i)] = c.Resources[j].Text
			j++
		}
	}
	for _, list := range adoption(e, c) {
		each(out, list.field+"[%d]", len(list.texts), list.made, func(s string) string { return s })
	}
	told := slices.DeleteFunc(slices.Clone(e.Quotes), func(q model.Quote) bool { return !q.Consent })
	if len(told) == len(c.Quotes) {
		j = 0
		for i, q := range e.Quotes {
			if q.Consent {
				out[fmt.Sprintf("quotes[%d].text", i)] = c.Quotes[j].Text
				j++
			}
		}
	}
	return out
}

func statementText(s anonymize.Statement) string { return s.Text }

func each[T any](out map[string]string, format string, n int, list []T, text func(T) string) {
	if len(list) != n {
		return
	}
	for i, one := range list {
		out[fmt.Sprintf(format, i)] = text(one)
	}
}

// piece is a stretch of a text: unchanged, or a numbered change.
type piece struct {
	Raw, Out string
	N        int // of the change, from 1; 0 is unchanged
	Kept     bool
}

// change is one decision in words, beside what it was taken about.
type change struct {
	piece
	What, Did string
}

// compare divides a text and what became of it by the decisions about it. It
// reports false where the two do not agree on what is unchanged, and so cannot be
// shown side by side.
func compare(text, after string, decisions []redact.Decision, first int) (pieces []piece, changes []change, ok bool) {
	sorted := slices.SortedStableFunc(slices.Values(decisions), func(x, y redact.Decision) int { return cmp.Compare(x.Start, y.Start) })
	at, to := 0, 0
	plain := func(end, outEnd int) bool {
		if end < at || end > len(text) || outEnd < to || outEnd > len(after) || text[at:end] != after[to:outEnd] {
			return false
		}
		if end > at {
			pieces = append(pieces, piece{Raw: text[at:end], Out: after[to:outEnd]})
		}
		return true
	}
	for _, d := range sorted {
		if !plain(d.Start, d.OutputStart) || d.End < d.Start || d.End > len(text) || d.OutputEnd < d.OutputStart || d.OutputEnd > len(after) {
			return nil, nil, false
		}
		p := piece{Raw: text[d.Start:d.End], Out: after[d.OutputStart:d.OutputEnd], N: first + len(changes), Kept: d.Operator == redact.Keep}
		pieces = append(pieces, p)
		changes = append(changes, change{piece: p, What: removedWords(d), Did: operatorWords(d)})
		at, to = d.End, d.OutputEnd
	}
	return pieces, changes, plain(len(text), len(after))
}

// labelOf words a path by the question that fills it.
func labelOf(path string) string {
	f := faultOf(model.Fault{Path: strings.NewReplacer(".as_written", "", ".text", "").Replace(path)})
	return f.Label + strings.TrimSuffix(strings.Replace(f.Rule, "entry ", " Entry ", 1), " ")
}
