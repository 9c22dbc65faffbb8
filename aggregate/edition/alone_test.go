// SPDX-License-Identifier: Apache-2.0

package edition_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/model"
)

// alone finds lines that were made anew and are known in their class by what was left out
// of them, a field or what is said of a method or another member of a list: by that fewer
// than k of the class do not tell it, while others of those that were made anew do; or by
// that they do not tell anything there, with fewer than k, while any line of the class does.
// What examples are about may be left out of one alone.
func alone(shown, whole map[string]string, before []map[string]string, of func(id string) []anonymize.Holding, k int) (out []found) {
	type place struct{ class, slot string }
	madeAnew := func(id string) bool {
		return !slices.ContainsFunc(before, func(lines map[string]string) bool { return lines[id] == shown[id] })
	}
	lost := map[place]bool{}
	for id, line := range shown {
		is, was := slotsOf(line), slotsOf(whole[id])
		for slot, told := range was {
			if said, here := is[slot]; madeAnew(id) && len(answers(line)) > 0 && told && here && !said {
				lost[place{quasi(line), slot}] = true
			}
		}
	}
	for at := range lost {
		field, _, _ := strings.Cut(at.slot, "/") // without the head of whom it is said
		var silent, without [][]anonymize.Holding
		tells, anew := false, false
		for id, line := range shown {
			if quasi(line) != at.class {
				continue
			}
			is := slotsOf(line)
			if is[field] {
				tells, anew = true, anew || madeAnew(id)
			} else {
				without = append(without, of(id))
			}
			if said, here := is[at.slot]; here && !said && len(answers(line)) > 0 {
				silent = append(silent, of(id))
			}
		}
		if anew && anonymize.Independent(silent) < k || tells && anonymize.Independent(silent) < k && anonymize.Independent(without) < k {
			out = append(out, found{"alone by what was left out", at.class, at.slot})
		}
	}
	return out
}

// slotsOf are the places in a line that may tell something, and whether each does: the
// fields that describe the example and what may be said of its steps, challenges and so on;
// this once more for each method or other thing that the line tells of, of one that it tells
// of twice whether both tell it.
var slotsOf = remembered(func(line string) map[string]bool {
	var x map[string]any
	if json.Unmarshal([]byte(line), &x) != nil || x["level"] != model.Anonymous.String() {
		return nil
	}
	out := map[string]bool{}
	for _, name := range []string{"kind", "setting", "lifecycle", "partnership_types", "stakeholders", "situations", "resources", "outcomes", "criteria", "lessons", "quotes"} {
		_, told := x[name]
		out[name] = told
	}
	for list, fields := range map[string][]string{
		"challenges": {"basis"}, "objectives": {"basis"}, "steps": {"actor", "month", "effort", "addresses"}, "stakeholders": {"size", "level"},
	} {
		members, _ := x[list].([]any)
		for _, m := range members {
			member, _ := m.(map[string]any)
			var head any
			for _, name := range []string{"code", "method", "group"} {
				if member[name] != nil {
					head = member[name]
				}
			}
			for _, field := range fields {
				slot := list + " " + field
				out[slot] = out[slot] || member[field] != nil
				slot += fmt.Sprint("/", head)
				both, known := out[slot]
				out[slot] = member[field] != nil && (both || !known)
			}
		}
	}
	return out
})

// The reader finds who is alone by what was left out of his line.
func TestReaderOfWhatIsLeftOut(t *testing.T) {
	line := func(id, kind, actor string) string {
		x := map[string]any{"id": id, "level": "anonymous", "steps": []map[string]any{{"method": "me:survey"}}}
		if kind != "" {
			x["kind"] = kind
		}
		if actor != "" {
			x["steps"] = []map[string]any{{"method": "me:survey", "actor": actor}}
		}
		body, err := json.Marshal(x)
		require.NoError(t, err)
		return string(body)
	}
	for _, c := range []struct {
		name                string
		kindLost, actorLost int // how many of ten lost it
		silent              int // who have neither
		before              bool
		found               int
	}{
		{"nobody lost anything", 0, 0, 0, false, 0},
		{"four have neither", 0, 0, 4, false, 0},
		{"one lost a kind", 1, 0, 0, false, 1},
		{"one lost both", 1, 1, 3, false, 3},
		{"one lost an actor, four have none", 0, 1, 4, false, 0},
		{"all lost it", 10, 10, 0, false, 0},
		{"one lost it before", 1, 0, 0, true, 0},
	} {
		shown, whole, before := map[string]string{}, map[string]string{}, map[string]string{}
		for i := range 10 {
			id, kind, actor := fmt.Sprint(i), "ki:resource", "st:nurse"
			if 10-i <= c.silent {
				kind, actor = "", ""
			}
			whole[id] = line(id, kind, actor)
			if i < c.kindLost {
				kind = ""
			}
			if i < c.actorLost {
				actor = ""
			}
			if shown[id] = line(id, kind, actor); c.before {
				before[id] = shown[id]
			}
		}
		of := func(id string) []anonymize.Holding { return []anonymize.Holding{anonymize.Holding("of " + id)} }
		require.Len(t, alone(shown, whole, []map[string]string{before}, of, 5), c.found, c.name)
	}
}
