// SPDX-License-Identifier: Apache-2.0

package anonymize

import (
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
