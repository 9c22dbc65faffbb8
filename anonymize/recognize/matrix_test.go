// SPDX-License-Identifier: Apache-2.0

package recognize_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize/anonymizetest"
	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
)

// declaredNames are made up, of many cultures; a tenth of the surnames are
// words.
var declaredNames = []struct {
	kind recognize.Kind
	name string
}{
	{recognize.Person, "Siobhán O’Kindry"},
	{recognize.Person, "Grace Field"},
	{recognize.Person, "Adebayo Olatunworth"},
	{recognize.Person, "Chukwuemeka Obidele"},
	{recognize.Person, "Priya Raghunandam"},
	{recognize.Person, "Harpreet Kaur Dhillonwal"},
	{recognize.Person, "Muhammad Zubairi"},
	{recognize.Person, "Fatima al-Rashdani"},
	{recognize.Person, "Wei Zhangliu"},
	{recognize.Person, "Nguyễn Thị Hoatram"},
	{recognize.Person, "Kim Soo-jinha"},
	{recognize.Person, "Haruki Tanabeshi"},
	{recognize.Person, "Zofia Kowalczukowa"},
	{recognize.Person, "Łukasz Wojciechniak"},
	{recognize.Person, "Oksana Petrivenko"},
	{recognize.Person, "Jürgen Müllenhoff"},
	{recognize.Person, "María José Fernándola"},
	{recognize.Person, "João da Silvares"},
	{recognize.Person, "Thijs van der Brinkma"},
	{recognize.Person, "Søren Østergaardsen"},
	{recognize.Person, "Giulia Bianchetto"},
	{recognize.Person, "Eleni Papadimitrou"},
	{recognize.Person, "Rhys ap Gwilymson"},
	{recognize.Person, "Catriona MacIntrye-Bell"},
	{recognize.Person, "Hope Price"},
	{recognize.Person, "Tamar Goldsteyn"},
	{recognize.Person, "Yusuf Demirtaşlı"},
	{recognize.Person, "Anahit Sargsyanko"},
	{recognize.Org, "Mereside Hospice"},
	{recognize.Org, "Eastmarsh University Hospitals NHS Foundation Trust"},
	{recognize.Org, "Breathe Easier Together"},
	{recognize.Org, "Thornbeck & Pyke Ltd"},
	{recognize.Org, "Velunara Therapeutics plc"},
	{recognize.Org, "Carers of Wendlebury"},
	{recognize.Org, "St Oswin’s Hospital"},
	{recognize.Org, "Hollin Bridge Medical Practice"},
	{recognize.Brand, "Project Kittiwake"},
	{recognize.Brand, "Zelvarix"},
	{recognize.Brand, "Heads Together Up"},
	{recognize.Place, "Ottermouth"},
	{recognize.Place, "Great Wrexley"},
	{recognize.Place, "Llanfairgarw"},
}

func dictionary(tb testing.TB) *recognize.Dictionary {
	tb.Helper()
	var ds []recognize.Declared
	for _, n := range declaredNames {
		ds = append(ds, recognize.Declared{Kind: n.kind, Name: n.name})
	}
	dict, err := recognize.NewDictionary(ds)
	require.NoError(tb, err)
	return dict
}

// cut removes what was found, as an operator would.
func cut(s string, fs []recognize.Finding) string {
	var b strings.Builder
	at := 0
	for _, f := range fs {
		b.WriteString(s[at:f.Start] + "[removed]")
		at = f.End
	}
	return b.String() + s[at:]
}

func detect(tb testing.TB, s string, opt recognize.Options, rs ...recognize.Recognizer) []recognize.Finding {
	tb.Helper()
	d, err := recognize.NewDocument(s)
	require.NoError(tb, err)
	fs, err := recognize.Detect(tb.Context(), []*recognize.Document{d}, rs, opt)
	require.NoError(tb, err)
	return fs[0]
}

// TestDeclaredNeverLeaks uses the dictionary alone: no other recogniser covers
// up for it.
func TestDeclaredNeverLeaks(t *testing.T) {
	dict := dictionary(t)
	total, leaked := 0, map[string]int{}
	for i, n := range declaredNames {
		for _, m := range anonymizetest.Mutations(n.name) {
			total++
			if testing.Short() && total%20 > 0 {
				continue
			}
			out := cut(m.Text, detect(t, m.Text, recognize.Options{}, dict))
			if anonymizetest.Leaks(out, m.Secrets...) {
				leaked[m.Transform]++
				if testing.Verbose() {
					t.Logf("name %d, %s, %s", i, m.Transform, m.Place)
				}
			}
		}
	}
	require.Empty(t, leaked, "of %d", total)
	require.Greater(t, total, 10_000, "the matrix is whole")
}
