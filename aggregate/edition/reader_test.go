// SPDX-License-Identifier: Apache-2.0

package edition_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/aggregate/edition"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/model"
)

// release writes lines by hand, one for each letter: "a-f jargon trust" are six lines with
// two challenges, "a-f @rg:fr jargon" the same of a region.
func release(said ...string) map[string]string {
	out := map[string]string{}
	for _, s := range said {
		words := strings.Fields(s)
		region, challenges := "", ""
		for _, w := range words[1:] {
			if at, is := strings.CutPrefix(w, "@"); is {
				region = at
			} else {
				challenges += fmt.Sprintf(`,{"code":"ch:%s"}`, w)
			}
		}
		for id := words[0][0]; id <= words[0][len(words[0])-1]; id++ {
			out[string(id)] = fmt.Sprintf(`{"id":%q,"level":"anonymous","region":%q,"challenges":[%s]}`, string(id), region, strings.TrimPrefix(challenges, ","))
		}
	}
	return out
}

// The reader of these tests finds what one who keeps every file would find, and takes for
// nobody's change only what the lines themselves explain.
func TestReaderOfLines(t *testing.T) {
	p, err := edition.Open(t.Context(), &edition.Memory{}, secret, edition.Config{Now: today, Audience: model.Everyone, K: 5})
	require.NoError(t, err)
	type lines = map[string]string
	first := release("a-j jargon", "k-t jargon trust")
	mixed := release("a-h jargon", "i-j jargon trust", "k-t @rg:fr jargon trust")
	for _, row := range []struct {
		name         string
		shown, whole []lines // whole where it is more than is shown
		found        bool
		reason       string
	}{
		{"nothing changes", []lines{first, first, first}, nil, false, ""},
		{"five come", []lines{first, release("a-j jargon", "k-t jargon trust", "u-y trust")}, nil, false, "they are one of five"},
		{"one comes", []lines{first, release("a-j jargon", "k-t jargon trust", "u-u trust")}, nil, true, ""},
		{"one goes", []lines{first, release("a-i jargon", "k-t jargon trust")}, nil, true, ""},
		{"five go and one comes back", []lines{first, release("a-e jargon", "k-t jargon trust"), release("a-f jargon", "k-t jargon trust")}, nil, true, ""},
		{"four stay as they were", []lines{release("a-j jargon"), release("a-f jargon trust", "g-j jargon")}, nil, true, "those who stay are as few"},
		{"five change and five stay", []lines{first, release("a-e jargon trust", "f-j jargon", "k-t jargon trust")}, nil, false, ""},
		{"one says something else", []lines{first, release("a-i jargon", "j-j trust", "k-t jargon trust")}, nil, true, ""},
		{"one says more", []lines{first, release("a-i jargon", "j-j jargon trust", "k-t jargon trust")}, nil, true, ""},
		{"one reads more broadly", []lines{release("a-j @rg:fr jargon"), release("a-i @rg:fr jargon", "j-j jargon")}, nil, true, ""},
		{"one of ten takes back what others go on telling", []lines{mixed, release("a-h jargon", "i-i jargon trust", "j-j jargon", "k-t @rg:fr jargon trust")}, nil, true, ""},
		{"the only two of a class take it back", []lines{mixed, release("a-j jargon", "k-t @rg:fr jargon trust")}, nil, true, "elsewhere as many as are needed tell it"},
		{
			"two do not show what too few tell", []lines{mixed, release("a-j jargon", "k-t @rg:fr jargon")},
			[]lines{mixed, mixed}, false, "nobody tells it any more",
		},
		{
			"two do not show what others show as before", []lines{mixed, release("a-j jargon", "k-t @rg:fr jargon trust")},
			[]lines{mixed, mixed}, false, "they still say it, and their class is printed anew",
		},
		{
			"one of the two tells it again", []lines{mixed, release("a-j jargon", "k-t @rg:fr jargon"), release("a-h jargon", "i-i jargon trust", "j-j jargon", "k-t @rg:fr jargon trust")},
			[]lines{mixed, mixed, mixed}, true, "the other has taken it back since",
		},
		{"three alone tell it", []lines{release("a-c jargon", "d-j trust")}, nil, true, ""},
		{"three tell it, whom two have left", []lines{release("a-e jargon trust", "f-j trust"), release("a-e jargon trust")}, nil, false, "five told it"},
	} {
		t.Run(row.name, func(t *testing.T) {
			all := map[string][]anonymize.Holding{}
			for _, e := range row.shown {
				for id := range e {
					all[id] = []anonymize.Holding{anonymize.Holding("of " + id)}
				}
			}
			items := []map[aggregate.ItemKey]edition.Behind{{aggregate.AllItems: {Holdings: all}}}
			whole := row.whole
			if whole == nil {
				whole = row.shown
			}
			var gives []found
			for n := range row.shown {
				gives = append(append(gives, atoms(row.shown[:n+1], whole[:n+1], items, p, nil)...), tellers(row.shown[:n+1], items, p, nil)...)
			}
			require.Equal(t, row.found, len(gives) > 0, "%s: %v", row.reason, gives)
		})
	}
}
