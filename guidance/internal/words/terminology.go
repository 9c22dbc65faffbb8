// SPDX-License-Identifier: Apache-2.0

package words

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
)

//go:embed data/terminology/*/*.tsv
var terminologies embed.FS

// stopList is the table of a language's names that no preferred word changes.
const stopList = "stop"

// Terminology is how a working group prefers to call the people whom guides call
// patients: service users, consumers, citizens. It rewords what the library
// itself says, by a table of whole words and groups of words, each with its
// replacement in the right form: gender, case, number and mutation are the
// table's, not computed. Names, such as that of a kind of organisation, stay by
// a stop list, and a message of the user's own stays as it is. Immutable, safe for
// concurrent use; nil changes nothing.
type Terminology struct {
	name  string
	about []string // beginnings of the words that the table is about
	// rows and names are by their first word in lower case, longest first.
	rows, names map[string][]rewording
}

// rewording is one row: what is said, and what is said instead.
type rewording struct{ from, to string }

// OpenTerminology reads the table of a preferred word in a language:
// terminology/LOCALE/NAME.tsv of fsys, if there is one, laid over the built-in
// one. A table has lines "words<TAB>words instead"; terminology/LOCALE/stop.tsv
// has lines "about<TAB>beginning of a word" and "keep<TAB>words<TAB>reason". fsys
// may be nil. Where neither has the name it is ErrTable: another
// language's words never stand in.
func OpenTerminology(name, locale string, fsys fs.FS) (*Terminology, error) {
	tag, err := language.Parse(locale)
	if err != nil || name == stopList || !IDForm().MatchString(name) {
		return nil, ErrTable
	}
	t := &Terminology{name: name, rows: map[string][]rewording{}, names: map[string][]rewording{}}
	found := false
	for _, file := range []string{stopList, name} {
		for _, p := range tablesOf(tag, fsys) {
			body, err := fs.ReadFile(p.fsys, p.dir+file+".tsv")
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err != nil {
				return nil, fmt.Errorf("guidance: terminology: %w", err)
			}
			found = found || file == name
			if err := t.read(string(body), file == stopList); err != nil {
				return nil, err
			}
		}
	}
	if !found {
		return nil, ErrTable
	}
	for _, table := range []map[string][]rewording{t.rows, t.names} {
		for _, rows := range table {
			slices.SortFunc(rows, func(x, y rewording) int { return len(y.from) - len(x.from) })
		}
	}
	return t, nil
}

// A tablePlace is a folder of tables.
type tablePlace struct {
	fsys fs.FS
	dir  string
}

// tablesOf are the folders with tables of a language, the built-in one first.
func tablesOf(tag language.Tag, fsys fs.FS) (places []tablePlace) {
	if builtIn, ok := nearest(tag); ok {
		places = append(places, tablePlace{terminologies, "data/terminology/" + builtIn.String() + "/"})
	}
	if fsys != nil {
		for _, name := range Lookups(tag) {
			places = append(places, tablePlace{fsys, "terminology/" + name + "/"})
		}
	}
	return places
}

