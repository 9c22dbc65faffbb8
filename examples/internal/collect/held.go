// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"fmt"
	"strings"

	"github.com/sharedpractice/sharedpractice/aggregate/edition"
	"github.com/sharedpractice/sharedpractice/examples/internal/program"
)

// HeldBack says what of the records and statements an edition holds back, why, and
// what would release it; "" where it holds nothing back. first says that no edition
// came before.
func HeldBack(h edition.Held, k int, first bool) string {
	said := waiting(h, k, first)
	if h.Stricter == 0 {
		return said
	}
	one := h.Stricter == 1
	stricter := program.Count(h.Stricter, "record asks", "records ask") + fmt.Sprintf(" to be told of among more than %d contributors, and so %s in no edition: where fewer ask for that than it takes, what waits for them would tell which lines are theirs. A higher threshold takes %s in.",
		k, map[bool]string{true: "is", false: "are"}[one], map[bool]string{true: "it", false: "them"}[one])
	return strings.TrimSpace(said + " " + stricter)
}

// waiting says what an edition holds back until others join.
func waiting(h edition.Held, k int, first bool) string {
	var wait []string
	if h.Records > 0 {
		wait = append(wait, program.Count(h.Records, "record", "records"))
	}
	if h.Items > 0 {
		wait = append(wait, program.Count(h.Items, "statement or count", "statements and counts"))
	}
	held := strings.Join(wait, " and ") + " are held back"
	if h.Records+h.Items == 1 {
		held = wait[0] + " is held back"
	}
	k = max(k, h.K) // one may ask for more
	const unseen = "So that nobody can tell from two editions who joined, left or changed, "
	old := program.Count(h.Frozen, "statement or count is printed", "statements and counts are printed") + " as in the last edition"
	var out string
	switch {
	case len(wait) == 0 && h.Frozen == 0:
		return ""
	case first:
		return "So that no record stands alone, " + held + ": too few others are like it. More examples of its kind release it."
	case len(wait) == 0:
		out = unseen + old
	case h.Frozen == 0:
		out = unseen + held
	default:
		out = unseen + held + ", and " + old
	}
	out += fmt.Sprintf(". What is true today follows when %d contributors have joined, left or changed there.", k)
	if h.Frozen > 0 {
		out += fmt.Sprintf(" Until then numbers printed as in the last edition may count up to %d who have left since; no line or word of theirs is printed.", k-1)
	}
	if h.Narrower > 0 {
		out += " " + program.Count(h.Narrower, "of the records was published for members only so far and waits", "of the records were published for members only so far and wait") + fmt.Sprintf(" until %d or more of those who read alike there can be published here together.", k)
	}
	if h.Hiding > 0 {
		out += " " + program.Count(h.Hiding, "of the records stood in the last edition and is", "of the records stood in the last edition and are") + " left out so that nobody sees which of them left; they come back with that one. Where several leave before you publish again, they hide each other, and fewer others are left out than if you publish after each."
	}
	return out
}
