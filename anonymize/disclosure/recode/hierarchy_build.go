// SPDX-License-Identifier: Apache-2.0

package recode

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"
)

// NewTree makes a hierarchy from a parent relation: broader["Leeds"] is
// "Yorkshire", as in a SKOS scheme. Every term mentioned may occur as a value.
// Level l is the ancestor l steps up, the root where there are fewer; above
// the deepest root stands Suppressed. A cycle is an error.
func NewTree(broader map[string]string) (*Hierarchy, error) {
	terms := map[string]bool{}
	for child, parent := range broader {
		terms[child], terms[parent] = true, true
	}
	var paths [][]string
	height := 0
	for i, v := range slices.Sorted(maps.Keys(terms)) {
		path := []string{v}
		for up, ok := broader[v]; ok; up, ok = broader[up] {
			if len(path) > len(broader) {
				return nil, &GapError{Record: i, Level: len(path), Rule: "term is its own ancestor"}
			}
			path = append(path, up)
		}
		paths = append(paths, path)
		height = max(height, len(path))
	}
	for i, p := range paths {
		for len(p) < height {
			p = append(p, p[len(p)-1])
		}
		paths[i] = p
	}
	return NewHierarchy(paths)
}

// Intervals describes whole numbers pooled in steps: ages, sizes, sums.
type Intervals struct {
	// Origin is where the first interval begins; Widths the width of an
	// interval at level 1, 2, ..., each a multiple of the one before.
	Origin int64
	Widths []int64
	// Bottom and Top pool, from level 1 on, all values below Bottom and all
	// from Top on ("under 18", "90+"); nil pools none.
	Bottom, Top *int64
}

// NewIntervals makes the hierarchy of an open domain of whole numbers. Above
// the widest interval stands Suppressed. Missing stays Missing below it.
func NewIntervals(cfg Intervals) (*Hierarchy, error) {
	widths := slices.Clone(cfg.Widths)
	for i, w := range widths {
		if w < 1 || i > 0 && w%widths[i-1] != 0 {
			return nil, fmt.Errorf("%w: interval width %d is not a multiple of the one before", ErrInput, i)
		}
	}
	if cfg.Bottom != nil && cfg.Top != nil && *cfg.Bottom >= *cfg.Top {
		return nil, fmt.Errorf("%w: bottom coding reaches top coding", ErrInput)
	}
	const far = int64(1) << 53
	bottom, top := -far, far
	if cfg.Bottom != nil {
		bottom = *cfg.Bottom
	}
	if cfg.Top != nil {
		top = *cfg.Top
	}
	if max(bottom, -bottom, top, -top, cfg.Origin, -cfg.Origin) > far {
		return nil, fmt.Errorf("%w: interval bounds beyond 2^53", ErrInput)
	}
	label := func(x, w int64) string {
		switch {
		case x < bottom:
			return "<" + strconv.FormatInt(bottom, 10)
		case x >= top:
			return strconv.FormatInt(top, 10) + "+"
		}
		lo := x - ((x-cfg.Origin)%w+w)%w
		hi := min(lo+w-1, top-1)
		lo = max(lo, bottom)
		if lo == hi {
			return strconv.FormatInt(lo, 10)
		}
		return strconv.FormatInt(lo, 10) + "-" + strconv.FormatInt(hi, 10)
	}
	return open(len(widths)+2, func(v string, dst []string) bool {
		x, err := strconv.ParseInt(v, 10, 64)
		if err != nil || x > far || x < -far || strconv.FormatInt(x, 10) != v {
			return false
		}
		for i, w := range widths {
			dst[i+1] = label(x, w)
		}
		return true
	}), nil
}

// NewDates makes the hierarchy of dates written YYYY-MM-DD, YYYY-MM or YYYY:
// the date, its month, quarter, year, five years, ten years, Suppressed. A
// date known only by month or year stays as it is until its own level.
func NewDates() *Hierarchy {
	return open(7, func(v string, dst []string) bool {
		var at time.Time
		var err error
		switch len(v) {
		case 10:
			at, err = time.Parse("2006-01-02", v)
		case 7:
			at, err = time.Parse("2006-01", v)
		case 4:
			at, err = time.Parse("2006", v)
		default:
			return false
		}
		if err != nil {
			return false
		}
		year := at.Year()
		dst[1], dst[2] = v, v
		if len(v) == 10 {
			dst[1] = v[:7]
		}
		if len(v) >= 7 {
			dst[2] = fmt.Sprintf("%04d-Q%d", year, (int(at.Month())+2)/3)
		}
		dst[3] = v[:4]
		dst[4] = fmt.Sprintf("%04d-%04d", year-year%5, year-year%5+4)
		dst[5] = fmt.Sprintf("%04d-%04d", year-year%10, year-year%10+9)
		return true
	})
}

// NewPrefixes makes the hierarchy of codes whose beginning is their coarser
// form (postcodes, classification codes): lengths, in characters, fall from
// level to level. What is cut is shown as Suppressed; codes no longer than the
// length stay as they are.
func NewPrefixes(lengths ...int) (*Hierarchy, error) {
	keep := slices.Clone(lengths)
	for i, n := range keep {
		if n < 1 || i > 0 && n >= keep[i-1] {
			return nil, fmt.Errorf("%w: prefix length %d does not fall", ErrInput, i)
		}
	}
	return open(len(keep)+2, func(v string, dst []string) bool {
		if !utf8.ValidString(v) {
			return false
		}
		runes := []rune(v)
		for i, n := range keep {
			dst[i+1] = v
			if len(runes) > n {
				dst[i+1] = string(runes[:n]) + Suppressed
			}
		}
		return true
	}), nil
}

// open wraps a rule: level 0, the top and Missing are the same everywhere.
func open(height int, rule func(string, []string) bool) *Hierarchy {
	return &Hierarchy{height: height, rule: func(v string, dst []string) bool {
		if v == Missing {
			for l := range dst {
				dst[l] = Missing
			}
		} else if !rule(v, dst) {
			return false
		}
		dst[0], dst[height-1] = v, Suppressed
		return true
	}}
}
