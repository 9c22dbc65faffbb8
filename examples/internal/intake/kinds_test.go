// SPDX-License-Identifier: Apache-2.0

package intake

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// A kind of organisation is found by the words that its name ends with, in whatever
// field; of several kinds in one answer the broader one is taken, and none where they
// have nothing in common.
func TestKindOf(t *testing.T) {
	for written, want := range map[string]string{
		"Small rural charity":                   "ot:charity",
		"County library":                        "ot:other",
		"Village primary school":                "ot:other",
		"Other: fire and rescue service":        "ot:other",
		"Town or parish council":                "ot:local-authority",
		"NHS trust / community trust":           "ot:health-care-provider",
		"Charity or community interest company": "ot:voluntary-sector-body",
		"Mid-size biotech":                      "ot:pharmaceutical-company",
		"Residents' association (elected)":      "ot:community-group",
		"Housing associations":                  "ot:other",
		"Digital start-up":                      "ot:technology-company",
		"Charity and university":                "",
		"Not a charity":                         "",
		"Formerly a charity":                    "",
		"Hospital discharge team":               "ot:nhs-acute-trust",
		"Charity hospital desk team":            "",
		"Quux":                                  "",
		"":                                      "",
		"We were asked by a charity to help them with something that is long": "",
	} {
		require.Equal(t, want, kindOf(written), written)
	}
}

// Those who work for a kind of organisation are named by it.
func TestStaffOf(t *testing.T) {
	for piece, want := range map[string]string{
		"biotech colleagues": "st:industry-people", "university staff": "st:researcher", "charity reps": "st:patient-organisation-staff",
		"hospital team": "st:health-care-staff", "school staff": "", "quux": "", "staff": "",
	} {
		require.Equal(t, want, staffOf(piece), piece)
	}
}

// Words of the same stem name the same concept; alternatives must agree.
func TestTerm(t *testing.T) {
	for _, row := range []struct{ scheme, written, want string }{
		{"lv", "Consultation", "lv:consult"},
		{"lv", "Consulted", "lv:consult"},
		{"lv", "Being informed", ""},
		{"lv", "Informed", "lv:inform"},
		{"sc", "County-wide", "sc:regional"},
		{"sc", "Local / borough", "sc:city-town"},
		{"sc", "Local / national", ""},
		{"lc", "Recruiting", "lc:trial-conduct"},
		{"ta", "Nephrology", "ta:renal-urology"},
		{"ta", "Quux", ""},
	} {
		require.Equal(t, row.want, term(row.scheme, row.written), row.written)
	}
}

// Readers that stand beside each other are all of them; what limits is not passed over.
func TestWayOf_audience(t *testing.T) {
	for cell, want := range map[string]string{
		"Members and partners":                     "partners",
		"Members and their friends":                "members",
		"Staff and the general public":             "public",
		"Public and patient involvement leads":     "",
		"Everyone but not members":                 "",
		"Quux members and the public":              "public",
		"The regional steering group":              "working-group",
		"Trustees":                                 "working-group",
		"Quux community":                           "",
		"Federation only":                          "members",
		"Open":                                     "public",
		"Public partners":                          "partners",
		"Members, partners and everyone, maybe?":   "",
		"Members and everyone except competitors":  "",
		"Not the public and not the members":       "",
		"The public and professional associations": "",
	} {
		w, ok := wayOf("audience", cell)
		require.Equal(t, want != "", ok, cell)
		if ok {
			require.Equal(t, want, w.audience, cell)
		}
	}
}

// A heading is known by what it says, whoever is asked and whatever is collected.
func TestPropose_headings(t *testing.T) {
	for header, want := range map[string]string{
		"Name of your parish": "organisation", "Which club do you represent?": "organisation",
		"Sort of library": "organisation_type", "Type of workplace": "organisation_type",
		"Give your pilot a title": "title", "A headline for the scheme": "title",
		"May we reprint it if we publish this pilot?": "consent",
		"Advice to newcomers":                         "lessons", "What would you tell other libraries? Your top tip": "lessons",
		"When was the pilot completed?": "year",
	} {
		cells := [][]string{{"What did you do, step by step?", header}}
		for range 4 {
			cells = append(cells, []string{"We met.", map[string]string{"consent": "Yes", "year": "2024"}[want] + map[bool]string{true: "Quux"}[want != "consent" && want != "year"]})
		}
		table, err := NewTable(cells)
		require.NoError(t, err)
		m, err := Propose(table)
		require.NoError(t, err)
		require.Equal(t, want, m.Columns[1].Question, header)
	}
}

