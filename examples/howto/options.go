// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/examples/internal/accounts"
	"github.com/sharedpractice/sharedpractice/examples/internal/collect"
	"github.com/sharedpractice/sharedpractice/examples/internal/program"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/render"
	"github.com/sharedpractice/sharedpractice/model"
)

type options struct {
	in, out, key, locale, terms, ledger string
	signed                              string  // folder of sheets
	mapping                             string  // file that says what a sheet's columns answer
	lessSure                            bool    // less sure codes count, since there were few topics otherwise
	least                               float64 // confidence from which on software's codes count in a draft; 0 is the built-in one
	codes                               string  // file of codes that a person decided on
	decided                             accounts.Decisions
	apart                               collect.Told
	inPlace                             inPlace
	alike                               string // file of pairs that look like one and a person decided on
	check                               bool
	publish                             bool
	rotate                              bool // give the working group another key
	k                                   int
	audience                            model.Audience
	now                                 time.Time
	reviewed                            bool
	theme                               render.Theme // how pages and Word documents look
	workers                             int
	progress                            *program.Progress
}

// ledgerPath names the ledger of the output folder, or the one asked for.
func (o options) ledgerPath() string {
	if o.ledger != "" {
		return o.ledger
	}
	return filepath.Join(o.out, "private", "ledger")
}

// keyPath names the key file of the output folder, or the one asked for.
func (o options) keyPath() string {
	if o.key != "" {
		return o.key
	}
	return filepath.Join(o.out, "private", "key")
}

// anonymizer returns the settings with which this run anonymises.
func (o options) anonymizer(key []byte) anonymize.Config {
	return anonymize.Config{Key: key, Now: o.now, Audience: o.audience, Reviewed: o.reviewed, Workers: o.workers, Apart: o.apart.Two, Progress: o.progress.Of("Anonymising contributors")}
}

func parse(args []string) (options, error) {
	var o options
	var audience, moment string
	f := flag.NewFlagSet("howto", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.Usage = func() {}
	f.StringVar(&o.in, "in", "", "examples, JSON Lines (.jsonl) or CSV (.csv); the embedded sample without it")
	f.StringVar(&o.out, "out", "out", "folder to write to")
	f.IntVar(&o.k, "k", 0, "contributors that every statement needs; 0 means 5 for the public, 3 for members")
	f.StringVar(&audience, "audience", "public", "who will read it: public or members")
	f.StringVar(&o.locale, "locale", guidance.SourceLocale, "language of the guides, BCP 47")
	f.Func("theme", "JSON file of how guides look: group, colour, font, footer, and logo, the name of a PNG file beside it", func(name string) (err error) {
		o.theme, err = render.OpenTheme(os.DirFS(filepath.Dir(name)), filepath.Base(name))
		return err
	})
	f.StringVar(&o.terms, "terms", "", "how those are called whom the guides call patients, such as service-user; as the language usually does without it")
	f.StringVar(&o.key, "key", "", "file with the secret key; without it DIR/private/key, made on the first run")
	f.StringVar(&o.ledger, "ledger", "", "ledger of editions; without it DIR/private/ledger")
	f.StringVar(&o.signed, "signed", "", "folder of sign-off sheets that came back; what they approve is filed for this run")
	f.StringVar(&o.mapping, "map", "", "file that says which column of a CSV file answers which question; without it DIR/private/map.csv, where somebody corrected it, or DIR/map.csv, as a run with -check proposes it and until the next one without it; its last lines list what its third column may say")
	f.StringVar(&o.alike, "apart", "", "list of pairs that look like one, with two in its column decision where they are two, or pairs of references, of holdings or examples, in rows of CSV, which are two; without it DIR/private/alike.csv, where there is one")
	f.StringVar(&o.codes, "codes", "", "list of codes with its column decision filled in: yes, no or another code; without it DIR/private/codes.csv, where there is one")
	f.Float64Var(&o.least, "least", 0, "confidence from which on codes that software read count in a draft, 0 to 1; without it from where about four in five are right")
	f.BoolVar(&o.check, "check", false, "only read the file and write DIR/check.csv: every fault and every answer that is not understood; the next run without it moves that list to DIR/private")
	f.BoolVar(&o.publish, "publish", false, "publish: enter the edition in the ledger and certify it; a draft for the working group without it")
	f.BoolVar(&o.rotate, "rotate", false, "only change the key: make a new one beside the old and let the ledger go on under it, with the examples of -in as last published; broken off, it goes on when called again")
	f.StringVar(&moment, "now", "", "the day on which agreements are judged, YYYY-MM-DD; today without it")
	f.BoolVar(&o.reviewed, "reviewed", false, "a person reads every record before it leaves the working group")
	f.IntVar(&o.workers, "workers", 2, "examples anonymised side by side")
	if err := f.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return o, help{f}
		}
		return o, wrong(flagAtFault(args, f) + "; -h lists all flags")
	}
	if f.NArg() > 0 {
		return o, wrong("arguments beside the flags")
	}
	var err error
	if o.audience, o.k, err = collect.Readers(audience, o.k); err != nil {
		return o, err
	}
	if o.now, err = collect.Day(moment, now()); err != nil {
		return o, err
	}
	if err := o.flagsFit(); err != nil {
		return o, err
	}
	return o, o.valuesFit()
}

