// SPDX-License-Identifier: Apache-2.0

// Package tally counts sealed records part by part, for collections of which no
// machine holds all. Tallies of parts merge in any order and any grouping into the
// tally of the whole. What it counts is what package aggregate counts over a whole
// collection, before anything is held against a threshold: it is for the working
// group only.
package tally

import (
	"bytes"
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/model"
)

// ErrSeal says that an encoded tally was not sealed with this key, or was changed since.
var ErrSeal = errors.New("tally: the seal does not hold")

// errKeys says that tallies of records that were made with different keys cannot be merged.
var errKeys = errors.New("tally: records made with different keys")

// Tally counts a part of a collection. The zero Tally counts nothing. It keeps
// commitments to holdings and no text.
type Tally struct {
	key      string // of the records, empty where there are none
	read     int
	withheld int
	examples map[counted]map[behind]int
}

// counted is what an example is counted under.
type counted struct {
	Facet string     `json:"facet"`
	Code  model.Code `json:"code,omitempty"`
}

// behind are the holdings behind an example, sorted and joined by spaces.
type behind string

func (b behind) holdings() []string { return strings.Fields(string(b)) }

// Count is how many examples are counted under a facet and code, and how many
// independent contributors stand behind them.
type Count struct {
	Facet        string     `json:"facet"`
	Code         model.Code `json:"code,omitempty"`
	Examples     int        `json:"examples"`
	Contributors int        `json:"contributors"`
}

// Facets under which examples are counted. All has no code.
const (
	All          = "all"
	Challenge    = "challenge"
	Objective    = "objective"
	Situation    = "situation"
	Organisation = "organisation"
	Sector       = "sector"
	Level        = "level"
	Kind         = "kind"
	Cell         = "cell" // a challenge and an objective, with a space between them
)

// Of is the tally of the records that so many examples left.
func Of(read int, records []anonymize.Record) (*Tally, error) {
	t := &Tally{read: read, withheld: read - len(records)}
	for _, r := range records {
		if err := t.add(r); err != nil {
			return nil, err
		}
	}
	return t, nil
}

func (t *Tally) add(r anonymize.Record) error {
	if t.key != "" && r.KeyID() != t.key {
		return errKeys
	}
	t.key = r.KeyID()
	if !r.Allows(model.UseAggregate) {
		return nil
	}
	var of []string
	for _, h := range r.Holdings() {
		of = append(of, string(h))
	}
	slices.Sort(of)
	who := behind(strings.Join(slices.Compact(of), " "))
	c := r.Countable()
	t.count(counted{All, ""}, who, 1)
	challenges, objectives := accepted(c.Challenges), accepted(c.Objectives)
	for facet, codes := range map[string][]model.Code{
		Challenge: challenges, Objective: objectives, Situation: accepted(c.Situations), Organisation: c.OrganisationTypes,
		Sector: c.Sectors, Level: {c.Level}, Kind: {c.Kind}, Cell: crossed(challenges, objectives),
	} {
		for _, code := range distinct(codes) {
			t.count(counted{facet, code}, who, 1)
		}
	}
	return nil
}

func (t *Tally) count(under counted, who behind, n int) {
	if t.examples == nil {
		t.examples = map[counted]map[behind]int{}
	}
	if t.examples[under] == nil {
		t.examples[under] = map[behind]int{}
	}
	t.examples[under][who] += n
}

func accepted(statements []anonymize.Statement) []model.Code {
	var out []model.Code
	for _, s := range statements {
		if s.Accepted {
			out = append(out, s.Code)
		}
	}
	return distinct(out)
}

func distinct(codes []model.Code) []model.Code {
	codes = slices.DeleteFunc(slices.Clone(codes), func(c model.Code) bool { return c == "" })
	slices.Sort(codes)
	return slices.Compact(codes)
}

