// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// Declared is a name that an agreement's parties declared.
type Declared struct {
	Kind Kind
	Name string `json:"-"`
	// Forms are short forms, former names and nicknames that no rule derives.
	Forms []string `json:"-"`
	// Owner is the caller's opaque reference, handed back in Finding.Owner.
	Owner string `json:"-"`
}

// Format implements fmt.Formatter: a declared name prints as its kind.
func (d Declared) Format(f fmt.State, _ rune) { fmt.Fprintf(f, "[declared %s]", d.Kind) }

// LogValue implements slog.LogValuer.
func (d Declared) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(d)) }

// Dictionary recognises declared identities in every form people write. It is
// immutable and safe for concurrent use. Thousands of names cost one pass.
type Dictionary struct { //nolint:recvcheck // a copy must not print either
	entities []entity
	matcher  matcher
	patterns []pattern
	typos    typoIndex
}

// Format implements fmt.Formatter: a dictionary holds names and prints none.
func (dict Dictionary) Format(f fmt.State, _ rune) {
	fmt.Fprintf(f, "[dictionary, %d declared]", len(dict.entities))
}

// LogValue implements slog.LogValuer.
func (dict Dictionary) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(dict)) }

type entity struct {
	kind  Kind
	key   string
	owner string
}

// NewDictionary compiles declared names: each is expanded to its abbreviations,
// short, reversed, joined and initialled forms. A name without a letter or
// digit is ErrEmptyName; the error says which by its number, not its text.
func NewDictionary(declared []Declared) (*Dictionary, error) {
	dict, all, err := dictionaryOf(declared)
	if err != nil {
		return nil, err
	}
	dict.patterns = compilePatterns(all)
	dict.matcher = newMatcher(dict.patterns)
	dict.typos = newTypoIndex(all)
	return dict, nil
}

// NewMentions compiles names that were found, not declared: to be found again as
// they were written, and by their parts. Names that share a part are one there, so
// that tens of thousands cost little.
func NewMentions(names []Declared) (*Dictionary, error) {
	dict, all, err := dictionaryOf(names)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(f form) bool {
		switch f.rule {
		case "full", "first+last", "last", "given", "name", "no legal form":
			return false
		}
		return true
	})
	dict.patterns = slices.CompactFunc(compilePatterns(all), func(a, b pattern) bool { return a.squeezed == b.squeezed })
	dict.matcher = newMatcher(dict.patterns)
	return dict, nil
}

// dictionaryOf is a dictionary before it is compiled, and the forms of its names.
func dictionaryOf(declared []Declared) (*Dictionary, []form, error) {
	dict := &Dictionary{}
	var all []form
	for i, dec := range declared {
		words := nameParts(dec.Name)
		if len(words) == 0 {
			return nil, nil, fmt.Errorf("%w: entry %d", ErrEmptyName, i)
		}
		id := int32(len(dict.entities))
		dict.entities = append(dict.entities, entity{dec.Kind, string(dec.Kind) + "\x01" + joinWords(words), dec.Owner})
		forms := expand(dec.Kind, dec.Name)
		for k, f := range dec.Forms {
			if len(nameParts(f)) == 0 {
				return nil, nil, fmt.Errorf("%w: entry %d, form %d", ErrEmptyName, i, k)
			}
			forms = append(forms, given(f)...)
		}
		for n := range forms {
			forms[n].entity = id
		}
		all = append(all, forms...)
	}
	return dict, all, nil
}

// Name is "declared".
func (*Dictionary) Name() string { return "declared" }

// match is an accepted occurrence of a form, in words.
type match struct {
	from, to   int // words
	start, end int // view
	entity     int32
	weak       bool // an everyday word that only context makes a name
	rule       string
}

