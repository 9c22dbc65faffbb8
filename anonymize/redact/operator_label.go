// SPDX-License-Identifier: Apache-2.0

package redact

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/model/text"
)

//go:embed data/labels.tsv
var labelsTSV string

const (
	withheldMark = "withheld" // what Suppress leaves between the brackets
	removedMark  = "removed"  // what Remove leaves
	maxLabel     = 100        // bytes of the longest label, brackets included
)

// phrase is a noun phrase that can stand between brackets.
type phrase struct {
	article bool // takes a or an
	one     string
	many    string // "" where there is no plural
}

type labelRow struct {
	phrase
	numbered string // the noun of its pseudonyms
}

type labelKey struct {
	kind    recognize.Kind
	subtype string
}

type labelTable struct {
	keys []labelKey // in the order of the table
	rows map[labelKey]labelRow
}

// labelRows is data/labels.tsv.
var labelRows = sync.OnceValue(func() labelTable {
	t := labelTable{rows: map[labelKey]labelRow{}}
	for _, f := range tableRows(labelsTSV, 6) {
		key := labelKey{recognize.Kind(f[0]), f[1]}
		t.keys = append(t.keys, key)
		t.rows[key] = labelRow{phrase{f[2] == "yes", f[3], f[4]}, f[5]}
	}
	return t
})

// labelOf is the kind's label: the subtype's where it has one of its own.
func labelOf(kind recognize.Kind, subtype string) labelRow {
	rows := labelRows().rows
	for _, key := range []labelKey{{kind, subtype}, {kind, ""}} {
		if r, ok := rows[key]; ok {
			return r
		}
	}
	return rows[labelKey{recognize.Other, ""}]
}

// ownLabel is the kind and the operator that a bracketed label in a text stands for,
// when a text that was redacted before is read again.
type ownLabel struct {
	kind recognize.Kind // "" for the marks that tell no kind
	op   Operator
	band bool // a band of a figure: the rules of figures decide, not those of dates
}

// closedLabels holds every label that is not numeric, without brackets.
var closedLabels = sync.OnceValue(func() map[string][]ownLabel {
	out := map[string][]ownLabel{}
	add := func(s string, l ownLabel) {
		if slices.Contains(out[s], l) {
			return
		}
		out[s] = append(out[s], l)
	}
	noun := func(p phrase, tail string, l ownLabel) {
		add(p.one+tail, l)
		add(withArticle(p.one)+tail, l)
		if p.many != "" {
			add(p.many+tail, l)
		}
	}
	add(withheldMark, ownLabel{op: Suppress})
	add(removedMark, ownLabel{op: Remove})
	table := labelRows()
	for _, key := range table.keys {
		noun(table.rows[key].phrase, "", ownLabel{kind: key.kind, op: Label})
	}
	regions := regionNames()
	for _, o := range organisationTypes() {
		noun(o.phrase, "", ownLabel{kind: recognize.Org, op: Generalise})
		for _, r := range regions {
			noun(o.phrase, " in "+r, ownLabel{kind: recognize.Org, op: GeneraliseRegion})
		}
	}
	for _, r := range regions {
		noun(phrase{true, "place", "places"}, " in "+r, ownLabel{kind: recognize.Place, op: Generalise})
	}
	for _, p := range roleGroups() {
		noun(p.phrase, "", ownLabel{kind: recognize.Other, op: Generalise})
		noun(p.phrase, "", ownLabel{kind: recognize.Person, op: Generalise})
	}
	for _, a := range conditionAreas() {
		add(a, ownLabel{kind: recognize.Other, op: Generalise})
		bare, _ := withoutArticle(a)
		add(bare, ownLabel{kind: recognize.Other, op: Generalise})
	}
	for _, b := range bandLabels() {
		for _, kind := range []recognize.Kind{recognize.Other, recognize.Date, recognize.Code} {
			add(b, ownLabel{kind: kind, op: Generalise, band: true})
		}
	}
	return out
})

