// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// squeezed is a document's folded letters and digits without anything between
// them, each with its place in the view. Percent-encoded characters are read.
type squeezed struct {
	read       string
	letters    []byte
	start, end []int32
	hashes     []uint64 // of the letters before each, and of all
}

// hashBase is that of the hash by which a matcher knows letters: each time, the hash of those
// before is multiplied by it.
const hashBase = 0xd6e8feb86659fd93

// hashAll fills in the hashes.
func (sq *squeezed) hashAll() {
	sq.hashes = make([]uint64, len(sq.letters)+1)
	for i, c := range sq.letters {
		sq.hashes[i+1] = sq.hashes[i]*hashBase + uint64(c)
	}
}

// squeezed is the document squeezed, once for all dictionaries.
func (d *Document) squeezed() *squeezed {
	d.bareOnce.Do(func() { d.bare = squeeze(d) })
	return d.bare
}

func squeeze(d *Document) *squeezed {
	f := d.fold
	sq := &squeezed{read: d.read, letters: make([]byte, 0, len(f)), start: make([]int32, 0, len(f)), end: make([]int32, 0, len(f))}
	put := func(s string, a, b int, each bool) {
		for k := range len(s) {
			sq.letters = append(sq.letters, s[k])
			if each {
				sq.start, sq.end = append(sq.start, int32(a+k)), append(sq.end, int32(a+k+1))
			} else {
				sq.start, sq.end = append(sq.start, int32(a)), append(sq.end, int32(b))
			}
		}
	}
	for i := 0; i < len(f); {
		c := f[i]
		switch {
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			sq.letters = append(sq.letters, c)
			sq.start, sq.end = append(sq.start, int32(i)), append(sq.end, int32(i+1))
			i++
		case c == '%':
			s, n := percent(f[i:])
			put(s, i, i+n, false)
			i += max(n, 1)
		case c < utf8.RuneSelf:
			i++
		default:
			r, n := utf8.DecodeRuneInString(f[i:])
			if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r) {
				put(f[i:i+n], i, i+n, true)
			}
			i += n
		}
	}
	sq.hashAll()
	return sq
}

// percent reads a percent-encoded character at the start of s: its folded
// letters ("" if it is no letter or digit) and how many bytes it takes.
func percent(s string) (string, int) {
	var raw []byte
	n := 0
	for len(raw) < utf8.UTFMax && n+2 < len(s) && s[n] == '%' {
		hi, ok1 := hexValue(s[n+1])
		lo, ok2 := hexValue(s[n+2])
		if !ok1 || !ok2 {
			break
		}
		raw = append(raw, hi<<4|lo)
		n += 3
		if utf8.FullRune(raw) {
			break
		}
	}
	r, _ := utf8.DecodeRune(raw)
	if n == 0 || r == utf8.RuneError {
		return "", n
	}
	if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
		return "", n
	}
	return text.Fold(string(r)), n
}

func hexValue(c byte) (byte, bool) {
	switch {
	case c >= '0' && c <= '9':
		return c - '0', true
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10, true
	}
	return 0, false
}

// accept decides whether letters [a,b) are the form p as people write it.
func (sq *squeezed) accept(d *Document, p *pattern, a, b int) (match, bool) {
	m := match{start: int(sq.start[a]), end: int(sq.end[b-1]), rule: p.rule}
	if !sq.gapsFit(d, p, a, b) {
		return m, false
	}
	identifier := int(p.length) >= 4 && d.identifierAround(m.start, m.end)
	if !sq.leftEdge(d, a) || !sq.rightEdge(d, b) {
		long := int(p.length) >= 8 && p.flags&(formContext|formUpper) == 0
		if !long && !identifier {
			return m, false
		}
	}
	m.from, m.to = d.wordsOf(text.Span{Start: m.start, End: m.end})
	if m.from >= m.to {
		return m, false
	}
	m.weak = p.flags&(formCapital|formUpper|formIdent) == formCapital && p.flags&(formContext|formName) == formContext && !identifier
	return m, identifier && p.flags&(formCapital|formUpper|formIdent) != 0 || sq.casesFit(d, p, m, a, b)
}

// casesFit asks the capitals of a form that stands for itself, outside identifiers.
func (sq *squeezed) casesFit(d *Document, p *pattern, m match, a, b int) bool {
	switch {
	case p.flags&formIdent != 0:
		return false
	case p.flags&formUpper != 0:
		return sq.upper(d, a, b) && !(p.flags&formContext != 0 && m.to-m.from == 1)
	case p.flags&formCapital != 0:
		r, _ := utf8.DecodeRuneInString(d.read[m.start:])
		return !unicode.IsLower(r)
	}
	return true
}

