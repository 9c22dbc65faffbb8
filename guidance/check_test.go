// SPDX-License-Identifier: Apache-2.0

package guidance_test

import (
	"encoding/json"
	"errors"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/model"
)

// first finds the first claim that pick accepts.
func first(t testing.TB, g *guidance.Guide, pick func(*guidance.Claim) bool) *guidance.Claim {
	t.Helper()
	for i := range g.Sections {
		for j := range g.Sections[i].Blocks {
			b := &g.Sections[i].Blocks[j]
			for n := range b.Claims {
				if pick(&b.Claims[n]) {
					return &b.Claims[n]
				}
			}
			for n := range b.Steps {
				if pick(&b.Steps[n].Claim) {
					return &b.Steps[n].Claim
				}
			}
		}
	}
	require.Fail(t, "no such claim")
	return nil
}

// block finds the first block of a kind.
func block(t testing.TB, g *guidance.Guide, kind guidance.BlockKind) *guidance.Block {
	t.Helper()
	for i := range g.Sections {
		for j := range g.Sections[i].Blocks {
			if g.Sections[i].Blocks[j].Kind == kind {
				return &g.Sections[i].Blocks[j]
			}
		}
	}
	require.Fail(t, "no such block")
	return nil
}

func derived(c *guidance.Claim) bool { return c.Source == guidance.Derived }

// Law 5: whatever breaks a rule of support is refused by code that did not write
// the guide.
func TestCheckRefuses(t *testing.T) {
	for _, row := range []struct {
		name  string
		spoil func(t *testing.T, g *guidance.Guide)
	}{
		{"a count one too high", func(t *testing.T, g *guidance.Guide) { first(t, g, derived).Support.Examples++ }},
		{"a total that differs", func(t *testing.T, g *guidance.Guide) { first(t, g, derived).Support.Of-- }},
		{"more contributors than there are", func(t *testing.T, g *guidance.Guide) { first(t, g, derived).Support.Contributors += 3 }},
		{"no support", func(t *testing.T, g *guidance.Guide) { first(t, g, derived).Support = nil }},
		{"a statement that nobody made", func(t *testing.T, g *guidance.Guide) { first(t, g, derived).Statement = "step.me-invented" }},
		{"another statement's support", func(t *testing.T, g *guidance.Guide) {
			first(t, g, func(c *guidance.Claim) bool { return c.Statement == "step.me-outreach" }).Statement = "step.me-closing-loop"
		}},
		{"general knowledge that claims support", func(t *testing.T, g *guidance.Guide) {
			s := by(9, 9)
			first(t, g, func(c *guidance.Claim) bool { return c.Source == guidance.Vocabulary }).Support = &s
		}},
		{"a sentence about the document that claims support", func(t *testing.T, g *guidance.Guide) {
			s := by(9, 9)
			first(t, g, func(c *guidance.Claim) bool { return c.Source == guidance.Frame }).Support = &s
		}},
		{"a front with one example more", func(_ *testing.T, g *guidance.Guide) { g.Front.Examples++ }},
		{"a front with fewer contributors", func(_ *testing.T, g *guidance.Guide) { g.Front.Contributors-- }},
		{"a front that tells a number as a bound", func(_ *testing.T, g *guidance.Guide) { g.Front.AlmostAll = true }},
		{"a bar one too long", func(t *testing.T, g *guidance.Guide) { block(t, g, guidance.FigureOf).Figure.Values[0]++ }},
		{"bars of another whole", func(t *testing.T, g *guidance.Guide) { block(t, g, guidance.FigureOf).Figure.Of++ }},
		{"a bar of somebody else", func(t *testing.T, g *guidance.Guide) {
			block(t, g, guidance.FigureOf).Figure.Claims[0].Statement = "ot:community-group"
		}},
		{"a bar without support", func(t *testing.T, g *guidance.Guide) {
			c := &block(t, g, guidance.FigureOf).Figure.Claims[0]
			c.Support, c.Source = nil, guidance.Frame
		}},
		{"a bar too many", func(t *testing.T, g *guidance.Guide) {
			f := block(t, g, guidance.FigureOf).Figure
			f.Rows, f.Values = append(f.Rows, "Another"), append(f.Values, f.Values[0])
		}},
		{"two rows that rest on one", func(t *testing.T, g *guidance.Guide) {
			table := counted(t, g)
			table.Rows, table.Claims = append(table.Rows[:1:1], table.Rows[0]), table.Claims[:1]
		}},
		{"a topic with both parts, as if it were a broad one", func(t *testing.T, g *guidance.Guide) {
			topic := made().Topics[0]
			c := first(t, g, derived)
			c.Statement, c.Support = "near:"+string(topic.Challenge), &topic.Support
		}},
		{"a row that rests on nothing", func(t *testing.T, g *guidance.Guide) {
			table := counted(t, g)
			table.Rows = append(table.Rows, []string{"Anything", "9 of 9"})
		}},
		{"a row whose count differs", func(t *testing.T, g *guidance.Guide) {
			counted(t, g).Claims[0].Support.Examples++
		}},
		{"a detail without support", func(t *testing.T, g *guidance.Guide) {
			c := first(t, g, derived)
			c.Details = append(c.Details, guidance.Claim{Text: "And more.", Source: guidance.Derived})
		}},
	} {
		t.Run(row.name, func(t *testing.T) {
			g, err := entire(made(), topicID, guidance.Config{})
			require.NoError(t, err)
			require.NoError(t, guidance.Check(g, made()))
			row.spoil(t, g)
			require.ErrorIs(t, guidance.Check(g, made()), guidance.ErrCheck)
		})
	}
}

