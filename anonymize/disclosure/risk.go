// SPDX-License-Identifier: Apache-2.0

package disclosure

// RiskThreshold is the highest risk of a record that EMA Policy 0070 and
// Health Canada recommend, 0.09, taken as 1/11.
const RiskThreshold = 1.0 / 11

// Risk is the risk of re-identification by one kind of intruder.
type Risk struct {
	Highest float64 // of any record
	Average float64
	AtRisk  float64 // share of records above the threshold
}

// Risks is the risk before three intruders (El Emam 2013): the prosecutor
// knows that somebody is in the release, the journalist does not, the marketer
// wants as many as possible and is content with the average.
type Risks struct {
	Prosecutor Risk
	// Journalist and Marketer need a register; without one they are the
	// prosecutor's, which is never less.
	Journalist Risk
	Marketer   float64
}

// MeasureRisks measures a recoding: a record's risk is one over the holdings
// that read like it. population may be nil; threshold 0 means RiskThreshold.
// Suppressed records are in no class and at no risk.
func MeasureRisks(r *Recoding, population *Population, threshold float64) Risks {
	if threshold == 0 {
		threshold = RiskThreshold
	}
	measure := func(size func(g int) int) Risk {
		var out Risk
		n := 0
		for g, c := range r.Classes {
			risk := 1 / float64(max(size(g), 1))
			n += len(c.Records)
			out.Highest = max(out.Highest, risk)
			out.Average += float64(risk * float64(len(c.Records)))
			if risk > threshold+1e-12 {
				out.AtRisk += float64(len(c.Records))
			}
		}
		if n > 0 {
			out.Average /= float64(n)
			out.AtRisk /= float64(n)
		}
		return out
	}
	out := Risks{Prosecutor: measure(func(g int) int { return r.Classes[g].Holdings })}
	out.Journalist = out.Prosecutor
	if population != nil && len(population.Register) == len(r.Classes) {
		out.Journalist = measure(func(g int) int { return population.Register[g] })
	}
	out.Marketer = out.Journalist.Average
	return out
}
