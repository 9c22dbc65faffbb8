// SPDX-License-Identifier: Apache-2.0

package disclosure

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Report brings together what a working group decides upon: risk before and
// after, utility, what other thresholds would cost. It is for the group: print
// WriteMarkdown's public half where the report leaves it.
type Report struct {
	Before, After Risks
	Utility       *Utility
	WhatIf        []WhatIf        // may be nil
	Agreements    []AgreementCost // may be nil
	Preset        *Preset         // measured against it; may be nil
	Worksheet     []WorksheetRow  // may be nil
}

// WorksheetRow is one record for the motivated-intruder test.
type WorksheetRow struct {
	Line     int // of the release, from 1
	Holdings int // that read like it
	Labels   []string
}

// Worksheet lists the records that a motivated intruder should try first:
// those in the smallest classes, at most limit. Only what is published stands
// in it; lines count the records released.
func Worksheet(r *Recoding, limit int) []WorksheetRow {
	var rows []WorksheetRow
	line := 0
	for _, g := range r.ClassOf {
		if g < 0 {
			continue
		}
		line++
		rows = append(rows, WorksheetRow{line, r.Classes[g].Holdings, slices.Clone(r.Classes[g].Labels)})
	}
	slices.SortStableFunc(rows, func(a, b WorksheetRow) int { return cmp.Compare(a.Holdings, b.Holdings) })
	return rows[:min(limit, len(rows))]
}

