// SPDX-License-Identifier: Apache-2.0

package anonymize_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/anonymize/redact"
	"github.com/sharedpractice/sharedpractice/model"
)

// secretNames are made up.
func secretNames() []recognize.Declared {
	return []recognize.Declared{
		{Kind: recognize.Person, Name: "Sinéad O'Donnelly-Okafor"},
		{Kind: recognize.Person, Name: "Dr Young Park"},
		{Kind: recognize.Person, Name: "Łukasz Brzęk"},
		{Kind: recognize.Person, Name: "Prof Aoife Trellick OBE"},
		{Kind: recognize.Org, Name: "Brightwater Valley Hospitals NHS Foundation Trust", Forms: []string{"the Brightie"}},
		{Kind: recognize.Org, Name: "Zentivora Pharma Ltd"},
		{Kind: recognize.Brand, Name: "HEAL-Q"},
	}
}

func leakKinds(out string, in anonymize.LeakInput) []anonymize.LeakKind {
	var kinds []anonymize.LeakKind
	for _, l := range anonymize.CheckLeaks([]string{out}, in) {
		kinds = append(kinds, l.Kind)
	}
	slices.Sort(kinds)
	return slices.Compact(kinds)
}

func TestCheckLeaksFindsDeclaredForms(t *testing.T) {
	in := anonymize.LeakInput{Secrets: secretNames()}
	for _, tc := range []struct{ name, text string }{
		{"as written", "we met Sinéad O'Donnelly-Okafor"},
		{"no marks", "we met sinead odonnelly okafor"},
		{"capitals", "WE MET SINÉAD O’DONNELLY-OKAFOR TODAY"},
		{"surname", "then Okafor left"},
		{"first name", "then Sinéad left"},
		{"half a surname", "Mrs O'Donnelly left"},
		{"possessive", "it was Okafor's idea"},
		{"plural", "both Okafors"},
		{"reversed", "Brzęk, Łukasz"},
		{"no diacritics", "lukasz brzek"},
		{"combining marks", "O\u0301kafor"},
		{"zero width", "Oka\u200bfor"},
		{"soft hyphen", "Oka\u00adfor"},
		{"full width", "Ｏｋａｆｏｒ"},
		{"Cyrillic", "Оkаfоr"},
		{"spaced", "O k a f o r"},
		{"dotted", "O.k.a.f.o.r"},
		{"underscores", "sinead_odonnelly_okafor"},
		{"line break", "Oka-\nfor"},
		{"hashtag", "under #TeamOkafor"},
		{"e-mail local part", "write to s.okafor at once"},
		{"file name", "see Okafor_final.docx"},
		{"percent", "q=sinead%20odonnelly%20okafor"},
		{"a letter by percent", "q=ok%61for"},
		{"the last letter by percent", "q=okafo%72"},
		{"a letter by percent in capitals", "q=%6Fkafor and q=%4Fkafor"},
		{"name with letters after it", "then Trellick left"},
		{"first name with letters after it", "then Aoife left"},
		{"all but the letters", "then Aoife Trellick left"},
		{"reference", "Okaf&#111;r"},
		{"reference with name", "Ok&shy;afor"},
		{"in a label", "[person Okafor]"},
		{"word as a name", "we asked Young about it"},
		{"word with its pair", "young park said"},
		{"organisation", "at Brightwater Valley Hospitals"},
		{"suffix left out", "the brightwater valley team"},
		{"short form", "they call it The Brightie"},
		{"acronym", "the BVHNFT board"},
		{"dotted acronym", "the B.V.H.N.F.T. board"},
		{"company", "Zentivora paid"},
		{"joined in an address", "www zentivorapharma com"},
		{"programme", "we ran Heal Q twice"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			require.Contains(t, leakKinds(tc.text, in), anonymize.LeakDeclared)
		})
	}
	for _, tc := range []struct{ name, text string }{
		{"misspelt", "then Mr Okkafer left"},
		{"misspelt company", "funded by Zentivorra"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			require.Contains(t, leakKinds(tc.text, in), anonymize.LeakSound)
		})
	}
}

func TestCheckLeaksLeavesOrdinaryText(t *testing.T) {
	in := anonymize.LeakInput{Secrets: secretNames()}
	for _, s := range []string{
		"Very young people came to the park; so did young carers.",
		"We heal quickly; the valley was bright and the water deep.",
		"[Name] of [a hospital trust in the North East] met [50 to 99] patients in [month 1].",
		"[Person 12] and [a charity or foundation] spent [£10,000 to £25,000] over two years.",
		"In 2012 and 2013, 27 of 31 said so; it cost £1,250,000 from 2010-2012, on 12/03/2012 or 2012-03-12.",
		"The NHS asked NICE. Meet at 10.30 on Monday 5 May 2014; see page 3 of 20.",
		"the brightest ideas", "she (1806-1843), and he (1819 - 1890)", "",
	} {
		require.Empty(t, anonymize.CheckLeaks([]string{s}, in), "%d bytes", len(s))
	}
}

