// SPDX-License-Identifier: Apache-2.0

package linear

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// Cues of a sentence, which weigh more than words: how it is written and what
// stands around it.
const (
	cueQuoted = iota // a quotation opened before goes on
	cueOpensQuote
	cueHasQuote
	cueEndsQuote
	cueSigned // ends with a dash and a speaker
	cueSays
	cueI
	cueWe
	cueYou
	cueThey
	cueHeading
	cueShort
	cueLong
	cueBullet
	cueColon
	cueAsks
	cueNumber
	cuePerCent
	cuePast
	cuePassive
	cuePresent
	cueFuture
	cueMay
	cueMust
	cueOrder // opens with a verb, as advice does
	cueLearn
	cueAgain
	cueMore
	cueHard
	cueAddress
	cueListed
	cueCapitals
	cueUnended
	ownCues
)

const shownCues = cueListed // of a neighbour

// cueSet are the cues of one sentence.
type cueSet [ownCues]bool

// cuesOf are the cues of one sentence.
func cuesOf(s string) (out cueSet) {
	folded := text.Fold(s)
	tokens := strings.Fields(folded)
	if len(tokens) == 0 {
		return out
	}
	out.marks(s, folded)
	words := out.words(tokens, out[cueBullet])
	out[cueShort], out[cueLong] = len(tokens) <= 5, len(tokens) > 28
	capitals := 0
	for w := range strings.FieldsSeq(s) {
		if w[0] >= 'A' && w[0] <= 'Z' {
			capitals++
		}
	}
	out[cueCapitals] = words > 1 && 2*capitals > words
	return out
}

// marks notes what the marks of a sentence say, and its form.
func (c *cueSet) marks(s, folded string) {
	trimmed := strings.TrimLeft(s, "•·▪●○◦–—-*✓➢_ ")
	c[cueBullet] = bullet(s)
	c[cueOpensQuote] = opensQuote(trimmed)
	c[cueHasQuote] = strings.ContainsAny(s, "“”\"") || strings.Contains(s, " ‘")
	end := strings.TrimRight(s, "_* .,")
	c[cueEndsQuote] = strings.HasSuffix(end, "”") || strings.HasSuffix(end, "\"") || strings.HasSuffix(end, "’")
	c[cueSigned] = signed(s)
	c[cueHeading] = Heading(s)
	c[cueColon], c[cueAsks] = strings.HasSuffix(s, ":"), strings.HasSuffix(end, "?")
	c[cueNumber] = strings.ContainsFunc(s, unicode.IsDigit)
	c[cuePerCent] = strings.Contains(s, "%") || strings.Contains(folded, "per cent")
	c[cueAddress] = strings.Contains(s, "@") || strings.Contains(s, "http") || strings.Contains(s, "www")
	c[cueUnended] = !strings.ContainsAny(s[len(s)-1:], ".!?:") && !c[cueEndsQuote]
}

// signed reports a dash before the few words at the end that say who said it.
func signed(s string) bool {
	const longest, shortest, spaces = 60, 6, 8
	if i := strings.LastIndexAny(s, "–—"); i > 0 && len(s)-i < longest && len(s)-i > shortest && strings.Count(s[i:], " ") < spaces {
		return true
	}
	i := strings.LastIndex(s, "--")
	return i > 0 && len(s)-i < longest
}

// words notes what the words of a sentence say, and counts them. A list's item may begin with an
// order after its bullet.
func (c *cueSet) words(tokens []string, item bool) (n int) {
	be := false
	for i, w := range tokens {
		w = strings.Trim(w, ".,;:()?!\"“”‘’'_*")
		if w == "" {
			continue
		}
		n++
		kind, ok := cueWords()[w]
		if ok {
			c[kind] = true
		}
		if orders()[w] && (i == 0 || i == 1 && item) {
			c[cueOrder] = true
		}
		regular := strings.HasSuffix(w, "ed")
		if regular && len(w) > 4 || kind == cuePast && ok {
			c[cuePast] = true
			c[cuePassive] = c[cuePassive] || be && regular
		}
		be = w == "was" || w == "were" || w == "been" || w == "being" || be && strings.HasSuffix(w, "ly")
	}
	return n
}

func opensQuote(s string) bool {
	return strings.HasPrefix(s, "“") || strings.HasPrefix(s, "\"") || strings.HasPrefix(s, "‘") || strings.HasPrefix(s, "'")
}

// wordsOfCues gives the words of each cue: each word stands under one only.
func wordsOfCues() map[int]string {
	return map[int]string{
		cueSays:    "said says told tells explained explains commented comments noted notes adds added asked reported felt described puts quote remarked stated",
		cueI:       "i my me i'm i've i'd mine myself i'll",
		cueWe:      "we our us we're we've we'd ourselves we'll",
		cueYou:     "you your you're yours you'll",
		cueThey:    "they their them he she his her",
		cuePast:    "was were had did went came held ran met made took gave brought built wrote sent set led got found saw began spoke chose put",
		cuePresent: "is are has have does do am",
		cueFuture:  "will plan plans planned next future hope continue upcoming",
		cueMay:     "may might could would can perhaps possibly",
		cueMust:    "should must need needs ensure important essential crucial vital key recommend advise ought consider remember",
		cueLearn:   "learn learned learnt learning lesson lessons realised realized insight insights reflection reflections hindsight taught mistake",
		cueAgain:   "differently again instead earlier better time rather",
		cueMore:    "more increased improved improvement higher reduced fewer less greater result results outcome outcomes impact success successful successfully positive benefit benefits achieved enabled resulted",
		cueHard:    "problem problems challenge challenges difficult difficulty difficulties barrier barriers lack lacked unable hard issue issues concern concerns struggle struggled not no risk however but often too limited poor",
	}
}

var cueWords = sync.OnceValue(func() map[string]int {
	m := map[string]int{}
	for cue, words := range wordsOfCues() {
		for w := range strings.FieldsSeq(words) {
			m[w] = cue
		}
	}
	return m
})

// orders are verbs with which advice opens.
var orders = sync.OnceValue(func() map[string]bool {
	return set("ensure make be keep use start give ask involve provide consider avoid plan think allow include offer set work talk listen build create find get take let share check tell try do don't never always remember bring invite pay explain recognise develop engage identify agree meet")
})

// denseRole puts the vector of a sentence, its cues and those around it in one
// row.
func denseRole(own []float32, dim int, s string, p Place) []float32 {
	out := make([]float32, RoleDim(dim))
	copy(out, own)
	at := dim
	cues := cuesOf(s)
	cues[cueQuoted], cues[cueListed] = p.Quoted, p.Lead != ""
	write := func(c []bool, weight float32) {
		for i, on := range c {
			if on {
				out[at+i] = weight
			}
		}
		at += len(c)
	}
	write(cues[:], cueWeight)
	for _, other := range []string{p.Before, p.After} {
		if other == "" {
			write(make([]bool, shownCues+1), 0)
			out[at-1] = besideWeight
			continue
		}
		c := cuesOf(other)
		write(append(slices.Clone(c[:shownCues]), false), besideWeight)
	}
	return out
}

// How much a cue weighs beside the vector of a sentence, and one of a neighbour.
const cueWeight, besideWeight = 0.4, 0.2

// RoleDim is the length of the dense part of the features of a role.
func RoleDim(dim int) int { return dim + ownCues + 2*(shownCues+1) }
