// SPDX-License-Identifier: Apache-2.0

package linear

// lanes is how many labels are fitted at a time: the weights that a feature has for
// them lie side by side and are fetched from memory once.
const lanes = 8

type lane [lanes]float64

// descend fits the labels from first on, none of which needs another's.
func descend(rows []row, samples []Sample, first, size int, r Recipe) (w []lane, bias lane) {
	w = make([]lane, size)
	have, sign := make([]lane, len(samples)), make([]lane, len(samples)) // the dual variables, and which side (0 not known)
	var order []int
	for i, s := range samples {
		if s.Weight == 0 {
			continue
		}
		order = append(order, i)
		c := r.Cost * float64(s.Weight)
		for l := range lanes {
			have[i][l], sign[i][l] = min(0.001*c, 1e-8), -1
		}
		for _, l := range s.Labels {
			if l >= first && l < first+lanes {
				sign[i][l-first] = 1
			}
		}
		for _, l := range s.Unknown {
			if l >= first && l < first+lanes {
				sign[i][l-first] = 0
			}
		}
	}
	shuffle := r.Shuffle()
	for range r.Rounds {
		shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			x := &rows[i]
			dense := w[size-len(x.dense):]
			sums := bias
			for k, f := range x.at {
				sums.dot(&w[f], x.x[k])
			}
			for k, v := range x.dense {
				sums.dot(&dense[k], float64(v))
			}
			var d lane
			c := r.Cost * float64(samples[i].Weight)
			for l, y := range sign[i] {
				if y == 0 {
					continue
				}
				step := newton(x.square, y*sums[l], have[i][l], c)
				have[i][l] += step
				d[l] = y * step
				bias[l] += d[l]
			}
			for k, f := range x.at {
				w[f].dot(&d, x.x[k])
			}
			for k, v := range x.dense {
				dense[k].dot(&d, float64(v))
			}
		}
	}
	return w, bias
}

// dot adds v times by to each.
func (s *lane) dot(by *lane, v float64) {
	s[0] += float64(by[0] * v)
	s[1] += float64(by[1] * v)
	s[2] += float64(by[2] * v)
	s[3] += float64(by[3] * v)
	s[4] += float64(by[4] * v)
	s[5] += float64(by[5] * v)
	s[6] += float64(by[6] * v)
	s[7] += float64(by[7] * v)
}

// newton is by how much the dual variable a, 0 to c, of a sample of this square
// and margin moves: the step z to where q z + margin + log((a+z)/(c-a-z)) is 0.
func newton(q, margin, a, c float64) float64 {
	low, high, z := 0.0, c, a
	for range 12 {
		if z <= low || z >= high {
			z = (low + high) / 2
		}
		g := float64(q*(z-a)) + margin + ln(z/(c-z))
		if g > 0 {
			high = z
		} else {
			low = z
		}
		step := g / (q + float64(c/float64(z*(c-z))))
		z -= step
		if step < 1e-4 && step > -1e-4 {
			break
		}
	}
	z = min(max(z, 1e-12*c), (1-1e-12)*c)
	return z - a
}
