// SPDX-License-Identifier: Apache-2.0

package intake_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/examples/internal/intake"
	"github.com/sharedpractice/sharedpractice/model"
)

// withColumns reads rows on which all is open, but for what columns behind them say. One
// stands in place of a column that all have with the same heading; with a "!" before it, of
// that of the consent; with a "?", of that on how it may be told.
func withColumns(t *testing.T, heads []string, answers ...[]string) (intake.Mapping, []model.Agreement) {
	t.Helper()
	all := []string{"What is the example called?", "What did you do?", "How may this example be told?", "What may it be used for?", "Who may read what comes of it?", "Do you agree to this use?"}
	fixed := []string{"", "We met.", "What we did, but not who we are", "As a source of guidance", "Everyone", "Yes"}
	var keep []int
	for i, h := range all {
		replaced := false
		for _, own := range heads {
			replaced = replaced || h == own || strings.HasPrefix(own, "!") && i == len(all)-1 || strings.HasPrefix(own, "?") && i == 2
		}
		if !replaced {
			keep = append(keep, i)
		}
	}
	head := []string{}
	for _, i := range keep {
		head = append(head, all[i])
	}
	for _, h := range heads {
		head = append(head, strings.TrimLeft(h, "!?"))
	}
	var rows [][]string
	for n, own := range answers {
		var row []string
		for _, i := range keep {
			row = append(row, fixed[i])
		}
		row[0] = "Number " + string(rune('a'+n))
		rows = append(rows, append(row, own...))
	}
	sheet := sheetOf(head, rows...)
	m, err := intake.Propose(sheet)
	require.NoError(t, err)
	r, err := intake.Read(sheet, m, []byte("key"))
	require.NoError(t, err)
	var out []model.Agreement
	for _, e := range r.Examples {
		out = append(out, e.Agreements[0])
	}
	return m, out
}

func isOpen(a model.Agreement) bool {
	return a.Level != model.Withheld && a.Consent.Status == "given" && (a.Conditions == "" || a.ConditionsReviewed != "")
}

func TestWhatAllowsStaysOpen(t *testing.T) {
	_, a := withColumns(t, nil, nil)
	require.True(t, isOpen(a[0]))
	for until, day := range map[string]string{"2028": "2028-01-01", "until 2028": "2028-01-01", "no expiry": ""} {
		_, a = withColumns(t, []string{"Until when may it be used?"}, []string{until})
		require.True(t, isOpen(a[0]), until)
		require.Equal(t, day, a[0].Expires, until)
	}
	for _, yes := range []string{"Yes", "No objection", "We agree"} {
		_, a = withColumns(t, []string{"Do you agree to this use?"}, []string{yes})
		require.True(t, isOpen(a[0]), yes)
	}
}

// Until when: what is no time, or a time from which, opens nothing.
func TestNoTimeOpensNothing(t *testing.T) {
	for _, s := range []string{"not at all", "don't", "please don't", "It may not be", "never", "not", "from 2028", "ab 2028", "after 2028", "tbc", "TBD", "not yet decided"} {
		_, a := withColumns(t, []string{"Until when may it be used?"}, []string{s})
		require.False(t, isOpen(a[0]), s)
	}
	for _, s := range []string{"until 2028", "bis März 2027", "never", "tbc"} {
		_, a := withColumns(t, []string{"From when may it be used?"}, []string{s})
		require.False(t, isOpen(a[0]) && a[0].NotBefore != "", s)
	}
}

// A consent that is yet to come is none, nor one that begins with a no.
func TestConsentToComeIsNone(t *testing.T) {
	for _, s := range []string{"to be cleared", "to be released", "To be confirmed", "to be agreed", "to be granted", "may be yes", "could be ok", "might be yes", "No. Objection", "No, objection", "no: problem", "Nein, gerne"} {
		_, a := withColumns(t, []string{"Do you agree to this use?"}, []string{s})
		require.False(t, isOpen(a[0]), s)
	}
}

