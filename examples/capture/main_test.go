// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"html"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/examples/internal/collect"
	"github.com/sharedpractice/sharedpractice/examples/internal/intake"
	"github.com/sharedpractice/sharedpractice/examples/internal/program"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/modeltest"
)

func capture(t *testing.T, args ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, run(t.Context(), args, strings.NewReader(""), &out))
	return out.Bytes()
}

// twoWords stands for every vocabulary, so that the golden forms do not change
// with the built-in ones.
func twoWords(prefix string) []model.Option {
	return []model.Option{{Value: prefix + ":one", Label: "One & only"}, {Value: prefix + ":two", Label: "Two"}}
}

func TestForm_golden(t *testing.T) {
	for name, write := range map[string]func(io.Writer, form) error{"form.csv": writeCSV, "form.md": writeMarkdown, "form.html": writeHTML} {
		for _, small := range []bool{false, true} {
			golden := name
			var out bytes.Buffer
			require.NoError(t, write(&out, form{Lang: "en-GB", Say: wordsIn("en-GB"), Sections: sections(model.Form(), small, name == "form.csv", twoWords)}))
			if small {
				golden = "small-" + name
			}
			modeltest.Golden(t, golden, out.Bytes())
		}
	}
}

// In every language the form asks all its questions with all their options, and says
// nothing in English around them.
func TestRun_locale(t *testing.T) {
	require.Contains(t, string(capture(t, "-format", "csv", "-locale", "cy")), "Pwy gymerodd ran?")
	require.Contains(t, string(capture(t, "-format", "csv", "-locale", "de", "-example")), "BEISPIEL, bitte löschen")
	english := wordsIn("en-GB")
	for _, locale := range intake.FormLocales() {
		whole, ok := asking(locale, false, false)
		require.True(t, ok)
		for _, part := range whole.Sections {
			require.NotEmpty(t, whole.Say[part.Title], part.Title)
		}
		for _, args := range [][]string{{"-format", "md"}, {"-format", "html"}, {"-format", "md", "-small"}, {"-format", "html", "-small"}} {
			args = append(args, "-locale", locale)
			text := strings.Join(strings.Fields(html.UnescapeString(string(capture(t, args...)))), " ")
			questions, ok := intake.Form(locale, len(args) > 4)
			require.True(t, ok)
			for _, q := range questions {
				if q.ID == "organisation" && locale == "en-GB" {
					continue // not in the nine questions
				}
				for _, want := range []string{q.Label, q.Help} {
					require.Contains(t, text, want, "%s, %s", args, q.ID)
				}
				for _, o := range q.Options {
					require.Contains(t, text, o.Label, "%s, %s", args, q.ID)
				}
			}
			for word, wording := range wordsIn(locale) {
				require.NotEmpty(t, wording)
				if locale != "en-GB" && strings.Contains(english[word], " ") {
					require.NotContains(t, text, english[word], "%s, %s", args, word)
				}
			}
			require.Contains(t, text, wordsIn(locale)["title"])
			require.Contains(t, text, wordsIn(locale)["thanks"])
			require.NotContains(t, text, wordsIn(locale)["for"]+":")
			shown := strings.Join(strings.Fields(strings.ReplaceAll(html.UnescapeString(string(capture(t, append(args, "-example")...))), ">", "")), " ")
			row := intake.ExampleRow(locale)
			for _, q := range questions {
				_, want, ok := strings.Cut(row[q.ID], ": ")
				if !ok || q.ID != "title" {
					want = row[q.ID]
				}
				require.Contains(t, shown, strings.Join(strings.Fields(want), " "), "%s, %s", args, q.ID)
			}
			title, _, _ := strings.Cut(row["title"], ":")
			require.NotContains(t, shown, title, "nobody is told to delete a line of a page")
		}
	}
	for _, args := range [][]string{{"-format", "csv", "-locale", "tlh"}, {"-format", "md", "-locale", "tlh"}} {
		require.ErrorIs(t, run(t.Context(), args, strings.NewReader(""), io.Discard), program.ErrUsage)
	}
}

func TestRun_schema(t *testing.T) {
	require.Equal(t, model.Schema(), capture(t, "-format", "schema"))
}

// The blank file is one that the reader reads, and so is a row under it.
func TestRun_csv(t *testing.T) {
	blank := capture(t, "-format", "csv", "-small")
	for _, err := range collect.Reader().CSV(bytes.NewReader(blank)) {
		require.NoError(t, err)
		t.Error("an empty form holds no example")
	}
	header, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(blank, []byte("\ufeff")))).Read()
	require.NoError(t, err)
	require.Len(t, header, 12)
	row := `"Made up","Attempt that did not succeed","patients","Too little time","","Asked","Nothing","Ask again","Only in totals, together with others","As a source of guidance","Members","Yes"`
	n := 0
	for e, err := range collect.Reader().CSV(strings.NewReader(string(blank) + row)) {
		require.NoError(t, err)
		require.Equal(t, model.Code("ki:attempt"), e.Kind, "the label of the form")
		require.Equal(t, model.Aggregate, e.Agreements[0].Level)
		n++
	}
	require.Equal(t, 1, n)
}

// Every field of the page has a label and a name that the CSV reader knows; ids
// are unique; nothing runs and nothing is fetched.
func TestRun_html(t *testing.T) {
	page := capture(t, "-format", "html")
	for _, never := range []string{"<script", "javascript:", "onclick", "http://", "https://", "<link", "@import", "url("} {
		require.NotContains(t, string(page), never)
	}
	d := xml.NewDecoder(bytes.NewReader(page))
	d.Strict, d.AutoClose, d.Entity = false, append(xml.HTMLAutoClose, "input", "meta"), xml.HTMLEntity
	ids, labelled, names := map[string]bool{}, map[string]bool{}, map[string]bool{}
	var fields []string
	depth := 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		if _, end := token.(xml.EndElement); end {
			depth--
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		depth++
		at := map[string]string{}
		for _, a := range start.Attr {
			at[a.Name.Local] = a.Value
		}
		if id := at["id"]; id != "" {
			require.False(t, ids[id], "%s twice", id)
			ids[id] = true
		}
		if by := at["aria-describedby"]; by != "" {
			fields = append(fields, by)
		}
		switch start.Name.Local {
		case "label":
			labelled[at["for"]] = true
		case "input", "select", "textarea":
			names[at["name"]] = true
			fields = append(fields, at["id"])
			defer func() { require.True(t, labelled[at["id"]], "%s has a label", at["id"]) }()
		}
	}
	require.Zero(t, depth, "every element is closed")
	for _, id := range fields {
		require.True(t, ids[id], "%s is there", id)
	}
	for _, q := range model.Form() {
		require.Equal(t, !q.Internal, names[q.ID], "%s is asked of contributors", q.ID)
	}
}

func TestRun_markdown(t *testing.T) {
	form := string(capture(t))
	for _, q := range model.Form() {
		if q.Minimum {
			require.Contains(t, form, q.Label)
			continue
		}
		require.Equal(t, !q.Internal, strings.Contains(form, ". "+q.Label), q.ID)
	}
	require.Contains(t, form, "- [ ] Only in totals, together with others")
	require.Contains(t, form, "- [ ] Attempt that did not succeed", "options of the vocabulary")
}

func TestRun_usage(t *testing.T) {
	for _, args := range [][]string{{"-format", "pdf"}, {"-nonsense"}, {"file"}} {
		require.ErrorIs(t, run(t.Context(), args, nil, io.Discard), program.ErrUsage)
	}
}
