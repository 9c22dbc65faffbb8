// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"errors"
	"hash/fnv"
	"reflect"
	"strings"
	"time"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem/local" // where files are unless their names say otherwise
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/textio"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/transforms/filter"

	"github.com/sharedpractice/sharedpractice/examples/internal/accounts"
	"github.com/sharedpractice/sharedpractice/examples/internal/collect"
	"github.com/sharedpractice/sharedpractice/examples/internal/intake"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/reading"
)

// mostShards is how many parts the work may have.
const mostShards = 10_000

func init() { //nolint:gochecknoinits // a worker finds functions by what was registered before main
	beam.RegisterDoFn(reflect.TypeFor[*placeFn]())
	beam.RegisterDoFn(reflect.TypeFor[*everyShardFn]())
	beam.RegisterDoFn(reflect.TypeFor[*anonymiseFn]())
	beam.RegisterDoFn(reflect.TypeFor[*readFn]())
}

// pipeline reads examples and accounts, gathers what all parties declared and who
// seems to be one, and anonymises the examples, those of one contributor together. Sealed records stand in files in
// the folder work afterwards, one for each shard. The key is no part of the
// pipeline: it names the file that holds the key.
func pipeline(o options, work string) *beam.Pipeline {
	p, s := beam.NewPipelineWithRoot()
	lines := beam.ParDo(s.Scope("accounts"), &readFn{Least: o.least}, textio.Read(s.Scope("read"), o.in))
	placed, parties := beam.ParDo2(s.Scope("place"), &placeFn{Shards: o.shards}, lines)
	declared := filter.Distinct(s.Scope("declared"), parties)
	every := beam.ParDo(s.Scope("shards"), &everyShardFn{Shards: o.shards}, beam.Impulse(s))
	copies := filter.Distinct(s.Scope("alike"), nearCopies(s, lines, o.apart))
	shards := beam.Flatten(s, placed, every)
	var counted []beam.PCollection
	for i := range max(1, o.processes) {
		in, own := s, shards
		if o.processes > 0 {
			in = s.Scope(processScope(i))
			own = beam.ParDo(in, &processFn{Process: i, Of: o.processes}, shards)
		}
		counted = append(counted, beam.ParDo(in.Scope("anonymise"), &anonymiseFn{
			KeyFile: o.key, Now: o.now.Format(time.RFC3339Nano), Audience: int(o.audience), Reviewed: o.reviewed, Workers: o.workers, Work: work, Apart: o.apart,
		}, beam.GroupByKey(in.Scope("contributors"), own), beam.SideInput{Input: declared}, beam.SideInput{Input: copies}))
	}
	s = s.Scope("count")
	beam.ParDo0(s, &keepFn{Work: work}, beam.Combine(s, &tallyFn{KeyFile: o.key}, beam.Flatten(s, counted...)))
	return p
}

// readFn reads accounts: software fills in what nobody filled, and the account
// goes no further.
type readFn struct {
	Least float64

	reader *reading.Reader
}

// ProcessElement takes one line of a file.
func (fn *readFn) ProcessElement(line string, out func(string)) error {
	if strings.TrimSpace(line) == "" {
		return nil
	}
	e, err := exampleOf(line)
	if err != nil {
		return err
	}
	if !accounts.Tells(&e) {
		out(line)
		return nil
	}
	if fn.reader == nil {
		if fn.reader, err = reading.New(reading.Config{Least: fn.Least}); err != nil {
			return err
		}
	}
	if err := accounts.Read(fn.reader, &e); err != nil {
		return errors.New("beam: an account cannot be read")
	}
	body, err := model.EncodeJSON(e)
	if err != nil {
		return errors.New("beam: an example cannot be written")
	}
	out(string(body))
	return nil
}

// placeFn sends each example to the shard of its contributor, and tells what
// its parties declared.
type placeFn struct{ Shards int }

// ProcessElement takes one line of a file.
func (fn *placeFn) ProcessElement(line string, place func(int, string), declare func(string)) error {
	e, err := exampleOf(line)
	if err != nil {
		return err
	}
	place(shardOf(&e, fn.Shards), line)
	for _, p := range e.Parties {
		body, err := json.Marshal(p)
		if err != nil {
			return errors.New("beam: a party cannot be written")
		}
		declare(string(body))
	}
	return nil
}

// everyShardFn puts an empty line into every shard, so that a shard with nobody
// in it leaves its file too, and none can go missing.
type everyShardFn struct{ Shards int }

// ProcessElement takes the pipeline's only impulse.
func (fn *everyShardFn) ProcessElement(_ []byte, place func(int, string)) {
	for i := range fn.Shards {
		place(i, "")
	}
}

func exampleOf(line string) (model.Example, error) {
	for e, err := range collect.Reader().JSONLines(strings.NewReader(line)) {
		held := []model.Example{e}
		intake.HoldRemarks(held, []int{1})
		return held[0], err // the error names path and rule, never a text
	}
	return model.Example{}, errors.New("beam: a line holds no example")
}

// contributor is the party that gave an example.
func contributor(e *model.Example) string {
	if len(e.Parties) == 0 {
		return ""
	}
	return e.Parties[0].Ref
}

// shardOf keeps the examples of one contributor together.
func shardOf(e *model.Example, shards int) int {
	h := fnv.New64a()
	_, _ = h.Write([]byte(contributor(e)))
	x := h.Sum64()
	return int((x ^ x>>32) % uint64(shards))
}