var open = sync.OnceValues(func() (intake.Mapping, error) { // of the columns that all have
	return intake.Propose(sheetOf([]string{"What is the example called?", "What did you do?", "How may this example be told?", "What may it be used for?", "Who may read what comes of it?", "Do you agree to this use?"},
		[]string{"One", "We met.", "What we did, but not who we are", "As a source of guidance", "Everyone", "Yes"}))
})

// answered is what a row allows that is open but for one answer, in a sheet in which no
// column asks what stands in those that are set aside.
func answered(t *testing.T, heading, answer string, aside ...int) model.Agreement {
	t.Helper()
	m, err := open()
	require.NoError(t, err)
	head := []string{"What is the example called?", "What did you do?", "How may this example be told?", "What may it be used for?", "Who may read what comes of it?", "Do you agree to this use?"}
	row := []string{"One", "We met.", "What we did, but not who we are", "As a source of guidance", "Everyone", "Yes"}
	row[slices.Index(head, heading)] = answer
	m.Columns = slices.Clone(m.Columns)
	for _, i := range aside {
		m.Columns[i].Question = intake.Aside
	}
	r, err := intake.Read(sheetOf(head, row), m, []byte("key"))
	require.NoError(t, err)
	return r.Examples[0].Agreements[0]
}

// A date that is another day where the month comes first is the one that allows less, unless
// other dates show which comes first.
func TestDayInDoubtAllowsLess(t *testing.T) {
	terms := func(heading string, rows ...string) model.Agreement {
		var said [][]string
		for _, s := range rows {
			said = append(said, strings.Split(s, " | "))
		}
		_, a := withColumns(t, strings.Split(heading, " | "), said...)
		return a[0]
	}
	const until, from = "Until when may it be used?", "From when may it be used?"
	require.Equal(t, "2026-01-12", terms(until, "01/12/2026", "5/6/2027").Expires)
	require.Equal(t, "2026-12-01", terms(from, "12/01/2026", "5/6/2027").NotBefore)
	require.Equal(t, "2026-12-01", terms(until, "01/12/2026", "31/12/2026").Expires)
	require.Equal(t, "2026-12-01", terms(until, "01.12.2026", "5.6.2027").Expires)
	require.Equal(t, "2026-12-01", terms("Timestamp | "+until, "30/11/2026 10:00 | 01/12/2026", "29/11/2026 10:00 | 01/12/2026").Expires)
	require.Equal(t, "2026-12-01", terms("Timestamp | "+until, "11/30/2026 10:00 | 12/01/2026", "11/29/2026 10:00 | 12/01/2026").Expires)
}

// A consent that may be, will be or is for somebody only opens nothing, in whatever language.
func TestConsentInDoubtOpensNothing(t *testing.T) {
	for _, s := range []string{
		"They agree", "they have agreed", "they are happy", "They all consent", "Sie sind einverstanden", "De samtycker", "you may agree", "you may be asked", "would agree", "I could agree", "we will consent", "to agree", "has to agree", "they have to agree", "is to be agreed", "permission to be given", "consent will be given", "can be released", "as agreed",
		"Oui, peut-être", "peut être d'accord", "może tak", "tak, może", "Być może zgoda", "Sì, può essere", "all but agreed", "permission all but given",
		"Yes, only for us", "yes, for you only", "Yes just for us", "only I agree", "Ja, nur für uns", "Oui, seulement pour nous", "sí, solo para nosotros", "sì, solo per noi", "tak, tylko dla nas", "ja, bara för oss", "ja, alleen voor ons",
		"yes, keep it with us", "yes only as an example", "[ ] Yes", "( ) agree",
	} {
		require.False(t, isOpen(answered(t, "Do you agree to this use?", s)), s)
	}
	for _, s := range []string{"happy to agree", "Yes, you may use it", "De acuerdo", "Ich bin einverstanden", "I hereby consent", "We would like to give permission", "I can confirm", "Yes, just use it", "[x] yes", "Yes, only in totals"} {
		require.True(t, isOpen(answered(t, "Do you agree to this use?", s)), s)
	}
}

