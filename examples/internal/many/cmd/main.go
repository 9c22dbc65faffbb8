// SPDX-License-Identifier: Apache-2.0

// Command cmd writes a made-up collection of any size, as JSON Lines:
//
//	go run ./examples/internal/many/cmd -n 10000 > ten-thousand.jsonl
package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/sharedpractice/sharedpractice/examples/internal/many"
	"github.com/sharedpractice/sharedpractice/model"
)

func main() {
	err := run(os.Args[1:], os.Stdout)
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "many:", err)
		os.Exit(1)
	}
}

func run(args []string, stdout io.Writer) error {
	f := flag.NewFlagSet("many", flag.ContinueOnError)
	n := f.Int("n", 10000, "number of examples")
	if err := f.Parse(args); err != nil {
		return err
	}
	if *n < 1 || f.NArg() > 0 {
		return errors.New("-n is 1 or more, and there are no arguments")
	}
	w := bufio.NewWriterSize(stdout, 1<<20)
	if err := model.WriteJSONLines(w, many.Examples(*n)); err != nil {
		return err
	}
	return w.Flush()
}
