// SPDX-License-Identifier: Apache-2.0

package intake

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"sync"

	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
	"github.com/sharedpractice/sharedpractice/model/wordtable"
)

// A named concept is one by what a label of it, or its definition, is about.
type about struct {
	id     string
	vector []float32
	weight float64
}

// aboutConcepts are the concepts of each scheme by the vectors of their English words.
var aboutConcepts = sync.OnceValue(func() map[string][]about {
	all, lang := map[string][]about{}, vocabulary.DefaultLang
	for _, scheme := range vocabulary.Default().Schemes() {
		for c := range scheme.Concepts() {
			if c.IsGroup() {
				continue
			}
			put := func(text string, weight float64) {
				if v := vectorOf(text); v != nil {
					all[scheme.Prefix()] = append(all[scheme.Prefix()], about{c.ID(), v, weight})
				}
			}
			for _, name := range slices.Concat([]string{c.PrefLabel(lang)}, c.AltLabels(lang), c.HiddenLabels(lang)) {
				put(name, 1)
			}
			put(c.Definition(lang), .9)
		}
	}
	return all
})

// vectorOf is the direction of the sum of a text's words, nil of one in which a word of some
// length is not known: what is left might be about something else.
func vectorOf(s string) []float32 {
	t := wordtable.Default()
	out, word := make([]float32, t.Dim()), make([]float32, t.Dim())
	known := false
	for w := range strings.FieldsSeq(words(s)) {
		if len([]rune(w)) < 3 {
			continue
		}
		if !t.EmbedWord(word, w) {
			return nil
		}
		known = true
		for i, x := range word {
			out[i] += x
		}
	}
	length := 0.0
	for _, x := range out {
		length += float64(x) * float64(x)
	}
	if !known || length == 0 {
		return nil
	}
	for i := range out {
		out[i] /= float32(math.Sqrt(length))
	}
	return out
}

// What an answer must be like a concept, and by how much more than any other, so that it is
// read as that one.
const (
	leastLike, farLike   = .55, .25
	surelyLike, nearLike = .7, .09
	longestGuess         = 7 // words
)

// guess finds the concept of a scheme that an answer is about, by the meaning of its words,
// where no other is nearly as near. An answer that denies, doubts or only begins is about
// nothing. Of what may be done nothing is ever guessed.
func guess(q *model.Question, written string) string {
	if q.Scheme == "" || agrees(q) || denies(written) || doubtful(written) || isOther(written) || len(strings.Fields(written)) > longestGuess || slices.ContainsFunc(strings.Fields(words(written)), func(w string) bool { return slices.Contains(verbs(), w) }) {
		return ""
	}
	v := vectorOf(written)
	if v == nil {
		return ""
	}
	best := map[string]float64{}
	for _, c := range aboutConcepts()[q.Scheme] {
		like := 0.0
		for i, x := range c.vector {
			like += float64(x * v[i])
		}
		best[c.id] = max(best[c.id], c.weight*like)
	}
	first, second := "", 0.0
	for id, like := range best {
		if first == "" || like > best[first] || like == best[first] && id < first {
			first = id
		}
	}
	for id, like := range best {
		if set := vocabulary.Default(); id != first && !set.IsA(first, id) {
			second = max(second, like)
		}
	}
	if first == "" || strings.HasSuffix(first, ":other") {
		return ""
	}
	if ahead := best[first] - second; best[first] >= surelyLike && ahead >= nearLike || best[first] >= leastLike && ahead >= farLike {
		return first
	}
	return ""
}

// verbs are those by which a sentence says something of what it names.
func verbs() []string {
	return strings.Fields("is are was were be been has have had will would can could should must may might did does")
}

// guessed takes out of what was not understood what is likest a concept, and lists it.
func (r *run) guessed(q *model.Question, rest []string) (values, left []string, findings []Finding) {
	for _, part := range rest {
		id := guess(q, part)
		if id == "" || r.quick {
			left = append(left, part)
			continue
		}
		values = append(values, id)
		findings = append(findings, r.asGuess(q, part, id))
	}
	return values, left, findings
}

// asGuess lists that an answer was read as the concept that it is likest.
func (r *run) asGuess(q *model.Question, part, id string) Finding {
	label := vocabulary.Default().Label(id, vocabulary.DefaultLang)
	near := []string{label}
	for _, other := range nearest(q, part) {
		if other != label && len(near) < 3 {
			near = append(near, other)
		}
	}
	r.unheard(q, part, near)
	return Finding{Fault: "is none of the options; read as the one that it is likest, “" + label + "”: say so if it is another", Was: short(part), Nearest: near}
}

// perhaps reports whether an answer says that something may be so, in words that elsewhere
// say that it may be done: those always do so in an answer on leave.
func perhaps(cell string, leave bool) bool {
	w := strings.TrimSpace(words(cell))
	return slices.ContainsFunc([]string{"peut être", "peut etre", "może", "być może", "può essere", "puo essere", "puede ser", "mag sein", "kann sein", "kan zijn", "kan vara"}, func(p string) bool {
		return w == p || strings.HasPrefix(w, p+" ") && p != "puo essere" && p != "può essere" || strings.HasSuffix(w, " "+p) || leave && strings.Contains(" "+w+" ", " "+p+" ")
	}) || strings.Contains(strings.ToLower(cell), "peut-être") || strings.Contains(" "+w+" ", " być może ")
}