// Who is named as one of a kind, with others or in part, or takes the name out, is not named.
func TestNameInDoubtIsNone(t *testing.T) {
	for _, h := range []string{"How may this example be told?", "Do you agree to this use?"} {
		for _, s := range []string{
			"All but our name", "everything but names", "all but the name, yes", "Yes to all but our name", "Happy to share all but the name", "Ja, aber Namen", "oui, mais le nom", "Named as a charity", "yes, name us as a charity", "attributed to a hospital", "yes, credit the funder", "mention the results only",
			"will be published", "yes, to be published", "in name only", "peut-être nommé", "być może z nazwą",
		} {
			var aside []int
			if strings.HasPrefix(h, "Do") {
				aside = []int{2} // no column asks how
			}
			a := answered(t, h, s, aside...)
			require.False(t, isOpen(a) && a.Level > model.Anonymous, "%s %s", h, s)
		}
	}
	for _, s := range []string{"Named", "You may name our hospital", "name us after we review the wording", "Credit our organisation", "mit Namen"} {
		require.Equal(t, model.Attributed, answered(t, "How may this example be told?", s).Level, s)
	}
}

// What is taken out, or stands under a condition, is no use that is granted; nor is a box
// that was left.
func TestUsesInDoubtAreNone(t *testing.T) {
	for _, s := range []string{
		"All except guidance, workshops", "Not for guidance; workshops; translation", "No guidance, workshops or translation", "not to be used for:\n- guidance\n- workshops", "None of these: totals, workshops", "anything but totals, guidance", "Without: totals; guidance",
		"Nicht für: Leitfaden, Schulung", "Pas pour: guide, formation", "If approved: guidance, workshops", "guidance, if approved", "guidance, internal only", "guidance; only after the board agrees", "maybe, guidance", "[ ] guidance", "☐ guidance", "☐ guidance ☑ totals", "Nothing of: guidance, totals",
	} {
		require.Empty(t, answered(t, "What may it be used for?", s).Uses, s)
	}
	for s, n := range map[string]int{"guidance; workshops": 2, "guidance; newsletter": 1, "guidance; not the quotes": 1, "guidance; workshops; not workshops": 1, "Statistics, never guidance": 1} {
		require.Len(t, answered(t, "What may it be used for?", s).Uses, n, s)
	}
	for _, s := range []string{"anyone with permission", "Whoever we agree", "Peut-être tous", "tous, peut-être", "może wszyscy"} {
		require.Equal(t, model.WorkingGroup, answered(t, "Who may read what comes of it?", s).Audience, s)
	}
}

// A yes to a heading that asks for a no opens nothing.
func TestYesToAContraryHeadingOpensNothing(t *testing.T) {
	for _, h := range []string{
		"!I do not consent", "!Do you wish to withdraw your consent?", "!Tick if you do NOT agree", "!Do you object to this use?", "!Ich bin nicht einverstanden", "!Je ne suis pas d'accord", "!Refusez-vous l'utilisation ?",
	} {
		_, a := withColumns(t, []string{h}, []string{"Yes"}, []string{"Yes"}, []string{"Yes"}, []string{"No"})
		for _, a := range a {
			require.False(t, isOpen(a), h)
		}
	}
	for _, h := range []string{
		"?Could you be recognised?", "?Do you object to be cited?", "?Refusez-vous d'être cité ?", "?Haben Sie etwas dagegen, mit Namen genannt zu werden?", "?Whose name must stay hidden?", "?Do you refuse to be named?", "?Would you mind being named?",
	} {
		m, a := withColumns(t, []string{h}, []string{"Yes"}, []string{"Yes"}, []string{"Yes"}, []string{"No"})
		for _, a := range a {
			require.NotEqual(t, model.Attributed, a.Level, "%s: %v", h, m.Columns)
		}
	}
}

