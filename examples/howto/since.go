// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"io"
	"slices"

	"github.com/sharedpractice/sharedpractice/examples/internal/program"
	"github.com/sharedpractice/sharedpractice/model"
)

// since is how the examples differ from those of the last run in the folder.
type since struct{ gone, fresh int }

// since compares the examples with those of the last run, and notes them for the next.
func (s *staging) since(examples []model.Example) since {
	for _, e := range examples {
		s.examples = append(s.examples, e.ID)
	}
	slices.Sort(s.examples)
	without := func(all, others []string) (n int) {
		for _, id := range all {
			if _, found := slices.BinarySearch(others, id); !found {
				n++
			}
		}
		return n
	}
	if len(s.before.Examples) == 0 {
		return since{}
	}
	return since{gone: without(s.before.Examples, s.examples), fresh: without(s.examples, s.before.Examples)}
}

// report says what is gone and what is new. One that is both may be one row that was
// changed.
func (d since) report(w io.Writer) error {
	if d.gone == 0 {
		return nil
	}
	said := program.Count(d.gone, "example of the last run is not in -in, and is told no more", "examples of the last run are not in -in, and are told no more") + "."
	if d.fresh > 0 {
		said = program.Count(d.gone, "example of the last run is", "examples of the last run are") + " not in -in, and " + program.Count(d.fresh, "is new", "are new") +
			". A row without a reference of its own counts as another example once its organisation or title is another; without an organisation, once any answer is. What was decided of its codes, and a yes to its text, do not hold for it: give rows a column “Reference of the example” where they are to be changed."
	}
	_, err := fmt.Fprintln(w, said)
	return err
}
