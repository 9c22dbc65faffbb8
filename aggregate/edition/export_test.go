// SPDX-License-Identifier: Apache-2.0

package edition

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/anonymize"
)

// What only the tests of this package reach from outside.
var ErrAudience = errAudience

// Behind is what stands behind one number that an edition printed.
type Behind struct {
	Holdings map[string][]anonymize.Holding // by record
	Shown    string                         // the numbers of a reader
	Bound    bool
	Examples int // that a reader reads, 0 where none stands
	K        int
}

// Earlier tells of all editions of a store, number by number, who stands behind it,
// which no reader knows, and the lines of their releases.
func (p *Press) Earlier(ctx context.Context) (items []map[aggregate.ItemKey]Behind, lines []map[string]string, err error) {
	all, err := p.earlier(ctx)
	for _, e := range all {
		of, read := map[aggregate.ItemKey]Behind{}, map[aggregate.ItemKey]int{}
		walk(e.Collection, func(key aggregate.ItemKey, s aggregate.Support) { read[key] = s.Examples })
		for _, it := range e.Items {
			if it.Untold {
				continue
			}
			b := Behind{map[string][]anonymize.Holding{}, fmt.Sprint(it.Examples, it.Contributors), it.Bound, read[it.Key], max(it.K, p.cfg.K)}
			for _, at := range it.Records {
				b.Holdings[e.Records[at].ID] = e.Records[at].Holdings
			}
			of[it.Key] = b
		}
		told := map[string]string{}
		for _, id := range slices.Sorted(maps.Keys(e.lines())) {
			told[id] = string(e.lines()[id])
		}
		items, lines = append(items, of), append(lines, told)
	}
	return items, lines, err
}

// K is the threshold of the editions.
func (p *Press) K() int { return p.cfg.K }

// Copy is a store that keeps the same.
func Copy(m *Memory) *Memory {
	m.mu.Lock()
	defer m.mu.Unlock()
	return &Memory{kept: maps.Clone(m.kept)}
}

// ErrDraft is what Enter refuses a draft with.
var ErrDraft = errDraft
