// SPDX-License-Identifier: Apache-2.0

package redact

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// relativeSpan is how many years before the latest date of a document its first
// date may lie to be the origin of relative dates: a founding date long before
// would turn "month 3" into "month 783". Earlier dates read "[an earlier year]".
const relativeSpan = 15

// dateValue is a date as far as it was written: zero is not written. A range has
// its end in toYear and toMonth.
type dateValue struct {
	year, month, day int
	toYear, toMonth  int
}

type datePatterns struct {
	iso, numeric, year, financial, quarter, day *regexp.Regexp
}

var patternsOfDates = sync.OnceValue(func() datePatterns {
	return datePatterns{
		iso:       regexp.MustCompile(`\b([12]\d{3})-(\d{1,2})(?:-(\d{1,2}))?\b`),
		numeric:   regexp.MustCompile(`\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})\b`),
		year:      regexp.MustCompile(`\b(1[5-9]\d{2}|20\d{2})\b`),
		financial: regexp.MustCompile(`\b(1[5-9]\d{2}|20\d{2})\s?[/-]\s?(\d{2})\b`),
		quarter:   regexp.MustCompile(`\bq([1-4])\b`),
		day:       regexp.MustCompile(`\b\d{1,2}(?:st|nd|rd|th)?\b`),
	}
})

// parseDate reads a folded date; ok is false where no year is written, or where
// it is not understood.
func parseDate(value string) (dateValue, bool) {
	p := patternsOfDates()
	if m := p.numeric.FindStringSubmatch(value); m != nil {
		return checkedDate(dateValue{year: fullYear(atoi(m[3])), month: atoi(m[2]), day: atoi(m[1])})
	}
	if m := p.financial.FindStringSubmatch(value); m != nil && (atoi(m[1])+1)%100 == atoi(m[2]) {
		return dateValue{year: atoi(m[1]), toYear: atoi(m[1]) + 1}, true
	}
	if m := p.iso.FindStringSubmatch(value); m != nil {
		return checkedDate(dateValue{year: atoi(m[1]), month: atoi(m[2]), day: atoi(m[3])})
	}
	return dateInWords(p, value)
}

// fullYear is a year of which two digits may have been written, from 1950 on.
func fullYear(year int) int {
	switch {
	case year < 50:
		return 2000 + year
	case year < 100:
		return 1900 + year
	}
	return year
}

// dateInWords reads a date with the name of a month, of two, or of none.
func dateInWords(p datePatterns, value string) (dateValue, bool) {
	years := p.year.FindAllString(value, 3)
	if len(years) == 0 || len(years) > 2 || decade(value, years[0]) {
		return dateValue{}, false
	}
	months := monthsIn(value)
	d := dateValue{year: atoi(years[0])}
	if len(months) > 0 {
		d.month = months[0]
	} else if m := p.quarter.FindStringSubmatch(value); m != nil {
		d.month = 3*atoi(m[1]) - 2
	}
	rest := p.year.ReplaceAllString(value, " ")
	if len(months) == 1 && p.day.MatchString(rest) {
		d.day = 1 // which day is never told
	}
	switch {
	case len(years) == 2:
		d.toYear = atoi(years[1])
		if len(months) == 2 {
			d.toMonth = months[1]
		} else {
			d.month, d.day = 0, 0
		}
	case len(months) == 2:
		d.toYear, d.toMonth = d.year, months[1]
	case len(months) > 2:
		d.month, d.day = 0, 0
	}
	return checkedDate(d)
}

func decade(value, year string) bool { return strings.Contains(value, year+"s") }

func checkedDate(d dateValue) (dateValue, bool) {
	if d.month > 12 && d.day <= 12 && d.day > 0 {
		d.month, d.day = d.day, d.month // month first
	}
	ok := d.year >= 1500 && d.year < 2100 && d.month >= 0 && d.month <= 12 && d.day >= 0 && d.day <= 31
	if d.toYear != 0 {
		ok = ok && (d.toYear > d.year || (d.toYear == d.year && d.toMonth >= d.month)) && d.toYear < 2100
	}
	return d, ok
}

