// SPDX-License-Identifier: Apache-2.0

//go:build ignore

// Command trace prints, sentence by sentence, what a guide rests on: the published
// items by their keys, with their counts. It exits with 1 where a guide prints a
// number, or names an item, that the collection does not publish.
//
//	go run ./examples/howto -out o && go run .ci/trace.go o/collection.json o/guides/*.json
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/guidance"
)

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "trace: which collection.json, and which guides?")
		os.Exit(2)
	}
	loose, err := run(os.Args[1], os.Args[2:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "trace:", err)
	}
	if err != nil || loose > 0 {
		os.Exit(1)
	}
}

func run(collection string, guides []string) (loose int, err error) {
	var c aggregate.Collection
	if err := read(collection, &c); err != nil {
		return 0, err
	}
	sentences, derived := 0, 0
	for _, name := range guides {
		var g guidance.Guide
		if err := read(name, &g); err != nil {
			return 0, err
		}
		fmt.Printf("# %s\n", g.Front.Title)
		for _, t := range guidance.Trace(&g, &c) {
			sentences++
			if len(t.Items) > 0 {
				derived++
			}
			fmt.Printf("%s\t%s\t%s\n", t.At, t.Source, t.Text)
			for _, x := range t.Items {
				of := "of"
				if x.Support.AlmostAll {
					of = "or more, of"
				}
				fmt.Printf("\t<- %s: %d %s %d examples, %d contributors\n", x.Statement, x.Support.Examples, of, x.Support.Of, x.Support.Contributors)
			}
			if len(t.Loose) > 0 {
				loose++
				fmt.Printf("\t!! nothing published bears out: %s\n", strings.Join(t.Loose, ", "))
			}
		}
	}
	fmt.Printf("\n%d sentences, %d of them with something published behind them, %d with something that is not.\n", sentences, derived, loose)
	return loose, nil
}

func read(name string, into any) error {
	body, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	if json.Unmarshal(body, into) != nil {
		return fmt.Errorf("%s: not what it should be", filepath.Base(name))
	}
	return nil
}
