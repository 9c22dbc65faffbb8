// SPDX-License-Identifier: Apache-2.0

package tally_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/examples/internal/many"
	"github.com/sharedpractice/sharedpractice/examples/internal/tally"
	"github.com/sharedpractice/sharedpractice/model"
	_ "github.com/sharedpractice/sharedpractice/model/modeltest" // the flag -update
)

var key = bytes.Repeat([]byte{7}, 32)

// results are those of a made-up collection, some of whose examples are withheld.
var results = sync.OnceValues(func() ([]anonymize.Result, error) {
	now := time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC)
	return anonymize.All(context.Background(), anonymize.Config{Key: key, Now: now, Workers: 2}, func(yield func(model.Example, error) bool) {
		n := 0
		for e, err := range many.Examples(150) {
			if n++; n%10 == 0 {
				e.Agreements = nil
			}
			if !yield(e, err) {
				return
			}
		}
	})
})

func encoded(t *testing.T, of *tally.Tally) string {
	body, err := of.Encode(key)
	require.NoError(t, err)
	return string(body)
}

// Whatever the parts, the order in which they are merged and how the merged ones are
// merged in turn, sent from machine to machine on the way or not: the bytes are those
// of the whole counted at once.
func TestMerge(t *testing.T) {
	all, err := results()
	require.NoError(t, err)
	whole, err := tally.Of(len(all), anonymize.Records(all))
	require.NoError(t, err)
	require.Positive(t, whole.Withheld())
	want := encoded(t, whole)
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 60 {
		rnd.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		var parts []*tally.Tally
		for rest := all; len(rest) > 0; {
			n := min(len(rest), 1+rnd.IntN(40))
			part, err := tally.Of(n, anonymize.Records(rest[:n]))
			require.NoError(t, err)
			parts, rest = append(parts, part), rest[n:]
		}
		parts = append(parts, &tally.Tally{}) // a part with nobody in it
		for len(parts) > 1 {
			i := rnd.IntN(len(parts))
			one := parts[i]
			parts = append(parts[:i:i], parts[i+1:]...)
			j := rnd.IntN(len(parts))
			if rnd.IntN(2) == 0 {
				one, err = tally.Decode([]byte(encoded(t, one)), key)
				require.NoError(t, err)
			}
			require.NoError(t, parts[j].Merge(one))
		}
		require.True(t, want == encoded(t, parts[0]), "the bytes differ")
		require.Equal(t, whole.Counts(), parts[0].Counts())
	}
}

func codes(c anonymize.Content) string {
	return fmt.Sprint(accepted(c.Challenges), accepted(c.Objectives), accepted(c.Situations), c.OrganisationTypes, c.Sectors, c.Level, c.Kind)
}

func accepted(statements []anonymize.Statement) []model.Code {
	var out []model.Code
	for _, s := range statements {
		if s.Accepted {
			out = append(out, s.Code)
		}
	}
	return out
}

// What a collection prints exactly is what was counted.
func TestCountsAreTheCollections(t *testing.T) {
	all, err := results()
	require.NoError(t, err)
	// A collection leaves out of its counts who asks for more than there are, and whose
	// line in the release does not say the same.
	records := slices.DeleteFunc(anonymize.Records(all), func(r anonymize.Record) bool {
		return r.K() > aggregate.KPublic || r.Level() < model.Anonymous || codes(r.Countable()) != codes(r.Published())
	})
	require.Greater(t, len(records), 40)
	whole, err := tally.Of(len(records), records)
	require.NoError(t, err)
	c, err := aggregate.Build(t.Context(), records, aggregate.Config{})
	require.NoError(t, err)
	type of struct {
		facet string
		code  model.Code
	}
	counts := map[of]tally.Count{}
	for _, x := range whole.Counts() {
		counts[of{x.Facet, x.Code}] = x
	}
	require.Equal(t, c.Examples, counts[of{tally.All, ""}].Examples)
	require.Equal(t, c.Contributors, counts[of{tally.All, ""}].Contributors)
	checked := 0
	for facet, printed := range map[string][]aggregate.Count{
		tally.Challenge: c.Challenges, tally.Objective: c.Objectives, tally.Situation: c.Situations, tally.Organisation: c.Organisations,
		tally.Sector: c.Sectors, tally.Level: c.Levels, tally.Kind: c.Kinds,
	} {
		for _, p := range printed {
			if x := counts[of{facet, p.Code}]; !p.AlmostAll {
				require.Equal(t, p.Examples, x.Examples, "%s %s", facet, p.Code)
				require.Equal(t, p.Contributors, x.Contributors, "%s %s", facet, p.Code)
				checked++
			}
		}
	}
	for _, cell := range c.Crosstab.Cells {
		if !cell.Hidden && cell.Examples > 0 {
			require.Equal(t, cell.Examples, counts[of{tally.Cell, cell.Challenge + " " + cell.Objective}].Examples)
			checked++
		}
	}
	require.Greater(t, checked, 20)
}

// A tally that was changed on the way, or sealed with another key, is refused, and
// so is one of records that were made with another key.
func TestSeal(t *testing.T) {
	all, err := results()
	require.NoError(t, err)
	whole, err := tally.Of(len(all), anonymize.Records(all))
	require.NoError(t, err)
	body := encoded(t, whole)
	for name, bad := range map[string]string{
		"changed": strings.Replace(body, `"withheld":`, `"withheld":1`, 1),
		"cut off": body[:len(body)/2],
		"empty":   "",
	} {
		require.False(t, body == bad, name)
		_, err := tally.Decode([]byte(bad), key)
		require.ErrorIs(t, err, tally.ErrSeal, name)
	}
	other := bytes.Repeat([]byte{8}, 32)
	_, err = tally.Decode([]byte(body), other)
	require.ErrorIs(t, err, tally.ErrSeal)
	now := time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC)
	foreign, err := anonymize.All(t.Context(), anonymize.Config{Key: other, Now: now}, many.Examples(5))
	require.NoError(t, err)
	theirs, err := tally.Of(len(foreign), anonymize.Records(foreign))
	require.NoError(t, err)
	require.Error(t, theirs.Merge(whole))
	_, err = tally.Of(len(all)+5, anonymize.Records(append(foreign, all...)))
	require.Error(t, err)
	for _, h := range anonymize.Records(all)[0].Holdings() {
		require.NotContains(t, err.Error(), string(h))
	}
}
