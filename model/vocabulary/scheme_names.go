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
	challengeFamily  = "challenge-family"  // fa, challenges that are alike; linked as to:family
	Situation        = "situation"         // si
	OrganisationType = "organisation-type" // ot
	Sector           = "sector"            // se
	TherapyArea      = "therapy-area"      // ta
	Stakeholder      = "stakeholder"       // st
	lifecycle        = "lifecycle"         // lc, three frames
	partnershipType  = "partnership-type"  // pt
	level            = "level"             // lv, of participation
	EvidenceDesign   = "evidence-design"   // ed
	Scale            = "scale"             // sc
	peopleSize       = "people-size"       // ps
	MoneyBand        = "money-band"        // mb
	effortBand       = "effort-band"       // eb
	kind             = "kind"              // ki, of example
	outcomeDomain    = "outcome-domain"    // od
	outcomeDirection = "outcome-direction" // dr
	lessonKind       = "lesson-kind"       // lk
	StepStage        = "step-stage"        // sg, stage of a method in a guide
	Region           = "region"            // rg
	yearBand         = "year-band"         // yr
	term             = "term"              // tm, search equivalents
	trap             = "trap"              // tr, senses of ambiguous phrases
	frame            = "frame"             // fm, sentences made of several concepts
)
