// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/model"
)

// ErrSignOff says that a record and a log do not belong together, or that the
// text which the record would publish is not the one whose hash the log holds.
var ErrSignOff = errors.New("guidance: record and log do not belong together")

// SignOff writes a contributor's sign-off sheet: what would be published from
// the example once it is approved, beside what was taken out and why, the exact
// text with its hash, and how to say yes, no or otherwise. What was taken out is
// told by kind, rule and what was done with it; the sheet cannot tell the words,
// which neither a record nor a log holds. It is for the contributor and the
// working group only.
func SignOff(r anonymize.Record, l anonymize.Log, cfg Config) (*Guide, error) {
	text := r.ApprovalText()
	if !r.Valid() || r.ID() != l.Record || model.HashText(text) != l.Approval {
		return nil, ErrSignOff
	}
	w, err := newWriter(nil, cfg)
	if err != nil {
		return nil, err
	}
	g := w.document(KindSignOff, "sign-off."+r.ID(), nil)
	fact := func(key, value string) {
		g.Front.Facts = append(g.Front.Facts, Fact{Label: w.say("sign-off.fact."+key, nil), Value: value})
	}
	fact("record", r.ID())
	fact("level", w.say("level."+r.Level().String(), nil))
	fact("hash", l.Approval)
	silence, level := "sign-off.silence.agreed", "sign-off.level."+r.Level().String()
	waits := slices.ContainsFunc(l.Reasons, func(x model.Reason) bool { return x.Code == anonymize.ReasonApproval })
	if waits && !reflect.ValueOf(r.Proposed()).IsZero() {
		silence, level = "sign-off.silence.waits", "sign-off.level.waits"
	}
	published := r.Proposed()
	w.add(g, "about", list(w.frames(nil, "sign-off.about.what", "sign-off.about.nothing", "sign-off.about.private")...),
		Block{Kind: Note, Claims: []Claim{w.frame(level, nil)}})
	w.add(g, "texts", w.sideBySide(published, r.Anonymised(), l)...)
	w.add(g, "codes", w.codedFacts(published)...)
	w.add(g, "counted", w.counting(r, l)...)
	w.add(g, "exact", paragraph(w.frames(values{"hash": l.Approval}, "sign-off.exact.lead", "sign-off.exact.hash")...), Block{Kind: Verbatim, Text: text})
	w.add(g, "decision",
		w.ask("decision", "sign-off.slot.decision", ChoiceSlot, 0, w.say("sign-off.yes", nil), w.say("sign-off.change", nil), w.say("sign-off.no", nil)),
		list(w.frames(nil, "sign-off.means.yes", "sign-off.means.change", "sign-off.means.no", silence)...),
		w.ask("change", "sign-off.slot.change", TextSlot, 300), w.ask("missed", "sign-off.slot.missed", TextSlot, 100),
		w.ask("name", "sign-off.slot.name", NameSlot, 0), w.ask("date", "sign-off.slot.date", DateSlot, 0))
	return w.finish(g)
}

// said is one text of a content and where it stands in the example.
type said struct{ path, text string }

// texts lists the texts of a content by their places in the example.
func texts(c anonymize.Content) []said {
	out := []said{{"title", c.Title}, {"public_summary", c.Summary}}
	each(&out, "challenges[%d].as_written", c.Challenges, func(s anonymize.Statement) string { return s.Text })
	each(&out, "objectives[%d].as_written", c.Objectives, func(s anonymize.Statement) string { return s.Text })
	each(&out, "situations[%d].as_written", c.Situations, func(s anonymize.Statement) string { return s.Text })
	each(&out, "strategy_steps[%d].text", c.Steps, func(s anonymize.Step) string { return s.Text })
	each(&out, "resources[%d].text", c.Resources, func(s anonymize.Resource) string { return s.Text })
	each(&out, "outcomes[%d].text", c.Outcomes, func(s anonymize.Outcome) string { return s.Text })
	each(&out, "success_criteria[%d].text", c.Criteria, func(s anonymize.Criterion) string { return s.Text })
	each(&out, "lessons[%d].text", c.Lessons, func(s anonymize.Lesson) string { return s.Text })
	same := func(s string) string { return s }
	each(&out, "adoption.getting_started[%d]", c.GettingStarted, same)
	each(&out, "adoption.sustaining[%d]", c.Sustaining, same)
	each(&out, "adoption.adapted_elsewhere[%d]", c.Adapted, same)
	each(&out, "adoption.prerequisites[%d]", c.Prerequisites, same)
	each(&out, "adoption.not_suitable_for[%d]", c.NotSuitableFor, same)
	each(&out, "quotes[%d].text", c.Quotes, func(s anonymize.Quote) string { return s.Text })
	return out
}

