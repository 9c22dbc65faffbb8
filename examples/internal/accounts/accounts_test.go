// SPDX-License-Identifier: Apache-2.0

package accounts_test

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/examples/internal/accounts"
	"github.com/sharedpractice/sharedpractice/model"
	_ "github.com/sharedpractice/sharedpractice/model/modeltest"
)

func told() []model.Example {
	return []model.Example{{ID: "e1", Account: `Few young people answered our letters, and those who did not speak English were missing altogether.
We ran five focus groups with an interpreter and paid everybody's bus fare on the day.
=More came than before. Next time we would start with the interpreter.`}}
}

// What a person decided wins over what software read, and is not asked again.
func TestFill(t *testing.T) {
	all := told()
	before, err := accounts.Fill(all, nil, accounts.Config{})
	require.NoError(t, err)
	require.Empty(t, all[0].Account, "the account goes no further")
	require.Greater(t, len(before.Open), 1)
	var list bytes.Buffer
	require.NoError(t, before.Write(&list))
	rows, err := csv.NewReader(strings.NewReader(list.String())).ReadAll()
	require.NoError(t, err)
	for _, row := range rows {
		for _, cell := range row {
			require.NotRegexp(t, `^[=+@-]`, cell, "a spreadsheet would run it")
		}
	}
	rows[1][5], rows[2][5] = "yes", "no"
	var answered bytes.Buffer
	require.NoError(t, csv.NewWriter(&answered).WriteAll(rows))
	decided, err := accounts.ReadDecisions(&answered)
	require.NoError(t, err)
	decided[accounts.Key{Example: "e1", Code: "ch:jargon-of-nobody"}] = "no"
	all = told()
	after, err := accounts.Fill(all, decided, accounts.Config{Publish: true})
	require.NoError(t, err)
	require.Len(t, after.Open, len(before.Open)-2)
	require.Equal(t, 2, after.Decided)
	require.Len(t, after.Foreign, 1)
	counted := map[model.Code]bool{}
	accounts.Each(&all[0], func(c *model.Coded) {
		if c.Accepted() {
			counted[c.Code] = true
		}
	})
	require.True(t, counted[model.Code(rows[1][1])])
	require.Len(t, counted, 1, "an edition counts what a person confirmed, and nothing else")

	// The list that comes of it holds what was decided, and can be given back again: it was
	// filled in where it lay, and the next run wrote it anew without.
	for range 2 {
		list.Reset()
		require.NoError(t, after.Write(&list))
		again, err := accounts.ReadDecisions(bytes.NewReader(list.Bytes()))
		require.NoError(t, err)
		require.Equal(t, decided, again)
		all = told()
		after, err = accounts.Fill(all, again, accounts.Config{Publish: true})
		require.NoError(t, err)
		require.Equal(t, 2, after.Decided)
	}
}

func TestReadDecisions_faults(t *testing.T) {
	for text, why := range map[string]string{
		"example,code\n": `no column "decision"`,
		"example,code,decision\ne1,ch:jargon,perhaps\n":       "line 2",
		"example,code,decision\ne1,ch:jargon,ob:experience\n": "line 2",
		"example,code,decision\n\"e1,ch:jargon,yes\n":         "is no CSV",
	} {
		_, err := accounts.ReadDecisions(strings.NewReader(text))
		require.ErrorContains(t, err, why)
		require.NotContains(t, err.Error(), "perhaps")
	}
}