// undecided reports whether an answer on what may be done says that it has not been decided,
// or that somebody is to be asked first.
func undecided(cell string) bool {
	w := " " + strings.Join(said(cell), " ") + " "
	return slices.ContainsFunc(undecidedWords(), func(p string) bool { return strings.Contains(w, " "+p+" ") })
}

func undecidedWords() []string {
	return []string{
		"not sure", "unsure", "undecided", "not decided", "not yet decided", "not yet", "not know", "no idea", "maybe", "perhaps", "possibly", "probably", "later", "to be decided", "to be confirmed", "tbc", "tbd", "pending",
		"ask me", "ask us", "ask first", "asked first", "be asked", "check with", "talk to us", "speak to us", "contact us first", "it depends", "depends",
		"weiß nicht", "weiß noch nicht", "noch nicht", "unsicher", "unentschieden", "vielleicht", "später", "rücksprache", "nachfragen", "kommt darauf an", "mal sehen",
		"pas encore", "ne sais pas", "sais pas", "peut être", "plus tard", "à voir", "à revoir", "à confirmer", "nous demander", "nous consulter", "ça dépend",
		"todavía no", "aún no", "no sé", "no sabemos", "quizás", "tal vez", "más tarde", "por confirmar", "depende", "consultarnos", "preguntar antes",
		"non ancora", "non so", "non sappiamo", "forse", "più tardi", "da confermare", "dipende", "da decidere", "chiedere prima",
		"nog niet", "weet niet", "weet ik niet", "misschien", "later", "nader te bepalen", "hangt ervan af", "in overleg", "eerst overleggen",
		"jeszcze nie", "nie wiem", "nie wiemy", "może", "później", "do ustalenia", "to zależy", "proszę zapytać",
		"inte än", "vet inte", "vet ej", "kanske", "senare", "beror på", "fråga först",
		"ddim eto", "ddim yn siŵr", "efallai", "gofyn yn gyntaf",
	}
}

// namedFirst puts the option that an answer names before what is offered for it, and leaves
// out what is more open.
func namedFirst(q *model.Question, written string, offered []string) []string {
	named, order := valueNamed(q.ID, written), slices.Concat(levelsClosedFirst(), audiencesClosedFirst())
	if named == "" {
		return offered
	}
	offered = slices.DeleteFunc(offered, func(label string) bool {
		return slices.Index(order, optionOf(q, label)) >= slices.Index(order, named)
	})
	for _, o := range q.Options {
		if o.Value == named {
			offered = slices.Insert(offered, 0, o.Label)
		}
	}
	return offered
}

// valueNamed is the most closed of the values that phrases of an answer name, whatever else
// it says: what is offered to a person, and not what is read.
func valueNamed(id, written string) string {
	if id != "confidentiality" && id != "audience" || conditional(written) || doubtful(written) || undecided(written) {
		return ""
	}
	w := way{}
	tokens := telling(noName(said(written)), ways()["filler"], fillerOf(id))
	for i := 0; i < len(tokens); {
		n := 1
		for j := min(len(tokens), i+longestWay); j > i; j-- {
			if value, ok := ways()[id][strings.Join(tokens[i:j], " ")]; ok {
				w.take(id, value)
				n = j - i
				break
			}
		}
		i += n
	}
	if (w.level == model.Attributed.String() || w.level == model.Public.String() || w.audience != "") && denies(written) {
		return "" // what is not so
	}
	return cmp.Or(w.level, w.audience)
}

// optionOf is the value of the option with a label.
func optionOf(q *model.Question, label string) string {
	for _, o := range q.Options {
		if o.Label == label {
			return o.Value
		}
	}
	return ""
}

// sameWords is how much of a name in another language is given, by whole words only:
// languages share beginnings.
func sameWords(given, names []string) int {
	best := 0
	for _, name := range names {
		for w := range strings.FieldsSeq(words(name)) {
			if len([]rune(w)) > 4 && slices.Contains(given, w) {
				best = max(best, 20*len(w)/(6+len(name)))
			}
		}
	}
	return best
}

// nearWords is how much of a name is given, by words, their beginnings and what is like
// them.
func nearWords(given, names []string) int {
	best := 0
	for _, name := range names {
		score := 0
		for w := range strings.FieldsSeq(words(name)) {
			if len(w) < 4 {
				continue
			}
			for _, g := range given {
				switch {
				case g == w:
					score += 2 * len(w)
				case len(g) > 3 && (strings.HasPrefix(g, w) || strings.HasPrefix(w, g)):
					score += len(min(g, w))
				case len(g) > 4 && distance(g, w) <= 1+len(w)/6:
					score += len(w)
				}
			}
		}
		best = max(best, 10*score/(6+len(name)))
	}
	return best
}
