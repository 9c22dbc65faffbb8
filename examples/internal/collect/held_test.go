// SPDX-License-Identifier: Apache-2.0

package collect_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/sharedpractice/sharedpractice/aggregate/edition"
	"github.com/sharedpractice/sharedpractice/examples/internal/collect"
)

// What is held back is told in whole words, without what is none; before the first
// edition nothing is said of an earlier one.
func TestHeldBack(t *testing.T) {
	const (
		unseen = "So that nobody can tell from two editions who joined, left or changed, "
		follow = ". What is true today follows when 5 contributors have joined, left or changed there."
		since  = " Until then numbers printed as in the last edition may count up to 4 who have left since; no line or word of theirs is printed."
	)
	for _, row := range []struct {
		held  edition.Held
		first bool
		want  string
	}{
		{edition.Held{}, false, ""},
		{edition.Held{}, true, ""},
		{edition.Held{Records: 2}, true, "So that no record stands alone, 2 records are held back: too few others are like it. More examples of its kind release it."},
		{edition.Held{Records: 1}, false, unseen + "1 record is held back" + follow},
		{edition.Held{Records: 2, Items: 1, Frozen: 1}, false, unseen + "2 records and 1 statement or count are held back, and 1 statement or count is printed as in the last edition" + follow + since},
		{edition.Held{Frozen: 3}, false, unseen + "3 statements and counts are printed as in the last edition" + follow + since},
	} {
		assert.Equal(t, row.want, collect.HeldBack(row.held, 5, row.first))
	}
	assert.Contains(t, collect.HeldBack(edition.Held{Records: 3, K: 6}, 5, false), "when 6 contributors have joined", "one asks for six")
	assert.Contains(t, collect.HeldBack(edition.Held{Records: 3, Narrower: 3}, 5, false), "3 of the records were published for members only so far and wait until 5 or more of those who read alike there")
	assert.Equal(t, "1 record asks to be told of among more than 5 contributors, and so is in no edition: where fewer ask for that than it takes, what waits for them would tell which lines are theirs. A higher threshold takes it in.", collect.HeldBack(edition.Held{Stricter: 1}, 5, true))
	assert.Contains(t, collect.HeldBack(edition.Held{Records: 3, Hiding: 2}, 5, false), "2 of the records stood in the last edition and are left out")
}
