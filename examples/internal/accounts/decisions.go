// SPDX-License-Identifier: Apache-2.0

package accounts

import (
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/sharedpractice/sharedpractice/examples/internal/program"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// Decisions holds a person's decision on each code: yes, no, or another code.
type Decisions map[Key]string

// ReadDecisions reads a list of codes with its column decision filled in.
func ReadDecisions(from io.Reader) (Decisions, error) {
	in := csv.NewReader(from)
	in.FieldsPerRecord = -1
	at := map[string]int{}
	out := Decisions{}
	for n := 1; ; n++ {
		cells, err := in.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, fmt.Errorf("line %d is no CSV", n)
		}
		if n == 1 {
			for i, c := range cells {
				at[strings.ToLower(strings.TrimSpace(strings.TrimPrefix(c, "\ufeff")))] = i
			}
			for _, c := range []string{"example", "code", "decision"} {
				if _, ok := at[c]; !ok {
					return nil, fmt.Errorf("there is no column %q", c)
				}
			}
			continue
		}
		cell := func(name string) string {
			if i := at[name]; i < len(cells) {
				return strings.TrimSpace(cells[i])
			}
			return ""
		}
		code, said := cell("code"), strings.ToLower(cell("decision"))
		if said == "" {
			continue
		}
		if said != "yes" && said != "no" && !SameScheme(code, said) {
			return nil, fmt.Errorf("line %d: the decision is yes, no or another code of the same kind", n)
		}
		out[Key{cell("example"), code}] = said
	}
}

// SameScheme reports whether b is a code of the vocabulary to which a belongs.
func SameScheme(a, b string) bool {
	c, ok := vocabulary.Default().Concept(b)
	was, had := vocabulary.Default().Concept(a)
	return ok && had && c.Scheme() == was.Scheme()
}

// Header is the first line of a list of codes.
func Header() []string {
	return []string{"example", "code", "label", "confidence", "counts now", "decision", "next", "next but one", "sentence", "for"}
}

// Write lists the codes for a person to decide on, and after them all that was decided, so
// that the list can be given back as often as one likes.
func (p *Codes) Write(to io.Writer) error {
	out := csv.NewWriter(to)
	_ = out.Write(Header())
	for _, r := range p.Open {
		next := append(slices.Clone(r.Next), "", "")
		counted := "no"
		if r.Counted {
			counted = "yes"
		}
		sure := "" // found by words alone, such as a field of health
		if r.Confidence > 0 {
			sure = strconv.FormatFloat(r.Confidence, 'f', 2, 64)
		}
		_ = out.Write([]string{r.Example, r.Code, vocabulary.Default().Label(r.Code, vocabulary.DefaultLang), sure, counted, "", next[0], next[1], program.Cell(r.Sentence), vocabulary.Default().Label(r.For, vocabulary.DefaultLang)})
	}
	for _, k := range slices.SortedFunc(maps.Keys(p.decided), func(a, b Key) int { return cmp.Or(cmp.Compare(a.Example, b.Example), cmp.Compare(a.Code, b.Code)) }) {
		_ = out.Write([]string{program.Cell(k.Example), program.Cell(k.Code), vocabulary.Default().Label(k.Code, vocabulary.DefaultLang), "", "", p.decided[k], "", "", "", ""})
	}
	out.Flush()
	return out.Error()
}