func each[T any](out *[]said, path string, list []T, text func(T) string) {
	for i, x := range list {
		*out = append(*out, said{fmt.Sprintf(path, i), text(x)})
	}
}

// sideBySide tells, text by text, what would be published and what was taken
// out of it. A text that is only counted says so.
func (w *writer) sideBySide(published, counted anonymize.Content, l anonymize.Log) []Block {
	open := map[string]string{}
	for _, s := range texts(published) {
		open[s.path] = s.text
	}
	decided := map[string][]anonymize.Entry{}
	for _, d := range l.Decisions {
		decided[d.Path] = append(decided[d.Path], d)
	}
	t := &Table{Caption: w.say("sign-off.texts", nil), Head: []string{
		w.say("sign-off.place", nil), w.say("sign-off.published", nil), w.say("sign-off.removed", nil),
	}, Note: w.say("sign-off.texts.note", nil)}
	shown := 0
	add := func(path, text string) {
		removed := w.removed(decided[path])
		delete(decided, path)
		if text == "" {
			text = w.say("sign-off.not-published", nil)
		} else {
			shown++
		}
		t.Rows = append(t.Rows, []string{w.place(path), text, cmp.Or(removed, w.say("sign-off.nothing-removed", nil))})
	}
	for _, s := range texts(counted) {
		if s.text != "" || len(decided[s.path]) > 0 {
			add(s.path, open[s.path])
		}
	}
	for _, path := range slices.Sorted(maps.Keys(decided)) {
		add(path, "")
	}
	if len(t.Rows) == 0 {
		return []Block{paragraph(w.frame("sign-off.no-texts", nil))}
	}
	lead := "sign-off.texts.lead"
	if shown == 0 {
		lead = "sign-off.texts.codes-only"
	}
	return []Block{paragraph(w.frame(lead, nil)), {Kind: TableOf, Table: t}}
}

// place names a place of an example: "Step 2" for strategy_steps[1].text.
func (w *writer) place(path string) string {
	field, rest, indexed := strings.Cut(path, "[")
	n := 0
	if _, err := fmt.Sscanf(rest, "%d", &n); !indexed || err != nil {
		return w.say("field."+field, nil)
	}
	return w.say("field."+field, values{"n": n + 1})
}

// removed words the decisions on one text: alike ones once, with their number.
func (w *writer) removed(decisions []anonymize.Entry) string {
	var order []string
	count := map[string]int{}
	for _, d := range decisions {
		why := "sign-off.because.found"
		switch {
		case d.Declared:
			why = "sign-off.because.declared"
		case d.Recognizer == "strict":
			why = "sign-off.because.unsure"
		case d.Recognizer == "mentions":
			why = "sign-off.because.again"
		}
		operator, _, _ := strings.Cut(string(d.Operator), ":")
		key := w.say("sign-off.did", values{
			"kind": w.say("sign-off.kind."+strings.ToLower(string(d.Kind)), nil), "did": w.say("sign-off.operator."+operator, nil),
			"why": w.say(why, nil), "rule": d.Rule,
		})
		if count[key] == 0 {
			order = append(order, key)
		}
		count[key]++
	}
	for i, key := range order {
		if count[key] > 1 {
			order[i] = w.say("sign-off.times", values{"what": key, "n": count[key]})
		}
	}
	return strings.Join(order, "; ")
}

