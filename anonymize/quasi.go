// SPDX-License-Identifier: Apache-2.0

package anonymize

import (
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// QIYear names the year among the quasi-identifiers of a record. The others are named
// as the scheme of their codes: vocabulary.OrganisationType, Sector, TherapyArea,
// Region, MoneyBand and Scale.
const QIYear = "year"

func (c *Content) quasiIdentifiers() map[string]string {
	return map[string]string{
		vocabulary.OrganisationType: joinCodes(c.OrganisationTypes),
		vocabulary.Sector:           joinCodes(c.Sectors),
		vocabulary.TherapyArea:      joinCodes(c.TherapyAreas),
		vocabulary.Region:           string(c.Region),
		QIYear:                      c.Year,
		vocabulary.MoneyBand:        string(c.Budget),
		vocabulary.Scale:            string(c.Scale),
	}
}

// setQuasiIdentifier puts a coarser value in place, in every field that tells it.
func (c *Content) setQuasiIdentifier(name, value string) bool {
	switch name {
	case vocabulary.OrganisationType:
		c.OrganisationTypes = splitCodes(value)
	case vocabulary.Sector:
		c.Sectors = splitCodes(value)
		if !slices.Contains(c.Sectors, c.Setting) {
			c.Setting = ""
		}
		c.closeStaff()
	case vocabulary.TherapyArea:
		c.TherapyAreas = splitCodes(value)
	case vocabulary.Region:
		c.Region = model.Code(value)
	case QIYear:
		c.Year = value
	case vocabulary.MoneyBand:
		c.Budget = model.Code(value)
		for i := range c.Resources {
			if c.Resources[i].Type == "money" {
				c.Resources[i].Band = c.Budget
			}
		}
	case vocabulary.Scale:
		c.Scale = model.Code(value)
	default:
		return false
	}
	return true
}

// staffOf are the people of whom it is told with what they do where they work.
const staffOf = `se:industry: st:industry-people st:industry-commercial st:industry-medical st:industry-patient-engagement-lead
se:consultancy-agency: st:agency-or-facilitator
se:voluntary-community-social-enterprise: st:patient-organisation-staff st:volunteer
se:public-health-service: st:health-care-staff st:nurse st:doctor st:pharmacist st:allied-health-professional st:practice-or-hospital-manager st:commissioner st:payer st:regulator-or-hta-staff
se:academia: st:researcher
se:local-government: st:policy-maker st:politician`

// closeStaff empties the codes of those who work in a sector that is not told: what
// they did would tell it all the same.
func (c *Content) closeStaff() {
	closed := map[model.Code]bool{}
	for line := range strings.Lines(staffOf) {
		sector, staff, _ := strings.Cut(line, ":"+" ")
		for code := range strings.FieldsSeq(staff) {
			closed[model.Code(code)] = !slices.Contains(c.Sectors, model.Code(sector))
		}
	}
	shut := func(code *model.Code) {
		if closed[*code] {
			*code = ""
		}
	}
	without := func(codes []model.Code) []model.Code {
		return slices.DeleteFunc(slices.Clone(codes), func(code model.Code) bool { return closed[code] })
	}
	for i := range c.Steps {
		shut(&c.Steps[i].Actor)
	}
	c.Stakeholders = slices.DeleteFunc(slices.Clone(c.Stakeholders), func(s Stakeholder) bool { return closed[s.Group] })
	for i := range c.Outcomes {
		shut(&c.Outcomes[i].Beneficiary)
	}
	for i := range c.Criteria {
		c.Criteria[i].DefinedBy = without(c.Criteria[i].DefinedBy)
	}
	for i := range c.Quotes {
		shut(&c.Quotes[i].Speaker)
	}
}

func joinCodes(codes []model.Code) string {
	parts := make([]string, len(codes))
	for i, c := range codes {
		parts[i] = string(c)
	}
	slices.Sort(parts)
	return strings.Join(parts, "+")
}

func splitCodes(s string) []model.Code {
	if s == "" {
		return nil
	}
	var codes []model.Code
	for part := range strings.SplitSeq(s, "+") {
		codes = append(codes, model.Code(part))
	}
	return codes
}
