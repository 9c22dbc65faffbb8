// SPDX-License-Identifier: Apache-2.0

package accounts

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/reading"
)

// coded fills challenges and objectives from what was read with a person's own words
// beside the account, and puts them in the place of what the account alone gave.
func coded(r *reading.Reader, e, filled *model.Example, read string, both *reading.Reading, evidence []reading.Filled) []reading.Filled {
	blank := model.Example{Account: model.Raw(read), Steps: e.Steps, Situations: filled.Situations}
	challenges, objectives := uncoded(e.Challenges), uncodedObjectives(e.Objectives)
	got, more := r.FillFrom(blank, both)
	other := func(v reading.Filled) bool {
		return !(challenges && strings.HasPrefix(v.Field, "challenges[")) && !(objectives && strings.HasPrefix(v.Field, "objectives["))
	}
	if challenges {
		filled.Challenges = got.Challenges
	}
	if objectives {
		filled.Objectives = got.Objectives
	}
	kept := slices.DeleteFunc(slices.Clone(evidence), func(v reading.Filled) bool { return !other(v) })
	return append(kept, slices.DeleteFunc(more, other)...)
}

// propose reads codes from answers in own words, without an account. None of them
// counts before a person has said so.
func (p *Codes) propose(r *reading.Reader, e *model.Example, own string, decided Decisions, used map[Key]bool) error {
	title, rest := "", texts(e)
	if !e.Title.Empty() {
		title, rest = rest[0], rest[1:]
	}
	whole := strings.TrimSpace(strings.Join(append([]string{title, own}, rest...), "\n"))
	// What nobody answered is read too.
	asked := *e
	if len(asked.Challenges) == 0 {
		asked.Challenges = []model.Challenge{{}}
	}
	if len(asked.Objectives) == 0 {
		asked.Objectives = []model.Objective{{}}
	}
	both, err := r.Read(whole, "")
	if err != nil {
		return fmt.Errorf("the answers of an example: %w", err)
	}
	var filled model.Example
	evidence := coded(r, &asked, &filled, whole, both, nil)
	Each(&filled, func(c *model.Coded) { c.AssignedBy = model.BySuggestion })
	filled.ID = e.ID
	p.add(&filled, whole, evidence, decided, used)
	for _, c := range filled.Challenges {
		if c.Confirmed() {
			e.Challenges = append(slices.Clone(e.Challenges), c)
		}
	}
	for _, o := range filled.Objectives {
		if o.Confirmed() {
			e.Objectives = append(slices.Clone(e.Objectives), o)
		}
	}
	return nil
}

func uncoded(all []model.Challenge) bool {
	return len(all) > 0 && !slices.ContainsFunc(all, func(c model.Challenge) bool { return c.Code != "" })
}

func uncodedObjectives(all []model.Objective) bool {
	return len(all) > 0 && !slices.ContainsFunc(all, func(o model.Objective) bool { return o.Code != "" })
}

// ownWords are the challenges and objectives that a person named without any
// code, a line each.
func ownWords(e *model.Example) string {
	var out []string
	add := func(c model.Coded) {
		if s := strings.TrimSpace(string(c.AsWritten)); s != "" {
			out = append(out, s)
		}
	}
	if uncoded(e.Challenges) {
		for _, c := range e.Challenges {
			add(c.Coded)
		}
	}
	if uncodedObjectives(e.Objectives) {
		for _, o := range e.Objectives {
			add(o.Coded)
		}
	}
	return strings.Join(out, "\n")
}

// texts returns the other texts that a person gave of the example.
func texts(e *model.Example) []string {
	var out []string
	add := func(t model.Text) {
		if !t.Empty() {
			out = append(out, string(t.Value))
		}
	}
	add(e.Title)
	for _, s := range e.Steps {
		add(s.Text)
	}
	for _, o := range e.Outcomes {
		add(o.Text)
	}
	for _, l := range e.Lessons {
		add(l.Text)
	}
	return out
}
