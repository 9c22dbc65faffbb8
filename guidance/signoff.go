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
	"github.com/sharedpractice/sharedpractice/anonymize/redact"
	"github.com/sharedpractice/sharedpractice/guidance/internal/words"
	"github.com/sharedpractice/sharedpractice/model"
)

// ErrSignOff says that a record, a log and a sheet do not belong together, or that the
// text which the record would publish is not the one whose hash the log holds.
var ErrSignOff = errors.New("guidance: the sheet, the record and the log do not belong together")

// SignOff writes a contributor's sign-off sheet: in short who would read what,
// the sentences that would be published with what was taken out and why, the
// entries of lists, the answer, and at the end the exact text with its
// fingerprint. What was taken out is told by its kind; the sheet cannot tell the
// words, which neither a record nor a log holds. It is for the contributor and
// the working group only. ReadSignOff takes the answer back from it. Where several
// parties stand behind the record, each gets a sheet with a code of its own
// (Config.SheetCode), so that its answer is known to be its own.
func SignOff(r anonymize.Record, l anonymize.Log, cfg Config) (*Guide, error) {
	text := r.ApprovalText()
	if !r.Valid() || r.ID() != l.Record || model.HashText(text) != l.Approval {
		return nil, ErrSignOff
	}
	if len(cfg.SheetCode) > mostSheetCode || strings.Trim(cfg.SheetCode, sheetCodeLetters) != "" {
		return nil, fmt.Errorf("%w: the code of a sheet has at most %d of a-z and 2-7", ErrArgument, mostSheetCode)
	}
	w, err := newWriter(nil, cfg)
	if err != nil {
		return nil, err
	}
	g := w.document(kindSignOff, "sign-off."+r.ID(), nil)
	g.Front.Facts = nil // it is no draft of a guide
	if cfg.Date != "" {
		g.Front.Facts = append(g.Front.Facts, Fact{Label: w.say("fact.date", nil), Value: w.catalog.Date(cfg.Date)})
	}
	g.Front.Facts = append(g.Front.Facts, Fact{Label: w.say("sign-off.fact.record", nil), Value: r.ID()})
	if cfg.SheetCode != "" {
		g.Front.Facts = append(g.Front.Facts, Fact{Label: w.say("sign-off.fact.code", nil), Value: strings.ToUpper(cfg.SheetCode)})
	}

	published := r.Proposed()
	if published.Name != "" {
		g.Front.Facts = append(g.Front.Facts, Fact{Label: w.say("sign-off.code.name", nil), Value: published.Name})
	}
	level, short := w.inShort(r, l, published)
	short = append(short, w.frame("sign-off.about.private", nil))
	if cfg.SheetCode != "" {
		short = append(short, w.frame("sign-off.about.code", nil))
	}
	w.add(g, "about", append([]Block{{Kind: Note, Claims: level}, list(short...)}, w.closed(l)...)...)
	w.add(g, "texts", w.sideBySide(published, r.Anonymised(), l)...)
	w.add(g, "codes", w.codedFacts(published)...)
	w.add(g, "decision",
		w.ask("decision", "sign-off.slot.decision", ChoiceSlot, 0, w.say("sign-off.yes", nil), w.say("sign-off.change", nil), w.say("sign-off.no", nil)),
		list(w.frames(nil, "sign-off.means.yes", "sign-off.means.change", "sign-off.means.no")...),
		w.ask("change", "sign-off.slot.change", TextSlot, 300), w.ask("missed", "sign-off.slot.missed", TextSlot, 100),
		w.ask("name", "sign-off.slot.name", NameSlot, 0), w.ask("date", "sign-off.slot.date", DateSlot, 0))
	w.add(g, "exact", paragraph(w.frames(words.Values{"hash": l.Approval}, "sign-off.exact.lead", "sign-off.exact.hash")...), Block{Kind: Verbatim, Text: text})
	if g, err = w.finish(g); err != nil {
		return nil, err
	}
	// An answer is to this text of this record.
	basis := signOffBasis(l) + cfg.SheetCode
	g.slots(func(_ *Section, s *Slot) {
		s.Basis, s.Outdated = basis, ""
		if a, ok := cfg.Answers[s.ID]; ok && a.Basis != "" && a.Basis != basis {
			s.Outdated = w.say("outdated", nil)
		}
	})
	return g, nil
}