// What a heading takes out is granted by no answer below it, nor is what was done already; nor
// does a name given as what is to be kept secret name anybody, or one of others.
func TestWhatAHeadingTakesOutIsNotGranted(t *testing.T) {
	const told, uses, readers = "How may this example be told?", "What may it be used for?", "Who may read what comes of it?"
	in := func(column string) int {
		return map[string]int{told: 2, uses: 3, readers: 4}[column]
	}
	read := func(column, heading, answer string) model.Agreement {
		head := []string{"What is the example called?", "What did you do?", told, uses, readers, "Do you agree to this use?"}
		head[in(column)] = heading
		var rows [][]string
		for range 3 {
			row := []string{"Number " + string(rune('a'+len(rows))), "We met.", "What we did, but not who we are", "As a source of guidance", "Everyone", "Yes"}
			row[in(column)] = answer
			rows = append(rows, row)
		}
		sheet := sheetOf(head, rows...)
		m, err := intake.Propose(sheet)
		require.NoError(t, err)
		r, err := intake.Read(sheet, m, []byte("key"))
		require.NoError(t, err)
		return r.Examples[0].Agreements[0]
	}
	for _, h := range []string{"What may it NOT be used for?", "Which uses do you exclude?", "Not to be used for", "Wofür darf es nicht verwendet werden?", "What did you use it for?"} {
		a := read(uses, h, "As a source of guidance")
		require.False(t, isOpen(a) && len(a.Uses) > 0, h)
	}
	for _, h := range []string{"Who may NOT read it?", "Who was the audience of your work?", "Who has already seen it?", "Who may see it, apart from the public?"} {
		a := read(readers, h, "Everyone")
		require.False(t, isOpen(a) && a.Audience > model.WorkingGroup, h)
	}
	for _, h := range []string{
		"How should it not be told?", "What must be kept confidential?", "What is confidential about it?", "Anonymity: what do you want hidden?", "Was ist vertraulich?",
	} {
		require.False(t, isOpen(read(told, h, "our name")), h)
	}
	for _, h := range []string{
		"May your partners be named?", "May the patients be named?", "May your staff be named?", "May we use your name in the minutes?", "Can you be named after the embargo?",
	} {
		require.LessOrEqual(t, read(told, h, "Yes").Level, model.Anonymous, h)
	}
	require.Equal(t, model.Attributed, read(told, "May we name you?", "Yes").Level)
	for h, s := range map[string]string{"Can it be published without showing you the text first?": "No", "Do you waive approval of the text?": "No"} {
		_, a := withColumns(t, []string{h}, []string{s}, []string{"Yes"}, []string{"No"})
		require.False(t, isOpen(a[0]) && !a[0].Approval.Required, h)
	}
	for h, s := range map[string]string{"Valid from": "1 June 2027", "Delete after": "2027", "Destroy by": "31/12/2026"} {
		_, a := withColumns(t, []string{h}, []string{s}, []string{s}, []string{s})
		require.False(t, isOpen(a[0]) && a[0].NotBefore == "" && a[0].Expires == "", h)
	}
}