// gapsFit checks what stands between the letters of a match. Between the words
// of the form anything short may stand, or nothing if the whole is long enough;
// inside a word, only what disguises: single letters spaced out, dots, hyphens.
func (sq *squeezed) gapsFit(d *Document, p *pattern, a, b int) bool {
	var n gapCounts
	for k := a + 1; k < b; k++ {
		s, e := int(sq.end[k-1]), int(sq.start[k])
		at := p.starts(k - a)
		if e <= s {
			if at && !caseChange(d.read, s) {
				n.missing++
			}
			continue
		}
		n.all++
		if e-s > 14 || strings.Contains(d.read[s:e], "\n\n") || strings.Count(d.read[s:e], "\n") > 2 {
			return false
		}
		if !at && d.read[s:e] != "'" {
			n.inside++
			if strings.ContainsAny(d.read[s:e], " \n\t") {
				n.insideSpaces++
			}
		}
	}
	return p.allows(n)
}

// gapCounts counts the gaps between the letters of a match.
type gapCounts struct {
	all, inside, insideSpaces int // inside words of the form
	missing                   int // between words of the form
}

// allows asks more letters of a form the less a match looks like it.
func (p *pattern) allows(n gapCounts) bool {
	letters := int(p.length)
	switch {
	case p.flags&formUpper != 0:
		return n.inside == 0
	case n.inside == 0:
		return n.missing == 0 || letters >= 5
	case n.all >= letters-1-len(p.bounds) && letters >= 4:
		return true // every letter by itself
	case n.insideSpaces == 0:
		return letters >= 5
	}
	return letters >= 8
}

func caseChange(s string, i int) bool {
	if i <= 0 || i >= len(s) {
		return false
	}
	return s[i-1] >= 'a' && s[i-1] <= 'z' && s[i] >= 'A' && s[i] <= 'Z'
}

// inside reports a letter right after another, within a word: that is no left edge.
func (sq *squeezed) inside(a int) bool {
	at := int(sq.start[a])
	if at == 0 || caseChange(sq.read, at) {
		return false
	}
	c := sq.read[at-1] | 0x20
	return c >= 'a' && c <= 'z'
}

func (sq *squeezed) leftEdge(d *Document, a int) bool {
	at := int(sq.start[a])
	if at == 0 || caseChange(d.read, at) {
		return true
	}
	r, _ := utf8.DecodeLastRuneInString(d.read[:at])
	if unicode.IsDigit(r) {
		c := sq.letters[a]
		return c < '0' || c > '9'
	}
	if r == '\'' && at >= 2 {
		// after "O'" or "d'" the word goes on; after "l'" in French it does too
		q, _ := utf8.DecodeLastRuneInString(d.read[:at-1])
		return !unicode.IsLetter(q)
	}
	return !unicode.IsLetter(r)
}

func (sq *squeezed) rightEdge(d *Document, b int) bool {
	at := int(sq.end[b-1])
	if at >= len(d.read) || caseChange(d.read, at) {
		return true
	}
	rest := d.fold[at:]
	for _, s := range [...]string{"es'", "s'", "es", "s"} {
		if strings.HasPrefix(rest, s) {
			r, _ := utf8.DecodeRuneInString(rest[len(s):])
			if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
				return true
			}
		}
	}
	r, _ := utf8.DecodeRuneInString(rest)
	if unicode.IsDigit(r) {
		c := sq.letters[b-1]
		return c < '0' || c > '9'
	}
	return !unicode.IsLetter(r)
}

func (sq *squeezed) upper(d *Document, a, b int) bool {
	for k := a; k < b; k++ {
		c := d.read[sq.start[k]]
		if c >= 'a' && c <= 'z' {
			return false
		}
	}
	return true
}

// identifierAround reports that the run of characters without space around a
// span is an address, tag, path or compound, where names are joined to others.
func (d *Document) identifierAround(start, end int) bool {
	const far = 120
	a, b := start, end
	for a > 0 && start-a < far && d.read[a-1] > ' ' {
		a--
	}
	for b < len(d.read) && b-end < far && d.read[b] > ' ' {
		b++
	}
	s := strings.TrimRight(d.read[a:b], ".,;:!?)")
	return strings.ContainsAny(s, "@#_/\\%=") || strings.Contains(s, "www.") || innerDot(s)
}

func innerDot(s string) bool {
	i := strings.LastIndexByte(s, '.')
	return i > 0 && i+1 < len(s) && isWordByte(s[i+1]) && isWordByte(s[i-1])
}

// matcher finds patterns among letters in one pass, whatever their number. The last letters of
// each pattern are noted in a filter of a few kilobytes; where it holds those at hand, the hashes
// of what stands there, of each length that a pattern with such an end has, are looked up in
// another; and what is in both is compared.
type matcher struct {
	first   map[string]int32 // by spelling, the first pattern with it
	ends    bitset           // of the last letters of patterns of gram letters and more
	lengths map[uint32][]int // by these, the lengths of the patterns, the longest first
	whole   bitset           // of the hashes of all patterns
	short   [gram]bool       // whether there are patterns of so many letters
	powers  []uint64         // of hashBase, up to the length of the longest
}

