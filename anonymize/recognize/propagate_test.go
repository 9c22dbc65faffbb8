// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestShortNameInItsFullOne: where a body's head noun alone was found to be a name, the
// words for its kind before it elsewhere are part of the name.
func TestShortNameInItsFullOne(t *testing.T) {
	const s = "They asked the Network. It came of the Mental Health Research Network of old."
	d, err := NewDocument(s)
	require.NoError(t, err)
	network := rule{"test", func(d *Document, emit func(Finding)) {
		i := strings.Index(d.Text, "Network")
		emit(d.at(i, i+len("Network"), Org, "", "test", 0.5))
	}}
	fs, err := Detect(t.Context(), []*Document{d}, []Recognizer{network}, Options{})
	require.NoError(t, err)
	var got []string
	for _, f := range fs[0] {
		got = append(got, s[f.Start:f.End])
	}
	require.Equal(t, []string{"Network", "Mental Health Research Network"}, got)
}
