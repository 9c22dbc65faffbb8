// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// Options says how Detect decides. The zero value uses the built-in public
// terms and the balanced strength.
type Options struct {
	// Strict adds default deny: every capitalised, unknown or numeric token is
	// reported unless a stated reason clears it.
	Strict bool
	// Public lists terms that stay readable; nil means PublicTerms(). A term
	// never shields a declared identity.
	Public []string
}

// Detect runs the recognisers over the documents, carries each name found to
// all its mentions in all of them, and returns for each document its findings:
// sorted, disjoint, on character boundaries, of whole words. Where findings
// overlap, their union is reported under the label of the strongest: declared
// before checked before longest before best score.
//
// The order of documents does not change what is found in each; another
// document can only add findings. Any recogniser's error ends the run.
func Detect(ctx context.Context, docs []*Document, rs []Recognizer, opt Options) ([][]Finding, error) {
	public := newTermSet(opt.Public)
	out := make([][]Finding, len(docs))
	for n, d := range docs {
		for _, r := range rs {
			fs, err := r.Recognize(ctx, d)
			if err != nil {
				return nil, fmt.Errorf("recognize: %s: %w", r.Name(), err)
			}
			for _, f := range fs {
				if !d.valid(f.Span) {
					return nil, fmt.Errorf("%w: %s: span outside the text or inside a character", ErrContract, r.Name())
				}
				if f, ok := d.tidy(f); ok && !public.shields(d, f) {
					out[n] = append(out[n], f)
				}
			}
		}
	}
	merged := make([][]Finding, len(docs))
	for n, d := range docs {
		merged[n] = d.listed(d.wholeTitles(merge(d, out[n])))
	}
	names := gatherNames(docs, out, merged)
	for n, d := range docs {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		out[n] = merged[n]
		for _, f := range names.mentions(d) {
			if f, ok := d.tidy(f); ok && !public.shields(d, f) {
				out[n] = append(out[n], f)
			}
		}
		out[n] = merge(d, out[n])
		if opt.Strict {
			out[n] = merge(d, append(out[n], deny(d, public, out[n])...))
		}
		names.label(d, out[n])
	}
	if !opt.Strict && askNobody(docs, out) {
		return make([][]Finding, len(docs)), nil
	}
	return out, nil
}

func (d *Document) valid(s text.Span) bool {
	return s.Start >= 0 && s.Start < s.End && s.End <= len(d.Text) &&
		utf8.RuneStart(d.Text[s.Start]) && (s.End == len(d.Text) || utf8.RuneStart(d.Text[s.End]))
}

// tidy widens a finding to whole words, leaves out a possessive at its end,
// and drops what lies in a label of an earlier pass.
func (d *Document) tidy(f Finding) (Finding, bool) {
	from, to := d.wordsOf(d.view.Reading(f.Span))
	for !f.Declared && from < to && (d.words[from].kind >= text.Punct && d.words[from].cls&taggerClasses == 0 && !keepEdge(d, from)) {
		from++
	}
	if from >= to {
		return f, f.Declared
	}
	if d.words[from].flags&wfLabel != 0 && d.words[to-1].flags&wfLabel != 0 && !f.Declared {
		return f, false
	}
	start, end := int(d.words[from].start), int(d.words[to-1].end)
	poss := d.words[to-1].shape&shPoss != 0 && !d.saintly(from, to)
	if poss {
		end -= 2
	}
	got := d.view.Original(text.Span{Start: start, End: max(end, start)})
	// Never less than was reported, possessive aside.
	f.Start = min(f.Start, got.Start)
	if !poss {
		f.End = max(f.End, got.End)
	} else if f.End > got.Start {
		f.End = got.End
	}
	return f, f.Start < f.End
}

// saintly reports a house called after a saint, whose possessive is part of its name:
// "St Brannoc's had", but not "St Helen's hospital".
func (d *Document) saintly(from, to int) bool {
	return to-from == 2 && d.isWord(from) && d.str(from) == "st" && d.capital(from) && (!d.isWord(to) || d.words[to].gap >= gapLine || text.IsStopWord(d.str(to)) || d.has(to, clsCopula|clsSaid))
}

