// SPDX-License-Identifier: Apache-2.0

package reading

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/reading/internal/linear"
	"github.com/sharedpractice/sharedpractice/model/text"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// Filled says from where in the account a field was filled.
type Filled struct {
	Field string // such as strategy_steps[2]
	text.Span
	Confidence float64
	Others     []Found // of a code: the next two
}

// Fill reads the account of an example and fills the fields that are empty. What
// a person gave stays as it is. An example without an account comes back as it
// was. The account itself stays in the example: take it out before it goes on.
func (r *Reader) Fill(e model.Example) (model.Example, []Filled, error) {
	account := string(e.Account)
	if strings.TrimSpace(account) == "" {
		return e, nil, nil
	}
	got, err := r.Read(account, "")
	if err != nil {
		return e, nil, err
	}
	filled, evidence := r.FillFrom(e, got)
	return filled, evidence, nil
}

// FillFrom is Fill with what Read gave of the example's account, and no hint. Which of
// its codes are Told may have been decided anew, such as beside other accounts. What
// was read in another, longer account fills nothing.
func (r *Reader) FillFrom(e model.Example, got *Reading) (model.Example, []Filled) {
	if got == nil || strings.TrimSpace(string(e.Account)) == "" ||
		slices.ContainsFunc(got.Sentences, func(s Sentence) bool { return s.Start < 0 || s.Start > s.End || s.End > len(e.Account) }) {
		return e, nil
	}
	f := filler{Reader: r, account: string(e.Account), got: got, e: &e}
	f.head()
	f.codes()
	f.sentences()
	f.setting()
	return e, f.evidence
}

type filler struct {
	*Reader
	account  string
	got      *Reading
	e        *model.Example
	evidence []Filled
}

func (f *filler) say(i int) string {
	return clean(f.account[f.got.Sentences[i].Start:f.got.Sentences[i].End])
}

// clean joins the lines of a sentence, takes the mark of a list away and keeps
// to what a text field may hold.
func clean(s string) string {
	s = strings.Join(strings.FieldsFunc(text.Repair(s), func(r rune) bool {
		return r <= ' ' || r == 0x7f || r >= 0x80 && r < 0xa1 || r == 0x2028 || r == 0x2029
	}), " ")
	s = strings.Map(func(r rune) rune {
		switch {
		case r >= 0x200b && r <= 0x200f, r >= 0x202a && r <= 0x202e, r >= 0x2060 && r <= 0x206f, r == 0xfeff:
			return -1
		}
		return r
	}, s)
	s = strings.TrimLeft(s, "•·▪●○◦–—-*✓➢ ")
	return short(s, 2000)
}

// short cuts a text at the end of a rune.
func short(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most]
}

func (f *filler) note(field string, i int, confidence float64, others []Found) {
	f.evidence = append(f.evidence, Filled{Field: field, Span: f.got.Sentences[i].Span, Confidence: confidence, Others: others})
}

// head fills kind and title.
func (f *filler) head() {
	if f.e.Kind == "" {
		f.e.Kind = "ki:engagement-activity"
	}
	if f.e.Title.Empty() && len(f.got.Sentences) > 0 {
		f.e.Title.Value = model.Raw(short(f.say(0), 120))
		f.note("title", 0, 0, nil)
	}
	if f.e.Title.Empty() {
		f.e.Title.Value = "An account"
	}
}

// by says how a code is filled: counted, or as a suggestion.
func by(x Found) model.AssignedBy {
	if x.Told {
		return model.BySoftware
	}
	return model.BySuggestion
}

// likely are the codes worth showing: those told, and the next ones that a
// person may want to see.
func likely(all []Found, most int) []int {
	var out []int
	for i, x := range all {
		if x.Told || len(out) < most && (x.Confidence >= suggested || i == 0 && x.Confidence >= leastGuess) {
			out = append(out, i)
		}
	}
	return out
}

// suggested is the confidence from which on a person is asked, leastGuess that of
// a best guess where nothing is likelier.
const suggested, leastGuess = 0.12, 0.05

// mostOfAKind bounds what is filled: a person reads on.
const mostOfAKind = 6

