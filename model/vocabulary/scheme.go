// SPDX-License-Identifier: Apache-2.0

package vocabulary

import (
	"iter"
	"slices"
	"strings"
)

// Scheme is an ordered list of concepts that share a prefix. It is immutable
// and safe for concurrent use; a nil *Scheme is an empty one.
type Scheme struct {
	name, prefix string
	concepts     []*Concept
	byID         map[string]*Concept
}

// Name returns the scheme's name, such as "challenge".
func (s *Scheme) Name() string {
	if s == nil {
		return ""
	}
	return s.name
}

// Prefix returns the prefix of the scheme's ids without the colon.
func (s *Scheme) Prefix() string {
	if s == nil {
		return ""
	}
	return s.prefix
}

// Len returns the number of concepts.
func (s *Scheme) Len() int {
	if s == nil {
		return 0
	}
	return len(s.concepts)
}

// Concept finds a concept by its id, with the prefix ("ch:tokenism") or
// without it ("tokenism").
func (s *Scheme) Concept(id string) (*Concept, bool) {
	if s == nil {
		return nil, false
	}
	c, ok := s.byID[id]
	if !ok && !strings.Contains(id, ":") {
		c, ok = s.byID[s.prefix+":"+id]
	}
	return c, ok
}

// Has reports whether the scheme holds the id, with or without the prefix.
func (s *Scheme) Has(id string) bool {
	_, ok := s.Concept(id)
	return ok
}

// Concepts runs over the concepts: ranked ones first by rank, then by id.
func (s *Scheme) Concepts() iter.Seq[*Concept] {
	return func(yield func(*Concept) bool) {
		if s == nil {
			return
		}
		for _, c := range s.concepts {
			if !yield(c) {
				return
			}
		}
	}
}

// IDs returns the ids in the order of [Scheme.Concepts].
func (s *Scheme) IDs() []string {
	out := make([]string, 0, s.Len())
	for c := range s.Concepts() {
		out = append(out, c.id)
	}
	return out
}

// Set is a number of schemes that were loaded and validated together. It is
// immutable and safe for concurrent use.
type Set struct {
	schemes []*Scheme // by name
	byName  map[string]*Scheme
	byID    map[string]*Concept
	langs   []string
	source  []statement
	heads   map[string]head
}

// Scheme returns the named scheme and nil where there is none; a nil *Scheme
// is safe to use and empty.
func (s *Set) Scheme(name string) *Scheme { return s.byName[name] }

// Schemes returns the schemes sorted by name.
func (s *Set) Schemes() []*Scheme { return slices.Clone(s.schemes) }

// Concept finds a concept of any scheme by its full id.
func (s *Set) Concept(id string) (*Concept, bool) {
	c, ok := s.byID[id]
	return c, ok
}

// Label returns the preferred label of id in lang, in the nearest language
// where there is none, and id itself where the set does not know it.
func (s *Set) Label(id, lang string) string {
	if c, ok := s.byID[id]; ok {
		return c.PrefLabel(lang)
	}
	return id
}

// Languages returns the language tags that the set has texts in, sorted.
func (s *Set) Languages() []string { return slices.Clone(s.langs) }

// DefaultLang is the language that everything falls back to: the only one in
// which every concept must have a label and a definition.
const DefaultLang = "en-GB"

// chain lists the keys of m to look in for lang, nearest first: the tag
// itself, its shorter forms ("de-AT", "de"), any regional form of the same
// language ("en-US" finds "en-GB"), then DefaultLang.
func chain[T any](m map[string]T, lang string) []string {
	out := make([]string, 0, 4)
	add := func(l string) {
		if _, ok := m[l]; ok && !slices.Contains(out, l) {
			out = append(out, l)
		}
	}
	for l := lang; l != ""; {
		add(l)
		i := strings.LastIndexByte(l, '-')
		if i < 0 {
			break
		}
		l = l[:i]
	}
	if len(out) == 0 {
		base, _, _ := strings.Cut(lang, "-")
		var kin []string
		for l := range m {
			if b, _, _ := strings.Cut(l, "-"); b == base {
				kin = append(kin, l)
			}
		}
		slices.Sort(kin)
		out = append(out, kin...)
	}
	add(DefaultLang)
	return out
}
