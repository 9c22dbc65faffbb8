// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"time"

	"github.com/sharedpractice/sharedpractice/anonymize/disclosure/recode"
)

// compare runs both searches, says how long each took, and fails if they
// disagree.
func compare(ctx context.Context, t *recode.Table, cfg recode.SearchConfig, w io.Writer) error {
	start := time.Now()
	found, err := recode.Search(ctx, t, cfg)
	fast := time.Since(start)
	if err != nil {
		return err
	}
	start = time.Now()
	levels, loss, nodes, err := exhaustive(ctx, t, cfg)
	if err != nil {
		return err
	}
	slow := time.Since(start)
	_, err = fmt.Fprintf(w, "search: %d of %d nodes checked in %v; every node: %d in %v (%.0f times)\n",
		found.Checks, found.Nodes, fast.Round(time.Millisecond), nodes, slow.Round(time.Millisecond), slow.Seconds()/fast.Seconds())
	if err != nil {
		return err
	}
	if !slices.Equal(levels, found.Levels) || math.Abs(loss-found.Loss) > 1e-6 {
		return errors.New("the searches disagree")
	}
	return nil
}

// exhaustive checks every node of the lattice by itself, with code of its own:
// records are grouped anew each time and nothing is inferred from another node.
func exhaustive(ctx context.Context, t *recode.Table, cfg recode.SearchConfig) (levels []int, least float64, nodes int, err error) {
	n := t.Len()
	label := make([][][]uint64, len(t.Quasi)) // [column][level][record]
	loss := make([][]float64, len(t.Quasi))
	for c, h := range cfg.Hierarchies {
		for l := range h.Height() {
			col, sum, err := level(t.Quasi[c].Values, h, l)
			if err != nil {
				return nil, 0, 0, fmt.Errorf("column %d: %w", c, err)
			}
			label[c] = append(label[c], col)
			loss[c] = append(loss[c], sum)
		}
	}
	least = math.Inf(1)
	at := make([]int, len(t.Quasi))
	keys := make([]uint64, n)
	for {
		if err := ctx.Err(); err != nil {
			return nil, 0, 0, err
		}
		nodes++
		sum := 0.0
		clear(keys)
		room := uint64(math.MaxUint64)
		for c, l := range at {
			sum += loss[c][l]
			width := slices.Max(label[c][l]) + 1
			if room /= width; room == 0 {
				return nil, 0, 0, errors.New("too many labels to compare with")
			}
			for i, x := range label[c][l] {
				keys[i] = keys[i]*width + x
			}
		}
		size := sizes(keys, t.Holdings)
		out := 0
		for _, key := range keys {
			if size[key] < cfg.Requirement.K {
				out++
			}
		}
		if out <= int(cfg.Suppress*float64(n)) && sum < least-1e-9 {
			levels, least = slices.Clone(at), sum
		}
		if !advance(at, cfg.Hierarchies) {
			return levels, least, nodes, nil
		}
	}
}

// advance goes to the next node, and reports whether there was one.
func advance(at []int, hs []*recode.Hierarchy) bool {
	for c, h := range slices.Backward(hs) {
		if at[c]++; at[c] < h.Height() {
			return true
		}
		at[c] = 0
	}
	return false
}

// level is a column as it reads at a level of its hierarchy, by the numbers of the labels, and
// what it loses there.
func level(values []string, h *recode.Hierarchy, l int) (labels []uint64, loss float64, err error) {
	number := map[string]uint64{}
	own, joined := map[string]float64{}, map[string]float64{}
	for i, v := range values {
		g, ok := h.Generalize(v, l)
		if !ok {
			return nil, 0, fmt.Errorf("record %d: not in the hierarchy", i)
		}
		if _, ok := number[g]; !ok {
			number[g] = uint64(len(number))
		}
		labels = append(labels, number[g])
		own[v]++
		joined[g]++
	}
	for _, v := range slices.Sorted(maps.Keys(own)) {
		g, _ := h.Generalize(v, l)
		loss -= own[v] * math.Log2(own[v]/joined[g])
	}
	return labels, loss, nil
}

// sizes are how many holdings each class has; without holdings each record is one.
func sizes(keys []uint64, holdings [][]string) map[uint64]int {
	size, seen := map[uint64]int{}, map[string]bool{}
	for i, key := range keys {
		if holdings != nil {
			h := fmt.Sprint(key, " ", holdings[i][0])
			if seen[h] {
				continue
			}
			seen[h] = true
		}
		size[key]++
	}
	return size
}
