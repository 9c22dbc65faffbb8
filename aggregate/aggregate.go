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

// Config says how records are brought together. The zero value publishes to
// nobody but the working group and asks for KPublic contributors.
type Config struct {
	// K is the threshold; 0 means KPublic.
	K int
	// Audience is who will read the collection.
	Audience model.Audience
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
	for _, r := range records {
		if !r.Valid() {
			return nil, ErrRecord
		}
	}
	records = slices.Clone(records)
	slices.SortFunc(records, func(a, b anonymize.Record) int { return cmp.Compare(a.ID(), b.ID()) })
	records = slices.CompactFunc(records, func(a, b anonymize.Record) bool { return a.ID() == b.ID() })

	matcher, err := vocabulary.NewMatcher(vocabulary.MatcherConfig{Set: cfg.Vocabulary, Schemes: []string{vocabulary.Method, vocabulary.Theme}})
	if err != nil {
		return nil, fmt.Errorf("aggregate: vocabulary: %w", err)
	}
	b := &build{ctx: ctx, cfg: cfg, all: newCorpus(records, k), matcher: matcher, themes: map[string][]model.Code{}, published: map[statementKey][]set{}}
	b.countable = b.all.only(func(i int) bool { return b.all.records[i].Allows(model.UseAggregate) })
	b.guidance = b.all.only(func(i int) bool { return b.all.records[i].Allows(model.UseGuidance) })
	return b.collection()
}

type build struct {
	ctx                 context.Context
	cfg                 Config
	all                 *corpus
	countable, guidance set
	matcher             *vocabulary.Matcher
	published           map[statementKey][]set // of the topics' statements
	themes              map[string][]model.Code // by text
}

func (b *build) collection() (*Collection, error) {
	c := &Collection{Schema: Schema, K: b.all.k, Audience: b.cfg.Audience}
	if s := b.all.supported(b.countable); s != nil {
		c.Examples, c.Contributors = len(s), b.all.contributors(s)
	} else {
		b.countable = nil
	}
	overall := func(codes func(anonymize.Content) []model.Code) []Count { return b.counts(b.countable, codes) }
	c.Challenges = overall(challengeCodes)
	c.Objectives = overall(objectiveCodes)
	c.Situations = overall(situationCodes)
	c.Organisations = overall(func(c anonymize.Content) []model.Code { return c.OrganisationTypes })
	c.Sectors = overall(func(c anonymize.Content) []model.Code { return c.Sectors })
	c.Levels = overall(func(c anonymize.Content) []model.Code { return one(c.Level) })
	c.Kinds = overall(func(c anonymize.Content) []model.Code { return one(c.Kind) })
	c.Crosstab = b.crosstab()
	c.Showcase = b.showcase()
	uncoded := b.all.only(func(i int) bool {
		return b.countable.has(i) && (len(challengeCodes(b.all.content[i])) == 0 || len(objectiveCodes(b.all.content[i])) == 0)
	})
	if s := b.all.supported(uncoded); s != nil {
		support := b.all.support(s, len(b.countable))
		c.Uncoded = &support
	}
	topics, err := b.topics(c.Showcase)
	if err != nil {
		return nil, err
	}
	c.Topics = topics
	if s := b.all.supported(b.guidance); s != nil {
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

// counts counts the examples of s by code, those with too little support left out.
func (b *build) counts(s set, codes func(anonymize.Content) []model.Code) []Count {
	by := map[model.Code]set{}
	for _, i := range s {
		for _, code := range distinct(codes(b.all.content[i])) {
			by[code] = append(by[code], i)
		}
	}
	return b.counted(by, len(s))
}

// counted turns sets by code into counts, the largest first.
func (b *build) counted(by map[model.Code]set, of int) []Count {
	var out []Count
	for code, members := range by {
		if members = b.all.supported(members); members != nil {
			out = append(out, Count{Code: code, Support: b.all.support(members, of)})
		}
	}
	slices.SortFunc(out, func(a, b Count) int {
		return cmp.Or(cmp.Compare(b.Contributors, a.Contributors), cmp.Compare(b.Examples, a.Examples), cmp.Compare(a.Code, b.Code))
	})
	return out
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
