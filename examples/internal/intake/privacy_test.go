// SPDX-License-Identifier: Apache-2.0

package intake_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/examples/internal/intake"
)

// A yes to a privacy notice, a newsletter or the taking of photographs is no consent to
// what the form asks, in whatever language it is put.
func TestPropose_privacy(t *testing.T) {
	for _, header := range []string{
		"Do you agree to the terms on data protection?", "I consent to the processing of my personal data (GDPR)", "Do you agree to receive our newsletter?",
		"Do you consent to photographs being published?", "Zgoda na przetwarzanie danych osobowych", "Stimmen Sie der Datenschutzerklärung zu?",
		"Acconsento al trattamento dei dati personali", "J’accepte le traitement de mes données personnelles",
	} {
		table, err := intake.ReadCSV(strings.NewReader("What is the example called?,What is your organisation called?,\"" + header + "\"\nThe bus,Zorblatt Trust,Yes\nThe barge,Quuxmead Forum,Yes\n"))
		require.NoError(t, err)
		m, err := intake.Propose(table)
		require.NoError(t, err)
		require.Contains(t, []string{intake.Aside, "conditions"}, m.Columns[2].Question, header)
	}
}
