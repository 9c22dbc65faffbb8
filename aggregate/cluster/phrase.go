// SPDX-License-Identifier: Apache-2.0

package cluster

import (
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// phrase is a run of words that may serve in a label.
type phrase struct {
	key      string   // its stems, inner stop words as they are
	stems    []string // of its content words
	topics   int      // uses of it in which a word can name a topic by itself
	states   int      // further uses in which it can beside another phrase
	uses     int
	docs     int
	in       []uint64 // the texts that hold it, a bit each
	sources  map[string]struct{}
	surfaces map[string]int // those that can name a topic, if any can
}

// topic reports whether most uses of the phrase can name a topic.
func (p *phrase) topic() bool { return 2*p.topics > p.uses }

// phraseWords is the most words in a phrase.
const phraseWords = 4

// phraseBook is the phrases of one group's texts.
type phraseBook struct {
	texts   int
	phrases map[string]*phrase
	words   map[string]int // in how many texts each stem occurs
}

// state reports whether the phrase says what was done to something.
func (p *phrase) state() bool { return !p.topic() && 2*(p.topics+p.states) > p.uses }

// share is the part of the texts that hold a stem.
func (b *phraseBook) share(stem string) float64 {
	return float64(b.words[stem]) / float64(max(1, b.texts))
}

type token struct {
	surface, folded, stem string
	part                  bool // belongs in a phrase, but is none by itself
	state                 bool // is one only beside another
	cut                   bool // in no phrase: a name, a word of politeness
}

// runsOf cuts a text at punctuation and returns the words between.
func runsOf(s string) [][]token {
	s = strings.NewReplacer("’", "'", "ʼ", "'").Replace(text.Repair(s))
	var out [][]token
	var run []token
	last := -1
	for _, t := range text.Tokens(s) {
		w := s[t.Start:t.End]
		switch t.Kind {
		case text.Word, text.Mixed, text.Number:
			f := text.Fold(w)
			if last >= 0 && strings.Contains(s[last:t.Start], "\n") && len(run) > 0 {
				out, run = append(out, run), nil
			}
			if t.Start == last && goesOn(run) {
				x := &run[len(run)-1]
				x.surface += w
				x.folded += f
				x.stem = stemOf(strings.ReplaceAll(x.folded, "-", ""))
			} else {
				run = append(run, token{surface: w, folded: f, stem: stemOf(strings.TrimSuffix(f, "'s"))})
			}
		default:
			if n := len(run); n > 0 && w == "-" && t.Start == last && t.End < len(s) && s[t.End] != ' ' {
				run[n-1].surface += "-"
				run[n-1].folded += "-"
			} else if len(run) > 0 {
				out, run = append(out, run), nil
			}
		}
		last = t.End
	}
	if len(run) > 0 {
		out = append(out, run)
	}
	return out
}

// goesOn reports whether the last word of a run has a hyphen at its end.
func goesOn(run []token) bool {
	return len(run) > 0 && strings.HasSuffix(run[len(run)-1].surface, "-")
}

// read adds the phrases of a text. Texts of the same source count apart for
// frequency, together for support.
func (b *phraseBook) read(runs [][]token, source string) {
	b.texts++
	seen := map[string]bool{}
	for _, run := range runs {
		for i := range run {
			if st := run[i].stem; st != "" && !seen[" "+st] {
				seen[" "+st] = true
				b.words[st]++
			}
			for j := i; j < min(len(run), i+phraseWords) && !run[j].cut; j++ {
				b.count(run[i:j+1], source, seen)
			}
		}
	}
}

// count adds a phrase, if the words are one.
func (b *phraseBook) count(run []token, source string, seen map[string]bool) {
	if !wholePhrase(run) {
		return
	}
	said, ok := spellPhrase(run)
	if !ok {
		return
	}
	p := b.phrases[said.key]
	if p == nil {
		p = &phrase{key: said.key, stems: said.stems, sources: map[string]struct{}{}, surfaces: map[string]int{}}
		b.phrases[said.key] = p
	}
	p.use(said)
	if !seen[said.key] {
		seen[said.key] = true
		p.docs++
		for len(p.in) <= b.texts/64 {
			p.in = append(p.in, 0)
		}
		p.in[b.texts/64] |= 1 << (b.texts % 64)
		p.sources[source] = struct{}{}
	}
}

// wholePhrase reports whether a phrase can begin and end where some words do.
func wholePhrase(run []token) bool {
	last := run[len(run)-1]
	if run[0].stem == "" || strings.HasSuffix(last.folded, "-") {
		return false
	}
	if len(run) == 1 {
		return true
	}
	if last.stem == "" && !isParticle(last.folded) {
		return false
	}
	// "parking was good" says something of parking, and names nothing
	return !last.part || run[len(run)-2].stem != ""
}

// A spelling is a phrase as one text has it.
type spelling struct {
	key, surface string
	stems        []string
	topic        bool // a word of it names a topic by itself
	state        bool // one names a state, which is a topic beside another only
}

// spellPhrase is false where the words are no phrase: one stands twice, or one
// shows that they are a sentence's middle.
func spellPhrase(run []token) (p spelling, ok bool) {
	var key, surface strings.Builder
	for i, t := range run {
		if i > 0 {
			key.WriteByte(' ')
			if !strings.HasSuffix(run[i-1].surface, "'") {
				surface.WriteByte(' ')
			}
		}
		surface.WriteString(t.surface)
		if t.stem == "" {
			if isClause(t.folded) {
				return p, false
			}
			key.WriteString(t.folded)
			continue
		}
		if slices.Contains(p.stems, t.stem) {
			return p, false
		}
		p.stems = append(p.stems, t.stem)
		p.topic = p.topic || !t.part && !t.state
		p.state = p.state || t.state
		key.WriteString(t.stem)
	}
	p.key, p.surface = key.String(), surface.String()
	return p, true
}

// use counts a spelling. Once the phrase was a topic somewhere, the other spellings
// count no more, unless it is a state more often.
func (p *phrase) use(s spelling) {
	p.uses++
	if s.state && !s.topic {
		p.states++
	}
	if s.topic {
		if p.topics == 0 {
			clear(p.surfaces)
		}
		p.topics++
	}
	if s.topic || p.topics == 0 || p.states > p.topics && s.state {
		p.surfaces[s.surface]++
	}
}

// isClause reports whether an English word inside a phrase shows it to be a
// sentence's middle rather than a name.
func isClause(w string) bool {
	return strings.Contains(" i i'm i've i'd you we they he she it do does did don't doesn't didn't can can't could would will should must have has had so too if when because ", " "+w+" ")
}

// isParticle reports whether a word may end a phrase as part of its verb, as in
// "top up" or "drop out".
func isParticle(w string) bool { return w == "up" || w == "out" || w == "off" || w == "down" }

// surface is the wording most often used, lower-cased unless it is mostly
// written otherwise; ties go to the first in the alphabet.
func (p *phrase) surface() string {
	best, n := "", 0
	merged := map[string]int{}
	for s, c := range p.surfaces {
		if s != strings.ToUpper(s) || len(s) > 6 {
			if lower := strings.ToLower(s[:1]) + s[1:]; p.surfaces[lower] > 0 {
				s = lower
			}
		}
		merged[s] += c
	}
	for s, c := range merged {
		if c > n || c == n && s < best {
			best, n = s, c
		}
	}
	return best
}
