// SPDX-License-Identifier: Apache-2.0

package intake

import (
	"slices"
	"strings"
	"sync"
	"time"
)

// term reads until when, or from when, something may be used, where it is told less exactly
// than by a day: the day that allows least. "2028" ends before 2028 begins to be told, and
// begins when it is over; "two years" end two years after the tool says that the row came.
// What has no end has no day.
func (r *run) term(question, s string) (string, bool) {
	ends := question == "expires"
	if ends && endless()[strings.Join(telling(said(s), ways()["filler"]), " ")] {
		return "", true
	}
	w := strings.Fields(words(englishMonths(s)))
	before := []string{"from", "after", "ab", "dès", "desde", "dal", "vanaf", "od", "från"}
	if ends { // an answer to the other question is none to this
		before = []string{"until", "till", "to", "bis", "jusqu", "jusque", "à", "hasta", "fino", "a", "al", "tot", "do"}
	}
	for len(w) > 1 && slices.Contains(append(before, "in", "en", "im"), w[0]) && !units()[w[1]] {
		w = w[1:]
	}
	if day, ok := vaguely(w, ends); ok {
		return day, true
	}
	if n, ok := lasts(w); ok && ends && r.sent != "" {
		if t, err := time.Parse(time.DateOnly, r.sent); err == nil {
			return t.AddDate(0, n, 0).Format(time.DateOnly), true
		}
	}
	return "", false
}

// least is the day of a date that allows less, where neither its column nor the sheet shows
// whether the day or the month comes first: 3/4/2027 ends in March, and begins in April.
func (o dayOrder) least(cell string, ends bool) (string, bool) {
	day, ok := o.day(cell)
	if !ok || o.shown || o.mixed || strings.Contains(cell, ".") {
		return day, ok
	}
	other, ok := dayOrder{monthFirst: !o.monthFirst}.day(cell)
	if ok && (other < day) == ends {
		return other, true
	}
	return day, true
}

// orderIn is the order of a column's dates or, where none of them shows it, that of the
// other columns of the sheet that do, where these agree.
func (m Mapping) orderIn(rows []Row, own dayOrder) dayOrder {
	if own.shown || own.mixed {
		return own
	}
	found := own
	for _, cells := range m.cells(rows) {
		o := orderOf(cells)
		switch {
		case !o.shown || !answersAre(cells, 2, 3, func(s string) bool { return figures().MatchString(strings.TrimSpace(s)) }):
		case found.shown && found.monthFirst != o.monthFirst:
			return own
		default:
			found = o
		}
	}
	return found
}

// endless are answers, without the words that say nothing, by which something has no end.
var endless = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for _, p := range withoutEnd() {
		if p != "never" { // it may be an answer to whether, and the contrary
			all[strings.Join(telling(said(p), ways()["filler"]), " ")] = true
		}
	}
	delete(all, "")
	delete(all, "not")
	return all
})

// vaguely is the first day of a year or of a month in it, or the last.
func vaguely(w []string, first bool) (string, bool) {
	y, m := 0, 0
	for _, x := range w {
		n := number2(x)
		switch at, err := time.Parse("January", x); {
		case n >= 1900 && n <= 2200 && y == 0:
			y = n
		case n >= 1 && n <= 12 && m == 0:
			m = n
		case err == nil && m == 0:
			m = int(at.Month())
		default:
			at, err = time.Parse("Jan", x)
			if err != nil || m != 0 {
				return "", false
			}
			m = int(at.Month())
		}
	}
	if y == 0 || len(w) > 2 {
		return "", false
	}
	if first {
		return iso(y, max(1, m), 1)
	}
	if m == 0 {
		m = 12
	}
	return time.Date(y, time.Month(m)+1, 0, 0, 0, 0, 0, time.UTC).Format(time.DateOnly), true
}