type labelPattern struct {
	*regexp.Regexp
	begins string // what it matches begins with
	labels []ownLabel
}

// openLabels matches the labels that hold a number. No pattern leaves room for
// letters chosen by a writer.
var openLabels = sync.OnceValue(func() []labelPattern {
	date := func(op Operator) []ownLabel { return []ownLabel{{kind: recognize.Date, op: op}} }
	p := func(re string, l []ownLabel) labelPattern {
		return labelPattern{regexp.MustCompile("^(?:" + re + ")$"), "", l}
	}
	out := []labelPattern{
		p(`(?:(?:a )?day in )?(?:month [1-9]\d{0,2}|year [1-9]\d?)|`+
			`year [1-9]\d? to year [1-9]\d?|month [1-9]\d{0,2} to month [1-9]\d{0,2}|(?:an )?earlier (?:date|month|year)`, date(GeneraliseRelative)),
		p(`(?:(?:a )?day in )?[12]\d{3}|[12]\d{3} to [12]\d{3}`, date(Generalise)),
		p(`(?:(?:a )?day in )?(?:January to March|April to June|July to September|October to December) [12]\d{3}`, date(GeneraliseQuarter)),
	}
	table := labelRows()
	for _, key := range table.keys {
		noun := table.rows[key].numbered
		numbered := p(regexp.QuoteMeta(noun)+` (?:[1-9]\d{0,4}|`+tokenPattern+`)`, []ownLabel{{kind: key.kind, op: Pseudonym}})
		numbered.begins = noun + " "
		out = append(out, numbered)
	}
	return out
})

// parseLabel tells what the text between two brackets is, nil if it is no label.
func parseLabel(inner string) []ownLabel {
	r, n := utf8.DecodeRuneInString(inner)
	forms := [2]string{inner}
	written := 1
	if low := unicode.ToLower(r); low != r {
		forms[1], written = string(low)+inner[n:], 2
	}
	for _, s := range forms[:written] {
		out := closedLabels()[s]
		// All open labels but the earlier dates hold a digit; most brackets hold none.
		open := strings.ContainsAny(s, "0123456789") || strings.Contains(s, "earlier ")
		for _, p := range openLabels() {
			if open && strings.HasPrefix(s, p.begins) && p.MatchString(s) {
				out = append(slices.Clip(out), p.labels...)
			}
		}
		if out != nil {
			return out
		}
	}
	return nil
}

// ownSpan is a label that stands in a text already.
type ownSpan struct {
	text.Span
	kind   recognize.Kind
	strict bool // the policy would not have disclosed as much: it is tightened
}

// ownLabels adds to out the labels of this package in s. Whether one may stay depends
// on the policy: what the policy itself could have written stays, so that a
// second reading changes nothing, and a looser policy's label is tightened. The
// grammar is closed, so a name in brackets is no label.
func ownLabels(out []ownSpan, s string, p Policy) []ownSpan {
	for at := 0; ; {
		i := strings.IndexByte(s[at:], '[')
		if i < 0 {
			return out
		}
		start := at + i
		at = start + 1
		window := s[start:min(len(s), start+maxLabel)]
		j := strings.IndexByte(window, ']')
		if j < 2 {
			continue
		}
		labels := parseLabel(window[1:j])
		if labels == nil {
			continue
		}
		at = start + j + 1
		o := ownSpan{Span: text.Span{Start: start, End: at}, kind: labels[0].kind, strict: true}
		for _, l := range labels {
			if l.kind == "" || p.loosest(l.kind, l.band).rank() >= l.op.rank() {
				o.strict = false
				break
			}
		}
		out = append(out, o)
	}
}

// loosest is the loosest operator that the policy has for any subtype of the
// kind, of figures or of all else.
func (p Policy) loosest(kind recognize.Kind, figures bool) Operator {
	op := p.For(kind, "")
	for _, r := range p.Rules {
		if r.Kind == kind && r.Subtype != "" && isFigure(r.Subtype) == figures && r.Operator.rank() > op.rank() {
			op = r.Operator
		}
	}
	return op
}
