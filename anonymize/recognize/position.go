// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"slices"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// place marks where words stand: sentence starts, headings, lines in capitals,
// trigger phrases, and labels that an earlier pass left behind.
func (d *Document) place(trig *triggerTable) {
	for i := range d.words {
		w := &d.words[i]
		if i == 0 || w.gap >= gapLine {
			w.flags |= wfStart
		} else {
			d.afterPrevious(i, w)
		}
	}
	for i := range d.words {
		if w := &d.words[i]; w.cls&clsOrgSuffix != 0 && d.str(i) == "co" && d.tightMark(i+1, "-") {
			w.cls &^= clsOrgSuffix // "Co-ordinator" is no company
		}
	}
	d.lines()
	d.phrases(trig)
	d.labels()
}

func (d *Document) afterPrevious(i int, w *word) {
	p := &d.words[i-1]
	if p.kind < text.Punct {
		if i >= 3 && p.kind == text.Number && d.tightMark(i-2, ".") && d.words[i-3].kind == text.Number && p.gap == gapNone {
			w.flags |= wfWeak // "2.1 Aims"
		}
		return
	}
	switch d.read[p.start] {
	case '.':
		if w.gap == gapNone {
			return
		}
		// An initial's or a title's full stop ends no sentence.
		if i >= 2 && p.gap == gapNone {
			q := &d.words[i-2]
			if q.initial() || q.cls&(clsTitle|clsLabel) != 0 && q.end-q.start <= 5 {
				return
			}
		}
		w.flags |= wfStart
	case '!', '?':
		w.flags |= wfStart
	case ':', ';':
		w.flags |= wfWeak
	case '"', '(', '[', '\'', '*', '|', '>':
		w.flags |= wfWeak
		if p.flags&wfStart != 0 {
			w.flags |= wfStart
		}
	case '-', '+', '#', '/', ')', '\xe2':
		if w.gap == gapSpace && p.gap == gapSpace && d.punct(i-1, '-') && !d.spacedCapital(i+1) {
			w.flags |= wfWeak // "told them - Closed"
		}
		if p.flags&wfStart != 0 {
			w.flags |= wfStart
		}
	}
}

// lines marks lines in capitals and headings in title case.
func (d *Document) lines() {
	for i := 0; i < len(d.words); {
		j := i + 1
		for !d.lineEnds(j) {
			j++
		}
		d.line(i, j)
		i = j
	}
}

func (d *Document) line(from, to int) {
	letters, shouted, caps, lower, known := 0, 0, 0, 0, 0
	for i := from; i < to; i++ {
		w := &d.words[i]
		if w.shape&shLetter == 0 || w.end-w.start < 2 {
			continue
		}
		letters++
		switch {
		case w.allCaps():
			shouted++
			if w.lex.grade() >= 2 {
				known++
			}
		case w.shape&shUpper1 != 0:
			caps++
		case w.cls&clsBridge == 0:
			lower++
		}
	}
	var f wordFlag
	switch {
	case letters >= 2 && shouted*4 >= letters*3 && known*3 >= shouted:
		f = wfShout
	case letters >= 2 && letters <= 14 && lower == 0 && caps >= 2 && !d.mark(to-1, ".,"):
		f = wfTitle
	default:
		if shouted >= fewestShouted-1 {
			d.shoutedRuns(from, to)
		}
		return
	}
	for i := from; i < to; i++ {
		d.words[i].flags |= f
	}
}

// fewestShouted words in capitals in a row are shouting; fewer may be a name.
const fewestShouted = 3

// shoutedRuns marks three words and more in capitals on a line that holds others,
// if most of them are in dictionaries: "not for ONWARD CIRCULATION OUTSIDE THE
// GROUP".
func (d *Document) shoutedRuns(from, to int) {
	for i := from; i < to; i++ {
		n, known, j := 0, 0, i
		for ; j < to; j++ {
			w := &d.words[j]
			if w.kind == text.Word && w.end-w.start > 1 {
				if !w.allCaps() {
					break
				}
				n++
				if w.lex.grade() >= 2 {
					known++
				}
			} else if w.kind < text.Punct && w.shape&(shLower|shNoCase) != 0 {
				break
			}
		}
		if n >= fewestShouted && known*3 >= n*2 || n == 2 && known == 2 && d.words[i].gap >= gapLine && i == from {
			for k := i; k < j; k++ {
				d.words[k].flags |= wfShout
			}
		}
		i = max(i, j)
	}
}

// phrases gives words inside a phrase of several words its class too.
func (d *Document) phrases(trig *triggerTable) {
	for i := range d.words {
		w := &d.words[i]
		if w.kind >= text.Punct {
			continue
		}
		ps := trig.phrases[w.hash]
		if len(ps) == 0 {
			continue
		}
		for _, p := range ps {
			if to := d.matches(i, p.words); to > 0 {
				for j := i; j < to; j++ {
					d.words[j].cls |= p.class
					d.words[j].flags |= wfPhrase
				}
				w.flags |= wfPhrase1
			}
		}
	}
}