// Recognize reports every declared identity in d. Its findings are Declared,
// with score 1.
func (dict *Dictionary) Recognize(ctx context.Context, d *Document) ([]Finding, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if len(dict.entities) == 0 {
		return nil, nil
	}
	sq := d.squeezed()
	var ms []match
	dict.matcher.scan(sq, func(id int32, end int) {
		for ; id >= 0; id = dict.patterns[id].next {
			p := &dict.patterns[id]
			if m, ok := sq.accept(d, p, end-int(p.length), end); ok {
				m.entity = p.entity
				ms = append(ms, m)
			}
		}
	})
	ms = append(ms, dict.typos.scan(d)...)
	return dict.decide(d, ms), nil
}

// decide drops weak matches without support, bridges the parts of one name,
// and maps to findings.
func (dict *Dictionary) decide(d *Document, ms []match) []Finding {
	strong := map[int32]bool{}
	for _, m := range ms {
		if !m.weak {
			strong[m.entity] = true
		}
	}
	kept := ms[:0]
	for _, m := range ms {
		if !m.weak || strong[m.entity] && d.capital(m.from) || d.weakNameStands(m.from) {
			kept = append(kept, m)
		}
	}
	slices.SortFunc(kept, func(a, b match) int {
		return cmp.Or(a.start-b.start, b.end-a.end, int(a.entity-b.entity))
	})
	out := make([]Finding, 0, len(kept))
	last := map[int32]int{} // entity -> its last finding
	for _, m := range kept {
		e := &dict.entities[m.entity]
		f := d.at(m.start, m.end, e.kind, "", m.rule, 1)
		if e.kind == Contact {
			f.Subtype = contactForm(d.Text[f.Start:f.End])
		}
		f.Declared, f.Entity, f.Owner, f.Recognizer = true, e.key, e.owner, "declared"
		if i, ok := last[m.entity]; ok && e.kind == Person && out[i].End < f.Start && d.onlyNamesBetween(out[i].End, m.from) {
			f.Start = out[i].Start
		}
		last[m.entity] = len(out)
		out = append(out, f)
	}
	return out
}

// contactForm is the subtype that a way to reach somebody has by its form, as it is
// found where nobody declared it.
func contactForm(s string) string {
	digits := 0
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			digits++
		}
	}
	switch at := strings.IndexByte(s, '@'); {
	case at > 0:
		return "email"
	case at < 0 && 2*digits > len(s):
		return "phone"
	case at < 0 && strings.ContainsAny(s, "./"):
		return "url"
	}
	return "handle"
}

// weakNameStands reports whether an everyday word with a capital reads as a
// name where it stands: inside a sentence, in a short line, or at the start
// before a verb of saying or being.
func (d *Document) weakNameStands(i int) bool {
	if !d.capital(i) {
		return false
	}
	w := &d.words[i]
	if w.flags&(wfStart|wfWeak|wfTitle|wfShout) == 0 || d.nameContext(i) || d.has(i+1, clsSaid) {
		return true
	}
	next := i + 1
	if d.lineEnds(next) || !d.isWord(next) || d.capital(next) {
		return true
	}
	return false
}

// onlyNamesBetween reports that between byte end of the original and word to
// stand only one or two capitalised words or initials.
func (d *Document) onlyNamesBetween(end, to int) bool {
	at := d.view.Reading(text.Span{Start: end, End: end}).Start
	n := 0
	for i := to - 1; i >= 0 && int(d.words[i].start) >= at; i-- {
		if d.words[i+1].gap >= gapLine {
			return false
		}
		switch {
		case d.mark(i, ".-'"):
		case d.capital(i) || d.has(i, clsParticle):
			if n++; n > 2 {
				return false
			}
		default:
			return false
		}
	}
	return n > 0
}

// typoIndex finds declared names misspelled by one letter. Every name is kept
// under its own hash and those of all its single deletions; a text within one
// edit shares at least one of them.
type typoIndex struct {
	names []typoName
	keys  map[uint64][]int32
	words int // the longest name in words
}

type typoName struct {
	letters []rune
	entity  int32
	words   int
}

// The shortest name, in letters, that is recognised misspelled: one word, and
// several together.
const (
	typoWord  = 6
	typoWhole = 8
)

