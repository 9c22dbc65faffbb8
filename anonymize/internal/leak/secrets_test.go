// SPDX-License-Identifier: Apache-2.0

package leak_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize/internal/leak"
	_ "github.com/sharedpractice/sharedpractice/model/modeltest"
)

// Secrets prepared once, less some of them, find what the rest would find if
// they were prepared together. The names are made up.
func TestBesideIsAsPreparedTogether(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	words := strings.Fields("Marlinford Marlinforth Quorlbridge Hospice Trust Hope Rose Jane Trellick Grace of the Wexmere House Skelling")
	name := func(n int) string {
		var out []string
		for range 1 + r.IntN(n) {
			out = append(out, words[r.IntN(len(words))])
		}
		return strings.Join(out, " ")
	}
	found := 0
	for round := range 400 {
		var all, less, rest, own []leak.Secret
		for range 1 + r.IntN(6) {
			s := leak.Secret{Name: name(3), Person: r.IntN(3) == 0}
			if r.IntN(2) == 0 {
				s.Forms = []string{name(2)}
			}
			all = append(all, s)
			if r.IntN(3) == 0 {
				less = append(less, s)
			} else {
				rest = append(rest, s)
			}
		}
		for range r.IntN(3) {
			own = append(own, leak.Secret{Name: name(2), Person: true})
		}
		var texts []string
		for range 5 {
			text := fmt.Sprintf("We went to %s and %s. %s was there, MHT and M.H.T. too.", name(3), name(2), strings.ReplaceAll(name(2), " ", ""))
			texts = append(texts, text, strings.ToUpper(text))
		}
		want := leak.Check(texts, leak.Input{Forms: leak.Prepare(slices.Concat(own, rest))})
		got := leak.Check(texts, leak.Input{Forms: leak.Prepare(own).Beside(leak.Prepare(all), less)})
		require.Equal(t, want, got, "round %d", round)
		found += len(want)
	}
	require.Positive(t, found)
}
