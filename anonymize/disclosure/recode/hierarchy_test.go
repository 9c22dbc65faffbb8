// SPDX-License-Identifier: Apache-2.0

package recode_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize/disclosure/recode"
)

func TestHierarchyBuilders(t *testing.T) {
	tree, err := recode.NewHierarchy([][]string{
		{"leeds", "yorkshire", "england"},
		{"york", "yorkshire", "england"},
		{"yorkshire", "england", "england"},
		{"england", "england", "england"},
		{"cardiff", "wales", "wales"},
		{"wales", "wales", "wales"},
	})
	require.NoError(t, err)
	years := recode.NewYears()
	listed, err := recode.ReadHierarchy(strings.NewReader("a;x\nb;x\nc;y\n"), 0)
	require.NoError(t, err)
	for _, tt := range []struct {
		name, reason string
		h            *recode.Hierarchy
		value        string
		want         []string
	}{
		{"leaf", "two steps up, then all places", tree, "leeds", []string{"leeds", "yorkshire", "england", "*"}},
		{"inner", "an inner term is a value, too", tree, "yorkshire", []string{"yorkshire", "england", "england", "*"}},
		{"shallow", "a short branch waits at its root", tree, "cardiff", []string{"cardiff", "wales", "wales", "*"}},
		{"missing", "stays missing until the top", years, "", []string{"", "", "", "*"}},
		{"listed", "a top of two labels gets one above", listed, "c", []string{"c", "y", "*"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			require.Equal(t, len(tt.want), tt.h.Height())
			for l, want := range tt.want {
				got, ok := tt.h.Generalize(tt.value, l)
				require.True(t, ok)
				require.Equal(t, want, got, tt.reason)
			}
			_, ok := tt.h.Generalize(tt.value, len(tt.want))
			require.False(t, ok)
		})
	}
}

func TestHierarchyFaults(t *testing.T) {
	const secret = "Quixotic Trust" // made up
	for name, csv := range map[string]string{
		"twice":        secret + ";x\n" + secret + ";y\n",
		"two parents":  "a;" + secret + ";p\nb;" + secret + ";q\n",
		"ragged":       "a;x\n" + secret + ";x;y\n",
		"empty label":  secret + ";\n",
		"empty":        "",
		"broken quote": "\"" + secret + "\n",
	} {
		t.Run(name, func(t *testing.T) {
			_, err := recode.ReadHierarchy(strings.NewReader(csv), ';')
			require.ErrorIs(t, err, recode.ErrInput)
			require.NotContains(t, err.Error(), "Quixotic")
		})
	}
}

// FuzzNoValueInErrors: whatever is wrong with a table, no error, and no verb,
// shows what stands in it.
func FuzzNoValueInErrors(f *testing.F) {
	f.Add("a;b\nCANARY;d\n", "q\nCANARY\n", 2)
	f.Add("CANARY;x\nCANARY;y\n", "q\na\n", 0)
	f.Add("a;x\n\"CANARY\n", "q\na\n\"CANARY", 1)
	f.Add("a;x\n", "CANARY\na,b\n", 3)
	f.Fuzz(func(t *testing.T, hierarchy, table string, k int) {
		clean := func(err error) {
			t.Helper()
			if err != nil && strings.Contains(err.Error(), "CANARY") {
				t.Fatal("an error shows a value")
			}
		}
		h, err := recode.ReadHierarchy(strings.NewReader(hierarchy), ';')
		clean(err)
		cols, err2 := recode.ReadColumns(strings.NewReader(table), ',', []string{"q"})
		clean(err2)
		if err != nil || err2 != nil {
			return
		}
		tab := &recode.Table{Quasi: cols}
		if strings.Contains(fmt.Sprintf("%v %+v %#v %s %d", tab, tab, tab, tab, tab), "CANARY") {
			t.Fatal("a verb shows a value")
		}
		req := recode.Requirement{K: k % 9}
		_, err = recode.Search(t.Context(), tab, recode.SearchConfig{Hierarchies: []*recode.Hierarchy{h}, Requirement: req, MaxChecks: 1000})
		clean(err)
		r, err := recode.TopDown(t.Context(), tab, recode.Config{Hierarchies: []*recode.Hierarchy{h}, Requirement: req})
		clean(err)
		if err == nil && strings.Contains(fmt.Sprintf("%v %+v %#v %v", r, r, r, r.Classes), "CANARY") {
			t.Fatal("a verb shows a label")
		}
	})
}
