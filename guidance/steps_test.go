// SPDX-License-Identifier: Apache-2.0

package guidance_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// begunIn is a topic of steps, each begun in the months given.
func begunIn(months ...model.Code) *aggregate.Collection {
	c := made()
	c.TopicGroups, c.Topics[0].Statements = nil, nil
	for i, code := range []model.Code{"me:training", "me:interview", "me:survey", "me:outreach"}[:len(months)] {
		c.Topics[0].Statements = append(c.Topics[0].Statements, aggregate.Statement{
			ID: "step." + strings.ReplaceAll(string(code), ":", "-"), Kind: aggregate.StepStatement, Code: code, Support: by(6+i%2, 9),
			Months: []aggregate.Count{{Code: months[i], Support: by(6, 6+i%2)}},
		})
	}
	return c
}

// When most steps were begun is told once; a step that differs says so.
func TestUsualMonth(t *testing.T) {
	const once, below = "Contributors began most of these steps in the first three months", "When they began: in the first three months"
	for name, of := range map[string]struct {
		months []model.Code
		told   int // below a step
		once   bool
	}{
		"all alike":        {[]model.Code{"1-3", "1-3", "1-3"}, 0, true},
		"one later":        {[]model.Code{"1-3", "1-3", "1-3", "4-6"}, 0, true},
		"too few to say":   {[]model.Code{"1-3", "1-3"}, 2, false},
		"no month is most": {[]model.Code{"1-3", "1-3", "4-6", "4-6"}, 2, false},
	} {
		c := begunIn(of.months...)
		g, err := guidance.Build(c, topicID, guidance.Config{})
		require.NoError(t, err, name)
		steps := section(t, g, "steps")
		require.Equal(t, of.once, strings.Contains(steps, once), name)
		require.Equal(t, of.told, strings.Count(steps, below), name)
		require.Equal(t, strings.Count(strings.Join(codes(of.months), " "), "4-6"), strings.Count(steps, "in months four to six"), name)
		for _, s := range guidance.Trace(g, c) {
			require.Empty(t, s.Loose, s.Text)
		}
	}
}

func codes(of []model.Code) []string {
	var out []string
	for _, c := range of {
		out = append(out, string(c))
	}
	return out
}

// Where the answers on a step are more than its examples, the line says why.
func TestMoreAnswersThanExamples(t *testing.T) {
	c := begunIn("1-3", "4-6", "7-12")
	s := &c.Topics[0].Statements[0]
	s.Efforts = []aggregate.Count{{Code: "ef:hours", Support: by(5, 6)}, {Code: "ef:under-an-hour", Support: by(5, 6)}}
	g, err := guidance.Workshop(c, topicID, 12, guidance.Config{})
	require.NoError(t, err)
	require.Contains(t, section(t, g, "contested"), "; some told of more than one")
	s.Efforts, s.Support = []aggregate.Count{{Code: "ef:hours", Support: by(5, 12)}, {Code: "ef:under-an-hour", Support: by(6, 12)}}, by(12, 12)
	g, err = guidance.Workshop(c, topicID, 12, guidance.Config{})
	require.NoError(t, err)
	require.NotContains(t, section(t, g, "contested"), "some told of more than one")
}

// Between hearing people and answering them stands who decides: once, in every language,
// unless contributors told of something in its place, and not where nobody was heard.
func TestWhatWasHeardIsDecided(t *testing.T) {
	of := func(codes ...model.Code) *aggregate.Collection {
		c := made()
		c.TopicGroups, c.Statements, c.Topics[0].Statements = nil, nil, nil
		for _, code := range codes {
			c.Topics[0].Statements = append(c.Topics[0].Statements, aggregate.Statement{
				ID: "step." + strings.ReplaceAll(string(code), ":", "-"), Kind: aggregate.StepStatement, Code: code, Support: by(6, 9),
			})
		}
		return c
	}
	none := fstest.MapFS{"advice-for.tsv": {Data: []byte("ch:seldom-heard\tpr:thank-named\nob:equity\tpr:thank-named\n")}}
	for _, locale := range guidance.Locales() {
		for name, row := range map[string]struct {
			told []model.Code
			want bool
		}{
			"people were heard":       {[]model.Code{"me:interview"}, true},
			"in a family of ways":     {[]model.Code{"mf:discuss"}, true},
			"told in its place":       {[]model.Code{"me:interview", "me:report-recommendations"}, false},
			"nobody was heard of any": {[]model.Code{"me:reminders"}, false},
		} {
			g, err := guidance.Build(of(row.told...), topicID, guidance.Config{Locale: locale, Catalogs: none})
			require.NoError(t, err)
			ids := slotIDs(g)
			at, answer := slices.Index(ids, "step.decision"), slices.Index(ids, "step.me-closing-loop")
			require.Equal(t, row.want, at >= 0, "%s: %s: %v", locale, name, ids)
			if row.want {
				require.Less(t, slices.Index(ids, "step."+strings.ReplaceAll(string(row.told[0]), ":", "-")), at, locale)
				require.Less(t, at, answer, locale)
				require.NotContains(t, section(t, g, "steps"), "[en-GB]", locale)
			}
		}
	}
}

