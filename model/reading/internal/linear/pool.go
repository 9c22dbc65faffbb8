// SPDX-License-Identifier: Apache-2.0

package linear

import (
	"encoding/binary"
	"math"
	"strings"
)

// PoolSize is the number of features of a code in a document.
const PoolSize = 23

// Schemes are the prefixes of the codes that are read from a document, in the
// order of the pool's rows.
func Schemes() []string { return []string{"ch", "ob", "si", "me"} }

// Document holds the scores of one account and of each of its sentences. A row of
// scores has one entry a label of the model, in its order.
type Document struct {
	Whole     []float32   // scores of the account taken as one text
	Sentences [][]float32 // scores of each sentence
	Roles     [][]float64 // how likely each role of each sentence is
	Hits      []map[string]float64
}

// Pool turns the sentences' scores into features of each code.
func Pool(m *Model, d Document, prior map[string]float64) [][PoolSize]float64 {
	out := make([][PoolSize]float64, len(m.Labels))
	hits := map[string]float64{}
	for _, h := range d.Hits {
		for c, v := range h {
			hits[c] += v
		}
	}
	best := map[string]float64{}
	for l, label := range m.Labels {
		scheme := schemeOf(label)
		x := &out[l]
		first, second, third, none, fit, early, mean := -9.0, -9.0, -9.0, 1.0, 0.0, -9.0, 0.0
		var as [roles]float64 // in a sentence of the role
		for i, s := range d.Sentences {
			v := min(max(float64(s[l]), -9), 6)
			switch {
			case v > first:
				first, second, third = v, first, second
			case v > second:
				second, third = v, second
			case v > third:
				third = v
			}
			mean += v / float64(len(d.Sentences))
			if i < 4 {
				early = max(early, v)
			}
			p := Sigmoid(v)
			none *= float64(1 - p)
			fits := 0.0
			for r, q := range d.Roles[i] {
				as[r] = max(as[r], float64(p*q))
				if scheme >= 0 {
					fits += float64(q * tells[scheme][r])
				}
			}
			fit = max(fit, float64(p*fits))
		}
		x[0] = 1
		x[1], x[2], x[3] = first, second, logit(1-none)
		x[4], x[5] = logit(fit), early
		x[6] = min(max(float64(d.Whole[l]), -9), 6)
		x[7] = min(hits[label], 1)
		x[8] = math.Sqrt(min(hits[label], 4))
		x[9] = min(math.Sqrt(float64(len(d.Sentences))), 8)
		x[10] = prior[label]
		for r, v := range as {
			x[14+r] = logit(v)
		}
		x[21], x[22] = third, mean
		key := label[:strings.IndexByte(label+":", ':')]
		if v, ok := best[key]; !ok || x[3] > v {
			best[key] = x[3]
		}
	}
	for l, label := range m.Labels {
		key := label[:strings.IndexByte(label+":", ':')]
		x := &out[l]
		x[11] = x[3] - best[key]
		above := 0
		for o, other := range m.Labels {
			if strings.HasPrefix(other, key+":") && out[o][3] > x[3] {
				above++
			}
		}
		x[12] = 1 / float64(1+above)
		x[13] = float64(Sigmoid(x[3]) * Sigmoid(x[6]))
	}
	return out
}

func schemeOf(label string) int {
	for i, s := range Schemes() {
		if strings.HasPrefix(label, s+":") {
			return i
		}
	}
	return -1
}

func logit(p float64) float64 {
	p = min(max(p, 0.0005), 0.9995)
	return ln(p / (1 - p))
}

// ln is the natural logarithm, computed alike on every processor.
func ln(x float64) float64 {
	frac, e := math.Frexp(x)
	if frac < math.Sqrt2/2 {
		frac, e = 2*frac, e-1
	}
	t := (frac - 1) / (frac + 1)
	t2 := float64(t * t)
	sum := oneBy[len(oneBy)-1]
	for i := len(oneBy) - 2; i >= 0; i-- {
		sum = float64(sum*t2) + oneBy[i]
	}
	return float64(float64(2*t)*sum) + float64(float64(e)*math.Ln2)
}

// oneBy are the factors of the series of the logarithm.
var oneBy = [...]float64{1, 1. / 3, 1. / 5, 1. / 7, 1. / 9, 1. / 11, 1. / 13, 1. / 15, 1. / 17, 1. / 19, 1. / 21}

// Judge turns the features of a code into its confidence. Weights and Shipped have one
// row a scheme, in the order of Schemes; Own is an offset of single codes; Shipped is
// the least confidence at which a code of the scheme is reported; Others is nil or
// what all codes of an account say of each.
type Judge struct {
	Weights [4][PoolSize]float64
	Own     map[string]float64
	Shipped [4]float64
	Others  *Others
}

// All is how surely each of the labels fits an account, where features has one row a
// label: each by itself, and then beside the others.
func (j *Judge) All(labels []string, features [][PoolSize]float64) []float64 {
	sure := make([]float64, len(labels))
	for l, label := range labels {
		sure[l] = j.Confidence(label, features[l])
	}
	return j.Others.Settle(sure)
}

