// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"cmp"
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/guidance/internal/words"
)

// errCheck says that a guide breaks a rule; the error names claim and rule.
var errCheck = errors.New("guidance: check")

// Check verifies a guide against the collection that it was built from, without
// the code that built it: every derived claim has the support that the
// collection gives for its statement (rows of tables and bars included), at least K contributors stand behind it
// unless its contributor approved the words, no other sentence claims support,
// and no sentence promises what examples cannot show.
func Check(g *Guide, c *aggregate.Collection) error {
	known := supports(cmp.Or(g.Front.Topic, g.Front.ID), c)
	err := checkCounts(g, known)
	g.claims(func(at string, claim *Claim) {
		if err == nil {
			err = checkClaim(at, claim, known, c.K)
		}
	})
	return err
}

// checkCounts verifies what stands in a guide without a sentence of its own: the
// numbers of its front, the lengths of its bars, and that every row which is
// counted has its claim.
func checkCounts(g *Guide, known map[string][]aggregate.Support) error {
	if g.Front.Kind == KindHowTo {
		for _, s := range known["topic"] {
			if g.Front.Examples != s.Examples || g.Front.Contributors != s.Contributors || g.Front.AlmostAll != s.AlmostAll {
				return fmt.Errorf("%w: front: the collection does not give these numbers", errCheck)
			}
		}
	}
	for _, s := range g.Sections {
		for _, b := range s.Blocks {
			if t := b.Table; t != nil && len(t.Claims) > 0 && len(t.Claims) != len(t.Rows) {
				return fmt.Errorf("%w: %s: a row of a table rests on nothing", errCheck, s.ID)
			}
			if b.Figure != nil && !b.Figure.asLongAsClaimed() {
				return fmt.Errorf("%w: %s: a bar is not as long as the collection says", errCheck, s.ID)
			}
		}
	}
	return nil
}

// asLongAsClaimed reports whether each bar is as long as its claim says, where bars have claims.
func (f *Figure) asLongAsClaimed() bool {
	if len(f.Claims) == 0 {
		return true
	}
	for i, v := range f.Values {
		if i >= len(f.Claims) {
			return false
		}
		if s := f.Claims[i].Support; s == nil || s.Examples != v || s.Of != f.Of {
			return false
		}
	}
	return true
}

func checkClaim(at string, claim *Claim, known map[string][]aggregate.Support, k int) error {
	fail := func(rule string) error { return fmt.Errorf("%w: %s: %s", errCheck, at, rule) }
	if claim.Source != Derived {
		if claim.Support != nil {
			return fail("a sentence that is not derived claims support")
		}
		return nil
	}
	if claim.Support == nil {
		return fail("a derived sentence has no support")
	}
	found := false
	for _, s := range known[claim.Statement] {
		found = found || s == *claim.Support
	}
	if !found {
		return fail("the collection does not give this support")
	}
	if claim.Support.Contributors < k && claim.Rung != ownWords {
		return fail("fewer contributors than the threshold")
	}
	if claim.Rung != ownWords {
		if word := overclaim(claim.Text); word != "" {
			return fail("a sentence promises an effect")
		}
	}
	return nil
}