// Where a word of a heading is not known, it may turn its answers round: they allow nothing,
// or the least that there is, until a person has said what it asks. Words that are known to
// ask only, and names of places and of those who would use it, do not hold it up.
func TestUnknownWordsOfAHeadingOpenNothing(t *testing.T) {
	const told, uses, readers, leave = "How may this example be told?", "What may it be used for?", "Who may read what comes of it?", "Do you agree to this use?"
	for column, turned := range map[string][]string{
		leave: {"Is consent outstanding?", "Consent withheld", "Is permission still pending?", "Did anyone veto the permission?", "Do you agree to its suppression?", "Permission zorbled?", "Steht die Zustimmung noch aus?", "¿Falta el consentimiento?", "L'accord est-il en attente ?", "Brak zgody?", "Saknas samtycke?"},
		readers: {
			"Who is barred from reading it?", "Readers to leave out", "Whom do you fear reading it?", "Audience you reject", "Who complained when they saw it?", "Wem soll es verborgen bleiben?", "¿Quién queda fuera?", "Qui est exclu de la lecture ?", "Vem ska slippa se det?",
		},
		uses: {"Uses you rule out", "Purposes you veto", "Banned uses", "What would you hate to see it used for?", "Tabu-Verwendungen", "Usages proscrits", "Usos vetados", "Usi vietati", "Verboden gebruik", "Niedozwolone zastosowania", "Otillåten användning"},
		told: {"What would embarrass you?", "How would you hate to be shown?", "What should we strike out?", "Which label do you dislike?", "Wie dürfen wir Sie keinesfalls nennen?", "What must we leave blank?"},
	} {
		for _, heading := range turned {
			m, a := withHeading(t, column, heading)
			assert.False(t, isOpen(a) && (column == leave || column == uses && len(a.Uses) > 0 || column == readers && a.Audience > model.WorkingGroup || column == told && a.Level > model.Anonymous), "%s: %v", heading, m.Columns)
		}
	}
	for column, plain := range map[string][]string{
		leave: {
			"Do you grant the zorblatt consortium the right to use this case?", "Are you happy for the wibble alliance to share your story?", "May we print this in the quux yearbook?", "Consent (Y/N)", "Dürfen wir Ihr Beispiel ins Wibbleheft aufnehmen?",
			"Nous autorisez-vous à publier votre récit dans le quux ?", "¿Está de acuerdo con la publicación?", "Acconsente alla pubblicazione?", "Gaat u akkoord met publicatie?", "Czy zgadza się Pan na publikację?", "Samtycker du till publicering?",
		},
		readers: {"Who may read the entry in the quux?", "If so, who can see it?", "Wer darf es lesen?", "Qui pourra le lire ?", "¿Quién podrá leerlo?"},
		uses:    {"What can we use it for?", "Permitted uses", "Wofür darf es genutzt werden?"},
		told:    {"Named or unnamed?", "How should we refer to you?", "Come volete comparire?", "Hoe wilt u genoemd worden?"},
	} {
		for _, heading := range plain {
			m, a := withHeading(t, column, heading)
			assert.True(t, isOpen(a) && len(a.Uses) > 0 && a.Audience == model.Everyone && a.Level == map[bool]model.Level{true: model.Attributed, false: model.Anonymous}[column == told], "%s: %v", heading, m.Columns)
		}
	}
	for _, heading := range []string{"Would you hate to be named?", "Is it a danger to be named?", "Do you dread being named?", "Would it embarrass you to be named?", "Würden Sie es scheuen, genannt zu werden?", "Craignez-vous d'être nommés ?"} {
		require.LessOrEqual(t, levelOf(t, heading), model.Anonymous, heading)
	}
	for _, heading := range []string{"Are you happy to be named?", "May we name your organisation?", "Would you like to be named?", "Dürfen wir Sie nennen?", "Pouvons-nous vous nommer ?"} {
		assert.Equal(t, model.Attributed, levelOf(t, heading), heading)
	}
	m, _ := withHeading(t, readers, "Who is barred from reading it?")
	require.True(t, m.Columns[4].Unsure())
	m, err := m.Correct(strings.NewReader("E,Who is barred from reading it?,audience,given\n"))
	require.NoError(t, err)
	require.False(t, m.Columns[4].Unsure())
}

// levelOf reads a row on which all is open, and says yes to what a heading asks of naming.
func levelOf(t *testing.T, heading string) model.Level {
	t.Helper()
	head := []string{"What is the example called?", "What did you do?", heading, "What may it be used for?", "Who may read what comes of it?", "Do you agree to this use?"}
	var rows [][]string
	for i, answer := range []string{"Yes", "Yes", "No"} {
		rows = append(rows, []string{"Number " + string(rune('a'+i)), "We met.", answer, "As a source of guidance", "Everyone", "Yes"})
	}
	sheet := sheetOf(head, rows...)
	m, err := intake.Propose(sheet)
	require.NoError(t, err)
	r, err := intake.Read(sheet, m, []byte("key"))
	require.NoError(t, err)
	return r.Examples[0].Agreements[0].Level
}

