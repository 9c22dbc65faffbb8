// SPDX-License-Identifier: Apache-2.0

package guidance_test

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// How a step is done is told by those who told of it, with their number; what is
// only known in general is marked so.
func TestPracticesBelowSteps(t *testing.T) {
	m, ok := vocabulary.Default().Concept("me:outreach")
	require.True(t, ok)
	practice := ""
	for _, id := range m.Narrower() {
		if strings.HasPrefix(id, "pr:") {
			practice = id
		}
	}
	require.NotEmpty(t, practice)
	p, _ := vocabulary.Default().Concept(practice)
	says, _ := p.Say(vocabulary.FormStep, "en-GB")

	plain, err := entire(made(), topicID, guidance.Config{})
	require.NoError(t, err)
	steps := section(t, plain, "steps")
	require.Contains(t, steps, "How to do it:")
	require.NotContains(t, steps, "How contributors did it:")
	for _, s := range plain.Sections {
		for _, b := range s.Blocks {
			for _, step := range b.Steps {
				for _, d := range step.Details {
					for _, way := range d.Details {
						require.Equal(t, guidance.Vocabulary, way.Source)
						require.Nil(t, way.Support)
					}
				}
			}
		}
	}

	c := made()
	c.Topics[0].Statements = append(c.Topics[0].Statements, aggregate.Statement{
		ID: "step." + strings.ReplaceAll(practice, ":", "-"), Kind: aggregate.StepStatement, Code: model.Code(practice), Support: by(6, 9),
	})
	g, err := entire(c, topicID, guidance.Config{})
	require.NoError(t, err)
	steps = section(t, g, "steps")
	require.Contains(t, steps, "How contributors did it:")
	at := strings.Index(steps, says)
	require.Positive(t, at)
	require.Contains(t, section(t, g, "figures"), "– "+says)
	require.Equal(t, 1, strings.Count(steps, says), "not a step of its own beside its method")

	german, err := entire(c, topicID, guidance.Config{Locale: "de"})
	require.NoError(t, err)
	require.NotContains(t, text(t, german), "[en-GB]", "what the language lacks is not filled up in another")
}

// A topic without a step of its own, and for which nothing told elsewhere fits, shows
// what most of the collection did, under a heading that says so and with its number,
// and then what fits its challenge and objective, as general advice. A topic with
// steps of its own shows no step of the collection that does not fit.
func TestStepsThatFitTheTopic(t *testing.T) {
	c := made()
	c.Topics[0].Statements = nil
	g, err := entire(c, topicID, guidance.Config{})
	require.NoError(t, err)
	steps := section(t, g, "steps")
	require.Contains(t, steps, "These steps are general advice that fits the topic")
	require.NotContains(t, steps, "of the whole collection", "what has nothing to do with the topic, where advice fits")
	require.Contains(t, steps, "Go to where people are, and ask those they trust to open the door.\n    You end up with: contacts in the communities to be heard\n    - First: Find out who has gone to these communities before, and what was promised.\n    - Pay the local group for its time and room.\n    - Go the first time with somebody whom people know.")
	require.NotContains(t, steps, "(general advice)", "said once, above")
	said := map[string]int{}
	g2, err := entire(made(), topicID, guidance.Config{})
	require.NoError(t, err)
	require.NotContains(t, section(t, g2, "steps"), "of the whole collection")
	for _, s := range g.Sections {
		for _, b := range s.Blocks {
			for _, step := range b.Steps {
				require.Equal(t, guidance.Vocabulary, step.Source)
				require.Nil(t, step.Support)
				said[step.Text]++
				for _, d := range step.Details {
					require.Empty(t, d.Details, "all of it is said to be general once")
					said[d.Text]++
				}
			}
		}
	}
	require.Greater(t, len(said), 8)
	for text, n := range said {
		require.Equal(t, 1, n, text)
	}

	// What the user says fits goes before what is built in.
	own := fstest.MapFS{"advice-for.tsv": {Data: []byte("# made up\nch:seldom-heard\tpr:thank-named\n")}}
	g, err = entire(c, topicID, guidance.Config{Catalogs: own})
	require.NoError(t, err)
	require.Contains(t, section(t, g, "steps"), "Thank each person for one thing they did, by name.")
}

