// SPDX-License-Identifier: Apache-2.0

package recode_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize/disclosure/recode"
	"github.com/sharedpractice/sharedpractice/anonymize/disclosure/verify"
)

type recoder func(context.Context, *recode.Table, recode.Config) (*recode.Recoding, error)

func recoders() map[string]recoder {
	return map[string]recoder{"local": recode.TopDown, "cluster": recode.BottomUp, "best": recode.Recode}
}

// rows is the output as a reader gets it, with what the verifier needs beside it.
func rows(t *recode.Table, r *recode.Recoding) verify.Rows {
	out := r.Table(t)
	v := verify.Rows{Holdings: out.Holdings, K: out.K}
	for i := range out.Len() {
		var q, s []string
		for _, c := range out.Quasi {
			q = append(q, c.Values[i])
		}
		for _, c := range out.Sensitive {
			s = append(s, c.Values[i])
		}
		v.Quasi, v.Sensitive = append(v.Quasi, q), append(v.Sensitive, s)
	}
	return v
}

// strictness gives half of the records k 3, 35 % k 5 and the rest k 11.
func strictness(r *rand.Rand, n int) []int {
	ks := make([]int, n)
	for i := range ks {
		switch x := r.IntN(100); {
		case x < 50:
			ks[i] = 3
		case x < 85:
			ks[i] = 5
		default:
			ks[i] = 11
		}
	}
	return ks
}

func TestLocalAdultPerRecord(t *testing.T) {
	table, hs := adult(t)
	strict, err := recode.TopDown(t.Context(), table, recode.Config{Hierarchies: hs, Requirement: recode.Requirement{K: 11}})
	require.NoError(t, err)
	seeds := uint64(1)
	if os.Getenv("SHAREDPRACTICE_EVAL") != "" {
		seeds = 5
	}
	for seed := range seeds {
		table.K = strictness(rand.New(rand.NewPCG(seed, 5)), table.Len())
		r, err := recode.TopDown(t.Context(), table, recode.Config{Hierarchies: hs, Requirement: recode.Requirement{K: 3}})
		require.NoError(t, err)
		broken, err := verify.Classes(rows(table, r), verify.Promise{K: 3})
		require.NoError(t, err)
		require.Empty(t, broken)
		require.Zero(t, r.Suppressed())
		t.Logf("loss %.4f, uniform k=11 %.4f: %.1f %% lower; %d classes", r.Loss, strict.Loss, 100*(1-r.Loss/strict.Loss), len(r.Classes))
		require.Less(t, r.Loss, 0.85*strict.Loss)
	}
}

func TestRecodingIsVerified(t *testing.T) {
	for name, run := range recoders() {
		t.Run(name, func(t *testing.T) {
			done, seeds := 0, uint64(90)
			if testing.Short() {
				seeds = 30
			}
			for seed := range seeds {
				r := rand.New(rand.NewPCG(seed, 2))
				table, hs := randomTable(r, 20+r.IntN(120))
				req := recode.Requirement{K: 2 + r.IntN(4)}
				promise := verify.Promise{K: req.K}
				if seed%2 == 0 {
					table.K = make([]int, table.Len())
					for i := range table.K {
						table.K[i] = []int{0, 3, 5, 9, 40}[r.IntN(20)%5*r.IntN(2)]
					}
				}
				if seed%3 > 0 {
					table.Holdings = make([][]string, table.Len())
					for i := range table.Holdings {
						table.Holdings[i] = []string{fmt.Sprintf("h%d", r.IntN(30))}
						if seed%3 == 2 && r.IntN(4) == 0 {
							table.Holdings[i] = append(table.Holdings[i], fmt.Sprintf("agency%d", r.IntN(3)))
						}
					}
				}
				switch seed % 5 {
				case 1:
					req.Diversity = []recode.Diversity{{Column: "s", L: 2}}
					promise.Sensitive = []verify.Protection{{Distinct: 2}}
				case 2:
					req.Diversity = []recode.Diversity{{Column: "s", L: 1.5, Entropy: true}}
					promise.Sensitive = []verify.Protection{{Entropy: 1.5}}
				case 3:
					order := []string{"s0", "s1", "s2", "s3"}
					req.Closeness = []recode.Closeness{{Column: "s", T: 0.2, Order: order}}
					promise.Sensitive = []verify.Protection{{Close: true, T: 0.2, Order: order}}
				case 4:
					paths := map[string][]string{"s0": {"s0", "a", "*"}, "s1": {"s1", "a", "*"}, "s2": {"s2", "b", "*"}, "s3": {"s3", "b", "*"}}
					h, err := recode.NewHierarchy([][]string{paths["s0"], paths["s1"], paths["s2"], paths["s3"]})
					require.NoError(t, err)
					req.Closeness = []recode.Closeness{{Column: "s", T: 0.3, Hierarchy: h}}
					promise.Sensitive = []verify.Protection{{Close: true, T: 0.3, Paths: paths}}
				}
				cfg := recode.Config{Hierarchies: hs, Requirement: req, Suppress: 0.3}
				got, err := run(t.Context(), table, cfg)
				if err != nil {
					require.ErrorIs(t, err, recode.ErrInfeasible, "seed %d", seed)
					continue
				}
				done++
				if len(req.Closeness) > 0 && got.Suppressed() > 0 {
					continue // the maker compares with all records, the reader sees those kept
				}
				broken, err := verify.Classes(rows(table, got), promise)
				require.NoError(t, err)
				require.Empty(t, broken, "seed %d", seed)

				order := r.Perm(table.Len())
				again, err := run(t.Context(), table.Select(order), cfg)
				require.NoError(t, err)
				require.InDelta(t, got.Loss, again.Loss, 1e-12, "seed %d: another order, another result", seed)
				require.Len(t, again.Classes, len(got.Classes))
				for g := range got.Classes {
					require.Equal(t, got.Classes[g].Labels, again.Classes[g].Labels)
					require.Len(t, again.Classes[g].Records, len(got.Classes[g].Records))
				}
			}
			require.Greater(t, done, int(seeds)*2/3)
		})
	}
}

