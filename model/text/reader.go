// SPDX-License-Identifier: Apache-2.0

package text

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// reader builds the reading of src. While nothing has had to change, out is
// nil and the reading is src itself.
type reader struct {
	src    string
	markup bool // read HTML entities and join words hyphenated at a line end
	out    []byte
	copied int // bytes of src already dealt with when out is in use
	edits  []edit

	// The current word, for look-alikes: where it began and what it is made of.
	word       wordState
	lastMarked bool // the last character is of a script whose marks are dropped
}

type wordState struct {
	open    bool
	out     int // length of the reading where the word began
	src     int
	edits   int
	scripts uint8
	foreign bool // holds a letter of a script that has look-alikes
	strict  bool // every letter is a look-alike in lower case too
}

func (b *reader) read() {
	s := b.src
	i := b.skip(0)
	for i < len(s) {
		c := s[i]
		if c < utf8.RuneSelf {
			k := asciiClass[c]
			if k == asciiPlain {
				i++
				continue
			}
			switch {
			case k == asciiLetter:
				b.wordLetter(i, scriptLatin, true)
				b.lastMarked = true
				i++
			case k == asciiBreak:
				b.wordEnd(i)
				b.lastMarked = false
				i = b.skip(i + 1)
			case c == '&' && b.markup:
				i = b.wordEnd(i)
				i = b.entity(i)
			case c == '-' && b.markup:
				i = b.hyphen(i)
			case c == '&' || c == '-':
				i = b.wordEnd(i)
				i++
			default: // a control character
				b.replace(i, i+1, controlReading(c))
				i++
			}
			continue
		}
		i = b.wide(i)
	}
	b.wordEnd(len(s))
	if b.out != nil {
		b.out = append(b.out, s[b.copied:]...)
		b.copied = len(s)
	}
}

// skip passes over words of plain ASCII, from between two words at src[i], to
// the beginning of the first word that needs a closer look.
func (b *reader) skip(i int) int {
	s := b.src
	j, word := i, i
	for ; j < len(s); j++ {
		c := s[j]
		if c >= utf8.RuneSelf {
			return word
		}
		switch asciiClass[c] {
		case asciiBreak:
			word = j + 1
		case asciiSpecial:
			if c != '-' || b.markup && j+1 < len(s) && s[j+1] <= ' ' {
				return word
			}
			word = j + 1
		}
	}
	return j
}

const (
	asciiPlain  = iota // no word open or closed by it that matters (digits)
	asciiLetter        // a letter
	asciiBreak         // ends a word
	asciiSpecial
)

var asciiClass = func() (t [128]uint8) {
	for c := range t {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z':
			t[c] = asciiLetter
		case c == '&', c == '-', c < ' ' && c != '\t' && c != '\n' && c != '\r', c == 0x7f:
			t[c] = asciiSpecial
		case c >= '0' && c <= '9':
			t[c] = asciiPlain
		default:
			t[c] = asciiBreak
		}
	}
	return t
}()

func controlReading(c byte) string {
	if c == '\v' || c == '\f' {
		return "\n"
	}
	return ""
}

// replace says that src[from:to] reads as with.
func (b *reader) replace(from, to int, with string) {
	if b.out == nil {
		b.out = make([]byte, 0, len(b.src)+16)
		b.copied = 0
	}
	b.out = append(b.out, b.src[b.copied:from]...)
	v := len(b.out)
	b.out = append(b.out, with...)
	b.copied = to
	b.edits = append(b.edits, edit{uint32(v), uint32(len(b.out)), uint32(from), uint32(to)})
}

// extend adds src[from:to], a dropped mark, to the character before it.
func (b *reader) extend(from, to int) {
	if n := len(b.edits); n > 0 && int(b.edits[n-1].o1) == from && b.edits[n-1].v1 > b.edits[n-1].v0 {
		b.edits[n-1].o1 = uint32(to)
		b.copied = to
		return
	}
	if from == 0 || (b.out != nil && b.copied == from) {
		b.replace(from, to, "")
		return
	}
	_, n := utf8.DecodeLastRuneInString(b.src[:from])
	b.replace(from-n, to, b.src[from-n:from])
}

func (b *reader) viewLen(at int) int {
	if b.out == nil {
		return at
	}
	return len(b.out) + at - b.copied
}

