// SPDX-License-Identifier: Apache-2.0

package anonymize_test

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/model"
)

// One organisation counts once under however many names; all names are made up.
func TestLookAlikeOrganisations(t *testing.T) {
	for _, row := range []struct {
		a, b  string
		alike bool
		why   string
	}{
		{"Quayside Pharma UK Ltd", "Quayside Pharmaceuticals", true, "legal form, country, long form"},
		{"Quayside Pharma UK Ltd", "Quayside", true, "short form"},
		{"QUAYSIDE PHARMA", "Quayside Pharma p.l.c.", true, "capitals and points"},
		{"The Wexmoor Trust", "Wexmoor Trust", true, "article"},
		{"Pécsvár Gyógyszer AG", "Pecsvar Gyogyszer", true, "accents"},
		{"Quayside Pharma", "Quorlbridge Pharma", false, "only the kind is the same"},
		{"Cancer Voices", "Cancer", false, "a field is no name"},
		{"National Health Alliance", "National Health Forum", false, "two of a kind"},
		{"Wexmoor Hospice", "Wexmoor Council", false, "a place with two organisations"},
		{"Youth Forum Wales", "Youth Forum Scotland", false, "of words for a kind, the country tells"},
		{"Patients' Group", "Patients International", false, "two of a kind, and neither has a name"},
		{"Youth Forum Wales Ltd", "The Youth Forum Wales", true, "legal form and article, the country too"},
		{"Quayside Wales", "Quayside Group Ltd", true, "of a name, the country does not"},
	} {
		t.Run(row.a+" / "+row.b, func(t *testing.T) {
			x, y := agreed("e1", "p1", "We asked people."), agreed("e2", "p2", "Letters were sent.")
			x.Parties[0].Identities = []model.Identity{{Type: "organisation", Name: model.Raw(row.a)}}
			y.Parties[0].Identities = []model.Identity{{Type: "organisation", Name: model.Raw(row.b)}}
			require.Equal(t, row.alike, len(anonymize.LookAlikes([]*model.Example{x, y}, nil)) == 1, row.why)
		})
	}
}

func TestLookAlikesShareADomain(t *testing.T) {
	for _, row := range []struct {
		a, b  string
		alike bool
	}{
		{"jo@quayside.example", "Sam <sam@quayside.example>", true},
		{"jo@gmail.com", "sam@gmail.com", false},
		{"jo@nhs.net", "sam@nhs.net", false},
		{"", "", false},
	} {
		x, y := agreed("e1", "p1", "We asked people."), agreed("e2", "p2", "Letters were sent.")
		x.Parties[0].Contact, y.Parties[0].Contact = model.Raw(row.a), model.Raw(row.b)
		require.Equal(t, row.alike, len(anonymize.LookAlikes([]*model.Example{x, y}, nil)) == 1, row.a)

		// An address that is declared as a code tells the same.
		z := agreed("e3", "p3", "We rang them up.")
		z.Parties[0].Identities = []model.Identity{{Type: "code", Name: model.Raw(row.b)}}
		require.Equal(t, row.alike, len(anonymize.LookAlikes([]*model.Example{x, z}, nil)) == 1, "%s declared", row.b)
	}
}

// One of two texts is nearly the other where three in five runs of words of the shorter are
// the other's too, and that is long enough to be compared: a sentence that both have, such
// as one of the form's, makes no two contributors one.
func TestNearCopy(t *testing.T) {
	for _, row := range []struct {
		shared, x, y int
		near         bool
		why          string
	}{
		{12, 12, 12, true, "the shortest that is compared"},
		{11, 11, 11, false, "too short to tell"},
		{11, 11, 200, false, "the shorter of them is too short"},
		{60, 100, 300, true, "three in five of the shorter"},
		{59, 100, 300, false, "fewer"},
		{13, 200, 200, false, "a sentence that both have"},
		{0, 200, 200, false, "nothing in common"},
	} {
		require.Equal(t, row.near, anonymize.NearCopy(row.shared, row.x, row.y), row.why)
		require.Equal(t, row.near, anonymize.NearCopy(row.shared, row.y, row.x), "%s, the other way round", row.why)
	}
}

const (
	longText  = "We asked twelve people with the illness to read the draft leaflet aloud, and wrote down where they stopped. Then we changed the words and asked twelve others."
	otherText = "Our panel met on Tuesdays in the library for a year. Each meeting had a theme, a chair who lives with the illness, and tea; travel was paid on the day."
)