// supports lists every support that a collection gives for a topic, by the id
// that a claim names.
func supports(topic string, c *aggregate.Collection) map[string][]aggregate.Support {
	out := map[string][]aggregate.Support{}
	counts := func(lists ...[]aggregate.Count) {
		for _, list := range lists {
			for _, k := range list {
				out[string(k.Code)] = append(out[string(k.Code)], k.Support)
			}
		}
	}
	totals := func(facet string, list []aggregate.Count) {
		for _, k := range list {
			id := string(aggregate.AllItems.Count(facet, k.Code))
			out[id] = append(out[id], k.Support)
		}
	}
	prefixed := func(prefix string, list []aggregate.Count) {
		for _, k := range list {
			out[prefix+string(k.Code)] = append(out[prefix+string(k.Code)], k.Support)
		}
	}
	totals("challenge", c.Challenges)
	totals("objective", c.Objectives)
	if topic == KindAbout {
		counts(c.Organisations)
	}
	for _, t := range c.Topics {
		out[string(t.Key())] = append(out[string(t.Key())], t.Support)
		for _, s := range t.Statements {
			ofStatement(inTopic(t.ID, s.ID), s, out)
		}
		prefixed(inTopic(t.ID, "sector/"), t.Sectors)
		if t.Challenge == "" || t.Objective == "" { // a broad one lends to those in it
			ofNear(nearBy+string(cmp.Or(t.Challenge, t.Objective)), t.Support, t.Statements, out)
		}
		if t.ID != topic {
			continue
		}
		out["topic"] = append(out["topic"], t.Support)
		ofTopic(t, out)
		counts(t.Situations, t.Together, t.Stakeholders, t.Organisations, t.Sectors, t.TherapyAreas, t.Lifecycle, t.Levels, t.Scales, t.Kinds, t.Budgets, t.Designs)
		prefixed("direction-", t.Directions)
		prefixed("domain-", t.Domains)
		prefixed("criteria-by/", t.CriteriaBy)
		prefixed("criteria-met/", t.CriteriaMet)
		for _, s := range t.Statements {
			ofStatement(s.ID, s, out)
		}
	}
	for _, near := range c.TopicGroups {
		if slices.Contains(near.Topics, topic) {
			ofNear(nearBy+string(near.Code), near.Support, near.Statements, out)
		}
	}
	for _, s := range c.Statements {
		ofStatement("all:"+s.ID, s, out)
	}
	return out
}

// ofNear lists what those near a topic lend to it.
func ofNear(id string, all aggregate.Support, statements []aggregate.Statement, out map[string][]aggregate.Support) {
	out[id] = append(out[id], all)
	for _, s := range statements {
		ofStatement(id+":"+s.ID, s, out)
	}
}

// ofTopic lists what a topic counts of itself: its attempts, and what was found in which way.
func ofTopic(t aggregate.Topic, out map[string][]aggregate.Support) {
	for id, s := range map[string]*aggregate.Support{
		"experienced": t.Experienced, "perceived": t.Perceived, "independent": t.Independent, "measured": t.Measured,
	} {
		if s != nil {
			out[id] = append(out[id], *s)
		}
	}
	for _, k := range t.Kinds {
		if k.Code == "ki:attempt" {
			out["attempts"] = append(out["attempts"], k.Support)
		}
	}
}

// ofStatement lists the supports of a statement and its wordings by the id, and
// those of who did it, when and the like by the id of the part.
func ofStatement(id string, s aggregate.Statement, out map[string][]aggregate.Support) {
	out[id] = append(out[id], s.Support)
	for _, words := range [][]aggregate.Wording{s.Shared, s.Approved} {
		for _, word := range words {
			out[id] = append(out[id], word.Support)
		}
	}
	for part, counts := range map[string][]aggregate.Count{
		"actor": s.Actors, "side": s.Sides, "effort": s.Efforts, "month": s.Months, "often": s.Often, "band": s.Bands,
		"defined-by": s.DefinedBy, "met": s.Met, "addresses": s.Addresses,
	} {
		for _, k := range counts {
			at := id + "/" + part + "/" + string(k.Code)
			out[at] = append(out[at], k.Support)
		}
	}
	if s.Helpful != nil {
		out[id+"/helpful"] = append(out[id+"/helpful"], *s.Helpful)
	}
}

//go:embed data/overclaim.tsv
var overclaimTable string

// overclaims are the words of overclaim.tsv of all languages together: contributors'
// words may be in any, whatever the guide's.
type overclaims struct {
	stems   []string // " stem", without end
	phrases []string // " phrase "
}

var overclaimWords = sync.OnceValue(func() overclaims {
	var p overclaims
	for line := range strings.Lines(overclaimTable) {
		_, word, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		if stem, ok := strings.CutSuffix(word, "*"); ok {
			p.stems = append(p.stems, " "+stem)
		} else {
			p.phrases = append(p.phrases, " "+word+" ")
		}
	}
	return p
})

