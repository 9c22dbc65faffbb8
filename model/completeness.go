// SPDX-License-Identifier: Apache-2.0

package model

// Completeness is how much of what helps others an example tells, from 0 to 1:
// nine points of each hundred for each of the nine questions of the small form
// (title, kind, who was involved, challenges, objectives, steps, outcomes,
// lessons, confidentiality), of which three for each of the first three steps,
// and nineteen for what makes an account comparable: evidence behind an outcome
// (5), the method of a step (4), where it happened (3), what it took (3), how
// success was told (2), and what adopting it needs (2). The weights are the
// authors' judgement. It says nothing about whether the example is true, good or
// safe to publish.
func (e Example) Completeness() float64 {
	points := 0
	for _, p := range []struct {
		told   bool
		points int
	}{
		{!e.Title.Empty(), 9},
		{e.Kind != "", 9},
		{len(e.Stakeholders) > 0, 9},
		{len(e.Challenges) > 0, 9},
		{len(e.Objectives) > 0, 9},
		{len(e.Outcomes) > 0, 9},
		{len(e.Lessons) > 0, 9},
		{agreed(e), 9},
		{hasEvidence(e.Outcomes), 5},
		{hasMethod(e.Steps), 4},
		{e.Context.Jurisdiction != "" || e.Context.Region != "" || e.Context.Setting != "" || e.Context.Scale != "", 3},
		{len(e.Resources) > 0, 3},
		{len(e.Criteria) > 0, 2},
		{len(e.Adoption.GettingStarted)+len(e.Adoption.Prerequisites)+len(e.Adoption.Sustaining) > 0, 2},
	} {
		if p.told {
			points += p.points
		}
	}
	points += 3 * min(len(e.Steps), 3)
	return float64(points) / 100
}

// agreed reports whether each party has said how the example may be used.
func agreed(e Example) bool {
	for _, p := range e.Parties {
		answered := false
		for _, a := range e.Agreements {
			answered = answered || a.Party == p.Ref && a.Consent.Status != "" && a.Consent.Status != "not-asked" && a.Consent.Status != "requested"
		}
		if !answered {
			return false
		}
	}
	return len(e.Parties) > 0
}

func hasEvidence(outcomes []Outcome) bool {
	for _, o := range outcomes {
		if o.Design != "" && o.Design != "ed:none" && o.Design != "ed:unknown" || o.N > 0 || o.Source > 0 || !o.Metric.Empty() {
			return true
		}
	}
	return false
}

func hasMethod(steps []Step) bool {
	for _, s := range steps {
		if s.Method.Accepted() {
			return true
		}
	}
	return false
}
