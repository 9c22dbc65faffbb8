// SPDX-License-Identifier: Apache-2.0

package cluster

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/sharedpractice/sharedpractice/aggregate/cluster/internal/numeric"
)

// drawing collects SVG. Coordinates are rounded to a tenth, so that the last
// bits of a sum are never seen.
type drawing struct{ bytes.Buffer }

func (d *drawing) add(format string, args ...any) {
	for i, a := range args {
		switch v := a.(type) {
		case float64:
			args[i] = fmt.Sprintf("%.1f", v+0) // +0 turns -0 into 0
		case string:
			args[i] = escape(v)
		}
	}
	_, _ = fmt.Fprintf(d, format+"\n", args...)
}

func escape(s string) string {
	var b strings.Builder
	if xml.EscapeText(&b, []byte(s)) != nil {
		return ""
	}
	return b.String()
}

func (d *drawing) open(width, height float64, title, about string) {
	d.add(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %s %s" role="img" aria-labelledby="t d" font-family="sans-serif" font-size="13" fill="#111">`, width, height)
	d.add(`<title id="t">%s</title>`, title)
	d.add(`<desc id="d">%s</desc>`, about)
	d.add(`<rect width="%s" height="%s" fill="#fff"/>`, width, height)
}

func (d *drawing) send(w io.Writer) error {
	d.add(`</svg>`)
	if _, err := w.Write(d.Bytes()); err != nil {
		return fmt.Errorf("cluster: draw: %w", err)
	}
	return nil
}

// MapSVG draws the clusters as numbered circles: near each other where their
// texts are alike, the area in proportion to the number of items; a key beside
// them names the numbers. It needs no colour, and says in words what it shows.
// The same model gives the same bytes.
func (m *Model) MapSVG(w io.Writer, title string) error {
	const side, key = 520.0, 430.0
	at := m.layout(side)
	var d drawing
	height := math.Max(side, 60+22*float64(len(m.columns)))
	about := fmt.Sprintf("%d groups of %d items. Circles near each other hold similar texts; a larger circle holds more of them.", len(m.columns), m.report.Items)
	d.open(side+key, height, title, about)
	n := 0
	for _, c := range m.clusters {
		p, ok := at[c.ID]
		if !ok {
			continue
		}
		n++
		d.add(`<circle cx="%s" cy="%s" r="%s" fill="#e4e4e4" stroke="#333" stroke-width="1.5"/>`, p.x, p.y, p.r)
		d.add(`<text x="%s" y="%s" text-anchor="middle" font-weight="bold">%d</text>`, p.x, p.y+4.5, n)
		d.add(`<text x="%s" y="%s"><tspan font-weight="bold">%d</tspan> %s (%d)</text>`, side+12, 30+22*float64(n), n, shorten(c.Label, 50), c.Size)
	}
	return d.send(w)
}

type spot struct{ x, y, r float64 }

// layout places cluster centres on the two strongest directions among them,
// then moves circles apart that overlap.
func (m *Model) layout(side float64) map[string]spot {
	k := len(m.columns)
	if k == 0 {
		return nil
	}
	g := make([]float64, k*k)
	mean, all := make([]float64, k), 0.0
	for i := range k {
		for j := range k {
			v := float64(numeric.Dot(m.mix.means.Row(i), m.mix.means.Row(j)))
			g[i*k+j] = v
			mean[i] += v / float64(k)
			all += v / float64(k*k)
		}
	}
	for i := range k {
		for j := range k {
			g[i*k+j] += all - mean[i] - mean[j]
		}
	}
	values, vectors := numeric.SymmetricEigen(g, k)
	size := map[string]int{}
	most := 1
	for _, c := range m.clusters {
		size[c.ID] = c.Size
		if !c.Empty && !c.Outlier {
			most = max(most, c.Size)
		}
	}
	largest := math.Min(60, 190/math.Sqrt(float64(k)))
	spots := make([]spot, k)
	for i := range k {
		spots[i].r = math.Max(9, largest*math.Sqrt(float64(size[m.columns[i]])/float64(most)))
		if k > 1 {
			spots[i].x = vectors[i] * math.Sqrt(math.Max(0, values[0]))
		}
		if k > 2 {
			spots[i].y = vectors[k+i] * math.Sqrt(math.Max(0, values[1]))
		}
	}
	spread := 1e-9
	for _, s := range spots {
		spread = math.Max(spread, math.Max(math.Abs(s.x), math.Abs(s.y)))
	}
	for i := range spots {
		spots[i].x = side/2 + spots[i].x/spread*(side/2-largest-10)
		spots[i].y = side/2 + spots[i].y/spread*(side/2-largest-10)
	}
	separate(spots, side)
	out := make(map[string]spot, k)
	for i, id := range m.columns {
		out[id] = spots[i]
	}
	return out
}

func separate(spots []spot, side float64) {
	for range 200 {
		moved := false
		for i := range spots {
			for j := range i {
				a, b := &spots[i], &spots[j]
				dx, dy := a.x-b.x, a.y-b.y
				gap := a.r + b.r + 4 - math.Sqrt(float64(dx*dx)+float64(dy*dy))
				if gap <= 0.05 {
					continue
				}
				moved = true
				length := math.Sqrt(float64(dx*dx) + float64(dy*dy))
				if length < 1e-6 {
					dx, dy, length = 1, float64(i-j), math.Sqrt(1+float64((i-j)*(i-j)))
				}
				a.x, a.y = a.x+gap/2*dx/length, a.y+gap/2*dy/length
				b.x, b.y = b.x-gap/2*dx/length, b.y-gap/2*dy/length
			}
		}
		for i := range spots {
			s := &spots[i]
			s.x = math.Min(side-s.r-2, math.Max(s.r+2, s.x))
			s.y = math.Min(side-s.r-2, math.Max(s.r+2, s.y))
		}
		if !moved {
			return
		}
	}
}

// shorten cuts a label to n characters, at a word where there is one.
func shorten(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	cut := string([]rune(s)[:n-1])
	if i := strings.LastIndexByte(cut, ' '); i > n/2 {
		cut = cut[:i]
	}
	return cut + "…"
}
