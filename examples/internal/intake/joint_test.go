// SPDX-License-Identifier: Apache-2.0

package intake_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/examples/internal/intake"
	"github.com/sharedpractice/sharedpractice/model"
)

// taken is what each column of a sheet was taken for.
func taken(t *testing.T, table intake.Table) []string {
	t.Helper()
	m, err := intake.Propose(table)
	require.NoError(t, err)
	var out []string
	for i := range table.Rows[0].Cells {
		out = append(out, questionOf(m, i))
	}
	return out
}

// rowsOf are rows of which each column goes through its answers.
func rowsOf(n int, columns ...[]string) (rows [][]string) {
	for i := range n {
		var row []string
		for _, answers := range columns {
			row = append(row, answers[i%len(answers)])
		}
		rows = append(rows, row)
	}
	return rows
}

var (
	doneThen  = []string{"We asked twelve families and then wrote the letter anew with them.", "Two nurses rang everybody before the first evening, and a volunteer drove those who could not come.", "A panel of nine met each month and struck out what it did not understand.", "We moved the clinic to the market hall and asked people there what they wanted.", "Young people drew the rooms and the builders followed their drawing."}
	cameOfIt  = []string{"Fewer people missed their appointment.", "Complaints fell by half in a year.", "Forty families came to the second evening.", "Waiting times went down from nine weeks to five.", "People now ring before they come."}
	advisedIt = []string{"Start earlier than you think.", "Pay people on the day.", "Ask the cleaners too.", "Do not begin with a form.", "Let them choose the chair."}
	named     = []string{"Quuxmead Trust", "Zorblatt Ltd", "Wexmoor Friends", "Ostvik Region", "Tidewater Carers"}
)

// Boxes below one heading are questions of their own; options below one are not, nor is what
// stands below a heading that limits.
func TestPropose_boxes(t *testing.T) {
	head := []string{"Your details", "", "", "What did you do?", "Who took part?", "", ""}
	below := []string{"Company", "Country", "Email Address", "Open-Ended Response", "Patients", "Carers", "Nurses"}
	rows := rowsOf(5, named, []string{"Ireland", "Spain", "Wales"}, []string{"a@zorblatt.eu", "b@zorblatt.eu"}, doneThen, []string{"Patients", ""}, []string{"Carers"}, []string{"", "Nurses"})
	got := taken(t, sheetOf(head, append([][]string{below}, rows...)...))
	require.Equal(t, []string{"organisation", "country", "contact", "steps", "stakeholders", "stakeholders", "stakeholders"}, got)

	head[0] = "Names to be removed before anybody reads it"
	m, err := intake.Propose(sheetOf(head, append([][]string{below}, rows...)...))
	require.NoError(t, err)
	require.NotEqual(t, "organisation", questionOf(m, 0), "what is to be left out is not who answers")
}

// A heading that asks two questions of the story goes to the account where nobody else answers
// them, and to the one that is missing where somebody does.
func TestPropose_merged(t *testing.T) {
	for _, heading := range []string{"What did you do and what came of it?", "Steps and results", "Cosa avete fatto e che risultati avete avuto?"} {
		both := make([]string, len(doneThen))
		for i := range both {
			both[i] = doneThen[i] + " " + cameOfIt[i]
		}
		head := []string{"What is your organisation called?", "What is the example called?", heading}
		require.Equal(t, intake.Account, taken(t, sheetOf(head, rowsOf(5, named, []string{"Tea", "Cake", "Letters", "Chairs", "Maps"}, both)...))[2], heading)
		head = append(head, "What came of it?")
		require.Equal(t, "steps", taken(t, sheetOf(head, rowsOf(5, named, []string{"Tea", "Cake", "Letters", "Chairs", "Maps"}, both, cameOfIt)...))[2], heading)
	}
	head := []string{"What is the example called?", "What did you do, and who did what?", "Aims and objectives"}
	require.Equal(t, "steps", taken(t, sheetOf(head, rowsOf(5, named, doneThen, advisedIt)...))[1], "one question in two clauses")
}

// Who took part is asked in words of what was done, and answered from a list.
func TestPropose_groupsChosen(t *testing.T) {
	groups := []string{"Patients;Carers;", "Nurses;Patients;", "Carers;Doctors;", "Patients;Doctors;Carers;", "Nurses;Carers;"}
	head := []string{"What is your organisation called?", "Those associated with the approach", "What did you do?", "What changed?"}
	require.Equal(t, "stakeholders", taken(t, sheetOf(head, rowsOf(10, named, groups, doneThen, cameOfIt)...))[1])
	// Of two columns that name groups, the one whose heading asks who took part.
	head = []string{"What is your organisation called?", "Whom was your project meant to serve?", "Who sat at the table?", "What did you do?", "What changed?"}
	meant := []string{"patients", "carers", "families of patients", "young people", "older people"}
	require.Equal(t, "stakeholders", taken(t, sheetOf(head, rowsOf(10, named, meant, groups, doneThen, cameOfIt)...))[2])
}

