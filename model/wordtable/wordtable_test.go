// SPDX-License-Identifier: Apache-2.0

package wordtable_test

import (
	"fmt"
	"math"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/model/wordtable"
)

func vector(t testing.TB, s string) []float32 {
	t.Helper()
	v := make([]float32, wordtable.Default().Dim())
	require.True(t, wordtable.Default().Embed(v, s), "unknown: %s", s)
	return v
}

func cosine(a, b []float32) float64 {
	var ab, aa, bb float64
	for i := range a {
		ab += float64(a[i]) * float64(b[i])
		aa += float64(a[i]) * float64(a[i])
		bb += float64(b[i]) * float64(b[i])
	}
	return ab / math.Sqrt(aa*bb)
}

func TestTableKnowsTheField(t *testing.T) {
	d := wordtable.Default()
	require.Equal(t, 128, d.Dim())
	require.Greater(t, d.Len(), 28000)
	v := make([]float32, d.Dim())
	for _, w := range []string{
		"telehealth", "codesign", "caregiver", "carer", "underserved", "layperson", "haemophilia", "hemophilia", "paediatric",
		"pediatric", "randomised", "randomized", "organise", "organize", "behaviour", "behavior", "stipend", "recruitment", "retention",
		"adherence", "stigma", "consent", "reimbursement", "questionnaire", "webinar", "tokenistic", "safeguarding", "palliative",
	} {
		require.True(t, d.EmbedWord(v, w), w)
	}
	require.False(t, d.EmbedWord(v, "qzxvkjw"))
	require.False(t, d.EmbedWord(v[:3], "telehealth"), "a vector of another length")
	require.False(t, d.Embed(v, "…"))
}

func TestLikeWordsAreNear(t *testing.T) {
	for _, row := range [][3]string{
		{"carer", "caregiver", "invoice"},
		{"telehealth", "telemedicine", "parking"},
		{"randomised", "randomized", "breakfast"},
		{"patients could not afford the bus", "travel costs were too high for participants", "the leaflet was full of jargon"},
		{"underserved communities", "minority ethnic groups", "quarterly budget report"},
	} {
		a, b, c := vector(t, row[0]), vector(t, row[1]), vector(t, row[2])
		require.Greater(t, cosine(a, b), cosine(a, c)+0.1, row[0])
	}
}

func TestTableStaysSmall(t *testing.T) {
	st, err := os.Stat("data/table.bin")
	require.NoError(t, err)
	require.LessOrEqual(t, st.Size(), int64(4_000_000))
}

func TestParseRefusesWhatIsNoTable(t *testing.T) {
	b, err := os.ReadFile("data/table.bin")
	require.NoError(t, err)
	s := string(b)
	for _, bad := range []string{"", "SPWT1\n", s[:100], s[:len(s)-1], s + "x", "SPWT1\n\x00\x00\x00\x00" + s[10:], "SPWT1\n\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"} {
		_, err := wordtable.Parse(bad)
		require.ErrorIs(t, err, wordtable.ErrFormat)
	}
	_, err = wordtable.Parse(s)
	require.NoError(t, err)
}

func FuzzParse(f *testing.F) {
	f.Add("SPWT1\n\x01\x00\x00\x00\x01\x00\x00\x00\x02\x00\x00\x00a\n\x00\x00\x80?\x07")
	f.Add("SPWT1\n\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00")
	f.Fuzz(func(t *testing.T, s string) {
		tab, err := wordtable.Parse(s)
		if err != nil {
			require.ErrorIs(t, err, wordtable.ErrFormat)
			return
		}
		v := make([]float32, tab.Dim())
		tab.Embed(v, "a word")
		for _, x := range v {
			require.False(t, math.IsNaN(float64(x)))
		}
	})
}

func BenchmarkEmbed(b *testing.B) {
	v := make([]float32, wordtable.Default().Dim())
	b.ReportAllocs()
	for b.Loop() {
		wordtable.Default().Embed(v, "Patients helped to write the protocol of the study")
	}
}

func ExampleTable_Embed() {
	d := wordtable.Default()
	v := make([]float32, d.Dim())
	fmt.Println(d.Embed(v, "co-designed with caregivers"), len(v))
	// Output: true 128
}
