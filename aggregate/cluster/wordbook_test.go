// SPDX-License-Identifier: Apache-2.0

package cluster_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate/cluster"
	"github.com/sharedpractice/sharedpractice/model/text"
)

// comments are made-up comments by language and topic.
func comments(t testing.TB) (langs []string, groups map[string][][]cluster.Item, topics map[string][]string) {
	t.Helper()
	b, err := os.ReadFile("testdata/comments.tsv")
	require.NoError(t, err)
	groups, topics = map[string][][]cluster.Item{}, map[string][]string{}
	for line := range strings.Lines(string(b)) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if len(f) != 3 {
			continue
		}
		l, n := f[0], len(topics[f[0]])
		if !slices.Contains(langs, l) {
			langs = append(langs, l)
		}
		if n == 0 || topics[l][n-1] != f[1] {
			topics[l], groups[l] = append(topics[l], f[1]), append(groups[l], nil)
			n++
		}
		id := fmt.Sprint(l, len(topics), n, len(groups[l][n-1]))
		groups[l][n-1] = append(groups[l][n-1], cluster.Item{ID: id, Text: f[2], Source: id})
	}
	return langs, groups, topics
}

// TestLabelsSayTheTopic names groups of made-up comments in nine languages:
// what most of a group share, and no word of the kinds that name nothing.
func TestLabelsSayTheTopic(t *testing.T) {
	never := map[string]string{
		"en": "please thank thanks hi hello sorry really just honestly actually want wanted need could grace sarah mark leeds bradford okonkwo dr always again",
		"de": "bitte danke hallo ich einen die der das mein heike jürgen hamburg köln frau kowalczyk leider wieder kalt war",
		"fr": "bonjour merci un le mon impossible amélie lyon lefèvre docteur est toujours très svp veux",
		"es": "buenos gracias la los de quiero necesito lucía sevilla ibarra doctor señor siempre otra",
		"it": "buongiorno grazie un il i vorrei giulia torino ferrara dottor sempre troppo",
		"nl": "graag dank bedankt een de mijn ik sanne utrecht hoekstra dokter erg te wil",
		"pl": "dzień dobry dziękuję proszę agnieszka gdańsku wiśniewski doktor za bardzo chcę znowu",
		"cy": "diolch plis yr mae roedd sioned wrecsam dim iawn hoffwn eto yn",
		"pt": "bom obrigado obrigada por favor a o beatriz coimbra gostaria sempre",
		"sv": "tack uppsala astrid jag vill var är igen",
	}
	langs, groups, topics := comments(t)
	require.Len(t, langs, len(never))
	for _, l := range langs {
		require.NotEmpty(t, never[l])
		got, err := cluster.Name(t.Context(), groups[l], cluster.Config{})
		require.NoError(t, err)
		for i, n := range got {
			for w := range strings.FieldsSeq(strings.ToLower(strings.NewReplacer(",", " ", "'", " ", ".", " ").Replace(n.Label + " " + strings.TrimPrefix(n.Description, "Speaks of ")))) {
				if w != "and" && !(w == "de" || w == "di" || w == "d") { // inner words of "sala de espera"
					require.NotContains(t, strings.Fields(never[l]), w, "%s, %s: %s (%s)", l, topics[l][i], n.Label, n.Description)
				}
			}
			require.GreaterOrEqual(t, covered(n.Label, groups[l][i]), 0.5, "%s, %s: %s", l, topics[l][i], n.Label)
		}
	}
}

// covered is the share of the items that hold a word of the label, or one that
// begins or ends alike.
func covered(label string, items []cluster.Item) float64 {
	var want []string
	for w := range strings.FieldsSeq(strings.NewReplacer(",", " ", "'", " ", "-", " ").Replace(text.Fold(label))) {
		if len(w) > 2 {
			want = append(want, w[:max(3, len(w)-3)])
		}
	}
	hit := 0.0
	for _, it := range items {
		s := text.Fold(it.Text)
		if slices.ContainsFunc(want, func(w string) bool { return strings.Contains(s, w) }) {
			hit++
		}
	}
	return hit / float64(max(1, len(items)))
}

