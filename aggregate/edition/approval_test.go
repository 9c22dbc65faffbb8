// SPDX-License-Identifier: Apache-2.0

package edition_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate/edition"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/model"
)

// A text that waits for a yes is in no file of an edition: not while nobody has
// answered, and not after a yes to another text. Words that k contributors share are
// nobody's own, and not meant here.
func TestUnapprovedTextsAreNotPublished(t *testing.T) {
	for _, x := range []struct {
		name string
		yes  func(approval string) string
		told bool
	}{
		{"nobody has answered", func(string) string { return "" }, false},
		{"a yes to another text", func(string) string { return model.HashText("another text") }, false},
		{"a yes to this one", func(approval string) string { return approval }, true},
	} {
		t.Run(x.name, func(t *testing.T) {
			a, err := anonymize.New(anonymize.Config{Key: secret, Now: today, Audience: model.Everyone})
			require.NoError(t, err)
			var examples []*model.Example
			for i, text := range []string{
				"They liked the marzipan.", "Nobody had brought marzipan before noon.", "Marzipan and tea came late; marzipan went first.", "We would order less marzipan.",
				"A bowl of marzipan stood at the door.", "Ask who cannot eat marzipan.", "The marzipan was paid by the host.", "After the marzipan people spoke.",
			} {
				e := row{ref: fmt.Sprintf("g%02d", i), kind: "ki:consultation", level: model.Anonymous, challenges: []model.Code{"ch:seldom-heard"}}.example()
				e.Lessons = []model.Lesson{{Text: model.Text{Value: model.Raw(text)}, Kind: "worked"}}
				e.Agreements[0].Uses[model.UseSingleSource] = true
				e.Agreements[0].Approval.Required = true
				examples = append(examples, e)
			}
			waiting, err := a.Anonymize(t.Context(), examples...)
			require.NoError(t, err)
			for i, r := range waiting {
				examples[i].Agreements[0].Approval.TextSHA256 = x.yes(r.Log.Approval)
			}
			results, err := a.Anonymize(t.Context(), examples...)
			require.NoError(t, err)
			p, err := edition.Open(t.Context(), &edition.Memory{}, secret, edition.Config{Audience: model.Everyone, Now: today})
			require.NoError(t, err)
			e, err := p.Publish(t.Context(), anonymize.Records(results))
			require.NoError(t, err)
			require.Equal(t, x.told, bytes.Contains(e.Release.Proof.Release, []byte("marzipan")), "the release")
			if !x.told {
				require.False(t, bytes.Contains(e.Body, []byte("marzipan")), "the collection")
			}
		})
	}
}
