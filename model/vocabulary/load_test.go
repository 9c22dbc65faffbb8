// SPDX-License-Identifier: Apache-2.0

package vocabulary_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

const (
	head  = "# scheme: fruit\n# prefix: fr\n# source: made up\n# date: 2026-01-01\n# licence: none\n"
	enGB  = "# scheme: fruit\n# lang: en-GB\n# source: made up\n# date: 2026-01-01\n# licence: none\n"
	apple = "fr:apple\tprefLabel\tApple\nfr:apple\tdefinition\tA round fruit.\n"
)

func files(structure, text string) fstest.MapFS {
	return fstest.MapFS{
		"fruit.tsv":       {Data: []byte(structure)},
		"en-GB/fruit.tsv": {Data: []byte(text)},
	}
}

func TestLoadOwnScheme(t *testing.T) {
	s, err := vocabulary.Load(files(head+"fr:apple\nfr:apple\tbroader\tfr:any\nfr:any\nfr:any\tnotation:group\ttrue\n",
		enGB+apple+"fr:apple\thiddenLabel\tpippin\t0.5\nfr:any\tprefLabel\tFruit\nfr:any\tdefinition\tAny.\n"))
	require.NoError(t, err)
	c, ok := s.Scheme("fruit").Concept("apple")
	require.True(t, ok)
	require.Equal(t, []string{"fr:any"}, c.Broader())
	up, ok := s.Concept("fr:any")
	require.True(t, ok)
	require.Equal(t, []string{"fr:apple"}, up.Narrower())
	require.True(t, up.IsGroup())
	m, err := vocabulary.NewMatcher(vocabulary.MatcherConfig{Set: s, Schemes: []string{"fruit"}})
	require.NoError(t, err)
	got, err := m.Match("two pippins")
	require.NoError(t, err)
	require.Len(t, got, 1)
	require.InDelta(t, 0.3, got[0].Confidence, 1e-9)
}

func TestLoadJSONIsTheSameAsTSV(t *testing.T) {
	s, err := vocabulary.Load(fstest.MapFS{
		"fruit.json": {Data: []byte(`{"scheme":"fruit","prefix":"fr","source":"made up","date":"2026-01-01","licence":"none",
			"concepts":[{"id":"fr:apple","broader":"fr:any","notation:code":"7"},{"id":"fr:any"}]}`)},
		"en-GB/fruit.json": {Data: []byte(`{"scheme":"fruit","lang":"en-GB","source":"made up","date":"2026-01-01","licence":"none",
			"concepts":[{"id":"fr:apple","prefLabel":"Apple","definition":"A round fruit.","hiddenLabel":["pippin",{"value":"russet","weight":0.5}]},
			{"id":"fr:any","prefLabel":"Fruit","definition":"Any."}]}`)},
	})
	require.NoError(t, err)
	c, _ := s.Concept("fr:apple")
	require.Equal(t, "7", c.Notation("code"))
	require.Equal(t, []string{"pippin", "russet"}, c.HiddenLabels("en-GB"))
}

func TestWith(t *testing.T) {
	base := vocabulary.Default()
	own, err := base.With(fstest.MapFS{
		"method.tsv": {Data: []byte("# scheme: method\n# prefix: me\n# source: made up\n# date: 2026-01-01\n# licence: none\nme:theatre\tto:stage\tsg:do\n")},
		"en-GB/method.tsv": {Data: []byte("# scheme: method\n# lang: en-GB\n# source: made up\n# date: 2026-01-01\n# licence: none\n" +
			"me:theatre\tprefLabel\tForum theatre\nme:theatre\tdefinition\tScenes that the audience changes.\nme:survey\tprefLabel\tPoll\n")},
	})
	require.NoError(t, err)
	require.Equal(t, base.Scheme("method").Len()+1, own.Scheme("method").Len())
	require.Equal(t, "Poll", own.Label("me:survey", "en-GB"), "a label stated again takes the place of the earlier")
	require.Equal(t, "Survey or questionnaire", base.Label("me:survey", "en-GB"), "the base is unchanged")

	fresh, err := base.With(fstest.MapFS{
		"sector.tsv": {Data: []byte("# scheme: sector\n# prefix: se\n# source: made up\n# date: 2026-01-01\n# licence: none\n# replaces: true\nse:all\n")},
	})
	require.Error(t, err, "organisation types link to sectors that are gone")
	require.Nil(t, fresh)
}

