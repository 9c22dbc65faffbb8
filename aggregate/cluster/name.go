// SPDX-License-Identifier: Apache-2.0

package cluster

import (
	"context"
	"fmt"
	"strconv"
)

// Naming is the name of a group.
type Naming struct {
	// Label is a phrase that the group's texts share, or "Group" and a number.
	Label string
	// Description is a line of further shared phrases, or "".
	Description string
}

// Name labels groups that are made already, as Fit labels its own: no two
// labels consist of the same words. Of the Config it heeds Style,
// MinLabelSources and StopLabels. An item may be in several groups.
func Name(ctx context.Context, groups [][]Item, cfg Config) ([]Naming, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return nil, err
	}
	heard := make([][]Item, len(groups))
	for g, items := range groups {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("cluster: name: %w", err)
		}
		c := readItems(items, nil, cfg.Workers)
		for _, d := range c.docs {
			for _, it := range d.items {
				if len(heard[g]) < labelTexts {
					heard[g] = append(heard[g], items[it])
				}
			}
		}
	}
	books := readBooks(heard)
	names := newNamer(books, cfg.MinLabelSources, cfg.Style, cfg.StopLabels).names(make([]string, len(books)))
	out := make([]Naming, len(names))
	unnamed := 0
	for i, n := range names {
		out[i] = Naming{n.label, n.description}
		if n.label == "" {
			unnamed++
			out[i].Label = "Group " + strconv.Itoa(unnamed)
		}
	}
	return out, nil
}
