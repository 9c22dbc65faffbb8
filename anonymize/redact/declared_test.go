// SPDX-License-Identifier: Apache-2.0

package redact_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/anonymize/redact"
)

// declaredFrames are places where a declared name can be meant: at the start of a
// sentence, item, quotation or cell, as a speaker, in a heading, in capitals.
func declaredFrames() []string {
	return []string{
		"%s ran the group.", "It went well. %s then left.", "- %s was there\n- so were we", "1. %s\n2. tea", "• %s, who helped",
		"\"%s asked for it.\"", "“%s is kind,” she said.", "He said: '%s knew.'", "%s: we were cold.", "Thanks to %s", "(%s)", "| %s | 3 |",
		"We asked %s twice.", "It was %s's idea.", "%s's idea was taken up.", "Was it %s?", "Then—%s said no.", "## %s", "What %s Did Next",
		"THEN %[1]s LEFT EARLY", "the %s-led group", "we met; %s spoke", "Contact: %s", "in %s we trust", "by %s and by others",
	}
}

// declaredNames reads the matrix's names by kind.
func declaredNames(t testing.TB) map[string][]string {
	t.Helper()
	b, err := os.ReadFile("testdata/declared/names.txt")
	require.NoError(t, err)
	out := map[string][]string{}
	for line := range strings.Lines(string(b)) {
		if kind, names, ok := strings.Cut(strings.TrimSpace(line), ": "); ok && line[0] != '#' {
			out[kind] = strings.Fields(names)
		}
	}
	return out
}

// TestDeclaredMatrix holds names that are everyday words to the law that a declared
// name is gone wherever it can be meant, alone and as the first part of a full name.
func TestDeclaredMatrix(t *testing.T) {
	policy := preset(t, "anonymous")
	for kind, names := range declaredNames(t) {
		for _, balanced := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s/balanced=%t", kind, balanced), func(t *testing.T) {
				cells, left := 0, map[string]int{}
				for i, name := range names {
					if testing.Short() && i%8 > 0 {
						continue
					}
					declared := []recognize.Declared{{Kind: recognize.Person, Name: name + " Abarrowby"}}
					if kind == "organisation" {
						declared = []recognize.Declared{{Kind: recognize.Org, Name: name}}
					}
					r, err := redact.New(redact.Config{Policy: policy, Declared: declared, Balanced: balanced})
					require.NoError(t, err)
					var texts []string
					for _, frame := range declaredFrames() {
						word := name
						if strings.HasPrefix(frame, "THEN") {
							word = strings.ToUpper(name)
						}
						texts = append(texts, fmt.Sprintf(frame, word))
					}
					for i, s := range texts {
						cells++
						out := redacted(t, r, s)[0].Text
						if hasWord(out, name) {
							left[fmt.Sprintf("%q", declaredFrames()[i])]++
						}
						requireNoLeak(t, out, declared, "frame %d", i)
					}
				}
				t.Logf("%d cells", cells)
				require.Empty(t, left, "frames in which a declared name was left, and how often")
			})
		}
	}
}

// hasWord reports that the name stands in s as a word with a capital, outside
// labels.
func hasWord(s, name string) bool {
	depth := 0
	for _, w := range strings.FieldsFunc(s, func(r rune) bool {
		switch r {
		case '[':
			depth++
		case ']':
			depth--
		}
		return depth > 0 || !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z')
	}) {
		if w == name || w == strings.ToUpper(name) {
			return true
		}
	}
	return false
}
