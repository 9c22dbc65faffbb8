// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"encoding/csv"
	"errors"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/examples/internal/program"
	"github.com/sharedpractice/sharedpractice/model"
)

// two is the decision that a pair is not one.
const two = "two"

// alikeHeader heads a list of pairs that look like one.
func alikeHeader() []string { return []string{"first", "second", "why", "examples", "decision"} }

// WriteAlike writes the pairs of a collection that look like one and count as one,
// for a person to part: to each the examples behind it, named by place, and an empty
// decision. Those that a person said are two stand with them, with that decision, so
// that Apart reads the whole list again. It returns how many pairs count as one.
func WriteAlike(to io.Writer, examples []model.Example, apart [][2]string, place func(example string) string) (int, error) {
	all := make([]*model.Example, len(examples))
	behind := map[string][]string{}
	for i := range examples {
		e := &examples[i]
		all[i] = e
		behind[e.ID] = append(behind[e.ID], place(e.ID))
		for _, p := range e.Parties {
			if ref := p.HoldingRef(); ref != e.ID && !slices.Contains(behind[ref], place(e.ID)) {
				behind[ref] = append(behind[ref], place(e.ID))
			}
		}
	}
	open := anonymize.LookAlikes(all, apart)
	out := csv.NewWriter(to)
	_ = out.Write(alikeHeader())
	row := func(a, b, why, decision string) {
		cells := []string{a, b, why, strings.Join(behind[a], ", ") + "; " + strings.Join(behind[b], ", "), decision}
		for i, c := range cells {
			cells[i] = program.Cell(c)
		}
		_ = out.Write(cells)
	}
	for _, x := range open {
		row(x.A, x.B, x.Why, "")
	}
	for _, p := range apart {
		row(p[0], p[1], "", two)
	}
	out.Flush()
	return len(open), out.Error()
}

// Apart reads a CSV file of pairs of references, of holdings or of examples, that
// look like one and of which a person says that they are two: a list of WriteAlike
// with that decision filled in, or rows of two references.
func Apart(name string) ([][2]string, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, errors.New("the file cannot be read")
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, errors.New("not rows of CSV of the same length")
	}
	listed := len(rows) > 0 && strings.TrimPrefix(rows[0][0], "\ufeff") == alikeHeader()[0] && len(rows[0]) == len(alikeHeader())
	if listed {
		rows = rows[1:]
	}
	var out [][2]string
	for _, r := range rows {
		switch decision := strings.ToLower(strings.TrimSpace(r[len(r)-1])); {
		case listed && decision != "" && decision != two && decision != "one":
			return nil, errors.New("a decision is neither one nor two")
		case listed && decision != two:
			continue
		case !listed && len(r) != 2:
			return nil, errors.New("a row does not hold two references")
		}
		out = append(out, [2]string{reference(r[0]), reference(r[1])})
	}
	return out, nil
}

func reference(cell string) string { return strings.TrimPrefix(strings.TrimSpace(cell), "'") }
