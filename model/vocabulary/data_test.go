// SPDX-License-Identifier: Apache-2.0

package vocabulary_test

import (
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"

	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// lines returns the statements of each data file.
func lines(t *testing.T) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	require.NoError(t, fs.WalkDir(vocabulary.Data(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".tsv" {
			return err
		}
		data, err := fs.ReadFile(vocabulary.Data(), name)
		for l := range strings.SplitSeq(strings.TrimSuffix(string(data), "\n"), "\n") {
			if !strings.HasPrefix(l, "#") {
				out[name] = append(out[name], l)
			}
		}
		return err
	}))
	require.NotEmpty(t, out)
	return out
}

func TestDataFilesAreTidy(t *testing.T) {
	for name, ls := range lines(t) {
		seen := map[string]bool{}
		var ids []string
		for _, l := range ls {
			assert.False(t, seen[l], "%s: a line stands twice", name)
			seen[l] = true
			assert.True(t, norm.NFC.IsNormalString(l), "%s: not NFC", name)
			id, _, _ := strings.Cut(l, "\t")
			ids = append(ids, id)
		}
		assert.True(t, slices.IsSorted(ids), "%s: ids are not sorted", name)
	}
}

// A sentence form must be able to stand in a sentence.
func TestFormsReadInSentences(t *testing.T) {
	s := vocabulary.Default()
	required := map[string][]vocabulary.Form{
		vocabulary.Challenge:        {vocabulary.FormNoun, vocabulary.FormGerund, vocabulary.FormWhen, vocabulary.FormShows, vocabulary.FormForce},
		vocabulary.Objective:        {vocabulary.FormVerb, vocabulary.FormNoun, vocabulary.FormGerund},
		vocabulary.Method:           {vocabulary.FormNoun, vocabulary.FormStep, vocabulary.FormUsual, vocabulary.FormOutput, vocabulary.FormBefore},
		vocabulary.Practice:         {vocabulary.FormStep, vocabulary.FormFits},
		vocabulary.Situation:        {vocabulary.FormIn, vocabulary.FormNoun},
		vocabulary.Stakeholder:      {vocabulary.FormOne, vocabulary.FormMany, vocabulary.FormThe},
		vocabulary.OrganisationType: {vocabulary.FormOne, vocabulary.FormMany, vocabulary.FormThe, vocabulary.FormBracket},
		vocabulary.TherapyArea:      {vocabulary.FormNoun, "people", vocabulary.FormBracket},
		vocabulary.EvidenceDesign:   {vocabulary.FormFragment},
		vocabulary.Lifecycle:        {vocabulary.FormNoun},
		vocabulary.EffortBand:       {vocabulary.FormNoun},
	}
	sentences := []vocabulary.Form{vocabulary.FormShows, vocabulary.FormUsual}
	imperatives := []vocabulary.Form{vocabulary.FormStep, vocabulary.FormBefore}
	for scheme, forms := range required {
		for c := range s.Scheme(scheme).Concepts() {
			for _, f := range forms {
				all, in := c.SayAll(f, vocabulary.DefaultLang)
				assert.Equal(t, vocabulary.DefaultLang, in, "%s lacks %s", c.ID(), f)
				for _, text := range all {
					first := text[:1]
					switch {
					case slices.Contains(sentences, f):
						assert.True(t, strings.HasSuffix(text, ".") && first == strings.ToUpper(first), "%s %s is a sentence", c.ID(), f)
					case slices.Contains(imperatives, f):
						assert.True(t, !strings.HasSuffix(text, ".") && first == strings.ToUpper(first), "%s %s is an imperative", c.ID(), f)
					default:
						assert.False(t, strings.HasSuffix(text, "."), "%s %s is a phrase", c.ID(), f)
						assert.Equal(t, strings.ToLower(first), first, "%s %s begins in lower case", c.ID(), f)
					}
				}
			}
			if scheme == vocabulary.Challenge {
				assert.NotEmpty(t, c.Forces(vocabulary.DefaultLang), c.ID())
			}
			if scheme == vocabulary.Method {
				assert.Len(t, c.Links("stage"), 1, c.ID())
			}
		}
	}
}

