// SPDX-License-Identifier: Apache-2.0

package anonymize

import (
	"reflect"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/model"
)

// The quasi-identifiers of a record.
const (
	QIOrganisationType = "organisation-type"
	QISector           = "sector"
	QITherapyArea      = "therapy-area"
	QIRegion           = "region"
	QIYear             = "year"
	QIMoneyBand        = "money-band"
	QIScale            = "scale"
)

func (c *Content) quasiIdentifiers() map[string]string {
	return map[string]string{
		QIOrganisationType: joinCodes(c.OrganisationTypes),
		QISector:           joinCodes(c.Sectors),
		QITherapyArea:      joinCodes(c.TherapyAreas),
		QIRegion:           string(c.Region),
		QIYear:             c.Year,
		QIMoneyBand:        string(c.Budget),
		QIScale:            string(c.Scale),
	}
}

// setQuasiIdentifier puts a coarser value in place, in every field that tells it.
func (c *Content) setQuasiIdentifier(name, value string) bool {
	switch name {
	case QIOrganisationType:
		c.OrganisationTypes = splitCodes(value)
	case QISector:
		c.Sectors = splitCodes(value)
		if !slices.Contains(c.Sectors, c.Setting) {
			c.Setting = ""
		}
	case QITherapyArea:
		c.TherapyAreas = splitCodes(value)
	case QIRegion:
		c.Region = model.Code(value)
	case QIYear:
		c.Year = value
	case QIMoneyBand:
		c.Budget = model.Code(value)
		for i := range c.Resources {
			if c.Resources[i].Type == "money" {
				c.Resources[i].Band = c.Budget
			}
		}
	case QIScale:
		c.Scale = model.Code(value)
	default:
		return false
	}
	return true
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

// clone copies the content, so that no slice is shared.
func (c Content) clone() Content {
	c.PartnershipTypes = slices.Clone(c.PartnershipTypes)
	c.OrganisationTypes = slices.Clone(c.OrganisationTypes)
	c.Sectors = slices.Clone(c.Sectors)
	c.Stakeholders = slices.Clone(c.Stakeholders)
	c.TherapyAreas = slices.Clone(c.TherapyAreas)
	c.Lifecycle = slices.Clone(c.Lifecycle)
	c.Challenges = slices.Clone(c.Challenges)
	c.Objectives = slices.Clone(c.Objectives)
	c.Situations = slices.Clone(c.Situations)
	c.Steps = slices.Clone(c.Steps)
	for i := range c.Steps {
		c.Steps[i].Addresses = slices.Clone(c.Steps[i].Addresses)
	}
	c.Resources = slices.Clone(c.Resources)
	c.Outcomes = slices.Clone(c.Outcomes)
	c.Criteria = slices.Clone(c.Criteria)
	for i := range c.Criteria {
		c.Criteria[i].DefinedBy = slices.Clone(c.Criteria[i].DefinedBy)
	}
	c.Lessons = slices.Clone(c.Lessons)
	for i := range c.Lessons {
		c.Lessons[i].Addresses = slices.Clone(c.Lessons[i].Addresses)
	}
	for _, list := range []*[]string{&c.GettingStarted, &c.Sustaining, &c.Adapted, &c.Prerequisites, &c.NotSuitableFor, &c.Acknowledgements} {
		*list = slices.Clone(*list)
	}
	c.Quotes = slices.Clone(c.Quotes)
	c.Sources = slices.Clone(c.Sources)
	return c
}

// close empties every field that shut says is closed.
func (c *Content) close(shut func(field string) bool) {
	clearIf(shut("title"), &c.Title)
	clearIf(shut("public_summary"), &c.Summary)
	clearIf(shut("partnership_types"), &c.PartnershipTypes)
	clearIf(shut("organisations"), &c.OrganisationTypes)
	clearIf(shut("organisations"), &c.Sectors)
	clearIf(shut("stakeholders"), &c.Stakeholders)
	clearIf(shut("therapy_areas"), &c.TherapyAreas)
	clearIf(shut("lifecycle"), &c.Lifecycle)
	clearIf(shut("level"), &c.Level)
	clearIf(shut("context"), &c.Setting)
	clearIf(shut("context"), &c.Scale)
	clearIf(shut("context"), &c.Region)
	clearIf(shut("context"), &c.Year)
	clearIf(shut("resources.money"), &c.Budget)
	clearIf(shut("challenges"), &c.Challenges)
	clearIf(shut("objectives"), &c.Objectives)
	clearIf(shut("situations"), &c.Situations)
	clearIf(shut("strategy_steps"), &c.Steps)
	c.Resources = slices.DeleteFunc(c.Resources, func(r Resource) bool { return shut("resources." + r.Type) })
	clearIf(shut("outcomes"), &c.Outcomes)
	clearIf(shut("success_criteria"), &c.Criteria)
	clearIf(shut("lessons"), &c.Lessons)
	clearIf(shut("adoption.getting_started"), &c.GettingStarted)
	clearIf(shut("adoption.sustaining"), &c.Sustaining)
	clearIf(shut("adoption.adapted_elsewhere"), &c.Adapted)
	clearIf(shut("adoption.prerequisites"), &c.Prerequisites)
	clearIf(shut("adoption.not_suitable_for"), &c.NotSuitableFor)
	clearIf(shut("quotes"), &c.Quotes)
}

func clearIf[T any](shut bool, v *T) {
	if shut {
		*v = *new(T)
	}
}

// dropTexts empties every sentence, and what is nothing without it.
func (c *Content) dropTexts() {
	walkStrings(reflect.ValueOf(c).Elem(), func(v reflect.Value) { v.SetString("") })
	for _, list := range []*[]string{&c.GettingStarted, &c.Sustaining, &c.Adapted, &c.Prerequisites, &c.NotSuitableFor} {
		*list = nil
	}
	c.Quotes = nil
	bare := func(s Statement) bool { return s.Code == "" }
	c.Challenges = slices.DeleteFunc(c.Challenges, bare)
	c.Objectives = slices.DeleteFunc(c.Objectives, bare)
	c.Situations = slices.DeleteFunc(c.Situations, bare)
	c.Steps = slices.DeleteFunc(c.Steps, func(s Step) bool { return s.Method == "" })
	c.Resources = slices.DeleteFunc(c.Resources, func(r Resource) bool { return r.Band == "" })
	c.Criteria = slices.DeleteFunc(c.Criteria, func(k Criterion) bool { return len(k.DefinedBy) == 0 && k.Met == "" })
}
