// SPDX-License-Identifier: Apache-2.0

package vocabulary

import "strings"

// formTitle is the frame of a guide's title.
const formTitle Form = "title"

// Title returns the title of a guide: "How to <objective> when <challenge>
// (<situation>)", in the word order of lang. challenge and situation are ids
// or "". It returns the language that the title is in, which is lang or the
// one fallen back to as a whole: a title never mixes languages. Both are ""
// where the objective has no phrase.
func (s *Set) Title(objective, challenge, situation, lang string) (title, in string) {
	frame := s.byID["fm:title"]
	for _, l := range []string{lang, DefaultLang} {
		template := frame.exactly(formTitle, l)
		verb := s.byID[objective].exactly(FormVerb, l)
		when := s.byID[challenge].exactly(FormWhen, l)
		where := s.byID[situation].exactly(formIn, l)
		if template == "" || verb == "" || challenge != "" && when == "" || situation != "" && where == "" {
			continue
		}
		return Fill(template, map[string]string{"objective": verb, "challenge": when, "situation": where}), l
	}
	return "", ""
}

// StepSlots names what a step may say beside its method; each is a concept id
// or "". What has no phrase in the step's language is left out.
type StepSlots struct {
	Actor     string // stakeholder, said in the plural
	Stage     string // lifecycleScheme
	Duration  string // effort band
	Situation string // situation
}

// Step says a method as an imperative sentence without full stop, with what is
// said beside it in brackets behind, such as "Run a focus group with carers
// and families on a few open questions (during trial design; allow 1 to 2
// days)", and the language it is in; both are "" for a method without a step.
func (s *Set) Step(method string, slots StepSlots, lang string) (step, in string) {
	frame := s.byID["fm:step"]
	for _, l := range []string{lang, DefaultLang} {
		template := s.byID[method].exactly(FormStep, l)
		if template == "" {
			continue
		}
		step := Fill(template, map[string]string{"actor": s.told(slots.Actor, FormMany, l)})
		var details []string
		for _, part := range []struct{ slot, text string }{
			{"stage", s.told(slots.Stage, FormNoun, l)},
			{"situation", s.told(slots.Situation, formIn, l)},
			{"duration", s.told(slots.Duration, FormNoun, l)},
		} {
			if t := frame.exactly(Form(part.slot), l); t != "" && part.text != "" {
				details = append(details, Fill(t, map[string]string{part.slot: part.text}))
			}
		}
		if len(details) > 0 {
			// A step that ends in a bracket takes what is details it in there.
			open, inside := " (", strings.TrimSuffix(step, ")")
			if inside != step {
				open = "; "
			}
			step = inside + open + strings.Join(details, "; ") + ")"
		}
		return step, l
	}
	return "", ""
}

// told is the concept's phrase in that very language; "" for a concept that
// tells nothing, such as "unknown".
func (s *Set) told(id string, form Form, lang string) string {
	c := s.byID[id]
	if l := c.Slug(); l == "unknown" || l == "any" {
		return ""
	}
	return c.exactly(form, lang)
}

// exactly returns the first phrase of the form in that very language, or "".
func (c *Concept) exactly(form Form, lang string) string {
	if c == nil || c.texts[lang] == nil || len(c.texts[lang].say[form]) == 0 {
		return ""
	}
	return c.texts[lang].say[form][0]
}
