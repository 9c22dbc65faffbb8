// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"errors"
	"io/fs"

	"github.com/sharedpractice/sharedpractice/anonymize/redact"
	"github.com/sharedpractice/sharedpractice/guidance/internal/words"
)

// SourceLocale is the locale whose catalog is complete by definition.
const SourceLocale = words.SourceLocale

// errTable says that a table (a catalog, a terminology, criteria, a jurisdiction,
// templates) is missing or breaks a rule of its form; the error names the line.
var errTable = words.ErrTable

// ErrArgument says that a document cannot be written of what it is asked for: so
// many participants, such respondents, rounds of different criteria.
var ErrArgument = errors.New("guidance: no document of that kind")

// Catalog holds the sentences of guides in one language. Immutable, safe for
// concurrent use.
//
// A message is text with places: {name} for a value, and {n?one:example|other:examples}
// for a form chosen by the plural category (CLDR, cardinal) of a number.
type Catalog struct{ words *words.Catalog }

// OpenCatalog opens the built-in catalog of a locale, or one of fsys (files
// LOCALE.tsv, lines "key<TAB>message") laid over it. fsys may be nil; it may hold
// messages of the user's own, beside those that guides use. A regional tag finds
// the catalog of its language ("de-AT" finds "de"). A locale whose language has
// no catalog is errTable: there is no silent fallback.
func OpenCatalog(locale string, fsys fs.FS) (*Catalog, error) {
	c, err := words.OpenCatalog(locale, fsys)
	if err != nil {
		return nil, err
	}
	return &Catalog{c}, nil
}

// Locales lists the tags of the built-in catalogs, sorted.
func Locales() []string { return words.Locales() }

// Locale is the BCP 47 tag of the catalog.
func (c *Catalog) Locale() string { return c.words.Locale() }

// Missing lists the keys of SourceLocale that the catalog lacks, sorted.
func (c *Catalog) Missing() []string { return c.words.Missing() }

// Say words a message with values, each a string or an int. One that the language
// lacks is said in SourceLocale and marked so; one that nobody knows is its key,
// marked.
func (c *Catalog) Say(key string, values map[string]any) string { return c.words.Say(key, values) }

// Date writes a day, given as YYYY-MM-DD, as the language does; anything else is
// left as it is.
func (c *Catalog) Date(day string) string { return c.words.Date(day) }

// Removed says in a reader's words what a decision took out, and why: "An e-mail
// address", "A word that our lists do not know to be harmless". It tells what
// kind of thing it was, never the thing, and no rule's name; of a recogniser that
// the catalog does not know it tells the kind of the finding.
func (c *Catalog) Removed(d redact.Decision) string { return c.words.Removed(d) }

// Terminology is how a working group prefers to call the people whom guides call
// patients: service users, consumers, citizens. It rewords what the library
// itself says, by a table of whole words and groups of words, each with its
// replacement in the right form: gender, case, number and mutation are the
// table's, not computed. Names, such as that of a kind of organisation, stay by
// a stop list, and a message of the user's own stays as it is. Immutable, safe for
// concurrent use; nil changes nothing.
type Terminology struct{ words *words.Terminology }

// OpenTerminology reads the table of a preferred word in a language:
// terminology/LOCALE/NAME.tsv of fsys, if there is one, laid over the built-in
// one. A table has lines "words<TAB>words instead"; terminology/LOCALE/stop.tsv
// has lines "about<TAB>beginning of a word" and "keep<TAB>words<TAB>reason". fsys
// may be nil. Where neither has the name it is errTable: another
// language's words never stand in.
func OpenTerminology(name, locale string, fsys fs.FS) (*Terminology, error) {
	t, err := words.OpenTerminology(name, locale, fsys)
	if err != nil {
		return nil, err
	}
	return &Terminology{t}, nil
}

// Terminologies lists the names of the built-in tables of a locale, sorted.
func Terminologies(locale string) []string { return words.Terminologies(locale) }

// Say rewords a text of the library's own, such as a label of the vocabulary.
// Where the text has a word that the table is about and no row for it, the text
// is marked, as one that lacks a translation is. It is not for the words of
// contributors or of the working group, which stay as they are.
func (t *Terminology) Say(text string) string {
	if t == nil {
		return text
	}
	return t.words.Say(text)
}
