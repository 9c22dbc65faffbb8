// SPDX-License-Identifier: Apache-2.0

package intake_test

import (
	"strings"
	"testing"

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

// A consent that may be, will be or is for somebody only opens nothing, in whatever language.
func TestConsentInDoubtOpensNothing(t *testing.T) {
	for _, s := range []string{
		"would agree", "I could agree", "we will consent", "to agree", "has to agree", "they have to agree", "is to be agreed", "permission to be given", "consent will be given", "can be released", "as agreed",
		"Oui, peut-être", "peut être d'accord", "może tak", "tak, może", "Być może zgoda", "Sì, può essere", "all but agreed", "permission all but given",
		"Yes, only for us", "yes, for you only", "Yes just for us", "only I agree", "Ja, nur für uns", "Oui, seulement pour nous", "sí, solo para nosotros", "sì, solo per noi", "tak, tylko dla nas", "ja, bara för oss", "ja, alleen voor ons",
		"yes, keep it with us", "yes only as an example", "[ ] Yes", "( ) agree",
	} {
		_, a := withColumns(t, []string{"Do you agree to this use?"}, []string{s})
		require.False(t, isOpen(a[0]), s)
	}
	for _, s := range []string{"happy to agree", "We would like to give permission", "I can confirm", "Yes, just use it", "[x] yes", "Yes, only in totals"} {
		_, a := withColumns(t, []string{"Do you agree to this use?"}, []string{s})
		require.True(t, isOpen(a[0]), s)
	}
}

// Who is named as one of a kind, with others or in part, or takes the name out, is not named.
func TestNameInDoubtIsNone(t *testing.T) {
	for _, h := range []string{"How may this example be told?", "Do you agree to this use?"} {
		for _, s := range []string{
			"All but our name", "everything but names", "all but the name, yes", "Yes to all but our name", "Happy to share all but the name", "Ja, aber Namen", "oui, mais le nom", "Named as a charity", "yes, name us as a charity", "attributed to a hospital", "yes, credit the funder", "mention the results only",
			"will be published", "yes, to be published", "in name only", "peut-être nommé", "być może z nazwą",
		} {
			heads, answers := []string{h}, []string{s}
			if h[0] == 'D' {
				heads, answers = append(heads, "?Notes"), append(answers, "") // no column asks how
			}
			_, a := withColumns(t, heads, answers)
			require.False(t, isOpen(a[0]) && a[0].Level > model.Anonymous, "%s %s", h, s)
		}
	}
	for _, s := range []string{"Named", "You may name our hospital", "name us after we review the wording", "Credit our organisation", "mit Namen"} {
		_, a := withColumns(t, []string{"How may this example be told?"}, []string{s})
		require.Equal(t, model.Attributed, a[0].Level, s)
	}
}

// What is taken out, or stands under a condition, is no use that is granted; nor is a box
// that was left.
func TestUsesInDoubtAreNone(t *testing.T) {
	for _, s := range []string{
		"All except guidance, workshops", "Not for guidance; workshops; translation", "No guidance, workshops or translation", "not to be used for:\n- guidance\n- workshops", "None of these: totals, workshops", "anything but totals, guidance", "Without: totals; guidance",
		"Nicht für: Leitfaden, Schulung", "Pas pour: guide, formation", "If approved: guidance, workshops", "guidance, if approved", "guidance, internal only", "guidance; only after the board agrees", "maybe, guidance", "[ ] guidance", "☐ guidance", "☐ guidance ☑ totals", "Nothing of: guidance, totals",
	} {
		_, a := withColumns(t, []string{"What may it be used for?"}, []string{s})
		require.Empty(t, a[0].Uses, s)
	}
	for s, n := range map[string]int{"guidance; workshops": 2, "guidance; newsletter": 1, "guidance; not the quotes": 1, "guidance; workshops; not workshops": 1, "Statistics, never guidance": 1} {
		_, a := withColumns(t, []string{"What may it be used for?"}, []string{s})
		require.Len(t, a[0].Uses, n, s)
	}
	for _, s := range []string{"anyone with permission", "Whoever we agree", "Peut-être tous", "tous, peut-être", "może wszyscy"} {
		_, a := withColumns(t, []string{"Who may read what comes of it?"}, []string{s})
		require.Equal(t, model.WorkingGroup, a[0].Audience, s)
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
