// SPDX-License-Identifier: Apache-2.0

package recode

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Report brings together what a working group decides upon: risk before and
// after, utility, what other thresholds would cost. It is for the group: print
// WriteMarkdown's public half where the report leaves it.
type Report struct {
	Before, After Risk
	Utility       *Utility
	WhatIf        []whatIf        // may be nil
	Agreements    []agreementCost // may be nil
	Worksheet     []worksheetRow  // may be nil
}

// NewReport measures the recoding of a table beside the table as it was, and tries
// out other thresholds and, if agreements names each record's, what each agreement
// costs. It recodes the table many times over.
func NewReport(ctx context.Context, t *Table, r *Recoding, cfg Config, agreements []string) (*Report, error) {
	raw, err := fullDomain(t, cfg, make([]int, len(cfg.Hierarchies)), upTo(t.Len()))
	if err != nil {
		return nil, err
	}
	out := &Report{Before: measureRisk(raw, 0), After: measureRisk(r, 0), Worksheet: worksheetOf(r, 10)}
	if out.Utility, err = measureUtility(t, r, cfg); err != nil {
		return nil, err
	}
	now, err := Recode(ctx, t, cfg)
	if err != nil && (agreements != nil || !errors.Is(err, ErrInfeasible)) {
		return nil, err
	}
	if out.WhatIf, err = whatIfAt(ctx, t, cfg, []int{2, 3, 5, 8, 11, 20}, now); err != nil {
		return nil, err
	}
	if agreements != nil {
		out.Agreements, err = costByAgreement(ctx, t, cfg, agreements, now)
	}
	return out, err
}

func upTo(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// worksheetRow is one record for the motivated-intruder test.
type worksheetRow struct {
	Line     int // of the release, from 1
	Holdings int // that read like it
	Labels   []string
}

// worksheetOf lists the records that a motivated intruder should try first:
// those in the smallest classes, at most limit. Only what is published stands
// in it; lines count the records released.
func worksheetOf(r *Recoding, limit int) []worksheetRow {
	var rows []worksheetRow
	line := 0
	for _, g := range r.ClassOf {
		if g < 0 {
			continue
		}
		line++
		rows = append(rows, worksheetRow{line, r.Classes[g].Holdings, slices.Clone(r.Classes[g].Labels)})
	}
	slices.SortStableFunc(rows, func(a, b worksheetRow) int { return cmp.Compare(a.Holdings, b.Holdings) })
	return rows[:min(limit, len(rows))]
}

// WriteMarkdown writes the report. With public, what would help an intruder
// stays out: costs by agreement, the work sheet, the number suppressed and
// classes by size.
func (r *Report) WriteMarkdown(w io.Writer, public bool) error {
	var b strings.Builder
	b.WriteString("# Disclosure control\n\n## Risk of re-identification\n\n")
	b.WriteString("| intruder | highest before | average before | highest after | average after | at risk after |\n| --- | --- | --- | --- | --- | --- |\n")
	for _, row := range []struct {
		name          string
		before, after Risk
	}{{"prosecutor: knows who took part", r.Before, r.After}, {"journalist: does not", r.Before, r.After}} {
		fmt.Fprintf(&b, "| %s | %.3f | %.3f | %.3f | %.3f | %.1f %% |\n", row.name,
			row.before.Highest, row.before.Average, row.after.Highest, row.after.Average, 100*row.after.AtRisk)
	}
	fmt.Fprintf(&b, "| marketer: wants as many as possible | | %.3f | | %.3f | |\n", r.Before.Average, r.After.Average)
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
				fmt.Fprintf(&b, "| %d | %d |\n", bar.Holdings, bar.Classes)
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