// withHeading reads a row on which all is open, of a sheet in which a column has another heading.
func withHeading(t *testing.T, column, heading string) (intake.Mapping, model.Agreement) {
	t.Helper()
	head := []string{"What is the example called?", "What did you do?", "How may this example be told?", "What may it be used for?", "Who may read what comes of it?", "Do you agree to this use?"}
	at := slices.Index(head, column)
	head[at] = heading
	var rows [][]string
	for range 3 {
		row := []string{"Number " + string(rune('a'+len(rows))), "We met.", "What we did, but not who we are", "As a source of guidance", "Everyone", "Yes"}
		if at == 2 {
			row[at] = "With our name"
		}
		rows = append(rows, row)
	}
	sheet := sheetOf(head, rows...)
	m, err := intake.Propose(sheet)
	require.NoError(t, err)
	r, err := intake.Read(sheet, m, []byte("key"))
	require.NoError(t, err)
	return m, r.Examples[0].Agreements[0]
}

// What somebody asks beside an answer, in whatever column, or an officer noted of an example,
// holds it until a person has read it; lessons and stories that speak of such things do not.
func TestRemarksHold(t *testing.T) {
	held := func(heading, answer string, others ...string) bool {
		rows := [][]string{{answer}}
		for _, o := range others {
			rows = append(rows, []string{o})
		}
		_, a := withColumns(t, []string{heading}, rows...)
		return !isOpen(a[0])
	}
	var said [][]string
	for _, s := range []string{
		"Please do not publish our name.", "Not for publication.", "Please check with me before you publish anything.", "Please don't quote the nurse.", "We withdraw our consent.", "Strictly confidential!", "Bitte nicht veröffentlichen.", "Merci de ne pas publier.", "Por favor no publicar.", "Si prega di non pubblicare",
		"Graag niet publiceren.", "Proszę nie publikować.", "Publicera inte detta.", "Peidiwch â chyhoeddi hyn.", "Off the record: the board lied.", "Start early. (Not for publication: the board lied.)", "Please do not publish this part: pay people.", "[confidential] Pay people.", "Pay people. DO NOT PUBLISH", "More came. Please don't use this figure: 40.",
	} {
		said = append(said, []string{s})
	}
	for _, h := range []string{"Anything else you would like to add?", "What would you tell others?", "Zorblatt"} {
		_, a := withColumns(t, []string{h}, said...)
		for i, a := range a {
			require.False(t, isOpen(a), "%s: %s", h, said[i][0])
		}
	}
	for h, s := range map[string]string{
		"Status": "withdrawn", "Admin notes": "Rang on Monday: wants out", "Office use only": "Do not use", "Withdrawn?": "Yes", "Date withdrawn": "3 May 2026", "Signed": "not yet", "Contract in place": "no", "Legal": "not OK", "Compliance": "rejected",
		"Internal only?": "Yes", "Has your funder agreed?": "No", "Funder approval": "pending", "Leave out": "the budget", "Which names should we remove?": "the quotes",
	} {
		require.True(t, held(h, s, "", ""), "%s: %s", h, s)
	}
	for h, s := range map[string]string{
		"Withdrawn?": "No", "Internal only?": "No", "Signed": "Yes", "Status": "complete", "What would you tell others?": "Do not share the agenda late, and don't use jargon.", "What changed?": "The trust withdrew the leaflet, and patients could speak in confidence.", "Anything else you would like to add?": "The results were not published for a year.",
	} {
		require.False(t, held(h, s, "", ""), "%s: %s", h, s)
	}
}

// Who left a column empty by which others gave leave has given none: of those below “May we
// publish it?” who said yes waited for a person, and who said nothing was published.
func TestLeaveLeftEmptyIsNone(t *testing.T) {
	for _, row := range []struct{ heading, yes string }{
		{"May we publish it?", "x"}, {"Permission to publish", "Yes"}, {"Funder has agreed", "Yes"}, {"Signed form received", "x"}, {"Released by legal", "3 May 2026"}, {"Approved for publication", "Yes"}, {"Einwilligung zur Veröffentlichung", "ja"},
	} {
		_, a := withColumns(t, []string{row.heading}, []string{row.yes}, []string{""}, []string{row.yes})
		require.False(t, isOpen(a[1]), row.heading)
	}
	for _, h := range []string{"Do you object to this?", "Withdrawn?", "Tick what must not be printed"} {
		_, a := withColumns(t, []string{h}, []string{"Yes"}, []string{""}, []string{""})
		require.True(t, isOpen(a[1]), h)
		require.False(t, isOpen(a[0]), h)
	}
}

