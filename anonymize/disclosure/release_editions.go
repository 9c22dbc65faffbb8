// SPDX-License-Identifier: Apache-2.0

package disclosure

import (
	"bytes"
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/anonymize/disclosure/recode"
)

// keepEarlier finds the records that earlier editions published, with the labels
// they have there, and returns the indices of those never published.
func (b *builder) keepEarlier() (fresh []int) {
	earlier, ever := b.cfg.Ledger.classesSoFar(b.cfg.Told)
	b.small = countMembers(b.lastRead(earlier)) < fewClasses*b.cfg.K
	at := map[string]int{}
	for i, r := range b.plain {
		at[r.ID()] = i
	}
	for _, class := range earlier {
		b.keepClass(class, at)
	}
	for i, r := range b.plain {
		if !ever[r.ID()] {
			fresh = append(fresh, i)
		}
	}
	return fresh
}

// lastRead are those whose lines readers had in the last edition, as far as it is known:
// whether a collection is small hangs on what is printed. Did it hang on who waits, too,
// what is printed would tell that somebody does.
func (b *builder) lastRead(earlier []earlierClass) (members []LedgerMember) {
	for _, class := range earlier {
		members = append(members, class.Members...)
	}
	for _, lines := range slices.Backward(b.cfg.Editions) {
		narrower := false
		for id := range lines {
			narrower = narrower || b.cfg.Narrower[id]
		}
		if !narrower {
			return slices.DeleteFunc(members, func(m LedgerMember) bool { return lines[m.ID] == nil })
		}
	}
	return members
}

// keepClass keeps a class of earlier editions, or so much of it that those who
// are gone from it, and those who are left, are none or K each: the K of the
// strictest among them.
func (b *builder) keepClass(class earlierClass, at map[string]int) {
	need := func(members []LedgerMember) int {
		k := b.cfg.K
		for _, m := range members {
			k = max(k, m.K)
			if i, present := at[m.ID]; present && b.plain[i].K() <= class.K {
				k = max(k, b.plain[i].K())
			}
		}
		return k
	}
	here, gone, changed := b.hereAndGone(class, at)
	keep := here
	if class.count(class.Members) < need(class.Members) {
		keep = nil
	} else if len(gone) > 0 {
		keep = b.leaveOut(class, here, gone, need, b.chances(here, at))
	}
	var kept []int
	for _, m := range keep {
		kept = append(kept, at[m.ID])
	}
	// Whose a record is may have been corrected since.
	if !b.diverse(kept) || b.contributors(kept) < need(keep) {
		keep = nil
	}
	stays := map[string]bool{}
	for _, m := range keep {
		b.label[m.ID], stays[m.ID] = class.Labels, true
	}
	for _, m := range class.Members {
		if i, present := at[m.ID]; present && !stays[m.ID] {
			b.drop(b.plain[i], DroppedEdition)
		}
	}
	b.freeze(class, keep, changed, need, func(m LedgerMember) bool {
		i := at[m.ID]
		return covers(b.hierarchies(), b.quasi[i], class.Labels)
	})
}

// hereAndGone tells apart who of a class may stand in it again and who is gone from it,
// and of the first what was printed of those who say something else now.
func (b *builder) hereAndGone(class earlierClass, at map[string]int) (here, gone []LedgerMember, changed map[string][]byte) {
	changed = map[string][]byte{}
	for _, m := range class.Members {
		i, present := at[m.ID]
		if !present || len(class.Labels) != len(b.names) || b.plain[i].K() > max(b.cfg.K, class.K) {
			gone = append(gone, m)
			continue
		}
		same, line := b.reads(i, class.Labels)
		if !same && line == nil {
			gone = append(gone, m)
			continue
		}
		here = append(here, m)
		if !same {
			changed[m.ID] = line
		}
	}
	return here, gone, changed
}

// contributors counts who is behind plain records today.
func (b *builder) contributors(records []int) int {
	sets := make([][]string, len(records))
	for j, i := range records {
		sets[j] = holdingNames(b.plain[i])
	}
	return anonymize.Independent(sets)
}

// freeze prints those of a class as before who say something else now, but for
// so many that they, and those who read as before, are none or K each.
func (b *builder) freeze(class earlierClass, keep []LedgerMember, changed map[string][]byte, need func([]LedgerMember) int, fits func(LedgerMember) bool) {
	var now, before []LedgerMember
	for _, m := range keep {
		if changed[m.ID] != nil && fits(m) {
			now = append(now, m)
		} else {
			before = append(before, m)
		}
	}
	if len(before) > 0 {
		for len(now) > 0 && class.count(before) < need(before) {
			before, now = append(before, now[len(now)-1]), now[:len(now)-1]
		}
	}
	if class.count(now) < need(now) {
		before = keep
	}
	for _, m := range before {
		if line := changed[m.ID]; line != nil {
			b.frozen[m.ID] = line
		}
	}
	if len(before) < len(keep) || slices.ContainsFunc(keep, func(m LedgerMember) bool { return b.cfg.Narrower[m.ID] }) {
		b.lives = append(b.lives, life{class, keep, changed, need})
	}
}

// life is a class of earlier editions of which some say something else now, or were
// printed for fewer readers.
type life struct {
	class   earlierClass
	members []LedgerMember
	printed map[string][]byte // what was printed of those who do, by id
	need    func([]LedgerMember) int
}

