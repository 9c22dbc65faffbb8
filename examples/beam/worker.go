// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/model"
)

// anonymiseFn anonymises one shard of contributors and leaves a file of sealed
// records. Working a shard twice leaves the same file: a runner may give it again
// after a worker was lost, or to two workers at once.
type anonymiseFn struct {
	KeyFile, Now, Work string
	Audience, Workers  int
	Reviewed           bool
	Apart              [][2]string
}

// ProcessElement takes a shard, what the parties of all shards declared, and which
// of them gave nearly the same text. It tells the sealed tally of the shard.
func (fn *anonymiseFn) ProcessElement(ctx context.Context, shard int, lines, parties, copies func(*string) bool, count func(string)) error {
	cfg, err := fn.config(parties, copies)
	if err != nil {
		return err
	}
	// An earlier attempt, whose worker was lost later, may have left the shard whole.
	if logs, records, err := worked(ctx, fn.Work, shard, cfg.Key, cfg.Now); err == nil {
		return tell(count, cfg.Key, len(logs), records)
	}
	a, err := prepare(cfg)
	if err != nil {
		return err
	}
	groups, err := byContributor(values(lines))
	if err != nil {
		return err
	}
	results := make([][]anonymize.Result, len(groups))
	failed := make([]error, len(groups))
	next := make(chan int)
	var wg sync.WaitGroup
	for range max(1, fn.Workers) {
		wg.Go(func() {
			for i := range next {
				results[i], failed[i] = a.Anonymize(ctx, groups[i]...)
			}
		})
	}
	for i := range groups {
		next <- i
	}
	close(next)
	wg.Wait()
	if err := errors.Join(failed...); err != nil {
		return err
	}
	all := slices.Concat(results...)
	body, err := encode(all, cfg.Key)
	if err != nil {
		return err
	}
	if err := leave(ctx, shardFile(fn.Work, shard), body); err != nil {
		return err
	}
	return tell(count, cfg.Key, len(all), anonymize.Records(all))
}

// config is how the library is asked to anonymise. Side inputs come in no order.
func (fn *anonymiseFn) config(parties, copies func(*string) bool) (anonymize.Config, error) {
	var cfg anonymize.Config
	key, err := readKey(fn.KeyFile)
	if err != nil {
		return cfg, err
	}
	now, err := time.Parse(time.RFC3339Nano, fn.Now)
	if err != nil {
		return cfg, anonymize.ErrTime
	}
	cfg = anonymize.Config{Key: key, Now: now, Audience: model.Audience(fn.Audience), Reviewed: fn.Reviewed}
	holdings := map[string]string{}
	for _, line := range slices.Sorted(values(parties)) {
		var p model.Party
		if json.Unmarshal([]byte(line), &p) != nil {
			return cfg, errors.New("beam: a party cannot be read")
		}
		if had, ok := holdings[p.Ref]; ok && had != p.HoldingRef() {
			return cfg, errors.New("beam: two examples name different holdings of one party")
		}
		holdings[p.Ref] = p.HoldingRef()
		cfg.Parties = append(cfg.Parties, p)
	}
	cfg.Alike = alikeParties(cfg.Parties, fn.Apart)
	for _, line := range slices.Sorted(values(copies)) {
		var a anonymize.Alike
		if json.Unmarshal([]byte(line), &a) != nil {
			return cfg, errors.New("beam: references cannot be read")
		}
		cfg.Alike = append(cfg.Alike, a)
	}
	return cfg, nil
}

// dictionary is the anonymizer that this process prepared last: its shards share
// it, for it holds what everybody declared.
type dictionary struct {
	sync.Mutex
	of   string
	made *anonymize.Anonymizer
}

var prepared dictionary //nolint:gochecknoglobals // a worker process has no other place that outlives a bundle

func prepare(cfg anonymize.Config) (*anonymize.Anonymizer, error) {
	// Everything that the anonymizer depends on, told apart by a keyed hash.
	h := hmac.New(sha256.New, cfg.Key)
	if err := json.NewEncoder(h).Encode([]any{cfg.Parties, cfg.Alike, cfg.Now, cfg.Audience, cfg.Reviewed}); err != nil {
		return nil, errors.New("beam: a party cannot be written")
	}
	of := hex.EncodeToString(h.Sum(nil))
	prepared.Lock()
	defer prepared.Unlock()
	if prepared.of != of {
		a, err := anonymize.New(cfg)
		if err != nil {
			return nil, err
		}
		prepared.of, prepared.made = of, a
	}
	return prepared.made, nil
}

