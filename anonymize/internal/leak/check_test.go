// SPDX-License-Identifier: Apache-2.0

package leak_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize/internal/leak"
)

// found is a leak and what the text goes on with from its place.
type found struct {
	kind leak.Kind
	at   string
}

func declared(at string) found   { return found{leak.Declared, at} }
func sounding(at string) found   { return found{leak.Sound, at} }
func identifier(at string) found { return found{leak.Identifier, at} }

func check(t *testing.T, in leak.Input, text string, want ...found) {
	t.Helper()
	if in.Forms == nil {
		in.Forms = leak.Prepare(nil)
	}
	leaks := leak.Check([]string{text}, in)
	if assert.Len(t, leaks, len(want), "%q: %v", text, leaks) {
		for i, l := range leaks {
			assert.Equal(t, want[i].kind, l.Kind, text)
			assert.True(t, strings.HasPrefix(text[l.Place:], want[i].at), "%q is found at %q, not at %q", text, text[l.Place:], want[i].at)
		}
	}
}

func person(name string, forms ...string) leak.Input {
	return leak.Input{Forms: leak.Prepare([]leak.Secret{{Name: name, Forms: forms, Person: true}})}
}

func organisation(name string, allowed ...string) leak.Input {
	return leak.Input{Forms: leak.Prepare([]leak.Secret{{Name: name}}), Allowed: allowed}
}

// A person's name in the ways in which it is written, and in words that only look like it.
// The names are made up.
func TestPersonsAreFound(t *testing.T) {
	whole := person("Dr Quella Marie Zorblatt MBE")
	for text, want := range map[string][]found{
		"we asked quella about it":                {declared("quella")},
		"ZORBLATT's answer":                       {declared("ZORBLATT")},
		"We know both Zorblatts, and theirs":      {declared("Zorblatts")},
		"Zorblatt’s answer":                       {declared("Zorblatt")},
		"QuellaMarieZorblatt":                     {declared("QuellaMarie"), declared("Marie"), declared("Zorblatt")},
		"A quellazorblatte":                       {declared("quellaz"), declared("zorblatte")},
		"a teamzorblatten":                        {declared("zorblatten")}, // eight letters are found inside a word
		"TeamQuella met":                          {declared("Quella")},     // fewer where capitals set them off
		"TeamQuellaX":                             {declared("Quella")},
		"A #Quella":                               {identifier("#Quella"), declared("Quella")},
		"Teamquella, TEAMQUELLA and TeamQuellatt": nil,
		"A doctor, the MBE and a dr":              nil,
		"We asked Zorblatd":                       {sounding("Zorblatd")},
		"We asked [Quella]":                       {declared("Quella")},
	} {
		check(t, whole, text, want...)
	}
	// Parts of two letters tell nobody apart by themselves.
	short := person("Jo Mary Li")
	for text, want := range map[string][]found{
		"We met Jo Li.":         {declared("Jo")},
		"We met Li Jo.":         {declared("Li")},
		"We met Li, Jo Mary.":   {declared("Li"), declared("Mary")},
		"We met J. Li.":         {declared("J")},
		"We met Jo and Li, Joy": nil,
	} {
		check(t, short, text, want...)
	}
	check(t, person("Jane"), "Jane’s, Jane's, both Janes'", declared("Jane’s"), declared("Jane's"), declared("Janes'"))
	check(t, person("Jane"), "Janets, Janekson, janeks and a Janus", nil...)
	check(t, person("Nurse"), "We asked Nurse.", declared("Nurse")) // a title that is the whole name
	check(t, person("Zorblatt", "Zor", "Qu"), "We met Zor, and Qu.", declared("Zor"))
}

// A word of the language is a name only with a capital, and several do not belong
// together across the end of a sentence.
func TestOrdinaryWordsAreNamesWithACapital(t *testing.T) {
	check(t, person("Hope"), "We hope that Hope came. Hope did.", declared("Hope came"), declared("Hope did"))
	check(t, person("Grace Hope"), "a grace. Hope that it lasts", declared("Hope"))
	check(t, organisation("Grace Hope"), "A grace. hope that it lasts", nil...)
	check(t, organisation("Grace Hope"), "A grace, hope that it lasts", declared("grace"))
	check(t, organisation("Grace Marlin"), "A grace. marlin", declared("grace"))
	check(t, organisation("Discovery"), "A rediscovery", nil...)
	check(t, organisation("Impact"), "Impact was great", declared("Impact"))
	// What is left of a name without its legal form, inside a sentence only.
	check(t, organisation("Impact Foundation"), "Impact was great. We asked Impact.", declared("Impact."))
	check(t, organisation("Impact Foundation"), "The impact was great.", nil...)
}

