// SPDX-License-Identifier: Apache-2.0

package disclosure

// Preset is a published rule as configuration. What a preset leaves zero its
// source does not ask for. None makes a release lawful by itself.
type Preset struct {
	Name      string
	Source    string // whose rule it is
	K         int    // least holdings in a class, behind a statement, or in a count
	Rounding  Rounding
	Magnitude MagnitudeRule
	MaxRisk   float64 // highest risk of a record
	MinMonths int     // age of the data, in months
	Notes     string
}

// Presets lists the built-in presets, by name.
func Presets() []Preset {
	return []Preset{
		{
			Name: "ema", K: 11, MaxRisk: 1.0 / 11,
			Source: "EMA Policy 0070 and Health Canada PRCI: maximum risk 0.09",
			Notes:  "0.09 is 1/11 to two places; classes of 11.",
		},
		{
			Name: "hes", K: 8, Rounding: Rounding{Hide: 7, Base: 5},
			Source: "NHS Digital, HES and ECDS disclosure control, September 2018",
			Notes:  "Counts of providers are exempt there. Here the provider is who is protected, so nothing is.",
		},
		{
			Name: "isb1523-strong", K: 5,
			Source: "NHS Anonymisation Standard ISB 1523, as UKHSA quotes it",
			Notes:  "Higher risk: all variables but one are controlled.",
		},
		{
			Name: "isb1523-weak", K: 3,
			Source: "NHS Anonymisation Standard ISB 1523, as UKHSA quotes it",
			Notes:  "Lower risk: age, gender, ethnicity, location, dates, employer and occupation are controlled.",
		},
		{
			Name: "ons-10", K: 10, Rounding: Rounding{Hide: 9},
			Magnitude: MagnitudeRule{Contributors: 10, N: 2, Share: 0.9, P: 10},
			Source:    "ONS longitudinal study outputs; ABS DataLab rule of 10; ACRO's (2,0.90) and p 10 %",
			Notes:     "Differences between tables count as well: let the ledger and verify.Attack see every table.",
		},
		{
			Name: "opensafely", K: 8, Rounding: Rounding{Hide: 7, Base: 5},
			Source: "OpenSAFELY, statistical disclosure control: redact 7 and below, then round to 5",
		},
		{
			Name: "opensafely-midpoint6", K: 8, Rounding: Rounding{Midpoint: 6},
			Source: "OpenSAFELY, midpoint 6 rounding",
			Notes:  "Say so beside the figures.",
		},
		{
			Name: "safety-zone", K: 5, Magnitude: MagnitudeRule{Contributors: 5, MaxShare: 0.25}, MinMonths: 3,
			Source: "DOJ and FTC Statement 6 of 1996, withdrawn in 2023",
			Notes:  "A floor for exchanges between competitors, no safe harbour; other jurisdictions were not looked up.",
		},
	}
}

// FindPreset finds a preset by name.
func FindPreset(name string) (Preset, bool) {
	for _, p := range Presets() {
		if p.Name == name {
			return p, true
		}
	}
	return Preset{}, false
}
