// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"strings"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/examples/internal/tally"
)

func init() { //nolint:gochecknoinits // as in pipeline.go
	beam.RegisterType(reflect.TypeFor[*tallyFn]())
	beam.RegisterDoFn(reflect.TypeFor[*keepFn]())
}

// errCounted says that what was gathered is not what the workers counted.
var errCounted = errors.New("what the workers left is not what they counted")

// tell hands on the sealed tally of a shard.
func tell(count func(string), key []byte, read int, records []anonymize.Record) error {
	t, err := tally.Of(read, records)
	if err != nil {
		return err
	}
	body, err := t.Encode(key)
	if err != nil {
		return err
	}
	count(string(body))
	return nil
}

// tallyFn puts the tallies of shards together. A part of them is sealed on its way,
// as each was.
type tallyFn struct{ KeyFile string }

// mostApart is how many tallies are held apart before they are put together.
const mostApart = 16

// CreateAccumulator begins a part.
func (*tallyFn) CreateAccumulator() []string { return nil }

// AddInput adds the tally of a shard to a part.
func (fn *tallyFn) AddInput(part []string, one string) ([]string, error) {
	return fn.together(append(part, one), mostApart)
}

// MergeAccumulators puts two parts together.
func (fn *tallyFn) MergeAccumulators(x, y []string) ([]string, error) {
	return fn.together(append(x, y...), mostApart)
}

// ExtractOutput ends a part.
func (fn *tallyFn) ExtractOutput(part []string) (string, error) {
	one, err := fn.together(part, 0)
	if err != nil {
		return "", err
	}
	return one[0], nil
}

// together makes one of a part where more than so many are apart.
func (fn *tallyFn) together(part []string, most int) ([]string, error) {
	if len(part) > 0 && len(part) <= max(1, most) {
		return part, nil
	}
	key, err := readKey(fn.KeyFile)
	if err != nil {
		return nil, err
	}
	var all tally.Tally
	for _, one := range part {
		t, err := tally.Decode([]byte(one), key)
		if err != nil {
			return nil, err
		}
		if err := all.Merge(t); err != nil {
			return nil, err
		}
	}
	body, err := all.Encode(key)
	return []string{string(body)}, err
}

// keepFn leaves the tally of all shards beside their files.
type keepFn struct{ Work string }

// ProcessElement takes the tally.
func (fn *keepFn) ProcessElement(ctx context.Context, all string) error {
	return leave(ctx, tallyFile(fn.Work), []byte(all))
}

func tallyFile(work string) string { return strings.TrimRight(work, "/") + "/shard-tally" }

// counted reads the tally of all shards.
func counted(ctx context.Context, work string, key []byte) (*tally.Tally, error) {
	files, err := filesystem.New(ctx, work)
	if err != nil {
		return nil, errCounted
	}
	defer files.Close()
	f, err := files.OpenRead(ctx, tallyFile(work))
	if err != nil {
		return nil, errCounted
	}
	body, err := io.ReadAll(f)
	if errors.Join(err, f.Close()) != nil {
		return nil, errCounted
	}
	return tally.Decode(body, key)
}

// same reports whether two tallies count the same.
func same(x, y *tally.Tally, key []byte) error {
	a, err := x.Encode(key)
	if err != nil {
		return err
	}
	b, err := y.Encode(key)
	if err != nil {
		return err
	}
	if !bytes.Equal(a, b) {
		return errCounted
	}
	return nil
}

// countLines are the counts, a line of JSON each. They are held against no threshold,
// and are for the working group only.
func countLines(t *tally.Tally) ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	for _, c := range t.Counts() {
		if err := e.Encode(c); err != nil {
			return nil, errors.New("the counts cannot be written")
		}
	}
	return out.Bytes(), nil
}
