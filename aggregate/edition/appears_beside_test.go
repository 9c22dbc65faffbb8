// SPDX-License-Identifier: Apache-2.0

package edition_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate/edition"
	"github.com/sharedpractice/sharedpractice/model"
)

// Whatever appears is held against all editions that its readers may have read: members
// read those for everyone too. Of ten who are counted only, so many come to tell of jargon
// before each edition; four told of it in the one before, so that whoever knows of one who
// said something else since knows what.
func TestWhatAppearsBesideEveryEdition(t *testing.T) {
	const everyone, members = model.Everyone, model.Members
	for _, c := range []struct {
		name    string
		readers []model.Audience
		say     []int // who come to tell of jargon before each
		others  []int // and who come to tell of remuneration
		appears bool
		reason  string
	}{
		{"one group of readers", []model.Audience{everyone, everyone}, []int{4, 1}, []int{0, 0}, false, ""},
		{"one says so and four something else", []model.Audience{everyone, everyone}, []int{4, 1}, []int{0, 4}, true, "five have changed"},
		{"members, everyone, members", []model.Audience{members, everyone, members}, []int{1, 3, 1}, []int{0, 0, 1}, false, "two have changed since the public one"},
		{"and enough since the public one", []model.Audience{members, everyone, members}, []int{1, 3, 1}, []int{0, 2, 4}, true, "five have changed since each"},
		{"members, everyone", []model.Audience{members, everyone}, []int{4, 1}, []int{0, 0}, false, "members read both"},
		{"everyone, members, everyone", []model.Audience{everyone, members, everyone}, []int{1, 3, 1}, []int{0, 2, 1}, false, "two have changed since the members' one"},
		{"where that showed nothing new", []model.Audience{everyone, members, everyone}, []int{1, 3, 1}, []int{0, 0, 1}, true, "members do not know how many had told of it by then"},
		{"as the public one told", []model.Audience{members, everyone, members}, []int{1, 5, 0}, []int{0, 0, 0}, true, "members have read it there"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var rows []row
			add := func(n int, level model.Level, says model.Code) {
				for range n {
					rows = append(rows, row{
						ref: fmt.Sprintf("r%02d", len(rows)), level: level, kind: "ki:engagement-activity",
						challenges: []model.Code{says}, objective: []model.Code{"ob:equity"}, methods: []model.Code{"me:survey"},
					})
				}
			}
			add(16, model.Aggregate, "ch:tokenism")
			add(20, model.Anonymous, "ch:tokenism")
			store, intruder, next := &edition.Memory{}, &reader{t: t, k: 5}, 0
			told := false
			for i, readers := range c.readers {
				say := func(n int, what model.Code) {
					for ; n > 0; n, next = n-1, next+1 {
						rows[next].challenges = []model.Code{what}
					}
				}
				say(c.say[i], "ch:jargon")
				say(c.others[i], "ch:remuneration")
				p, err := edition.Open(t.Context(), store, secret, edition.Config{Now: today, Audience: readers, K: 5})
				require.NoError(t, err)
				e, err := p.Publish(t.Context(), records(t, readers, rows))
				require.NoError(t, err)
				intruder.read(fmt.Sprint(i, readers), p, e)
				told = false
				for _, x := range e.Collection.Challenges {
					told = told || x.Code == "ch:jargon"
				}
			}
			require.Equal(t, c.appears, told, c.reason)
		})
	}
}

// Groups of what nobody coded are held against those of editions for other readers, where
// there is none for these yet: of twelve whom members read of one is for members only, and
// what would tell so is left out. An edition for everyone could not be made at all.
func TestProposalsBesideOtherReaders(t *testing.T) {
	for only, want := range map[int]int{1: 0, 5: 1} {
		var rows []row
		for i := range 24 {
			x := row{ref: fmt.Sprintf("r%02d", i), level: model.Anonymous, kind: "ki:engagement-activity", challenges: []model.Code{"ch:tokenism"}, objective: []model.Code{"ob:equity"}, methods: []model.Code{"me:survey"}}
			if i < 12 {
				x.challenges, x.says = []model.Code{""}, "The parking at the clinic costs too much for visitors"
				x.membersOnly = i < only
			}
			rows = append(rows, x)
		}
		store, intruder := &edition.Memory{}, &reader{t: t, k: 5}
		for _, readers := range []model.Audience{model.Members, model.Everyone} {
			p, err := edition.Open(t.Context(), store, secret, edition.Config{Now: today, Audience: readers, K: 5})
			require.NoError(t, err)
			e, err := p.Publish(t.Context(), records(t, readers, rows))
			require.NoError(t, err)
			intruder.read(fmt.Sprint(only, readers), p, e)
			if readers == model.Members {
				require.Len(t, e.Collection.Proposed, 1)
			} else {
				require.Len(t, e.Collection.Proposed, want, "%d are for members only", only)
			}
		}
	}
}

// Groups of what nobody coded are printed as they were only while fewer than the threshold
// of those behind any are gone: no word of theirs is printed any more then.
func TestProposalsOfWhoLeft(t *testing.T) {
	for leave, want := range map[int]int{4: 1, 6: 0} {
		var rows []row
		for i := range 30 {
			x := row{ref: fmt.Sprintf("r%02d", i), level: model.Anonymous, kind: "ki:engagement-activity", challenges: []model.Code{"ch:tokenism"}, objective: []model.Code{"ob:equity"}, methods: []model.Code{"me:survey"}}
			if i < 12 || i == 29 {
				x.challenges, x.says = []model.Code{""}, "The parking at the clinic costs too much for visitors"
			}
			rows = append(rows, x)
		}
		store, intruder := &edition.Memory{}, &reader{t: t, k: 5}
		for i, now := range [][]row{rows[:29], rows[leave:]} {
			p := pressOf(t, store)
			e, err := p.Publish(t.Context(), records(t, model.Everyone, now))
			require.NoError(t, err)
			intruder.read(fmt.Sprint(leave, " left ", i), p, e)
			if i == 0 {
				require.Len(t, e.Collection.Proposed, 1)
			} else {
				require.Len(t, e.Collection.Proposed, want, "%d left and one joined", leave)
			}
		}
	}
}