// How long something took is no year.
func TestPropose_lengths(t *testing.T) {
	head := []string{"What is your organisation called?", "What did you do?", "From the first thought to the end", "What changed?"}
	require.NotEqual(t, "year", taken(t, sheetOf(head, rowsOf(6, named, doneThen, []string{"3 months", "18 months", "two years"}, cameOfIt)...))[2])
}

// What is chosen in the middle of the story under a heading that is like one that asks for
// leave limits nothing, unless a heading or an answer speaks of leave.
func TestPropose_storyLimitsNothing(t *testing.T) {
	head := []string{"What is your organisation called?", "What did you do?", "Compensation given to patient partners", "What changed?", "What would you tell others?"}
	of := func(answers ...string) string {
		return taken(t, sheetOf(head, rowsOf(10, named, doneThen, answers, cameOfIt, advisedIt)...))[2]
	}
	require.NotEqual(t, "conditions", of("Gift cards", "Hourly pay", "Travel costs", "Don't know"))
	for _, limit := range []string{"No", "Not to be shared", "Pending", "After the trial", "Ask me first", "Members only", "Our press office", "if the board agrees"} {
		require.Equal(t, "conditions", of("Gift cards", "Hourly pay", "Travel costs", limit), limit)
	}
}

// The column whose heading asks for leave in words that no phrase has is the consent, and the
// one beside it that asks for the name is not; neither opens anything before a person has said
// that it is one.
func TestPropose_leaveAndName(t *testing.T) {
	head := []string{"Titel", "Was haben Sie gemacht?", "Einverständnis zur Veröffentlichung", "Dürfen wir Sie als Quelle nennen?"}
	table := sheetOf(head, rowsOf(10, named, doneThen, []string{"ja", "nein", "ja, ohne Namen", "erst nach Freigabe"}, []string{"ja", "nein", "nur die Klinik"})...)
	m, err := intake.Propose(table)
	require.NoError(t, err)
	require.Equal(t, "consent", questionOf(m, 2))
	require.NotEqual(t, "consent", questionOf(m, 3))
	r, err := intake.Read(table, m, []byte("key"))
	require.NoError(t, err)
	for i, e := range r.Examples {
		require.False(t, isOpen(e.Agreements[0]), fmt.Sprint("row ", r.Rows[i]))
	}
}

// What a tool calls the name of who answers is a name beside the tool's other columns only.
func TestPropose_toolNames(t *testing.T) {
	for _, name := range []string{"Nom", "Nombre", "Naam", "Nome", "Namn"} {
		require.Equal(t, intake.Person, taken(t, sheetOf([]string{"ID", "E-mail", name, "What did you do?"}, rowsOf(5, []string{"1", "2", "3"}, []string{"a@b.eu"}, []string{""}, doneThen)...))[2], name)
	}
}

// tookPart is the one group that an answer on who took part is read as.
func tookPart(t *testing.T, answer string) string {
	t.Helper()
	table := sheetOf([]string{"What is the example called?", "Who took part?"}, []string{"Tea", answer})
	m, err := intake.Propose(table)
	require.NoError(t, err)
	r, err := intake.Read(table, m, []byte("key"))
	require.NoError(t, err)
	groups := read1("stakeholders", &r.Examples[0])
	require.Len(t, groups, 1, answer)
	return groups[0]
}

// In German, Dutch and Swedish the name of a group ends a long word.
func TestRead_groupsInLongWords(t *testing.T) {
	for s, want := range map[string]string{"Landfrauen": "Member of the public", "Schulkinder": "Child or young person", "wijkverpleegkundigen": "Nurse"} {
		require.Equal(t, want, tookPart(t, s), s)
	}
}

// findingsOf are what a sheet has to be looked at for.
func findingsOf(t *testing.T, table intake.Table) (intake.Mapping, []intake.Finding) {
	t.Helper()
	m, err := intake.Propose(table)
	require.NoError(t, err)
	r, err := intake.Read(table, m, []byte("key"))
	require.NoError(t, err)
	return m, r.Findings
}

