// SPDX-License-Identifier: Apache-2.0

package redact

import (
	_ "embed"
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed data/counted.tsv
var countedTSV string

func countLimits() []int { return []int{1, 5, 10, 20, 50, 100, 500, 5000} }

func moneyLimits() []int { return []int{10_000, 25_000, 50_000, 100_000, 250_000} }

func currencies() []string { return []string{"£", "€", "$"} }

// numberPattern reads a folded number with thousands separators, decimals and a
// scale word or letter.
var numberPattern = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s*(thousand|million|billion|hundred|bn|[mk]\b)?`)
})

// numbersIn reads the numbers of a folded text in order, words included.
func numbersIn(value string) []float64 {
	var out []float64
	for _, m := range numberPattern().FindAllStringSubmatch(value, -1) {
		f, err := strconv.ParseFloat(strings.ReplaceAll(m[1], ",", "")+m[2], 64)
		if err != nil {
			continue
		}
		switch m[3] {
		case "hundred":
			f *= 100
		case "thousand", "k":
			f *= 1000
		case "million", "m":
			f *= 1e6
		case "billion", "bn":
			f *= 1e9
		}
		out = append(out, f)
	}
	if out == nil {
		if n, ok := wordNumber(value); ok {
			out = append(out, float64(n))
		}
	}
	return out
}

// wordNumber reads an English number in words below a million.
func wordNumber(value string) (int, bool) {
	total, current, seen := 0, 0, false
	for _, w := range foldedWords(value) {
		n, kind := numberWord(w)
		switch kind {
		case 'u':
			current += n
		case 'h':
			current = max(current, 1) * 100
		case 't':
			total += max(current, 1) * 1000
			current = 0
		case 'a':
			continue
		default:
			if seen {
				return total + current, true
			}
			continue
		}
		seen = true
		if total > 1e6 || current > 1e6 {
			return 0, false
		}
	}
	return total + current, seen
}

func numberWord(w string) (int, byte) {
	units := []string{
		"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
		"twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
	}
	for i, u := range units {
		if w == u {
			return i, 'u'
		}
	}
	tens := []string{"twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"}
	for i, t := range tens {
		if w == t {
			return 20 + 10*i, 'u'
		}
	}
	switch w {
	case "dozen":
		return 12, 'u'
	case "hundred":
		return 0, 'h'
	case "thousand":
		return 0, 't'
	case "and":
		return 0, 'a'
	}
	return 0, 0
}

// ageBand is the band of an age: under 18 in one, then by ten years, 90 and over
// in one. Months and weeks of age are under 18.
func ageBand(value string) string {
	young := strings.Contains(value, "month") || strings.Contains(value, "week") || strings.Contains(value, "day")
	numbers := numbersIn(value)
	if len(numbers) == 0 {
		return ""
	}
	low := numbers[0]
	if len(numbers) > 1 {
		return "" // a range of ages, which the label covers
	}
	band := ageBandOf(int(low), young)
	switch {
	case band == "":
		return ""
	case strings.HasPrefix(value, "age"):
		return "aged " + band
	case strings.Contains(value, "year-old"), strings.Contains(value, "yr-old"), strings.Contains(value, "month-old"), strings.Contains(value, "week-old"), strings.Contains(value, "day-old"):
		return band + "-year-old"
	case strings.Contains(value, "old"):
		return band + " years old"
	}
	return band
}

func ageBandOf(n int, young bool) string {
	switch {
	case n < 0 || n > 130:
		return ""
	case young || n < 18:
		return "under-18"
	case n < 20:
		return "18-19"
	case n >= 90:
		return "90-or-over"
	}
	return strconv.Itoa(n/10*10) + "-" + strconv.Itoa(n/10*10+9)
}

// moneyBand is the band of a sum; a currency other than sterling keeps its sign.
func moneyBand(value string) string {
	numbers := numbersIn(value)
	if len(numbers) == 0 {
		return ""
	}
	top := 0.0
	for _, n := range numbers {
		top = max(top, n)
	}
	sign := "£"
	switch {
	case strings.Contains(value, "€") || strings.Contains(value, "eur"):
		sign = "€"
	case strings.Contains(value, "$") || strings.Contains(value, "dollar") || strings.Contains(value, "usd"):
		sign = "$"
	}
	limits := moneyLimits()
	for i, limit := range limits {
		if top < float64(limit) || (i > 0 && top == float64(limit)) {
			return moneyBandAt(sign, i)
		}
	}
	return moneyBandAt(sign, len(limits))
}

func moneyBandAt(sign string, i int) string {
	limits := moneyLimits()
	switch i {
	case 0:
		return "under " + sign + thousands(limits[0])
	case len(limits):
		return "more than " + sign + thousands(limits[i-1])
	}
	return sign + thousands(limits[i-1]) + " to " + sign + thousands(limits[i])
}

func thousands(n int) string {
	s := strconv.Itoa(n)
	if len(s) > 3 {
		s = s[:len(s)-3] + "," + s[len(s)-3:]
	}
	return s
}

// countBand is the band of a count of people or things. A word with a number in
// it, such as a code, is no count.
func countBand(value string) string {
	number, told := countedAs(value)
	if band := bareCountBand(number); band != "" {
		return band + told
	}
	return ""
}

// countedWords is data/counted.tsv: what is counted, and what it is told as.
var countedWords = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for _, f := range tableRows(countedTSV, 2) {
		out[f[0]] = f[1]
	}
	return out
})

// countedAs parts "303 members of the public" into the number and " people".
func countedAs(value string) (number, told string) {
	words := strings.Fields(value)
	for i, w := range words {
		if t, ok := countedWords()[strings.Trim(w, ",")]; ok && i > 0 {
			n := i
			for n > 1 && !numeric(words[n-1]) {
				n--
			}
			return strings.Join(words[:n], " "), " " + t
		}
	}
	// Whatever else is counted is told as things: no word of the text may come back.
	if n := len(words); n > 1 && numeric(words[0]) && !numeric(words[n-1]) && words[n-1] != "of" {
		return words[0], " things"
	}
	return value, ""
}

// longestLimit is more than the bytes of the longest word that limits a figure.
const longestLimit = 16

// besideLimit is a band after a word that gives it one end, so that the sentence
// stays true: "over £120,000" is "over [£100,000]", not over a band. "" says that
// no band is true there.
func besideLimit(band, before string) string {
	if !strings.HasSuffix(before, " ") {
		return band
	}
	before = " " + strings.TrimSpace(before)
	low, high, closed := strings.Cut(band, " to ")
	if !closed {
		if low, high = strings.TrimPrefix(strings.Replace(band, " or more", "", 1), "more than "), ""; low == band {
			low, high = "", strings.TrimPrefix(band, "under ")
		}
	}
	_, noun, counted := strings.Cut(high, " ")
	if closed && !counted && isDigit(low[0]) || !closed && low != "" && isDigit(low[0]) && !strings.Contains(low, " ") {
		return band // a bare number between brackets could be anything
	}
	if closed && counted {
		low += " " + noun
	}
	switch {
	case endsInAny(before, " over", " more than", " above", " exceeding", " at least"):
		return low
	case endsInAny(before, " under", " fewer than", " less than", " below", " up to", " at most"):
		return high
	}
	return band
}

func endsInAny(s string, tails ...string) bool {
	return slices.ContainsFunc(tails, func(t string) bool { return strings.HasSuffix(s, t) })
}

func numeric(w string) bool {
	for part := range strings.SplitSeq(w, "-") {
		if _, kind := numberWord(part); kind == 0 && (part == "" || part[0] < '0' || part[0] > '9') && part != "million" && part != "k" && part != "m" {
			return false
		}
	}
	return true
}

func bareCountBand(value string) string {
	for _, w := range foldedWords(value) {
		if w[0] >= '0' && w[0] <= '9' {
			continue
		}
		if _, kind := numberWord(w); kind == 0 && w != "million" && w != "k" && w != "m" {
			return ""
		}
	}
	numbers := numbersIn(value)
	if len(numbers) != 1 || numbers[0] < 1 || numbers[0] != math.Trunc(numbers[0]) || numbers[0] > 1e9 {
		return ""
	}
	limits := countLimits()
	for i, limit := range slices.Backward(limits) {
		if int(numbers[0]) >= limit {
			return countBandAt(i)
		}
	}
	return ""
}

func countBandAt(i int) string {
	limits := countLimits()
	if i == len(limits)-1 {
		return thousands(limits[i]) + " or more"
	}
	return thousands(limits[i]) + " to " + thousands(limits[i+1]-1)
}

// percentBand tells a percentage as tenths, which small samples can bear.
func percentBand(value string) string {
	numbers := numbersIn(value)
	if len(numbers) != 1 {
		return ""
	}
	return tenths(numbers[0] / 100)
}

func tenths(share float64) string {
	switch n := int(math.Round(share * 10)); {
	case share < 0 || share > 1:
		return ""
	case n == 0:
		return "fewer than 1 in 10"
	case n == 10:
		return "nearly all"
	default:
		return "about " + strconv.Itoa(n) + " in 10"
	}
}

// scoreBand tells a score such as "4.46/5", "27 out of 31" or "nine of twelve" as
// tenths of its scale.
func scoreBand(value string) string {
	for _, between := range []string{"out of", "of the", "of", "/"} {
		part, scale, ok := strings.Cut(value, between)
		if !ok {
			continue
		}
		n, m := numbersIn(part), numbersIn(scale)
		if len(n) != 1 || len(m) != 1 || m[0] <= 0 {
			return ""
		}
		return tenths(n[0] / m[0])
	}
	return ""
}

// figureBand reads a figure by its form: a percentage, a score or a count.
func figureBand(value string) string {
	switch {
	case strings.Contains(value, "%") || strings.Contains(value, "per cent") || strings.Contains(value, "percent"):
		return percentBand(value)
	case strings.Contains(value, "/") || strings.Contains(value, "out of"):
		return scoreBand(value)
	}
	return countBand(value)
}

// bandLabels lists every band that this file can write.
func bandLabels() []string {
	var out []string
	for _, b := range []string{
		"under-18", "18-19", "20-29", "30-39", "40-49", "50-59", "60-69", "70-79", "80-89", "90-or-over",
	} {
		out = append(out, b, "aged "+b, b+"-year-old", b+" years old")
	}
	for _, sign := range currencies() {
		for i := range len(moneyLimits()) + 1 {
			band := moneyBandAt(sign, i)
			for _, b := range []string{band, besideLimit(band, "over "), besideLimit(band, "under ")} {
				if b != "" {
					out = append(out, b)
				}
			}
		}
	}
	counted := slices.Compact(slices.Sorted(maps.Values(countedWords())))
	for i := range countLimits() {
		out = append(out, countBandAt(i))
		for _, noun := range counted {
			band := countBandAt(i) + " " + noun
			for _, b := range []string{band, besideLimit(band, "over "), besideLimit(band, "under ")} {
				if b != "" {
					out = append(out, b)
				}
			}
		}
	}
	for n := range 11 {
		out = append(out, tenths(float64(n)/10))
	}
	return out
}
