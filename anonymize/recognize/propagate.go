// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"cmp"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// names holds what was found, to find every other mention of it.
type names struct {
	single  map[uint64]nameEntry
	phrases map[uint64][]namePhrase
	full    map[string]string    // a person's word -> the one full name that holds it
	letters map[uint64]nameEntry // by the initials of full names
	short   map[uint64]nameEntry // by the first word of a body of two, or an everyday word with a capital
	sure    map[uint64]bool      // letters that are somebody's wherever they stand
	low     map[uint64]bool      // somebody's words that were found in lower case
	brief   bool                 // documents are pieces, of which nothing may be kept but copies
}

type nameEntry struct {
	kind    Kind
	subtype string
	entity  string
}

type namePhrase struct {
	words []uint64
	nameEntry
}

// gatherNames collects the names among the findings of all documents. The
// order of documents does not matter: of two entries for a word the lesser in
// a fixed order stays.
func gatherNames(docs []*Document, parts, whole [][]Finding) *names {
	n := newNames()
	for k, d := range docs {
		n.gather(d, parts[k])
		n.gather(d, whole[k])
	}
	n.sort()
	return n
}

func newNames() *names {
	return &names{}
}

// sort is called when all names are gathered.
func (n *names) sort() {
	for h, ps := range n.phrases {
		slices.SortFunc(ps, func(a, b namePhrase) int {
			return cmp.Or(len(b.words)-len(a.words), slices.Compare(a.words, b.words), compareEntries(a.nameEntry, b.nameEntry))
		})
		n.phrases[h] = ps
	}
}

// kept is a string of a document as it may be kept.
func (n *names) kept(s string) string {
	if n.brief {
		return strings.Clone(s)
	}
	return s
}

// keptEntry is an entry as it may be kept.
func (n *names) keptEntry(e nameEntry) nameEntry {
	e.entity = n.kept(e.entity)
	return e
}

func (n *names) gather(d *Document, found []Finding) {
	for _, f := range found {
		if f.Declared || f.Score < 0.5 || f.Rule == "spread" {
			continue
		}
		switch f.Kind {
		case Person:
			n.person(d, f)
		case Org, Place, Brand:
			n.thing(d, f)
		case Other:
			if from, to := d.wordsOf(d.view.Reading(f.Span)); f.Subtype == "name" && to == from+1 && d.words[from].shape&(shUpper1|shInner) == shUpper1 && d.words[from].cls&(clsKind|clsGeneric|clsOrgHead|clsRole) == 0 {
				n.shorten(d.words[from].hash, nameEntry{f.Kind, f.Subtype, d.str(from)})
			}
		}
	}
}

// fewWords are as many as most findings have.
const fewWords = 12

func (n *names) person(d *Document, f Finding) {
	const most = 6
	var buffer [fewWords]int
	ws := d.nameWords(buffer[:0], &f)
	if len(ws) > most {
		return
	}
	key := d.joined(ws)
	if f.Rule == lettersRule {
		from, _ := d.wordsOf(d.view.Reading(f.Span))
		h := d.words[from].hash
		n.keepLetters(h, d.str(from))
		put(&n.sure, h, true)
		return
	}
	if len(ws) > 1 {
		n.initials(d, ws, key)
		if j := ws[len(ws)-1] + 2; d.isWord(j) && d.punct(j-1, '(') && d.words[j].allCaps() && d.lettersOf(j) {
			put(&n.sure, d.words[j].hash, true) // "Ann Oke (AO)"
		}
	}
	for _, i := range ws {
		w := &d.words[i]
		if w.end-w.start < 2 || w.cls&(clsBridge|clsRole|clsWeekday|clsTerm|clsAcronym|clsCondition) != 0 || w.cls&clsParticle != 0 && len(ws) > 1 {
			continue
		}
		n.keep(w.hash, nameEntry{Person, f.Subtype, key})
		if w.shape&(shUpper1|shInner) == 0 {
			put(&n.low, w.hash, true)
		}
		if len(ws) > 1 {
			switch old, ok := n.full[d.str(i)]; {
			case !ok:
				put(&n.full, n.kept(d.str(i)), key)
			case key < old:
				n.full[d.str(i)] = key
			}
		}
	}
}

// initials keeps what minutes call somebody named in full: "MR" for Mohammed Rafiq.
func (n *names) initials(d *Document, ws []int, key string) {
	var s strings.Builder
	for _, i := range ws {
		if !d.capital(i) {
			return
		}
		s.WriteString(d.str(i)[:runeLen(d.str(i))])
	}
	n.keepLetters(wordHash(s.String()), key)
}

