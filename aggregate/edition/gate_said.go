// SPDX-License-Identifier: Apache-2.0

package edition

import (
	"slices"

	"github.com/sharedpractice/sharedpractice/aggregate"
)

// said lists, by what statements say, those of earlier editions.
func said(items map[string][]akinItem, key aggregate.ItemKey, add akinItem) {
	if says := key.Said(); says != "" {
		items[says] = append(items[says], add)
	}
}

// besideWider reports whether what is said or counted in a topic, beside the same said in a group of
// topics or in the whole collection, would show how few say it elsewhere: one of them
// as an earlier edition told it, which may be how this one tells it. The same goes for a
// method and its family.
func (g *gate) besideWider(x aggregate.Item) bool {
	says := x.Key.Said()
	if says == "" {
		return false
	}
	others := slices.Clone(g.saying[says])
	for _, key := range x.Key.Nested(g.press.cfg.Vocabulary) {
		others = append(others, g.saying[key.Said()]...)
	}
	var now map[string]bool
	for _, a := range others {
		if a.item.Key.Breadth() == x.Key.Breadth() {
			continue
		}
		if now == nil {
			now = idsOf(x)
		}
		k := max(g.k, a.item.K, x.K)
		more, fewer := len(x.Records)-len(a.item.Records), len(a.item.Records)-len(x.Records)
		if a.item.Key.Breadth() > x.Key.Breadth() {
			more = 0
		} else {
			fewer = 0
		}
		switch {
		case more > 0 && more <= mostLeft:
			was := a.in.ids(a.item)
			if rest := joined(x.Records, was); len(rest) == more && tooFew(rest, k) {
				return true
			}
		case fewer > 0 && fewer <= mostLeft:
			if rest := a.in.without(a.item, now); len(rest) == fewer && tooFew(rest, k) {
				return true
			}
		}
	}
	return false
}
