// SPDX-License-Identifier: Apache-2.0

package intake

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/sharedpractice/sharedpractice/model"
)

// What speaks for a question beside what a heading says and how its answers are.
const (
	headingAtMost = 2.0  // a heading, however sure
	leastInAll    = 2.4  // what must speak for a question, so that a column is given it
	inItsPlace    = .7   // where forms ask it
	outOfPlace    = -1.2 // where they do not
	ofLeave       = 1.0  // a heading that speaks of permission, of how long one lasts
)

// bySheet gives the columns that are still open, all of them together, the questions for
// which most speaks: what each heading is like, what its answers are (dates, sums of money,
// names of bodies, kinds of them, quotations, addresses) and where it stands. No question is
// given to two columns. A column that speaks of permission is given only until when it lasts,
// and then allows nothing until a person has said so.
func (m Mapping) bySheet(rows []Row, taken map[string]bool) {
	cells := m.cells(rows)
	sheet := sheetWide{sent: m.sentIn(rows)}
	sheet.first, sheet.last = m.story(cells)
	var open []int
	var questions []string
	var scores []map[string]float64
	for i, c := range m.Columns {
		limiting := c.Question == "conditions" && c.Why == permission || c.Question == Aside && c.Why == "" && i > sheet.last && asksConsent(c.Header)
		if c.parts[0].option != "" || len(cells[i]) < 3 || !limiting && (c.Why != "" || c.Question != Aside) {
			continue
		}
		s := m.speaksFor(i, cells[i], sheet, limiting)
		maps.DeleteFunc(s, func(id string, v float64) bool { return taken[id] && (id == "year" || !Several(id)) || v < leastInAll })
		if len(s) == 0 {
			continue
		}
		open, scores = append(open, i), append(scores, s)
		for id := range s {
			if !slices.Contains(questions, id) {
				questions = append(questions, id)
			}
		}
	}
	slices.Sort(questions)
	for n, q := range assigned(scores, questions) {
		if q != "" {
			m.Columns[open[n]].Question, m.Columns[open[n]].Why = q, "sheet"
			taken[q] = true
		}
	}
	m.byYears(rows, sheet)
}

// byYears gives a column of dates beside that of the year the same question: it began in
// one and ended in the other.
func (m Mapping) byYears(rows []Row, sheet sheetWide) {
	cells := m.cells(rows)
	for i := range m.Columns {
		c := &m.Columns[i]
		beside := i > 0 && m.Columns[i-1].Question == "year" || i+1 < len(m.Columns) && m.Columns[i+1].Question == "year"
		if beside && c.Question == Aside && c.Why == "" && (!permits(c.Header) || asksNoLeave(c.Header, cells[i])) && i < sheet.last && answersAre(cells[i], 3, 5, tellsWhen) {
			c.Question, c.Why = "year", "sheet"
		}
	}
}

// sheetWide is what of a whole sheet says something of each column: where the columns begin
// and end that tell the story, and the last year in which a row came, 0 where no tool says it.
type sheetWide struct{ first, last, sent int }

// sentIn is the last year in which a tool says that a row came.
func (m Mapping) sentIn(rows []Row) int {
	last := 0
	for _, c := range m.Columns {
		if c.Question != Aside || c.Why != "tool" {
			continue
		}
		for _, cell := range answersOf(c.Column, rows) {
			if day, ok := (dayOrder{}).day(cell); ok {
				last = max(last, number2(day[:4]))
			}
		}
	}
	return last
}

// toCome reports whether half of the answers are years after the last row came.
func (m Mapping) toCome(rows []Row, cells []string) bool {
	if !answersAre(cells, 1, 2, dated) {
		return false
	}
	sent := m.sentIn(rows)
	return sent > 0 && answersAre(cells, 1, 2, func(s string) bool { y, ok := year(s); return ok && number2(y) > sent })
}

// story is where the columns begin and end that tell it: what is known to, and what is
// written in sentences.
func (m Mapping) story(cells [][]string) (first, last int) {
	first, last = len(m.Columns), -1
	for i, c := range m.Columns {
		if slices.Contains(told(), c.Question) || c.Question == Account || c.Question == Aside && c.Why == "" && tells(cells[i]) && !chosen(cells[i]) {
			first, last = min(first, i), max(last, i)
		}
	}
	return first, last
}

// A weighed column is one of which it is weighed what speaks for each question.
type weighed struct {
	header          string
	cells           []string
	says            map[string]float64 // by its heading
	before, behind  bool               // the story, or among it
	limiting        bool               // it speaks of permission, and would be read as a condition
	out             map[string]float64
	when, over, far float64 // answers that say when: all, those of which the time is past, those without an end
}

