// SPDX-License-Identifier: Apache-2.0

package render

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/internal/words"
)

// Markdown renders a guide as CommonMark with tables (GFM). All text is
// escaped: nothing in a guide becomes markup, a link or an image.
type Markdown struct {
	// Level is the heading level of the title; 0 means 1.
	Level int
}

// Render writes the guide.
func (m Markdown) Render(w io.Writer, g *guidance.Guide) error {
	b := &markdownWriter{Writer: bufio.NewWriter(w), level: max(1, m.Level), locale: g.Front.Locale}
	b.guide(g)
	return b.Flush()
}

type markdownWriter struct {
	*bufio.Writer
	level  int
	locale string
}

func (b *markdownWriter) line(format string, args ...any) {
	fmt.Fprintf(b, format+"\n", args...)
}

func (b *markdownWriter) heading(below int, text string) {
	b.line("%s %s\n", strings.Repeat("#", min(6, b.level+below)), escapeMarkdown(text))
}

func (b *markdownWriter) guide(g *guidance.Guide) {
	if g.Front.Notice != "" {
		b.line("> **%s**\n", escapeMarkdown(g.Front.Notice))
	}
	b.heading(0, g.Front.Title)
	if g.Front.Lead != "" {
		b.line("*%s*\n", escapeMarkdown(g.Front.Lead))
	}
	for _, f := range g.Front.Facts {
		b.line("- **%s%s** %s", escapeMarkdown(f.Label), words.Colon(g.Front.Locale), escapeMarkdown(f.Value))
	}
	b.line("")
	for _, s := range g.Sections {
		b.heading(1, s.Title)
		for _, block := range s.Blocks {
			b.block(block)
		}
	}
}

func (b *markdownWriter) block(k guidance.Block) {
	switch k.Kind {
	case guidance.Paragraph:
		for _, c := range k.Claims {
			b.line("%s\n", b.sentence(c))
			b.details(c.Details, "")
		}
	case guidance.Note:
		for _, c := range k.Claims {
			b.line("> %s  ", b.sentence(c))
		}
		b.line("")
	case guidance.List:
		b.items("-", k.Claims)
	case guidance.Checklist:
		b.items("- [ ]", k.Claims)
	case guidance.Steps:
		b.steps(k)
	case guidance.Heading:
		b.heading(2, k.Title)
	case guidance.TableOf:
		b.table(k.Table)
	case guidance.FigureOf:
		b.figure(k.Figure)
	case guidance.SlotOf:
		b.slot(k.Slot, "")
	case guidance.Verbatim:
		b.verbatim(words.UnixLines(words.Clean(k.Text)))
	case guidance.Examples:
		for _, x := range k.Examples {
			b.example(x)
		}
	}
}

func (b *markdownWriter) steps(k guidance.Block) {
	if k.Title != "" {
		b.line("**%s**\n", escapeMarkdown(k.Title))
	}
	for i, s := range k.Steps {
		b.step(max(1, k.Start)+i, s)
	}
}

// items writes a list, what stands under each claim indented.
func (b *markdownWriter) items(mark string, claims []guidance.Claim) {
	for _, c := range claims {
		b.line("%s %s", mark, b.sentence(c))
		b.details(c.Details, "  ")
	}
	b.line("")
}

func (b *markdownWriter) sentence(c guidance.Claim) string {
	out := escapeMarkdown(c.Text)
	if c.Seen != "" {
		out += " *(" + escapeMarkdown(c.Seen) + ")*"
	}
	if c.Changed != "" {
		out += " **" + escapeMarkdown(c.Changed) + "**"
	}
	return out
}

func (b *markdownWriter) details(claims []guidance.Claim, indent string) {
	for _, c := range claims {
		b.line("%s- %s", indent, b.sentence(c))
		b.details(c.Details, indent+"  ")
	}
	if indent == "" && len(claims) > 0 {
		b.line("")
	}
}

