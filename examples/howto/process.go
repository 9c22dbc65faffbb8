// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"strconv"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/aggregate/edition"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/anonymize/disclosure/recode"
	"github.com/sharedpractice/sharedpractice/examples/internal/collect"
	"github.com/sharedpractice/sharedpractice/examples/internal/documents"
	"github.com/sharedpractice/sharedpractice/examples/internal/program"
	"github.com/sharedpractice/sharedpractice/examples/internal/returned"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/wordtable"
)

// outcome is everything that a run has found out.
type outcome struct {
	results    []anonymize.Result // sorted by example
	records    []anonymize.Record // sorted by id
	collection *aggregate.Collection
	edition    *edition.Edition
	risks      *recode.Report // nil where there is nothing to report on
	press      *edition.Press
	publicKey  string
	guides     documents.Guides
	kept       *kept          // what people wrote into the guides of the last run
	rows       map[string]int // of the sheet, by example; nil of other files
	alike      int            // pairs that look like one and count as one
	filed      *returned.Filed
}

// process anonymises the examples and makes a draft of them or, where it was
// asked to publish, an edition, which is still to be entered.
func process(ctx context.Context, from iter.Seq2[model.Example, error], o options, key key, k *kept) (*outcome, error) {
	results, err := anonymize.All(ctx, o.anonymizer(key.secret), from)
	if err != nil {
		return nil, err
	}
	r := &outcome{results: results, records: anonymize.Records(results), kept: k}
	press, err := edition.Open(ctx, edition.File(o.ledgerPath()), key.secret, edition.Config{
		Now:      o.now,
		Audience: o.audience, K: o.k, Noted: key.noted, Embedder: wordtable.Default(),
	})
	if errors.Is(err, edition.ErrLedger) {
		return nil, fmt.Errorf("%w: give its ledger with -ledger; with another ledger than this key has published from, a reader could tell who joined or left", err)
	}
	if err != nil {
		return nil, err
	}
	r.press, r.publicKey = press, press.PublicKey()
	prepare := press.Draft
	if o.publish {
		prepare = press.Prepare
	}
	o.progress.Of("Bringing together what they tell")(0, 0)
	if r.edition, err = prepare(ctx, r.records); err != nil {
		return nil, err
	}
	if r.risks, err = r.edition.Report(ctx); err != nil {
		return nil, err
	}
	r.collection = r.edition.Collection
	return r, r.guide(o)
}

// guide builds the guides of what is told, with what people wrote into them.
func (r *outcome) guide(o options) (err error) {
	r.guides, err = documents.Build(r.collection, func(id string) guidance.Config { return r.kept.of(o.config(), id) })
	return err
}

// enter enters an edition in the ledger. A draft leaves no trace.
func (r *outcome) enter(ctx context.Context, k key) error {
	if r.edition.Draft {
		return nil
	}
	if err := k.keep(); err != nil {
		return err
	}
	if err := r.press.Enter(ctx, r.edition); err != nil {
		return err
	}
	return k.note(r.edition.Note)
}

// writeAlike leaves the pairs that count as one for a person to part.
func (r *outcome) writeAlike(s *staging, examples []model.Example, o options) error {
	w, err := openWords(o)
	if err != nil {
		return err
	}
	var list bytes.Buffer
	r.alike, err = collect.WriteAlike(&list, examples, o.apart, func(id string) string { return r.row(w, id) })
	if err != nil || r.alike+len(o.apart.Two)+len(o.apart.One) == 0 {
		return err
	}
	return s.file(alikeName, func(f *os.File) error {
		_, err := list.WriteTo(f)
		return err
	})
}

// row is how an example is named to the working group: by its row, where it is of
// a sheet, and its reference.
func (r *outcome) row(w words, example string) string {
	if n := r.rows[example]; n > 0 {
		return w.say("withheld.row") + " " + strconv.Itoa(n) + " (" + example + ")"
	}
	return example
}

