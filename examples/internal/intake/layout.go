// SPDX-License-Identifier: Apache-2.0

package intake

import (
	"html"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// A Column holds the answers to one question: one column of the sheet or,
// where a tool gives each option a column of its own, several.
type Column struct {
	// Header is the question as the sheet words it.
	Header string
	// Letter is the first column's name in the spreadsheet, such as "C".
	Letter string

	parts []part
}

// At is where the first column stands in a row, from 0.
func (c Column) At() int { return c.parts[0].at }

// A part is a column of the sheet; option is set where it stands for one option, rated
// where the answers say how far it holds, as in a matrix.
type part struct {
	at     int
	option string
	rated  bool
}

var pattern = sync.OnceValue(func() map[string]*regexp.Regexp {
	return map[string]*regexp.Regexp{
		"choice":  regexp.MustCompile(`^(.*?)\s*\(choice=(.*)\)$`),                              // REDCap, labels
		"bracket": regexp.MustCompile(`^(.*?)\s*\[([^\[\]]+)\]$`),                               // LimeSurvey, Google grids
		"code":    regexp.MustCompile(`^(.*?)___([A-Za-z0-9_]+)$`),                              // REDCap, raw
		"dash":    regexp.MustCompile(`^(.*\S)\s+[-–]\s+(?:Selected Choice\s*-?\s*)?([^-–]+)$`), // Qualtrics
		"number":  regexp.MustCompile(`^(?:[Qq]?[0-9]{1,3}(?:_[0-9]{1,3})?[.):]\s*)`),
		"coded":   regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]*[0-9][A-Za-z0-9_]*(?:\[[A-Za-z0-9_]+\])?\.\s+`), // LimeSurvey, codes and texts
		"inline":  regexp.MustCompile(`</?(?i:b|i|u|em|strong|span|font|a|small|sup)(?: [^<>]{0,300})?>`),    // which part no words
		"markup":  regexp.MustCompile(`<[/!a-zA-Z][^<>]{0,300}>|[$]\{[^{}]{1,100}\}`),                        // of a question's text, and what a tool puts in it
		"star":    regexp.MustCompile(`[\s*:]+$`),
	}
})

// layout finds the sheet's columns and where its answers begin. Qualtrics writes
// three header rows and SurveyMonkey two; others one. Empty rows before the
// header are passed over.
func layout(t Table) (columns []Column, answers []Row, err error) {
	rows := t.Rows
	for len(rows) > 0 && empty(rows[0].Cells) {
		rows = rows[1:]
	}
	if len(rows) == 0 {
		return nil, nil, refuse("is empty")
	}
	rows = headed(rows)
	header, rest := rows[0].Cells, rows[1:]
	options := make([]string, len(header))
	switch {
	case len(rest) > 1 && importIDs(rest[1].Cells): // Qualtrics
		header, rest = longer(rest[0].Cells, header), rest[2:]
	case len(rest) > 0 && explains(header, rest): // names of variables, and what they ask
		header, rest = longer(rest[0].Cells, header), rest[1:]
	case len(rest) > 0 && secondHeader(header, rest[0].Cells): // SurveyMonkey
		options = grow(rest[0].Cells, len(header))
		header, rest = filledRight(header, options), rest[1:]
	}
	for i := range header {
		add(&columns, i, header[i], option(options, i))
	}
	columns = boxed(columns, rest)
	merge(&columns, rest)
	columns = others(sideBySide(matrices(columns, rest), rest))
	for _, row := range rest {
		if !empty(row.Cells) {
			answers = append(answers, row)
		}
	}
	return columns, answers, nil
}

// headed passes over what people put above the headings: a title, notes, names of
// groups of columns in cells that are merged. The headings are the row of the first
// few that holds clearly more headings that are known, below rows that are less full.
func headed(rows []Row) []Row {
	known := func(row Row) (n int) {
		for _, cell := range row.Cells {
			if cell = tidy(cell); cell != "" && len(cell) <= 200 && recognised(cell) {
				n++
			}
		}
		return n
	}
	filled := func(row Row) int {
		return len(slices.DeleteFunc(slices.Clone(row.Cells), func(s string) bool { return strings.TrimSpace(s) == "" }))
	}
	best, most := 0, known(rows[0])
	if len(rows) > 2 && importIDs(rows[2].Cells) || len(rows) > 1 && named(rows[1].Cells) { // headings in several rows
		return rows
	}
	for i := 1; i < min(len(rows), 8); i++ {
		if n := known(rows[i]); n > max(2, 2*most) && filled(rows[i]) > filled(rows[best]) {
			best, most = i, n
		}
	}
	return rows[best:]
}

// recognised reports whether a heading says which question it is.
func recognised(header string) bool {
	if _, ok := exact()[key(header)]; ok {
		return true
	}
	if _, ok := toolColumn(header); ok {
		return true
	}
	w := wordsOfHeader(header)
	return slices.ContainsFunc(phrases(), func(p phrase) bool { return !p.weak && p.in(w) })
}

func option(options []string, i int) string {
	if i >= len(options) {
		return ""
	}
	o := strings.TrimSpace(options[i])
	switch key(o) {
	case "response", "openendedresponse", "":
		return ""
	}
	return o
}

func add(columns *[]Column, at int, header, option string) {
	header = tidy(header)
	if header == "" && option == "" {
		return // an empty last column, as Google and Excel leave them
	}
	last := len(*columns) - 1
	if option != "" && last >= 0 && (*columns)[last].Header == header && (*columns)[last].parts[0].option != "" {
		(*columns)[last].parts = append((*columns)[last].parts, part{at: at, option: option})
		return
	}
	if last >= 0 && (*columns)[last].Header == header && len((*columns)[last].parts) == 1 && isOther(option) { // beside a list
		(*columns)[last].parts = append((*columns)[last].parts, part{at: at})
		return
	}
	*columns = append(*columns, Column{Header: header, Letter: letter(at), parts: []part{{at: at, option: option}}})
}

// merge puts columns together that differ only in the option they stand for,
// where their answers are ticks.
func merge(columns *[]Column, rows []Row) {
	for _, name := range []string{"choice", "code", "bracket", "dash"} {
		var out []Column
		for _, c := range *columns {
			m := pattern()[name].FindStringSubmatch(c.Header)
			if _, written := otherOf(c.Header); written && name == "dash" {
				m = nil // what was written beside a list, in no row
			}
			if label := onlyAnswer(rows, c.parts[0].at); m != nil && name == "code" && len(c.parts) == 1 && label != "" {
				m[2] = label // the tool wrote the option's words beside its code
			}
			if m == nil || len(c.parts) > 1 || c.parts[0].option != "" || !ticks(rows, c.parts[0].at, m[2]) && !other(out, m) {
				out = append(out, c)
				continue
			}
			head := tidy(m[1])
			if i := slices.IndexFunc(out, func(o Column) bool { return o.Header == head && o.parts[0].option != "" }); i >= 0 {
				out[i].parts = append(out[i].parts, part{at: c.parts[0].at, option: strings.TrimSpace(m[2])})
				continue
			}
			out = append(out, Column{Header: head, Letter: c.Letter, parts: []part{{at: c.parts[0].at, option: strings.TrimSpace(m[2])}}})
		}
		*columns = out
	}
}

// mostRatings is how many answers a matrix has to choose from.
const mostRatings = 7

// matrices puts together the columns of a matrix whose lines are groups of people, of
// each of which an answer says how far it took part: all that did are the answer.
func matrices(columns []Column, rows []Row) []Column {
	for _, c := range columns {
		if len(c.parts) > 2 && c.parts[0].option != "" && rated(c.parts, rows) {
			for i := range c.parts {
				c.parts[i].rated = true
			}
		}
	}
	for _, name := range []string{"bracket", "dash"} {
		for from := 0; from < len(columns); from++ {
			head, parts := "", []part(nil)
			for _, c := range columns[from:] {
				m := pattern()[name].FindStringSubmatch(c.Header)
				if m == nil || len(c.parts) > 1 || c.parts[0].option != "" || head != "" && tidy(m[1]) != head || isOther(m[2]) {
					break
				}
				head = tidy(m[1])
				parts = append(parts, part{c.parts[0].at, strings.TrimSpace(m[2]), true})
			}
			if len(parts) > 2 && rated(parts, rows) {
				columns = slices.Replace(columns, from, from+len(parts), Column{Header: head, Letter: columns[from].Letter, parts: parts})
			}
		}
	}
	return columns
}

// rated reports whether the columns of some groups of people hold a few short answers that
// are the same in all of them, and no marks alone.
func rated(parts []part, rows []Row) bool {
	q, _ := question("stakeholders")
	var names []string
	answers := map[string]bool{}
	for _, p := range parts {
		names = append(names, p.option)
		for _, row := range rows {
			cell := at0(row.Cells, p.at)
			if len(strings.Fields(cell)) > 5 || ticked(cell, p.option) {
				return false
			}
			if cell != "" {
				answers[key(cell)] = true
			}
		}
	}
	return len(answers) > 0 && len(answers) <= mostRatings && answersAre(names, 1, 2, func(s string) bool { return understood(q, s) })
}

// tookPart reports whether what stands in a matrix beside a group says that it did.
func tookPart(cell string) bool {
	return cell != "" && !unticked(cell) && !nothing(cell) && !negates(cell)
}

// ofGroups reports whether the options of a column of ticks are groups of people.
func (c Column) ofGroups() bool {
	var names []string
	for _, p := range c.parts {
		if p.option != "" {
			names = append(names, p.option)
		}
	}
	q, _ := question("stakeholders")
	return len(names) > 2 && answersAre(names, 1, 2, func(s string) bool { return understood(q, s) })
}

// other reports whether a column holds what people wrote beside the options of
// the question before.
func other(before []Column, m []string) bool {
	last := len(before) - 1
	return last >= 0 && isOther(m[2]) && before[last].Header == tidy(m[1]) && before[last].parts[0].option != ""
}

// isOther reports whether an option stands for what is not in the list.
func isOther(option string) bool {
	k := key(option)
	for _, other := range []string{"other", "sonstige", "andere", "autre", "otro", "otra", "altro", "altra", "anders", "andereantwort", "inne", "annat", "arall", "ifother", "siautre", "siotro", "sealtro"} {
		if strings.HasPrefix(k, other) {
			return true
		}
	}
	return false
}

// others puts what people wrote beside a list of one column to that list's answers.
func others(columns []Column) []Column {
	var out []Column
	for _, c := range columns {
		head, ok := otherOf(c.Header)
		if last := len(out) - 1; ok && last >= 0 && len(c.parts) == 1 && out[last].Header == head {
			out[last].parts = append(out[last].parts, part{at: c.parts[0].at})
			continue
		}
		if last := len(out) - 1; last >= 0 && len(c.parts) == 1 && c.parts[0].option == "" && besides(out[last], c.Header) {
			out[last].parts = append(out[last].parts, part{at: c.parts[0].at})
			continue
		}
		out = append(out, c)
	}
	return out
}

// besides reports whether a heading, such as "Other, please describe" or "how_other",
// asks for what is not in the list before it.
func besides(before Column, header string) bool {
	if rest, ok := strings.CutPrefix(strings.ToLower(header), strings.ToLower(before.Header)+"_"); ok {
		return slices.Contains([]string{"oth", "other", "specify"}, rest)
	}
	list := slices.ContainsFunc(before.parts, func(p part) bool { return isOther(p.option) })
	w := strings.Fields(words(header))
	return len(w) > 0 && len(w) <= 5 && isOther(strings.Join(w, " ")) && !strings.HasPrefix(w[0], "others") &&
		(list || slices.ContainsFunc(w, func(s string) bool { return s == "specify" || s == "describe" || s == "please" }))
}

// otherOf is the question that a column holds further answers to.
func otherOf(header string) (string, bool) {
	if m := pattern()["bracket"].FindStringSubmatch(header); m != nil && isOther(m[2]) {
		return tidy(m[1]), true
	}
	head, ok := strings.CutSuffix(header, " - Text")
	i := max(strings.LastIndex(head, " - "), strings.LastIndex(head, " – "))
	if ok && i > 0 && isOther(strings.TrimLeft(head[i:], " -–")) {
		return tidy(head[:i]), true
	}
	return "", false
}

// onlyAnswer is the one answer that a column holds beside empty cells, "" where it holds
// others or marks.
func onlyAnswer(rows []Row, at int) string {
	found := ""
	for _, row := range rows {
		cell := at0(row.Cells, at)
		if cell == "" || unticked(cell) {
			continue
		}
		if found != "" && cell != found || ticked(cell, "") {
			return ""
		}
		found = cell
	}
	return found
}

// ticks reports whether a column holds nothing but marks that its option was
// chosen: Yes and No, 0 and 1, Checked and Unchecked, or the option's own words.
func ticks(rows []Row, at int, option string) bool {
	for _, row := range rows {
		if cell := at0(row.Cells, at); cell != "" && !ticked(cell, option) && !unticked(cell) {
			return false
		}
	}
	return true
}

func ticked(cell, option string) bool {
	switch k := key(cell); k {
	case "yes", "y", "1", "x", "true", "checked", "selected", "ja", "oui", "si", "sí", "sì", "tak", "ie":
		return true
	default:
		return k == "" && strings.ContainsAny(cell, "✓✔☑☒") || k != "" && k == key(option)
	}
}

func unticked(cell string) bool {
	switch key(cell) {
	case "no", "n", "0", "false", "unchecked", "notselected", "nein", "non", "nee", "nie", "nej", "na":
		return true
	case "":
		return !ticked(cell, "")
	}
	return false
}

// cell is the column's answer in a row: its text, or the options that are
// ticked, one a line.
func (c Column) cell(row Row) string {
	if c.parts[0].option == "" && len(c.parts) == 1 {
		return at0(row.Cells, c.parts[0].at)
	}
	var chosen []string
	wrote := c.parts[0].option == "" && len(c.parts) == 2 && at0(row.Cells, c.parts[1].at) != "" // beside a list
	for _, p := range c.parts {
		cell := at0(row.Cells, p.at)
		switch {
		case p.rated:
			if tookPart(cell) {
				chosen = append(chosen, p.option)
			}
		case cell == "" || p.option != "" && unticked(cell) || p.option == "" && wrote && isOther(cell):
		case ticked(cell, p.option) || p.option == "":
			if p.option == "" {
				chosen = append(chosen, cell)
				continue
			}
			chosen = append(chosen, p.option)
		default:
			chosen = append(chosen, cell) // "Other (please specify)"
		}
	}
	return strings.Join(chosen, "\n")
}

func at0(cells []string, i int) string {
	if i >= len(cells) {
		return ""
	}
	return strings.TrimSpace(strings.ReplaceAll(strings.ReplaceAll(cells[i], "\r\n", "\n"), "\r", "\n"))
}

func empty(cells []string) bool {
	return !slices.ContainsFunc(cells, func(s string) bool { return strings.TrimSpace(s) != "" })
}

// importIDs recognises Qualtrics' third header row.
func importIDs(cells []string) bool {
	n := 0
	for _, c := range cells {
		if strings.HasPrefix(strings.TrimSpace(c), `{"ImportId"`) {
			n++
		}
	}
	return n > 0 && 2*n >= len(cells)
}

// longer takes of two header rows the question's text, where it is there.
func longer(texts, ids []string) []string {
	out := slices.Clone(ids)
	for i := range out {
		if s := at0(texts, i); s != "" {
			out[i] = s
		}
	}
	return out
}

// secondHeader recognises SurveyMonkey's second header row: "Response" and
// "Open-Ended Response" beside options, under questions that leave their
// following columns empty.
func secondHeader(header, second []string) bool {
	if named(second) {
		return true
	}
	gaps, filled := 0, 0
	for i := range header {
		if strings.TrimSpace(header[i]) == "" && at0(second, i) != "" {
			gaps++
		}
		if strings.TrimSpace(header[i]) == "" && at0(second, i) == "" {
			filled++
		}
	}
	return gaps >= 2 && gaps > filled && len(header) > 3
}

// named reports whether a row names kinds of answers, as SurveyMonkey does below its
// headings.
func named(cells []string) bool {
	return slices.ContainsFunc(cells, func(c string) bool { return key(c) == "response" || key(c) == "openendedresponse" })
}

// filledRight gives a question's text to the columns of its options.
func filledRight(header, options []string) []string {
	out := slices.Clone(header)
	for i := 1; i < len(out); i++ {
		if strings.TrimSpace(out[i]) == "" && option(options, i) != "" {
			out[i] = out[i-1]
		}
	}
	return out
}

func grow(cells []string, n int) []string {
	for len(cells) < n {
		cells = append(cells, "")
	}
	return cells
}

// tidy takes numbering, line breaks and required marks off a header.
func tidy(header string) string {
	header = strings.TrimPrefix(header, "\ufeff")
	if strings.ContainsAny(header, "<&") {
		header = html.UnescapeString(pattern()["markup"].ReplaceAllString(pattern()["inline"].ReplaceAllString(header, ""), " "))
	}
	header = strings.Join(strings.Fields(header), " ")
	header = strings.TrimSuffix(header, " - Selected Choice")
	// LimeSurvey writes the code of a column before its text.
	if code, _, ok := strings.Cut(header, ". "); ok && code == strings.ToLower(code) && tools()[key(code)] != "" {
		return code
	}
	header = header[len(pattern()["coded"].FindString(header)):]
	header = header[len(pattern()["number"].FindString(header)):]
	return header[:len(header)-len(pattern()["star"].FindString(header))]
}

// letter is a column's name in a spreadsheet.
func letter(i int) string {
	name := ""
	for i++; i > 0; i = (i - 1) / 26 {
		name = string(rune('A'+(i-1)%26)) + name
	}
	return name
}
