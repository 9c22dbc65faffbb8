// SPDX-License-Identifier: Apache-2.0

package edition_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate/edition"
	"github.com/sharedpractice/sharedpractice/model"
)

// No number appears that was not printed before where one has joined or changed: it would
// have had too few without that one, of whom somebody may know. With the fifth who joins
// numbers do appear, and with one who leaves, since four others are left out with that
// one. Nor does one appear for members alone since one counts whom they alone may read.
func TestNothingAppearsWithOne(t *testing.T) {
	appeared, seeds := 0, uint64(4)
	if testing.Short() {
		seeds = 1
	}
	for seed := range seeds {
		r := rand.New(rand.NewPCG(seed, 41))
		var rows []row
		for i := range 24 {
			rows = append(rows, groups["wide"](r, fmt.Sprintf("r%02d", i)))
		}
		store := &edition.Memory{}
		publish := func(store *edition.Memory, readers model.Audience, rows []row) map[string]number {
			p, err := edition.Open(t.Context(), store, secret, edition.Config{Now: today, Audience: readers, K: 5})
			require.NoError(t, err)
			e, err := p.Publish(t.Context(), records(t, readers, rows))
			require.NoError(t, err)
			return numbersOf(t, e)
		}
		first := publish(store, model.Everyone, rows)
		for i := range 8 {
			if testing.Short() && i%4 > 0 {
				continue
			}
			joins := groups["wide"](r, "new")
			changed := slices.Clone(rows)
			changed[i] = groups["wide"](r, rows[i].ref)
			membersOnly := joins
			membersOnly.membersOnly = true
			for name, now := range map[string]map[string]number{
				"joined":      publish(edition.Copy(store), model.Everyone, append(slices.Clip(rows), joins)),
				"changed":     publish(edition.Copy(store), model.Everyone, changed),
				"for members": publish(edition.Copy(store), model.Members, append(slices.Clip(rows), membersOnly)),
			} {
				for at := range now {
					_, was := first[at]
					require.True(t, was, "life %d: %d %s: %s", seed, i, name, at)
				}
			}
		}
		joined := slices.Clone(rows)
		for i := range 4 { // one after the other
			joined = append(joined, groups["wide"](r, fmt.Sprintf("n%02d", i)))
			for at := range publish(store, model.Everyone, joined) {
				_, was := first[at]
				require.True(t, was, "life %d: %d have joined: %s", seed, i+1, at)
			}
		}
		joined = append(joined, groups["wide"](r, "n04"))
		for at := range publish(store, model.Everyone, joined) {
			if _, was := first[at]; !was {
				appeared++
			}
		}
	}
	require.Positive(t, appeared)
}
