// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"errors"
	"hash/fnv"
	"slices"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/transforms/stats"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/model"
)

func init() { //nolint:gochecknoinits // as in pipeline.go
	register.DoFn3x1[string, func(uint64, uint64), func(string), error](&shingleFn{})
	register.DoFn3x0[uint64, func(*uint64) bool, func(pair, int)](&shareFn{})
	register.DoFn4x1[pair, int, func(*string) bool, func(string), error](&nearCopyFn{})
	register.Emitter2[uint64, uint64]()
	register.Emitter2[pair, int]()
	register.Iter1[uint64]()
}

// pair are two examples by the hashes of their ids, the smaller one first.
type pair struct{ X, Y uint64 }

// told holds the parts of an example by which copies of one another are found.
type told struct {
	ID          string
	Contributor string   // holding
	Holdings    []string // of all parties and their clients
	Shingles    int
	Hash        uint64
}

// nearCopies finds the holdings that gave nearly the same text, as
// anonymize.LookAlikes does where one machine holds all examples. The collection
// it returns holds pairs of references, each a line of JSON.
func nearCopies(s beam.Scope, lines beam.PCollection, apart [][2]string) beam.PCollection {
	s = s.Scope("near copies")
	shingles, details := beam.ParDo2(s, &shingleFn{}, lines)
	shared := beam.ParDo(s, &shareFn{}, beam.GroupByKey(s, shingles))
	return beam.ParDo(s, &nearCopyFn{Apart: apart}, stats.SumPerKey(s, shared), beam.SideInput{Input: details})
}

// shingleFn sends the id of an example to each of its shingles.
type shingleFn struct{}

// ProcessElement takes one line of a file.
func (*shingleFn) ProcessElement(line string, shingle func(uint64, uint64), detail func(string)) error {
	e, err := exampleOf(line)
	if err != nil || e.ID == "" {
		return err
	}
	runs := anonymize.Shingles(&e)
	t := told{ID: e.ID, Shingles: len(runs), Hash: hashOf(e.ID)}
	if !anonymize.NearCopy(len(runs), len(runs), len(runs)) { // too short for any
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
	for _, h := range runs {
		shingle(h, t.Hash)
	}
	return nil
}

func hashOf(id string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(id))
	return h.Sum64()
}

// shareFn tells which pairs of examples have a shingle in common.
type shareFn struct{}

// ProcessElement takes one shingle.
func (*shareFn) ProcessElement(_ uint64, examples func(*uint64) bool, share func(pair, int)) {
	var ids []uint64
	for id := uint64(0); examples(&id); {
		if ids = append(ids, id); len(ids) > anonymize.CommonShingle {
			return
		}
	}
	slices.Sort(ids)
	for i, x := range ids {
		for _, y := range ids[i+1:] {
			share(pair{x, y}, 1)
		}
	}
}

// nearCopyFn keeps the pairs that share enough.
type nearCopyFn struct {
	Apart [][2]string

	details map[uint64]told
	apart   map[[2]string]bool
}

// ProcessElement takes a pair, how many shingles it shares, and what is known of
// all examples.
func (fn *nearCopyFn) ProcessElement(p pair, shared int, details func(*string) bool, out func(string)) error {
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
	if !anonymize.NearCopy(shared, x.Shingles, y.Shingles) || fn.apart[[2]string{x.ID, y.ID}] || x.Contributor == "" || y.Contributor == "" ||
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
