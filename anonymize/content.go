// SPDX-License-Identifier: Apache-2.0

package anonymize

import (
	"fmt"
	"log/slog"

	"github.com/sharedpractice/sharedpractice/model"
)

// Content is an example in anonymised form: its codes, and its
// texts without what the agreements close. It is plain data; only a Record
// vouches that content came through an Anonymizer. The tag from is the field of the
// example by which an agreement closes it.
type Content struct {
	Kind              model.Code    `json:"kind,omitempty" from:"kind"`
	Title             string        `json:"title,omitempty" from:"title"`
	Summary           string        `json:"summary,omitempty" from:"public_summary"`
	PartnershipTypes  []model.Code  `json:"partnership_types,omitempty" from:"partnership_types"`
	OrganisationTypes []model.Code  `json:"organisation_types,omitempty" from:"organisations"` // sorted, distinct
	Sectors           []model.Code  `json:"sectors,omitempty" from:"organisations"`            // sorted, distinct
	Stakeholders      []Stakeholder `json:"stakeholders,omitempty" from:"stakeholders"`
	TherapyAreas      []model.Code  `json:"therapy_areas,omitempty" from:"therapy_areas"`
	Lifecycle         []model.Code  `json:"lifecycle,omitempty" from:"lifecycle"`
	Level             model.Code    `json:"level,omitempty" from:"level"`
	Setting           model.Code    `json:"setting,omitempty" from:"context"`
	Scale             model.Code    `json:"scale,omitempty" from:"context"`
	Region            model.Code    `json:"region,omitempty" from:"context"`           // rg:, a region or nation, never closer
	Year              string        `json:"year,omitempty" from:"context" text:"none"` // a year or a range of years
	Budget            model.Code    `json:"budget,omitempty" from:"resources.money"`   // mb:, the widest money band told

	Challenges []Statement `json:"challenges,omitempty" from:"challenges"`
	Objectives []Statement `json:"objectives,omitempty" from:"objectives"`
	Situations []Statement `json:"situations,omitempty" from:"situations"`

	Steps     []Step      `json:"steps,omitempty" from:"strategy_steps"`
	Resources []Resource  `json:"resources,omitempty" from:"resources"`
	Outcomes  []Outcome   `json:"outcomes,omitempty" from:"outcomes"`
	Criteria  []Criterion `json:"criteria,omitempty" from:"success_criteria"`
	Lessons   []Lesson    `json:"lessons,omitempty" from:"lessons"`

	GettingStarted []string `json:"getting_started,omitempty" from:"adoption.getting_started"`
	Sustaining     []string `json:"sustaining,omitempty" from:"adoption.sustaining"`
	Adapted        []string `json:"adapted_elsewhere,omitempty" from:"adoption.adapted_elsewhere"`
	Prerequisites  []string `json:"prerequisites,omitempty" from:"adoption.prerequisites"`
	NotSuitableFor []string `json:"not_suitable_for,omitempty" from:"adoption.not_suitable_for"`

	Quotes []Quote `json:"quotes,omitempty" from:"quotes"`

	// Name, Acknowledgements and Sources are set for public and attributed
	// examples only, as their agreements grant.
	Name             string   `json:"name,omitempty"`
	Acknowledgements []string `json:"acknowledgements,omitempty"`
	Sources          []Source `json:"sources,omitempty"`
}

// Format implements fmt.Formatter: content prints as its name.
func (Content) Format(f fmt.State, _ rune) { fmt.Fprint(f, "[content]") }

// LogValue implements slog.LogValuer.
func (c Content) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(c)) }

// Statement is a coded challenge, objective or situation beside the contributor's words.
type Statement struct {
	Code     model.Code `json:"code,omitempty"`
	Accepted bool       `json:"accepted,omitempty"` // a person gave the code, or software that was sure enough; only such codes count
	Text     string     `json:"text,omitempty"`
	Basis    string     `json:"basis,omitempty"` // experienced, perceived; empty is unknown
}

// Stakeholder is a group that took part, its number as a band.
type Stakeholder struct {
	Group model.Code `json:"group"`
	Size  model.Code `json:"size,omitempty"`
	Level model.Code `json:"level,omitempty"`
}

// Step is one thing that was done.
type Step struct {
	Text      string       `json:"text,omitempty"`
	Method    model.Code   `json:"method,omitempty"` // accepted codes only
	Actor     model.Code   `json:"actor,omitempty"`
	Order     int          `json:"order"`           // from 0, as told
	Month     int          `json:"month,omitempty"` // after the start
	Effort    model.Code   `json:"effort,omitempty"`
	Addresses []model.Code `json:"addresses,omitempty"`
}

// Resource is a resource that the work took, its amount in a band.
type Resource struct {
	Type    string     `json:"type"`
	Text    string     `json:"text,omitempty"`
	Band    model.Code `json:"band,omitempty"`
	Licence string     `json:"licence,omitempty"`
	Helpful bool       `json:"helpful,omitempty"`
}

// Outcome is a change that the work led to.
type Outcome struct {
	Text        string     `json:"text,omitempty"`
	Direction   string     `json:"direction,omitempty"`
	Beneficiary model.Code `json:"beneficiary,omitempty"`
	Design      model.Code `json:"evidence_design,omitempty"`
	Independent bool       `json:"independent,omitempty"`
	Domain      string     `json:"domain,omitempty"`
	Size        model.Code `json:"size,omitempty"` // of what it rests on, as a band
}

// Criterion is a sign by which success was judged.
type Criterion struct {
	Text      string       `json:"text,omitempty"`
	DefinedBy []model.Code `json:"defined_by,omitempty"`
	Met       string       `json:"met,omitempty"`
}

// Lesson is advice of the contributor to others.
type Lesson struct {
	Text      string       `json:"text,omitempty"`
	Kind      string       `json:"kind,omitempty"`
	Addresses []model.Code `json:"addresses,omitempty"`
}

// Quote is somebody's words, published by consent.
type Quote struct {
	Text    string     `json:"text"`
	Speaker model.Code `json:"speaker,omitempty"`
}

// Source is a public reference of a public or attributed example.
type Source struct {
	Type        string `json:"type"`
	Title       string `json:"title"`
	Publisher   string `json:"publisher,omitempty"`
	Year        int    `json:"year,omitempty"`
	URL         string `json:"url,omitempty"`
	Licence     string `json:"licence,omitempty"`
	Attribution string `json:"attribution,omitempty"`
}
