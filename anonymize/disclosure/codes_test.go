// SPDX-License-Identifier: Apache-2.0

package disclosure_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/anonymize/disclosure"
	"github.com/sharedpractice/sharedpractice/model"
)

// answersOf lists, by place, what a line tells beside its class, people's sentences and
// the order of lists.
func answersOf(line []byte) map[string]bool {
	out := map[string]bool{}
	var walk func(v any, at string)
	walk = func(v any, at string) {
		switch v := v.(type) {
		case map[string]any:
			for name, inner := range v {
				walk(inner, at+"/"+name)
			}
		case []any:
			for _, inner := range v {
				walk(inner, at)
			}
		default:
			out[fmt.Sprint(at, "=", v)] = true
		}
	}
	var members map[string]any
	if json.Unmarshal(line, &members) != nil {
		return nil
	}
	for _, name := range []string{"id", "level", "organisation_types", "sectors", "therapy_areas", "region", "year", "budget", "scale", "title", "summary"} {
		delete(members, name)
	}
	for name, v := range members {
		walk(v, name)
	}
	for answer := range out {
		for _, place := range []string{"/text=", "/order=", "/accepted="} {
			if bytes.Contains([]byte(answer), []byte(place)) {
				delete(out, answer)
			}
		}
	}
	return out
}

// Whatever a line of an anonymous record tells, K contributors tell in such lines, be it
// a method, a stage, how long it took or how many took part; nothing that as many tell is
// taken out.
func TestLinesTellWhatEnoughTell(t *testing.T) {
	whole(t)
	records := sampleRecords(t)
	for _, k := range []int{3, 5, 8} {
		r, err := disclosure.NewRelease(t.Context(), records, disclosure.ReleaseConfig{Key: testKey(t), Edition: "e1", K: k})
		require.NoError(t, err)
		lines := bytes.Split(bytes.TrimSpace(r.Proof.Release), []byte("\n"))
		require.Len(t, lines, len(r.Behind))
		told, could := map[string][][]anonymize.Holding{}, map[string][][]anonymize.Holding{}
		for i, line := range lines {
			if r.Behind[i].Level() != model.Anonymous {
				continue
			}
			for answer := range answersOf(line) {
				told[answer] = append(told[answer], r.Behind[i].Holdings())
			}
			whole, err := json.Marshal(r.Behind[i])
			require.NoError(t, err)
			for answer := range answersOf(whole) {
				could[answer] = append(could[answer], r.Behind[i].Holdings())
			}
		}
		require.NotEmpty(t, told)
		rare := 0
		for answer, holdings := range could {
			if anonymize.Independent(holdings) < k {
				rare++
				require.Empty(t, told[answer], "k %d", k)
			}
		}
		require.Positive(t, rare, "k %d: the sample has answers of a few", k)
		for _, holdings := range told {
			require.GreaterOrEqual(t, anonymize.Independent(holdings), k)
		}
		require.Greater(t, len(told), rare/4, "k %d: most stays", k)
	}
}

// stageOf makes records of one example each, of which each says who it is of (a type of
// organisation, or the sector of a charity), where, and at which stage; the first ask to be
// one of so many.
func stageOf(t *testing.T, n int, of func(i int) (kind, stage model.Code, region model.Raw), asks ...int) []anonymize.Record {
	t.Helper()
	var examples []*model.Example
	for i := range n {
		kind, stage, region := of(i)
		ref := fmt.Sprint("p", i)
		k, sector := 0, model.Code("")
		if i < len(asks) {
			k = asks[i]
		}
		if strings.HasPrefix(string(kind), "se:") {
			kind, sector = "ot:charity", kind
		}
		examples = append(examples, &model.Example{
			ID: fmt.Sprint("e", i), Kind: "ki:engagement-activity", Title: model.Text{Value: "Made up"}, Lifecycle: []model.Code{stage}, Context: model.Context{Region: region},
			Parties:    []model.Party{{Ref: ref, Role: "contributor", Holding: "holding-" + ref, Type: kind, Sector: sector}},
			Challenges: []model.Challenge{{Coded: model.Coded{Code: "ch:jargon", AssignedBy: model.ByContributor}}},
			Agreements: []model.Agreement{{
				Schema: model.AgreementSchema, ID: "a" + ref, Party: ref, K: k, Level: model.Anonymous, Audience: model.Everyone, Consent: model.Consent{Status: "given"},
				Uses: model.Uses{model.UseAggregate: true, model.UseGuidance: true},
			}},
		})
	}
	return recordsOf(t, examples)
}

