// SPDX-License-Identifier: Apache-2.0

package recode

import (
	"context"
	"fmt"
	"math"
	"slices"
)

// defaultMaxNodes bounds the lattice that Search takes on.
const defaultMaxNodes = 1 << 20

// SearchConfig holds the arguments of Search. The zero value suppresses nothing.
type SearchConfig struct {
	// Hierarchies, one a quasi-identifier, in the order of Table.Quasi.
	Hierarchies []*Hierarchy
	// Requirement that every class must meet.
	Requirement Requirement
	// Suppress is the share of records, 0 to 1, that may be left out.
	Suppress float64
	// MaxNodes bounds the lattice, 0 meaning defaultMaxNodes; MaxChecks the
	// number of transformations tried, 0 meaning all that are needed. Where a
	// bound is reached the result is ErrBound, never a guess.
	MaxNodes, MaxChecks int
}

// Optimum is the full-domain generalisation of least loss.
type Optimum struct {
	Levels            []int   // one a quasi-identifier
	Loss              float64 // non-uniform entropy, in bits
	Suppressed        int     // records left out
	Classes           int     // classes before suppression
	AverageRiskBefore float64 // average prosecutor risk of the table as given
	AverageRisk       float64 // the same of the records kept; 0 if none are
	Checks            int     // transformations tried
	Nodes             int     // transformations there are
	// Released lists the records that stay, ascending.
	Released []int
}

// Search finds, among all ways to put each quasi-identifier on one level of
// its hierarchy, the one of least loss that meets the requirement with no more
// records suppressed than allowed; of equal losses the lexicographically
// smallest levels. The result is exact. The loss of a transformation is
// -sum n(v) log2(n(v)/n(g(v))) over attributes and values (non-uniform
// entropy), which needs no pass over the records, so only those nodes are
// checked that can decide between candidates: an infeasible node rules out
// everything more specific, a feasible one everything of
// higher loss (predictive tagging), and a check starts from the classes of a more specific node
// already checked (roll-up).
//
// Entropy diversity and closeness together with suppression are not monotone,
// nor is the count of independent holdings where records have several; then
// nodes are tried in order of loss and nothing is inferred.
//
// Worst case: time O(nodes * records * attributes), memory O(nodes + records *
// attributes). ErrInfeasible if nothing qualifies.
func Search(ctx context.Context, t *Table, cfg SearchConfig) (*Optimum, error) {
	if !(cfg.Suppress >= 0 && cfg.Suppress <= 1) {
		return nil, fmt.Errorf("%w: suppression limit must lie in 0..1", ErrInput)
	}
	e, err := encode(t, cfg.Hierarchies, cfg.Requirement)
	if err != nil {
		return nil, err
	}
	con, err := compile(t, cfg.Requirement)
	if err != nil {
		return nil, err
	}
	s := &lattice{e: e, cfg: cfg, con: con, check: newChecker(e, con), limit: int(cfg.Suppress * float64(e.n))}
	if err := s.build(); err != nil {
		return nil, err
	}
	if err := s.run(ctx); err != nil {
		return nil, err
	}
	return s.result()
}

type lattice struct {
	e     *encoded
	cfg   SearchConfig
	con   *constraint
	check *checker
	limit int

	height []int // levels per column
	stride []int
	loss   []float64
	rank   []int32 // position of a node in order of (loss, index)
	byRank []int32
	dead   []bool // known infeasible
	live   []bool // known feasible
	open   int    // undecided when the last chain was laid
	best   int32  // rank of the best feasible node; len(loss) if none
	checks int
}

func (s *lattice) build() error {
	limit := s.cfg.MaxNodes
	if limit == 0 {
		limit = defaultMaxNodes
	}
	nodes := 1
	for _, h := range s.cfg.Hierarchies {
		s.height = append(s.height, h.height)
		if nodes > limit/h.height {
			return fmt.Errorf("%w: lattice has more than %d nodes; use local recoding", ErrBound, limit)
		}
		nodes *= h.height
	}
	s.stride = make([]int, len(s.height))
	for c, step := len(s.height)-1, 1; c >= 0; c-- {
		s.stride[c] = step
		step *= s.height[c]
	}
	loss := columnLoss(s.e)
	s.loss = make([]float64, nodes)
	for v := range s.loss {
		sum := 0.0
		for c := range s.height {
			sum += loss[c][s.level(v, c)]
		}
		s.loss[v] = sum
	}
	s.byRank, s.rank = make([]int32, nodes), make([]int32, nodes)
	for v := range s.byRank {
		s.byRank[v] = int32(v)
	}
	slices.SortStableFunc(s.byRank, func(a, b int32) int {
		switch {
		case s.loss[a] < s.loss[b]:
			return -1
		case s.loss[a] > s.loss[b]:
			return 1
		}
		return 0
	})
	for r, v := range s.byRank {
		s.rank[v] = int32(r)
	}
	s.dead, s.live = make([]bool, nodes), make([]bool, nodes)
	s.best = int32(nodes)
	return nil
}

func (s *lattice) level(v, c int) int { return v / s.stride[c] % s.height[c] }

func (s *lattice) levels(v int) []int {
	out := make([]int, len(s.height))
	for c := range out {
		out[c] = s.level(v, c)
	}
	return out
}

