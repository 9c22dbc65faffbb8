// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	_ "embed"
	"encoding/binary"
	"math/bits"
	"strings"
	"sync"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// The tagger is a linear classifier over hashed features of a word and its
// surroundings: is the word part of a name, and of what? data/README.md states
// what it was trained on. Its weights are small integers, so that every
// processor decides alike.

// tag is the tagger's class of a word.
type tag uint8

const (
	tagNone tag = iota
	tagPerson
	tagOrg
	tagPlace
	tagOther
	tagCount
)

// taggerClasses are the classes that the tagger was trained with.
const taggerClasses = clsTitleName - 1

const taggerHeader = 16

//go:embed data/tagger.bin
var taggerBytes string

// taggerModel holds tagCount weights a slot, after the header; shift leaves of a feature's 32
// bits the number of its slot.
type taggerModel struct {
	table string
	shift uint8
}

var tagger = sync.OnceValue(func() taggerModel {
	m, ok := readTagger(taggerBytes)
	if !ok {
		panic("recognize: embedded tagger is damaged")
	}
	return m
})

// readTagger takes the header off a table of weights.
func readTagger(b string) (taggerModel, bool) {
	if len(b) < taggerHeader || b[:8] != "sptagr01" {
		return taggerModel{}, false
	}
	slots := binary.LittleEndian.Uint32([]byte(b[8:12]))
	if bits.OnesCount32(slots) != 1 || len(b) != taggerHeader+int(slots)*int(tagCount) {
		return taggerModel{}, false
	}
	return taggerModel{b, uint8(32 - bits.TrailingZeros32(slots))}, true
}

// scores sums the weights of features, of which there are fewer than 256. All weights of a slot
// are read at once and summed in lanes of 16 bits, as numbers from 0 to 255.
func (m taggerModel) scores(features []uint32) (s [tagCount]int32) {
	const (
		before = 8 - int(tagCount) // bytes read with the weights, of the slot before or the header
		signs  = 0x8080808080 << (8 * before)
		lanes  = 0x00ff00ff00ff00ff
		zero   = 128
	)
	var even, odd uint64
	for _, f := range features {
		p := taggerHeader + int(f>>m.shift)*int(tagCount) - before
		t := m.table[p : p+8]
		w := uint64(t[0]) | uint64(t[1])<<8 | uint64(t[2])<<16 | uint64(t[3])<<24 | uint64(t[4])<<32 | uint64(t[5])<<40 | uint64(t[6])<<48 | uint64(t[7])<<56
		w ^= signs
		even += w & lanes
		odd += w >> 8 & lanes
	}
	for k := range s {
		lane := even
		if at := before + k; at%2 == 1 {
			lane = odd
		}
		s[k] = int32(uint16(lane>>(16*((before+k)/2)))) - zero*int32(len(features))
	}
	return s
}

// best is the likeliest kind of name, and by how much it beats "no name".
func best(s [tagCount]int32) (tag, int32) {
	t := tagPerson
	for k := tagOrg; k < tagCount; k++ {
		if s[k] > s[t] {
			t = k
		}
	}
	return t, s[t] - s[tagNone]
}

// candidate reports whether word i may be part of a name at all: it has a
// capital, or digits and letters, or is in lower case but no usual word.
func (d *Document) candidate(i int) bool {
	w := &d.words[i]
	if w.kind >= text.Punct || w.flags&wfLabel != 0 || w.shape&shLetter == 0 {
		return false
	}
	if w.shape&shNoCase != 0 && w.end-w.start <= 2 {
		return false // one letter of an alphabet without capitals
	}
	if w.shape&(shUpper1|shInner|shNoCase) != 0 {
		return true
	}
	if w.kind == text.Mixed {
		return w.cls&taggerClasses == 0 && !d.decimalTail(i)
	}
	return w.end-w.start >= 3 && !d.loanWord(i) && w.unusual()
}

// unusual reports a word that no dictionary holds, or one that names people or places too.
func (w *word) unusual() bool {
	const told = taggerClasses &^ (clsTitle | clsWorld | clsDemonym | clsOrgSuffix | clsEponym)
	g := w.lex.grade()
	return g == 0 && w.cls&told == 0 || w.cls&(clsWorld|clsDemonym) != 0 ||
		g <= 2 && w.lex&(lexGiven|lexPlace|lexProper) != 0 && w.cls&taggerClasses == 0
}

// decimalTail reports the "4M" of "2.4M".
func (d *Document) decimalTail(i int) bool {
	if !d.tightMark(i-1, ".") || d.words[i].gap != gapNone || i < 2 || d.words[i-2].kind != text.Number {
		return false
	}
	switch strings.TrimLeft(d.str(i), "0123456789") {
	case "k", "m", "bn", "x":
		return true
	}
	return false
}

// featureSet collects the feature slots of one word.
type featureSet struct {
	slots []uint32
	d     *Document
}

func (f *featureSet) add(kind uint32, h uint64) {
	x := (h ^ uint64(kind)*0x9e3779b97f4a7c15) * 0xd6e8feb86659fd93
	f.slots = append(f.slots, uint32(x>>32))
}