// A challenge that a person named in own words only, beside an account or without
// one, does not keep its codes from being proposed, and stays as it was written.
func TestFill_ownWords(t *testing.T) {
	own := []model.Challenge{{Coded: model.Coded{AsWritten: "Hard to find younger people to take part"}}}
	for name, e := range map[string]model.Example{
		"with an account": {ID: "e1", Account: told()[0].Account, Challenges: own},
		"without one":     {ID: "e1", Challenges: own, Steps: []model.Step{{Text: model.Text{Value: "We rang people in the evening."}}}},
	} {
		all := []model.Example{e}
		before, err := accounts.Fill(all, nil, accounts.Config{})
		require.NoError(t, err)
		require.Equal(t, own[0], all[0].Challenges[0], name)
		if e.Account == "" {
			require.NotEmpty(t, all[0].Steps[0].Text.Value, "and the steps stay")
			require.Equal(t, 1, before.Answers)
		}
		code := ""
		for _, c := range before.Open {
			require.NotEmpty(t, c.Sentence, name)
			if strings.HasPrefix(c.Code, "ch:") {
				code = c.Code
			}
		}
		require.NotEmpty(t, code, name)
		all = []model.Example{e}
		after, err := accounts.Fill(all, accounts.Decisions{{Example: "e1", Code: code}: "yes"}, accounts.Config{Publish: true})
		require.NoError(t, err)
		require.Equal(t, 1, after.Decided)
		require.Empty(t, after.Foreign)
		require.Equal(t, own[0], all[0].Challenges[0], name)
		confirmed := map[model.Code]bool{}
		for _, c := range all[0].Challenges {
			if c.Confirmed() {
				confirmed[c.Code] = true
			}
		}
		require.Equal(t, map[model.Code]bool{model.Code(code): true}, confirmed, name)
	}
}

// A form that is filled in without any code is read as an account is: what is sure
// counts in a draft, each step keeps its words and gets its methods, each method a step
// of its own; what a person chose stays, and an edition counts none of it.
func TestFill_form(t *testing.T) {
	words := []model.Raw{
		"We ran five focus groups with an interpreter", "We sent a survey by post to all members and put it online",
		"We trained two patients as peer interviewers, and they did one-to-one interviews at home.",
	}
	form := func() model.Example {
		e := model.Example{
			ID:         "e1",
			Challenges: []model.Challenge{{Coded: model.Coded{AsWritten: "People who do not speak English were missing from our meetings"}}},
			Outcomes:   []model.Outcome{{Text: model.Text{Value: "More came than before"}}},
		}
		for _, w := range words {
			e.Steps = append(e.Steps, model.Step{Text: model.Text{Value: w}, Actor: "st:nurse"})
		}
		return e
	}
	all := []model.Example{form()}
	got, err := accounts.Fill(all, nil, accounts.Config{Least: 0.3})
	require.NoError(t, err)
	require.Equal(t, 1, got.Accounts)
	require.Equal(t, 1, got.Answers)
	e := all[0]
	require.Equal(t, form().Challenges[0], e.Challenges[0])
	require.Equal(t, form().Outcomes, e.Outcomes)
	methods := map[model.Code]bool{}
	var told []model.Raw
	for _, s := range e.Steps {
		require.Equal(t, model.Code("st:nurse"), s.Actor)
		if told = append(told, s.Text.Value); s.Method.Accepted() {
			require.False(t, s.Method.Confirmed())
			methods[s.Method.Code] = true
		}
	}
	require.Equal(t, words, slices.Compact(told), "in the order in which they were written")
	for _, m := range []model.Code{"me:focus-group", "me:survey", "me:interview"} {
		require.True(t, methods[m], m)
	}
	for _, c := range got.Open {
		require.NotEmpty(t, c.Sentence)
	}

	all = []model.Example{form()}
	got, err = accounts.Fill(all, nil, accounts.Config{Least: 0.3, Publish: true})
	require.NoError(t, err)
	require.Positive(t, got.Silenced)
	accounts.Each(&all[0], func(c *model.Coded) { require.False(t, c.Accepted()) })

	own := form() // its codes came with it, from software of others
	own.Challenges[0].Code, own.Challenges[0].AssignedBy = "ch:language-culture", model.BySoftware
	own.Objectives = []model.Objective{{Coded: model.Coded{Code: "ob:equity", AssignedBy: model.BySoftware}}}
	own.Steps[0].Method = model.Coded{Code: "me:event", AssignedBy: model.BySoftware}
	for _, publish := range []bool{false, true} {
		all = []model.Example{own}
		all[0].Challenges, all[0].Objectives, all[0].Steps = slices.Clone(own.Challenges), slices.Clone(own.Objectives), slices.Clone(own.Steps)
		got, err = accounts.Fill(all, nil, accounts.Config{Publish: publish})
		require.NoError(t, err)
		require.Equal(t, publish, got.Silenced >= 3)
		require.Equal(t, !publish, all[0].Challenges[0].Accepted())
	}

	coded := form()
	coded.Challenges[0].Code, coded.Challenges[0].AssignedBy = "ch:language-culture", model.ByContributor
	coded.Objectives = []model.Objective{{Coded: model.Coded{Code: "ob:equity", AssignedBy: model.ByContributor}}}
	coded.Steps[0].Method = model.Coded{Code: "me:event", AssignedBy: model.ByContributor}
	all = []model.Example{coded}
	_, err = accounts.Fill(all, nil, accounts.Config{Least: 0.3})
	require.NoError(t, err)
	require.Equal(t, coded, all[0], "where a person chose codes, nothing is read")

	chosen := form()
	chosen.Steps[0].Method = model.Coded{Code: "me:event", AssignedBy: model.ByContributor}
	all = []model.Example{chosen}
	_, err = accounts.Fill(all, nil, accounts.Config{Least: 0.3})
	require.NoError(t, err)
	require.Equal(t, chosen.Steps[0], all[0].Steps[0])
	require.NotEqual(t, words[0], all[0].Steps[1].Text.Value, "no other method stands beside one that a person chose")
}