// Where few steps are told, what fits the topic stands with them, without a count
// and marked; what belongs to a told step stands below it.
func TestFewToldSteps(t *testing.T) {
	c := made()
	c.Statements, c.Topics[0].Statements = nil, []aggregate.Statement{
		{ID: "step.me-lay-review", Kind: aggregate.StepStatement, Code: "me:lay-review", Support: by(6, 9)},
	}
	g, err := entire(c, topicID, guidance.Config{})
	require.NoError(t, err)
	var general, told int
	number, phases := 0, map[string]bool{}
	for _, s := range g.Sections {
		for _, b := range s.Blocks {
			if len(b.Steps) > 0 {
				require.NotEmpty(t, b.Title, "the phase")
				require.False(t, phases[b.Title], "all steps of a phase together, whatever they rest on")
				phases[b.Title] = true
				require.Equal(t, number+1, max(1, b.Start), "one numbering for all")
			}
			number += len(b.Steps)
			for _, step := range b.Steps {
				if step.Source == guidance.Derived {
					told++
					require.Equal(t, "Contributors did this in 6 of 9 examples", step.Seen)
					continue
				}
				general++
				require.Nil(t, step.Support)
				require.Empty(t, step.Seen, "marked once, above the steps and at a glance")
			}
		}
	}
	require.Equal(t, 1, told)
	require.Equal(t, 9, general, "two of them to settle what was said and to tell people what came of it, two to see who is missing and what is known")
}

// Every guide ends with telling people what came of it, whether contributors told of
// that, general advice on the topic does, or neither.
func TestTheLoopIsClosed(t *testing.T) {
	const tell = "Tell everyone who took part what was heard"
	for _, challenge := range []model.Code{"ch:culture", "ch:time", "ch:adherence", "ch:hardship"} {
		c := made()
		c.Topics[0].Challenge, c.Topics[0].Objective, c.Topics[0].Statements, c.Statements = challenge, "", nil, nil
		g, err := entire(c, topicID, guidance.Config{})
		require.NoError(t, err)
		steps := section(t, g, "steps")
		require.Equal(t, 1, strings.Count(steps, tell), "%s:\n%s", challenge, steps)
		require.Equal(t, 1, strings.Count(steps, "Feedback letter"), "one template stands once, beside the step that most needs it")
	}
	c := made()
	c.Topics[0].Statements = []aggregate.Statement{{ID: "step.me-closing-loop", Kind: aggregate.StepStatement, Code: "me:closing-loop", Support: by(6, 9)}}
	g, err := entire(c, topicID, guidance.Config{})
	require.NoError(t, err)
	require.Equal(t, 1, strings.Count(section(t, g, "steps"), tell))
	c.Topics[0].Challenge = "ch:feedback-loop"
	c.Topics[0].Statements = nil
	g, err = entire(c, topicID, guidance.Config{})
	require.NoError(t, err)
	require.Equal(t, 1, strings.Count(section(t, g, "steps"), tell), "not in other words beside it")
}

// Steps stand with an early sign that they go wrong and what to do then, in every
// language, each sign and each answer once in a guide.
func TestStepsWarn(t *testing.T) {
	for _, locale := range guidance.Locales() {
		for _, challenge := range []model.Code{"ch:culture", "ch:seldom-heard", "ch:jargon", "ch:trust"} {
			c := made()
			c.Topics[0].Challenge, c.Topics[0].Statements = challenge, nil
			g, err := entire(c, topicID, guidance.Config{Locale: locale})
			require.NoError(t, err)
			catalog, err := guidance.OpenCatalog(locale, nil)
			require.NoError(t, err)
			label, rest, _ := strings.Cut(catalog.Say("step.warn", map[string]any{"sign": "\x01", "what": "\x01"}), "\x01")
			then, _, _ := strings.Cut(rest, "\x01")
			whole, steps, warned := text(t, g), 0, 0
			for _, s := range g.Sections {
				for _, b := range s.Blocks {
					for _, step := range b.Steps {
						steps++
						for _, d := range step.Details {
							said, ok := strings.CutPrefix(d.Text, label)
							if !ok {
								continue
							}
							warned++
							require.Equal(t, guidance.Vocabulary, d.Source)
							sign, answer, ok := strings.Cut(said, then)
							require.True(t, ok, said)
							require.Equal(t, 1, strings.Count(whole, sign), "%s: %s", challenge, sign)
							require.Equal(t, 1, strings.Count(whole, answer), "%s: %s", challenge, answer)
						}
					}
				}
			}
			require.GreaterOrEqual(t, 3*warned, steps, "%s: %s", locale, challenge)
		}
	}
}

