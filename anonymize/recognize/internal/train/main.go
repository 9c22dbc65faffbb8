// SPDX-License-Identifier: Apache-2.0

//go:build train

// Command train trains the tagger on development data and writes its table:
//
//	go run -tags train ./anonymize/recognize/internal/train -data FOLDER [-fold N] [-out FILE]
//
// With -fold the fifth N of each set is left out, so that it can judge.
package main

import (
	"flag"
	"fmt"
	"os"

	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
)

func main() {
	data := flag.String("data", "", "`FOLDER` of development data")
	root := flag.String("root", ".", "`FOLDER` of the module")
	fold := flag.Int("fold", -1, "fifth of each set to leave out, 0 to 4")
	out := flag.String("out", "anonymize/recognize/data/tagger.bin", "`FILE` to write")
	flag.Parse()
	b, err := recognize.Train(*data, *root, *fold)
	if err == nil {
		err = os.WriteFile(*out, b, 0o600)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}
