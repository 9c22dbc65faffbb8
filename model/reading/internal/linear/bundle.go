// SPDX-License-Identifier: Apache-2.0

package linear

import (
	"encoding/binary"
	"math"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/model/wordtable"
)

// Bundle is everything that was trained.
type Bundle struct {
	Roles, Codes, Directions *Model
	Judge                    *Judge
	Prior                    map[string]float64
	Second                   *Second
	Table                    *wordtable.Table
}

// RoleNames are the roles of a sentence.
func RoleNames() []string {
	return []string{"context", "challenge", "action", "outcome", "lesson", "quote", "other"}
}

// tells says which roles tell of a scheme: challenges, objectives, situations, methods.
var tells = [4][roles]float64{
	{.5, 1, .3, .3, .5, .6, .1},
	{.9, .5, .8, .7, .4, .3, .3},
	{1, .8, .8, .5, .5, .5, .4},
	{.5, .3, 1, .6, .5, .3, .2},
}

// Marked is a sentence with what the models say of it.
type Marked struct {
	Role   string
	Sure   float64   // of the role, 0 to 1
	Scores []float32 // of the codes
}

// Mark gives each sentence its role and scores, and how likely each role is. The
// heading or question above a sentence is a hint; hint stands above the first.
func (b *Bundle) Mark(sentences []string, hint string) ([]Marked, [][]float64) {
	out := make([]Marked, len(sentences))
	names := RoleNames()
	sure := b.Second.Settle(b.Emit(sentences, hint))
	for i, s := range sentences {
		r := slices.Index(sure[i], slices.Max(sure[i]))
		out[i] = Marked{Role: names[r], Sure: sure[i][r], Scores: b.Codes.Score(nil, Words(s, b.Table))}
	}
	return out, sure
}

// Emit gives for each sentence how likely each role is, by itself.
func (b *Bundle) Emit(sentences []string, hint string) [][]float64 {
	out := make([][]float64, len(sentences))
	var score []float32
	for i, p := range Places(sentences, hint) {
		s := sentences[i]
		score = b.Roles.Score(score, Role(s, Words(s, b.Table), b.Table.Dim(), p))
		total := 0.0
		out[i] = make([]float64, len(score))
		for r, v := range score {
			out[i][r] = Sigmoid(float64(v)) + 1e-4
			total += out[i][r]
		}
		for r := range out[i] {
			out[i][r] /= total
		}
	}
	return out
}

// Places are where the sentences of an account stand.
func Places(sentences []string, hint string) []Place {
	out := make([]Place, len(sentences))
	heading, lead, nth := hint, "", 0
	var quote quotation
	for i, s := range sentences {
		out[i] = Place{Index: i, Of: len(sentences), Heading: heading}
		if i > 0 {
			out[i].Before = sentences[i-1]
		}
		if i+1 < len(sentences) {
			out[i].After = sentences[i+1]
		}
		out[i].Quoted = quote.open()
		quote.read(s)
		switch {
		case strings.HasSuffix(s, ":"):
			lead, nth = s, 0
		case lead != "" && (nth == 0 || bullet(s)):
			nth++
			out[i].Lead = lead
		default:
			lead = ""
		}
		if Heading(s) {
			heading = s
			quote = quotation{}
		}
	}
	return out
}

// quotation follows whether a quotation is open from sentence to sentence.
type quotation struct {
	curly, straight bool
	since           int
}

// longest is how many sentences a quotation may go on: a mark may be missing.
const longest = 12

func (q *quotation) open() bool { return q.curly || q.straight }

func (q *quotation) read(s string) {
	for _, r := range s {
		switch r {
		case '“':
			q.curly = true
		case '”':
			q.curly = false
		case '"':
			q.straight = !q.straight
		}
	}
	if q.since++; !q.open() {
		q.since = 0
	} else if q.since > longest {
		*q = quotation{}
	}
}

// Append writes all of it but the table behind data.
func (b *Bundle) Append(data []byte) []byte {
	data = b.Roles.Append(data)
	data = b.Codes.Append(data)
	data = b.Directions.Append(data)
	data = b.Judge.Append(data)
	data = b.Judge.Others.Append(data)
	for _, v := range b.Second {
		data = binary.LittleEndian.AppendUint64(data, math.Float64bits(v))
	}
	for _, l := range b.Codes.Labels {
		data = binary.LittleEndian.AppendUint64(data, math.Float64bits(b.Prior[l]))
		data = binary.LittleEndian.AppendUint64(data, math.Float64bits(b.Judge.Own[l]))
	}
	return data
}

// Open reads what Append wrote.
func Open(data string, table *wordtable.Table) (*Bundle, error) {
	b := &Bundle{Table: table, Prior: map[string]float64{}}
	var err error
	for _, m := range []**Model{&b.Roles, &b.Codes, &b.Directions} {
		if *m, data, err = Cut(data); err != nil {
			return nil, err
		}
	}
	if b.Judge, data, err = CutJudge(data); err != nil {
		return nil, err
	}
	if b.Judge.Others, data, err = CutOthers(data); err != nil {
		return nil, err
	}
	if o := b.Judge.Others; o != nil && len(o.mean) != len(b.Codes.Labels) {
		return nil, ErrFormat
	}
	const second = 8 * len(Second{})
	if len(data) != second+16*len(b.Codes.Labels) || len(b.Roles.Labels) != len(RoleNames()) {
		return nil, ErrFormat
	}
	float := func(i int) float64 {
		return math.Float64frombits(binary.LittleEndian.Uint64([]byte(data[8*i : 8*i+8])))
	}
	b.Second = &Second{}
	for i := range b.Second {
		b.Second[i] = float(i)
	}
	data = data[second:]
	b.Judge.Own = map[string]float64{}
	for i, l := range b.Codes.Labels {
		b.Prior[strings.Clone(l)], b.Judge.Own[strings.Clone(l)] = float(2*i), float(2*i+1)
	}
	return b, nil
}
