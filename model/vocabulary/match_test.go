// SPDX-License-Identifier: Apache-2.0

package vocabulary_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

func matcher(tb testing.TB) *vocabulary.Matcher {
	tb.Helper()
	m, err := vocabulary.NewMatcher(vocabulary.MatcherConfig{})
	require.NoError(tb, err)
	return m
}

// found says the matches as "id=phrase", or "id!phrase" where negated.
func found(tb testing.TB, m *vocabulary.Matcher, s string) []string {
	tb.Helper()
	ms, err := m.Match(s)
	require.NoError(tb, err)
	var out []string
	for _, x := range ms {
		mark := "="
		if x.Negated {
			mark = "!"
		}
		out = append(out, x.Concept+mark+s[x.Start:x.End])
	}
	return out
}

// TestMatch reads sentences as contributors write them (made up). want lists
// what must be found, never what must not: both exactly on what is given.
func TestMatch(t *testing.T) {
	m := matcher(t)
	for _, row := range []struct {
		reason, text string
		want, never  []string
	}{
		{"plain challenge", "Patients felt it was a tick-box exercise.", []string{"ch:tokenism=tick-box exercise"}, nil},
		{"space for hyphen", "It was a tick box exercise.", []string{"ch:tokenism=tick box exercise"}, nil},
		{"capitals", "TOKENISM was a worry.", []string{"ch:tokenism=TOKENISM"}, nil},
		{"noun of the label", "We wanted to get beyond tokenism.", []string{"ch:tokenism=tokenism"}, nil},
		{"plural in the text", "There were conflicts of interest.", []string{"ch:independence=conflicts of interest"}, nil},
		{"singular in the text", "We met a language barrier.", []string{"ch:language-culture=language barrier"}, nil},
		{"no-break space", "They lacked\u00a0confidence.", []string{"ch:patient-preparation=lacked\u00a0confidence"}, nil},
		{"full-width letters", "ｔｏｋｅｎｉｓｍ", []string{"ch:tokenism=ｔｏｋｅｎｉｓｍ"}, nil},
		{"zero-width characters", "to\u200bken\u200bism", []string{"ch:tokenism=to\u200bken\u200bism"}, nil},
		{"soft hyphen", "token\u00adism", []string{"ch:tokenism=token\u00adism"}, nil},
		{"curly apostrophe", "We didn’t know how to engage: they don’t know how to engage.", []string{"ch:staff-skills=don’t know how to engage"}, nil},
		{"line break in wrapped prose", "The group had a lack of\ntrust in us.", []string{"ch:trust=lack of\ntrust"}, nil},
		{"longest first", "Closing the feedback loop took months.", []string{"ch:feedback-loop=Closing the feedback loop"}, []string{"ch:feedback-loop=feedback loop"}},
		{"two challenges", "A lack of time and a lack of funding.", []string{"ch:time=lack of time", "ch:funding=lack of funding"}, nil},
		{"representativeness", "The same faces came to every meeting.", []string{"ch:representativeness=same faces"}, nil},
		{"seldom heard", "We never reach seldom-heard groups.", []string{"ch:seldom-heard=seldom-heard groups"}, nil},
		{"hard to reach", "so-called hard-to-reach groups", []string{"ch:seldom-heard=hard-to-reach groups"}, nil},
		{"recruitment", "We struggled to recruit younger people.", []string{"ch:recruitment=struggled to recruit"}, nil},
		{"retention", "Half of the members dropped out.", []string{"ch:retention=members dropped out"}, nil},
		{"late", "Patients were involved too late.", []string{"ch:late-involvement=involved too late"}, nil},
		{"purpose", "There was no shared purpose.", []string{"ch:unclear-purpose=no shared purpose"}, nil},
		{"own no is no negation", "There was no budget at all.", []string{"ch:funding=no budget", "si:low-budget=no budget"}, nil},
		{"roles", "We had no terms of reference.", []string{"ch:unclear-roles=no terms of reference"}, nil},
		{"power", "Dominant voices took over; power imbalance.", []string{"ch:power-imbalance=Dominant voices", "ch:power-imbalance=power imbalance"}, nil},
		{"attitudes", "Consultants were sceptical.", []string{"ch:staff-attitudes=sceptical"}, nil},
		{"leadership", "Lack of senior buy-in delayed us.", []string{"ch:leadership=Lack of senior buy-in"}, nil},
		{"culture", "Involvement is ad hoc and depends on individuals.", []string{"ch:culture=ad hoc", "ch:culture=depends on individuals"}, nil},
		{"remuneration", "Members were out of pocket.", []string{"ch:remuneration=out of pocket"}, nil},
		{"jargon", "The papers were full of jargon and acronyms.", []string{"ch:jargon=jargon", "ch:jargon=acronyms"}, nil},
		{"digital", "Older members were digitally excluded.", []string{"ch:digital-exclusion=digitally excluded"}, nil},
		{"no influence", "The report was gathering dust; nothing changed.", []string{"ch:no-influence=gathering dust", "ch:no-influence=nothing changed"}, nil},
		{"impact", "It was hard to measure, and there was no baseline.", []string{"ch:measuring-impact=hard to measure", "ch:measuring-impact=no baseline"}, nil},
		{"contracting", "The red tape wore everyone out.", []string{"ch:contracting=red tape"}, nil},
		{"confidentiality", "Data protection rules stopped us.", []string{"ch:confidentiality=Data protection"}, nil},
		{"spread", "Practice is patchy across the county.", []string{"ch:spread=patchy"}, nil},
		{"restart", "The group lapsed and we are rebuilding it post-pandemic.", []string{"ch:restart=lapsed", "ch:restart=post-pandemic"}, nil},
		{"complex system", "Families struggled to navigate the system.", []string{"ch:complex-system=navigate the system"}, nil},
		{"recognition", "Volunteers felt undervalued.", []string{"ch:recognition=undervalued"}, nil},
		{"burden", "Volunteer fatigue and burnout set in.", []string{"ch:burden=Volunteer fatigue", "ch:burden=burnout"}, nil},
		{"fatigue", "People complained of survey fatigue.", []string{"ch:consultation-fatigue=survey fatigue"}, nil},
		{"drop-off", "App abandonment was high; drop-off from the programme too.", []string{"ch:programme-dropoff=App abandonment", "ch:programme-dropoff=drop-off from the programme"}, nil},

		{"negated", "There was no lack of trust.", []string{"ch:trust!lack of trust"}, []string{"ch:trust=lack of trust"}},
		{"negated with a word between", "It was not a tick-box exercise.", []string{"ch:tokenism!tick-box exercise"}, nil},
		{"without", "All without jargon.", []string{"ch:jargon!jargon"}, nil},
		{"not only is no negation", "It was not only tokenism.", []string{"ch:tokenism=tokenism"}, nil},
		{"negation ends with the sentence", "We did not. Tokenism followed.", []string{"ch:tokenism=Tokenism"}, nil},
		{"negation ends at a comma", "Not yet, mistrust first.", []string{"ch:trust=mistrust"}, nil},

		{"objective by verb", "We set out to raise awareness of asthma.", []string{"ob:awareness=raise awareness", "ta:respiratory=asthma"}, nil},
		{"shared decisions", "Supporting shared decision-making in clinic.", []string{"ob:shared-decisions=shared decision-making"}, nil},
		{"co-design joined", "The leaflet was codesigned, a true codesign.", []string{"ob:co-design=codesign"}, nil},
		{"co-design spaced", "A co design project.", []string{"ob:co-design=co design"}, nil},
		{"American spelling", "A patient support program for people with behavior problems and personalized care plan.", []string{"ob:shared-decisions=personalized care plan"}, nil},
		{"-ize", "stigmatizing letters", []string{"si:stigma=stigmatizing"}, nil},
		{"equity", "Tackling health inequalities in deprived areas.", []string{"ob:equity=health inequalities", "ob:equity=deprived areas"}, nil},
		{"safety", "After several safety incidents.", []string{"ob:safety=safety incidents"}, nil},
		{"priority setting", "We ranked them in a priority setting exercise.", []string{"ob:set-priorities=priority setting"}, nil},
		{"capacity", "Capacity building for small charities.", []string{"ob:capacity=Capacity building"}, nil},
		{"set up a group", "This is how to set up a PPG.", []string{"ob:establish-group=set up a PPG", "si:new-group=set up a PPG", "me:participation-group=PPG"}, nil},
		{"phrase with commas", "Collecting, analysing and using patient feedback.", []string{"ob:feedback-systems=Collecting, analysing and using patient feedback"}, nil},
		{"a comma breaks other phrases", "They lack of, trust me, everything.", nil, []string{"ch:trust=lack of, trust"}},
		{"a full stop breaks phrases", "There was a lack. Of trust we say nothing.", nil, []string{"ch:trust=lack. Of trust"}},
		{"a bullet breaks phrases", "- lack of\n\n- trust", nil, []string{"ch:trust=lack of\n\n- trust"}},
		{"a slash breaks phrases", "lack of/trust", nil, []string{"ch:trust=lack of/trust"}},

		{"method", "We ran three focus groups and a survey.", []string{"me:focus-group=focus groups", "me:survey=survey"}, nil},
		{"workshop series", "We ran a series of workshops.", []string{"me:workshop-series=ran a series of workshops"}, nil},
		{"buddy scheme", "A buddy scheme for new groups.", []string{"me:buddy-scheme=buddy scheme"}, nil},
		{"micro-volunteering", "Micro-volunteering let busy people help.", []string{"me:micro-volunteering=Micro-volunteering"}, nil},
		{"closing the loop", "You said, we did boards in each clinic.", []string{"me:closing-loop=You said, we did"}, nil},
		{"decentralise", "We decided on decentralising decision-making.", []string{"me:decentralised-decisions=decentralising decision-making"}, nil},
		{"toolkit", "The toolkit is free to use.", []string{"me:toolkit=toolkit"}, nil},
		{"jury with apostrophe", "A citizens' jury met twice.", []string{"me:deliberative=citizens' jury"}, nil},
		{"jury with curly apostrophe", "A citizens’ jury met twice.", []string{"me:deliberative=citizens’ jury"}, nil},
		{"Delphi", "a two-round Delphi", []string{"me:priority-setting=Delphi"}, nil},

		{"situation rural", "in a rural area", []string{"si:rural=rural area"}, nil},
		{"situation rare", "people with an ultra-rare condition", []string{"ta:rare-disease=ultra-rare"}, nil},
		{"situation deadline", "with a tight deadline", []string{"si:urgent-timeline=tight deadline"}, nil},
		{"remote", "We met online throughout the lockdown.", []string{"si:remote-only=met online", "si:remote-only=lockdown", "si:crisis=lockdown"}, nil},

		{"therapy area by disease", "people with type 2 diabetes", []string{"ta:diabetes-endocrine-metabolic=type 2 diabetes"}, []string{"ta:diabetes-endocrine-metabolic=diabetes"}},
		{"ampersand", "outside A&E", []string{"ta:urgent-emergency-care=A&E"}, nil},
		{"possessive disease", "Crohn's disease", []string{"ta:gastroenterology-hepatology=Crohn's disease"}, nil},
		{"possessive disease, curly", "Parkinson’s", []string{"ta:neurology=Parkinson’s"}, nil},
		{"colour blind is no eye clinic", "a colour blind designer", nil, []string{"ta:ophthalmology=blind"}},
		{"double-blind is no eye clinic", "a double-blind study", nil, []string{"ta:ophthalmology=blind"}},

		{"organisation", "a small biotech and two royal colleges", []string{"ot:pharmaceutical-company=biotech", "ot:professional-body-or-royal-college=royal colleges"}, nil},
		{"old bodies", "the PCTs and SHAs of the time", []string{"ot:commissioner=PCTs", "ot:regional-or-strategic-authority=SHAs"}, nil},
		{"short form with possessive", "the ICB's plan", []string{"ot:commissioner=ICB's"}, nil},
		{"lower-case short form that is no word", "our ppg met", []string{"me:participation-group=ppg", "ot:patient-participation-group=ppg"}, nil},
		{"NICE in capitals with context", "a submission to NICE for the appraisal", []string{"ot:hta-body=NICE"}, nil},
		{"nice is a word", "a nice appraisal, with guidance", nil, []string{"ot:hta-body=nice"}},
		{"link is a word", "the local link to members", nil, []string{"ot:local-healthwatch-or-equivalent=link"}},
		{"LINk with context", "Members of the LINk, the local involvement network", []string{"ot:local-healthwatch-or-equivalent=LINk"}, nil},
		{"aids is a word", "hearing aids and decision aids", []string{"me:decision-aid=decision aids"}, []string{"ta:infectious-disease-hiv=aids"}},

		{"stakeholders", "nurses, carers and young people", []string{"st:nurse=nurses", "st:carer-or-family=carers", "st:child-or-young-person=young people"}, nil},
		{"patient as attribute", "a patient safety event", nil, []string{"st:patient=patient"}},
		{"patient organisation is no patient", "two patient organisations", []string{"ot:patient-organisation=patient organisations"}, []string{"st:patient=patient"}},
		{"patient representatives", "Patient representatives spoke first.", []string{"st:patient-representative=Patient representatives"}, []string{"st:patient=Patient"}},

		{"compliance of industry", "The company's compliance colleagues asked for legal approval.", []string{"ch:compliance=compliance"}, []string{"ch:adherence=compliance"}},
		{"compliance with treatment", "Poor compliance was put down to the taste of the tablets.", []string{"ch:adherence=compliance"}, []string{"ch:compliance=compliance"}},
		{"compliance without context", "Compliance was discussed.", nil, []string{"ch:compliance=Compliance", "ch:adherence=Compliance"}},
		{"compliance in a longer phrase", "We met the compliance team.", []string{"ch:compliance=compliance team"}, nil},
		{"CAB of patients", "The CAB, a community advisory board, met two companies.", []string{"me:community-advisory-board=CAB"}, nil},
		{"CAB for debt", "She was sent to the CAB about debt and benefits.", nil, []string{"me:community-advisory-board=CAB"}},
		{"cab is a taxi", "Members came by cab to the advisory meeting.", nil, []string{"me:community-advisory-board=cab"}},
		{"PSP of priorities", "The PSP agreed its top ten research questions.", []string{"me:priority-setting=PSP"}, []string{"ta:neurology=PSP"}},
		{"PSP the disease", "People with PSP see a neurologist after falls.", []string{"ta:neurology=PSP"}, []string{"me:priority-setting=PSP"}},
		{"PSP of industry", "Nurses enrolled patients in the PSP to support adherence.", nil, []string{"me:priority-setting=PSP", "ta:neurology=PSP"}},
		{"SDM", "SDM between patients and clinicians", []string{"ob:shared-decisions=SDM"}, nil},
		{"SDM without context", "SDM is a hard topic.", nil, []string{"ob:shared-decisions=SDM"}},
		{"MS the disease", "people with MS in relapse", []string{"ta:neurology=MS"}, nil},
		{"MS the brand", "we met on MS Teams", nil, []string{"ta:neurology=MS"}},
		{"ICS the system", "across the ICS and its region", []string{"ot:regional-or-strategic-authority=ICS"}, nil},
		{"ICS the inhaler", "ICS inhaled for asthma", nil, []string{"ot:regional-or-strategic-authority=ICS"}},
		{"NDA to sign", "Members would not sign the NDA.", []string{"ch:contracting=NDA"}, nil},
		{"NDA to the agency", "the NDA to the FDA", nil, []string{"ch:contracting=NDA"}},
		{"pros and cons", "We weighed pros and cons.", nil, []string{"ob:outcome-measures=pros"}},
		{"an app", "Users of the app downloaded it twice.", []string{"me:app=app"}, nil},

		{"long-term is no lasting project", "people with long-term conditions", []string{"ta:multi-condition-long-term-conditions=long-term conditions"}, []string{"ch:sustainability=long-term"}},
		{"job interview is no method", "He had a job interview.", nil, []string{"me:interview=interview"}},
		{"GP consultation is no consultation", "after a GP consultation", nil, []string{"me:consultation=consultation"}},
		{"date of birth", "Please give your date of birth.", nil, []string{"ta:womens-health-maternity=birth"}},
		{"a surname", "Ms Champion wrote the guide (made up).", nil, []string{"me:champions=Ms Champion"}},
		{"nothing to find", "The meeting is on Tuesday at three.", nil, []string{"si:launch=Tuesday"}},
		{"parts of words", "tokenismus, untrusting, resurvey", nil, []string{"ch:tokenism=tokenism", "me:survey=survey"}},
		{"empty", "", nil, []string{"="}},
	} {
		t.Run(row.reason, func(t *testing.T) {
			got := found(t, m, row.text)
			for _, w := range row.want {
				assert.Contains(t, got, w)
			}
			for _, n := range row.never {
				assert.NotContains(t, got, n)
			}
		})
	}
}