// An organisation without its legal form, by its initials, and what may stand.
func TestOrganisationsAreFound(t *testing.T) {
	check(t, organisation("Zorblatt Foundation Trust"), "we asked zorblatt again", declared("zorblatt"))
	check(t, organisation("New Zorb Trust"), "we asked new zorb again", declared("new zorb"))
	check(t, organisation("Zorb Trust"), "we asked a zorb", nil...) // four letters that are left tell too little
	check(t, organisation("Zorblatt Ltd"), "We asked Zorblaht", sounding("Zorblaht"))
	check(t, organisation("Zorb Old Street"), "The ZOS met, as did a Zos and a zos.", declared("ZOS"))
	check(t, organisation("Society of Zorb and Plumb"), "SOZAP, or SZP, or SZ", declared("SOZAP"), declared("SZP"))
	for _, dotted := range []string{"Z.O.S.", "Z O S", "Z. O. S.", "Z-O-S"} {
		check(t, organisation("Zorb Old Street"), "The "+dotted+" met.", declared(dotted))
		check(t, organisation("Zorb Old Street", "ZOS"), "The "+dotted+" met.", nil...)
		check(t, organisation("Zorb Old Street"), dotted+" met.", declared(dotted)) // the first words of a text
	}
	check(t, organisation("Zorb Old Street"), "Z - O - S, z.o.s, Z.O. S.Z.", nil...)
	check(t, organisation("Zorb Old Street", "ZOS"), "The ZOS met.", nil...)
	check(t, organisation("Zorblatt", "zorblatt"), "Zorblatt met TeamZorblatt.", declared("Zorblatt."))
	check(t, organisation("Zorblatt", "Zorblaht"), "We met Zorblaht.", nil...)
}

// Names are read through escapes, references, marks, look-alike letters and digits of any
// script, each at the place where it begins in the text; what is no escape stays as it is.
func TestNamesAreReadThroughSpelling(t *testing.T) {
	in := person("Zorblatt")
	for text, at := range map[string]string{
		"%5aorblatt":           "%5a",
		"a Zorblat%74":         "Zorb",
		"a%20Zorblatt":         "Zorb",
		"5%Zorblatt":           "Zorb",
		"%7EZorblatt":          "Zorb",
		"&#90;orblatt":         "&#90",
		"&#x5A;orblatt":        "&#x5",
		"&#X5a;orblatt":        "&#X5",
		"Z%6frblatt":           "Z", // f is a digit there, and so is F
		"Z%6Frblatt":           "Z",
		"Zor&#1;blatt":         "Zor", // no character that is seen
		"Zorb&shy;latt":        "Zorb",
		"Zorb\u200dla\u0301tt": "Zorb",
		"&amp;Zorblatt":        "Zorb",
		"&Zorblatt;":           "Zorb",
		"&;Zorblatt":           "Zorb",
		"Ｚｏｒｂｌａｔｔ":             "Ｚ",
		"Zоrblаtt":             "Z", // two letters are Cyrillic
		"Z-o-r-b-l-a-t-t":      "Z",
		"'Zorb'latt":           "Zorb",
	} {
		check(t, in, text, declared(at))
	}
	for _, text := range []string{"Zor&#0;blatt", "Zor&#xD800;blatt", "Zor&#x110000;blatt", "Zor%00blatt", "Zor%0Ablatt", "Zor&#9a;blatt", "Zor&#;blatt", "Zor&#x;blatt", "Zor%", "Zor%4", "&", "&#", "&#x"} {
		leak.Check([]string{text}, in)
	}
	check(t, in, "Zor&#xD800;blatt", identifier("#xD800"))
	for _, text := range []string{"Zor&#0;blatt", "Zor%00blatt", "Zor&#9a;blatt", "Zor&#x;blatt"} {
		check(t, in, text, nil...) // a letter or digit stands between
	}
	check(t, person("Weißœræþ"), "Weissoeraeth", declared("Weiss"))
	for _, digits := range []string{"1907", "١٩٠٧", "۱۹۰۷", "१९०७", "１９０７"} {
		check(t, organisation("Zorb 1907"), "at zorb "+digits, declared("zorb"))
	}
	check(t, organisation("Zorb 1234568"), "at zorb ١٢٣٤٥٦٨", declared("zorb"), identifier("١"))
}