func (f *featureSet) pair(kind uint32, a, b uint64) { f.add(kind, a*31+b*0x9e3779b97f4a7c15) }

// look is a coarse picture of a word: its case, digits and length.
func (d *Document) look(i int) uint64 {
	if i < 0 || i >= len(d.words) {
		return 99
	}
	w := &d.words[i]
	if w.kind >= text.Punct {
		return 200 + uint64(d.read[w.start])
	}
	n := w.end - w.start
	l := uint64(0)
	switch {
	case n == 1:
	case n <= 3:
		l = 1
	case n <= 6:
		l = 2
	default:
		l = 3
	}
	return uint64(w.shape&(shUpper1|shLower|shInner|shDigit|shPoss|shNoCase))<<2 | l
}

func (d *Document) hashAt(i int) uint64 {
	if i < 0 || i >= len(d.words) {
		return 1
	}
	w := &d.words[i]
	if w.kind == text.Number {
		return 2 + uint64(min(w.end-w.start, 5))
	}
	return w.hash
}

// known returns the flags that the word tables hold for word i, as one number: 0
// outside the document, 1000 for punctuation. The flags in hide are left out, so that
// training cannot rely on the tables of names alone.
func (d *Document) known(i int, hide lexFlags) uint64 {
	if i < 0 || i >= len(d.words) {
		return 0
	}
	w := &d.words[i]
	if w.kind >= text.Punct {
		return 1000
	}
	return uint64(w.lex&^hide)<<32 | uint64(w.cls&taggerClasses)
}

// features of word i. Gazetteer flags in hide are not looked at.
func (f *featureSet) of(i int, hide lexFlags) []uint32 {
	d := f.d
	f.slots = f.slots[:0]
	w := &d.words[i]
	s := d.str(i)
	me, look, lex := d.hashAt(i), d.look(i), uint64(w.lex&^hide)
	p1, p2, n1, n2 := d.hashAt(i-1), d.hashAt(i-2), d.hashAt(i+1), d.hashAt(i+2)
	place := uint64(w.flags & (wfStart | wfWeak | wfShout | wfTitle))
	seen := uint64(0)
	if d.seen.lower(w) {
		seen |= 1
	}
	if d.seen.inside(w) {
		seen |= 2
	}
	f.add(1, 0)
	f.add(2, me)
	f.pair(3, me, look)
	f.add(4, p1)
	f.add(5, n1)
	f.add(6, p2)
	f.add(7, n2)
	f.pair(8, p1, look)
	f.pair(9, n1, look)
	f.add(10, look)
	f.pair(11, d.look(i-1), look)
	f.pair(12, d.look(i+1), look)
	f.add(13, d.look(i-1)<<16|look<<8|d.look(i+1)<<32)
	f.pair(14, lex, look)
	f.pair(15, lex, place<<4|seen)
	f.pair(16, look, place<<4|seen)
	f.pair(17, d.known(i, hide), place)
	f.pair(18, d.known(i-1, hide), look)
	f.pair(19, d.known(i+1, hide), look)
	f.add(20, d.known(i-2, hide))
	f.add(21, d.known(i+2, hide))
	n := len(s)
	f.pair(22, wordHash(s[max(0, n-3):]), look&^3)
	f.pair(23, wordHash(s[:min(3, n)]), look&^3)
	f.add(24, wordHash(s[max(0, n-2):]))
	f.pair(25, wordHash(s[max(0, n-4):]), lex&3)
	from, to := d.capRun(i)
	f.pair(26, uint64(to-from), uint64(i-from)<<8|place)
	if to-from > 1 {
		f.pair(27, d.hashAt(to-1), look)
		f.pair(28, d.hashAt(from), look)
		f.add(29, d.known(to-1, hide))
		f.add(30, d.known(from, hide))
	}
	f.pair(31, d.hashAt(from-1), look)
	f.pair(32, d.hashAt(to), look)
	f.pair(33, d.known(from-1, hide), d.known(to, hide))
	f.pair(34, p1, n1)
	f.pair(35, p1, lex)
	f.pair(36, n1, lex)
	f.pair(37, w.gap.trained(), look)
	f.pair(38, d.look(i-2), d.look(i-1)<<16|look)
	f.pair(39, d.look(i+2), d.look(i+1)<<16|look)
	f.pair(40, d.known(i+1, hide), d.known(i, hide))
	f.pair(41, d.known(i-1, hide), d.known(i, hide))
	f.pair(42, p2, p1)
	f.pair(43, n1, n2)
	f.pair(44, uint64(d.style&taggerStyles), look|place<<8)
	f.pair(45, uint64(d.style&taggerStyles), lex|place<<8)
	return f.slots
}

// capRun is the run of capitalised words around word i, small words inside a
// name not counted.
func (d *Document) capRun(i int) (from, to int) {
	const far = 8
	from, to = i, i+1
	if d.words[i].shape&(shUpper1|shInner|shNoCase) == 0 {
		return from, to
	}
	for from > 0 && i-from < far && d.words[from].gap == gapSpace && d.words[from-1].shape&(shUpper1|shInner|shNoCase) != 0 {
		from--
	}
	for d.spaced(to) && to-i < far && d.words[to].shape&(shUpper1|shInner|shNoCase) != 0 {
		to++
	}
	return from, to
}

