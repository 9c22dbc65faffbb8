// SPDX-License-Identifier: Apache-2.0

package redact

import (
	"slices"
	"strings"
	"sync"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// wholeCountry is the region of names such as UK, which say nothing in the name of
// a British organisation.
const wholeCountry = "the United Kingdom"

// longestPlace is the number of words of the longest place of the table that is
// looked for inside an organisation's name.
const longestPlace = 5

// regionTable gives the region of a place by its words, joined by one space.
var regionTable = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for _, f := range tableRows(regionsTSV, 2) {
		out[strings.Join(foldedWords(text.Fold(f[0])), " ")] = f[1]
	}
	return out
})

var postcodeAreas = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for _, f := range tableRows(postcodeAreasTSV, 2) {
		out[strings.ToLower(f[0])] = f[1]
	}
	return out
})

// regionNames lists the regions of both tables, sorted.
func regionNames() []string {
	var out []string
	for _, tsv := range []string{regionsTSV, postcodeAreasTSV} {
		for _, f := range tableRows(tsv, 2) {
			out = append(out, f[1])
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// placeRegion is the region of a place, folded. A place that is not in the table
// has none: it is not guessed.
func placeRegion(value, subtype string) (phrase, bool) {
	words := foldedWords(value)
	if len(words) > 0 && words[0] == "the" {
		words = words[1:]
	}
	region, ok := regionTable()[strings.Join(words, " ")]
	if !ok && (subtype == "uk-postcode" || subtype == "postcode") {
		area := strings.Join(words, "")
		area = area[:len(area)-len(strings.TrimLeft(area, "abcdefghijklmnopqrstuvwxyz"))]
		region, ok = postcodeAreas()[area]
	}
	if !ok && strings.Contains(value, ",") {
		// "Town, County": the last part that is known decides.
		parts := strings.Split(value, ",")
		for _, part := range slices.Backward(parts) {
			if region, ok = regionTable()[strings.Join(foldedWords(part), " ")]; ok {
				break
			}
		}
	}
	if !ok {
		return phrase{}, false
	}
	return phrase{article: true, one: "place in " + region, many: "places in " + region}, true
}

// regionWithin finds the longest place inside the words of a name.
func regionWithin(words []string) (string, bool) {
	for n := min(longestPlace, len(words)); n > 0; n-- {
		for i := 0; i+n <= len(words); i++ {
			if r, ok := regionTable()[strings.Join(words[i:i+n], " ")]; ok && r != wholeCountry {
				return r, true
			}
		}
	}
	return "", false
}
