// SPDX-License-Identifier: Apache-2.0

package edition_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate/edition"
	"github.com/sharedpractice/sharedpractice/model"
)

// large is how many lives are asked for: SHAREDPRACTICE_LARGE, where 1 stands for
// ten thousand; 0 without it.
func large(t testing.TB) int {
	_, n := span(t)
	return n
}

// span is which lives are asked for: so many, or "FROM:TO" for a part of them.
func span(t testing.TB) (first, n int) {
	s := os.Getenv("SHAREDPRACTICE_LARGE")
	if s == "" {
		return 0, 0
	}
	from, to, part := strings.Cut(s, ":")
	if !part {
		from, to = "0", from
	}
	first, err := strconv.Atoi(from)
	require.NoError(t, err)
	last, err := strconv.Atoi(to)
	require.NoError(t, err)
	if !part && last == 1 {
		last = 10_000
	}
	require.Greater(t, last, first)
	return first, last - first
}

// Lives of six editions with changes at random, of all kinds of groups. All 10,000
// with SHAREDPRACTICE_LARGE, a sample without. In life 87 two were left of those who
// joined between two editions, which shows who they are.
func TestRandomLives(t *testing.T) {
	lives := []uint64{528, 1143, 2611, 2737, 3217, 3412, 5168, 5450, 6278, 6977, 7329, 7336, 9007, 9933, 637, 1531, 2983, 3572} // each failed once
	first, sample := 80, 20
	if testing.Short() {
		lives, sample = lives[:2], 2
	}
	if from, n := span(t); n > 0 {
		first, sample, lives = from, n, nil
	}
	for n := range sample {
		lives = append(lives, uint64(first+n))
	}
	kinds := slices.Sorted(maps.Keys(groups))
	for _, seed := range lives {
		randomLife(t, seed, groups[kinds[seed%uint64(len(kinds))]])
	}
}

// Lives of groups whose topics have broader ones, and whose methods have families.
func TestFamilyLives(t *testing.T) {
	first, n := uint64(0), 24
	if testing.Short() {
		n = 2
	}
	if from, asked := span(t); asked > 0 {
		first, n = uint64(from), asked
	}
	for seed := range uint64(n) {
		randomLife(t, first+seed, inFamilies)
	}
	randomLife(t, 302, inFamilies) // the same item among more
	randomLife(t, 268, inFamilies) // five of whom members had read more stand in a public edition
}

// inFamilies makes a row with a challenge of one of two families, and methods of two.
func inFamilies(r *rand.Rand, ref string) row {
	one := func(codes ...model.Code) model.Code { return codes[r.IntN(len(codes))] }
	x := random(r, ref)
	x.challenges = []model.Code{one("ch:seldom-heard", "ch:seldom-heard", "ch:jargon", "ch:accessibility", "ch:digital-exclusion", "ch:trust", "ch:tokenism")}
	if r.IntN(3) == 0 {
		x.challenges = append(x.challenges, one("ch:no-influence", "ch:representativeness"))
	}
	x.objective = []model.Code{one("ob:equity", "ob:equity", "ob:partnership", "ob:information", "ob:co-design")}
	x.methods = []model.Code{one("me:survey", "me:survey", "me:interview", "me:focus-group"), one("me:event", "me:roundtable", "me:consultation")}
	return x
}

// Lives in which many change at once, so that lines are printed anew, and say what only a
// few say: of five who changed two would be seen to, where what the others changed is told
// by too few.
func TestLivesOfManyChanges(t *testing.T) {
	first, n := 0, 20
	if from, asked := span(t); asked > 0 {
		first, n = from, asked
	}
	if testing.Short() {
		n = 4
	}
	for seed := range uint64(n) {
		manyChanges(t, uint64(first)+seed)
	}
	if n == 20 { // members' and public editions took turns, and lines were held against the last only
		for _, seed := range []uint64{42, 54, 71} {
			manyChanges(t, seed)
		}
	}
}

func manyChanges(t *testing.T, seed uint64) {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 12))
	one := func(codes ...model.Code) model.Code { return codes[r.IntN(len(codes))] }
	says := func(x *row) {
		x.actor = one("st:patient", "st:patient", "st:nurse", "st:carer-or-family", "")
		x.methods = []model.Code{one("me:training", "me:survey"), one("me:outreach", "me:co-production", "me:interview", "me:lay-review", "me:focus-group", "me:roundtable")}
	}
	var rows []row
	join := func(n int) {
		for range n {
			x := random(r, fmt.Sprintf("r%03d", len(rows)))
			x.challenges, x.objective = []model.Code{"ch:tokenism"}, []model.Code{"ob:equity"}
			x.membersOnly = r.IntN(3) == 0
			says(&x)
			rows = append(rows, x)
		}
	}
	join(12 + r.IntN(15))
	store, intruder := &edition.Memory{}, &reader{t: t, k: 5}
	for i := range 5 {
		readers := []model.Audience{model.Everyone, model.Members}[r.IntN(2)]
		p, err := edition.Open(t.Context(), store, secret, edition.Config{Now: today, Audience: readers, K: 5})
		require.NoError(t, err)
		e, err := p.Publish(t.Context(), records(t, readers, rows))
		require.NoError(t, err, "life %d of many, edition %d", seed, i)
		intruder.read(fmt.Sprintf("life %d of many, edition %d", seed, i), p, e)
		order := r.Perm(len(rows))
		for _, at := range order[:min(len(order), 4+r.IntN(8))] {
			switch r.IntN(4) {
			case 0:
				rows[at].membersOnly = false
			default:
				says(&rows[at])
			}
		}
		if r.IntN(3) == 0 {
			join(3 + r.IntN(4))
		}
	}
}