// run counts the capitalised words in a row around word i, three before and after it at most.
func (d *Document) run(i int) int {
	n := 1
	for j := i - 1; j >= max(0, i-3) && d.capital(j) && d.words[j+1].gap == gapSpace && !(d.words[j].flags&wfStart != 0 && (text.IsStopWord(d.str(j)) || d.words[j].cls&clsRole != 0)); j-- {
		n++
	}
	for j := i + 1; j <= i+3 && d.spacedCapital(j); j++ {
		n++
	}
	return n
}

func (d *Document) roleRun(i int) bool {
	a, b := i, i
	for a > 0 && d.capital(a-1) && d.words[a].gap == gapSpace {
		a--
	}
	for d.spaced(b+1) && d.capital(b+1) {
		b++
	}
	for j := a; j <= b; j++ {
		if !d.has(j, clsRole) {
			return false
		}
	}
	return true
}

// pastPost is where the given name begins in [from,to), after everyday words for what somebody is:
// "Host Jill Oke", "Chair Ken Oke".
func (d *Document) pastPost(from, to int) int {
	const longest = 3
	for k := from; k+1 < to && k-from <= longest; k++ {
		w := &d.words[k]
		if k > from && w.lex&lexGiven != 0 && w.lex.grade() < 2 && w.gap == gapSpace && d.spacedCapital(k+1) && !w.initial() {
			return k
		}
		if w.kind != text.Word || w.lex.grade() < 3 || w.allCaps() || w.shape&shPoss != 0 || w.lex&lexGiven != 0 || w.cls&(clsForename|clsTitle|clsParticle) != 0 || w.lex&lexSurname != 0 && w.cls&clsRole == 0 {
			return from
		}
	}
	return from
}

// givenBefore is where a short word or letter stands before the surname [from,to) that is read as a
// small word elsewhere: "Em Wexley-Oke, Chair", "My Tran (Chair)", "C Patch may". It is from if there
// is none.
func (d *Document) givenBefore(from, to int) int {
	g := from - 1
	if g < 0 || d.words[from].gap != gapSpace || !d.capital(g) || d.words[g].flags&(wfLabel|wfShout) != 0 || d.words[from].shape&shUpper1 == 0 {
		return from
	}
	switch {
	case d.words[g].initial():
		if d.words[g].flags&wfStart != 0 && to == from+1 && !d.wordIn(g, "a", "i") && (d.modal(to) || d.has(to, clsCopula|clsSaid) || d.didSomething(to)) {
			return g
		}
	case d.words[g].flags&wfStart == 0 && !d.mark(g-1, ",:"):
	case d.wordIn(g, "al", "an", "do", "ed", "em", "he", "my", "see", "so", "you") && d.words[from].lex.grade() < 2:
		if d.mark(to, ",(:") || d.lineEnds(to) || d.words[to].gap >= gapWide {
			return g
		}
	}
	return from
}

// letteredItem reports the letter of an item of a list or of a question, or the everyday word after it:
// "C. Influencing", "Q. Are you".
func (d *Document) letteredItem(i int) bool {
	if d.punct(i-1, '.') && d.words[i].gap == gapSpace {
		i -= 2
	}
	if i < 0 || !d.words[i].initial() || i > 0 && d.words[i].gap < gapLine || !d.tightMark(i+1, ".") || !d.spacedCapital(i+2) {
		return false
	}
	w := &d.words[i+2]
	return w.kind == text.Word && !w.initial() && (text.IsStopWord(d.str(i+2)) || w.lex.grade() == 3 && w.lex&(lexGiven|lexSurname) == 0 && w.shape&shInner == 0)
}

// plainAlone reports a common word with a capital, alone, by which nobody and no place is called.
func (d *Document) plainAlone(i int) bool {
	w := &d.words[i]
	return w.kind == text.Word && w.lex.grade() == 3 && w.lex&(lexGiven|lexSurname|lexPlace|lexProper) == 0 && w.cls&(clsWorld|clsDemonym|clsForename|clsTitleName) == 0 && w.shape&(shInner|shPoss) == 0 && d.run(i) == 1
}

// foreignArticle reports an article of another language before the name that begins after it: an
// Irish "An" is the English one before no consonant ("An Cheathrú"), a Welsh "Y" or "Yr" never.
func (d *Document) foreignArticle(i int) bool {
	if !d.capital(i) || !d.spacedWord(i+1) || d.words[i].flags&wfLabel != 0 {
		return false
	}
	w := &d.words[i+1]
	switch d.str(i) {
	case "an":
		return !w.allCaps() && w.lex.grade() < 2 && !strings.ContainsRune("aeiouhAEIOUH", rune(d.fold[w.start])) && d.fold[w.start] < 0x80
	case "y", "yr", "na":
		return w.shape&(shUpper1|shInner) != 0 && w.lex.grade() < 2
	}
	return false
}
