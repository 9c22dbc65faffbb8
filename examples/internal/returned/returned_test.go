// SPDX-License-Identifier: Apache-2.0

package returned

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/model"
	_ "github.com/sharedpractice/sharedpractice/model/modeltest"
)

// A yes is its party's alone; whoever else is asked is waited for, and whatever
// closes most holds.
func TestSignedSheetsFailClosed(t *testing.T) {
	log := anonymize.Log{Approval: strings.Repeat("a", 64)}
	earlier := strings.Repeat("b", 64)
	const yes, change, no, none = guidance.Agreed, guidance.WithChange, guidance.Refused, guidance.Undecided
	type agreement struct {
		required, single bool
		filed            string
	}
	asked, granted, byHand := agreement{required: true}, agreement{single: true}, agreement{required: true, filed: log.Approval}
	say := func(party string, v guidance.Verdict, by string) answer {
		return answer{SignedOff: guidance.SignedOff{Log: log, Verdict: v, By: model.Raw(by)}, party: party}
	}
	before := func(a answer) answer { a.earlier = true; return a }
	for _, row := range []struct {
		name       string
		agreements []agreement
		answers    []answer
		approved   bool // what the parties granted may be published
		open       bool // nothing waits: codes may be published
		filed      string
	}{
		{"yes of the only one", []agreement{asked}, []answer{say("p0", yes, "a")}, true, true, "0"},
		{"yes of the only one who granted its sentences", []agreement{granted}, []answer{say("p0", yes, "a")}, true, true, "0"},
		{"yes where a partner is not asked", []agreement{asked, {}}, []answer{say("p0", yes, "a")}, true, true, "0"},
		{"yes of the partner who is not asked", []agreement{asked, {}}, []answer{say("p1", yes, "a")}, false, false, "1"},
		{"yes of one of two", []agreement{asked, asked}, []answer{say("p0", yes, "a")}, false, false, "0"},
		{"yes of one of two who granted their sentences", []agreement{granted, granted}, []answer{say("p0", yes, "a")}, false, true, "0"},
		{"yes of one, sentences of another", []agreement{asked, granted}, []answer{say("p0", yes, "a")}, false, false, "0"},
		{"yes of both", []agreement{asked, asked}, []answer{say("p0", yes, "a"), say("p1", yes, "b")}, true, true, "01"},
		{"yes of both who granted their sentences", []agreement{granted, granted}, []answer{say("p1", yes, "a"), say("p0", yes, "b")}, true, true, "01"},
		{"yes of one, the other's filed by hand", []agreement{asked, byHand}, []answer{say("p0", yes, "a")}, true, true, "01"},
		{"yes of one, an earlier text of the other's filed by hand", []agreement{asked, {required: true, filed: earlier}}, []answer{say("p0", yes, "a")}, false, false, "0"},
		{"yes of one, no of the other", []agreement{asked, asked}, []answer{say("p0", yes, "a"), say("p1", no, "")}, false, false, ""},
		{"yes of both, no of a third who is not asked", []agreement{asked, asked, {}}, []answer{say("p0", yes, "a"), say("p1", yes, "b"), say("p2", no, "")}, false, false, ""},
		{"yes of both, no of nobody knows whom", []agreement{asked, asked}, []answer{say("p0", yes, "a"), say("p1", yes, "b"), say("", no, "")}, false, false, ""},
		{"yes of nobody knows whom", []agreement{asked, asked}, []answer{say("", yes, "a")}, false, false, ""},
		{"yes of all, one on a copy of the other's sheet", []agreement{asked, asked}, []answer{say("p0", yes, "a"), say("p0", yes, "b")}, false, false, ""},
		{"the same yes twice", []agreement{asked}, []answer{say("p0", yes, "a"), say("p0", yes, "A.")}, true, true, "0"},
		{"two people of the only one", []agreement{asked}, []answer{say("p0", yes, "a"), say("p0", yes, "b")}, true, true, "0"},
		{"yes and no", []agreement{asked}, []answer{say("p0", yes, "a"), say("p0", no, "a")}, false, false, ""},
		{"changes, then yes", []agreement{asked}, []answer{say("p0", change, "a"), say("p0", yes, "a")}, false, false, ""},
		{"no answer", []agreement{asked}, []answer{say("p0", none, "")}, false, false, ""},
		{"no answer where nothing is asked", []agreement{{}}, []answer{say("p0", none, "")}, false, true, ""},
		{"no to an earlier text", []agreement{granted}, []answer{before(say("p0", no, ""))}, false, false, ""},
		{"no to an earlier text, yes to this one", []agreement{asked}, []answer{before(say("p0", no, "")), say("p0", yes, "a")}, true, true, "0"},
		{"no of one to an earlier text, yes of the other", []agreement{granted, granted}, []answer{before(say("p0", no, "")), say("p1", yes, "a")}, false, false, ""},
		{"no of nobody knows whom to an earlier text, yes of both", []agreement{asked, asked}, []answer{before(say("", no, "")), say("p0", yes, "a"), say("p1", yes, "b")}, true, true, "01"},
		{"no of nobody knows whom to an earlier text, yes of one", []agreement{asked, asked}, []answer{before(say("", no, "")), say("p1", yes, "b")}, false, false, ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			e := model.Example{}
			for i, a := range row.agreements {
				ref := "p" + strconv.Itoa(i)
				e.Parties = append(e.Parties, model.Party{Ref: ref})
				e.Agreements = append(e.Agreements, model.Agreement{
					Schema: model.AgreementSchema, ID: "a" + ref, Party: ref, Level: model.Anonymous, Audience: model.Everyone, Consent: model.Consent{Status: "given"},
					Uses: model.Uses{model.UseSingleSource: a.single}, Approval: model.Approval{Required: a.required, TextSHA256: a.filed},
				})
			}
			was := slices.Clone(e.Agreements)
			f := &Filed{}
			for i := range row.answers {
				row.answers[i].file = i
				f.Files = append(f.Files, Became{})
			}
			f.put(&e, Parties([]byte("key"), e, "r"), row.answers)
			terms, err := model.Resolve(&e, time.Time{})
			require.NoError(t, err)
			require.Equal(t, row.approved, terms.NeedsApproval() && terms.Approves(log.Approval))
			require.Equal(t, row.open, terms.Approves(log.Approval))
			var filed strings.Builder
			for i, a := range e.Agreements {
				if a.Approval.TextSHA256 == log.Approval {
					filed.WriteString(strconv.Itoa(i))
				}
			}
			require.Equal(t, row.filed, filed.String())
			for i, a := range row.agreements {
				require.Equal(t, a.filed, was[i].Approval.TextSHA256, "the examples that were read stay as they are")
			}
		})
	}
}

// Codes are each party's own, another under another key, and go into a sheet.
func TestParties(t *testing.T) {
	e := model.Example{Parties: []model.Party{{Ref: "a", Role: "contributor", Identities: []model.Identity{{Name: "Wexmoor"}}}, {Ref: "b"}}, Agreements: []model.Agreement{{Party: "b", Level: model.Attributed}, {Party: "c"}}}
	parties := Parties([]byte("key"), e, "r")
	require.Len(t, parties, 3)
	require.Equal(t, Party{Ref: "a", Role: "contributor", Name: "Wexmoor", Code: parties[0].Code}, parties[0])
	require.True(t, parties[1].Asked)
	seen := map[string]bool{}
	for _, list := range [][]Party{parties, Parties([]byte("another"), e, "r"), Parties([]byte("key"), e, "s")} {
		for _, p := range list {
			require.Regexp(t, "^[a-z2-7]{7}$", p.Code)
			require.False(t, seen[p.Code])
			seen[p.Code] = true
		}
	}
	require.Equal(t, "r", SheetName("r", parties[0], 1))
	require.NotEqual(t, SheetName("r", parties[0], 3), SheetName("r", parties[1], 3))
}
