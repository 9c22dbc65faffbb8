// SPDX-License-Identifier: Apache-2.0

package intake_test

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/examples/internal/intake"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/modeltest"
)

func load(t *testing.T, name string) intake.Table {
	t.Helper()
	return loadFrom(t, "exports", name)
}

func loadFrom(t *testing.T, dir, name string) intake.Table {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", dir, name))
	require.NoError(t, err)
	table, err := intake.ReadCSV(bytes.NewReader(raw))
	require.NoError(t, err)
	return table
}

func read(t *testing.T, table intake.Table) intake.Result {
	t.Helper()
	m, err := intake.Propose(table)
	require.NoError(t, err)
	r, err := intake.Read(table, m, []byte("key"))
	require.NoError(t, err)
	return r
}

// The exports of six tools are read without editing the file: all questions are
// found, each row gives an example, nine answers in ten are understood, and the
// rest is listed.
func TestRead_exports(t *testing.T) {
	for _, name := range modeltest.Files(t, os.DirFS("."), "testdata/exports/*.csv") {
		name = filepath.Base(name)
		t.Run(name, func(t *testing.T) {
			table := load(t, name)
			m, err := intake.Propose(table)
			require.NoError(t, err)
			found := map[string]bool{}
			for _, c := range m.Columns {
				found[c.Question] = true
			}
			for _, id := range []string{
				"title", "stakeholders", "challenges", "objectives", "steps", "outcomes", "lessons",
				"confidentiality", "uses", "audience", "consent", "signed_on", "year", "country", "therapy_areas", "organisation",
			} {
				assert.True(t, found[id], "no column for %s", id)
			}
			r := read(t, table)
			require.Len(t, r.Examples, 20)
			assert.GreaterOrEqual(t, 10*r.Understood, 9*r.Answers, "%d of %d answers", r.Understood, r.Answers)
			coded := 0
			for _, e := range r.Examples {
				if len(e.Challenges) > 0 && e.Challenges[0].Code != "" && len(e.Objectives) > 0 && e.Objectives[0].Code != "" {
					coded++
				}
			}
			assert.GreaterOrEqual(t, coded, 19, "examples with codes")
			var b bytes.Buffer
			require.NoError(t, intake.WriteFindings(&b, r.Findings))
			modeltest.Golden(t, strings.TrimSuffix(name, ".csv")+".check.csv", b.Bytes())
		})
	}
}

// A column with the whole story is an account, from which the rest is read: no
// other question of the example needs a column, and who may use it still does.
func TestRead_account(t *testing.T) {
	rows := [][]string{
		{"What is your organisation called?", "Tell us what happened", "How confidential is it?", "What may it be used for?"},
		{"Quuxmead Trust", "Few people came. We held three meetings.\nMore came.", "What we did, but not who we are", "As a source of guidance"},
		{"Zorblatt Ward", "Our letters were hard to read. We rewrote them with patients.", "", ""},
	}
	table, err := intake.NewTable(rows)
	require.NoError(t, err)
	r := read(t, table)
	require.Len(t, r.Examples, 2)
	for i, e := range r.Examples {
		assert.Equal(t, rows[i+1][1], string(e.Account))
		assert.True(t, e.Title.Empty(), "the account has a title")
	}
	assert.NotEqual(t, r.Examples[0].ID, r.Examples[1].ID)
	for _, f := range r.Findings {
		assert.NotContains(t, f.Question, "challenge", "an account tells of it")
		assert.NotContains(t, f.Was, "came")
	}
}

// Sorting a sheet, as Excel does, changes neither examples nor references.
func TestRead_sorted(t *testing.T) {
	table := load(t, "google-forms.csv")
	want := encode(t, read(t, table).Examples)
	random := rand.New(rand.NewPCG(1, 2))
	orders := 5
	if testing.Short() {
		orders = 2
	}
	for range orders {
		rows := table.Rows[1:]
		random.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		require.Equal(t, want, encode(t, read(t, table).Examples))
	}
}

