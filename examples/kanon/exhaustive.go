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
			number, col := map[string]uint64{}, make([]uint64, n)
			own, joined := map[string]float64{}, map[string]float64{}
			for i, v := range t.Quasi[c].Values {
				g, ok := h.Generalize(v, l)
				if !ok {
					return nil, 0, 0, fmt.Errorf("record %d, column %d: not in the hierarchy", i, c)
				}
				if _, ok := number[g]; !ok {
					number[g] = uint64(len(number))
				}
				col[i] = number[g]
				own[v]++
				joined[g]++
			}
			sum := 0.0
			for _, v := range slices.Sorted(maps.Keys(own)) {
				g, _ := h.Generalize(v, l)
				sum -= own[v] * math.Log2(own[v]/joined[g])
			}
			label[c] = append(label[c], col)
			loss[c] = append(loss[c], sum)
		}
	}
	holders := func(i int) string {
		if t.Holdings == nil {
			return fmt.Sprint(i)
		}
		return t.Holdings[i][0]
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
		size := map[uint64]int{}
		if t.Holdings == nil {
			for _, key := range keys {
				size[key]++
			}
		} else {
			seen := map[string]bool{}
			for i, key := range keys {
				if h := fmt.Sprint(key, " ", holders(i)); !seen[h] {
					seen[h] = true
					size[key]++
				}
			}
		}
		out := 0
		for _, key := range keys {
			if size[key] < cfg.Requirement.K {
				out++
			}
		}
		if out <= int(cfg.Suppress*float64(n)) && sum < least-1e-9 {
			levels, least = slices.Clone(at), sum
		}
		c := len(at) - 1
		for ; c >= 0; c-- {
			if at[c]++; at[c] < cfg.Hierarchies[c].Height() {
				break
			}
			at[c] = 0
		}
		if c < 0 {
			return levels, least, nodes, nil
		}
	}
}