// parts reports whether readers would see fewer of the class change, or stay as they are,
// than these ask for.
func (l life) parts(changes func(id string) bool) bool {
	var now, before []LedgerMember
	for _, m := range l.members {
		if changes(m.ID) {
			now = append(now, m)
		} else {
			before = append(before, m)
		}
	}
	few := func(some []LedgerMember) bool { return len(some) > 0 && l.class.count(some) < l.need(some) }
	return few(now) || len(now) > 0 && few(before)
}

// reads reports whether a record reads as the last edition printed it. Where it
// does not, line is what was printed, if that closes nothing that has been
// closed since.
func (b *builder) reads(i int, labels []string) (same bool, line []byte) {
	covered := covers(b.hierarchies(), b.quasi[i], labels)
	printed := b.cfg.Printed[b.plain[i].ID()]
	if printed == nil {
		return covered, nil
	}
	now, err := json.Marshal(b.plain[i])
	if err != nil {
		return false, nil
	}
	if covered {
		coarse, err := b.coarse(i, labels)
		if err != nil {
			return false, nil
		}
		line, err := json.Marshal(coarse)
		if err == nil && bytes.Equal(line, printed) {
			return true, nil
		}
	}
	if b.cfg.Narrower[b.plain[i].ID()] {
		return false, nil
	}
	var was, is map[string]json.RawMessage
	if json.Unmarshal(printed, &was) != nil || json.Unmarshal(now, &is) != nil || !bytes.Equal(was["level"], is["level"]) {
		return false, nil
	}
	for name := range was {
		if _, open := is[name]; !open {
			return false, nil
		}
	}
	return false, printed
}

// diverse reports whether a class of earlier records has the diversity that is
// asked for now.
func (b *builder) diverse(class []int) bool {
	names := b.sensitiveNames()
	for _, d := range b.cfg.Diversity {
		var values []string
		for _, i := range class {
			values = append(values, b.sensitive[i][slices.Index(names, d.Column)])
		}
		if !d.Met(values) {
			return false
		}
	}
	return true
}

// covers reports whether each label is the value or one of its broader ones.
func covers(hs []*recode.Hierarchy, values, labels []string) bool {
	for c, h := range hs {
		if !broader(h, values[c], labels[c]) {
			return false
		}
	}
	return true
}

func broader(h *recode.Hierarchy, from, to string) bool {
	for l := range h.Height() {
		if g, ok := h.Generalize(from, l); ok && (g == to || g == recode.Suppressed && to == recode.Missing) {
			return true
		}
	}
	return false
}

// holdBack drops the newcomers of the classes in conflict or, where there are
// none, the classes, and reports whether there were any. It is needed where
// newcomers come to read like an earlier class whose records ask for more than
// they can offer each other.
func (b *builder) holdBack(refused *ConflictError) bool {
	bad := map[string]bool{}
	for _, c := range refused.Conflicts {
		bad[c.Item] = true
	}
	return b.dropBad(bad, true) || b.dropBad(bad, false)
}

func (b *builder) dropBad(bad map[string]bool, newcomers bool) bool {
	dropped := false
	for _, r := range b.plain {
		labels := b.label[r.ID()]
		if labels == nil || newcomers && !b.fresh[r.ID()] {
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

// earlierClass are records that read alike, and that readers of all editions have
// seen come, change and go together.
type earlierClass struct {
	K       int
	Members []LedgerMember // as in the last edition that published them
	Labels  []string
	first   map[string]LedgerMember // by id, as in the first edition that published them
}

// count is how many contributors stand behind members of a class, as the first and
// as the last edition has it, whichever are fewer: whose a record is may have been
// corrected in between, and readers saw both.
func (c earlierClass) count(members []LedgerMember) int {
	first := make([]LedgerMember, len(members))
	for i, m := range members {
		first[i] = c.first[m.ID]
	}
	return min(countMembers(members), countMembers(first))
}

// classesSoFar returns the classes of everything that was ever published, those
// that are gone included, and the ids of all records in them. Those of a class
// who joined, were left out, changed or came back in different editions are
// classes of their own: whoever subtracts one edition from another sees them
// apart. told says how readers saw their lines change, by id.
func (l *Ledger) classesSoFar(told map[string]string) (classes []earlierClass, ever map[string]bool) {
	ever = map[string]bool{}
	if l == nil {
		return nil, ever
	}
	type life struct {
		strictest int    // that it was printed under
		seen      []byte // the entries in which it stands
		labels    []string

		first, last LedgerMember
	}
	lives := map[string]*life{}
	for n, e := range l.entries {
		for _, it := range e.Items {
			for _, m := range it.Members {
				x := lives[m.ID]
				if x == nil {
					x = &life{first: m}
					lives[m.ID], ever[m.ID] = x, true
				}
				x.strictest, x.labels, x.last = max(x.strictest, cmp.Or(m.K, it.K)), it.Labels, m
				x.seen = strconv.AppendInt(append(x.seen, ','), int64(n), 10)
			}
		}
	}
	by := map[string]*earlierClass{}
	for _, id := range slices.Sorted(maps.Keys(lives)) {
		x := lives[id]
		key := strings.Join(append(slices.Clone(x.labels), string(x.seen), told[id]), "\x00")
		c := by[key]
		if c == nil {
			c = &earlierClass{Labels: x.labels, first: map[string]LedgerMember{}}
			by[key] = c
		}
		x.last.K = x.strictest
		c.K, c.Members = max(c.K, x.strictest), append(c.Members, x.last)
		c.first[id] = x.first
	}
	for _, key := range slices.Sorted(maps.Keys(by)) {
		classes = append(classes, *by[key])
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
