// SPDX-License-Identifier: Apache-2.0

package anonymize

import "github.com/sharedpractice/sharedpractice/model"

// Content is what an example says once it is anonymised: its codes, and its
// texts without what the agreements close. It is plain data; only a Record
// vouches that content came through an Anonymizer.
type Content struct {
	Kind              model.Code    `json:"kind"`
	Title             string        `json:"title,omitempty"`
	Summary           string        `json:"summary,omitempty"`
	PartnershipTypes  []model.Code  `json:"partnership_types,omitempty"`
	OrganisationTypes []model.Code  `json:"organisation_types,omitempty"` // sorted, distinct
	Sectors           []model.Code  `json:"sectors,omitempty"`            // sorted, distinct
	Stakeholders      []Stakeholder `json:"stakeholders,omitempty"`
	TherapyAreas      []model.Code  `json:"therapy_areas,omitempty"`
	Lifecycle         []model.Code  `json:"lifecycle,omitempty"`
	Level             model.Code    `json:"level,omitempty"`
	Setting           model.Code    `json:"setting,omitempty"`
	Scale             model.Code    `json:"scale,omitempty"`
	Region            model.Code    `json:"region,omitempty"` // rg:, a region or nation, never closer
	Year              string        `json:"year,omitempty"`   // a year or a range of years
	Budget            model.Code    `json:"budget,omitempty"` // mb:, the widest money band told

	Challenges []Statement `json:"challenges,omitempty"`
	Objectives []Statement `json:"objectives,omitempty"`
	Situations []Statement `json:"situations,omitempty"`

	Steps     []Step      `json:"steps,omitempty"`
	Resources []Resource  `json:"resources,omitempty"`
	Outcomes  []Outcome   `json:"outcomes,omitempty"`
	Criteria  []Criterion `json:"criteria,omitempty"`
	Lessons   []Lesson    `json:"lessons,omitempty"`

	GettingStarted []string `json:"getting_started,omitempty"`
	Sustaining     []string `json:"sustaining,omitempty"`
	Adapted        []string `json:"adapted_elsewhere,omitempty"`
	Prerequisites  []string `json:"prerequisites,omitempty"`
	NotSuitableFor []string `json:"not_suitable_for,omitempty"`

	Quotes []Quote `json:"quotes,omitempty"`

	// Name, Acknowledgements and Sources are set for public and attributed
	// examples only, as their agreements grant.
	Name             string   `json:"name,omitempty"`
	Acknowledgements []string `json:"acknowledgements,omitempty"`
	Sources          []Source `json:"sources,omitempty"`
}

// Statement is a coded challenge, objective or situation beside the contributor's words.
type Statement struct {
	Code     model.Code `json:"code,omitempty"`
	Accepted bool       `json:"accepted,omitempty"` // a person gave the code; only such codes count
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

// Resource is what it took, in bands.
type Resource struct {
	Type    string     `json:"type"`
	Text    string     `json:"text,omitempty"`
	Band    model.Code `json:"band,omitempty"`
	Licence string     `json:"licence,omitempty"`
	Helpful bool       `json:"helpful,omitempty"`
}

// Outcome is what changed.
type Outcome struct {
	Text        string     `json:"text,omitempty"`
	Direction   string     `json:"direction,omitempty"`
	Beneficiary model.Code `json:"beneficiary,omitempty"`
	Design      model.Code `json:"evidence_design,omitempty"`
	Independent bool       `json:"independent,omitempty"`
	Domain      string     `json:"domain,omitempty"`
	Size        model.Code `json:"size,omitempty"` // of what it rests on, as a band
}

// Criterion is how success was told.
type Criterion struct {
	Text      string       `json:"text,omitempty"`
	DefinedBy []model.Code `json:"defined_by,omitempty"`
	Met       string       `json:"met,omitempty"`
}

// Lesson is what the contributor would tell others.
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
