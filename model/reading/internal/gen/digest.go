// SPDX-License-Identifier: Apache-2.0

package main

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io/fs"

	"github.com/sharedpractice/sharedpractice/model/wordtable"
)

// trainedOn names what the weights are made from: the passages, the vocabulary's
// texts, the marks (not the open text, which lies elsewhere) and what the features
// make of a spread of it. Weights made from anything else have another digest.
func trainedOn(dir fs.FS, table *wordtable.Table) (string, error) {
	c, err := load(dir)
	if err != nil {
		return "", err
	}
	marks, err := fs.ReadFile(dir, "marked-open-text.jsonl")
	if err != nil {
		return "", err
	}
	h := sha256.New()
	h.Write(marks)
	for _, p := range c.passages {
		fmt.Fprintf(h, "%q %q %q %v %v\n", p.codes, p.role, p.text, p.bound, p.roles)
	}
	if err := json.NewEncoder(h).Encode(c.accounts); err != nil {
		return "", err
	}
	fmt.Fprintf(h, "%q\n", c.labels)
	var spread corpus
	for i := 0; i < len(c.passages); i += 40 {
		spread.passages = append(spread.passages, c.passages[i])
	}
	spread.labels = c.labels
	t := &trainer{corpus: spread, table: table}
	t.passagesToSamples()
	fmt.Fprintf(h, "%v\n%v\n", t.base, t.roles)
	return fmt.Sprintf("%x", h.Sum(nil)), nil
}

// provenance is what stands beside the weights: which they are, and of what.
func provenance(weights []byte, dir fs.FS, table *wordtable.Table) (string, error) {
	from, err := trainedOn(dir, table)
	return fmt.Sprintf("weights.bin  %x\ntrained on   %s\n", sha256.Sum256(weights), from), err
}