// A story that is mended later is the same example, in whatever way Excel writes
// the moment at which it came; two stories of one sender are two.
func TestRead_mended(t *testing.T) {
	head := []string{"Timestamp", "Email Address", "What is your organisation called?", "Tell us what happened"}
	story := "Few people came. We held three meetings."
	ids := func(rows ...[]string) (out []string) {
		t.Helper()
		table, err := intake.NewTable(append([][]string{head}, rows...))
		require.NoError(t, err)
		for _, e := range read(t, table).Examples {
			out = append(out, e.ID)
		}
		return out
	}
	a := ids([]string{"2026/10/01 9:00:11 am GMT+1", "a@b.example", "Quuxmead Trust", story}, []string{"2026/10/02 9:00:11 am GMT+1", "c@d.example", "Zorblatt Ward", story})
	b := ids([]string{"02/10/2026 09:00", "c@d.example", "Zorblatt Ward", story}, []string{"10/1/2026 9:00:11", "a@b.example", "Quuxmead Trust", story + " More came."})
	require.Equal(t, []string{a[1], a[0]}, b)
	require.NotEqual(t, a[0], a[1])
	twice := ids([]string{"2026/10/01 9:00:11", "", "Quuxmead Trust", story}, []string{"2026/10/01 9:30:11", "", "Quuxmead Trust", "Another one."})
	again := ids([]string{"2026/10/01 9:30:11", "", "Quuxmead Trust", "Another one."}, []string{"2026/10/01 9:00:11", "", "Quuxmead Trust", story})
	require.Equal(t, []string{twice[1], twice[0]}, again)
	require.NotEqual(t, twice[0], twice[1])
}

func encode(t *testing.T, examples []model.Example) []string {
	t.Helper()
	var out []string
	for _, e := range examples {
		raw, err := model.EncodeJSON(e)
		require.NoError(t, err)
		out = append(out, string(raw))
	}
	slices.Sort(out)
	return out
}

const minimum = "What is the example called?,How may this example be told?,What may it be used for?,Who may read what comes of it?,Do you agree to this use?"

func sheet(t *testing.T, extra, cells string) intake.Result {
	t.Helper()
	table, err := intake.ReadCSV(strings.NewReader(minimum + "," + extra + "\nA title,\"What we did, but not who we are\",As a source of guidance,Everyone,Yes," + cells + "\n"))
	require.NoError(t, err)
	return read(t, table)
}

// What narrows an agreement and is not understood withholds the example.
func TestRead_closes(t *testing.T) {
	for _, row := range []struct{ name, question, cell string }{
		{"a day that is none", "Until when may it be used?", "when the trial ends"},
		{"a day of a mixed column is ambiguous alone", "Until when may it be used?", "31/31/2026"},
		{"a number that is none", "With how many others at least?", "quite a few"},
		{"approval in doubt", "Do you want to approve the exact text?", "yes if it is long"},
		{"an override that is none", "Which parts are more confidential?", "the money bit"},
	} {
		t.Run(row.name, func(t *testing.T) {
			r := sheet(t, row.question, row.cell)
			require.Len(t, r.Examples, 1)
			require.Equal(t, model.Withheld, r.Examples[0].Agreements[0].Level)
			require.True(t, r.Unusable())
		})
	}
	r := sheet(t, "Until when may it be used?", "5 October 2031")
	require.Equal(t, model.Anonymous, r.Examples[0].Agreements[0].Level)
	require.False(t, r.Unusable())
}

// A consent with a condition is no yes.
func TestRead_consent(t *testing.T) {
	for cell, given := range map[string]bool{
		"Yes": true, "yes, I agree": true, "I consent": true, "x": true, "☑": true,
		"No": false, "yes but not our name": true, "Ja, wenn der Vorstand zustimmt": false, "Oui, mais demandez": false, "yes as long as nobody can tell": false,
		"Yes, in May": false, "Yes?": false, "Yes 👎": false, "Yes 👍": true, "No!": false, "No problem": false, "1": false, "yes, but": false, "ask me first": false, "I guess so": false,
		"Happy to share but not our name": true, "Ja, aber ohne unseren Namen": true, "Nein!": false, "not sure": false, "Yes for now": false, "Yes, unless it is printed": false, "maybe": false, "": false, "I do not agree": false,
	} {
		table, err := intake.ReadCSV(strings.NewReader(minimum + "\nA title,\"What we did, but not who we are\",As a source of guidance,Everyone,\"" + cell + "\"\n"))
		require.NoError(t, err)
		r := read(t, table)
		require.Len(t, r.Examples, 1)
		a := r.Examples[0].Agreements[0]
		require.Equal(t, given, a.Level > model.Withheld && a.Consent.Status == "given", cell)
	}
}

