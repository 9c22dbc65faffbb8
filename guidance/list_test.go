// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

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