func (w *weighed) share(is func(string) bool) float64 {
	n := 0
	for _, cell := range w.cells {
		if is(cell) {
			n++
		}
	}
	return float64(n) / float64(len(w.cells))
}

func (w *weighed) add(id string, evidence float64) {
	w.out[id] = evidence + max(-1, min(headingAtMost, w.says[id]))
}

// place is what speaks for a question that forms ask there, or not.
func place(there bool) float64 {
	if there {
		return inItsPlace
	}
	return outOfPlace
}

// speaksFor says what speaks for each question that the answers of a column can be to.
func (m Mapping) speaksFor(column int, cells []string, sheet sheetWide, limiting bool) map[string]float64 {
	header := m.Columns[column].Header
	w := &weighed{header: header, cells: cells, says: knownHeadings().speaks(header), before: column < sheet.first, behind: column > sheet.last, limiting: limiting, out: map[string]float64{}}
	w.when, w.far = w.share(tellsWhen), w.share(openEnded)
	w.over = w.share(func(s string) bool { // before the row came
		y, ok := year(s)
		return ok && sheet.sent > 0 && number2(y) <= sheet.sent || ongoing(s)
	})
	w.ofLeave(sheet)
	switch {
	case limiting && column < sheet.last && w.over >= .5 && knownHeadings().likest(header) == "year" && !asksLeave(header): // "From when until when"
		w.ofFacts()
		delete(w.out, "expires")
		return w.out
	case limiting && w.before && ownTitles(cells) && asksOpenly(header) && !asksLeave(header): // "What do you call it"
	case limiting, permits(header) && !asksNoLeave(header, cells), speaksOf(ofElse, wordsOfHeader(header)), asksWhether(header), answersAre(cells, 1, 2, yesOrNo):
		return w.out
	}
	w.ofFacts()
	w.ofOptions()
	w.ofNames(m)
	return w.out
}

// ofLeave weighs whether a column asks until when something may be used, or for leave.
func (w *weighed) ofLeave(sheet sheetWide) {
	if w.when >= .5 && w.over < .5 && w.says["not_before"] < max(1, w.says["expires"]) {
		v := 2.5*w.when + place(w.behind || w.limiting) + w.far + w.share(func(s string) bool { // a day to come
			y, ok := year(s)
			return ok && sheet.sent > 0 && number2(y) > sheet.sent
		})
		if w.limiting {
			v += ofLeave
		}
		w.add("expires", v)
	}
	if !w.limiting || !w.behind || openAnswers(w.cells) || asksNaming(w.header) != "" || asksToReach(w.header) || ofTheirs(w.header) || deniesLeave(w.header) || denies(w.header) {
		return
	}
	if allowed := w.share(answersLeave); allowed >= .5 {
		w.add("consent", 2*allowed+ofLeave)
	}
}

// answersLeave reports whether an answer says what may be done, what must not, or that it is
// not decided.
func answersLeave(s string) bool {
	return yesOrNo(s) || allows(s) || undecided(s) || len(strings.Fields(s)) <= longestWhen && (agreeable(s) || permits(s))
}

// asksConsent reports whether a heading is surely likest that of the consent.
func asksConsent(header string) bool {
	return knownHeadings().surely(header, agreementLead) == "consent"
}

// ofFacts weighs what is known by the form of its answers.
func (w *weighed) ofFacts() {
	lengths := w.share(func(s string) bool { _, ok := year(s); return howLong(s) && !ok })
	if lengths >= .5 { // how long, and not when
		w.add("resources", 2.5*lengths+place(!w.behind))
	} else if w.when >= .5 {
		w.add("year", 2.5*w.when+place(!w.behind)+w.over)
	}
	if paid := w.share(ofMoney); paid >= .3 {
		w.add("resources", min(3.4, 4*paid))
		w.add("funding", min(2, 2*paid))
	}
	if reached := w.share(reachable); reached >= .5 {
		w.add("contact", 2.5*reached+place(w.before || w.behind))
	}
	if said := w.share(quoted); said >= .5 {
		w.add("quotes", 3*said)
	}
}

// ofOptions weighs the questions whose answers are chosen, by how many are understood.
func (w *weighed) ofOptions() {
	me, _ := question("steps")
	if used := w.share(func(s string) bool { return methodsIn(me, s) }); used >= .5 && several(w.cells) {
		w.add("steps", 3*used)
	}
	for _, id := range []string{"organisation_type", "country", "scale", "lifecycle", "participation", "therapy_areas"} {
		q, _ := question(id)
		switch {
		case !fits(q, w.cells), id == "participation" && (len(w.cells) < 5 || !chosen(w.cells)),
			id == "organisation_type" && (several(w.cells) || !repeats(w.cells) && !kindsOnly(w.cells)):
			continue
		}
		if known := w.share(func(s string) bool { return understood(q, s) || id == "scale" && scaleOfPlace(s) != "" }); known >= .3 {
			w.add(id, 3.5*(known-.2))
		}
	}
}

