// SPDX-License-Identifier: Apache-2.0

package returned

import (
	"bytes"
	"encoding/json"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/render"
)

// sheet is one file that came back.
type sheet struct {
	name    string
	answers map[string]guidance.Answer // of the sheet's own fields; nil where it has none
	lines   []string                   // all that stands in it, a paragraph each; nil where only fields count
	about   []string                   // what stands around that, as in its footers and comments
	marks   map[string]int             // what stands in it beside text
	why     string                     // why nothing can be read from it

	markdown bool
}

// readSheet reads a sheet by its ending.
func readSheet(f File) sheet {
	r := sheet{name: f.Name}
	if f.Unread {
		r.why = "cannot be read"
		return r
	}
	body := f.Body
	var text officeText
	var err error
	switch strings.ToLower(path.Ext(f.Name)) {
	case ".docx", ".docm":
		if r.answers, err = (render.DOCX{}).Answers(bytes.NewReader(body), int64(len(body))); err == nil {
			text, err = readOffice(body, false)
		}
	case ".odt":
		text, err = readOffice(body, true)
	case ".md":
		r.markdown = true
		r.lines, r.marks = markdownLines(body)
		r.answers, err = render.Markdown{}.Answers(bytes.NewReader(body))
	case ".json":
		r.answers, err = render.JSON{}.Answers(bytes.NewReader(body))
	case ".html", ".htm", ".mht", ".mhtml":
		r.why = "is the sheet to look at, or a page saved from it, in which nobody answers by ticking: ask for the Word sheet, or file what it says by hand"
	case ".eml", ".msg":
		r.why = "is a message: save what is attached to it here, or file what it says by hand"
	default:
		r.why = "is in a format that cannot be read: ask for it as Word, ODT or Markdown, or file it by hand"
	}
	if text.marks != nil {
		r.lines, r.about, r.marks = text.lines, text.about, text.marks
	}
	if err != nil {
		r.why = "no answers can be read from it"
	}
	return r
}

// slotMark is a line that begins or ends a field of a Markdown sheet.
var slotMark = regexp.MustCompile(`^<!-- (?:slot [a-z_]+#[0-9a-z]+|/slot) -->$`)

// markdownLines are those of a Markdown document but for its fields' marks, and how often
// something in it is hidden from a reader.
func markdownLines(body []byte) (out []string, marks map[string]int) {
	marks = map[string]int{}
	for line := range strings.Lines(strings.ToValidUTF8(string(body), "\ufffd")) {
		if line = strings.TrimSpace(line); slotMark.MatchString(line) {
			continue
		}
		if hidden := max(strings.Count(line, "<!--"), strings.Count(line, "-->")); hidden > 0 {
			marks[commented] += hidden
		}
		if plainLine(line) != "" || strings.Contains(line, "…") {
			out = append(out, line)
		}
	}
	return out, marks
}

// A sheetText is a sheet as it was sent: its lines, and the questions among them.
type sheetText struct {
	lines     map[string]int    // how often each may stand
	must      []string          // those that must stand, in their order
	about     map[string]bool   // lines around the text, without figures
	marks     map[string]int    // what stands in it beside text
	questions map[string]string // slot by question
	hints     map[string]bool   // of the questions
	options   []string          // of the decision
	basis     string
	date      string // what stands before the day on which it was made
}

