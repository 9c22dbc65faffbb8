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
