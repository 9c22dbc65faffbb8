// SPDX-License-Identifier: Apache-2.0

package disclosure

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
)

// places are positions, from 0, in the Holdings of the entry or private half
// that they stand in: ascending, and each once. A large collection names the
// same holdings in thousands of items, so each is written out once only.
//
// As text they are the gaps between one another (the first place, then how
// many are passed over before each next one) as unsigned LEB128 numbers, in
// base64 (RFC 4648, section 5) without padding.
type places []int32

// MarshalText implements encoding.TextMarshaler.
func (p places) MarshalText() ([]byte, error) {
	gaps := make([]byte, 0, len(p)+len(p)/4)
	next := int32(0)
	for _, x := range p {
		if x < next || x == math.MaxInt32 {
			return nil, fmt.Errorf("%w: places do not ascend", ErrInput)
		}
		gaps = binary.AppendUvarint(gaps, uint64(x-next))
		next = x + 1
	}
	return base64.RawURLEncoding.AppendEncode(nil, gaps), nil
}

// UnmarshalText implements encoding.TextUnmarshaler.
func (p *places) UnmarshalText(text []byte) error {
	gaps, err := base64.RawURLEncoding.Strict().AppendDecode(nil, text)
	if err != nil {
		return fmt.Errorf("%w: places are malformed", ErrProof)
	}
	out := make(places, 0, len(gaps))
	for next := uint64(0); len(gaps) > 0; {
		gap, n := binary.Uvarint(gaps)
		if n <= 0 || gap >= math.MaxInt32-next {
			return fmt.Errorf("%w: places are malformed", ErrProof)
		}
		out, gaps, next = append(out, int32(next+gap)), gaps[n:], next+gap+1
	}
	*p = out
	return nil
}

// has reports whether a place is among them.
func (p places) has(place int) bool {
	_, found := slices.BinarySearch(p, int32(place))
	return found
}

// within reports whether the places are those of a table of n holdings.
func (p places) within(n int) bool { return len(p) == 0 || int(p[len(p)-1]) < n }

// commitments is a table of holdings under one commitment each.
type commitments struct {
	sorted []string         // commitments
	place  map[string]int32 // by the holding's name
}

// commit makes the table of the holdings named, which may be named often.
func commit(commitment func(holding string) string, lists ...[]string) commitments {
	c := commitments{place: map[string]int32{}}
	var names []string
	for _, list := range lists {
		for _, h := range list {
			if _, known := c.place[h]; !known {
				c.place[h] = 0
				names = append(names, h)
			}
		}
	}
	of := make(map[string]string, len(names))
	for _, h := range names {
		x := commitment(h)
		of[x], c.sorted = h, append(c.sorted, x)
	}
	slices.Sort(c.sorted)
	for i, x := range c.sorted {
		c.place[of[x]] = int32(i)
	}
	return c
}

// places are those of the holdings named, which are in the table.
func (c commitments) places(holdings []string) places {
	out := make(places, len(holdings))
	for i, h := range holdings {
		out[i] = c.place[h]
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// isTable reports whether the commitments are in order, each once.
func isTable(commitments []string) bool {
	for i, x := range commitments {
		if len(x) != 64 || i > 0 && commitments[i-1] >= x {
			return false
		}
	}
	return true
}
