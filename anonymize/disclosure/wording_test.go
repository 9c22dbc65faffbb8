// SPDX-License-Identifier: Apache-2.0

package disclosure_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize/disclosure"
)

func TestWording(t *testing.T) {
	// All made up. "we met in the evening" is everybody's, the rest is not.
	sources := []disclosure.SourceText{
		{Text: "We met in the evening, and paid for taxis with the Quixotic app. It cost 1,350 pounds.", Holdings: []string{"a"}},
		{Text: "we met in the EVENING. Everybody brought a hedgehog. 40 came.", Holdings: []string{"b"}},
		{Text: "First of all we met in the evening; somebody else brought hedgehogs. 40 came.", Holdings: []string{"c", "agency"}},
		{Text: "We met in the evening. 40 came, with hedgehogs.", Holdings: []string{"d", "agency"}},
	}
	everyday := func(w string) bool { return !strings.HasPrefix(w, "hedgehog") && w != "quixotic" }
	w, err := disclosure.NewWording(sources, disclosure.WordingConfig{K: 3, Everyday: everyday, Public: []string{"paid for taxis with the help of friends"}})
	require.NoError(t, err)
	for _, tt := range []struct {
		name, reason, text string
		want               []string
	}{
		{"shared phrase", "four sources, three independent holdings", "They met late: we met in the evening.", nil},
		{"own phrase", "one holding's", "People paid for taxis with the same card.", nil},
		{"own phrase, copied", "five words of one holding", "We met in the evening, and paid for taxis.", []string{"phrase 1"}},
		{"public phrase", "it stands in public wording too", "One can have paid for taxis with the rest.", nil},
		{"name", "one holding's tool", "The app Quixotic helps.", []string{"name 1"}},
		{"name in small letters", "and so it does uncapitalised", "The quixotic way helps.", []string{"rare-word 1"}},
		{"everyday word", "everyday language is nobody's", "People brought taxis.", nil},
		{"number", "one holding's figure, written otherwise", "It cost 1350.", []string{"number 1"}},
		{"shared number", "an agency and its clients count once", "40 came.", []string{"number 2"}},
		{"rare word", "three sources, two independent", "Bring a hedgehog.", []string{"rare-word 2"}},
		{"nobody's", "nobody wrote it, so it gives nobody away", "Ask 77 giraffes to write the longest of all letters.", nil},
		{"disguised", "full-width digits and a soft hyphen read the same", "It cost １３５０, with hedge\u00adhogs.", []string{"number 1", "rare-word 2"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := w.Check(tt.text)
			require.NoError(t, err)
			var rules []string
			for _, f := range got {
				rules = append(rules, fmt.Sprint(f.Rule, " ", f.Holdings))
				require.True(t, 0 <= f.Start && f.Start < f.End && f.End <= len(tt.text))
			}
			require.Equal(t, tt.want, rules, tt.reason)

			only, err := disclosure.NewWording(sources, disclosure.WordingConfig{
				K: 3, Everyday: everyday, Public: []string{"paid for taxis with the help of friends"}, Texts: []string{"Another text.", tt.text},
			})
			require.NoError(t, err)
			again, err := only.Check(tt.text)
			require.NoError(t, err)
			require.Equal(t, got, again, "the same if it is known that only this is checked")
			_, err = only.Check(tt.text + " ")
			require.ErrorIs(t, err, disclosure.ErrInput)
		})
	}
	got, err := w.Check("40 of 1,350 said so.", "40", "1,350")
	require.NoError(t, err)
	require.Empty(t, got, "figures that the publisher counted")
	_, err = disclosure.NewWording([]disclosure.SourceText{{Text: "x"}}, disclosure.WordingConfig{})
	require.ErrorIs(t, err, disclosure.ErrInput)
}

func FuzzWordingLongCopies(f *testing.F) {
	f.Add("one two three four five six seven", 1, 5)
	f.Add("a a a a a a a a a a a a a a a a", 3, 9)
	f.Add("Caf\u00e9 \u200b x, y. z", 0, 2)
	f.Add("a\n\na a a a", 0, 5)
	f.Fuzz(func(t *testing.T, source string, from, words int) {
		w, err := disclosure.NewWording([]disclosure.SourceText{{Text: source, Holdings: []string{"only"}}}, disclosure.WordingConfig{K: 2})
		if err != nil {
			return
		}
		// Whatever five words are copied from the only source are found, except over
		// the end of a paragraph: a run of words ends with its sentence.
		if strings.ContainsAny(source, "\n\r\v\f\u0085\u2028\u2029") {
			return
		}
		fields := strings.Fields(source)
		for _, field := range fields {
			if strings.Trim(field, "abcdefghijklmnopqrstuvwxyz") != "" {
				return
			}
		}
		from, words = max(from, 0), max(words, disclosure.PhraseWords)
		if from > len(fields) || words > len(fields)-from {
			return
		}
		got, err := w.Check(strings.Join(fields[from:from+words], " "))
		require.NoError(t, err)
		found := false
		for _, fault := range got {
			found = found || fault.Rule == disclosure.WordingPhrase
		}
		require.True(t, found)
		copied := strings.Join(fields[from:from+words], " ")
		w, err = disclosure.NewWording([]disclosure.SourceText{{Text: source, Holdings: []string{"only"}}}, disclosure.WordingConfig{K: 2, Texts: []string{copied}})
		require.NoError(t, err)
		again, err := w.Check(copied)
		require.NoError(t, err)
		require.Equal(t, got, again)
	})
}
