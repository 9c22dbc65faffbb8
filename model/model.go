// SPDX-License-Identifier: Apache-2.0

package model

import (
	"fmt"
	"log/slog"
	"time"
)

// Code is a concept id of a vocabulary, such as "ch:tokenism": a scheme prefix,
// a colon and a name in lower-case letters, digits and hyphens.
type Code string

// Example is one account of patient engagement: what was the matter, what was
// done, what came of it, and under which agreements it may be told. A field
// that is absent is unknown; there is no value for "not applicable".
//
// An Example is raw: it holds whatever the contributor wrote. It prints as its
// size only. Pass it to anonymize, nowhere else.
type Example struct {
	// ID is random and opaque, never derived from a name. Unique in a collection.
	ID      string    `json:"id" rule:"required; ref"`
	Version int       `json:"version,omitempty" rule:"range 0 1000000"`
	Created time.Time `json:"created,omitzero"`
	Updated time.Time `json:"updated,omitzero"`
	Lang    string    `json:"lang,omitempty" rule:"lang"` // BCP 47; empty means en-GB

	// Account is the whole story in the contributor's own words, from which
	// package reading fills the other fields. It is never published, not even
	// masked. Kind and Title are required where there is none.
	Account Raw  `json:"account,omitempty"`
	Kind    Code `json:"kind,omitempty" rule:"code ki"`
	Title   Text `json:"title,omitzero" rule:"line"`
	Summary Text `json:"public_summary,omitzero" rule:"words 200"` // at most 200 words, written to be published

	Context          Context        `json:"context,omitzero"`
	PartnershipTypes []Code         `json:"partnership_types,omitempty" rule:"code pt"`
	Organisations    []Organisation `json:"organisations,omitempty"`
	Stakeholders     []Stakeholder  `json:"stakeholders,omitempty"`
	TherapyAreas     []Coded        `json:"therapy_areas,omitempty" rule:"code ta"`
	Condition        Text           `json:"condition,omitzero"`
	Lifecycle        []Code         `json:"lifecycle,omitempty" rule:"code lc"` // stages of one or more frames
	Level            Code           `json:"level,omitempty" rule:"code lv"`     // of participation
	Challenges       []Challenge    `json:"challenges,omitempty" rule:"code ch"`
	Objectives       []Objective    `json:"objectives,omitempty" rule:"code ob"`
	Situations       []Coded        `json:"situations,omitempty" rule:"code si"`
	Steps            []Step         `json:"strategy_steps,omitempty"`
	Resources        []Resource     `json:"resources,omitempty"`
	Funding          []Funding      `json:"funding,omitempty"`
	Interests        []Text         `json:"interests,omitempty"`
	Outcomes         []Outcome      `json:"outcomes,omitempty"`
	Criteria         []Criterion    `json:"success_criteria,omitempty"`
	Lessons          []Lesson       `json:"lessons,omitempty"`
	Adoption         Adoption       `json:"adoption,omitzero"`
	Quality          []Rating       `json:"quality,omitempty"`
	PublicRefs       []PublicRef    `json:"public_refs,omitempty"`
	Quotes           []Quote        `json:"quotes,omitempty"`
	Parties          []Party        `json:"parties,omitempty" rule:"required"` // the first is the contributor
	Agreements       []Agreement    `json:"agreements,omitempty"`              // one or more for each party
	Provenance       Provenance     `json:"provenance,omitzero"`
	Review           Review         `json:"review,omitzero"`
}

// Format implements fmt.Formatter: an example prints as "[example]".
func (e Example) Format(f fmt.State, _ rune) { fmt.Fprint(f, "[example]") }

// LogValue implements slog.LogValuer.
func (e Example) LogValue() slog.Value { return slog.StringValue("[example]") }

// Context describes the place, time and population of an example.
type Context struct {
	Jurisdiction string `json:"jurisdiction,omitempty" rule:"country"` // ISO 3166-1 or 3166-2
	Region       Raw    `json:"region,omitempty" rule:"line"`          // as written; published at most as a region
	Setting      Code   `json:"setting,omitempty" rule:"code se"`      // the sector of the setting
	Scale        Code   `json:"scale,omitempty" rule:"code sc"`
	Population   []Text `json:"population,omitempty"`                  // who was to be reached, one group each
	AgeBand      string `json:"age_band,omitempty" rule:"ages"`        // such as "18-24", "65+"
	PolicyFrame  Text   `json:"policy_frame,omitzero"`                 // policy or law it answered to
	Year         int    `json:"year,omitempty" rule:"range 1900 2200"` // in which it ended, or was reported
	Internal     bool   `json:"internal,omitempty"`                    // engagement of the organisation's own staff
	Note         Text   `json:"note,omitzero"`
}