// TestStricterRecordWeakensNobody: law 4. A record with a stricter agreement
// comes in; whatever becomes of it, every other record still stands among as
// many holdings as its own agreement asks for.
func TestStricterRecordWeakensNobody(t *testing.T) {
	for name, run := range recoders() {
		t.Run(name, func(t *testing.T) {
			for seed := range uint64(60) {
				r := rand.New(rand.NewPCG(seed, 4))
				n := 30 + r.IntN(60)
				table, hs := randomTable(r, n+1)
				table.K = strictness(r, n+1)
				table.K[n] = []int{11, 20, 1000}[seed%3]
				r2, err := run(t.Context(), table, recode.Config{Hierarchies: hs, Requirement: recode.Requirement{K: 2}, Suppress: 0.1})
				require.NoError(t, err)
				for i := range n {
					g := r2.ClassOf[i]
					require.GreaterOrEqual(t, g, 0, "a record was dropped for another's sake")
					require.GreaterOrEqual(t, r2.Classes[g].Holdings, table.K[i])
				}
				if table.K[n] == 1000 {
					require.Equal(t, -1, r2.ClassOf[n], "what nobody can promise is not published")
				}
			}
		})
	}
}

func TestMissingIsACategory(t *testing.T) {
	// Two with a region, two without: as a wildcard the missing ones would
	// make both classes four.
	h, err := recode.NewHierarchy([][]string{{"north", "*"}, {"", "*"}})
	require.NoError(t, err)
	table := &recode.Table{Quasi: []recode.Column{{Name: "region", Values: []string{"north", "north", "", ""}}}}
	cfg := recode.Config{Hierarchies: []*recode.Hierarchy{h}, Requirement: recode.Requirement{K: 3}}
	r, err := recode.TopDown(t.Context(), table, cfg)
	require.NoError(t, err)
	require.Len(t, r.Classes, 1)
	require.Equal(t, []string{"*"}, r.Classes[0].Labels)
	cfg.Requirement.K = 2
	r, err = recode.TopDown(t.Context(), table, cfg)
	require.NoError(t, err)
	require.Len(t, r.Classes, 2)
}

func TestHoldingCountedOnce(t *testing.T) {
	h, err := recode.NewHierarchy([][]string{{"a", "*"}, {"b", "*"}})
	require.NoError(t, err)
	table := &recode.Table{
		Quasi:    []recode.Column{{Name: "q", Values: []string{"a", "a", "a", "b", "b", "b"}}},
		Holdings: [][]string{{"x"}, {"x"}, {"y"}, {"z"}, {"v"}, {"w"}},
	}
	cfg := recode.Config{Hierarchies: []*recode.Hierarchy{h}, Requirement: recode.Requirement{K: 3}}
	for name, run := range recoders() {
		r, err := run(t.Context(), table, cfg)
		require.NoError(t, err)
		require.Len(t, r.Classes, 1, "%s: three records of two holdings are no class of three", name)
	}
}

// A missing value is none of those that diversity asks for.
func TestDiversityIsOfKnownValues(t *testing.T) {
	h, err := recode.NewHierarchy([][]string{{"same"}})
	require.NoError(t, err)
	for _, row := range []struct {
		values []string
		ok     bool
	}{
		{[]string{"cancer", "cancer", ""}, false},
		{[]string{"cancer", "dementia", ""}, true},
		{[]string{"", "", ""}, true},
	} {
		for _, entropy := range []bool{false, true} {
			table := &recode.Table{
				Quasi:     []recode.Column{{Name: "q", Values: []string{"same", "same", "same"}}},
				Sensitive: []recode.Column{{Name: "s", Values: row.values}},
				Holdings:  [][]string{{"a"}, {"b"}, {"c"}},
			}
			_, err := recode.Recode(t.Context(), table, recode.Config{
				Hierarchies: []*recode.Hierarchy{h},
				Requirement: recode.Requirement{K: 2, Diversity: []recode.Diversity{{Column: "s", L: 2, Entropy: entropy}}},
			})
			require.Equal(t, row.ok, err == nil, "%q, entropy %v", row.values, entropy)
		}
	}
}
