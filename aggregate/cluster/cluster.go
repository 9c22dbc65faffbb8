// SPDX-License-Identifier: Apache-2.0

package cluster

import (
	"context"
	"slices"
)

// Cluster is one group of texts.
type Cluster struct {
	// ID is a seed's ID, or "c" and a number that Update keeps for the cluster's
	// life.
	ID string
	// Label names the group. It is made of phrases that MinLabelSources sources
	// share, or is a seed's, or "Group" and a number.
	Label string
	// Description says in one line what the group's texts speak of, of the same
	// shared phrases.
	Description string
	// Concept is the ID of the seed, or "" for a proposed concept.
	Concept string
	// Size counts items, Sources the distinct sources among them.
	Size, Sources int
	// Exemplars are the IDs of up to three items that show the group best.
	// Their texts are the contributors' own words.
	Exemplars []string
	// Cohesion is the mean cosine of the group's texts with its centre, 0-1;
	// Separation the distance of that centre from the nearest other, 0-1.
	Cohesion, Separation float64
	// Stability is how often two texts of the group also met in the repeated
	// runs from which it was made, 0-1; 0 where there was one run.
	Stability float64
	// Empty marks the group of texts without a word to go by; Outlier the group
	// of texts that fit nowhere (Config.Outliers).
	Empty, Outlier bool

	numbered bool // the label is only a number
}

// membership is a share in a cluster, 0-1.
type membership struct {
	Cluster string
	Share   float64
}

// Assignment says where an item belongs.
type Assignment struct {
	Item    string
	Cluster string
	// Confidence is the share of the item's cluster, 0-1.
	Confidence float64
	// Others are up to two further clusters with a share of a quarter or more.
	Others []membership
}

// Model is a finished clustering: it places further texts and can be fitted
// again. It holds contributors' words, so it must be kept as they are kept.
// Safe for concurrent use; nothing changes it.
type Model struct {
	cfg      Config
	embedder Embedder
	space    *space
	terms    []string // the stem of each of the space's terms
	mix      *mixture
	columns  []string  // the cluster of each of the mixture's columns
	clusters []Cluster // by size, the largest first
	items    []Assignment
	unedited []string // each item's cluster before edits, if there are any
	report   Report
	next     int // the number of the next new cluster
}

// Report says how the clustering came about.
type Report struct {
	// Items, Distinct and Silent count the texts, those that differ in their
	// words, and those without a word to go by.
	Items, Distinct, Silent int
	// K is the number of clusters, Candidates what else was considered (best
	// first, when K was chosen).
	K          int
	Candidates []candidateK
	// UnknownWords is the share of words in no table of the embedder, 0-1.
	UnknownWords float64
	// Warnings are sentences for the person who reads the clustering.
	Warnings []string
}

// Clusters are the groups, the largest first.
func (m *Model) Clusters() []Cluster { return slices.Clone(m.clusters) }

// Assignments are where the fitted items belong, in the order they came.
func (m *Model) Assignments() []Assignment { return slices.Clone(m.items) }

// Report says how the clustering came about.
func (m *Model) Report() Report { return m.report }

// Fit groups the items. The order in which they come does not matter. It stops
// early only if ctx is done.
func Fit(ctx context.Context, items []Item, cfg Config) (*Model, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return nil, err
	}
	if err := checkItems(items); err != nil {
		return nil, err
	}
	f := &fitting{cfg: cfg, items: items, ctx: ctx}
	return f.run()
}