// overclaim finds a word that examples can never bear out, "" if there is none:
// that something works, is proven or is bound to help, in any language that the
// library speaks, or a percentage. It errs towards finding one.
func overclaim(text string) string {
	if strings.Contains(text, "%") {
		return "%"
	}
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '-'
	})
	plain := " " + strings.Join(words, " ") + " "
	for _, phrase := range overclaimWords().phrases {
		if strings.Contains(plain, phrase) {
			return strings.TrimSpace(phrase)
		}
	}
	for _, stem := range overclaimWords().stems {
		if strings.Contains(plain, stem) {
			return strings.TrimSpace(stem)
		}
	}
	return ""
}

// errGuide says that a guide is not whole, so that no renderer can write it well;
// the error names the place and the rule, never a text.
var errGuide = errors.New("guidance: malformed guide")

// Validate reports whether a guide, built by hand or read from JSON, is whole:
// its blocks hold what their kinds say, ids are well formed and stand once, tables
// and figures have as many cells and bars as they name. It does not hold it
// against a collection, as Check does.
func (g *Guide) Validate() error {
	if g == nil {
		return fmt.Errorf("%w: no guide", errGuide)
	}
	if g.Schema != Schema || g.Front.Title == "" || g.Front.Locale == "" {
		return fmt.Errorf("%w: front: schema, title or locale", errGuide)
	}
	sections, slots := map[string]bool{}, map[string]bool{}
	for i := range g.Sections {
		s := &g.Sections[i]
		if !words.IDForm().MatchString(s.ID) || sections[s.ID] {
			return fmt.Errorf("%w: section %d: its id is malformed or taken", errGuide, i+1)
		}
		sections[s.ID] = true
		if s.Title == "" || len(s.Blocks) == 0 {
			return fmt.Errorf("%w: %s: no title, or nothing in it", errGuide, s.ID)
		}
		for j := range s.Blocks {
			if rule := s.Blocks[j].fault(); rule != "" {
				return fmt.Errorf("%w: %s.%d: %s", errGuide, s.ID, j+1, rule)
			}
		}
	}
	var err error
	g.slots(func(s *Section, slot *Slot) {
		if !words.IDForm().MatchString(slot.ID) || slots[slot.ID] {
			err = fmt.Errorf("%w: %s: a slot's id is malformed or taken", errGuide, s.ID)
		}
		slots[slot.ID] = true
	})
	g.claims(func(at string, c *Claim) {
		if c.Text == "" {
			err = fmt.Errorf("%w: %s: a sentence without words", errGuide, at)
		}
	})
	return err
}

// fault is the rule that a block breaks, "" for none.
func (b *Block) fault() string {
	var whole bool
	switch b.Kind {
	case Paragraph, List, Checklist, Note:
		whole = len(b.Claims) > 0
	case Steps:
		whole = len(b.Steps) > 0
	case Heading:
		whole = b.Title != ""
	case SlotOf:
		whole = b.Slot.whole()
	case Examples:
		whole = len(b.Examples) > 0
	case Verbatim:
		whole = b.Text != ""
	case TableOf:
		whole = b.Table.whole()
	case FigureOf:
		whole = b.Figure.whole()
	default:
		return "no such kind of block"
	}
	if !whole {
		return "it lacks what its kind says, or has too much or too little of it"
	}
	return ""
}

func (s *Slot) whole() bool {
	return s != nil && s.Question != "" && (s.Type != ChoiceSlot || len(s.Options) > 0)
}

// whole reports whether a table has rows, each as wide as its head.
func (t *Table) whole() bool {
	return t != nil && len(t.Rows) > 0 && !slices.ContainsFunc(t.Rows, func(row []string) bool {
		return len(t.Header) > 0 && len(row) != len(t.Header)
	})
}

// whole reports whether a figure can be told without being seen, and has a value for each cell.
func (f *Figure) whole() bool {
	return f != nil && f.Alt != "" && len(f.Rows) > 0 && len(f.Values) == len(f.Rows)*max(1, len(f.Columns))
}