// ofNames weighs whether answers name bodies, examples or places.
func (w *weighed) ofNames(m Mapping) {
	figures := w.share(func(s string) bool { return strings.ContainsFunc(s, unicode.IsDigit) })
	if q, _ := question("organisation"); m.named(q, w.cells) && !repeats(w.cells) && w.when < .3 && w.share(reachable) < .3 && figures < .4 {
		bodies := w.share(ofBody)
		w.add("organisation", 2.4*bodies+place(w.before))
		w.add("title", 1.5-2.4*bodies+place(w.before))
	}
	if places := w.share(ofPlace); places >= .5 && !answersAre(w.cells, 1, 3, ofBody) {
		w.add("region", 2*places)
	}
}

// openAnswers reports whether answers are in own words: hardly two agree.
func openAnswers(cells []string) bool { return len(cells) >= 5 && 10*distinct(cells) > 8*len(cells) }

// ownTitles reports whether answers are titles: none is like another, and none says what may
// or may not be done.
func ownTitles(cells []string) bool {
	return len(cells) >= 5 && distinct(cells) == len(cells) && !tells(cells) && !answersAre(cells, 1, 8, negates) && !slices.ContainsFunc(cells, func(s string) bool { return yesOrNo(s) || allows(s) || tellsWhen(s) })
}

// methodsIn reports whether half of the parts of an answer are methods.
func methodsIn(q *model.Question, s string) bool {
	n, parts := 0, chosenIn(s)
	for _, part := range parts {
		if _, ok := resolve(q, part); ok || slices.ContainsFunc(suggested(part), func(id string) bool { return strings.HasPrefix(id, q.Scheme+":") }) {
			n++
		}
	}
	return n > 0 && 2*n >= len(parts)
}

// ofPlace reports whether an answer names a place or several, and no more.
func ofPlace(s string) bool {
	if len(strings.Fields(s)) > 6 {
		return false
	}
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(",/;+&()", r) }) {
		if _, ok := country(strings.TrimSpace(part)); ok {
			return true
		}
	}
	return slices.ContainsFunc(strings.Fields(words(s)), compass)
}

// assigned gives each column at most one question, and each question to at most one column,
// so that most speaks for all of them together. "" stands where a column is given none.
func assigned(scores []map[string]float64, questions []string) []string {
	// The Hungarian method, with a question of no worth for each column.
	n, width := len(scores), len(questions)+len(scores)
	cost := func(i, j int) float64 {
		if j < len(questions) {
			if v, ok := scores[i][questions[j]]; ok {
				return -v
			}
		}
		return 0
	}
	const far = 1e9
	u, v, match := make([]float64, n+1), make([]float64, width+1), make([]int, width+1)
	for i := 1; i <= n; i++ {
		match[0] = i
		least, way, used := slices.Repeat([]float64{far}, width+1), make([]int, width+1), make([]bool, width+1)
		j0 := 0
		for match[j0] != 0 {
			used[j0] = true
			delta, j1 := far, 0
			for j := 1; j <= width; j++ {
				if used[j] {
					continue
				}
				if c := cost(match[j0]-1, j-1) - u[match[j0]] - v[j]; c < least[j] {
					least[j], way[j] = c, j0
				}
				if least[j] < delta {
					delta, j1 = least[j], j
				}
			}
			for j := range width + 1 {
				if used[j] {
					u[match[j]] += delta
					v[j] -= delta
				} else {
					least[j] -= delta
				}
			}
			j0 = j1
		}
		for j0 != 0 {
			match[j0], j0 = match[way[j0]], way[j0]
		}
	}
	out := make([]string, n)
	for j := 1; j <= len(questions); j++ {
		if i := match[j]; i > 0 && scores[i-1][questions[j-1]] > 0 {
			out[i-1] = questions[j-1]
		}
	}
	return out
}

// longestWhen is how many words an answer has at most that says when, or how long.
const longestWhen = 8

// tellsWhen reports whether an answer says when something was or is, or how long.
func tellsWhen(s string) bool {
	if len(strings.Fields(s)) > longestWhen {
		return false
	}
	_, ok := year(s)
	return ok || ongoing(s) || openEnded(s) || howLong(s)
}

