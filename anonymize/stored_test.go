// SPDX-License-Identifier: Apache-2.0

package anonymize_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/anonymize/redact"
	"github.com/sharedpractice/sharedpractice/model"
)

// A stored record is made again for a stated reason, and for nothing else: each row
// changes one thing since the records were made.
func TestAgainSaysWhy(t *testing.T) {
	made := func() []*model.Example {
		return []*model.Example{
			agreed("e1", "p1", "We asked people first."), agreed("e2", "p2", "We began with a walk."), agreed("e3", "p1", "We wrote it down."),
		}
	}
	a := anonymizer(t, nil)
	results, err := a.Anonymize(t.Context(), made()...)
	require.NoError(t, err)
	stored := anonymize.Records(results)
	require.Len(t, stored, 3)
	named := agreed("e4", "p4", "We met twice.")
	named.Parties[0].Identities = []model.Identity{{Type: "organisation", Name: "asked people"}}
	unsigned := agreed("e4", "p4", "We met twice.")
	unsigned.Agreements = nil
	for _, row := range []struct {
		name   string
		change func(all []*model.Example) []*model.Example
		alike  []anonymize.Alike
		want   map[string]string // by example; "" is one that is gone
	}{
		{name: "nothing", want: map[string]string{}},
		{name: "a text", change: func(all []*model.Example) []*model.Example {
			all[0].Lessons[0].Text.Value = "We asked people last."
			return all
		}, want: map[string]string{"e1": "example-changed", "e3": "read-with-a-changed-one"}},
		{name: "an example less", change: func(all []*model.Example) []*model.Example { return slices.Delete(all, 1, 2) }, want: map[string]string{"": "example-gone"}},
		{name: "an example more", change: func(all []*model.Example) []*model.Example {
			return append(all, agreed("e4", "p4", "We met twice."))
		}, want: map[string]string{"e4": "not-made-yet"}},
		{name: "one more that nobody agreed to", change: func(all []*model.Example) []*model.Example { return append(all, unsigned) }, want: map[string]string{}},
		{name: "a name that stands in a record", change: func(all []*model.Example) []*model.Example { return append(all, named) }, want: map[string]string{
			"e1": "name-declared-since", "e3": "read-with-a-changed-one", "e4": "not-made-yet",
		}},
		{name: "terms", change: func(all []*model.Example) []*model.Example {
			all[1].Agreements[0].K = 7
			return all
		}, want: map[string]string{"e2": "agreement-changed"}},
		{name: "an agreement that is over", change: func(all []*model.Example) []*model.Example {
			all[1].Agreements[0].Expires = "2026-01-01"
			return all
		}, want: map[string]string{"e2": "agreement-changed"}},
		{
			name: "two that are one", alike: []anonymize.Alike{{Why: "name", A: "p1", B: "p2"}},
			want: map[string]string{"e1": "counts-with-others", "e2": "counts-with-others", "e3": "counts-with-others"},
		},
	} {
		t.Run(row.name, func(t *testing.T) {
			all := made()
			if row.change != nil {
				all = row.change(all)
			}
			logs, err := anonymizer(t, func(c *anonymize.Config) { c.Alike = row.alike }).Again(t.Context(), stored, all...)
			require.NoError(t, err)
			got := map[string]string{}
			for _, l := range logs {
				require.Len(t, l.Reasons, 1, l.Example)
				got[l.Example] = l.Reasons[0].Code
			}
			require.Equal(t, row.want, got)
		})
	}
}

