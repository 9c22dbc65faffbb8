// SPDX-License-Identifier: Apache-2.0

package recode

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
)

// Config holds the arguments of topDown and bottomUp.
type Config struct {
	// Hierarchies, one a quasi-identifier, in the order of Table.Quasi.
	Hierarchies []*Hierarchy
	// Requirement that every class must meet; records may ask for more.
	Requirement Requirement
	// Suppress is the share of records, 0 to 1, that may be left out: those
	// whose threshold the whole table cannot meet.
	Suppress float64
}

// Recoding is a table made coarser: records in classes that read alike.
type Recoding struct {
	Classes []Class
	// ClassOf gives the class of each record, -1 where it is suppressed.
	ClassOf []int
	// Loss is the mean normalised certainty penalty of the records kept, 0 to
	// 1: for each cell the share of the domain that its label leaves open
	// beyond the value itself, (leaves below - 1) / (all leaves - 1).
	Loss float64
}

// Class is a set of records that read alike in all quasi-identifiers.
type Class struct {
	Labels   []string // one a quasi-identifier
	Levels   []int    // where each label stands in its hierarchy
	Records  []int    // ascending
	Holdings int      // distinct (independent) holdings
	K        int      // the strictest threshold among the records
}

// Suppressed counts the records left out.
func (r *Recoding) Suppressed() int {
	n := 0
	for _, c := range r.ClassOf {
		if c < 0 {
			n++
		}
	}
	return n
}

// Released lists the records kept, ascending.
func (r *Recoding) Released() []int {
	var out []int
	for i, c := range r.ClassOf {
		if c >= 0 {
			out = append(out, i)
		}
	}
	return out
}

// Table is the table as it would be released: labels for values, suppressed
// records left out, the rest in order.
func (r *Recoding) Table(t *Table) *Table {
	keep := r.Released()
	out := t.Select(keep)
	for c := range out.Quasi {
		for j, i := range keep {
			out.Quasi[c].Values[j] = r.Classes[r.ClassOf[i]].Labels[c]
		}
	}
	return out
}

// Format keeps every verb from printing values.
func (r *Recoding) Format(s fmt.State, _ rune) {
	fmt.Fprintf(s, "[recoding: %d records in %d classes]", len(r.ClassOf), len(r.Classes))
}

// Format keeps every verb from printing labels.
func (c Class) Format(s fmt.State, _ rune) {
	fmt.Fprintf(s, "[class: %d records, %d holdings, k %d]", len(c.Records), c.Holdings, c.K)
}

// fullDomain puts every record at the given levels and keeps the given
// records: an Optimum's Levels and Released.
func fullDomain(t *Table, cfg Config, levels, released []int) (*Recoding, error) {
	e, err := encode(t, cfg.Hierarchies, cfg.Requirement)
	if err != nil {
		return nil, err
	}
	if len(levels) != len(cfg.Hierarchies) {
		return nil, fmt.Errorf("%w: %d levels for %d quasi-identifiers", ErrInput, len(levels), len(cfg.Hierarchies))
	}
	for c, l := range levels {
		if l < 0 || l >= cfg.Hierarchies[c].height {
			return nil, fmt.Errorf("%w: column %q has no level %d", ErrInput, t.Quasi[c].Name, l)
		}
	}
	class := make([]int32, len(e.rows))
	n := newGrouper(len(e.rows)).group(e, levels, e.rows, class)
	parts := make([]part, n)
	for g := range parts {
		parts[g].level = levels
	}
	for _, i := range released {
		if i < 0 || i >= e.n {
			return nil, fmt.Errorf("%w: record %d is not in the table", ErrInput, i)
		}
		g := class[e.row[i]]
		parts[g].records = append(parts[g].records, int32(i))
	}
	parts = slices.DeleteFunc(parts, func(p part) bool { return len(p.records) == 0 })
	return e.recoding(parts), nil
}

