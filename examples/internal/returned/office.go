// SPDX-License-Identifier: Apache-2.0

package returned

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"slices"
	"strings"
)

// What stands in a document beside text, in words for the working group.
const (
	tracked     = "a tracked change"
	commented   = "a comment"
	noted       = "a footnote"
	drawn       = "a drawing, picture or ink"
	highlighted = "a highlighted passage"
	attached    = "something attached"
)

// officeText is all that people may have written or drawn in an office document.
type officeText struct {
	lines []string       // of its body, a paragraph each; what is struck through stands between tildes
	about []string       // of its headers, footers, notes, comments and other parts
	marks map[string]int // what is no text
}

// mostUnpacked bounds all that a document unpacks to.
const mostUnpacked = 8 * Most

// readOffice reads every part of a Word or ODT document in which people write or draw.
func readOffice(body []byte, odt bool) (officeText, error) {
	out := officeText{marks: map[string]int{}}
	archive, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return out, err
	}
	main, styles := "word/document.xml", "word/styles.xml"
	if odt {
		main, styles = "content.xml", "styles.xml"
	}
	seen := map[string]bool{}
	r := officeReader{odt: odt, out: &out, left: mostUnpacked, styles: map[string]officeStyle{}}
	parts := slices.SortedStableFunc(slices.Values(archive.File), func(a, b *zip.File) int {
		rank := func(f *zip.File) int { return slices.Index([]string{main, styles}, f.Name) }
		return rank(b) - rank(a) // what styles look like is known before they are used
	})
	for _, f := range parts {
		if seen[f.Name] {
			return out, errors.New("two parts of one name")
		}
		seen[f.Name] = true
		if f.Name != main && f.Name != styles && ofNobody(f.Name) {
			continue
		}
		if path.Ext(f.Name) != ".xml" {
			out.marks[attached]++
			continue
		}
		if err := r.part(f, f.Name == main); err != nil {
			return out, err
		}
	}
	if !seen[main] {
		return out, errors.New("no text in it")
	}
	return out, nil
}

// ofNobody reports a part that programs write, or that shows only where another part
// has it shown.
func ofNobody(name string) bool {
	for _, dir := range []string{
		"_rels/", "docProps/thumbnail", "docProps/app", "docProps/custom", "customXml/", "docMetadata/", "_xmlsignatures/", "__MACOSX/", "word/theme/", "word/media/", "word/glossary/", "word/fonts/", "word/printerSettings/", "word/vba",
		"META-INF/", "Thumbnails/", "Configurations2/", "Pictures/", "Fonts/", "layout-cache",
	} {
		if strings.HasPrefix(name, dir) {
			return true
		}
	}
	return strings.HasSuffix(name, ".rels") || strings.HasSuffix(name, "/") || strings.HasSuffix(name, ".DS_Store") || slices.Contains([]string{
		"[Content_Types].xml", "word/settings.xml", "word/webSettings.xml", "word/fontTable.xml", "word/numbering.xml", "mimetype", "settings.xml", "manifest.rdf",
	}, name)
}

// officeStyle is what a style does to its text.
type officeStyle struct {
	parent      string
	struck, lit bool
}

// An officeReader collects what stands in the parts of a document.
type officeReader struct {
	odt    bool
	out    *officeText
	left   int64 // bytes that may be unpacked yet
	styles map[string]officeStyle

	stack  []string // names of the elements around
	body   bool
	line   strings.Builder
	struck []int  // depths of the elements whose text is struck through
	run    bool   // of Word: this run is
	style  string // whose properties are read
	skip   int    // depth of an element that tells of before; 0 is none
	inside int    // depth of a drawing; 0 is none
}

func (r *officeReader) part(f *zip.File, body bool) error {
	in, err := f.Open()
	if err != nil {
		return err
	}
	defer in.Close()
	r.body, r.stack, r.struck, r.run, r.skip, r.inside = body, nil, nil, false, 0, 0
	decoder := xml.NewDecoder(io.LimitReader(in, r.left))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			r.left -= decoder.InputOffset()
			r.flush()
			return nil
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if r.stack = append(r.stack, t.Name.Local); len(r.stack) > 200 {
				return errors.New("nested too deeply")
			}
			if r.skip == 0 {
				r.start(t)
			}
		case xml.EndElement:
			r.end(t.Name.Local)
			r.stack = r.stack[:len(r.stack)-1]
		case xml.CharData:
			r.data(string(t))
		}
	}
}

// within reports whether an element of a name is around.
func (r *officeReader) within(names ...string) bool {
	return slices.ContainsFunc(r.stack, func(s string) bool { return slices.Contains(names, s) })
}

// parent is the name of the element around the one that began.
func (r *officeReader) parent() string {
	if len(r.stack) < 2 {
		return ""
	}
	return r.stack[len(r.stack)-2]
}

