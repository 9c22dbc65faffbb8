// SPDX-License-Identifier: Apache-2.0

package edition_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate/edition"
	"github.com/sharedpractice/sharedpractice/model"
)

// One who says something else stays as printed in the lines, and so in the counts
// that can be held against lines, even when enough others join to change these.
func TestOneChangeBesideNewcomers(t *testing.T) {
	for joined := range 9 {
		r := rand.New(rand.NewPCG(7, 7))
		var rows []row
		for i := range 20 {
			rows = append(rows, random(r, fmt.Sprintf("r%02d", i)))
			rows[i].kind, rows[i].challenges = "ki:consultation", []model.Code{"ch:tokenism"}
			if i < 10 {
				rows[i].kind, rows[i].challenges = "ki:engagement-activity", []model.Code{"ch:seldom-heard"}
			}
		}
		store, intruder := &edition.Memory{}, &reader{t: t, k: 5}
		publish := func(name string) {
			p, err := edition.Open(t.Context(), store, secret, edition.Config{Now: today, Audience: model.Everyone, K: 5})
			require.NoError(t, err)
			e, err := p.Publish(t.Context(), records(t, model.Everyone, rows))
			require.NoError(t, err)
			intruder.read(fmt.Sprintf("%s and %d joined", name, joined), p, e)
		}
		publish("first")
		rows[2].kind, rows[2].challenges = rows[12].kind, rows[12].challenges
		for i := range joined {
			rows = append(rows, rows[2+i%2])
			rows[len(rows)-1].ref = fmt.Sprintf("n%02d", i)
		}
		publish("one changed")
		rows[3].kind, rows[3].challenges = rows[12].kind, rows[12].challenges
		publish("another changed")
	}
}