// units are words for lengths of time.
var units = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for w := range strings.FieldsSeq(`day days week weeks wk wks y month months mth mths year years yr yrs
		tag tage tagen woche wochen monat monate monaten jahr jahre jahren jour jours semaine semaines mois an ans année années
		día días semana semanas mes meses año años giorno giorni settimana settimane mese mesi anno anni dag dagen weken maand maanden jaar jaren
		dzień dni tydzień tygodnie tygodni miesiąc miesiące miesięcy rok lata lat dagar vecka veckor månad månader år wythnos wythnosau mis blwyddyn mlynedd`) {
		all[w] = true
	}
	return all
})

// howLong reports whether an answer is a length of time: "18 months", "ein halbes Jahr".
func howLong(s string) bool {
	w := strings.Fields(words(s))
	return len(w) > 1 && len(w) <= 5 && slices.ContainsFunc(w, func(x string) bool { return units()[x] })
}

// openEnded reports whether an answer says that something has no end.
func openEnded(s string) bool {
	w := words(s)
	return slices.ContainsFunc(withoutEnd(), func(p string) bool { return strings.Contains(w, " "+p+" ") })
}

// withoutEnd are words by which something has no end.
func withoutEnd() []string {
	return []string{
		"no expiry", "no expiry date", "no end", "no end date", "no end at all", "no limit", "no time limit", "unlimited", "indefinite", "indefinitely", "forever", "for ever", "permanent", "does not expire", "never", "open ended", "always",
		"unbefristet", "unbegrenzt", "dauerhaft", "illimité", "illimitée", "sans limite", "sans limite de temps", "ilimitado", "ilimitada", "sin límite", "sin caducidad", "illimitato", "illimitata", "senza limite", "senza scadenza",
		"onbeperkt", "onbepaald", "voor altijd", "bezterminowo", "bez ograniczeń", "tills vidare", "obegränsat", "heb derfyn", "am byth",
	}
}

// ofMoney reports whether an answer tells a sum of money, or that there was none.
func ofMoney(s string) bool {
	if len(strings.Fields(s)) > 20 {
		return false
	}
	if strings.ContainsAny(s, "€£$") {
		return true
	}
	w := strings.Fields(words(s))
	figure := strings.ContainsFunc(s, unicode.IsDigit)
	return slices.ContainsFunc(w, func(x string) bool {
		switch x {
		case "eur", "euro", "euros", "gbp", "usd", "chf", "sek", "pln", "pound", "pounds", "quid", "dollars", "franken", "kronor", "złotych", "zł":
			return figure
		case "budget", "funds", "unfunded", "fte", "etp", "vzä":
			return true
		}
		return false
	})
}

// reachable reports whether an answer holds an address or a number at which somebody is
// reached.
func reachable(s string) bool {
	if len(strings.Fields(s)) > 14 {
		return false
	}
	digits := 0
	for _, r := range s {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	at := strings.IndexByte(s, '@')
	return at > 0 && strings.Contains(s[at:], ".") || digits >= 7 && strings.Trim(s, "0123456789") != "" && !tellsWhen(s)
}

// quoted reports whether an answer stands in quotation marks.
func quoted(s string) bool {
	r := []rune(strings.TrimSpace(s))
	return len(r) > 8 && strings.ContainsRune("\"“”„«»‘'‚", r[0])
}

// ofBody reports whether an answer holds a word by which bodies are called: a kind of them,
// or the form in which they are founded.
func ofBody(s string) bool {
	for _, w := range wordsOfPhrase(s) {
		if bodyWords()[w] {
			return true
		}
		for head := range bodyWords() {
			if len(head) > 5 && len(w) > len(head) && strings.HasSuffix(w, head) { // "Herzzentrum"
				return true
			}
		}
	}
	return false
}

var bodyWords = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for w := range strings.FieldsSeq(`ltd limited plc inc llc llp cic cio ev eg ag gmbh ggmbh kg mbh sa sas sarl sprl asbl srl spa onlus scrl bv nv ab aps
		zentrum verein klinik klinikum verband kammer stiftung gesellschaft institut centrum vereniging stichting sjukhus förening stowarzyszenie fundacja szpital
		alliance federation network forum foundation institute university hospital hospitals trust council association society union college partnership board
		pharma biosciences therapeutics laboratoire laboratoires réseau fondation association hôpital mutuelle agence asociación fundación universidad associazione fondazione università ospedale`) {
		all[plain(w)] = true
	}
	for name := range kindWords().heads {
		if !strings.Contains(name, " ") && len(name) > 3 {
			all[plain(name)] = true
		}
	}
	return all
})