// wordLetter notes a letter at src[i] for the look-alike decision.
func (b *reader) wordLetter(i int, script uint8, strict bool) {
	w := &b.word
	if !w.open {
		*w = wordState{open: true, out: b.viewLen(i), src: i, edits: len(b.edits), strict: true}
	}
	w.scripts |= script
	if script != scriptLatin {
		w.foreign = true
		w.strict = w.strict && strict
	}
}

// wordEnd closes the word that ends before src[i]. If the word mixes scripts,
// or is made of look-alikes only, it is read again as Latin. It returns i.
func (b *reader) wordEnd(i int) int {
	w := b.word
	b.word.open = false
	if !w.open || !w.foreign {
		return i
	}
	mixed := w.scripts&(w.scripts-1) != 0
	if !mixed && !w.strict {
		return i
	}
	// Read the word again from its beginning.
	piece := b.reading(w.out, i)
	var changed bool
	lat := mapLookalikes(piece, &changed)
	if !changed {
		return i
	}
	b.rewrite(w, i, lat)
	return i
}

// reading is the part of the reading from view offset v to src[i], brought
// into out.
func (b *reader) reading(v, i int) string {
	if b.out == nil {
		return b.src[v:i]
	}
	b.out = append(b.out, b.src[b.copied:i]...)
	b.copied = i
	return string(b.out[v:])
}

// rewrite replaces the reading of the word w, up to src[i], by runes, one for
// each rune of the old reading, and rebuilds its edits.
func (b *reader) rewrite(w wordState, i int, with []rune) {
	if b.out == nil {
		b.out = append(make([]byte, 0, len(b.src)+16), b.src[:i]...)
		b.copied = i
	}
	old := string(b.out[w.out:])
	oldEdits := append([]edit(nil), b.edits[w.edits:]...)
	b.out = b.out[:w.out]
	b.edits = b.edits[:w.edits]
	src, view, next := w.src, w.out, 0 // positions in the original and the old reading
	n := 0
	emit := func(from, to, count int) {
		v := len(b.out)
		for range count {
			b.out = utf8.AppendRune(b.out, with[n])
			n++
		}
		b.edits = append(b.edits, edit{uint32(v), uint32(len(b.out)), uint32(from), uint32(to)})
	}
	for view-w.out < len(old) || next < len(oldEdits) {
		if next < len(oldEdits) && int(oldEdits[next].v0) == view {
			e := oldEdits[next]
			next++
			emit(int(e.o0), int(e.o1), utf8.RuneCountInString(old[int(e.v0)-w.out:int(e.v1)-w.out]))
			src, view = int(e.o1), int(e.v1)
			continue
		}
		r, size := utf8.DecodeRuneInString(old[view-w.out:])
		if with[n] == r {
			b.out = utf8.AppendRune(b.out, r)
			n++
		} else {
			emit(src, src+size, 1)
		}
		src += size
		view += size
	}
}

// entity reads an HTML entity at src[i].
func (b *reader) entity(i int) int {
	s := b.src
	j := i + 1
	for j < len(s) && j-i < 33 && (s[j] == '#' || isASCIIAlnum(s[j])) {
		j++
	}
	if j == i+1 || j >= len(s) || s[j] != ';' {
		return i + 1
	}
	j++
	got := html.UnescapeString(s[i:j])
	if got == s[i:j] || !utf8.ValidString(got) {
		return i + 1
	}
	inner := reader{src: got}
	inner.read()
	b.replace(i, j, inner.text())
	if b.lastMarked = false; got != "" {
		if r, _ := utf8.DecodeLastRuneInString(got); unicode.IsLetter(r) {
			b.lastMarked = true
		}
	}
	return j
}

// hyphen joins a word that was split at a line end: letter, hyphen, line
// break, letter. A capital after the break keeps its hyphen ("Smith-\nJones"),
// unless the part before is in capitals too.
func (b *reader) hyphen(i int) int {
	const longestSpace, longestIndent = 7, 80
	s := b.src
	b.wordEnd(i)
	j := blankEnd(s, i+1, i+1+longestSpace)
	if j < len(s) && s[j] == '\r' {
		j++
	}
	if j >= len(s) || s[j] != '\n' || i == 0 {
		return i + 1
	}
	j = blankEnd(s, j+1, i+longestIndent)
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[j:])
	if !unicode.IsLetter(before) || !unicode.IsLetter(after) {
		return i + 1
	}
	if unicode.IsUpper(after) && !unicode.IsUpper(before) {
		b.replace(i+1, j, "")
	} else {
		b.replace(i, j, "")
	}
	return j
}