func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

func monthsIn(value string) []int {
	names := []string{
		"january", "february", "march", "april", "may", "june", "july", "august", "september",
		"october", "november", "december",
	}
	var out []int
	for _, w := range foldedWords(value) {
		if w == "sept" {
			w = "sep"
		}
		for i, n := range names {
			if w == n || (len(w) == 3 && w == n[:3]) {
				out = append(out, i+1)
			}
		}
	}
	return out
}

// coarseDate tells a date by its year, its quarter or its distance.
func coarseDate(d dateValue, op Operator, dates *relativeDates) (phrase, bool) {
	inDay := ""
	if d.day > 0 {
		inDay = "a day in "
	}
	switch op {
	case GeneraliseRelative:
		s := dates.tell(d)
		return phrase{one: s}, s != ""
	case GeneraliseQuarter:
		if d.month > 0 && d.toYear == 0 {
			quarters := []string{"January to March", "April to June", "July to September", "October to December"}
			return phrase{one: inDay + quarters[(d.month-1)/3] + " " + strconv.Itoa(d.year)}, true
		}
	case Generalise:
	default:
		return phrase{}, false
	}
	if d.toYear > d.year {
		return phrase{one: strconv.Itoa(d.year) + " to " + strconv.Itoa(d.toYear)}, true
	}
	return phrase{one: inDay + strconv.Itoa(d.year)}, true
}

// relativeDates is the origin from which the dates of one document are told.
type relativeDates struct {
	seen              []dateValue
	ready             bool
	baseYear          int
	baseMon, baseMonY int // the earliest date that has a month
}

// note adds a date of the document; the origin is fixed at the first tell.
func (r *relativeDates) note(d dateValue, ok bool) {
	if ok && !r.ready {
		r.seen = append(r.seen, d)
	}
}

func (r *relativeDates) fix() {
	if r.ready {
		return
	}
	r.ready = true
	if len(r.seen) == 0 {
		return
	}
	latest := slices.MaxFunc(r.seen, func(a, b dateValue) int { return max(a.year, a.toYear) - max(b.year, b.toYear) })
	floor := max(latest.year, latest.toYear) - relativeSpan
	for _, d := range r.seen {
		if d.year < floor {
			continue
		}
		if r.baseYear == 0 || d.year < r.baseYear {
			r.baseYear = d.year
		}
		if d.month > 0 && (r.baseMonY == 0 || d.year*12+d.month < r.baseMonY*12+r.baseMon) {
			r.baseMonY, r.baseMon = d.year, d.month
		}
	}
	r.seen = nil
}

// earlier tells of a date before the origin.
func earlier(d dateValue) string {
	switch {
	case d.toYear > 0 || d.day > 0:
		return "an earlier date"
	case d.month > 0:
		return "an earlier month"
	}
	return "an earlier year"
}

// tell is the distance of a date: by months where it has a month, else by years;
// "" where there is no origin.
func (r *relativeDates) tell(d dateValue) string {
	if r == nil {
		return ""
	}
	r.fix()
	if r.baseYear == 0 {
		return ""
	}
	month := func(y, m int) int { return (y-r.baseMonY)*12 + m - r.baseMon + 1 }
	byMonth := d.month > 0 && r.baseMonY > 0 && (d.toYear == 0 || d.toMonth > 0)
	if d.year < r.baseYear || (byMonth && month(d.year, d.month) < 1) {
		return earlier(d)
	}
	inDay := ""
	if d.day > 0 {
		inDay = "a day in "
	}
	first, last, unit, most := d.year-r.baseYear+1, d.toYear-r.baseYear+1, "year ", 99
	if byMonth {
		first, last, unit, most = month(d.year, d.month), month(d.toYear, d.toMonth), "month ", 999
	}
	switch {
	case max(first, last) > most:
		return ""
	case d.toYear > 0 && last > first:
		return unit + strconv.Itoa(first) + " to " + unit + strconv.Itoa(last)
	}
	return inDay + unit + strconv.Itoa(first)
}
