// SPDX-License-Identifier: Apache-2.0

package redact_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize/internal/leak"
	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
)

// leaks is what the leak check, other code than the recognisers, finds in texts.
func leaks(texts []string, secrets []recognize.Declared) []leak.Leak {
	in := make([]leak.Secret, 0, len(secrets))
	for _, s := range secrets {
		in = append(in, leak.Secret{Name: s.Name, Forms: s.Forms, Person: s.Kind == recognize.Person})
	}
	return leak.Check(texts, leak.Input{Forms: leak.Prepare(in), Run: 8})
}

// requireNoLeak fails where a form of a secret or the shape of an identifier is left.
func requireNoLeak(t *testing.T, text string, secrets []recognize.Declared, args ...any) {
	t.Helper()
	for _, l := range leaks([]string{text}, secrets) {
		require.NotContains(t, []leak.Kind{leak.Declared, leak.Identifier, leak.Verbatim}, l.Kind, args...)
	}
}
