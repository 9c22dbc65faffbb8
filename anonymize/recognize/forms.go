// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"strings"

	"github.com/sharedpractice/sharedpractice/model/text"
)

type formFlag uint8

const (
	formCapital formFlag = 1 << iota // its first letter must be a capital
	formContext                      // an everyday word: context must speak for it
	formUpper                        // all capitals: an abbreviation
	formIdent                        // only inside an address, tag or path
	formName                         // what was declared itself: a capital alone speaks for it
)

// form is one way to write a declared name: folded words.
type form struct {
	words  []string
	flags  formFlag
	entity int32
	rule   string
	typo   bool // may be misspelled by one letter
}

// squeeze joins the letters and digits of a form and says where words begin.
func (f *form) squeeze() (string, []int32) {
	var b strings.Builder
	var bounds []int32
	for _, w := range f.words {
		if b.Len() > 0 {
			bounds = append(bounds, int32(b.Len()))
		}
		b.WriteString(strings.ReplaceAll(w, "'", ""))
	}
	return b.String(), bounds
}

// nameParts splits a name into folded words; punctuation falls away.
func nameParts(name string) []string {
	v, err := text.NewView(text.Repair(name))
	if err != nil {
		return nil
	}
	f := v.Folded()
	var out []string
	for _, k := range text.Tokens(f) {
		switch {
		case k.Kind < text.Punct:
			out = append(out, f[k.Start:k.End])
		case f[k.Start:k.End] == "&":
			out = append(out, "and")
		}
	}
	if len(out) == 1 && out[0] == "and" {
		return nil
	}
	return out
}

func joinWords(ws []string) string { return strings.Join(ws, " ") }

func wordGrade(w string) int   { return lexicon().look(wordHash(w)).grade() }
func wordClass(w string) class { return wordTables().look(wordHash(w)) }
func without(ws []string, i int) []string {
	return append(append([]string(nil), ws[:i]...), ws[i+1:]...)
}

// given are the forms of what the caller wrote as a form: itself, nothing
// derived but its spelling.
func given(name string) []form {
	ws := nameParts(name)
	f := form{words: ws, rule: "form", typo: true}
	if len(ws) == 1 {
		f.flags = shortFlags(ws[0]) | formName
		f.typo = false
	}
	return spellings(name, []form{f})
}

// shortFlags says how careful to be with one word alone.
func shortFlags(w string) formFlag {
	n := len([]rune(w))
	switch {
	case wordGrade(w) >= 1, wordClass(w)&(clsMonth|clsWeekday|clsWorld|clsBridge|clsTitle|clsRole|clsNumberWord) != 0:
		return formCapital | formContext
	case n <= 3:
		return formCapital
	}
	return 0
}

// expand lists the forms in which a declared name is written.
func expand(k Kind, name string) []form {
	var fs []form
	switch k {
	case Person:
		fs = personForms(nameParts(name))
	case Contact, Code, Date:
		fs = []form{{words: []string{joinLetters(nameParts(name))}, rule: "exact"}}
		fs[0].words = nameParts(name)
	default:
		fs = thingForms(k, nameParts(name))
	}
	return spellings(name, fs)
}

func joinLetters(ws []string) string { return strings.Join(ws, "") }

// spellings adds the written-out umlauts (Müller, Mueller) and saints.
func spellings(name string, fs []form) []form {
	out := fs
	if strings.ContainsAny(name, "äöüÄÖÜøØåÅ") {
		long := strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "Ä", "Ae", "Ö", "Oe", "Ü", "Ue", "ø", "oe", "Ø", "Oe", "å", "aa", "Å", "Aa").Replace(name)
		plain, spelt := nameParts(name), nameParts(long)
		if len(plain) == len(spelt) {
			for _, f := range fs {
				g := f
				g.words = make([]string, len(f.words))
				for i, w := range f.words {
					g.words[i] = w
					for k := range plain {
						if plain[k] == w {
							g.words[i] = spelt[k]
						}
					}
				}
				out = append(out, g)
			}
		}
	}
	for _, f := range fs {
		for i, w := range f.words {
			if w == "st" && i+1 < len(f.words) {
				g := f
				g.words = append([]string(nil), f.words...)
				g.words[i] = "saint"
				out = append(out, g)
			}
		}
	}
	return out
}

// personForms: full, without middle names, initials, reversed, surname alone,
// given name alone, nicknames, user names.
func personForms(ws []string) []form {
	full := ws
	for len(ws) > 1 && wordClass(ws[0])&clsTitle != 0 {
		ws = ws[1:]
	}
	forms := bareForms(ws)
	if n := len(full) - len(ws); n > 0 && wordClass(full[n-1])&clsTitleName != 0 {
		// "Prince Abara", "Don Ferrant": the title may be the name.
		forms = append(forms, bareForms(full[n-1:])...)
	}
	return forms
}