func (b *markdownWriter) step(n int, s guidance.Step) {
	const indent = "   "
	b.line("%d. **%s**", n, escapeMarkdown(s.Text))
	if s.Seen != "" {
		b.line("%s- *%s*", indent, escapeMarkdown(words.UpperFirst(s.Seen)))
	}
	if meta := s.Meta(); len(meta) > 0 {
		b.line("%s- %s", indent, escapeMarkdown(strings.Join(meta, " · ")))
	}
	b.details(s.Details, indent)
	if s.Fork != "" {
		b.line("%s- %s", indent, escapeMarkdown(s.Fork))
	}
	if s.Slot != nil {
		b.slot(s.Slot, indent)
	} else {
		b.line("")
	}
}

func (b *markdownWriter) table(t *guidance.Table) {
	b.line("**%s**\n", escapeMarkdown(t.Caption))
	b.row(t.Header)
	b.line("|%s", strings.Repeat(" --- |", len(t.Header)))
	for _, r := range t.Rows {
		b.row(r)
	}
	b.line("")
	if t.Note != "" {
		b.line("%s\n", escapeMarkdown(t.Note))
	}
}

func (b *markdownWriter) row(cells []string) {
	b.WriteString("|")
	b.cells(cells)
}

func (b *markdownWriter) cells(cells []string) {
	for _, c := range cells {
		fmt.Fprintf(b, " %s |", escapeMarkdown(c))
	}
	b.line("")
}

// verbatim fences a text in more backticks than it holds in a row.
func (b *markdownWriter) verbatim(text string) {
	longest, run := 2, 0
	for _, c := range []byte(text) {
		if c != '`' {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	fence := strings.Repeat("`", longest+1)
	b.line("%s text\n%s\n%s\n", fence, strings.TrimRight(text, "\n"), fence)
}

func (b *markdownWriter) figure(f *guidance.Figure) { b.line("%s\n", escapeMarkdown(f.Alt)) }

func (b *markdownWriter) slot(s *guidance.Slot, indent string) {
	b.line("%s<!-- slot %s#%s -->", indent, words.BareID(s.ID), words.BareID(s.Basis))
	b.line("%s> **%s**", indent, escapeMarkdown(s.Question))
	if s.Why != "" {
		b.line("%s> %s", indent, escapeMarkdown(s.Why))
	}
	if len(s.Options) > 0 && s.Answer == "" {
		b.line("%s> %s", indent, escapeMarkdown(words.OptionsLine(s.Options)))
	}
	b.line("%s>", indent)
	answer := s.Answer
	if answer == "" {
		answer = "…"
	}
	for line := range strings.Lines(answer) {
		b.line("%s> %s", indent, escapeMarkdown(strings.TrimRight(line, "\r\n")))
	}
	b.line("%s<!-- /slot -->\n", indent)
	if s.Outdated != "" {
		b.line("%s*%s*\n", indent, escapeMarkdown(s.Outdated))
	}
}

func (b *markdownWriter) example(x guidance.Example) {
	b.line("**%s**", escapeMarkdown(x.Title))
	for _, part := range x.Lines() {
		b.line("\n%s", escapeMarkdown(part))
	}
	if x.DidLabel != "" && len(x.Did) > 0 {
		b.line("\n%s%s", escapeMarkdown(x.DidLabel), words.Colon(b.locale))
	}
	if len(x.Did) > 0 {
		b.line("")
	}
	for _, item := range x.Did {
		b.line("- %s", escapeMarkdown(item))
	}
	b.line("")
	for _, fact := range labelled(x, b.locale) {
		b.line("%s  ", escapeMarkdown(fact))
	}
	b.line("")
}

// escapeMarkdown escapes every character that CommonMark could read as markup,
// and folds line breaks to spaces.
func escapeMarkdown(s string) string {
	var b strings.Builder
	space, began, digits := rune(0), false, 0
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			switch {
			case !began:
			case words.Glues(r) && space == 0:
				space = r
			default:
				space = ' '
			}
			continue
		case words.Hidden(r):
			continue
		}
		if space != 0 {
			b.WriteRune(space)
			space, digits = 0, -1
		}
		switch {
		case strings.ContainsRune("\\`*_{}[]<>#|~!&$", r),
			!began && strings.ContainsRune("+-=", r),
			digits > 0 && strings.ContainsRune(".)", r): // "1." begins a list
			b.WriteByte('\\')
		}
		if '0' <= r && r <= '9' && digits >= 0 {
			digits++
		} else {
			digits = -1
		}
		began = true
		b.WriteRune(r)
	}
	return b.String()
}
