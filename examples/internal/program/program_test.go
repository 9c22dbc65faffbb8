// SPDX-License-Identifier: Apache-2.0

package program_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/examples/internal/program"
	_ "github.com/sharedpractice/sharedpractice/model/modeltest" // for -update
)

type known struct{}

func (known) Error() string { return "whole" }
func (known) ExitCode() int { return 3 }

func TestCode(t *testing.T) {
	for _, row := range []struct {
		name string
		err  error
		code int
		says string
	}{
		{"done", nil, 0, ""},
		{"asked for help", fmt.Errorf("x: %w", flag.ErrHelp), 0, ""},
		{"failed", errors.New("the file cannot be read"), 1, "form: the file cannot be read\n"},
		{"wrong usage", fmt.Errorf("%w: -in is a file", program.ErrUsage), 2, "form: wrong usage: -in is a file\n"},
		{"of its own", fmt.Errorf("x: %w", known{}), 3, "form: x: whole\n"},
	} {
		t.Run(row.name, func(t *testing.T) {
			var said bytes.Buffer
			require.Equal(t, row.code, program.Code("form", row.err, &said))
			require.Equal(t, row.says, said.String())
		})
	}
}

func TestCount(t *testing.T) {
	require.Equal(t, []string{"0 guides", "1 guide", "2 guides"}, []string{program.Count(0, "guide", "guides"), program.Count(1, "guide", "guides"), program.Count(2, "guide", "guides")})
}

// A mark before a text is passed over, whatever the text's length; marks within it stay.
func TestUnmarked(t *testing.T) {
	for in, want := range map[string]string{"\ufeffab": "ab", "ab": "ab", "\ufeff": "", "": "", "a": "a", "a\ufeffb": "a\ufeffb", "\ufeff\ufeffa": "\ufeffa"} {
		got, err := io.ReadAll(program.Unmarked(strings.NewReader(in)))
		require.NoError(t, err)
		require.Equal(t, want, string(got))
	}
}

// What a spreadsheet would run stands behind a quotation mark, and comes back without it.
func TestCell(t *testing.T) {
	for _, s := range []string{"=1+1", "+x", "-2", "@SUM(1)", "\t=1", "\r=1", "＝1+1", "＋1", "－1", "＠x"} {
		require.Equal(t, "'"+s, program.Cell(s))
		require.Equal(t, s, program.Uncell(program.Cell(s)))
	}
	for _, s := range []string{"", "a=1", "'quoted'", "n–1"} {
		require.Equal(t, s, program.Cell(s))
		require.Equal(t, s, program.Uncell(s))
	}
}
