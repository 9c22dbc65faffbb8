// SPDX-License-Identifier: Apache-2.0

package wording_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate/cluster/internal/wording"
	_ "github.com/sharedpractice/sharedpractice/model/modeltest" // for -update
	"github.com/sharedpractice/sharedpractice/model/text"
)

func language(t *testing.T, texts ...string) *wording.Language {
	t.Helper()
	votes := map[string]float64{}
	for _, s := range texts {
		s = text.Fold(s)
		for _, tok := range text.Tokens(s) {
			wording.Guess(votes, s[tok.Start:tok.End], 1)
		}
	}
	return wording.Best(votes)
}

func TestBest(t *testing.T) {
	for code, s := range map[string]string{
		"en": "The letters never came and nobody told us why",
		"de": "Die Briefe sind nie gekommen und niemand sagte uns warum",
		"fr": "Les lettres ne sont jamais arrivées et personne ne nous a dit pourquoi",
		"es": "Las cartas nunca llegaron y nadie nos dijo por qué",
		"it": "Le lettere non sono mai arrivate e nessuno ci ha detto perché",
		"nl": "De brieven zijn nooit gekomen en niemand heeft ons gezegd waarom",
		"pl": "Listy nigdy nie przyszły i nikt nam nie powiedział dlaczego",
		"cy": "Ni ddaeth y llythyrau ac nid oedd neb wedi dweud wrthym pam",
		"pt": "As cartas nunca chegaram e ninguém nos disse porquê",
		"sv": "Breven kom aldrig och ingen sa till oss varför",
		"fi": "Kirjeet eivät koskaan tulleet eikä kukaan kertonut meille miksi",
		"hu": "A levelek soha nem érkeztek meg és senki nem mondta meg miért",
		"ru": "Письма так и не пришли и никто нам не сказал почему",
	} {
		require.Equal(t, code, language(t, s).Code)
	}
	require.Equal(t, wording.English(), language(t, "Kubernetes"))
	require.Equal(t, wording.English(), language(t))
}

func TestKind(t *testing.T) {
	en := wording.English()
	for w, want := range map[string]wording.Kind{
		"parking": wording.Topic, "family": wording.Topic, "feed": wording.Topic, "transport": wording.Topic,
		"declined": wording.State, "activate": wording.Part, "good": wording.Part, "people": wording.Part,
		"want": wording.Plain, "quickly": wording.Plain, "seven": wording.Plain, "could": wording.Plain, "the": wording.Plain,
		"please": wording.Aside, "basically": wording.Aside,
	} {
		require.Equal(t, want, en.Kind(w, w), w)
	}
	require.Equal(t, wording.Part, language(t, "No puedo pedir una cita").Kind("aparcar", "aparcar"))
	require.Equal(t, wording.Topic, language(t, "No puedo pedir una cita").Kind("cáncer", "cancer"))
	require.Equal(t, wording.Part, language(t, "Nie ma tu nic dla mnie").Kind("umówić", "umowic"))
	require.Equal(t, wording.Plain, language(t, "Il n'y a pas de place pour nous").Kind("fréquemment", "frequemment"))
}

func TestNames(t *testing.T) {
	for s, words := range map[wording.Section]string{
		wording.Given: "sarah heike agnieszka siobhan jurgen", wording.Common: "sarah liz", wording.Surname: "silva",
		wording.Place: "leeds swansea london koln warszawa milano", wording.EnglishWord: "grace bath hope",
	} {
		for w := range strings.FieldsSeq(words) {
			require.True(t, wording.Is(s, w), w)
		}
	}
	for _, w := range []string{"parking", "appointment", "hospital", "wartezeit", "money", "letters", "", "a"} {
		for s := wording.Given; s <= wording.EnglishWord; s++ {
			require.False(t, wording.Is(s, w), w)
		}
	}
}

// TestPlainWords reads the table written by hand: known kinds, no word twice
// in a line, nothing that folds to another line's words of the same kind.
func TestPlainWords(t *testing.T) {
	b, err := os.ReadFile("data/plain.tsv")
	require.NoError(t, err)
	kinds := strings.Fields("polite filler verb act adverb quality number vague state title article lead says elided ending proper function")
	n := 0
	for line := range strings.Lines(string(b)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		require.Len(t, f, 3, line)
		require.Contains(t, kinds, f[1])
		require.Equal(t, strings.ToLower(f[2]), f[2])
		require.NotEmpty(t, f[2])
		n++
	}
	require.Greater(t, n, 90)
}

// TestMatter holds nouns that must not be read as grammar in their languages.
func TestMatter(t *testing.T) {
	b, err := os.ReadFile("data/grammar.tsv")
	require.NoError(t, err)
	for line := range strings.Lines(string(b)) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(f) != 3 {
			continue
		}
		ws := strings.Fields(f[2])
		require.True(t, slices.IsSorted(ws))
		require.Len(t, slices.Compact(slices.Clone(ws)), len(ws))
		for _, w := range []string{"attesa", "tiempo", "trabajo", "trabalho", "arbeit", "casa"} {
			require.NotContains(t, ws, w, f[0])
		}
	}
}
