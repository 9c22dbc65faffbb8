// SPDX-License-Identifier: Apache-2.0

package intake

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

//go:embed data/terms.tsv
var termsTSV string

// termWords are concepts by the stems of what people call them, by scheme. Words that
// stand for two concepts of a scheme stand for none.
var termWords = sync.OnceValue(func() map[string]map[string]string {
	all := map[string]map[string]string{}
	put := func(name, id string) {
		scheme, _, _ := strings.Cut(id, ":")
		if all[scheme] == nil {
			all[scheme] = map[string]string{}
		}
		if had, ok := all[scheme][stems(name)]; ok && had != id {
			id = ""
		}
		all[scheme][stems(name)] = id
	}
	for line := range strings.Lines(termsTSV) {
		id, list, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		scheme, _, _ := strings.Cut(id, ":")
		for _, name := range labelled(scheme, id) {
			put(name, id)
		}
		for name := range strings.SplitSeq(list, "|") {
			put(name, id)
		}
	}
	return all
})

// stems are the words of a name without their endings, and without those that say
// nothing.
func stems(s string) string {
	var out []string
	for w := range strings.FieldsSeq(words(s)) {
		switch w {
		case "at", "the", "a", "an", "of", "in", "on", "for", "during", "with", "to", "and", "mainly", "mostly", "only", "just", "level", "stage", "our", "we", "they", "them", "their", "it", "us", "you", "was", "were", "been", "people", "one", "whole", "entire", "single", "adult", "adults",
			"im", "bei", "nur", "uns", "unserem", "unserer", "dans", "chez", "nous", "notre", "nel", "nella", "nello", "un", "una", "uno", "il", "lo", "la", "l", "tutto", "tutta", "solo", "sola", "intero", "intera", "jeden", "jedna", "jedno", "cały", "cała", "całe", "ein", "eine", "einer", "einem", "ganz", "ganze", "ganzer", "une", "le", "tout", "toute", "seul", "seule", "todo", "toda", "één", "eén", "een", "hele", "heel", "ett", "hela":
			continue
		}
		out = append(out, stem(w))
	}
	return strings.Join(out, " ")
}

func stem(w string) string {
	if w == "international" { // which is not internal
		return w
	}
	for _, ending := range []string{"ational", "ations", "ation", "ments", "ment", "ings", "ing", "ers", "ed", "es", "al", "e", "s"} {
		if rest, ok := strings.CutSuffix(w, ending); ok && len(rest) >= 4 {
			return rest
		}
	}
	return w
}

// term finds the concept that an answer calls by other words than the list's: the
// whole, or alternatives that are all the same.
func term(scheme, written string) string {
	of := termWords()[scheme]
	if of == nil {
		return ""
	}
	for _, form := range variants(written) {
		if id := of[stems(form)]; id != "" {
			return id
		}
		if form = strings.TrimSuffix(strings.TrimSpace(words(form)), " wide"); of[stems(form)] != "" {
			return of[stems(form)]
		}
	}
	found, parts, known := "", 0, 0
	for part := range strings.SplitSeq(alternatives().Replace(written), "/") {
		parts++
		id := of[stems(part)]
		if id == "" {
			continue
		}
		if known++; found != "" && found != id {
			if id = wider(found, id); id == "" {
				return ""
			}
		}
		found = id
	}
	if denies(written) {
		return ""
	}
	if found == "" && scheme == "ta" {
		return fieldsOf(written)
	}
	if 2*known < parts || known < parts && strings.ContainsAny(written, ",;") { // one of a list is not all of it
		return ""
	}
	return found
}

// alternatives writes a stroke for the words between alternatives.
var alternatives = sync.OnceValue(func() *strings.Replacer {
	var all []string
	for w := range strings.FieldsSeq("or & and oder und ou et o en lub albo eller och neu") {
		all = append(all, " "+w+" ", "/")
	}
	return strings.NewReplacer(all...)
})

// wider is the wider of two scales of which one follows the other, else "".
func wider(a, b string) string {
	order := []string{"sc:organisation", "sc:neighbourhood", "sc:city-town", "sc:regional", "sc:national", "sc:multinational"}
	i, j := slices.Index(order, a), slices.Index(order, b)
	if i < 0 || j < 0 || i-j > 1 || j-i > 1 {
		return ""
	}
	return order[max(i, j)]
}

// fieldsOf are the fields of medicine of which a name is made, each word one: "rare
// haematology" is two.
func fieldsOf(written string) string {
	var found []string
	fields := strings.Fields(stems(written))
	for _, w := range fields {
		id := termWords()["ta"][w]
		if id == "" || len(fields) > 3 {
			return ""
		}
		if !slices.Contains(found, id) {
			found = append(found, id)
		}
	}
	return strings.Join(found, "\n")
}

//go:embed data/deeds.tsv
var deedsTSV string

// deeds are the words of data/deeds.tsv by what they say of how far people took part:
// a word ending in "*" stands for all that begin so.
var deeds = sync.OnceValue(func() map[string][]string {
	all := map[string][]string{}
	for line := range strings.Lines(deedsTSV) {
		if what, list, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok && !strings.HasPrefix(line, "#") {
			all[what] = append(all[what], strings.Split(list, "|")...)
		}
	}
	return all
})

func deed(what, word string) bool {
	return slices.ContainsFunc(deeds()[what], func(d string) bool {
		head, open := strings.CutSuffix(d, "*")
		return word == d || open && strings.HasPrefix(word, head)
	})
}

// levelOf finds how far people took part by what was done: who did something with
// others did it together, who did it alone had the say. An answer that denies, asks or
// tells a whole story says nothing.
func levelOf(written string) string {
	const longest = 12
	fields := strings.Fields(words(written))
	if len(fields) == 0 || len(fields) > longest || negates(written) || doubtful(written) {
		return ""
	}
	said := func(what string) bool {
		return slices.ContainsFunc(fields, func(w string) bool { return deed(what, w) })
	}
	switch {
	case said("together"), (said("decide") || said("make")) && said("with") && !said("help"):
		return "lv:collaborate"
	case said("decide"), said("make") && said("alone"):
		return "lv:empower"
	case said("involve"):
		return "lv:involve"
	case said("ask"):
		return "lv:consult"
	case said("tell"):
		return "lv:inform"
	}
	return ""
}

// continents are wholes of many countries, and words for them.
func continents() []string {
	return strings.Fields("europe europa european eu ue africa afrika afrique áfrica asia asien asie azië azja america americas latam emea apac worldwide global world weltweit monde mundo mondo wereld świat världen scandinavia benelux dach")
}

// compass reports whether a word says which part of a country is meant.
func compass(w string) bool {
	return slices.Contains([]string{"north", "south", "east", "west", "northern", "southern", "eastern", "western", "southwest", "southeast", "northwest", "northeast", "midlands", "norden", "süden", "osten", "westen", "nord", "sud", "süd", "ost", "est", "ouest", "norte", "sur", "este", "oeste", "ovest", "noord", "zuid", "oost"}, w)
}

// monthAndYear is the year of "03/24", where the numbers can be no two years.
func monthAndYear(cell string) string {
	month, short, ok := strings.Cut(strings.TrimSpace(cell), "/")
	m, y := number2(month), number2(short)
	if !ok || len(short) != 2 || len(month) > 2 || m < 1 || m > 12 || y <= 12 || y == m+1 {
		return ""
	}
	return "20" + short
}
