// SPDX-License-Identifier: Apache-2.0

package vocabulary

// The names of the built-in schemes, with the prefix of their ids.
const (
	Challenge              = "challenge"         // ch
	Objective              = "objective"         // ob
	Method                 = "method"            // me; its broader concepts are families of methods, mf
	Practice               = "practice"          // pr, what to do within a method, its broader concept; linked as to:stage, to:doer, to:effort
	Theme                  = "theme"             // th, what lessons are about
	Sign                   = "sign"              // sn, by what contributors tell whether it went well
	challengeFamilyScheme  = "challenge-family"  // fa, challenges that are alike; linked as to:family
	Situation              = "situation"         // si
	OrganisationType       = "organisation-type" // ot
	Sector                 = "sector"            // se
	TherapyArea            = "therapy-area"      // ta
	Stakeholder            = "stakeholder"       // st
	lifecycleScheme        = "lifecycle"         // lc, three frames
	partnershipTypeScheme  = "partnership-type"  // pt
	levelScheme            = "level"             // lv, of participation
	EvidenceDesign         = "evidence-design"   // ed
	Scale                  = "scale"             // sc
	peopleSizeScheme       = "people-size"       // ps
	MoneyBand              = "money-band"        // mb
	effortBandScheme       = "effort-band"       // eb
	kindScheme             = "kind"              // ki, of example
	outcomeDomainScheme    = "outcome-domain"    // od
	outcomeDirectionScheme = "outcome-direction" // dr
	lessonKindScheme       = "lesson-kind"       // lk
	StepStage              = "step-stage"        // sg, stage of a method in a guide
	Region                 = "region"            // rg
	yearBandScheme         = "year-band"         // yr
	termScheme             = "term"              // tm, search equivalents
	trapScheme             = "trap"              // tr, senses of ambiguous phrases
	frameScheme            = "frame"             // fm, sentences made of several concepts
)
