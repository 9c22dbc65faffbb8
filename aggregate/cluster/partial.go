// SPDX-License-Identifier: Apache-2.0

package cluster

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/aggregate/cluster/internal/numeric"
	"github.com/sharedpractice/sharedpractice/model/text"
)

// Partial summarises one part of a large collection for a fit: a sample of its
// distinct texts, chosen by their hash, and its counts. Merge is
// associative and commutative, so a distributed engine may combine partials in
// any order; the model fitted to the whole then places the items of each part
// by Assign. A Partial holds contributors' words. Not safe for concurrent use
// while it is merged into.
type Partial struct {
	limit int
	items int
	texts []partialText // by hash, then words
}

type partialText struct {
	hash  uint64
	key   string // the words
	items []Item // one a source, by source, at most partialSources
}

const partialSources = 16

// Collect makes the partial of some items. IDs must be unique over all parts.
func Collect(items []Item) (*Partial, error) {
	if err := checkItems(items); err != nil {
		return nil, err
	}
	p := &Partial{limit: fitSample, items: len(items)}
	var ws []string
	var tokens []text.Token
	for _, it := range items {
		ws, tokens = words(ws[:0], tokens, it.Text)
		h := uint64(numeric.HashStart)
		for _, w := range ws[:min(len(ws), maxWords)] {
			h = (h ^ numeric.HashWord(numeric.HashStart, w)) * numeric.HashStep
		}
		p.texts = append(p.texts, partialText{numeric.Mix(h), strings.Join(ws, " "), []Item{it}})
		if len(p.texts) > 4*p.limit {
			p.fold()
		}
	}
	p.fold()
	return p, nil
}

// fold sorts, joins what has the same words, and cuts to the limit.
func (p *Partial) fold() {
	slices.SortFunc(p.texts, func(a, b partialText) int {
		return cmp.Or(cmp.Compare(a.hash, b.hash), compareStrings(a.key, b.key))
	})
	kept := p.texts[:0]
	for _, t := range p.texts {
		if n := len(kept); n > 0 && kept[n-1].hash == t.hash && kept[n-1].key == t.key {
			kept[n-1].items = oneOfEachSource(append(slices.Clip(kept[n-1].items), t.items...))
			continue
		}
		kept = append(kept, t)
	}
	p.texts = kept[:min(len(kept), p.limit)]
}

func oneOfEachSource(items []Item) []Item {
	slices.SortFunc(items, func(a, b Item) int {
		return cmp.Or(compareStrings(a.Source, b.Source), compareStrings(a.ID, b.ID))
	})
	items = slices.CompactFunc(items, func(a, b Item) bool { return a.Source == b.Source })
	return items[:min(len(items), partialSources)]
}

// Merge returns the partial of both parts together; neither is changed.
func (p *Partial) Merge(q *Partial) *Partial {
	out := &Partial{
		limit: min(p.limit, q.limit), items: p.items + q.items,
		texts: append(slices.Clip(slices.Clone(p.texts)), q.texts...),
	}
	out.fold()
	return out
}

// Len is the number of items in all parts.
func (p *Partial) Len() int { return p.items }

// Fit fits a model to the sample. Its clusters are those that Fit would find on
// all items; sizes and assignments are those of the sample.
func (p *Partial) Fit(ctx context.Context, cfg Config) (*Model, error) {
	var items []Item
	for _, t := range p.texts {
		items = append(items, t.items...)
	}
	return Fit(ctx, items, cfg)
}

type partialJSON struct {
	Format string      `json:"format"`
	Items  int         `json:"items"`
	Texts  [][]jsonRow `json:"texts"`
}

type jsonRow struct {
	ID     string `json:"id"`
	Text   string `json:"text"`
	Source string `json:"source,omitempty"`
}

const partialFormat = "sharedpractice-cluster-partial-1"

// MarshalJSON writes the partial, texts included.
func (p *Partial) MarshalJSON() ([]byte, error) {
	out := partialJSON{Format: partialFormat, Items: p.items, Texts: [][]jsonRow{}}
	for _, t := range p.texts {
		var rows []jsonRow
		for _, it := range t.items {
			rows = append(rows, jsonRow(it))
		}
		out.Texts = append(out.Texts, rows)
	}
	return json.Marshal(out)
}

// UnmarshalJSON reads what MarshalJSON wrote. Hashes are computed again.
func (p *Partial) UnmarshalJSON(b []byte) error {
	var in partialJSON
	if json.Unmarshal(b, &in) != nil || in.Format != partialFormat {
		return fmt.Errorf("%w: no partial", ErrFormat)
	}
	var items []Item
	for _, rows := range in.Texts {
		for _, r := range rows {
			items = append(items, Item(r))
		}
	}
	if in.Items < len(items) {
		return fmt.Errorf("%w: fewer items than texts", ErrFormat)
	}
	q, err := Collect(items)
	if err != nil {
		return err
	}
	*p = *q
	p.items = in.Items
	return nil
}
