// SPDX-License-Identifier: Apache-2.0

package leak

import (
	"iter"
	"slices"
	"strings"
	"unicode/utf8"
)

// Secret is a name that must not be readable in a text.
type Secret struct {
	Name   string
	Forms  []string
	Person bool // its parts are secret too: a surname alone tells who
}

const (
	minForm     = 3 // letters of the shortest form that is looked for
	minEmbedded = 8 // letters of a form that is found inside a longer word
	prefixLen   = 3 // letters by which forms are looked up
	minSound    = 5 // letters of a name whose sound is compared
)

// form is one squeezed spelling of a secret.
type form struct {
	squeezed string
	ordinary bool // a word of the language: only counts as a name, with a capital
	loose    bool // several such words: they do not belong together across a sentence's end
	short    bool // what is left of a name without its suffixes: an ordinary one counts inside a sentence only
}

// Forms are the secrets, prepared once for many texts. Safe for concurrent use.
type Forms struct {
	byPrefix map[string][]form
	times    map[form]int   // how often the secrets spell it
	acronyms map[string]int // likewise
	bySound  map[string][]string
	sounds   map[string]int // likewise

	// A large collection's secrets are prepared once: others are all of them,
	// less are those of others that are no secret here.
	others, less *Forms
}

// Prepare spells the secrets out in the forms that are looked for.
func Prepare(secrets []Secret) *Forms {
	f := &Forms{byPrefix: map[string][]form{}, times: map[form]int{}, acronyms: map[string]int{}, bySound: map[string][]string{}, sounds: map[string]int{}}
	for _, s := range secrets {
		for _, name := range append([]string{s.Name}, s.Forms...) {
			words := wordsOf(name)
			if s.Person {
				words = bareName(words)
			}
			if len(words) == 0 {
				continue
			}
			f.spell(words...)
			if s.Person {
				f.person(words)
				continue
			}
			stem := withoutSuffixes(words)
			if len(stem) > 1 || len(stem[0]) >= minSound {
				f.put(len(stem) < len(words), stem)
			}
			if len(stem) == 1 {
				f.sound(stem[0])
			}
			f.acronym(words)
		}
	}
	return f
}

// put adds words that are written together or apart; short says that they are what is
// left of a name without its suffixes.
func (f *Forms) put(short bool, words []string) {
	sq := strings.Join(words, "")
	if utf8.RuneCountInString(sq) < minForm {
		return
	}
	key := prefixOf(sq)
	one := form{squeezed: sq, loose: true}
	for _, w := range words {
		one.loose = one.loose && ordinaryWords()[w]
	}
	one.ordinary = one.loose && len(words) == 1
	one.short = one.ordinary && short
	if f.times[one]++; f.times[one] == 1 {
		f.byPrefix[key] = append(f.byPrefix[key], one)
	}
}

func (f *Forms) spell(words ...string) { f.put(false, words) }

// sound adds a word that is no ordinary one, for others that sound like it.
func (f *Forms) sound(w string) {
	if utf8.RuneCountInString(w) < minSound || ordinaryWords()[w] {
		return
	}
	k := soundOf(w)
	if k == "" {
		return
	}
	if f.sounds[w]++; f.sounds[w] == 1 {
		f.bySound[k] = append(f.bySound[k], w)
	}
}

// bareName is a person's name without titles before it and letters after it.
func bareName(words []string) []string {
	for len(words) > 1 && titles()[words[0]] {
		words = words[1:]
	}
	for len(words) > 1 && letters()[words[len(words)-1]] {
		words = words[:len(words)-1]
	}
	return words
}

// withoutSuffixes is an organisation's name without its legal form.
func withoutSuffixes(words []string) []string {
	for len(words) > 1 && suffixes()[words[len(words)-1]] {
		words = words[:len(words)-1]
	}
	return words
}

// Beside is the forms of these secrets and of all others but some of them, as
// if all that remain had been prepared together. None of the three is changed;
// others must be whole, and less must be among them.
func (f *Forms) Beside(others *Forms, less []Secret) *Forms {
	out := *f
	out.others, out.less = others, Prepare(less)
	return &out
}

// starting are the forms that begin with a prefix. A form may come twice.
func (f *Forms) starting(prefix string) iter.Seq[form] {
	return func(yield func(form) bool) {
		for _, c := range f.byPrefix[prefix] {
			if !yield(c) {
				return
			}
		}
		if f.others == nil {
			return
		}
		for _, c := range f.others.byPrefix[prefix] {
			if f.others.times[c] > f.less.times[c] && !yield(c) {
				return
			}
		}
	}
}

// isAcronym reports whether the initials are those of a secret.
func (f *Forms) isAcronym(initials string) bool {
	return f.acronyms[initials] > 0 || f.others != nil && f.others.acronyms[initials] > f.less.acronyms[initials]
}

// soundsLike reports whether a word is nearly one of the secrets, and none.
func (f *Forms) soundsLike(w string) bool {
	key := soundOf(w)
	like := func(s string) bool { return w != s && singular(w) != s && nearly(w, s) }
	return slices.ContainsFunc(f.bySound[key], like) || f.others != nil && slices.ContainsFunc(f.others.bySound[key], func(s string) bool {
		return f.others.sounds[s] > f.less.sounds[s] && like(s)
	})
}

func (f *Forms) empty() bool {
	return len(f.byPrefix) == 0 && (f.others == nil || len(f.others.byPrefix) == 0)
}