// codedFacts lists what would be published in the words of lists only.
func (w *writer) codedFacts(c anonymize.Content) []Block {
	t := &Table{Caption: w.say("sign-off.codes", nil), Head: []string{w.say("sign-off.place", nil), w.say("sign-off.published", nil)}}
	row := func(key, value string) {
		if value != "" {
			t.Rows = append(t.Rows, []string{w.say("sign-off.code."+key, nil), value})
		}
	}
	labels := func(key string, codes ...model.Code) {
		var out []string
		for _, k := range codes {
			if k != "" && !slices.Contains(out, w.label(k)) {
				out = append(out, w.label(k))
			}
		}
		row(key, strings.Join(out, "; "))
	}
	labels("kind", c.Kind)
	labels("challenges", codesOf(c.Challenges, acceptedCode)...)
	labels("objectives", codesOf(c.Objectives, acceptedCode)...)
	labels("situations", codesOf(c.Situations, acceptedCode)...)
	labels("organisations", c.OrganisationTypes...)
	labels("sectors", c.Sectors...)
	labels("people", codesOf(c.Stakeholders, func(s anonymize.Stakeholder) model.Code { return s.Group })...)
	labels("therapy", c.TherapyAreas...)
	labels("lifecycle", c.Lifecycle...)
	labels("level", c.Level)
	labels("setting", c.Setting)
	labels("scale", c.Scale)
	labels("region", c.Region)
	row("year", c.Year)
	labels("methods", codesOf(c.Steps, func(s anonymize.Step) model.Code { return s.Method })...)
	labels("efforts", codesOf(c.Steps, func(s anonymize.Step) model.Code { return s.Effort })...)
	labels("bands", codesOf(c.Resources, func(r anonymize.Resource) model.Code { return r.Band })...)
	labels("designs", codesOf(c.Outcomes, func(o anonymize.Outcome) model.Code { return o.Design })...)
	row("name", c.Name)
	row("acknowledgements", strings.Join(c.Acknowledgements, "; "))
	var sources []string
	for _, s := range c.Sources {
		sources = append(sources, sourceLine(s.Title, s.Publisher, s.Year, s.URL, s.Attribution, s.Licence))
	}
	row("sources", strings.Join(sources, "; "))
	if len(t.Rows) == 0 {
		return []Block{paragraph(w.frame("sign-off.no-codes", nil))}
	}
	return []Block{paragraph(w.frame("sign-off.codes.lead", nil)), {Kind: TableOf, Table: t}}
}

func acceptedCode(s anonymize.Statement) model.Code {
	if !s.Accepted {
		return ""
	}
	return s.Code
}

func codesOf[T any](list []T, code func(T) model.Code) []model.Code {
	var out []model.Code
	for _, x := range list {
		out = append(out, code(x))
	}
	return out
}

// counting says which uses are open, and which doors are closed and by what.
func (w *writer) counting(r anonymize.Record, l anonymize.Log) []Block {
	var open []Claim
	for _, use := range []model.Use{model.UseAggregate, model.UseGuidance, model.UseShowcase} {
		key := "sign-off.use.no."
		if r.Allows(use) {
			key = "sign-off.use.yes."
		}
		open = append(open, w.frame(key+string(use), nil))
	}
	blocks := []Block{list(open...)}
	var closed []Claim
	for _, reason := range l.Reasons {
		if key := "reason." + reason.Code; w.catalog.has(key) {
			closed = append(closed, w.frame(key, nil))
		}
	}
	if len(closed) > 0 {
		blocks = append(blocks, paragraph(w.frame("sign-off.closed", nil)), list(closed...))
	}
	return blocks
}
