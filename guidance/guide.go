// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/guidance/internal/words"
)

// Schema names the JSON form of a Guide.
const Schema = "guide/1"

// Guide is a document as a tree of meaning: it knows sections, claims, steps,
// tables, figures and slots, and nothing of any format. It can be built by
// hand; Build makes one from a topic. Every text in it is finished text in the
// guide's language, plain, never markup.
type Guide struct {
	Schema   string    `json:"schema"`
	Front    Front     `json:"front"`
	Sections []Section `json:"sections"`
}

// Status is a guide's stage of work: draft, consulted, approved or retired.
type Status string

// The states of a guide.
const (
	Draft     Status = "draft"
	Consulted Status = "consulted"
	Approved  Status = "approved"
	Retired   Status = "retired"
)

// Front describes a guide to its reader: title, numbers, date, authors.
type Front struct {
	ID           string       `json:"id"` // of the guide, the same in every edition and language
	Kind         string       `json:"kind"`
	Topic        string       `json:"topic,omitempty"` // of the collection, where the guide is about one
	Title        string       `json:"title"`
	Lead         string       `json:"lead,omitempty"`   // one sentence under the title
	Notice       string       `json:"notice,omitempty"` // stands above all else, such as that this is a draft
	Locale       string       `json:"locale"`           // BCP 47
	Version      int          `json:"version"`
	Status       Status       `json:"status"`
	Audience     string       `json:"audience,omitempty"`
	Jurisdiction string       `json:"jurisdiction,omitempty"`
	Edition      string       `json:"edition,omitempty"` // of the collection
	K            int          `json:"k,omitempty"`
	Examples     int          `json:"examples,omitempty"`
	Contributors int          `json:"contributors,omitempty"`
	AlmostAll    bool         `json:"almost_all,omitempty"` // these two are bounds: see aggregate.Support
	Date         string       `json:"date,omitempty"`       // YYYY-MM-DD
	ReviewBy     string       `json:"review_by,omitempty"`  // YYYY-MM-DD
	Authors      []string     `json:"authors,omitempty"`
	Funding      string       `json:"funding,omitempty"` // funder and independence statement
	Facts        []Fact       `json:"facts,omitempty"`   // the same, worded for a reader
	Changes      []ChangeNote `json:"changes,omitempty"`
}

// Fact is a label and what it says, such as "Status": "Draft".
type Fact struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

// ChangeNote is one line of the change log.
type ChangeNote struct {
	Version int    `json:"version"`
	Date    string `json:"date,omitempty"`
	Text    string `json:"text"`
}

// Section is a numbered part of a guide.
type Section struct {
	ID     string  `json:"id"` // the same in every guide and language, such as "steps"
	Title  string  `json:"title"`
	Blocks []Block `json:"blocks"`
}

// BlockKind says which fields of a Block count.
type BlockKind string

// The kinds of blocks.
const (
	Paragraph BlockKind = "paragraph" // Claims, one sentence each
	List      BlockKind = "list"      // Claims, one item each
	Steps     BlockKind = "steps"     // Steps, in order
	Checklist BlockKind = "checklist" // Claims, one box each
	Note      BlockKind = "note"      // Claims, set apart: what limits all the rest
	Heading   BlockKind = "heading"   // Title
	TableOf   BlockKind = "table"     // Table
	FigureOf  BlockKind = "figure"    // Figure
	SlotOf    BlockKind = "slot"      // Slot
	Examples  BlockKind = "examples"  // Examples
	Verbatim  BlockKind = "verbatim"  // Text, every character of it
)

// Block is one piece of a section.
type Block struct {
	Kind     BlockKind `json:"kind"`
	Title    string    `json:"title,omitempty"` // of a heading; of steps, the phase of the work
	Claims   []Claim   `json:"claims,omitempty"`
	Steps    []Step    `json:"steps,omitempty"`
	Start    int       `json:"start,omitempty"` // the number of the first step; 0 is 1
	Table    *Table    `json:"table,omitempty"`
	Figure   *Figure   `json:"figure,omitempty"`
	Slot     *Slot     `json:"slot,omitempty"`
	Examples []Example `json:"examples,omitempty"`
	Text     string    `json:"text,omitempty"`
}

// Source says where a sentence comes from.
type Source string

// The sources of sentences.
const (
	Derived    Source = "derived"    // from the collection; has support
	Vocabulary Source = "vocabulary" // general knowledge of the field, no finding
	Prompt     Source = "prompt"     // a question to the working group
	Human      Source = "human"      // written by the working group
	Frame      Source = "frame"      // says what the document is or lacks
)