// Who sends an example again with a no means the first one too, in either order.
func TestRead_refusedOnce(t *testing.T) {
	head := append(strings.Split(minimum, ","), "What is your organisation called?")
	yes := []string{"Tea", "Anonymous", "As a source of guidance", "Everyone", "Yes", "Quuxmead Trust"}
	no := []string{"Tea", "", "", "", "No!", "Quuxmead Trust"}
	other := []string{"Tea", "Anonymous", "As a source of guidance", "Everyone", "Yes", "Zorblatt Ward"}
	for _, rows := range [][][]string{{yes, no, other}, {no, other, yes}} {
		table, err := intake.NewTable(append([][]string{head}, rows...))
		require.NoError(t, err)
		r := read(t, table)
		require.Len(t, r.Examples, 3)
		for i, row := range rows {
			require.Equal(t, &row[0] == &other[0], r.Examples[i].Agreements[0].Level != model.Withheld, "row %d", i)
		}
		require.True(t, slices.ContainsFunc(r.Findings, func(f intake.Finding) bool { return f.Unusable && strings.Contains(f.Fault, "which says no") }))
	}
}

// ofRows are the findings that are not about the sheet.
func ofRows(r intake.Result) []intake.Finding {
	return slices.DeleteFunc(slices.Clone(r.Findings), func(f intake.Finding) bool { return f.Row == 0 })
}

// People say what may be done in their own ways; what is short of a clear answer
// stays one.
func TestRead_ways(t *testing.T) {
	for _, row := range []struct {
		how, uses, who, consent string
		level                   model.Level
		used                    []string
	}{
		{"Not our name", "as guidance", "Everybody", "ok", model.Anonymous, []string{"guidance"}},
		{"without names please", "Counted", "anyone", "Consent given", model.Anonymous, []string{"aggregate"}},
		{"Please don't name us", "counting; guidance", "all", "Yes please", model.Anonymous, []string{"aggregate", "guidance"}},
		{"Counted only", "Counted", "everyone", "fine with us", model.Aggregate, []string{"aggregate"}},
		{"Anonymous", "guidance", "public", "I withdraw my agreement", model.Withheld, nil},
		{"Anonymous", "guidance", "public", "ok for now", model.Withheld, nil},
		{"name us if you must", "guidance", "public", "yes", model.Withheld, nil},
	} {
		t.Run(row.how+"/"+row.consent, func(t *testing.T) {
			table, err := intake.NewTable([][]string{strings.Split(minimum, ","), {"A title", row.how, row.uses, row.who, row.consent}})
			require.NoError(t, err)
			r := read(t, table)
			require.Len(t, r.Examples, 1)
			a := r.Examples[0].Agreements[0]
			if row.level == model.Withheld {
				require.True(t, a.Level == model.Withheld || a.Consent.Status != "given")
				return
			}
			require.Equal(t, row.level, a.Level)
			require.Equal(t, "given", a.Consent.Status)
			for _, u := range row.used {
				require.True(t, a.Uses[model.Use(u)], u)
			}
			require.Equal(t, model.Everyone, a.Audience)
			require.Empty(t, ofRows(r))
		})
	}
}

// Who says what must not be is offered nothing that opens it, and an answer that
// is missing is told where it withholds the example.
func TestRead_offers(t *testing.T) {
	table, err := intake.NewTable([][]string{
		strings.Split(minimum, ","),
		{"A title", "never put our name to it", "As a source of guidance", "Everyone", "Yes"},
		{"Another", "Anonymous", "As a source of guidance", "Everyone", ""},
		{"A third", "", "", "", "No"},
	})
	require.NoError(t, err)
	r := read(t, table)
	found := ofRows(r)
	require.Len(t, found, 2)
	require.NotContains(t, strings.Join(found[0].Nearest, " "), "With our name")
	require.NotEmpty(t, found[0].Nearest)
	require.Equal(t, 3, found[1].Row)
	require.True(t, found[1].Unusable)
	require.Contains(t, found[1].Fault, "has no answer")
}