func TestMatchLaws(t *testing.T) {
	m := matcher(t)
	s := "Half of the members dropped out — a lack of trust, they said: “nothing changed”. " +
		"We ran focus groups with carers in a rural area."
	first, err := m.Match(s)
	require.NoError(t, err)
	require.NotEmpty(t, first)
	for range 3 {
		again, err := m.Match(s)
		require.NoError(t, err)
		require.Equal(t, first, again)
	}
	for i, x := range first {
		require.True(t, 0 <= x.Start && x.Start < x.End && x.End <= len(s))
		require.True(t, 0 < x.Confidence && x.Confidence < 1)
		if i > 0 {
			require.LessOrEqual(t, first[i-1].Start, x.Start)
		}
	}
}

func TestMatchRefusesInvalidUTF8(t *testing.T) {
	_, err := matcher(t).Match("secret\xff")
	require.Error(t, err)
	require.NotContains(t, err.Error(), "secret")
}

func TestNewMatcherRefuses(t *testing.T) {
	_, err := vocabulary.NewMatcher(vocabulary.MatcherConfig{Schemes: []string{"nowhere"}})
	require.ErrorIs(t, err, vocabulary.ErrData)
	_, err = vocabulary.NewMatcher(vocabulary.MatcherConfig{Lang: "xx"})
	require.ErrorIs(t, err, vocabulary.ErrData)
}

