// SPDX-License-Identifier: Apache-2.0

package edition_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate/edition"
	"github.com/sharedpractice/sharedpractice/model"
)

// A number that is told as a bound is held against the lines that tell the same, too:
// "at least 5 of 7" beside lines of which four say so shows that one of three others
// says something else now than its line, which is printed as it was.
func TestBoundBesideFrozenLines(t *testing.T) {
	for _, c := range []struct{ k, of int }{{0, 12}, {0, 7}, {6, 7}} {
		k := c.k
		var rows []row
		for i := range 21 {
			x := row{ref: fmt.Sprintf("r%02d", i), level: model.Anonymous, kind: "ki:engagement-activity", says: "the same few do everything", challenges: []model.Code{"ch:burden"}, objective: []model.Code{"ob:equity"}, methods: []model.Code{"me:training"}}
			if i < 4+k/6 {
				x.challenges = []model.Code{"ch:seldom-heard"}
			}
			if i >= c.of {
				x.objective, x.challenges = []model.Code{"ob:partnership"}, []model.Code{"ch:tokenism"}
			}
			rows = append(rows, x)
		}
		for i := range 3 { // are counted only, and so few that no number tells of them
			x := rows[i]
			x.ref, x.level, x.k = fmt.Sprintf("c%02d", i), model.Aggregate, 0
			rows = append(rows, x)
		}
		if rows[0].k = k; k > 0 { // and five others, or it is in no edition
			for i := 16; i < 21; i++ {
				rows[i].k = k
			}
		}
		store := &edition.Memory{}
		publish := func(rows []row) *edition.Edition {
			p := pressOf(t, store)
			e, err := p.Publish(t.Context(), records(t, model.Everyone, rows))
			require.NoError(t, err)
			return e
		}
		publish(rows)
		changed := slices.Clone(rows)
		changed[6].challenges = []model.Code{"ch:seldom-heard"}
		e := publish(changed)
		lines := 0
		told := linesOf(e)
		for id, line := range e.Release.Frozen {
			told[id] = string(line)
		}
		for _, line := range told {
			if has := codesOf(line); has["ch-seldom-heard"] && has["ob-equity"] {
				lines++
			}
		}
		for _, topic := range e.Collection.Topics {
			for _, s := range topic.Statements {
				if topic.ID == "ob-equity" && s.ID == "challenge.ch-seldom-heard" {
					require.LessOrEqual(t, s.Examples, lines, "k %d: at least %d of %d say what %d lines say", k, s.Examples, s.Of, lines)
				}
			}
		}
	}
}

// Of five whom members saw change, three say something else in the next edition for
// everyone, and two lose there what too few tell: members know that these two would have
// lost it anyway. They hide nobody: all five stand as everyone read them last, until five
// say something else.
func TestWhoOnlyLosesHidesNobody(t *testing.T) {
	for changed := 3; changed <= 5; changed++ {
		var rows []row
		for i := range 25 {
			x := row{
				ref: fmt.Sprintf("r%02d", i), level: model.Anonymous, kind: "ki:engagement-activity", membersOnly: i >= 15,
				challenges: []model.Code{"ch:tokenism"}, objective: []model.Code{"ob:equity"}, methods: []model.Code{"me:survey", "me:training", "me:co-production"},
			}
			if i < 5 {
				x.methods = x.methods[:1]
			}
			if i >= 15 {
				x.methods = []model.Code{"me:survey", "me:roundtable"}
			}
			rows = append(rows, x)
		}
		store, intruder := &edition.Memory{}, &reader{t: t, k: 5}
		publish := func(readers model.Audience) (said []string) {
			p, err := edition.Open(t.Context(), store, secret, edition.Config{Now: today, Audience: readers, K: 5})
			require.NoError(t, err)
			e, err := p.Publish(t.Context(), records(t, readers, rows))
			require.NoError(t, err)
			intruder.read(fmt.Sprint(changed, " changed, ", readers), p, e)
			for _, r := range records(t, readers, rows[:5]) {
				line := codesOf(intruder.releases[len(intruder.releases)-1][r.ID()])
				for _, m := range []string{"me-survey", "me-training", "me-co-production"} {
					if line[m] {
						said = append(said, m)
					}
				}
			}
			return said
		}
		first := publish(model.Everyone)
		require.Equal(t, slices.Repeat([]string{"me-survey"}, 5), first)
		for i := range 5 {
			rows[i].methods = []model.Code{"me:training"}
			if i >= 3 {
				rows[i].methods = []model.Code{"me:training", "me:roundtable"}
			}
		}
		require.Equal(t, slices.Repeat([]string{"me-training"}, 5), publish(model.Members))
		for i := range changed {
			rows[i].methods = []model.Code{"me:co-production"}
		}
		now := publish(model.Everyone)
		if changed < 5 {
			require.Equal(t, first, now)
		} else {
			require.Equal(t, slices.Repeat([]string{"me-co-production"}, 5), now)
		}
	}
}
