// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/aggregate/edition"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/examples/internal/collect"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/wordtable"
)

// What one change costs others in a collection of 24: whoever joins, leaves, says yes
// or no, or changes, at most four other contributors lose lines, and a fifth of
// the statements; of one whose agreement asks for more than five, as many as it asks
// for less one. SHAREDPRACTICE_ROWS names other rows, of which the first 24 are taken.
//
// Some tell of several examples, whose lines go together where otherwise more contributors
// would lose theirs with the next who leaves.
func TestWhatOneChangeCosts(t *testing.T) {
	t.Parallel()
	all := ofOneTopic(t)
	if name := os.Getenv("SHAREDPRACTICE_ROWS"); name != "" {
		all = readExamples(t, name)
	}
	o, err := parse([]string{"-now", "2026-11-28"})
	require.NoError(t, err)
	_, err = readAccounts(t.Context(), all, o)
	require.NoError(t, err)
	rows, waiting := all[:24], all[24:]
	step := 8
	if os.Getenv("SHAREDPRACTICE_LARGE") != "" || os.Getenv("SHAREDPRACTICE_ROWS") != "" {
		step = 1
	}
	l := &changing{t: t, o: o, store: &edition.Memory{}, first: rows}
	before := l.publish("first", rows)
	without := func(i int) []model.Example { return slices.Delete(slices.Clone(rows), i, i+1) }
	with := func(i int, change func(*model.Example)) []model.Example {
		out := slices.Clone(rows)
		e := out[i]
		e.Agreements = slices.Clone(e.Agreements)
		change(&e)
		out[i] = e
		return out
	}
	for i := 0; i < len(rows); i += step {
		l.costs(fmt.Sprint("one left: ", i), before, without(i), i)
		l.costs(fmt.Sprint("one says no: ", i), before, with(i, func(e *model.Example) {
			for j := range e.Agreements {
				e.Agreements[j].Consent.Status = "withdrawn"
			}
		}), i)
		l.costs(fmt.Sprint("one changed: ", i), before, with(i, func(e *model.Example) {
			e.Challenges, e.Objectives = rows[(i+7)%len(rows)].Challenges, rows[(i+7)%len(rows)].Objectives
			e.Steps = e.Steps[:max(0, len(e.Steps)-1)]
		}), i)
		l.costs(fmt.Sprint("one closed to counts: ", i), before, with(i, func(e *model.Example) {
			for j := range e.Agreements {
				e.Agreements[j].Level = model.Aggregate
			}
		}), i)
		l.costs(fmt.Sprint("one of more level: ", i), before, with(i, func(e *model.Example) {
			for j := range e.Agreements {
				e.Agreements[j].Level = model.Anonymous
			}
		}), i)
	}
	for n := 1; n <= min(5, len(waiting)); n++ {
		l.costs(fmt.Sprint("joined: ", n), before, append(slices.Clone(rows), waiting[:n]...), -1)
	}
	reversed := slices.Clone(rows)
	slices.Reverse(reversed)
	l.costs("sorted", before, reversed, -1)
	l.said()
	require.LessOrEqual(t, l.mostOthers, 4)
	if os.Getenv("SHAREDPRACTICE_ROWS") == "" {
		require.LessOrEqual(t, l.mostLines, 6)
	}
	require.LessOrEqual(t, l.mostPercent, 20)
	// Several who leave at once hide each other.
	for _, n := range []int{2, 3, 5, 8} {
		l.rows = nil
		lost := l.costs(fmt.Sprint("left at once: ", n), before, rows[n:], -1)
		l.said()
		require.LessOrEqual(t, lost, 4*n, "no more than one by one")
	}
}

// One after another leaves a collection of 24, each before another edition. Every one
// takes four others along: whoever subtracts one edition from the next must not see
// fewer than five go. The first two who take anybody along take no more; later
// fewer than ten may be left that read alike, and all of these go, since fewer than five
// would be left. One who asks for more than five takes as many along as it asks for, less
// one.
func TestOneAfterAnotherLeaves(t *testing.T) {
	t.Parallel()
	all := ofOneTopic(t)
	if name := os.Getenv("SHAREDPRACTICE_ROWS"); name != "" {
		all = readExamples(t, name)
	}
	o, err := parse([]string{"-now", "2026-11-28"})
	require.NoError(t, err)
	_, err = readAccounts(t.Context(), all, o)
	require.NoError(t, err)
	rows := all[:24]
	l := &changing{t: t, o: o, store: &edition.Memory{}}
	last := l.publish("first", rows).Release.Behind
	strictest, took := o.k, 0
	for _, e := range rows {
		strictest = max(strictest, asks(e, o.k))
	}
	for n := range 8 {
		at := n * 2 % len(rows)
		most := strictest + o.k - 1
		if took < 2 {
			most = asks(rows[at], o.k)
		}
		rows = slices.Delete(slices.Clone(rows), at, at+1)
		now := l.publish(fmt.Sprint(n+1, " left"), rows).Release.Behind
		gone := slices.DeleteFunc(slices.Clone(last), func(r anonymize.Record) bool {
			return slices.ContainsFunc(now, func(is anonymize.Record) bool { return is.ID() == r.ID() })
		})
		require.LessOrEqual(t, aggregate.Independent(gone), most)
		if len(gone) > 0 {
			took++
		}
		last = now
	}
	if len(all) >= 29 {
		l.publish("five joined", append(slices.Clone(rows), all[24:29]...))
	}
}

