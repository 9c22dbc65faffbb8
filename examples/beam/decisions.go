// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/sharedpractice/sharedpractice/anonymize"
)

// decisions are the logs of all examples. They stand in a file, shard by shard: in
// memory is only where each begins.
type decisions struct {
	file *os.File
	mu   sync.Mutex
	end  int64
	of   []logged // sorted by example once all are there
}

// logged is where the log of an example stands.
type logged struct {
	example string
	start   int64
	length  int
}

var errDecisions = errors.New("the decisions cannot be written")

// openDecisions makes the file, for the owner only, in a folder.
func openDecisions(dir string) (*decisions, error) {
	f, err := os.CreateTemp(dir, "decisions-*")
	if err != nil {
		return nil, errDecisions
	}
	return &decisions{file: f}, nil
}

// discard takes the file away.
func (d *decisions) discard() {
	_ = d.file.Close()
	_ = os.Remove(d.file.Name())
}

// add takes the logs of a shard. It is for several goroutines.
func (d *decisions) add(logs []anonymize.Log) error {
	var body bytes.Buffer
	of := make([]logged, len(logs))
	e := json.NewEncoder(&body)
	for i := range logs {
		start := body.Len()
		if err := e.Encode(logs[i]); err != nil {
			return errDecisions
		}
		of[i] = logged{logs[i].Example, int64(start), body.Len() - start}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	for i := range of {
		of[i].start += d.end
	}
	n, err := d.file.Write(body.Bytes())
	if d.end += int64(n); err != nil {
		return errDecisions
	}
	d.of = append(d.of, of...)
	return nil
}

// sort puts the logs in the order of their examples, of which no two have one id: no
// worker sees all of them.
func (d *decisions) sort() error {
	slices.SortFunc(d.of, func(a, b logged) int { return cmp.Compare(a.example, b.example) })
	for i := range d.of {
		if i > 0 && d.of[i].example == d.of[i-1].example {
			return errors.New("two examples have one id")
		}
	}
	if len(d.of) == 0 {
		return errors.New("no examples")
	}
	return nil
}

// put writes the logs in order, for the owner only.
func (d *decisions) put(path string) error {
	if os.MkdirAll(filepath.Dir(path), 0o700) != nil {
		return errDecisions
	}
	f, err := os.OpenFile(path+".new", os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return errDecisions
	}
	w := bufio.NewWriter(f)
	for _, l := range d.of {
		if _, err = io.Copy(w, io.NewSectionReader(d.file, l.start, int64(l.length))); err != nil {
			break
		}
	}
	if errors.Join(err, w.Flush(), f.Close()) != nil || os.Rename(path+".new", path) != nil {
		return errDecisions
	}
	return nil
}
