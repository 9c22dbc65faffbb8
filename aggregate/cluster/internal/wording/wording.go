// SPDX-License-Identifier: Apache-2.0

package wording

import (
	_ "embed"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// Kind is what a word is good for in a name.
type Kind uint8

// The kinds of word.
const (
	// Topic words can name a group by themselves.
	Topic Kind = iota
	// Part words belong in a name, but are none by themselves: bare verbs,
	// adjectives of size and worth, nouns that stand for anything.
	Part
	// State words are what was done to something (declined): they belong beside
	// its name.
	State
	// Plain words name nothing, but stand inside names: grammar, modals,
	// adverbs, numbers.
	Plain
	// Aside words stand in no name: politeness and talk.
	Aside
)

// Role is a place in which a word stands by other words, and which tells
// whether those are names.
type Role uint8

// The roles.
const (
	Title   Role = iota // before the names of persons
	Article             // before nouns, and not before names
	Lead                // before the names of places
	Says                // after the names of persons
	Elided              // joined to the next word by an apostrophe
	Ending              // of the cases of names
	Proper              // a name of no person and no place
	roles
)

const roleNames = "title article lead says elided ending proper"

// Language is what is known of the words of one language.
type Language struct {
	Code    string
	kinds   map[string]Kind
	grammar map[string]bool
	roles   [roles]map[string]bool
}

//go:embed data/grammar.tsv
var grammarList string

//go:embed data/plain.tsv
var plainList string

var languages = sync.OnceValue(func() map[string]*Language {
	out := map[string]*Language{}
	of := func(code string) *Language {
		if out[code] == nil {
			l := &Language{Code: code, kinds: map[string]Kind{}, grammar: map[string]bool{}}
			for r := range l.roles {
				l.roles[r] = map[string]bool{}
			}
			out[code] = l
		}
		return out[code]
	}
	for line := range strings.Lines(grammarList + plainList) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(f) != 3 || strings.HasPrefix(line, "#") {
			continue
		}
		l := of(f[0])
		for w := range strings.FieldsSeq(text.Fold(f[2])) {
			l.enter(f[1], w)
		}
	}
	return out
})

func (l *Language) enter(kind, w string) {
	if r := slices.Index(strings.Fields(roleNames), kind); r >= 0 {
		l.roles[r][w] = true
		return
	}
	switch kind {
	case "act", "quality", "vague":
		if l.kinds[w] == Topic {
			l.kinds[w] = Part
		}
	case "state":
		l.kinds[w] = State
	case "function":
		l.grammar[w] = true
		l.kinds[w] = Plain
	case "polite", "filler":
		if !l.has(w) {
			l.kinds[w] = Aside
		}
	default:
		if l.kinds[w] != Aside {
			l.kinds[w] = Plain
		}
	}
}

func (l *Language) has(w string) bool { return l.grammar[w] || l.Code == "en" && text.IsStopWord(w) }

// English is the language of texts that show no other.
func English() *Language { return languages()["en"] }

// speakers are, by word that carries little matter, the languages that have it.
var speakers = sync.OnceValue(func() map[string][]string {
	out := map[string][]string{}
	for _, code := range slices.Sorted(maps.Keys(languages())) {
		for w := range languages()[code].kinds {
			if len(w) > 1 && code != "xx" {
				out[w] = append(out[w], code)
			}
		}
	}
	return out
})

// Guess adds to votes, by code of language, how much a folded word speaks for
// each, times weight: a word of grammar or of talk counts for its languages, the less the
// more of them have it.
func Guess(votes map[string]float64, word string, weight float64) {
	codes := speakers()[word]
	english := text.IsStopWord(word) && !slices.Contains(codes, "en") && len(word) > 1
	n := float64(len(codes))
	if english {
		n++
		votes["en"] += weight / n
	}
	for _, c := range codes {
		votes[c] += weight / n
	}
}

// Best is the language with most votes; English where there are next to none.
func Best(votes map[string]float64) *Language {
	best, most := English(), votes["en"]+0.75
	for _, code := range slices.Sorted(maps.Keys(votes)) {
		if v := votes[code]; v > most {
			best, most = languages()[code], v
		}
	}
	return best
}

// Kind says what a word is good for. lower is the word in lower case with its
// accents, folded without.
func (l *Language) Kind(lower, folded string) Kind {
	if text.IsStopWord(folded) || l.grammar[folded] {
		return Plain
	}
	if k := l.kinds[folded]; k != Topic {
		return k
	}
	if base, ok := strings.CutSuffix(folded, "'s"); ok && l.kinds[base] == Plain {
		return Plain
	}
	return l.byEnding(lower)
}

// byEnding knows the endings that only adverbs or only verbs have, but for the
// nouns listed.
func (l *Language) byEnding(w string) Kind {
	ends := func(not string, endings ...string) bool {
		for _, e := range endings {
			if len(w) > len(e)+2 && strings.HasSuffix(w, e) {
				return !strings.Contains(" "+not+" ", " "+w+" ")
			}
		}
		return false
	}
	switch l.Code {
	case "en":
		if ends("family supply reply assembly anomaly elderly friendly daily weekly monthly hourly yearly quarterly italy july bully belly jelly lily ally rally tally folly holly monopoly melancholy butterfly jewelly homely multiply comply imply apply unfriendly user-friendly costly lonely ugly early deadly only panoply anomaly", "ly") {
			return Plain
		}
		if ends("bed feed need seed shed speed breed reed weed deed greed creed embed newlywed naked hundred sacred hatred wicked bloodshed biped", "ed") {
			return State
		}
	case "fr":
		if ends("", "emment", "amment", "ellement", "ablement", "iblement") {
			return Plain
		}
	case "es", "it", "pt":
		if ends("mente clemente demente semente", "mente") {
			return Plain
		}
		if l.Code == "it" && ends("carcere genere polvere cenere cellulare militare popolare oculare cardiovascolare malare camere opere lettere malattie mestiere cameriere infermiere quartiere cantiere sedere piacere potere dovere mare scolare alimentare sanitare nere vere intere", "iere") {
			return Topic
		}
		if l.Code == "it" && ends("carcere genere polvere cenere cellulare militare popolare oculare cardiovascolare camere opere lettere mare alimentare nere vere intere lavoratore", "are", "ere", "ire") {
			return Part
		}
		if l.Code != "it" && ends("hogar lugar dolor mujer taller alquiler azúcar cáncer familiar bienestar malestar celular militar escolar ocular titular pulmonar cardiovascular particular similar líder póster carácter cualquier ayer dar lar açúcar câncer jantar andar bem-estar mal-estar regular popular auxiliar", "ar", "er", "ir") {
			return Part
		}
	case "pl":
		if ends("pamięć sieć płeć śmierć pięć łokieć", "ać", "eć", "ić", "yć", "ąć") {
			return Part
		}
	}
	return Topic
}

// Plays reports whether a folded word has a role in the language.
func (l *Language) Plays(r Role, folded string) bool {
	return l.roles[r][folded] || r == Proper && languages()["xx"].roles[r][folded]
}

// Bases are a folded word and, where the language declines names, what it may
// be the case of.
func (l *Language) Bases(folded string) []string {
	out := []string{folded}
	for e := range l.roles[Ending] {
		if base, ok := strings.CutSuffix(folded, e); ok && len(base) >= 5 {
			out = append(out, base, base+"a")
		}
	}
	return out
}