// person adds the parts of a person's name and their reversal.
func (f *Forms) person(words []string) {
	if len(words) > 1 {
		f.spell(append([]string{words[len(words)-1]}, words[:len(words)-1]...)...)
		f.spell(words[0], words[len(words)-1])
		f.spell(words[len(words)-1], words[0])
		f.spell(words[0][:1], words[len(words)-1])
	}
	for _, w := range words {
		if !particles()[w] {
			f.spell(w)
			f.sound(w)
		}
	}
}

// acronym adds the initials of an organisation's name, with and without its small words.
func (f *Forms) acronym(words []string) {
	var all, big strings.Builder
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		all.WriteRune(r)
		if !particles()[w] {
			big.WriteRune(r)
		}
	}
	for _, a := range []string{all.String(), big.String()} {
		if utf8.RuneCountInString(a) >= minForm {
			f.acronyms[a]++
		}
	}
}

func prefixOf(s string) string {
	n := 0
	for i := range s {
		if n == prefixLen {
			return s[:i]
		}
		n++
	}
	return s
}

// declared finds forms of the secrets: offsets of spellings, and of like sounds.
func (f *Forms) declared(r *reading, allowed map[string]bool) (spelled, sounding []int) {
	if f.empty() {
		return nil, nil
	}
	starts, ends := make([]int, len(r.chars)+1), make([]int, len(r.chars)+1)
	for i := range starts {
		starts[i], ends[i] = -1, -1
	}
	inside := make([]int, len(r.chars)) // the word of a char
	for w, word := range r.words {
		starts[word.start], ends[word.end] = w, w
		for i := word.start; i < word.end; i++ {
			inside[i] = w
		}
	}
	text, offset := r.squeezed()
	for n := 0; n+prefixLen <= len(r.letters); n++ {
		for c := range f.starting(text[offset[n]:offset[n+prefixLen]]) {
			if !strings.HasPrefix(text[offset[n]:], c.squeezed) {
				continue
			}
			last := n + utf8.RuneCountInString(c.squeezed) - 1
			first, end := r.letters[n], r.letters[last]+1
			if f.counts(r, c, starts[first], ends[end], inside[first], inside[end-1], first, end, allowed) {
				spelled = append(spelled, r.chars[first].at)
			}
		}
	}
	short, sounding := f.words(r, allowed)
	spelled = slices.Concat(spelled, short, f.dotted(r, allowed))
	slices.Sort(spelled)
	return slices.Compact(spelled), sounding
}

// words finds acronyms, and words that sound like one of a secret.
func (f *Forms) words(r *reading, allowed map[string]bool) (acronyms, sounding []int) {
	for _, w := range r.words {
		switch {
		case w.allUpper && f.isAcronym(w.text) && !allowed[w.text]:
			acronyms = append(acronyms, w.at)
		case w.upper && !w.begins && !allowed[w.text] && utf8.RuneCountInString(w.text) >= minSound && f.soundsLike(w.text):
			sounding = append(sounding, w.at)
		}
	}
	return acronyms, sounding
}

// counts tells whether a run of letters that spells a form is one. startWord and
// endWord are the words that begin and end there, or -1.
func (f *Forms) counts(r *reading, c form, startWord, endWord, first, last, from, to int, allowed map[string]bool) bool {
	whole := startWord >= 0 && (endWord >= 0 || pluralEnd(r, last, to))
	if !whole {
		return first == last && countsInside(r, c, from, to)
	}
	if first == last && allowed[r.words[first].text] {
		return false
	}
	if c.loose {
		for _, w := range r.words[first+1 : last+1] {
			if w.apart {
				return false
			}
		}
	}
	// An ordinary word with a capital can mean the name wherever it stands.
	w := r.words[first]
	return !c.ordinary || w.upper && !(c.short && w.begins)
}

// countsInside tells whether a run of letters inside a word spells a form: a long one
// always, a short one where capitals set it off.
func countsInside(r *reading, c form, from, to int) bool {
	if n := utf8.RuneCountInString(c.squeezed); n < minEmbedded {
		return n >= minForm && camel(r, from, to)
	}
	return !c.ordinary
}

// pluralEnd reports that only a plural or possessive s follows in the word.
func pluralEnd(r *reading, w, to int) bool {
	return r.words[w].end == to+1 && r.chars[to].r == 's' ||
		r.words[w].end == to+2 && r.chars[to].r == '\'' && r.chars[to+1].r == 's'
}

// camel reports that capitals set the run off inside its word, as in "TeamJane".
func camel(r *reading, from, to int) bool {
	if !r.chars[from].upper {
		return false
	}
	for _, c := range r.chars[from+1 : to] {
		if c.upper {
			return false
		}
	}
	return to == len(r.chars) || r.chars[to].upper || !alnum(r.chars[to].r)
}

// dotted finds acronyms written with dots or spaces: "G.O.S.H."
func (f *Forms) dotted(r *reading, allowed map[string]bool) []int {
	var out []int
	for i := 0; i < len(r.words); i++ {
		var b strings.Builder
		j := i
		for j < len(r.words) && r.words[j].end-r.words[j].start == 1 && r.words[j].upper &&
			(j == i || r.words[j].start-r.words[j-1].end <= 2) {
			b.WriteString(r.words[j].text)
			j++
		}
		if j-i >= minForm {
			if a := b.String(); f.isAcronym(a) && !allowed[a] {
				out = append(out, r.words[i].at)
			}
			i = j - 1
		}
	}
	return out
}
