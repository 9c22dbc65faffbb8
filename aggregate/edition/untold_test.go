// SPDX-License-Identifier: Apache-2.0

package edition_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate/edition"
	"github.com/sharedpractice/sharedpractice/model"
)

// Where one has nothing left in a field, or of what he said of a step, since nobody else told
// it, no line made with his tells it: nor while his line stands as it was and most others change, nor, beside lines
// that tell it, of five newcomers of whom he is one.
func TestNoneIsKnownByWhatIsLeftOut(t *testing.T) {
	for _, field := range []string{`"kind"`, `"actor"`} {
		t.Run(field, func(t *testing.T) { knownByWhatIsLeftOut(t, field) })
	}
}

func knownByWhatIsLeftOut(t *testing.T, field string) {
	t.Helper()
	for _, c := range []struct {
		name       string
		odd        int // whose kind, or actor, nobody else tells
		told       int // lines of the first edition that tell one
		joined     int
		told2, all int // lines of the second edition that do, and all
	}{
		{"all tell it", -1, 30, 5, 35, 35},
		{"the odd one stays as he was, others change", 0, 0, 0, 0, 30},
		{"the odd one is a newcomer", 30, 30, 5, 30, 35},
	} {
		t.Run(c.name, func(t *testing.T) {
			var rows []row
			join := func(n int) {
				for range n {
					x := row{
						ref: fmt.Sprintf("r%02d", len(rows)), level: model.Anonymous, kind: "ki:engagement-activity", actor: "st:nurse", org: "ot:charity",
						challenges: []model.Code{"ch:tokenism"}, objective: []model.Code{"ob:equity"}, methods: []model.Code{"me:survey"},
					}
					if len(rows) == c.odd {
						if field == `"kind"` {
							x.kind = "ki:resource"
						} else {
							x.actor = "st:volunteer"
						}
					}
					rows = append(rows, x)
				}
			}
			store := &edition.Memory{}
			publish := func() (told, all int) {
				e, err := pressOf(t, store).Publish(t.Context(), records(t, model.Everyone, rows))
				require.NoError(t, err)
				release := string(e.Release.Proof.Release)
				return strings.Count(release, field), strings.Count(release, "\n")
			}
			join(30)
			told, all := publish()
			require.Equal(t, []int{c.told, 30}, []int{told, all})
			if join(c.joined); c.joined == 0 {
				for i := range 25 {
					rows[i+5].methods = []model.Code{"me:survey", "me:training"}
				}
			}
			told, all = publish()
			require.Equal(t, []int{c.told2, c.all}, []int{told, all})
		})
	}
}
