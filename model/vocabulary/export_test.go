// SPDX-License-Identifier: Apache-2.0

package vocabulary

// What only the tests of this package reach from outside.
const (
	ChallengeFamily  = challengeFamilyScheme
	EffortBand       = effortBandScheme
	Frame            = frameScheme
	Kind             = kindScheme
	LessonKind       = lessonKindScheme
	Level            = levelScheme
	Lifecycle        = lifecycleScheme
	OutcomeDirection = outcomeDirectionScheme
	OutcomeDomain    = outcomeDomainScheme
	PartnershipType  = partnershipTypeScheme
	PeopleSize       = peopleSizeScheme
	Term             = termScheme
	Trap             = trapScheme
	YearBand         = yearBandScheme
)

var (
	Data    = embedded
	ErrData = errData
)

const (
	FormBracket = formBracket
	FormGerund  = formGerund
	FormIn      = formIn
	FormOne     = formOne
	FormScope   = formScope
	FormThe     = formThe
)
