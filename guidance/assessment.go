// SPDX-License-Identifier: Apache-2.0

package guidance

import (
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

// Respondent says who assesses: patients and professionals do it apart, and
// talk about the difference afterwards.
type Respondent string

// Those who assess.
const (
	Patients      Respondent = "patients"      // and carers
	Professionals Respondent = "professionals" // and managers
)

// Criteria are the characteristics of patient partnership that a service is
// assessed by, versioned: answers to another version are not compared.
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

// Assessment writes the form by which patients, or professionals, assess whether
// a service works in partnership: for each characteristic a verdict and the
// evidence for it. Answers to it are compared by CompareAssessments.
func Assessment(criteria *Criteria, by Respondent, cfg Config) (*Guide, error) {
	if by != Patients && by != Professionals {
		return nil, fmt.Errorf("%w: nobody of this name assesses", ErrArgument)
	}
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
func (w *writer) criterion(k Criterion, by Respondent, fallback bool) []Block {
	mark := ""
	if fallback {
		mark = "[" + SourceLocale + "] "
	}
	question := k.ToPatients
	if by == Professionals {
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
