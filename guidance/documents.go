// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"cmp"
	"slices"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/guidance/internal/words"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// The kinds of documents, in Front.Kind.
const (
	KindHowTo        = "how-to"
	KindWorkshop     = "workshop"
	kindSignOff      = "sign-off"
	kindShowcase     = "showcase"
	kindAssessment   = "self-assessment"
	kindConsultation = "consultation-report"
	kindDigest       = "digest"
	kindResources    = "resource-list"
	KindRole         = "role"
	KindAbout        = "collection" // About
	KindTemplate     = "template"
	KindMethod       = "method"
	KindBrief        = "brief"
	kindEvidence     = "evidence"
)

// newWriter opens what a document is written with. c may be nil, for a document
// that rests on no collection.
func newWriter(c *aggregate.Collection, cfg Config) (*writer, error) {
	catalog, err := words.OpenCatalog(cmp.Or(cfg.Locale, SourceLocale), cfg.Catalogs)
	if err != nil {
		return nil, err
	}
	if cfg.Terminology != "" {
		if catalog.Terms, err = words.OpenTerminology(cfg.Terminology, catalog.Locale(), cfg.Catalogs); err != nil {
			return nil, err
		}
	}
	if c == nil {
		c = &aggregate.Collection{}
	}
	w := &writer{
		catalog: catalog, terms: catalog.Terms, voc: cmp.Or(cfg.Vocabulary, vocabulary.Default()), lang: catalog.Locale(), c: c,
		t: &aggregate.Topic{}, cfg: cfg,
	}
	w.forget()
	return w, nil
}

// forget turns the writer to a document of which nothing is written.
func (w *writer) forget() {
	w.said, w.quoted, w.pointed, w.named = map[string]bool{}, map[string]bool{}, map[string]bool{}, map[model.Code]bool{}
	w.fit, w.adviseOnce, w.basics = map[model.Code]bool{}, map[model.Code]bool{}, nil
	w.plain, w.shown, w.besides = map[string]string{}, map[string]bool{}, map[string]bool{}
}

// onTopic turns the writer to one topic.
func (w *writer) onTopic(id string) error {
	i := slices.IndexFunc(w.c.Topics, func(t aggregate.Topic) bool { return t.ID == id })
	if i < 0 {
		return errTopic
	}
	w.t = &w.c.Topics[i]
	for _, s := range w.t.Statements {
		w.said[subject(s)] = true
	}
	return nil
}

// document begins a document of a kind. Facts that every document states are
// in it; more may follow.
func (w *writer) document(kind, id string, v words.Values) *Guide {
	f := Front{
		ID: id, Kind: kind, Locale: w.lang, Version: max(1, w.cfg.Version), Status: cmp.Or(w.cfg.Status, Draft),
		Jurisdiction: w.cfg.Jurisdiction, Date: w.cfg.Date, Authors: w.cfg.Authors, Funding: w.cfg.Funding,
		Title: w.say(kind+".title", v), Lead: w.say(kind+".lead", v),
	}
	if w.c.Schema != "" {
		f.Audience, f.Edition, f.K = w.c.Audience.String(), w.c.Edition, w.c.K
		f.Examples, f.Contributors = w.c.Examples, w.c.Contributors
	}
	if !w.tellsTotal() {
		f.Examples, f.Contributors = 0, 0
		if kind == KindAbout || kind == kindResources || kind == kindDigest { // say how many in their leads
			f.Lead = ""
		}
	}
	for _, fact := range []struct{ key, value string }{
		{"status", w.say("status."+string(f.Status), nil)},
		{"version", w.catalog.Number(f.Version)},
		{"date", w.catalog.Date(f.Date)},
		{"audience", w.worded("audience.", f.Audience)},
		{"jurisdiction", f.Jurisdiction},
		{"edition", shortEdition(f.Edition)},
		{"authors", w.catalog.List(f.Authors)},
		{"funding", f.Funding},
	} {
		if fact.value != "" {
			f.Facts = append(f.Facts, Fact{Label: w.say("fact."+fact.key, nil), Value: fact.value})
		}
	}
	return &Guide{Schema: Schema, Front: f}
}

// tellsTotal reports whether the collection says how many examples it has. Topics that an
// edition prints as an earlier one did may be of more than it counts today: beside these
// the number of today would be wrong.
func (w *writer) tellsTotal() bool {
	return w.c.Examples > 0 && !slices.ContainsFunc(w.c.Topics, func(t aggregate.Topic) bool { return t.Support.Of > w.c.Examples })
}

// worded is a message chosen by a value, "" for an empty value.
func (w *writer) worded(prefix, value string) string {
	if value == "" {
		return ""
	}
	return w.say(prefix+value, nil)
}

// add adds a section, titled by the message kind.section.ID.
func (w *writer) add(g *Guide, id string, blocks ...Block) {
	g.Sections = append(g.Sections, Section{ID: id, Title: w.say(g.Front.Kind+".section."+id, nil), Blocks: blocks})
}

// ask is a slot worded by the message KEY, and KEY.why where there is one.
func (w *writer) ask(id, key string, kind SlotType, maxWords int, options ...string) Block {
	s := &Slot{ID: id, Type: kind, Question: w.say(key, nil), MaxWords: maxWords, Options: options}
	if w.catalog.Has(key + ".why") {
		s.Why = w.say(key+".why", nil)
	}
	return Block{Kind: SlotOf, Slot: s}
}

// frames are sentences that say what a document is, by their keys.
func (w *writer) frames(v words.Values, keys ...string) []Claim {
	var out []Claim
	for _, key := range keys {
		out = append(out, w.frame(key, v))
	}
	return out
}

func (w *writer) heading(key string, v words.Values) Block {
	return Block{Kind: Heading, Title: w.say(key, v)}
}

// finish adds the user's own sections, numbers, fills and checks a document.
func (w *writer) finish(g *Guide) (*Guide, error) {
	g.Front.Notice = w.cfg.Notice
	built := map[string]bool{}
	for _, s := range g.Sections {
		built[s.ID] = true
	}
	if err := w.extend(g); err != nil {
		return nil, err
	}
	if w.figures {
		w.tellFigures(g, built)
		w.foldOnes(g)
	}
	if w.keeps {
		w.keep(g)
	}
	g.number()
	g.fillSlots(w.cfg.Answers, w.catalog)
	if err := Check(g, w.c); err != nil {
		return nil, err
	}
	return g, nil
}