// Between the columns of the story, and in a matrix, leave stays leave.
func TestLeaveAmongTheStoryStaysLeave(t *testing.T) {
	for _, h := range []string{"Permission", "Sign off", "Genehmigung der Leitung", "Released until"} {
		for _, s := range []string{"still waiting", "noch nicht", "pas encore", "2024"} {
			sheet := sheetOf([]string{"Timestamp", "What is the example called?", "What did you do?", h, "What changed?", "How may this example be told?", "What may it be used for?", "Do you agree to this use?"},
				[]string{"2026-03-01 10:00:00", "One", "We met.", s, "It rained.", "What we did, but not who we are", "As a source of guidance", "Yes"},
				[]string{"2026-03-01 10:00:00", "Two", "We met.", s, "It rained.", "What we did, but not who we are", "As a source of guidance", "Yes"},
				[]string{"2026-03-01 10:00:00", "Three", "We met.", s, "It rained.", "What we did, but not who we are", "As a source of guidance", "Yes"})
			m, err := intake.Propose(sheet)
			require.NoError(t, err)
			r, err := intake.Read(sheet, m, []byte("key"))
			require.NoError(t, err)
			require.False(t, isOpen(r.Examples[0].Agreements[0]), "%s: %s: %s", h, s, m.Columns[3].Question)
		}
	}
	for _, heads := range [][]string{{"Please rate [We may be quoted]", "Please rate [We may be named]"}, {"Permissions - Use in public", "Permissions - Use in print"}} {
		_, a := withColumns(t, heads, []string{"strongly disagree", "strongly disagree"}, []string{"strongly agree", "strongly disagree"}, []string{"strongly disagree", "rather agree"})
		for _, a := range a {
			require.False(t, isOpen(a), heads)
		}
	}
}

// What is told among those who read the form holds the example, wherever it stands.
func TestWhatStaysAmongUsHolds(t *testing.T) {
	for _, h := range []string{"Between us", "Just for the team", "Not for the report", "What should be withheld?", "Off the record", "Unter uns", "Entre nous", "What would you hold back?"} {
		var rows [][]string
		for _, s := range []string{"The ward sister was against it from the first day.", "We quarrelled with the mayor for months.", "The budget was twice what we said."} {
			rows = append(rows, []string{"One " + s[:9], "We met in the hall.", s, "More people came.", "What we did, but not who we are", "As a source of guidance", "Yes"})
		}
		sheet := sheetOf([]string{"What is the example called?", "What did you do?", h, "What changed?", "How may this example be told?", "What may it be used for?", "Do you agree to this use?"}, rows...)
		m, err := intake.Propose(sheet)
		require.NoError(t, err)
		r, err := intake.Read(sheet, m, []byte("key"))
		require.NoError(t, err)
		for _, e := range r.Examples {
			require.False(t, isOpen(e.Agreements[0]), "%s: %s", h, m.Columns[2].Question)
		}
	}
}

// What a file says of another export, and nobody confirmed, stays unconfirmed whatever was
// proposed of this one.
func TestGuessOfAnotherExportStaysOne(t *testing.T) {
	heads := []string{"What is the example called?", "What did you do?", "Zorblatt"}
	var rows [][]string
	for _, s := range []string{"€400", "£300", "€20", "€30", "€50", "€90"} {
		rows = append(rows, []string{"One " + s, "We met in the hall and wrote down what was said.", s})
	}
	m, err := intake.Propose(sheetOf(heads, rows...))
	require.NoError(t, err)
	for _, q := range []string{"expires", "consent", "not_before"} {
		next, err := m.Correct(strings.NewReader("C,Zorblatt," + q + ",sheet\n"))
		require.NoError(t, err)
		require.True(t, next.Columns[2].Unsure(), q)
	}
}