func crossed(challenges, objectives []model.Code) []model.Code {
	var out []model.Code
	for _, c := range challenges {
		for _, o := range objectives {
			out = append(out, c+" "+o)
		}
	}
	return out
}

// Merge adds another tally to this one. The parts that they count share no example.
func (t *Tally) Merge(o *Tally) error {
	if t.key != "" && o.key != "" && t.key != o.key {
		return errKeys
	}
	t.key = cmp.Or(t.key, o.key)
	t.read += o.read
	t.withheld += o.withheld
	for under, by := range o.examples {
		for who, n := range by {
			t.count(under, who, n)
		}
	}
	return nil
}

// Read is how many examples were read, Withheld how many of them left no record.
func (t *Tally) Read() int { return t.read }

// Withheld is how many of the examples left no record.
func (t *Tally) Withheld() int { return t.withheld }

// Counts lists the counts by facet and code.
func (t *Tally) Counts() []Count {
	out := make([]Count, 0, len(t.examples))
	for under, by := range t.examples {
		c := Count{Facet: under.Facet, Code: under.Code}
		var sets [][]string
		for _, who := range slices.Sorted(maps.Keys(by)) {
			c.Examples += by[who]
			sets = append(sets, who.holdings())
		}
		c.Contributors = anonymize.Independent(sets)
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b Count) int { return cmp.Or(cmp.Compare(a.Facet, b.Facet), cmp.Compare(a.Code, b.Code)) })
	return out
}

// stored is the form in which a tally goes from one machine to another. Equal
// tallies have equal bytes.
type stored struct {
	Key      string   `json:"key,omitempty"`
	Read     int      `json:"read"`
	Withheld int      `json:"withheld"`
	Holdings []behind `json:"holdings,omitempty"`
	Counts   []row    `json:"counts,omitempty"`
}

type row struct {
	counted

	Who []int `json:"who"` // places in Holdings, each followed by the number of examples
}

// Encode writes the tally as a line of JSON and, after it, one with its seal.
func (t *Tally) Encode(key []byte) ([]byte, error) {
	s := stored{Key: t.key, Read: t.read, Withheld: t.withheld}
	at := map[behind]int{}
	for _, by := range t.examples {
		for who := range by {
			at[who] = 0
		}
	}
	s.Holdings = slices.Sorted(maps.Keys(at))
	for i, who := range s.Holdings {
		at[who] = i
	}
	for under, by := range t.examples {
		r := row{counted: under}
		for _, who := range slices.Sorted(maps.Keys(by)) {
			r.Who = append(r.Who, at[who], by[who])
		}
		s.Counts = append(s.Counts, r)
	}
	slices.SortFunc(s.Counts, func(a, b row) int { return cmp.Or(cmp.Compare(a.Facet, b.Facet), cmp.Compare(a.Code, b.Code)) })
	body, err := json.Marshal(s)
	if err != nil {
		return nil, errors.New("tally: it cannot be written")
	}
	return append(append(body, '\n'), seal(body, key)...), nil
}

func seal(body, key []byte) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte("tally/1\n"))
	h.Write(body)
	return []byte(hex.EncodeToString(h.Sum(nil)))
}

// Decode reads what Encode wrote, once its seal holds.
func Decode(encoded, key []byte) (*Tally, error) {
	body, sealed, ok := bytes.Cut(encoded, []byte("\n"))
	var s stored
	if !ok || !hmac.Equal(sealed, seal(body, key)) || json.Unmarshal(body, &s) != nil {
		return nil, ErrSeal
	}
	t := &Tally{key: s.Key, read: s.Read, withheld: s.Withheld}
	for _, r := range s.Counts {
		for i := 0; i+1 < len(r.Who); i += 2 {
			if r.Who[i] < 0 || r.Who[i] >= len(s.Holdings) {
				return nil, ErrSeal
			}
			t.count(r.counted, s.Holdings[r.Who[i]], r.Who[i+1])
		}
	}
	return t, nil
}
