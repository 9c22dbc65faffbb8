// SPDX-License-Identifier: Apache-2.0

package guidance_test

import (
	"fmt"
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

// A step of the topics near this one is no step here where hardly anybody took it
// beyond one of those.
func TestStepOfAnotherTopic(t *testing.T) {
	const said = "Send short messages when they are useful"
	for _, row := range []struct {
		name  string
		there int // of 6 on the other topic
		want  bool
	}{
		{"five of seven there: two of fourteen beyond it are few", 5, false},
		{"two of seven there: most took it elsewhere", 2, true},
	} {
		c := grouped()
		group := &c.TopicGroups[0]
		group.Topics = append(slices.Clone(group.Topics), "ch-made.ob-up")
		slices.Sort(group.Topics)
		step := func(n, of int) aggregate.Statement {
			return aggregate.Statement{ID: "step.me-feedback-collection", Kind: aggregate.StepStatement, Code: "me:reminders", Support: by(n, of)}
		}
		group.Statements = append(group.Statements, step(7, 20))
		c.Topics = append(c.Topics, aggregate.Topic{ID: "ch-made.ob-up", Challenge: "ch:jargon", Objective: "ob:information", Support: by(6, 40), Statements: []aggregate.Statement{step(row.there, 6)}})
		g, err := entire(c, topicID, guidance.Config{})
		require.NoError(t, err)
		if row.want {
			require.Contains(t, section(t, g, "steps"), said, row.name)
		} else {
			require.NotContains(t, section(t, g, "steps"), said, row.name)
		}
	}
}

// What results mean is said: that something got worse is no failure of the whole, and that
// only successes are told is no proof that there was nothing else.
func TestResultsSayWhatTheyDoNotMean(t *testing.T) {
	const failed, only = "does not mean that the work failed", "What got worse may have gone untold"
	for _, row := range []struct {
		directions []model.Code
		want       []bool
	}{
		{[]model.Code{"positive", "negative"}, []bool{true, false}},
		{[]model.Code{"positive", "mixed"}, []bool{true, false}},
		{[]model.Code{"positive"}, []bool{false, true}},
		{[]model.Code{"positive", "none"}, []bool{false, false}},
		{nil, []bool{false, false}},
	} {
		c := made()
		c.Topics[0].Directions = nil
		for _, code := range row.directions {
			c.Topics[0].Directions = append(c.Topics[0].Directions, aggregate.Count{Code: code, Support: by(6, 9)})
		}
		g, err := entire(c, topicID, guidance.Config{})
		require.NoError(t, err)
		for i, words := range []string{failed, only} {
			if row.want[i] {
				require.Contains(t, text(t, g), words, row.directions)
			} else {
				require.NotContains(t, text(t, g), words, row.directions)
			}
		}
	}
}

// In short too, what got better stands first, and where the numbers are more than the examples,
// the guide says why.
func TestResultsInShort(t *testing.T) {
	for _, row := range []struct {
		better, worse int
		want          bool
	}{{6, 5, true}, {5, 6, true}, {5, 4, false}} {
		c := made()
		c.K = 3
		c.Topics[0].Directions = []aggregate.Count{{Code: "negative", Support: by(row.worse, 9)}, {Code: "positive", Support: by(row.better, 9)}}
		g, err := guidance.Build(c, topicID, guidance.Config{})
		require.NoError(t, err)
		said := section(t, g, "annex")
		require.Regexp(t, fmt.Sprintf(`for the better, in %d of 9; a change for the worse, in %d of 9`, row.better, row.worse), said)
		require.Equal(t, row.want, strings.Contains(said, "The same example may tell of something that got better"), row)
	}
}

// A step that took some an hour and others weeks has no duration to plan by: the line
// says so, the shortest first.
func TestDurationsThatDiffer(t *testing.T) {
	c := bounded()
	for i := range c.Topics[0].Statements {
		if s := &c.Topics[0].Statements[i]; len(s.Efforts) > 0 {
			s.Efforts = []aggregate.Count{{Code: "eb:weeks", Support: s.Efforts[0].Support}, {Code: "eb:hours", Support: s.Efforts[0].Support}, {Code: "eb:days", Support: s.Efforts[0].Support}}
		}
	}
	g, err := entire(c, topicID, guidance.Config{})
	require.NoError(t, err)
	require.Regexp(t, `How long: it differed from one to the next: 1 to 4 hours; 1 to 2 days; 1 to 2 weeks`, section(t, g, "steps"))
}

// A family of methods that topics near this one tell is borrowed only where several of its
// methods fit, and the ways below one are of methods that fit.
func TestFamiliesAreToThePoint(t *testing.T) {
	family := func(code model.Code) aggregate.Statement {
		return aggregate.Statement{ID: "step." + string(code[3:]), Kind: aggregate.StepStatement, Code: code, Support: by(9, 20)}
	}
	for code, want := range map[model.Code]bool{"mf:ask": true, "mf:support": false} {
		c := grouped()
		c.TopicGroups[0].Statements = append(c.TopicGroups[0].Statements, family(code))
		g, err := entire(c, topicID, guidance.Config{})
		require.NoError(t, err)
		said, _ := vocabulary.Default().Concept(string(code))
		text, _ := said.Say(vocabulary.FormStep, "en-GB")
		require.Equal(t, want, strings.Contains(section(t, g, "steps"), text), code)
	}
	c := made()
	own := family("mf:inform")
	own.Support = by(9, 9)
	c.Topics[0].Statements = append(c.Topics[0].Statements, own)
	g, err := entire(c, topicID, guidance.Config{})
	require.NoError(t, err)
	require.NotContains(t, section(t, g, "steps"), "Structured patient education", "a way of a method that does not fit")

	// The ways to take a family's step are of one method: others would not belong together.
	voc := vocabulary.Default()
	for _, challenge := range []model.Code{"ch:restart", "ch:retention", "ch:trust", "ch:jargon", "ch:seldom-heard"} {
		for f := range voc.Scheme("method-family").Concepts() {
			c := made()
			own := family(model.Code(f.ID()))
			own.Support = by(9, 9)
			c.Topics[0].Challenge, c.Topics[0].Statements = challenge, []aggregate.Statement{own}
			g, err := entire(c, topicID, guidance.Config{})
			require.NoError(t, err)
			methods := map[string]bool{}
			for p := range voc.Scheme(vocabulary.Practice).Concepts() {
				said, _ := p.Say(vocabulary.FormStep, "en-GB")
				if strings.Contains(waysBelow(g, "step."+strings.ReplaceAll(f.ID(), ":", "-")), said+".\n") {
					methods[p.Broader()[0]] = true
				}
			}
			require.LessOrEqual(t, len(methods), 1, "%s: %s: %v", challenge, f.ID(), methods)
		}
	}
}

// waysBelow are the ways to take the step of a slot, one a line, without the sign that
// stands with them.
func waysBelow(g *guidance.Guide, slot string) string {
	var out strings.Builder
	for _, s := range g.Sections {
		for _, b := range s.Blocks {
			for _, step := range b.Steps {
				for _, d := range step.Details {
					for _, way := range d.Details {
						if step.Slot.ID == slot && !strings.HasPrefix(way.Text, "Warning sign") {
							out.WriteString(way.Text + "\n")
						}
					}
				}
			}
		}
	}
	return out.String()
}

// The steps begin where the work begins: with its purpose, the people, and time and money,
// told or advised; what is told nearest stands for the rest.
func TestStepsBeginWhereTheWorkBegins(t *testing.T) {
	starts := [][]string{
		{"step.me-agree-purpose", "step.me-success-criteria", "step.me-terms-of-reference", "step.me-joint-working", "step.mf-groundwork"},
		{"step.me-stakeholder-mapping", "step.me-targeted-recruitment", "step.me-outreach", "step.me-champions", "step.me-civic-lottery", "step.mf-invite"},
		{"step.me-dedicated-role", "step.me-payment-policy", "step.me-pooled-resources", "step.me-access-support", "step.me-sponsor", "step.me-declared-funding", "step.me-simple-agreements", "step.mf-enable"},
	}
	for _, locale := range guidance.Locales() {
		for _, c := range []*aggregate.Collection{made(), grouped(), bounded(), family()} {
			g, err := entire(c, topicID, guidance.Config{Locale: locale})
			require.NoError(t, err)
			for _, one := range starts {
				require.True(t, slices.ContainsFunc(slotIDs(g), func(id string) bool { return slices.Contains(one, id) }), "%s: none of %v", locale, one)
			}
			steps := slices.DeleteFunc(slotIDs(g), func(id string) bool { return !strings.HasPrefix(id, "step.") })
			require.Contains(t, starts[0], steps[0], "the purpose first")
		}
	}
	near := grouped()
	near.TopicGroups[0].Statements = append(near.TopicGroups[0].Statements, aggregate.Statement{ID: "step.me-payment-policy", Kind: aggregate.StepStatement, Code: "me:payment-policy", Support: by(5, 20)})
	near.Statements = append(near.Statements, aggregate.Statement{ID: "step.me-dedicated-role", Kind: aggregate.StepStatement, Code: "me:dedicated-role", Support: by(20, 40)})
	g, err := entire(near, topicID, guidance.Config{})
	require.NoError(t, err)
	require.Contains(t, slotIDs(g), "step.me-payment-policy", "told near this topic")
	require.NotContains(t, slotIDs(g), "step.me-dedicated-role", "told further away of the same")
}

// What got worse is said, or that it cannot be.
func TestWhatGotWorseIsSaid(t *testing.T) {
	c := made()
	c.Topics[0].Directions = []aggregate.Count{{Code: "positive", Support: by(6, 9)}, {Code: "negative", Support: by(5, 9)}}
	g, err := entire(c, topicID, guidance.Config{})
	require.NoError(t, err)
	require.Contains(t, section(t, g, "evidence"), "What got worse is not named here")
	c.Topics[0].Statements = append(c.Topics[0].Statements, aggregate.Statement{ID: "outcome.negative.sn-staying", Kind: aggregate.OutcomeStatement, Part: "negative", Code: "sn:staying", Support: by(5, 9)})
	g, err = entire(c, topicID, guidance.Config{})
	require.NoError(t, err)
	said := section(t, g, "evidence")
	require.NotContains(t, said, "is not named here")
	require.Contains(t, said, "What got worse, as contributors tell it: people who stay, finish or come back")
}

// What contributors report stands with how they looked at it, and how many did so.
func TestHowTheyLooked(t *testing.T) {
	c := made()
	c.Topics[0].Statements = append(c.Topics[0].Statements, aggregate.Statement{
		ID: "outcome.positive.sn-staying", Kind: aggregate.OutcomeStatement, Part: "positive", Code: "sn:staying", Support: by(8, 9),
		Bands: []aggregate.Count{{Code: "ed:before-after", Support: by(5, 8)}, {Code: "ed:monitoring", Support: by(3, 8)}},
	})
	c.K = 3
	g, err := entire(c, topicID, guidance.Config{})
	require.NoError(t, err)
	require.Contains(t, section(t, g, "measure"), "How they looked: before and after, in 5 of 8; routine counts, in 3 of 8")
}

// Who took a step on other topics is not said to take it here; how long it took is.
func TestWhoElsewhereIsNotWhoHere(t *testing.T) {
	c := made()
	c.Topics[0].Statements = nil
	c.Statements = []aggregate.Statement{{
		ID: "step.me-payment-policy", Kind: aggregate.StepStatement, Code: "me:payment-policy", Support: by(20, 40),
		Actors: []aggregate.Count{{Code: "st:nurse", Support: by(9, 20)}}, Efforts: []aggregate.Count{{Code: "eb:hours", Support: by(11, 20)}},
	}}
	g, err := entire(c, topicID, guidance.Config{})
	require.NoError(t, err)
	steps := section(t, g, "steps")
	require.Contains(t, steps, "Contributors did this, in the whole collection")
	require.Contains(t, steps, "How long: 1 to 4 hours;")
	require.NotContains(t, steps, "nurses")
}

// Where a statement is from is said, though it is of as many examples as the topic has.
func TestElsewhereIsSaidWhateverTheNumbers(t *testing.T) {
	c := made()
	c.Topics[0].Statements = nil
	of := c.Topics[0].Support.Examples
	step := aggregate.Statement{ID: "step.me-agree-purpose", Kind: aggregate.StepStatement, Code: "me:agree-purpose", Support: by(5, of), Efforts: []aggregate.Count{{Code: "eb:hours", Support: by(5, 5)}}}
	c.Topics = append(c.Topics, aggregate.Topic{ID: "ch-jargon.ob-information", Challenge: "ch:jargon", Objective: "ob:information", Support: by(of, 40), Statements: []aggregate.Statement{step}})
	fit := fstest.MapFS{"advice-for.tsv": {Data: []byte("ch:seldom-heard\tpr:can-change\n")}}
	g, err := entire(c, topicID, guidance.Config{Catalogs: fit})
	require.NoError(t, err)
	require.Contains(t, section(t, g, "steps"), "on the topic “jargon and inaccessible information”")
}

// An address that nobody can open is not printed; any other is.
func TestMadeUpAddresses(t *testing.T) {
	for address, want := range map[string]bool{
		"https://wexmoor.example/bus": false, "https://WEXMOOR.TEST:8080/": false, "https://wexmoor.org/bus.example": true, "https://example.org/bus": true,
	} {
		c := made()
		c.Showcase[0].Sources[0].URL = address
		g, err := guidance.Showcase(c, guidance.Config{})
		require.NoError(t, err)
		require.Equal(t, want, strings.Contains(text(t, g), address), address)
	}
}

// An example of another topic stands with what a guide rests on, not in the guide; its own
// stands in the guide. Each section of both has a title, in every language.
func TestNearbyExamples(t *testing.T) {
	for _, locale := range guidance.Locales() {
		for name, own := range map[string]bool{"its own": true, "of a topic near it": false} {
			c := grouped()
			if !own {
				c.Topics = append(c.Topics, aggregate.Topic{ID: "ch-trust", Challenge: "ch:trust", Support: by(6, 40), Examples: c.Topics[0].Examples})
				c.Topics[0].Examples = nil
				c.TopicGroups[0].Topics = append(c.TopicGroups[0].Topics, "ch-trust")
			}
			g, err := guidance.Build(c, topicID, guidance.Config{Locale: locale})
			require.NoError(t, err)
			e, err := evidenceOf(c, guidance.Config{Locale: locale})
			require.NoError(t, err)
			title := c.Showcase[0].Title
			require.Equal(t, own, strings.Contains(text(t, g), title), "%s %s", locale, name)
			require.Equal(t, !own, strings.Contains(text(t, e), title), "%s %s", locale, name)
			for _, s := range slices.Concat(g.Sections, e.Sections) {
				require.NotContains(t, s.Title, "[", locale)
			}
		}
	}
}
