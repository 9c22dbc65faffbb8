// SPDX-License-Identifier: Apache-2.0

package aggregate

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/sharedpractice/sharedpractice/aggregate/cluster"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// The thresholds: how many independent contributors must stand behind whatever
// is published. Floor holds for anything, whoever asks for less.
const (
	KPublic  = 5
	KMembers = 3
	Floor    = 3
)

// ErrThreshold says that a lower threshold was asked for than Floor.
var ErrThreshold = errors.New("aggregate: threshold below the floor of 3")

// ErrRecord says that a record was not made by an anonymizer.
var ErrRecord = errors.New("aggregate: record is not sealed")

// ErrAudience says that a record was made for fewer readers than the collection.
var ErrAudience = errors.New("aggregate: record made for fewer readers than the collection")

// ErrKeys says that records were made with different keys: one contributor would
// count as several.
var ErrKeys = errors.New("aggregate: records made with different keys")

// Config says how records are brought together. The zero value publishes to
// nobody but the working group and asks for KPublic contributors.
type Config struct {
	// K is the threshold; 0 means KPublic.
	K int
	// Audience names the readers of the collection.
	Audience model.Audience
	// Now is the moment at which the collection is made: a record whose agreements
	// are over by then is refused. Where it is zero, their end is not asked for;
	// edition asks for it.
	Now time.Time
	// Admit, if not nil, is asked for everything that is about to be published
	// and names (by Key) what must not be, such as what a ledger of editions
	// refuses. It is asked again until it refuses nothing.
	Admit func(items []Item) (refused []ItemKey, err error)
	// Released are the records of the release that is published beside the
	// collection, as their lines read. What they tell is held against the counts,
	// field by field, and only they speak in their own words. nil means that
	// every record stands in it that its agreements let.
	Released []anonymize.Record
	// Lines holds, by id, the content of those lines of the release that are printed as
	// an earlier edition printed them; it replaces that of Released.
	Lines map[string]anonymize.Content
	// Bounds is the least threshold for numbers that are told as bounds: that of an
	// earlier edition. It is the strictest that anybody in the collection asks for, the
	// same for all numbers, so that no bound tells who stands behind it.
	Bounds int
	// Embedder adds meaning to the words by which uncoded statements are grouped
	// and merged, such as cluster/wordtable's; nil compares words only.
	Embedder cluster.Embedder
	// Vocabulary codes what the texts mention; nil means vocabulary.Default.
	Vocabulary *vocabulary.Set
}

// Build brings records together: topics by challenge and objective, statements
// with the support that they have, counts. Only codes that a person accepted
// count. Whatever has fewer independent contributors than the threshold, or
// than the K of one of its records, is left out. The result does not depend on
// the order of the records.
func Build(ctx context.Context, records []anonymize.Record, cfg Config) (*Collection, error) {
	k := cmp.Or(cfg.K, KPublic)
	if k < Floor {
		return nil, ErrThreshold
	}
	if cfg.Vocabulary == nil {
		cfg.Vocabulary = vocabulary.Default()
	}
	if err := CheckRecords(records, cfg.Audience, cfg.Now); err != nil {
		return nil, err
	}
	records = slices.Clone(records)
	slices.SortFunc(records, func(a, b anonymize.Record) int { return cmp.Compare(a.ID(), b.ID()) })
	records = slices.CompactFunc(records, func(a, b anonymize.Record) bool { return a.ID() == b.ID() })

	words, err := matchersOf(cfg.Vocabulary)
	if err != nil {
		return nil, fmt.Errorf("aggregate: vocabulary: %w", err)
	}
	all := newCorpus(records, k, cfg.Released, cfg.Lines)
	b := &build{ctx: ctx, cfg: cfg, all: all, gate: newGate(all), matcher: words.methods, signs: words.signs, themes: map[string][]model.Code{}, same: map[ItemKey]sameness{}, proposals: map[string][]proposal{}, read: make([][]mention, len(all.records))}
	b.gate.inside = b.keysInside
	b.countable = b.all.supported(b.all.only(func(i int) bool { return b.all.records[i].Allows(model.UseAggregate) }))
	// Who is left out of all for being of too few is left out of every part of all.
	b.guidance = b.all.only(func(i int) bool {
		r := b.all.records[i]
		return r.Allows(model.UseGuidance) && (!r.Allows(model.UseAggregate) || b.countable.has(i))
	})
	b.all.bounds = max(cfg.Bounds, b.all.strictestOf(b.countable), b.all.strictestOf(b.guidance))
	for range maxRounds {
		c, err := b.collection()
		if err != nil || cfg.Admit == nil {
			return c, err
		}
		refused, err := cfg.Admit(b.gate.passed())
		if err != nil {
			return nil, fmt.Errorf("aggregate: admit: %w", err)
		}
		if len(refused) == 0 {
			return c, nil
		}
		for _, key := range settledFirst(refused) {
			b.gate.refused[key] = true
		}
	}
	return nil, errRefused
}

