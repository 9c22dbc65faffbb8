// SPDX-License-Identifier: Apache-2.0

package redact

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/model/text"
)

var (
	//go:embed data/organisations.tsv
	organisationsTSV string
	//go:embed data/roles.tsv
	rolesTSV string
	//go:embed data/conditions.tsv
	conditionsTSV string
	//go:embed data/regions.tsv
	regionsTSV string
	//go:embed data/postcode-areas.tsv
	postcodeAreasTSV string
)

// generalisable reports whether findings of that subtype hold a value that can
// be told coarsely, whatever kind they are filed under.
func generalisable(subtype string) bool {
	return isFigure(subtype) || subtype == "uk-postcode" || subtype == "postcode"
}

func isFigure(subtype string) bool {
	switch subtype {
	case "age", "money", "count", "figure", "percent", "percentage", "score", "unknown":
		return true
	}
	return false
}

// coarse is the coarse reading of a finding's text, as a phrase to stand in
// brackets; ok is false where the text cannot be read, and the label is used.
// A figure has one coarse form; the steps of dates and organisations do not
// apply to it, and give its label.
//
// Dates are told by coarseDate.
func coarse(kind recognize.Kind, subtype, value string, op Operator) (phrase, bool) {
	value = text.Fold(value)
	switch subtype {
	case "age":
		return fixed(op == Generalise, ageBand(value))
	case "money":
		return fixed(op == Generalise, moneyBand(value))
	case "percent", "percentage":
		return fixed(op == Generalise, percentBand(value))
	case "score":
		return fixed(op == Generalise, scoreBand(value))
	case "count", "unknown":
		return fixed(op == Generalise, countBand(value))
	case "figure":
		return fixed(op == Generalise, figureBand(value))
	case "role", "job-title":
		return byCue(roleGroups(), value)
	case "condition":
		a, ok := conditionTable()[strings.Join(conditionWords(value), " ")]
		return phrase{one: a}, ok
	}
	switch kind {
	case recognize.Org:
		return organisationType(value, op == GeneraliseRegion)
	case recognize.Place:
		return placeRegion(value, subtype)
	case recognize.Person:
		return titleGroup(value)
	default:
		return phrase{}, false
	}
}

// fixed is a phrase without article, of a band that was read.
func fixed(applies bool, band string) (phrase, bool) {
	return phrase{one: band}, applies && band != ""
}

// cueRow is a type told by a cue in a name.
type cueRow struct {
	cue []string // words that follow each other, folded
	phrase
	numerous bool
}

func cueRows(tsv string, width int) []cueRow {
	var out []cueRow
	for _, f := range tableRows(tsv, width) {
		out = append(out, cueRow{
			cue:      strings.Fields(f[0]),
			phrase:   phrase{article: true, one: f[1], many: f[2]},
			numerous: width > 3 && f[3] == "yes",
		})
	}
	return out
}

var (
	organisationTypes = sync.OnceValue(func() []cueRow { return cueRows(organisationsTSV, 4) })
	roleGroups        = sync.OnceValue(func() []cueRow { return cueRows(rolesTSV, 3) })
)

// conditionTable gives the therapy area of a rare condition by its folded name.
var conditionTable = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for _, f := range tableRows(conditionsTSV, 2) {
		out[strings.Join(conditionWords(text.Fold(f[0])), " ")] = f[1]
	}
	return out
})

// conditionAreas lists the areas of the table of conditions, sorted.
func conditionAreas() []string {
	var out []string
	for _, f := range tableRows(conditionsTSV, 2) {
		out = append(out, f[1])
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// byCue is the type of the first row whose cue occurs in the folded value.
func byCue(rows []cueRow, value string) (phrase, bool) {
	words := foldedWords(value)
	for _, r := range rows {
		if containsRun(words, r.cue) {
			return r.phrase, true
		}
	}
	return phrase{}, false
}

// titleGroup is the group of the title that a folded name begins with. A word
// further on is part of the name, though it may be a role too.
func titleGroup(value string) (phrase, bool) {
	words := foldedWords(value)
	for _, r := range roleGroups() {
		if len(words) > len(r.cue) && slices.Equal(words[:len(r.cue)], r.cue) {
			return r.phrase, true
		}
	}
	return phrase{}, false
}

// organisationType is the type of an organisation by its name, with the region
// of a place in the name if asked and if the type is common enough there.
func organisationType(value string, withRegion bool) (phrase, bool) {
	words := foldedWords(value)
	for _, r := range organisationTypes() {
		if !containsRun(words, r.cue) {
			continue
		}
		p := r.phrase
		if withRegion && r.numerous {
			if where, ok := regionWithin(words); ok {
				p.one += " in " + where
				p.many += " in " + where
			}
		}
		return p, true
	}
	return phrase{}, false
}

func foldedWords(value string) []string {
	var out []string
	for _, t := range text.Tokens(value) {
		if t.Kind == text.Word || t.Kind == text.Number || t.Kind == text.Mixed {
			w := value[t.Start:t.End]
			out = append(out, strings.TrimSuffix(strings.TrimSuffix(w, "'s"), "’s"))
		}
	}
	return out
}

func containsRun(words, run []string) bool {
	if len(run) == 0 {
		return false
	}
	for i := 0; i+len(run) <= len(words); i++ {
		if slices.Equal(words[i:i+len(run)], run) {
			return true
		}
	}
	return false
}
