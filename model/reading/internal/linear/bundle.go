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
	Table                    *wordtable.Table
}

// RoleNames are the roles of a sentence.
func RoleNames() []string {
	return []string{"context", "challenge", "action", "outcome", "lesson", "quote", "other"}
}

// fits says which roles tell of a scheme: challenges, objectives, situations, methods.
var fits = [4][7]float64{
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

// Mark gives each sentence its role and scores. The heading or question above a
// sentence is a hint; hint stands above the first.
func (b *Bundle) Mark(sentences []string, hint string) ([]Marked, [][]float64) {
	out := make([]Marked, len(sentences))
	fit := make([][]float64, len(sentences))
	heading, previous, before := hint, "", ""
	var score []float32
	names := RoleNames()
	for i, s := range sentences {
		words := Words(s, b.Table)
		score = b.Roles.Score(score, Role(s, words, Place{Index: i, Of: len(sentences), Heading: heading, Before: before, Previous: previous}))
		at := slices.Index(score, slices.Max(score))
		total := 0.0
		for _, v := range score {
			total += exp(float64(min(max(v, -20), 20)))
		}
		fit[i] = make([]float64, len(fits))
		for r, v := range score {
			p := exp(float64(min(max(v, -20), 20))) / total
			for k := range fits {
				fit[i][k] += float64(p * fits[k][r])
			}
		}
		out[i] = Marked{Role: names[at], Sure: exp(float64(min(max(score[at], -20), 20))) / total, Scores: b.Codes.Score(nil, words)}
		previous, before = names[at], s
		if Heading(s) {
			heading = s
		}
	}
	return out, fit
}

// Append writes all of it but the table behind data.
func (b *Bundle) Append(data []byte) []byte {
	data = b.Roles.Append(data)
	data = b.Codes.Append(data)
	data = b.Directions.Append(data)
	data = b.Judge.Append(data)
	for _, l := range b.Codes.Labels {
		data = binary.LittleEndian.AppendUint64(data, math.Float64bits(b.Prior[l]))
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
	if len(data) != 8*len(b.Codes.Labels) || len(b.Roles.Labels) != len(RoleNames()) {
		return nil, ErrFormat
	}
	for i, l := range b.Codes.Labels {
		b.Prior[strings.Clone(l)] = math.Float64frombits(binary.LittleEndian.Uint64([]byte(data[8*i : 8*i+8])))
	}
	return b, nil
}
