// SPDX-License-Identifier: Apache-2.0

package aggregate

import (
	"strings"

	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// surely is the least confidence at which a phrase counts as a mention of a
// concept: one word that the vocabulary gives half weight or more.
const surely = 0.45

// about lists what a text of a kind mentions: signs of success for criteria and
// outcomes, methods and themes for all else.
func (b *build) about(kind Kind, s string) []model.Code {
	if kind == CriterionStatement || kind == OutcomeStatement {
		return suggested(b.signs, s)
	}
	return b.themesOf(s)
}

func (b *build) isTheme(code model.Code) bool {
	c, ok := b.cfg.Vocabulary.Concept(string(code))
	return ok && c.Scheme() == vocabulary.Theme
}

// themesOf lists the methods and themes that a text mentions. A mention counts as a
// mention only, never as the code of a challenge or an objective.
func (b *build) themesOf(s string) []model.Code {
	if s == "" {
		return nil
	}
	if known, ok := b.themes[s]; ok {
		return known
	}
	out := suggested(b.matcher, s)
	b.themes[s] = out
	return out
}

// suggested lists the concepts that a text surely mentions. matcher may be nil.
func suggested(matcher *vocabulary.Matcher, s string) []model.Code {
	if matcher == nil || s == "" {
		return nil
	}
	suggestions, err := matcher.Suggest(unmasked(s))
	if err != nil {
		return nil
	}
	var out []model.Code
	for _, x := range suggestions {
		if x.Confidence >= surely {
			out = append(out, model.Code(x.Concept))
		}
	}
	return distinct(out)
}

// unmasked is a text with a full stop in place of each mask: what a mask says,
// such as [a support group], is nobody's word.
func unmasked(s string) string {
	var b strings.Builder
	depth := 0
	for _, r := range s {
		switch {
		case r == '[':
			if depth++; depth == 1 {
				b.WriteString(" . ")
			}
		case r == ']' && depth > 0:
			depth--
		case depth == 0:
			b.WriteRune(r)
		}
	}
	return b.String()
}