// brackets takes in the bracket that closes or opens one inside the span, so that
// "Ferrant (M.F.)" leaves none behind.
func (d *Document) brackets(s text.Span) text.Span {
	open, closed := 0, 0
	for i := s.Start; i < s.End; i++ {
		switch d.Text[i] {
		case '(':
			open++
		case ')':
			if open > 0 {
				open--
			} else {
				closed++
			}
		}
	}
	if open > 0 {
		end := s.End
		if end < len(d.Text) && d.Text[end] == '.' {
			end++
		}
		if end < len(d.Text) && d.Text[end] == ')' {
			s.End = end + 1
		}
	}
	if closed > 0 && s.Start > 0 && d.Text[s.Start-1] == '(' {
		s.Start--
	}
	return s
}

func keepEdge(d *Document, i int) bool {
	switch d.read[d.words[i].start] {
	case '#', '@', '+', '(', '$', '/':
		return true
	}
	return d.read[d.words[i].start] >= utf8.RuneSelf
}

// wordsOf is the range of words that share a byte with a span of the view.
func (d *Document) wordsOf(s text.Span) (from, to int) {
	// By hand, since a word is large and the search is most of merging.
	to = len(d.words)
	for from < to {
		if half := (from + to) / 2; int(d.words[half].end) <= s.Start {
			from = half + 1
		} else {
			to = half
		}
	}
	// Most spans are short, but names joined to names may go on for a whole text.
	const short = 8
	for to = from; to < len(d.words) && int(d.words[to].start) < s.End; to++ {
		if to-from < short {
			continue
		}
		low, high := to, len(d.words)
		for low < high {
			if half := (low + high) / 2; int(d.words[half].start) < s.End {
				low = half + 1
			} else {
				high = half
			}
		}
		return from, low
	}
	return from, to
}

// stronger orders findings by the label they deserve.
func stronger(a, b *Finding) int {
	if c := compareBool(b.Declared, a.Declared); c != 0 {
		return c
	}
	if c := compareBool(b.Score >= 0.9, a.Score >= 0.9); c != 0 {
		return c
	}
	if c := b.Len() - a.Len(); c != 0 {
		return c
	}
	if c := cmp.Compare(b.Score, a.Score); c != 0 {
		return c
	}
	if c := rank(a.Kind) - rank(b.Kind); c != 0 {
		return c
	}
	for _, p := range [...][2]string{
		{string(a.Kind), string(b.Kind)}, {a.Subtype, b.Subtype}, {a.Recognizer, b.Recognizer}, {a.Rule, b.Rule}, {a.Entity, b.Entity}, {a.Owner, b.Owner},
	} {
		if c := cmp.Compare(p[0], p[1]); c != 0 {
			return c
		}
	}
	return a.Start - b.Start
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// looksLike reports whether a declared name is called what it would be called had
// nobody declared it: otherwise its label would say that somebody did. g is what was
// found there without the declaration, over the same span.
func looksLike(g, declared *Finding, span text.Span) bool {
	if g.Declared || g.Start > span.Start || g.End < span.End {
		return false
	}
	return g.Kind == Contact || g.Kind == declared.Kind && (g.Kind == Brand || g.Kind == Place)
}

// merge sorts findings and unites those that overlap.
func merge(d *Document, fs []Finding) []Finding {
	order := make([]int32, len(fs))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(i, j int32) int {
		a, b := &fs[i], &fs[j]
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		if a.End != b.End {
			return b.End - a.End
		}
		return stronger(a, b)
	})
	out := make([]Finding, 0, len(fs))
	for i := 0; i < len(order); {
		best := &fs[order[i]]
		span := best.Span
		j := i + 1
		for ; j < len(order) && fs[order[j]].Start < span.End; j++ {
			f := &fs[order[j]]
			span.End = max(span.End, f.End)
			if stronger(f, best) < 0 {
				best = f
			}
		}
		f := *best
		if f.Declared {
			for _, at := range order[i:j] {
				if g := &fs[at]; looksLike(g, best, span) {
					f.Kind, f.Subtype, f.Recognizer, f.Rule = g.Kind, g.Subtype, g.Recognizer, g.Rule
					break
				}
			}
		}
		f.Span = d.brackets(span)
		out = append(out, f)
		i = j
	}
	return join(d, out)
}

