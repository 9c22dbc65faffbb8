// SPDX-License-Identifier: Apache-2.0

package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/examples/internal/sample"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
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
	decode := model.ReadJSONLines
	if strings.HasSuffix(strings.ToLower(name), ".csv") {
		decode = model.ReadCSV
	}
	examples, err := validated(decode(source))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", cmp.Or(filepath.Base(name), "sample"), err)
	}
	if len(examples) == 0 {
		return nil, fmt.Errorf("%s: no examples", filepath.Base(name))
	}
	slices.SortFunc(examples, func(a, b *model.Example) int { return cmp.Compare(a.ID, b.ID) })
	return examples, nil
}

func validated(all iter.Seq2[model.Example, error]) ([]*model.Example, error) {
	checker := model.NewChecker(func(c model.Code) bool {
		_, ok := vocabulary.Default().Concept(string(c))
		return ok
	})
	var out []*model.Example
	for e, err := range all {
		if err == nil {
			err = checker.Check(e)
			var line *model.LineError
			if err != nil && !errors.As(err, &line) {
				err = fmt.Errorf("example %d: %w", len(out)+1, err)
			}
		}
		if err != nil {
			return nil, err
		}
		out = append(out, &e)
	}
	return out, nil
}
