// SPDX-License-Identifier: Apache-2.0

package accounts

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

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

// answers are what a person wrote into a form, without an account: read as if it were
// one, and where in it each step stands.
type answers struct {
	whole string
	steps [][2]int
}

// answersOf returns nothing where a person chose codes, and wrote no challenge or
// objective in own words.
func answersOf(e *model.Example, own string) (a answers) {
	if own == "" && !(open(e.Challenges) && openObjectives(e.Objectives)) {
		return a
	}
	add := func(t model.Raw) (at [2]int) {
		s := strings.TrimSpace(string(t))
		if s == "" {
			return [2]int{}
		}
		if r, _ := utf8.DecodeLastRuneInString(s); a.whole != "" && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			s += "." // no heading stands among answers
		}
		if a.whole != "" {
			a.whole += "\n"
		}
		at[0] = len(a.whole)
		a.whole += s
		at[1] = len(a.whole)
		return at
	}
	add(e.Title.Value)
	for line := range strings.Lines(own) {
		add(model.Raw(line))
	}
	for _, s := range e.Steps {
		a.steps = append(a.steps, add(s.Text.Value))
	}
	for _, o := range e.Outcomes {
		add(o.Text.Value)
	}
	for _, l := range e.Lessons {
		add(l.Text.Value)
	}
	if own == "" && a.whole == strings.TrimSpace(string(e.Title.Value)) {
		return answers{}
	}
	return a
}

// answered fills the codes that a person left out from what the person wrote: as those
// of an account, so that both ways lead to the same place.
func answered(r *reading.Reader, e *model.Example, a answers, got *reading.Reading) (model.Example, []reading.Filled) {
	blank := model.Example{Account: model.Raw(a.whole), Situations: e.Situations, TherapyAreas: e.TherapyAreas}
	if !open(e.Challenges) {
		blank.Challenges = e.Challenges
	}
	if !openObjectives(e.Objectives) {
		blank.Objectives = e.Objectives
	}
	read, evidence := r.FillFrom(blank, got)
	filled := *e
	filled.Challenges, filled.Objectives = read.Challenges, read.Objectives
	filled.Situations, filled.TherapyAreas = read.Situations, read.TherapyAreas
	filled.Steps = nil
	var kept []reading.Filled
	at := map[int]reading.Filled{} // of each step that was read
	for _, v := range evidence {
		if n, ok := strings.CutPrefix(v.Field, "strategy_steps["); ok {
			i, _ := strconv.Atoi(strings.TrimSuffix(n, "]"))
			at[i] = v
			continue
		}
		for _, field := range []string{"challenges[", "objectives[", "situations[", "therapy_areas["} {
			if strings.HasPrefix(v.Field, field) {
				kept = append(kept, v)
			}
		}
	}
	add := func(s model.Step, v reading.Filled) {
		v.Field = "strategy_steps[" + strconv.Itoa(len(filled.Steps)) + "]"
		filled.Steps, kept = append(filled.Steps, s), append(kept, v)
	}
	told := map[int]bool{}
	for i, s := range e.Steps {
		before := len(filled.Steps)
		for n := range read.Steps {
			v := at[n]
			if m := read.Steps[n].Method; s.Method.Code == "" && m.Code != "" && v.Start < a.steps[i][1] && v.End > a.steps[i][0] {
				told[n] = true
				s := s
				s.Method = m
				add(s, v)
			}
		}
		if len(filled.Steps) == before {
			filled.Steps = append(filled.Steps, s)
		}
	}
	for n, s := range read.Steps { // told in passing, elsewhere than among the steps
		if inSteps := slices.ContainsFunc(a.steps, func(x [2]int) bool { return at[n].Start < x[1] && at[n].End > x[0] }); !inSteps && !told[n] && s.Method.Code != "" {
			add(s, at[n])
		}
	}
	return filled, kept
}

// open reports whether nobody gave a code.
func open(all []model.Challenge) bool { return len(all) == 0 || uncoded(all) }

func openObjectives(all []model.Objective) bool { return len(all) == 0 || uncodedObjectives(all) }

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