// sheetAsSent is the sheet of a result in the language of the run.
func sheetAsSent(x anonymize.Result, cfg guidance.Config, theme render.Theme, markdown bool) (sheetText, error) {
	s := sheetText{lines: map[string]int{}, about: map[string]bool{}, questions: map[string]string{}, hints: map[string]bool{}}
	g, err := guidance.SignOff(x.Record, x.Log, cfg)
	if err != nil {
		return s, err
	}
	day := ""
	if cfg.Date != "" && len(g.Front.Facts) > 0 {
		s.date, day = plainLine(g.Front.Facts[0].Label), plainLine(g.Front.Facts[0].Value)
	}
	var doc, tree bytes.Buffer
	var as officeText
	if markdown {
		if err := (render.Markdown{}).Render(&doc, g); err != nil {
			return s, err
		}
		as.lines, as.marks = markdownLines(doc.Bytes())
	} else {
		if err := (render.DOCX{Theme: theme}).Render(&doc, g); err != nil {
			return s, err
		}
		if as, err = readOffice(doc.Bytes(), false); err != nil {
			return s, err
		}
	}
	s.marks = as.marks
	for _, line := range as.about {
		s.about[aroundLine(line)] = true
	}
	if err := (render.JSON{}).Render(&tree, g); err != nil {
		return s, err
	}
	var v any
	if err := json.Unmarshal(tree.Bytes(), &v); err != nil {
		return s, err
	}
	s.slots(v)
	for _, line := range as.lines {
		k := plainLine(line)
		s.lines[k]++
		_, asked := s.questions[k]
		ofDay := s.date != "" && (k == s.date || k == day || strings.HasPrefix(k, s.date+day))
		if k != "" && !asked && !s.hints[k] && !ofDay && k != plainLine(theme.Group) && !s.choice(line) {
			s.must = append(s.must, k)
		}
	}
	return s, nil
}

// choice reports the line of boxes to tick.
func (s *sheetText) choice(line string) bool {
	return len(s.options) > 0 && !slices.ContainsFunc(s.options, func(o string) bool { return !strings.Contains(line, "☐ "+o) })
}

// aroundLine is a line of a footer: its figures are those of pages.
func aroundLine(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return -1
		}
		return r
	}, plainLine(s))
}

func (s *sheetText) slots(v any) {
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			s.slots(x)
		}
	case map[string]any:
		question, isSlot := v["question"].(string)
		id, _ := v["id"].(string)
		if isSlot && id != "" {
			s.questions[plainLine(question)] = id
			if why, ok := v["why"].(string); ok {
				s.hints[plainLine(why)] = true
			}
			s.basis, _ = v["basis"].(string)
			if options, ok := v["options"].([]any); ok && id == "decision" {
				for _, o := range options {
					if o, ok := o.(string); ok {
						s.options = append(s.options, o)
					}
				}
			}
		}
		for _, x := range v {
			s.slots(x)
		}
	}
}

// plainLine is a line as far as word processors keep it: its letters, figures and
// signs, and what strikes through.
func plainLine(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.So, r) || strings.ContainsRune("~?!×", r):
			return unicode.ToLower(r)
		case 0x335 <= r && r <= 0x338: // strikes through the letter before it
			return '~'
		}
		return -1
	}, s)
}

// otherDay reports whether a line tells the day on which the sheet was made, alone or with
// the other facts of its head, which stand there as they were sent.
func (s *sheetText) otherDay(line string) bool {
	day, rest, _ := strings.Cut(line, "·")
	if day, rest = plainLine(day), plainLine(rest); s.date == "" || !strings.HasPrefix(day, s.date) || len(day) >= 60 || !strings.ContainsAny(day, "0123456789") {
		return false
	}
	if rest == "" {
		return true
	}
	for sent := range s.lines {
		if strings.HasPrefix(sent, s.date) && strings.HasSuffix(sent, rest) {
			return true
		}
	}
	return false
}

// ticked is the only option with a tick in a line of options; more than one is
// none.
func ticked(line string, options []string) string {
	found := ""
	if strings.Contains(plainLine(line), "~") {
		return ""
	}
	for _, o := range options {
		before, _, ok := strings.Cut(line, o)
		if !ok {
			continue
		}
		if before := strings.TrimRight(before, " \u00a0"); strings.HasSuffix(before, "☒") || strings.HasSuffix(before, "☑") || strings.HasSuffix(before, "✓") || strings.HasSuffix(before, "✔") || strings.HasSuffix(before, "[x]") || strings.HasSuffix(before, "[X]") {
			if found != "" {
				return ""
			}
			found = o
		}
	}
	return found
}
