// SPDX-License-Identifier: Apache-2.0

package render

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"github.com/sharedpractice/sharedpractice/guidance"
)

// Answers reads the filled slots of a guide rendered by DOCX and edited
// in a word processor: the content controls that carry a slot's tag, and where a
// word processor dropped the tags, what stands in the bookmarks around them. A
// document without either is ErrAnswers.
func (DOCX) Answers(r io.ReaderAt, size int64) (map[string]guidance.Answer, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, ErrAnswers
	}
	part := func(name string) (io.ReadCloser, error) {
		for _, f := range z.File {
			if f.Name == name {
				return f.Open()
			}
		}
		return nil, ErrAnswers
	}
	marked := map[string]string{}
	if properties, err := part("docProps/custom.xml"); err == nil {
		marked, err = readSlotNames(io.LimitReader(properties, maxDocument))
		properties.Close() //nolint:errcheck // only read
		if err != nil {
			return nil, err
		}
	}
	body, err := part("word/document.xml")
	if err != nil {
		return nil, ErrAnswers
	}
	defer body.Close()
	return readControls(io.LimitReader(body, maxDocument), marked)
}

// readSlotNames reads which slot each bookmark is of.
func readSlotNames(r io.Reader) (map[string]string, error) {
	out := map[string]string{}
	d := xml.NewDecoder(r)
	name, deep := "", 0
	var text strings.Builder
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, ErrAnswers
		}
		switch t := token.(type) {
		case xml.StartElement:
			if deep++; deep > maxDeep {
				return nil, ErrAnswers
			}
			if t.Name.Local == "property" {
				name = attribute(t, "name")
				text.Reset()
			}
		case xml.CharData:
			text.Write(t)
		case xml.EndElement:
			deep--
			if t.Name.Local == "property" && strings.HasPrefix(name, docxBookmark) {
				out[name] = strings.TrimSpace(text.String())
			}
		}
	}
}

// passage gathers the text of one place of a document.
type passage struct {
	tag  string
	text strings.Builder
}

func (p *passage) put(s string) { p.text.WriteString(s) }

func (p *passage) paragraph() {
	if p.text.Len() > 0 {
		p.text.WriteByte('\n')
	}
}

// answer is what was written, "" where nothing was.
func (p *passage) answer() string {
	if s := strings.TrimSpace(p.text.String()); s != "…" {
		return s
	}
	return ""
}

// readControls reads content controls and bookmarks from the document part.
func readControls(r io.Reader, marked map[string]string) (map[string]guidance.Answer, error) {
	out := map[string]guidance.Answer{}
	slots, deep := 0, 0
	file := func(p *passage) {
		id, basis, ok := strings.Cut(p.tag, "#")
		if !ok {
			return
		}
		slots++
		if text := p.answer(); text != "" {
			out[id] = guidance.Answer{Text: text, Basis: basis}
		}
	}
	d := xml.NewDecoder(r)
	var control *passage // from its properties on
	placeholder, inside, inText := false, false, false
	open := map[string]*passage{} // bookmarks, by their numbers
	tagged := map[string]bool{}   // of controls that kept their tags
	into := func(do func(p *passage)) {
		if control != nil && inside {
			do(control)
		}
		for _, p := range open {
			do(p)
		}
	}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, ErrAnswers
		}
		switch t := token.(type) {
		case xml.StartElement:
			if deep++; deep > maxDeep {
				return nil, ErrAnswers
			}
			switch t.Name.Local {
			case "sdt":
				control, placeholder, inside = &passage{}, false, false
			case "tag":
				if control != nil {
					control.tag = attribute(t, "val")
					tagged[control.tag] = true
				}
			case "showingPlcHdr":
				placeholder = true
			case "sdtContent":
				inside = true
			case "bookmarkStart":
				if tag := marked[attribute(t, "name")]; tag != "" && len(open) < maxOpen {
					open[attribute(t, "id")] = &passage{tag: tag}
				}
			case "bookmarkEnd":
				if p := open[attribute(t, "id")]; p != nil {
					delete(open, attribute(t, "id"))
					if !tagged[p.tag] {
						file(p)
					}
				}
			case "p":
				into((*passage).paragraph)
			case "br":
				into(func(p *passage) { p.put("\n") })
			case "tab":
				into(func(p *passage) { p.put(" ") })
			case "t":
				inText = true
			}
		case xml.EndElement:
			deep--
			switch t.Name.Local {
			case "t":
				inText = false
			case "sdt":
				if control != nil {
					if placeholder {
						control.text.Reset()
					}
					file(control)
				}
				control, inside = nil, false
			}
		case xml.CharData:
			if inText {
				s := string(t)
				into(func(p *passage) { p.put(s) })
			}
		}
	}
	if slots == 0 {
		return nil, ErrAnswers
	}
	return bounded(out)
}

// maxDeep bounds the elements within one another: a small file may unpack to
// millions, each of which the reader must remember.
const maxDeep = 1000

// maxOpen bounds the bookmarks that are open at a time: those of a guide never
// overlap.
const maxOpen = 4

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