// The guide on the whole collection rests on its kinds of organisation, and one on a
// topic on a broad topic that lends to it.
func TestCheckKnowsTheWhole(t *testing.T) {
	c := made()
	c.Organisations = []aggregate.Count{{Code: "ot:regulator", Support: by(9, 40)}}
	about, err := guidance.About(c, guidance.Config{})
	require.NoError(t, err)
	claim := first(t, about, derived)
	claim.Statement, claim.Support = "ot:regulator", &c.Organisations[0].Support
	require.NoError(t, guidance.Check(about, c))
	g, err := entire(c, topicID, guidance.Config{})
	require.NoError(t, err)
	claim = first(t, g, derived)
	claim.Statement, claim.Support = "ot:regulator", &c.Organisations[0].Support
	require.ErrorIs(t, guidance.Check(g, c), guidance.ErrCheck)

	broad := c.Topics[0]
	broad.ID, broad.Objective = strings.ReplaceAll(string(broad.Challenge), ":", "-"), ""
	g, err = entire(c, topicID, guidance.Config{})
	require.NoError(t, err)
	claim = first(t, g, derived)
	claim.Statement, claim.Support = "near:"+string(broad.Challenge), &broad.Support
	require.ErrorIs(t, guidance.Check(g, c), guidance.ErrCheck)
	c.Topics = append(c.Topics, broad)
	require.NoError(t, guidance.Check(g, c))
}

// counted is the first table whose rows state numbers.
func counted(t *testing.T, g *guidance.Guide) *guidance.Table {
	t.Helper()
	for _, s := range g.Sections {
		for _, b := range s.Blocks {
			if b.Kind == guidance.TableOf && len(b.Table.Claims) > 0 {
				return b.Table
			}
		}
	}
	require.Fail(t, "no table states numbers")
	return nil
}

// What an edition prints as it was printed before is counted among as many as there
// were then, or told as a bound, beside counts of today: every document of it can be
// made. Of 2,000 examples bars of two lengths stopped a publication.
func TestCountsOfDifferentWholes(t *testing.T) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 8))
		c := bounded()
		var change func(v reflect.Value)
		change = func(v reflect.Value) {
			switch v.Kind() {
			case reflect.Pointer:
				if !v.IsNil() {
					change(v.Elem())
				}
			case reflect.Slice:
				for i := range v.Len() {
					change(v.Index(i))
				}
			case reflect.Struct:
				if s, ok := reflect.TypeAssert[*aggregate.Support](v.Addr()); ok {
					if r.IntN(3) == 0 {
						s.Of += r.IntN(4)
					}
					if r.IntN(6) == 0 {
						s.AlmostAll, s.Kinds = true, 0
					}
					return
				}
				for i := range v.NumField() {
					if v.Type().Field(i).IsExported() {
						change(v.Field(i))
					}
				}
			}
		}
		change(reflect.ValueOf(c).Elem())
		for _, topic := range c.Topics {
			g, err := entire(c, topic.ID, guidance.Config{})
			require.NoError(t, err, "%d", seed)
			require.NoError(t, guidance.Check(g, c))
			_, err = guidance.Workshop(c, topic.ID, 12, guidance.Config{})
			require.NoError(t, err, "%d", seed)
		}
		for _, whole := range []func(*aggregate.Collection, guidance.Config) (*guidance.Guide, error){guidance.About, guidance.ResourceList} {
			_, err := whole(c, guidance.Config{})
			require.NoError(t, err, "%d", seed)
		}
		_, err := guidance.Digest(c, made(), guidance.Config{})
		require.NoError(t, err, "%d", seed)
	}
}

