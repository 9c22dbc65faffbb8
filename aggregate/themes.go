// SPDX-License-Identifier: Apache-2.0

package aggregate

import "github.com/sharedpractice/sharedpractice/model"

// surely is the least confidence at which a phrase counts as a mention of a
// concept: one word that the vocabulary gives half weight or more.
const surely = 0.45

// themesOf lists the methods and themes that a text mentions. A mention counts as a
// mention only, never as the code of a challenge or an objective.
func (b *build) themesOf(s string) []model.Code {
	if s == "" {
		return nil
	}
	if known, ok := b.themes[s]; ok {
		return known
	}
	var out []model.Code
	suggestions, err := b.matcher.Suggest(s)
	if err == nil {
		for _, x := range suggestions {
			if x.Confidence >= surely {
				out = append(out, model.Code(x.Concept))
			}
		}
	}
	out = distinct(out)
	b.themes[s] = out
	return out
}
