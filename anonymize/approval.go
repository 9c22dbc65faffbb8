// SPDX-License-Identifier: Apache-2.0

package anonymize

import (
	_ "embed"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/sharedpractice/sharedpractice/model"
)

// approvalVersion is the first line of every text to approve. A change of the
// form is a new version, under which no earlier approval holds.
const approvalVersion = "sharedpractice approval text 2"

// ApprovalText is the text that a party approves: the level, and everything that
// would be published from the record on its own, in a form that a person can
// read. The approval is of its model.HashText, in the agreement's
// approval.text_sha256.
//
// The form is the same in every language and edition. Its first line names its
// version; a line is a heading, or a name, a colon and a value; what belongs to
// one step or lesson stands indented under it. A line break inside a value
// begins the next line with a bar, characters that cannot be seen stand as
// \u{...}, so that no value can pass for another field: two records whose
// published content or level differ in anything have different texts.
//
// What an approval binds of an entry of a list is its code, whose meaning is
// promised not to change. The British words beside the code are those of a table
// of this package's own, which is not reworded when a label is: a better label
// neither lets approvals lapse nor alters what was approved. A code of a user's
// own list stands alone. Not in the text are the record's id, which tells
// nothing, and the readers, whom the agreement itself limits.
func (r Record) ApprovalText() string {
	return approvalText(r.Agreed(), r.Proposed())
}

func approvalText(level model.Level, c Content) string {
	t := &approval{}
	t.b.WriteString(approvalVersion)
	t.gap()
	t.field("Level", level.String())
	t.code("Kind", c.Kind)
	t.field("Title", c.Title)
	t.field("Summary", c.Summary)
	t.field("Name", c.Name)
	t.codes("Kinds of partnership", c.PartnershipTypes...)
	t.codes("Kinds of organisation", c.OrganisationTypes...)
	t.codes("Sectors", c.Sectors...)
	t.codes("Areas of health", c.TherapyAreas...)
	t.codes("Stages", c.Lifecycle...)
	t.code("Level of participation", c.Level)
	t.code("Setting", c.Setting)
	t.code("Scale", c.Scale)
	t.code("Region", c.Region)
	t.field("Year", c.Year)
	t.code("Money, as a band", c.Budget)
	blocks(t, "Who took part", c.Stakeholders, func(s Stakeholder) {
		t.code("Group", s.Group)
		t.code("How many, as a band", s.Size)
		t.code("Level of participation", s.Level)
	})
	blocks(t, "Challenge", c.Challenges, t.statement)
	blocks(t, "Objective", c.Objectives, t.statement)
	blocks(t, "Situation", c.Situations, t.statement)
	at := 0
	blocks(t, "Step", c.Steps, func(s Step) {
		t.field("What was done", s.Text)
		t.code("Method", s.Method)
		t.code("Who did it", s.Actor)
		if s.Order != at { // elsewhere than its place among the steps says
			t.line("Place in the order", strconv.Itoa(s.Order+1))
		}
		at++
		t.number("Month after the start", s.Month)
		t.code("Effort", s.Effort)
		t.codes("Meant for", s.Addresses...)
	})
	blocks(t, "Resource", c.Resources, func(r Resource) {
		t.field("Type", r.Type)
		t.field("In words", r.Text)
		t.code("Amount, as a band", r.Band)
		t.field("Licence", r.Licence)
		t.yes("Found helpful", r.Helpful)
	})
	blocks(t, "Outcome", c.Outcomes, func(o Outcome) {
		t.field("In words", o.Text)
		t.field("Direction", o.Direction)
		t.code("For whom", o.Beneficiary)
		t.code("How it was looked at", o.Design)
		t.yes("Looked at independently", o.Independent)
		t.field("Domain", o.Domain)
		t.code("Size of what it rests on, as a band", o.Size)
	})
	blocks(t, "Sign of success", c.Criteria, func(k Criterion) {
		t.field("In words", k.Text)
		t.codes("Defined by", k.DefinedBy...)
		t.field("Met", k.Met)
	})
	blocks(t, "Lesson", c.Lessons, func(l Lesson) {
		t.field("In words", l.Text)
		t.field("Kind", l.Kind)
		t.codes("About", l.Addresses...)
	})
	t.numbered("Getting started", c.GettingStarted)
	t.numbered("Keeping it going", c.Sustaining)
	t.numbered("Adapted elsewhere", c.Adapted)
	t.numbered("To have in place", c.Prerequisites)
	t.numbered("Where not to use it", c.NotSuitableFor)
	blocks(t, "Quotation", c.Quotes, func(q Quote) {
		t.field("Words", q.Text)
		t.code("Speaker", q.Speaker)
	})
	t.numbered("Acknowledgement", c.Acknowledgements)
	blocks(t, "Public source", c.Sources, func(s Source) {
		t.field("Type", s.Type)
		t.field("Title", s.Title)
		t.field("Publisher", s.Publisher)
		t.number("Year", s.Year)
		t.field("Address", s.URL)
		t.field("Licence", s.Licence)
		t.field("Acknowledgement", s.Attribution)
	})
	if reflect.ValueOf(c).IsZero() {
		t.b.WriteString("\n\nNothing of this example is published on its own.")
	}
	return t.b.String()
}