// A step that is the topic's aim itself is not told as if nobody had taken it.
func TestTheAimIsNoAdviceAmongOthers(t *testing.T) {
	c := made()
	c.Topics[0].Objective, c.Topics[0].Statements, c.Statements = "ob:establish-group", nil, nil
	g, err := guidance.Build(c, topicID, guidance.Config{})
	require.NoError(t, err)
	steps := section(t, g, "steps")
	require.Regexp(t, `Set up or renew a standing group[^\n]*\n\s+Every example here set out to do this;`, steps)
	require.Equal(t, 1, strings.Count(steps, "Every example here set out"))
	for _, s := range guidance.Trace(g, c) {
		require.Empty(t, s.Loose, s.Text)
	}
}

// The lowest band of a time that contributors told is none to plan a step by: it stands
// where all figures do.
func TestNoStepInLessThanAnHour(t *testing.T) {
	for _, row := range []struct {
		told []aggregate.Count
		want bool
	}{
		{[]aggregate.Count{{Code: "eb:hour", Support: by(6, 6)}}, false},
		{[]aggregate.Count{{Code: "eb:hours", Support: by(6, 6)}}, true},
		{[]aggregate.Count{{Code: "eb:hours", Support: by(5, 6)}, {Code: "eb:hour", Support: by(5, 6)}}, false},
	} {
		c := made()
		c.Topics[0].Statements = []aggregate.Statement{{ID: "step.me-payment-policy", Kind: aggregate.StepStatement, Code: "me:payment-policy", Support: by(6, 9), Efforts: row.told}}
		g, err := guidance.Build(c, topicID, guidance.Config{})
		require.NoError(t, err)
		e, err := evidenceOf(c, guidance.Config{})
		require.NoError(t, err)
		require.Equal(t, row.want, strings.Contains(section(t, g, "steps"), "How long: "))
		require.Contains(t, section(t, e, "figures"), "How long: ")
	}
}

// When a step was begun in other work is not told beside it.
func TestWhenElsewhereIsNotWhenHere(t *testing.T) {
	c := made()
	c.Topics[0].Statements = nil
	c.Statements = []aggregate.Statement{{ID: "step.me-payment-policy", Kind: aggregate.StepStatement, Code: "me:payment-policy", Support: by(20, 40), Months: []aggregate.Count{{Code: "4-6", Support: by(9, 20)}}}}
	g, err := guidance.Build(c, topicID, guidance.Config{})
	require.NoError(t, err)
	e, err := evidenceOf(c, guidance.Config{})
	require.NoError(t, err)
	require.NotContains(t, section(t, g, "steps"), "four to six")
	require.Contains(t, section(t, e, "figures"), "four to six")
}

// The steps stand at a glance before they are told: each once, in their order, and what
// contributors did on the topic itself is told apart from what they did elsewhere and from
// general advice.
func TestStepsAtAGlance(t *testing.T) {
	for _, c := range []*aggregate.Collection{made(), grouped(), begunIn("month-1", "month-1", "month-1")} {
		g, err := guidance.Build(c, topicID, guidance.Config{})
		require.NoError(t, err)
		at := slices.IndexFunc(g.Sections, func(s guidance.Section) bool { return s.ID == "glance" })
		require.Positive(t, at)
		require.Equal(t, "brief", g.Sections[at-1].ID, "what it is for, and then what to do")
		steps := slices.IndexFunc(g.Sections, func(s guidance.Section) bool { return s.ID == "steps" })
		require.Greater(t, steps, at)
		var want [][]string
		for _, b := range g.Sections[steps].Blocks {
			for _, s := range b.Steps {
				rests := "General advice"
				if s.Source == guidance.Derived {
					rests = "Contributors did this"
				}
				if _, where, elsewhere := strings.Cut(s.Seen, "this, "); elsewhere {
					rests += ", " + where
				}
				want = append(want, []string{s.Text, rests})
			}
		}
		require.GreaterOrEqual(t, len(want), 3)
		require.Equal(t, want, g.Sections[at].Blocks[0].Table.Rows)
	}
}

