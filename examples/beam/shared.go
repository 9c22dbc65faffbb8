// SPDX-License-Identifier: Apache-2.0

package main

import (
	"cmp"
	"encoding/binary"
	"errors"
	"reflect"
	"slices"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"

	"github.com/sharedpractice/sharedpractice/anonymize"
)

func init() { //nolint:gochecknoinits // as in pipeline.go
	beam.RegisterCoder(reflect.TypeFor[index](), encodeIndex, decodeIndex)
	beam.RegisterType(reflect.TypeFor[*indexFn]())
	beam.RegisterDoFn(reflect.TypeFor[*shareFn]())
}

// place says that an example has a shingle.
type place struct {
	Shingle, Example uint64 // both by their hashes
	Of               uint32 // how many shingles the example has
}

func (p place) compare(o place) int {
	return cmp.Or(cmp.Compare(p.Shingle, o.Shingle), cmp.Compare(p.Example, o.Example), cmp.Compare(p.Of, o.Of))
}

// mostPlaces is how many examples of a shingle are kept: where there are as many, it
// is common, and how many more there are does not matter.
const mostPlaces = anonymize.CommonShingle + 1

// index tells which examples have which shingles: of each shingle those that come
// first, mostPlaces at most. Indices of parts merge in any order and any grouping
// into the index of the whole; what is said twice counts once.
type index struct {
	places []place
	folded int // how many of them are sorted and cut already
}

func (x *index) add(places ...place) {
	x.places = append(x.places, places...)
	if len(x.places) > 2*x.folded+1024 {
		x.fold()
	}
}

// fold sorts the places, and drops those that do not matter.
func (x *index) fold() {
	if x.folded == len(x.places) {
		return
	}
	slices.SortFunc(x.places, place.compare)
	kept := x.places[:0]
	of := 0 // of the shingle at hand
	for _, p := range x.places {
		switch n := len(kept); {
		case n == 0 || kept[n-1].Shingle != p.Shingle:
			of = 0
		case kept[n-1] == p || of >= mostPlaces:
			continue
		}
		kept = append(kept, p)
		of++
	}
	x.places, x.folded = kept, len(kept)
}

// each tells of each shingle who has it.
func (x *index) each(tell func(have []place)) {
	x.fold()
	for rest := x.places; len(rest) > 0; {
		n := 1
		for n < len(rest) && rest[n].Shingle == rest[0].Shingle {
			n++
		}
		tell(rest[:n])
		rest = rest[n:]
	}
}

const placeSize = 20

func encodeIndex(x index) []byte {
	x.fold()
	out := make([]byte, 0, placeSize*len(x.places))
	for _, p := range x.places {
		out = binary.BigEndian.AppendUint64(out, p.Shingle)
		out = binary.BigEndian.AppendUint64(out, p.Example)
		out = binary.BigEndian.AppendUint32(out, p.Of)
	}
	return out
}

func decodeIndex(body []byte) (index, error) {
	if len(body)%placeSize != 0 {
		return index{}, errors.New("beam: no index of shingles")
	}
	x := index{places: make([]place, 0, len(body)/placeSize)}
	for at := range slices.Chunk(body, placeSize) {
		x.places = append(x.places, place{binary.BigEndian.Uint64(at), binary.BigEndian.Uint64(at[8:]), binary.BigEndian.Uint32(at[16:])})
	}
	x.folded = len(x.places)
	return x, nil
}

// indexFn puts the places of shingles together, on the worker that finds them first:
// a runner that held each by itself would hold many times the size of the texts.
type indexFn struct{}

// CreateAccumulator begins a part.
func (*indexFn) CreateAccumulator() index { return index{} }

// AddInput adds a place to a part.
func (*indexFn) AddInput(x index, p place) index {
	x.add(p)
	return x
}

// MergeAccumulators puts two parts together.
func (*indexFn) MergeAccumulators(x, y index) index {
	x.add(y.places...)
	return x
}

// ExtractOutput ends a part.
func (*indexFn) ExtractOutput(x index) index {
	x.fold()
	return x
}

// shareFn tells which pairs of examples have shingles in common, and how many.
type shareFn struct{}

// ProcessElement takes a part of all shingles.
func (*shareFn) ProcessElement(_ uint64, x index, share func(pair, int)) {
	shared := map[pair]int{}
	x.each(func(have []place) {
		if len(have) > anonymize.CommonShingle {
			return
		}
		have = slices.DeleteFunc(slices.Clone(have), func(p place) bool { return tooShort(int(p.Of)) })
		for i, a := range have {
			for _, b := range have[i+1:] {
				shared[pair{a.Example, b.Example, a.Of, b.Of}]++
			}
		}
	})
	for p, n := range shared {
		share(p, n)
	}
}
