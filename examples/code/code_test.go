// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/examples/internal/program"
	_ "github.com/sharedpractice/sharedpractice/model/modeltest"
)

func TestCode(t *testing.T) {
	const text = "Élise said: nobody came. We paid for travel — then 30 came. “It helped.”"
	in, err := json.Marshal(input{ID: "a", Text: text})
	require.NoError(t, err)
	for _, args := range [][]string{{"-jsonl"}, {"-jsonl", "-all"}} {
		var out bytes.Buffer
		require.NoError(t, run(t.Context(), args, strings.NewReader("\ufeff"+string(in)+"\n\n"), &out))
		var got output
		require.NoError(t, json.Unmarshal(out.Bytes(), &got))
		require.Equal(t, "a", got.ID)
		require.Len(t, got.Sentences, 3)
		for _, s := range got.Sentences {
			require.True(t, 0 <= s.Start && s.Start < s.End && s.End <= utf8.RuneCountInString(text))
		}
		require.Equal(t, "“It helped.”", string([]rune(text)[got.Sentences[2].Start:got.Sentences[2].End]), "offsets are code points")
		if len(args) == 2 {
			require.NotEmpty(t, got.Candidates)
			for _, c := range got.Challenges {
				require.NotContains(t, got.Candidates, c, "a concept on trial stands apart")
			}
		}
	}
}

func TestUsage(t *testing.T) {
	var out bytes.Buffer
	require.ErrorIs(t, run(t.Context(), []string{"-nonsense"}, strings.NewReader(""), &out), program.ErrUsage)
	require.ErrorIs(t, run(t.Context(), []string{"-h"}, strings.NewReader(""), &out), flag.ErrHelp)
	err := run(t.Context(), []string{"-jsonl"}, strings.NewReader("secret words"), &out)
	require.Error(t, err)
	require.NotContains(t, err.Error(), "secret")
}
