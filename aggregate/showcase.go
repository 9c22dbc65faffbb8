// SPDX-License-Identifier: Apache-2.0

package aggregate

import (
	"cmp"
	"slices"

	"github.com/sharedpractice/sharedpractice/model"
)

// showcase lists the examples that all their agreements let be shown by name.
// A public example needs a public source; an attributed one carries the name
// that was agreed. Funded work whose funder cannot be acknowledged is left out.
func (b *build) showcase() []Exhibit {
	var out []Exhibit
	for i, r := range b.all.records {
		if !r.Allows(model.UseShowcase) || r.Level() == model.Public && len(b.all.published[i].Sources) == 0 || r.Level() == model.Attributed && b.all.published[i].Name == "" {
			continue
		}
		p := b.all.published[i]
		if p.Title == "" || p.Name == "" && len(p.Sources) == 0 || r.Unacknowledged() {
			continue
		}
		x := Exhibit{
			ID: r.ID(), Level: r.Level(), Name: p.Name, Title: p.Title, Summary: p.Summary, Kind: p.Kind,
			Challenges: challengeCodes(p), Objectives: objectiveCodes(p), Acknowledgements: p.Acknowledgements, Funded: r.Funded(),
		}
		for _, step := range p.Steps {
			if step.Text != "" {
				x.Did = append(x.Did, step.Text)
			}
		}
		x.Sources = slices.Clone(p.Sources)
		out = append(out, x)
	}
	slices.SortFunc(out, func(x, y Exhibit) int { return cmp.Or(cmp.Compare(x.Title, y.Title), cmp.Compare(x.ID, y.ID)) })
	return out
}