// What begins a heading in many forms counts only where the answers bear it out.
func TestPropose_borneOut(t *testing.T) {
	for _, row := range []struct {
		answer, want string
	}{{"University", "organisation_type"}, {"Wibbling the quux", Aside}} {
		table, err := NewTable([][]string{{"What did you do, step by step?", "Which of these are you?"}, {"We met.", row.answer}, {"We met.", row.answer}, {"We met.", row.answer}})
		require.NoError(t, err)
		m, err := Propose(table)
		require.NoError(t, err)
		require.Equal(t, row.want, m.Columns[1].Question)
	}
}

// A column of references is known by its heading and by answers that are short: a source,
// or what somebody writes of one, is none.
func TestPropose_reference(t *testing.T) {
	for _, header := range []string{"Reference", "Reference no.", "Case ID", "Example no."} {
		rows := [][]string{{"What did you do, step by step?", header}}
		for _, id := range []string{"A-1", "A-2", "case 7 of 2025", "", "12"} {
			rows = append(rows, []string{"We met.", id})
		}
		require.Equal(t, "id", proposed(t, rows)[header], header)
	}
	prose := [][]string{{"What did you do, step by step?", "Reference"}, {"We met.", "Published in the journal of quuxes, volume 12, 2024"}, {"We met.", "We read about it in the wibble report of last year"}}
	require.Equal(t, Aside, proposed(t, prose)["Reference"])
}

// proposed tells which question each heading is taken for.
func proposed(t *testing.T, rows [][]string) map[string]string {
	t.Helper()
	table, err := NewTable(rows)
	require.NoError(t, err)
	m, err := Propose(table)
	require.NoError(t, err)
	got := map[string]string{}
	for _, c := range m.Columns {
		got[c.Header] = c.Question
	}
	return got
}

// Columns of prose whose headings say nothing are known by where they stand, and by
// what their sentences are; one that answers none of the five stays aside.
func TestPropose_order(t *testing.T) {
	rows := [][]string{{"What was difficult?", "Wibble", "Quux", "Zorblatt", "Blurb", "Plonk"}}
	for i, what := range []string{"letters", "meetings", "forms", "visits"} {
		rows = append(rows, []string{
			"Nobody answered our " + what + ".", "More people who come to " + what, "We rang forty people and held two " + what + " in the evening", "Attendance at " + what + " rose from 12 to 40",
			"Ask people before you plan " + what, []string{"", "", "", "the old mill"}[i],
		})
	}
	got := proposed(t, rows)
	require.Equal(t, map[string]string{"What was difficult?": "challenges", "Wibble": "objectives", "Quux": "steps", "Zorblatt": "outcomes", "Blurb": "lessons", "Plonk": Aside}, got)
}

// Names of organisations are known without a word in the heading, so that they are kept
// out of texts, and titles beside them; kinds of organisations repeat, and are none.
func TestPropose_names(t *testing.T) {
	rows := [][]string{{"Wibble", "Plonk", "Quux", "What was difficult?"}}
	for i, name := range []string{"Marl Library", "Fells University", "Stour Hospice", "Pell Parish Council", "The Boat People", "Kestrel Pharma"} {
		rows = append(rows, []string{name, []string{"Library", "University", "Hospice", "Parish council", "Charity", "Pharma company"}[i%3], "Number " + []string{"one", "two", "three", "four", "five", "six"}[i], "Nobody came to the hall."})
	}
	got := proposed(t, rows)
	require.Equal(t, map[string]string{"Wibble": "organisation", "Plonk": "organisation_type", "Quux": "title", "What was difficult?": "challenges"}, got)
}

