// SPDX-License-Identifier: Apache-2.0

package disclosure_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize/disclosure"
	"github.com/sharedpractice/sharedpractice/anonymize/disclosure/recode"
)

func TestPlaces(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		places     disclosure.Places
	}{
		{"none", "", disclosure.Places{}},
		{"first", "AA", disclosure.Places{0}},
		{"run", "AAAA", disclosure.Places{0, 1, 2}},
		{"gaps", "AwAHyAE", disclosure.Places{3, 4, 12, 213}},
		{"last", "_v___wc", disclosure.Places{math.MaxInt32 - 1}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text, err := tt.places.MarshalText()
			require.NoError(t, err)
			require.Equal(t, tt.text, string(text))
			var again disclosure.Places
			require.NoError(t, again.UnmarshalText(text))
			require.Equal(t, tt.places, again)
		})
	}
	for _, tt := range []struct{ name, text string }{
		{"no base64", "A"},
		{"padding", "AA=="},
		{"bits beyond the end", "AB"},
		{"ends within a number", "gA"},
		{"too large", "____-_8_"},
		{"adds up to too much", "_v___wcA"},
		{"more than 64 bits", "_____________wE"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var p disclosure.Places
			require.ErrorIs(t, p.UnmarshalText([]byte(tt.text)), disclosure.ErrProof)
		})
	}
	for _, p := range []disclosure.Places{{1, 1}, {2, 1}, {-1}, {math.MaxInt32}} {
		_, err := p.MarshalText()
		require.ErrorIs(t, err, disclosure.ErrInput)
	}
}

// FuzzPlaces: whatever is read ascends, and what is written is read again.
func FuzzPlaces(f *testing.F) {
	for _, seed := range []string{"", "AA", "AwAHyAE", "gAA", "_v___wc"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var p, again disclosure.Places
		if p.UnmarshalText([]byte(text)) != nil {
			return
		}
		require.True(t, slices.IsSorted(p))
		require.Len(t, slices.Compact(slices.Clone(p)), len(p))
		written, err := p.MarshalText()
		require.NoError(t, err)
		require.LessOrEqual(t, len(written), len(text), "the shortest spelling")
		require.NoError(t, again.UnmarshalText(written))
		require.Equal(t, p, again)
	})
}

// However many items name a holding, its commitment is written once.
func TestLedgerWritesEachHoldingOnce(t *testing.T) {
	lines := releaseLines(40)
	var items []disclosure.Item
	for i := range 300 {
		items = append(items, disclosure.Item{Key: fmt.Sprintf("topic:%03d", i), Shown: "40", K: 3, Holdings: crowd(i%7, 33)})
	}
	path := filepath.Join(t.TempDir(), "ledger")
	p, err := disclosure.Certify(lines, disclosure.CertificateConfig{
		Key: testKey(t), Edition: "e1", Requirement: recode.Requirement{K: 3}, Quasi: []string{"region"},
		Ledger: openLedger(t, path), Items: items,
	})
	require.NoError(t, err)
	require.NoError(t, p.Commit())
	ledger, err := os.ReadFile(path)
	require.NoError(t, err)

	var entry disclosure.LedgerEntry
	require.NoError(t, json.Unmarshal(ledger, &entry))
	require.Len(t, entry.Holdings, 40)
	var half disclosure.SealedHalf
	require.NoError(t, json.Unmarshal(p.Sealed, &half))
	require.Len(t, half.Holdings, 40)
	require.NotEqual(t, entry.Holdings, half.Holdings, "the private halves of two editions do not link")
	for name, body := range map[string]string{"ledger": string(ledger), "private half": string(p.Sealed)} {
		n := map[string]int{}
		for _, x := range regexp.MustCompile(`[0-9a-f]{64}`).FindAllString(body, -1) {
			n[x]++
		}
		for _, h := range slices.Concat(entry.Holdings, half.Holdings) {
			require.LessOrEqual(t, n[h], 1, name)
		}
	}
	require.Len(t, entry.Items[len(entry.Items)-1].Support, 33)

	_, err = disclosure.VerifyCertificate(disclosure.Bundle{
		Release: p.Release, Certificate: p.Certificate, Ledger: ledger, Sealed: p.Sealed, Key: testKey(t),
	})
	require.NoError(t, err)
}

// An entry whose places are none of its holdings is refused, and so is one of
// another form, with a word that says so.
func TestLedgerEntryOfAnotherForm(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger")
	l := openLedger(t, path)
	require.NoError(t, l.Append("e1", []disclosure.Item{topic("5", crowd(0, 5))}, nil, nil))
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	for _, tt := range []struct {
		name, want string
		change     func(*disclosure.LedgerEntry)
	}{
		{"a place beyond the table", "ledger entry 1", func(e *disclosure.LedgerEntry) { e.Items[0].Support = append(e.Items[0].Support, 5) }},
		{"a holding twice", "ledger entry 1", func(e *disclosure.LedgerEntry) { e.Holdings[1] = e.Holdings[0] }},
		{"out of order", "ledger entry 1", func(e *disclosure.LedgerEntry) { slices.Reverse(e.Holdings) }},
		{"another version", "another version", func(e *disclosure.LedgerEntry) { e.Version = 3 }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var e disclosure.LedgerEntry
			require.NoError(t, json.Unmarshal(data, &e))
			tt.change(&e)
			changed, public := signEntry(t, e)
			_, _, err := disclosure.ReadLedger(changed, public)
			require.ErrorIs(t, err, disclosure.ErrProof)
			require.ErrorContains(t, err, tt.want)
		})
	}
	var e disclosure.LedgerEntry
	require.NoError(t, json.Unmarshal(data, &e))
	whole, public := signEntry(t, e)
	_, _, err = disclosure.ReadLedger(whole, public)
	require.NoError(t, err, "signed by a stranger, and right")
	first := strings.Replace(string(data), `"version":2,`, ``, 1)
	_, _, err = disclosure.ReadLedger([]byte(first), testKey(t).PublicKey())
	require.ErrorContains(t, err, "another version")
}
