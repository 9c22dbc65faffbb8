// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"strconv"

	"github.com/sharedpractice/sharedpractice/examples/internal/accounts"
	"github.com/sharedpractice/sharedpractice/examples/internal/program"
	shared "github.com/sharedpractice/sharedpractice/examples/internal/words"
	"github.com/sharedpractice/sharedpractice/model"
)

// proposals are the codes that software read from accounts, for a person to look
// at.
type proposals struct {
	*accounts.Codes
	topics   int
	standing float64 // of these, as many as are expected to have enough contributors
}

// readAccounts fills the examples that have an account from it, as far as no
// person filled them, and takes the account out: it goes no further.
func readAccounts(ctx context.Context, examples []model.Example, o options) (*proposals, error) {
	tell := o.progress.Of("Reading accounts")
	codes, err := accounts.Fill(examples, o.decided, accounts.Config{Least: o.least, LessSure: o.lessSure, K: o.k, Publish: o.publish, Progress: func(done, of int) error {
		tell(done, of)
		return ctx.Err()
	}})
	return &proposals{Codes: codes}, err
}

// write leaves the codes for a person to confirm, those first that confirm most.
func (p *proposals) write(s *staging) error {
	if p.Accounts == 0 && len(p.Open)+p.Decided+len(p.Foreign) == 0 {
		return nil
	}
	return s.file(codesName, func(f *os.File) error { return p.Write(f) })
}

// writeTopics leaves what each topic rests on: how many contributors are counted, how
// likely it is that enough speak of it, and how many of its codes a person confirmed.
func (p *proposals) writeTopics(s *staging, r *outcome, examples []model.Example) error {
	if p.Accounts == 0 || r.edition == nil || !r.edition.Draft {
		return nil
	}
	return s.file("private/topics.csv", func(f *os.File) error {
		out := csv.NewWriter(f)
		p.topics, p.standing = len(r.collection.Topics), 0
		_ = out.Write([]string{"topic", "title", "contributors counted", "how likely that enough speak of it", "codes confirmed by a person", "codes in all"})
		for i, t := range r.collection.Topics {
			by, of := accounts.Confirmed(examples, t)
			likely := ""
			if chance, ok := p.Chance(t); ok {
				likely = strconv.FormatFloat(chance, 'f', 2, 64)
				p.standing += chance
			}
			_ = out.Write([]string{t.ID, r.guides.Topics[i].Front.Title, strconv.Itoa(t.Support.Contributors), likely, strconv.Itoa(by), strconv.Itoa(of)})
		}
		out.Flush()
		return out.Error()
	})
}

func (p *proposals) report(w io.Writer, o options) error {
	if p.Accounts == 0 {
		return p.reportSilenced(w)
	}
	filled := ""
	if p.Answers > 0 {
		filled = fmt.Sprintf(" (%d of them filled into the form, with no code chosen for challenge or objective)", p.Answers)
	}
	_, err := fmt.Fprintf(w, "%s read by software%s; %s for a person in %s/private/codes.csv, %d were decided.\n", program.Count(p.Accounts, "account was", "accounts were"), filled, program.Count(len(p.Open), "of its codes waits", "of its codes wait"), o.out, p.Decided)
	if err == nil && o.lessSure {
		standing := fmt.Sprintf("About %.0f of its %d topics should stand", p.standing, p.topics)
		if p.standing < 1 {
			standing = "None of its topics is sure to stand"
		}
		_, err = fmt.Fprintf(w, `At the usual certainty fewer than three topics had enough contributors, or accounts that spoke on none were more than a third of all examples. So this draft also tells of what enough of them are likely to speak of, or may where nothing is likely.
%s, and of the examples counted for one about three in five are right: %s/private/topics.csv says how likely each topic is.
%s/private/codes.csv lists first the codes that confirm a topic soonest: fill in its column of decisions, and the next run reads it.
`, standing, o.out, o.out)
	}
	if err == nil && len(p.Open) > 0 {
		_, err = fmt.Fprintln(w, "Decide on them before you send out sign-off sheets: a code that changes, changes what a sheet shows.")
	}
	if err == nil {
		err = p.reportSilenced(w)
	}
	if err == nil && len(p.Foreign) > 0 {
		_, err = fmt.Fprintf(w, "%d lines of -codes fit no code that was read.\n", len(p.Foreign))
	}
	return err
}

func (p *proposals) reportSilenced(w io.Writer) error {
	if p.Silenced == 0 {
		return nil
	}
	_, err := fmt.Fprintf(w, "%s not count in an edition.\n", program.Count(p.Silenced, "code that no person confirmed does", "codes that no person confirmed do"))
	return err
}

// say adds to each guide which part of the codes behind it a person confirmed.
func (p *proposals) say(r *outcome, examples []model.Example, o options) error {
	if p.Accounts == 0 {
		return nil
	}
	for i, g := range r.guides.Topics {
		if err := shared.Confirmed(g, r.collection.Topics[i], examples, o.locale); err != nil {
			return err
		}
	}
	return nil
}
