// SPDX-License-Identifier: Apache-2.0

package recode

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// maxSteps bounds the ladders of NewCodes.
const maxSteps = 16

// NewCodes makes the hierarchy of sets of codes, joined by "+": at level l
// each code reads as the concept that lies l steps broader, and equal ones
// become one. broader returns false where a code has no single concept there;
// then it stays as it was a level below. Above the last step stands
// Suppressed. Missing stays Missing below it. There are 0 to 16 steps.
func NewCodes(steps int, broader func(code string, up int) (string, bool)) (*Hierarchy, error) {
	if steps < 0 || steps > maxSteps || broader == nil {
		return nil, fmt.Errorf("%w: 0 to 16 steps and a ladder are needed", ErrInput)
	}
	return open(steps+2, func(v string, dst []string) bool {
		codes := strings.Split(v, "+")
		for l := 1; l <= steps; l++ {
			for i, c := range codes {
				if up, ok := broader(c, 1); ok {
					codes[i] = up
				}
			}
			slices.Sort(codes)
			codes = slices.Compact(codes)
			dst[l] = strings.Join(codes, "+")
		}
		return true
	}), nil
}

// NewYears makes the hierarchy of years and ranges of years, YYYY or
// YYYY-YYYY: as told, five years, ten years, Suppressed. A range that does not
// fit stays as it is until it does.
func NewYears() *Hierarchy {
	return open(4, func(v string, dst []string) bool {
		first, last, isRange := strings.Cut(v, "-")
		if !isRange {
			last = first
		}
		a, err := strconv.Atoi(first)
		b, err2 := strconv.Atoi(last)
		if err != nil || err2 != nil || len(first) != 4 || len(last) != 4 || a < 0 || b < a {
			return false
		}
		label := v
		for l, width := range []int{5, 10} {
			if a/width == b/width {
				label = fmt.Sprintf("%04d-%04d", a-a%width, a-a%width+width-1)
			}
			dst[l+1] = label
		}
		return true
	})
}
