// SPDX-License-Identifier: Apache-2.0

package vocabulary

import (
	"cmp"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math"
	"path"
	"slices"
	"strconv"
	"strings"
)

// Limits on what is loaded: vocabularies are small, and a hostile file must
// cost little. They hold for one call of Load or With.
const (
	maxFiles      = 512
	maxFileBytes  = 4 << 20
	maxStatements = 200_000
	maxConcepts   = 20_000
	maxValueBytes = 1_000
	maxLabelBytes = 200
	maxIDBytes    = 80
	maxDepth      = 16
)

// statement is one line of data: subject, property, value, weight.
type statement struct {
	place               place
	scheme, lang        string
	id, property, value string
	weight              float64
}

// place is where a statement stands.
type place struct {
	file string
	line int
	path string
}

func (p place) fault(rule string) error {
	return &DataError{File: p.file, Line: p.line, Path: p.path, Rule: rule}
}

// head is the header of a file: provenance and what it describes.
type head struct {
	place                 place
	scheme, prefix, lang  string
	source, date, licence string
	replaces              bool
}

// Load reads every *.tsv and *.json file of fsys as one set and validates it
// whole: ids well formed and unique, every relation ends at a concept, broader
// without cycles, labels in NFC without control or bidirectional characters,
// sizes within limits, a label and a definition in [DefaultLang] for every
// concept. The set stands alone; to build on another, use [Set.With].
//
// Every error is a [*DataError] or comes from fsys.
func Load(fsys fs.FS) (*Set, error) { return (&Set{}).With(fsys) }

// With returns a new set: the receiver's data and that of fsys together. New
// concepts and schemes are added; a preferred label, definition, rank, status or
// notation stated again for the same concept and language takes the place of
// the earlier one; other labels, phrases and relations are added. A scheme
// whose file says "replaces" starts empty. The receiver is unchanged.
func (s *Set) With(fsys fs.FS) (*Set, error) {
	files, err := list(fsys)
	if err != nil {
		return nil, err
	}
	b := &builder{heads: map[string]head{}, replaced: map[string]bool{}}
	maps.Copy(b.heads, s.heads)
	for _, name := range files {
		if err := b.read(fsys, name); err != nil {
			return nil, err
		}
	}
	b.statements = make([]statement, 0, len(s.source)+b.count)
	for _, st := range s.source {
		if !b.replaced[st.scheme] {
			b.statements = append(b.statements, st)
		}
	}
	for _, sts := range b.files {
		b.statements = append(b.statements, sts...)
	}
	if len(b.statements) > maxStatements {
		return nil, place{file: files[len(files)-1]}.fault("more than 200,000 statements")
	}
	return b.build()
}

// list names the data files in order of path.
func list(fsys fs.FS) ([]string, error) {
	var files []string
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return fmt.Errorf("vocabulary: list files: %w", err)
		}
		if ext := path.Ext(name); d.IsDir() || ext != ".tsv" && ext != ".json" {
			return nil
		}
		if files = append(files, name); len(files) > maxFiles {
			return place{file: name}.fault("more than 512 data files")
		}
		return nil
	})
	slices.Sort(files)
	return files, err
}

// readAll reads one file within the limit.
func readAll(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, fmt.Errorf("vocabulary: open file: %w", err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxFileBytes+1))
	if err != nil {
		return nil, fmt.Errorf("vocabulary: read file: %w", err)
	}
	if len(data) > maxFileBytes {
		return nil, place{file: name}.fault("larger than 4 MiB")
	}
	return data, nil
}

// builder gathers statements and makes a set of them.
type builder struct {
	heads      map[string]head // by scheme
	files      [][]statement   // as they were read
	count      int             // of the statements in files
	statements []statement
	replaced   map[string]bool // schemes whose earlier statements go
	set        *Set
	prefixes   map[string]string // prefix to scheme
}

// read adds the statements of one file.
func (b *builder) read(fsys fs.FS, name string) error {
	data, err := readAll(fsys, name)
	if err != nil {
		return err
	}
	parse := parseTSV
	if path.Ext(name) == ".json" {
		parse = parseJSON
	}
	h, sts, err := parse(name, data)
	if err != nil {
		return err
	}
	if err := b.head(h); err != nil {
		return err
	}
	b.files = append(b.files, sts)
	if b.count += len(sts); b.count > maxStatements {
		return h.place.fault("more than 200,000 statements")
	}
	return nil
}

// head notes what a file describes; the file that gives a prefix declares the
// scheme.
func (b *builder) head(h head) error {
	switch {
	case !wellFormedName(h.scheme):
		return h.place.fault("the header names no scheme in lower-case letters, digits and hyphens")
	case h.source == "" || h.date == "" || h.licence == "":
		return h.place.fault("the header lacks source, date or licence")
	case h.lang != "" && !wellFormedLang(h.lang):
		return h.place.fault("the header's lang is not a language tag")
	case h.prefix == "":
		return nil
	case !wellFormedName(h.prefix) || len(h.prefix) > 16:
		return h.place.fault("the prefix is not a short name in lower-case letters, digits and hyphens")
	}
	if old, ok := b.heads[h.scheme]; ok && old.prefix != h.prefix {
		return h.place.fault("the scheme has another prefix already")
	}
	b.replaced[h.scheme] = b.replaced[h.scheme] || h.replaces
	b.heads[h.scheme] = h
	return nil
}

