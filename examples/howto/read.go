// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"github.com/sharedpractice/sharedpractice/examples/internal/collect"
	"github.com/sharedpractice/sharedpractice/examples/internal/sample"
	"github.com/sharedpractice/sharedpractice/model"
)

// read reads and validates all examples before anything else is done. The first
// fault stops it, with file, line, path and rule.
func read(name string) ([]model.Example, error) {
	source := sample.Collection()
	if name != "" {
		f, err := os.Open(name)
		if err != nil {
			return nil, fmt.Errorf("%s: cannot be opened", filepath.Base(name))
		}
		defer f.Close()
		source = f
	}
	reader := collect.Reader()
	decode := reader.JSONLines
	if strings.HasSuffix(strings.ToLower(name), ".csv") {
		decode = reader.CSV
	}
	file := "sample"
	if name != "" {
		file = filepath.Base(name)
	}
	var examples []model.Example
	for e, err := range decode(source) {
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		examples = append(examples, e)
	}
	if len(examples) == 0 {
		return nil, fmt.Errorf("%s: no examples", file)
	}
	return examples, nil
}

// sequence gives examples one after another.
func sequence(examples []model.Example) iter.Seq2[model.Example, error] {
	return func(yield func(model.Example, error) bool) {
		for _, e := range examples {
			if !yield(e, nil) {
				return
			}
		}
	}
}
