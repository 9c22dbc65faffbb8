// SPDX-License-Identifier: Apache-2.0

package main

import (
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"github.com/sharedpractice/sharedpractice/examples/internal/program"
	"github.com/sharedpractice/sharedpractice/guidance"
)

// catalog reads a file of messages of the pages around the guides.
func catalog(t testing.TB, locale string) map[string]string {
	t.Helper()
	body, err := fs.ReadFile(catalogs(), locale+".tsv")
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(string(body), "# "), "a catalog says where it is from")
	out := map[string]string{}
	for line := range strings.Lines(string(body)) {
		if key, m, ok := strings.Cut(strings.TrimRight(line, "\n"), "\t"); ok && !strings.HasPrefix(line, "#") {
			out[key] = m
		}
	}
	return out
}

var (
	place  = regexp.MustCompile(`\{([a-z]+)`)
	choice = regexp.MustCompile(`\{[a-z]+\?([^}]*)\}`)
)

// values are the names that a message needs; that of a plural may be another.
func values(m string) []string {
	var out []string
	for _, found := range place.FindAllStringSubmatch(choice.ReplaceAllString(m, ""), -1) {
		out = append(out, found[1])
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func pluralForms(locale string) []string {
	names := map[plural.Form]string{plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many", plural.Other: "other"}
	out := []string{"other"}
	for n := range 1000 {
		out = append(out, names[plural.Cardinal.MatchPlural(language.MustParse(locale), n, 0, 0, 0, 0)])
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func TestCatalogsOfPagesAreWhole(t *testing.T) {
	t.Parallel()
	english := catalog(t, guidance.SourceLocale)
	files, err := fs.Glob(catalogs(), "*.tsv")
	require.NoError(t, err)
	require.Len(t, files, len(guidance.Locales()))
	for _, locale := range guidance.Locales() {
		t.Run(locale, func(t *testing.T) {
			_, err := guidance.OpenCatalog(locale, catalogs())
			require.NoError(t, err)
			own := catalog(t, locale)
			for key := range english {
				require.Contains(t, own, key)
			}
			for key, m := range own {
				require.Contains(t, english, key, "a key that nobody asks for")
				require.Equal(t, values(english[key]), values(m), key)
				require.True(t, norm.NFC.IsNormalString(m), key)
				require.Equal(t, strings.TrimSpace(m), m, key)
				require.NotContains(t, m, "'", key)
				for _, found := range choice.FindAllStringSubmatch(m, -1) {
					var forms []string
					for form := range strings.SplitSeq(found[1], "|") {
						name, _, _ := strings.Cut(form, ":")
						forms = append(forms, name)
					}
					slices.Sort(forms)
					require.Equal(t, pluralForms(locale), forms, key)
				}
			}
		})
	}
}

// A folder is whole in its language: no page around the guides falls back, and
// none keeps a word of the English one.
func TestFolderInOneLanguage(t *testing.T) {
	t.Parallel()
	key, file := keyFile(t), jsonLines(t, collection(t)[:60])
	english := catalog(t, guidance.SourceLocale)
	for _, row := range []struct{ locale, lang, language, reason string }{
		{"de", "de", "Deutsch", "a built-in language"},
		{"cy", "cy", "Cymraeg", "a language with six plural forms"},
		{"de-AT", "de-AT", "Österreichisches Deutsch", "a region finds its language"},
	} {
		t.Run(row.locale, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "out")
			_, err := howto(t, "-in", file, "-out", dir, "-key", key, "-locale", row.locale)
			require.NoError(t, err)
			got := files(t, dir)
			for _, name := range []string{"index.html", "documents/index.html"} {
				require.Contains(t, got[name], `<html lang="`+row.lang+`">`, row.reason)
			}
			require.Contains(t, got["index.html"], row.language)
			own, _, _ := strings.Cut(row.locale, "-")
			for name, page := range map[string][]string{
				"index.html": {"page."}, "documents/index.html": {"documents."}, "summary.md": {"summary."}, "private/withheld.md": {"withheld.title", "private.only"}, "private/missing.md": {"missing."}, "private/sign-off.md": {"sheets."}, "private/disclosure.md": {"private.english"},
			} {
				require.NotContains(t, got[name], "[en-GB]", name)
				require.NotRegexp(t, `\[[a-z]+\.[a-z-.]+\]`, got[name], "%s asks for a key that nobody has", name)
				said := 0
				for key, m := range catalog(t, own) {
					if !strings.HasPrefix(key, page[0]) && !slices.Contains(page, key) || strings.Contains(m, "{") {
						continue
					}
					if strings.Contains(got[name], m) {
						said++
					}
					if m != english[key] && len(english[key]) > 12 {
						require.NotContains(t, got[name], english[key], "%s: %s", name, key)
					}
				}
				require.Positive(t, said, name)
			}
		})
	}
}

// Every reason for which an example can be withheld is worded.
func TestReasonsAreWorded(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "out")
	_, err := howto(t, "-out", dir, "-key", keyFile(t), "-terms", "service-user")
	require.NoError(t, err)
	got := files(t, dir)
	require.Contains(t, got["private/withheld.md"], "The agreement has expired. | expired |")
	require.NotContains(t, got["private/withheld.md"], "[withheld.")
	require.NotContains(t, got["private/disclosure.md"], "whatever the language", "an English reader sees that")

	// The preferred word is in every document, and only names keep the other.
	require.Contains(t, got["index.html"], "service users")
	require.Contains(t, got["documents/self-assessment.patients.md"], "Assessment by service users and carers")
	for name, body := range got {
		require.NotContains(t, body, "[service-user?]", name)
	}
}

func TestTermsOfALanguage(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		args []string
		says string
	}{
		{[]string{"-terms", "guest"}, "citizen, consumer, person, service-user"},
		{[]string{"-terms", "consumer", "-locale", "de"}, "service-user"},
		{[]string{"-terms", "stop"}, "citizen"},
	} {
		_, err := howto(t, row.args...)
		require.ErrorIs(t, err, program.ErrUsage, "%v", row.args)
		require.ErrorContains(t, err, row.says)
	}
}
