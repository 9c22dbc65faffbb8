// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/sharedpractice/sharedpractice/examples/internal/accounts"
	shared "github.com/sharedpractice/sharedpractice/examples/internal/words"
	"github.com/sharedpractice/sharedpractice/model"
)

// proposals are the codes that software read from accounts, for a person to look
// at.
type proposals struct{ *accounts.Codes }

// readAccounts fills the examples that have an account from it, as far as no
// person filled them, and takes the account out: it goes no further.
func readAccounts(ctx context.Context, examples []model.Example, o options) (*proposals, error) {
	var decided accounts.Decisions
	if o.codes != "" {
		f, err := os.Open(o.codes)
		if err != nil {
			return nil, errors.New("the file of -codes cannot be opened")
		}
		defer f.Close()
		if decided, err = accounts.ReadDecisions(f); err != nil {
			return nil, fmt.Errorf("-codes: %w", err)
		}
	}
	tell := o.progress.Of("Reading accounts")
	codes, err := accounts.Fill(examples, decided, accounts.Config{Least: o.least, LessSure: o.lessSure, Publish: o.publish, Progress: func(done, of int) error {
		tell(done, of)
		return ctx.Err()
	}})
	return &proposals{codes}, err
}

// write leaves the codes for a person to confirm, the most doubtful first.
func (p *proposals) write(s *staging) error {
	if p.Accounts == 0 && len(p.Open) == 0 {
		return nil
	}
	return s.file("private/codes.csv", func(f *os.File) error { return p.Write(f) })
}

func (p *proposals) report(w io.Writer, o options) error {
	if p.Answers > 0 && len(p.Open)+p.Decided > 0 {
		_, err := fmt.Fprintf(w, "%d examples name their challenges or objectives in own words only, and count in no topic until a person gives them codes: proposals are in %s/private/codes.csv.\n", p.Answers, o.out)
		if err != nil {
			return err
		}
	}
	if p.Accounts == 0 {
		return nil
	}
	_, err := fmt.Fprintf(w, "%d accounts were read by software; %d of its codes wait for a person in %s/private/codes.csv, %d were decided.\n", p.Accounts, len(p.Open), o.out, p.Decided)
	if err == nil && o.lessSure {
		_, err = fmt.Fprintf(w, "At the usual certainty fewer than three topics had enough contributors, or most accounts spoke on none, so this draft counts less sure codes too. On real accounts about three in five of those were right: look through %s/private/codes.csv, fill in its column of decisions, and give it back with -codes.\n", o.out)
	}
	if err == nil && len(p.Open) > 0 {
		_, err = fmt.Fprintln(w, "Decide on them before you send out sign-off sheets: a code that changes, changes what a sheet shows.")
	}
	if err == nil && p.Silenced > 0 {
		_, err = fmt.Fprintf(w, "%d codes that no person confirmed do not count in an edition.\n", p.Silenced)
	}
	if err == nil && len(p.Foreign) > 0 {
		_, err = fmt.Fprintf(w, "%d lines of -codes fit no code that was read.\n", len(p.Foreign))
	}
	return err
}

// say adds to each guide which part of the codes behind it a person confirmed.
func (p *proposals) say(r *outcome, examples []model.Example, o options) error {
	if p.Accounts == 0 {
		return nil
	}
	for i, g := range r.guides {
		if err := shared.Confirmed(g, r.collection.Topics[i], examples, o.locale); err != nil {
			return err
		}
	}
	return nil
}
