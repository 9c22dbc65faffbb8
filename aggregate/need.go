// SPDX-License-Identifier: Apache-2.0

package aggregate

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/aggregate/cluster"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// Need describes help that somebody looks for: any of the codes, and words.
type Need struct {
	Challenge, Objective model.Code
	Situations           []model.Code
	Sector               model.Code
	Text                 string
	// From is the asker's own record, if there is one. Its contributors are not
	// suggested, and without it nobody is introduced.
	From anonymize.Record
}

// Practice is a topic that may help, with the reasons in codes. It shows no
// more than the collection does.
type Practice struct {
	Topic string       `json:"topic"`
	Score float64      `json:"score"` // 0..1, orders
	Why   []model.Code `json:"why,omitempty"`
}

// Introduction is a record whose contributors, and the asker's, all allow
// contact. It is for the working group, which asks both sides before it names
// one to the other; neither learns of the other from it.
type Introduction struct {
	From   string  `json:"from"`   // record ids
	To     string  `json:"to"`     // record ids
	Score  float64 `json:"score"`  // 0..1, orders
	Shared int     `json:"shared"` // codes that both have
}

// The weights of what a need and a practice have in common; the rest of a score
// is likeness of words.
const (
	weightChallenge = 0.35
	weightObjective = 0.25
	weightSituation = 0.15
	weightSector    = 0.05
	weightWords     = 0.20
)

// Match ranks the topics of a collection by how well they meet a need, and
// proposes up to limit introductions among the records that the collection was
// built from. Both lists are sorted, best first; what has nothing in common
// with the need is left out. embedder may be nil.
func (n Need) Match(c *Collection, records []anonymize.Record, limit int, embedder cluster.Embedder) ([]Practice, []Introduction, error) {
	practice, err := rankTopics(c, n, embedder)
	if err != nil {
		return nil, nil, err
	}
	introductions, err := introduce(records, n, embedder)
	if err != nil {
		return nil, nil, err
	}
	return practice, introductions[:min(max(0, limit), len(introductions))], nil
}

func rankTopics(c *Collection, need Need, embedder cluster.Embedder) ([]Practice, error) {
	items := make([]cluster.Item, len(c.Topics))
	for i, t := range c.Topics {
		var words []string
		for _, s := range t.Statements {
			words = append(words, strings.ReplaceAll(string(s.Code), "-", " "))
			for _, w := range s.Shared {
				words = append(words, w.Text)
			}
		}
		items[i] = cluster.Item{ID: t.ID, Text: strings.Join(append(words, t.ID), " ")}
	}
	likeness, err := likenessTo(need.Text, items, embedder)
	if err != nil {
		return nil, err
	}
	var out []Practice
	for _, t := range c.Topics {
		p, asked := Practice{Topic: t.ID}, need
		if c, ok := vocabulary.Default().Concept(string(need.Challenge)); ok && slices.Contains(c.Links("family"), string(t.Challenge)) {
			asked.Challenge = t.Challenge // a family helps with its challenges
		}
		p.Score, p.Why = common(asked, one(t.Challenge), one(t.Objective), countedCodes(t.Situations), countedCodes(t.Sectors))
		if p.Score = score(p.Score, likeness[t.ID]); p.Score > 0 {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, func(x, y Practice) int { return cmp.Or(cmp.Compare(y.Score, x.Score), cmp.Compare(x.Topic, y.Topic)) })
	return out, nil
}

func introduce(records []anonymize.Record, need Need, embedder cluster.Embedder) ([]Introduction, error) {
	if !need.From.Valid() || !need.From.ContactAllowed() {
		return nil, nil
	}
	var items []cluster.Item
	var willing []anonymize.Record
	for _, r := range records {
		shares := slices.ContainsFunc(r.Holdings(), func(h anonymize.Holding) bool { return slices.Contains(need.From.Holdings(), h) })
		if r.Valid() && r.ContactAllowed() && !shares && r.Allows(model.UseGuidance) {
			willing = append(willing, r)
			items = append(items, cluster.Item{ID: r.ID(), Text: unmasked(strings.Join(r.Countable().Texts(), " "))})
		}
	}
	likeness, err := likenessTo(need.Text, items, embedder)
	if err != nil {
		return nil, err
	}
	var out []Introduction
	for _, r := range willing {
		c := r.Countable()
		s, why := common(need, challengeCodes(c), objectiveCodes(c), situationCodes(c), c.Sectors)
		if s = score(s, likeness[r.ID()]); s > 0 {
			out = append(out, Introduction{From: need.From.ID(), To: r.ID(), Score: s, Shared: len(why)})
		}
	}
	slices.SortFunc(out, func(x, y Introduction) int { return cmp.Or(cmp.Compare(y.Score, x.Score), cmp.Compare(x.To, y.To)) })
	return out, nil
}

// common weighs the codes that a need shares with a practice.
func common(need Need, challenges, objectives, situations, sectors []model.Code) (weight float64, why []model.Code) {
	add := func(code model.Code, among []model.Code, w float64) {
		if code != "" && slices.Contains(among, code) {
			weight += w
			why = append(why, code)
		}
	}
	add(need.Challenge, challenges, weightChallenge)
	add(need.Objective, objectives, weightObjective)
	for _, s := range distinct(need.Situations) {
		add(s, situations, weightSituation/float64(len(distinct(need.Situations))))
	}
	add(need.Sector, sectors, weightSector)
	return weight, why
}

// score adds the likeness of words, rounded so that the last bits of a
// processor's arithmetic order nothing.
func score(codes, likeness float64) float64 {
	return math.Round((codes+float64(weightWords*likeness))*1000) / 1000
}

func likenessTo(query string, items []cluster.Item, embedder cluster.Embedder) (map[string]float64, error) {
	out := map[string]float64{}
	if query == "" || len(items) == 0 {
		return out, nil
	}
	ranker, err := cluster.NewRanker(items, embedder)
	if err != nil {
		return nil, fmt.Errorf("aggregate: need: %w", err)
	}
	for _, m := range ranker.Rank(query, len(items)) {
		out[m.Item] = m.Score
	}
	return out, nil
}

func countedCodes(counts []Count) []model.Code {
	var out []model.Code
	for _, k := range counts {
		out = append(out, k.Code)
	}
	return out
}