func TestCheckLeaksFindsIdentifiers(t *testing.T) {
	for _, s := range []string{
		"j.smith@example.org", "j.smith ＠ example.org", "j smith at example dot org", "0191 496 0123", "(0191) 496 0123",
		"+44 7700 900123", "07700900123", "943 476 5919", "9434765919", "９４３ ４７６ ５９１９", "943-476-5919", "943.476.5919",
		"NE46 1AB", "ne46 1ab", "QQ 12 34 56 C", "qq123456c", "https://example.org/x", "www.example.org", "example.org.uk",
		"@brightwater", "#FlyWithIt", "192.0.2.17", "GB33 BUKB 2020 1555 5555 55", "nine four three four seven six five nine one nine",
		"10.1000/xyz123", "NCT01234567", "ISRCTN12345678", "2012-001234-12", "12345678",
	} {
		require.Contains(t, leakKinds("see "+s+" now", anonymize.LeakInput{}), anonymize.LeakIdentifier, s)
		require.Contains(t, leakKinds(s, anonymize.LeakInput{}), anonymize.LeakIdentifier, s)
	}
}

func TestCheckLeaksFindsRareCapitals(t *testing.T) {
	in := anonymize.LeakInput{
		Originals: []string{"We went to Hexworthy with the Patient Group, on Monday. The patient group liked hexagons. Quillon came."},
		Others:    []string{"Our Group met in Hexford."},
	}
	require.Equal(t, []anonymize.LeakKind{anonymize.LeakCapital}, leakKinds("They saw Hexworthy again.", in))
	require.Empty(t, leakKinds("They saw the Patient Group on Monday.", in), "the original writes these words small, too")
	require.Empty(t, leakKinds("They saw [a place].", in))
	in.Others = append(in.Others, "Hexworthy is a village.")
	require.Empty(t, leakKinds("They saw Hexworthy again.", in), "what others write is not rare")
	in.Others = nil
	in.Allowed = []string{"Hexworthy"}
	require.Empty(t, leakKinds("They saw Hexworthy again.", in))
}

func TestCheckLeaksFindsVerbatimRuns(t *testing.T) {
	in := anonymize.LeakInput{PublicSources: []string{
		"For the first time someone had written to them in words that they could follow at home.",
	}}
	got := anonymize.CheckLeaks([]string{"", "They said: someone had written — to them in WORDS they knew. Someone had written to them in words that they liked."}, in)
	require.Equal(t, []anonymize.Leak{{Kind: anonymize.LeakVerbatim, Text: 1, Place: 63}}, got, "8 words in a row, from the first of them")
	require.Empty(t, anonymize.CheckLeaks([]string{"someone had written to them in words [name] that they could follow"}, in), "a label breaks a run")
}

func TestLeakErr(t *testing.T) {
	in := anonymize.LeakInput{Secrets: secretNames(), Originals: []string{"to Hexworthy"}}
	leaks := anonymize.CheckLeaks([]string{"fine", "to Hexworthy with Okafor"}, in)
	err := anonymize.LeakErr(leaks, false)
	var leak *anonymize.LeakError
	require.ErrorAs(t, err, &leak)
	require.Equal(t, anonymize.LeakError{Kind: anonymize.LeakDeclared, Count: 1, Text: 1, Place: 18}, *leak)
	require.NotContains(t, err.Error(), "Okafor")
	require.ErrorAs(t, anonymize.LeakErr(leaks, true), &leak)
	require.Equal(t, 2, leak.Count, "suspicions count where asked")
	require.NoError(t, anonymize.LeakErr(nil, true))
}

func TestLinkageTest(t *testing.T) {
	profiles := []string{
		"Brightwater gives wigs to children with alopecia in Gateshead.",
		"Zentivora makes inhalers and funds breathing schools.",
		"The Alnmouth practice patient group runs a garden.",
	}
	l, err := anonymize.LinkageTest([]string{"children with alopecia got wigs", "the garden of the patient group"}, []int{0, 2}, profiles)
	require.NoError(t, err)
	require.Equal(t, []float64{1, 1}, l.Ranks)
	require.InDelta(t, 1.0, l.First, 0)
	require.InDelta(t, 1.0/3, l.Chance, 1e-12)
	l, err = anonymize.LinkageTest([]string{"[an organisation] held [a number] of meetings"}, []int{1}, profiles)
	require.NoError(t, err)
	require.Equal(t, []float64{2}, l.Ranks, "a text that says nothing stands in the middle")
	for _, own := range [][]int{{3}, {-1}, {}, {0, 0}} {
		_, err := anonymize.LinkageTest([]string{"x"}, own, profiles)
		require.Error(t, err)
	}
	l, err = anonymize.LinkageTest(nil, nil, profiles)
	require.NoError(t, err)
	require.Zero(t, l.First, "no texts, no share of them")
	_, err = anonymize.LinkageTest(nil, nil, nil)
	require.Error(t, err)
}

