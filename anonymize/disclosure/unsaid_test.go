// SPDX-License-Identifier: Apache-2.0

package disclosure_test

import (
	"bytes"
	"cmp"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/anonymize/disclosure"
	"github.com/sharedpractice/sharedpractice/model"
)

// A nested field is one that says something of a member of a list: how it is written, what
// most say there, and what one alone says.
type nestedField struct {
	name      string
	set       func(e *model.Example, v model.Code)
	most, odd model.Code
}

func nestedFields() []nestedField {
	return []nestedField{
		{`"actor"`, func(e *model.Example, v model.Code) { e.Steps[0].Actor = v }, "st:nurse", "st:volunteer"},
		{`"effort"`, func(e *model.Example, v model.Code) { e.Steps[0].Effort = v }, "eb:days", "eb:weeks"},
		{`"addresses"`, func(e *model.Example, v model.Code) {
			if e.Steps[0].Addresses = nil; v != "" {
				e.Steps[0].Addresses = []model.Code{v}
			}
		}, "ch:jargon", "ch:trust"},
		{`"month"`, func(e *model.Example, v model.Code) {
			e.Steps[0].Month = map[model.Code]int{"": 0, "most": 2, "odd": 7}[v]
		}, "most", "odd"},
		{`"basis"`, func(e *model.Example, v model.Code) { e.Challenges[0].Basis = string(v) }, "experienced", "perceived"},
		{`"level":"lv:`, func(e *model.Example, v model.Code) { e.Stakeholders[0].Level = v }, "lv:consult", "lv:co-design"},
		{`"beneficiary"`, func(e *model.Example, v model.Code) { e.Outcomes[0].Beneficiary = v }, "st:patient", "st:nurse"},
		{`"met"`, func(e *model.Example, v model.Code) { e.Criteria[0].Met = string(v) }, "yes", "partly"},
	}
}

// nested makes records of one example each, with a step, a challenge, a group of people, an
// outcome and a criterion.
func nested(t *testing.T, n int, set func(i int, e *model.Example)) []anonymize.Record {
	t.Helper()
	var examples []*model.Example
	for i := range n {
		ref, by := fmt.Sprint("p", i), model.ByContributor
		e := &model.Example{
			ID: fmt.Sprint("e", i), Kind: "ki:engagement-activity", Title: model.Text{Value: "Made up"},
			Parties:      []model.Party{{Ref: ref, Role: "contributor", Holding: "holding-" + ref, Type: "ot:charity"}},
			Challenges:   []model.Challenge{{Coded: model.Coded{Code: "ch:jargon", AssignedBy: by}}},
			Stakeholders: []model.Stakeholder{{Group: "st:patient"}},
			Steps: []model.Step{
				{Text: model.Text{Value: "We did it."}, Method: model.Coded{Code: "me:survey", AssignedBy: by}},
				{Text: model.Text{Value: "And again."}, Method: model.Coded{Code: "me:training", AssignedBy: by}},
			},
			Outcomes: []model.Outcome{{Text: model.Text{Value: "It went well."}, Direction: "positive"}},
			Criteria: []model.Criterion{{Text: model.Text{Value: "People came."}, DefinedBy: []model.Code{"st:patient"}}},
			Agreements: []model.Agreement{{
				Schema: model.AgreementSchema, ID: "a" + ref, Party: ref, Level: model.Anonymous, Audience: model.Everyone, Consent: model.Consent{Status: "given"},
				Uses: model.Uses{model.UseAggregate: true, model.UseGuidance: true},
			}},
		}
		set(i, e)
		examples = append(examples, e)
	}
	return recordsOf(t, examples)
}

// Where a line lost what was said of a step, a challenge or another member of a list, and
// fewer of its class than are asked for say nothing there of themselves, no line says it:
// the only step of thirty without an actor was that of the one whose actor nobody else told.
func TestNoneIsAloneByWhatIsSaidOfAStep(t *testing.T) {
	fields := nestedFields()
	if testing.Short() {
		fields = fields[:2]
	}
	for _, field := range fields {
		for _, c := range []struct {
			name   string
			odd    bool
			silent int // who say nothing of themselves
			want   int // lines that say it
		}{
			{"all say the same", false, 0, 30},
			{"some say nothing", false, 4, 26},
			{"one says what nobody else does", true, 0, 0},
			{"beside four who say nothing", true, 4, 0},
			{"beside five who say nothing", true, 5, 24},
		} {
			records := nested(t, 30, func(i int, e *model.Example) {
				switch {
				case c.odd && i == 17:
					field.set(e, field.odd)
				case i >= c.silent:
					field.set(e, field.most)
				}
			})
			r, err := disclosure.NewRelease(t.Context(), records, disclosure.ReleaseConfig{Key: testKey(t), Edition: "e1", K: 5})
			require.NoError(t, err)
			require.Len(t, r.Behind, 30)
			says := 0
			for line := range bytes.Lines(r.Proof.Release) {
				if bytes.Contains(line, []byte(field.name)) {
					says++
				}
			}
			require.Equal(t, c.want, says, "%s: %s", field.name, c.name)
			require.Equal(t, 30, bytes.Count(r.Proof.Release, []byte("me:training")), "%s: %s: what all say stays", field.name, c.name)
		}
	}
}