// What somebody wrote, though two wrote the same, was chosen from no list, and a number is not
// two answers.
func TestRead_noListOfOwnWords(t *testing.T) {
	costs := []string{"£4,000, mostly vouchers", "£22k: staff time 18k, printing 4k", "nothing, we used leftovers", "£250, and cake", "15,000 EUR incl. travel"}
	_, findings := findingsOf(t, sheetOf([]string{"What is the example called?", "What did it cost?"}, rowsOf(10, named, costs)...))
	for _, f := range findings {
		require.NotContains(t, f.Fault, "own list", f.Was)
		require.NotEqual(t, "000", f.Was)
	}
}

// Who people are stands behind where they are from.
func TestRead_peopleFrom(t *testing.T) {
	for s, want := range map[string]string{"People from industry": "People in industry and agencies", "someone from a university": "Researcher", "staff of the charity": "Patient organisation staff"} {
		require.Equal(t, want, tookPart(t, s), s)
	}
}

// What an answer on what may be done names is offered first, and nothing that is more open;
// where it names a condition, nothing is offered for its words.
func TestRead_offersWhatIsNamed(t *testing.T) {
	offered := func(question, answer string) []string {
		_, findings := findingsOf(t, sheetOf([]string{"What is the example called?", question}, []string{"Tea", answer}))
		for _, f := range findings {
			if f.Row == 2 && f.Was == answer {
				return f.Nearest
			}
		}
		return nil
	}
	how := "How may this example be told?"
	require.Equal(t, "What we did, but not who we are", offered(how, "Publish it, without our name")[0])
	require.Equal(t, "With our name, once we have approved the text", offered(how, "Publish it, with our name")[0])
	require.NotContains(t, offered(how, "Publish it, without our name"), "With our name, once we have approved the text")
	require.NotContains(t, offered(how, "Publish it, with our name"), "It is already public: cite the public source")
	// A column that is none of the form's is listed with what it may be.
	_, findings := findingsOf(t, sheetOf([]string{"What is the example called?", "Would you talk to someone who wants to copy it?"}, rowsOf(6, named, []string{"Yes", "No", "Maybe"})...))
	for _, f := range findings {
		if f.Column == "B" && f.Row == 0 {
			require.Contains(t, f.Nearest, "May readers be put in touch with you?")
			return
		}
	}
	t.Fatal("not listed")
}

// Of two scales somebody works on the wider, in whatever language they are named.
func TestRead_twoScales(t *testing.T) {
	for s, want := range map[string]string{"Le quartier ou la commune": "City or town", "Stadt oder Landkreis": "Regional", "barrio o municipio": "City or town"} {
		table := sheetOf([]string{"What is the example called?", "On what scale?"}, []string{"Tea", s})
		m, err := intake.Propose(table)
		require.NoError(t, err)
		r, err := intake.Read(table, m, []byte("key"))
		require.NoError(t, err)
		require.Len(t, read1("scale", &r.Examples[0]), 1, s)
		require.Equal(t, want, read1("scale", &r.Examples[0])[0], s)
	}
}

// How far somebody agrees tells no story.
func TestPropose_degreesTellNothing(t *testing.T) {
	head := []string{"What is your organisation called?", "What did you do?", "How far do you agree? [People had real influence]", "How far do you agree? [It was worth it]", "What changed?"}
	agree := []string{"strongly agree", "somewhat agree", "strongly disagree", "neither"}
	got := taken(t, sheetOf(head, rowsOf(12, named, doneThen, agree, agree[1:], cameOfIt)...))
	for _, q := range got[2:4] {
		require.NotContains(t, []string{"challenges", "objectives", "steps", "outcomes", "lessons", "participation"}, q)
	}
}

// From when until when something was, is in the middle of the story no leave, where it is past;
// until when a word holds stays one.
func TestPropose_fromUntil(t *testing.T) {
	sent := []string{"2026-05-01 10:00:00", "2026-05-02 11:00:00"}
	past := []string{"März 2022 bis Mai 2023", "2021", "2019 bis 2020", "seit 2018", "2023"}
	head := []string{"submitdate", "Titel", "Was haben Sie gemacht?", "Von wann bis wann?", "Was hat sich verändert?"}
	require.Equal(t, "year", taken(t, sheetOf(head, rowsOf(5, sent, named, doneThen, past, cameOfIt)...))[3])
	head[3] = "Bis wann dürfen wir es verwenden?"
	require.NotEqual(t, "year", taken(t, sheetOf(head, rowsOf(5, sent, named, doneThen, past, cameOfIt)...))[3])
}

