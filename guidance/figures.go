// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/guidance/internal/words"
	"github.com/sharedpractice/sharedpractice/model"
)

// figures is the section of tables that tell in full what each statement rests on.
const figures = "figures"

// figureTables tells support in a word where a statement stands, and in figures in the
// tables at the end of the document, to which the word leads: each number stands once.
type figureTables struct {
	w *writer
	// own are the topic's statements by id.
	own  map[string]aggregate.Statement
	rows map[string]string // the row of a statement and its support
	n    int
}

// tellFigures rewrites the support of every claim, says at the top what the words mean,
// and adds the tables as the section of that index.
func (w *writer) tellFigures(g *Guide, index int) {
	x := &figureTables{w: w, own: map[string]aggregate.Statement{}, rows: map[string]string{}}
	for _, s := range w.t.Statements {
		x.own[s.ID] = s
	}
	tables := make([]Table, len(g.Sections))
	for _, brief := range []bool{false, true} { // what a brief names again has its row below
		for i := range g.Sections {
			if s := &g.Sections[i]; (s.ID == "brief") == brief {
				tables[i].Caption = s.Title
				x.section(s, &tables[i])
			}
		}
	}
	if x.n == 0 {
		return
	}
	g.Front.Facts = append(g.Front.Facts, Fact{Label: w.say("fact.numbers", nil), Value: w.say("numbers", nil)})
	s := Section{ID: figures, Title: w.say("section.figures", nil), Blocks: []Block{paragraph(w.frame("figures.lead", nil))}}
	var header []string
	for _, column := range []string{"statement", "for", "against", "of", "strength"} {
		header = append(header, w.say("figures."+column, nil))
	}
	for i := range tables {
		if t := &tables[i]; len(t.Rows) > 0 {
			t.Header = slices.Clone(header)
			dropEmptyColumns(t)
			s.Blocks = append(s.Blocks, Block{Kind: TableOf, Table: t})
		}
	}
	g.Sections = slices.Insert(g.Sections, index, s)
}

// against is the column of those who say the opposite, strong that of how strong.
const against, strong = 2, 4

// dropEmptyColumns leaves out columns in which no row says anything, and marks where a
// row counts none.
func dropEmptyColumns(t *Table) {
	for _, row := range t.Rows {
		if len(row) > strong && row[against] == "" && slices.ContainsFunc(t.Rows, func(r []string) bool { return r[against] != "" }) {
			row[against] = "–"
		}
	}
	for c := len(t.Header) - 1; c > 0; c-- {
		if !slices.ContainsFunc(t.Rows, func(row []string) bool { return row[c] != "" }) {
			t.Header = slices.Delete(t.Header, c, c+1)
			for i := range t.Rows {
				t.Rows[i] = slices.Delete(t.Rows[i], c, c+1)
			}
		}
	}
}

func (x *figureTables) section(s *Section, t *Table) {
	said := ""
	for i := range s.Blocks {
		b := &s.Blocks[i]
		x.claims(t, b.Claims, said, 0)
		said = ""
		if b.Kind == Paragraph && len(b.Claims) > 0 {
			said = saidIn(b.Claims[len(b.Claims)-1])
		}
		for n := range b.Steps {
			step := &b.Steps[n]
			if step.Support != nil && step.Seen != "" {
				step.Row = x.row(t, &step.Claim, 0)
				step.Seen = x.w.say("seen.contributors", words.Values{"what": x.told(step.Claim, "")})
			}
			x.claims(t, step.Details, "", 1)
		}
	}
}

// saidIn is the mark of where the items of a list are from, as the line before it says; ""
// where it says nothing of that.
func saidIn(lead Claim) string {
	switch {
	case lead.Support != nil && lead.Seen == "" && strings.HasPrefix(lead.Statement, nearBy):
		return lead.Statement + ":"
	case lead.Source == Frame && len(lead.Rests) > 0 && strings.HasPrefix(lead.Rests[0].Statement, everywhere):
		return everywhere
	}
	return ""
}

func (x *figureTables) claims(t *Table, claims []Claim, said string, depth int) {
	for i := range claims {
		c := &claims[i]
		if c.Source == Derived && c.Support != nil {
			if c.Seen != "" {
				c.Row = x.row(t, c, depth)
				c.Seen = x.told(*c, said)
			} else if x.w.plain[c.Statement] != "" {
				c.Row = x.row(t, c, depth)
			}
		}
		x.claims(t, c.Details, said, depth+1)
	}
}

// told is how many told of a claim, in a word, and where, unless the line before it said
// that.
func (x *figureTables) told(c Claim, said string) string {
	v := words.Values{"word": x.w.share(*c.Support)}
	if key := x.w.seenAt(aggregate.Statement{ID: c.Statement}); key != "" && x.w.t.ID != "" && (said == "" || !strings.HasPrefix(c.Statement, said)) {
		return x.w.say(key, v)
	}
	return x.w.say("seen.word", v)
}

// fewContributors is from how many contributors on something is more than a few.
const fewContributors = 5

