// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"net/url"
	"slices"
	"strconv"
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

// before is what was said once of an earlier file of the same form.
type before struct {
	Name string // the file's
	Said []intake.Once
}

// Lines are what was said, in words.
func (b before) Lines() (out []string) {
	for _, o := range b.Said {
		out = append(out, intake.Label(o.Question)+" "+strings.ReplaceAll(o.Answer, " | ", "; "))
	}
	return out
}

// saidBefore finds what was said once of the last file of the same form, for a person to
// say again or not: whoever came since may have been told something else.
func (a *app) saidBefore(ctx context.Context, id int64, m intake.Mapping) (before, error) {
	if len(m.Once) > 0 || len(needed(onceOf(m))) == 0 {
		return before{}, nil
	}
	var ids []string
	err := a.each(ctx, "SELECT id FROM upload WHERE taken <> '' AND id <> ? ORDER BY taken DESC, id DESC LIMIT 3", []any{id}, func(scan func(...any) error) error {
		var id int64
		err := scan(&id)
		ids = append(ids, strconv.FormatInt(id, 10))
		return err
	})
	if err != nil {
		return before{}, err
	}
	for _, id := range ids {
		earlier, err := a.upload(ctx, id)
		if err != nil {
			return before{}, err
		}
		// What cannot be read any more has nothing to say.
		if _, was, _, err := a.read(ctx, earlier); err == nil && len(was.Once) > 0 && sameForm(was, m) {
			return before{earlier.Name, was.Once}, nil
		}
	}
	return before{}, nil
}

// sameForm reports whether a sheet has all headings of an earlier one.
func sameForm(was, is intake.Mapping) bool {
	here := map[string]bool{}
	for _, c := range is.Columns {
		here[c.Header] = true
	}
	return !slices.ContainsFunc(was.Columns, func(c intake.Mapped) bool { return !here[c.Header] })
}