// Behind a leave at the end of a sheet nothing tells the story, though no heading of it is known.
func TestPropose_behindLeave(t *testing.T) {
	head := []string{"Wer seid ihr?", "Wie war das?", "Und dann?", "Was blieb?", "Dürfen wir davon erzählen?", "Bis wann gilt Ihr Wort?", "Wer muss noch nicken?", "Worauf müssen wir dabei achten?"}
	limits := []string{"keine Fotos von Gesichtern", "den Namen der Stadt bitte nicht nennen", "nichts über die Kündigung", "ohne den Sponsor", "nicht vor der Wahl"}
	got := taken(t, sheetOf(head, rowsOf(10, named, advisedIt, doneThen, cameOfIt, []string{"Ja", "Nein", "Ja, ohne Einschränkung"}, []string{"unbefristet", "2028", "31.12.2027"}, []string{"niemand", "Vorstand", "die Leitung"}, limits)...))
	require.Equal(t, "conditions", got[7], got)
}

// Whether something may be, asked behind the story in whatever words, is a condition and never
// set aside; whether somebody may be reached is none.
func TestPropose_whetherItMayBe(t *testing.T) {
	for heading, want := range map[string]bool{"Can the wibble be recognisable?": true, "Darf der Ort erkennbar sein?": true, "Può essere riconoscibile il luogo?": true, "May we contact you about the wibble?": false} {
		head := []string{"What is the example called?", "What did you do?", "What changed?", heading}
		got := taken(t, sheetOf(head, rowsOf(6, named, doneThen, cameOfIt, []string{"No", "Yes"})...))[3]
		require.Equal(t, want, got != "aside" && got != "contact_allowed", heading+": "+got)
	}
}

// What has not ended has no year, however short that is said.
func TestRead_notEnded(t *testing.T) {
	for _, s := range []string{"loopt", "prosegue", "se poursuit", "ongoing"} {
		table := sheetOf([]string{"What is the example called?", "In which year did it end?"}, []string{"Tea", s}, []string{"Cake", "2022"})
		_, findings := findingsOf(t, table)
		for _, f := range findings {
			require.NotEqual(t, s, f.Was)
		}
	}
}

// A yes to being rung or written to is no leave for anything else, in whatever words and language
// it is asked, and though no other column asks for leave.
func TestRead_reachingIsNoLeave(t *testing.T) {
	for _, heading := range []string{
		"May we contact you about it?", "Can we ring you?", "Is it all right to call you back?", "Mogen wij contact met u opnemen?", "Mogen wij u terugbellen?", "Dürfen wir Sie anrufen?", "Dürfen wir Kontakt mit Ihnen aufnehmen?",
		"Pouvons-nous vous rappeler ?", "Pouvons-nous reprendre contact avec vous ?", "¿Podemos llamarle?", "¿Podemos ponernos en contacto con ustedes?", "Possiamo richiamarla?", "Possiamo metterci in contatto con voi?",
		"Czy możemy do Państwa zadzwonić?", "Czy możemy się skontaktować?", "Får vi ringa er?", "Får vi ta kontakt med er?",
	} {
		head := []string{"What is the example called?", "What did you do?", "What changed?", "How may this example be told?", "What may it be used for?", "Who may read what comes of it?", heading}
		open := [][]string{{"What we did, but not who we are"}, {"As a source of guidance"}, {"Everyone"}}
		table := sheetOf(head, rowsOf(5, named, doneThen, cameOfIt, open[0], open[1], open[2], []string{"Yes"})...)
		m, err := intake.Propose(table)
		require.NoError(t, err)
		require.NotEqual(t, "consent", questionOf(m, 6), heading)
		r, err := intake.Read(table, m, []byte("key"))
		require.NoError(t, err)
		for _, e := range r.Examples {
			require.False(t, isOpen(e.Agreements[0]), heading)
		}
	}
}

// Ways of working that are chosen from a list, several at once or each in a column of its own,
// are steps, in whatever language, and neither groups nor how far people took part.
func TestPropose_waysChosen(t *testing.T) {
	for heading, ways := range map[string][]string{
		"How did they have a voice?":   {"Interviews, Survey", "Workshop, Interviews", "Survey", "Advisory board, Survey", "Workshop, Advisory board"},
		"¿De qué forma colaboraron?":   {"Entrevistas;Encuesta;", "Talleres;Entrevistas;", "Encuesta;Grupo focal;", "Talleres;", "Grupo focal;Encuesta;"},
		"Formes de participation":      {"Ateliers;Enquête;", "Entretiens;Comité de patients;", "Enquête;", "Ateliers;Entretiens;", "Comité de patients;Enquête;"},
		"Op welke manier hielpen zij?": {"Gesprekken;Vragenlijst;", "Werkgroep;Gesprekken;", "Vragenlijst;", "Werkgroep;Vragenlijst;", "Focusgroep;Werkgroep;Gesprekken;"},
	} {
		head := []string{"What is your organisation called?", "Who took part?", heading, "What did you do?", "What changed?"}
		require.Equal(t, "steps", taken(t, sheetOf(head, rowsOf(10, named, []string{"Patients", "Carers", "Nurses"}, ways, doneThen, cameOfIt)...))[2], heading)
	}
	head := []string{"What did you do?", "Modalités [Ateliers]", "Modalités [Enquête]", "Modalités [Entretiens]", "What changed?"}
	require.Equal(t, "steps", taken(t, sheetOf(head, rowsOf(6, doneThen, []string{"Oui", "Non"}, []string{"Non", "Oui"}, []string{"Oui"}, cameOfIt)...))[1])
}

