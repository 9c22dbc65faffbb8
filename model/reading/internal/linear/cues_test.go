// SPDX-License-Identifier: Apache-2.0

package linear

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// A word under two cues would be of either, as a process happens to order its maps:
// the same account would be read in two ways.
func TestWordsOfCues(t *testing.T) {
	under := map[string]int{}
	for cue, words := range wordsOfCues() {
		for w := range strings.FieldsSeq(words) {
			other, twice := under[w]
			require.False(t, twice, "%q stands under cues %d and %d", w, other, cue)
			under[w] = cue
		}
	}
}
