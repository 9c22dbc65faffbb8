// SPDX-License-Identifier: Apache-2.0

package linear

import (
	"encoding/binary"
	"errors"
	"math"
	"slices"
	"strings"
)

// Model gives a score (log odds) to each of its labels.
type Model struct {
	Labels []string
	bias   []float32
	scale  []float32 // of a label's weights
	names  []uint32  // sorted
	starts []uint32  // of a name's entries, one more than names
	idf    []byte    // how rare a name is
	entry  []byte    // label, weight
	dense  []byte    // dim rows of int8, one a label
	dim    int
}

// Score writes the scores to dst, which is made long enough, and returns it.
func (m *Model) Score(dst []float32, f Features) []float32 {
	dst = slices.Grow(dst[:0], len(m.Labels))[:len(m.Labels)]
	sums := make([]int32, len(m.Labels))
	square := 0
	for _, name := range f.Names {
		i, ok := slices.BinarySearch(m.names, name)
		if !ok {
			continue
		}
		rare := int32(m.idf[i])
		square += int(rare * rare)
		for e := m.starts[i]; e < m.starts[i+1]; e++ {
			sums[m.entry[2*e]] += rare * int32(int8(m.entry[2*e+1]))
		}
	}
	norm := float32(1 / math.Sqrt(float64(max(square, 1))))
	for l := range dst {
		dst[l] = m.bias[l] + float32(float32(sums[l])*float32(m.scale[l]*norm))
	}
	if len(f.Dense) != m.dim {
		return dst
	}
	part := make([]float32, len(m.Labels))
	n := len(m.Labels)
	for d, x := range f.Dense {
		row := m.dense[d*n : (d+1)*n]
		for l, w := range row {
			part[l] += float32(x * float32(int8(w)))
		}
	}
	for l := range dst {
		dst[l] += float32(part[l] * m.scale[l])
	}
	return dst
}

// ErrFormat says that bytes are no model.
var ErrFormat = errors.New("linear: not a model")

const magic = "SPLM3\n"

// Append writes the model behind b.
func (m *Model) Append(b []byte) []byte {
	b = append(b, magic...)
	u32 := func(v uint32) { b = binary.LittleEndian.AppendUint32(b, v) }
	labels := strings.Join(m.Labels, "\n")
	for _, v := range []int{len(m.Labels), m.dim, len(m.names), len(m.entry), len(labels)} {
		u32(uint32(v))
	}
	b = append(b, labels...)
	for l := range m.Labels {
		u32(math.Float32bits(m.bias[l]))
		u32(math.Float32bits(m.scale[l]))
	}
	last := uint32(0)
	for i, v := range m.names {
		b = binary.AppendUvarint(b, uint64(v-last))
		b = binary.AppendUvarint(b, uint64(m.starts[i+1]-m.starts[i]))
		last = v
	}
	b = append(b, m.idf...)
	b = append(b, m.entry...)
	return append(b, m.dense...)
}

// Cut reads a model from the beginning of data, and returns what follows.
func Cut(data string) (*Model, string, error) {
	rest, ok := strings.CutPrefix(data, magic)
	if !ok || len(rest) < 20 {
		return nil, "", ErrFormat
	}
	u32 := func() (v uint32) {
		v = binary.LittleEndian.Uint32([]byte(rest[:4]))
		rest = rest[4:]
		return v
	}
	labels, dim, names, entries, list := int(u32()), int(u32()), int(u32()), int(u32()), int(u32())
	if labels > 256 || dim > 4096 || names > 1<<24 || entries > 1<<28 || list > 1<<20 ||
		len(rest) < list+8*labels+3*names+entries+dim*labels {
		return nil, "", ErrFormat
	}
	m := &Model{Labels: strings.Split(rest[:list], "\n"), dim: dim}
	rest = rest[list:]
	if len(m.Labels) != labels {
		return nil, "", ErrFormat
	}
	for range labels {
		m.bias = append(m.bias, math.Float32frombits(u32()))
		m.scale = append(m.scale, math.Float32frombits(u32()))
	}
	m.names, m.starts = make([]uint32, names), make([]uint32, names+1)
	last := uint64(0)
	for i := range m.names {
		gap, count := uvarint(&rest), uvarint(&rest)
		if last += gap; last > math.MaxUint32 || gap == 0 && i > 0 || count > uint64(labels) {
			return nil, "", ErrFormat
		}
		m.names[i], m.starts[i+1] = uint32(last), m.starts[i]+uint32(count)
		if int(m.starts[i+1]) > entries/2 {
			return nil, "", ErrFormat
		}
	}
	if int(m.starts[names]) != entries/2 || entries%2 != 0 || len(rest) < names+entries+dim*labels {
		return nil, "", ErrFormat
	}
	m.idf, rest = []byte(rest[:names]), rest[names:]
	m.entry, rest = []byte(rest[:entries]), rest[entries:]
	m.dense, rest = []byte(rest[:dim*labels]), rest[dim*labels:]
	for i := 0; i < entries; i += 2 {
		if int(m.entry[i]) >= labels {
			return nil, "", ErrFormat
		}
	}
	return m, rest, nil
}

// uvarint cuts a number of variable length from the beginning of s; what is none
// is larger than any.
func uvarint(s *string) uint64 {
	v, n := binary.Uvarint([]byte((*s)[:min(len(*s), binary.MaxVarintLen64)]))
	if n <= 0 {
		*s = ""
		return math.MaxUint32 + 1
	}
	*s = (*s)[n:]
	return v
}

// Sigmoid is 1/(1+exp(-x)), computed alike on every processor.
func Sigmoid(x float64) float64 {
	if x < -30 {
		return 0
	}
	if x > 30 {
		return 1
	}
	return 1 / (1 + exp(-x))
}

// exp halves its argument ten times, takes eight terms of the series, and squares.
func exp(x float64) float64 {
	y := x / 1024
	term, sum := 1.0, 1.0
	for i := 1.0; i <= 8; i++ {
		term = float64(term*y) / i
		sum += term
	}
	for range 10 {
		sum = float64(sum * sum)
	}
	return sum
}