// A scheme that replaces another keeps all of its own texts, whichever of its
// files is read first, and loses all that stood before.
func TestReplaces(t *testing.T) {
	const rest = "# source: made up\n# date: 2026-01-01\n# licence: none\n"
	for _, name := range []string{"aa.tsv", "zz.tsv"} { // before and after en-GB/
		own, err := vocabulary.Default().With(fstest.MapFS{
			name:             {Data: []byte("# scheme: sign\n# prefix: sn\n" + rest + "# replaces: true\nsn:smiles\n")},
			"en-GB/sign.tsv": {Data: []byte("# scheme: sign\n# lang: en-GB\n" + rest + "sn:smiles\tprefLabel\tSmiles\nsn:smiles\tdefinition\tPeople smile.\n")},
		})
		require.NoError(t, err, name)
		require.Equal(t, []string{"sn:smiles"}, own.Scheme(vocabulary.Sign).IDs(), name)
		require.Equal(t, "Smiles", own.Label("sn:smiles", "en-GB"), name)
	}
}

func TestStatus(t *testing.T) {
	base := vocabulary.Default()
	for id, candidate := range map[string]bool{"ch:service-access": true, "me:civic-lottery": true, "ch:tokenism": false} {
		c, ok := base.Concept(id)
		require.True(t, ok, id)
		require.Equal(t, candidate, c.Candidate(), id)
	}
	own, err := base.With(fstest.MapFS{
		"x.tsv": {Data: []byte("# scheme: challenge\n# source: made up\n# date: 2026-01-01\n# licence: none\nch:service-access\tstatus\tstable\n")},
	})
	require.NoError(t, err)
	c, _ := own.Concept("ch:service-access")
	require.False(t, c.Candidate(), "a status stated again takes the place of the earlier")
}