// TestLabelsLeaveOut puts a word of each kind that names nothing into every
// text of a group.
func TestLabelsLeaveOut(t *testing.T) {
	heads := []string{"Parking", "A parking space", "Cheap parking", "Parking for carers", "Disabled parking"}
	for _, row := range []struct {
		kind, words string
		pattern     string // %s is the word, %t the topic
	}{
		{"politeness", "please thanks hello sorry", "%t %s"},
		{"bare verbs", "want try know think keep", "%s %t"},
		{"modals", "could should might", "%s do with %t"},
		{"talk", "basically honestly actually stuff", "%s, %t"},
		{"adverbs", "today always quickly unfortunately again", "%t %s"},
		{"pronouns", "mine everyone yourself", "%t, %s"},
		{"numbers", "seven twenty 15 2nd 10am", "%s %t"},
		{"adjectives of worth", "good terrible", "%t was %s"},
		{"nouns for anything", "people problem things", "%t, %s"},
		{"places", "Leeds London Swansea Poland Birmingham", "%t in %s"},
		{"places that are words", "Reading Bath Sale", "%t in %s"},
		{"persons", "Sarah Mohammed Agnieszka Siobhan Priya Chukwuemeka Wei", "%t, thanks to %s"},
		{"persons whose names are words", "Grace Mark Joy Rose Art Hope Will", "%t, thanks to %s"},
		{"persons with a title", "Okonkwo Fernsby Zielinska", "%t, said Dr %s"},
		{"persons in small letters", "sarah mohammed nigel", "%t thanks to %s"},
	} {
		for w := range strings.FieldsSeq(row.words) {
			groups := [][]cluster.Item{nil, items("Letters arrive late", "Letters in large print", "Lost letters"), items("Cold food", "Food on the ward", "Hot food")}
			for i, h := range heads {
				s := strings.NewReplacer("%s", w, "%t", h).Replace(row.pattern)
				if w == strings.ToLower(w) && row.kind == "persons in small letters" {
					s = strings.ToLower(s)
				}
				groups[0] = append(groups[0], cluster.Item{ID: fmt.Sprint(i), Text: s, Source: fmt.Sprint(i)})
			}
			if row.kind == "persons in small letters" {
				groups = groups[:1]
			}
			got, err := cluster.Name(t.Context(), groups, cluster.Config{})
			require.NoError(t, err)
			all := strings.ToLower(got[0].Label + " " + got[0].Description)
			require.Contains(t, strings.ToLower(got[0].Label), "parking", "%s: %s", row.kind, w)
			require.NotContains(t, strings.Fields(strings.NewReplacer(",", " ", ".", " ").Replace(all)), strings.ToLower(w), "%s: %s", row.kind, all)
		}
	}
}

func items(texts ...string) (out []cluster.Item) {
	for i, s := range texts {
		out = append(out, cluster.Item{ID: fmt.Sprint(i), Text: s, Source: fmt.Sprint(i)})
	}
	return out
}

// TestLabelsKeepWords holds what must not be taken for a name or for talk.
func TestLabelsKeepWords(t *testing.T) {
	for _, row := range []struct {
		want  string
		texts []string
	}{
		{"grace", []string{"A period of grace", "The grace period is short", "Is there a grace period"}},
		{"haskell", []string{"How do I sort a list in Haskell", "A Haskell type error", "The Haskell compiler is slow"}},
		{"bath", []string{"Help with having a bath", "The bath is too high", "Rails for the bath"}},
		{"essen", []string{"Das Essen war kalt", "Ich mag das Essen nicht", "Mein Essen kam spät"}},
		{"cita", []string{"Quiero una cita", "Mi cita fue anulada", "La cita es tarde"}},
		{"dolores", []string{"Tengo dolores de espalda", "Los dolores siguen", "Con dolores toda la noche"}},
		{"declined", []string{"My transfer was declined", "Transfer declined", "Why was the transfer declined"}},
		{"waiting", []string{"The waiting is too long", "Waiting on the ward", "Less waiting"}},
		{"covid", []string{"After Covid it got worse", "Tests for Covid", "The Covid jab"}},
		{"gymraeg", []string{"Llythyrau yn Gymraeg plis", "Dim gair o Gymraeg ar y llythyr", "Siarad Gymraeg yn y clinig"}},
	} {
		got, err := cluster.Name(t.Context(), [][]cluster.Item{items(row.texts...)}, cluster.Config{})
		require.NoError(t, err)
		require.Contains(t, strings.ToLower(got[0].Label+" "+got[0].Description), row.want)
	}
}

// TestLabelsSpeakTheGroupsLanguage mixes a few texts of another language in.
func TestLabelsSpeakTheGroupsLanguage(t *testing.T) {
	_, groups, _ := comments(t)
	for _, l := range []string{"de", "fr", "es", "it", "nl", "pl", "pt"} {
		mixed := slices.Concat(groups[l][1], items("The waiting room was very cold and full", "I was in the waiting room for hours", "There is no chair in the waiting room"))
		got, err := cluster.Name(t.Context(), [][]cluster.Item{mixed, groups[l][0]}, cluster.Config{})
		require.NoError(t, err)
		require.NotContains(t, strings.ToLower(got[0].Label+got[0].Description), "waiting", l)
	}
}

// TestLabelsAreTheGroupsOwn gives every group a word that all share.
func TestLabelsAreTheGroupsOwn(t *testing.T) {
	var groups [][]cluster.Item
	own := []string{"parking", "letters", "food", "interpreters", "lifts"}
	for _, w := range own {
		groups = append(groups, items("Patients ask for "+w, "Patients and "+w, "For patients: "+w, "What patients say of "+w, "No patients here, but "+w))
	}
	got, err := cluster.Name(t.Context(), groups, cluster.Config{})
	require.NoError(t, err)
	for i, w := range own {
		first, _, _ := strings.Cut(strings.ToLower(got[i].Label), ",")
		require.Contains(t, first, w)
	}
}