// Each line of the table of signs names a method, a sign of a challenge and practices that
// answer it.
func TestSignsAreWhole(t *testing.T) {
	body, err := os.ReadFile("data/sign-for.tsv")
	require.NoError(t, err)
	voc, have, only := vocabulary.Default(), map[string]bool{}, map[string][]string{}
	for line := range strings.Lines(string(body)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(strings.TrimSpace(line), "\t")
		require.Len(t, f, 4, line)
		require.False(t, have[strings.Join(f[:3], " ")], line)
		have[strings.Join(f[:3], " ")] = true
		m, ok := voc.Concept(f[0])
		require.True(t, ok, line)
		require.Contains(t, []string{vocabulary.Method, "method-family"}, m.Scheme(), line)
		c, ok := voc.Concept(f[1])
		require.True(t, ok, line)
		n, err := strconv.Atoi(strings.TrimSuffix(f[2], "*"))
		require.NoError(t, err, line)
		for _, locale := range guidance.Locales() {
			shows, in := c.SayAll(vocabulary.FormShows, locale)
			require.Equal(t, locale, in, line)
			require.NotEmpty(t, shows, "%s: %s", locale, line)
			if locale == guidance.SourceLocale { // another has a single one, always the same
				require.Less(t, n, len(shows), line)
				only[f[1]] = append(only[f[1]], f[2])
			} else {
				require.Len(t, shows, 1, "%s: which sign is it? %s", locale, line)
			}
		}
		for id := range strings.FieldsSeq(f[3]) {
			p, ok := voc.Concept(id)
			require.True(t, ok, line)
			require.Equal(t, vocabulary.Practice, p.Scheme(), line)
		}
	}
	require.NotEmpty(t, have)
	for challenge, signs := range only {
		for _, n := range signs {
			for _, other := range signs {
				require.False(t, strings.HasSuffix(n, "*") && strings.HasSuffix(other, "*") && n != other, "%s: two signs for the single one", challenge)
				require.False(t, n+"*" == other, "%s: the same sign with and without a mark", challenge)
			}
		}
	}
}

// Where that which a guide is about has happened already, it says what to do then; how
// to deal with harm and distress stands on the page of the collection, and each guide asks
// who does.
func TestWhatToDoWhenItHasHappened(t *testing.T) {
	for _, locale := range guidance.Locales() {
		for challenge, want := range map[model.Code]bool{"ch:late-involvement": true, "ch:restart": true, "ch:trust": true, "ch:jargon": false} {
			c := made()
			c.Topics[0].Challenge = challenge
			g, err := entire(c, topicID, guidance.Config{Locale: locale})
			require.NoError(t, err)
			catalog, err := guidance.OpenCatalog(locale, nil)
			require.NoError(t, err)
			require.Equal(t, want, strings.Contains(section(t, g, "brief"), catalog.Say("purpose.happened", nil)), "%s: %s", locale, challenge)
			about, err := guidance.About(c, guidance.Config{Locale: locale})
			require.NoError(t, err)
			for _, key := range []string{"care.lead", "care.harm", "care.upset"} {
				require.Equal(t, 1, strings.Count(section(t, about, "care"), catalog.Say(key, nil)), "%s: %s", locale, key)
			}
			require.Contains(t, slotIDs(g), "safeguarding")
			if want {
				_, slug, _ := strings.Cut(string(challenge), ":")
				require.Contains(t, section(t, g, "brief"), catalog.Say("now."+slug+".1", nil), locale)
			}
			late := challenge == "ch:late-involvement"
			require.Equal(t, late, slices.ContainsFunc(g.Sections, func(s guidance.Section) bool { return s.ID == "changes" }), "what can still change: %s: %s", locale, challenge)
			require.Equal(t, "glance", g.Sections[1].ID, "what to do stands on the first page")
			if late {
				require.Contains(t, section(t, g, "changes"), catalog.Say("changes.caption", nil))
				require.NotContains(t, section(t, g, "changes"), "[en", locale)
			}
		}
	}
}

