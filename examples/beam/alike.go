// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"errors"
	"hash/fnv"
	"reflect"
	"slices"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/transforms/stats"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/model"
)

func init() { //nolint:gochecknoinits // as in pipeline.go
	beam.RegisterDoFn(reflect.TypeFor[*shingleFn]())
	beam.RegisterDoFn(reflect.TypeFor[*nearFn]())
	beam.RegisterDoFn(reflect.TypeFor[*detailFn]())
	beam.RegisterDoFn(reflect.TypeFor[*nearCopyFn]())
}

// pair are two examples by the hashes of their ids, the smaller one first, and how
// many shingles each has.
type pair struct {
	X, Y     uint64
	OfX, OfY uint32
}

// told holds the parts of an example by which copies of one another are found.
type told struct {
	ID          string
	Contributor string   // holding
	Holdings    []string // of all parties and their clients
	Hash        uint64
}

// nearCopies finds the holdings that gave nearly the same text, as
// anonymize.LookAlikes does where one machine holds all examples. The collection
// it returns holds pairs of references, each a line of JSON.
func nearCopies(s beam.Scope, lines beam.PCollection, apart [][2]string) beam.PCollection {
	s = s.Scope("near copies")
	shingles, details := beam.ParDo2(s, &shingleFn{}, lines)
	shared := beam.ParDo(s, &shareFn{}, beam.CombinePerKey(s, &indexFn{}, shingles))
	near := beam.ParDo(s, &nearFn{}, stats.SumPerKey(s, shared))
	of := beam.ParDo(s, &detailFn{}, details, beam.SideInput{Input: near})
	return beam.ParDo(s, &nearCopyFn{Apart: apart}, near, beam.SideInput{Input: of})
}

// indexParts is how many parts the index of shingles is divided into.
const indexParts = 128

// shingleFn tells of each shingle of an example that the example has it.
type shingleFn struct{}

// ProcessElement takes one line of a file.
func (*shingleFn) ProcessElement(line string, shingle func(uint64, place), detail func(string)) error {
	e, err := exampleOf(line)
	if err != nil || e.ID == "" {
		return err
	}
	runs := anonymize.Shingles(&e)
	t := told{ID: e.ID, Hash: hashOf(e.ID)}
	for _, h := range runs {
		shingle(h%indexParts, place{h, t.Hash, uint32(len(runs))})
	}
	if tooShort(len(runs)) {
		return nil
	}
	for _, p := range e.Parties {
		t.Holdings = append(append(t.Holdings, p.HoldingRef()), p.Clients...)
	}
	if len(e.Parties) > 0 {
		t.Contributor = e.Parties[0].HoldingRef()
	}
	body, err := json.Marshal(t)
	if err != nil {
		return errors.New("beam: references cannot be written")
	}
	detail(string(body))
	return nil
}

// tooShort reports whether an example of so many shingles is like no other. It makes
// a shingle common all the same.
func tooShort(shingles int) bool { return !anonymize.NearCopy(shingles, shingles, shingles) }

func hashOf(id string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(id))
	return h.Sum64()
}

// nearFn keeps the pairs that share enough.
type nearFn struct{}

// ProcessElement takes a pair and how many shingles it shares.
func (*nearFn) ProcessElement(p pair, shared int, near func(pair)) {
	if anonymize.NearCopy(shared, int(p.OfX), int(p.OfY)) {
		near(p)
	}
}

// detailFn keeps what is told of examples that are near to others.
type detailFn struct{ near map[uint64]bool }

// ProcessElement takes what is told of an example, and all pairs that are near.
func (fn *detailFn) ProcessElement(line string, near func(*pair) bool, out func(string)) error {
	if fn.near == nil {
		fn.near = map[uint64]bool{}
		for p := (pair{}); near(&p); {
			fn.near[p.X], fn.near[p.Y] = true, true
		}
	}
	var t struct{ Hash uint64 }
	if json.Unmarshal([]byte(line), &t) != nil {
		return errors.New("beam: references cannot be read")
	}
	if fn.near[t.Hash] {
		out(line)
	}
	return nil
}

// nearCopyFn keeps the pairs of different holdings.
type nearCopyFn struct {
	Apart [][2]string

	details map[uint64]told
	apart   map[[2]string]bool
}

// ProcessElement takes a pair, and what is told of all that are near to others.
func (fn *nearCopyFn) ProcessElement(p pair, details func(*string) bool, out func(string)) error {
	if fn.details == nil {
		fn.details, fn.apart = map[uint64]told{}, map[[2]string]bool{}
		for line := range values(details) {
			var t told
			if json.Unmarshal([]byte(line), &t) != nil {
				return errors.New("beam: references cannot be read")
			}
			fn.details[t.Hash] = t
		}
		for _, a := range fn.Apart {
			fn.apart[a], fn.apart[[2]string{a[1], a[0]}] = true, true
		}
	}
	x, y := fn.details[p.X], fn.details[p.Y]
	if fn.apart[[2]string{x.ID, y.ID}] || x.Contributor == "" || y.Contributor == "" ||
		slices.ContainsFunc(x.Holdings, func(ref string) bool { return slices.Contains(y.Holdings, ref) }) {
		return nil
	}
	body, err := json.Marshal(anonymize.Alike{Why: "copy", A: min(x.Contributor, y.Contributor), B: max(x.Contributor, y.Contributor)})
	if err != nil {
		return errors.New("beam: references cannot be written")
	}
	out(string(body))
	return nil
}

// alikeParties are the holdings that one organisation seems to have, by what its
// parties declared.
func alikeParties(parties []model.Party, apart [][2]string) []anonymize.Alike {
	return anonymize.LookAlikes([]*model.Example{{Parties: parties}}, apart)
}