// build makes the set and checks what only the whole can show.
func (b *builder) build() (*Set, error) {
	b.set = &Set{
		byName: map[string]*Scheme{}, byID: map[string]*Concept{},
		heads: b.heads, source: b.statements,
	}
	b.prefixes = map[string]string{}
	for name, h := range b.heads {
		if other, taken := b.prefixes[h.prefix]; taken && other != name {
			return nil, h.place.fault("two schemes have the same prefix")
		}
		b.prefixes[h.prefix] = name
		s := &Scheme{name: name, prefix: h.prefix, byID: map[string]*Concept{}}
		b.set.byName[name] = s
		b.set.schemes = append(b.set.schemes, s)
	}
	slices.SortFunc(b.set.schemes, func(x, y *Scheme) int { return cmp.Compare(x.name, y.name) })
	// Structure first, so that a language file cannot invent a concept.
	for _, st := range b.statements {
		if st.lang == "" {
			if err := b.structure(st); err != nil {
				return nil, err
			}
		}
	}
	langs := map[string]bool{}
	for _, st := range b.statements {
		if st.lang != "" {
			langs[st.lang] = true
			if err := b.text(st); err != nil {
				return nil, err
			}
		}
	}
	for l := range langs {
		b.set.langs = append(b.set.langs, l)
	}
	slices.Sort(b.set.langs)
	if err := b.whole(); err != nil {
		return nil, err
	}
	return b.set, nil
}

// structure takes a language-neutral statement.
func (b *builder) structure(st statement) error {
	prefix, local, ok := strings.Cut(st.id, ":")
	if !ok || !wellFormedName(local) || len(st.id) > maxIDBytes {
		return st.place.fault("an id is prefix:name in lower-case letters, digits and hyphens, at most 80 bytes")
	}
	s := b.set.byName[st.scheme]
	if s == nil {
		return st.place.fault("the scheme has no structure file that gives its prefix")
	}
	if prefix != s.prefix {
		return st.place.fault("the id does not have the scheme's prefix")
	}
	c := s.byID[st.id]
	if c == nil {
		if len(b.set.byID) >= maxConcepts {
			return st.place.fault("more than 20,000 concepts")
		}
		c = &Concept{
			id: st.id, scheme: s.name, links: map[string][]string{},
			notations: map[string]string{}, texts: map[string]*texts{},
		}
		s.byID[st.id], b.set.byID[st.id] = c, c
		s.concepts = append(s.concepts, c)
	}
	return c.property(st)
}

// property takes what a statement says of a concept in no language.
func (c *Concept) property(st statement) error {
	switch st.property {
	case "":
	case "broader":
		c.broader = append(c.broader, st.value)
	case "related":
		c.related = append(c.related, st.value)
	case "rank":
		n, err := strconv.Atoi(st.value)
		if err != nil || n < -1000 || n > 1000 {
			return st.place.fault("a rank is a whole number from -1000 to 1000")
		}
		c.rank, c.ranked = n, true
	case "min", "max":
		return c.bound(st)
	case "status":
		if st.value != "candidate" && st.value != "stable" {
			return st.place.fault("a status is candidate or stable")
		}
		c.candidate = st.value == "candidate"
	default:
		return c.named(st)
	}
	return nil
}

// bound takes the least or the greatest value that a band stands for.
func (c *Concept) bound(st statement) error {
	n, err := strconv.ParseInt(st.value, 10, 64)
	if err != nil {
		return st.place.fault("a bound is a whole number")
	}
	if !c.bounded {
		c.min, c.max, c.bounded = 0, math.MaxInt64, true
	}
	if st.property == "min" {
		c.min = n
	} else {
		c.max = n
	}
	return nil
}

// named takes a link or a notation, whose property has a name after a colon.
func (c *Concept) named(st statement) error {
	kind, name, _ := strings.Cut(st.property, ":")
	switch {
	case kind == "to" && wellFormedName(name):
		c.links[name] = append(c.links[name], st.value)
	case kind == "notation" && wellFormedName(name):
		c.notations[name] = st.value
	default:
		return st.place.fault("unknown property of the structure")
	}
	return nil
}

// text takes a statement in a language.
func (b *builder) text(st statement) error {
	c := b.set.byID[st.id]
	if c == nil || c.scheme != st.scheme {
		return st.place.fault("the scheme's structure does not declare this id")
	}
	t := c.texts[st.lang]
	if t == nil {
		t = &texts{say: map[Form][]string{}}
		c.texts[st.lang] = t
	}
	if st.value == "" {
		return st.place.fault("a text is empty")
	}
	label := strings.HasSuffix(st.property, "Label")
	if label && len(st.value) > maxLabelBytes {
		return st.place.fault("a label is longer than 200 bytes")
	}
	kind, name, _ := strings.Cut(st.property, ":")
	switch {
	case st.property == "prefLabel":
		t.pref = st.value
	case st.property == "definition":
		t.definition = st.value
	case st.property == "altLabel":
		t.alt = append(t.alt, phrase{st.value, st.weight, st.place})
	case st.property == "hiddenLabel":
		t.hidden = append(t.hidden, phrase{st.value, st.weight, st.place})
	case kind == "say" && wellFormedName(name):
		if err := checkTemplate(st.value); err != "" {
			return st.place.fault(err)
		}
		t.say[Form(name)] = append(t.say[Form(name)], st.value)
	default:
		return st.place.fault("unknown property of a text")
	}
	return nil
}