// blankEnd is the first byte from j on, before far, that is neither space nor tab.
func blankEnd(s string, j, far int) int {
	for j < len(s) && (s[j] == ' ' || s[j] == '\t') && j < far {
		j++
	}
	return j
}

// wide reads the character beyond ASCII at src[i].
func (b *reader) wide(i int) int {
	r, size := utf8.DecodeRuneInString(b.src[i:])
	if to, ok := plainReading(r); ok {
		b.wordEnd(i)
		b.replace(i, i+size, to)
		b.lastMarked = false
		return i + size
	}
	switch {
	case dropped(r):
		b.replace(i, i+size, "")
		return i + size
	case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Me, r):
		if b.lastMarked || unicode.Is(unicode.Me, r) || unicode.Is(unicode.Inherited, r) {
			b.extend(i, i+size)
		}
		return i + size
	case keptSymbol(r):
		b.wordEnd(i)
		return i + size
	case unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Armenian, unicode.Common):
		return b.marked(i, r, size)
	}
	// Another script: compose, keep its marks.
	n := norm.NFKC.NextBoundaryInString(b.src[i:], true)
	n = max(n, size)
	piece := b.src[i : i+n]
	if unicode.IsLetter(r) {
		b.wordLetter(i, scriptOther, false)
	} else {
		b.wordEnd(i)
	}
	b.lastMarked = false
	if got := norm.NFKC.String(piece); got != piece {
		b.replace(i, i+n, foldLength(got))
	} else if got := foldLength(piece); got != piece {
		b.replace(i, i+n, got)
	}
	return i + n
}

// marked reads a character of a script whose combining marks are dropped.
func (b *reader) marked(i int, r rune, size int) int {
	var buf [16]byte
	out := buf[:0]
	var script uint8
	strict := false
	var tmp [utf8.UTFMax]byte
	n := utf8.EncodeRune(tmp[:], r)
	for _, d := range string(norm.NFKD.Append(nil, tmp[:n]...)) {
		if unicode.Is(unicode.Mn, d) {
			continue
		}
		if to, ok := plainReading(d); ok {
			out = append(out, to...)
			continue
		}
		if to, ok := baseLetter(d); ok {
			out = append(out, to...)
			script |= scriptLatin
			continue
		}
		if unicode.IsLetter(d) {
			sc, st := lookalikeScript(d)
			script |= sc
			strict = st
		}
		out = utf8.AppendRune(out, d)
	}
	if script == 0 {
		b.wordEnd(i)
	} else {
		b.wordLetter(i, script, strict)
	}
	b.lastMarked = true
	got := foldLength(string(out))
	if got != b.src[i:i+size] {
		b.replace(i, i+size, got)
	}
	return i + size
}

// foldLength puts in lower case any letter whose lower case has another length
// in UTF-8, so that Text and Folded share their offsets.
func foldLength(s string) string {
	return strings.Map(func(r rune) rune {
		if r == 'ς' {
			return 'σ'
		}
		if l := unicode.ToLower(r); utf8.RuneLen(l) != utf8.RuneLen(r) {
			return l
		}
		return r
	}, s)
}

func (b *reader) text() string {
	if b.out == nil {
		return b.src
	}
	return string(b.out)
}

func (b *reader) folded() string { return lower(b.text()) }

// lower is s in lower case with the same offsets.
func lower(s string) string {
	i := 0
	for i < len(s) && (s[i] < 'A' || s[i] > 'Z') && s[i] < utf8.RuneSelf {
		i++
	}
	if i == len(s) {
		return s
	}
	out := make([]byte, 0, len(s))
	out = append(out, s[:i]...)
	for i < len(s) {
		c := s[i]
		if c < utf8.RuneSelf {
			if c >= 'A' && c <= 'Z' {
				c += 'a' - 'A'
			}
			out = append(out, c)
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if l := unicode.ToLower(r); utf8.RuneLen(l) == size {
			out = utf8.AppendRune(out, l)
		} else {
			out = append(out, s[i:i+size]...)
		}
		i += size
	}
	return string(out)
}

func isASCIIAlnum(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}