// A rung is the wording that a derived claim is in, best first.
type rung int

// The rungs of the ladder of wordings.
const (
	ownWords     rung = 1 // a contributor's own sentence, approved
	sharedWords  rung = 2 // words that k contributors share
	conceptWords rung = 3 // made from vocabulary
	countOnly    rung = 4 // told how many, no more
)

// Claim is one sentence and what it rests on. A derived claim has support.
type Claim struct {
	ID     string `json:"id,omitempty"`
	Text   string `json:"text"`
	Source Source `json:"source"`
	// Rung is the wording: 1 a contributor's own, 2 shared, 3 from vocabulary, 4 a count.
	Rung    rung               `json:"rung,omitempty"`
	Support *aggregate.Support `json:"support,omitempty"`
	// Statement is the id of the collection's statement or count that the claim
	// is made from, for whoever checks it.
	Statement string `json:"statement,omitempty"`
	// Seen words the support for a reader: "seen in 7 of 12 examples".
	Seen string `json:"seen,omitempty"`
	// Details stand under the claim.
	Details []Claim `json:"details,omitempty"`
	// Rests holds a claim for each further number or fact in the sentence. They are
	// checked like other derived claims and not printed.
	Rests []Claim `json:"rests,omitempty"`
	// Changed says that the evidence of the claim differs from the edition
	// before, in a reader's words.
	Changed string `json:"changed,omitempty"`
	// Document is the id of another document that the claim points to.
	Document string `json:"document,omitempty"`
}

// Step is one thing to do.
type Step struct {
	Claim
	Stage  string `json:"stage,omitempty"` // prepare, do, ... worded
	Who    string `json:"who,omitempty"`
	When   string `json:"when,omitempty"`
	Effort string `json:"effort,omitempty"`
	Output string `json:"output,omitempty"`
	// Fork is worded "If ..., do ..." where contributors disagree.
	Fork string `json:"fork,omitempty"`
	// Slot takes the working group's own wording.
	Slot *Slot `json:"slot,omitempty"`
}

// SlotType is the kind of answer that a slot takes.
type SlotType string

// The types of slots.
const (
	TextSlot   SlotType = "text"
	ChoiceSlot SlotType = "choice"
	DateSlot   SlotType = "date"
	NameSlot   SlotType = "name"
)

// Slot is a place for the working group's own words. It is known by its id in
// every edition and language of the guide.
type Slot struct {
	ID       string   `json:"id"`
	Type     SlotType `json:"type"`
	Question string   `json:"question"`
	Why      string   `json:"why,omitempty"`
	MaxWords int      `json:"max_words,omitempty"` // 0 is no limit
	Options  []string `json:"options,omitempty"`
	Answer   string   `json:"answer,omitempty"`
	// Basis is a hash of the evidence that stood beside the slot when it was
	// answered; Outdated says, in a reader's words, that it has changed since.
	Basis    string `json:"basis,omitempty"`
	Outdated string `json:"outdated,omitempty"`
}

// Table is a table with a caption; the first column holds row headers.
type Table struct {
	Caption string     `json:"caption"`
	Header  []string   `json:"head"`
	Rows    [][]string `json:"rows"`
	Note    string     `json:"note,omitempty"`
	// Claims holds the derived claim behind each row that states a number, so that it
	// can be checked: one a row, or none. They are not printed.
	Claims []Claim `json:"claims,omitempty"`
}

// Figure is a picture described as data, so that each renderer draws it in its
// own way. Alt says in words all that it shows.
type Figure struct {
	Kind    FigureKind `json:"kind"`
	Caption string     `json:"caption"`
	Alt     string     `json:"alt"`
	Rows    []string   `json:"rows,omitempty"`
	Columns []string   `json:"columns,omitempty"` // heat map only
	// Values are the bars (one a row) or, for a heat map, row by row; -1 is hidden.
	Values []int `json:"values,omitempty"`
	Of     int   `json:"of,omitempty"` // what a full bar stands for
	// Claims support the bars, one each, or none. They are not printed.
	Claims []Claim `json:"claims,omitempty"`
}

// FigureKind is the kind of a figure.
type FigureKind string

// The kinds of figures.
const (
	Bars    FigureKind = "bars"
	HeatMap FigureKind = "heat-map"
)