// The same goes for whole lists, but for those that say what an example is about: no line
// would tell these.
func TestNoneIsAloneByAnEmptyList(t *testing.T) {
	by := model.ByContributor
	for _, list := range []struct {
		name      string
		set       func(e *model.Example, v model.Code)
		most, odd model.Code
		kept      bool
	}{
		{`"stakeholders"`, func(e *model.Example, v model.Code) { e.Stakeholders = []model.Stakeholder{{Group: v}} }, "st:patient", "st:volunteer", false},
		{`"situations"`, func(e *model.Example, v model.Code) {
			e.Situations = []model.Coded{{Code: v, AssignedBy: by}}
		}, "si:rural", "si:urban", false},
		{`"outcomes"`, func(e *model.Example, v model.Code) {
			e.Outcomes = []model.Outcome{{Text: model.Text{Value: "It went."}, Direction: string(v)}}
		}, "positive", "negative", false},
		{`"lessons"`, func(e *model.Example, v model.Code) {
			e.Lessons = []model.Lesson{{Text: model.Text{Value: "We learned."}, Kind: string(v)}}
		}, "worked", "surprise", false},
		{`"challenges"`, func(e *model.Example, v model.Code) {
			e.Challenges = []model.Challenge{{Coded: model.Coded{Code: v, AssignedBy: by}}}
		}, "ch:jargon", "ch:trust", true},
	} {
		for _, c := range []struct {
			name   string
			odd    bool
			silent int
			want   int
		}{
			{"all say the same", false, 0, 30},
			{"one says what nobody else does", true, 0, 0},
			{"beside four who say nothing", true, 4, 0},
			{"beside five who say nothing", true, 5, 24},
		} {
			records := nested(t, 30, func(i int, e *model.Example) {
				e.Challenges, e.Stakeholders, e.Outcomes = nil, nil, nil
				switch {
				case c.odd && i == 17:
					list.set(e, list.odd)
				case i >= c.silent:
					list.set(e, list.most)
				}
			})
			r, err := disclosure.NewRelease(t.Context(), records, disclosure.ReleaseConfig{Key: testKey(t), Edition: "e1", K: 5})
			require.NoError(t, err)
			require.Len(t, r.Behind, 30)
			want := c.want
			if list.kept && want == 0 {
				want = 29 - c.silent
			}
			require.Equal(t, want, bytes.Count(r.Proof.Release, []byte(list.name)), "%s: %s", list.name, c.name)
		}
	}
}

// What is left of a list is found in what it was of, though members of it are gone and others
// have the same head: it is one of two surveys that lost its actor.
func TestMembersAreFoundAgain(t *testing.T) {
	for _, c := range []struct {
		name  string
		steps []model.Step // of one of thirty
		want  int          // lines that tell an actor
	}{
		{"as the others", []model.Step{{Method: model.Coded{Code: "me:survey"}, Actor: "st:nurse"}}, 30},
		{"a step is gone before it", []model.Step{{Method: model.Coded{Code: "me:outreach"}, Actor: "st:volunteer"}, {Method: model.Coded{Code: "me:survey"}, Actor: "st:nurse"}}, 30},
		{"the second survey lost it", []model.Step{{Method: model.Coded{Code: "me:survey"}, Actor: "st:nurse"}, {Method: model.Coded{Code: "me:survey"}, Actor: "st:volunteer"}}, 0},
		{"the first survey lost it", []model.Step{{Method: model.Coded{Code: "me:survey"}, Actor: "st:volunteer"}, {Method: model.Coded{Code: "me:survey"}, Actor: "st:nurse"}}, 0},
	} {
		records := nested(t, 30, func(i int, e *model.Example) {
			e.Steps = []model.Step{{Method: model.Coded{Code: "me:survey"}, Actor: "st:nurse"}}
			if i == 17 {
				e.Steps = c.steps
			}
			for j := range e.Steps {
				e.Steps[j].Method.AssignedBy, e.Steps[j].Text.Value = model.ByContributor, model.Raw(cmp.Or("We did it.", string(e.Steps[j].Text.Value)))
			}
		})
		r, err := disclosure.NewRelease(t.Context(), records, disclosure.ReleaseConfig{Key: testKey(t), Edition: "e1", K: 5})
		require.NoError(t, err)
		says := 0
		for line := range bytes.Lines(r.Proof.Release) {
			if bytes.Contains(line, []byte(`"actor"`)) {
				says++
			}
		}
		require.Equal(t, c.want, says, c.name)
		require.NotContains(t, string(r.Proof.Release), "st:volunteer", c.name)
	}
}