// What one ends up with stands at a glance without the words that lead to it below a step, however
// a catalogue puts these.
func TestGlanceSaysWhatOneGetsWithoutItsLabel(t *testing.T) {
	for _, locale := range guidance.Locales() {
		for _, own := range []fstest.MapFS{nil, {locale + ".tsv": {Data: []byte("meta.output\tResult – {what}, at last\n")}}} {
			c, cfg := made(), guidance.Config{Locale: locale, Catalogs: own}
			c.Topics[0].Statements, c.TopicGroups, c.Statements = nil, nil, nil
			g, err := guidance.Build(c, topicID, cfg)
			require.NoError(t, err)
			catalog, err := guidance.OpenCatalog(locale, own)
			require.NoError(t, err)
			rows, said := g.Sections[1].Blocks[0].Table.Rows, 0
			for _, s := range g.Sections {
				for _, b := range s.Blocks {
					for _, step := range b.Steps {
						at := slices.IndexFunc(rows, func(row []string) bool { return row[0] == step.Text })
						require.GreaterOrEqual(t, at, 0, step.Text)
						if step.Output != "" {
							said++
							require.True(t, strings.EqualFold(step.Output, catalog.Say("meta.output", map[string]any{"what": rows[at][1]})), "%s: %s", locale, rows[at])
						}
					}
				}
			}
			require.Greater(t, said, 3, locale)
		}
	}
}

// Whatever a guide is on, it says what the work is for before all else, unless contributors told
// of something in its place; a guide on a family of challenges has the methods of which most fits.
func TestWorkBeginsWithItsPurpose(t *testing.T) {
	c := several()
	family := c.Topics[0]
	family.ID, family.Challenge = "fa-reach", "fa:reach"
	c.Topics = append(c.Topics, family)
	for _, locale := range guidance.Locales() {
		purpose, _ := vocabulary.Default().Concept("me:agree-purpose")
		outreach, _ := vocabulary.Default().Concept("me:outreach")
		say := func(c *vocabulary.Concept) string {
			text, _ := c.Say(vocabulary.FormStep, locale)
			return vocabulary.Fill(text, nil)
		}
		for _, topic := range c.Topics {
			g, err := guidance.Build(c, topic.ID, guidance.Config{Locale: locale})
			require.NoError(t, err)
			at := slices.IndexFunc(g.Sections, func(s guidance.Section) bool { return s.ID == "glance" })
			rows := g.Sections[at].Blocks[0].Table.Rows
			require.Contains(t, rows[0][0], say(purpose), topic.ID)
			if topic.ID == family.ID {
				require.True(t, slices.ContainsFunc(rows, func(row []string) bool { return strings.Contains(row[0], say(outreach)) }), locale)
			}
		}
	}
}

// A step of another topic names that topic, and in the steps no number counts other examples
// than the topic's own.
func TestStepsNameTheirTopicAndCountItsExamples(t *testing.T) {
	for _, locale := range guidance.Locales() {
		c := several()
		c.Topics[0].Statements, c.TopicGroups = nil, nil
		c.Topics[0].Challenge, c.Topics[0].Objective = "ch:seldom-heard", ""
		c.Topics[1].Challenge, c.Topics[1].Objective = "ch:jargon", ""
		c.Topics[1].Statements = []aggregate.Statement{{ID: "step.me-outreach", Kind: aggregate.StepStatement, Code: "me:outreach", Support: by(6, 9)}}
		c.Statements = []aggregate.Statement{
			{ID: "step.th-trusted-people", Kind: aggregate.StepStatement, Code: "th:trusted-people", Support: by(26, 140)},
			{ID: "lesson.worked.th-trusted-people", Kind: aggregate.LessonStatement, Part: "worked", Code: "th:trusted-people", Support: by(25, 140)},
		}
		g, err := guidance.Build(c, c.Topics[0].ID, guidance.Config{Locale: locale})
		require.NoError(t, err)
		steps := section(t, g, "steps")
		jargon, _ := vocabulary.Default().Concept("ch:jargon")
		require.Contains(t, strings.ToLower(steps), strings.ToLower(jargon.PrefLabel(locale)), locale)
		catalog, err := guidance.OpenCatalog(locale, nil)
		require.NoError(t, err)
		require.Contains(t, steps, catalog.Say("seen.told", nil), locale)
		require.NotContains(t, steps, "140", locale)
		for _, s := range guidance.Trace(g, c) {
			require.Empty(t, s.Loose, s.Text)
		}
	}
}