// matchers find in texts what Build codes them by.
type matchers struct{ methods, signs *vocabulary.Matcher } // signs may be nil

func matchersOf(set *vocabulary.Set) (matchers, error) {
	if set == vocabulary.Default() {
		return builtIn()
	}
	return newMatchers(set)
}

var builtIn = sync.OnceValues(func() (matchers, error) { return newMatchers(vocabulary.Default()) })

func newMatchers(set *vocabulary.Set) (m matchers, err error) {
	if m.methods, err = vocabulary.NewMatcher(vocabulary.MatcherConfig{Set: set, Schemes: []string{vocabulary.Method, vocabulary.Theme}}); err != nil {
		return m, err
	}
	if set.Scheme(vocabulary.Sign).Len() > 0 {
		m.signs, err = vocabulary.NewMatcher(vocabulary.MatcherConfig{Set: set, Schemes: []string{vocabulary.Sign}})
	}
	return m, err
}

// CheckRecords reports whether records may stand in one collection for some
// readers at a moment: each sealed, made for no fewer readers, under agreements
// that are not over, and all with one key.
func CheckRecords(records []anonymize.Record, audience model.Audience, now time.Time) error {
	for _, r := range records {
		switch end := r.Expires(); {
		case !r.Valid():
			return ErrRecord
		case r.Audience() < audience:
			return ErrAudience
		case r.KeyID() != records[0].KeyID():
			return ErrKeys
		case !now.IsZero() && !end.IsZero() && !now.Before(end):
			return fmt.Errorf("aggregate: %w", anonymize.ErrExpired)
		}
	}
	return nil
}

// settledFirst are the refused items to leave out in this round: those of
// groups of topics only when all others are settled, since a group that is put together
// without a refused topic holds other examples, and may not be refused.
func settledFirst(refused []ItemKey) []ItemKey {
	others := slices.DeleteFunc(slices.Clone(refused), ItemKey.inTopicGroup)
	if len(others) > 0 {
		return others
	}
	return refused
}

// maxRounds bounds how often a collection is put together again without
// what was refused.
const maxRounds = 24

// errRefused says that Admit went on refusing.
var errRefused = errors.New("aggregate: what may be published does not settle")

type build struct {
	ctx                 context.Context //nolint:containedctx // lives as long as the call that makes it
	cfg                 Config
	all                 *corpus
	gate                *gate
	countable, guidance set
	matcher, signs      *vocabulary.Matcher                // signs is nil where the vocabulary has none
	same                map[ItemKey]sameness               // by key
	proposals           map[string][]proposal              // grouped once, by scheme
	read                [][]mention                        // what records say, by record; read once
	themes              map[string][]model.Code            // by text
	said                map[int]map[statementKey][]mention // what lines say, by record
	inner               map[string][]string                // the topics within a topic, of this round
}

func (b *build) collection() (*Collection, error) {
	b.gate.start()
	c := &Collection{Schema: Schema, K: b.all.k, Audience: b.cfg.Audience, Bounds: b.all.bounds}
	if s := b.gate.admit(question{key: AllItems, of: b.countable}); s != nil {
		c.Examples, c.Contributors = len(s), b.all.contributors(s)
	}
	c.Crosstab = b.crosstab()
	c.Showcase = b.showcase()
	uncoded := b.all.only(func(i int) bool {
		return b.countable.has(i) && (len(challengeCodes(b.all.content[i])) == 0 || len(objectiveCodes(b.all.content[i])) == 0)
	})
	if s := b.gate.admit(question{key: AllItems.Facet("uncoded"), of: uncoded}); s != nil {
		support := b.all.support(s, b.countable)
		c.Uncoded = &support
	}
	var err error
	if c.Proposed, err = b.proposed(); err != nil {
		return nil, err
	}
	topics, sets, err := b.topics(c.Showcase)
	if err != nil {
		return nil, err
	}
	c.Topics = topics
	c.TopicGroups = b.topicGroups(topics, sets)
	b.totals(c)
	if s := b.gate.admit(question{key: guidanceItems, of: b.guidance}); s != nil {
		c.Statements = b.general(s)
	}
	c.Edition, err = edition(c)
	return c, err
}

// edition is the hash of a collection without its edition.
func edition(c *Collection) (string, error) {
	copied := *c
	copied.Edition = ""
	body, err := json.Marshal(copied)
	if err != nil {
		return "", fmt.Errorf("aggregate: %w", err)
	}
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:16]), nil
}

// only is the set of the records for which keep holds.
func (c *corpus) only(keep func(i int) bool) set {
	var s set
	for i := range c.records {
		if keep(i) {
			s = append(s, i)
		}
	}
	return s
}

