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

// answer returns the text of a field, "" where nobody wrote any.
func (p *passage) answer() string {
	if s := strings.TrimSpace(p.text.String()); s != "…" {
		return s
	}
	return ""
}

// readControls reads content controls and bookmarks from the document part.
func readControls(r io.Reader, marked map[string]string) (map[string]guidance.Answer, error) {
	d := xml.NewDecoder(r)
	c := &controlReader{marked: marked, out: map[string]guidance.Answer{}, open: map[string]*passage{}, tagged: map[string]bool{}}
	deep := 0
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
			c.start(t)
		case xml.EndElement:
			deep--
			c.end(t)
		case xml.CharData:
			if c.inText {
				c.put(string(t))
			}
		}
	}
	if c.slots == 0 {
		return nil, ErrAnswers
	}
	return bounded(c.out)
}

// A controlReader gathers what stands in the controls and bookmarks of a document.
type controlReader struct {
	marked map[string]string // tags by the names of bookmarks
	out    map[string]guidance.Answer
	slots  int

	control                     *passage // from its properties on
	placeholder, inside, inText bool
	open                        map[string]*passage // bookmarks, by their numbers
	tagged                      map[string]bool     // of controls that kept their tags
}

func (c *controlReader) start(t xml.StartElement) {
	switch t.Name.Local {
	case "sdt":
		c.control, c.placeholder, c.inside = &passage{}, false, false
	case "tag":
		if c.control != nil {
			c.control.tag = attribute(t, "val")
			c.tagged[c.control.tag] = true
		}
	case "showingPlcHdr":
		c.placeholder = true
	case "sdtContent":
		c.inside = true
	case "bookmarkStart":
		if tag := c.marked[attribute(t, "name")]; tag != "" && len(c.open) < maxOpen {
			c.open[attribute(t, "id")] = &passage{tag: tag}
		}
	case "bookmarkEnd":
		c.closeMark(attribute(t, "id"))
	case "p":
		c.each((*passage).paragraph)
	case "br":
		c.put("\n")
	case "tab":
		c.put(" ")
	case "t":
		c.inText = true
	}
}

// closeMark files what stood in a bookmark, unless a control holds the same.
func (c *controlReader) closeMark(id string) {
	p := c.open[id]
	if p == nil {
		return
	}
	delete(c.open, id)
	if !c.tagged[p.tag] {
		c.file(p)
	}
}

func (c *controlReader) end(t xml.EndElement) {
	switch t.Name.Local {
	case "t":
		c.inText = false
	case "sdt":
		if c.control != nil {
			if c.placeholder {
				c.control.text.Reset()
			}
			c.file(c.control)
		}
		c.control, c.inside = nil, false
	}
}

// each does something with every passage that is open.
func (c *controlReader) each(do func(p *passage)) {
	if c.control != nil && c.inside {
		do(c.control)
	}
	for _, p := range c.open {
		do(p)
	}
}

func (c *controlReader) put(s string) { c.each(func(p *passage) { p.put(s) }) }

func (c *controlReader) file(p *passage) {
	id, basis, ok := strings.Cut(p.tag, "#")
	if !ok {
		return
	}
	c.slots++
	if text := p.answer(); text != "" {
		c.out[id] = guidance.Answer{Text: text, Basis: basis}
	}
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
