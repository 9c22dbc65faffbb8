// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestMatcher holds the matcher against a search for each pattern at each place: every occurrence is
// reported, in the order of the ends and the longest first.
func TestMatcher(t *testing.T) {
	random := rand.New(rand.NewPCG(13, 13))
	letters := func(n int) string {
		b := make([]byte, n)
		for i := range b {
			b[i] = "abc"[random.IntN(3)]
		}
		return string(b)
	}
	type hit struct {
		spelling string
		end      int
	}
	for range 50 {
		var forms []form
		spellings := map[string]bool{}
		for n := range 30 {
			s := letters(1 + random.IntN(9))
			spellings[s] = true
			forms = append(forms, form{words: []string{s}, entity: int32(n)})
		}
		read := letters(400)
		var want []hit
		for end := 1; end <= len(read); end++ {
			for at := range end {
				if s := read[at:end]; spellings[s] {
					want = append(want, hit{s, end})
				}
			}
		}
		d, err := NewDocument(strings.Join(strings.Split(read, ""), " "))
		require.NoError(t, err)
		ps := compilePatterns(forms)
		m := newMatcher(ps)
		var got []hit
		m.scan(d.squeezed(), func(p int32, end int) { got = append(got, hit{ps[p].squeezed, end}) })
		require.Equal(t, want, got)
	}
}