// What tells the whole story is what was done, where others hold the rest.
func TestPropose_notWhole(t *testing.T) {
	for _, heads := range []struct {
		rest []string
		want string
	}{{[]string{"Challenge", "Aim", "Impact"}, "steps"}, {[]string{"Challenge"}, Account}} {
		table, err := NewTable([][]string{append([]string{"Description"}, heads.rest...), append([]string{"We met twice a year in the hall."}, heads.rest...), append([]string{"We rang."}, heads.rest...)})
		require.NoError(t, err)
		m, err := Propose(table)
		require.NoError(t, err)
		require.Equal(t, heads.want, m.Columns[0].Question)
	}
}

// A yes is no answer to what needs more, whatever the heading holds.
func TestPropose_yesIsNoStory(t *testing.T) {
	table, err := NewTable([][]string{{"What did you do, step by step?", "May we put your learning in our area?"}, {"We met.", "Yes"}, {"We met.", "Yes"}, {"We met.", "No"}})
	require.NoError(t, err)
	m, err := Propose(table)
	require.NoError(t, err)
	require.NotContains(t, []string{"lessons", "region"}, m.Columns[1].Question)
}

// What stands between brackets explains a group, and is none beside it.
func TestApart(t *testing.T) {
	require.Equal(t, []string{"Therapists (speech, hearing)", " nurses"}, apart("Therapists (speech, hearing), nurses", ","))
	require.Equal(t, []string{"Therapists (speech, hearing", "nurses"}, apart("Therapists (speech, hearing\nnurses", ",\n"))
	require.Equal(t, []string{"a)", "b"}, apart("a),b", ","))
	q, _ := question("stakeholders")
	cell, findings := (&run{}).groups(q, "Nurses (ward, clinic), doctors")
	require.Empty(t, findings)
	require.Len(t, lines(cell), 2)
}

// In a column of nations of the United Kingdom NI is one of them, and of its own a country.
func TestRead_nations(t *testing.T) {
	for _, row := range []struct {
		cells []string
		want  string
	}{{[]string{"England", "NI"}, "GB-NIR"}, {[]string{"Peru", "NI"}, "NI"}} {
		rows := [][]string{{"What is the example called?", "In which country?"}}
		for _, cell := range row.cells {
			rows = append(rows, []string{"About " + cell, cell})
		}
		table, err := NewTable(rows)
		require.NoError(t, err)
		m, err := Propose(table)
		require.NoError(t, err)
		r, err := Read(table, m, []byte("key"))
		require.NoError(t, err)
		require.Equal(t, row.want, r.Examples[1].Context.Jurisdiction)
	}
	for cell, want := range map[string]string{"2023/4": "2024", "2019-20": "2020", "2023": "2023", "2024 - 2": "2024"} {
		got, ok := year(cell)
		require.True(t, ok, cell)
		require.Equal(t, want, got, cell)
	}
}

// Every table names concepts that there are, and classes that there are.
func TestTables(t *testing.T) {
	for _, table := range []string{kindsTSV, groupsTSV, termsTSV} {
		for line := range strings.Lines(table) {
			if id, _, ok := strings.Cut(line, "\t"); ok && !strings.HasPrefix(line, "#") {
				_, known := vocabulary.Default().Concept(id)
				require.True(t, known, id)
			}
		}
	}
	for line := range strings.Lines(headsTSV) {
		if cells := strings.Split(strings.TrimSpace(line), "\t"); !strings.HasPrefix(line, "#") {
			require.Len(t, cells, 3, line)
			_, known := question(cells[0])
			require.True(t, known || cells[0] == noQuestion, line)
			require.Contains(t, FormLocales(), map[string]string{"en": "en-GB"}[cells[1]]+strings.TrimPrefix(cells[1], "en"), line)
		}
	}
	for _, p := range phrases() {
		_, known := question(p.question)
		require.True(t, known || slices.Contains([]string{permission, leave, Person, ofOthers, ofElse, toBeNamed, toBeNone}, p.question), p.question)
		for _, part := range p.parts {
			require.NotEmpty(t, part, "a phrase of %s", p.question)
			for _, token := range part {
				if class, ok := strings.CutPrefix(token, "@"); ok {
					require.NotEmpty(t, headerWords().classes[class], token)
				}
			}
		}
	}
}