// keepLetters keeps the initials of an entity.
func (n *names) keepLetters(h uint64, entity string) {
	if e := (nameEntry{Person, "initials", entity}); n.letters[h].entity == "" || compareEntries(e, n.letters[h]) < 0 {
		put(&n.letters, h, n.keptEntry(e))
	}
}

func (n *names) keep(h uint64, e nameEntry) {
	if old, ok := n.single[h]; !ok || compareEntries(e, old) < 0 {
		put(&n.single, h, n.keptEntry(e))
	}
}

// shorten keeps a word that may be all that is said of a name.
func (n *names) shorten(h uint64, e nameEntry) {
	if old, ok := n.short[h]; !ok || compareEntries(e, old) < 0 {
		put(&n.short, h, n.keptEntry(e))
	}
}

func (n *names) thing(d *Document, f Finding) {
	if f.Subtype == "uk-postcode" || f.Subtype == "address" {
		return
	}
	var buffer [fewWords]int
	ws := d.nameWords(buffer[:0], &f)
	for len(ws) > 0 && d.words[ws[0]].cls&clsBridge != 0 {
		ws = ws[1:]
	}
	if len(ws) == 0 || len(ws) > 10 && f.Subtype != "title" || len(ws) > 24 {
		return
	}
	e := nameEntry{f.Kind, f.Subtype, d.key(ws)}
	first := &d.words[ws[0]]
	if len(ws) == 1 {
		if first.shape&(shUpper1|shInner) != 0 && first.end-first.start > 1 {
			n.keep(first.hash, e)
		}
		return
	}
	if f.Kind == Org && d.shortens(ws) {
		n.shorten(first.hash, e)
	}
	n.phrase(d, ws, e)
}

// shortens reports a body of two words of which the first, no place, may stand for it alone.
func (d *Document) shortens(ws []int) bool {
	first := &d.words[ws[0]]
	return len(ws) == 2 && d.has(ws[1], clsOrgHead|clsOrgSuffix) && first.cls == 0 && first.shape&(shUpper1|shPoss) == shUpper1 && first.lex&lexPlace == 0
}

// phrase keeps a name of several words.
func (n *names) phrase(d *Document, ws []int, e nameEntry) {
	var buffer [fewWords]uint64
	hs := buffer[:0]
	for _, i := range ws {
		hs = append(hs, d.words[i].hash)
	}
	for _, p := range n.phrases[hs[0]] {
		if slices.Equal(p.words, hs) && compareEntries(p.nameEntry, e) <= 0 {
			return
		}
	}
	put(&n.phrases, hs[0], append(n.phrases[hs[0]], namePhrase{slices.Clone(hs), n.keptEntry(e)}))
}

// mentions finds the names again in a document.
func (n *names) mentions(d *Document) (out []Finding) {
	if len(n.single) == 0 && len(n.phrases) == 0 && len(n.letters) == 0 {
		return nil
	}
	for i := range d.words {
		w := &d.words[i]
		switch {
		case w.kind >= text.Punct:
		case w.shape&(shUpper1|shInner|shNoCase) != 0:
			out = n.mentionsAt(d, i, out)
		case n.lowMention(d, i):
			if e, ok := n.single[w.hash]; ok {
				out = append(out, n.spread(d, i, i+1, e))
			}
		}
	}
	return out
}

// mentionsAt adds to out the names that the word i, which has a capital, begins or is.
func (n *names) mentionsAt(d *Document, i int, out []Finding) []Finding {
	w := &d.words[i]
	for _, p := range n.phrases[w.hash] {
		if to := d.again(i, p.words); to > 0 {
			out = append(out, n.spread(d, i, to, p.nameEntry))
			break
		}
	}
	if e, ok := n.letters[w.hash]; ok && n.lettersMeant(d, i) {
		return append(out, n.spread(d, i, i+1, e))
	}
	e, ok := n.single[w.hash]
	if !ok {
		if e, ok = n.short[w.hash]; ok && d.shortMeant(i) {
			out = append(out, n.spread(d, i, i+1, e))
		}
		return out
	}
	if !d.meant(i, e.kind) {
		return out
	}
	return append(out, n.spread(d, d.kindsBefore(i, e.kind), i+1, e))
}

