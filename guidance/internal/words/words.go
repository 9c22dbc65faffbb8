// SPDX-License-Identifier: Apache-2.0

package words

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

//go:embed data/catalog/*.tsv
var catalogs embed.FS

// ErrTable says that a table is missing or breaks a rule of its form.
var ErrTable = errors.New("guidance: no such table, or a malformed one")

// errLocale says that there is no catalog for a locale.
var errLocale = fmt.Errorf("%w: no catalog for this locale", ErrTable)

// SourceLocale is the locale whose catalog is complete by definition.
const SourceLocale = "en-GB"

// Catalog holds the sentences of guides in one language. Immutable, safe for
// concurrent use.
//
// A message is text with places: {name} for a value, and {n?one:example|other:examples}
// for a form chosen by the plural category (CLDR, cardinal) of a number.
type Catalog struct {
	tag      language.Tag
	messages map[string]string
	users    map[string]string // those of messages that are the user's own
	source   map[string]string // of SourceLocale, for what is missing
	printer  *message.Printer
	// Terms are the built-in messages' words for people; nil changes nothing.
	Terms *Terminology
}

// OpenCatalog opens the built-in catalog of a locale, or one of fsys (files
// LOCALE.tsv, lines "key<TAB>message") laid over it. fsys may be nil; it may hold
// messages of the user's own, beside those that guides use. A regional tag finds
// the catalog of its language ("de-AT" finds "de"). A locale whose language has
// no catalog is ErrTable: there is no silent fallback.
func OpenCatalog(locale string, fsys fs.FS) (*Catalog, error) {
	source, err := builtInCatalog(SourceLocale)
	if err != nil {
		return nil, err
	}
	tag, err := language.Parse(locale)
	if err != nil {
		return nil, errLocale
	}
	var own, users map[string]string
	builtIn, found := nearest(tag)
	if found {
		if own, err = builtInCatalog(builtIn.String()); err != nil {
			return nil, err
		}
	}
	if fsys != nil {
		source, own, users = maps.Clone(source), maps.Clone(own), map[string]string{}
		if own == nil {
			own = map[string]string{}
		}
		for _, name := range append([]string{SourceLocale}, Lookups(tag)...) {
			m, err := readCatalog(fsys, name+".tsv")
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err != nil {
				return nil, err
			}
			if name == SourceLocale {
				maps.Copy(source, m)
			}
			if slices.Contains(Lookups(tag), name) {
				found = true
				maps.Copy(users, m)
			}
		}
		maps.Copy(own, users)
	}
	if !found {
		return nil, errLocale
	}
	return &Catalog{tag: tag, messages: own, users: users, source: source, printer: message.NewPrinter(tag)}, nil
}

// builtInCatalog is a catalog that everybody shares: read once, never changed.
func builtInCatalog(locale string) (map[string]string, error) {
	read, known := builtInCatalogs()[locale]
	if !known {
		return nil, errLocale
	}
	return read()
}

var builtInCatalogs = sync.OnceValue(func() map[string]func() (map[string]string, error) {
	out := map[string]func() (map[string]string, error){}
	for _, l := range Locales() {
		out[l] = sync.OnceValues(func() (map[string]string, error) { return readCatalog(catalogs, "data/catalog/"+l+".tsv") })
	}
	return out
})

func readCatalog(fsys fs.FS, name string) (map[string]string, error) {
	body, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for line, text := range TableLines(string(body)) {
		key, m, ok := strings.Cut(text, "\t")
		if !ok || key == "" || m == "" || strings.ContainsAny(m, "\t\x00") {
			return nil, fmt.Errorf("%w: line %d", ErrTable, line)
		}
		if _, doubled := out[key]; doubled {
			return nil, fmt.Errorf("%w: line %d: a key stands twice", ErrTable, line)
		}
		out[key] = m
	}
	return out, nil
}

// Locale is the BCP 47 tag of the catalog.
func (c *Catalog) Locale() string { return c.tag.String() }