// WriteMarkdown writes the report. With public, what would help an intruder
// stays out: costs by agreement, the work sheet, the number suppressed and
// classes by size below the preset's k.
func (r *Report) WriteMarkdown(w io.Writer, public bool) error {
	var b strings.Builder
	b.WriteString("# Disclosure control\n\n## Risk of re-identification\n\n")
	b.WriteString("| intruder | highest before | average before | highest after | average after | at risk after |\n| --- | --- | --- | --- | --- | --- |\n")
	for _, row := range []struct {
		name          string
		before, after Risk
	}{{"prosecutor: knows who took part", r.Before.Prosecutor, r.After.Prosecutor}, {"journalist: does not", r.Before.Journalist, r.After.Journalist}} {
		fmt.Fprintf(&b, "| %s | %.3f | %.3f | %.3f | %.3f | %.1f %% |\n", row.name,
			row.before.Highest, row.before.Average, row.after.Highest, row.after.Average, 100*row.after.AtRisk)
	}
	fmt.Fprintf(&b, "| marketer: wants as many as possible | | %.3f | | %.3f | |\n", r.Before.Marketer, r.After.Marketer)
	if p := r.Preset; p != nil {
		verdict := "kept"
		if p.MaxRisk > 0 && r.After.Prosecutor.Highest > p.MaxRisk+1e-12 {
			verdict = "not kept"
		}
		fmt.Fprintf(&b, "\nMeasured against %s (%s): %s.", p.Name, p.Source, verdict)
		if p.Notes != "" {
			fmt.Fprintf(&b, " %s", p.Notes)
		}
		b.WriteByte('\n')
	}
	if u := r.Utility; u != nil {
		b.WriteString("\n## What is left\n\n")
		fmt.Fprintf(&b, "- Records: %d", u.Records)
		if !public {
			fmt.Fprintf(&b, ", of which %d suppressed", u.Suppressed)
		}
		fmt.Fprintf(&b, "\n- Classes that read alike: %d, average size %.1f\n- Precision lost (normalised certainty penalty, 0 to 1): %.3f\n", u.Classes, u.AverageClass, u.Penalty)
		fmt.Fprintf(&b, "- Entropy lost: %.1f bits\n- Discernibility: %.0f\n", u.Entropy, u.Discernibility)
		if !public {
			b.WriteString("\n| holdings in a class | classes |\n| --- | --- |\n")
			for _, bar := range u.Histogram {
				fmt.Fprintf(&b, "| %d | %d |\n", bar.Size, bar.Count)
			}
		}
	}
	if !public {
		r.private(&b)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (r *Report) private(b *strings.Builder) {
	if len(r.WhatIf) > 0 {
		b.WriteString("\n## At another threshold\n\n| k | precision lost | classes | suppressed |\n| --- | --- | --- | --- |\n")
		for _, x := range r.WhatIf {
			if !x.Possible {
				fmt.Fprintf(b, "| %d | not possible | | |\n", x.K)
				continue
			}
			fmt.Fprintf(b, "| %d | %.3f | %d | %d |\n", x.K, x.Loss, x.Classes, x.Suppressed)
		}
	}
	if len(r.Agreements) > 0 {
		b.WriteString("\n## What each agreement costs\n\nOnly agreements that ask for more than the release does are listed.\n\n| agreement | records | k | precision lost without its wish | saved | suppressed without it |\n| --- | --- | --- | --- | --- | --- |\n")
		for _, a := range r.Agreements {
			if a.Saved == 0 {
				continue
			}
			fmt.Fprintf(b, "| %s | %d | %d | %.3f | %+.3f | %d |\n", cell(a.Agreement), a.Records, a.K, a.Loss, a.Saved, a.Suppressed)
		}
	}
	if len(r.Worksheet) > 0 {
		b.WriteString(`
## Motivated-intruder work sheet

The intruder is reasonably competent, has the internet, libraries and all public
documents, and may ask people; no break-in, no crime, no special knowledge (ICO).
For each record below: spend the agreed time trying to say whose it is, from this
release and its earlier editions alone and then with public sources. Write down
sources, time, the name you arrive at and how sure you are. Somebody else, who
knows the truth, marks it. One right and sure name means: not fit to publish.

| line | holdings alike | what is published | searched (sources, minutes) | suspected | sure (low, medium, high) | right (marked by another) |
| --- | --- | --- | --- | --- | --- | --- |
`)
		for _, row := range r.Worksheet {
			var known []string
			for _, l := range row.Labels {
				if l != Missing && l != Suppressed {
					known = append(known, cell(l))
				}
			}
			fmt.Fprintf(b, "| %d | %d | %s | | | | |\n", row.Line, row.Holdings, strings.Join(known, "; "))
		}
	}
}

// cell keeps a text from breaking out of its table.
func cell(s string) string {
	return strings.NewReplacer("|", "\\|", "\n", " ", "\r", " ", "<", "&lt;", "&", "&amp;").Replace(s)
}

// WriteHistogram draws the classes by number of holdings as SVG.
func (u *Utility) WriteHistogram(w io.Writer) error {
	var points []point
	for _, bar := range u.Histogram {
		points = append(points, point{fmt.Sprint(bar.Size), float64(bar.Count)})
	}
	return writeBars(w, "Classes by number of holdings", "holdings in a class", "classes", "%.0f", points)
}

// WriteWhatIf draws the precision lost at each k as SVG.
func WriteWhatIf(w io.Writer, all []WhatIf) error {
	var points []point
	for _, x := range all {
		if x.Possible {
			points = append(points, point{fmt.Sprint(x.K), x.Loss})
		}
	}
	return writeBars(w, "Precision lost by threshold", "k", "penalty", "%.2f", points)
}

type point struct {
	label string
	value float64
}

// writeBars draws at most 40 bars; what comes after is said, not drawn.
func writeBars(w io.Writer, title, x, y, format string, points []point) error {
	const width, height, left, bottom, most = 640, 320, 48, 48, 40
	rest := max(len(points)-most, 0)
	points = points[:len(points)-rest]
	top := 0.0
	for _, p := range points {
		top = max(top, p.value)
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-label="%s" font-family="sans-serif" font-size="12">`+"\n", width, height, title)
	fmt.Fprintf(&b, "<title>%s</title>\n<text x=\"%d\" y=\"18\" font-size=\"14\">%s</text>\n", title, left, title)
	room := float64(width-left-16) / float64(max(len(points), 1))
	for i, p := range points {
		h := 0.0
		if top > 0 {
			h = p.value / top * (height - bottom - 48)
		}
		at := left + float64(i)*room
		fmt.Fprintf(&b, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"#2b5c8a\"/>\n", at, height-bottom-h, room*0.8, h)
		fmt.Fprintf(&b, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">"+format+"</text>\n", at+room*0.4, height-bottom-h-4, p.value)
		fmt.Fprintf(&b, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>\n", at+room*0.4, height-bottom+16, p.label)
	}
	note := x
	if rest > 0 {
		note = fmt.Sprintf("%s (%d more not drawn)", x, rest)
	}
	fmt.Fprintf(&b, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>\n", (left+width)/2, height-10, note)
	fmt.Fprintf(&b, "<text x=\"14\" y=\"%d\" text-anchor=\"middle\" transform=\"rotate(-90 14 %d)\">%s</text>\n</svg>\n", height/2, height/2, y)
	_, err := io.WriteString(w, b.String())
	return err
}
