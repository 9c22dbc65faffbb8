// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// A list is joined as its language does, whatever word comes last.
func TestListsAreJoined(t *testing.T) {
	for _, row := range []struct{ locale, last, want, reason string }{
		{"en-GB", "researchers", "nurses, carers and researchers", "a comma and a word"},
		{"es", "pacientes", "nurses, carers y pacientes", "the plain word"},
		{"es", "investigadores", "nurses, carers e investigadores", "y before the sound i is e"},
		{"es-MX", "Hijas", "nurses, carers e Hijas", "h is silent, whatever its size"},
		{"es", "hielo", "nurses, carers y hielo", "hie begins with another sound"},
		{"es", "hi", "nurses, carers e hi", "a word that ends there"},
		{"it", "infermieri", "nurses, carers e infermieri", "Italian does not mind"},
		{"cy", "ymchwilwyr", "nurses, carers a hefyd ymchwilwyr", "a word after which nothing mutates"},
	} {
		t.Run(row.locale+" "+row.last, func(t *testing.T) {
			c, err := OpenCatalog(row.locale, nil)
			require.NoError(t, err)
			require.Equal(t, row.want, c.list([]string{"nurses", "carers", row.last}), row.reason)
			require.Equal(t, row.last, c.list([]string{row.last}))
			require.Empty(t, c.list(nil))
		})
	}
}

// In a list or after a colon French names people without the article that its
// plural has within a sentence; other languages have one plural for both.
func TestPeopleAreListed(t *testing.T) {
	for _, row := range []struct{ locale, within, listed, several string }{
		{"en-GB", "patients", "patients", "Patients"},
		{"fr", "des patients", "patients", "Patients"},
		{"fr-CA", "des patients", "patients", "Patients"},
		{"de", "Patientinnen und Patienten", "Patientinnen und Patienten", "Patientinnen und Patienten"},
	} {
		t.Run(row.locale, func(t *testing.T) {
			w, err := newWriter(&aggregate.Collection{}, Config{Locale: row.locale})
			require.NoError(t, err)
			require.Equal(t, row.within, w.form("st:patient", vocabulary.FormMany))
			require.Equal(t, row.listed, w.plural("st:patient"))
			require.Equal(t, row.several, w.several("st:patient"))
		})
	}
}