// Terminologies lists the names of the built-in tables of a locale, sorted.
func Terminologies(locale string) []string {
	tag, err := language.Parse(locale)
	builtIn, ok := nearest(tag)
	if err != nil || !ok {
		return nil
	}
	files, _ := fs.Glob(terminologies, "data/terminology/"+builtIn.String()+"/*.tsv") // the pattern is well formed
	var out []string
	for _, f := range files {
		if name := strings.TrimSuffix(f[strings.LastIndexByte(f, '/')+1:], ".tsv"); name != stopList {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

func (t *Terminology) read(body string, stop bool) error {
	for n, line := range TableLines(body) {
		f := strings.Split(line, "\t")
		switch {
		case slices.ContainsFunc(f, func(s string) bool { return s == "" || strings.ContainsAny(s, "{}\x00") || s != strings.TrimSpace(s) }):
			return fmt.Errorf("%w: line %d", ErrTable, n)
		case stop && len(f) == 2 && f[0] == "about":
			t.about = append(t.about, strings.ToLower(f[1]))
		case stop && len(f) == 3 && f[0] == "keep":
			add(t.names, f[1], f[1])
		case !stop && len(f) == 2:
			add(t.rows, f[0], f[1])
		default:
			return fmt.Errorf("%w: line %d", ErrTable, n)
		}
	}
	return nil
}

// add adds a row, in the place of an earlier one for the same words.
func add(table map[string][]rewording, from, to string) {
	first := strings.ToLower(word(from))
	rows := slices.DeleteFunc(table[first], func(r rewording) bool { return r.from == from })
	table[first] = append(rows, rewording{from, to})
}

// Say rewords a text of the library's own, such as a label of the vocabulary.
// Where the text has a word that the table is about and no row for it, the text
// is marked, as one that lacks a translation is. It is not for the words of
// contributors or of the working group, which stay as they are.
func (t *Terminology) Say(text string) string {
	text, mark := t.Reword(text)
	return mark + text
}

// Reword returns the reworded text and its mark, "" where no word lacks a row.
// Names of places in braces stay.
func (t *Terminology) Reword(text string) (reworded, mark string) {
	if t == nil || !t.concerns(text) {
		return text, ""
	}
	var b strings.Builder
	lacking, named := false, false
	nameAt, nameEnd := t.nextName(text, 0)
	for i := 0; i < len(text); {
		if i >= nameEnd || i > nameAt { // past it, or it stands in a place
			nameAt, nameEnd = t.nextName(text, i)
		}
		w := word(text[i:])
		switch {
		case i == nameAt && !named:
			b.WriteString(text[i:nameEnd])
			i = nameEnd
		case w == "":
			r, size := utf8.DecodeRuneInString(text[i:])
			named = inPlace(named, r)
			b.WriteString(text[i : i+size])
			i += size
		case named:
			b.WriteString(w)
			i += len(w)
		default:
			n, to := match(t.rows, text[i:nameAt], w)
			if n == 0 {
				n, to = len(w), w
				lacking = lacking || t.concerns(w)
			}
			b.WriteString(to)
			i += n
		}
	}
	if lacking {
		mark = "[" + t.name + "?] "
	}
	return b.String(), mark
}

// inPlace reports whether a place {name} begins with a sign or goes on after it; of
// {n?one:...} only what stands before the question mark is one.
func inPlace(already bool, r rune) bool {
	return r == '{' || already && r != '}' && r != '?'
}

// nextName finds the first name of the stop list from a place on; both are the
// text's end where there is none. No row reaches into a name.
func (t *Terminology) nextName(text string, from int) (start, end int) {
	for i := from; i < len(text); {
		w := word(text[i:])
		if n, _ := match(t.names, text[i:], w); n > 0 {
			return i, i + n
		}
		_, size := utf8.DecodeRuneInString(text[i:])
		i += max(len(w), size)
	}
	return len(text), len(text)
}

// match finds the longest row that the text, which begins with the word w,
// begins with, and returns how many bytes it takes; 0 where there is none.
func match(table map[string][]rewording, text, w string) (n int, to string) {
	for _, r := range table[strings.ToLower(w)] {
		if len(text) < len(r.from) || inWord(text[len(r.from):]) {
			continue
		}
		switch text[:len(r.from)] {
		case r.from:
			return len(r.from), r.to
		case UpperFirst(r.from):
			return len(r.from), UpperFirst(r.to)
		}
	}
	return 0, ""
}

// concerns reports whether a word of the text begins as those do that the table
// is about.
func (t *Terminology) concerns(text string) bool {
	lower := strings.ToLower(text)
	return slices.ContainsFunc(t.about, func(beginning string) bool {
		for at := 0; ; at++ {
			i := strings.Index(lower[at:], beginning)
			if i < 0 {
				return false
			}
			at += i
			if r, _ := utf8.DecodeLastRuneInString(lower[:at]); !isWordRune(r) {
				return true
			}
		}
	})
}

// word is the word that a text begins with, "" where it begins with none.
func word(text string) string {
	for i, r := range text {
		if !isWordRune(r) {
			return text[:i]
		}
	}
	return text
}

func inWord(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return text != "" && isWordRune(r)
}

func isWordRune(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
}
