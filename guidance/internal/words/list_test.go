// SPDX-License-Identifier: Apache-2.0

package words_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/guidance/internal/words"
	_ "github.com/sharedpractice/sharedpractice/model/modeltest" // registers -update
)

// A text without letters has no first one to change.
func TestFirstLetters(t *testing.T) {
	for _, row := range []struct{ text, upper, lower string }{
		{"", "", ""}, {"ein Wort", "Ein Wort", "ein Wort"}, {"Ein Wort", "Ein Wort", "ein Wort"}, {"NHS trust", "NHS trust", "NHS trust"}, {"é", "É", "é"}, {"–", "–", "–"},
	} {
		require.Equal(t, row.upper, words.UpperFirst(row.text))
		require.Equal(t, row.lower, words.LowerFirst(row.text))
	}
}

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
			c, err := words.OpenCatalog(row.locale, nil)
			require.NoError(t, err)
			require.Equal(t, row.want, c.List([]string{"nurses", "carers", row.last}), row.reason)
			require.Equal(t, row.last, c.List([]string{row.last}))
			require.Empty(t, c.List(nil))
		})
	}
}