// Lives in which contributors of several kinds join, leave, change, open and close at
// once. What is counted in a topic is held against the lines that tell of the topic and of
// what is counted: of two of these lines told the one, and not the other.
func TestLivesOfAllChanges(t *testing.T) {
	lives := []uint64{992, 1278, 1481}
	if from, asked := span(t); asked > 0 {
		lives = nil
		for n := range asked {
			lives = append(lives, uint64(from+n))
		}
	}
	for _, seed := range lives {
		allChanges(t, seed)
	}
}

func allChanges(t *testing.T, seed uint64) {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 77))
	one := func(codes ...model.Code) model.Code { return codes[r.IntN(len(codes))] }
	orgs := []model.Code{"ot:charity", "ot:charity", "ot:nhs-acute-trust"}[:1+r.IntN(3)]
	says := func(x *row) {
		x.actor = one("st:patient", "st:patient", "st:nurse", "")
		x.methods = []model.Code{one("me:training", "me:survey"), one("me:outreach", "me:co-production", "me:interview", "me:lay-review")}
		if r.IntN(3) == 0 {
			x.challenges = []model.Code{one("ch:tokenism", "ch:seldom-heard")}
		}
	}
	var rows []row
	next := 0
	join := func(n int) {
		for range n {
			x := random(r, fmt.Sprintf("r%03d", next))
			next++
			x.challenges, x.objective, x.often = []model.Code{"ch:tokenism"}, []model.Code{"ob:equity"}, ""
			x.membersOnly = r.IntN(4) == 0
			x.org = one(orgs...)
			says(&x)
			rows = append(rows, x)
		}
	}
	join(12 + r.IntN(15))
	store, intruder := &edition.Memory{}, &reader{t: t, k: 5}
	for i := range 6 {
		readers := []model.Audience{model.Everyone, model.Members}[r.IntN(2)]
		p, err := edition.Open(t.Context(), store, secret, edition.Config{Now: today, Audience: readers, K: 5})
		require.NoError(t, err)
		e, err := p.Publish(t.Context(), records(t, readers, rows))
		require.NoError(t, err, "life %d of all, edition %d", seed, i)
		intruder.read(fmt.Sprintf("life %d of all, edition %d", seed, i), p, e)
		if r.IntN(4) > 0 {
			for range r.IntN(9) {
				at := r.IntN(len(rows))
				if r.IntN(6) == 0 {
					rows[at].membersOnly = !rows[at].membersOnly
				} else {
					says(&rows[at])
				}
			}
		}
		if r.IntN(2) == 0 {
			for range r.IntN(4) {
				if len(rows) > 6 {
					at := r.IntN(len(rows))
					rows = slices.Delete(rows, at, at+1)
				}
			}
		}
		if r.IntN(2) == 0 {
			join(r.IntN(8))
		}
	}
}

// randomLife is one of six editions.
func randomLife(t *testing.T, seed uint64, random func(*rand.Rand, string) row) {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 6))
	var rows []row
	next := 0
	join := func(n int) {
		for range n {
			rows = append(rows, random(r, fmt.Sprintf("r%03d", next)))
			next++
		}
	}
	join(6 + r.IntN(25))
	store, intruder := &edition.Memory{}, &reader{t: t, k: 5}
	for i := range 6 {
		readers := []model.Audience{model.Everyone, model.Everyone, model.Members}[r.IntN(3)]
		p, err := edition.Open(t.Context(), store, secret, edition.Config{Now: today, Audience: readers, K: 5})
		require.NoError(t, err)
		e, err := p.Publish(t.Context(), records(t, readers, rows))
		require.NoError(t, err, "life %d, edition %d", seed, i)
		intruder.read(fmt.Sprintf("life %d, edition %d", seed, i), p, e)
		switch r.IntN(4) {
		case 0:
			join(1 + r.IntN(8))
		case 1:
			for range 1 + r.IntN(3) {
				if len(rows) > 0 {
					at := r.IntN(len(rows))
					rows = slices.Delete(rows, at, at+1)
				}
			}
		case 2:
			if len(rows) > 0 {
				at := r.IntN(len(rows))
				ref := rows[at].ref
				rows[at] = random(r, ref)
			}
		case 3:
			if len(rows) > 0 {
				rows[r.IntN(len(rows))].membersOnly = true
			}
		}
	}
}
