// SPDX-License-Identifier: Apache-2.0

package anonymize_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/model"
)

// Beside what was masked when a record was made, a name that was declared since is the one
// that is found, and the only one: a mask is no name.
func TestStandingNamesBesideMasks(t *testing.T) {
	e := agreed("e1", "p1", "At Wexmoor Listening Trust, with Dr Zofia Quillfeather of it (zofia@wexmoor.example, 14 March 2024), we asked people first.")
	e.Parties[0].Identities = []model.Identity{{Type: "organisation", Name: "Wexmoor Listening Trust"}, {Type: "person", Name: "Zofia Quillfeather"}}
	r := one(t, anonymizer(t, nil), e).Record
	var b bytes.Buffer
	require.NoError(t, r.Store(&b, testKey))
	require.Contains(t, b.String(), "[a trust or charity]")
	for _, row := range []struct {
		name, reason string
		kind         recognize.Kind
		count        int
	}{
		{"Thornwick Lantern Society", "it stands nowhere", recognize.Org, 0},
		{"a trust or charity", "it is what a mask says", recognize.Org, 0},
		{"an email address", "it is what a mask says", recognize.Person, 0},
		{"asked people", "it stands beside masks", recognize.Org, 1},
	} {
		_, err := anonymize.Load(b.Bytes(), testKey, testNow, recognize.Declared{Kind: row.kind, Name: row.name})
		if row.count == 0 {
			require.NoError(t, err, "%s: %s", row.name, row.reason)
			continue
		}
		var leak *anonymize.LeakError
		require.ErrorAs(t, err, &leak, row.reason)
		require.Equal(t, row.count, leak.Count, row.reason)
	}
}
