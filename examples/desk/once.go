// SPDX-License-Identifier: Apache-2.0

package main

import (
	"net/url"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/examples/internal/intake"
	"github.com/sharedpractice/sharedpractice/model"
)

// saidOnce is a question that no column answers, and what was said of it once for the
// whole sheet.
type saidOnce struct {
	model.Question
	Chosen  []string // labels of options
	Answer  string
	Several bool
}

func onceOf(m intake.Mapping) []saidOnce {
	unsaid := m.Unsaid()
	var out []saidOnce
	for _, q := range intake.OnceQuestions() {
		s := saidOnce{Question: q, Several: q.Kind == model.AskChoices}
		for _, o := range m.Once {
			if o.Question == q.ID {
				s.Chosen, s.Answer = strings.Split(o.Answer, " | "), o.Answer
			}
		}
		if s.Answer != "" || slices.ContainsFunc(unsaid, func(u model.Question) bool { return u.ID == q.ID }) {
			out = append(out, s)
		}
	}
	return out
}

// needed are the questions that nobody answers, without which no example can be used.
func needed(once []saidOnce) (out []string) {
	for _, s := range once {
		if s.Answer == "" && (s.ID == "consent" || s.ID == "confidentiality" || s.ID == "uses") {
			out = append(out, s.Label)
		}
	}
	return out
}

// Is reports whether an option was chosen.
func (s saidOnce) Is(label string) bool { return slices.Contains(s.Chosen, label) }

// onceFrom reads what a person says once for the whole sheet; without the page's own
// mark, what stands.
func onceFrom(form url.Values, m intake.Mapping) (once [][2]string, changed bool) {
	had := map[string]string{}
	for _, o := range m.Once {
		had[o.Question] = o.Answer
	}
	for _, q := range intake.OnceQuestions() {
		answer := had[q.ID]
		if form.Has("once") {
			said := slices.DeleteFunc(slices.Clone(form["once-"+q.ID]), func(s string) bool { return strings.TrimSpace(s) == "" })
			answer = strings.TrimSpace(strings.Join(said, " | "))
		}
		if answer != "" {
			once = append(once, [2]string{q.ID, answer})
		}
		changed = changed || answer != had[q.ID]
	}
	return once, changed
}