// Steps that prepare a meeting, and tips for one, stand only where people meet.
func TestMeetingsArePreparedWherePeopleMeet(t *testing.T) {
	for with, want := range map[model.Code]bool{"me:interview": false, "me:focus-group": true} {
		c := made()
		c.TopicGroups, c.Statements = nil, nil
		c.Topics[0].Challenge, c.Topics[0].Objective = "fa:reach", ""
		c.Topics[0].Statements = nil
		for _, code := range []model.Code{with, "me:closing-loop"} {
			c.Topics[0].Statements = append(c.Topics[0].Statements, aggregate.Statement{ID: "step." + strings.ReplaceAll(string(code), ":", "-"), Kind: aggregate.StepStatement, Code: code, Support: by(6, 9)})
		}
		g, err := guidance.Build(c, topicID, guidance.Config{})
		require.NoError(t, err)
		require.Equal(t, want, strings.Contains(section(t, g, "steps"), "Brief people"), with)
		require.NotContains(t, section(t, g, "steps"), "competitors", "nobody else is there")
	}
}

// However many steps were told, a guide has what its topic cannot do without, and a step that
// answers each sign by which it says whom it is for, where one fits.
func TestStepsThatATopicCannotDoWithout(t *testing.T) {
	many := []string{"success-criteria", "targeted-recruitment", "payment-policy", "survey", "focus-group", "awareness-campaign", "evaluation", "closing-loop", "recognition", "training"}
	build := func(challenge, objective model.Code, cfg guidance.Config) []string {
		c := made()
		c.TopicGroups, c.Statements = nil, nil
		c.Topics[0].Challenge, c.Topics[0].Objective = challenge, objective
		c.Topics[0].Statements = nil
		for _, code := range many {
			c.Topics[0].Statements = append(c.Topics[0].Statements, aggregate.Statement{ID: "step.me-" + code, Kind: aggregate.StepStatement, Code: model.Code("me:" + code), Support: by(6, 9)})
		}
		g, err := guidance.Build(c, topicID, cfg)
		require.NoError(t, err)
		return slotIDs(g)
	}
	for _, locale := range guidance.Locales() {
		cfg := guidance.Config{Locale: locale}
		require.Subset(t, build("fa:reach", "", cfg), []string{"step.me-stakeholder-mapping", "step.me-existing-evidence"}, locale)
		require.Subset(t, build("ch:seldom-heard", "", cfg), []string{"step.me-stakeholder-mapping", "step.me-existing-evidence"}, locale)
		require.Subset(t, build("ch:late-involvement", "", cfg), []string{"step.me-briefing"}, locale)
		require.Subset(t, build("", "ob:trial-design", cfg), []string{"step.me-briefing", "step.me-rules-check"}, locale)
		require.Subset(t, build("ch:restart", "ob:establish-group", cfg), []string{"step.me-existing-evidence"}, locale)
		require.Subset(t, build("ch:compliance", "", cfg), []string{"step.me-rules-check"}, locale)
		require.Subset(t, build("ch:leadership", "", cfg), []string{"step.me-sponsor"}, locale)
	}
	require.NotContains(t, build("ch:jargon", "", guidance.Config{}), "step.me-existing-evidence")
	own := guidance.Config{Catalogs: fstest.MapFS{"advice-for.tsv": {Data: []byte("+ch:jargon\tpr:contract-talk me:rules-check\n")}}}
	require.NotContains(t, build("ch:jargon", "", guidance.Config{}), "step.me-simple-agreements")
	require.Subset(t, build("ch:jargon", "", own), []string{"step.me-simple-agreements", "step.me-rules-check"})
}

// What was asked for is written up, then changed, and then people are told, whichever of these
// contributors told of.
func TestPeopleAreToldWhatChangedAfterIt(t *testing.T) {
	answering := []string{"report-recommendations", "acting-on-feedback", "closing-loop", "recognition"}
	for i := range answering {
		c := made()
		c.TopicGroups, c.Statements = nil, nil
		c.Topics[0].Challenge, c.Topics[0].Objective = "ch:feedback-loop", "ob:feedback-systems"
		c.Topics[0].Statements = []aggregate.Statement{{ID: "step.me-survey", Kind: aggregate.StepStatement, Code: "me:survey", Support: by(6, 9)}}
		for j := range answering {
			code := answering[(i+j)%len(answering)]
			c.Topics[0].Statements = append(c.Topics[0].Statements, aggregate.Statement{ID: "step.me-" + code, Kind: aggregate.StepStatement, Code: model.Code("me:" + code), Support: by(6, 9), Order: float64(j)})
		}
		g, err := guidance.Build(c, topicID, guidance.Config{})
		require.NoError(t, err)
		var got []string
		for _, id := range slotIDs(g) {
			if code := strings.TrimPrefix(id, "step.me-"); slices.Contains(answering, code) {
				got = append(got, code)
			}
		}
		require.Equal(t, answering, got)
	}
}
