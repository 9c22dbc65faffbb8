// SPDX-License-Identifier: Apache-2.0

package anonymize_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// What an agreement closes by a field of its own stays closed in an example that is
// public otherwise, and no such field opens what no public source covers.
func TestFieldsOfPublicExamples(t *testing.T) {
	for _, row := range []struct {
		reason               string
		covers               []string
		fields               map[string]model.Level
		published, countable bool
	}{
		{"covered", []string{"lessons"}, nil, true, true},
		{"not covered", []string{"title"}, nil, false, true},
		{"covered, and closed", []string{"lessons"}, map[string]model.Level{"lessons": model.Withheld}, false, false},
		{"not covered, and closed", []string{"title"}, map[string]model.Level{"lessons": model.Withheld}, false, false},
		{"not covered, and open", []string{"title"}, map[string]model.Level{"lessons": model.Public}, false, true},
	} {
		e := agreed("e1", "p1", "We asked people first.")
		byName(e, model.Public)
		e.Agreements[0].Fields = row.fields
		e.PublicRefs = []model.PublicRef{{Type: "report", Title: "A made-up report", Covers: row.covers}}
		r := one(t, anonymizer(t, nil), e).Record
		require.Equal(t, row.published, len(r.Published().Lessons) > 0, row.reason)
		require.Equal(t, row.countable, len(r.Countable().Lessons) > 0, row.reason)
	}
}

// Where sentences are not published, codes are, and what is no more than a sentence is
// gone.
func TestWithoutSentencesCodesStay(t *testing.T) {
	said := func(s string) model.Text { return model.Text{Value: model.Raw(s)} }
	coded := func(code model.Code) model.Coded { return model.Coded{Code: code, AssignedBy: model.ByEditor} }
	e := agreed("e1", "p1")
	e.Challenges = []model.Challenge{{Coded: coded("ch:seldom-heard")}, {Coded: model.Coded{AsWritten: "hard to say"}}}
	e.Objectives = []model.Objective{{Coded: coded("ob:safety")}, {Coded: model.Coded{AsWritten: "hard to say"}}}
	e.Situations = []model.Coded{coded("si:low-budget"), {AsWritten: "hard to say"}}
	e.Steps = []model.Step{{Text: said("We asked."), Method: coded("me:survey")}, {Text: said("We sat.")}}
	e.Resources = []model.Resource{{Type: "people", Text: said("two of us"), Band: "ps:small"}, {Type: "skill", Text: said("patience")}}
	e.Criteria = []model.Criterion{{Text: said("heard"), DefinedBy: []model.Code{"st:patient"}}, {Text: said("seen"), Met: "yes"}, {Text: said("felt")}}
	e.Adoption.GettingStarted = []model.Text{said("Begin small."), said("Ask early.")}
	r := one(t, anonymizer(t, nil), e).Record
	require.Len(t, r.Countable().GettingStarted, 2)
	c := r.Published()
	require.Empty(t, c.Texts())
	require.Empty(t, c.GettingStarted, "how many sentences there were says nothing")
	require.Equal(t, []anonymize.Statement{{Code: "ch:seldom-heard", Accepted: true}}, c.Challenges)
	require.Equal(t, []anonymize.Statement{{Code: "ob:safety", Accepted: true}}, c.Objectives)
	require.Equal(t, []anonymize.Statement{{Code: "si:low-budget", Accepted: true}}, c.Situations)
	require.Len(t, c.Steps, 1)
	require.Equal(t, model.Code("me:survey"), c.Steps[0].Method)
	require.Len(t, c.Resources, 1)
	require.Equal(t, model.Code("ps:small"), c.Resources[0].Band)
	require.Equal(t, []anonymize.Criterion{{DefinedBy: []model.Code{"st:patient"}}, {Met: "yes"}}, c.Criteria)
	require.Len(t, r.Countable().Steps, 2, "the record itself is whole")
}

// A place is told as a region of the vocabulary, by any of its labels, or by its
// country; a place that is no region tells nothing.
func TestRegions(t *testing.T) {
	n := 0
	for c := range vocabulary.Default().Scheme(vocabulary.Region).Concepts() {
		for _, label := range append(c.AltLabels(vocabulary.DefaultLang), c.PrefLabel(vocabulary.DefaultLang)) {
			n++
			require.Equal(t, model.Code(c.ID()), anonymize.Region(model.Context{Region: model.Raw(" " + label)}), label)
		}
		if iso := c.Notation("iso3166"); iso != "" {
			require.Equal(t, model.Code(c.ID()), anonymize.Region(model.Context{Jurisdiction: iso, Region: "Wexmoor"}), iso)
		}
	}
	require.Greater(t, n, 10)
	require.Empty(t, anonymize.Region(model.Context{Region: "Wexmoor"}))
	require.Empty(t, anonymize.Region(model.Context{}))
}

// Words that few have in common show who copied; words that many have, such as a
// form's own, do not. The border is told by CommonShingle.
func TestCommonWordsAreNoCopy(t *testing.T) {
	const words = "In the spring we asked everybody who came to the clinic what had helped them most and wrote all of it down on cards that we kept for the summer."
	for _, n := range []int{2, anonymize.CommonShingle, anonymize.CommonShingle + 1} {
		var all []*model.Example
		for i := range n {
			all = append(all, agreed(fmt.Sprint("e", i), fmt.Sprint("p", i), words))
		}
		require.Equal(t, n <= anonymize.CommonShingle, len(anonymize.LookAlikes(all, nil)) > 0, "%d examples", n)
	}
}

// Of a licence in words of one's own nothing is told beside no name; well-known ones are.
func TestLicencesOfOnesOwn(t *testing.T) {
	for licence, told := range map[string]bool{
		"MIT": true, "CC-BY-4.0": true, "OGL-UK-3.0": true, "Apache-2.0": true,
		"Wexmoor": false, "Wexmoor-1.0": false, "CC-Wexmoor": false, "CC-Wexmoor-4.0": false, "CC-BY-Wexmoor": false,
	} {
		e := agreed("e1", "p1", "We asked people first.")
		e.Resources = []model.Resource{{Type: "tool", Text: model.Text{Value: "a leaflet"}, Licence: licence}}
		require.Equal(t, told, one(t, anonymizer(t, nil), e).Record.Countable().Resources[0].Licence != "", licence)
	}
}

// A code of one's own vocabulary that is made of a declared name is closed, and it is
// said that one was; an example that tells no year has none.
func TestCodesMadeOfNames(t *testing.T) {
	for code, kept := range map[model.Code]bool{"ta:wexmoor": false, "ta:sleep": true} {
		e := agreed("e1", "p1", "We asked people first.")
		e.Parties[0].Identities = []model.Identity{{Type: "organisation", Name: "Wexmoor"}}
		e.TherapyAreas = []model.Coded{{Code: code, AssignedBy: model.ByContributor}}
		r := one(t, anonymizer(t, nil), e)
		require.Equal(t, kept, strings.Contains(fmt.Sprint(r.Record.Countable().TherapyAreas), string(code)), string(code))
		require.Equal(t, kept, len(r.Log.Reasons) == 0, string(code))
		require.Empty(t, r.Record.Countable().Year)
	}
}

// What the check looks for prints as numbers.
func TestLeakInputPrintsNumbers(t *testing.T) {
	in := anonymize.LeakInput{Secrets: []recognize.Declared{{Kind: recognize.Org, Name: "Hexworthy"}}, Originals: []string{"Okafor", "Brennan"}}
	require.Equal(t, "[leak input: 1 secrets, 2 originals]", fmt.Sprintf("%v", in))
}
