// SPDX-License-Identifier: Apache-2.0

package cluster

import (
	"fmt"
	"slices"
	"strings"
)

// EditKind names a change that a person made to a clustering.
type EditKind string

// The kinds of edit.
const (
	// Merge puts Clusters together under the first of them.
	Merge EditKind = "merge"
	// Split moves Items out of Clusters[0] into a new cluster with the ID NewID
	// and, unless it is "", the label Label.
	Split EditKind = "split"
	// Rename gives Clusters[0] the label Label.
	Rename EditKind = "rename"
	// Pin puts Items into Clusters[0], whatever they say.
	Pin EditKind = "pin"
)

// Edit is one correction by a person. Edits are kept with the model and
// replayed whenever it is fitted again; an edit whose cluster or items no
// longer exist then has no effect, with a warning in the report.
type Edit struct {
	Kind     EditKind `json:"kind"`
	Clusters []string `json:"clusters"`
	Items    []string `json:"items,omitempty"`
	NewID    string   `json:"newId,omitempty"`
	Label    string   `json:"label,omitempty"`
}

func (e Edit) check() error {
	bad := func(rule string) error { return fmt.Errorf("%w: %s", errEdit, rule) }
	if len(e.Clusters) == 0 || slices.Contains(e.Clusters, "") {
		return bad("no cluster named")
	}
	switch e.Kind {
	case Merge:
		if len(e.Clusters) < 2 {
			return bad("merge needs two clusters")
		}
	case Split:
		if e.NewID == "" || len(e.Items) == 0 {
			return bad("split needs items and an ID for the new cluster")
		}
	case Rename:
		if strings.TrimSpace(e.Label) == "" {
			return bad("rename needs a label")
		}
	case Pin:
		if len(e.Items) == 0 {
			return bad("pin needs items")
		}
	default:
		return bad("unknown kind")
	}
	return nil
}

// table holds the cluster of each item while edits are applied.
type table struct {
	ids    []string // of the items
	at     []string // the cluster of each item
	labels map[string]string
	index  map[string]int
}

// apply carries out one edit and reports whether it had anything to act on.
func (t *table) apply(e Edit) bool {
	exists := func(id string) bool { return slices.Contains(t.at, id) }
	to := e.Clusters[0]
	done := false
	switch e.Kind {
	case Merge:
		for i, c := range t.at {
			if slices.Contains(e.Clusters[1:], c) {
				t.at[i], done = to, true
			}
		}
	case Split, Pin:
		if !exists(to) && e.Kind == Split {
			return false
		}
		for _, id := range e.Items {
			i, ok := t.index[id]
			if !ok || e.Kind == Split && t.at[i] != to {
				continue
			}
			done = true
			t.at[i] = to
			if e.Kind == Split {
				t.at[i] = e.NewID
			}
		}
		if e.Kind == Split && e.Label != "" {
			t.labels[e.NewID] = e.Label
		}
	case Rename:
		t.labels[to] = e.Label
		done = exists(to)
	}
	return done
}

func compareStrings(a, b string) int { return strings.Compare(a, b) }
