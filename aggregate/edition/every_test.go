// SPDX-License-Identifier: Apache-2.0

package edition_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/aggregate/edition"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/model"
)

// All collections of up to seven contributors with three fields of two values each,
// and of each all single changes: one joins, one leaves, one says something else. No
// reader of both editions can tell who. k is 3, the least there is, so that seven
// have something to show. Those that SHAREDPRACTICE_LARGE asks for, such as 0:300000
// for every one; 20 at random without.
func TestEverySmallCollection(t *testing.T) {
	const most, values = 7, 8
	said := func(ref string, v int) row {
		pick := func(bit int, zero, one model.Code) model.Code {
			if v>>bit&1 == 0 {
				return zero
			}
			return one
		}
		return row{
			ref: ref, level: model.Anonymous, kind: pick(0, "ki:engagement-activity", "ki:consultation"),
			challenges: []model.Code{pick(1, "ch:seldom-heard", "ch:tokenism")}, objective: []model.Code{"ob:equity"},
			methods: []model.Code{pick(2, "me:training", "me:survey")},
		}
	}
	type life struct {
		rows   []int // what each says, ascending
		change func([]row) []row
		name   string
	}
	n, shown := 0, 0
	made := map[string]anonymize.Record{}
	recordsOf := func(rows []row) (out []anonymize.Record) {
		for _, r := range rows {
			name := fmt.Sprint(r)
			if _, known := made[name]; !known {
				made[name] = records(t, model.Everyone, []row{r})[0]
			}
			out = append(out, made[name])
		}
		return out
	}
	// Collections follow one another by their rows, so that the last is all to keep.
	var before []row
	var store *edition.Memory
	publish := func(store *edition.Memory, rows []row, name string) *edition.Press {
		p, err := edition.Open(t.Context(), store, secret, edition.Config{Now: today, Audience: model.Everyone, K: aggregate.Floor})
		require.NoError(t, err)
		e, err := p.Publish(t.Context(), recordsOf(rows))
		require.NoError(t, err, name)
		shown += len(e.Release.Behind)
		return p
	}
	looked := func(p *edition.Press, name string) {
		gives, err := intrude(t.Context(), p)
		require.NoError(t, err)
		require.Empty(t, gives, name)
	}
	try := func(l life) {
		var rows []row
		for i, v := range l.rows {
			rows = append(rows, said(fmt.Sprint("r", i), v))
		}
		if store == nil || !reflect.DeepEqual(rows, before) {
			before, store = rows, &edition.Memory{}
			looked(publish(store, rows, fmt.Sprint(l.rows)), fmt.Sprint(l.rows))
		}
		name := fmt.Sprintf("%v: %s", l.rows, l.name)
		looked(publish(edition.Copy(store), l.change(slices.Clone(rows)), name), name)
		n++
	}
	var all []life
	var collect func(rows []int)
	collect = func(rows []int) {
		for v := range values {
			all = append(all, life{rows, func(x []row) []row { return append(x, said("new", v)) }, fmt.Sprint(v, " joins")})
		}
		for i, was := range rows {
			if i > 0 && rows[i-1] == was {
				continue // as the one before
			}
			all = append(all, life{rows, func(x []row) []row { return slices.Delete(x, i, i+1) }, fmt.Sprint(was, " leaves")})
			for v := range values {
				if v != was {
					all = append(all, life{rows, func(x []row) []row { x[i] = said(x[i].ref, v); return x }, fmt.Sprint(was, " says ", v)})
				}
			}
		}
		if len(rows) == most {
			return
		}
		least := 0
		if len(rows) > 0 {
			least = rows[len(rows)-1]
		}
		for v := least; v < values; v++ {
			collect(append(slices.Clone(rows), v))
		}
	}
	collect(nil)
	whole := len(all)
	if first, asked := span(t); asked > 0 {
		all = all[min(first, whole):min(first+asked, whole)]
	} else {
		r := rand.New(rand.NewPCG(7, 3))
		r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		all = all[:20]
	}
	for _, l := range all {
		try(l)
	}
	require.Positive(t, shown)
	t.Logf("%d single changes of %d", n, whole)
}
