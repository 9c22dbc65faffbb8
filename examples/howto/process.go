// SPDX-License-Identifier: Apache-2.0

package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"sync"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/model"
)

// outcome is everything that a run has found out.
type outcome struct {
	examples   int
	records    []anonymize.Record // sorted by id
	logs       []anonymize.Log    // sorted by example
	signOffs   []signOff
	collection *aggregate.Collection
	edition    *edition
	counted    []string // ids of the records that this edition counts
	guides     []*guidance.Guide
}

// signOff is what a party needs to see before it agrees.
type signOff struct {
	record  anonymize.Record
	log     anonymize.Log
	example *model.Example
}

func process(ctx context.Context, examples []*model.Example, o options, key []byte, before []string) (*outcome, error) {
	var parties []model.Party
	for _, e := range examples {
		parties = append(parties, e.Parties...)
	}
	a, err := anonymize.New(anonymize.Config{
		Key: key, Now: o.now, Audience: o.audience, Parties: parties, Reviewed: o.reviewed,
	})
	if err != nil {
		return nil, err
	}
	results, err := anonymizeAll(ctx, a, byContributor(examples), o.workers)
	if err != nil {
		return nil, err
	}
	r := &outcome{examples: len(examples)}
	for _, x := range results {
		r.logs = append(r.logs, x.log)
		if x.record.Valid() {
			r.records = append(r.records, x.record)
			r.signOffs = append(r.signOffs, x)
		}
	}
	slices.SortFunc(r.records, func(x, y anonymize.Record) int { return cmp.Compare(x.ID(), y.ID()) })
	slices.SortFunc(r.logs, func(x, y anonymize.Log) int { return cmp.Compare(x.Example, y.Example) })
	if r.edition, err = openEdition(o, key); err != nil {
		return nil, err
	}
	counted := r.edition.counted(r.records, before, o.k)
	for _, x := range counted {
		r.counted = append(r.counted, x.ID())
	}
	var evidence []aggregate.Evidence
	r.collection, err = aggregate.Build(ctx, counted, aggregate.Config{
		K: o.k, Audience: o.audience,
		Admit: func(items []aggregate.Evidence) ([]string, error) {
			evidence = items
			return r.edition.admit(items)
		},
	})
	if err != nil {
		return nil, err
	}
	if err := r.edition.prove(ctx, counted, evidence, o.k); err != nil {
		return nil, err
	}
	for _, t := range r.collection.Topics {
		g, err := guidance.Build(r.collection, t.ID, guidance.Config{Locale: o.locale, Date: o.now.Format("2006-01-02")})
		if err != nil {
			return nil, err
		}
		r.guides = append(r.guides, g)
	}
	return r, nil
}

// byContributor groups examples by the party that contributed them.
func byContributor(examples []*model.Example) [][]*model.Example {
	groups := map[string][]*model.Example{}
	var order []string
	for _, e := range examples {
		ref := ""
		if len(e.Parties) > 0 {
			ref = e.Parties[0].Ref
		}
		if groups[ref] == nil {
			order = append(order, ref)
		}
		groups[ref] = append(groups[ref], e)
	}
	slices.Sort(order)
	out := make([][]*model.Example, len(order))
	for i, ref := range order {
		out[i] = groups[ref]
	}
	return out
}

// anonymizeAll anonymises the groups side by side; the results stand in the
// order of the groups whatever the number of workers.
func anonymizeAll(ctx context.Context, a *anonymize.Anonymizer, groups [][]*model.Example, workers int) ([]signOff, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	results := make([][]signOff, len(groups))
	errs := make([]error, len(groups))
	next := make(chan int)
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for i := range next {
				found, err := a.Anonymize(ctx, groups[i]...)
				if err != nil {
					errs[i] = err
					cancel()
					continue
				}
				for j, f := range found {
					results[i] = append(results[i], signOff{f.Record, f.Log, groups[i][j]})
				}
			}
		})
	}
	for i := range groups {
		next <- i
	}
	close(next)
	wg.Wait()
	for _, err := range errs {
		if err != nil && err != context.Canceled {
			return nil, err
		}
	}
	return slices.Concat(results...), ctx.Err()
}

func (r *outcome) report(w io.Writer, o options) error {
	_, err := fmt.Fprintf(w, `%d examples read, %d anonymised, %d withheld.
%d examples from %d independent contributors can be counted; %d topics have %d or more.
%d records published, with a certificate that examples/audit checks.
%d guides in %s. Open %s/index.html; %s/private/ is for the working group only.
`, r.examples, len(r.records), r.examples-len(r.records),
		r.collection.Examples, r.collection.Contributors, len(r.collection.Topics), o.k,
		len(r.edition.release.Records), len(r.guides), o.out, o.out, o.out)
	if err == nil && r.edition.held+len(r.edition.refused) > 0 {
		_, err = fmt.Fprintf(w, "Held back so that editions cannot be compared: %d new examples, %d statements and counts.\n", r.edition.held, len(r.edition.refused))
	}
	return err
}
