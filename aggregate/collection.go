// SPDX-License-Identifier: Apache-2.0

package aggregate

import (
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/model"
)

// Schema names the JSON form of a Collection.
const Schema = "collection/1"

// Collection counts and words the statements of many records. It holds nothing that
// fewer than K independent contributors support, but for the sentences that
// one contributor approved for print and for examples published by name. It is
// plain data, sorted, and the same for the same records in whatever order.
type Collection struct {
	Schema   string         `json:"schema"`
	Edition  string         `json:"edition"` // hash of all the rest
	K        int            `json:"k"`
	Audience model.Audience `json:"audience"`
	// Bounds is the threshold of what is told as a bound: the strictest that anybody in
	// the collection asks for, or Config.Bounds. It is not published.
	Bounds       int     `json:"-"`
	Examples     int     `json:"examples"`     // that could be counted
	Contributors int     `json:"contributors"` // independent ones among them
	Challenges   []Count `json:"challenges,omitempty"`
	Objectives   []Count `json:"objectives,omitempty"`
	Situations   []Count `json:"situations,omitempty"`
	// Organisations, Sectors, Levels and Kinds tell who is speaking.
	Organisations []Count  `json:"organisations,omitempty"`
	Sectors       []Count  `json:"sectors,omitempty"`
	Levels        []Count  `json:"levels,omitempty"`
	Kinds         []Count  `json:"kinds,omitempty"`
	Crosstab      Crosstab `json:"crosstab"`
	Topics        []Topic  `json:"topics,omitempty"` // largest first
	// TopicGroups are topics that lie near one another, taken together.
	TopicGroups []TopicGroup `json:"topic_groups,omitempty"`
	// Statements are those of all examples together, whatever their topic. One is
	// left out where, beside a topic's own, it would show too few contributors.
	Statements []Statement `json:"statements,omitempty"`
	// Showcase are the examples that their agreements let be shown by name.
	Showcase []Exhibit `json:"showcase,omitempty"`
	// Uncoded counts examples without an accepted challenge or objective, once
	// there are K of them.
	Uncoded  *Support  `json:"uncoded,omitempty"`
	Proposed []Cluster `json:"proposed,omitempty"`
}

// TopicGroup is a group of topics that lie near one another, and what all their
// examples say together: for a guide whose own topic has too few to say it.
type TopicGroup struct {
	// Code is the family of challenges (fa:) or the objective (ob:) that the
	// topics share.
	Code    model.Code `json:"code"`
	Topics  []string   `json:"topics"` // ids, sorted
	Support Support    `json:"support"`
	// Statements have support only: no actors, bands or wordings.
	Statements []Statement `json:"statements,omitempty"`
}

// Count is a concept and the support that it has.
type Count struct {
	Code model.Code `json:"code"`
	Support
}

// Topic holds the statements and counts of one challenge and one objective together.
// Objective is empty for a topic about a challenge whatever the objective, and
// the other way round. A topic whose Challenge is a family (fa:) holds the examples
// of all challenges of that family: it stands where as many as K contributors tell
// of challenges that no narrower topic tells of.
type Topic struct {
	ID        string     `json:"id"`
	Challenge model.Code `json:"challenge,omitempty"` // or a family of challenges
	Objective model.Code `json:"objective,omitempty"`
	Support   Support    `json:"support"`

	Experienced *Support `json:"experienced,omitempty"` // examples that met the challenge
	Perceived   *Support `json:"perceived,omitempty"`   // examples that expected it

	Situations    []Count `json:"situations,omitempty"`
	Together      []Count `json:"together,omitempty"` // other challenges of the same examples
	Stakeholders  []Count `json:"stakeholders,omitempty"`
	Organisations []Count `json:"organisations,omitempty"`
	Sectors       []Count `json:"sectors,omitempty"`
	TherapyAreas  []Count `json:"therapy_areas,omitempty"`
	Lifecycle     []Count `json:"lifecycle,omitempty"`
	Levels        []Count `json:"levels,omitempty"`
	Scales        []Count `json:"scales,omitempty"`
	Kinds         []Count `json:"kinds,omitempty"`
	Budgets       []Count `json:"budgets,omitempty"`
	Designs       []Count `json:"designs,omitempty"`    // evidence designs of the outcomes
	Directions    []Count `json:"directions,omitempty"` // codes positive, mixed, negative, none
	Domains       []Count `json:"domains,omitempty"`    // codes input, process, learning, impact
	// CriteriaBy counts who defined the criteria of success, by group of people;
	// CriteriaMet whether they were met: codes yes, partly, no.
	CriteriaBy  []Count `json:"criteria_by,omitempty"`
	CriteriaMet []Count `json:"criteria_met,omitempty"`
	// Measured are the examples with a before-and-after comparison or stronger,
	// Independent those with an outcome that somebody else evaluated.
	Measured    *Support `json:"measured,omitempty"`
	Independent *Support `json:"independent,omitempty"`

	Statements []Statement `json:"statements,omitempty"`
	// Examples are the ids (in Showcase) of the examples that may be named.
	Examples []string `json:"examples,omitempty"`
}