// asks is the k that an example asks for.
func asks(e model.Example, k int) int {
	for _, g := range e.Agreements {
		k = max(k, g.K)
	}
	return k
}

// changing is a collection that changes.
type changing struct {
	t                      *testing.T
	o                      options
	store                  edition.Store
	mostLines, mostPercent int
	mostOthers             int // contributors who lost a line
	rows                   []string
	first                  []model.Example
}

func (l *changing) records(rows []model.Example) []anonymize.Record {
	results, err := anonymize.All(l.t.Context(), l.o.anonymizer(sampleSecret), collect.Sequence(rows))
	require.NoError(l.t, err)
	return anonymize.Records(results)
}

func (l *changing) press() *edition.Press {
	p, err := edition.Open(l.t.Context(), l.store, sampleSecret, edition.Config{Now: l.o.now, Audience: l.o.audience, K: l.o.k, Embedder: wordtable.Default()})
	require.NoError(l.t, err)
	return p
}

func (l *changing) publish(name string, rows []model.Example) *edition.Edition {
	return l.publishRecords(name, l.records(rows))
}

func (l *changing) publishRecords(name string, records []anonymize.Record) *edition.Edition {
	e, err := l.press().Publish(l.t.Context(), records)
	require.NoError(l.t, err)
	l.t.Logf("%s: %d records, %d lines, %d topics, %d statements, %d frozen, %d and %d held back", name, len(records), len(e.Release.Behind), len(e.Collection.Topics), statementsOf(e.Collection), e.Held.Frozen, e.Held.Items, e.Held.Records)
	return e
}

// costs makes a draft of what the rows are now. Lines of the one who changed are its own.
func (l *changing) costs(name string, before *edition.Edition, rows []model.Example, own int) int {
	most := l.o.k
	if changed := strings.Split(name, ": "); len(changed) == 2 {
		if i, err := strconv.Atoi(changed[1]); err == nil && strings.HasPrefix(name, "one ") {
			most = asks(l.first[i], l.o.k)
		}
	}
	var its []anonymize.Record
	if own >= 0 { // its own lines are its own
		its = l.records(l.first[own : own+1])
	}
	_, lost := l.costsOf(name, before, l.records(rows), its, most)
	return lost
}

// costsOf makes a draft of some records; its are those of the one who changed, who asks
// to be one of most.
func (l *changing) costsOf(name string, before *edition.Edition, records, its []anonymize.Record, most int) (e *edition.Edition, lost int) {
	e, err := l.press().Draft(l.t.Context(), records)
	require.NoError(l.t, err, name)
	lines := map[string]bool{}
	for _, r := range e.Release.Behind {
		lines[r.ID()] = true
	}
	there := map[string]bool{}
	for _, r := range records {
		there[r.ID()] = true
	}
	for _, r := range its {
		there[r.ID()] = false
	}
	var gone []anonymize.Record
	for _, r := range before.Release.Behind {
		if !lines[r.ID()] && there[r.ID()] {
			gone = append(gone, r)
		}
	}
	now := map[string]anonymize.Record{} // whose they are may have been corrected
	for _, r := range records {
		now[r.ID()] = r
	}
	for i, r := range gone {
		if is, still := now[r.ID()]; still {
			gone[i] = is
		}
	}
	gone = slices.DeleteFunc(gone, func(r anonymize.Record) bool {
		return slices.ContainsFunc(its, func(own anonymize.Record) bool {
			return slices.ContainsFunc(r.Holdings(), func(h anonymize.Holding) bool { return slices.Contains(own.Holdings(), h) })
		})
	})
	lost = len(gone)
	others := aggregate.Independent(gone)
	was, is := statementsOf(before.Collection), statementsOf(e.Collection)
	percent := 0
	if was > 0 {
		percent = max(0, 100*(was-is)/was)
	}
	l.mostLines, l.mostOthers, l.mostPercent = max(l.mostLines, lost-(most-l.o.k)), max(l.mostOthers, others-(most-l.o.k)), max(l.mostPercent, percent)
	l.rows = append(l.rows, fmt.Sprintf("%-24s %2d of %2d lines lost, of %d others, %2d -> %2d statements, %d -> %d topics", name, lost, len(before.Release.Behind), others, was, is, len(before.Collection.Topics), len(e.Collection.Topics)))
	return e, lost
}

func (l *changing) said() {
	l.t.Logf("at most %d lines of %d others, %d %% of the statements\n%s", l.mostLines, l.mostOthers, l.mostPercent, strings.Join(l.rows, "\n"))
}
