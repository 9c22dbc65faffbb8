// SPDX-License-Identifier: Apache-2.0

package intake_test

import (
	"bytes"
	"encoding/csv"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/examples/internal/intake"
	"github.com/sharedpractice/sharedpractice/model/modeltest"
)

// Exports with questions and options that are not ours are mapped without a
// person; nine answers in ten are understood, where the sheet says what they are;
// what may be done with each row is a golden that a person has read.
func TestRead_outside(t *testing.T) {
	for _, name := range modeltest.Files(t, os.DirFS("."), "testdata/outside/*.csv") {
		name = filepath.Base(name)
		t.Run(name, func(t *testing.T) {
			table := loadFrom(t, "outside", name)
			m, err := intake.Propose(table)
			require.NoError(t, err)
			found := map[string]bool{}
			for _, c := range m.Columns {
				found[c.Question] = true
				assert.True(t, c.Why != "" || c.Question == intake.Aside)
				assert.NotEmpty(t, c.Why, "nothing found for column %s", c.Letter)
			}
			for _, id := range []string{
				"title", "stakeholders", "challenges", "objectives", "steps", "outcomes", "lessons",
				"confidentiality", "uses", "audience", "consent", "signed_on", "year", "country", "organisation",
			} {
				assert.True(t, found[id], "no column for %s", id)
			}
			r, err := intake.Read(table, m, []byte("key"))
			require.NoError(t, err)
			if name == "redcap-raw.csv" {
				for _, e := range r.Examples {
					require.Zero(t, e.Agreements[0].Level, "figures stand for what nobody can know")
				}
			} else {
				least := 90
				if name == "qualtrics.csv" {
					least = 85 // "Council members only", thirteen times: whose members a person must say
				}
				assert.GreaterOrEqual(t, 100*r.Understood, least*r.Answers, "%d of %d answers", r.Understood, r.Answers)
				t.Logf("%d of %d answers", r.Understood, r.Answers)
			}
			var b bytes.Buffer
			w := csv.NewWriter(&b)
			for i, e := range r.Examples {
				a := e.Agreements[0]
				var uses []string
				for _, u := range slices.Sorted(maps.Keys(a.Uses)) {
					if a.Uses[u] {
						uses = append(uses, string(u))
					}
				}
				line := []string{strconv.Itoa(r.Rows[i]), a.Consent.Status, a.Level.String(), a.Audience.String(), strings.Join(uses, " ")}
				if a.Approval.Required {
					line = append(line, "approval")
				}
				require.NoError(t, w.Write(line))
			}
			w.Flush()
			modeltest.Golden(t, "outside/"+strings.TrimSuffix(name, ".csv")+".allowed.txt", b.Bytes())
			b.Reset()
			require.NoError(t, intake.WriteFindings(&b, r.Findings))
			modeltest.Golden(t, "outside/"+strings.TrimSuffix(name, ".csv")+".check.txt", b.Bytes())
		})
	}
}