// No word that says nothing denies in another language: Swedish "sin", which is "its own",
// is Spanish for "without".
func TestFillers_denyNothing(t *testing.T) {
	for question, of := range ways() {
		if !strings.HasPrefix(question, "filler") {
			continue
		}
		for phrase := range of {
			require.False(t, !strings.Contains(phrase, " ") && negates(phrase), "%s of %s", phrase, question)
		}
	}
}

// A column whose heading names a kind of body, and whose answers are names, holds the
// organisations; kinds that are chosen from a list are none.
func TestPropose_bodies(t *testing.T) {
	rows := [][]string{{"Your school or college", "Which best describes the submitting entity?", "What was difficult?"}}
	for i, name := range []string{"Oakmere", "Stanton High", "Ysgol Glan", "Beacon Hill", "Holy Rood", "The Hive"} {
		rows = append(rows, []string{name, []string{"Pharmaceutical company", "CRO"}[i%2], "Nobody came to the hall."})
	}
	got := proposed(t, rows)
	require.Equal(t, "organisation", got["Your school or college"])
	require.Equal(t, "organisation_type", got["Which best describes the submitting entity?"])
}

// One column of prose between two that are known has the question between theirs; of two
// neither is known by its place.
func TestPropose_place(t *testing.T) {
	rows := [][]string{{"Project title", "Wibble", "What did you want to reach?", "What did you do, step by step?"}}
	for _, what := range []string{"Blue", "Green", "Grey", "Red"} {
		rows = append(rows, []string{what + " door", "The " + what + " paint again", "Fewer " + what + " doors.", "We rang forty people."})
	}
	require.Equal(t, "challenges", proposed(t, rows)["Wibble"])
	for i := range rows {
		rows[i] = []string{rows[i][0], rows[i][1], []string{"Quux", "Some more of " + rows[i][0]}[min(i, 1)], rows[i][2], rows[i][3]}
	}
	table, err := NewTable(rows)
	require.NoError(t, err)
	m, err := Propose(table)
	require.NoError(t, err)
	for i := range m.Columns {
		m.Columns[i].Question, m.Columns[i].Why = map[string]string{"Project title": "title", "What did you want to reach?": "objectives"}[m.Columns[i].Header], ""
		if m.Columns[i].Question == "" {
			m.Columns[i].Question = Aside
		}
	}
	_, answers, err := layout(table)
	require.NoError(t, err)
	m.byPlace(answers, map[string]bool{"title": true, "objectives": true, "steps": true, "outcomes": true, "lessons": true})
	require.Equal(t, Aside, m.Columns[1].Question)
	require.Equal(t, Aside, m.Columns[2].Question)
}

// A tool's column holds what the tool writes; another of its name is an answer.
func TestToolWrote(t *testing.T) {
	rows := func(header, cell string) [][]string {
		return [][]string{{"What did you do, step by step?", header}, {"We met.", cell}, {"We met.", cell}, {"We met.", cell}}
	}
	require.Equal(t, "year", proposed(t, rows("end_date", "2024-03-31"))["end_date"])
	require.Equal(t, Aside, proposed(t, append([][]string{{"What did you do, step by step?", "End Date", "Start Date"}}, rows("", "03/31/2024 10:12:00 AM")[1:]...))["End Date"])
	require.Equal(t, "year", proposed(t, rows("Finished?", "2023"))["Finished?"])
	require.Equal(t, Aside, proposed(t, rows("Finished", "True"))["Finished"])
}

