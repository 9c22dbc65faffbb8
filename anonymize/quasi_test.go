// SPDX-License-Identifier: Apache-2.0

package anonymize_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// tellsNothing are those whose codes say nothing of the sector of who did the work.
const tellsNothing = `st:any st:unknown st:carer-or-family st:child-or-young-person st:community-member-or-public st:decision-makers st:journalist-media st:parent-or-guardian
st:patient st:patient-representative st:patients-and-carers st:person-at-risk st:professionals st:public-and-communities st:seldom-heard-group-member`

// Trial row I8: what a sector implies is closed with it. Each of the built-in codes of
// people either says nothing of the sector, or goes wherever it stands.
func TestClosedSectorClosesItsStaff(t *testing.T) {
	scheme := 0
	for _, s := range vocabulary.Default().Schemes() {
		if s.Prefix() != "st" {
			continue
		}
		for c := range s.Concepts() {
			scheme++
			code := model.Code(c.ID())
			e := agreed("e1", "p1", "We asked people first.")
			e.Parties[0].Sector = "se:academia"
			e.Stakeholders = []model.Stakeholder{{Group: code}, {Group: "st:patient"}}
			e.Steps = []model.Step{{Text: model.Text{Value: "Asked"}, Method: model.Coded{Code: "me:survey", AssignedBy: model.ByEditor}, Actor: code}}
			e.Outcomes = []model.Outcome{{Text: model.Text{Value: "Heard"}, Direction: "positive", Beneficiary: code}}
			e.Criteria = []model.Criterion{{Text: model.Text{Value: "Being heard"}, DefinedBy: []model.Code{code}}}
			r := one(t, anonymizer(t, nil), e).Record
			told, err := json.Marshal(r.Published())
			require.NoError(t, err)
			c := r.Published()
			require.Equal(t, []model.Code{code, code, code, code}, []model.Code{c.Steps[0].Actor, c.Stakeholders[0].Group, c.Outcomes[0].Beneficiary, c.Criteria[0].DefinedBy[0]})
			closed, err := r.Coarsen(map[string]string{vocabulary.Sector: "se:any"}, func(_, _, _ string) bool { return true })
			require.NoError(t, err)
			line, err := json.Marshal(closed.Published())
			require.NoError(t, err)
			keeps := strings.Contains(string(line), `"`+string(code)+`"`)
			require.Equal(t, strings.Contains(" "+strings.Join(strings.Fields(tellsNothing), " ")+" ", " "+string(code)+" "), keeps, string(code))
			again, err := json.Marshal(r.Published())
			require.NoError(t, err)
			require.Equal(t, string(told), string(again), "the record itself is as it was")
		}
	}
	require.Greater(t, scheme, 20)
}

// Trial row I8 too: what is told more coarsely is told so in every field that tells it. A
// setting and the sector of who worked there are one fact, a budget and the band of the
// money that was spent another; other resources have bands of their own.
func TestCoarserValuesReachEveryField(t *testing.T) {
	e := agreed("e1", "p1", "We asked people first.")
	e.Parties[0].Sector, e.Context.Setting = "se:academia", "se:academia"
	e.Resources = []model.Resource{
		{Type: "money", Text: model.Text{Value: "Tea and travel"}, Band: "mb:b"},
		{Type: "time", Text: model.Text{Value: "Two mornings"}, Band: "eb:days"},
	}
	r := one(t, anonymizer(t, nil), e).Record
	was := r.Published()
	require.Equal(t, model.Code("se:academia"), was.Setting)
	require.Len(t, was.Resources, 2)
	require.Equal(t, was.Resources[0].Band, was.Budget)
	wider := func(_, _, _ string) bool { return true }

	closed, err := r.Coarsen(map[string]string{vocabulary.Sector: "se:any", vocabulary.MoneyBand: "mb:any"}, wider)
	require.NoError(t, err)
	now := closed.Published()
	require.Empty(t, now.Setting, "it tells the sector that is no longer told")
	require.Equal(t, model.Code("mb:any"), now.Budget)
	require.Equal(t, model.Code("mb:any"), now.Resources[0].Band, "it tells the budget")
	require.Equal(t, was.Resources[1].Band, now.Resources[1].Band, "time is no money")

	kept, err := r.Coarsen(map[string]string{vocabulary.Sector: "se:academia+se:industry"}, wider)
	require.NoError(t, err)
	require.Equal(t, model.Code("se:academia"), kept.Published().Setting, "a setting that is among the sectors told tells no more")
}
