// SPDX-License-Identifier: Apache-2.0

package edition_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
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
			"two do not show what too few tell",
			[]lines{mixed, release("a-j jargon", "k-t @rg:fr jargon")},
			[]lines{mixed, mixed},
			false, "nobody tells it any more",
		},
		{
			"two do not show what others show as before",
			[]lines{mixed, release("a-j jargon", "k-t @rg:fr jargon trust")},
			[]lines{mixed, mixed},
			false, "they still say it, and their class is printed anew",
		},
		{
			"one of the two tells it again",
			[]lines{mixed, release("a-j jargon", "k-t @rg:fr jargon"), release("a-h jargon", "i-i jargon trust", "j-j jargon", "k-t @rg:fr jargon trust")},
			[]lines{mixed, mixed, mixed},
			true, "the other has taken it back since",
		},
		{
			"four say something else and one takes back what nobody tells then",
			[]lines{release("a-e jargon trust", "f-t jargon tokenism"), release("a-d jargon tokenism", "e-e jargon", "f-t jargon tokenism")},
			nil, false, "five changed",
		},
		{
			"four say something else and one goes on telling what too few tell",
			[]lines{release("a-e jargon trust", "f-t jargon tokenism"), release("a-d jargon tokenism", "e-e jargon", "f-t jargon tokenism")},
			[]lines{release("a-e jargon trust", "f-t jargon tokenism"), release("a-d jargon tokenism", "e-e jargon trust", "f-t jargon tokenism")},
			true, "four changed",
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

// number is what a reader reads at one place.
type number struct {
	examples, contributors, of float64
	bound                      bool
}

// reader keeps all that was ever published, as an intruder does.
type reader struct {
	t        testing.TB
	k        int
	names    []string
	numbers  []map[string]number
	releases []map[string]string // lines by id
	whole    []map[string]string // before what too few tell was taken out of them
}

func (r *reader) read(name string, p *edition.Press, e *edition.Edition) {
	items, whole, shown, err := p.Earlier(r.t.Context())
	require.NoError(r.t, err)
	require.Empty(r.t, intrudeIn(items, whole, shown, p, nil), name)
	r.whole = append(r.whole, whole[len(whole)-1])
	numbers := numbersOf(r.t, e)
	lines := map[string]string{}
	for line := range bytes.SplitSeq(e.Release.Proof.Release, []byte("\n")) {
		var x struct{ ID string }
		if json.Unmarshal(line, &x) == nil {
			lines[x.ID] = string(line)
		}
	}
	// What is counted beside a line that stands as it was is counted by that line.
	for _, record := range e.Release.Behind {
		says, err := json.Marshal(record)
		require.NoError(r.t, err)
		now := leaves(string(says))
		if slices.ContainsFunc(leaves(lines[record.ID()]), func(leaf string) bool { return !slices.Contains(now, leaf) }) {
			require.Contains(r.t, e.Release.Frozen, record.ID(), "%s: a line tells what its record does not", name)
		}
	}
	require.Empty(r.t, alone(lines, r.whole[len(r.whole)-1], r.releases, func(id string) []anonymize.Holding { return whose(items, id) }, r.k), name)
	r.names, r.numbers, r.releases = append(r.names, name), append(r.numbers, numbers), append(r.releases, lines)
	r.subtract()
}

// stands is how the last line of a record reads, and in which editions it stands: lines
// printed for everyone before stay as they are beside some that members alone saw.
func (r *reader) stands(id string) string {
	var out strings.Builder
	for _, lines := range r.releases {
		fmt.Fprint(&out, lines[id] != "", " ")
	}
	return out.String() + quasi(r.releases[len(r.releases)-1][id])
}

func numbersOf(t testing.TB, e *edition.Edition) map[string]number {
	t.Helper()
	var v any
	require.NoError(t, json.Unmarshal(e.Body, &v))
	numbers := map[string]number{}
	flatten("", v, numbers)
	return numbers
}

// flatten lists every number of a JSON value that counts examples, by its place.
func flatten(at string, v any, to map[string]number) {
	switch v := v.(type) {
	case map[string]any:
		if n, counts := v["examples"].(float64); counts {
			contributors, _ := v["contributors"].(float64)
			of, _ := v["of"].(float64)
			bound, _ := v["almost_all"].(bool)
			to[at] = number{n, contributors, of, bound}
		}
		for name, inner := range v {
			flatten(at+"/"+name, inner, to)
		}
	case []any:
		for i, inner := range v {
			name := fmt.Sprint(i)
			if o, ok := inner.(map[string]any); ok {
				var parts []string
				for _, member := range []string{"id", "code", "challenge", "objective", "text"} {
					if s, ok := o[member].(string); ok {
						parts = append(parts, s)
					}
				}
				name = strings.Join(parts, "+")
			}
			flatten(at+"/"+name, inner, to)
		}
	}
}

// subtract takes the last edition from each before it, number by number and line
// by line: no difference is that of 1 to k-1 contributors. In these rows each
// contributor has one example.
func (r *reader) subtract() {
	last := len(r.names) - 1
	small := func(x float64) bool { return x != 0 && max(x, -x) < float64(r.k) }
	for at, n := range r.numbers[last] {
		require.False(r.t, n.examples > 0 && n.examples < float64(r.k), "%s: %s", r.names[last], at)
		require.False(r.t, !n.bound && n.of > 0 && small(n.of-n.examples), "%s: %s: what is left of the whole: %v", r.names[last], at, n)
		whole := wholeOf(at)
		again := slices.ContainsFunc(r.numbers[:last], func(e map[string]number) bool { // as it, or its whole, was printed (family life 211)
			return e[at].of == n.of || e[whole].examples == n.of
		})
		require.False(r.t, !again && n.of > 0 && small(r.numbers[last][""].examples-n.of), "%s: %s: the whole of it, and what is left of all: %v, %v", r.names[last], at, n, r.numbers[last][""])
	}
	for i := range last {
		require.False(r.t, r.all(i) > 0 && r.all(last) > 0 && small(r.all(last)-r.all(i)), "%s less %s: all: %v, %v", r.names[last], r.names[i], r.all(last), r.all(i))
		for at, n := range r.numbers[last] {
			was, known := r.numbers[i][at]
			among := r.wasAll(n.of, last) || r.wasAll(was.of, i) || // since its own whole is almost all
				r.almostAll(at, n.of, last) || r.almostAll(at, was.of, i) || r.amongLines(at, n.of, last) || r.amongLines(at, was.of, i)
			require.False(r.t, known && !among && small(n.of-was.of), "%s less %s: %s: the whole of it: %v, %v", r.names[last], r.names[i], at, n, was)
			require.False(r.t, r.amongLines(at, n.of, last) && r.all(i) > 0 && small(n.of-r.all(i)), "%s less %s: %s: all, which it is counted among: %v, %v", r.names[last], r.names[i], at, n, r.all(i))
			if !known || n.bound || was.bound {
				continue
			}
			require.False(r.t, small(n.examples-was.examples) || small(n.contributors-was.contributors),
				"%s less %s: %s: %v, %v", r.names[last], r.names[i], at, n, was)
			others := r.wasAll(n.of, last) != r.wasAll(was.of, i) || r.almostAll(at, n.of, last) || r.almostAll(at, was.of, i) || r.amongLines(at, n.of, last) || r.amongLines(at, was.of, i) // another whole
			require.False(r.t, !others && n.of > 0 && was.of > 0 && small(n.of-n.examples-was.of+was.examples),
				"%s less %s: %s: those of the whole who are not in it: %v, %v", r.names[last], r.names[i], at, n, was)
		}
		gone, joined, changed, alone := 0, 0, 0, false
		told, anywhere := map[string]map[string]bool{}, map[string]bool{} // by class and editions, and at all
		for id, line := range r.releases[last] {
			for _, leaf := range leaves(line) {
				anywhere[leaf] = true
			}
			if like := r.stands(id); r.releases[i][id] != "" {
				if told[like] == nil {
					told[like] = map[string]bool{}
				}
				for _, leaf := range leaves(line) {
					told[like][leaf] = true
				}
			}
		}
		for id, line := range r.releases[i] {
			switch now, here := r.releases[last][id]; {
			case !here:
				gone++
			case now != line:
				changed++
				alone = alone || !follows(now, line, r.whole[last][id], told[r.stands(id)], anywhere)
			}
		}
		for id := range r.releases[last] {
			if _, known := r.releases[i][id]; !known {
				joined++
			}
		}
		if !alone { // each lost what all lost who came and went with it (lives 1531 and 3572, family life 268)
			changed = 0
		}
		for what, n := range map[string]int{"gone": gone, "joined": joined, "changed": changed} {
			require.False(r.t, small(float64(n)), "%s less %s: %d lines %s", r.names[last], r.names[i], n, what)
		}
	}
}

// all is how many examples an edition tells of, or lets be seen.
func (r *reader) all(i int) float64 {
	if n := r.numbers[i][""].examples; n > 0 {
		return n
	}
	for at, n := range r.numbers[i] {
		if strings.HasSuffix(at, "/support") {
			return n.of
		}
	}
	return 0
}

// wasAll reports whether so many were all, as stands beside any topic, in an edition
// or in one before it.
func (r *reader) wasAll(n float64, i int) bool {
	for ; i >= 0; i-- {
		if r.all(i) == n {
			return true
		}
		for at, x := range r.numbers[i] {
			if strings.HasSuffix(at, "/support") && x.of == n {
				return true
			}
		}
	}
	return false
}

// almostAll reports whether what a count is counted among was printed, up to an
// edition, as almost all of so many: then that number is of those among whom the
// whole itself is counted (life 5450: a step in almost all of a topic's 23, which
// had been in 21).
func (r *reader) almostAll(at string, of float64, i int) bool {
	whole := wholeOf(at)
	return slices.ContainsFunc(r.numbers[:i+1], func(e map[string]number) bool { return e[whole].bound && e[whole].of == of && e[at].of == of })
}

// amongLines reports whether an item of a topic is counted among all lines that readers
// see, since its topic has almost all of them and no total is told (life 7329).
func (r *reader) amongLines(at string, of float64, i int) bool {
	parts := strings.SplitN(at, "/", 4)
	return len(parts) == 4 && parts[1] == "topics" && r.numbers[i]["/topics/"+parts[2]+"/support"].bound &&
		r.numbers[i][""].examples == 0 && of == float64(len(r.releases[i]))
}

// wholeOf is the place of what a part of a statement or a topic is counted among.
func wholeOf(at string) string {
	parts := strings.Split(at, "/")
	return strings.Join(parts[:max(0, len(parts)-2)], "/")
}
