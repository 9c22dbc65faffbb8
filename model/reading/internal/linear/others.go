// SPDX-License-Identifier: Apache-2.0

package linear

import (
	"encoding/binary"
	"math"
	"strings"
)

// Others draws how sure each code is towards what else the account speaks of: who
// recruits for trials has other aims than who answers complaints. One row of
// weights a code, in the order of the model's labels.
type Others struct {
	mean   []float64 // of each code, as seen
	scale  []float64 // of a row's weights
	weight []int8
}

// seen is how a code counts among the others: being likely at all says much,
// being nearly certain little more.
func seen(sure float64) float64 { return math.Sqrt(sure) }

func odds(sure float64) float64 {
	p := min(max(sure, 0.001), 0.999)
	return ln(p / (1 - p))
}

// Settle gives how sure each code is beside all others. nil changes nothing.
func (o *Others) Settle(sure []float64) []float64 {
	if o == nil || len(sure) != len(o.mean) {
		return sure
	}
	x := make([]float64, len(sure))
	for i, p := range sure {
		x[i] = seen(p) - o.mean[i]
	}
	out := make([]float64, len(sure))
	for l, p := range sure {
		sum := 0.0
		for i, w := range o.weight[l*len(x) : (l+1)*len(x)] {
			sum += float64(float64(w) * x[i])
		}
		out[l] = Sigmoid(odds(p) + float64(sum*o.scale[l]))
	}
	return out
}

// Told is an account with how sure each code was by itself, by a judge that did
// not see it, and whether it was right.
type Told struct {
	Sure   []float64
	Right  []bool
	Weight float64
}

// FitOthers fits the weights by descending along one account at a time. Same
// accounts in the same order, same weights.
func FitOthers(accounts []Told, rounds int, shuffle func(n int, swap func(i, j int))) *Others {
	if len(accounts) == 0 {
		return nil
	}
	n := len(accounts[0].Sure)
	o := &Others{mean: make([]float64, n), scale: make([]float64, n), weight: make([]int8, n*n)}
	all := 0.0
	for _, a := range accounts {
		all += a.Weight
		for i, p := range a.Sure {
			o.mean[i] += float64(a.Weight * seen(p))
		}
	}
	for i := range o.mean {
		o.mean[i] /= all
	}
	xs := make([][]float64, len(accounts))
	for at, a := range accounts {
		for i, p := range a.Sure {
			xs[at] = append(xs[at], seen(p)-o.mean[i])
		}
	}
	order := make([]int, len(accounts))
	for i := range order {
		order[i] = i
	}
	var visits []int // of all rounds
	for range rounds {
		shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		visits = append(visits, order...)
	}
	sideBySide(n, func(l int) { o.scale[l] = pull(o.weight[l*n:(l+1)*n], l, accounts, xs, visits) })
	return o
}

// pull fits the weights of one code, and returns their scale.
func pull(to []int8, l int, accounts []Told, xs [][]float64, visits []int) (scale float64) {
	const (
		step = 0.3
		less = 3 // draws weights to nothing, as so many accounts would
	)
	shrink := less / float64(len(accounts))
	w, moved := make([]float64, len(to)), make([]float64, len(to))
	for _, at := range visits {
		a, x := accounts[at], xs[at]
		sum := odds(a.Sure[l])
		for i, v := range w {
			sum += float64(v * x[i])
		}
		d := Sigmoid(sum)
		if a.Right[l] {
			d--
		}
		d *= a.Weight
		for i, v := range w {
			g := float64(d*x[i]) + float64(shrink*v)
			moved[i] += float64(g * g)
			w[i] -= float64(step*g) / math.Sqrt(1+moved[i])
		}
	}
	top := 0.0
	for _, v := range w {
		top = max(top, math.Abs(v))
	}
	scale = max(top, 1e-9) / 127
	for i, v := range w {
		to[i] = int8(math.Round(v / scale))
	}
	return scale
}

const othersMagic = "SPLO1\n"

// Append writes the weights behind b.
func (o *Others) Append(b []byte) []byte {
	b = append(b, othersMagic...)
	if o == nil {
		return binary.LittleEndian.AppendUint32(b, 0)
	}
	b = binary.LittleEndian.AppendUint32(b, uint32(len(o.mean)))
	for i := range o.mean {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(o.mean[i]))
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(o.scale[i]))
	}
	for _, v := range o.weight {
		b = append(b, byte(v))
	}
	return b
}

// CutOthers reads what Append wrote from the beginning of data, and returns what
// follows.
func CutOthers(data string) (*Others, string, error) {
	rest, ok := strings.CutPrefix(data, othersMagic)
	if !ok || len(rest) < 4 {
		return nil, "", ErrFormat
	}
	n := int(binary.LittleEndian.Uint32([]byte(rest[:4])))
	rest = rest[4:]
	if n > 256 || len(rest) < 16*n+n*n {
		return nil, "", ErrFormat
	}
	if n == 0 {
		return nil, rest, nil
	}
	o := &Others{}
	for range n {
		o.mean = append(o.mean, math.Float64frombits(binary.LittleEndian.Uint64([]byte(rest[:8]))))
		o.scale = append(o.scale, math.Float64frombits(binary.LittleEndian.Uint64([]byte(rest[8:16]))))
		rest = rest[16:]
	}
	for _, v := range []byte(rest[:n*n]) {
		o.weight = append(o.weight, int8(v))
	}
	return o, rest[n*n:], nil
}