// recordsOf are the records of examples, each of which may be published.
func recordsOf(t *testing.T, examples []*model.Example) []anonymize.Record {
	t.Helper()
	a, err := anonymize.New(anonymize.Config{Key: bytes.Repeat([]byte{7}, 32), Now: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), Audience: model.Everyone})
	require.NoError(t, err)
	results, err := a.Anonymize(t.Context(), examples...)
	require.NoError(t, err)
	records := anonymize.Records(results)
	require.Len(t, records, len(examples))
	return records
}

// An HTA body alone among others was known by the stage of its example though its kind
// was taken out, and by having none where all others told one. What as many tell as are
// asked for stands.
func TestLinesWithoutTheOnlyStage(t *testing.T) {
	kinds := []model.Code{"ot:charity", "ot:regulator", "ot:university", "ot:hta-body"}
	for _, c := range []struct {
		n, hta  int
		printed bool
	}{{10, 1, false}, {10, 4, false}, {10, 5, true}} {
		records := stageOf(t, c.n, func(i int) (model.Code, model.Code, model.Raw) {
			if i < c.hta {
				return kinds[(i+3)%4], "lc:hta-and-access", ""
			}
			return kinds[i%3], "lc:trial-conduct", ""
		})
		r, err := disclosure.NewRelease(t.Context(), records, disclosure.ReleaseConfig{Key: testKey(t), Edition: "e1", K: 5})
		require.NoError(t, err)
		require.Len(t, r.Behind, c.n)
		require.Equal(t, c.printed, bytes.Contains(r.Proof.Release, []byte("lc:hta-and-access")), "%d of %d", c.hta, c.n)
		require.Equal(t, c.printed, bytes.Contains(r.Proof.Release, []byte("lc:trial-conduct")))
		require.Equal(t, c.n, bytes.Count(r.Proof.Release, []byte("ch:jargon")), "what all tell stays")
	}
}