// What looks like one counts as one, until a person says otherwise.
func TestLookAlikesCountAsOne(t *testing.T) {
	list := func() []model.Example {
		var out []model.Example
		for i, name := range []string{"Quayside Pharma UK Ltd", "Quayside", "Quayside Pharmaceuticals", "Quayside Group", "Quayside Holdings Limited"} {
			n := strconv.Itoa(i)
			e := agreed("e"+n, "p"+n, []string{"We asked people.", "Letters helped.", "Start early.", "Pay them.", "Go to them."}[i])
			e.Parties[0].Identities = []model.Identity{{Type: "organisation", Name: model.Raw(name)}}
			out = append(out, *e)
		}
		return append(out, *agreed("t1", "q1", longText), *agreed("t2", "q2", longText+" It took a month."), *agreed("t3", "q3", otherText))
	}
	count := func(apart ...[2]string) int {
		results, err := anonymize.All(t.Context(), anonymize.Config{Key: testKey, Now: testNow, Apart: apart}, func(yield func(model.Example, error) bool) {
			for _, e := range list() {
				if !yield(e, nil) {
					return
				}
			}
		})
		require.NoError(t, err)
		var holdings [][]anonymize.Holding
		for _, r := range anonymize.Records(results) {
			holdings = append(holdings, r.Holdings())
		}
		return anonymize.Independent(holdings)
	}
	require.Equal(t, 3, count(), "five names of one, one text of two, and another")
	require.Equal(t, 4, count([2]string{"t2", "t1"}), "a person said that the texts are of two")
	var all []*model.Example
	for _, e := range list() {
		all = append(all, &e)
	}
	pairs := anonymize.LookAlikes(all, nil)
	require.NotEmpty(t, pairs)
	var apart [][2]string
	for round, left := 0, pairs; len(left) > 0; round++ { // who is parted from the first is listed with the rest
		require.Less(t, round, 2)
		for _, p := range left {
			apart = append(apart, [2]string{p.A, p.B})
		}
		left = anonymize.LookAlikes(all, apart)
	}
	require.Equal(t, 8, count(apart...))
	require.Contains(t, pairs, anonymize.Alike{Why: "text", A: "t1", B: "t2"})
}

// Whoever is parted from one of its name is listed with each of the others of that name,
// of its short form and of its domain: that two are two says nothing of a third. No two
// of a kind stay unlisted that no list of pairs holds together and nobody parted.
func TestLookAlikesBesideThoseParted(t *testing.T) {
	named := func(names ...string) (out []*model.Example) {
		for i, name := range names {
			e := agreed("e"+strconv.Itoa(i), "p"+strconv.Itoa(i), "Letters were sent.")
			if strings.Contains(name, "@") {
				e.Parties[0].Contact = model.Raw(name)
			} else {
				e.Parties[0].Identities = []model.Identity{{Type: "organisation", Name: model.Raw(name)}}
			}
			out = append(out, e)
		}
		return out
	}
	for name, rows := range map[string][]*model.Example{
		"one name":    named("Quayside", "Quayside Ltd", "The Quayside", "Quayside plc"),
		"one domain":  named("a@quayside.example", "b@quayside.example", "c@quayside.example", "d@quayside.example"),
		"short forms": named("Quayside", "Quayside Ltd", "Quayside Harbour", "Quayside Harbour Ltd"),
	} {
		r := rand.New(rand.NewPCG(1, 7))
		for range 200 {
			var apart [][2]string
			said := map[[2]string]bool{}
			for i := range rows {
				for j := range i {
					if r.IntN(3) == 0 {
						pair := [2]string{rows[j].Parties[0].HoldingRef(), rows[i].Parties[0].HoldingRef()}
						apart, said[pair] = append(apart, pair), true
					}
				}
			}
			listed, near := map[[2]string]bool{}, map[string][]string{}
			for _, p := range anonymize.LookAlikes(rows, apart) {
				listed[[2]string{p.A, p.B}] = true
				near[p.A], near[p.B] = append(near[p.A], p.B), append(near[p.B], p.A)
			}
			for i := range rows {
				for j := range i {
					x, y := rows[j].Parties[0].HoldingRef(), rows[i].Parties[0].HoldingRef()
					third := slices.ContainsFunc(near[x], func(z string) bool { return slices.Contains(near[y], z) })
					require.True(t, said[[2]string{x, y}] || listed[[2]string{x, y}] || third, "%s: %s and %s, apart %v", name, x, y, apart)
				}
			}
		}
	}
	rows := named("Quayside", "Quayside Ltd", "The Quayside")
	require.Equal(t, []anonymize.Alike{{Why: "name", A: "p0", B: "p2"}, {Why: "name", A: "p1", B: "p2"}}, anonymize.LookAlikes(rows, [][2]string{{"p1", "p0"}}))
}