// Headings of which no word is known are known by what stands below them: years, names
// beside kinds of organisations; kinds in any language are no names.
func TestPropose_unknownHeadings(t *testing.T) {
	rows := [][]string{{"Wibble", "Quux", "Plonk", "What was difficult?"}}
	for i, name := range []string{"Amici Valdora", "San Biagio", "Il Ponte", "La Quercia", "Croce Gialla", "Orsini"} {
		rows = append(rows, []string{name, []string{"Ospedale", "Associazione di pazienti", "Università"}[i%3], []string{"2024", "marzo 2025", "2023/24", "in corso"}[i%4], "Nobody came to the hall."})
	}
	got := proposed(t, rows)
	require.Equal(t, map[string]string{"Wibble": "organisation", "Quux": "organisation_type", "Plonk": "year", "What was difficult?": "challenges"}, got)
}

// Shortened words are those that they begin, where all that they may be name one concept.
// Initials and words of English are short for nothing.
func TestLengthened(t *testing.T) {
	for _, row := range []struct{ question, written, want string }{
		{"therapy_areas", "Onc", "ta:cancer"},
		{"therapy_areas", "Derm", "ta:dermatology"},
		{"therapy_areas", "Ophthal", "ta:ophthalmology"},
		{"lifecycle", "Ph III", "lc:trial-conduct"},
		{"lifecycle", "Pre-clin", "lc:early-discovery-preclinical"},
		{"lifecycle", "not Pre-clin", ""},
		{"scale", "Multinat", "sc:multinational"},
		{"therapy_areas", "Quux", ""},
		{"stakeholders", "PAGs", ""},
		{"stakeholders", "Pub", ""},
		{"scale", "", ""},
	} {
		q, ok := question(row.question)
		require.True(t, ok)
		got, _ := lengthened(q, row.written)
		require.Equal(t, row.want, got, row.written)
	}
}

// One known word of a list is not all that it says.
func TestTerm_ofAList(t *testing.T) {
	q, _ := question("therapy_areas")
	chosen, rest := options(q, "Quuxology, Rare/Orphan")
	require.Equal(t, []string{"ta:rare-disease"}, chosen)
	require.Equal(t, []string{"Quuxology"}, rest)
}

// Of an approval a yes only closes, whatever is said with it but conditions; a no is one in few words.
func TestResolve_approval(t *testing.T) {
	q, _ := question("approval")
	for written, want := range map[string]string{"Yes, send me a proof": "yes", "yes please, by post": "yes", "Ja, per Post": "yes", "yes if it is long": "", "Yes, not before the summer": "", "No need": "no", "nicht nötig": "no", "No need if nothing changes": "", "No need?": "", "if there's time": "", "yesterday": ""} {
		got, _ := resolve(q, written)
		require.Equal(t, want, got, written)
	}
}

// What is internal of one use that it names takes nothing from the others; a condition does.
func TestGranted_ofOneUse(t *testing.T) {
	for part, want := range map[string]bool{"Internal training / workshops": true, "Workshops (intern)": true, "internal only": false, "internal": false, "workshops, internal only": false, "internal workshops if approved": false, "not in internal workshops": false} {
		require.Equal(t, want, ofOneUse(part), part)
	}
}

// The number or letter that a list puts before an option says nothing; a letter alone before
// an answer on what may be done may be one.
func TestUnlettered(t *testing.T) {
	for _, row := range []struct{ question, written, want string }{
		{"confidentiality", "T2 – anonymised", "anonymous"},
		{"confidentiality", "3. anonymised", "anonymous"},
		{"participation", "B) Consulted", "lv:consult"},
		{"consent", "1. Yes", "yes"},
		{"consent", "N - happy to share", "no"},
		{"confidentiality", "T4 – quux", ""},
	} {
		q, _ := question(row.question)
		got, _ := resolve(q, row.written)
		require.Equal(t, row.want, got, row.written)
	}
}

// A denial is one in capitals and under whichever apostrophe the keyboard made.
func TestSaid_not(t *testing.T) {
	for _, s := range []string{"we don't agree", "it can't be used", "this isn't cleared", "we cannot", "never print it", "dont publish"} {
		require.Contains(t, said(s), "not", s)
		for _, mark := range []string{"’", "‘"} {
			other := strings.ReplaceAll(s, "'", mark)
			require.Equal(t, said(s), said(other), other)
			require.Equal(t, said(s), said(strings.ToUpper(other)), strings.ToUpper(other))
		}
	}
}