// Guidance claims no effect, so neither may the words it is made from.
func TestWordsAreHonest(t *testing.T) {
	for name, ls := range lines(t) {
		if !strings.HasPrefix(name, "en-GB/") {
			continue
		}
		for _, l := range ls {
			cells := strings.Split(l, "\t")
			if strings.HasSuffix(cells[1], "Label") || cells[1] == "say:context" || cells[1] == "say:block" {
				continue // what people write
			}
			for _, w := range strings.FieldsFunc(strings.ToLower(cells[2]), func(r rune) bool { return r < 'a' || r > 'z' }) {
				assert.NotContains(t, []string{"proves", "proven", "effective", "effectively", "guarantees", "ensures", "works"}, w, "%s %s", cells[0], cells[1])
			}
		}
	}
}

// Codes make titles without a seam: every objective with every challenge, and
// every situation, in every language.
func TestTitlesHaveNoSeams(t *testing.T) {
	s := vocabulary.Default()
	check := func(objective, challenge, situation, lang string) {
		title, in := s.Title(objective, challenge, situation, lang)
		if title == "" || in != lang || strings.ContainsAny(title, "{}[]") || strings.Contains(title, "  ") ||
			strings.Contains(title, " ,") || strings.Contains(title, " .") || len(title) > 320 {
			t.Errorf("the title of %s, %s, %s in %s has a seam", objective, challenge, situation, lang)
		}
	}
	for _, lang := range s.Languages() {
		for _, o := range s.Scheme(vocabulary.Objective).IDs() {
			for _, c := range s.Scheme(vocabulary.Challenge).IDs() {
				check(o, c, "", lang)
			}
		}
		for _, si := range s.Scheme(vocabulary.Situation).IDs() {
			check("ob:safety", "ch:trust", si, lang)
			check("ob:safety", "", si, lang)
		}
	}
}

// What is said in British English is said in every language, in its own words,
// so that no guide mixes two. Only what is matched and never shown is in English
// alone: phrases, their context, forms that no guide prints, terms and traps.
func TestTranslationsAreComplete(t *testing.T) {
	s := vocabulary.Default()
	require.Equal(t, []string{"cy", "de", "en-GB", "es", "fr", "it", "nl", "pl", "sv"}, s.Languages())
	statements := map[string]map[[2]string][]string{} // by file, concept and property
	for name, ls := range lines(t) {
		statements[name] = map[[2]string][]string{}
		for _, l := range ls {
			if cells := strings.Split(l, "\t"); len(cells) > 2 {
				st := [2]string{cells[0], cells[1]}
				statements[name][st] = append(statements[name][st], cells[2])
			}
		}
	}
	unseen := []string{"altLabel", "hiddenLabel", "say:block", "say:context", "say:gerund", "say:people", "say:scope", "say:the"}
	checked := 0
	for name, english := range statements {
		scheme, ok := strings.CutPrefix(name, vocabulary.DefaultLang+"/")
		if !ok || scheme == "term.tsv" || scheme == "trap.tsv" {
			continue
		}
		for _, lang := range s.Languages() {
			own := statements[lang+"/"+scheme]
			for st, texts := range english {
				if slices.Contains(unseen, st[1]) || st[1] == "definition" && scheme != "challenge.tsv" {
					continue
				}
				checked++
				assert.NotEmpty(t, own[st], "%s lacks %s in %s", st[0], st[1], lang)
				for _, text := range own[st] {
					whole := len(strings.Fields(text)) > 3 && !strings.Contains(text, "{")
					assert.False(t, whole && lang != vocabulary.DefaultLang && slices.Contains(texts, text), "%s %s is English in %s", st[0], st[1], lang)
				}
			}
		}
	}
	require.Greater(t, checked, 9*1000)
}

// A practice says where it belongs, who does it and how long it takes; every
// method has some to choose from.
func TestPractices(t *testing.T) {
	s := vocabulary.Default()
	labels := map[string]string{}
	for p := range s.Scheme(vocabulary.Practice).Concepts() {
		require.Len(t, p.Broader(), 1, p.ID())
		m, ok := s.Concept(p.Broader()[0])
		require.True(t, ok && m.Scheme() == vocabulary.Method, p.ID())
		require.Contains(t, m.Narrower(), p.ID())
		for relation, scheme := range map[string]string{"stage": vocabulary.StepStage, "doer": "doer", "effort": vocabulary.EffortBand} {
			require.Len(t, p.Links(relation), 1, "%s %s", p.ID(), relation)
			c, _ := s.Concept(p.Links(relation)[0])
			require.Equal(t, scheme, c.Scheme(), "%s %s", p.ID(), relation)
		}
		for _, lang := range s.Languages() {
			if p.HasLang(lang) {
				other, twice := labels[lang+p.PrefLabel(lang)]
				assert.False(t, twice, "%s and %s have one label in %s", p.ID(), other, lang)
				labels[lang+p.PrefLabel(lang)] = p.ID()
			}
		}
	}
	for m := range s.Scheme(vocabulary.Method).Concepts() {
		n := len(m.Narrower())
		assert.True(t, 4 <= n && n <= 12, "%s has %d practices", m.ID(), n)
	}
}

