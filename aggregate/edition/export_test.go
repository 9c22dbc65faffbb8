// SPDX-License-Identifier: Apache-2.0

package edition

import (
	"context"
	"fmt"
	"maps"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/anonymize"
)

// What only the tests of this package reach from outside.
var (
	ErrAudience = errAudience
	CheckLines  = checkLines
)

// Behind is what stands behind one number that an edition printed.
type Behind struct {
	Holdings map[string][]anonymize.Holding // by record
	Shown    string                         // the numbers of a reader
	Bound    bool
	Examples int // that a reader reads, 0 where none stands
	K        int
}

// Earlier tells of all editions of a store, number by number, who stands behind it,
// which no reader knows, and the lines of their releases, whole and as they were printed.
func (p *Press) Earlier(ctx context.Context) (items []map[aggregate.ItemKey]Behind, lines, shown []map[string]string, err error) {
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
		text := func(lines map[string][]byte) map[string]string {
			told := map[string]string{}
			for id, line := range lines {
				told[id] = string(line)
			}
			return told
		}
		items, lines, shown = append(items, of), append(lines, text(e.lines())), append(shown, text(e.shown()))
	}
	return items, lines, shown, err
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
