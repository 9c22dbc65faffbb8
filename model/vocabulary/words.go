// SPDX-License-Identifier: Apache-2.0

package vocabulary

import (
	"strings"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// word is one unit of the stream in which phrases are looked for.
type word struct {
	key      string // what is compared
	start    int    // bytes of the view
	end      int
	sentence int
	breaks   bool // no phrase runs across it
}

// comma is the only punctuation that a phrase can hold.
const comma = ","

// stream reads a view as words: folded, singular, in British spelling. Hyphens,
// apostrophes and quotation marks are passed over; a comma is a word of its
// own; other punctuation, and the end of a sentence, break a phrase.
func stream(v *text.View) []word {
	folded := v.Folded()
	sentences := text.Sentences(v.Text())
	var out []word
	at, inside := -1, false
	for _, t := range text.Tokens(folded) {
		for at+1 < len(sentences) && sentences[at+1].Start <= t.Start {
			at++
			inside = false
		}
		if !inside {
			inside = true
			out = append(out, word{start: t.Start, end: t.Start, sentence: at, breaks: true})
		}
		raw := folded[t.Start:t.End]
		w := word{start: t.Start, end: t.End, sentence: at}
		switch {
		case t.Kind == text.Word || t.Kind == text.Number || t.Kind == text.Mixed:
			w.key = wordKey(raw)
		case raw == comma:
			w.key = comma
		case raw == "&":
			w.key = "and"
		case raw == "-" || raw == "'" || raw == `"` || raw == "’" || raw == "‘":
			continue
		default:
			w.breaks = true
		}
		out = append(out, w)
	}
	return out
}

// phraseKeys reads a label as the word keys that stream would give for it.
func phraseKeys(label string) []string {
	var keys []string
	folded := text.Fold(label)
	for _, t := range text.Tokens(folded) {
		raw := folded[t.Start:t.End]
		switch {
		case t.Kind == text.Word || t.Kind == text.Number || t.Kind == text.Mixed:
			keys = append(keys, wordKey(raw))
		case raw == comma:
			keys = append(keys, comma)
		case raw == "&":
			keys = append(keys, "and")
		}
	}
	return keys
}

// wordKey brings a folded word to the form that is compared: without an
// apostrophe, in the singular, in British spelling.
func wordKey(w string) string {
	if i := strings.LastIndexAny(w, "'’"); i > 0 {
		if strings.HasSuffix(w, "s") && i == len(w)-2 {
			w = w[:i] // patient's
		}
		w = strings.NewReplacer("'", "", "’", "").Replace(w)
	}
	return british(singular(w))
}

// singular drops the plural ending of a regular English noun. It is not a
// stemmer: what it does to other words does not matter, since phrases and
// texts go through it alike.
func singular(w string) string {
	switch {
	case len(w) < 4 || !strings.HasSuffix(w, "s"):
		return w
	case strings.HasSuffix(w, "ss") || strings.HasSuffix(w, "us") || strings.HasSuffix(w, "is") || w == "series":
		return w
	case strings.HasSuffix(w, "ies") && len(w) > 4:
		return w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "sses") || strings.HasSuffix(w, "xes") ||
		strings.HasSuffix(w, "ches") || strings.HasSuffix(w, "shes"):
		return w[:len(w)-2]
	}
	return w[:len(w)-1]
}

// british maps the commonest American spellings onto the British ones.
func british(w string) string {
	for _, end := range [...]string{"ization", "izing", "ized", "izer", "ize"} {
		if stem, ok := strings.CutSuffix(w, end); ok && len(stem) > 3 {
			return stem + "is" + end[2:]
		}
	}
	switch w {
	case "program":
		return "programme"
	case "center":
		return "centre"
	case "centered":
		return "centred"
	case "behavior":
		return "behaviour"
	case "counseling":
		return "counselling"
	case "pediatric":
		return "paediatric"
	}
	return w
}
