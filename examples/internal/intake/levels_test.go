// SPDX-License-Identifier: Apache-2.0

package intake

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// How far people took part is known by who did what with whom.
func TestLevelOf(t *testing.T) {
	for written, want := range map[string]string{
		"We told them about it": "lv:inform", "They were kept informed": "lv:inform",
		"They were asked what they think": "lv:consult", "Surveyed once": "lv:consult", "Befragt": "lv:consult",
		"They helped us": "lv:involve", "They designed it with us": "lv:collaborate", "Decided together with staff": "lv:collaborate", "We decided with adults": "lv:collaborate",
		"They decided with our support": "lv:empower", "They ran it themselves": "lv:empower", "Selbstverwaltet": "lv:empower", "Mitbestimmung": "lv:collaborate",
		"They were not asked": "", "Solo informati": "lv:inform", "Asked?": "", "Quux": "", "": "",
		"They were asked at a meeting in the hall and then we wrote to each of them again": "",
	} {
		require.Equal(t, want, levelOf(written), written)
	}
}

// Columns of sentences about what was done are no levels, though they use the same words.
func TestPropose_deeds(t *testing.T) {
	rows := [][]string{{"What was difficult?", "Wibble"}}
	for _, what := range []string{"letters", "meetings", "forms", "visits", "films", "calls"} {
		rows = append(rows, []string{"Nobody answered our " + what + ".", "We asked people about " + what})
	}
	require.NotEqual(t, "participation", proposed(t, rows)["Wibble"])
}