// Confidence is how surely a code with these features fits by itself, 0 to 1.
func (j *Judge) Confidence(label string, x [PoolSize]float64) float64 {
	s := schemeOf(label)
	if s < 0 {
		return 0
	}
	return Sigmoid(j.sum(s, x) + j.Own[label])
}

func (j *Judge) sum(scheme int, x [PoolSize]float64) (sum float64) {
	for i, w := range j.Weights[scheme] {
		sum += float64(w * x[i])
	}
	return sum
}

// Threshold is the confidence from which on a code is told.
func (j *Judge) Threshold(label string) float64 {
	if s := schemeOf(label); s >= 0 {
		return j.Shipped[s]
	}
	return 2
}

// Case is one code of one document for training the judge.
type Case struct {
	Label  string
	X      [PoolSize]float64
	Right  bool
	Weight float64
}

// Fit fits the weights by Newton's method.
func (j *Judge) Fit(cases []Case) {
	for s := range j.Weights {
		var own []Case
		for _, c := range cases {
			if schemeOf(c.Label) == s {
				own = append(own, c)
			}
		}
		if len(own) == 0 {
			continue
		}
		w := &j.Weights[s]
		*w = [PoolSize]float64{}
		w[0] = -3
		for range 12 {
			var g [PoolSize]float64
			var h [PoolSize][PoolSize]float64
			for i := range w {
				g[i] = float64(0.0003*w[i]) * float64(len(own))
				h[i][i] = float64(0.0003 * float64(len(own)))
			}
			for _, c := range own {
				p := Sigmoid(j.sum(s, c.X))
				d := p
				if c.Right {
					d--
				}
				d *= c.Weight
				v := float64(float64(p*(1-p)) * c.Weight)
				for i, x := range c.X {
					g[i] += float64(d * x)
					vx := float64(v * x)
					for k := range i + 1 {
						h[i][k] += float64(vx * c.X[k])
					}
				}
			}
			for i, step := range solve(&h, g) {
				w[i] -= min(max(step, -2), 2)
			}
		}
	}
}

// solve gives x of h x = g, where the lower half of h, which is positive definite,
// is known (Cholesky).
func solve(h *[PoolSize][PoolSize]float64, g [PoolSize]float64) (x [PoolSize]float64) {
	for i := range PoolSize {
		for k := range i + 1 {
			sum := h[i][k]
			for m := range k {
				sum -= float64(h[i][m] * h[k][m])
			}
			if i == k {
				h[i][i] = math.Sqrt(max(sum, 1e-12))
			} else {
				h[i][k] = sum / h[k][k]
			}
		}
	}
	for i := range PoolSize {
		x[i] = g[i]
		for m := range i {
			x[i] -= float64(h[i][m] * x[m])
		}
		x[i] /= h[i][i]
	}
	for i := PoolSize - 1; i >= 0; i-- {
		for m := i + 1; m < PoolSize; m++ {
			x[i] -= float64(h[m][i] * x[m])
		}
		x[i] /= h[i][i]
	}
	return x
}

// ownLess draws what a code has of its own to nothing, as so many cases would.
const ownLess = 3

// FitOwn fits what each code has of its own, after Fit, by Newton's method.
func (j *Judge) FitOwn(cases []Case) {
	type point struct{ sum, right, weight float64 }
	points := map[string][]point{}
	for _, c := range cases {
		if s := schemeOf(c.Label); s >= 0 {
			p := point{sum: j.sum(s, c.X), weight: c.Weight}
			if c.Right {
				p.right = 1
			}
			points[c.Label] = append(points[c.Label], p)
		}
	}
	j.Own = map[string]float64{}
	for label, all := range points {
		own := 0.0
		for range 30 {
			g, h := -float64(ownLess*own), float64(ownLess)
			for _, p := range all {
				v := Sigmoid(p.sum + own)
				g += float64(p.weight * (p.right - v))
				h += float64(float64(p.weight*v) * (1 - v))
			}
			own += min(max(g/h, -1), 1)
		}
		j.Own[label] = own
	}
}

const judgeMagic = "SPLJ1\n"

// Append writes the judge behind b.
func (j *Judge) Append(b []byte) []byte {
	b = append(b, judgeMagic...)
	for s := range j.Weights {
		for _, v := range append(j.Weights[s][:], j.Shipped[s]) {
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
		}
	}
	return b
}

// CutJudge reads a judge from the beginning of data, and returns what follows.
func CutJudge(data string) (*Judge, string, error) {
	rest, ok := strings.CutPrefix(data, judgeMagic)
	const size = 4 * (PoolSize + 1) * 8
	if !ok || len(rest) < size {
		return nil, "", ErrFormat
	}
	j := &Judge{}
	for s := range j.Weights {
		for i := range PoolSize + 1 {
			v := math.Float64frombits(binary.LittleEndian.Uint64([]byte(rest[:8])))
			rest = rest[8:]
			if i == PoolSize {
				j.Shipped[s] = v
			} else {
				j.Weights[s][i] = v
			}
		}
	}
	return j, rest, nil
}
