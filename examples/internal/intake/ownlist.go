// SPDX-License-Identifier: Apache-2.0

package intake

import (
	"slices"
	"strings"
	"sync"

	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// An ownList is what a column's answers were chosen from, where the questionnaire's own
// list stands in place of the vocabulary's.
type ownList struct {
	ticks   bool // each option has a column of its own
	options map[string]bool
	unknown []string // options that no concept is called by, in the order of the sheet
}

// ownLists finds the columns of challenges, objectives or methods whose answers were
// chosen from a list: most of what stands between their commas stands in other answers too.
func ownLists(m Mapping, rows []Row) map[int]*ownList {
	const (
		fewest, most = 5, 40 // rows, and options of a list
		longest      = 12    // words of an option
	)
	out := map[int]*ownList{}
	for i, c := range m.Columns {
		q, ok := question(c.Question)
		if !ok || q.Kind != model.AskItems || q.Scheme == "" || q.ID == "stakeholders" {
			continue
		}
		count, parts, cells, several := map[string]int{}, 0, 0, false
		seen := map[string]bool{}
		for _, row := range rows {
			cell := c.cell(row)
			if cell == "" || nothing(cell) {
				continue
			}
			cells++
			if seen[cell] && c.parts[0].option == "" {
				continue // said twice, it is chosen from no list yet
			}
			seen[cell] = true
			chosen := chosenIn(cell)
			several = several || len(chosen) > 1
			for _, part := range chosen {
				count[part]++
				parts++
			}
		}
		again, long := 0, false
		for part, n := range count {
			if n > 1 {
				again += n
			}
			long = long || n > 1 && len(strings.Fields(part)) > longest
		}
		ticks := c.parts[0].option != ""
		if cells < fewest || long || len(count) > most || !ticks && (!several || 5*again < 4*parts || 2*len(count) > parts) {
			continue
		}
		list := &ownList{ticks: ticks, options: map[string]bool{}}
		for part, n := range count {
			if n > 1 && !ticks {
				list.options[part] = true
			}
		}
		for _, p := range c.parts {
			if p.option != "" {
				list.options[p.option] = true
			}
		}
		out[i] = list
	}
	return out
}

// chosenIn are the parts of a cell between lines, semicolons, bars and commas, but not
// those between brackets.
func chosenIn(cell string) []string {
	var out []string
	for _, part := range apart(cell, "\n;|,") {
		if part = strings.TrimSpace(unbullet(part)); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// ofList reads a cell of such a column: one entry for each option, with its concept where
// one is called so; what was written beside the list stays as it was written.
func (r *run) ofList(q *model.Question, list *ownList, cell string) (string, []Finding) {
	whole, known := true, false
	var entries, beside []string
	var findings []Finding
	flush := func() {
		if own := strings.Join(beside, ", "); own != "" {
			entries, whole = append(entries, own), false
			findings = append(findings, Finding{Fault: "is none of the options; kept as own words", Was: short(own), Nearest: nearest(q, own)})
		}
		beside = nil
	}
	parts := chosenIn(cell)
	if list.ticks {
		parts = lines(cell)
	}
	for _, part := range parts {
		if !list.options[part] {
			beside = append(beside, part)
			continue
		}
		flush()
		if ids, ok := r.meant(q.ID, part); ok {
			for _, id := range ids {
				entries, known = append(entries, entry(r.asTicked(part), id)), true
			}
			continue
		}
		if coded(q, part) {
			entries, known = append(entries, part), true
			continue
		}
		if id, ok := resolve(q, part); ok && !strings.Contains(id, "\n") {
			entries, known = append(entries, entry(r.asTicked(part), id)), true
			continue
		}
		whole = false
		entries = append(entries, r.asTicked(part))
		if !slices.Contains(list.unknown, part) {
			list.unknown = append(list.unknown, part)
		}
	}
	flush()
	if known { // one of none is in somebody's own words
		r.out.Answers++
	}
	if known && whole {
		r.out.Understood++
	}
	return join(entries...), findings
}

// coded reports whether an option has its code with it, in the brackets in which codes are
// written.
func coded(q *model.Question, part string) bool {
	at := strings.LastIndex(part, " [")
	if at < 1 || !strings.HasSuffix(part, "]") {
		return false
	}
	id := part[at+2 : len(part)-1]
	_, ok := vocabulary.Default().Concept(id)
	return ok && strings.HasPrefix(id, q.Scheme+":")
}

// ownOptions lists the options of such columns that no concept is called by, each once.
func (r *run) ownOptions() {
	for i, c := range r.m.Columns {
		list := r.lists[i]
		if list == nil {
			continue
		}
		q, _ := question(c.Question)
		for _, option := range list.unknown {
			near := concepts(q, option)
			r.unheard(q, option, near)
			r.find(Finding{
				Column: c.Letter, Header: c.Header, Question: q.Label, Was: short(option), Nearest: near,
				Fault: "is an option of the questionnaire’s own list; kept in its words, and counted in no topic until a person gives it a code",
			})
		}
	}
}

var conceptMatcher = sync.OnceValues(func() (*vocabulary.Matcher, error) {
	return vocabulary.NewMatcher(vocabulary.MatcherConfig{})
})

// suggested are the concepts that words may mean, the likest first.
func suggested(s string) (out []string) {
	m, err := conceptMatcher()
	if err != nil {
		return nil
	}
	found, _ := m.Suggest(s)
	for _, x := range found {
		out = append(out, x.Concept)
	}
	return out
}

// concepts are those that an option may mean, for a person to choose from.
func concepts(q *model.Question, option string) []string {
	const most = 3
	var out []string
	for _, id := range suggested(option) {
		if label := vocabulary.Default().Label(id, vocabulary.DefaultLang); strings.HasPrefix(id, q.Scheme+":") && len(out) < most && !slices.Contains(out, label) {
			out = append(out, label)
		}
	}
	for _, label := range nearest(q, option) {
		if len(out) < most && !slices.Contains(out, label) {
			out = append(out, label)
		}
	}
	return out
}
