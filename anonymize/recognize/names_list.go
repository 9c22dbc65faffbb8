// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"slices"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// listItem is a line of a list with bullets: the words after its bullet, whether they may
// all be a name, and whether they are found to be one.
type listItem struct {
	from, to    int
	title, name bool
}

// listed masks the few lines of a list with bullets that nothing shows to be names, where
// most of the others are: "Age Action" among twelve charities.
func (d *Document) listed(fs []Finding) []Finding {
	const fewest = 4
	if len(fs) < fewest-1 {
		return fs
	}
	var items []listItem
	more := false
	next := 0
	endList := func() {
		names, kinds := 0, map[Kind]int{}
		for _, it := range items {
			if it.name {
				names++
			}
		}
		if names >= fewest-1 && names*3 >= len(items)*2 && names < len(items) {
			for k := range fs {
				kinds[fs[k].Kind]++
			}
			kind := Org
			if kinds[Person] > kinds[Org]+kinds[Brand]+kinds[Place] {
				kind = Person
			}
			for _, it := range items {
				if it.title && !it.name {
					f := d.found(it.from, it.to, kind, "", "line of a list of names", 0.5)
					f.Recognizer = "name"
					fs, more = append(fs, f), true
				}
			}
		}
		items = items[:0]
	}
	for i := 0; i < len(d.words); {
		end := d.lineEnd(i)
		it, bullet := d.item(i, end)
		if bullet {
			it.name, next = d.coveredBy(slices.Clip(fs), it.from, it.to, next)
			items = append(items, it)
		} else {
			endList()
		}
		i = end
	}
	endList()
	if !more {
		return fs
	}
	return merge(d, fs)
}

// item is the line [i,end) without its bullet, if it has one.
func (d *Document) item(i, end int) (it listItem, bullet bool) {
	const longest = 8
	from := i
	for from < end && d.words[from].kind >= text.Punct {
		from++
	}
	if from == i || from == end || d.words[from].gap != gapSpace || d.punct(from-1, '(') || d.punct(from-1, '"') {
		return it, false
	}
	it = listItem{from: from, to: end, title: end-from <= longest && d.words[from].shape&(shUpper1|shInner) != 0}
	for j := from; j < end && it.title; j++ {
		w := &d.words[j]
		it.title = w.flags&(wfLabel|wfShout) == 0 && (w.shape&(shUpper1|shInner) != 0 || w.cls&(clsBridge|clsParticle) != 0 || d.punct(j, '&') || d.punct(j, '-') || d.punct(j, '\''))
	}
	return it, true
}

// coveredBy reports that the words [from,to), small ones aside, are all in findings, of
// which those before next end before them.
func (d *Document) coveredBy(fs []Finding, from, to, next int) (all bool, at int) {
	span := d.view.Original(text.Span{Start: int(d.words[from].start), End: int(d.words[to-1].end)})
	for next < len(fs) && fs[next].End <= span.Start {
		next++
	}
	k := next
	for j := from; j < to; j++ {
		w := &d.words[j]
		if w.kind >= text.Punct || w.cls&clsBridge != 0 && w.shape&shUpper1 == 0 {
			continue
		}
		o := d.view.Original(text.Span{Start: int(w.start), End: int(w.end)})
		for k < len(fs) && fs[k].End <= o.Start {
			k++
		}
		if k >= len(fs) || fs[k].Start >= o.End || fs[k].Kind == Date || fs[k].Kind == Code || fs[k].Kind == Contact {
			return false, next
		}
	}
	return true, next
}
