// SPDX-License-Identifier: Apache-2.0

package render

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/internal/words"
)

// PlainText renders a guide as text without any markup, for mail and for
// screen readers; lines are no longer than Width where words allow.
type PlainText struct {
	Width int // characters; 0 means 76
}

// Render writes the guide.
func (p PlainText) Render(w io.Writer, g *guidance.Guide) error {
	t := &textWriter{Writer: bufio.NewWriter(w), width: p.Width, locale: g.Front.Locale}
	if t.width <= 0 {
		t.width = 76
	}
	t.guide(g)
	return t.Flush()
}

type textWriter struct {
	*bufio.Writer
	width  int
	locale string
}

// wrap writes text with a first and a following indent.
func (t *textWriter) wrap(first, next, s string) {
	indent := first
	line := ""
	flush := func() {
		fmt.Fprintf(t, "%s%s\n", indent, line)
		indent, line = next, ""
	}
	for word := range strings.FieldsFuncSeq(words.Clean(s), words.Breaks) {
		if line != "" && utf8.RuneCountInString(indent)+utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > t.width {
			flush()
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	if line != "" || first != next {
		flush()
	}
}

func (t *textWriter) title(s, under string) {
	t.wrap("", "", s)
	fmt.Fprintf(t, "%s\n\n", strings.Repeat(under, min(t.width, max(3, utf8.RuneCountInString(s)))))
}

func (t *textWriter) guide(g *guidance.Guide) {
	if g.Front.Notice != "" {
		t.wrap("", "", g.Front.Notice)
		fmt.Fprintln(t)
	}
	t.title(g.Front.Title, "=")
	if g.Front.Lead != "" {
		t.wrap("", "", g.Front.Lead)
		fmt.Fprintln(t)
	}
	for _, f := range g.Front.Facts {
		t.wrap("", "    ", f.Label+words.Colon(g.Front.Locale)+" "+f.Value)
	}
	for i, s := range g.Sections {
		fmt.Fprintln(t)
		t.title(fmt.Sprintf("%d. %s", i+1, s.Title), "-")
		for _, k := range s.Blocks {
			t.block(k)
		}
	}
}

func (t *textWriter) block(k guidance.Block) {
	switch k.Kind {
	case guidance.Paragraph, guidance.Note:
		t.claims("", k.Claims)
	case guidance.List:
		t.claims("- ", k.Claims)
	case guidance.Checklist:
		t.claims("[ ] ", k.Claims)
	case guidance.Steps:
		t.wrap("", "", k.Title)
		for i, s := range k.Steps {
			t.step(max(1, k.Start)+i, s)
		}
	case guidance.Heading:
		t.title(k.Title, "~")
		return
	case guidance.TableOf:
		t.wrap("", "", k.Table.Caption)
		for _, r := range k.Table.Rows {
			t.row(k.Table, r)
		}
		t.wrap("", "", k.Table.Note)
	case guidance.FigureOf:
		t.wrap("", "", k.Figure.Alt)
	case guidance.SlotOf:
		t.slot(k.Slot, "")
	case guidance.Verbatim:
		for line := range strings.Lines(words.UnixLines(words.Clean(k.Text))) {
			fmt.Fprintf(t, "  %s\n", strings.TrimRight(line, "\n"))
		}
	case guidance.Examples:
		for _, x := range k.Examples {
			t.example(x)
		}
	}
	fmt.Fprintln(t)
}

// mostCell is how many characters a cell has that stands in one line with others.
const mostCell = 24

// row writes a row of a table: of one that tells in words, each cell in a line of its own, after its
// header.
func (t *textWriter) row(table *guidance.Table, cells []string) {
	header := table.Header
	long := slices.ContainsFunc(table.Rows, func(row []string) bool {
		return slices.ContainsFunc(row[min(1, len(row)):], func(cell string) bool { return utf8.RuneCountInString(cell) > mostCell })
	})
	if len(cells) < 3 || len(header) != len(cells) || !long {
		t.wrap("  ", "    ", strings.Join(cells, " | "))
		return
	}
	t.wrap("  ", "    ", cells[0])
	for i, cell := range cells[1:] {
		if cell != "" {
			t.wrap("    ", "      ", header[i+1]+words.Colon(t.locale)+" "+cell)
		}
	}
}

// claims writes each claim behind a mark, with what stands under it.
func (t *textWriter) claims(mark string, claims []guidance.Claim) {
	for _, c := range claims {
		t.wrap(mark, strings.Repeat(" ", len(mark)), plainSentence(c))
		t.details(c.Details, "  ")
	}
}

func (t *textWriter) step(n int, s guidance.Step) {
	do := s.Claim
	do.Seen = ""
	t.wrap(fmt.Sprintf("%2d. ", n), "    ", plainSentence(do))
	if s.Seen != "" {
		t.wrap("    ", "    ", words.UpperFirst(s.Seen))
	}
	if meta := s.Meta(); len(meta) > 0 {
		t.wrap("    ", "    ", words.Semicolons(t.locale, meta))
	}
	t.details(s.Details, "    ")
	if s.Fork != "" {
		t.wrap("    - ", "      ", s.Fork)
	}
	if s.Slot != nil {
		t.slot(s.Slot, "    ")
	}
}

func (t *textWriter) example(x guidance.Example) {
	t.wrap("* ", "  ", x.Title)
	for _, part := range x.Lines() {
		t.wrap("  ", "  ", part)
	}
	if x.DidLabel != "" && len(x.Did) > 0 {
		t.wrap("  ", "  ", x.DidLabel+words.Colon(t.locale))
	}
	for _, item := range x.Did {
		t.wrap("  - ", "    ", item)
	}
	for _, fact := range labelled(x, t.locale) {
		t.wrap("  ", "  ", fact)
	}
}

func (t *textWriter) details(claims []guidance.Claim, indent string) {
	for _, c := range claims {
		t.wrap(indent+"- ", indent+"  ", plainSentence(c))
		t.details(c.Details, indent+"  ")
	}
}

func (t *textWriter) slot(s *guidance.Slot, indent string) {
	t.wrap(indent+"? ", indent+"  ", s.Question)
	if s.Why != "" {
		t.wrap(indent+"  ", indent+"  ", s.Why)
	}
	if len(s.Options) > 0 && s.Answer == "" {
		t.wrap(indent+"  ", indent+"  ", words.OptionsLine(s.Options))
	}
	if s.Answer == "" {
		fmt.Fprintf(t, "%s  ________________\n", indent)
	} else {
		for line := range strings.Lines(s.Answer) {
			t.wrap(indent+"  ", indent+"  ", line)
		}
	}
	if s.Outdated != "" {
		t.wrap(indent+"  ", indent+"  ", s.Outdated)
	}
}

func plainSentence(c guidance.Claim) string {
	s := c.Text
	if c.Seen != "" {
		s += " (" + c.Seen + ")"
	}
	if c.Changed != "" {
		s += " " + c.Changed
	}
	return s
}
