// SPDX-License-Identifier: Apache-2.0

package render

import (
	"bufio"
	"fmt"
	"html"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/internal/words"
)

// SVG writes a figure as a self-contained SVG image. It can be read in grey:
// every bar and cell carries its figure, and hidden cells are hatched. Title
// and description are those of the figure. ids begin with prefix, so that
// several figures fit in one page.
func SVG(w io.Writer, f *guidance.Figure, prefix string) error {
	b := &svgWriter{Writer: bufio.NewWriter(w), prefix: prefix}
	switch f.Kind {
	case guidance.HeatMap:
		b.heatMap(f)
	default:
		b.bars(f)
	}
	return b.Flush()
}

type svgWriter struct {
	*bufio.Writer
	prefix string
}

const (
	svgWidth = 720
	svgLabel = 300
	svgRow   = 26
	svgPad   = 8
	svgFont  = `font-family="system-ui,sans-serif" font-size="13"`
	svgSmall = `font-family="system-ui,sans-serif" font-size="11"` // of a label in two lines
	svgInk   = "#1b1f24"
	svgBar   = "#1d4f6e"
	svgCell  = 64
	svgHead  = 150
	svgTail  = 120 // room for the last column's slanted label
	// How many characters a label has room for in one line, and in each of two.
	// No font is at hand to measure: a character of a wide font is taken to be 0.6
	// of its size.
	rowChars, rowCharsOfTwo       = 36, 42
	columnChars, columnCharsOfTwo = 24, 27
)

func (b *svgWriter) open(f *guidance.Figure, width, height int) {
	fmt.Fprintf(b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="100%%" role="img" aria-labelledby="%s-t %s-d">`,
		width, height, b.prefix, b.prefix)
	fmt.Fprintf(b, `<title id="%s-t">%s</title><desc id="%s-d">%s</desc>`, b.prefix, escapeSVG(f.Caption), b.prefix, escapeSVG(f.Alt))
}

func (b *svgWriter) text(x, y int, anchor, fill, s string) {
	fmt.Fprintf(b, `<text x="%d" y="%d" text-anchor="%s" fill="%s" %s>%s</text>`, x, y, anchor, fill, svgFont, escapeSVG(s))
}

// row writes the label of a row, in two small lines where one is too short. There
// are two elements whatever the text: no text decides on the markup.
func (b *svgWriter) row(y int, label string) {
	lines, font, from := inLines(label, rowChars, rowCharsOfTwo), svgSmall, y+11
	if lines[1] == "" {
		font, from = svgFont, y+17
	}
	for i, line := range lines {
		fmt.Fprintf(b, `<text x="%d" y="%d" text-anchor="end" fill="%s" %s>%s</text>`, svgLabel-10, from+12*i, svgInk, font, escapeSVG(line))
	}
}

// column writes the slanted label of a column, likewise.
func (b *svgWriter) column(x int, label string) {
	lines, font, from := inLines(label, columnChars, columnCharsOfTwo), svgSmall, -12
	if lines[1] == "" {
		font, from = svgFont, 0
	}
	for i, line := range lines {
		fmt.Fprintf(b, `<text transform="translate(%d %d) rotate(-40)" y="%d" fill="%s" %s>%s</text>`, x, svgHead-8, from+12*i, svgInk, font, escapeSVG(line))
	}
}

func (b *svgWriter) bars(f *guidance.Figure) {
	height := len(f.Rows)*svgRow + 2*svgPad
	b.open(f, svgWidth, height)
	room := svgWidth - svgLabel - 60
	for i, label := range f.Rows {
		y := svgPad + i*svgRow
		value := at(f.Values, i)
		long := room * min(value, max(1, f.Of)) / max(1, f.Of)
		b.row(y, label)
		fmt.Fprintf(b, `<rect x="%d" y="%d" width="%d" height="%d" fill="none" stroke="#8a949d"/>`, svgLabel, y+4, room, svgRow-8)
		fmt.Fprintf(b, `<rect x="%d" y="%d" width="%d" height="%d" fill="%s"/>`, svgLabel, y+4, long, svgRow-8, svgBar)
		b.text(svgLabel+room+8, y+17, "start", svgInk, barValue(f, i))
	}
	b.WriteString("</svg>")
}

// barValue writes the number of a bar, of a lower bound that it is one.
func barValue(f *guidance.Figure, i int) string {
	value := fmt.Sprint(max(0, at(f.Values, i)))
	if i < len(f.Claims) && f.Claims[i].Support != nil && f.Claims[i].Support.AlmostAll {
		return "≥ " + value
	}
	return value
}

func (b *svgWriter) heatMap(f *guidance.Figure) {
	width := svgLabel + len(f.Columns)*svgCell + svgTail
	height := svgHead + len(f.Rows)*svgRow + svgPad
	b.open(f, width, height)
	fmt.Fprintf(b, `<defs><pattern id="%s-h" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V6" stroke="#8a949d"/></pattern></defs>`, b.prefix)
	for j, column := range f.Columns {
		b.column(svgLabel+j*svgCell+svgCell/2, column)
	}
	most := 1
	for _, v := range f.Values {
		most = max(most, v)
	}
	for i, row := range f.Rows {
		y := svgHead + i*svgRow
		b.row(y, row)
		for j := range f.Columns {
			b.cell(svgLabel+j*svgCell, y, at(f.Values, i*len(f.Columns)+j), most)
		}
	}
	b.WriteString("</svg>")
}

// cell draws one cell: the more, the darker; hatched when hidden.
func (b *svgWriter) cell(x, y, value, most int) {
	fill, ink := fmt.Sprintf("url(#%s-h)", b.prefix), svgInk
	if value >= 0 {
		grade := 4 * value / most
		fill = []string{"#ffffff", "#d3e2ec", "#9dbfd4", "#5b90b0", "#1d4f6e"}[grade]
		if grade >= 3 {
			ink = "#ffffff"
		}
	}
	fmt.Fprintf(b, `<rect x="%d" y="%d" width="%d" height="%d" fill="%s" stroke="#5b6873"/>`, x, y, svgCell, svgRow, fill)
	if value > 0 {
		b.text(x+svgCell/2, y+17, "middle", ink, fmt.Sprint(value))
	}
}

// escapeSVG escapes text for XML, hidden characters dropped.
func escapeSVG(s string) string { return html.EscapeString(words.Clean(s)) }

func at(values []int, i int) int {
	if i < len(values) {
		return values[i]
	}
	return -1
}

// inLines is a label in one line of at most so many characters, the second empty,
// or in two of at most so many each, as even as its words allow.
func inLines(s string, one, two int) [2]string {
	all := utf8.RuneCountInString(s)
	if all <= one {
		return [2]string{s}
	}
	best, off := -1, all
	n := 0
	for i, r := range s {
		if r == ' ' && max(n, all-n-1) < off {
			best, off = i, max(n, all-n-1)
		}
		n++
	}
	if best < 0 {
		return [2]string{shorten(s, one)}
	}
	return [2]string{shorten(s[:best], two), shorten(s[best+1:], two)}
}

// shorten cuts a label to a number of characters.
func shorten(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return strings.TrimRight(string([]rune(s)[:most-1]), " ,") + "…"
}