// Every phrase of a practice finds it.
func TestPracticesAreFound(t *testing.T) {
	s := vocabulary.Default()
	m, err := vocabulary.NewMatcher(vocabulary.MatcherConfig{Schemes: []string{vocabulary.Practice}})
	require.NoError(t, err)
	for p := range s.Scheme(vocabulary.Practice).Concepts() {
		require.NotEmpty(t, p.HiddenLabels("en-GB"), p.ID())
		for _, l := range append(p.HiddenLabels("en-GB"), p.PrefLabel("en-GB")) {
			found, err := m.Suggest("Then: " + l + ".")
			require.NoError(t, err)
			assert.True(t, slices.ContainsFunc(found, func(x vocabulary.Suggestion) bool { return x.Concept == p.ID() }),
				"%s: a phrase does not find its practice", p.ID())
		}
	}
}

func TestStepsHaveNoSeams(t *testing.T) {
	s := vocabulary.Default()
	for _, lang := range s.Languages() {
		for m := range s.Scheme(vocabulary.Method).Concepts() {
			for _, slots := range []vocabulary.StepSlots{
				{},
				{Actor: "st:carer-or-family"},
				{Actor: "st:unknown", Duration: "eb:any"},
				{Actor: "st:volunteer", Stage: "lc:trial-design", Duration: "eb:days", Situation: "si:rural"},
			} {
				step, in := s.Step(m.ID(), slots, lang)
				assert.Equal(t, lang, in, m.ID())
				assert.False(t, strings.ContainsAny(step, "{}[]") || strings.Contains(step, "  ") || strings.Contains(step, " ,") ||
					strings.Contains(step, ",,") || strings.HasSuffix(step, "."), "%s in %s", m.ID(), lang)
			}
		}
	}
}

// Every phrase is found in itself, and suggests its own concept, unless it is
// ambiguous and waits for context.
func TestEveryPhraseFindsItsConcept(t *testing.T) {
	s := vocabulary.Default()
	m := matcher(t)
	waits := 0
	for _, name := range []string{
		vocabulary.Challenge, vocabulary.Objective, vocabulary.Method, vocabulary.Situation,
		vocabulary.OrganisationType, vocabulary.Stakeholder, vocabulary.TherapyArea,
	} {
		for c := range s.Scheme(name).Concepts() {
			if c.IsGroup() {
				continue
			}
			labels := slices.Concat([]string{c.PrefLabel("en-GB")}, c.AltLabels("en-GB"), c.HiddenLabels("en-GB"))
			for _, l := range labels {
				ms, err := m.Match(l)
				require.NoError(t, err)
				ok := slices.ContainsFunc(ms, func(x vocabulary.Match) bool {
					return x.Concept == c.ID() && x.Start == 0 && x.End >= len(strings.TrimRight(l, "')’"))
				})
				if !ok {
					waits++
					assert.Contains(t, trapped, l, "%s: a phrase does not find its own concept", c.ID())
				}
			}
		}
	}
	require.LessOrEqual(t, waits, len(trapped)+8)
}

// trapped phrases need context words, which they do not have alone.
var trapped = []string{
	"CAB", "CABs", "PSP", "SDM", "compliance", "NDA", "NDAs", "MS", "ICS", "ICSs", "NICE", "PROs", "app", "LINk", "App",
}

// An id is for ever: examples are stored with it. Ids are only added; what is
// in testdata/ids.txt stays. To take new ids in:
//
//	cut -f1 data/*.tsv | grep -v '^#' | LC_ALL=C sort -u > testdata/ids.txt
func TestIDsAreStable(t *testing.T) {
	golden, err := os.ReadFile("testdata/ids.txt")
	require.NoError(t, err)
	for id := range strings.FieldsSeq(string(golden)) {
		_, ok := vocabulary.Default().Concept(id)
		assert.True(t, ok, "%s is gone", id)
	}
}
