// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/runners"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/x/beamx" // the portable runners

	"github.com/sharedpractice/sharedpractice/aggregate/edition"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/examples/internal/collect"
	"github.com/sharedpractice/sharedpractice/examples/internal/tally"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/render"
	"github.com/sharedpractice/sharedpractice/model/wordtable"
)

// outcome holds the results of a run.
type outcome struct {
	decisions *decisions
	counted   *tally.Tally
	records   []anonymize.Record // sorted by id; none where only counts are asked for
	edition   *edition.Edition   // nil where only counts are asked for
}

// process runs the pipeline, waits for it, and brings together what it left. Nothing
// is written to the output folder, but for a new key, before all of it is made.
func process(ctx context.Context, o options) (*outcome, error) {
	private := filepath.Join(o.out, "private")
	if err := os.MkdirAll(private, 0o700); err != nil {
		return nil, errors.New("the output folder cannot be made")
	}
	if o.key == "" {
		o.key = filepath.Join(private, "key")
		if err := makeKey(o.key); err != nil {
			return nil, err
		}
	}
	var err error
	if o.key, err = filepath.Abs(o.key); err != nil {
		return nil, collect.ErrKey
	}
	key, err := readKey(o.key)
	if err != nil {
		return nil, err
	}
	folder := o.work
	if folder == "" {
		if folder, err = filepath.Abs(private); err != nil {
			return nil, errors.New("the output folder cannot be found")
		}
	}
	// Of each run a folder of its own: a worker of an earlier run may live on.
	work := strings.TrimRight(folder, "/") + "/beam-" + rand.Text()
	defer discard(context.WithoutCancel(ctx), work)
	runner := *runners.Runner
	if runner == "" {
		runner = "prism"
	}
	if err := attempt(ctx, runner, o, work, private); err != nil {
		return nil, err
	}
	r := &outcome{}
	if r.decisions, err = openDecisions(private); err != nil {
		return nil, err
	}
	defer r.decisions.discard()
	if err := r.gather(ctx, work, o, key); err != nil {
		return nil, err
	}
	if o.counts {
		return r, r.write(o)
	}
	press, err := edition.Open(ctx, edition.File(filepath.Join(private, "ledger")), key, edition.Config{
		Now: o.now, Audience: o.audience, K: o.k, Embedder: wordtable.Default(),
	})
	if err != nil {
		return nil, err
	}
	if r.edition, err = press.Draft(ctx, r.records); err != nil {
		return nil, err
	}
	return r, r.write(o)
}

// runnerFaults are in the errors of a runner that lost a worker, or its own way.
var runnerFaults = []string{"worker disconnected", "worker stopped", "panic in stage.Execute"} //nolint:gochecknoglobals // a constant list

// attempt runs the pipeline, and again where it failed by no fault of the examples:
// Prism gives up with the first worker that is lost, where other runners hand its
// work to another. Shards that were left whole are not worked again.
func attempt(ctx context.Context, runner string, o options, work, private string) error {
	for n := 1; ; n++ {
		var err error
		if o.processes > 0 {
			err = onProcesses(ctx, pipeline(o, work), o.processes, private)
		} else {
			_, err = beam.Run(ctx, runner, pipeline(o, work))
		}
		if err == nil {
			return nil
		}
		again := errors.Is(err, errLost) || slices.ContainsFunc(runnerFaults, func(of string) bool { return strings.Contains(err.Error(), of) })
		if n >= o.attempts || ctx.Err() != nil || !again {
			return fmt.Errorf("the pipeline failed, nothing was written: %w", err)
		}
	}
}