// What the whole collection tells of methods and themes that fit a topic stands before
// the general advice, as what was told, with its number; what does not fit does not.
func TestWhatFitsIsToldFromTheCollection(t *testing.T) {
	c := made()
	c.Topics[0].Statements = nil
	theme := func(code string) aggregate.Statement {
		return aggregate.Statement{ID: "step.th-" + code, Kind: aggregate.StepStatement, Code: model.Code("th:" + code), Support: by(6, 40)}
	}
	one := aggregate.Support{Examples: 1, Of: 6, Contributors: 1}
	trusted := theme("trusted-people")
	trusted.Approved = []aggregate.Wording{{Text: "The barber let us in.", Support: one}}
	rare := theme("go-to-people") // it fits, and few tell of it
	rare.Support = by(6, 160)
	c.Statements = append(c.Statements, trusted, rare, theme("pay-promptly"),
		aggregate.Statement{
			ID: "step.me-outreach", Kind: aggregate.StepStatement, Code: "me:outreach", Support: by(7, 40), Often: []aggregate.Count{{Code: "weekly", Support: by(5, 7)}},
		})
	g, err := entire(c, topicID, guidance.Config{})
	require.NoError(t, err)
	steps := section(t, g, "steps")
	require.Regexp(t, `Contributors did this, in the whole collection\n    How often: every week or two;`, steps)
	require.Equal(t, 2, strings.Count(steps, "the whole collection"), "the step, and how they went about it:\n%s", steps)
	require.Regexp(t, `Contributors also did this:\n\s+- Let people whom the community trusts already make the invitation\. \(told by contributors, in the whole collection\)\n\s+- In one contributor's own words: “The barber let us in\.”`, steps)
	require.NotContains(t, text(t, g), "6 of 160")
	for _, s := range guidance.Trace(g, c) {
		require.Empty(t, s.Loose, s.Text)
	}
}

// Law of the table: every challenge and objective has advice that exists, in
// every language, and none twice; what a line is about exists too.
func TestAdviceIsWhole(t *testing.T) {
	body, err := os.ReadFile("data/advice-for.tsv")
	require.NoError(t, err)
	voc, have := vocabulary.Default(), map[string]int{}
	lists := map[string]bool{}
	for line := range strings.Lines(string(body)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		keys, list, ok := strings.Cut(strings.TrimSpace(line), "\t")
		require.True(t, ok, line)
		require.False(t, lists[list] && strings.Contains(list, " "), "a list stands once: %s", line)
		lists[list] = true
		for about := range strings.FieldsSeq(keys) {
			have[about]++
			require.Equal(t, 1, have[about], about)
			of, isConcept := voc.Concept(strings.TrimLeft(about, "!=+*?~->"))
			require.True(t, isConcept || strings.ContainsAny(about[:1], "*^>"), about)
			seen, practices := map[string]bool{}, 0
			for id := range strings.FieldsSeq(list) {
				require.False(t, seen[id], "%s: %s", about, id)
				seen[id] = true
				c, ok := voc.Concept(id)
				require.True(t, ok, "%s: %s", about, id)
				if about[0] == '-' {
					require.Contains(t, of.Narrower(), id, about)
				}
				if strings.ContainsAny(about[:1], "*=?~-+") && c.Scheme() == vocabulary.Method || strings.ContainsAny(about[:1], "^?>") && slices.Contains([]string{vocabulary.Method, "method-family"}, c.Scheme()) {
					continue // what belongs into every piece of work
				}
				require.Contains(t, []string{vocabulary.Practice, vocabulary.Sign, vocabulary.Challenge, vocabulary.Theme}, c.Scheme())
				if c.Scheme() == vocabulary.Practice {
					practices++
				}
			}
			if !strings.ContainsAny(about[:1], "^!=+*?~->") {
				require.GreaterOrEqual(t, practices, 5, about)
			}
		}
	}
	for _, scheme := range []string{vocabulary.Challenge, vocabulary.Objective} {
		for c := range voc.Scheme(scheme).Concepts() {
			require.Equal(t, 1, have[c.ID()], c.ID())
		}
	}
}

// Where contributors differ, one line gives the options with their numbers.
func TestOptions(t *testing.T) {
	g, err := entire(bounded(), topicID, guidance.Config{})
	require.NoError(t, err)
	steps := section(t, g, "steps")
	require.Contains(t, steps, "How long: 1 to 2 weeks; 1 to 4 hours;")
	require.Contains(t, steps, "When they began: in the first three months; How often: monthly to quarterly;")
	require.Contains(t, section(t, g, "figures"), "– How long: 1 to 2 weeks; 1 to 4 hours | 6; 5 | – | 7")
}

// Quotations stand under one line, at most three a step, those first from which
// nothing was taken out; of one, no count stands beside it.
func TestQuotations(t *testing.T) {
	one := aggregate.Support{Examples: 1, Of: 7, Contributors: 1}
	c := made()
	s := &c.Topics[0].Statements[1]
	s.Approved = nil
	for _, said := range []string{"At [a place] we had tea.", "[A name] and [a name] went.", "We took a bus.", "We went twice.", "We went again."} {
		s.Approved = append(s.Approved, aggregate.Wording{Text: said, Support: one})
	}
	g, err := entire(c, topicID, guidance.Config{})
	require.NoError(t, err)
	steps := section(t, g, "steps")
	require.Contains(t, steps, "In contributors' own words:\n      - “We took a bus.”\n      - “We went twice.”\n      - “We went again.”\n")
	require.NotContains(t, steps, "[")
	s.Approved = s.Approved[:2]
	g, err = entire(c, topicID, guidance.Config{})
	require.NoError(t, err)
	require.Contains(t, section(t, g, "steps"), "In one contributor's own words: “At [a place] we had tea.”\n")
}