// What is chosen among the options of one question is not told, whatever word of the story its
// heading holds.
func TestPropose_chosenIsNotTold(t *testing.T) {
	head := []string{"What is your organisation called?", "How strong was their voice? - Choosing the problem", "How strong was their voice? - Finding the solution", "What did you do?", "What changed?"}
	levels := []string{"They decided", "We decided together", "They were asked", "They were told"}
	got := taken(t, sheetOf(head, rowsOf(12, named, levels, levels[1:], doneThen, cameOfIt)...))
	require.Contains(t, got[1:3], "participation")
	for _, q := range got[1:3] {
		require.Contains(t, []string{"participation", "aside"}, q)
	}
}

// Those outside and those inside a house are asked for in two columns: both took part. The
// body on whose behalf each row is written is the organisation, where no other is named. What
// somebody is to be called is known by its answers, among those on what may be done.
func TestPropose_byAnswers(t *testing.T) {
	rows := [][]string{{"On behalf of whom?", "Your story's title", "What did you do?", "External stakeholders engaged", "Functions on the core team", "May we print your story?", "And in it you zorble", "Who may read it?"}}
	for i := range 6 {
		rows = append(rows, []string{
			"Quux " + strings.Repeat("i", i+1) + " Group", "Title " + strings.Repeat("i", i+1), "We met " + strings.Repeat("again and ", i) + "once.", []string{"Patients, Carers", "Nurses", "Patients, Payers"}[i%3],
			[]string{"Medical affairs, Market access", "Medical affairs", "Patient engagement, Market access"}[i%3], "Yes", []string{"Unnamed", "Our group's name", "anonymous"}[i%3], "Everyone",
		})
	}
	got, r := proposed(t, rows...)
	require.Equal(t, "organisation", got["A"])
	require.Equal(t, []string{"stakeholders", "stakeholders"}, []string{got["D"], got["E"]})
	require.Equal(t, "confidentiality", got["G"])
	require.Len(t, r.Examples[0].Stakeholders, 4)
	require.LessOrEqual(t, r.Examples[1].Agreements[0].Level, model.Anonymous, "its heading does not plainly ask it")
}

// A sheet that somebody keeps of her own: rows that are numbered, a column of marks for each
// group, others in words behind them, and a question for leave in words that no phrase has.
func TestPropose_ownSheet(t *testing.T) {
	rows := [][]string{{"No.", "Trust", "Title", "What did you do?", "Patients", "Carers", "Public", "Nurses", "Other – who", "Finished (mm/yy)", "May we zorblatt this?"}}
	for i := range 6 {
		rows = append(rows, []string{
			fmt.Sprint(i + 1), "Quux " + strings.Repeat("i", i+1) + " Trust", "Title " + strings.Repeat("i", i+1), "We met " + strings.Repeat("again and ", i) + "once.", "x", []string{"", "X"}[i%2], "x", []string{"✓", ""}[i%2], []string{"chaplain", ""}[i%2],
			[]string{"03/24", "11/23", "06/25"}[i%3], "Yes",
		})
	}
	got, r := proposed(t, rows...)
	require.Equal(t, intake.Aside, got["A"])
	require.Equal(t, []string{"organisation", "title", "steps", "stakeholders"}, []string{got["B"], got["C"], got["D"], got["E"]})
	require.Equal(t, []string{"year", "consent"}, []string{got["J"], got["K"]})
	require.Len(t, r.Examples[0].Stakeholders, 4, "patients, public, nurses, others")
	require.Len(t, r.Examples[1].Stakeholders, 3)
	require.Equal(t, 2024, r.Examples[0].Context.Year)
	require.Equal(t, model.Withheld, r.Examples[0].Agreements[0].Level, "nobody said that it asks for leave")
	require.True(t, slices.ContainsFunc(r.Findings, func(f intake.Finding) bool { return f.Header == "May we zorblatt this?" && f.Unusable }))
}
