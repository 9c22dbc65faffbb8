// SPDX-License-Identifier: Apache-2.0

package intake

import (
	"cmp"
	_ "embed"
	"maps"
	"math"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

//go:embed data/heads.tsv
var headsTSV string

// noQuestion stands in data/heads.tsv for headings that ask nothing of the form.
const noQuestion = "none"

// plain is a word without accents, which people leave out. Of short words they tell
// one from another.
func plain(w string) string {
	if utf8.RuneCountInString(w) < 4 {
		return w
	}
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r):
			return -1
		case r == 'ł':
			return 'l'
		case r == 'ß':
			return 's'
		}
		return r
	}, norm.NFD.String(w))
}

// root is the beginning of a word, in which its forms agree in most languages.
func root(w string) string {
	r := []rune(w)
	switch n := len(r); {
	case n < 5:
		return w
	case n < 6:
		return string(r[:4])
	case n < 8:
		return string(r[:5])
	}
	return string(r[:6])
}

// mostWords is how many words of a heading are looked at.
const mostWords = 60

// traits are what of a heading is compared with others: its first word, its words, their
// roots and their pieces of three and four letters, each once.
func traits(words []string) []string {
	var out []string
	for i, w := range words[:min(len(words), mostWords)] {
		if i == 0 {
			out = append(out, "1"+w)
		}
		out = append(out, "w"+w, "r"+root(w))
		r := []rune("<" + w + ">")
		for n := 3; n <= 4; n++ {
			for j := 0; j+n <= len(r) && j < mostWords; j++ {
				out = append(out, string(r[j:j+n]))
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// headings tell how likely a heading asks each question: a multinomial logistic regression
// over the traits of headings, of those of the form, of data/heads.tsv and of the phrases
// of data/questions.tsv.
type headings struct {
	questions []string
	at        map[string]int // trait to place
	rare      []float64      // by place: how much a trait tells
	unknown   float64        // how much one would that is not known
	weight    []float64      // by place and question
}

// A heading is one that the regression learns from, and how much it counts.
type heading struct {
	question, words string
	counts          float64
}

// knownHeads are the headings to learn from.
func knownHeads() []heading {
	var out []heading
	for line := range strings.Lines(headsTSV) {
		cells := strings.Split(strings.TrimSpace(line), "\t")
		if len(cells) != 3 || strings.HasPrefix(line, "#") {
			continue
		}
		for header := range strings.SplitSeq(cells[2], "|") {
			out = append(out, heading{cells[0], header, 1})
		}
	}
	for _, q := range form() {
		if q.Internal {
			continue
		}
		for _, label := range append([]string{q.Label}, formWords()[q.ID+"\tlabel"]...) {
			out = append(out, heading{q.ID, label, 1})
		}
	}
	for _, p := range phrases() {
		if q, ok := question(p.question); !ok || q.Internal {
			continue
		}
		tokens := slices.DeleteFunc(slices.Concat(p.parts...), func(t string) bool { return strings.HasPrefix(t, "@") })
		out = append(out, heading{p.question, strings.Join(tokens, " "), .5})
	}
	return out
}

var knownHeadings = sync.OnceValue(func() *headings { return learn(knownHeads()) })

// learn fits a regression to headings. It takes them in an order of its own, always the
// same.
func learn(heads []heading) *headings {
	h := &headings{at: map[string]int{}}
	seen := map[string]int{}
	of := make([][]string, len(heads))
	for i, x := range heads {
		of[i] = traits(wordsOfPhrase(x.words))
		if !slices.Contains(h.questions, x.question) {
			h.questions = append(h.questions, x.question)
		}
		for _, t := range of[i] {
			seen[t]++
		}
	}
	for i := range heads {
		for _, t := range of[i] {
			if _, ok := h.at[t]; !ok && (seen[t] > 1 || t[0] == 'w') {
				h.at[t] = len(h.rare)
				h.rare = append(h.rare, math.Log(float64(len(heads)+1)/float64(seen[t])))
			}
		}
	}
	h.unknown = math.Log(float64(len(heads) + 1))
	h.weight = make([]float64, len(h.rare)*len(h.questions))
	type example struct {
		places []int
		values []float64
		asks   int
		counts float64
	}
	examples := make([]example, len(heads))
	for i, x := range heads {
		places, values := h.vector(of[i])
		examples[i] = example{places, values, slices.Index(h.questions, x.question), x.counts}
	}
	const (
		rounds = 5
		rate   = 2.0
		stride = 1009 // a prime that the number of headings is no multiple of
		least  = .003 // a share below which nothing is learnt
	)
	for round := range rounds {
		step := rate / (1 + float64(round)/3)
		for i := range examples {
			x := examples[(i*stride+round)%len(examples)]
			shares := h.shares(x.places, x.values)
			for q, share := range shares {
				off := -share
				if q == x.asks {
					off++
				} else if share < least {
					continue
				}
				for k, place := range x.places {
					h.weight[place*len(h.questions)+q] += float64(step * x.counts * off * x.values[k])
				}
			}
		}
	}
	return h
}

// vector are those of a heading's traits that are known, and how much each tells.
func (h *headings) vector(traits []string) (places []int, values []float64) {
	length := 0.0
	for _, t := range traits {
		tells := h.unknown
		if place, ok := h.at[t]; ok {
			tells = h.rare[place]
			places, values = append(places, place), append(values, tells)
		}
		length += float64(tells * tells)
	}
	for k := range values {
		values[k] /= math.Sqrt(length)
	}
	return places, values
}

// shares are the shares of the questions in what a heading may ask.
func (h *headings) shares(places []int, values []float64) []float64 {
	out := make([]float64, len(h.questions))
	for k, place := range places {
		for q, w := range h.weight[place*len(out) : (place+1)*len(out)] {
			out[q] += float64(w * values[k])
		}
	}
	most, all := slices.Max(out), 0.0
	for q := range out {
		out[q] = math.Exp(out[q] - most)
		all += out[q]
	}
	for q := range out {
		out[q] /= all
	}
	return out
}

// speaks says how much more likely than by chance a heading asks each question, as a
// logarithm; nothing of one of whose words nothing is known.
func (h *headings) speaks(header string) map[string]float64 {
	const (
		least = .003
		exact = 1e6 // beyond that processors may differ
	)
	out := map[string]float64{}
	places, values := h.vector(traits(wordsOfHeader(header)))
	if len(places) == 0 {
		return out
	}
	for q, share := range h.shares(places, values) {
		out[h.questions[q]] = math.Round(math.Log(max(least, share)*float64(len(h.questions)))*exact) / exact
	}
	return out
}

// likest is the question that a heading most likely asks, or none.
func (h *headings) likest(header string) (question string) {
	most := leastSaid
	for id, says := range h.speaks(header) {
		if says > most || says == most && id < question {
			question, most = id, says
		}
	}
	return question
}

// nearestQuestions are the questions that a heading is likest, at most two, in words for a
// person, where it is like any.
func nearestQuestions(header string) (out []string) {
	says := knownHeadings().speaks(header)
	ids := slices.SortedFunc(maps.Keys(says), func(a, b string) int {
		return cmp.Or(cmp.Compare(says[b], says[a]), cmp.Compare(a, b))
	})
	for _, id := range ids[:min(3, len(ids))] {
		if q, ok := question(id); ok && says[id] > 1 && says[id] > says[noQuestion] && len(out) < 2 {
			out = append(out, q.Label)
		}
	}
	return out
}

// leastSaid is what a heading says at least for a question that it is likest.
const leastSaid = 1.5

// surely is the question that a heading is likest before all others by a lead, or none.
func (h *headings) surely(header string, lead float64) string {
	says, first := h.speaks(header), h.likest(header)
	for id, v := range says {
		if id != first && says[first]-v < lead {
			return ""
		}
	}
	return first
}

// asksPlainly reports whether a heading asks one of the questions that allow something, in
// words of which each is known to ask that or to say nothing: one that is not might deny it,
// limit it or put it off. What is not known may only name where an example would stand, or
// who would use it.
func asksPlainly(question, header string) bool {
	p := plainAsking{of: headerWords().classes, own: askingWords()[question], question: question, w: askedPlainly(header)}
	for i := 0; i < len(p.w); i++ {
		if p.known(i) {
			continue
		}
		from := i
		for i+1 < len(p.w) && !p.known(i+1) {
			i++
		}
		if !p.mayBeNamed(from, i+1) {
			return false
		}
	}
	return true
}

// askedPlainly are the words of a heading, without an opening that only points at the question
// before it, and with what tools shorten written out.
func askedPlainly(header string) []string {
	w := wordsOfPhrase(header)
	if before, _, ok := strings.Cut(header, ","); ok && len(w) > 1 && w[0] == "if" && slices.Contains([]string{"if so", "if yes", "if we do", "if you do", "if we may", "if you agree"}, strings.TrimSpace(words(before))) {
		w = wordsOfPhrase(header[len(before):])
	}
	for i := range w {
		if long := abbreviated()[w[i]]; long != "" && !strings.Contains(header, " ") {
			w[i] = long
		}
	}
	return w
}

// plainAsking is a heading held against the words that are known to ask its question.
type plainAsking struct {
	of       map[string]map[string]bool // classes of words
	own      map[string]bool            // words that ask the question
	question string
	w        []string
}

// known reports whether a word is known to ask the question or to say nothing.
func (p plainAsking) known(i int) bool {
	x := p.w[i]
	class := func(name string) bool { return p.of[name][x] || p.of[name][stemmed+inflected(x)] }
	return p.of["plain"][x] || p.own[x] || p.question != "consent" && p.of["asks"][x] || class("share") && !class("stays") || p.of["book"][x] || class("org") || numeric(x) || answersBeside(p.w, i) ||
		p.question == "confidentiality" && i > 0 && negates(x) && p.of["or"][p.w[i-1]]
}

// mayBeNamed reports whether a few unknown words stand where only a place or somebody who
// would use an example is named.
func (p plainAsking) mayBeNamed(from, to int) bool {
	const longest = 4 // words of a name
	return to-from <= longest && (p.placed(from) || p.does(from, to)) && !slices.ContainsFunc(p.w[from:to], tellsOfConsent)
}

// before is the word that says what the unknown ones from a place on name, its articles left
// out; article reports that there are any.
func (p plainAsking) before(from int) (at int, article bool) {
	for at = from - 1; at >= 0 && p.of["a"][p.w[at]] && !p.of["into"][p.w[at]]; at-- {
		article = true
	}
	return at, article && at >= 0
}

// placed reports whether unknown words stand behind what leads to a place: "in the ...".
func (p plainAsking) placed(from int) bool {
	at, article := p.before(from)
	return at >= 0 && p.of["into"][p.w[at]] || article && p.w[at] == "of" && p.question != "consent"
}

// does reports whether unknown words stand where somebody would who does something with an
// example: "may the ... use".
func (p plainAsking) does(from, to int) bool {
	at, article := p.before(from)
	for to < len(p.w)-1 && (p.of["org"][p.w[to]] || p.of["bodies"][p.w[to]]) {
		to++
	}
	return article && p.of["doer"][p.w[at]] && to < len(p.w) && (p.of["share"][p.w[to]] || slices.Contains([]string{"to", "the", "permission", "have"}, p.w[to]))
}

// askingWords are the words by which headings are known that ask what may be done, by
// question: none of them that denies, limits or waits.
var askingWords = sync.OnceValue(func() map[string]map[string]bool {
	all := map[string]map[string]bool{}
	for _, h := range knownHeads() {
		q, ok := question(h.question)
		if !ok || !slices.Contains([]string{"consent", "confidentiality", "uses", "audience"}, q.ID) {
			continue
		}
		if all[q.ID] == nil {
			all[q.ID] = map[string]bool{}
		}
		for _, w := range wordsOfPhrase(h.words) {
			if !negates(w) && !contrary(w) && !conditional(w) && !takesOut(w) && !undecided(w) && !headerWords().classes["stays"][w] {
				all[q.ID][w] = true
			}
		}
	}
	return all
})

// answersBeside reports whether a word is one of the two answers that a heading offers.
func answersBeside(w []string, i int) bool {
	is := func(j int, answer string) bool { return j >= 0 && j < len(w) && bare()[w[j]] == answer }
	return is(i, "no") && (is(i-1, "yes") || is(i-2, "yes") && len(w[i-1]) < 5) || is(i, "yes")
}

// tellsOfConsent reports whether a word says something of a consent, so that it is no name of
// a place or of somebody.
func tellsOfConsent(w string) bool {
	return denies(w) || contrary(w) || conditional(w) || takesOut(w) || undecided(w) || asksOfThePast(w) || reserved(w) || permits(w)
}