// Example is one that its agreements let be shown by name.
type Example struct {
	Title            string             `json:"title"`
	By               string             `json:"by,omitempty"`
	Summary          string             `json:"summary,omitempty"`
	DidLabel         string             `json:"did_label,omitempty"` // stands above Did, such as "What was done"
	Did              []string           `json:"did,omitempty"`       // its steps
	About            []string           `json:"about,omitempty"`     // challenges and objectives, worded
	Acknowledgements []string           `json:"acknowledgements,omitempty"`
	Sources          []anonymize.Source `json:"sources,omitempty"`
	// Facts are labelled lines for the reader: kind, subjects, acknowledgements,
	// sources and licences. Where there are none, a renderer prints the fields above.
	Facts []Fact `json:"facts,omitempty"`
}

// claims calls visit for every claim, in order, with its place.
func (g *Guide) claims(visit func(at string, c *Claim)) {
	var walk func(at string, claims []Claim)
	walk = func(at string, claims []Claim) {
		for i := range claims {
			here := fmt.Sprintf("%s.%d", at, i+1)
			visit(here, &claims[i])
			walk(here, claims[i].Details)
			walk(here+".rests", claims[i].Rests)
		}
	}
	for i := range g.Sections {
		s := &g.Sections[i]
		for j := range s.Blocks {
			b := &s.Blocks[j]
			at := fmt.Sprintf("%s.%d", s.ID, j+1)
			walk(at, b.Claims)
			if b.Table != nil {
				walk(at, b.Table.Claims)
			}
			if b.Figure != nil {
				walk(at, b.Figure.Claims)
			}
			for n := range b.Steps {
				step := &b.Steps[n]
				here := fmt.Sprintf("%s.%d", at, n+1)
				visit(here, &step.Claim)
				walk(here, step.Details)
				walk(here+".rests", step.Rests)
			}
		}
	}
}

// slots calls visit for every slot, in order, with the section that holds it.
func (g *Guide) slots(visit func(s *Section, slot *Slot)) {
	for i := range g.Sections {
		s := &g.Sections[i]
		for j := range s.Blocks {
			if slot := s.Blocks[j].Slot; slot != nil {
				visit(s, slot)
			}
			for n := range s.Blocks[j].Steps {
				if slot := s.Blocks[j].Steps[n].Slot; slot != nil {
					visit(s, slot)
				}
			}
		}
	}
}

// number gives every claim an id from its place.
func (g *Guide) number() { g.claims(func(at string, c *Claim) { c.ID = at }) }

// fillSlots puts the answers in place and says where the evidence beside an
// answer has changed since.
func (g *Guide) fillSlots(answers map[string]Answer, c *words.Catalog) {
	basis, ofStep := map[string]string{}, map[string]string{}
	for i := range g.Sections {
		s := &g.Sections[i]
		basis[s.ID] = basisOf(*s)
		for _, b := range s.Blocks {
			for _, step := range b.Steps {
				if step.Slot != nil {
					ofStep[step.Slot.ID] = basisOf(Section{Blocks: []Block{{Steps: []Step{step}}}})
				}
			}
		}
	}
	g.slots(func(s *Section, slot *Slot) {
		slot.Basis = cmp.Or(ofStep[slot.ID], basis[besideSlot(slot.ID)], basis[s.ID])
		if a, ok := answers[slot.ID]; ok {
			slot.Answer = a.Text
			if len(a.Basis) == basisLength && a.Basis != slot.Basis {
				slot.Outdated = c.Say("outdated", nil)
			}
		}
	})
}

// besideSlot is the section of the annex in which the evidence of a slot stands, "" where
// it has none of its own.
func besideSlot(id string) string {
	switch id {
	case "who-for", "not-for":
		return "who"
	case "rules":
		return "before"
	case "brief", "steps", "roles":
		return "steps"
	case "problem", "measure", "risks", "sustain", "everyone":
		return id
	}
	return ""
}

// basisLength is the length of a basis. That of a guide in which a slot stood beside its
// evidence is shorter, and says nothing of a guide that has an annex.
const basisLength = 18

// basisOf is a hash of the derived statements of a section and their support.
func basisOf(s Section) string {
	h := sha256.New()
	one := Guide{Sections: []Section{s}}
	one.claims(func(_ string, c *Claim) {
		if c.Support != nil {
			fmt.Fprintf(h, "%s %d %d %d\n", c.Statement, c.Support.Examples, c.Support.Of, c.Support.Contributors)
		}
	})
	return hex.EncodeToString(h.Sum(nil))[:basisLength]
}