// A statement behind which stand one to k-1 contributors makes Build fail, and
// the other documents too, though the collection gives it.
func TestTooFewContributors(t *testing.T) {
	for n := 1; n < 5; n++ {
		c := made()
		s := &c.Topics[0].Statements[2].Support
		s.Examples, s.Contributors = n, n
		_, err := entire(c, topicID, guidance.Config{})
		require.ErrorIs(t, err, guidance.ErrCheck, "%d", n)
		_, err = guidance.Workshop(c, topicID, 12, guidance.Config{})
		require.ErrorIs(t, err, guidance.ErrCheck, "%d", n)

		wide := made()
		wide.Statements[0].Contributors = n
		g, err := guidance.ResourceList(wide, guidance.Config{})
		require.ErrorIs(t, err, guidance.ErrCheck, "%d", n)
		require.Nil(t, g)

		topics := made()
		topics.Topics[0].Support.Contributors = n
		_, err = guidance.Digest(topics, nil, guidance.Config{})
		require.ErrorIs(t, err, guidance.ErrCheck, "%d", n)
	}
}

// Law 11: a section without evidence is left out, and what it would have asked
// is asked at the end where no guide does without it.
func TestSectionsThatSayNothingAreLeftOut(t *testing.T) {
	c := made()
	c.Statements, c.Showcase = nil, nil
	for i := range c.Topics {
		c.Topics[i].Statements, c.Topics[i].Domains = nil, nil
	}
	g, err := entire(c, topicID, guidance.Config{})
	require.NoError(t, err)
	var ids []string
	for _, s := range g.Sections {
		ids = append(ids, s.ID)
		says := false
		for _, b := range s.Blocks {
			says = says || b.Kind != guidance.SlotOf
			require.False(t, b.Kind == guidance.List && len(b.Claims) == 0, s.ID)
		}
		require.True(t, says || s.ID == "checklist", s.ID)
	}
	require.Equal(t, []string{"brief", "glance", "steps", "look", "checklist", "annex", "evidence", "who", "forces", "glossary"}, ids)
	require.Subset(t, slotIDs(g), []string{"problem", "rules", "measure", "decision"})
}

// A line that leads into a list has its list.
func TestNoLeadInWithoutAList(t *testing.T) {
	for _, c := range []*aggregate.Collection{made(), grouped()} {
		g, err := entire(c, topicID, guidance.Config{})
		require.NoError(t, err)
		about, err := guidance.About(c, guidance.Config{})
		require.NoError(t, err)
		for _, s := range slices.Concat(g.Sections, about.Sections) {
			for i, b := range s.Blocks {
				for _, claim := range b.Claims {
					if b.Kind == guidance.Paragraph && strings.HasSuffix(claim.Text, ":") {
						require.Less(t, i+1, len(s.Blocks), s.ID)
						require.Contains(t, []guidance.BlockKind{guidance.List, guidance.Checklist, guidance.Examples}, s.Blocks[i+1].Kind, s.ID)
					}
				}
			}
		}
	}
}

// A quotation stands once in a guide and in no more than two guides.
func TestQuotationsAreNotRepeated(t *testing.T) {
	c := made()
	words := []aggregate.Wording{{Text: "We went to the market twice a week.", Support: aggregate.Support{Examples: 1, Of: 7, Contributors: 1, Kinds: 1}}}
	for _, id := range []string{"ch-trust", "ch-time"} {
		other := c.Topics[0]
		other.ID, other.Challenge, other.Objective = id, model.Code(strings.Replace(id, "-", ":", 1)), ""
		other.Statements = slices.Clone(other.Statements)
		c.Topics = append(c.Topics, other)
	}
	for i := range c.Topics {
		for j := range c.Topics[i].Statements {
			if c.Topics[i].Statements[j].Kind == aggregate.StepStatement {
				c.Topics[i].Statements[j].Approved = words
			}
		}
	}
	var times []int
	for _, topic := range c.Topics {
		g, err := entire(c, topic.ID, guidance.Config{})
		require.NoError(t, err)
		times = append(times, strings.Count(text(t, g), words[0].Text))
	}
	require.Equal(t, []int{1, 1, 0}, times)
}

