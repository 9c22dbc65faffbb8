// SPDX-License-Identifier: Apache-2.0

package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"
)

func linesOf(release []byte) map[string]string {
	out := map[string]string{}
	for line := range bytes.SplitSeq(release, []byte("\n")) {
		var x struct{ ID string }
		if json.Unmarshal(line, &x) == nil && x.ID != "" {
			out[x.ID] = string(line)
		}
	}
	return out
}

var (
	blocks  = regexp.MustCompile(`(?is)<(style|script)\b.*?</(style|script)>|</?(p|li|ul|ol|div|section|article|header|footer|nav|main|table|tr|td|th|h[1-6]|details|summary|dt|dd|dl|blockquote|br|text|title|desc|figure|figcaption|label|a)\b[^>]*>`)
	tags    = regexp.MustCompile(`<[^>]*>`)
	counts  = regexp.MustCompile(`(\d+) of (\d+)|(\d+) (?:independent |different |published )?(?:examples|contributors|organisations|records|lines)|(?:Examples|Contributors): (\d+)|^\D{0,3}(\d+)\D{0,3}$`)
	bounded = regexp.MustCompile(`(?i)almost all \([^)]*\)( of \d+)?|\d+ or more|at least \d+|≥ ?\d+|fewer than \d+`)
	digits  = regexp.MustCompile(`\d+`)
)

// figuresOf are the numbers of examples and contributors that files tell, by the
// file, the words around them and the line before.
func figuresOf(t testing.TB, got map[string]string) map[string][]int {
	t.Helper()
	out := map[string][]int{}
	for file, body := range got {
		var lines []string
		switch filepath.Ext(file) {
		case ".html":
			lines = strings.Split(html.UnescapeString(tags.ReplaceAllString(blocks.ReplaceAllString(body, "\n"), "")), "\n")
		case ".docx":
			lines = strings.Split(html.UnescapeString(tags.ReplaceAllString(strings.ReplaceAll(documentXML(t, body), "</w:p>", "\n"), "")), "\n")
		case ".txt":
			for paragraph := range strings.SplitSeq(body, "\n\n") {
				lines = append(lines, strings.Join(strings.Fields(paragraph), " "))
			}
		case ".json":
			var v any
			require.NoError(t, json.Unmarshal([]byte(body), &v))
			if file != "certificate.json" {
				members(file, v, out)
			}
			continue
		case ".md", ".js":
			lines = strings.Split(body, "\n")
		default:
			continue // release.jsonl is taken apart line by line
		}
		before, label := "", ""
		for _, line := range lines {
			line = strings.TrimSpace(line)
			counted := strings.ContainsAny(line, "0123456789")
			if counted || strings.Contains(strings.ToLower(line), "almost all (") {
				line = bounded.ReplaceAllString(line, "")
			}
			if line == "" || strings.HasPrefix(file, "documents/workshop.") && !strings.ContainsFunc(line, unicode.IsLetter) {
				continue // a card's number, which says where it stands
			}
			if !strings.ContainsFunc(line, unicode.IsLetter) {
				before = label // a cell is of its row, whose name may hold digits ("£25,001 to £50,000")
			} else {
				label = line
			}
			if !counted {
				before = line
				continue
			}
			key := file + ": " + before + " | " + counts.ReplaceAllStringFunc(line, func(s string) string { return digits.ReplaceAllString(s, "#") })
			for _, groups := range counts.FindAllStringSubmatch(line, -1) {
				for _, g := range groups[1:] {
					if n, err := strconv.Atoi(g); err == nil {
						out[key] = append(out[key], n)
					}
				}
			}
			if !digits.MatchString(line) {
				before = line
			}
		}
	}
	return out
}

func documentXML(t testing.TB, body string) string {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(body), int64(len(body)))
	require.NoError(t, err)
	f, err := z.Open("word/document.xml")
	require.NoError(t, err)
	defer f.Close()
	text, err := io.ReadAll(f)
	require.NoError(t, err)
	return string(text)
}

// members are the numbers of a JSON file that count examples, by their place.
func members(at string, v any, to map[string][]int) {
	switch v := v.(type) {
	case map[string]any:
		if bound, _ := v["almost_all"].(bool); !bound {
			for _, name := range []string{"examples", "contributors", "of"} {
				if n, counts := v[name].(float64); counts {
					to[at+" "+name] = append(to[at+" "+name], int(n))
				}
			}
		}
		for name, inner := range v {
			members(at+"/"+name, inner, to)
		}
	case []any:
		for i, inner := range v {
			name := fmt.Sprint(i)
			if o, ok := inner.(map[string]any); ok {
				var parts []string
				for _, member := range []string{"id", "code", "challenge", "objective", "text", "title"} {
					if s, ok := o[member].(string); ok {
						parts = append(parts, s)
					}
				}
				name = strings.Join(parts, "+")
			}
			members(at+"/"+name, inner, to)
		}
	}
}

// countedOf lists the sentences of the files that are told as JSON too, by the name of
// the file without its ending, with the statements that they are.
func countedOf(t testing.TB, got map[string]string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for file, body := range got {
		name, isJSON := strings.CutSuffix(file, ".json")
		if !isJSON {
			continue
		}
		var walk func(v any)
		walk = func(v any) {
			switch v := v.(type) {
			case map[string]any:
				text, _ := v["text"].(string)
				if statement, _ := v["statement"].(string); text != "" && statement != "" && !strings.Contains(out[name+": "+text], statement) {
					out[name+": "+text] += " " + statement
				}
				for _, at := range slices.Sorted(maps.Keys(v)) {
					walk(v[at])
				}
			case []any:
				for _, x := range v {
					walk(x)
				}
			}
		}
		var v any
		require.NoError(t, json.Unmarshal([]byte(body), &v))
		walk(v)
	}
	return out
}