// Few accounts beside many examples that people coded do not make a draft count what
// software is less sure of, though they speak on none of its topics.
func TestFew(t *testing.T) {
	topics := []aggregate.Topic{{Challenge: "ch:time"}, {Challenge: "ch:trust"}, {Challenge: "ch:jargon"}}
	coded := model.Example{ID: "e0", Challenges: []model.Challenge{{Coded: model.Coded{Code: "ch:time", AssignedBy: model.ByContributor}}}}
	silent := model.Example{ID: "e1", Account: "Nothing to say."}
	for _, c := range []struct {
		examples []model.Example
		topics   int
		few      bool
	}{
		{[]model.Example{silent}, 3, true},
		{[]model.Example{coded, coded, silent}, 3, false},
		{[]model.Example{coded, coded, silent, silent}, 3, true},
		{[]model.Example{coded, coded, silent}, 2, true},
		{[]model.Example{coded}, 2, false},
	} {
		got, err := accounts.Fill(c.examples, nil, accounts.Config{})
		require.NoError(t, err)
		require.Equal(t, c.few, got.Few(c.examples, topics[:c.topics]))
	}
}

// Whatever an edition leaves out since no person confirmed it, a person is asked.
func TestFill_asksAll(t *testing.T) {
	e := model.Example{ID: "e1", Account: "Few people with diabetes came to our diabetes evenings. We trained three peer educators with diabetes. Forty people came."}
	all := []model.Example{e}
	asked, err := accounts.Fill(all, nil, accounts.Config{Least: 0.3})
	require.NoError(t, err)
	said := accounts.Decisions{}
	for _, c := range asked.Open {
		said[c.Key] = "yes"
	}
	require.NotEmpty(t, all[0].TherapyAreas)
	all = []model.Example{e}
	after, err := accounts.Fill(all, said, accounts.Config{Least: 0.3, Publish: true})
	require.NoError(t, err)
	require.Zero(t, after.Silenced)
	require.Empty(t, after.Open)
}

// What is found by words alone has no confidence, and none is made up for it.
func TestWriteWithoutConfidence(t *testing.T) {
	var list strings.Builder
	require.NoError(t, (&accounts.Codes{Open: []accounts.Code{
		{Key: accounts.Key{Example: "e1", Code: "ta:mental-health"}},
		{Key: accounts.Key{Example: "e1", Code: "ch:trust"}, Confidence: .004},
	}}).Write(&list))
	rows, err := csv.NewReader(strings.NewReader(list.String())).ReadAll()
	require.NoError(t, err)
	require.Len(t, rows, 3)
	require.Equal(t, "confidence", rows[0][3])
	require.Empty(t, rows[1][3])
	require.Equal(t, "0.00", rows[2][3])
}
