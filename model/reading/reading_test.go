// SPDX-License-Identifier: Apache-2.0

package reading_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/reading"
)

// A made-up account.
const account = `Getting more people to answer our survey
Very few people answered the postal survey, and nobody under forty did.
We met young people at two football clubs and asked them what would make it easier.
They helped us to rewrite the questions in plain words.
In 2023 the number of answers rose from 40 to 310.
Next time we would pay the young people from the start.
"It was the first time that anybody asked me," said one player.
Contact: team@example.org`

func reader(t testing.TB) *reading.Reader {
	t.Helper()
	r, err := reading.New(reading.Config{})
	require.NoError(t, err)
	return r
}

func TestRead(t *testing.T) {
	got, err := reader(t).Read(account, "")
	require.NoError(t, err)
	require.Len(t, got.Sentences, 8)
	at := 0
	for _, s := range got.Sentences {
		require.GreaterOrEqual(t, s.Start, at)
		require.Greater(t, s.End, s.Start)
		at = s.End
	}
	require.LessOrEqual(t, at, len(account))
	for _, all := range [][]reading.Found{got.Challenges, got.Objectives, got.Situations, got.Methods} {
		require.NotEmpty(t, all)
		for i, f := range all {
			require.True(t, f.Confidence >= 0 && f.Confidence <= 1)
			require.Less(t, f.Sentence, len(got.Sentences))
			if i > 0 {
				require.LessOrEqual(t, f.Confidence, all[i-1].Confidence, "surest first")
			}
		}
	}
}

// What a person gave wins, and what is filled is valid.
func TestFill(t *testing.T) {
	e := model.Example{
		ID: "e1", Account: account, Title: model.Text{Value: "A title that a person gave"},
		Objectives: []model.Objective{{Coded: model.Coded{Code: "ob:understand-needs", AssignedBy: model.ByContributor}}},
		Parties:    []model.Party{{Ref: "p1", Role: "contributor"}},
	}
	require.NoError(t, e.Validate(nil), "an account is enough")
	filled, evidence, err := reader(t).Fill(e)
	require.NoError(t, err)
	require.NoError(t, filled.Validate(nil))
	require.Equal(t, e.Title, filled.Title)
	require.Equal(t, e.Objectives, filled.Objectives)
	require.NotEmpty(t, filled.Steps)
	require.NotEmpty(t, filled.Challenges)
	for _, c := range filled.Challenges {
		require.Contains(t, []model.AssignedBy{model.BySoftware, model.BySuggestion}, c.AssignedBy)
		require.False(t, c.Confirmed())
	}
	for _, v := range evidence {
		require.True(t, 0 <= v.Start && v.Start < v.End && v.End <= len(account), v.Field)
	}
	again, _, err := reader(t).Fill(e)
	require.NoError(t, err)
	require.Equal(t, filled, again, "the same bytes")

	e.Account = ""
	same, none, err := reader(t).Fill(e)
	require.NoError(t, err)
	require.Equal(t, e, same)
	require.Empty(t, none)
}

// An answer of a sentence or two is read by its own words: what is learned of
// neighbours in whole accounts has no say there.
func TestShortAnswers(t *testing.T) {
	for _, answer := range []string{
		"We held two meetings with tenants.",
		"We asked patients at two clinics what got in their way. They rewrote the letter with us.",
		"We interviewed twelve carers at home. We sent each of them the notes. We then ran a workshop.",
	} {
		got, err := reader(t).Read(answer, "")
		require.NoError(t, err)
		require.Equal(t, "action", got.Sentences[0].Role)
	}
}

func TestSentences(t *testing.T) {
	for _, row := range []struct {
		name, in, reason string
		want             []string
	}{
		{"two", "We met. They spoke.", "", []string{"We met.", "They spoke."}},
		{"short forms", "Dr. Example met St. Made-up Trust, e.g. on Monday. It helped.", "a full stop may belong to a short form", []string{"Dr. Example met St. Made-up Trust, e.g. on Monday.", "It helped."}},
		{"bullets", "We did:\n- a walk\n- A talk.", "each item is one", []string{"We did:", "- a walk", "- A talk."}},
		{"hard wrap", "We asked everybody who came to the\nclinic on Monday.", "a line that goes on in small letters", []string{"We asked everybody who came to the\nclinic on Monday."}},
		{"heading", "What we did\nWe asked.", "a heading is its own", []string{"What we did", "We asked."}},
		{"quote", "“It helped.” We went on.", "the mark belongs to the sentence", []string{"“It helped.”", "We went on."}},
		{"numbers", "1. We asked. 2. We wrote.", "the number of an item is no sentence", []string{"1. We asked.", "2. We wrote."}},
		{"nothing", " \n--- \n", "no letter, no digit", nil},
	} {
		t.Run(row.name, func(t *testing.T) {
			got, err := reader(t).Read(row.in, "")
			require.NoError(t, err)
			var said []string
			for _, s := range got.Sentences {
				said = append(said, row.in[s.Start:s.End])
			}
			require.Equal(t, row.want, said, row.reason)
		})
	}
}

// Any bytes are read without a panic, with offsets in bounds, and what is filled
// from valid text is valid.
func FuzzFill(f *testing.F) {
	for _, s := range []string{account, "", ".", "\r\n\n", "a\xffb. C", "1. 2. 3.", strings.Repeat("“", 90), "• \u202e x", strings.Repeat("We met people. ", 50)} {
		f.Add(s)
	}
	r := reader(f)
	f.Fuzz(func(t *testing.T, s string) {
		got, err := r.Read(s, "")
		require.NoError(t, err)
		at := 0
		for _, x := range got.Sentences {
			require.True(t, at <= x.Start && x.Start < x.End && x.End <= len(s))
			at = x.End
		}
		if !utf8.ValidString(s) {
			return
		}
		e := model.Example{ID: "e1", Account: model.Raw(s), Kind: "ki:resource", Title: model.Text{Value: "x"}, Parties: []model.Party{{Ref: "p1", Role: "contributor"}}}
		filled, _, err := r.Fill(e)
		require.NoError(t, err)
		if e.Validate(nil) == nil {
			require.NoError(t, filled.Validate(nil))
		}
	})
}

func ExampleReader_Fill() {
	r, err := reading.New(reading.Config{})
	if err != nil {
		return
	}
	e, _, err := r.Fill(model.Example{Account: "We asked patients at two clinics what got in their way. They rewrote the letter with us."})
	if err != nil {
		return
	}
	fmt.Println(e.Title.Value, len(e.Steps) > 0)
	// Output: [text 55 bytes] true
}
