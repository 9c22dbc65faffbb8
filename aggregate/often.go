// SPDX-License-Identifier: Apache-2.0

package aggregate

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/text"
)

//go:embed data/often.tsv
var oftenTable string

// oftenFacet is the facet of how often a step is taken.
const oftenFacet = "often"

// oftenCues are the phrases that tell how often something is done, with their bands.
var oftenCues = sync.OnceValue(func() map[string]model.Code {
	out := map[string]model.Code{}
	for line := range strings.Lines(oftenTable) {
		band, cue, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if ok && !strings.HasPrefix(line, "#") {
			out[text.Fold(cue)] = model.Code(band)
		}
	}
	return out
})

// longestOften is how many words the longest cue has.
const longestOften = 4

// howOften are the bands that a text names. A longer phrase speaks for the words in
// it: "once a month" is said of no other band than "month".
func howOften(s string) []model.Code {
	words := strings.FieldsFunc(text.Fold(unmasked(s)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '-' && r != '’' && r != '\''
	})
	var out []model.Code
	for i := 0; i < len(words); {
		step := 1
		for n := min(longestOften, len(words)-i); n > 0; n-- {
			if band, ok := oftenCues()[strings.Join(words[i:i+n], " ")]; ok {
				if band != "none" && !slices.Contains(out, band) {
					out = append(out, band)
				}
				step = n
				break
			}
		}
		i += step
	}
	return out
}

// oftenSpans are bands next to each other, told together where each of them has
// too few; the first that has enough speaks.
func oftenSpans() []model.Code {
	return []model.Code{"monthly-quarterly", "weekly-monthly", "quarterly-yearly"}
}

// bandsOf are the bands of a span; a band is its own.
func bandsOf(code model.Code) []model.Code {
	var out []model.Code
	for band := range strings.SplitSeq(string(code), "-") {
		out = append(out, model.Code(band))
	}
	return out
}

// often counts how often a step was taken: by bands and, of bands that have too
// few, by one span. A span stands beside no band that it holds, nor beside another
// span: the two together would show the rest.
func (b *build) often(where ItemKey, k statementKey, mentions []mention, among set, wide bool) []Count {
	sets := map[model.Code]set{}
	for _, m := range mentions {
		for _, code := range m.often {
			sets[code] = append(sets[code], m.record)
		}
	}
	for code := range sets {
		slices.Sort(sets[code])
		sets[code] = slices.Compact(sets[code])
	}
	line := func(i int, code model.Code) bool {
		return slices.ContainsFunc(b.lines(i, k), func(m mention) bool {
			return slices.ContainsFunc(m.often, func(band model.Code) bool { return slices.Contains(bandsOf(code), band) })
		})
	}
	out := b.parted(where, k, oftenFacet, sets, among, line, wide)
	for _, span := range oftenSpans() {
		var both set
		for _, code := range bandsOf(span) {
			if slices.ContainsFunc(out, func(c Count) bool { return strings.Contains(string(c.Code), string(code)) }) {
				both = nil
				break
			}
			both = union([]set{both, sets[code]})
		}
		if len(both) > 0 {
			out = append(out, b.parted(where, k, oftenFacet, map[model.Code]set{span: both}, among, line, wide)...)
		}
	}
	return out
}

// overlapping are the codes of bands and spans that share a band with one.
func overlapping(code model.Code) []model.Code {
	var out []model.Code
	for _, other := range append(oftenSpans(), "weekly", "monthly", "quarterly", "yearly") {
		if slices.ContainsFunc(bandsOf(code), func(band model.Code) bool { return slices.Contains(bandsOf(other), band) }) {
			out = append(out, other)
		}
	}
	return out
}