func TestRead_facts(t *testing.T) {
	for _, row := range []struct{ question, cell, want string }{
		{"In which country?", "England", "GB-ENG"},
		{"In which country?", "gb", "GB"},
		{"In which country?", "United Kingdom", "GB"},
		{"In which country?", "Deutschland", "DE"},
		{"In which country?", "Wales, UK", "GB-WLS"},
		{"In which country?", "Narnia", ""},
		{"In which year did it end?", "2022-23", "2023"},
		{"In which year did it end?", "2019/2020", "2020"},
		{"In which year did it end?", "Spring 2024", "2024"},
		{"In which year did it end?", "05/10/2026", "2026"},
		{"In which year did it end?", "last year", "0"},
		{"Of what age?", "18 to 24", "18-24"},
		{"Of what age?", "65 and over", "65+"},
		{"Of what age?", "old", ""},
	} {
		t.Run(row.cell, func(t *testing.T) {
			r := sheet(t, row.question, `"`+row.cell+`"`)
			require.Len(t, r.Examples, 1)
			c := r.Examples[0].Context
			got := map[string]string{"In which country?": c.Jurisdiction, "In which year did it end?": itoa(c.Year), "Of what age?": c.AgeBand}
			require.Equal(t, row.want, got[row.question])
		})
	}
}

func itoa(n int) string {
	if n == 0 {
		return "0"
	}
	out := ""
	for ; n > 0; n /= 10 {
		out = string(rune('0'+n%10)) + out
	}
	return out
}

// A column that nothing is known of is named and kept aside, and stops nothing;
// respondents' names are kept out of every text.
func TestRead_asideAndPeople(t *testing.T) {
	r := sheet(t, "Shoe size,Name,Email", "43,Tamsin Orvell,t.orvell@made-up.example")
	require.Len(t, r.Examples, 1)
	require.True(t, slices.ContainsFunc(r.Findings, func(f intake.Finding) bool { return f.Header == "Shoe size" && f.Column == "F" }))
	raw, err := model.EncodeJSON(r.Examples[0])
	require.NoError(t, err)
	require.NotContains(t, string(raw), "43")
	var names []string
	for _, id := range r.Examples[0].Parties[0].Identities {
		names = append(names, id.Type+" "+string(id.Name))
	}
	require.Contains(t, names, "person Tamsin Orvell")
}

// The mapping goes out, is corrected by a person and comes back.
func TestMapping_correct(t *testing.T) {
	table, err := intake.ReadCSV(strings.NewReader("Wibble,Wobble\nA title,y\n"))
	require.NoError(t, err)
	m, err := intake.Propose(table)
	require.NoError(t, err)
	var b bytes.Buffer
	require.NoError(t, m.Write(&b))
	corrected, err := m.Correct(strings.NewReader(strings.Replace(b.String(), "A,Wibble,aside", "A,Wibble,title", 1)))
	require.NoError(t, err)
	require.Equal(t, "title", corrected.Columns[0].Question)
	_, err = m.Correct(strings.NewReader("A,Wibble,nonsense\n"))
	require.ErrorContains(t, err, "row 1")
	require.NotContains(t, err.Error(), "nonsense")
	_, err = m.Correct(strings.NewReader("A,Wibble,title\nB,Wobble,title\n"))
	require.Error(t, err)
}

func TestReadCSV_hostile(t *testing.T) {
	for name, raw := range map[string]string{
		"empty":                 "",
		"NUL":                   "a,b\n\x00,c\n",
		"workbook":              "PK\x03\x04xxxx",
		"a million columns":     strings.Repeat("a,", 1_000_000),
		"a cell of two MB":      "title\n\"" + strings.Repeat("x", 2<<20) + "\"\n",
		"quotes that never end": "title\n\"" + strings.Repeat("y", 3<<20),
	} {
		t.Run(name, func(t *testing.T) {
			table, err := intake.ReadCSV(strings.NewReader(raw))
			if err == nil {
				_, err = intake.Propose(table)
			}
			require.Error(t, err)
			require.NotContains(t, err.Error(), "xxx")
			require.NotContains(t, err.Error(), "yyy")
		})
	}
}

