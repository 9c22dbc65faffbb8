// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/aggregate/cluster/wordtable"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/model"
)

// outcome is everything that a run has found out.
type outcome struct {
	results    []anonymize.Result // sorted by example
	records    []anonymize.Record // sorted by id
	collection *aggregate.Collection
	edition    *edition
	counted    []string // ids of the records that this edition counts
	guides     []*guidance.Guide
	kept       *kept // what people wrote into the guides of the last run
}

func process(ctx context.Context, from iter.Seq2[model.Example, error], o options, key []byte, before []string, k *kept) (*outcome, error) {
	results, err := anonymize.All(ctx, o.anonymizer(key), from)
	if err != nil {
		return nil, err
	}
	r := &outcome{results: results, records: anonymize.Records(results), kept: k}
	if r.edition, err = openEdition(o, key); err != nil {
		return nil, err
	}
	counted, evidence, err := r.count(ctx, before, o)
	if err != nil {
		return nil, err
	}
	for _, x := range counted {
		r.counted = append(r.counted, x.ID())
	}
	if err := checkWording(r.collection, counted, o.k); err != nil {
		return nil, err
	}
	if err := r.edition.prove(ctx, counted, r.collection, evidence, o.k); err != nil {
		return nil, err
	}
	for _, t := range r.collection.Topics {
		g, err := guidance.Build(r.collection, t.ID, k.of(o.config(), t.ID))
		if err != nil {
			return nil, err
		}
		r.guides = append(r.guides, g)
	}
	return r, nil
}

// count chooses the records that this edition counts: all of them or, where that
// would show who joined or left, fewer.
func (r *outcome) count(ctx context.Context, before []string, o options) (counted []anonymize.Record, evidence []aggregate.Evidence, err error) {
	known, fresh := split(r.records, before)
	among := [][]anonymize.Record{r.records, known}
	switch {
	case len(before) == 0:
		among = among[:1]
	case aggregate.Independent(fresh) < o.k: // too few to hide among
		among = among[1:]
	}
	for _, records := range among {
		for _, hide := range []hiding{nobody, examples, contributors} {
			if counted = r.edition.hideAmong(records, o.k, hide); len(counted) == 0 {
				continue
			}
			r.edition.held = len(r.records) - len(counted)
			if evidence, err = r.collect(ctx, counted, o); !errors.Is(err, errVisible) || len(before) == 0 {
				return counted, evidence, err
			}
		}
	}
	return nil, nil, err
}

// collect brings the records together, without what the ledger refuses.
func (r *outcome) collect(ctx context.Context, records []anonymize.Record, o options) (evidence []aggregate.Evidence, err error) {
	r.collection, err = aggregate.Build(ctx, records, aggregate.Config{
		K: o.k, Audience: o.audience, Embedder: wordtable.Default(),
		Admit: func(items []aggregate.Evidence) ([]string, error) {
			evidence = items
			return r.edition.admit(items)
		},
	})
	return evidence, err
}

func (r *outcome) report(w io.Writer, o options) error {
	_, err := fmt.Fprintf(w, `%d examples read, %d anonymised, %d withheld.
%d examples from %d independent contributors can be counted; %d topics have %d or more.
%d records published, with a certificate that examples/audit checks.
%d guides in %s. Open %s/index.html; %s/private/ is for the working group only.
`, len(r.results), len(r.records), len(r.results)-len(r.records),
		r.collection.Examples, r.collection.Contributors, len(r.collection.Topics), o.k,
		len(r.edition.release.Records), len(r.guides), o.out, o.out, o.out)
	if err == nil && r.kept.read > 0 {
		_, err = fmt.Fprintf(w, "New words of yours were found in %d files of the last run; they stand in the guides, and %s/private/kept.md lists them.\n", r.kept.read, o.out)
	}
	if n := len(r.kept.conflicts); err == nil && n > 0 {
		_, err = fmt.Fprintf(w, "%d questions are answered differently in two files; %s/private/kept.md shows both.\n", n, o.out)
	}
	if err == nil && r.edition.held+len(r.edition.refused) > 0 {
		_, err = fmt.Fprintf(w, "Held back so that editions cannot be compared: %d new examples, %d statements and counts.\n", r.edition.held, len(r.edition.refused))
	}
	return err
}
