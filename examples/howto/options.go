// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"flag"
	"io"
	"strings"
	"time"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/model"
)

type options struct {
	in, out, key, locale, terms, ledger string
	signed                              string // folder of sheets
	k                                   int
	audience                            model.Audience
	now                                 time.Time
	reviewed                            bool
	workers                             int
}

// anonymizer is how this run anonymises.
func (o options) anonymizer(key []byte) anonymize.Config {
	return anonymize.Config{Key: key, Now: o.now, Audience: o.audience, Reviewed: o.reviewed, Workers: o.workers}
}

func parse(args []string) (options, error) {
	var o options
	var audience, moment string
	f := flag.NewFlagSet("howto", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.StringVar(&o.in, "in", "", "examples, JSON Lines (.jsonl) or CSV (.csv); the embedded sample without it")
	f.StringVar(&o.out, "out", "out", "folder to write to")
	f.IntVar(&o.k, "k", 0, "contributors that every statement needs; 0 means 5 for the public, 3 for members")
	f.StringVar(&audience, "audience", "public", "who will read it: public or members")
	f.StringVar(&o.locale, "locale", guidance.SourceLocale, "language of the guides, BCP 47")
	f.StringVar(&o.terms, "terms", "", "how those are called whom the guides call patients, such as service-user; as the language usually does without it")
	f.StringVar(&o.key, "key", "", "file with the secret key; without it DIR/private/key, made on the first run")
	f.StringVar(&o.ledger, "ledger", "", "ledger of editions; without it DIR/private/ledger")
	f.StringVar(&o.signed, "signed", "", "folder of sign-off sheets that came back; what they approve is filed for this run")
	f.StringVar(&moment, "now", "", "the day on which agreements are judged, YYYY-MM-DD; today without it")
	f.BoolVar(&o.reviewed, "reviewed", false, "a person reads every record before it leaves the working group")
	f.IntVar(&o.workers, "workers", 2, "examples anonymised side by side")
	if err := f.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return o, err
		}
		return o, wrong("unknown flag or value; see the README")
	}
	if f.NArg() > 0 {
		return o, wrong("arguments beside the flags")
	}
	switch audience {
	case "public":
		o.audience = model.Everyone
	case "members":
		o.audience = model.Members
	default:
		return o, wrong("-audience is public or members")
	}
	if o.k == 0 {
		o.k = aggregate.KPublic
		if o.audience == model.Members {
			o.k = aggregate.KMembers
		}
	}
	if o.k < aggregate.Floor {
		return o, wrong("-k is 3 or more")
	}
	if o.workers < 1 {
		return o, wrong("-workers is 1 or more")
	}
	o.now = now()
	if moment != "" {
		day, err := time.Parse(time.DateOnly, moment)
		if err != nil {
			return o, wrong("-now is a day, YYYY-MM-DD")
		}
		o.now = day
	}
	if lower := strings.ToLower(o.in); o.in != "" && !strings.HasSuffix(lower, ".jsonl") && !strings.HasSuffix(lower, ".csv") {
		return o, wrong("-in is a .jsonl or .csv file")
	}
	if _, err := guidance.OpenCatalog(o.locale, nil); err != nil {
		return o, wrong("-locale has no catalog of messages")
	}
	if _, err := guidance.OpenTerminology(o.terms, o.locale, nil); o.terms != "" && err != nil {
		return o, wrong("-terms in this language is one of " + strings.Join(guidance.Terminologies(o.locale), ", "))
	}
	return o, nil
}