// counted are small numbers in words.
var counted = sync.OnceValue(func() map[string]int {
	all := map[string]int{}
	for _, list := range []string{
		"one two three four five six seven eight nine ten", "ein zwei drei vier fünf sechs sieben acht neun zehn", "un deux trois quatre cinq six sept huit neuf dix",
		"un dos tres cuatro cinco seis siete ocho nueve diez", "un due tre quattro cinque sei sette otto nove dieci", "een twee drie vier vijf zes zeven acht negen tien",
		"jeden dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć", "ett två tre fyra fem sex sju åtta nio tio",
	} {
		for i, w := range strings.Fields(list) {
			if all[w] == 0 {
				all[w] = i + 1
			}
		}
	}
	for _, w := range []string{"a", "an", "eine", "einem", "une", "una", "uno", "en"} {
		all[w] = 1
	}
	return all
})

// lasts is how many months an answer names that tells nothing else: "for two years".
func lasts(w []string) (months int, ok bool) {
	n, unit := 0, 0
	for _, x := range w {
		switch {
		case number2(x) > 0 && n == 0:
			n = number2(x)
		case counted()[x] > 0 && n == 0:
			n = counted()[x]
		case units()[x] && unit == 0:
			if unit = monthsOf(x); unit == 0 {
				return 0, false
			}
		case slices.Contains([]string{"for", "from", "now", "today", "für", "ab", "heute", "jetzt", "pendant", "durante", "por", "per", "voor", "na", "i"}, x):
		default:
			return 0, false
		}
	}
	return n * unit, n > 0 && n <= 99 && unit > 0
}

// monthsOf is how many months a unit of time has; 0 of one that is shorter.
func monthsOf(unit string) int {
	if unit == "y" {
		return 12
	}
	for _, head := range []string{"year", "yr", "jahr", "an", "année", "año", "anno", "anni", "jaar", "jaren", "rok", "lat", "år", "blwyddyn", "mlynedd"} {
		if strings.HasPrefix(unit, head) {
			return 12
		}
	}
	for _, head := range []string{"mon", "mth", "mois", "mes", "maand", "mies", "mån", "mis"} {
		if strings.HasPrefix(unit, head) {
			return 1
		}
	}
	return 0
}

// sentAt finds the column in which a tool says when a row came, and how its dates are to be
// read.
func (r *run) sentAt(rows []Row) (column int, order dayOrder) {
	for i, c := range r.m.Columns {
		if c.Question != Aside || c.Why != "tool" {
			continue
		}
		switch key(c.Header) {
		case "timestamp", "submitdate", "datesubmitted", "recordeddate", "enddate", "completiontime", "surveytimestamp", "heuredefin", "datumabgeschickt", "fertigstellungszeit", "horadefinalización":
			cells := answersOf(c.Column, rows)
			if order = orderOf(cells); answersAre(cells, 9, 10, func(s string) bool { _, ok := order.day(s); return ok }) {
				return i, order
			}
		}
	}
	return -1, order
}

// ongoing reports whether an answer says that something has not ended.
func ongoing(cell string) bool {
	before := ""
	for w := range strings.FieldsSeq(words(cell)) {
		if (w == "curso" || w == "cours" || w == "corso") && (before == "en" || before == "in") { // the year of a school is a "curso" too
			return true
		}
		before = w
		switch w {
		case "always", "immer", "toujours", "siempre", "sempre", "altijd", "zawsze", "alltid", "ongoing", "since", "still", "continuing", "continues", "present", "running", "current", "now", "today",
			"seit", "läuft", "laufend", "heute", "depuis", "aujourd", "desde", "actualidad", "dal", "oggi", "sinds", "lopend", "loopt", "heden", "poursuit", "continúa", "prosegue", "fortsätter", "obecnie", "trwa", "trwający", "toku", "trakcie", "nadal", "tuttora", "ancora", "encore", "todavía", "noch", "fortfarande", "sedan", "pågår", "pågående", "ers", "parhau":
			return true
		}
	}
	return false
}