// Every refusal names file, place and rule, and never the text.
func TestLoadRefuses(t *testing.T) {
	const canary = "QXZCANARY"
	for _, row := range []struct {
		reason, rule, structure, text string
		line                          int
	}{
		{"no label", "lacks a preferred label", head + "fr:apple\n", enGB, 6},
		{"no definition", "or a definition", head + "fr:apple\n", enGB + "fr:apple\tprefLabel\t" + canary + "\n", 6},
		{"undeclared id in a text", "does not declare this id", head + "fr:apple\n", enGB + apple + "fr:pear\tprefLabel\t" + canary + "\n", 8},
		{"foreign prefix", "does not have the scheme's prefix", head + "xx:apple\n", enGB + apple, 6},
		{"malformed id", "an id is prefix:name", head + "fr:" + canary + "\n", enGB + apple, 6},
		{"broader to nowhere", "broader names no concept", head + "fr:apple\tbroader\tfr:qxzcanary\n", enGB + apple, 6},
		{"related to nowhere", "related names no concept", head + "fr:apple\trelated\tfr:qxzcanary\n", enGB + apple, 6},
		{"link to nowhere", "a link names no concept", head + "fr:apple\tto:stage\tfr:qxzcanary\n", enGB + apple, 6},
		{"related to itself", "related to itself", head + "fr:apple\trelated\tfr:apple\n", enGB + apple, 6},
		{"circle of one", "in a circle", head + "fr:apple\tbroader\tfr:apple\n", enGB + apple, 6},
		{"unknown property", "unknown property of the structure", head + "fr:apple\t" + canary + "\tx\n", enGB + apple, 6},
		{"unknown text property", "unknown property of a text", head + "fr:apple\n", enGB + apple + "fr:apple\t" + canary + "\tx\n", 8},
		{"bad rank", "a rank is a whole number", head + "fr:apple\trank\t" + canary + "\n", enGB + apple, 6},
		{"bad bound", "a bound is a whole number", head + "fr:apple\tmin\t" + canary + "\n", enGB + apple, 6},
		{"bounds crossed", "lower bound is above", head + "fr:apple\tmin\t3\nfr:apple\tmax\t2\n", enGB + apple, 6},
		{"bad weight", "a weight is", head + "fr:apple\n", enGB + apple + "fr:apple\thiddenLabel\t" + canary + "\t2\n", 8},
		{"weight of a definition", "a weight is", head + "fr:apple\n", enGB + "fr:apple\tdefinition\t" + canary + "\t0.5\n", 6},
		{"cells", "a line has an id alone", head + "fr:apple\t" + canary + "\n", enGB + apple, 6},
		{"label twice", "the label stands twice", head + "fr:apple\n", enGB + apple + "fr:apple\taltLabel\t" + canary + "\nfr:apple\thiddenLabel\t" + canary + "\n", 9},
		{"not NFC", "not in Unicode form NFC", head + "fr:apple\n", enGB + apple + "fr:apple\taltLabel\t" + canary + "e\u0301\n", 8},
		{"bidirectional", "bidirectional", head + "fr:apple\n", enGB + apple + "fr:apple\taltLabel\t" + canary + "\u202e\n", 8},
		{"zero width", "format", head + "fr:apple\n", enGB + apple + "fr:apple\taltLabel\t" + canary + "\u200bx\n", 8},
		{"control", "control", head + "fr:apple\n", enGB + apple + "fr:apple\taltLabel\t" + canary + "\x01x\n", 8},
		{"outer space", "white space", head + "fr:apple\n", enGB + apple + "fr:apple\taltLabel\t" + canary + " \n", 8},
		{"long label", "longer than 200 bytes", head + "fr:apple\n", enGB + apple + "fr:apple\taltLabel\t" + strings.Repeat(canary, 30) + "\n", 8},
		{"long value", "longer than 1,000 bytes", head + "fr:apple\n", enGB + apple + "fr:apple\tsay:noun\t" + strings.Repeat(canary, 200) + "\n", 8},
		{"open bracket", "leaves a bracket open", head + "fr:apple\n", enGB + apple + "fr:apple\tsay:step\tEat [" + canary + "\n", 8},
		{"nested bracket", "brackets inside brackets", head + "fr:apple\n", enGB + apple + "fr:apple\tsay:step\tEat [a[b]]\n", 8},
		{"unknown slot", "an unknown slot", head + "fr:apple\n", enGB + apple + "fr:apple\tsay:step\tEat {" + canary + "}\n", 8},
		{"empty text", "a text is empty", head + "fr:apple\n", enGB + apple + "fr:apple\taltLabel\t\n", 8},
		{"header below", "a header line stands below", head + "fr:apple\n# note\n", enGB + apple, 7},
		{"unknown header", "unknown header field", "# " + canary + ": x\n" + head + "fr:apple\n", enGB + apple, 1},
		{"no provenance", "lacks source, date or licence", "# scheme: fruit\n# prefix: fr\nfr:apple\n", enGB + apple, 1},
		{"no scheme", "names no scheme", "# prefix: fr\n# source: x\n# date: x\n# licence: x\nfr:apple\n", enGB + apple, 1},
		{"empty scheme", "has no concept", head, enGB, 1},
		{"bad lang", "not a language tag", head + "fr:apple\n", strings.Replace(enGB+apple, "en-GB", "e_"+canary, 1), 1},
		{"no structure", "has no structure file", strings.Replace(head, "fruit", "vegetable", 1) + "fr:apple\n", enGB + apple, 6},
		{"not UTF-8", "not valid UTF-8", head + "fr:apple\n\xff", enGB + apple, 0},
		{"byte-order mark", "byte-order mark", "\ufeff" + head + "fr:apple\n", enGB + apple, 0},
	} {
		t.Run(row.reason, func(t *testing.T) {
			s, err := vocabulary.Load(files(row.structure, row.text))
			require.Nil(t, s)
			require.ErrorIs(t, err, vocabulary.ErrData)
			var fault *vocabulary.DataError
			require.ErrorAs(t, err, &fault)
			require.NotContains(t, strings.ToLower(err.Error()), strings.ToLower(canary), "the text stays out of the error")
			if row.reason == "no structure" {
				return // either of two files may be named first
			}
			require.Contains(t, fault.Rule, row.rule)
			require.Equal(t, row.line, fault.Line)
			require.Contains(t, fault.File, "fruit.tsv")
		})
	}
}