func (s *lattice) monotone() bool {
	if s.e.many != nil {
		return false
	}
	if s.limit == 0 {
		return true
	}
	if len(s.con.closeness) > 0 {
		return false
	}
	return !slices.ContainsFunc(s.con.diversity, func(d codedDiversity) bool { return d.entropy })
}

func (s *lattice) run(ctx context.Context) error {
	if !s.monotone() {
		for r := int32(0); r < s.best; r++ {
			if err := s.try(ctx, int(s.byRank[r])); err != nil {
				return err
			}
		}
		return nil
	}
	top := len(s.loss) - 1
	if err := s.try(ctx, top); err != nil || s.best == int32(len(s.loss)) {
		return err
	}
	below := make([]int32, len(s.loss))
	for {
		chain := s.chain(below)
		if chain == nil {
			return nil
		}
		for lo, hi := 0, len(chain); lo < hi; {
			mid := (lo + hi) / 2
			if err := s.try(ctx, chain[mid]); err != nil {
				return err
			}
			if s.dead[chain[mid]] {
				lo = mid + 1
			} else {
				hi = mid
			}
		}
	}
}

// chain climbs from the cheapest undecided node through nodes neither known
// infeasible nor known feasible, each step to the neighbour above the most
// undecided nodes; halving it finds where it turns feasible, and the last
// infeasible node on it rules out a whole cone. Undecided are the nodes not
// known infeasible that rank before the best found; nil if there are none.
func (s *lattice) chain(below []int32) []int {
	s.open = 0
	for v := range below {
		below[v] = 0
		if s.rank[v] < s.best && !s.dead[v] {
			below[v] = 1
			s.open++
		}
	}
	if s.open == 0 {
		return nil
	}
	for c, h := range s.height { // sums over the cone below, one dimension at a time
		step := s.stride[c]
		for v := range below {
			if v/step%h > 0 {
				below[v] += below[v-step]
			}
		}
	}
	v := 0
	for _, u := range s.byRank {
		if !s.dead[u] {
			v = int(u)
			break
		}
	}
	chain := []int{v}
	for {
		if v = s.next(v, below); v < 0 {
			return chain
		}
		chain = append(chain, v)
	}
}

// next is the neighbour above a node that nothing is known of and that has the most
// undecided nodes below it, -1 where there is none.
func (s *lattice) next(v int, below []int32) int {
	next := -1
	for c, h := range s.height {
		if s.level(v, c) == h-1 {
			continue
		}
		u := v + s.stride[c]
		if !s.dead[u] && !s.live[u] && (next < 0 || below[u] > below[next]) {
			next = u
		}
	}
	return next
}

func (s *lattice) try(ctx context.Context, v int) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if s.cfg.MaxChecks > 0 && s.checks >= s.cfg.MaxChecks {
		return fmt.Errorf("%w: %d transformations checked", ErrBound, s.checks)
	}
	s.checks++
	if s.check.suppressed(s.levels(v)) <= s.limit {
		s.best = min(s.best, s.rank[v])
		s.mark(s.live, v, +1)
	} else {
		s.mark(s.dead, v, -1)
	}
	return nil
}

// mark tags v and, where the requirement is monotone, everything above it
// (dir +1) or below it (dir -1).
func (s *lattice) mark(tag []bool, v, dir int) {
	if !s.monotone() {
		tag[v] = true
		return
	}
	var walk func(u, from int)
	walk = func(u, from int) {
		if tag[u] { // then all beyond it are
			return
		}
		tag[u] = true
		for c := from; c < len(s.height); c++ {
			if l := s.level(u, c) + dir; l >= 0 && l < s.height[c] {
				walk(u+dir*s.stride[c], c)
			}
		}
	}
	walk(v, 0)
}

func (s *lattice) result() (*Optimum, error) {
	if int(s.best) == len(s.loss) {
		return nil, ErrInfeasible
	}
	v := int(s.byRank[s.best])
	o := &Optimum{
		Levels: s.levels(v), Loss: s.loss[v], Checks: s.checks, Nodes: len(s.loss),
		AverageRiskBefore: float64(len(s.e.rows)) / float64(s.e.n),
	}
	class, n := s.check.classes(o.Levels)
	o.Classes = n
	kept := make([]bool, n)
	for i, keep := range s.check.kept(class, n) {
		if keep {
			o.Released = append(o.Released, i)
			kept[class[s.e.row[i]]] = true
		}
	}
	o.Suppressed = s.e.n - len(o.Released)
	if len(o.Released) > 0 {
		m := 0
		for _, k := range kept {
			if k {
				m++
			}
		}
		o.AverageRisk = float64(m) / float64(len(o.Released))
	}
	return o, nil
}

// columnLoss is the non-uniform entropy of each column at each level, in bits.
func columnLoss(e *encoded) [][]float64 {
	out := make([][]float64, len(e.leaf))
	for c := range out {
		out[c] = make([]float64, len(e.up[c]))
		for l, up := range e.up[c] {
			joined := make([]int, len(e.label[c][l]))
			for v, n := range e.count[c] {
				joined[up[v]] += n
			}
			sum := 0.0
			for v, n := range e.count[c] {
				sum -= float64(float64(n) * math.Log2(float64(n)/float64(joined[up[v]])))
			}
			out[c][l] = sum
		}
	}
	return out
}
