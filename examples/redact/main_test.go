// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/examples/internal/program"
)

func TestRun(t *testing.T) {
	names := filepath.Join(t.TempDir(), "names.tsv")
	require.NoError(t, os.WriteFile(names, []byte("ORG\tBrightwater Foundation\n# made up\nPERSON\tAmara Okafor\n"), 0o600))
	marked := filepath.Join(t.TempDir(), "marked.tsv")
	require.NoError(t, os.WriteFile(marked, []byte("\ufeffPERSON\tAmara Okafor\n"), 0o600))
	const in = "Amara Okafor wrote, and the Brightwater Foundation replied on 12 March 2012.\n"
	for _, tc := range []struct {
		name, want, reason string
		in                 string
		args               []string
	}{
		{"text", "[Name] wrote, and the [charity or foundation] replied on [a day in month 1].\n", "the level anonymous is the default", in, []string{"-declared", names}},
		{"level", "[Name] wrote, and the [organisation] replied on [a date].\n", "another level, another policy", in, []string{"-level", "aggregate", "-declared", names}},
		{"lines", `{"id":"7","text":"[Name] came."}` + "\n", "each line is a document", `{"id":"7","text":"Amara Okafor came."}` + "\n", []string{"-jsonl", "-declared", names}},
		{"spans", `{"id":"7","spans":[{"start":1,"end":13,"type":"PERSON"}]}` + "\n", "offsets count code points", `{"id":"7","text":"·Amara Okafor came."}`, []string{"-jsonl", "-spans", "-declared", names}},
		{"mark of Windows", "[Name] wrote.\n", "a byte-order mark is no text", "\ufeffAmara Okafor wrote.\n", []string{"-declared", marked}},
		{"mark of Windows before lines", `{"id":"7","text":"[Name] came."}` + "\n", "nor is it JSON", "\ufeff" + `{"id":"7","text":"Amara Okafor came."}` + "\n", []string{"-jsonl", "-declared", marked}},
		{"nothing", "", "no text, no output", "", nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var out strings.Builder
			require.NoError(t, run(t.Context(), tc.args, strings.NewReader(tc.in), &out), tc.reason)
			require.Equal(t, tc.want, out.String(), tc.reason)
		})
	}
}

func TestRunFails(t *testing.T) {
	bad := filepath.Join(t.TempDir(), "bad.tsv")
	require.NoError(t, os.WriteFile(bad, []byte("PERSON Zanzibaria\n"), 0o600))
	for _, tc := range []struct {
		name, in string
		args     []string
		usage    bool
	}{
		{"level", "x", []string{"-level", "secret"}, true},
		{"argument", "x", []string{"Zanzibaria"}, true},
		{"no file", "x", []string{"-declared", "no such file"}, false},
		{"bad names", "x", []string{"-declared", bad}, false},
		{"invalid UTF-8", "Zanzibaria\xff", nil, false},
		{"no JSON", "Zanzibaria", []string{"-jsonl"}, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var out strings.Builder
			err := run(t.Context(), tc.args, strings.NewReader(tc.in), &out)
			require.Error(t, err)
			require.Equal(t, tc.usage, errors.Is(err, program.ErrUsage))
			require.NotContains(t, err.Error(), "Zanzibaria")
			require.Empty(t, out.String(), "an error yields no output")
		})
	}
}