func TestSuggest(t *testing.T) {
	m := matcher(t)
	got, err := m.Suggest("Tokenism, tokenism, tokenism. A tick-box exercise. Low turnout.", vocabulary.Challenge)
	require.NoError(t, err)
	require.Len(t, got, 2)
	require.Equal(t, "ch:tokenism", got[0].Concept, "two phrases outweigh one")
	require.Len(t, got[0].Spans, 4, "every place is shown")
	require.InDelta(t, 1-0.4*0.1, got[0].Confidence, 0.011, "a repeated phrase counts once, and 0.95 is the ceiling")
	require.Equal(t, "ch:recruitment", got[1].Concept)
	require.InDelta(t, 0.8, got[1].Confidence, 1e-9)
}

// Hostile text: the time for twice the text must not grow like its square. The
// law is checked on the number of matches and by finishing at all; the speed
// is in the benchmark.
func TestMatchHostileText(t *testing.T) {
	m := matcher(t)
	for _, unit := range []string{"lack of ", "no ", "patient ", "CAB ", "a-", "''", "lack of trust ", "compliance code "} {
		_, err := m.Match(strings.Repeat(unit, 40_000))
		require.NoError(t, err)
	}
}

func FuzzMatch(f *testing.F) {
	for _, s := range []string{"lack of trust", "no lack of trust", "CAB debt", "A&E", "tokenism\u200b", "<b>lack</b> of", "ﬁ", "co-design"} {
		f.Add(s)
	}
	m := matcher(f)
	f.Fuzz(func(t *testing.T, s string) {
		ms, err := m.Match(s)
		if err != nil {
			require.Empty(t, ms)
			return
		}
		for i, x := range ms {
			require.True(t, 0 <= x.Start && x.Start < x.End && x.End <= len(s), "offsets in bounds")
			require.True(t, 0 < x.Confidence && x.Confidence < 1, "confidence")
			_, ok := vocabulary.Default().Concept(x.Concept)
			require.True(t, ok, "known concept")
			if i > 0 {
				require.LessOrEqual(t, ms[i-1].Start, x.Start, "in order")
			}
		}
	})
}

func BenchmarkMatch(b *testing.B) {
	m := matcher(b)
	s := strings.Repeat("Half of the members dropped out after the pandemic. We ran a series of workshops with carers, "+
		"but there was a lack of trust and the report never reached the board of the hospital trust. ", 50)
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := m.Match(s); err != nil {
			b.Fatal("match failed")
		}
	}
}