// inShort says what the contributor chose, and who would read what.
func (w *writer) inShort(r anonymize.Record, l anonymize.Log, published anonymize.Content) (level, short []Claim) {
	level = w.frames(nil, "sign-off.level."+agreedLevel(r, l))
	uses := w.frames(nil, "sign-off.use."+granted(r, model.UseAggregate), "sign-off.use."+granted(r, model.UseGuidance))
	if reflect.ValueOf(published).IsZero() {
		return level, uses
	}
	silence := "sign-off.silence.agreed"
	if slices.ContainsFunc(l.Reasons, func(x model.Reason) bool { return x.Code == anonymize.ReasonApproval }) {
		silence = "sign-off.silence.waits"
		level = append(level, w.frame("sign-off.level.waits", nil))
	}
	short = append(w.frames(nil, "sign-off.readers."+r.Audience().String(), "sign-off.about.nothing"), uses...)
	if r.Agreed() >= model.Attributed && published.Title != "" { // what has no title is not among the examples
		short = append(short, w.frame("sign-off.use."+granted(r, model.UseShowcase), nil))
	}
	return level, append(short, w.frame(silence, nil))
}

// unnamed begins the codes of the reasons why what could be named is not.
const unnamed = "attribution-without-"

// agreedLevel is the end of the message on what the contributor chose. What could be named
// and is not to be shown by name is anonymous, though nobody chose that.
func agreedLevel(r anonymize.Record, l anonymize.Log) string {
	if r.Agreed() == model.Anonymous && slices.ContainsFunc(l.Reasons, func(x model.Reason) bool { return strings.HasPrefix(x.Code, unnamed) }) {
		return "unnamed"
	}
	return r.Agreed().String()
}

// granted is the end of a message on a use, as agreed: yes.USE or no.USE.
func granted(r anonymize.Record, use model.Use) string {
	if r.AllowsOnceApproved(use) {
		return "yes." + string(use)
	}
	return "no." + string(use)
}

// sideBySide tells, text by text, what would be published and what was taken
// out of it; of the other texts only where they stand, and what was taken out.
func (w *writer) sideBySide(published, counted anonymize.Content, l anonymize.Log) []Block {
	decided := map[string][]anonymize.Entry{}
	for _, d := range l.Decisions {
		decided[d.Path] = append(decided[d.Path], d)
	}
	open := map[string]bool{}
	t := &Table{Caption: w.say("sign-off.texts", nil), Header: []string{
		w.say("sign-off.place", nil), w.say("sign-off.published", nil), w.say("sign-off.removed", nil),
	}}
	whole := true
	for place, text := range published.Passages() {
		if text == "" {
			continue
		}
		open[place] = true
		removed := w.removed(decided[place])
		whole = whole && len(removed) == 0
		t.Rows = append(t.Rows, []string{w.place(place), text, cmp.Or(oneLine(w.lang, removed), "–")})
	}
	blocks := w.publishedTexts(t, whole)
	var places []string
	var before []anonymize.Entry
	other := func(path string) {
		if !open[path] {
			open[path] = true
			places = append(places, w.place(path))
			before = append(before, takenOut(decided[path])...)
		}
	}
	for place, text := range counted.Passages() {
		if text != "" {
			other(place)
		}
	}
	for _, path := range slices.Sorted(maps.Keys(decided)) {
		other(path)
	}
	if len(places) == 0 {
		if len(blocks) == 0 {
			return []Block{paragraph(w.frame("sign-off.no-texts", nil))}
		}
		return blocks
	}
	if len(blocks) == 0 {
		blocks = []Block{paragraph(w.frame("sign-off.texts.codes-only", nil))}
	} else {
		blocks = append(blocks, paragraph(w.frame("sign-off.texts.others", words.Values{"places": words.Semicolons(w.lang, places)})))
	}
	if removed := w.removed(before); len(removed) > 0 {
		items := make([]Claim, len(removed))
		for i, said := range removed {
			items[i] = Claim{Text: said, Source: Frame}
		}
		blocks = append(blocks, paragraph(w.frame("sign-off.texts.before", nil)), list(items...))
	}
	return blocks
}

