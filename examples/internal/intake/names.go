// SPDX-License-Identifier: Apache-2.0

package intake

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"

	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
)

// byPersons takes columns whose heading asks for the names of people: they answer
// nothing, and are kept out of every text.
func (m Mapping) byPersons(rows []Row) {
	const longest = 10 // words, on average
	cells := m.cells(rows)
	for i := range m.Columns {
		c := &m.Columns[i]
		if c.Why != "" || !speaksOf(Person, wordsOfHeader(c.Header)) || permits(c.Header) || asksNaming(c.Header) != "" || answersAre(cells[i], 1, 2, agreeable) {
			continue
		}
		n := 0
		for _, cell := range cells[i] {
			n += len(strings.Fields(cell))
		}
		if n <= longest*len(cells[i]) {
			c.Question, c.Why = Person, "phrase"
		}
	}
}

// posts are words of what somebody does, who is named beside it.
func posts() []string {
	return strings.Fields(`lead leader manager officer director head chair chairman chairwoman chairperson coordinator co-ordinator administrator assistant adviser advisor
		nurse matron midwife doctor consultant physician surgeon therapist pharmacist researcher professor lecturer investigator volunteer trustee secretary treasurer
		executive ceo founder member representative specialist analyst engagement communications policy patient carer facilitator clerk teacher partner president
		leitung leiter leiterin referent referentin vorstand koordinator koordinatorin geschäftsführung geschäftsführer geschäftsführerin
		directeur directrice responsable chargé chargée chef coordinatrice coordinateur président présidente infirmier infirmière
		director directora coordinadora coordinador jefe jefa presidenta presidente responsable técnica técnico
		direttore direttrice responsabile coordinatore coordinatrice referente infermiera infermiere
		directeur coördinator voorzitter beleidsmedewerker verpleegkundige projectleider manager
		dyrektor kierownik koordynator koordynatorka prezes pielęgniarka
		chef samordnare ordförande verksamhetschef sjuksköterska projektledare cydlynydd rheolwr cadeirydd`)
}

// peopleIn are the names in a cell of people: what stands in brackets or after a comma
// and says what somebody does is no name.
func peopleIn(cell string) []string {
	var out []string
	for i, part := range strings.FieldsFunc(cell, func(c rune) bool { return strings.ContainsRune(",;/|()<>\n–", c) }) {
		part = strings.TrimSpace(part)
		post := slices.ContainsFunc(strings.Fields(strings.ToLower(part)), func(w string) bool { return slices.Contains(posts(), strings.Trim(w, ".")) })
		first, _ := utf8.DecodeRuneInString(part)
		switch {
		case part == "" || nothing(part) || key(part) == "anonymous" || key(part) == "anonym":
		case i > 0 && (post || unicode.IsLower(first)):
		default:
			out = append(out, part)
		}
	}
	return out
}

var finders = sync.OnceValues(func() ([]recognize.Recognizer, error) { return recognize.Default(language.BritishEnglish) })

// namesIn are the names of people and bodies in a cell that nothing else reads, as people
// are told apart: by their e-mail addresses, and by what is found in any text. Of names
// of one word only those of columns of names count.
func namesIn(cell string, ofNames bool) (people, bodies []string) {
	for _, w := range strings.FieldsFunc(cell, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;<>()|", r) }) {
		if at := strings.IndexByte(w, '@'); at > 0 && at < len(w)-1 {
			people = append(people, w)
		}
	}
	rs, err := finders()
	if err != nil {
		return people, nil
	}
	doc, err := recognize.NewDocument(cell)
	if err != nil {
		return people, nil
	}
	found, err := recognize.Detect(context.Background(), []*recognize.Document{doc}, rs, recognize.Options{})
	if err != nil || len(found) == 0 {
		return people, nil
	}
	for _, f := range found[0] {
		name := cell[f.Start:f.End]
		switch whole := ofNames || strings.Contains(name, " "); {
		case strings.ContainsFunc(name, unicode.IsDigit) || !whole:
		case f.Kind == recognize.Person:
			people = append(people, name)
		case f.Kind == recognize.Org:
			bodies = append(bodies, name)
		}
	}
	return people, bodies
}

// keptNames are the columns that are kept aside and hold names: of each whether most of
// its answers are one.
func (r *run) keptNames(rows []Row) map[int]bool {
	out := map[int]bool{}
	for i, c := range r.m.Columns {
		if c.Question != Aside || c.Why == "tool" {
			continue
		}
		n, all := 0, 0
		for _, row := range rows {
			cell := c.cell(row)
			if cell == "" || len(cell) > 400 || all >= 60 {
				continue
			}
			all++
			if people, bodies := namesIn(cell, true); len(people)+len(bodies) > 0 {
				n++
			}
		}
		if n > 0 {
			out[i] = 2*n >= all && len(c.parts) == 1
		}
	}
	return out
}

var tools = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	for line := range strings.Lines(asideTSV) {
		if name, what, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok && !strings.HasPrefix(line, "#") {
			all[key(name)] = what
		}
	}
	return all
})

// toolColumn says what becomes of a column that a survey tool adds, whatever its
// header explains in brackets.
func toolColumn(header string) (string, bool) {
	what, ok := tools()[key(header)]
	if head, _, cut := strings.Cut(header, " ("); !ok && cut && strings.HasSuffix(header, ")") {
		what, ok = tools()[key(head)]
	}
	if !ok && strings.HasSuffix(header, "_complete") { // REDCap, a column for each form
		return Aside, true
	}
	return what, ok
}

// toolWrote reports whether a column of a tool's name holds what the tool writes: whether
// somebody finished is true or false, and a day on which all ended has one on which they
// began beside it.
func toolWrote(c Column, columns []Column, rows []Row) bool {
	head, _, _ := strings.Cut(c.Header, " (")
	switch key(head) {
	case "finished":
		return !slices.ContainsFunc(answersOf(c, rows), func(s string) bool { return !ticked(s, "") && !unticked(s) })
	case "enddate":
		return slices.ContainsFunc(columns, func(o Column) bool { return key(o.Header) == "startdate" }) && timed(c, rows)
	case "startdate":
		return timed(c, rows)
	case "nom", "nombre", "nome", "naam", "namn", "nazwa", "enw": // whose name it is, only the columns beside it say
		return slices.ContainsFunc(columns, func(o Column) bool { _, ok := toolColumn(o.Header); return ok && o.At() == c.At()-1 })
	}
	return true
}

// timed reports whether a column's days have the time of day with them, as tools write them.
func timed(c Column, rows []Row) bool {
	cells := answersOf(c, rows)
	return len(cells) == 0 || answersAre(cells, 1, 2, func(s string) bool {
		return strings.Contains(s, ":") || strings.Contains(s, ".") && !strings.Contains(s, "-")
	})
}

// counts reports whether a column numbers the rows.
func counts(cells []string) bool {
	const least = 4
	for i, cell := range cells {
		if n, err := strconv.Atoi(strings.TrimSuffix(cell, ".")); err != nil || i > 0 && n != number2(strings.TrimSuffix(cells[i-1], "."))+1 || n > len(cells)+1000 {
			return false
		}
	}
	return len(cells) >= least
}