func TestReadCSV_encodings(t *testing.T) {
	for name, raw := range map[string]string{
		"UTF-8 with mark": "\ufefftitle,x\nCafé,1\n",
		"Windows-1252":    "title,x\nCaf\xe9,1\n",
		"UTF-16":          "\xff\xfet\x00i\x00t\x00l\x00e\x00,\x00x\x00\n\x00C\x00a\x00f\x00\xe9\x00,\x001\x00\n\x00",
		"sep line":        "sep=;\r\ntitle;x\r\nCafé;1\r\n",
		"stray quote":     "title,x\nCafé,5\" pipe\n",
	} {
		t.Run(name, func(t *testing.T) {
			table, err := intake.ReadCSV(strings.NewReader(raw))
			require.NoError(t, err)
			require.Equal(t, "title", table.Rows[0].Cells[0])
			require.Equal(t, "Café", table.Rows[1].Cells[0])
		})
	}
}

// Rows are numbered as in the spreadsheet, empty ones and cells of many lines
// counted as one each.
func TestReadCSV_rowNumbers(t *testing.T) {
	table, err := intake.ReadCSV(strings.NewReader("title\n\n\"a\nb\"\n\nc\n"))
	require.NoError(t, err)
	var got []int
	for _, row := range table.Rows {
		got = append(got, row.Number)
	}
	require.Equal(t, []int{1, 3, 5}, got)
}

// Whatever the bytes: no panic, no example that opens more than its row says,
// and no answer in an error.
func FuzzRead(f *testing.F) {
	for _, name := range []string{"google-forms.csv", "surveymonkey.csv", "qualtrics.csv"} {
		raw, err := os.ReadFile(filepath.Join("testdata", "exports", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(raw[:min(len(raw), 6000)]))
	}
	f.Add(minimum + "\nA,B,C,D,E\n")
	f.Fuzz(func(t *testing.T, raw string) {
		table, err := intake.ReadCSV(strings.NewReader(raw))
		if err != nil {
			return
		}
		m, err := intake.Propose(table)
		if err != nil {
			return
		}
		r, err := intake.Read(table, m, nil)
		if err != nil {
			return
		}
		ids := map[string]bool{}
		for _, e := range r.Examples {
			if ids[e.ID] {
				t.Fatal("two examples have one reference")
			}
			ids[e.ID] = true
			opens := slices.ContainsFunc([]string{ // in any language
				"we are", "anon", "anón", "attributed", "name", "public", "identif", "naming", "mention", "credit", "who", "tell", "enw", "nenn", "wir sind", "nom", "quiénes", "qui nous", "chi siamo",
				"naam", "wie we", "nazw", "kim jeste", "namn", "vilka vi", "pwy ydym", "pubblic", "openbar", "offentlig", "öffentlich", "gyhoeddus", "público",
			}, func(w string) bool { return strings.Contains(strings.ToLower(raw), w) })
			if !opens {
				for _, a := range e.Agreements {
					if a.Level > model.Aggregate {
						t.Fatal("opens more than any word of the sheet says")
					}
				}
			}
		}
	})
}

// The kind of an organisation is understood as people say it: what leaves open which
// of several it is stands for the broader kind, and an answer that is no kind for none.
func TestKindsOfOrganisations(t *testing.T) {
	t.Parallel()
	for written, want := range map[string]model.Code{
		"NHS": "ot:health-service-body", "the NHS": "ot:health-service-body", "nhs trust": "ot:nhs-acute-trust", "Charity": "ot:charity", "charity (national)": "ot:charity",
		"uni": "ot:university-or-research-institute", "Uni.": "ot:university-or-research-institute", "pharma co": "ot:pharmaceutical-company", "Pharma": "ot:pharmaceutical-company",
		"self": "ot:other", "Private individual": "ot:other", "Freelance": "ot:other", "Third sector": "ot:voluntary-sector-body", "Industry": "ot:industry-body",
		"NHS is slow": "", "we are not a charity": "",
	} {
		table, err := intake.ReadCSV(strings.NewReader("What is the example called?,What is your organisation called?,What type of organisation is it?,Do you agree to this use?\nThe bus,Orla Thornwick,\"" + written + "\",Yes\n"))
		require.NoError(t, err)
		m, err := intake.Propose(table)
		require.NoError(t, err)
		got, err := intake.Read(table, m, nil)
		require.NoError(t, err)
		require.Len(t, got.Examples, 1, written)
		require.Equal(t, want, got.Examples[0].Parties[0].Type, written)
		require.Equal(t, want == "", slices.ContainsFunc(got.Findings, func(f intake.Finding) bool { return f.Fault == "is none of the options" }), written)
	}
}
