// SPDX-License-Identifier: Apache-2.0

package returned

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"maps"
	"path"
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
	var err error
	switch strings.ToLower(path.Ext(f.Name)) {
	case ".docx", ".docm":
		if r.answers, err = (render.DOCX{}).Answers(bytes.NewReader(body), int64(len(body))); err == nil {
			r.lines, err = paragraphs(body, "word/document.xml", "p", "t")
		}
	case ".odt":
		r.lines, err = paragraphs(body, "content.xml", "p", "")
	case ".md":
		r.markdown = true
		r.lines = markdownLines(body)
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
	if err != nil {
		r.why = "no answers can be read from it"
	}
	return r
}

// markdownLines are those that a reader of a Markdown document sees.
func markdownLines(body []byte) []string {
	var out []string
	for line := range strings.Lines(strings.ToValidUTF8(string(body), "\ufffd")) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "<!--") && (plainLine(line) != "" || strings.Contains(line, "…")) {
			out = append(out, line)
		}
	}
	return out
}

// paragraphs are the texts of an office document, a paragraph each. Text that is
// struck through stands between tildes, so that it is not what it was.
func paragraphs(body []byte, part, paragraph, text string) ([]string, error) {
	archive, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return nil, err
	}
	f, err := archive.Open(part)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := paragraphReader{paragraph: paragraph, text: text}
	decoder := xml.NewDecoder(io.LimitReader(f, 8*Most))
	depth := 0
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return r.out, nil
		}
		if err != nil {
			return nil, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if depth++; depth > 200 {
				return nil, errors.New("nested too deeply")
			}
			r.start(t)
		case xml.EndElement:
			depth--
			r.end(t)
		case xml.CharData:
			r.data(string(t))
		}
	}
}

// A paragraphReader collects paragraphs from the elements of a document. Where its
// text has no element of its own, all of a paragraph or heading is text.
type paragraphReader struct {
	paragraph, text string // names of elements
	out             []string
	line            strings.Builder
	inText          int
	struck          bool
}

func (r *paragraphReader) start(t xml.StartElement) {
	switch name := t.Name.Local; {
	case r.isParagraph(name):
		r.flush()
		if r.text == "" {
			r.inText++
		}
	case name == r.text:
		r.inText++
	case name == "r":
		r.struck = false
	case name == "strike" || name == "dstrike":
		r.struck = !slices.ContainsFunc(t.Attr, func(a xml.Attr) bool { return a.Value == "0" || a.Value == "false" || a.Value == "none" })
	}
}

func (r *paragraphReader) end(t xml.EndElement) {
	switch name := t.Name.Local; {
	case r.isParagraph(name):
		r.flush()
		if r.text == "" {
			r.inText--
		}
	case name == r.text:
		r.inText--
	}
}

func (r *paragraphReader) isParagraph(name string) bool {
	return name == r.paragraph || name == "h" && r.text == ""
}

func (r *paragraphReader) flush() {
	if s := strings.TrimSpace(r.line.String()); s != "" {
		r.out = append(r.out, s)
	}
	r.line.Reset()
}

func (r *paragraphReader) data(s string) {
	if r.inText == 0 {
		return
	}
	if r.struck && strings.TrimSpace(s) != "" {
		s = "~" + s + "~"
	}
	r.line.WriteString(s)
}

// A sheetText is a sheet as it was sent: its lines, and the questions among them.
type sheetText struct {
	lines     map[string]int    // how often each stands
	questions map[string]string // slot by question
	options   []string          // of the decision
	basis     string
	date      string // what stands before the day on which it was made
}

// sheetAsSent is the sheet of a result in the language of the run.
func sheetAsSent(x anonymize.Result, cfg guidance.Config, theme render.Theme, markdown bool) (sheetText, error) {
	s := sheetText{lines: map[string]int{}, questions: map[string]string{}}
	g, err := guidance.SignOff(x.Record, x.Log, cfg)
	if err != nil {
		return s, err
	}
	if cfg.Date != "" && len(g.Front.Facts) > 0 {
		s.date = plainLine(g.Front.Facts[0].Label)
	}
	var doc, tree bytes.Buffer
	var all []string
	if markdown {
		if err := (render.Markdown{}).Render(&doc, g); err != nil {
			return s, err
		}
		all = markdownLines(doc.Bytes())
	} else {
		if err := (render.DOCX{Theme: theme}).Render(&doc, g); err != nil {
			return s, err
		}
		if all, err = paragraphs(doc.Bytes(), "word/document.xml", "p", "t"); err != nil {
			return s, err
		}
	}
	for _, line := range all {
		s.lines[plainLine(line)]++
	}
	if err := (render.JSON{}).Render(&tree, g); err != nil {
		return s, err
	}
	var v any
	if err := json.Unmarshal(tree.Bytes(), &v); err != nil {
		return s, err
	}
	s.slots(v)
	return s, nil
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
// boxes.
func plainLine(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("☐☑☒✓✔~", r) {
			return unicode.ToLower(r)
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

// outsideFields finds what was written on a sheet outside its fields, and under which
// question. Lines that are the fields' own answers do not count.
func (r sheet) outsideFields(sent sheetText) map[string][]string {
	left := map[string]int{}
	maps.Copy(left, sent.lines)
	own := map[string]bool{"": true}
	for _, a := range r.answers {
		for line := range strings.Lines(a.Text) {
			own[plainLine(line)] = true
		}
		own[plainLine(a.Text)] = true
	}
	out := map[string][]string{}
	at, before := "", ""
	for _, line := range r.lines {
		k := plainLine(line)
		day := sent.date != "" && before == sent.date && len(k) < 60 && strings.ContainsAny(k, "0123456789")
		if before = k; day || sent.otherDay(line) { // it was made on another day than this
			continue
		}
		if id, ok := sent.questions[k]; ok {
			at = id
		}
		if left[k] > 0 {
			left[k]--
			if _, ok := sent.questions[k]; !ok && !strings.ContainsAny(line, "☐…") {
				at = ""
			}
			continue
		}
		if !own[k] {
			out[at] = append(out[at], line)
		}
	}
	return out
}

// ticked is the only option with a tick in a line of options; more than one is
// none.
func ticked(line string, options []string) string {
	found := ""
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

// complete puts what was written beside the fields into the answers: the one
// option that is ticked or typed under its question, a name, a day. rest is what
// has no field.
func (r sheet) complete(sent sheetText) (answers map[string]guidance.Answer, rest []string) {
	answers = map[string]guidance.Answer{}
	maps.Copy(answers, r.answers)
	for at, lines := range r.outsideFields(sent) {
		for _, line := range lines {
			text := line
			if at == "decision" {
				if option := ticked(line, sent.options); option != "" {
					text = option
				} else if strings.ContainsAny(line, "☐☑☒✓✔~") {
					rest = append(rest, line)
					continue
				}
			}
			if at == "" || strings.TrimSpace(answers[at].Text) != "" {
				rest = append(rest, line)
				continue
			}
			answers[at] = guidance.Answer{Text: text, Basis: sent.basis}
		}
	}
	for _, id := range sent.questions {
		if _, ok := answers[id]; !ok {
			answers[id] = guidance.Answer{Basis: sent.basis}
		}
	}
	slices.Sort(rest)
	return answers, rest
}
