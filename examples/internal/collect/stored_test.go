// SPDX-License-Identifier: Apache-2.0

package collect_test

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/examples/internal/collect"
	"github.com/sharedpractice/sharedpractice/examples/internal/sample"
	"github.com/sharedpractice/sharedpractice/model"
)

var (
	storeKey = []byte("a key of thirty-two bytes, really")
	storeDay = time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC)
)

func sampleExamples(t testing.TB) []model.Example {
	var out []model.Example
	for e, err := range collect.Reader().JSONLines(sample.Collection()) {
		require.NoError(t, err)
		out = append(out, e)
	}
	return out
}

func pointers(examples []model.Example) []*model.Example {
	var out []*model.Example
	for i := range examples {
		out = append(out, &examples[i])
	}
	return out
}

func storedOf(t testing.TB, r anonymize.Record) string {
	var b bytes.Buffer
	require.NoError(t, r.Store(&b, storeKey))
	return b.String()
}

func recordsOf(t testing.TB, examples []model.Example) map[string]anonymize.Record {
	results, err := anonymize.All(t.Context(), anonymize.Config{Key: storeKey, Now: storeDay, Workers: 2}, collect.Sequence(examples))
	require.NoError(t, err)
	out := map[string]anonymize.Record{}
	for _, r := range results {
		if !r.Withheld() {
			out[r.Log.Example] = r.Record
		}
	}
	return out
}

// Load agrees with All: what it made with the names of these parties is loaded with
// them, everyday words that are a name elsewhere too.
func TestLoadAgreesWithAll(t *testing.T) {
	t.Parallel()
	examples := sampleExamples(t)
	var parties []model.Party
	for _, e := range examples {
		parties = append(parties, e.Parties...)
	}
	a, err := anonymize.New(anonymize.Config{Key: storeKey, Now: storeDay, Parties: parties})
	require.NoError(t, err)
	records, n := recordsOf(t, examples), 0
	for id, r := range records {
		back, err := a.Load(t.Context(), []byte(storedOf(t, r)))
		require.NoError(t, err, id)
		require.Equal(t, storedOf(t, r), storedOf(t, back))
		if n++; n%40 == 0 {
			_, err = anonymize.Load([]byte(storedOf(t, r)), storeKey, storeDay, anonymize.Declared(parties)...)
			require.NoError(t, err, id)
		}
	}
	require.Greater(t, n, 150)
	left, err := a.Again(t.Context(), recordList(records), pointers(examples)...)
	require.NoError(t, err)
	require.Empty(t, left)
}

func recordList(records map[string]anonymize.Record) []anonymize.Record {
	var out []anonymize.Record
	for _, r := range records {
		out = append(out, r)
	}
	return out
}

// When parties join, what Again does not name is what All makes now; and Load refuses
// what holds a name that was declared since.
func TestAgainNamesWhatChanged(t *testing.T) {
	t.Parallel()
	all := sampleExamples(t)
	named, extra := 0, map[string]int{}
	label := regexp.MustCompile(`\[[^]"{]*\]`)
	record := func(r anonymize.Record) string { // without its seal
		line, _, _ := strings.Cut(storedOf(t, r), `,"seal":`)
		return label.ReplaceAllString(line, "")
	}
	same := func(x, y anonymize.Record) bool { // but for what a mask is called
		return record(x) == record(y)
	}
	for first := range 6 {
		// The parties of every sixth example join.
		joining := map[string]bool{}
		for i := first; i < len(all); i += 6 {
			joining[all[i].Parties[0].HoldingRef()] = true
		}
		before := slices.DeleteFunc(slices.Clone(all), func(e model.Example) bool {
			return slices.ContainsFunc(e.Parties, func(p model.Party) bool { return joining[p.HoldingRef()] })
		})
		was, now := recordsOf(t, before), recordsOf(t, all)
		a, err := anonymize.New(anonymize.Config{Key: storeKey, Now: storeDay})
		require.NoError(t, err)
		logs, err := a.Again(t.Context(), recordList(was), pointers(all)...)
		require.NoError(t, err)
		why := map[string]string{}
		for _, l := range logs {
			require.NotEmpty(t, l.Reasons)
			why[l.Example] = l.Reasons[0].Code
		}
		for id, r := range now {
			switch old, there := was[id]; {
			case !there:
				require.Equal(t, "not-made-yet", why[id])
			case !same(old, r):
				require.Contains(t, []string{"name-declared-since", "counts-with-others", "read-with-a-changed-one"}, why[id], id)
				named++
			case why[id] != "":
				extra[why[id]]++
			}
		}
	}
	t.Logf("%d records had to be made again, and were named without need: %v", named, extra)
	require.Positive(t, named)
	require.Zero(t, extra["counts-with-others"]+extra["example-changed"]+extra["agreement-changed"])
}

// Each kind of change is named by its reason.
func TestAgainReasons(t *testing.T) {
	t.Parallel()
	all := sampleExamples(t)[:20]
	for i := range all {
		all[i].Parties, all[i].Agreements = slices.Clone(all[i].Parties), slices.Clone(all[i].Agreements)
	}
	stored := recordsOf(t, all)
	for _, row := range []struct {
		name, want string
		change     func([]model.Example) []model.Example
	}{
		{"withdrawn", "agreement-changed", func(all []model.Example) []model.Example {
			all[0].Agreements[0].Consent.Status = "withdrawn"
			return all
		}},
		{"another text", "example-changed", func(all []model.Example) []model.Example {
			all[0].Title.Value = "Something else that was done"
			return all
		}},
		{"gone", "example-gone", func(all []model.Example) []model.Example { return all[1:] }},
		{"a name", "example-changed", func(all []model.Example) []model.Example {
			all[0].Parties = append(slices.Clone(all[0].Parties[:0]), all[0].Parties...)
			all[0].Parties[0].Identities = append(slices.Clone(all[0].Parties[0].Identities), model.Identity{Type: "organisation", Name: "Nowhere At All"})
			return all
		}},
	} {
		t.Run(row.name, func(t *testing.T) {
			a, err := anonymize.New(anonymize.Config{Key: storeKey, Now: storeDay})
			require.NoError(t, err)
			logs, err := a.Again(t.Context(), recordList(stored), pointers(row.change(slices.Clone(all)))...)
			require.NoError(t, err)
			require.NotEmpty(t, logs)
			require.Contains(t, []string{all[0].ID, ""}, logs[0].Example)
			require.Equal(t, row.want, logs[0].Reasons[0].Code)
		})
	}
}