// bareForms are the forms of a name without its title.
func bareForms(ws []string) []form {
	for len(ws) > 2 && wordClass(ws[len(ws)-1])&clsPostnominal != 0 {
		ws = ws[:len(ws)-1]
	}
	if len(ws) == 1 {
		return []form{{words: ws, flags: shortFlags(ws[0]) | formName, rule: "name", typo: len(ws[0]) >= 6}}
	}
	// The surname begins at the particle before the last word; the words of a
	// double surname are not told from a middle name, so both readings count.
	at := len(ws) - 1
	for at > 1 && wordClass(ws[at-1])&clsParticle != 0 {
		at--
	}
	given, sur := ws[:at], ws[at:]
	first := given[0]
	b := personBuilder{}
	b.add("full", 0, ws)
	b.add("first+last", 0, []string{first}, sur)
	b.add("reversed", 0, sur, given)
	b.add("reversed", 0, sur, []string{first})
	for _, s := range surnames(ws, at) {
		b.add("initial+last", formCapital, []string{first[:runeLen(first)]}, s)
		b.add("last+initial", formCapital, s, []string{first[:runeLen(first)]})
		b.add("user name", formIdent, s, []string{first[:runeLen(first)]})
		b.add("user name", formIdent, []string{first[:runeLen(first)]}, s)
		b.add("user name", 0, []string{joinLetters(append([]string{first[:runeLen(first)]}, s...))})
		if len(given) > 1 {
			b.add("initials+last", formCapital, []string{initials(given)}, s)
			b.add("initials+last", formCapital, spread(initials(given)), s)
			b.add("first+last", 0, []string{first}, s)
		}
		b.alone("last", s)
	}
	for _, g := range given {
		b.alone("given", []string{g})
	}
	b.add("first+initial", formCapital, []string{first}, []string{sur[0][:runeLen(sur[0])]})
	for _, n := range nicknames()[first] {
		b.add("nickname+last", 0, []string{n}, sur)
		b.alone("nickname", []string{n})
	}
	all := initials(ws)
	b.initials(all)
	if len(ws) > 2 {
		b.initials(initials([]string{first, sur[len(sur)-1]}))
	}
	return b.forms
}

type personBuilder struct{ forms []form }

func (b *personBuilder) add(rule string, flags formFlag, parts ...[]string) {
	var ws []string
	for _, p := range parts {
		ws = append(ws, p...)
	}
	if rule == "user name" && len(joinLetters(ws)) < 5 {
		return
	}
	b.forms = append(b.forms, form{words: ws, flags: flags, rule: rule, typo: rule == "full" || rule == "first+last" || rule == "nickname+last"})
}

// alone adds a part of a name by itself.
func (b *personBuilder) alone(rule string, ws []string) {
	f := form{words: ws, rule: rule}
	if len(ws) == 1 {
		if runes := len([]rune(ws[0])); runes < 2 {
			return
		}
		f.flags = shortFlags(ws[0]) | formName
		f.typo = f.flags == formName && len(ws[0]) >= 6
	}
	b.forms = append(b.forms, f)
}

// initials adds "JS", "J.S.", "J. S."; two letters that are an abbreviation in
// general use count only with full stops.
func (b *personBuilder) initials(s string) {
	ws := spread(s)
	if len(ws) < 2 || len(ws) > 5 {
		return
	}
	f := form{words: ws, flags: formUpper, rule: "initials"}
	if wordClass(s)&clsAcronym != 0 || wordGrade(s) >= 1 {
		f.flags |= formContext
	}
	b.forms = append(b.forms, f)
}

func spread(s string) (out []string) {
	for _, r := range s {
		out = append(out, string(r))
	}
	return out
}

// surnames lists the readings of the surname: from the particle, the last two
// words when there are three or more, and the last word.
func surnames(ws []string, at int) [][]string {
	out := [][]string{ws[at:]}
	if at >= 2 {
		out = append(out, ws[at-1:])
	}
	if at < len(ws)-1 {
		out = append(out, ws[len(ws)-1:])
	}
	return out
}

func runeLen(s string) int {
	for i := range s {
		if i > 0 {
			return i
		}
	}
	return len(s)
}

func initials(ws []string) string {
	var b strings.Builder
	for _, w := range ws {
		b.WriteString(w[:runeLen(w)])
	}
	return b.String()
}

// thingForms are the forms of a name that is no person's: whole, without its
// legal form, without "NHS Foundation Trust", without its head noun, and
// abbreviated.
func thingForms(k Kind, ws []string) []form {
	if len(ws) > 1 && ws[0] == "the" {
		ws = ws[1:]
	}
	b := thingBuilder{seen: map[string]bool{}}
	if len(ws) == 1 {
		b.put("name", ws, shortFlags(ws[0])|formName)
		return b.forms
	}
	b.whole("name", ws)
	core := ws
	if k == Org || k == Other || k == "" || k == Brand {
		core = dropTail(ws, func(w string) bool { return wordClass(w)&clsOrgSuffix != 0 })
		b.whole("no legal form", core)
		if n := nhsTail(core); n > 0 && n < len(core) {
			tail := core[len(core)-n:]
			core = core[:len(core)-n]
			b.whole("no NHS trust", core)
			b.whole("NHS FT", append(append([]string(nil), core...), shortTail(tail)...))
			b.acronyms(core, tail)
		}
	}
	b.acronyms(core, nil)
	b.acronyms(ws, nil)
	b.short(core)
	return b.forms
}