// gather reads what the workers left, several shards side by side, and holds it
// against what they counted. Where only counts are asked for it keeps no record.
func (r *outcome) gather(ctx context.Context, work string, o options, key []byte) error {
	var err error
	if r.counted, err = counted(ctx, work, key); err != nil {
		return err
	}
	type left struct {
		records []anonymize.Record
		counted *tally.Tally
		err     error
	}
	shards := make([]left, o.shards)
	next := make(chan int)
	var wg sync.WaitGroup
	for range o.workers {
		wg.Go(func() {
			for i := range next {
				s := &shards[i]
				var logs []anonymize.Log
				if logs, s.records, s.err = worked(ctx, work, i, key, o.now); s.err == nil {
					if s.counted, s.err = tally.Of(len(logs), s.records); s.err == nil {
						s.err = r.decisions.add(logs)
					}
				}
				if o.counts {
					s.records = nil
				}
			}
		})
	}
	for i := range shards {
		next <- i
	}
	close(next)
	wg.Wait()
	var all tally.Tally
	for i, s := range shards {
		if s.err != nil {
			return fmt.Errorf("shard %d: %w", i, s.err)
		}
		if err := all.Merge(s.counted); err != nil {
			return fmt.Errorf("shard %d: %w", i, err)
		}
		r.records = append(r.records, s.records...)
		shards[i] = left{}
	}
	if err := same(&all, r.counted, key); err != nil {
		return err
	}
	slices.SortFunc(r.records, func(a, b anonymize.Record) int { return cmp.Compare(a.ID(), b.ID()) })
	return r.decisions.sort()
}

// discard removes what workers left. What is left after an interruption is sealed,
// and for the working group only.
func discard(ctx context.Context, work string) {
	files, err := filesystem.New(ctx, work)
	if err != nil {
		return
	}
	defer files.Close()
	names, err := files.List(ctx, work+"/shard-*")
	remover, can := files.(filesystem.Remover)
	if err != nil || !can {
		return
	}
	for _, name := range names {
		_ = remover.Remove(ctx, name)
	}
	_ = remover.Remove(ctx, work)
}

// renderer writes a guide in one format.
type renderer interface {
	Render(w io.Writer, g *guidance.Guide) error
}

// write makes everything first, and then writes it.
func (r *outcome) write(o options) error {
	counts, err := countLines(r.counted)
	if err != nil {
		return err
	}
	bodies := map[string][]byte{"private/counts.jsonl": counts}
	if r.edition != nil {
		if err := r.guides(o, bodies); err != nil {
			return err
		}
	}
	if err := r.decisions.put(filepath.Join(o.out, "private", "decisions.jsonl")); err != nil {
		return err
	}
	for name, body := range bodies {
		if err := put(o.out, name, body); err != nil {
			return err
		}
	}
	return nil
}

// guides makes what is told of a collection.
func (r *outcome) guides(o options, bodies map[string][]byte) error {
	bodies["collection.json"], bodies["release.jsonl"] = r.edition.Body, r.edition.Release.Proof.Release
	formats := map[string]renderer{
		"md": render.Markdown{}, "html": render.HTML{}, "json": render.JSON{}, "docx": render.DOCX{}, "txt": render.PlainText{},
	}
	for _, t := range r.edition.Collection.Topics {
		g, err := guidance.Build(r.edition.Collection, t.ID, guidance.Config{Locale: o.locale, Date: o.now.Format("2006-01-02")})
		if err != nil {
			return err
		}
		for ext, format := range formats {
			var b bytes.Buffer
			if err := format.Render(&b, g); err != nil {
				return err
			}
			bodies["guides/"+g.Front.ID+"."+ext] = b.Bytes()
		}
	}
	return nil
}

// put writes one file. Those under private/ are for the owner only.
func put(dir, name string, body []byte) error {
	path := filepath.Join(dir, filepath.FromSlash(name))
	mode, dirMode := fs.FileMode(0o644), fs.FileMode(0o755)
	if strings.HasPrefix(name, "private/") {
		mode, dirMode = 0o600, 0o700
	}
	if os.MkdirAll(filepath.Dir(path), dirMode) != nil || os.WriteFile(path+".new", body, mode) != nil || os.Rename(path+".new", path) != nil {
		return fmt.Errorf("%s cannot be written", name)
	}
	return nil
}

// readKey reads the secret key, in the form of examples/howto, where the ledger's
// length may stand beside it.
func readKey(name string) ([]byte, error) {
	body, err := os.ReadFile(name)
	if err != nil {
		return nil, errors.New("the key file cannot be read")
	}
	key, _, err := collect.Key(body)
	return key, err
}

// makeKey makes a key on the first run.
func makeKey(name string) error {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return errors.New("the key file cannot be made")
	}
	var key [32]byte
	_, _ = rand.Read(key[:])
	_, err = fmt.Fprintln(f, hex.EncodeToString(key[:]))
	if err := errors.Join(err, f.Close()); err != nil {
		return errors.New("the key file cannot be made")
	}
	return nil
}
