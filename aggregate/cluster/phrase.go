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
	docs     int
	sources  map[string]struct{}
	surfaces map[string]int
}

// phraseWords is the most words in a phrase.
const phraseWords = 4

// phraseBook is the phrases of one group's texts.
type phraseBook struct {
	texts   int
	phrases map[string]*phrase
	words   map[string]int // in how many texts each stem occurs
}

type token struct {
	surface, folded, stem string
}

// runsOf cuts a text at punctuation and returns the words between.
func runsOf(s string) [][]token {
	s = strings.Map(func(r rune) rune {
		if r == '’' || r == 'ʼ' {
			return '\''
		}
		return r
	}, text.Repair(s))
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
			if n := len(run); n > 0 && t.Start == last && strings.HasSuffix(run[n-1].surface, "-") {
				run[n-1].surface += w
				run[n-1].folded += f
				run[n-1].stem = stemOf(strings.ReplaceAll(run[n-1].folded, "-", ""))
			} else {
				run = append(run, token{w, f, stemOf(strings.TrimSuffix(f, "'s"))})
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

// readPhrases counts the phrases of the texts. Texts of the same source count
// apart for frequency, together for support.
func readPhrases(texts, sources []string) *phraseBook {
	b := &phraseBook{phrases: map[string]*phrase{}, words: map[string]int{}}
	for n, s := range texts {
		b.texts++
		seen := map[string]bool{}
		for _, run := range runsOf(s) {
			for i := range run {
				if st := run[i].stem; st != "" && !seen[" "+st] {
					seen[" "+st] = true
					b.words[st]++
				}
				for j := i; j < min(len(run), i+phraseWords); j++ {
					b.count(run[i:j+1], sources[n], seen)
				}
			}
		}
	}
	return b
}

func (b *phraseBook) count(run []token, source string, seen map[string]bool) {
	last := run[len(run)-1]
	if run[0].stem == "" || last.stem == "" && (len(run) < 2 || !isParticle(last.folded)) || strings.HasSuffix(last.folded, "-") {
		return
	}
	var key, surface strings.Builder
	var stems []string
	for i, t := range run {
		if i > 0 {
			key.WriteByte(' ')
			surface.WriteByte(' ')
		}
		surface.WriteString(t.surface)
		if t.stem == "" {
			key.WriteString(t.folded)
			continue
		}
		if slices.Contains(stems, t.stem) {
			return
		}
		stems = append(stems, t.stem)
		key.WriteString(t.stem)
	}
	k := key.String()
	p := b.phrases[k]
	if p == nil {
		p = &phrase{key: k, stems: stems, sources: map[string]struct{}{}, surfaces: map[string]int{}}
		b.phrases[k] = p
	}
	p.surfaces[surface.String()]++
	if !seen[k] {
		seen[k] = true
		p.docs++
		p.sources[source] = struct{}{}
	}
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