// Spellings of one sound, and such as are too far from each other or too short.
func TestSoundsAreHeard(t *testing.T) {
	for name, heard := range map[string]string{
		"Philipsen": "Filipsen", "Schmitt": "Shmitt", "Knightly": "Nightly", "Mackenby": "McKenby", "Catherip": "Katherip",
		"Wrennick": "Rennik", "Quorlby": "Kworlby", "Zorblatt": "Sorblat", "Tsorgen": "Tsorjen", "Zorceby": "Zorseby",
		"Zorbatchi": "Zorbashi", "Deppler": "Depler", "Adgerin": "Ajerin",
	} {
		check(t, person(name), "We asked "+heard+" twice.", sounding(heard))
		check(t, person(heard), "We asked "+name+" twice.", sounding(name))
		check(t, person(name), heard+" was asked, and "+strings.ToLower(heard)+" was.", nil...) // no capital inside a sentence
	}
	for name, other := range map[string]string{
		"Zorblatt":  "Serblotta", // four changes
		"Zorblat":   "Zeurubulat",
		"Marlinton": "Nartinton", // another key
		"Jane":      "Jain",      // four letters
		"Marlow":    "Arlow",
	} {
		check(t, person(name), "We asked "+other+" twice.", nil...)
	}
	check(t, person("Marlinton"), "We asked both Marlintons.", declared("Marlintons"))
}

// Identifiers are found whole, however long they are and whatever stands between two.
func TestIdentifiersAreFoundWhole(t *testing.T) {
	long := strings.Repeat("zorb.", 30) + "latt"
	for text, want := range map[string][]found{
		"write to " + long + "@example.org, or":                          {identifier(long), identifier("example.org")},
		"no " + strings.Repeat("word ", 60) + "then 020 7946 0958":       {identifier("020")},
		"020 7946 0958 " + strings.Repeat("word ", 60) + "0207 946 0958": {identifier("020"), identifier("0207")},
		"in 2019-2024, on 12.03.2024 and 2024-03-12":                     nil,
		"six two one, seven, eight nine oh":                              {identifier("six")},
		"six two one seven eight":                                        nil,
		"GB29 NWBK 6016 1331 9268 19":                                    {identifier("GB29"), identifier("6016")},
		"ab12 wordword wordword":                                         nil,
		"GB29 NWBK 6016 13CD":                                            {identifier("GB29")}, // eight digits are enough
		"GB29 NWBK 6016 1BCD":                                            nil,
		"what we did is as follows:":                                     nil, // a mark at the end of the text
	} {
		check(t, leak.Input{}, text, want...)
	}
}

// A capitalised word of the original is rare where nobody writes it without a capital,
// nobody else writes it, and it is not the name of a month or the like.
func TestRareCapitals(t *testing.T) {
	const capital = leak.Capital
	in := leak.Input{Originals: []string{"We met Tas and Marlina at Quorl in January. A ta, a marlin. The Bassets and the basset."}}
	text := "They met Tas, Marlina, Quorl, a quorl, Bassets, [a Quorl] and January. Quorl came."
	check(t, in, text, found{capital, "Tas"}, found{capital, "Marlina"}, found{capital, "Quorl, a"})
	in.Others, in.Allowed = []string{"Quorl is known here."}, []string{"Marlina"}
	check(t, in, text, found{capital, "Tas"})
	check(t, leak.Input{Originals: []string{"Quorl met. X"}}, "They met Quorl.", nil...) // it began a sentence
}

// A stretch of words of a public source is found once, where it begins; a label ends it.
func TestVerbatimRuns(t *testing.T) {
	const verbatim = leak.Verbatim
	in := leak.Input{Run: 3, Sources: []string{"We held a tea for carers in the old hall each month."}}
	check(t, in, "we held a tea for all", found{verbatim, "we held"})
	check(t, in, "They say we held a tea. It was for carers in a room.", found{verbatim, "we held"}, found{verbatim, "for carers"})
	check(t, in, "we held tea for [carers in the] old hall each month", found{verbatim, "old hall"})
	check(t, in, "we held", nil...)
	check(t, in, "held we a for tea", nil...)
	in.Run = 0
	check(t, in, "We held a tea for carers in the old hall each month.", nil...)
}

func TestRanks(t *testing.T) {
	profiles := []string{"zorblatt garden tea", "quorl river boat", "marlin bus night", "nothing of that"}
	texts := []string{"tea in the garden", "a boat", "a bus on the river by night, a boat", "we met", "[tea] boat"}
	require.Equal(t, []float64{1, 1, 1.5, 2.5, 3}, leak.Ranks(texts, []int{0, 1, 2, 3, 0}, profiles))
	require.Equal(t, []float64{3, 3, 1.5, 2.5, 1}, leak.Ranks(texts, []int{1, 0, 1, 0, 1}, profiles))
	// A profile that says a word more often than others is more like a text of that word,
	// and a long profile is no more like it for its length.
	often := []string{"tea tea tea tea cup", "tea cup cup cup cup", "quorl"}
	require.Equal(t, []float64{1, 2}, leak.Ranks([]string{"tea", "tea"}, []int{0, 1}, often))
	long := []string{"tea", strings.Repeat("tea ", 20) + "zorblatt", "quorl"}
	require.Equal(t, []float64{1, 2}, leak.Ranks([]string{"tea", "tea"}, []int{0, 1}, long))
}