// approval writes lines. Names of fields are constants without a colon, a bar or
// a backslash.
type approval struct {
	b      strings.Builder
	indent string
}

func (t *approval) gap() { t.b.WriteByte('\n') }

// blocks writes each of a list under a heading with its number.
func blocks[T any](t *approval, heading string, list []T, fields func(T)) {
	for i, x := range list {
		t.gap()
		t.b.WriteString("\n" + heading + " " + strconv.Itoa(i+1))
		t.indent = "  "
		fields(x)
		t.indent = ""
	}
}

// numbered writes a list of texts, empty ones too.
func (t *approval) numbered(name string, list []string) {
	for i, s := range list {
		if i == 0 {
			t.gap()
		}
		t.line(name+" "+strconv.Itoa(i+1), visible(s, t.indent+"  |"))
	}
}

func (t *approval) statement(s Statement) {
	t.field("In words", s.Text)
	switch {
	case s.Accepted:
		t.line("Filed under", worded(s.Code))
	case s.Code != "":
		t.line("Suggested, not counted", worded(s.Code))
	}
	t.field("Basis", s.Basis)
}

func (t *approval) field(name, value string) {
	if value != "" {
		t.line(name, visible(value, t.indent+"  |"))
	}
}

func (t *approval) number(name string, n int) {
	if n != 0 {
		t.line(name, strconv.Itoa(n))
	}
}

func (t *approval) yes(name string, is bool) {
	if is {
		t.line(name, "yes")
	}
}

func (t *approval) code(name string, c model.Code) {
	if c != "" {
		t.line(name, worded(c))
	}
}

func (t *approval) codes(name string, list ...model.Code) {
	if len(list) == 0 {
		return
	}
	all := make([]string, len(list))
	for i, c := range list {
		all[i] = worded(c)
	}
	t.line(name, strings.Join(all, "; "))
}

func (t *approval) line(name, value string) {
	t.b.WriteString("\n" + t.indent + name + ":")
	if value != "" && value[0] != '\n' {
		t.b.WriteByte(' ')
	}
	t.b.WriteString(value)
}

// worded is a code in parentheses after its words, if there are any. What a code
// cannot hold is escaped, so that the parentheses are the last.
func worded(c model.Code) string {
	var b strings.Builder
	if words := approvalWords()[c]; words != "" {
		b.WriteString(words + " ")
	}
	b.WriteByte('(')
	for i := 0; i < len(c); i++ {
		switch x := c[i]; {
		case 'a' <= x && x <= 'z', '0' <= x && x <= '9', x == ':', x == '-':
			b.WriteByte(x)
		default:
			fmt.Fprintf(&b, `\x{%X}`, x)
		}
	}
	b.WriteByte(')')
	return b.String()
}

// visible writes a value so that every character of it can be seen and no line
// of it begins like a field. bar begins each further line.
func visible(s, bar string) string {
	var b strings.Builder
	for i, line := range strings.Split(s, "\n") {
		if i > 0 {
			b.WriteString("\n" + bar)
			if line != "" {
				b.WriteByte(' ')
			}
		}
		for at := 0; at < len(line); {
			r, size := utf8.DecodeRuneInString(line[at:])
			edge := at == 0 || at+size == len(line)
			switch {
			case r == utf8.RuneError && size == 1:
				fmt.Fprintf(&b, `\x{%X}`, line[at])
			case r == '\\':
				b.WriteString(`\\`)
			case r == ' ' && edge, unseen(r):
				fmt.Fprintf(&b, `\u{%X}`, r)
			default:
				b.WriteRune(r)
			}
			at += size
		}
	}
	return b.String()
}

// unseen reports characters that show nothing, or turn the order of what stands
// around them. The list is fixed: a table that grows with Unicode would let
// approvals lapse.
func unseen(r rune) bool {
	switch {
	case r < 0x20, 0x7F <= r && r <= 0x9F, r == 0xAD, r == 0x34F, r == 0x61C, r == 0x115F, r == 0x1160, r == 0x17B4, r == 0x17B5,
		0x180B <= r && r <= 0x180F, 0x200B <= r && r <= 0x200F, 0x2028 <= r && r <= 0x202E, 0x2060 <= r && r <= 0x206F,
		r == 0x2800, r == 0x3164, 0xFE00 <= r && r <= 0xFE0F, r == 0xFEFF, r == 0xFFA0, 0xFFF0 <= r && r <= 0xFFFB,
		0x1D173 <= r && r <= 0x1D17A, 0xE0000 <= r && r <= 0xE0FFF, 0xFDD0 <= r && r <= 0xFDEF, r&0xFFFE == 0xFFFE:
		return true
	}
	return false
}

//go:embed data/approval.tsv
var approvalTable string

// approvalWords are the words that stand beside a code in the text to approve.
var approvalWords = sync.OnceValue(func() map[model.Code]string {
	out := map[model.Code]string{}
	for line := range strings.Lines(approvalTable) {
		cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if !strings.HasPrefix(line, "#") && len(cells) > 1 {
			out[model.Code(cells[0])] = cells[1]
		}
	}
	return out
})