func TestLoadRefusesJSON(t *testing.T) {
	const canary = "QXZCANARY"
	const top = `{"scheme":"fruit","prefix":"fr","source":"x","date":"x","licence":"x","concepts":`
	for _, row := range []struct{ reason, data, rule string }{
		{"no JSON", canary, "not JSON"},
		{"unknown field", `{"` + canary + `":1}`, "not JSON of the documented shape"},
		{"something follows", top + `[]} ` + canary, "something follows"},
		{"no id", top + `[{"prefLabel":"` + canary + `"}]}`, "a concept has one id"},
		{"number for a text", top + `[{"id":"fr:a","prefLabel":7}]}`, "not JSON of the documented shape"},
		{"null", top + `[{"id":"fr:a","prefLabel":null}]}`, "not JSON of the documented shape"},
		{"weight", top + `[{"id":"fr:a","hiddenLabel":{"value":"` + canary + `","weight":3}}]}`, "a weight is"},
		{"double space", top + `[{"id":"fr:a","altLabel":"a  b"}]}`, "two spaces"},
	} {
		t.Run(row.reason, func(t *testing.T) {
			_, err := vocabulary.Load(fstest.MapFS{"fruit.json": {Data: []byte(row.data)}})
			require.ErrorIs(t, err, vocabulary.ErrData)
			require.Contains(t, err.Error(), row.rule)
			require.NotContains(t, err.Error(), canary)
		})
	}
}

func TestLoadRefusesDeepAndCircular(t *testing.T) {
	var structure, text strings.Builder
	structure.WriteString(head)
	text.WriteString(enGB)
	for _, l := range "abcdefghijklmnopqrst" {
		structure.WriteString("fr:" + string(l) + "\tbroader\tfr:" + string(l+1) + "\n")
		text.WriteString("fr:" + string(l) + "\tprefLabel\tX" + string(l) + "\nfr:" + string(l) + "\tdefinition\tX.\n")
	}
	text.WriteString("fr:u\tprefLabel\tXu\nfr:u\tdefinition\tX.\n")
	_, err := vocabulary.Load(files(structure.String()+"fr:u\n", text.String()))
	require.ErrorContains(t, err, "deeper than 16")
	_, err = vocabulary.Load(files(structure.String()+"fr:u\tbroader\tfr:a\n", text.String()))
	require.ErrorContains(t, err, "in a circle")
}

func FuzzLoad(f *testing.F) {
	f.Add([]byte(head+"fr:apple\n"), []byte(enGB+apple), false)
	f.Add([]byte(`{"scheme":"fruit","prefix":"fr","source":"x","date":"x","licence":"x","concepts":[{"id":"fr:apple"}]}`), []byte(enGB+apple), true)
	f.Fuzz(func(t *testing.T, structure, text []byte, asJSON bool) {
		name := "fruit.tsv"
		if asJSON {
			name = "fruit.json"
		}
		s, err := vocabulary.Load(fstest.MapFS{name: {Data: structure}, "en-GB/fruit.tsv": {Data: text}})
		if err != nil {
			require.Nil(t, s)
			require.ErrorIs(t, err, vocabulary.ErrData)
			return
		}
		for _, scheme := range s.Schemes() {
			for c := range scheme.Concepts() {
				require.NotEmpty(t, c.PrefLabel("en-GB"))
				require.NotEmpty(t, c.Definition("en-GB"))
				require.NotNil(t, s.Ladder(c.ID()))
			}
		}
	})
}
