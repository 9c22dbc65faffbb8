// SPDX-License-Identifier: Apache-2.0

package main

import (
	"cmp"
	"context"
	"slices"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/examples/internal/collect"
	"github.com/sharedpractice/sharedpractice/examples/internal/sample"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/model"
)

// edition is a collection with its guides, by the id of the guide.
type edition struct {
	collection *aggregate.Collection
	own        int // records of the visitor's among those counted
	topics     []topic
}

// topic is one that a guide can be written about.
type topic struct {
	ID, Title string // of the guide
	topic     string
	Support   aggregate.Support
	Steps     int
	from      *aggregate.Collection
	Own       bool // told in the visitor's own edition
	Counted   bool // the visitor's examples are among those that tell of it
}

// sampleRecords anonymises the embedded sample collection, which is made up.
func sampleRecords(ctx context.Context, cfg anonymize.Config) ([]anonymize.Record, error) {
	results, err := anonymize.All(ctx, cfg, collect.Reader().JSONLines(sample.Collection()))
	if err != nil {
		return nil, err
	}
	return anonymize.Records(results), nil
}

// newEdition brings the sample and a visitor's own records together. A visitor
// knows its own examples: with them one contributor more is asked for, so that
// everything shown still rests on KPublic others.
func newEdition(ctx context.Context, base *edition, records, added []anonymize.Record) (*edition, error) {
	k := aggregate.KPublic
	if len(added) > 0 {
		k++
	}
	c, err := aggregate.Build(ctx, slices.Concat(records, added), aggregate.Config{K: k, Audience: model.Everyone})
	if err != nil {
		return nil, err
	}
	e := &edition{collection: c, own: len(added)}
	for _, t := range c.Topics {
		listed, err := newTopic(c, t)
		if err != nil {
			return nil, err
		}
		if base != nil {
			before, ok := base.find(listed.ID)
			listed.Own, listed.Counted = true, !ok || listed.Support.Examples > before.Support.Examples
		}
		e.topics = append(e.topics, listed)
	}
	if base == nil {
		return e, nil
	}
	// Topics that rest on just enough others are still told without the visitor.
	for _, t := range base.topics {
		if _, ok := e.find(t.ID); !ok {
			e.topics = append(e.topics, t)
		}
	}
	slices.SortStableFunc(e.topics, func(x, y topic) int {
		return cmp.Or(cmp.Compare(y.Support.Contributors, x.Support.Contributors), cmp.Compare(x.ID, y.ID))
	})
	return e, nil
}

func newTopic(c *aggregate.Collection, t aggregate.Topic) (topic, error) {
	g, err := guidance.Build(c, t.ID, guidance.Config{})
	if err != nil {
		return topic{}, err
	}
	out := topic{ID: g.Front.ID, Title: g.Front.Title, topic: t.ID, Support: t.Support, from: c}
	for _, s := range t.Statements {
		if s.Kind == aggregate.StepStatement {
			out.Steps++
		}
	}
	return out, nil
}

func (e *edition) find(id string) (topic, bool) {
	i := slices.IndexFunc(e.topics, func(t topic) bool { return t.ID == id })
	if i < 0 {
		return topic{}, false
	}
	return e.topics[i], true
}

// current is the edition that the visitor sees: the sample's, or with what the
// visitor signed off. s may be nil; else the caller holds its lock.
func (a *app) current(ctx context.Context, s *session) (*edition, error) {
	if s == nil || !slices.ContainsFunc(s.examples, func(o *own) bool { return o.signed != "" }) {
		return a.base, nil
	}
	if s.edition != nil {
		return s.edition, nil
	}
	var added []anonymize.Record
	for _, o := range s.examples {
		if o.signed == "" {
			continue
		}
		result, err := a.outcome(ctx, o.example, model.Everyone, s.parties())
		if err != nil {
			return nil, err
		}
		// What was approved and what would be published are the same, or it waits.
		if !result.Withheld() && result.Log.Approval == o.signed {
			added = append(added, result.Record)
		}
	}
	if len(added) == 0 {
		return a.base, nil
	}
	done, err := a.turn(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	e, err := newEdition(ctx, a.base, a.records, added)
	if err != nil {
		return nil, err
	}
	s.edition = e
	return e, nil
}