func newTypoIndex(forms []form) typoIndex {
	t := typoIndex{keys: map[uint64][]int32{}}
	seen := map[string]bool{}
	for _, f := range forms {
		s, bounds := f.squeeze()
		n := len(bounds) + 1
		letters := []rune(s)
		if !f.typo || n == 1 && len(letters) < typoWord || n > 1 && len(letters) < typoWhole || n > 6 || len(letters) > 48 {
			continue
		}
		id := string(f.entity) + s
		if seen[id] {
			continue
		}
		seen[id] = true
		k := int32(len(t.names))
		t.names = append(t.names, typoName{letters, f.entity, n})
		t.words = max(t.words, n)
		deletions(letters, func(h uint64) { t.keys[h] = append(t.keys[h], k) })
	}
	return t
}

// deletions gives the hash of s and of s without each of its letters.
func deletions(s []rune, do func(uint64)) {
	do(runeHash(s, -1))
	for i := range s {
		if i == 0 || s[i] != s[i-1] {
			do(runeHash(s, i))
		}
	}
}

func runeHash(s []rune, skip int) uint64 {
	h := uint64(fnvOffset)
	for i, r := range s {
		if i != skip {
			h = (h ^ uint64(r)) * fnvPrime
		}
	}
	return mix(h)
}

func (t *typoIndex) scan(d *Document) (out []match) {
	if len(t.names) == 0 {
		return nil
	}
	for i := range d.words {
		w := &d.words[i]
		capital := w.shape&(shUpper1|shInner|shNoCase) != 0
		if !w.mayBeTypo() || !capital && !w.unknownLong() {
			continue
		}
		var letters []rune
		to := i
		for n := 1; n <= t.words && to < len(d.words) && len(letters) <= 48; n++ {
			if n > 1 {
				if to = d.nextOfName(to); to < 0 || !capital {
					break
				}
			}
			letters = append(letters, []rune(strings.ReplaceAll(d.str(to), "'", ""))...)
			to++
			if n == 1 && w.lex.grade() > 0 || len(letters) < typoWord-1 {
				continue
			}
			out = t.at(d, i, to, letters, n, out)
		}
	}
	return out
}

func (w *word) mayBeTypo() bool { return w.kind == text.Word && w.end-w.start <= 60 }

// unknownLong reports a word of no list that is long enough for a misspelled name.
func (w *word) unknownLong() bool {
	return w.lex&lexGradeMask == 0 && w.cls == 0 && w.end-w.start >= typoWord-1
}

// nextOfName is the word with which a name may go on at to, a mark skipped; -1 if there is none.
func (d *Document) nextOfName(to int) int {
	if d.mark(to, "-&") || d.punct(to, '.') && d.words[to-1].end-d.words[to-1].start <= 2 {
		to++
	}
	if to >= len(d.words) || d.words[to].gap >= gapPara || !d.words[to].mayBeTypo() {
		return -1
	}
	if !d.capital(to) && d.words[to].cls&clsBridge == 0 {
		return -1
	}
	return to
}

func (t *typoIndex) at(d *Document, from, to int, letters []rune, n int, out []match) []match {
	var tried []int32
	deletions(letters, func(h uint64) {
		for _, k := range t.keys[h] {
			name := &t.names[k]
			if slices.Contains(tried, k) || name.words == 1 && n > 1 || n == 1 && name.words > 2 {
				continue
			}
			tried = append(tried, k)
			if oneEdit(letters, name.letters) {
				end := int(d.words[to-1].end)
				out = append(out, match{from: from, to: to, start: int(d.words[from].start), end: end, entity: name.entity, rule: "one letter off"})
			}
		}
	})
	return out
}

// oneEdit reports that a and b differ by at most one letter left out, added or
// changed, or two neighbours exchanged.
func oneEdit(a, b []rune) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return slices.Equal(a[i:], b[i+1:])
	}
	if i == len(a) || slices.Equal(a[i+1:], b[i+1:]) {
		return true
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && slices.Equal(a[i+2:], b[i+2:])
}
