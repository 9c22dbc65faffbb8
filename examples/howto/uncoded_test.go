// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/examples/internal/accounts"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// toldWhole is an example as its contributor would tell it in prose: the words of
// its fields, none of its codes.
func toldWhole(e model.Example) model.Example {
	var lines []string
	add := func(texts ...model.Raw) {
		for _, t := range texts {
			if s := strings.TrimSpace(string(t)); s != "" {
				if !strings.ContainsAny(s[len(s)-1:], ".!?") {
					s += "."
				}
				first, size := utf8.DecodeRuneInString(s)
				lines = append(lines, string(unicode.ToUpper(first))+s[size:])
			}
		}
	}
	add(e.Title.Value)
	for _, c := range e.Challenges {
		add(c.AsWritten)
	}
	for _, o := range e.Objectives {
		add(o.AsWritten)
	}
	for _, s := range e.Steps {
		add(s.Text.Value)
	}
	for _, o := range e.Outcomes {
		add(o.Text.Value)
	}
	for _, l := range e.Lessons {
		add(l.Text.Value)
	}
	return model.Example{
		ID: e.ID, Version: e.Version, Lang: e.Lang, Context: e.Context, Organisations: e.Organisations,
		Account: model.Raw(strings.Join(lines, "\n")), Parties: e.Parties, Agreements: e.Agreements, Provenance: e.Provenance,
	}
}

// topicSteps are the methods of the steps of each topic.
func topicSteps(t *testing.T, body string) map[string][]string {
	t.Helper()
	var c struct {
		Topics []struct {
			ID         string `json:"id"`
			Statements []struct{ Kind, Code string }
		}
	}
	require.NoError(t, json.Unmarshal([]byte(body), &c))
	out := map[string][]string{}
	for _, topic := range c.Topics {
		out[topic.ID] = []string{}
		for _, s := range topic.Statements {
			if s.Kind == "step" {
				out[topic.ID] = append(out[topic.ID], s.Code)
			}
		}
	}
	return out
}

// familyOf is the id of the topic of a challenge's family.
func familyOf(challenge string) string {
	c, ok := vocabulary.Default().Concept(strings.Replace(challenge, "-", ":", 1))
	if !ok {
		return ""
	}
	return strings.Replace(strings.Join(c.Links("family"), ""), ":", "-", 1)
}

// broader are the broader concepts of one.
func broader(code string) []string {
	if c, ok := vocabulary.Default().Concept(code); ok {
		return c.Broader()
	}
	return nil
}

// The sample without any of its codes: which of its topics, and which steps of
// them, are found again. 14 of its 16 topics and four steps in five were asked
// for. Its objectives stand in no words, so that pairs have to be guessed: a topic
// is found in part where its challenge, its objective or the family of its challenge
// alone is a topic. A step is found too where the family of its method is one.
func TestSampleWithoutCodes(t *testing.T) {
	t.Parallel()
	topics := func(args ...string) map[string][]string { // as a run brings them together, before it writes
		o, err := parse(append([]string{"-now", day, "-out", t.TempDir()}, args...))
		require.NoError(t, err)
		sheet, err := read(o)
		require.NoError(t, err)
		got, err := bringTogether(t.Context(), &o, sheet.Examples, key{secret: sampleSecret}, &kept{})
		require.NoError(t, err)
		return topicSteps(t, string(got.result.edition.Body))
	}
	var told strings.Builder
	for _, e := range collection(t) {
		line, err := json.Marshal(toldWhole(e))
		require.NoError(t, err)
		told.Write(append(line, '\n'))
	}
	in := filepath.Join(t.TempDir(), "told.jsonl")
	require.NoError(t, os.WriteFile(in, []byte(told.String()), 0o600))
	coded := topicSteps(t, sampleDraft(t).files["collection.json"])
	reach := func(args ...string) (part, steps int) {
		read := topics(append(args, "-in", in)...)
		whole, of := 0, 0
		for id, codes := range coded {
			challenge, objective, _ := strings.Cut(id, ".")
			got, ok := read[id]
			if ok {
				whole++
			}
			for _, at := range []string{challenge, objective, familyOf(challenge)} {
				if more, is := read[at]; is && at != "" {
					got, ok = slices.Concat(got, more), true
				}
			}
			if ok {
				part++
			}
			for _, c := range codes {
				of++
				if slices.Contains(got, c) || slices.ContainsFunc(broader(c), func(up string) bool { return slices.Contains(got, up) }) {
					steps++
				}
			}
		}
		t.Logf("%v: of %d topics %d found again, %d at least in part; %d of their %d steps", args, len(coded), whole, part, steps, of)
		return part, steps
	}
	part, steps := reach()
	require.GreaterOrEqual(t, part, 14)
	require.GreaterOrEqual(t, steps, 50)
	part, _ = reach("-least", "0.15")
	require.GreaterOrEqual(t, part, 12)
}

// asAnswers is an example as its contributor fills the form in without choosing
// any code.
func asAnswers(e model.Example) model.Example {
	out := toldWhole(e)
	out.Account, out.Title = "", e.Title
	for _, c := range e.Challenges {
		out.Challenges = append(out.Challenges, model.Challenge{Coded: model.Coded{AsWritten: c.AsWritten}})
	}
	for _, s := range e.Steps {
		out.Steps = append(out.Steps, model.Step{Text: s.Text})
	}
	for _, o := range e.Outcomes {
		out.Outcomes = append(out.Outcomes, model.Outcome{Text: o.Text})
	}
	for _, l := range e.Lessons {
		out.Lessons = append(out.Lessons, model.Lesson{Text: l.Text})
	}
	return out
}

// An account pasted whole and the same words filled into the form give codes that
// agree: those that count in a draft, and all that a person is asked about.
func TestPastedAsFilledIn(t *testing.T) {
	t.Parallel()
	codes := func(e model.Example, counted bool) map[model.Code]bool {
		all := []model.Example{e}
		_, err := accounts.Fill(all, nil, accounts.Config{})
		require.NoError(t, err)
		out := map[model.Code]bool{}
		accounts.Each(&all[0], func(c *model.Coded) {
			if c.Code != "" && (!counted || c.Accepted()) {
				out[c.Code] = true
			}
		})
		return out
	}
	for _, counted := range []bool{true, false} {
		both, all, n := 0, 0, 0
		for _, e := range collection(t) {
			n++
			pasted, filled := codes(toldWhole(e), counted), codes(asAnswers(e), counted)
			all += len(pasted) + len(filled)
			for k := range pasted {
				if filled[k] {
					both++
				}
			}
		}
		f := 2 * float64(both) / float64(max(all, 1))
		t.Logf("%d examples pasted and filled in (counted %t): %d codes agree, F1 %.2f", n, counted, both, f)
		require.GreaterOrEqual(t, f, 0.85)
	}
}