// Organisation is one that took part, told by type; its name belongs to a Party.
type Organisation struct {
	Party  string `json:"party,omitempty" rule:"ref"` // Party.Ref where it is one
	Type   Code   `json:"type" rule:"required; code ot"`
	Sector Code   `json:"sector,omitempty" rule:"code se"`
	Role   string `json:"role,omitempty" rule:"in lead partner funder supplier host"`
	Size   Code   `json:"size,omitempty" rule:"code ps"`
}

// Stakeholder is a group that took part.
type Stakeholder struct {
	Group     Code   `json:"group" rule:"required; code st"`
	Role      Text   `json:"role,omitzero"`
	Number    int    `json:"number,omitempty" rule:"range 0 1000000000"` // people; 0 is unknown
	Size      Code   `json:"size,omitempty" rule:"code ps"`              // where the number is not told
	Recruited Text   `json:"recruited_by,omitzero"`
	Level     Code   `json:"level,omitempty" rule:"code lv"`
	Stages    []Code `json:"stages,omitempty" rule:"code lc"`
}

// AssignedBy says who gave a code. The zero value is a suggestion, which never counts.
type AssignedBy string

// Who assigned a code.
const (
	suggestedOnly AssignedBy = ""
	ByContributor AssignedBy = "contributor"
	ByEditor      AssignedBy = "editor"
	BySuggestion  AssignedBy = "suggested"
	BySoftware    AssignedBy = "software" // above the confidence from which software may be heard
)

// Coded is a concept together with the words the contributor used.
type Coded struct {
	Code       Code       `json:"code,omitempty"`
	AsWritten  Raw        `json:"as_written,omitempty"`
	AssignedBy AssignedBy `json:"assigned_by,omitempty" rule:"in contributor editor suggested software"`
	Confidence float64    `json:"confidence,omitempty" rule:"range 0 1"` // 0..1, of a suggestion or of software
}

// Accepted reports whether the code counts: a person gave it, or software that
// was sure enough.
func (c Coded) Accepted() bool {
	return c.Confirmed() || c.Code != "" && c.AssignedBy == BySoftware
}

// Confirmed reports whether a person gave the code.
func (c Coded) Confirmed() bool {
	return c.Code != "" && (c.AssignedBy == ByContributor || c.AssignedBy == ByEditor)
}

// Challenge is a difficulty that the work met.
type Challenge struct {
	Coded
	Basis    string `json:"basis,omitempty" rule:"in experienced perceived"` // empty is unknown
	Severity int    `json:"severity,omitempty" rule:"range 0 5"`             // 1 (slight) to 5; 0 is unknown
}

// Objective is an aim of the work.
type Objective struct {
	Coded
	Measurable bool `json:"measurable,omitempty"` // stated so that it can be checked
}

// Step is one thing that was done.
type Step struct {
	Text      Text   `json:"text" rule:"required"`
	Method    Coded  `json:"method,omitzero" rule:"code me"`
	Actor     Code   `json:"actor,omitempty" rule:"code st"`      // who did it
	Month     int    `json:"month,omitempty" rule:"range 0 1200"` // after the start, 1 is the first; 0 is unknown
	Effort    Code   `json:"effort,omitempty" rule:"code eb"`
	Materials []Text `json:"materials,omitempty"`
	Addresses []Code `json:"addresses,omitempty" rule:"code ch"`
}

// Resource is money, time, people or material that the work took.
type Resource struct {
	Type       string `json:"type" rule:"required; in money time people skill tool material"`
	Text       Text   `json:"text,omitzero"`
	Amount     Raw    `json:"amount,omitempty" rule:"line"` // exact, as written
	Band       Code   `json:"band,omitempty" rule:"code mb eb ps"`
	ProvidedBy Code   `json:"provided_by,omitempty" rule:"code ot"`
	Link       Raw    `json:"link,omitempty" rule:"line; url"`
	Licence    string `json:"licence,omitempty" rule:"licence"`
	Helpful    bool   `json:"helpful,omitempty"` // the contributor found it helpful
}

// Funding names a funder and its influence.
type Funding struct {
	Source       Code `json:"source,omitempty" rule:"code ot"`
	Name         Raw  `json:"name,omitempty" rule:"line"`
	Statement    Text `json:"statement,omitzero"`    // acknowledgement to print
	Independence Text `json:"independence,omitzero"` // who held editorial control
}

