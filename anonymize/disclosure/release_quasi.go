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
		vocabulary.OrganisationType, vocabulary.Sector, vocabulary.TherapyArea, vocabulary.Region,
		anonymize.QIYear, vocabulary.MoneyBand, vocabulary.Scale,
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
		h, err := recode.NewCodes(steps, set.Generalise)
		if err != nil {
			panic(err) // the number of steps is in range
		}
		return h
	}
	return map[string]*recode.Hierarchy{
		vocabulary.OrganisationType: ladder(vocabulary.OrganisationType),
		vocabulary.Sector:           ladder(vocabulary.Sector),
		vocabulary.TherapyArea:      ladder(vocabulary.TherapyArea),
		vocabulary.Region:           ladder(vocabulary.Region),
		anonymize.QIYear:            recode.NewYears(),
		vocabulary.MoneyBand:        ladder(vocabulary.MoneyBand),
		vocabulary.Scale:            ladder(vocabulary.Scale),
	}
})
