// SPDX-License-Identifier: Apache-2.0

package disclosure

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/anonymize/disclosure/recode"
)

// ReleaseLine is one record as it is published, with what only the releaser
// knows of it.
type ReleaseLine struct {
	ID        string   // code
	Line      []byte   // the JSON object published, without line end
	Holdings  []string // at least one; opaque
	K         int      // the record's own threshold, 0 for none
	Agreement string   // hash of, or reference to, the agreements it is published under
	// Named records are published with their name, as agreed; they are in no
	// class, and nobody is promised anything about them.
	Named bool
}

// CertificateConfig holds the arguments of Certify.
type CertificateConfig struct {
	Key         *Key
	Edition     string             // code of the edition
	Requirement recode.Requirement // K at least 2; Diversity and Closeness over Sensitive
	// Quasi and Sensitive are the names of members of the published JSON
	// objects. A member that is missing, null, "" or [] is a missing value.
	Quasi, Sensitive []string
	// Promises made elsewhere, as names of rules that were checked and held
	// ("wording", "leak-check", "codes"). They are stated, not proved.
	Stated []string
	// Ledger the edition will be entered in, nil for none. Certify checks the
	// edition against it and Commit enters it.
	Ledger *Ledger
	// Items that the edition publishes beside its classes; each must have the
	// support it asks for.
	Items []Item
	// Files published with the release, by name, which the certificate binds.
	Files map[string][]byte
}

// Certify writes a release and its certificate. It computes the classes from
// the lines as published, not from what made them, and returns ErrInfeasible,
// naming the class by its first line, where a class breaks the requirement or
// a record's own threshold. A ConflictError says that the ledger forbids it.
// Lines keep their order.
func Certify(lines []ReleaseLine, cfg CertificateConfig) (*Proof, error) {
	if cfg.Key == nil || !validKey(cfg.Edition) || cfg.Requirement.K < 2 || len(cfg.Requirement.Closeness) > 0 {
		return nil, fmt.Errorf("%w: a certificate needs a key, the edition's code and k of 2 or more; closeness cannot be certified", ErrInput)
	}
	rel, err := compose(lines, cfg)
	if err != nil {
		return nil, err
	}
	c := Certificate{
		Version: certificateVersion, Edition: cfg.Edition, Release: digest(rel.data), Records: len(lines),
		Quasi: cfg.Quasi, Named: []int{}, PublicKey: cfg.Key.PublicKey(),
	}
	for i, l := range lines {
		if l.Named {
			c.Named = append(c.Named, i+1)
		}
	}
	p := &Proof{Release: rel.data, edition: cfg.Edition, ledger: cfg.Ledger}
	if p.entry, err = rel.entry(cfg); err != nil {
		return nil, err
	}
	var half *sealedHalf
	if half, p.Sealed, err = rel.seal(cfg, c.Release); err != nil {
		return nil, err
	}
	c.Sealed, c.Agreements = digest(p.Sealed), rel.agreements(cfg.Key, cfg.Edition)
	c.Classes = [][]int{}
	for _, class := range rel.classes {
		c.Classes = append(c.Classes, plusOne(class))
	}
	c.Promises = half.promises(rel, cfg)
	c.Promises = append(c.Promises, Promise{Rule: ruleThresholds, Pass: true})
	if cfg.Ledger != nil {
		if found := conflicts(cfg.Ledger.entries, p.entry); len(found) > 0 {
			return nil, &ConflictError{found}
		}
		head := cfg.Ledger.Head()
		c.Ledger = &head
		c.Promises = append(c.Promises, Promise{Rule: ruleEditions, Pass: true})
	}
	if err := c.state(cfg); err != nil {
		return nil, err
	}
	body, err := canonical(c)
	if err != nil {
		return nil, err
	}
	c.Signature = cfg.Key.sign(body)
	p.Certificate, err = canonical(c)
	return p, err
}

// state enters the files that are bound and the rules that were checked elsewhere.
func (c *Certificate) state(cfg CertificateConfig) error {
	for _, name := range slices.Sorted(maps.Keys(cfg.Files)) {
		if !validKey(name) {
			return fmt.Errorf("%w: the name of a file is no code", ErrInput)
		}
		c.Files = append(c.Files, File{name, digest(cfg.Files[name])})
	}
	for _, rule := range cfg.Stated {
		if !validKey(rule) {
			return fmt.Errorf("%w: a stated rule is no code", ErrInput)
		}
		c.Promises = append(c.Promises, Promise{Rule: rule, Pass: true})
	}
	return nil
}

func plusOne(class []int) []int {
	out := make([]int, len(class))
	for i, x := range class {
		out[i] = x + 1
	}
	return out
}

// composed is a release as its reader will see it.
type composed struct {
	lines     []ReleaseLine
	data      []byte
	quasi     [][]string
	sensitive [][]string
	classes   [][]int
}