// oneName reports that a small word between two findings makes one name of them:
// "Institute at X University", "Framework for a Y Strategy", "North X and North Y".
func (d *Document) oneName(p, f *Finding) bool {
	if p.Kind == Date && f.Kind == Date {
		return d.datesOfOne(p, f)
	}
	if !partOfThing(p) && !d.loose(p) && !d.placesOf(p, f) || !partOfThing(f) && !d.loose(f) || f.Start <= p.End || f.Start-p.End > 9 || p.Score > 0.7 || f.Score > 0.7 {
		return false
	}
	left, right := d.wordBefore(p.End), d.wordBefore(f.End)
	leftFrom, _ := d.wordsOf(d.view.Reading(p.Span))
	rightFrom, _ := d.wordsOf(d.view.Reading(f.Span))
	heads := clsOrgHead | clsBrandHead | clsOrgSuffix
	switch d.Text[p.End:f.Start] {
	case " of ", " of the ":
		return p.Kind != Place
	case " for ", " for a ", " for an ", " for the ":
		return p.Kind != Place && f.Kind != Place && (d.has(right, heads) || p.Kind == Org && f.Kind == Org && d.has(right, clsWide)) || p.Kind != Place && d.has(left, heads)
	case " at ", " at the ":
		return p.Kind == Org && f.Kind == Org && d.has(left, heads)
	case " in ", " in the ":
		return p.Kind != Place && (p.Kind != Person || d.loose(p)) && f.Kind != Place && (d.awardWord(right) || d.has(right, heads) && d.plainFirst(rightFrom)) || d.loose(p) && d.loose(f)
	case " to ", " to the ", " with ", " with the ", " from ", " on ", " by ":
		return d.twoWords(p, f)
	case " - ":
		return p.Kind == Place && f.Kind == Org
	case " and ", " & ":
		if d.twoWords(p, f) {
			return true
		}
		// "the County Governments of Tarn and Esk", "Ferrant Europe and Canada"
		if p.Kind == Org && f.Kind == Place && leftFrom < left && (d.isWord(left-1) && d.str(left-1) == "of" && d.capital(left-2) || d.has(left, clsWorld) && d.has(right, clsWorld)) {
			return true
		}
		// "Barnaby and Redlock Hospitals"
		if f.Kind == Org && (p.Kind == Place || p.Kind == Person && leftFrom == left) && rightFrom < right && d.has(right, clsOrgHead) && d.str(right)[len(d.str(right))-1] == 's' {
			return true
		}
		// "Kent and Medway NHS and Social Care Partnership Trust"
		if f.Kind == Org && d.str(left) == "nhs" && d.has(right, clsOrgHead|clsOrgSuffix) {
			return true
		}
		// "Calder Vale Maternity and Neonatal Voices Partnership"
		if f.Kind == Org && leftFrom < left && d.has(left, clsKind) && d.has(right, clsOrgHead) && d.words[left].lex&lexGiven == 0 {
			return true
		}
		// "Crafts and Design Scotland", "NHS Wexshire and Fenland"
		if f.Kind == Org && rightFrom < right && d.has(right, clsWide) && d.loose(p) || (p.Kind == Org || p.Kind == Place) && f.Kind == Place && leftFrom < left && d.isWord(leftFrom) && d.str(leftFrom) == "nhs" && !d.has(left, heads) {
			return true
		}
		// "Wexshire and East Fenland Cancer Alliance", "the Leukaemia and Myeloma Society"
		if f.Kind == Org && rightFrom < right && d.has(right, clsOrgHead) && (p.Kind == Place && d.placeWord(rightFrom) || leftFrom == left && (d.loose(p) || p.Kind != Person && p.Kind != Place && d.conditionWord(left)) && d.conditionWord(rightFrom)) {
			return true
		}
		return d.has(right, clsOrgHead|clsOrgSuffix) && f.Kind == Org && p.Kind == Org && !d.has(left, heads) ||
			p.Kind == Place && f.Kind == Place && d.has(leftFrom, clsDirection) && d.has(rightFrom, clsDirection)
	}
	return false
}

