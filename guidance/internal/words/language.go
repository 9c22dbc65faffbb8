// SPDX-License-Identifier: Apache-2.0

package words

import (
	"cmp"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// Locales lists the tags of the built-in catalogs, sorted.
func Locales() []string {
	files, _ := fs.Glob(catalogs, "data/catalog/*.tsv") // the pattern is well formed
	out := make([]string, 0, len(files))
	for _, f := range files {
		out = append(out, strings.TrimSuffix(strings.TrimPrefix(f, "data/catalog/"), ".tsv"))
	}
	slices.Sort(out)
	return out
}

// nearest is the built-in catalog that serves a tag: one of the same language
// and script, "de" for "de-AT". ok is false where there is none; another
// language never serves, however near.
func nearest(tag language.Tag) (found language.Tag, ok bool) {
	if tag == language.Und {
		return language.Und, false
	}
	have, matcher := matching()
	_, i, confidence := matcher.Match(tag)
	base, _ := have[i].Base()
	script, _ := have[i].Script()
	wantBase, _ := tag.Base()
	wantScript, _ := tag.Script()
	return have[i], confidence != language.No && base == wantBase && script == wantScript
}

// matching are the built-in locales, and what finds the nearest of them.
var matching = sync.OnceValues(func() ([]language.Tag, language.Matcher) {
	var have []language.Tag
	for _, l := range Locales() {
		if t, err := language.Parse(l); err == nil {
			have = append(have, t)
		}
	}
	return have, language.NewMatcher(have)
})

// Lookups are the names under which a user's tables of a locale are looked for,
// the most general first: that of the built-in catalog which serves it, then the
// language, its regions and the tag itself.
func Lookups(tag language.Tag) []string {
	out := []string{tag.String()}
	for t := tag.Parent(); t != language.Und; t = t.Parent() {
		out = append(out, t.String())
	}
	if builtIn, ok := nearest(tag); ok && !slices.Contains(out, builtIn.String()) {
		out = append(out, builtIn.String())
	}
	slices.Reverse(out)
	return out
}

// Date writes a day, given as YYYY-MM-DD, as the language does; anything else
// is left as it is.
func (c *Catalog) Date(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	months := strings.Split(c.Raw("date.months"), "|")
	if len(months) != 12 {
		return day
	}
	number := strconv.Itoa(t.Day())
	if t.Day() == 1 {
		number = c.Raw("date.first")
	}
	return c.Say("date", Values{"day": number, "month": months[t.Month()-1], "year": strconv.Itoa(t.Year())})
}

// Order orders strings as the language's alphabet does. It is not safe for
// concurrent use: take one for each sort.
func (c *Catalog) Order() func(x, y string) int {
	alphabet := collate.New(c.tag)
	return func(x, y string) int { return cmp.Or(alphabet.CompareString(x, y), strings.Compare(x, y)) }
}

// Sorted sorts by the language's alphabet, and returns its argument.
func (c *Catalog) Sorted(s []string) []string {
	slices.SortStableFunc(s, c.Order())
	return s
}

// Inside puts a label inside a sentence: in lower case, except in a language
// that writes its nouns with a capital.
func (c *Catalog) Inside(label string) string {
	if base, _ := c.tag.Base(); base.String() == "de" {
		return label
	}
	return LowerFirst(label)
}