// In which order agreements and parties stand says nothing.
func TestOrderOfAgreementsChangesNothing(t *testing.T) {
	e := agreed("e1", "p1", "We asked people first.")
	for _, party := range []string{"p2", "p3"} {
		e.Parties = append(e.Parties, model.Party{Ref: party, Role: "partner", Type: "ot:charity"})
		e.Agreements = append(e.Agreements, e.Agreements[0])
		last := &e.Agreements[len(e.Agreements)-1]
		last.ID, last.Party = "ag-"+party, party
	}
	a := anonymizer(t, nil)
	stored := []anonymize.Record{one(t, a, e).Record}
	for range 3 {
		e.Agreements = append(e.Agreements[1:], e.Agreements[0])
		logs, err := a.Again(t.Context(), stored, e)
		require.NoError(t, err)
		require.Empty(t, logs)
	}
	e.Agreements[0].K = 9
	logs, err := a.Again(t.Context(), stored, e)
	require.NoError(t, err)
	require.Len(t, logs, 1)
}

// Wherever a key is taken, one of 16 bytes will do and one of 15 will not.
func TestShortKeysDoNothing(t *testing.T) {
	r := one(t, anonymizer(t, nil), agreed("e1", "p1", "We asked people first.")).Record
	for n := range 2 * redact.MinKey {
		key, enough := bytes.Repeat([]byte{7}, n), n >= redact.MinKey
		_, err := anonymize.New(anonymize.Config{Key: key, Now: testNow})
		require.Equal(t, enough, err == nil, "%d bytes", n)
		_, loading := anonymize.Load([]byte("{}"), key, testNow)
		for what, err := range map[string]error{"store": r.Store(&bytes.Buffer{}, key), "load": loading} {
			require.Error(t, err, what)
			if enough {
				require.NotErrorIs(t, err, redact.ErrKey, "%s: %d bytes", what, n)
			} else {
				require.ErrorIs(t, err, redact.ErrKey, "%s: %d bytes", what, n)
			}
		}
	}
	require.Error(t, anonymize.Record{}.Store(&bytes.Buffer{}, testKey), "of nothing")
}

// A stored record is held against every declared name; which of its own it may tell is
// as it was when it was made.
func TestStoredRecordsAreHeldAgainstNames(t *testing.T) {
	const own = "Wexmoor Listening Trust"
	anonymous := agreed("e1", "p1", "We asked people first.")
	masked := agreed("e2", "p2", "We asked people first.")
	masked.Parties[0].Identities = []model.Identity{{Type: "organisation", Name: own}}
	told := agreed("e3", "p3", "At Wexmoor Listening Trust we asked people first.")
	told.Parties[0].Identities = masked.Parties[0].Identities
	told.Agreements[0].Level, told.Agreements[0].NameForm = model.Public, model.NameFull
	told.Agreements[0].Uses[model.UseShowcase] = true
	told.PublicRefs = []model.PublicRef{{Type: "report", Title: "A made-up report", Covers: []string{"title", "lessons"}}}
	r := one(t, anonymizer(t, nil), told).Record
	require.Equal(t, own, r.Published().Name)
	require.Contains(t, r.Published().Lessons[0].Text, own)
	name := func(s string) recognize.Declared { return recognize.Declared{Kind: recognize.Org, Name: s} }
	for _, e := range []*model.Example{anonymous, masked, told} {
		var b bytes.Buffer
		require.NoError(t, one(t, anonymizer(t, nil), e).Record.Store(&b, testKey))
		for _, row := range []struct {
			reason string
			names  []recognize.Declared
			leaks  bool
		}{
			{"nobody is declared", nil, false},
			{"its own name", []recognize.Declared{name(own)}, false},
			{"a name that stands nowhere", []recognize.Declared{name("Thornwick Lantern Society")}, false},
			{"a name that stands in it", []recognize.Declared{name("asked people")}, true},
			{"the same beside its own", []recognize.Declared{name(own), name("asked people")}, true},
		} {
			_, err := anonymize.Load(b.Bytes(), testKey, testNow, row.names...)
			if !row.leaks {
				require.NoError(t, err, "%s: %s", e.ID, row.reason)
				continue
			}
			var leak *anonymize.LeakError
			require.ErrorAs(t, err, &leak, "%s: %s", e.ID, row.reason)
			require.Equal(t, 1, leak.Count, "%s: %s", e.ID, row.reason)
		}
	}
}
