// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"cmp"
	"slices"
)

// automaton is the machine of Aho and Corasick ("Efficient string matching",
// 1975) over bytes: one pass whatever the number of patterns.
type automaton struct {
	nodes []acNode
	dense [][256]int32 // goto tables of nodes with many children
	edges []acEdge
}

type acNode struct {
	fail    int32
	output  int32 // nearest node on the failure path that ends a pattern, or 0
	pattern int32 // first pattern that ends here, or -1
	first   int32 // first edge, or -1
	dense   int32 // index into dense, or -1
}

type acEdge struct {
	to, next int32
	c        byte
}

// pattern is a compiled form. Forms with one squeezed spelling are chained.
type pattern struct {
	squeezed string
	length   int32
	bounds   []int32 // where words begin inside it
	flags    formFlag
	entity   int32
	next     int32 // the next pattern with the same spelling, or -1
	rule     string
}

// starts reports whether a word begins at offset k.
func (p *pattern) starts(k int) bool {
	_, ok := slices.BinarySearch(p.bounds, int32(k))
	return ok
}

func compilePatterns(forms []form) []pattern {
	ps := make([]pattern, 0, len(forms))
	for _, f := range forms {
		s, bounds := f.squeeze()
		if s == "" {
			continue
		}
		ps = append(ps, pattern{squeezed: s, length: int32(len(s)), bounds: bounds, flags: f.flags, entity: f.entity, next: -1, rule: f.rule})
	}
	slices.SortStableFunc(ps, func(a, b pattern) int {
		return cmp.Or(cmp.Compare(a.squeezed, b.squeezed), cmp.Compare(a.entity, b.entity), cmp.Compare(a.flags, b.flags), slices.Compare(a.bounds, b.bounds), cmp.Compare(a.rule, b.rule))
	})
	return slices.CompactFunc(ps, func(a, b pattern) bool {
		return a.squeezed == b.squeezed && a.entity == b.entity && a.flags == b.flags && slices.Equal(a.bounds, b.bounds)
	})
}

func newAutomaton(ps []pattern) automaton {
	m := automaton{}
	m.add()
	last := map[int32]int32{}
	for i := range ps {
		at := int32(0)
		for k := range len(ps[i].squeezed) {
			c := ps[i].squeezed[k]
			to := m.child(at, c)
			if to == 0 {
				to = m.add()
				m.edges = append(m.edges, acEdge{to, m.nodes[at].first, c})
				m.nodes[at].first = int32(len(m.edges) - 1)
			}
			at = to
		}
		if m.nodes[at].pattern < 0 {
			m.nodes[at].pattern = int32(i)
		} else {
			ps[last[at]].next = int32(i)
		}
		last[at] = int32(i)
	}
	m.link()
	return m
}

func (m *automaton) add() int32 {
	m.nodes = append(m.nodes, acNode{pattern: -1, first: -1, dense: -1})
	return int32(len(m.nodes) - 1)
}

// child is the node reached from at by c in the trie, or 0.
func (m *automaton) child(at int32, c byte) int32 {
	n := &m.nodes[at]
	if n.dense >= 0 {
		return m.dense[n.dense][c]
	}
	for e := n.first; e >= 0; e = m.edges[e].next {
		if m.edges[e].c == c {
			return m.edges[e].to
		}
	}
	return 0
}

func (m *automaton) link() {
	const many = 5
	for i := range m.nodes {
		count := 0
		for e := m.nodes[i].first; e >= 0; e = m.edges[e].next {
			count++
		}
		if i > 0 && count < many {
			continue
		}
		var t [256]int32
		for e := m.nodes[i].first; e >= 0; e = m.edges[e].next {
			t[m.edges[e].c] = m.edges[e].to
		}
		m.dense = append(m.dense, t)
		m.nodes[i].dense = int32(len(m.dense) - 1)
	}
	queue := []int32{0}
	for q := 0; q < len(queue); q++ {
		at := queue[q]
		for e := m.nodes[at].first; e >= 0; e = m.edges[e].next {
			to, c := m.edges[e].to, m.edges[e].c
			queue = append(queue, to)
			if at == 0 {
				continue
			}
			f := m.nodes[at].fail
			for f != 0 && m.child(f, c) == 0 {
				f = m.nodes[f].fail
			}
			f = m.child(f, c)
			m.nodes[to].fail = f
			m.nodes[to].output = m.nodes[f].output
			if m.nodes[f].pattern >= 0 {
				m.nodes[to].output = f
			}
		}
	}
}

// scan reports every occurrence of a pattern by its number and its end.
func (m *automaton) scan(s []byte, found func(pattern int32, end int)) {
	at := int32(0)
	for i, c := range s {
		to := m.child(at, c)
		for to == 0 && at != 0 {
			at = m.nodes[at].fail
			to = m.child(at, c)
		}
		at = to
		for o := at; o != 0; o = m.nodes[o].output {
			if p := m.nodes[o].pattern; p >= 0 {
				found(p, i+1)
			}
		}
	}
}
