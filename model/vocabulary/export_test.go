// SPDX-License-Identifier: Apache-2.0

package vocabulary

// What only the tests of this package reach from outside.
const (
	ChallengeFamily  = challengeFamily
	EffortBand       = effortBand
	Frame            = frame
	Kind             = kind
	LessonKind       = lessonKind
	Level            = level
	Lifecycle        = lifecycle
	OutcomeDirection = outcomeDirection
	OutcomeDomain    = outcomeDomain
	PartnershipType  = partnershipType
	PeopleSize       = peopleSize
	Term             = term
	Trap             = trap
	YearBand         = yearBand
)

var (
	Data = embedded
)