// Law 11: no derived sentence promises what examples cannot show; words of a
// contributor's own, approved, stay as they are.
func TestPromises(t *testing.T) {
	for _, words := range []string{
		"This proves it.", "A proven way.", "It proved right.", "An effective way.", "It works.", "It WORKS!", "Evidence-based practice.", "(effective)",
		"This guarantees success.", "Seen in 70% of cases.", "“Works”, they said.", "It was done effectively.", "Its effectiveness is known.", "Success is guaranteed.",
		"Det är effektivt.", "Das ist wirksam.", "C’est efficace.", "Está demostrado.", "È dimostrato.", "Het is bewezen.", "To jest skuteczne.", "Mae’n effeithiol.",
	} {
		g, err := entire(made(), topicID, guidance.Config{})
		require.NoError(t, err)
		c := first(t, g, derived)
		c.Text = words
		require.ErrorIs(t, guidance.Check(g, made()), guidance.ErrCheck, words)
	}
	for _, words := range []string{"A network of groups.", "They worked together.", "It was ineffective.", "Proof was asked for."} {
		g, err := entire(made(), topicID, guidance.Config{})
		require.NoError(t, err)
		first(t, g, derived).Text = words
		require.NoError(t, guidance.Check(g, made()), words)
	}
}

func TestOwnSections(t *testing.T) {
	c := made()
	s := c.Topics[0].Statements[1]
	good := guidance.Section{ID: "ours", Title: "Ours", Blocks: []guidance.Block{
		{Kind: guidance.Paragraph, Claims: []guidance.Claim{{Text: "Said here too.", Source: guidance.Derived, Support: &s.Support, Statement: s.ID, Rung: 3}}},
		{Kind: guidance.SlotOf, Slot: &guidance.Slot{ID: "our-slot", Type: guidance.TextSlot, Question: "And you?"}},
	}}
	write := func(change func(*guidance.Section)) guidance.OwnSection {
		return guidance.OwnSection{Write: func(f guidance.Front, got *aggregate.Collection) (guidance.Section, error) {
			if f.ID != topicID || got != c {
				return guidance.Section{}, errors.New("another guide")
			}
			var own guidance.Section
			body, err := json.Marshal(good)
			if err == nil {
				err = json.Unmarshal(body, &own)
			}
			change(&own)
			return own, err
		}}
	}
	build := func(x guidance.OwnSection) (*guidance.Guide, error) {
		return guidance.Build(c, topicID, guidance.Config{Extra: []guidance.OwnSection{x}, Answers: map[string]guidance.Answer{"our-slot": {Text: "Yes."}}})
	}
	nothing := func(*guidance.Section) {}
	g, err := build(write(nothing))
	require.NoError(t, err)
	last := g.Sections[len(g.Sections)-1]
	require.Equal(t, "ours", last.ID)
	require.Equal(t, "Yes.", last.Blocks[1].Slot.Answer)
	require.NotEmpty(t, last.Blocks[0].Claims[0].ID)

	g, err = build(placed(write(nothing), "steps"))
	require.NoError(t, err)
	for i, s := range g.Sections {
		if s.ID == "ours" {
			require.Equal(t, "steps", g.Sections[i-1].ID)
		}
	}
	g, err = build(placed(write(nothing), "no-such-section"))
	require.NoError(t, err)
	require.Equal(t, "ours", g.Sections[len(g.Sections)-1].ID)
	g, err = build(write(func(s *guidance.Section) { s.Blocks = nil }))
	require.NoError(t, err)
	require.NotEqual(t, "ours", g.Sections[len(g.Sections)-1].ID)

	for _, row := range []struct {
		name  string
		spoil func(*guidance.Section)
		want  error
	}{
		{"support made up", func(s *guidance.Section) { s.Blocks[0].Claims[0].Support.Examples++ }, guidance.ErrCheck},
		{"no support", func(s *guidance.Section) { s.Blocks[0].Claims[0].Support = nil }, guidance.ErrCheck},
		{"a promise", func(s *guidance.Section) { s.Blocks[0].Claims[0].Text = "It works." }, guidance.ErrCheck},
		{"id taken", func(s *guidance.Section) { s.ID = "steps" }, guidance.ErrArgument},
		{"id malformed", func(s *guidance.Section) { s.ID = `x" onclick="` }, guidance.ErrArgument},
		{"slot taken", func(s *guidance.Section) { s.Blocks[1].Slot.ID = "brief" }, guidance.ErrArgument},
		{"slot malformed", func(s *guidance.Section) { s.Blocks[1].Slot.ID = "x --> <b>" }, guidance.ErrArgument},
	} {
		t.Run(row.name, func(t *testing.T) {
			g, err := build(write(row.spoil))
			require.ErrorIs(t, err, row.want)
			require.Nil(t, g)
		})
	}
	failed := errors.New("the section cannot be written")
	_, err = build(guidance.OwnSection{Write: func(guidance.Front, *aggregate.Collection) (guidance.Section, error) {
		return guidance.Section{}, failed
	}})
	require.ErrorIs(t, err, failed)
}

func placed(x guidance.OwnSection, after string) guidance.OwnSection {
	x.After = after
	return x
}
