// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"cmp"
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

// What a person may say of a pair that looks like one.
const (
	one = "one"
	two = "two"
)

// Told holds what a person said of pairs of references, of holdings or of examples, that
// look like one.
type Told struct {
	Two [][2]string // they are two
	One [][2]string // they are one, and not to be asked about again
}

// alikeHeader heads a list of pairs that look like one.
func alikeHeader() []string { return []string{"first", "second", "why", "examples", "decision"} }

// WriteAlike writes the pairs of a collection that look like one and count as one,
// for a person to part: to each the examples behind it, named by place, and an empty
// decision. Those of which a person said something stand with them, with that decision, so
// that ReadAlike reads the whole list again. It returns how many pairs count as one and
// nobody has said so.
func WriteAlike(to io.Writer, examples []model.Example, told Told, place func(example string) string) (int, error) {
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
	open := anonymize.LookAlikes(all, told.Two)
	why := map[[2]string]string{}
	for _, x := range open {
		why[[2]string{x.A, x.B}] = x.Why
	}
	open = slices.DeleteFunc(open, func(x anonymize.Alike) bool {
		return slices.Contains(told.One, [2]string{x.A, x.B}) || slices.Contains(told.One, [2]string{x.B, x.A})
	})
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
	for _, p := range told.One {
		row(p[0], p[1], cmp.Or(why[p], why[[2]string{p[1], p[0]}]), one)
	}
	for _, p := range told.Two {
		row(p[0], p[1], "", two)
	}
	out.Flush()
	return len(open), out.Error()
}

// Apart reads a CSV file of pairs that a person says are two: see ReadAlike.
func Apart(name string) ([][2]string, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, errors.New("the file cannot be read")
	}
	defer f.Close()
	told, err := ReadAlike(f)
	return told.Two, err
}

// ReadAlike reads CSV of pairs that look like one: a list of WriteAlike with its decisions
// filled in, or rows of two references, which are two.
func ReadAlike(from io.Reader) (Told, error) {
	rows, err := csv.NewReader(from).ReadAll()
	if err != nil {
		return Told{}, errors.New("not rows of CSV of the same length")
	}
	listed := len(rows) > 0 && strings.TrimPrefix(rows[0][0], "\ufeff") == alikeHeader()[0] && len(rows[0]) == len(alikeHeader())
	if listed {
		rows = rows[1:]
	}
	var out Told
	for _, r := range rows {
		if !listed && len(r) != 2 {
			return Told{}, errors.New("a row does not hold two references")
		}
		decision, pair := two, [2]string{reference(r[0]), reference(r[1])}
		if listed {
			decision = strings.ToLower(strings.TrimSpace(r[len(r)-1]))
		}
		switch decision {
		case "":
		case one:
			out.One = append(out.One, pair)
		case two:
			out.Two = append(out.Two, pair)
		default:
			return Told{}, errors.New("a decision is neither one nor two")
		}
	}
	return out, nil
}

func reference(cell string) string { return strings.TrimPrefix(strings.TrimSpace(cell), "'") }
