// SPDX-License-Identifier: Apache-2.0

package guidance_test

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/model/modeltest"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// messages reads a catalog as its file holds it.
func messages(t testing.TB, locale string) map[string]string {
	t.Helper()
	body, err := fs.ReadFile(os.DirFS("internal/words/data/catalog"), locale+".tsv")
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(string(body), "# Messages of guides"), "a catalog says where it is from")
	out := map[string]string{}
	for line := range strings.Lines(string(body)) {
		if key, m, ok := strings.Cut(strings.TrimRight(line, "\n"), "\t"); ok && !strings.HasPrefix(line, "#") {
			out[key] = m
		}
	}
	return out
}

var (
	placeForm  = regexp.MustCompile(`\{([a-z]+)`)
	choiceForm = regexp.MustCompile(`\{[a-z]+\?([^}]*)\}`)
)

// places lists the names that a message uses.
func places(m string) []string {
	var out []string
	for _, found := range placeForm.FindAllStringSubmatch(m, -1) {
		out = append(out, found[1])
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// needed lists the plural forms that whole numbers below 1000 take.
func needed(locale string) []string {
	names := map[plural.Form]string{plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many", plural.Other: "other"}
	tag := language.MustParse(locale)
	out := []string{"other"}
	for n := range 1000 {
		out = append(out, names[plural.Cardinal.MatchPlural(tag, n, 0, 0, 0, 0)])
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func TestLocales(t *testing.T) {
	require.Equal(t, []string{"cy", "de", "en-GB", "es", "fr", "it", "nl", "pl", "sv"}, guidance.Locales())
}

// What an English message says is fixed here by a hash, so that nobody changes
// one without reading its eight translations: mend those first, then -update.
func TestTranslationsFollowTheEnglish(t *testing.T) {
	source := messages(t, guidance.SourceLocale)
	var b strings.Builder
	for _, key := range slices.Sorted(maps.Keys(source)) {
		sum := sha256.Sum256([]byte(source[key]))
		fmt.Fprintf(&b, "%s\t%x\n", key, sum[:4])
	}
	modeltest.Golden(t, "translated-from.txt", []byte(b.String()))
}

// A line reads as one: what is put into it does not stand between two colons, and what stands
// beside a step is a phrase without a full stop or a colon in it.
func TestLinesReadAsOne(t *testing.T) {
	between := regexp.MustCompile(`:\s\{\w+\}\s?:`)
	for _, locale := range guidance.Locales() {
		for key, text := range messages(t, locale) {
			require.NotRegexp(t, between, text, "%s: %s", locale, key)
			if strings.HasPrefix(key, "seen.") {
				require.NotRegexp(t, `[.:]\s|\.$`, text, "%s: %s", locale, key)
			}
		}
	}
}

// What a catalogue says of one challenge or one pair is of such as exist, or nothing says it.
func TestMessagesOfTopicsNameConcepts(t *testing.T) {
	of := 0
	for key := range messages(t, guidance.SourceLocale) {
		var ids []string
		if about, ok := strings.CutPrefix(key, "title."); ok && strings.Contains(about, ":") {
			ids = strings.Split(about, ".")
		} else if about, ok := strings.CutPrefix(key, "now."); ok {
			challenge, _, _ := strings.Cut(about, ".")
			ids = []string{"ch:" + challenge}
		}
		for _, id := range ids {
			of++
			_, ok := vocabulary.Default().Concept(id)
			require.True(t, ok, key)
		}
	}
	require.Positive(t, of)
}

func TestCatalogsAreWhole(t *testing.T) {
	source := messages(t, guidance.SourceLocale)
	for _, locale := range guidance.Locales() {
		t.Run(locale, func(t *testing.T) {
			c, err := guidance.OpenCatalog(locale, nil)
			require.NoError(t, err)
			require.Equal(t, locale, c.Locale())
			require.Empty(t, c.Missing())
			own := messages(t, locale)
			require.Len(t, strings.Split(own["date.months"], "|"), 12)
			for key, m := range own {
				require.Contains(t, source, key, "a key that nobody asks for")
				require.Equal(t, places(source[key]), places(m), key)
				require.True(t, norm.NFC.IsNormalString(m), key)
				require.Equal(t, strings.TrimSpace(source[key]) == source[key], strings.TrimSpace(m) == m, key)
				require.NotContains(t, m, "\"", key)
				require.NotContains(t, m, " '", key)
				for _, r := range m {
					require.False(t, unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r), key)
				}
				for _, choice := range choiceForm.FindAllStringSubmatch(m, -1) {
					var forms []string
					for form := range strings.SplitSeq(choice[1], "|") {
						name, _, _ := strings.Cut(form, ":")
						forms = append(forms, name)
					}
					slices.Sort(forms)
					require.Equal(t, needed(locale), forms, key)
				}
			}
		})
	}
}

// Where the English promises nothing, no translation does: such a guide would not be
// made. The Welsh of "was met at first hand" was once read as "was proven".
func TestTranslationsPromiseNothing(t *testing.T) {
	source := messages(t, guidance.SourceLocale)
	for _, locale := range guidance.Locales() {
		for key, m := range messages(t, locale) {
			if guidance.Overclaim(source[key]) == "" {
				require.Empty(t, guidance.Overclaim(m), "%s: %s", locale, key)
			}
		}
	}
}

func TestOpenCatalogFindsTheLanguage(t *testing.T) {
	for _, row := range []struct{ name, asked, found, reason string }{
		{"exact", "de", "de", "there is such a catalog"},
		{"region", "de-AT", "de-AT", "the words are German, the numbers Austrian"},
		{"other English", "en-US", "en-US", "British words are English too"},
		{"Welsh", "cy-GB", "cy-GB", "the region says no more than the language"},
		{"near language", "da", "", "Swedish is not Danish, however near"},
		{"another script", "de-Cyrl", "", "its readers may not read Latin"},
		{"no language", "und", "", "nobody asked for English"},
		{"malformed", "not a tag", "", "it names nothing"},
	} {
		t.Run(row.name, func(t *testing.T) {
			c, err := guidance.OpenCatalog(row.asked, nil)
			if row.found == "" {
				require.ErrorIs(t, err, guidance.ErrTable, row.reason)
				return
			}
			require.NoError(t, err, row.reason)
			require.Equal(t, row.found, c.Locale())
			require.Empty(t, c.Missing())
		})
	}
}

// A user's own messages stand beside the built-in ones, and fall back as they do.
func TestOwnMessages(t *testing.T) {
	own := fstest.MapFS{
		"en-GB.tsv": {Data: []byte("own.count\t{n} {n?one:thing|other:things}\nown.only\tOnly here\n")},
		"de.tsv":    {Data: []byte("own.count\t{n} {n?one:Ding|other:Dinge}\nsection.brief\tDas Wichtigste\n")},
		"de-AT.tsv": {Data: []byte("own.count\t{n} {n?one:Sache|other:Sachen}\n")},
	}
	for _, row := range []struct {
		locale, key string
		n           int
		want        string
		reason      string
	}{
		{"de", "own.count", 1, "1 Ding", "the language's own"},
		{"de", "own.count", 2000, "2.000 Dinge", "numbers as the language writes them"},
		{"de-CH", "own.count", 2, "2 Dinge", "a region finds its language"},
		{"de-AT", "own.count", 2, "2 Sachen", "the nearest wins"},
		{"de-AT", "section.brief", 0, "Das Wichtigste", "over the built-in one"},
		{"de", "own.only", 0, "[en-GB] Only here", "what the language lacks is marked"},
		{"en-AU", "own.only", 0, "Only here", "British words are English too"},
		{"de", "own.nothing", 0, "[own.nothing]", "a key that nobody knows"},
	} {
		t.Run(row.locale+" "+row.reason, func(t *testing.T) {
			c, err := guidance.OpenCatalog(row.locale, own)
			require.NoError(t, err)
			require.Equal(t, row.want, c.Say(row.key, map[string]any{"n": row.n}), row.reason)
		})
	}
	c, err := guidance.OpenCatalog("de", own)
	require.NoError(t, err)
	require.Equal(t, []string{"own.only"}, c.Missing())
	require.Equal(t, "1. Dezember 2026", c.Date("2026-12-01"))
	require.Equal(t, "soon", c.Date("soon"), "what is no day stays")
}

func TestGuidesInEveryLanguage(t *testing.T) {
	months := map[string]string{
		"en-GB": "22 November 2026", "sv": "22 november 2026", "de": "22. November 2026", "fr": "22 novembre 2026", "es": "22 de noviembre de 2026",
		"it": "22 novembre 2026", "nl": "22 november 2026", "pl": "22 listopada 2026", "cy": "22 Tachwedd 2026",
	}
	english, err := guidance.Build(made(), topicID, guidance.Config{Date: "2026-11-22"})
	require.NoError(t, err)
	for _, locale := range guidance.Locales() {
		t.Run(locale, func(t *testing.T) {
			g, err := guidance.Build(made(), topicID, guidance.Config{Locale: locale, Date: "2026-11-22"})
			require.NoError(t, err)
			require.Equal(t, slotIDs(english), slotIDs(g), "slots are the same in every language")
			said := text(t, g)
			require.NotContains(t, said, "[en-GB]", "a catalog and the vocabulary's methods are whole")
			require.Contains(t, said, months[locale])
			if locale != guidance.SourceLocale {
				for i, s := range g.Sections {
					require.NotEqual(t, english.Sections[i].Title, s.Title, s.ID)
				}
				require.NotEqual(t, english.Front.Title, g.Front.Title)
			}
		})
	}
}

func TestWhatALanguageLacksIsMarked(t *testing.T) {
	lacking := fstest.MapFS{"fi.tsv": {Data: []byte("section.brief\tLyhyesti\n")}}
	g, err := entire(made(), topicID, guidance.Config{Locale: "fi", Catalogs: lacking})
	require.NoError(t, err)
	require.Equal(t, "Lyhyesti", g.Sections[0].Title)
	require.Equal(t, "[en-GB] The steps at a glance", g.Sections[1].Title)
	said := text(t, g)
	require.Contains(t, said, "[en-GB] General practice", "a label of the vocabulary")
	require.NotContains(t, said, "[en-GB] ,", "a mark stands before words")
	require.Regexp(t, `\[en-GB\] Go to where people are`, said, "a phrase of the vocabulary")
}

func TestNoPromiseInAnyLanguage(t *testing.T) {
	for _, row := range []struct {
		name, says string
		allowed    bool
		reason     string
	}{
		{"English", "This works.", false, "examples cannot show it"},
		{"English stem", "A group of hard workers met.", true, "a worker is no promise"},
		{"Swedish", "En effektiv metod", false, "effective"},
		{"German", "Das ist nachweislich wirksam.", false, "effective"},
		{"German participle", "Eine wirksame Methode", false, "in every case"},
		{"German other word", "Alle wirken mit.", true, "to take part is no promise"},
		{"French", "Une méthode efficace", false, "effective"},
		{"French quoted", "« Ça fonctionne »", false, "works, between quotation marks"},
		{"Spanish", "Está demostrado.", false, "proven"},
		{"Italian", "Un metodo efficace", false, "effective"},
		{"Dutch", "Bewezen aanpak", false, "proven, at the start of a sentence"},
		{"Polish", "Skuteczna metoda", false, "effective"},
		{"Welsh", "Dull effeithiol", false, "effective"},
		{"phrase", "Une pratique fondée sur des preuves", false, "evidence-based, in several words"},
		{"percentage", "Improved by 20 %", false, "no percentages"},
		{"percentage in words", "Zwanzig Prozent mehr", false, "no percentages, in words either"},
	} {
		t.Run(row.name, func(t *testing.T) {
			for _, locale := range guidance.Locales() {
				g, err := guidance.Build(made(), topicID, guidance.Config{Locale: locale})
				require.NoError(t, err)
				require.NoError(t, guidance.Check(g, made()))
				first(t, g, derived).Text = row.says
				if err := guidance.Check(g, made()); row.allowed {
					require.NoError(t, err, row.reason)
				} else {
					require.ErrorIs(t, err, guidance.ErrCheck, row.reason)
				}
			}
		})
	}
}

func TestDocumentsInEveryLanguage(t *testing.T) {
	for _, locale := range guidance.Locales() {
		cfg := guidance.Config{Locale: locale, Date: "2026-11-22"}
		for name, build := range map[string]func() (*guidance.Guide, error){
			"workshop":  func() (*guidance.Guide, error) { return guidance.Workshop(made(), topicID, 17, cfg) },
			"showcase":  func() (*guidance.Guide, error) { return guidance.Showcase(made(), cfg) },
			"resources": func() (*guidance.Guide, error) { return guidance.ResourceList(made(), cfg) },
			"digest":    func() (*guidance.Guide, error) { return guidance.Digest(made(), nil, cfg) },
		} {
			t.Run(locale+" "+name, func(t *testing.T) {
				g, err := build()
				require.NoError(t, err)
				require.NotContains(t, text(t, g), "[en-GB]")
				require.NoError(t, guidance.Check(g, made()))
			})
		}
	}
}
