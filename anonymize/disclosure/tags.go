// SPDX-License-Identifier: Apache-2.0

package disclosure

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/anonymize"
)

// MaxTagSets bounds the combinations that CheckTags looks at.
const MaxTagSets = 20_000_000

// TagRecord is a record that carries a set of tags: a multi-valued
// quasi-identifier, of which a reader may know a few.
type TagRecord struct {
	Tags     []string
	Holdings []string
}

// TagFault is a combination of tags carried by fewer than k holdings; it
// names a record that has it and the places of its tags there.
type TagFault struct {
	Record int
	Tags   []int
}

// CheckTags checks k^m-anonymity (Terrovitis et al. 2008) over holdings: every
// combination of at most m tags that occurs is carried by at least k. Faults
// come in the order of records, the smallest combinations first; larger ones
// that contain one already reported are not listed. ErrBound beyond MaxTagSets
// combinations: the number grows as tags^m.
func CheckTags(ctx context.Context, records []TagRecord, k, m int) ([]TagFault, error) {
	if k < 1 || m < 1 {
		return nil, fmt.Errorf("%w: k and m must be at least 1", ErrInput)
	}
	code, err := tagHoldings(records)
	if err != nil {
		return nil, err
	}
	var out []TagFault
	bad := map[string]bool{}
	looked := 0
	for size := 1; size <= m; size++ {
		sets := map[string][][]int32{}
		if err := combinations(ctx, records, size, &looked, func(i int, key string, _ []int) {
			if l := sets[key]; len(l) < maxWriters {
				sets[key] = append(l, code[i])
			}
		}); err != nil {
			return nil, err
		}
		few := map[string]bool{}
		for key, s := range sets {
			if anonymize.Independent(s) < k {
				few[key] = true
			}
		}
		looked = 0
		if err := combinations(ctx, records, size, &looked, func(i int, key string, at []int) {
			if !few[key] || bad[key] {
				return
			}
			bad[key] = true
			if !containsBad(records[i].Tags, at, bad) {
				out = append(out, TagFault{i, slices.Clone(at)})
			}
		}); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func tagHoldings(records []TagRecord) ([][]int32, error) {
	var all []string
	for i, r := range records {
		if len(r.Holdings) == 0 || slices.Contains(r.Holdings, "") {
			return nil, fmt.Errorf("%w: record %d has no holding", ErrInput, i)
		}
		all = append(all, r.Holdings...)
	}
	code, _ := codes(all)
	out, at := make([][]int32, len(records)), 0
	for i, r := range records {
		out[i] = code[at : at+len(r.Holdings)]
		at += len(r.Holdings)
	}
	return out, nil
}

// combinations runs over all sets of tags of one size, record by record. A tag
// listed twice counts once.
func combinations(ctx context.Context, records []TagRecord, size int, looked *int, each func(record int, key string, at []int)) error {
	at := make([]int, 0, size)
	for i, r := range records {
		if err := ctx.Err(); err != nil {
			return err
		}
		order := make([]int, 0, len(r.Tags))
		for j, t := range r.Tags {
			if slices.Index(r.Tags, t) == j {
				order = append(order, j)
			}
		}
		slices.SortFunc(order, func(a, b int) int { return strings.Compare(r.Tags[a], r.Tags[b]) })
		var walk func(from int) error
		walk = func(from int) error {
			if len(at) == size {
				if *looked++; *looked > MaxTagSets {
					return fmt.Errorf("%w: more than %d combinations of tags", ErrBound, MaxTagSets)
				}
				each(i, tagKey(r.Tags, at), at)
				return nil
			}
			for j := from; j < len(order); j++ {
				at = append(at, order[j])
				if err := walk(j + 1); err != nil {
					return err
				}
				at = at[:len(at)-1]
			}
			return nil
		}
		if err := walk(0); err != nil {
			return err
		}
	}
	return nil
}

func tagKey(tags []string, at []int) string {
	var b strings.Builder
	for _, j := range at {
		fmt.Fprintf(&b, "%d:%s", len(tags[j]), tags[j])
	}
	return b.String()
}

// containsBad reports whether a proper subset is bad, too.
func containsBad(tags []string, at []int, bad map[string]bool) bool {
	if len(at) == 1 {
		return false
	}
	for i := range at {
		rest := slices.Delete(slices.Clone(at), i, i+1)
		if bad[tagKey(tags, rest)] || containsBad(tags, rest, bad) {
			return true
		}
	}
	return false
}

// SuppressTags removes tags from everywhere until CheckTags finds nothing: of
// each faulty combination the tag that fewest holdings carry. It returns the
// tags left to each record, in their order, and how many different tags went.
func SuppressTags(ctx context.Context, records []TagRecord, k, m int) (kept [][]string, removed int, err error) {
	now := slices.Clone(records)
	for {
		faults, err := CheckTags(ctx, now, k, m)
		if err != nil {
			return nil, 0, err
		}
		if len(faults) == 0 {
			break
		}
		carried := map[string]map[string]bool{}
		for _, r := range now {
			for _, t := range r.Tags {
				if carried[t] == nil {
					carried[t] = map[string]bool{}
				}
				for _, h := range r.Holdings {
					carried[t][h] = true
				}
			}
		}
		out := map[string]bool{}
		for _, f := range faults {
			var tags []string
			for _, j := range f.Tags {
				tags = append(tags, now[f.Record].Tags[j])
			}
			if slices.ContainsFunc(tags, func(t string) bool { return out[t] }) {
				continue
			}
			slices.Sort(tags)
			rarest := tags[0]
			for _, t := range tags {
				if len(carried[t]) < len(carried[rarest]) {
					rarest = t
				}
			}
			out[rarest] = true
		}
		removed += len(slices.Collect(maps.Keys(out)))
		for i := range now {
			now[i].Tags = slices.DeleteFunc(slices.Clone(now[i].Tags), func(t string) bool { return out[t] })
		}
	}
	for _, r := range now {
		kept = append(kept, r.Tags)
	}
	return kept, removed, nil
}
