// SPDX-License-Identifier: Apache-2.0

package anonymize

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"slices"
	"sync"

	"github.com/sharedpractice/sharedpractice/model"
)

// All anonymises a whole collection. What any party declared is removed from
// every example, and what is found in one example of a contributor is masked in
// all of its examples. Results are sorted by the example's id, whatever the
// order of the examples and the number of Workers. What look like the same
// organisation or the same example counts as one contributor: see LookAlikes. An
// error yields no results at all: the first of a reader, or one that joins an
// ExampleError for each example that cannot be used.
//
// The examples are held in memory until they are anonymised.
func All(ctx context.Context, cfg Config, examples iter.Seq2[model.Example, error]) ([]Result, error) {
	var all []*model.Example
	cfg.Parties = slices.Clone(cfg.Parties)
	for e, err := range examples {
		if err != nil {
			return nil, err
		}
		all, cfg.Parties = append(all, &e), append(cfg.Parties, e.Parties...)
	}
	a, err := New(cfg)
	if err != nil {
		return nil, err
	}
	a.together = groups(all, slices.Concat(cfg.Alike, LookAlikes(all, cfg.Apart)))
	groups := byContributor(all)
	faults := make([]error, len(groups))
	results := make([][]Result, len(groups))
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	next := make(chan int)
	var wg sync.WaitGroup
	var telling sync.Mutex
	done := 0
	tell := func() {
		telling.Lock()
		defer telling.Unlock()
		done++
		if cfg.Progress != nil {
			cfg.Progress(done, len(groups))
		}
	}
	for range max(1, cfg.Workers) {
		wg.Go(func() {
			for i := range next {
				var err error
				results[i], err = a.Anonymize(ctx, groups[i]...)
				if _, ofExample := errors.AsType[*ExampleError](err); ofExample {
					faults[i] = err
				} else if err != nil && !errors.Is(err, context.Canceled) {
					cancel(err)
				}
				tell()
			}
		})
	}
	for i := range groups {
		next <- i
	}
	close(next)
	wg.Wait()
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	out := slices.Concat(results...)
	slices.SortStableFunc(out, func(x, y Result) int { return cmp.Compare(x.Log.Example, y.Log.Example) })
	return out, nil
}

// byContributor groups examples by the party that contributed them, each group
// sorted by id.
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
		slices.SortStableFunc(out[i], func(x, y *model.Example) int { return cmp.Compare(x.ID, y.ID) })
	}
	return out
}

// Records are the records among the results, sorted by their own id.
func Records(results []Result) []Record {
	var out []Record
	for _, r := range results {
		if !r.Withheld() {
			out = append(out, r.Record)
		}
	}
	slices.SortFunc(out, func(x, y Record) int { return cmp.Compare(x.ID(), y.ID()) })
	return out
}
