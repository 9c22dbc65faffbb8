// SPDX-License-Identifier: Apache-2.0

package vocabulary

// automaton finds many phrases in a stream of words at once, in time linear in
// the stream (Aho and Corasick 1975, over words instead of letters).
type automaton struct {
	words map[string]int32 // word to number, from 1
	next  map[edge]int32
	nodes []node
}

type edge struct{ from, word int32 }

type node struct {
	fail    int32
	exit    int32   // nearest suffix that ends a phrase, 0 for none
	depth   int32   // words from the root
	entries []int32 // what ends here
}

func newAutomaton() *automaton {
	return &automaton{words: map[string]int32{}, next: map[edge]int32{}, nodes: make([]node, 1)}
}

// add makes entry end where keys end.
func (a *automaton) add(keys []string, entry int32) {
	at := int32(0)
	for _, k := range keys {
		w, ok := a.words[k]
		if !ok {
			w = int32(len(a.words) + 1)
			a.words[k] = w
		}
		to, ok := a.next[edge{at, w}]
		if !ok {
			to = int32(len(a.nodes))
			a.nodes = append(a.nodes, node{depth: a.nodes[at].depth + 1})
			a.next[edge{at, w}] = to
		}
		at = to
	}
	a.nodes[at].entries = append(a.nodes[at].entries, entry)
}

// finish sets the links by which a failed match goes on with its longest
// suffix, level by level.
func (a *automaton) finish() {
	type step struct {
		edge
		to int32
	}
	var levels [][]step
	for e, to := range a.next {
		d := int(a.nodes[to].depth) - 1
		for len(levels) <= d {
			levels = append(levels, nil)
		}
		levels[d] = append(levels[d], step{e, to})
	}
	for d, level := range levels {
		for _, s := range level {
			if d == 0 {
				continue // fails to the root
			}
			at := a.nodes[s.from].fail
			to := a.step(at, s.word)
			a.nodes[s.to].fail = to
			if len(a.nodes[to].entries) > 0 {
				a.nodes[s.to].exit = to
			} else {
				a.nodes[s.to].exit = a.nodes[to].exit
			}
		}
	}
}

// step goes on from a state with a word; every failure shortens what is held,
// so a whole stream takes at most twice its length in steps.
func (a *automaton) step(at, w int32) int32 {
	for {
		if to, ok := a.next[edge{at, w}]; ok {
			return to
		}
		if at == 0 {
			return 0
		}
		at = a.nodes[at].fail
	}
}

// scan calls found for every phrase in the stream: its entry and the indexes
// of its first word and of the word after its last.
func (a *automaton) scan(ws []word, found func(entry int32, from, to int)) {
	at := int32(0)
	for i, w := range ws {
		if w.breaks {
			at = 0
			continue
		}
		at = a.step(at, a.words[w.key]) // unknown words are number 0, on no edge
		for n := at; n != 0; n = a.nodes[n].exit {
			for _, e := range a.nodes[n].entries {
				found(e, i+1-int(a.nodes[n].depth), i+1)
			}
		}
	}
}