// FromLabels is a recoding that somebody else made: the labels of each record,
// nil where it is suppressed. Records with the same labels are one class; a label
// that no level gives stands for the top.
func FromLabels(t *Table, cfg Config, labels [][]string) (*Recoding, error) {
	e, err := encode(t, cfg.Hierarchies, cfg.Requirement)
	if err != nil {
		return nil, err
	}
	if len(labels) != e.n {
		return nil, fmt.Errorf("%w: labels of %d records for %d", ErrInput, len(labels), e.n)
	}
	groups := map[string][]int32{}
	for i, l := range labels {
		if l == nil {
			continue
		}
		if len(l) != len(e.leaf) {
			return nil, fmt.Errorf("%w: record %d has %d labels for %d quasi-identifiers", ErrInput, i, len(l), len(e.leaf))
		}
		key := strings.Join(l, "\x00")
		groups[key] = append(groups[key], int32(i))
	}
	var parts []part
	for _, key := range slices.Sorted(maps.Keys(groups)) {
		p := part{records: groups[key], level: make([]int, len(e.leaf))}
		for c := range p.level {
			p.level[c] = e.levelOf(p.records, c, labels[p.records[0]][c])
		}
		parts = append(parts, p)
	}
	return e.recoding(parts), nil
}

// levelOf is the lowest level at which all records read as the label; the top
// where none is.
func (e *encoded) levelOf(records []int32, c int, label string) int {
	top := len(e.up[c]) - 1
	for l := range top {
		reads := func(r int32) bool { return e.label[c][l][e.up[c][l][e.leaf[c][r]]] == label }
		if !slices.ContainsFunc(records, func(r int32) bool { return !reads(r) }) {
			return l
		}
	}
	return top
}

// part is a class in the making: its records, and the level of each column at
// which they read alike.
type part struct {
	records []int32
	level   []int
}

// penalty is the normalised certainty penalty of a record's label.
func (e *encoded) penalty(c, level int, record int32) float64 {
	if e.whole[c] < 2 {
		return 0
	}
	return float64(e.size[c][level][e.up[c][level][e.leaf[c][record]]]-1) / float64(e.whole[c]-1)
}

// tighten lowers each column to the lowest level at which all records agree.
func (e *encoded) tighten(p *part) {
	for c := range p.level {
		for p.level[c] > 0 && e.agree(p.records, c, p.level[c]-1) {
			p.level[c]--
		}
	}
}

func (e *encoded) agree(records []int32, c, level int) bool {
	up, leaf := e.up[c][level], e.leaf[c]
	first := up[leaf[records[0]]]
	for _, r := range records[1:] {
		if up[leaf[r]] != first {
			return false
		}
	}
	return true
}

// recoding turns parts into a result in canonical order: classes by labels,
// records ascending. Parts that read alike become one class, as a reader
// cannot tell them apart.
func (e *encoded) recoding(parts []part) *Recoding {
	r := &Recoding{ClassOf: make([]int, e.n)}
	for i := range r.ClassOf {
		r.ClassOf[i] = -1
	}
	kept := 0
	for _, p := range parts {
		kept += len(p.records)
		c := Class{Levels: slices.Clone(p.level), Labels: make([]string, len(p.level)), Records: make([]int, len(p.records))}
		for col, l := range p.level {
			c.Labels[col] = e.label[col][l][e.up[col][l][e.leaf[col][p.records[0]]]]
		}
		for j, i := range p.records {
			c.Records[j] = int(i)
			c.K = max(c.K, int(e.k[i]))
		}
		r.Classes = append(r.Classes, c)
	}
	slices.SortStableFunc(r.Classes, func(a, b Class) int { return slices.Compare(a.Labels, b.Labels) })
	joined := r.Classes[:0]
	for _, c := range r.Classes {
		if n := len(joined); n > 0 && slices.Equal(joined[n-1].Labels, c.Labels) {
			joined[n-1].Records = append(joined[n-1].Records, c.Records...)
			joined[n-1].K = max(joined[n-1].K, c.K)
			continue
		}
		joined = append(joined, c)
	}
	r.Classes = joined
	total := 0.0
	for g := range r.Classes {
		c := &r.Classes[g]
		slices.Sort(c.Records)
		ids := make([]int32, len(c.Records))
		for j, i := range c.Records {
			ids[j] = int32(i)
			r.ClassOf[i] = g
		}
		c.Holdings = e.countUpTo(ids, int32(c.K))
		sum := 0.0
		for col, l := range c.Levels {
			sum += e.penalty(col, l, ids[0])
		}
		total += float64(sum * float64(len(ids)))
	}
	if kept > 0 {
		r.Loss = total / float64(kept*len(e.leaf))
	}
	return r
}