// Which pairs are listed does not depend on the order of the rows: of one name, of
// one address and of one text.
func TestLookAlikesInAnyOrder(t *testing.T) {
	var rows []*model.Example
	for i, name := range []string{"Quayside Pharma UK Ltd", "Quayside", "Quayside Pharmaceuticals", "Quayside Group"} {
		e := agreed("e"+strconv.Itoa(i), "p"+strconv.Itoa(i), longText)
		e.Parties[0].Identities = []model.Identity{{Type: "organisation", Name: model.Raw(name)}}
		rows = append(rows, e)
	}
	for i := range 5 {
		e := agreed("f"+strconv.Itoa(i), "q"+strconv.Itoa(i), "Letters were sent.")
		e.Parties[0].Contact = model.Raw("someone" + strconv.Itoa(i) + "@wexmoor.example")
		rows = append(rows, e)
	}
	want := anonymize.LookAlikes(rows, nil)
	require.NotEmpty(t, want)
	r := rand.New(rand.NewPCG(3, 9))
	for range 50 {
		r.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		require.Equal(t, want, anonymize.LookAlikes(rows, nil))
	}
}

// One Anonymizer may be used by many at once (run with -race), and what it says
// of one example's holdings does not depend on the others.
func TestLookAlikesOnManyGoroutines(t *testing.T) {
	a, err := anonymize.New(anonymize.Config{Key: testKey, Now: testNow, Alike: []anonymize.Alike{{Why: "name", A: "p0", B: "p1"}, {Why: "name", A: "p1", B: "p2"}, {Why: "name", A: "p2", B: "p3"}, {Why: "name", A: "p3", B: "p4"}}})
	require.NoError(t, err)
	var wg sync.WaitGroup
	got := make([][]anonymize.Holding, 40)
	for i := range got {
		wg.Go(func() {
			n := strconv.Itoa(i % 5)
			results, err := a.Anonymize(t.Context(), agreed("e"+n, "p"+n, "We asked people."))
			if err == nil {
				got[i] = results[0].Record.Holdings()
			}
		})
	}
	wg.Wait()
	for i := range got {
		require.Len(t, got[i], 5)
		require.Equal(t, got[0], got[i])
	}
}

// In a chain of look-alikes the ends are not one contributor for ever: where more
// than twelve hang together, who looks like another, or like the same third, is one
// with it and with nobody else. Nobody who shares a name or a short form comes apart.
func TestLookAlikesInAChain(t *testing.T) {
	named := func(i int, names ...string) model.Example {
		n := strconv.Itoa(100 + i)
		e := agreed("e"+n, "p"+n, "We asked people "+n+" times.")
		id := model.Identity{Type: "organisation", Name: model.Raw(names[0])}
		for _, f := range names[1:] {
			id.Forms = append(id.Forms, model.Raw(f))
		}
		e.Parties[0].Identities = []model.Identity{id}
		return *e
	}
	recordsOf := func(list []model.Example) []anonymize.Record {
		results, err := anonymize.All(t.Context(), anonymize.Config{Key: testKey, Now: testNow}, func(yield func(model.Example, error) bool) {
			for _, e := range list {
				if !yield(e, nil) {
					return
				}
			}
		})
		require.NoError(t, err)
		out := make([]anonymize.Record, len(results)) // in the order of the examples
		for i, r := range results {
			require.False(t, r.Withheld())
			out[i] = r.Record
		}
		return out
	}
	count := func(records ...anonymize.Record) int {
		var holdings [][]anonymize.Holding
		for _, r := range records {
			holdings = append(holdings, r.Holdings())
		}
		return anonymize.Independent(holdings)
	}
	chain := func(n int) (out []model.Example) { // each has the short form of the next
		for i := range n {
			out = append(out, named(i, "Wexmoor"+strconv.Itoa(i), "Wexmoor"+strconv.Itoa(i+1)))
		}
		return out
	}
	twelve, thirty := recordsOf(chain(12)), recordsOf(chain(30))
	require.Equal(t, 1, count(twelve...), "so many may be one organisation")
	require.Equal(t, 10, count(thirty...))
	for i := range thirty {
		for j := i + 1; j < len(thirty); j++ {
			want := 2
			if j-i <= 2 {
				want = 1
			}
			require.Equal(t, want, count(thirty[i], thirty[j]), "%d and %d", i, j)
		}
	}
	var all []*model.Example
	for _, e := range chain(13) {
		all = append(all, &e)
	}
	a, err := anonymize.New(anonymize.Config{Key: testKey, Now: testNow})
	require.NoError(t, err)
	again, err := a.Again(t.Context(), twelve, all...)
	require.NoError(t, err)
	require.Len(t, again, 13, "a thirteenth makes another count of all: they are made again")

	// One name, one domain, one short form, however many have it.
	var one, domain []model.Example
	for i := range 40 {
		one = append(one, named(i, "Quayside Research "+strconv.Itoa(i)))
		e := named(i, "Gwinholt"+strconv.Itoa(i))
		e.Parties[0].Contact = model.Raw("someone" + strconv.Itoa(i) + "@wexmoor.example")
		domain = append(domain, e)
	}
	one = append(one, named(40, "Quayside"), named(41, "Quayside Group Ltd"))
	require.Equal(t, 1, count(recordsOf(one)...))
	require.Equal(t, 1, count(recordsOf(domain)...))
}