// lettersMeant reports that the letters i, which are somebody's elsewhere, are here too.
func (n *names) lettersMeant(d *Document, i int) bool {
	const longest = 4
	w := &d.words[i]
	if !w.allCaps() || w.end-w.start > longest {
		return false
	}
	somebodys := d.lettersOf(i) || d.charged(i)
	if w.flags&(wfShout|wfTitle) != 0 && !somebodys {
		return false
	}
	return somebodys || w.cls&(clsAcronym|clsTitle|clsPostnominal) == 0 || d.personActs(i) || d.punct(i+1, ':') || d.inColumn(i) || n.sure[w.hash] || n.besideLetters(d, i)
}

// shortMeant reports that the word i, all that is said of a name elsewhere, is it here too.
func (d *Document) shortMeant(i int) bool {
	return d.bodyActs(i) || d.words[i].flags&(wfStart|wfWeak|wfShout|wfTitle) == 0 && d.words[i].shape&shPoss != 0 && !d.seen.lower(&d.words[i])
}

// meant reports that the word i, a name of this kind elsewhere, is it here too and no
// everyday word, month or wide country.
func (d *Document) meant(i int, kind Kind) bool {
	w := &d.words[i]
	if d.generalSetting(i) || kind != Person && w.cls&clsTerm != 0 && w.flags&wfPhrase != 0 {
		return false
	}
	if w.cls&clsMonth != 0 && !d.personActs(i) {
		return kind == Person && d.monthInCompany(i)
	}
	if w.lex.grade() == 0 || w.flags&(wfStart|wfShout|wfTitle) == 0 && !d.seen.lower(w) || d.nameContext(i) {
		return true
	}
	if kind == Person {
		return d.personActs(i) || d.givenNameDoes(i) || d.namedAgain(i)
	}
	return d.bodyActs(i)
}

// givenNameDoes reports that the everyday word i, somebody's name elsewhere, begins a sentence
// and does or is something: "Bob reads ten a month", "Grace is the chair". It must be a given
// name that stands in lower case nowhere in the text.
func (d *Document) givenNameDoes(i int) bool {
	const shortest = 4
	w, j := &d.words[i], i+1
	if w.flags&(wfStart|wfShout|wfTitle) != wfStart || w.lex&lexGiven == 0 && w.cls&clsForename == 0 || w.cls&(clsKind|clsGeneric|clsRole|clsMonth|clsWeekday) != 0 ||
		text.IsStopWord(d.str(i)) || d.seen.lower(w) || !d.spacedWord(j) || d.words[j].shape&(shUpper1|shInner|shPoss|shDigit) != 0 {
		return false
	}
	switch s := d.str(j); {
	case d.has(j, clsCopula), d.wordIn(j, "has", "had", "does", "did", "will", "would", "can", "could", "also", "then", "who"):
		return true
	case text.IsStopWord(s):
		return false
	default:
		return len(s) >= shortest && strings.HasSuffix(s, "s") && !strings.HasSuffix(s, "ss") && d.words[j].lex.grade() > 0
	}
}

// kindsBefore is where the words for kinds begin before a head noun that is all that is said of
// a body or programme: "the Patient Research [Network]". It is i if there are none.
func (d *Document) kindsBefore(i int, kind Kind) int {
	w := &d.words[i]
	if kind == Person || w.cls&(clsOrgHead|clsBrandHead) == 0 || w.flags&(wfShout|wfTitle) != 0 {
		return i
	}
	from, to := d.capRun(i)
	if from < i && d.words[from].flags&wfStart != 0 && text.IsStopWord(d.str(from)) {
		from++
	}
	if to == i+1 && d.kindsOnly(from, i) {
		return from
	}
	return i
}

// again reports where the words of a name end that begin at i, whatever mark stands between
// two of them; 0 if they are not there.
func (d *Document) again(i int, words []uint64) int {
	if to := d.matches(i, words); to > 0 || len(words) < 4 {
		return to
	}
	for n, h := range words {
		if n > 0 {
			if i++; d.mark(i, ":,-&'") {
				i++
			}
		}
		if i >= len(d.words) || d.words[i].hash != h || n > 0 && d.words[i].gap >= gapPara {
			return 0
		}
	}
	return i + 1
}

// personActs reports that word i, somebody's name elsewhere, stands here as a person
// would: "May wondered", "Dot Marsh turned".
func (d *Document) personActs(i int) bool {
	if d.words[i].flags&(wfShout|wfTitle) != 0 || !d.capital(i) {
		return false
	}
	j := i + 1
	if d.spacedCapital(j) && d.words[j].lex&(lexSurname|lexProper) != 0 {
		j++
	}
	return d.didSomething(j) || d.has(j, clsSaid) && d.words[j].gap == gapSpace && !d.has(j, clsCopula)
}

