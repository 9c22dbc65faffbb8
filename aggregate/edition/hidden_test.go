// SPDX-License-Identifier: Apache-2.0

package edition_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate/edition"
	"github.com/sharedpractice/sharedpractice/model"
)

// Whoever leaves, everybody else who reads alike may be left out beside, each about as
// often, and one with many lines no more often than one with a single line. A reader
// has this code: were the others chosen by what their lines say, it would choose them
// again, and the one line gone that it would not choose is of the one who left.
func TestWhoHidesIsChance(t *testing.T) {
	if testing.Short() {
		t.Skip("of fewer keys nothing can be said")
	}
	const keys = 60
	r := rand.New(rand.NewPCG(12, 5))
	var rows []row
	for i := range 15 {
		rows = append(rows, random(r, fmt.Sprintf("r%02d", i)))
	}
	for i := range 4 { // the first four tell of two
		more := random(r, fmt.Sprintf("r%02d-more", i))
		more.party = rows[i].ref
		rows = append(rows, more)
	}
	const leaver = 14
	hid := map[string]int{} // contributor -> in how many editions left out beside
	for k := range keys {
		secret := fmt.Appendf(nil, "a key of thirty-two bytes, no %03d", k)
		store := &edition.Memory{}
		publish := func(rows []row) map[string]string {
			p, err := edition.Open(t.Context(), store, secret, edition.Config{Now: today, Audience: model.Everyone, K: 5})
			require.NoError(t, err)
			e, err := p.Publish(t.Context(), recordsUnder(t, secret, model.Everyone, rows))
			require.NoError(t, err)
			return linesOf(e)
		}
		before, now := publish(rows), publish(slices.Delete(slices.Clone(rows), leaver, leaver+1))
		for _, x := range rows {
			id := recordsUnder(t, secret, model.Everyone, []row{x})[0].ID()
			if before[id] != "" && now[id] == "" && x.ref != rows[leaver].ref {
				hid[cmp.Or(x.party, x.ref)]++
			}
		}
	}
	for i, x := range rows[:15] {
		if i != leaver { // each is one of the four in 4 of 14 editions: 17, give or take 3.5
			require.Greater(t, hid[x.ref], 4, "%d: %v", i, hid)
			require.Less(t, hid[x.ref], 29, "%d: %v", i, hid)
		}
	}
}