// totals counts all examples by code, beside everything that is told of topics.
func (b *build) totals(c *Collection) {
	total := func(facet string, codes func(anonymize.Content) []model.Code, beside func(code model.Code, members set) []set) []Count {
		return b.counts(counting{where: AllItems, facet: facet, among: b.countable, beside: beside}, b.countable, codes)
	}
	// From those with a challenge, a topic or a cell of it can be taken away.
	parts := func(_ model.Code, members set) []set { return b.gate.partsWithin(members) }
	// And from a family of challenges those of some of them.
	how := counting{
		where: AllItems, facet: "challenge", among: b.countable, beside: parts, from: b.besideFamilies(),
		line: func(i int, code model.Code) bool { return slices.Contains(challengeCodes(b.all.published[i]), code) },
	}
	challenges := map[model.Code]set{}
	for _, i := range b.countable {
		for _, code := range challengeCodes(b.all.content[i]) {
			challenges[code] = append(challenges[code], i)
		}
	}
	for _, code := range sortedKeys(challenges) {
		c.Challenges = append(c.Challenges, b.counted(how, map[model.Code]set{code: challenges[code]})...)
	}
	sortCounts(c.Challenges)
	c.Objectives = total("objective", objectiveCodes, parts)
	// From those of a sector, those of whom topics say that they are of it.
	ofTopics := func(facet string) func(model.Code, set) []set {
		return func(code model.Code, _ set) []set {
			var out []set
			for _, t := range c.Topics {
				if members := b.gate.members[t.Key().Count(facet, code)]; members != nil {
					out = append(out, members)
				}
			}
			return out
		}
	}
	c.Situations = total("situation", situationCodes, ofTopics("situation"))
	for _, speaker := range []struct {
		facet  string
		counts *[]Count
		codes  func(anonymize.Content) []model.Code
	}{
		{"organisation", &c.Organisations, func(c anonymize.Content) []model.Code { return c.OrganisationTypes }},
		{"sector", &c.Sectors, func(c anonymize.Content) []model.Code { return c.Sectors }},
		{"level", &c.Levels, func(c anonymize.Content) []model.Code { return one(c.Level) }},
		{"kind", &c.Kinds, func(c anonymize.Content) []model.Code { return one(c.Kind) }},
	} {
		*speaker.counts = total(speaker.facet, speaker.codes, ofTopics(speaker.facet))
	}
}

// counting describes one count of examples by the codes of a facet.
type counting struct {
	where ItemKey // the key of those who are counted
	facet string
	among set // those who could have the code
	// line says whether the line of a record shows the code; nil where no line does.
	line   func(i int, code model.Code) bool
	beside func(code model.Code, members set) []set
	// from reports whether a code, taken from what holds it, shows too few.
	from   func(code model.Code, members set) bool
	unless func(Support) bool
	says   func(code model.Code) statementKey
}

// counts counts the examples of s by code.
func (b *build) counts(how counting, s set, codes func(anonymize.Content) []model.Code) []Count {
	by := map[model.Code]set{}
	for _, i := range s {
		for _, code := range distinct(codes(b.all.content[i])) {
			by[code] = append(by[code], i)
		}
	}
	how.line = func(i int, code model.Code) bool { return slices.Contains(codes(b.all.published[i]), code) }
	return b.counted(how, by)
}

// counted turns sets by code into counts, the largest first, those left out that
// may not be published.
func (b *build) counted(how counting, by map[model.Code]set) []Count {
	var out []Count
	for code, s := range by {
		q := question{key: how.where.Count(how.facet, code), of: s}
		if how.line != nil {
			q.line = func(i int) bool { return how.line(i, code) }
		}
		if how.beside != nil {
			q.beside = func(members set) []set { return how.beside(code, members) }
		}
		q.unless = func(members set) bool {
			return how.unless != nil && how.unless(b.all.support(members, how.among)) || how.from != nil && how.from(code, members)
		}
		if how.says != nil {
			q.says = how.says(code)
		}
		if members := b.gate.admit(q); members != nil {
			out = append(out, Count{Code: code, Support: b.all.support(members, how.among)})
		}
	}
	sortCounts(out)
	return out
}

func sortCounts(out []Count) {
	slices.SortFunc(out, func(a, b Count) int {
		return cmp.Or(cmp.Compare(b.Contributors, a.Contributors), cmp.Compare(b.Examples, a.Examples), cmp.Compare(a.Code, b.Code))
	})
}

func one(code model.Code) []model.Code {
	if code == "" {
		return nil
	}
	return []model.Code{code}
}

func distinct(codes []model.Code) []model.Code {
	codes = slices.DeleteFunc(slices.Clone(codes), func(c model.Code) bool { return c == "" })
	slices.Sort(codes)
	return slices.Compact(codes)
}

func accepted(statements []anonymize.Statement) []model.Code {
	var codes []model.Code
	for _, s := range statements {
		if s.Accepted {
			codes = append(codes, s.Code)
		}
	}
	return distinct(codes)
}

func challengeCodes(c anonymize.Content) []model.Code { return accepted(c.Challenges) }
func objectiveCodes(c anonymize.Content) []model.Code { return accepted(c.Objectives) }
func situationCodes(c anonymize.Content) []model.Code { return accepted(c.Situations) }