// gram is of how many letters an end is.
const gram = 4

// bitset is a filter of one probe.
type bitset struct {
	bits  []uint64
	shift uint8 // of a hash, what is left is the number of the bit
}

// newBitset is a filter of at least so many bits.
func newBitset(least int) bitset {
	n := uint8(bits.Len(uint(max(least, 64) - 1)))
	return bitset{make([]uint64, 1<<(n-6)), 64 - n}
}

func (b *bitset) bit(h uint64) (word, mask uint64) {
	h = h * 0x9e3779b97f4a7c15 >> b.shift
	return h >> 6, 1 << (h & 63)
}

func (b *bitset) put(h uint64) {
	w, mask := b.bit(h)
	b.bits[w] |= mask
}

func (b *bitset) has(h uint64) bool {
	w, mask := b.bit(h)
	return b.bits[w]&mask != 0
}

// pattern is a compiled form. Forms with one squeezed spelling are chained.
type pattern struct {
	squeezed string
	length   int32
	bounds   []int32 // where words begin inside it
	flags    formFlag
	entity   int32
	next     int32 // the next pattern with the same spelling, or -1
	rule     string
}

// starts reports whether a word begins at offset k.
func (p *pattern) starts(k int) bool {
	_, ok := slices.BinarySearch(p.bounds, int32(k))
	return ok
}

func compilePatterns(forms []form) []pattern {
	ps := make([]pattern, 0, len(forms))
	for _, f := range forms {
		s, bounds := f.squeeze()
		if s == "" {
			continue
		}
		ps = append(ps, pattern{squeezed: s, length: int32(len(s)), bounds: bounds, flags: f.flags, entity: f.entity, next: -1, rule: f.rule})
	}
	slices.SortStableFunc(ps, func(a, b pattern) int {
		return cmp.Or(cmp.Compare(a.squeezed, b.squeezed), cmp.Compare(a.entity, b.entity), cmp.Compare(a.flags, b.flags), slices.Compare(a.bounds, b.bounds), cmp.Compare(a.rule, b.rule))
	})
	return slices.CompactFunc(ps, func(a, b pattern) bool {
		return a.squeezed == b.squeezed && a.entity == b.entity && a.flags == b.flags && slices.Equal(a.bounds, b.bounds)
	})
}

func newMatcher(ps []pattern) matcher {
	const endBits, bitsAPattern = 1 << 16, 32
	m := matcher{first: make(map[string]int32, len(ps)), ends: newBitset(endBits), lengths: map[uint32][]int{}, whole: newBitset(bitsAPattern * len(ps))}
	longest := 0
	for i := range ps {
		s := ps[i].squeezed
		longest = max(longest, len(s))
		if i > 0 && ps[i-1].squeezed == s {
			ps[i-1].next = int32(i)
			continue
		}
		m.first[s] = int32(i)
		m.note(s)
	}
	m.powers = append(m.powers, 1)
	for n := range longest {
		m.powers = append(m.powers, m.powers[n]*hashBase)
	}
	for _, ls := range m.lengths {
		slices.SortFunc(ls, func(a, b int) int { return b - a })
	}
	return m
}

// note notes the end and the hash of a pattern.
func (m *matcher) note(s string) {
	var end uint32
	var h uint64
	for k := range len(s) {
		end = end<<8 | uint32(s[k])
		h = h*hashBase + uint64(s[k])
	}
	m.whole.put(h)
	if len(s) < gram {
		m.short[len(s)] = true
		return
	}
	m.ends.put(uint64(end))
	if ls := m.lengths[end]; !slices.Contains(ls, len(s)) {
		m.lengths[end] = append(ls, len(s))
	}
}

// scan reports every occurrence of a pattern by its number and its end, in the order of the ends
// and the longest first.
func (m *matcher) scan(sq *squeezed, found func(pattern int32, end int)) {
	if len(m.first) == 0 {
		return
	}
	try := func(end, length int) {
		if at := end - length; at >= 0 && m.whole.has(sq.hashes[end]-sq.hashes[at]*m.powers[length]) {
			if p, ok := m.first[string(sq.letters[at:end])]; ok {
				found(p, end)
			}
		}
	}
	var end uint32
	for i, c := range sq.letters {
		end = end<<8 | uint32(c)
		if m.ends.has(uint64(end)) {
			for _, n := range m.lengths[end] {
				try(i+1, n)
			}
		}
		for n := gram - 1; n > 0; n-- {
			if at := i + 1 - n; m.short[n] && at >= 0 && !sq.inside(at) {
				try(i+1, n)
			}
		}
	}
}
