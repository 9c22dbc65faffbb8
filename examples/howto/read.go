// SPDX-License-Identifier: Apache-2.0

package main

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/examples/internal/collect"
	"github.com/sharedpractice/sharedpractice/examples/internal/sample"
	"github.com/sharedpractice/sharedpractice/model"
)

// read reads and validates all examples. The first fault stops it, with file,
// line, path and rule.
func read(name string) ([]*model.Example, error) {
	var source io.Reader = sample.Collection()
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
	var examples []*model.Example
	for e, err := range decode(source) {
		if err != nil {
			return nil, fmt.Errorf("%s: %w", cmp.Or(filepath.Base(name), "sample"), err)
		}
		examples = append(examples, &e)
	}
	if len(examples) == 0 {
		return nil, fmt.Errorf("%s: no examples", filepath.Base(name))
	}
	slices.SortFunc(examples, func(a, b *model.Example) int { return cmp.Compare(a.ID, b.ID) })
	return examples, nil
}