// A guide says what the problem is, not under which head coders file it.
func TestDefinitionWithoutItsHead(t *testing.T) {
	for _, locale := range guidance.Locales() {
		c, _ := vocabulary.Default().Concept("ch:seldom-heard")
		whole := c.Definition(locale)
		g, err := entire(made(), topicID, guidance.Config{Locale: locale})
		require.NoError(t, err)
		said := g.Sections[0].Blocks[0].Claims[0].Text
		require.Less(t, len(said), len(whole), locale)
		require.True(t, strings.HasPrefix(whole, said), locale)
	}
}

// Of a step that is a family of methods, a guide tells how one of these goes, points to the guide
// of that one, and names others; a method that is a step of its own is neither. A method of which
// several practices fit the topic is how its family's step goes, and no step beside it.
func TestStepOfFamilyTellsOneWay(t *testing.T) {
	for _, locale := range guidance.Locales() {
		c, cfg := made(), guidance.Config{Locale: locale}
		c.Topics[0].Challenge, c.Topics[0].Objective = "ch:remuneration", ""
		c.Topics[0].Statements = []aggregate.Statement{
			{ID: "step.mf-ask", Kind: aggregate.StepStatement, Code: "mf:ask", Support: by(6, 9)},
			{ID: "step.me-survey", Kind: aggregate.StepStatement, Code: "me:survey", Support: by(6, 9)},
		}
		c.Statements = nil
		for _, code := range []string{"survey", "interview", "focus-group"} {
			c.Statements = append(c.Statements, aggregate.Statement{ID: "step.me-" + code, Kind: aggregate.StepStatement, Code: model.Code("me:" + code), Support: by(9, 40)})
		}
		c.Statements[1].Contributors++
		g, err := guidance.Build(c, c.Topics[0].ID, cfg)
		require.NoError(t, err)
		step := func(id string) (found []guidance.Claim) {
			for _, s := range g.Sections {
				for _, b := range s.Blocks {
					for _, step := range b.Steps {
						if step.Statement == id || step.Text == id {
							found = step.Details
						}
					}
				}
			}
			return found
		}
		below := step("step.mf-ask")
		label := func(code string) string {
			concept, ok := vocabulary.Default().Concept(code)
			require.True(t, ok)
			return strings.ToLower(concept.PrefLabel(locale))
		}
		require.GreaterOrEqual(t, len(below), 3, locale)
		require.Contains(t, strings.ToLower(below[0].Text), label("me:interview"), locale)
		require.GreaterOrEqual(t, len(below[0].Details), 2, locale)
		require.Equal(t, guidance.KindMethod+".me-interview", below[1].Document, locale)
		others := strings.ToLower(below[2].Text)
		require.Contains(t, others, label("me:focus-group"), locale)
		require.NotContains(t, others, label("me:survey"), locale)
		require.NotContains(t, others, label("me:interview"), locale)
		brief, err := guidance.Brief(c, g, cfg)
		require.NoError(t, err)
		require.Contains(t, text(t, brief), below[0].Text, locale)
		require.NotContains(t, text(t, brief), below[2].Text, locale)
		for _, s := range guidance.Trace(g, c) {
			require.Empty(t, s.Loose, s.Text)
		}

		c.Topics[0].Challenge, c.Topics[0].Objective = "", "ob:co-design"
		c.Topics[0].Statements = []aggregate.Statement{{ID: "step.mf-design", Kind: aggregate.StepStatement, Code: "mf:design", Support: by(6, 9)}}
		g, err = guidance.Build(c, c.Topics[0].ID, cfg)
		require.NoError(t, err)
		below = step("step.mf-design")
		require.Contains(t, strings.ToLower(below[0].Text), label("me:co-design-workshop"), locale)
		workshop, _ := vocabulary.Default().Concept("me:co-design-workshop")
		own, _ := workshop.Say(vocabulary.FormStep, locale)
		require.Empty(t, step(vocabulary.Fill(own, nil)+"."), locale)
	}
}
