// SPDX-License-Identifier: Apache-2.0

package disclosure

import (
	"maps"
	"slices"
)

// keepEarlier finds the records that the last edition published, with the
// labels they have there, and returns the indices of those never published. A
// record whose class lost a member, or that would now say something else, is
// dropped with its whole class.
func (b *builder) keepEarlier() (fresh []int) {
	earlier, ever := b.cfg.Ledger.classesSoFar()
	at := map[string]int{}
	for i, r := range b.plain {
		at[r.ID()] = i
	}
	hs := b.hierarchies()
	for _, class := range earlier {
		whole := countMembers(class.Members) >= max(b.cfg.K, class.K)
		var kept []int
		for _, m := range class.Members {
			i, here := at[m.ID]
			whole = whole && here && len(class.Labels) == len(hs) && covers(hs, b.quasi[i], class.Labels) &&
				b.plain[i].K() <= max(b.cfg.K, class.K)
			kept = append(kept, i)
		}
		whole = whole && b.diverse(kept)
		for _, m := range class.Members {
			if i, here := at[m.ID]; here && whole {
				b.label[m.ID] = class.Labels
			} else if here {
				b.drop(b.plain[i], DroppedEdition)
			}
		}
	}
	dropped := map[string]bool{}
	for _, d := range b.rel.Dropped {
		dropped[d.ID] = true
	}
	for i, r := range b.plain {
		switch {
		case b.label[r.ID()] != nil:
		case !ever[r.ID()]:
			fresh = append(fresh, i)
		case !dropped[r.ID()]:
			b.drop(r, DroppedEdition)
		}
	}
	return fresh
}

// diverse reports whether a class of earlier records has the diversity that is
// asked for now.
func (b *builder) diverse(class []int) bool {
	names := b.sensitiveNames()
	for _, d := range b.cfg.Diversity {
		n := map[string]int{}
		for _, i := range class {
			n[b.sensitive[i][slices.Index(names, d.Column)]]++
		}
		delete(n, Missing)
		var counts []int
		for _, v := range slices.Sorted(maps.Keys(n)) {
			counts = append(counts, n[v])
		}
		if diversity(counts, d.Entropy) < d.L-1e-9 {
			return false
		}
	}
	return true
}

// covers reports whether each label is the value or one of its broader ones.
func covers(hs []*Hierarchy, values, labels []string) bool {
	for c, h := range hs {
		if !broader(h, values[c], labels[c]) {
			return false
		}
	}
	return true
}

func broader(h *Hierarchy, from, to string) bool {
	for l := range h.Height() {
		if g, ok := h.Generalize(from, l); ok && (g == to || g == Suppressed && to == Missing) {
			return true
		}
	}
	return false
}

// holdBack drops the newcomers of the classes in conflict, and reports whether
// there were any. It is needed where newcomers come to read like an earlier
// class whose records ask for more than they can offer each other.
func (b *builder) holdBack(refused *ConflictError) bool {
	bad := map[string]bool{}
	for _, c := range refused.Conflicts {
		bad[c.Item] = true
	}
	dropped := false
	for _, r := range b.plain {
		labels := b.label[r.ID()]
		if labels == nil || !b.fresh[r.ID()] {
			continue
		}
		if bad[classKey(b.cfg.Key, published(labels))] {
			delete(b.label, r.ID())
			b.drop(r, DroppedEdition)
			dropped = true
		}
	}
	return dropped
}

// earlierClass is a class of the last edition that had records.
type earlierClass struct {
	LedgerItem
	Labels []string
}

// classesSoFar returns the classes of the last edition that published records,
// and every record ever published.
func (l *Ledger) classesSoFar() (classes []earlierClass, ever map[string]bool) {
	ever = map[string]bool{}
	if l == nil {
		return nil, ever
	}
	for _, e := range l.entries {
		var now []earlierClass
		for _, it := range e.Items {
			for _, m := range it.Members {
				ever[m.ID] = true
			}
			if it.Members != nil {
				now = append(now, earlierClass{it, it.Labels})
			}
		}
		if now != nil {
			classes = now
		}
	}
	return classes, ever
}

// withdrawnOf is the set of commitments that withdrew.
func (l *Ledger) withdrawnOf() map[string]bool {
	out := map[string]bool{}
	if l != nil {
		for _, e := range l.entries {
			maps.Copy(out, toSet(e.Withdrawn))
		}
	}
	return out
}

func toSet(list []string) map[string]bool {
	out := make(map[string]bool, len(list))
	for _, x := range list {
		out[x] = true
	}
	return out
}
