// SPDX-License-Identifier: Apache-2.0

package cluster

import (
	"errors"
	"fmt"
	"maps"
	"slices"
)

// Style is the grammatical shape that labels are given.
type Style uint8

const (
	// Plain leaves the phrase as the texts have it.
	Plain Style = iota
	// Challenge prefers a noun phrase or a gerund ("Reaching carers").
	Challenge
	// Objective prefers a verb phrase ("Improve retention").
	Objective
)

// Config says how to group. The zero value chooses the number of clusters,
// compares by words only, and labels only with phrases that three sources share.
type Config struct {
	// K is the number of clusters, or 0 to choose it. Fewer come out where
	// there are fewer distinct texts.
	K int
	// MaxClusters bounds the choice of K; 0 means 100.
	MaxClusters int
	// Embedder adds meaning to words; nil compares words only.
	Embedder Embedder
	// Seeds are concepts known beforehand. Each that attracts texts becomes a
	// cluster with the seed's ID and, where half of them say a word of its label or
	// one of its phrases, that label. With K == len(Seeds) every text goes
	// to a seed; otherwise texts that fit none are grouped among themselves.
	Seeds []Seed
	// Style shapes the labels.
	Style Style
	// Outliers sets texts that fit no cluster apart, in a cluster of that kind.
	// By default every text has a cluster.
	Outliers bool
	// MinLabelSources is how many distinct sources (Item.Source) must have used
	// a phrase before it may appear in a label or description; 0 means 3.
	MinLabelSources int
	// StopLabels are phrases never to be used in a label.
	StopLabels []string
	// Synonyms are words to be read as another word, both folded.
	Synonyms map[string]string
	// Edits are a person's corrections, applied in order after grouping.
	Edits []Edit
	// Workers is how many goroutines may work at once; 0 and 1 start none. The
	// result does not depend on it.
	Workers int
}

// Errors of this package. None of them holds any text of an item.
var (
	// errConfig is a setting out of range.
	errConfig = errors.New("cluster: invalid configuration")
	// errItems is an item without an ID, two with the same, or a heat map whose rows,
	// columns and counts do not agree.
	errItems = errors.New("cluster: invalid items")
	// errEdit is an edit that names what does not exist.
	errEdit = errors.New("cluster: edit does not apply")
	// ErrFormat is a saved model that cannot be read.
	ErrFormat = errors.New("cluster: not a saved model")
)

const (
	defaultMaxClusters  = 100
	defaultLabelSources = 3
	maxK                = 4096
)

func (c Config) check() error {
	switch {
	case c.K < 0 || c.K > maxK:
		return fmt.Errorf("%w: K out of range 0-%d", errConfig, maxK)
	case c.MaxClusters < 0 || c.MaxClusters > maxK:
		return fmt.Errorf("%w: MaxClusters out of range 0-%d", errConfig, maxK)
	case c.MinLabelSources < 0:
		return fmt.Errorf("%w: MinLabelSources is negative", errConfig)
	case c.Workers < 0:
		return fmt.Errorf("%w: Workers is negative", errConfig)
	case c.Style > Objective:
		return fmt.Errorf("%w: unknown Style", errConfig)
	case c.Embedder != nil && (c.Embedder.Dim() <= 0 || c.Embedder.Dim() > 4096):
		return fmt.Errorf("%w: Embedder has an impossible dimension", errConfig)
	}
	if err := checkSeeds(c.Seeds); err != nil {
		return err
	}
	for i, e := range c.Edits {
		if err := e.check(); err != nil {
			return fmt.Errorf("edit %d: %w", i+1, err)
		}
	}
	return nil
}

func checkSeeds(seeds []Seed) error {
	seen := map[string]bool{}
	for i, s := range seeds {
		if s.ID == "" || s.Label == "" || seen[s.ID] {
			return fmt.Errorf("%w: seed %d has no ID, no label or the ID of another", errConfig, i)
		}
		seen[s.ID] = true
	}
	return nil
}

func (c Config) withDefaults() (Config, error) {
	if err := c.check(); err != nil {
		return c, err
	}
	if c.MaxClusters == 0 {
		c.MaxClusters = defaultMaxClusters
	}
	if c.MinLabelSources == 0 {
		c.MinLabelSources = defaultLabelSources
	}
	c.Workers = max(1, c.Workers)
	c.Seeds = slices.Clone(c.Seeds)
	for i := range c.Seeds {
		c.Seeds[i].Phrases = slices.Clone(c.Seeds[i].Phrases)
	}
	slices.SortFunc(c.Seeds, func(a, b Seed) int { return compareStrings(a.ID, b.ID) })
	c.StopLabels = slices.Clone(c.StopLabels)
	c.Synonyms = maps.Clone(c.Synonyms)
	c.Edits = slices.Clone(c.Edits)
	return c, nil
}

func checkItems(items []Item) error {
	seen := make(map[string]struct{}, len(items))
	for i, it := range items {
		if it.ID == "" {
			return fmt.Errorf("%w: item %d has no ID", errItems, i)
		}
		if _, ok := seen[it.ID]; ok {
			return fmt.Errorf("%w: item %d has the ID of another", errItems, i)
		}
		seen[it.ID] = struct{}{}
	}
	return nil
}
