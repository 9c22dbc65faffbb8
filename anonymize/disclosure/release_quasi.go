// SPDX-License-Identifier: Apache-2.0

package disclosure

import (
	"sync"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/anonymize/disclosure/recode"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// quasiMembers are the members of a published record that tell its
// quasi-identifiers.
func quasiMembers() (names, fields []string) {
	names = []string{
		anonymize.QIOrganisationType, anonymize.QISector, anonymize.QITherapyArea, anonymize.QIRegion,
		anonymize.QIYear, anonymize.QIMoneyBand, anonymize.QIScale,
	}
	fields = []string{"organisation_types", "sectors", "therapy_areas", "region", "year", "budget", "scale"}
	return names, fields
}

// defaultHierarchies are those of the built-in vocabulary: types of
// organisation, sectors, therapy areas, regions, money and scale by their
// ladders, years in five and ten.
var defaultHierarchies = sync.OnceValue(func() map[string]*recode.Hierarchy {
	set := vocabulary.Default()
	ladder := func(scheme string) *recode.Hierarchy {
		steps := 0
		for c := range set.Scheme(scheme).Concepts() {
			steps = max(steps, len(set.Ladder(c.ID()))-1)
		}
		h, err := recode.NewCodes(min(steps, recode.MaxSteps), set.Generalise)
		if err != nil {
			panic(err) // the number of steps is in range
		}
		return h
	}
	return map[string]*recode.Hierarchy{
		anonymize.QIOrganisationType: ladder(vocabulary.OrganisationType),
		anonymize.QISector:           ladder(vocabulary.Sector),
		anonymize.QITherapyArea:      ladder(vocabulary.TherapyArea),
		anonymize.QIRegion:           ladder(vocabulary.Region),
		anonymize.QIYear:             recode.NewYears(),
		anonymize.QIMoneyBand:        ladder(vocabulary.MoneyBand),
		anonymize.QIScale:            ladder(vocabulary.Scale),
	}
})
