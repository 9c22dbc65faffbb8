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
	if err := o.readInPlace(); err != nil {
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
	var (
		collected []model.Example
		codes     *proposals
		sheets    *signed
		result    *outcome
	)
	for {
		collected = slices.Clone(sheet.Examples)
		if codes, err = readAccounts(ctx, collected, o); err != nil {
			return err
		}
		if o.signed != "" {
			if collected, sheets, err = fileSigned(ctx, collected, o, key.secret); err != nil {
				return err
			}
		}
		if result, err = process(ctx, sequence(collected), o, key, k); err != nil {
			return err
		}
		if o.publish || o.least > 0 || o.lessSure || !codes.Few(collected, result.collection.Topics) {
			break
		}
		o.lessSure = true
	}
	result.rows = sheet.places()
	if result.filed = (&returned.Filed{}); sheets != nil {
		result.filed = sheets.Filed
	}
	result.filed.Behind(key.secret, collected, result.results)
	if err := codes.say(result, collected, o); err != nil {
		return err
	}
	o.progress.Of("Writing guides and documents")(0, 0)
	if err := write(s, result, o); err != nil {
		return err
	}
	if err := errors.Join(sheet.write(s), sheets.write(s, o)); err != nil {
		return err
	}
	if err := errors.Join(codes.write(s), codes.writeTopics(s, result, collected)); err != nil {
		return err
	}
	if err := errors.Join(result.writeAlike(s, collected, o), s.keepUnread(k), k.write(s)); err != nil {
		return err
	}
	changed := s.since(collected)
	if err := s.ready(); err != nil {
		return err
	}
	if err := result.enter(ctx, key); err != nil {
		return err
	}
	if err := s.commit(); err != nil {
		return err
	}
	o.progress.Done()
	if err := errors.Join(result.report(stdout, o), changed.report(stdout), o.reportInPlace(stdout), sheet.report(stdout, o), codes.report(stdout, o)); err != nil || sheets == nil {
		return err
	}
	return sheets.report(stdout)
}

// now is when the agreements are judged, unless -now says otherwise.
func now() time.Time { return time.Now().UTC() }
