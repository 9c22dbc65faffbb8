// SPDX-License-Identifier: Apache-2.0

package recode

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