// TestRedactPassesTheLeakCheck lets the two sides of the package meet: what the
// redactor makes of declared names holds none of their forms.
func TestRedactPassesTheLeakCheck(t *testing.T) {
	secrets := secretNames()
	policy, err := redact.PolicyFor("anonymous")
	require.NoError(t, err)
	r, err := redact.New(redact.Config{Declared: secrets, Policy: policy})
	require.NoError(t, err)
	for _, s := range secrets {
		for _, frame := range []string{
			"We met %s in May.", "%s", "- %s\n- they", "\"%s's team\"", "from the %s-funded group", "(%s)", "| %s | 3 |", "as %s, who", "#%s",
		} {
			for _, name := range []string{s.Name, strings.ToUpper(s.Name), strings.ToLower(s.Name)} {
				out, err := r.Redact(t.Context(), []redact.Passage{{Text: fmt.Sprintf(frame, name)}})
				require.NoError(t, err)
				require.NoError(t, anonymize.LeakErr(anonymize.CheckLeaks([]string{out[0].Text}, anonymize.LeakInput{Secrets: secrets}), false),
					"kind %s, frame %q", s.Kind, frame)
			}
		}
	}
}

func FuzzCheckLeaks(f *testing.F) {
	for _, s := range []string{
		"Dr Sarah O'Neill of the Hope Valley Hospitals NHS Foundation Trust met 63 patients in Newcastle on 12 March 2012.",
		"[person 2] met [an organisation] in [2012]; [Name] and Mr Price hoped to price it at [£10,000 to £25,000].",
		"MRS OKAFOR SAID NO. mrs okafor said yes. O\u200bkafor; Ｏｋａｆｏｒ.", "", "A. B. C. D.",
	} {
		f.Add(s, " ")
	}
	in := anonymize.LeakInput{Secrets: []recognize.Declared{{Kind: recognize.Person, Name: "Quillonia Zanziba"}}}
	f.Fuzz(func(t *testing.T, s, gap string) {
		for _, l := range anonymize.CheckLeaks([]string{s}, anonymize.LeakInput{Secrets: in.Secrets, Originals: []string{s, gap}, PublicSources: []string{gap}}) {
			require.True(t, l.Place >= 0 && l.Place < len(s))
		}
		// Whatever stands around it, a name set off by blanks is found.
		require.Contains(t, leakKinds(s+" Zanziba "+gap, in), anonymize.LeakDeclared)
	})
}

func BenchmarkCheckLeaks(b *testing.B) {
	s := strings.Repeat("Dr Amara Okafor of the Brightwater Foundation met 63 patients in Gateshead. They wanted shorter letters.\n\n", 1000)
	in := anonymize.LeakInput{Originals: []string{s}, Secrets: secretNames()}
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		anonymize.CheckLeaks([]string{s}, in)
	}
}

// Law 5: where a contributor is named, its own organisation may be told; its people
// and addresses are searched for all the same, and so is every other organisation.
func TestOfANamedContributorOnlyItsOwnNameMayStand(t *testing.T) {
	party := func(ref, name, person, place string) model.Party {
		return model.Party{Ref: ref, Role: "contributor", Type: "ot:charity", Identities: []model.Identity{
			{Type: "organisation", Name: model.Raw(name)}, {Type: "person", Name: model.Raw(person)}, {Type: "place", Name: model.Raw(place)},
		}}
	}
	e := &model.Example{
		ID: "e1", Parties: []model.Party{party("a", "Quorlbridge Group", "Quillonia Zanziba", "Hexworthy")},
		Agreements: []model.Agreement{{Schema: model.AgreementSchema, ID: "ag", Party: "a"}},
	}
	a, err := anonymize.New(exampleConfig())
	require.NoError(t, err)
	at := anonymize.SecretKinds(a, e, model.Anonymous)
	require.True(t, at["ORG"] && at["PERSON"], "%v", at)
	at = anonymize.SecretKinds(a, e, model.Attributed)
	require.True(t, at["PERSON"], "%v", at)
	require.False(t, at["ORG"], "%v", at)
	e.Parties[0].Identities = append(e.Parties[0].Identities, model.Identity{Type: "organisation", Name: "Marlinford Hospice"})
	require.True(t, anonymize.SecretKinds(a, e, model.Attributed)["ORG"], "an organisation that it is not")
}