// checked is recoding for makers that promise something: should a class not
// keep it after all, there is no result.
func (e *encoded) checked(parts []part, con *constraint) (*Recoding, error) {
	r := e.recoding(parts)
	for g, c := range r.Classes {
		ids := make([]int32, len(c.Records))
		for j, i := range c.Records {
			ids[j] = int32(i)
		}
		if c.Holdings < c.K || !con.holds(ids) {
			return nil, fmt.Errorf("%w: class %d came out short", ErrInfeasible, g)
		}
	}
	return r, nil
}

// entrants decides who takes part at all: the records whose threshold the
// whole table can meet. The rest must be suppressed.
func (e *encoded) entrants(con *constraint, order []int32, suppress float64) ([]int32, error) {
	if !(suppress >= 0 && suppress <= 1) {
		return nil, fmt.Errorf("%w: suppression limit must lie in 0..1", ErrInput)
	}
	limit := e.classThreshold(order)
	in := slices.DeleteFunc(slices.Clone(order), func(r int32) bool { return e.k[r] > limit })
	if len(in) == 0 || e.n-len(in) > int(suppress*float64(e.n)) || !con.holds(in) {
		return nil, ErrInfeasible
	}
	return in, nil
}

// prepare is the common beginning of topDown and bottomUp.
func prepare(ctx context.Context, t *Table, cfg Config) (*encoded, *constraint, []int32, error) {
	if err := ctx.Err(); err != nil {
		return nil, nil, nil, err
	}
	e, err := encode(t, cfg.Hierarchies, cfg.Requirement)
	if err != nil {
		return nil, nil, nil, err
	}
	con, err := compile(t, cfg.Requirement)
	if err != nil {
		return nil, nil, nil, err
	}
	in, err := e.entrants(con, e.canonical(con), cfg.Suppress)
	return e, con, in, err
}

// canonical orders records by what they hold, so that equal data give equal
// results in whatever order they come. Holdings lead, so that counting
// distinct holdings is one pass.
func (e *encoded) canonical(con *constraint) []int32 {
	order := make([]int32, e.n)
	for i := range order {
		order[i] = int32(i)
	}
	if e.packedOrder(con, order) {
		return order
	}
	slices.SortFunc(order, func(a, b int32) int {
		switch {
		case e.holding != nil && e.holding[a] != e.holding[b]:
			return int(e.holding[a]) - int(e.holding[b])
		case e.many != nil:
			if d := slices.Compare(e.many[a], e.many[b]); d != 0 {
				return d
			}
		}
		if d := int(e.k[a]) - int(e.k[b]); d != 0 {
			return d
		}
		for _, leaf := range e.leaf {
			if d := int(leaf[a]) - int(leaf[b]); d != 0 {
				return d
			}
		}
		for _, code := range con.columns() {
			if d := int(code[a]) - int(code[b]); d != 0 {
				return d
			}
		}
		return int(a) - int(b)
	})
	return order
}

// packedOrder does the same where all that is compared fits one number.
func (e *encoded) packedOrder(con *constraint, order []int32) bool {
	if e.many != nil {
		return false
	}
	columns := append([][]int32{e.kidx}, e.leaf...)
	if e.holding != nil {
		columns = append([][]int32{e.holding}, columns...)
	}
	columns = append(columns, con.columns()...)
	type packed struct {
		key    uint64
		record int32
	}
	all := make([]packed, e.n)
	room := uint64(math.MaxUint64)
	for _, codes := range columns {
		width := uint64(slices.Max(codes)) + 1
		if room /= width; room == 0 {
			return false
		}
		for i, c := range codes {
			all[i].key = all[i].key*width + uint64(c)
		}
	}
	for i := range all {
		all[i].record = int32(i)
	}
	slices.SortFunc(all, func(a, b packed) int {
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.record, b.record))
	})
	for i, p := range all {
		order[i] = p.record
	}
	return true
}

// columns lists the codes of the sensitive columns that are constrained.
func (c *constraint) columns() [][]int32 {
	var out [][]int32
	for _, d := range c.diversity {
		out = append(out, d.code)
	}
	for _, d := range c.closeness {
		out = append(out, d.code)
	}
	return out
}