// flagsFit says which flags do not go together.
func (o options) flagsFit() error {
	if o.check && o.publish {
		return wrong("-check and -publish exclude each other")
	}
	if o.rotate && (o.check || o.publish) {
		return wrong("-rotate goes with neither -check nor -publish: change the key first, then publish")
	}
	if o.check && o.in == "" {
		return wrong("-check needs -in")
	}
	if o.mapping != "" && !strings.HasSuffix(strings.ToLower(o.in), ".csv") {
		return wrong("-map goes with a .csv file")
	}
	return nil
}

// valuesFit says which values a flag cannot have.
func (o options) valuesFit() error {
	if o.least < 0 || o.least > 1 {
		return wrong("-least is between 0 and 1")
	}
	if o.workers < 1 {
		return wrong("-workers is 1 or more")
	}
	if lower := strings.ToLower(o.in); o.in != "" && !strings.HasSuffix(lower, ".jsonl") && !strings.HasSuffix(lower, ".csv") {
		return wrong("-in is a .jsonl or .csv file")
	}
	if _, err := guidance.OpenCatalog(o.locale, nil); err != nil {
		return wrong("-locale has no catalog of messages")
	}
	if _, err := guidance.OpenTerminology(o.terms, o.locale, nil); o.terms != "" && err != nil {
		return wrong("-terms in this language is one of " + strings.Join(guidance.Terminologies(o.locale), ", "))
	}
	return nil
}

// help lists every flag and its use; -h asks for it.
type help struct{ *flag.FlagSet }

func (help) Error() string { return "help" }
func (help) Unwrap() error { return flag.ErrHelp }

func (h help) write(w io.Writer) {
	_, _ = io.WriteString(w, "howto turns examples into anonymous HOW TO guides.\n\nUsage: howto [flags]\n\n")
	h.SetOutput(w)
	h.PrintDefaults()
}

// flagAtFault names the first flag that is not known or has no fitting value.
// Values are not repeated.
func flagAtFault(args []string, f *flag.FlagSet) string {
	for i := 0; i < len(args); i++ {
		name, value, has := strings.Cut(strings.TrimLeft(args[i], "-"), "=")
		known := f.Lookup(name)
		if known == nil {
			return "unknown flag -" + clean(name)
		}
		flagIsBool, _ := known.Value.(interface{ IsBoolFlag() bool })
		isBool := flagIsBool != nil && flagIsBool.IsBoolFlag()
		if !has && !isBool {
			if i+1 >= len(args) {
				return "-" + name + " needs a value"
			}
			i++
			value = args[i]
		}
		if (has || !isBool) && known.Value.Set(value) != nil {
			return "-" + name + " has a value that does not fit"
		}
	}
	return "wrong flags"
}

// clean keeps what a flag's name can hold.
func clean(name string) string {
	name = strings.Map(func(r rune) rune {
		if r == '-' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, name)
	return name[:min(len(name), 20)]
}
