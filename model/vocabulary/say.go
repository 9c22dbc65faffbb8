// SPDX-License-Identifier: Apache-2.0

package vocabulary

import (
	"slices"
	"strings"
)

// Form names a way in which a language says a concept inside a sentence.
type Form string

// The forms that the built-in schemes give. Each is lower case at the start
// unless a proper name stands there, and has no full stop unless it is a
// whole sentence.
const (
	// FormNoun is a noun phrase: "too little time" (challenges),
	// "better safety" (objectives), "a focus group" (methods).
	FormNoun Form = "noun"
	// formGerund is a gerund phrase for dealing with a challenge or doing an
	// objective or method: "reaching seldom-heard groups".
	formGerund Form = "gerund"
	// FormWhen is a clause to follow "when": "some groups are seldom heard"
	// (challenges).
	FormWhen Form = "when"
	// FormVerb is a bare infinitive phrase: "improve safety" (objectives).
	FormVerb Form = "verb"
	// formIn is an adverbial phrase of a situation: "when time is short".
	formIn Form = "in"
	// FormShows are whole sentences: signs by which a challenge shows itself.
	FormShows Form = "shows"
	// FormForce are pairs of things that pull in different directions, the
	// two sides joined by " <> "; see [Concept.Forces].
	FormForce Form = "force"
	// FormStep is an imperative sentence without full stop (methods,
	// practices), a template with
	// slots for [Fill]: "Run a survey[ with {actor}]".
	FormStep Form = "step"
	// FormUsual is a whole sentence: how a method is usually done. It claims
	// nothing about effect.
	FormUsual Form = "usual"
	// FormOutput is a noun phrase: what a method leaves behind.
	FormOutput Form = "output"
	// FormBefore is an imperative sentence: what to settle before a method.
	FormBefore Form = "before"
	// formOne, FormMany and formThe are "a patient", "patients" and "the
	// patients" (stakeholders; organisation types).
	formOne  Form = "one"
	FormMany Form = "many"
	formThe  Form = "the"
	// formBracket stands in for a name: "a hospital trust", to be put in
	// square brackets by the caller.
	formBracket Form = "bracket"
	// FormFragment completes "the account ..." or "x of n ..." (evidence
	// designs): "compared the same measure before and after".
	FormFragment Form = "fragment"
	// FormFits and FormUnfit are phrases of a practice, to stand after a colon:
	// where it fits, and where it does not (many have none).
	FormFits  Form = "fits"
	FormUnfit Form = "unfit"
	// formScope tells whoever codes where a concept ends and its neighbours
	// begin; English only.
	formScope Form = "scope"
)

// Say returns the concept's phrase of the given form in lang, or in the
// nearest language (see [Set.Label]), and the language it is in; both are ""
// where no language has it. Where the form has several phrases, Say returns
// the first.
func (c *Concept) Say(form Form, lang string) (text, in string) {
	all, in := c.SayAll(form, lang)
	if len(all) == 0 {
		return "", ""
	}
	return all[0], in
}

// SayAll returns every phrase of the form, in the order of the data, and the
// language they are in.
func (c *Concept) SayAll(form Form, lang string) (all []string, in string) {
	if c == nil {
		return nil, ""
	}
	for _, l := range chain(c.texts, lang) {
		if all := c.texts[l].say[form]; len(all) > 0 {
			return slices.Clone(all), l
		}
	}
	return nil, ""
}

// Force is a pair of things worth wanting that pull in different directions.
type Force struct{ One, Other string }

// Forces returns the challenge's pairs of opposing forces in lang.
func (c *Concept) Forces(lang string) []Force {
	all, _ := c.SayAll(FormForce, lang)
	out := make([]Force, 0, len(all))
	for _, f := range all {
		if one, other, ok := strings.Cut(f, " <> "); ok {
			out = append(out, Force{one, other})
		}
	}
	return out
}

// Fill completes a template: {name} is replaced by slots["name"], and a part
// in square brackets is left out as a whole when a slot in it is empty. A slot
// outside brackets that is empty leaves nothing behind. The result is plain
// text: slot values are put in as they are, once, and never read as templates.
func Fill(template string, slots map[string]string) string {
	var out strings.Builder
	for template != "" {
		i := strings.IndexAny(template, "[{")
		if i < 0 {
			out.WriteString(template)
			break
		}
		out.WriteString(template[:i])
		if template[i] == '{' {
			end := strings.IndexByte(template[i:], '}')
			if end < 0 {
				break
			}
			out.WriteString(slots[template[i+1:i+end]])
			template = template[i+end+1:]
			continue
		}
		end := strings.IndexByte(template[i:], ']')
		if end < 0 {
			break
		}
		part := template[i+1 : i+end]
		if filled(part, slots) {
			out.WriteString(Fill(part, slots))
		}
		template = template[i+end+1:]
	}
	return out.String()
}

// filled reports whether every slot in the part has a value.
func filled(part string, slots map[string]string) bool {
	for {
		i := strings.IndexByte(part, '{')
		if i < 0 {
			return true
		}
		end := strings.IndexByte(part[i:], '}')
		if end < 0 || slots[part[i+1:i+end]] == "" {
			return false
		}
		part = part[i+end+1:]
	}
}

// The slots that templates may use.
var templateSlots = [...]string{"actor", "challenge", "duration", "objective", "situation", "stage"}

// checkTemplate returns the broken rule or "".
func checkTemplate(s string) string {
	bracket := false
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '[':
			if bracket {
				return "a template has brackets inside brackets"
			}
			bracket = true
		case ']':
			if !bracket {
				return "a template closes a bracket that is not open"
			}
			bracket = false
		case '{':
			end := strings.IndexByte(s[i:], '}')
			if end < 0 || !slices.Contains(templateSlots[:], s[i+1:i+end]) {
				return "a template names an unknown slot"
			}
			i += end
		case '}':
			return "a template closes a slot that is not open"
		}
	}
	if bracket {
		return "a template leaves a bracket open"
	}
	return ""
}