type thingBuilder struct {
	forms []form
	seen  map[string]bool
}

func (b *thingBuilder) put(rule string, ws []string, flags formFlag) {
	key := joinWords(ws) + string(rune('0'+flags))
	if len(ws) == 0 || b.seen[key] {
		return
	}
	b.seen[key] = true
	b.forms = append(b.forms, form{words: append([]string(nil), ws...), flags: flags, rule: rule, typo: flags&^formName == 0 && len(joinLetters(ws)) >= 8})
}

// whole adds words as they are and without their small words.
func (b *thingBuilder) whole(rule string, ws []string) {
	if len(ws) == 1 {
		b.alone(rule, ws)
		return
	}
	flags := formFlag(0)
	if rule != "name" && everyday(ws) {
		flags = formCapital
	}
	b.put(rule, ws, flags)
	for i, w := range ws {
		if w == "and" || w == "of" || w == "the" || w == "for" {
			rest := without(ws, i)
			if len(rest) < 2 {
				continue
			}
			if everyday(rest) {
				b.put(rule, rest, formCapital)
			} else {
				b.put(rule, rest, 0)
			}
		}
	}
}

// everyday reports a phrase that could stand in a text without meaning the
// name: all its words are everyday ones, in lower case.
func everyday(ws []string) bool {
	if len(ws) > 4 {
		return false
	}
	for _, w := range ws {
		if wordGrade(w) < 2 {
			return false
		}
	}
	return true
}

func (b *thingBuilder) alone(rule string, ws []string) {
	if len([]rune(ws[0])) < 3 {
		return
	}
	flags := shortFlags(ws[0])
	if rule != "short" {
		flags |= formName
	}
	b.put(rule, ws, flags)
	if flags&^formName != 0 && len(ws[0]) >= 5 {
		b.put(rule, ws, formIdent)
	}
}

// short drops head nouns from the end and generic words from the front, down
// to what tells this name from another.
func (b *thingBuilder) short(ws []string) {
	core := dropTail(ws, func(w string) bool {
		return wordClass(w)&(clsOrgHead|clsOrgSuffix|clsBrandHead|clsBridge|clsGeneric) != 0
	})
	for len(core) > 0 && generic(core[0]) {
		core = core[1:]
	}
	if len(core) == 0 || len(core) == len(ws) {
		return
	}
	if len(core) == 1 {
		b.alone("short", core)
		return
	}
	flags := formFlag(0)
	if everyday(core) {
		flags = formCapital
	}
	b.put("short", core, flags)
}

func generic(w string) bool {
	if wordClass(w)&(clsOrgHead|clsBrandHead|clsBridge|clsDirection|clsGeneric|clsDemonym|clsWorld|clsTitle) != 0 {
		return true
	}
	return listed(w, listGeneric)
}

func dropTail(ws []string, drop func(string) bool) []string {
	n := len(ws)
	for n > 1 && drop(ws[n-1]) {
		n--
	}
	return ws[:n]
}

// nhsTail counts the words at the end that name a kind of NHS body.
func nhsTail(ws []string) int {
	s := " " + joinWords(ws)
	for _, t := range []string{
		" university hospitals nhs foundation trust", " university hospital nhs foundation trust", " university hospitals nhs trust",
		" hospitals nhs foundation trust", " hospital nhs foundation trust", " teaching hospitals nhs foundation trust", " hospitals nhs trust",
		" nhs foundation trust", " foundation nhs trust", " nhs trust", " foundation trust", " university health board", " health board",
		" integrated care board", " nhs ft", " nhs",
	} {
		if strings.HasSuffix(s, t) {
			return len(strings.Fields(t))
		}
	}
	return 0
}

func shortTail(ws []string) []string {
	var out []string
	for _, w := range ws {
		switch w {
		case "foundation":
			out = append(out, "ft")
		case "trust":
			if len(out) == 0 || out[len(out)-1] != "ft" {
				out = append(out, w)
			}
		default:
			out = append(out, w)
		}
	}
	return out
}

// acronyms adds the abbreviations people make: of all words, of the words that
// matter, and with the tail abbreviated.
func (b *thingBuilder) acronyms(ws, tail []string) {
	all, main := "", ""
	for _, w := range ws {
		first := w[:runeLen(w)]
		all += first
		if wordClass(w)&clsBridge == 0 {
			main += first
		}
	}
	for _, s := range []string{all, main} {
		b.acronym(s)
		if len(tail) > 0 {
			b.acronym(s + initials(tail))
			b.acronym(s + strings.ReplaceAll(initials(tail), "n", ""))
		}
	}
}

func (b *thingBuilder) acronym(s string) {
	n := len([]rune(s))
	if n < 2 || n > 10 {
		return
	}
	flags := formUpper
	if wordClass(s)&(clsAcronym|clsTerm) != 0 || n == 2 {
		flags |= formContext
	}
	b.put("acronym", spread(s), flags)
	if n >= 4 && wordGrade(s) == 0 {
		b.put("acronym", []string{s}, formIdent)
	}
}
