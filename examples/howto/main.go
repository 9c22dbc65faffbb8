// SPDX-License-Identifier: Apache-2.0

// Command howto does a working group's main job: it reads examples, strips what
// each agreement closes, brings them together by challenge and objective, and
// writes HOW TO guides.
//
//	go run ./examples/howto [-in FILE] [-out DIR] [-k N] [-audience public|members] [-locale en-GB] [-terms service-user] [-theme FILE] [-key FILE] [-signed FOLDER] [-map FILE] [-codes FILE] [-least 0.5] [-check] [-publish] [-rotate]
//
// FILE is JSON Lines (.jsonl) or CSV (.csv), as a survey tool exports it; without
// it the embedded sample collection is used. Without -publish it makes a draft,
// as often as wished; with it an edition, which the ledger remembers. With -check it is only read, and
// DIR/check.csv lists whatever was not understood. The folder private/ under DIR is for the working group only.
//
// An example may hold nothing but an account: software reads its fields and codes
// from it, and DIR/private/codes.csv lists the codes for a person to confirm.
// Filled in where it lies, or given back with -codes, it is read by the next run.
//
// With -rotate nothing is written but another key: the ledger goes on under it, and
// the next edition is held against all earlier ones.
//
// private/sign-off holds a sheet for each contributor to answer. Answered sheets
// (.docx, .md) go into a folder of their own, and -signed FOLDER files what they
// approve.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/sharedpractice/sharedpractice/examples/internal/collect"
	"github.com/sharedpractice/sharedpractice/examples/internal/program"
	"github.com/sharedpractice/sharedpractice/examples/internal/returned"
	"github.com/sharedpractice/sharedpractice/model"
)

func main() { program.Main("howto", run) }

// wrong says how the program was called wrongly.
func wrong(how string) error { return fmt.Errorf("%w: %s", program.ErrUsage, how) }

func run(ctx context.Context, args []string, _ io.Reader, stdout io.Writer) error {
	o, err := parse(args)
	if asked, ok := errors.AsType[help](err); ok {
		asked.write(stdout)
	}
	if err != nil {
		return err
	}
	if err := readInPlace(&o); err != nil {
		return err
	}
	if o.check {
		return check(o, stdout)
	}
	if o.rotate {
		return rotate(ctx, o, stdout)
	}
	o.progress = program.OnTerminal()
	defer o.progress.Done()
	if err := unheard(o); err != nil {
		return err
	}
	sheet, err := read(o)
	if err != nil {
		return err
	}
	s, err := stage(o.out)
	if err != nil {
		return err
	}
	defer s.discard()
	key, err := s.key(o)
	if err != nil {
		return err
	}
	k, err := s.readKept()
	if err != nil {
		return err
	}
	t, err := bringTogether(ctx, &o, sheet.Examples, key, k)
	if err != nil {
		return err
	}
	t.result.rows = sheet.places()
	t.result.filed.Behind(key.secret, t.examples, t.result.results)
	o.progress.Of("Writing guides and documents")(0, 0)
	if err := t.write(s, o); err != nil {
		return err
	}
	if err := k.hold(ctx, t.examples, key.secret, o); err != nil {
		return err
	}
	if err := errors.Join(sheet.write(s), s.takeChecked(), s.keepUnread(k), k.write(s)); err != nil {
		return err
	}
	changed := s.since(t.examples)
	if err := s.ready(); err != nil {
		return err
	}
	if err := t.result.enter(ctx, key); err != nil {
		return err
	}
	if err := s.commit(); err != nil {
		return err
	}
	o.progress.Done()
	if err := errors.Join(t.result.report(stdout, o), changed.report(stdout), o.reportInPlace(stdout), sheet.report(stdout, o), t.codes.report(stdout, o)); err != nil || t.sheets == nil {
		return err
	}
	return t.sheets.report(stdout)
}

// told is what examples tell together, and what people said of them.
type told struct {
	examples []model.Example // with the answers of sheets
	codes    *proposals
	sheets   *signed // nil where none were given
	result   *outcome
}

// bringTogether reads accounts and sheets, and what the examples tell. A draft of few
// topics hears less sure codes too, which o then says.
func bringTogether(ctx context.Context, o *options, examples []model.Example, key key, k *kept) (t told, err error) {
	for {
		t.examples = slices.Clone(examples)
		if t.codes, err = readAccounts(ctx, t.examples, *o); err != nil {
			return t, err
		}
		if o.signed != "" {
			if t.examples, t.sheets, err = fileSigned(ctx, t.examples, *o, key.secret); err != nil {
				return t, err
			}
		}
		if t.result, err = process(ctx, collect.Sequence(t.examples), *o, key, k); err != nil {
			return t, err
		}
		if o.publish || o.least > 0 || o.lessSure || !t.codes.Few(t.examples, t.result.collection.Topics) {
			break
		}
		o.lessSure = true
	}
	if t.result.filed = (&returned.Filed{}); t.sheets != nil {
		t.result.filed = t.sheets.Filed
	}
	return t, nil
}

func (t told) write(s *staging, o options) error {
	if err := t.codes.say(t.result, t.examples, o); err != nil {
		return err
	}
	if err := write(s, t.result, o); err != nil {
		return err
	}
	if err := t.sheets.write(s, o); err != nil {
		return err
	}
	return errors.Join(t.codes.write(s), t.codes.writeTopics(s, t.result, t.examples), t.result.writeAlike(s, t.examples, o))
}

// now is when the agreements are judged, unless -now says otherwise.
func now() time.Time { return time.Now().UTC() }