// bodyActs reports that the everyday word i, the name of a body or thing elsewhere, begins a
// sentence without an article and does what bodies do: "Lantern will run it".
func (d *Document) bodyActs(i int) bool {
	w, j := &d.words[i], i+1
	if w.flags&(wfStart|wfShout|wfTitle) != wfStart || w.cls&(clsKind|clsGeneric|clsOrgHead|clsRole|clsMonth|clsWeekday) != 0 || w.shape&(shUpper1|shInner) != shUpper1 || !d.spacedWord(j) || d.capital(j) {
		return false
	}
	switch s := d.str(j); s {
	case "will", "would", "also", "aims", "covers", "offers", "provides", "supports", "delivers", "welcomes":
		return true
	case "is", "has", "was", "had", "can", "does":
		return !d.seen.lower(w)
	}
	return d.didSomething(j) && !d.seen.lower(w)
}

// lettersOf reports that the letters i, in brackets, are those of the words before: "Mohammed
// Safi (MS)".
func (d *Document) lettersOf(i int) bool {
	s := d.str(i)
	first := i - 1 - len(s)
	if !d.punct(i-1, '(') || !d.punct(i+1, ')') || first < 0 {
		return false
	}
	for k := range len(s) {
		if j := first + k; !d.capital(j) || d.fold[d.words[j].start] != s[k] {
			return false
		}
	}
	return true
}

// charged reports letters that end a line after a label: "ACTION: NB".
func (d *Document) charged(i int) bool {
	return d.punct(i-1, ':') && d.words[i].gap == gapSpace && d.lineEnds(i+1)
}

// inColumn reports letters at the end of a line, far from what stands before them: who is
// to do it.
func (d *Document) inColumn(i int) bool {
	const wide = 3
	return i > 0 && d.lineEnds(i+1) && (d.words[i].gap >= gapLine || d.words[i].start-d.words[i-1].end >= wide || d.punct(i-1, '|'))
}

// nameContext reports words around word i that go with a person's name.
func (d *Document) nameContext(i int) bool {
	if d.has(i-1, clsTitle) || d.punct(i-1, '.') && d.has(i-2, clsTitle) || d.punct(i-1, '.') && i >= 2 && d.words[i-2].initial() {
		return true
	}
	if d.words[i].shape&shPoss != 0 || d.has(i+1, clsSaid) && d.words[i].lex.grade() < 3 {
		return true
	}
	return d.spacedCapital(i+1) && d.words[i+1].lex.grade() == 0
}

func (n *names) spread(d *Document, from, to int, e nameEntry) Finding {
	f := d.found(from, to, e.kind, e.subtype, "spread", 0.5)
	f.Recognizer, f.Entity = "mentions", e.entity
	return f
}

// label gives undeclared findings the key of their entity.
func (n *names) label(d *Document, fs []Finding) {
	var buffer [fewWords]int
	for i := range fs {
		f := &fs[i]
		if f.Declared && f.Entity != "" {
			continue
		}
		ws := d.nameWords(buffer[:0], f)
		var of string
		switch {
		case len(ws) == 0:
			f.Entity = ""
			continue
		case f.Kind == Person:
			of = d.joined(ws)
			if full, ok := n.full[of]; ok && len(ws) == 1 {
				of = full
			}
		default:
			of = d.key(ws)
		}
		f.Entity = string(f.Kind) + "\x00" + of
	}
}

// nameWords adds to out the words of a finding that can name somebody.
func (d *Document) nameWords(out []int, f *Finding) []int {
	from, to := d.wordsOf(d.view.Reading(f.Span))
	for i := from; i < to; i++ {
		if d.isWord(i) && d.words[i].cls&(clsTitle|clsPostnominal) == 0 {
			out = append(out, i)
		}
	}
	return out
}

// joined are words with a space between them.
func (d *Document) joined(ws []int) string {
	if len(ws) == 1 {
		return d.str(ws[0])
	}
	var b strings.Builder
	for k, i := range ws {
		if k > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(d.str(i))
	}
	return b.String()
}

func (d *Document) key(ws []int) string {
	if len(ws) == 1 {
		return d.str(ws[0])
	}
	var b strings.Builder
	for _, i := range ws {
		if d.words[i].cls&(clsOrgSuffix|clsBridge) == 0 {
			b.WriteString(d.str(i))
		}
	}
	return b.String()
}