// datesOfOne reports from when to when: "November 2016 to March 2017".
func (d *Document) datesOfOne(p, f *Finding) bool {
	if p.Declared || f.Declared || f.Start <= p.End || f.Start-p.End > 9 {
		return false
	}
	for _, s := range [...]string{p.Subtype, f.Subtype} {
		switch s {
		case "age", "time", "duration", "decade":
			return false
		}
	}
	switch d.Text[p.End:f.Start] {
	case " to ", " until ", " till ", " through ", " - ", " – ", " — ":
		return true
	case " and ":
		from, _ := d.wordsOf(d.view.Reading(p.Span))
		return d.isWord(from-1) && d.str(from-1) == "between"
	}
	return false
}

// plainFirst reports an everyday word, no place, with which the name of what a body is
// for goes on: "Partnership in [Social Housing Commission]".
func (d *Document) plainFirst(i int) bool {
	w := &d.words[i]
	return w.kind == text.Word && (w.lex.grade() >= 2 || d.conditionWord(i)) && w.lex&(lexGiven|lexPlace) == 0 && w.cls&(clsWorld|clsDemonym|clsDirection|clsRegion|clsMonth|clsWeekday|clsTitle|clsAcronym) == 0
}

// placeWord reports a word that begins the name of a place.
func (d *Document) placeWord(i int) bool {
	return d.has(i, clsDirection|clsWorld|clsRegion) || i >= 0 && i < len(d.words) && d.words[i].lex&lexPlace != 0 && d.words[i].lex.grade() < 3
}

// conditionWord reports a condition or a medical term.
func (d *Document) conditionWord(i int) bool {
	return d.has(i, clsCondition|clsEponym) || i >= 0 && i < len(d.words) && d.words[i].lex&lexTerm != 0
}

// placesOf reports that p, taken for a person, may be a place of the body f: "Barnaby and
// Redlock Hospitals".
func (d *Document) placesOf(p, f *Finding) bool {
	from, _ := d.wordsOf(d.view.Reading(p.Span))
	return p.Kind == Person && !p.Declared && f.Kind == Org && d.Text[p.End:max(p.End, f.Start)] == " and " && d.titleBefore(from) < 0
}

// partOfThing reports a finding that may be part of the name of a body, place or thing.
func partOfThing(f *Finding) bool {
	switch f.Subtype {
	case "address", "medicine", "demonym", "uk-postcode", "hashtag":
		return false
	}
	return !f.Declared && (f.Kind == Org || f.Kind == Brand || f.Kind == Place || f.Subtype == "name")
}

// awardWord reports "Award" or "Prize" at word i.
func (d *Document) awardWord(i int) bool {
	switch d.str(i) {
	case "award", "awards", "prize", "prizes":
		return true
	}
	return false
}

// loose reports a finding of everyday words that nobody is called, of which no more is
// known than that they are a name: "Bench" and "Beach".
func (d *Document) loose(f *Finding) bool {
	if f.Kind != Brand && f.Kind != Person && !(f.Kind == Other && f.Subtype == "name") || f.Subtype == "title" {
		return false
	}
	const longest = 8
	from, to := d.wordsOf(d.view.Reading(f.Span))
	if to-from > longest {
		return false
	}
	for i := from; i < to; i++ {
		if w := &d.words[i]; w.kind >= text.Punct || w.lex.grade() < 2 || w.lex&lexGiven != 0 || w.cls&(clsForename|clsTitle|clsMonth|clsWeekday) != 0 {
			return false
		}
	}
	return d.titleBefore(from) < 0
}