// takenOut are the entries of a text that is not shown, so that nothing stands in place of
// what was taken out.
func takenOut(entries []anonymize.Entry) (out []anonymize.Entry) {
	for _, d := range entries {
		if d.Operator != redact.Keep {
			d.Operator = ""
			out = append(out, d)
		}
	}
	return out
}

// publishedTexts shows the texts that would be published; of whole ones not what was taken
// out, since that is nothing.
func (w *writer) publishedTexts(t *Table, whole bool) []Block {
	switch {
	case len(t.Rows) == 0:
		return nil
	case whole:
		t.Caption, t.Header = w.say("sign-off.section.texts", nil), t.Header[:2]
		for i := range t.Rows {
			t.Rows[i] = t.Rows[i][:2]
		}
		return []Block{paragraph(w.frame("sign-off.texts.whole", nil)), {Kind: TableOf, Table: t}}
	}
	t.Note = w.say("sign-off.texts.note", nil)
	return []Block{paragraph(w.frame("sign-off.texts.lead", nil)), {Kind: TableOf, Table: t}}
}

// place names a place of an example: "Step 2" for strategy_steps[1].text.
func (w *writer) place(path string) string {
	field, rest, indexed := strings.Cut(path, "[")
	n := 0
	if _, err := fmt.Sscanf(rest, "%d", &n); !indexed || err != nil {
		return w.say("field."+field, nil)
	}
	return w.say("field."+field, words.Values{"n": n + 1})
}

// codedFacts lists what would be published in the words of lists only.
func (w *writer) codedFacts(c anonymize.Content) []Block {
	t := &Table{Caption: w.say("sign-off.codes", nil), Header: []string{w.say("sign-off.place", nil), w.say("sign-off.published", nil)}}
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
		row(key, words.Semicolons(w.lang, out))
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
	row("acknowledgements", words.Semicolons(w.lang, c.Acknowledgements))
	var sources []string
	for _, s := range c.Sources {
		sources = append(sources, words.SourceLine(s.Title, s.Publisher, s.Year, s.URL, s.Attribution, s.Licence))
	}
	row("sources", words.Semicolons(w.lang, sources))
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

// closed lists the reasons for which the text may not be used at present, in the
// reader's language; the missing approval is left out, since the sheet asks for it.
func (w *writer) closed(l anonymize.Log) []Block {
	var closed []Claim
	for _, reason := range l.Reasons {
		if key := "reason." + reason.Code; reason.Code != anonymize.ReasonApproval && w.catalog.Has(key) {
			closed = append(closed, w.frame(key, nil))
		}
	}
	if len(closed) == 0 {
		return nil
	}
	return []Block{paragraph(w.frame("sign-off.closed", nil)), list(closed...)}
}

// removed words the decisions on texts, alike ones once with their number. What
// was kept, or replaced by words in brackets that can be seen, needs no more words.
func (w *writer) removed(decisions []anonymize.Entry) []string {
	var order []string
	count := map[string]int{}
	for _, d := range decisions {
		if d.Operator == redact.Keep {
			continue
		}
		said := w.catalog.Removed(d.Decision)
		operator, _, _ := strings.Cut(string(d.Operator), ":")
		if key := "sign-off.operator." + operator; w.catalog.Has(key) {
			said = w.say("sign-off.did", words.Values{"what": said, "did": w.say(key, nil)})
		}
		if !slices.Contains(order, said) {
			order = append(order, said)
		}
		count[said]++
	}
	for i, said := range order {
		if count[said] > 1 {
			order[i] = w.say("sign-off.times", words.Values{"what": said, "n": count[said]})
		}
	}
	return order
}

// oneLine joins what was taken out of one text.
func oneLine(locale string, removed []string) string {
	var b strings.Builder
	for i, said := range removed {
		if i > 0 {
			b.WriteString(words.High(locale, ";") + " ")
			said = words.LowerFirst(said)
		}
		b.WriteString(said)
	}
	return b.String()
}
