// SPDX-License-Identifier: Apache-2.0

package text

import (
	"errors"
	"sort"
	"unicode/utf8"
)

// ErrInvalidUTF8 reports that a string is not valid UTF-8. Repair makes it so.
var ErrInvalidUTF8 = errors.New("text: invalid UTF-8")

// errTooLong reports a string of maxBytes or more.
var errTooLong = errors.New("text: longer than MaxBytes")

// maxBytes is the length from which NewView refuses a string: 1 GiB.
const maxBytes = 1 << 30

// Span is a half-open range of byte offsets.
type Span struct{ Start, End int }

// Len is the number of bytes in s.
func (s Span) Len() int { return s.End - s.Start }

// Overlaps reports whether s and t share at least one byte.
func (s Span) Overlaps(t Span) bool { return s.Start < t.End && t.Start < s.End }

// Contains reports whether t lies within s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// View is a normalised reading of a string. It is immutable and safe for
// concurrent use. It prints as its length only.
type View struct {
	source string
	text   string
	folded string
	edits  []edit
}

// edit says that bytes [v0,v1) of the view were made from bytes [o0,o1) of the
// original. Between edits both advance together. v0 == v1: dropped.
type edit struct{ v0, v1, o0, o1 uint32 }

// NewView reads s. It fails with ErrInvalidUTF8 or errTooLong; neither error
// holds any of the text.
func NewView(s string) (*View, error) {
	if len(s) >= maxBytes {
		return nil, errTooLong
	}
	if !utf8.ValidString(s) {
		return nil, ErrInvalidUTF8
	}
	b := reader{src: s, markup: true}
	b.read()
	return &View{source: s, text: b.text(), folded: b.folded(), edits: b.edits}, nil
}

// Text is the reading with its case kept.
func (v *View) Text() string { return v.text }

// Folded is the reading in lower case. Its byte offsets are those of Text.
func (v *View) Folded() string { return v.folded }

// Source is the string the view was made from.
func (v *View) Source() string { return v.source }

// Original is the smallest span of the original that holds every byte from
// which the view's span s was made. Offsets outside the view are brought to
// its ends; an empty span gives an empty one.
func (v *View) Original(s Span) Span {
	s.Start = min(max(s.Start, 0), len(v.text))
	s.End = min(max(s.End, s.Start), len(v.text))
	if s.Start == s.End {
		p := v.start(s.Start)
		return Span{p, p}
	}
	return Span{v.start(s.Start), v.end(s.End)}
}

func (v *View) start(a int) int {
	// The last edit that begins at or before a; of several (dropped text before
	// a character), the last.
	i := sort.Search(len(v.edits), func(i int) bool { return int(v.edits[i].v0) > a }) - 1
	if i < 0 {
		return a
	}
	e := v.edits[i]
	if a < int(e.v1) {
		return int(e.o0)
	}
	return int(e.o1) + a - int(e.v1)
}

func (v *View) end(b int) int {
	i := sort.Search(len(v.edits), func(i int) bool { return int(v.edits[i].v0) > b-1 }) - 1
	if i < 0 {
		return b
	}
	e := v.edits[i]
	if b-1 < int(e.v1) {
		return int(e.o1)
	}
	return int(e.o1) + b - int(e.v1)
}

// Reading is the smallest span of the view that holds everything made from the
// original's span s. It is empty when all of s was dropped.
func (v *View) Reading(s Span) Span {
	s.Start = min(max(s.Start, 0), len(v.source))
	s.End = min(max(s.End, s.Start), len(v.source))
	from := v.reading(s.Start, false)
	if s.Start == s.End {
		return Span{from, from}
	}
	return Span{from, max(from, v.reading(s.End, true))}
}

func (v *View) reading(p int, end bool) int {
	i := sort.Search(len(v.edits), func(i int) bool { return int(v.edits[i].o0) > p }) - 1
	if i < 0 {
		return p
	}
	e := v.edits[i]
	if p < int(e.o1) {
		if end && p > int(e.o0) {
			return int(e.v1)
		}
		return int(e.v0)
	}
	return int(e.v1) + p - int(e.o1)
}