// twoWords reports two everyday words that a small word makes one name, with an article
// before: "the Boots and Bandages van".
func (d *Document) twoWords(p, f *Finding) bool {
	from, to := d.wordsOf(d.view.Reading(p.Span))
	first, last := d.wordsOf(d.view.Reading(f.Span))
	if to-from != 1 || last-first != 1 || d.words[from].hash == d.words[first].hash || !d.isWord(from-1) || d.words[from-1].shape&shUpper1 != 0 && d.words[from-1].flags&wfStart == 0 {
		return false
	}
	switch d.str(from - 1) {
	case "the", "a", "our", "their":
		return d.loose(p) && d.loose(f)
	}
	return false
}

// wordBefore is the word that ends at or before a byte of the original.
func (d *Document) wordBefore(end int) int {
	_, to := d.wordsOf(d.view.Reading(text.Span{Start: max(0, end-1), End: end}))
	return to - 1
}

// join makes one finding of neighbours that are one name: the same undeclared
// kind with nothing but a space or hyphen between.
func join(d *Document, fs []Finding) []Finding {
	out := fs[:0]
	for _, f := range fs {
		if n := len(out); n > 0 {
			p := &out[n-1]
			if p.Kind == f.Kind && !p.Declared && !f.Declared && p.Subtype == f.Subtype && (f.Kind == Person || f.Kind == Org || f.Kind == Place) && f.Start-p.End <= 2 {
				switch gap := d.Text[p.End:f.Start]; {
				case gap == " ", gap == "-", gap == "\u00a0", gap == ". " && d.words[d.wordBefore(p.End)].initial():
					p.End = f.End
					p.Score = max(p.Score, f.Score)
					continue
				}
			}
			if d.oneName(p, &f) {
				f.Start, f.Score = p.Start, max(p.Score, f.Score)
				if p.Kind == Date {
					f.Subtype = "date"
				}
				if p.Kind == Org || p.Kind == Brand && f.Kind != Org {
					f.Kind, f.Subtype, f.Rule = p.Kind, p.Subtype, p.Rule
				}
				out[n-1] = f
				continue
			}
		}
		out = append(out, f)
		for n := len(out) - 1; n > 0 && d.severalPlaces(&out[n-1], &out[n]); n-- {
			out[n].Start = out[n-1].Start
			out[n-1] = out[n]
			out = out[:n]
		}
	}
	return out
}

// severalPlaces reports that p is one of several places for which the body f is named:
// "Tarn, Esk and Wear Valleys NHS Trust". A given name is a person's.
func (d *Document) severalPlaces(p, f *Finding) bool {
	if f.Kind != Org || f.Declared || p.Declared || p.Kind != Place && p.Kind != Person && p.Kind != Org || f.Start <= p.End || f.Start-p.End > 5 {
		return false
	}
	from, to := d.wordsOf(d.view.Reading(p.Span))
	first, last := d.wordsOf(d.view.Reading(f.Span))
	if to-from > 2 || d.words[from].lex&lexGiven != 0 && d.words[from].lex&lexPlace == 0 || d.titleBefore(from) >= 0 || d.words[to-1].shape&shPoss != 0 {
		return false
	}
	health := false
	for i := first; i < last; i++ {
		health = health || d.has(i, clsAcronym) && d.str(i) == "nhs"
		if d.str(i) == "integrated" || d.str(i) == "health" && d.has(i+1, clsOrgHead) {
			health = true
		}
	}
	if !health || !d.has(last-1, clsOrgHead|clsOrgSuffix) {
		return false
	}
	switch d.Text[p.End:f.Start] {
	case " and ", " & ":
		return p.Kind != Org || to-from == 1
	case ", ":
		for i := first; i < last; i++ {
			if d.words[i].shape&shUpper1 == 0 && d.isWord(i) && d.str(i) == "and" || d.punct(i, '&') {
				return true
			}
		}
	}
	return false
}