func compose(lines []ReleaseLine, cfg CertificateConfig) (*composed, error) {
	r := &composed{lines: lines}
	names := slices.Concat(cfg.Quasi, cfg.Sensitive)
	ids := map[string]bool{}
	at := map[string]int{}
	for i, l := range lines {
		switch {
		case !validKey(l.ID) || ids[l.ID]:
			return nil, fmt.Errorf("%w: record %d: id is no code, or repeated", ErrInput, i)
		case len(l.Holdings) == 0 || slices.Contains(l.Holdings, ""):
			return nil, fmt.Errorf("%w: record %d has no holding", ErrInput, i)
		case bytes.ContainsAny(l.Line, "\r\n"):
			return nil, fmt.Errorf("%w: record %d is not one line", ErrInput, i)
		}
		ids[l.ID] = true
		r.data = append(append(r.data, l.Line...), '\n')
		values, err := members(l.Line, names)
		if err != nil {
			return nil, fmt.Errorf("%w: record %d", err, i)
		}
		q := values[:len(cfg.Quasi):len(cfg.Quasi)]
		r.quasi, r.sensitive = append(r.quasi, q), append(r.sensitive, values[len(cfg.Quasi):])
		if l.Named {
			continue
		}
		key := strings.Join(q, "\x00")
		g, ok := at[key]
		if !ok {
			g = len(r.classes)
			at[key] = g
			r.classes = append(r.classes, nil)
		}
		r.classes[g] = append(r.classes[g], i)
	}
	return r, nil
}

// members reads the named members of a JSON object as one text each: strings
// and numbers as they are, arrays of them sorted and joined by "+".
func members(line []byte, names []string) ([]string, error) {
	var object map[string]json.RawMessage
	if json.Unmarshal(line, &object) != nil || object == nil {
		return nil, fmt.Errorf("%w: line is no JSON object", ErrInput)
	}
	out := make([]string, len(names))
	for i, name := range names {
		raw, ok := object[name]
		if !ok || string(raw) == "null" {
			continue
		}
		var one string
		var many []string
		switch {
		case json.Unmarshal(raw, &one) == nil:
			out[i] = one
		case json.Unmarshal(raw, &many) == nil:
			slices.Sort(many)
			out[i] = strings.Join(many, "+")
		default:
			out[i] = string(raw)
		}
	}
	return out, nil
}

func (r *composed) judge(class []int, cfg CertificateConfig) error {
	fault := func(rule string) error {
		return fmt.Errorf("%w: class of line %d: %s", ErrInfeasible, class[0]+1, rule)
	}
	need := cfg.Requirement.K
	sets := make([][]string, len(class))
	for j, i := range class {
		need = max(need, r.lines[i].K)
		sets[j] = r.lines[i].Holdings
	}
	if anonymize.Independent(sets) < need {
		return fault("k")
	}
	for _, d := range cfg.Requirement.Diversity {
		c := slices.Index(cfg.Sensitive, d.Column)
		if c < 0 {
			return fmt.Errorf("%w: no sensitive column %q", ErrInput, d.Column)
		}
		var values []string
		for _, i := range class {
			values = append(values, r.sensitive[i][c])
		}
		if !d.Met(values) {
			return fault("diversity")
		}
	}
	return nil
}

// classKey names a class in the ledger by how it reads.
func classKey(k *Key, quasi []string) string { return "class:" + k.mac("class", quasi...)[:32] }

// entry is the edition as a ledger sees it. It judges the classes and the
// items beside them.
func (r *composed) entry(cfg CertificateConfig) (LedgerEntry, error) {
	items := slices.Clone(cfg.Items)
	slices.SortStableFunc(items, func(a, b Item) int { return cmp.Compare(a.Key, b.Key) })
	for i, it := range items {
		if i > 0 && items[i-1].Key == it.Key || it.Members != nil {
			return LedgerEntry{}, fmt.Errorf("%w: item %d is repeated, or a class", ErrInput, i)
		}
	}
	for _, class := range r.classes {
		if err := r.judge(class, cfg); err != nil {
			return LedgerEntry{}, err
		}
		items = append(items, r.item(cfg, class))
	}
	e, err := cfg.Key.entry(items)
	for _, it := range e.Items {
		if it.Members == nil && len(it.Support) < max(it.K, cfg.Requirement.K) {
			return LedgerEntry{}, fmt.Errorf("%w: item %s: k", ErrInfeasible, it.Key)
		}
	}
	return e, err
}

// item is a class as the ledger sees it.
func (r *composed) item(cfg CertificateConfig, class []int) Item {
	it := Item{Key: classKey(cfg.Key, r.quasi[class[0]]), K: cfg.Requirement.K, Labels: r.quasi[class[0]]}
	for _, i := range class {
		l := r.lines[i]
		it.K = max(it.K, l.K)
		it.Members = append(it.Members, Member{ID: l.ID, Holdings: l.Holdings})
	}
	for j, i := range class {
		if own := max(cfg.Requirement.K, r.lines[i].K); own < it.K {
			it.Members[j].K = own
		}
	}
	return it
}

// agreements commits to the set of agreements under which anything is published, in
// another way in each edition.
func (r *composed) agreements(k *Key, edition string) string {
	var all []string
	for _, l := range r.lines {
		all = append(all, k.mac("agreement", l.Agreement))
	}
	slices.Sort(all)
	return k.mac("agreements", append([]string{edition}, slices.Compact(all)...)...)
}
