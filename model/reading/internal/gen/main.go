// SPDX-License-Identifier: Apache-2.0

// Command gen makes the weights of package reading from the passages beside
// it, and prints how accounts fare that it did not learn from:
//
//	go run ./model/reading/internal/gen -write
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"github.com/sharedpractice/sharedpractice/model/wordtable"
)

func main() {
	dir := flag.String("passages", "model/reading/internal/gen/passages", "folder of passages and accounts")
	open := flag.String("open-text", "../shared/eval/open-text/open-text.jsonl.gz", "the open text that marked-open-text.jsonl is of")
	out := flag.String("out", "model/reading/weights/data/weights.bin", "file of weights")
	write := flag.Bool("write", false, "write the weights; without it only measure")
	folds := flag.Int("folds", 2, "parts into which the accounts are cut to be measured")
	flag.Parse()
	c, err := load(os.DirFS(*dir))
	if err == nil {
		err = c.mark(os.DirFS(*dir), *open)
	}
	if err == nil {
		b := train(c, *folds, wordtable.Default(), os.Stderr)
		if *write {
			err = keep(filepath.FromSlash(*out), b.Append(nil), *dir)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "train: "+err.Error())
		os.Exit(1)
	}
}

// keep writes the weights, and beside them what they were made from.
func keep(path string, weights []byte, passages string) error {
	from, err := provenance(weights, os.DirFS(passages), wordtable.Default())
	if err != nil {
		return err
	}
	if err := os.WriteFile(path, weights, 0o600); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(filepath.Dir(path), "provenance.txt"), []byte(from), 0o600)
}
