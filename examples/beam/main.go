// SPDX-License-Identifier: Apache-2.0

// Command beam does the work of examples/howto on Apache Beam: the same examples
// and the same key give the same records, collection, release and guides, on
// however many machines.
//
//	go -C examples/beam run . -in FILE -out DIR [-key FILE] [-k N] [-audience public|members] [-locale en-GB] [-runner prism]
//
// Workers read and anonymise, which is nearly all of the work. What they hand
// back is sealed records; the machine that the program was started on brings
// those together, beside the ledger. Like howto without -publish it makes a
// draft.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"

	"github.com/sharedpractice/sharedpractice/examples/internal/collect"
	"github.com/sharedpractice/sharedpractice/examples/internal/program"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/model"
)

func main() { program.Main("beam", run) }

// wrong says how the program was called wrongly.
func wrong(how string) error { return fmt.Errorf("%w: %s", program.ErrUsage, how) }

// options are the program's own flags; those of Beam stand beside them.
type options struct {
	in, out, key, locale, work string
	k, shards                  int
	workers, processes         int
	attempts                   int
	audience                   model.Audience
	now                        time.Time
	reviewed, counts           bool
	least                      float64
	apart                      [][2]string
}

// flags registers the program's flags beside Beam's, which are there already.
func flags(f *flag.FlagSet) func() (options, error) {
	var o options
	var audience, moment string
	f.StringVar(&o.in, "in", "", "examples, JSON Lines (.jsonl); several files by a pattern, in any file system that Beam has been given")
	f.StringVar(&o.out, "out", "out", "folder to write to, on this machine")
	f.IntVar(&o.k, "k", 0, "contributors that every statement needs; 0 means 5 for the public, 3 for members")
	f.StringVar(&audience, "audience", "public", "who will read it: public or members")
	f.StringVar(&o.locale, "locale", guidance.SourceLocale, "language of the guides, BCP 47")
	f.StringVar(&o.key, "key", "", "file with the secret key, at the same path on every worker; without it DIR/private/key, made on the first run")
	f.StringVar(&o.work, "work", "", "folder that this machine and all workers see, where workers leave sealed records; without it one under DIR/private")
	f.IntVar(&o.shards, "shards", 64, "parts in which contributors are worked on; one part is what a worker holds in memory")
	f.IntVar(&o.workers, "workers", 2, "contributors of one part anonymised side by side")
	f.IntVar(&o.processes, "processes", 0, "worker processes on this machine, with Prism; without it the program is its own worker")
	f.IntVar(&o.attempts, "attempts", 5, "how often the pipeline is begun where a worker or the runner is lost")
	f.StringVar(&moment, "now", "", "the day on which agreements are judged, YYYY-MM-DD; today without it")
	f.Float64Var(&o.least, "least", 0, "confidence from which on codes that software read from accounts count, 0 to 1; without it from where about four in five are right")
	f.Func("apart", "file of pairs of references, of holdings or examples, two in a row of CSV: they look like one and a person says that they are two", func(name string) (err error) {
		o.apart, err = collect.Apart(name)
		return err
	})
	f.BoolVar(&o.reviewed, "reviewed", false, "a person reads every record before it leaves the working group")
	f.BoolVar(&o.counts, "counts", false, "only count, in DIR/private/counts.jsonl: no collection and no guides, and no machine holds all records")
	return func() (options, error) {
		var err error
		if o.audience, o.k, err = collect.Readers(audience, o.k); err != nil {
			return o, err
		}
		switch {
		case o.least < 0 || o.least > 1:
			return o, wrong("-least is between 0 and 1")
		case o.workers < 1:
			return o, wrong("-workers is 1 or more")
		case o.attempts < 1:
			return o, wrong("-attempts is 1 or more")
		case o.processes < 0 || o.processes > mostProcesses:
			return o, wrong(fmt.Sprintf("-processes is 0 to %d", mostProcesses))
		case o.shards < 1 || o.shards > mostShards:
			return o, wrong(fmt.Sprintf("-shards is 1 to %d", mostShards))
		case !strings.HasSuffix(strings.ToLower(o.in), ".jsonl"):
			return o, wrong("-in is a .jsonl file")
		}
		if _, err := guidance.OpenCatalog(o.locale, nil); err != nil {
			return o, wrong("-locale has no catalog of messages")
		}
		o.now, err = collect.Day(moment, time.Now().UTC()) // as howto does
		return o, err
	}
}

func run(ctx context.Context, args []string, _ io.Reader, stdout io.Writer) error {
	f := flag.CommandLine // Beam's own flags are registered there
	f.Init("beam", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	parsed := flags(f)
	if worker := booted(args); worker != nil {
		watched(ctx)
		args = worker
	}
	if err := f.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			f.SetOutput(stdout)
			f.PrintDefaults()
			return err
		}
		return wrong("a flag is not known or its value does not fit; -h lists all flags")
	}
	if f.NArg() > 0 {
		return wrong("arguments beside the flags")
	}
	beam.Init() // a worker stays in here
	o, err := parsed()
	if err != nil {
		return err
	}
	made, err := process(ctx, o)
	if err != nil {
		return err
	}
	if o.counts {
		_, err = fmt.Fprintf(stdout, "%d examples read, %d withheld. Counts, held against no threshold: %s\n",
			made.counted.Read(), made.counted.Withheld(), filepath.Join(o.out, "private", "counts.jsonl"))
		return err
	}
	c := made.edition.Collection
	_, err = fmt.Fprintf(stdout, `%d examples read, %d anonymised, %d withheld.
%d examples from %d independent contributors can be counted; %d topics have %d or more.
%d records would be published. This is a draft: nothing of it stands in the ledger.
%d guides in %s; %s is for the working group only.
`, len(made.decisions.of), len(made.records), len(made.decisions.of)-len(made.records), c.Examples, c.Contributors, len(c.Topics), o.k,
		len(made.edition.Release.Behind), len(c.Topics), filepath.Join(o.out, "guides"), filepath.Join(o.out, "private"))
	return err
}
