// SPDX-License-Identifier: Apache-2.0

package guidance

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

	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// Locales lists the tags of the built-in catalogs, sorted.
func Locales() []string {
	files, _ := fs.Glob(catalogs, "catalog/*.tsv") // the pattern is well formed
	out := make([]string, 0, len(files))
	for _, f := range files {
		out = append(out, strings.TrimSuffix(strings.TrimPrefix(f, "catalog/"), ".tsv"))
	}
	return sorted(out)
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

// lookups are the names under which a user's tables of a locale are looked for,
// the most general first: that of the built-in catalog which serves it, then the
// language, its regions and the tag itself.
func lookups(tag language.Tag) []string {
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

// date writes a day, given as YYYY-MM-DD, as the language does; anything else
// is left as it is.
func (c *Catalog) date(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	months := strings.Split(c.raw("date.months"), "|")
	if len(months) != 12 {
		return day
	}
	number := strconv.Itoa(t.Day())
	if t.Day() == 1 {
		number = c.raw("date.first")
	}
	return c.say("date", values{"day": number, "month": months[t.Month()-1], "year": strconv.Itoa(t.Year())})
}

// order orders strings as the language's alphabet does. It is not safe for
// concurrent use: take one for each sort.
func (c *Catalog) order() func(x, y string) int {
	alphabet := collate.New(c.tag)
	return func(x, y string) int { return cmp.Or(alphabet.CompareString(x, y), strings.Compare(x, y)) }
}

// sorted sorts by the language's alphabet, and returns its argument.
func (c *Catalog) sorted(s []string) []string {
	slices.SortStableFunc(s, c.order())
	return s
}

// inside puts a label inside a sentence: in lower case, except in a language
// that writes its nouns with a capital.
func (c *Catalog) inside(label string) string {
	if base, _ := c.tag.Base(); base.String() == "de" {
		return label
	}
	return lowerFirst(label)
}

// foreign is the mark of a phrase that is in another language than the guide;
// "" where it is in the guide's.
func (w *writer) foreign(in string) string {
	own, _, _ := strings.Cut(w.lang, "-")
	if base, _, _ := strings.Cut(in, "-"); in == "" || base == own {
		return ""
	}
	return "[" + in + "] "
}

// phrase is a phrase of a concept and the mark of its language; both are ""
// where the vocabulary has none.
func (w *writer) phrase(code model.Code, f vocabulary.Form) (text, mark string) {
	c, ok := w.voc.Concept(string(code))
	if !ok {
		return "", ""
	}
	text, in := c.Say(f, w.lang)
	return w.preferred(text, w.foreign(in))
}

// phrases are all phrases of a form, each marked where it is in another language.
func (w *writer) phrases(c *vocabulary.Concept, f vocabulary.Form) []string {
	all, in := c.SayAll(f, w.lang)
	mark := w.foreign(in)
	for i := range all {
		text, mark := w.preferred(all[i], mark)
		all[i] = mark + text
	}
	return all
}

// labelOf is a concept's label, marked where it is in another language.
func (w *writer) labelOf(c *vocabulary.Concept) string {
	base, _, _ := strings.Cut(w.lang, "-")
	if c.HasLang(w.lang) || c.HasLang(base) || w.foreign(vocabulary.DefaultLang) == "" {
		return w.terms.Say(c.PrefLabel(w.lang))
	}
	return w.foreign(vocabulary.DefaultLang) + c.PrefLabel(w.lang)
}

// definition is a concept's definition, marked where it is in another language.
func (w *writer) definition(c *vocabulary.Concept) string {
	text := c.Definition(w.lang)
	if text == c.Definition(vocabulary.DefaultLang) {
		text, mark := w.preferred(text, w.foreign(vocabulary.DefaultLang))
		return mark + text
	}
	return w.terms.Say(text)
}

// preferred rewords a phrase of the vocabulary by the working group's preferred
// words, but for one that is marked as being in another language.
func (w *writer) preferred(text, foreign string) (reworded, mark string) {
	if foreign != "" {
		return text, foreign
	}
	return w.terms.reword(text)
}
