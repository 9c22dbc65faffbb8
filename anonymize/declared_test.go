// SPDX-License-Identifier: Apache-2.0

package anonymize_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/model"
)

// TestDeclaredMatrixOfRecords holds the record side to what package redact's matrix
// holds the texts to: a declared name that is an everyday word stands in no record,
// neither of its declarer nor of anybody else.
func TestDeclaredMatrixOfRecords(t *testing.T) {
	b, err := os.ReadFile("redact/testdata/declared/names.txt")
	require.NoError(t, err)
	frames := []string{"%s ran the group.", "It went well. %s then left.", "\"%s asked for it.\"", "%s: we were cold there.", "Thanks to %s", "It was %s's idea.", "We asked %s twice."}
	for line := range strings.Lines(string(b)) {
		kind, names, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if !ok || line[0] == '#' {
			continue
		}
		t.Run(kind, func(t *testing.T) {
			cells := 0
			for n, name := range strings.Fields(names) {
				if n%4 != 0 {
					continue // a quarter is enough here
				}
				identity := fmt.Sprintf(`{"type":"person","name":"%s Abarrowby"}`, name)
				if kind == "organisation" {
					identity = fmt.Sprintf(`{"type":"organisation","name":%q}`, name)
				}
				var lessons []string
				for _, frame := range frames {
					lessons = append(lessons, fmt.Sprintf(`{"text":%q,"kind":"worked"}`, fmt.Sprintf(frame, name)))
				}
				const line = `{"id":"%s","kind":"ki:engagement-activity","title":"Made up","parties":[{"ref":"p","role":"contributor","identities":[%s]}],"agreements":[{"schema":"agreement/1","id":"g","party":"p","level":"anonymous","audience":"public","uses":{"aggregate":true,"guidance":true},"consent":{"status":"given"}}],"lessons":[%s]}` + "\n"
				in := fmt.Sprintf(line, "own", identity, strings.Join(lessons, ",")) +
					fmt.Sprintf(line, "other", `{"type":"organisation","name":"Thornwick Lantern Society"}`, strings.Join(lessons, ","))
				results, err := anonymize.All(t.Context(), exampleConfig(), model.Reader{}.JSONLines(strings.NewReader(in)))
				require.NoError(t, err)
				for _, r := range results {
					for _, s := range r.Record.Countable().Texts() {
						cells++
						for _, w := range strings.FieldsFunc(s, func(c rune) bool { return !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z') }) {
							require.NotEqual(t, name, w, "name %d of %s", n, kind)
						}
					}
				}
			}
			require.Positive(t, cells)
			t.Logf("%d texts of records", cells)
		})
	}
}
