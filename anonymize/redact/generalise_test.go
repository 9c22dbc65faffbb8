// SPDX-License-Identifier: Apache-2.0

package redact_test

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/anonymize/redact"
)

func generalising(t *testing.T) func(text string) string {
	t.Helper()
	r, err := redact.New(redact.Config{Balanced: true, Policy: redact.Policy{Rules: []redact.Rule{
		{Kind: recognize.Date, Operator: redact.Generalise},
		{Kind: recognize.Other, Operator: redact.Generalise},
		{Kind: recognize.Place, Operator: redact.Generalise},
	}}})
	require.NoError(t, err)
	return func(text string) string {
		out, err := r.Redact(t.Context(), []redact.Passage{{Text: text}})
		require.NoError(t, err)
		return out[0].Text
	}
}

var bandNumber = regexp.MustCompile(`\d[\d,]*`)

// holds reports whether a band, as it stands in brackets, holds a number.
func holds(t *testing.T, text string, n int) bool {
	t.Helper()
	_, band, _ := strings.Cut(text, "[")
	band, _, _ = strings.Cut(band, "]")
	var limits []int
	for _, s := range bandNumber.FindAllString(band, -1) {
		limit, err := strconv.Atoi(strings.ReplaceAll(s, ",", ""))
		require.NoError(t, err)
		limits = append(limits, limit)
	}
	switch {
	case len(limits) == 2:
		return limits[0] <= n && n <= limits[1]
	case len(limits) == 1 && strings.HasPrefix(band, "under "):
		return n < limits[0]
	case len(limits) == 1 && strings.HasPrefix(band, "more than "):
		return n > limits[0]
	case len(limits) == 1 && strings.Contains(band, " or more"):
		return n >= limits[0]
	}
	return false
}

// Whatever a number is, the band that stands for it holds it: on a limit and to both sides of it.
func TestBandsHoldWhatTheyStandFor(t *testing.T) {
	say := generalising(t)
	for _, limit := range []int{10_000, 25_000, 50_000, 100_000, 250_000} {
		for _, n := range []int{limit - 1, limit, limit + 1} {
			for _, sign := range []string{"£", "€", "$"} {
				out := say(fmt.Sprintf("It cost %s%d in all.", sign, n))
				require.True(t, holds(t, out, n), "%s%d: %s", sign, n, out)
				require.Contains(t, out, sign, "a sum stays in its currency")
			}
		}
	}
	banded := 0
	people := func(said string, n int) {
		text := "We reached " + said + " people."
		if out := say(text); out != text { // some round numbers tell nobody apart
			banded++
			require.True(t, holds(t, out, n), "%s: %s", text, out)
		}
	}
	for _, limit := range []int{20, 50, 100, 500, 5_000} {
		for n := limit - 1; n <= limit+1; n++ {
			people(strconv.Itoa(n), n)
		}
	}
	for said, n := range map[string]int{
		"twelve": 12, "thirty": 30, "two hundred and fifty": 250, "one thousand two hundred": 1200, "twelve hundred": 1200,
		"six thousand": 6000, "nineteen": 19, "twenty": 20, "ninety-nine": 99, "one hundred": 100,
	} {
		people(said, n)
	}
	require.Greater(t, banded, 15)
}

// A stretch of time is told by its years where it can be one; one that ends before it begins is
// no date, and nothing of it stands.
func TestStretchesOfTimeAreToldByYears(t *testing.T) {
	say := generalising(t)
	for text, want := range map[string]string{
		"It ran from March 2019 to May 2020.":   "It ran from [2019 to 2020].",
		"It ran from March 2019 to May 2019.":   "It ran from [2019].",
		"It ran from March 2019 to March 2019.": "It ran from [2019].",
		"It ran from 2018-2021.":                "It ran from [2018 to 2021].",
		"It began on 03/13/2019.":               "It began on [a day in 2019].", // month first, since there is no 13th month
		"It began in Sept 2019.":                "It began in [2019].",
	} {
		require.Equal(t, want, say(text))
	}
	for _, text := range []string{"It ran from May 2020 to March 2019.", "It ran from May 2019 to March 2019."} {
		require.NotRegexp(t, `\d`, say(text))
	}
}

// A place is told by its region only, and of two parts each by its own.
func TestPlacesAreToldByRegion(t *testing.T) {
	say := generalising(t)
	for text, want := range map[string]string{
		"We work in Leeds.":    "We work in [a place in Yorkshire and the Humber].",
		"We work at LS1 4AP.":  "We work at [a place in Yorkshire and the Humber].",
		"We work in SW1A 1AA.": "We work in [a place in London].",
	} {
		require.Equal(t, want, say(text))
	}
}