// Missing lists the keys of SourceLocale that the catalog lacks, sorted.
func (c *Catalog) Missing() []string {
	var out []string
	for key := range c.source {
		if _, ok := c.messages[key]; !ok {
			out = append(out, key)
		}
	}
	slices.Sort(out)
	return out
}

// Values are the arguments of a message: strings or ints.
type Values map[string]any

// Has reports whether the catalog, or the source's, knows the key.
func (c *Catalog) Has(key string) bool {
	_, ok := c.messages[key]
	if !ok {
		_, ok = c.source[key]
	}
	return ok
}

// Say words a message. One that the language lacks is said in SourceLocale and
// marked so; one that nobody knows is its key, marked.
func (c *Catalog) Say(key string, v Values) string {
	m, ok := c.messages[key]
	mark := ""
	if !ok {
		if m, ok = c.source[key]; ok {
			mark = "[" + SourceLocale + "] "
		} else {
			return "[" + key + "]"
		}
	}
	if _, users := c.users[key]; mark == "" && !users {
		m, mark = c.Terms.Reword(m)
	}
	return mark + c.fill(m, v)
}

// Raw is a message as it stands, without a mark: for what joins words rather
// than says any.
func (c *Catalog) Raw(key string) string {
	if m, ok := c.messages[key]; ok {
		return m
	}
	return c.source[key]
}

func (c *Catalog) fill(m string, v Values) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(m, "{")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		inner, after, ok := strings.Cut(rest, "}")
		if !ok {
			return b.String()
		}
		m = after
		name, forms, choice := strings.Cut(inner, "?")
		if choice {
			b.WriteString(c.choose(forms, v[name]))
			continue
		}
		switch value := v[name].(type) {
		case int:
			b.WriteString(c.Number(value))
		case AlmostAll:
			b.WriteString(c.Say("n-of.almost-all", Values{"n": int(value)}))
		case string:
			b.WriteString(value)
		}
	}
}

// AlmostAll is a number that is told as a lower bound only.
type AlmostAll int

// Number writes a whole number as the language does.
func (c *Catalog) Number(n int) string { return c.printer.Sprint(number.Decimal(n)) }

// choose picks the form of a number from "one:...|few:...|other:...".
func (c *Catalog) choose(forms string, value any) string {
	n, ok := value.(int)
	if most, bound := value.(AlmostAll); bound && !ok {
		n = int(most)
	}
	want := pluralName(plural.Cardinal.MatchPlural(c.tag, n, 0, 0, 0, 0))
	other := ""
	for form := range strings.SplitSeq(forms, "|") {
		name, text, _ := strings.Cut(form, ":")
		if name == want {
			return text
		}
		if name == "other" {
			other = text
		}
	}
	return other
}

func pluralName(f plural.Form) string {
	switch f {
	case plural.Zero:
		return "zero"
	case plural.One:
		return "one"
	case plural.Two:
		return "two"
	case plural.Few:
		return "few"
	case plural.Many:
		return "many"
	default:
		return "other"
	}
}

// List joins items as the language does: "a, b and c".
func (c *Catalog) List(items []string) string {
	switch len(items) {
	case 0:
		return ""
	case 1:
		return items[0]
	}
	last := len(items) - 1
	and := c.Raw("list.last")
	if base, _ := c.tag.Base(); base.String() == "es" && and == " y " && beginsWithI(items[last]) {
		and = " e "
	}
	return strings.Join(items[:last], c.Raw("list.separator")) + and + items[last]
}

// beginsWithI reports whether a Spanish word begins with the sound i, before
// which "and" is e: "industria", "historias", but not "hielo".
func beginsWithI(word string) bool {
	word = strings.ToLower(word)
	if rest, ok := strings.CutPrefix(word, "h"); ok {
		return strings.HasPrefix(rest, "i") && !strings.ContainsAny(rest[1:min(2, len(rest))], "aeo") || strings.HasPrefix(rest, "í")
	}
	return strings.HasPrefix(word, "i") || strings.HasPrefix(word, "í")
}
