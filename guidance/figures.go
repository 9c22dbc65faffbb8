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

// figures is the section of the table that tells in full what each step rests on.
const figures = "figures"

// figureTable tells the support of steps in full in a table, in one sentence beside each
// step, and that of anything else where it stands.
type figureTable struct {
	w *writer
	// own are the topic's statements by id.
	own  map[string]aggregate.Statement
	rows map[string]bool // statements with their support that have a row
	Table
}

// tellFigures rewrites the support of every claim of the sections that were built, and
// adds the table as a section after the annex.
func (w *writer) tellFigures(g *Guide, built map[string]bool) {
	x := &figureTable{w: w, own: map[string]aggregate.Statement{}, rows: map[string]bool{}}
	for _, s := range w.t.Statements {
		x.own[s.ID] = s
	}
	for i := range g.Sections {
		if s := &g.Sections[i]; built[s.ID] {
			x.section(s)
		}
	}
	if len(x.Rows) == 0 {
		return
	}
	for _, column := range []string{"step", "for", "against", "of", "strength"} {
		x.Header = append(x.Header, w.say("figures."+column, nil))
	}
	dropEmptyColumns(&x.Table)
	x.Caption = w.say("figures.lead", nil)
	at := slices.IndexFunc(g.Sections, func(s Section) bool { return s.ID == annexed }) + 1
	if at == 0 {
		at = len(g.Sections)
	}
	g.Sections = slices.Insert(g.Sections, at, Section{ID: figures, Title: w.say("section.figures", nil), Blocks: []Block{{Kind: TableOf, Table: &x.Table}}})
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

func (x *figureTable) section(s *Section) {
	said := ""
	for i := range s.Blocks {
		b := &s.Blocks[i]
		x.claims(b.Claims, said)
		said = ""
		if b.Kind == Paragraph && len(b.Claims) > 0 {
			said = saidIn(b.Claims[len(b.Claims)-1])
		}
		for n := range b.Steps {
			step := &b.Steps[n]
			if step.Support != nil && step.Seen != "" {
				x.row(&step.Claim, 0)
				step.Seen = x.beside(step)
			}
			for r := range step.Rests {
				if c := &step.Rests[r]; x.w.plain[c.Statement] != "" {
					x.row(c, 1)
				}
			}
			x.below(step.Details)
		}
	}
}

// below takes what rests on figures below a step into the table.
func (x *figureTable) below(details []Claim) {
	for i := range details {
		if c := &details[i]; c.Source == Derived && c.Support != nil && (c.Seen != "" || x.w.plain[c.Statement] != "") {
			x.row(c, 1)
			if c.Seen = ""; isLesson(c.Statement) || x.w.besides[unmarked(c.Statement)] {
				told := x.w.say("n-of", nOf(*c.Support))
				if x.w.t.ID != "" && x.w.seenAt(aggregate.Statement{ID: c.Statement}) != "" { // of other examples: in the table
					told = x.w.say("seen.told", nil)
				}
				c.Seen = x.where(*c, told, "")
			}
		}
		x.below(details[i].Details)
	}
}

// did says that contributors took a step, and where, if not on the topic: then that is
// all of it, since its number is out of other examples than the topic's.
func (w *writer) did(step Claim) (said string, elsewhere bool) {
	said = w.say("seen.did", nil)
	if from := w.seenAt(aggregate.Statement{ID: step.Statement}); from != "" && w.t.ID != "" {
		return w.told(from, step.Statement, said), true
	}
	return said, false
}

// told says where something is from that is not the topic's, and of another topic which.
func (w *writer) told(key, statement, word string) string {
	what := ""
	for _, t := range w.c.Topics {
		if strings.HasPrefix(statement, inTopic(t.ID, "")) {
			what = w.catalog.Inside(w.label(cmp.Or(t.Challenge, t.Objective)))
		}
	}
	return w.say(key, words.Values{"word": word, "what": what})
}

// beside says in one sentence how many took a step, and how many would again.
func (x *figureTable) beside(step *Step) string {
	if did, elsewhere := x.w.did(step.Claim); elsewhere {
		return did
	}
	said := []string{x.w.say("seen.done", nOf(*step.Support))}
	for _, l := range x.own {
		if l.Kind == aggregate.LessonStatement && l.Part == "worked" && l.Code != "" && x.own[step.Statement].Code == l.Code && l.Of == step.Support.Of {
			said = append(said, x.w.say("seen.again", nOf(l.Support)))
			again := x.w.lessonAlone(l)
			x.row(&again, 1)
			step.Rests = append(step.Rests, again)
			step.Details = slices.DeleteFunc(step.Details, func(c Claim) bool { return c.Statement == l.ID && len(c.Details) == 0 })
		}
	}
	return strings.Join(said, x.w.say("told.separator", nil))
}

// isLesson reports whether a claim is a lesson, of the topic or from elsewhere.
func isLesson(statement string) bool {
	return strings.HasPrefix(unmarked(statement), string(aggregate.LessonStatement)+".")
}

// unmarked is the id of a statement without where it is from.
func unmarked(statement string) string { return statement[1+strings.LastIndexAny(statement, ":/"):] }

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

// claims tells how many told of each claim, and where, unless the line before said that.
func (x *figureTable) claims(claims []Claim, said string) {
	for i := range claims {
		c := &claims[i]
		if c.Source == Derived && c.Support != nil && c.Seen != "" {
			n := x.w.say("n-of", nOf(*c.Support))
			if strong := x.w.strength([]aggregate.Support{*c.Support}); strong != "" {
				n += x.w.say("told.separator", nil) + strong
			}
			c.Seen = x.where(*c, n, said)
		}
		x.claims(c.Details, said)
	}
}

// where adds to how many told of a claim where they did, unless the line before said so.
func (x *figureTable) where(c Claim, what, said string) string {
	if key := x.w.seenAt(aggregate.Statement{ID: c.Statement}); key != "" && x.w.t.ID != "" && (said == "" || !strings.HasPrefix(c.Statement, said)) {
		return x.w.told(key, c.Statement, what)
	}
	return what
}

// fewContributors is from how many contributors on something is more than a few.
const fewContributors = 5

// row adds a row for a claim, unless it has one.
func (x *figureTable) row(c *Claim, depth int) {
	key := fmt.Sprintf("%s %v", c.Statement, *c.Support)
	if x.rows[key] {
		return
	}
	x.rows[key] = true
	text := cmp.Or(x.w.plain[c.Statement], c.Text)
	switch key := x.w.seenAt(aggregate.Statement{ID: c.Statement}); {
	case depth > 0:
		text = "– " + text
	case key != "" && x.w.t.ID != "":
		text = x.w.told(key, c.Statement, strings.TrimSuffix(text, "."))
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
	x.Rows = append(x.Rows, []string{text, strings.Join(pro, separator), contra, strings.Join(slices.Compact(of), separator), x.w.strength(told)})
	x.Claims = append(x.Claims, Claim{Text: text, Source: Derived, Rung: c.Rung, Support: c.Support, Statement: c.Statement, Rests: rests})
}

// strength is the rung of the scale of evidence on which the weakest of some supports
// stands; nothing where that is recurring.
func (w *writer) strength(told []aggregate.Support) string {
	key := "" // of no more kinds than one, or of unknown ones, less is said
	for _, s := range told {
		switch {
		case s.AlmostAll: // the number says so
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
func (x *figureTable) contrary(id string) (aggregate.Statement, bool) {
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
