// SPDX-License-Identifier: Apache-2.0

package intake

import (
	"maps"
	"slices"
	"strings"
)

// What is the matter with a row that somebody marked, and with what nobody reads.
const (
	struckOut   = "is struck through, or a part of it; the example is withheld until a person has read it"
	struckRow   = "is struck through for the most part, as who withdrew is; the example is withheld until a person has settled it"
	hasNote     = "has a note in the workbook; the example is withheld until a person has read it"
	hasAside    = "has a note in the workbook, which nobody reads: see whether it limits what may be done"
	hiddenRow   = "is hidden, or filtered out, in the workbook; the example is withheld until a person says that it counts: settle it, or show the row and take the file in again"
	hiddenField = "is hidden in the workbook, and says something here; the example is withheld until a person says that it counts: settle it, or show the column and take the file in again"
	hiddenAside = "is hidden in the workbook"
	markedAbove = "is marked above the answers, by a line through it or a note that takes something back; examples are withheld until a person has read it"
)

// keep holds an example for what is marked in its row, until a person has read it.
func (r *run) keep(in *filled, row Row, c Mapped, fault, text string) {
	in.answers["conditions"] = join(in.answers["conditions"], strings.TrimPrefix(c.Header+": ", ": ")+text)
	in.closed = true
	label := ""
	if q, ok := question(c.Question); ok {
		label = q.Label
	}
	r.find(Finding{Row: row.Number, Column: c.Letter, Header: c.Header, Question: label, Fault: fault, Unusable: true})
}

// left is a cell without what is struck out of the story; all else stays as it stands, since
// a no and a name count though a line goes through them.
func left(row Row, c Mapped, cell string) string {
	if m, ok := row.Marks[c.At()]; ok && m.Struck != "" && len(c.parts) == 1 && (slices.Contains(told(), c.Question) || c.Question == Account) {
		return strings.TrimSpace(m.Left)
	}
	return cell
}

// marked holds an example whose row or cells somebody struck through, wrote a note on, or hid.
func (r *run) marked(in *filled, row Row) {
	if row.Hidden {
		r.keep(in, row, Mapped{}, hiddenRow, "its row is hidden or filtered out in the workbook")
	}
	for _, i := range r.above {
		r.keep(in, row, r.m.Columns[i], markedAbove, "its heading is struck through, or has a note")
	}
	whole, filled := 0, len(row.Cells)
	for i := range row.Cells {
		switch m := row.Marks[i]; {
		case at0(row.Cells, i) == "":
			filled--
		case m.Struck != "" && strings.TrimSpace(m.Left) == "":
			whole++
		}
	}
	most := 2*whole > filled
	if most {
		in.answers["consent"] = "no"
		r.keep(in, row, Mapped{}, struckRow, "its row is struck through")
	}
	for _, at := range slices.Sorted(maps.Keys(row.Marks)) {
		c, m := r.m.at(at), row.Marks[at]
		if m.Struck != "" && !most {
			r.keep(in, row, c, struckOut, "struck through: "+m.Struck)
		}
		switch {
		case m.Note == "":
		case takesBack(m.Note) || !ofStory(c):
			r.keep(in, row, c, hasNote, "a note in the workbook: "+m.Note)
		default:
			r.find(Finding{Row: row.Number, Column: c.Letter, Header: c.Header, Fault: hasAside})
		}
	}
	for _, c := range r.m.Columns {
		if q, ok := question(c.Question); (ok && (ofAgreement(q) || ofStory(c)) || c.Question == Account) && c.cell(row) != "" && c.in(r.hidden) {
			r.keep(in, row, c, hiddenField, "its column is hidden in the workbook")
		}
	}
}

// ofStory reports whether a column tells of what was done, and not who did it, under which
// reference, or what may be done with it.
func ofStory(c Mapped) bool {
	q, ok := question(c.Question)
	return c.Question == Account || ok && !ofAgreement(q) && !slices.Contains([]string{"id", "title", "organisation"}, q.ID)
}

// takesBack reports whether a note says that something must not be, or is taken back.
func takesBack(note string) bool {
	s := " " + strings.Join(said(note), " ") + " "
	return remark(note) != "" || slices.ContainsFunc(remarks()["status"], func(p string) bool { return strings.Contains(s, p) })
}

// at is the column that holds a cell.
func (m Mapping) at(cell int) Mapped {
	for _, c := range m.Columns {
		if c.in(map[int]bool{cell: true}) {
			return c
		}
	}
	return Mapped{Column: Column{Letter: letter(cell)}}
}

func (c Column) in(cells map[int]bool) bool {
	return slices.ContainsFunc(c.parts, func(p part) bool { return cells[p.at] })
}

// beside lists what is marked in rows that give no example, and which columns are hidden. A
// heading that is struck through, or a note there that takes something back, holds every row
// that is read with it.
func (r *run) beside(t Table, rows []Row) {
	r.hidden = t.Hidden
	for _, c := range r.m.Columns {
		if c.in(t.Hidden) {
			r.find(Finding{Column: c.Letter, Header: c.Header, Fault: hiddenAside})
		}
	}
	read := map[int]bool{}
	for _, row := range rows {
		read[row.Number] = true
	}
	for _, row := range t.Rows {
		if read[row.Number] {
			continue
		}
		for _, at := range slices.Sorted(maps.Keys(row.Marks)) {
			m, i := row.Marks[at], slices.IndexFunc(r.m.Columns, func(c Mapped) bool { return c.in(map[int]bool{at: true}) })
			switch {
			case takesBack(m.Note), m.Struck != "" && i >= 0 && r.m.Columns[i].Question != Aside:
				r.above = append(r.above, max(i, 0))
			case m.Note != "":
				c := r.m.at(at)
				r.find(Finding{Row: row.Number, Column: c.Letter, Header: c.Header, Fault: hasAside})
			}
		}
	}
	slices.Sort(r.above)
	r.above = slices.Compact(r.above)
}
