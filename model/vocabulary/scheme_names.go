// SPDX-License-Identifier: Apache-2.0

package vocabulary

// The names of the built-in schemes, with the prefix of their ids.
const (
	Challenge        = "challenge"         // ch
	Objective        = "objective"         // ob
	Method           = "method"            // me
	Practice         = "practice"          // pr, what to do within a method, its broader concept; linked as to:stage, to:doer, to:effort
	Theme            = "theme"             // th, what lessons are about
	Sign             = "sign"              // sn, by what contributors tell whether it went well
	ChallengeFamily  = "challenge-family"  // fa, challenges that are alike; linked as to:family
	Situation        = "situation"         // si
	OrganisationType = "organisation-type" // ot
	Sector           = "sector"            // se
	TherapyArea      = "therapy-area"      // ta
	Stakeholder      = "stakeholder"       // st
	Lifecycle        = "lifecycle"         // lc, three frames
	PartnershipType  = "partnership-type"  // pt
	Level            = "level"             // lv, of participation
	EvidenceDesign   = "evidence-design"   // ed
	Scale            = "scale"             // sc
	PeopleSize       = "people-size"       // ps
	MoneyBand        = "money-band"        // mb
	EffortBand       = "effort-band"       // eb
	Kind             = "kind"              // ki, of example
	OutcomeDomain    = "outcome-domain"    // od
	OutcomeDirection = "outcome-direction" // dr
	LessonKind       = "lesson-kind"       // lk
	StepStage        = "step-stage"        // sg, stage of a method in a guide
	Region           = "region"            // rg
	YearBand         = "year-band"         // yr
	Term             = "term"              // tm, search equivalents
	Trap             = "trap"              // tr, senses of ambiguous phrases
	Frame            = "frame"             // fm, sentences made of several concepts
)
