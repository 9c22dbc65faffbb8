// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/sharedpractice/sharedpractice/guidance/internal/words"
)

// Round is one assessment: the answers of both sides to the same criteria. A
// side that did not answer is nil.
type Round struct {
	Date          string // YYYY-MM-DD
	Version       string // of the criteria; empty means that of the criteria compared by
	Patients      map[string]Answer
	Professionals map[string]Answer
}

// CompareAssessments writes where patients and professionals differ in the last
// round, what has moved since the first, and what nobody has evidence for. The
// verdicts may have been given in the language of cfg only. Rounds are sorted by
// date. Another version of the criteria is ErrArgument.
func CompareAssessments(criteria *Criteria, rounds []Round, cfg Config) (*Guide, error) {
	w, err := newWriter(nil, cfg)
	if err != nil {
		return nil, err
	}
	rounds = slices.Clone(rounds)
	slices.SortStableFunc(rounds, func(x, y Round) int { return cmp.Compare(x.Date, y.Date) })
	if len(rounds) == 0 || slices.ContainsFunc(rounds, func(r Round) bool { return cmp.Or(r.Version, criteria.Version) != criteria.Version }) {
		return nil, fmt.Errorf("%w: rounds by different versions of the criteria", ErrArgument)
	}
	criteria = w.inWords(criteria)
	g := w.document(kindAssessment, kindAssessment+".comparison", words.Values{"n": len(criteria.List)})
	g.Front.Title = w.say("self-assessment.title.comparison", nil)
	g.Front.Lead = w.say("self-assessment.lead.comparison", words.Values{"rounds": len(rounds)})
	g.Front.Facts = append(g.Front.Facts, Fact{Label: w.say("self-assessment.version", nil), Value: criteria.Version})
	first, last := rounds[0], rounds[len(rounds)-1]
	var differ, moved, bare []Claim
	for _, k := range criteria.List {
		p, q := w.verdict(last.Patients, k.ID), w.verdict(last.Professionals, k.ID)
		if p.rank > 0 && q.rank > 0 && p.rank != q.rank {
			differ = append(differ, w.frame("self-assessment.differ", words.Values{"what": k.Text, "patients": p.text, "professionals": q.text}))
		}
		for _, side := range []struct {
			by       Respondent
			was, now verdict
		}{{Patients, w.verdict(first.Patients, k.ID), p}, {Professionals, w.verdict(first.Professionals, k.ID), q}} {
			if side.was.rank > 0 && side.now.rank > 0 && side.was.rank != side.now.rank {
				moved = append(moved, w.frame("self-assessment.moved."+string(side.by), words.Values{"what": k.Text, "was": side.was.text, "now": side.now.text}))
			}
		}
		if (p.rank > 1 && last.Patients["evidence."+k.ID].Text == "") || (q.rank > 1 && last.Professionals["evidence."+k.ID].Text == "") {
			bare = append(bare, w.frame("self-assessment.bare", words.Values{"what": k.Text}))
		}
	}
	w.add(g, "verdicts", w.verdictTable(criteria, rounds))
	w.add(g, "differ", w.listOr("self-assessment.differ.lead", "self-assessment.differ.none", differ)...)
	w.add(g, "moved", append(w.listOr("self-assessment.moved.lead", "self-assessment.moved.none", moved), paragraph(w.frame("self-assessment.moved.note", nil)))...)
	w.add(g, "bare", w.listOr("self-assessment.bare.lead", "self-assessment.bare.none", bare)...)
	w.add(g, "together", list(w.prompts("self-assessment.together.", "differ", "unsure", "first", "again")...), w.ask("first", "self-assessment.slot.first", TextSlot, 100))
	return w.finish(g)
}

// verdict is an answer as a rank: 3 yes, 2 partly, 1 no, 0 none or not known.
type verdict struct {
	rank int
	text string
}

func (w *writer) verdict(answers map[string]Answer, id string) verdict {
	text := answers["verdict."+id].Text
	for i, v := range verdicts() {
		if said := w.say("answer."+v, nil); said == text {
			return verdict{3 - i, said}
		}
	}
	if text != "" {
		return verdict{0, w.say("self-assessment.other", nil)}
	}
	return verdict{0, w.say("self-assessment.unanswered", nil)}
}

func (w *writer) verdictTable(criteria *Criteria, rounds []Round) Block {
	t := &Table{Caption: w.say("self-assessment.table", nil), Header: []string{w.say("self-assessment.criterion", nil)}, Note: w.say("self-assessment.table.note", nil)}
	for _, r := range rounds {
		for _, by := range []Respondent{Patients, Professionals} {
			t.Header = append(t.Header, w.say("self-assessment.column."+string(by), words.Values{"date": w.catalog.Date(r.Date)}))
		}
	}
	for _, k := range criteria.List {
		row := []string{k.Text}
		for _, r := range rounds {
			row = append(row, w.verdict(r.Patients, k.ID).text, w.verdict(r.Professionals, k.ID).text)
		}
		t.Rows = append(t.Rows, row)
	}
	return Block{Kind: TableOf, Table: t}
}
