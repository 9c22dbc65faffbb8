// SPDX-License-Identifier: Apache-2.0

package anonymize_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/model"
	_ "github.com/sharedpractice/sharedpractice/model/modeltest"
)

// What a working group writes into a guide is held against everybody's names.
func TestNaming(t *testing.T) {
	t.Parallel()
	party := model.Party{Ref: "p1", Identities: []model.Identity{
		{Type: "organisation", Name: "Harrowgill Trust"},
		{Type: "person", Name: "Ottilie Quickfall"},
		{Type: "product", Name: "Zolvarix"},
		{Type: "person", Name: "Hope May"},
	}, Contact: "ask@harrowgill.example"}
	a, err := anonymize.New(anonymize.Config{Key: []byte("0123456789abcdef"), Now: time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC), Parties: []model.Party{party}})
	require.NoError(t, err)
	for _, row := range []struct {
		text string
		want bool
	}{
		{"Ottilie Quickfall did this well.", true},
		{"ask Ottilie", true},
		{"- Quickfall's lunch rule", true},
		{"as at HARROWGILL", true},
		{"as at Harrow-\ngill Trust", true},
		{"people who take zolvarix", true},
		{"Hope did the minutes.", true},
		{"mail ask@harrowgill.example", true},
		{"We send the minutes on the same day.", false},
		{"We hope that they may come, and that a trust is asked too.", false},
		{"Pay travel before the meeting; ask finance@example.org how.", false},
		{"", false},
	} {
		got, err := a.Naming(t.Context(), "Nothing.", row.text)
		require.NoError(t, err)
		if row.want {
			require.Equal(t, []int{1}, got, row.text)
		} else {
			require.Empty(t, got, row.text)
		}
	}
}
