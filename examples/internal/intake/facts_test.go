// SPDX-License-Identifier: Apache-2.0

package intake

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// of checks what a reader of facts makes of answers, "" being nothing.
func of(t *testing.T, read func(string) (string, bool), want map[string]string) {
	t.Helper()
	for cell, want := range want {
		got, ok := read(cell)
		require.Equal(t, want != "", ok, cell)
		if ok {
			require.Equal(t, want, got, cell)
		}
	}
}

func TestYear(t *testing.T) {
	of(t, year, map[string]string{
		"24/25": "2025", "FY24": "2024", "FY24/25": "2025", "AY 23-24": "2024", "2024–25": "2025", "Sep 2024 to July 2025": "2025", "2024-ish": "2024", "Sommer 2025": "2025",
		"12-15": "", "11/12": "", "03/24": "2024", "9/24": "2024", "12/22": "2022", "12/13": "2013", "5/40/24": "", "13/24": "", "24": "", "seit 2021": "", "depuis 2020": "", "läuft noch": "", "last year": "",
	})
}

func TestCountry(t *testing.T) {
	of(t, country, map[string]string{
		"Eng": "GB-ENG", "Wales / Cymru": "GB-WLS", "DEU": "DE", "Dtl.": "DE", "Südtirol (Italien)": "IT", "England (North)": "GB-ENG", "Wales / Scotland": "GB", "Wales / France": "", "Quux (quux)": "", "N Wales": "GB-WLS", "mid Wales": "GB-WLS", "Southern Germany": "DE", "England - South West": "GB-ENG", "South Africa": "ZA", "North Korea": "KP", "KSA": "SA", "N Quux": "",
	})
}

// The end of a year or month is its last day; a year alone is no day.
func TestDay_endOf(t *testing.T) {
	of(t, dayOrder{}.day, map[string]string{
		"end of 2027": "2027-12-31", "Ende 2028": "2028-12-31", "until end of June 2027": "2027-06-30", "fin février 2028": "2028-02-29", "end": "", "2027": "", "end of term": "",
	})
}

// A number of others is the greatest that may be meant.
func TestHowMany(t *testing.T) {
	of(t, howMany, map[string]string{"five": "5", "at least 7": "7", "5-10": "10", "ten others": "10", "quite a few": "", "5 if you must": "", "": ""})
}

// Where only a country is told, or a part of one, the scale is that.
func TestScaleOfPlace(t *testing.T) {
	for cell, want := range map[string]string{
		"Germany": "sc:national", "Spain & Portugal": "sc:multinational", "North of England": "sc:regional", "Just our club": "sc:organisation", "Norddeutschland Süd": "sc:regional", "Quux": "", "Spain & quux": "", "All over the UK": "sc:national", "throughout Wales": "sc:national", "all over": "",
	} {
		require.Equal(t, want, scaleOfPlace(cell), cell)
	}
}

// Doctors are known by the endings of their posts; who only studies is none.
func TestSpecialist(t *testing.T) {
	for piece, want := range map[string]string{
		"Dermatologists": "st:doctor", "a spinal surgeon": "st:doctor", "geriatricians": "st:doctor", "Epidemiologists": "st:researcher", "psychologist": "st:allied-health-professional",
		"technologists": "", "optician": "", "statistician": "", "politicians": "", "": "",
	} {
		require.Equal(t, want, specialist(piece), piece)
	}
}

// A language is known by its name in the languages of the form.
func TestLanguageTag(t *testing.T) {
	of(t, languageTag, map[string]string{"Portuguese": "pt", "Englisch": "en", "urdu": "ur", "polonais": "pl", "de": "de", "a language": ""})
}

// Fields of medicine beside each other are all meant, where each is one.
func TestFieldsOf(t *testing.T) {
	require.Equal(t, "ta:rare-disease\nta:haematology", term("ta", "Rare blood"))
	require.Empty(t, term("ta", "Rare quux"))
}

// Readers are known by the last word; those of a small group are the fewest.
func TestReadersBy(t *testing.T) {
	for cell, want := range map[string]string{
		"Housing network members": "members", "Panel members only": "working-group", "PAG partners": "partners", "Former members": "", "Not members": "", "Quux": "", "members": "", "Anyone except members": "",
	} {
		require.Equal(t, want, readersBy(cell), cell)
	}
}

// Groups are known by the words of the form's own hint, in one cell as people write
// them, and each field of medicine of a cell is read.
func TestGroups(t *testing.T) {
	q, ok := question("stakeholders")
	require.True(t, ok)
	for _, cell := range []string{"patients, carers, nurses, GPs", "Patients; carers; nurses & GPs", "patients\ncarers\nnurses\nGPs"} {
		r := &run{}
		entries, findings := r.groups(q, cell)
		require.Empty(t, findings, cell)
		var got []string
		for _, line := range lines(entries) {
			_, code, _ := strings.Cut(strings.TrimSuffix(line, "]"), " [")
			got = append(got, code)
		}
		require.Equal(t, []string{"st:patient", "st:carer-or-family", "st:nurse", "st:doctor"}, got, cell)
	}
	q, ok = question("therapy_areas")
	require.True(t, ok)
	for _, cell := range []string{"Cancer, Dementia", "Cancer; Dementia", "cancer\nDementia"} {
		chosen, rest := options(q, cell)
		require.Empty(t, rest, cell)
		require.Equal(t, []string{"ta:cancer", "ta:dementia"}, chosen, cell)
	}
}
