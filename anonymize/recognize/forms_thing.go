// SPDX-License-Identifier: Apache-2.0

package recognize

import "strings"

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