// reportCounts says how many examples may be used, are counted and stand in the release.
func (r *outcome) reportCounts(w io.Writer, o options) error {
	is := func(n int) string { return map[bool]string{true: "is", false: "are"}[n == 1] }
	used, counted, withheld := len(r.records), r.collection.Examples, len(r.results)-len(r.records)
	_, err := fmt.Fprintf(w, "%s read: %d may be used, from %s, and %d %s withheld.\n%s from %s %s counted; %s %d contributors or more.\n",
		program.Count(len(r.results), "example", "examples"), used, contributors(aggregate.Independent(r.records)), withheld, is(withheld),
		program.Count(counted, "example", "examples"), contributors(r.collection.Contributors), is(counted), program.Count(len(r.collection.Topics), "topic has", "topics have"), o.k)
	if n := used - counted; err == nil && n > 0 && counted > 0 && r.edition.Held.Frozen == 0 {
		_, err = fmt.Fprintf(w, "%s not counted: told beside the others they would be too few, or they are not to be counted.\n", program.Count(n, "example that may be used is", "examples that may be used are"))
	}
	lines := "release.jsonl would have %s, each of one example. This is a draft: nothing of it stands in the ledger; -publish publishes it.\n"
	if o.publish {
		lines = "release.jsonl has %s, each of one example, with a certificate that examples/audit checks.\n"
	}
	if err == nil {
		_, err = fmt.Fprintf(w, lines, program.Count(r.lines(), "line", "lines"))
	}
	return err
}

// lines is how many lines the release has.
func (r *outcome) lines() int { return bytes.Count(r.edition.Release.Proof.Release, []byte("\n")) }

func contributors(n int) string {
	return program.Count(n, "independent contributor", "independent contributors")
}

func (r *outcome) report(w io.Writer, o options) error {
	err := r.reportCounts(w, o)
	if err == nil {
		_, err = fmt.Fprintf(w, "%s by topic and %d by method in %s. Open %s/index.html; %s/private/ is for the working group only.\n",
			program.Count(len(r.guides.Topics), "guide", "guides"), len(r.guides.Methods), o.out, o.out, o.out)
	}
	if n := aggregate.Independent(r.records); err == nil && n < o.k {
		_, err = fmt.Fprintf(w, "Nothing can be told yet: examples of %s may be used, and %s needed. %s/private/missing.md says for what.\n", program.Count(n, "independent contributor", "independent contributors"), program.Count(o.k-n, "more is", "more are"), o.out)
	}
	if err == nil && r.kept.read > 0 {
		_, err = fmt.Fprintf(w, "New words of yours were found in %s of the last run; they stand in the guides, and %s/private/kept.md lists them.\n", program.Count(r.kept.read, "file", "files"), o.out)
	}
	if n := len(r.kept.copies); err == nil && n > 0 {
		_, err = fmt.Fprintf(w, "%s on since the last run and %s kept as it was: %s/private/kept.md lists what became of it.\n", program.Count(n, "file was worked", "files were worked"), map[bool]string{true: "is", false: "are each"}[n == 1], o.out)
	}
	if err == nil && r.alike > 0 {
		_, err = fmt.Fprintf(w, "%s like one contributor and count as one: %s/private/alike.csv says which. Write two, or one, beside them in its column decision, and the next run reads it.\n", program.Count(r.alike, "pair looks", "pairs look"), o.out)
	}
	if n := len(r.kept.named); err == nil && n > 0 {
		_, err = fmt.Fprintf(w, "%s answered with a name that somebody declared, and no edition is published with it: %s/private/kept.md says which.\n", program.Count(n, "question is", "questions are"), o.out)
	}
	if n := len(r.kept.conflicts); err == nil && n > 0 {
		_, err = fmt.Fprintf(w, "%s answered differently in two files; %s/private/kept.md shows both.\n", program.Count(n, "question is", "questions are"), o.out)
	}
	if held := collect.HeldBack(r.edition.Held, o.k, r.edition.Name == firstEdition); err == nil && held != "" {
		_, err = fmt.Fprintln(w, held)
	}
	return err
}

// firstEdition is what the first edition of a ledger is called.
const firstEdition = "e1"
