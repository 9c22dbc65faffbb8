// SPDX-License-Identifier: Apache-2.0

package intake

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// A heading asks to be named, or not to be, where it asks nothing else.
func TestAsksNaming(t *testing.T) {
	for header, want := range map[string]string{
		"Should your school be named?": toBeNamed, "Can we use your name?": toBeNamed, "Dürfen wir Ihren Namen nennen?": toBeNamed, "May we mention your charity?": toBeNamed,
		"Would you like to stay anonymous?": toBeNone, "Möchten Sie anonym bleiben?": toBeNone,
		"Can we share your story and name you?": "", "May we include your example, with your name?": "", "Names that must not be named": "", "What did you do?": "",
	} {
		require.Equal(t, want, asksNaming(header), header)
	}
}

// A no to the name is a no to the name only, what is said besides narrows, and who does
// not ask to stay unnamed has not allowed the name.
func TestWayOfNaming(t *testing.T) {
	for _, row := range []struct{ asked, cell, want string }{
		{toBeNamed, "Yes", "attributed"},
		{toBeNamed, "No", "anonymous"},
		{toBeNamed, "no thanks", "anonymous"},
		{toBeNamed, "Nein, bitte anonym", "anonymous"},
		{toBeNamed, "No, only in totals", "aggregate"},
		{toBeNamed, "Yes, but only in totals", "aggregate"},
		{toBeNamed, "Yes, but not at all", "withheld"},
		{toBeNamed, "Just in totals", "aggregate"},
		{toBeNone, "Yes", "anonymous"},
		{toBeNone, "Ja, nur in der Statistik", "aggregate"},
		{toBeNone, "No", ""},
		{toBeNamed, "Yes?", ""},
		{toBeNamed, "Yes, the quux", ""},
		{toBeNamed, "Perhaps", ""},
		{toBeNamed, "", ""},
	} {
		w, ok := wayOfNaming(row.asked, row.cell)
		require.Equal(t, row.want != "", ok, row.cell)
		if ok {
			require.Equal(t, row.want, w.level, row.cell)
		}
	}
	w, ok := wayOfNaming(toBeNamed, "Yes, once we have approved the text")
	require.True(t, ok)
	require.True(t, w.approval)
}

// A column that asks for the name in yes and no says how an example may be told; where
// another does, it stays a condition that a person reads.
func TestPropose_naming(t *testing.T) {
	rows := [][]string{{"What was difficult?", "Do you agree to this use?", "Should your club be named?"}}
	for _, named := range []string{"Yes", "No", "No"} {
		rows = append(rows, []string{"Nobody came to the hall.", "Yes", named})
	}
	require.Equal(t, "confidentiality", proposed(t, rows)["Should your club be named?"])
	rows[0] = append(rows[0], "How may this example be told?")
	for i := range rows[1:] {
		rows[i+1] = append(rows[i+1], "Only in totals, together with others")
	}
	require.Equal(t, "conditions", proposed(t, rows)["Should your club be named?"])
}

// Which name must not stand says nothing beside that none may; that one may be printed
// says nothing of the others.
func TestWayOf_noName(t *testing.T) {
	for cell, want := range map[string]string{
		"Blinded (no company or product name)": "anonymous", "No organisation or personal names": "anonymous", "Ohne Firmen oder Produkt Namen": "anonymous",
		"No names, but tell the story": "anonymous", "Product name only": "", "No product": "", "Tell nobody": "",
	} {
		w, ok := wayOf("confidentiality", cell)
		require.Equal(t, want != "", ok, cell)
		if ok {
			require.Equal(t, want, w.level, cell)
		}
	}
}

// Where the longest phrase leaves a word over, shorter ones are tried; many words that
// lead nowhere take no time.
func TestWayOf_shorter(t *testing.T) {
	w, ok := wayOf("consent", "No - not yet")
	require.True(t, ok)
	require.Equal(t, "no", w.consent)
	_, ok = wayOf("consent", strings.Repeat("no not use not share ", 5000)+"quux")
	require.False(t, ok)
}

// Whether the name may stand is no consent, in whatever book.
func TestPropose_namingIsNoConsent(t *testing.T) {
	for _, header := range []string{"Should your club be named in the handbook?", "May we name you in the toolkit?"} {
		rows := [][]string{{"What was difficult?", header}}
		for range 4 {
			rows = append(rows, []string{"Nobody came to the hall.", "Yes"})
		}
		require.Equal(t, "confidentiality", proposed(t, rows)[header])
	}
}

// Whether a partner or a funder may be named says nothing of the name of who answers.
func TestPropose_namesOfOthers(t *testing.T) {
	for _, header := range []string{"Can the counterparty be recognisable?", "May the partner be named?", "Dürfen die Partner genannt werden?", "Funder: named or anonymous?", "Peut-on nommer le financeur ?"} {
		rows := [][]string{{"What is the example called?", "What did you do, step by step?", header}}
		for _, answer := range []string{"Yes, by name", "Yes, by name", "No", "Yes, by name", "Anonymous", "Yes, by name"} {
			rows = append(rows, []string{"A title", "We met each month.", answer})
		}
		require.Equal(t, "conditions", proposed(t, rows)[tidy(header)], header)
	}
}