// matches reports where the words end that begin at i, hyphens between them
// allowed; 0 if they are not there.
func (d *Document) matches(i int, words []uint64) int {
	for n, h := range words {
		if n > 0 {
			i++
			if d.mark(i, "-&'") || d.punct(i, '.') && !d.lineEnds(i+1) {
				i++
			}
		}
		if i >= len(d.words) || d.words[i].hash != h || n > 0 && d.words[i].gap >= gapPara {
			return 0
		}
	}
	return i + 1
}

// labels marks labels in square brackets such as "[person]", "[person 2]" and
// "[a hospital trust in the North East]": everyday words in lower case, region
// names and a short number. Reading the output again must change nothing.
func (d *Document) labels() {
	const longest = 16
	for i := 0; i < len(d.words); i++ {
		if !d.punct(i, '[') {
			continue
		}
		j := i + 1
		for j < len(d.words) && j-i <= longest && d.labelWord(j, j == i+1) {
			j++
		}
		if j == i+1 || !d.punct(j, ']') {
			continue
		}
		for k := i; k <= j; k++ {
			d.words[k].flags |= wfLabel
		}
		i = j
	}
}

func (d *Document) labelWord(j int, first bool) bool {
	w := &d.words[j]
	switch {
	case w.gap >= gapLine:
		return false
	case w.kind == text.Number:
		return !first && w.end-w.start <= 3
	case w.kind == text.Word && w.shape&(shUpper1|shInner|shNoCase) == 0:
		return w.lex.grade() >= 2 && w.lex&(lexGiven|lexSurname) == 0 || w.cls&(clsBridge|clsGeneric|clsOrgHead|clsRegion|clsLabel|clsRole) != 0
	case w.kind == text.Word:
		return w.cls&(clsRegion|clsAcronym) != 0
	}
	return d.mark(j, "-,")
}

// sightings remembers, for a whole document, which words were seen in lower
// case and which with a capital inside a sentence. It is a Bloom filter of one
// probe: a false memory makes a guess worse, never an answer unsafe.
type sightings struct {
	bits []uint64
	mask uint64
}

// mostSightings is the size from which a filter grows no more.
const mostSightings = 1 << 24

// sightingsOf is the size of a filter for so many words.
func sightingsOf(words int) uint64 {
	n := uint64(1024)
	for n < uint64(words)*16 && n < mostSightings {
		n *= 2
	}
	return n
}

func (s *sightings) gather(d *Document) {
	n := sightingsOf(len(d.words))
	s.bits, s.mask = make([]uint64, n/64), n-1
	s.see(d, 0, len(d.words))
}

// see remembers words [from,to).
func (s *sightings) see(d *Document, from, to int) {
	for i := from; i < to; i++ {
		w := &d.words[i]
		if w.kind != text.Word {
			continue
		}
		switch {
		case w.shape&(shUpper1|shInner|shNoCase) == 0:
			s.put(w.hash >> 3)
		case w.flags&(wfStart|wfWeak|wfShout|wfTitle) == 0 && w.shape&shLower != 0:
			s.put(w.hash >> 5 * 3)
		}
	}
}

// shrink makes the filter what it would be, had it been made for so many words.
func (s *sightings) shrink(words int) {
	n := sightingsOf(words)
	for k := n / 64; k < uint64(len(s.bits)); k++ {
		s.bits[k&(n/64-1)] |= s.bits[k]
	}
	s.bits, s.mask = slices.Clip(s.bits[:n/64]), n-1
}

func (s *sightings) put(h uint64)      { h &= s.mask; s.bits[h>>6] |= 1 << (h & 63) }
func (s *sightings) has(h uint64) bool { h &= s.mask; return s.bits[h>>6]>>(h&63)&1 != 0 }

// lower reports whether the word stands in lower case somewhere.
func (s *sightings) lower(w *word) bool { return s.has(w.hash >> 3) }

// inside reports whether it stands with a capital inside a sentence.
func (s *sightings) inside(w *word) bool { return s.has(w.hash >> 5 * 3) }

// facts is what recognisers ask of the whole text, where it is read in pieces.
type facts struct {
	seen      sightings
	capitals  capitals
	explained map[uint64]bool
	given     int            // letters in brackets after a given name
	lines     map[uint64]int // how many lines begin with the letters
	speakers  int            // and how many with any
}

func newFacts() *facts {
	return &facts{seen: sightings{make([]uint64, mostSightings/64), mostSightings - 1}, explained: map[uint64]bool{}, lines: map[uint64]int{}}
}

// gather takes in words [from,to) of a piece.
func (a *facts) gather(d *Document, from, to int) {
	a.seen.see(d, from, to)
	a.capitals.count(d, from, to)
	d.explain(from, to, func(h uint64) { a.explained[h] = true })
	for _, n := range d.caps {
		i := int(n)
		if i < from || i >= to {
			continue
		}
		if d.namedInLetters(i) {
			a.given++
		}
		if d.speakerLetters(i) {
			a.lines[d.words[i].hash]++
			a.speakers++
		}
	}
}

// finish is called when all pieces are gathered.
func (a *facts) finish() { a.seen.shrink(a.capitals.all) }

// belongTo makes d a piece of the text that the facts are of.
func (d *Document) belongTo(a *facts) {
	d.whole, d.seen, d.explained, d.style = a, a.seen, a.explained, a.capitals.style()
}
