// SPDX-License-Identifier: Apache-2.0

package aggregate

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize"
)

// made is a corpus of records told by bytes: who made each, alone or with a second,
// what threshold it asks for, and whether it stands in a release.
func made(told []byte) *corpus {
	c := &corpus{k: Floor, strictest: Floor}
	for _, b := range told {
		by := []anonymize.Holding{anonymize.Holding(fmt.Sprint("h", b&7))}
		if second := b >> 3 & 7; second > 5 && second != b&7 {
			by = append(by, anonymize.Holding(fmt.Sprint("h", second)))
			slices.Sort(by)
		}
		asks := Floor + int(b>>6)
		c.records = append(c.records, anonymize.Record{})
		c.content, c.published = append(c.content, anonymize.Content{}), append(c.published, anonymize.Content{})
		c.holdings, c.asks, c.unlisted = append(c.holdings, by), append(c.asks, asks), append(c.unlisted, b>>3&7 == 1)
		c.strictest, c.hidden = max(c.strictest, asks), c.hidden || b>>3&7 == 1
	}
	c.counter = anonymize.NewCounter(c.holdings)
	return c
}

// standing is how many stand behind records, counted without the corpus.
func standing(c *corpus, s set) int {
	var by [][]anonymize.Holding
	for _, i := range s {
		by = append(by, c.holdings[i])
	}
	return anonymize.Independent(by)
}

// Whatever is asked, what the gate lets through has as many behind it as the
// collection and each of its members asks for; those of whom the release tells
// nothing are none or as many as they ask for; what is left when any one or any two
// of the sets beside it are taken away is nobody or as many as any of them asks for; what was refused is
// not let through; and exactly what was let through is noted, as it was.
func FuzzGate(f *testing.F) {
	f.Add([]byte{0, 1, 2, 3, 4, 5}, []byte{0xff, 0x1f, 0xff, 0x3f})
	f.Add([]byte{0, 1, 2, 0xc3, 0x0c, 0x35, 0x3a, 7}, []byte{0x7f, 0xff, 0x3f, 0x77, 0xff, 0xff, 0xf0, 0x55, 0xaa})
	f.Add([]byte{0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3}, []byte{0xff, 0xff, 0xff, 0x01, 0x0f, 0xf1, 0x80, 0x99})
	f.Fuzz(func(t *testing.T, told, asked []byte) {
		if len(told) > 8 {
			told = told[:8]
		}
		if len(asked) > 36 {
			asked = asked[:36]
		}
		c := made(told)
		g := newGate(c)
		g.refused["all/refused"] = true
		g.start()
		among := func(mask byte) func(i int) bool { return func(i int) bool { return mask>>i&1 == 1 } }
		var sets []set
		noted := 0
		for n := 0; n+3 <= len(asked); n += 3 {
			of, line, key := asked[n], asked[n+1], AllItems.Facet(fmt.Sprint("item", n))
			if asked[n+2]&7 == 7 {
				key = "all/refused"
			}
			q := question{key: key, of: c.only(among(of)), line: among(line), part: true}
			beside := []set(nil)
			if asked[n+2]&1 == 1 {
				beside = slices.Clone(sets)
				q.beside = func(set) []set { return beside }
			}
			members := g.admit(q)
			e, ok := g.items[key]
			require.Equal(t, members != nil, ok, "noted, and only what was let through")
			if members == nil {
				continue
			}
			noted++
			sets = append(sets, members)
			require.NotEqual(t, ItemKey("all/refused"), key)
			require.Len(t, e.Records, len(members))
			require.True(t, slices.IsSorted(e.Holdings))
			require.True(t, members.in(q.of))
			need := c.k
			var silent set
			for _, i := range members {
				need = max(need, c.asks[i])
				if c.unlisted[i] || !among(line)(i) {
					silent = append(silent, i)
				}
			}
			require.Equal(t, need, e.K)
			require.GreaterOrEqual(t, standing(c, members), need)
			if len(silent) > 0 {
				least := c.k
				for _, i := range silent {
					least = max(least, c.asks[i])
				}
				require.GreaterOrEqual(t, standing(c, silent), least, "those of whom a release does not tell")
			}
			for i, first := range beside {
				for _, second := range beside[i:] {
					if len(beside) > mostCombined && i > 0 || !first.in(members) || !second.in(members) {
						continue
					}
					rest := slices.DeleteFunc(slices.Clone(members), func(i int) bool { return first.has(i) || second.has(i) })
					if len(beside) <= mostCombined || len(first) == len(union([]set{first, second})) {
						require.True(t, len(rest) == 0 || standing(c, rest) >= c.strictestOf(rest), "a difference")
					}
				}
			}
		}
		require.Len(t, g.items, noted)
		require.Len(t, g.parts, noted)
		require.Len(t, g.passed(), noted)
	})
}

func BenchmarkGate(b *testing.B) {
	for _, n := range []int{100, 1000, 10000} {
		told := make([]byte, n)
		for i := range told {
			told[i] = byte(i % 6)
		}
		c := made(told)
		all := c.only(func(int) bool { return true })
		half := c.only(func(i int) bool { return i%2 == 0 })
		quarter := c.only(func(i int) bool { return i%4 == 1 })
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				g := newGate(c)
				g.start()
				if g.admit(question{key: AllItems, of: all, beside: func(set) []set { return []set{half, quarter} }}) == nil {
					b.Fatal("not let through")
				}
			}
		})
	}
}