// Kind is the kind of thing that a statement reports: a step, a lesson, an outcome.
type Kind string

// The kinds of statements.
const (
	ChallengeStatement    Kind = "challenge" // how contributors put the topic's challenge
	StepStatement         Kind = "step"
	LessonStatement       Kind = "lesson"
	OutcomeStatement      Kind = "outcome"
	CriterionStatement    Kind = "criterion"
	ResourceStatement     Kind = "resource"
	PrerequisiteStatement Kind = "prerequisite"
	StartStatement        Kind = "getting-started"
	SustainStatement      Kind = "sustaining"
	AdaptStatement        Kind = "adapting"
	UnsuitableStatement   Kind = "not-suitable"
)

// Statement is one thing that enough contributors say about a topic.
type Statement struct {
	ID   string `json:"id"` // stable while its kind, part and code are
	Kind Kind   `json:"kind"`
	// Part is the kind of a lesson, the direction of an outcome, whether a
	// criterion was met, or the type of a resource.
	Part string     `json:"part,omitempty"`
	Code model.Code `json:"code,omitempty"` // the concept that it is about
	Support
	// Shared are wordings that K contributors share, Approved are single
	// contributors' sentences whose print they approved.
	Shared   []Wording `json:"shared,omitempty"`
	Approved []Wording `json:"approved,omitempty"`

	Actors []Count `json:"actors,omitempty"`
	// Sides are the actors by group of people, such as patients and carers.
	Sides   []Count `json:"sides,omitempty"`
	Efforts []Count `json:"efforts,omitempty"`
	// Months are spans of months after the start: codes 1-3, 4-6, 7-12, 13-.
	Months []Count `json:"months,omitempty"`
	// Often is how often a step is taken: codes weekly (once or more in two weeks),
	// monthly, quarterly (two to four times a year) and yearly or, where each of two
	// next to each other has too few, such as monthly-quarterly.
	Often     []Count `json:"often,omitempty"`
	Bands     []Count `json:"bands,omitempty"`
	DefinedBy []Count `json:"defined_by,omitempty"`
	Met       []Count `json:"met,omitempty"`
	Addresses []Count `json:"addresses,omitempty"`
	// Helpful are the examples, of those that mention a resource, that say it helped them.
	Helpful *Support `json:"helpful,omitempty"`
	// Order is the mean place of a step among the steps of its examples, from 0
	// (first) to 1 (last).
	Order float64 `json:"order,omitempty"`
	// Opposes is the id of a statement that says the opposite, where
	// contributors disagree.
	Opposes string `json:"opposes,omitempty"`
}

// Wording is a text and what stands behind it.
type Wording struct {
	Text string `json:"text"`
	Support
}

// Exhibit is an example that may be shown by name.
type Exhibit struct {
	ID               string             `json:"id"`
	Level            model.Level        `json:"level"`
	Name             string             `json:"name,omitempty"`
	Title            string             `json:"title,omitempty"`
	Summary          string             `json:"summary,omitempty"`
	Did              []string           `json:"did,omitempty"` // its steps, as published
	Kind             model.Code         `json:"kind,omitempty"`
	Challenges       []model.Code       `json:"challenges,omitempty"`
	Objectives       []model.Code       `json:"objectives,omitempty"`
	Acknowledgements []string           `json:"acknowledgements,omitempty"`
	Funded           bool               `json:"funded,omitempty"` // somebody paid: an acknowledgement is owed
	Sources          []anonymize.Source `json:"sources,omitempty"`
}

// Crosstab counts examples by challenge and objective. An example stands in
// every cell of its accepted codes.
type Crosstab struct {
	Challenges []model.Code `json:"challenges,omitempty"`
	Objectives []model.Code `json:"objectives,omitempty"`
	Cells      []Cell       `json:"cells,omitempty"`
}

// Cell is one cell of the crosstab. A hidden cell may hold any number from 0 up, or
// almost all; it is not said which.
type Cell struct {
	Challenge model.Code `json:"challenge"`
	Objective model.Code `json:"objective"`
	Examples  int        `json:"examples,omitempty"`
	Hidden    bool       `json:"hidden,omitempty"`
}

// Cluster is a group of uncoded statements that may become a concept, once a
// person has accepted it.
type Cluster struct {
	Label string `json:"label"`
	Facet string `json:"facet"` // challenge or objective
	Support
	Nearest model.Code `json:"nearest,omitempty"` // concept of the vocabulary
}
