// SPDX-License-Identifier: Apache-2.0

package redact

import (
	"bufio"
	"cmp"
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
)

// Rule gives the operator for a kind of finding, or for one subtype of it.
type Rule struct {
	Kind     recognize.Kind `json:"kind"`
	Subtype  string         `json:"subtype,omitempty"` // "" is every subtype without a rule of its own
	Operator Operator       `json:"operator"`
}

// Policy says what happens to each kind of finding. It is plain data; the order
// of its rules does not matter and a (kind, subtype) has at most one. A kind
// without a rule is removed, so the zero Policy removes every finding.
type Policy struct {
	Rules []Rule `json:"rules"`
}

// errLevel says that no preset policy has that name.
var errLevel = fmt.Errorf("%w: no policy for this level", errOperator)

//go:embed data/policies.tsv
var policiesTSV string

// PolicyFor returns the preset of a level of model: "public", "attributed",
// "anonymous" or "aggregate". Each is at least as strict, for every kind and
// subtype, as the one before it. There is none for "withheld", which discloses
// nothing, so that asking for it is an error.
func PolicyFor(level string) (Policy, error) {
	p, ok := presets()[level]
	if !ok {
		return Policy{}, errLevel
	}
	return Policy{Rules: slices.Clone(p.Rules)}, nil
}

// For is the operator for a finding: the subtype's rule, else the kind's, else Remove.
func (p Policy) For(kind recognize.Kind, subtype string) Operator {
	op := Remove
	for _, r := range p.Rules {
		if r.Kind != kind {
			continue
		}
		if r.Subtype == subtype {
			return r.Operator
		}
		if r.Subtype == "" {
			op = r.Operator
		}
	}
	return op
}

// Validate reports the first rule that cannot be carried out or
// that contradicts another.
func (p Policy) Validate() error {
	seen := make(map[[2]string]bool, len(p.Rules))
	for i, r := range p.Rules {
		if err := r.Operator.appliesTo(r.Kind, r.Subtype); err != nil {
			return fmt.Errorf("rule %d: %w", i, err)
		}
		key := [2]string{string(r.Kind), r.Subtype}
		if seen[key] {
			return fmt.Errorf("rule %d: %w: a second rule for kind %s", i, errOperator, r.Kind)
		}
		seen[key] = true
	}
	return nil
}

// tighten takes for every kind and subtype the stricter operator of the two. It
// is a meet: commutative, associative, idempotent, never looser than either.
func tighten(a, b Policy) Policy {
	keys := make([]Rule, 0, len(a.Rules)+len(b.Rules))
	for _, r := range slices.Concat(a.Rules, b.Rules) {
		keys = append(keys, Rule{Kind: r.Kind, Subtype: r.Subtype})
	}
	slices.SortFunc(keys, compareRules)
	keys = slices.Compact(keys)
	for i, r := range keys {
		keys[i].Operator = stricter(a.For(r.Kind, r.Subtype), b.For(r.Kind, r.Subtype))
	}
	return Policy{Rules: keys}
}

func compareRules(a, b Rule) int {
	return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Subtype, b.Subtype))
}

// presets parses the table of levels. A row that cannot be read is dropped,
// which closes it (Remove); the tests read every row.
var presets = sync.OnceValue(func() map[string]Policy {
	out := map[string]Policy{}
	for _, f := range tableRows(policiesTSV, 4) {
		p := out[f[0]]
		p.Rules = append(p.Rules, Rule{Kind: recognize.Kind(f[1]), Subtype: f[2], Operator: Operator(f[3])})
		out[f[0]] = p
	}
	return out
})

// tableRows are the rows of an embedded table: tab-separated, "#" begins a
// comment, "-" stands for an empty cell. Rows of another width are left out.
func tableRows(tsv string, width int) [][]string {
	var out [][]string
	sc := bufio.NewScanner(strings.NewReader(tsv))
	for sc.Scan() {
		line := sc.Text()
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != width {
			continue
		}
		for i := range f {
			if f[i] == "-" {
				f[i] = ""
			}
		}
		out = append(out, f)
	}
	return out
}
