// SPDX-License-Identifier: Apache-2.0

package intake

import (
	"maps"
	"slices"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/model"
)

// Repeats lists the rows that say what an earlier row says, and those of
// organisations that look like an earlier row's. None is dropped: a person says
// which is meant. rows are those of the examples.
func Repeats(examples []model.Example, rows []int) []Finding {
	all := make([]*model.Example, len(examples))
	runs := make([][]uint64, len(examples))
	where := map[uint64][]int{}
	at := map[string]int{} // the first row of a holding, counted from 0
	for i := range examples {
		e := &examples[i]
		all[i], runs[i] = e, anonymize.Shingles(e)
		for _, h := range runs[i] {
			where[h] = append(where[h], i)
		}
		for _, p := range e.Parties {
			if _, ok := at[p.HoldingRef()]; !ok {
				at[p.HoldingRef()] = i
			}
		}
	}
	var out []Finding
	copies := map[int]bool{}
	for i := range examples {
		shared := map[int]int{}
		for _, h := range runs[i] {
			if like := where[h]; len(like) <= anonymize.CommonShingle {
				for _, j := range like {
					if j < i {
						shared[j]++
					}
				}
			}
		}
		for _, j := range slices.Sorted(maps.Keys(shared)) {
			if anonymize.NearCopy(shared[j], len(runs[i]), len(runs[j])) {
				copies[i] = true
				out = append(out, Finding{Row: rows[i], Fault: "says nearly the same as row " + itoa(rows[j]) + ": if it was sent twice, delete one of them; until then both are one contributor’s"})
				break
			}
		}
	}
	told := map[int]bool{}
	for _, pair := range anonymize.LookAlikes(all, nil) {
		i, okA := at[pair.A]
		j, okB := at[pair.B]
		if i < j {
			i, j = j, i
		}
		if !okA || !okB || pair.Why != "name" && pair.Why != "domain" || copies[i] || told[i] {
			continue
		}
		told[i] = true
		why := "its name"
		if pair.Why == "domain" {
			why = "its e-mail address"
		}
		out = append(out, Finding{Row: rows[i], Fault: "is of an organisation that looks like that of row " + itoa(rows[j]) + ", by " + why + ": they count as one contributor until a person says that they are two"})
	}
	return out
}