// share words what part of those who could have told of something did.
func (w *writer) share(s aggregate.Support) string {
	switch {
	case s.Contributors < fewContributors && !s.AlmostAll:
		return w.say("share.few", nil)
	case s.Examples == s.Of && !s.AlmostAll:
		return w.say("share.all", nil)
	case 2*s.Examples > s.Of:
		return w.say("share.most", nil)
	}
	return w.say("share.some", nil)
}

// row adds a row for a claim, unless it has one, and returns its id.
func (x *figureTables) row(t *Table, c *Claim, depth int) string {
	key := fmt.Sprintf("%s %v", c.Statement, *c.Support)
	if id := x.rows[key]; id != "" {
		return id
	}
	x.n++
	id := fmt.Sprintf("row%d", x.n)
	x.rows[key] = id
	text := cmp.Or(x.w.plain[c.Statement], c.Text)
	if depth > 0 {
		text = "– " + text
	}
	told := []aggregate.Support{*c.Support}
	rests := slices.Clone(c.Rests)
	if x.w.plain[c.Statement] == "" {
		rests = nil
	}
	for _, r := range rests {
		told = append(told, *r.Support)
	}
	var pro, of []string
	for _, s := range told {
		pro = append(pro, x.w.say("figures.n", words.Values{"n": nOf(s)["n"]}))
		of = append(of, x.w.say("figures.n", words.Values{"n": s.Of}))
	}
	contra := ""
	if l, ok := x.contrary(c.Statement); ok {
		rests = append(rests, x.w.lessonAlone(l))
		contra = x.w.say("figures.n", words.Values{"n": nOf(l.Support)["n"]})
		if l.Of != c.Support.Of {
			contra = x.w.say("n-of", nOf(l.Support))
		}
	}
	separator := x.w.say("told.separator", nil)
	t.Rows = append(t.Rows, []string{text, strings.Join(pro, separator), contra, strings.Join(slices.Compact(of), separator), x.w.strength(told)})
	t.Claims = append(t.Claims, Claim{Text: text, Source: Derived, Rung: c.Rung, Support: c.Support, Statement: c.Statement, Rests: rests})
	t.RowIDs = append(t.RowIDs, id)
	return id
}

// strength is the rung of the scale of evidence on which the weakest of some supports
// stands; nothing where that is recurring.
func (w *writer) strength(told []aggregate.Support) string {
	key := "" // of no more kinds than one, or of unknown ones, less is said
	for _, s := range told {
		switch {
		case s.AlmostAll:
			return w.say("strength.bound", nil)
		case s.Contributors < fewContributors:
			key = "strength.emerging"
		case s.Kinds < 2 && key == "":
			key = "strength.several"
		}
	}
	if key == "" {
		return ""
	}
	return w.say(key, nil)
}

// contrary is the topic's lesson that says the opposite of a statement: that something
// did not help which others did or would do again, or the other way round.
func (x *figureTables) contrary(id string) (aggregate.Statement, bool) {
	s := x.own[id]
	opposite := "did-not-work"
	switch {
	case s.Code == "":
		return s, false
	case s.Kind == aggregate.LessonStatement && s.Part == "did-not-work":
		opposite = "worked"
	case s.Kind != aggregate.StepStatement && (s.Kind != aggregate.LessonStatement || s.Part != "worked"):
		return s, false
	}
	for _, l := range x.w.t.Statements {
		if l.Kind == aggregate.LessonStatement && l.Part == opposite && l.Code == s.Code && sayable(l) && x.w.isMethod(l.Code) {
			return l, true
		}
	}
	return s, false
}

// isMethod reports whether a code is something that is done: of themes, what helped and
// what did not is not the same thing.
func (w *writer) isMethod(code model.Code) bool {
	return !w.isTheme(aggregate.Statement{Code: code})
}

// foldOnes makes one sentence of a line that leads to a list and a list of one.
func (w *writer) foldOnes(g *Guide) {
	for i := range g.Sections {
		var out []Block
		for _, b := range g.Sections[i].Blocks {
			last := len(out) - 1
			if last < 0 || b.Kind != List || len(b.Claims) != 1 || out[last].Kind != Paragraph {
				out = append(out, b)
				continue
			}
			before := slices.Clone(out[last].Claims)
			lead, one := before[len(before)-1], b.Claims[0]
			if !strings.HasSuffix(lead.Text, ":") || len(lead.Details) > 0 || lead.Seen != "" || strings.Contains(one.Text, ":") || one.Rung == ownWords || one.Rung == sharedWords {
				out = append(out, b)
				continue
			}
			one.Text = lead.Text + " " + w.catalog.Inside(one.Text)
			if lead.Source == Derived {
				rest := lead
				rest.Rests = nil
				one.Rests = append(slices.Clone(one.Rests), rest)
			}
			one.Rests = append(slices.Clone(one.Rests), lead.Rests...)
			before[len(before)-1] = one
			out[last] = Block{Kind: Paragraph, Claims: before}
		}
		g.Sections[i].Blocks = out
	}
}