func (f *filler) codes() {
	coded := func(x Found) model.Coded {
		return model.Coded{Code: x.Code, AsWritten: model.Raw(short(f.say(x.Sentence), 500)), AssignedBy: by(x), Confidence: round(x.Confidence)}
	}
	each := func(field string, all []Found, add func(Found) int) {
		for _, i := range likely(all, mostOfAKind) {
			x := all[i]
			n := add(x)
			f.note(field+"["+strconv.Itoa(n)+"]", x.Sentence, x.Confidence, all[i+1:min(i+3, len(all))])
		}
	}
	if len(f.e.Challenges) == 0 {
		each("challenges", f.got.Challenges, func(x Found) int {
			f.e.Challenges = append(f.e.Challenges, model.Challenge{Coded: coded(x)})
			return len(f.e.Challenges) - 1
		})
	}
	if len(f.e.Objectives) == 0 {
		each("objectives", f.got.Objectives, func(x Found) int {
			f.e.Objectives = append(f.e.Objectives, model.Objective{Coded: coded(x)})
			return len(f.e.Objectives) - 1
		})
	}
	if len(f.e.Situations) == 0 {
		each("situations", f.got.Situations, func(x Found) int {
			f.e.Situations = append(f.e.Situations, coded(x))
			return len(f.e.Situations) - 1
		})
	}
}

func round(x float64) float64 { return float64(int(x*1000+0.5)) / 1000 }

// longestList is the greatest number of entries that the model accepts in one list.
const longestList = 500

// sentences fills steps, outcomes, lessons and quotes.
func (f *filler) sentences() {
	steps, outcomes := len(f.e.Steps) == 0, len(f.e.Outcomes) == 0
	lessons, quotes := len(f.e.Lessons) == 0, len(f.e.Quotes) == 0
	show := f.shown()
	for i, s := range f.got.Sentences {
		words := f.say(i)
		if words == "" {
			continue
		}
		value := model.Text{Value: model.Raw(words)}
		for _, x := range f.methodsOf(i, show[i]) {
			if !steps || len(f.e.Steps) == longestList {
				break
			}
			f.e.Steps = append(f.e.Steps, f.step(value, x))
			f.note("strategy_steps["+strconv.Itoa(len(f.e.Steps)-1)+"]", i, s.Confidence, nil)
		}
		switch {
		case s.Role == "outcome" && outcomes && len(f.e.Outcomes) < longestList:
			o := model.Outcome{Text: value, Direction: direction(s), Value: model.Raw(figure(words))}
			f.e.Outcomes = append(f.e.Outcomes, o)
			f.note("outcomes["+strconv.Itoa(len(f.e.Outcomes)-1)+"]", i, s.Confidence, nil)
		case s.Role == "lesson" && lessons && len(f.e.Lessons) < longestList:
			f.e.Lessons = append(f.e.Lessons, model.Lesson{Text: value, Kind: lessonKind(words)})
			f.note("lessons["+strconv.Itoa(len(f.e.Lessons)-1)+"]", i, s.Confidence, nil)
		case s.Role == "quote" && quotes && len(f.e.Quotes) < longestList:
			f.e.Quotes = append(f.e.Quotes, model.Quote{Text: value, SpeakerRole: f.first(words, people)})
			f.note("quotes["+strconv.Itoa(len(f.e.Quotes)-1)+"]", i, s.Confidence, nil)
		}
	}
}

// direction is that of an outcome, "" where it tells none: software cannot say of
// an outcome without a direction that nothing changed.
func direction(s Sentence) string {
	if s.Direction == "none" {
		return ""
	}
	return s.Direction
}

// own is the method of an action: the first that counts in the account, or the first.
func (f *filler) own(i int) (x Found, ok bool) {
	s := f.got.Sentences[i]
	if s.Role != "action" {
		return Found{}, false
	}
	for _, code := range s.Methods {
		at := slices.IndexFunc(f.got.Methods, func(y Found) bool { return y.Code == code })
		if at >= 0 && (!ok || f.got.Methods[at].Told) {
			x, ok = f.got.Methods[at], true
		}
		if x.Told {
			break
		}
	}
	return x, ok
}

