// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/sharedpractice/sharedpractice/guidance/internal/words"
)

//go:embed data/assessment/*.tsv
var assessments embed.FS

// A respondent assesses: patients and professionals do it apart, and talk about the
// difference afterwards.
type respondent string

const (
	byPatients      respondent = "patients"      // and carers
	byProfessionals respondent = "professionals" // and managers
)

// Criteria are the characteristics of patient partnership that a service is
// assessed by, versioned: answers to another version are not compared. Patients and
// professionals assess apart, and talk about the difference afterwards.
type Criteria struct {
	Version string
	List    []Criterion
	// Fallback says that there was no table in the language asked for, and that
	// the list is in SourceLocale.
	Fallback bool

	builtIn bool // the library's own words, which a preferred word changes
}

// Criterion is one characteristic.
type Criterion struct {
	ID     string
	Type   string // of partnership: personal, system or both
	Source string // the document that it was drawn from
	Text   string
	// ToPatients and ToProfessionals ask whether it holds; Evidence asks how one
	// could know.
	ToPatients, ToProfessionals, Evidence string
}

// OpenCriteria reads the criteria in a language: LOCALE.tsv of fsys, or where
// fsys is nil or has no such file, the built-in ones. A regional tag finds those
// of its language ("de-AT" finds "de").
func OpenCriteria(locale string, fsys fs.FS) (*Criteria, error) {
	names := []string{locale}
	if tag, err := language.Parse(locale); err == nil {
		for _, name := range slices.Backward(words.Lookups(tag)) {
			names = append(names, name)
		}
	}
	type place struct {
		fsys     fs.FS
		name     string
		fallback bool
	}
	var places []place
	for _, name := range names {
		places = append(places, place{fsys, name + ".tsv", false})
	}
	for _, name := range names {
		places = append(places, place{assessments, "data/assessment/" + name + ".tsv", false})
	}
	for _, try := range append(places, place{assessments, "data/assessment/" + SourceLocale + ".tsv", true}) {
		if try.fsys == nil || !fs.ValidPath(try.name) {
			continue
		}
		body, err := fs.ReadFile(try.fsys, try.name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("guidance: criteria: %w", err)
		}
		c, err := parseCriteria(string(body))
		if err != nil {
			return nil, err
		}
		c.Fallback, c.builtIn = try.fallback, try.fsys == fs.FS(assessments)
		return c, nil
	}
	return nil, errTable
}

func parseCriteria(body string) (*Criteria, error) {
	c := new(Criteria)
	for n, line := range words.TableLines(body) {
		f := strings.Split(line, "\t")
		if len(f) == 2 && f[0] == "version" && c.Version == "" {
			c.Version = f[1]
			continue
		}
		if len(f) != 7 || slices.Contains(f, "") || !words.IDForm().MatchString(f[0]) || !slices.Contains([]string{"personal", "system", "both"}, f[1]) ||
			slices.ContainsFunc(c.List, func(have Criterion) bool { return have.ID == f[0] }) {
			return nil, fmt.Errorf("%w: line %d", errTable, n)
		}
		c.List = append(c.List, Criterion{ID: f[0], Type: f[1], Source: f[2], Text: f[3], ToPatients: f[4], ToProfessionals: f[5], Evidence: f[6]})
	}
	if c.Version == "" || len(c.List) == 0 {
		return nil, fmt.Errorf("%w: no version or no criteria", errTable)
	}
	return c, nil
}

// ForPatients writes the form by which patients and carers assess whether a service
// works in partnership: for each characteristic a verdict and the evidence for it.
func (c *Criteria) ForPatients(cfg Config) (*Guide, error) { return assessment(c, byPatients, cfg) }

// ForProfessionals writes the same form for professionals and managers.
func (c *Criteria) ForProfessionals(cfg Config) (*Guide, error) {
	return assessment(c, byProfessionals, cfg)
}

func assessment(criteria *Criteria, by respondent, cfg Config) (*Guide, error) {
	w, err := newWriter(nil, cfg)
	if err != nil {
		return nil, err
	}
	criteria = w.inWords(criteria)
	g := w.document(kindAssessment, kindAssessment+"."+string(by), words.Values{"n": len(criteria.List)})
	g.Front.Title = w.say("self-assessment.title."+string(by), nil)
	g.Front.Facts = append(g.Front.Facts, Fact{Label: w.say("self-assessment.version", nil), Value: criteria.Version})
	w.add(g, "about", list(w.frames(nil, "self-assessment.about.apart", "self-assessment.about.honest", "self-assessment.about.evidence", "self-assessment.about.draft")...),
		w.ask("service", "self-assessment.slot.service", TextSlot, 40), w.ask("assessed", "self-assessment.slot.assessed", DateSlot, 0),
		w.ask("who", "self-assessment.slot.who", TextSlot, 40))
	for _, part := range []string{"personal", "system", "both"} {
		var blocks []Block
		for _, k := range criteria.List {
			if k.Type == part {
				blocks = append(blocks, w.criterion(k, by, criteria.Fallback)...)
			}
		}
		if len(blocks) > 0 {
			w.add(g, part, blocks...)
		}
	}
	w.add(g, "together", list(w.prompts("self-assessment.together.", "differ", "unsure", "first", "again")...),
		w.ask("first", "self-assessment.slot.first", TextSlot, 100), w.ask("missing", "self-assessment.slot.missing", TextSlot, 80))
	return w.finish(g)
}

