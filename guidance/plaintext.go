// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// PlainText renders a guide as text without any markup, for mail and for
// screen readers; lines are no longer than Width where words allow.
type PlainText struct {
	Width int // characters; 0 means 76
}

// Render writes the guide.
func (p PlainText) Render(w io.Writer, g *Guide) error {
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
	for word := range strings.FieldsFuncSeq(clean(s), breaks) {
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

func (t *textWriter) guide(g *Guide) {
	t.title(g.Front.Title, "=")
	if g.Front.Lead != "" {
		t.wrap("", "", g.Front.Lead)
		fmt.Fprintln(t)
	}
	for _, f := range g.Front.Facts {
		t.wrap("", "    ", f.Label+colon(g.Front.Locale)+" "+f.Value)
	}
	for i, s := range g.Sections {
		fmt.Fprintln(t)
		t.title(fmt.Sprintf("%d. %s", i, s.Title), "-")
		for _, k := range s.Blocks {
			t.block(k)
		}
	}
}

func (t *textWriter) block(k Block) {
	switch k.Kind {
	case Paragraph, Note:
		for _, c := range k.Claims {
			t.wrap("", "", plainSentence(c))
			t.details(c.Details, "  ")
		}
	case List, Checklist:
		mark := "- "
		if k.Kind == Checklist {
			mark = "[ ] "
		}
		for _, c := range k.Claims {
			t.wrap(mark, strings.Repeat(" ", len(mark)), plainSentence(c))
			t.details(c.Details, "  ")
		}
	case Steps:
		for i, s := range k.Steps {
			t.wrap(fmt.Sprintf("%2d. ", i+1), "    ", plainSentence(s.Claim))
			if meta := s.Meta(); len(meta) > 0 {
				t.wrap("    ", "    ", semicolons(t.locale, meta))
			}
			t.details(s.Details, "    ")
			if s.Fork != "" {
				t.wrap("    - ", "      ", s.Fork)
			}
			if s.Slot != nil {
				t.slot(s.Slot, "    ")
			}
		}
	case Heading:
		t.title(k.Title, "~")
		return
	case TableOf:
		t.wrap("", "", k.Table.Caption)
		for _, r := range k.Table.Rows {
			t.wrap("  ", "    ", strings.Join(r, " | "))
		}
		t.wrap("", "", k.Table.Note)
	case FigureOf:
		t.wrap("", "", k.Figure.Alt)
	case SlotOf:
		t.slot(k.Slot, "")
	case Verbatim:
		for line := range strings.Lines(unixLines(clean(k.Text))) {
			fmt.Fprintf(t, "  %s\n", strings.TrimRight(line, "\n"))
		}
	case Examples:
		for _, x := range k.Examples {
			t.wrap("* ", "  ", x.Title)
			for _, part := range x.Lines() {
				t.wrap("  ", "  ", part)
			}
			if x.DidLabel != "" && len(x.Did) > 0 {
				t.wrap("  ", "  ", x.DidLabel+colon(t.locale))
			}
			for _, item := range x.Did {
				t.wrap("  - ", "    ", item)
			}
			for _, fact := range x.labelled(t.locale) {
				t.wrap("  ", "  ", fact)
			}
		}
	}
	fmt.Fprintln(t)
}

func (t *textWriter) details(claims []Claim, indent string) {
	for _, c := range claims {
		t.wrap(indent+"- ", indent+"  ", plainSentence(c))
		t.details(c.Details, indent+"  ")
	}
}

func (t *textWriter) slot(s *Slot, indent string) {
	t.wrap(indent+"? ", indent+"  ", s.Question)
	if s.Why != "" {
		t.wrap(indent+"  ", indent+"  ", s.Why)
	}
	if len(s.Options) > 0 && s.Answer == "" {
		t.wrap(indent+"  ", indent+"  ", optionsLine(s.Options))
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

func plainSentence(c Claim) string {
	s := c.Text
	if c.Seen != "" {
		s += " (" + c.Seen + ")"
	}
	if c.Changed != "" {
		s += " " + c.Changed
	}
	return s
}