// Outcome is a change that the work led to, and how it was measured.
type Outcome struct {
	Text        Text   `json:"text" rule:"required"`
	Metric      Text   `json:"metric,omitzero"`
	Value       Raw    `json:"value,omitempty" rule:"line"`
	Baseline    Raw    `json:"baseline,omitempty" rule:"line"`
	N           int    `json:"n,omitempty" rule:"range 0 1000000000"`
	Denominator int    `json:"denominator,omitempty" rule:"range 0 1000000000"`
	Period      Text   `json:"period,omitzero"`
	Direction   string `json:"direction,omitempty" rule:"in positive mixed negative none"` // empty is unknown
	Beneficiary Code   `json:"beneficiary,omitempty" rule:"code st"`
	Design      Code   `json:"evidence_design,omitempty" rule:"code ed"`
	Independent bool   `json:"independent,omitempty"` // the evaluator was not the deliverer
	Domain      string `json:"domain,omitempty" rule:"in input process learning impact"`
	Source      int    `json:"source_ref,omitempty" rule:"range 0 500"` // the public reference it is taken from, counted from 1; 0 is none
}

// Criterion is a sign by which contributors judged success.
type Criterion struct {
	Text      Text   `json:"text" rule:"required"`
	DefinedBy []Code `json:"defined_by,omitempty" rule:"code st"`
	Met       string `json:"met,omitempty" rule:"in yes partly no"` // empty is unknown
	Evidence  Text   `json:"evidence,omitzero"`
}

// Lesson is advice of a contributor to others.
type Lesson struct {
	Text      Text   `json:"text" rule:"required"`
	Kind      string `json:"kind,omitempty" rule:"in worked did-not-work would-change surprise"`
	Addresses []Code `json:"addresses,omitempty" rule:"code ch"`
}

// Adoption is advice to another organisation before it starts.
type Adoption struct {
	GettingStarted []Text `json:"getting_started,omitempty"`
	Sustaining     []Text `json:"sustaining,omitempty"`
	Adapted        []Text `json:"adapted_elsewhere,omitempty"`
	Prerequisites  []Text `json:"prerequisites,omitempty"`
	NotSuitableFor []Text `json:"not_suitable_for,omitempty"`
}

// Rating scores one quality criterion from 0 to 4.
type Rating struct {
	Criterion string `json:"criterion" rule:"required; name"`
	Score     int    `json:"score" rule:"range 0 4"`
	Note      Text   `json:"note,omitzero"`
}

// PublicRef is a public source, and the fields of the example that it covers.
type PublicRef struct {
	Type        string   `json:"type" rule:"required; in award report article web press"`
	Title       Raw      `json:"title" rule:"required; line"`
	Publisher   Raw      `json:"publisher,omitempty" rule:"line"`
	Year        int      `json:"year,omitempty" rule:"range 1900 2200"`
	URL         Raw      `json:"url,omitempty" rule:"line; url"`
	Licence     string   `json:"licence,omitempty" rule:"licence"`
	Attribution Raw      `json:"attribution_text,omitempty"`
	Retrieved   string   `json:"retrieved,omitempty" rule:"day"` // YYYY-MM-DD
	Covers      []string `json:"covers,omitempty" rule:"field"`  // JSON names of fields
}

// Quote is somebody's own words. It is published only by its own consent.
type Quote struct {
	Text           Text     `json:"text" rule:"required"`
	Party          string   `json:"party,omitempty" rule:"ref"` // Party.Ref of the speaker
	SpeakerRole    Code     `json:"speaker_role,omitempty" rule:"code st"`
	Minor          bool     `json:"minor,omitempty"`
	Consent        bool     `json:"consent,omitempty"`
	VerbatimPublic bool     `json:"verbatim_public,omitempty"`     // the words stand in a public source
	Surfaces       []string `json:"surfaces,omitempty" rule:"use"` // uses that the speaker agreed to; without "quotes" it is not published
}

// Provenance records by whom and by which means the example was captured.
type Provenance struct {
	CapturedBy Raw    `json:"captured_by,omitempty" rule:"line"` // a role or a name
	Mode       string `json:"mode,omitempty" rule:"in form interview document call"`
	SourceHash string `json:"source_hash,omitempty" rule:"sha256"`
	Event      Raw    `json:"event,omitempty" rule:"line"` // campaign or meeting at which it was collected
	Edits      []Raw  `json:"edits,omitempty"`
}

// Review is the working group's check of the example.
type Review struct {
	Status   string `json:"status,omitempty" rule:"in draft checked approved retired"`
	ReviewBy string `json:"review_by,omitempty" rule:"day"` // YYYY-MM-DD
}