// inWords are the criteria in the words that the working group prefers. A user's
// own table stays as it is.
func (w *writer) inWords(c *Criteria) *Criteria {
	if w.terms == nil || !c.builtIn || c.Fallback {
		return c
	}
	out := *c
	out.List = slices.Clone(c.List)
	for i := range out.List {
		k := &out.List[i]
		for _, text := range []*string{&k.Text, &k.ToPatients, &k.ToProfessionals, &k.Evidence} {
			*text = w.terms.Say(*text)
		}
	}
	return &out
}

// verdicts are the answers to a criterion, from best to worst, and not known.
func verdicts() []string { return []string{"yes", "partly", "no", "unknown"} }

// criterion asks for the verdict and the evidence.
func (w *writer) criterion(k Criterion, by respondent, fallback bool) []Block {
	mark := ""
	if fallback {
		mark = "[" + SourceLocale + "] "
	}
	question := k.ToPatients
	if by == byProfessionals {
		question = k.ToProfessionals
	}
	var options []string
	for _, v := range verdicts() {
		options = append(options, w.say("answer."+v, nil))
	}
	return []Block{
		{Kind: Heading, Title: mark + k.Text},
		{Kind: SlotOf, Slot: &Slot{ID: "verdict." + k.ID, Type: ChoiceSlot, Question: mark + question, Options: options}},
		{Kind: SlotOf, Slot: &Slot{ID: "evidence." + k.ID, Type: TextSlot, Question: w.say("self-assessment.evidence", nil), Why: mark + k.Evidence, MaxWords: 80}},
	}
}

// Round is one assessment: the answers of both sides to the same criteria. A
// side that did not answer is nil.
type Round struct {
	Date          string // YYYY-MM-DD
	Version       string // of the criteria; empty means that of the criteria compared by
	Patients      map[string]Answer
	Professionals map[string]Answer
}

// Compare writes where patients and professionals differ in the last
// round, what has moved since the first, and what nobody has evidence for. The
// verdicts may have been given in the language of cfg only. Rounds are sorted by
// date. Another version of the criteria is ErrArgument.
func (c *Criteria) Compare(rounds []Round, cfg Config) (*Guide, error) {
	w, err := newWriter(nil, cfg)
	if err != nil {
		return nil, err
	}
	rounds = slices.Clone(rounds)
	slices.SortStableFunc(rounds, func(x, y Round) int { return cmp.Compare(x.Date, y.Date) })
	if len(rounds) == 0 || slices.ContainsFunc(rounds, func(r Round) bool { return cmp.Or(r.Version, c.Version) != c.Version }) {
		return nil, fmt.Errorf("%w: rounds by different versions of the criteria", ErrArgument)
	}
	criteria := w.inWords(c)
	g := w.document(kindAssessment, kindAssessment+".comparison", words.Values{"n": len(criteria.List)})
	g.Front.Title = w.say("self-assessment.title.comparison", nil)
	g.Front.Lead = w.say("self-assessment.lead.comparison", words.Values{"rounds": len(rounds)})
	g.Front.Facts = append(g.Front.Facts, Fact{Label: w.say("self-assessment.version", nil), Value: criteria.Version})
	first, last := rounds[0], rounds[len(rounds)-1]
	var differ, moved, bare []Claim
	for _, k := range criteria.List {
		p, q := w.verdict(last.Patients, k.ID), w.verdict(last.Professionals, k.ID)
		if p.unlike(q) {
			differ = append(differ, w.frame("self-assessment.differ", words.Values{"what": k.Text, "patients": p.text, "professionals": q.text}))
		}
		moved = append(moved, w.moved(byPatients, k.Text, w.verdict(first.Patients, k.ID), p)...)
		moved = append(moved, w.moved(byProfessionals, k.Text, w.verdict(first.Professionals, k.ID), q)...)
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

// unlike reports whether two verdicts were given that are not the same.
func (v verdict) unlike(other verdict) bool {
	return v.rank > 0 && other.rank > 0 && v.rank != other.rank
}

// moved says that one side's verdict on a criterion is another now.
func (w *writer) moved(by respondent, what string, was, now verdict) []Claim {
	if !was.unlike(now) {
		return nil
	}
	return []Claim{w.frame("self-assessment.moved."+string(by), words.Values{"what": what, "was": was.text, "now": now.text})}
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
		for _, by := range []respondent{byPatients, byProfessionals} {
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