// A code that only one kind of organisation, or one sector, gives tells the kind. It stands
// where the lines tell the kind themselves, or as many of a class give it as any of them
// asks for.
func TestLinesDoNotTellTheKindByACode(t *testing.T) {
	whole(t)
	regions := []model.Raw{"rg:gb-wls", "rg:gb-sct", "rg:fr"}
	for _, c := range []struct {
		name   string
		of     model.Code // whose alone the stage is
		n, k   int        // how many they are, and what one of them asks for
		others []model.Code
		scheme string
	}{
		{"a type", "ot:hta-body", 6, 0, []model.Code{"ot:charity", "ot:regulator", "ot:university", "ot:nhs-acute-trust", "ot:pharmaceutical-company"}, "organisation-type"},
		{"a type, of whom one asks for more", "ot:hta-body", 9, 7, []model.Code{"ot:charity", "ot:regulator", "ot:university", "ot:nhs-acute-trust", "ot:pharmaceutical-company"}, "organisation-type"},
		{"a sector", "se:industry", 6, 0, []model.Code{"se:academia", "se:local-government", "se:public-health-service", "se:consultancy-agency"}, "sector"},
	} {
		r := rand.New(rand.NewPCG(20, 26))
		taken, stands := 0, 0
		for range 60 {
			kind := map[string]model.Code{}
			const n = 36
			records := stageOf(t, n, func(i int) (model.Code, model.Code, model.Raw) {
				if i < c.n {
					return c.of, "lc:hta-and-access", regions[r.IntN(3)]
				}
				return c.others[r.IntN(len(c.others))], "lc:trial-conduct", regions[r.IntN(3)]
			}, c.k)
			for _, rec := range records {
				kind[rec.ID()] = model.Code(rec.QuasiIdentifiers()[c.scheme])
			}
			rel, err := disclosure.NewRelease(t.Context(), records, disclosure.ReleaseConfig{Key: testKey(t), Edition: "e1", K: 5})
			require.NoError(t, err)
			classes, could := map[string]int{}, 0
			for i, line := range bytes.Split(bytes.TrimSpace(rel.Proof.Release), []byte("\n")) {
				var x map[string]any
				require.NoError(t, json.Unmarshal(line, &x))
				if kind[rel.Behind[i].ID()] == c.of {
					could++
				}
				if !bytes.Contains(line, []byte("lc:hta-and-access")) || bytes.Contains(line, []byte(c.of)) {
					continue
				}
				classes[fmt.Sprint(x["organisation_types"], x["sectors"], x["region"])]++
			}
			for class, n := range classes {
				require.GreaterOrEqual(t, n, max(5, c.k), "%s: %s", c.name, class)
			}
			switch printed := bytes.Contains(rel.Proof.Release, []byte("lc:hta-and-access")); {
			case printed:
				stands++
			case could >= max(5, c.k):
				taken++
			}
		}
		require.Positive(t, taken, c.name)
		require.Positive(t, stands, c.name)
	}
}

// A record that asks for more is not among fewer for any of its answers.
func TestLinesHeedWhoAsksForMore(t *testing.T) {
	whole(t)
	records := sampleRecords(t)
	r, err := disclosure.NewRelease(t.Context(), records, disclosure.ReleaseConfig{Key: testKey(t), Edition: "e1", K: 3})
	require.NoError(t, err)
	lines := bytes.Split(bytes.TrimSpace(r.Proof.Release), []byte("\n"))
	stricter := 0
	told := map[string][][]anonymize.Holding{}
	for i, line := range lines {
		for answer := range answersOf(line) {
			if r.Behind[i].Level() == model.Anonymous {
				told[answer] = append(told[answer], r.Behind[i].Holdings())
			}
		}
	}
	for i, line := range lines {
		if r.Behind[i].Level() != model.Anonymous || r.Behind[i].K() <= 3 {
			continue
		}
		stricter++
		for answer := range answersOf(line) {
			require.GreaterOrEqual(t, anonymize.Independent(told[answer]), r.Behind[i].K())
		}
	}
	require.Positive(t, stricter)
	require.False(t, slices.ContainsFunc(r.Dropped, func(d disclosure.DroppedRecord) bool { return d.Reason == "" }))
}

// Where one has nothing left in a field of one code, since nobody else told it, no line made
// with his tells that field: he was the only one of 31 without a stage.
func TestLinesWithNothingAreNotAlone(t *testing.T) {
	stages := []model.Code{"lc:trial-conduct", "lc:trial-design", "lc:post-launch"}
	for _, asks := range []int{0, 10} {
		for _, odd := range []int{-1, 0, 30} {
			records := stageOf(t, 31, func(i int) (model.Code, model.Code, model.Raw) {
				if i == odd {
					return "ot:charity", "lc:hta-and-access", ""
				}
				return "ot:charity", stages[i%3], ""
			}, asks)
			r, err := disclosure.NewRelease(t.Context(), records, disclosure.ReleaseConfig{Key: testKey(t), Edition: "e1", K: 5})
			require.NoError(t, err)
			require.Len(t, r.Behind, 31)
			want := 0
			if odd < 0 {
				want = 31
			}
			require.Equal(t, want, bytes.Count(r.Proof.Release, []byte("lifecycle")))
		}
	}
}