// values ranges over the values of a Beam iterator.
func values(of func(*string) bool) iter.Seq[string] {
	return func(yield func(string) bool) {
		var s string
		for of(&s) {
			if !yield(s) {
				return
			}
		}
	}
}

// byContributor groups the examples of a shard as anonymize.All does: by the party
// that contributed them, each group sorted by id.
func byContributor(lines iter.Seq[string]) ([][]*model.Example, error) {
	var all []*model.Example
	for line := range lines {
		if line == "" {
			continue
		}
		e, err := exampleOf(line)
		if err != nil {
			return nil, err
		}
		all = append(all, &e)
	}
	slices.SortFunc(all, func(a, b *model.Example) int {
		return cmp.Or(cmp.Compare(contributor(a), contributor(b)), cmp.Compare(a.ID, b.ID))
	})
	var groups [][]*model.Example
	for i, e := range all {
		if i == 0 || contributor(e) != contributor(all[i-1]) {
			groups = append(groups, nil)
		}
		groups[len(groups)-1] = append(groups[len(groups)-1], e)
	}
	return groups, nil
}

// result is one line of a shard's file: what became of an example. The last line
// has End only, and says how many went before.
type result struct {
	Log    *anonymize.Log  `json:"log,omitempty"`
	Record json.RawMessage `json:"record,omitempty"` // sealed
	End    *int            `json:"end,omitempty"`
}

func encode(results []anonymize.Result, key []byte) ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false) // a seal is over bytes
	for _, r := range results {
		line := result{Log: &r.Log}
		if !r.Withheld() {
			var sealed bytes.Buffer
			if err := r.Record.Store(&sealed, key); err != nil {
				return nil, err
			}
			line.Record = sealed.Bytes()
		}
		if err := e.Encode(line); err != nil {
			return nil, errors.New("beam: a result cannot be written")
		}
	}
	n := len(results)
	err := e.Encode(result{End: &n})
	return out.Bytes(), err
}

// decode reads a shard's file back. Each record is verified again.
func decode(from io.Reader, key []byte, now time.Time) ([]anonymize.Log, []anonymize.Record, error) {
	var logs []anonymize.Log
	var records []anonymize.Record
	damaged := errors.New("beam: the file of a shard is not whole")
	d := json.NewDecoder(bufio.NewReaderSize(from, 1<<20))
	for {
		var line result
		switch err := d.Decode(&line); {
		case err != nil, line.End != nil && *line.End != len(logs), line.End == nil && line.Log == nil:
			return nil, nil, damaged
		case line.End != nil:
			return logs, records, nil
		}
		logs = append(logs, *line.Log)
		if len(line.Record) == 0 {
			continue
		}
		r, err := anonymize.Load(line.Record, key, now)
		if err != nil {
			return nil, nil, err
		}
		records = append(records, r)
	}
}

// worked reads what was left of a shard.
func worked(ctx context.Context, work string, shard int, key []byte, now time.Time) ([]anonymize.Log, []anonymize.Record, error) {
	files, err := filesystem.New(ctx, work)
	if err != nil {
		return nil, nil, errors.New("beam: the folder of work cannot be read")
	}
	defer files.Close()
	f, err := files.OpenRead(ctx, shardFile(work, shard))
	if err != nil {
		return nil, nil, errors.New("beam: a shard left no file")
	}
	logs, records, err := decode(f, key, now)
	return logs, records, errors.Join(err, f.Close())
}

// shardFile names a shard's file.
func shardFile(work string, shard int) string {
	return strings.TrimRight(work, "/") + fmt.Sprintf("/shard-%05d.jsonl", shard)
}

// leave puts a file into place whole: written beside it under a name of its own,
// then renamed.
func leave(ctx context.Context, name string, body []byte) error {
	failed := errors.New("beam: what a worker leaves cannot be written")
	files, err := filesystem.New(ctx, name)
	if err != nil {
		return failed
	}
	defer files.Close()
	attempt := name + "." + rand.Text()
	if filesystem.Write(ctx, files, attempt, body) != nil || filesystem.Rename(ctx, files, attempt, name) != nil {
		return failed
	}
	return nil
}