// shown gives, of each sentence, the methods that count in the account, that no
// action shows, and that it says most plainly: the steps are told there, in passing.
func (f *filler) shown() map[int][]Found {
	out := map[int][]Found{}
	carried := map[model.Code]bool{}
	for i := range f.got.Sentences {
		if x, ok := f.own(i); ok {
			carried[x.Code] = true
		}
	}
	for _, x := range f.got.Methods {
		if !x.Told || carried[x.Code] {
			continue
		}
		s := f.got.Sentences[x.Sentence]
		if s.Role == "quote" || s.Role == "lesson" || s.Role == "challenge" || linear.Heading(f.say(x.Sentence)) {
			continue
		}
		out[x.Sentence] = append(out[x.Sentence], x)
	}
	return out
}

// methodsOf are those of the steps that a sentence tells: its own, and what it shows
// besides, each a step. An action without a method is a step without one.
func (f *filler) methodsOf(i int, shown []Found) []Found {
	if f.got.Sentences[i].Role != "action" {
		return shown
	}
	if x, _ := f.own(i); x.Told || len(shown) == 0 {
		return append([]Found{x}, shown...)
	}
	return shown
}

func (f *filler) step(value model.Text, x Found) model.Step {
	step := model.Step{Text: value, Actor: f.first(string(value.Value), people), Month: month(string(value.Value))}
	if x.Code != "" {
		step.Method = model.Coded{Code: x.Code, AssignedBy: by(x), Confidence: round(x.Confidence)}
	}
	return step
}

// people is what codes for those who take part begin with.
const people = "st:"

// first is the first concept of a prefix that a text names.
func (f *filler) first(s, prefix string) model.Code {
	found, err := f.facts.Match(s)
	if err != nil {
		return ""
	}
	for _, m := range found {
		if strings.HasPrefix(m.Concept, prefix) && !m.Negated && (prefix != people || ofPeople(s, m.Span)) {
			return model.Code(m.Concept)
		}
	}
	return ""
}

// setting fills who took part, in which field of health, where and when.
func (f *filler) setting() {
	counts := map[string]int{}
	at := map[string]int{}
	again := map[string]bool{} // in more than one sentence
	for i := range f.got.Sentences {
		found, err := f.facts.Match(f.say(i))
		if err != nil {
			continue
		}
		for _, m := range found {
			if m.Negated || m.Confidence < 0.5 || strings.HasPrefix(m.Concept, people) && !ofPeople(f.say(i), m.Span) {
				continue
			}
			if first, ok := at[m.Concept]; !ok {
				at[m.Concept] = i
			} else if first != i {
				again[m.Concept] = true
			}
			counts[m.Concept]++
		}
	}
	most := func(scheme string) []string {
		var out []string
		for id := range f.set.Scheme(scheme).Concepts() {
			if counts[id.ID()] > 0 && !id.IsGroup() {
				out = append(out, id.ID())
			}
		}
		slices.SortStableFunc(out, func(a, b string) int { return counts[b] - counts[a] })
		return out
	}
	if len(f.e.Stakeholders) == 0 {
		for i, id := range most(vocabulary.Stakeholder) {
			f.e.Stakeholders = append(f.e.Stakeholders, model.Stakeholder{Group: model.Code(id)})
			f.note("stakeholders["+strconv.Itoa(i)+"]", at[id], 0, nil)
			if i == 3 {
				break
			}
		}
	}
	if areas := most(vocabulary.TherapyArea); len(f.e.TherapyAreas) == 0 && len(areas) > 0 && (len(areas) == 1 || counts[areas[0]] > counts[areas[1]]) {
		// Named once in passing, such as the anxiety of those who wait for a letter, it may
		// be no field of health: a person decides.
		who := model.BySuggestion
		if again[areas[0]] || at[areas[0]] == 0 {
			who = model.BySoftware
		}
		f.e.TherapyAreas = []model.Coded{{Code: model.Code(areas[0]), AssignedBy: who}}
		f.note("therapy_areas[0]", at[areas[0]], 0, nil)
	}
	if f.e.Context.Setting == "" {
		if all := most(vocabulary.Sector); len(all) > 0 {
			f.e.Context.Setting = model.Code(all[0])
			f.note("context.setting", at[all[0]], 0, nil)
		}
	}
	if f.e.Context.Scale == "" {
		if all := most(vocabulary.Scale); len(all) > 0 {
			f.e.Context.Scale = model.Code(all[0])
			f.note("context.scale", at[all[0]], 0, nil)
		}
	}
	if f.e.Context.Year == 0 {
		if y, ok := year(f.account); ok {
			f.e.Context.Year = y
		}
	}
}
