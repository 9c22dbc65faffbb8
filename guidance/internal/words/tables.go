// SPDX-License-Identifier: Apache-2.0

package words

import (
	"iter"
	"strings"
)

// TableLines are the lines of a table with their numbers, from 1, without blank
// ones and comments.
func TableLines(body string) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		n := 0
		for line := range strings.Lines(body) {
			n++
			line = strings.TrimRight(line, "\r\n")
			if line != "" && !strings.HasPrefix(line, "#") && !yield(n, line) {
				return
			}
		}
	}
}
