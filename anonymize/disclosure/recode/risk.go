// SPDX-License-Identifier: Apache-2.0

package recode

// Risk is the risk of re-identification before those who know who took part (the
// prosecutor of El Emam 2013). Who does not know (the journalist) is at most there;
// those who want as many as possible (the marketer) are content with the average.
type Risk struct {
	Highest float64 // of any record
	Average float64
	AtRisk  float64 // share of records above the threshold
}

// measureRisk measures a recoding: a record's risk is one over the holdings
// that read like it. threshold 0 means 1/11, the 0.09 of EMA Policy 0070 and
// Health Canada. Suppressed records are in no class and at no risk.
func measureRisk(r *Recoding, threshold float64) Risk {
	if threshold == 0 {
		threshold = 1.0 / 11
	}
	var out Risk
	n := 0
	for _, c := range r.Classes {
		risk := 1 / float64(max(c.Holdings, 1))
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