func value(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func (r *officeReader) start(t xml.StartElement) {
	name := t.Name.Local
	if r.paragraph(name) {
		r.flush()
	}
	if r.odt {
		r.startODT(t)
		return
	}
	on := !slices.Contains([]string{"0", "false", "none", "off"}, value(t, "val"))
	switch name {
	case "del", "ins", "moveFrom", "moveTo", "cellDel", "cellIns", "cellMerge":
		r.out.marks[tracked]++
	case "comment", "commentRangeStart", "commentReference":
		r.out.marks[commented]++
	case "footnoteReference", "endnoteReference":
		r.out.marks[noted]++
	case "drawing", "pict", "object", "contentPart", "ink":
		r.draws()
	case "altChunk", "subDoc":
		r.out.marks[attached]++
	case "style":
		r.style = value(t, "styleId")
		r.styles[r.style] = officeStyle{}
	case "basedOn":
		r.put(func(s *officeStyle) { s.parent = value(t, "val") })
	case "r":
		r.run = false
	case "strike", "dstrike", "vanish":
		if on && r.parent() == "rPr" {
			r.shows(func(s *officeStyle) { s.struck = true })
		}
	case "highlight":
		if on {
			r.shows(func(s *officeStyle) { s.lit = true })
		}
	case "shd":
		if fill := strings.ToLower(value(t, "fill")); r.parent() == "rPr" && fill != "" && fill != "auto" && fill != "ffffff" {
			r.shows(func(s *officeStyle) { s.lit = true })
		}
	case "rStyle":
		r.looks(value(t, "val"), func() { r.run = true })
	case "pStyle":
		r.looks(value(t, "val"), func() { r.struck = append(r.struck, len(r.stack)-2) })
	case "sym":
		r.line.WriteString("⌧")
	default:
		if strings.HasSuffix(name, "PrChange") {
			r.skip = len(r.stack)
		}
	}
}

// put changes the style whose properties are read.
func (r *officeReader) put(change func(*officeStyle)) {
	if r.within("style") {
		s := r.styles[r.style]
		change(&s)
		r.styles[r.style] = s
	}
}

// shows notes what the properties around do, of a style or of a run.
func (r *officeReader) shows(change func(*officeStyle)) {
	var s officeStyle
	if change(&s); r.within("styles", "automatic-styles") {
		r.put(change)
	} else if s.lit && !r.within("pPr") {
		r.out.marks[highlighted]++
	} else if s.struck && !r.within("pPr") {
		r.run = true
	}
}

// draws notes a drawing once, whatever it is put together from.
func (r *officeReader) draws() {
	if r.inside == 0 {
		r.out.marks[drawn]++
		r.inside = len(r.stack)
	}
}

// looks notes that text has a style.
func (r *officeReader) looks(style string, struck func()) {
	for range 20 {
		s, ok := r.styles[style]
		if !ok {
			return
		}
		if s.lit {
			r.out.marks[highlighted]++
		}
		if s.struck {
			struck()
			return
		}
		style = s.parent
	}
}

func (r *officeReader) startODT(t xml.StartElement) {
	switch name := t.Name.Local; name {
	case "changed-region":
		r.out.marks[tracked]++
	case "annotation":
		r.out.marks[commented]++
	case "note":
		r.out.marks[noted]++
	case "style":
		r.style = value(t, "name")
		r.styles[r.style] = officeStyle{parent: value(t, "parent-style-name")}
	case "text-properties":
		r.put(func(s *officeStyle) {
			through := func(v string) bool { return v != "" && v != "none" }
			s.struck = through(value(t, "text-line-through-style")) || through(value(t, "text-line-through-type")) || value(t, "display") == "none"
			fill := strings.ToLower(value(t, "background-color"))
			s.lit = fill != "" && fill != "transparent" && fill != "#ffffff"
		})
	case "p", "h", "span":
		r.looks(value(t, "style-name"), func() { r.struck = append(r.struck, len(r.stack)) })
	default:
		if strings.HasSuffix(t.Name.Space, ":drawing:1.0") && r.within("text", "master-styles", "p", "h") && !r.within("styles", "automatic-styles") {
			r.draws()
		}
	}
}

func (r *officeReader) end(name string) {
	if r.paragraph(name) {
		r.flush()
	}
	depth := len(r.stack)
	r.struck = slices.DeleteFunc(r.struck, func(d int) bool { return d >= depth })
	if r.skip == depth {
		r.skip = 0
	}
	if r.inside == depth {
		r.inside = 0
	}
}

func (r *officeReader) paragraph(name string) bool {
	return name == "p" || name == "h" && r.odt
}

func (r *officeReader) flush() {
	if s := strings.TrimSpace(r.line.String()); s != "" {
		if r.body {
			r.out.lines = append(r.out.lines, s)
		} else {
			r.out.about = append(r.out.about, s)
		}
	}
	r.line.Reset()
}

func (r *officeReader) data(s string) {
	switch {
	case r.skip > 0 || strings.TrimSpace(s) == "" && r.line.Len() == 0:
		return
	case r.odt && r.within("p", "h") || !r.odt && len(r.stack) > 0 && r.stack[len(r.stack)-1] == "t":
	case len(r.stack) > 0 && r.stack[len(r.stack)-1] == "description": // what somebody wrote about the file
		if strings.TrimSpace(s) != "" {
			r.out.about = append(r.out.about, strings.TrimSpace(s))
		}
		return
	default:
		return
	}
	if (r.run || len(r.struck) > 0) && strings.TrimSpace(s) != "" {
		s = "~" + s + "~"
	}
	r.line.WriteString(s)
}
