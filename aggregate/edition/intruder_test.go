// SPDX-License-Identifier: Apache-2.0

package edition_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/aggregate/edition"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// found is a difference between published things that 1 to k-1 contributors make.
type found struct{ what, one, other string }

func (f found) String() string { return f.what + ": " + f.one + ", " + f.other }

// intrude subtracts everything that a store's editions published from everything
// else, and looks up whose the difference is. It says what gives somebody away.
//
// Numbers are subtracted from one another where a reader can know that one is told
// of a part of the other: an item of two editions, an item and those among whom it is
// counted in any two editions, a topic and a broader one, a method and its family. A
// number told as a bound is none. Lines are taken
// apart into those that came, changed and went together, as they were printed; and numbers
// are held against the lines that tell the same, before what too few tell was taken out of
// them: whoever sees less of them can subtract no more.
func intrude(ctx context.Context, p *edition.Press) ([]found, error) {
	return intrudeAsking(ctx, p, nil)
}

// asking are the thresholds, by record, that agreements ask for, 0 for that of the
// edition. Whatever difference a record is in is of so many. Nil where they are not
// known: then each is of as many as the strictest behind the numbers asks for.
type asking map[string]int

// few reports whether the records that are not among others are of too few.
func (a asking) few(records, others map[string][]anonymize.Holding, k, ofEdition int) bool {
	if a != nil {
		k = ofEdition
		for id := range records {
			if _, known := others[id]; !known {
				k = max(k, a[id])
			}
		}
	}
	return few(independent(records, others), k)
}

// intrudeAsking is intrude where it is known what each record asks for.
func intrudeAsking(ctx context.Context, p *edition.Press, asks asking) ([]found, error) {
	items, lines, shown, err := p.Earlier(ctx)
	if err != nil {
		return nil, err
	}
	return intrudeIn(items, lines, shown, p, asks), nil
}

// intrudeIn is the same where what Earlier tells is known.
func intrudeIn(items []map[aggregate.ItemKey]edition.Behind, lines, shown []map[string]string, p *edition.Press, asks asking) []found {
	last := len(items) - 1
	out := append(atoms(shown, lines, items, p, asks), tellers(shown, items, p, asks)...)
	seen := map[string]bool{}
	add := func(what, one, other string) {
		if !seen[what+one+other] {
			seen[what+one+other] = true
			out = append(out, found{what, one, other})
		}
	}
	name := func(e int, key aggregate.ItemKey) string { return fmt.Sprintf("e%d %s", e+1, key) }
	for key, b := range items[last] {
		if independent(b.Holdings, nil) < b.K {
			add("fewer than k", name(last, key), "")
		}
	}
	for e := range items {
		for key, b := range items[e] {
			if b.Bound {
				continue
			}
			for _, parent := range append(key.Within(), wider(key)...) {
				for f := range items {
					if e != last && f != last {
						continue
					}
					all, told := items[f][parent]
					if told && !all.Bound && within(b.Holdings, all.Holdings) && asks.few(all.Holdings, b.Holdings, max(b.K, all.K), p.K()) {
						add("what is left of the whole", name(f, parent), name(e, key))
					}
				}
			}
			now, again := items[last][key]
			if e == last || !again || now.Bound || now.Shown == b.Shown || key.Proposed() {
				continue
			}
			k := max(b.K, now.K)
			if asks.few(now.Holdings, b.Holdings, k, p.K()) || asks.few(b.Holdings, now.Holdings, k, p.K()) {
				add("between editions", name(e, key), name(last, key))
			}
		}
	}
	// A number and the lines that tell the same, of the edition that told it first.
	for key, b := range items[last] {
		if slices.ContainsFunc(items[:last], func(e map[aggregate.ItemKey]edition.Behind) bool {
			was, known := e[key]
			return known && was.Bound == b.Bound && within(was.Holdings, b.Holdings) && within(b.Holdings, was.Holdings)
		}) {
			continue
		}
		codes, all := codesIn(key)
		if !all {
			continue
		}
		told := map[string][]anonymize.Holding{}
		for id, line := range lines[last] {
			if has := codesOf(line); !slices.ContainsFunc(codes, func(c string) bool {
				return !has[c] && !slices.ContainsFunc(slices.Collect(maps.Keys(has)), func(of string) bool { return above(of) == c })
			}) {
				told[id] = whose(items, id)
			}
		}
		if (!b.Bound || b.Examples > len(told)) && asks.few(b.Holdings, told, b.K, p.K()) {
			add("more than the lines tell", name(last, key), "")
		}
		// A method stands in texts too, and the rest counts only who says more than a code.
		if !b.Bound && len(strings.Split(string(key), "/")) < 4 && !strings.Contains(string(key), "/challenge.") && !strings.HasSuffix(string(key), "/experienced") && asks.few(told, b.Holdings, b.K, p.K()) && !strings.Contains(string(key), ".me-") && !strings.Contains(string(key), ".mf-") {
			add("fewer than the lines tell", name(last, key), "")
		}
	}
	return out
}

// above is the family of a challenge or a method, with hyphens for colons.
func above(code string) string {
	c, ok := vocabulary.Default().Concept(strings.Replace(code, "-", ":", 1))
	if !ok {
		return ""
	}
	for _, id := range append(c.Links("family"), c.Broader()...) {
		return strings.Replace(id, ":", "-", 1)
	}
	return ""
}

// wider are the keys of the same on broader topics, of a statement or a count in the
// whole collection too, and of the family of a method.
func wider(key aggregate.ItemKey) []aggregate.ItemKey {
	parts := strings.Split(string(key), "/")
	at := len(parts)
	for i, part := range parts {
		if strings.HasPrefix(part, "step.me-") {
			at = i
		}
	}
	ids := []string{""}
	if parts[0] == "topic" {
		ids = []string{parts[1]}
		for code := range strings.SplitSeq(parts[1], ".") {
			ids = append(ids, code, above(code))
		}
	}
	var out []aggregate.ItemKey
	if said := key.Said(); said != "" && parts[0] != "all" {
		out = append(out, aggregate.AllItems.Statement(said))
		if at < len(parts) {
			out = append(out, aggregate.AllItems.Statement("step."+above(strings.TrimPrefix(said, "step."))))
		}
	}
	for _, id := range ids {
		other := slices.Clone(parts)
		if parts[0] == "topic" {
			other[1] = id
		}
		if id == "" && parts[0] == "topic" {
			continue
		}
		out = append(out, aggregate.ItemKey(strings.Join(other, "/")))
		if at < len(parts) {
			other[at] = "step." + above(strings.TrimPrefix(parts[at], "step."))
			out = append(out, aggregate.ItemKey(strings.Join(other, "/")))
		}
	}
	return slices.DeleteFunc(out, func(k aggregate.ItemKey) bool { return k == key })
}

// codesIn are the codes that a line of whom a key counts shows, with hyphens for
// colons; not all where it counts something else too.
func codesIn(key aggregate.ItemKey) (codes []string, all bool) {
	parts := strings.Split(string(key), "/")
	switch parts[0] {
	case "all":
	case "topic", "cell":
		codes, parts = strings.Split(parts[1], "."), parts[1:]
	default:
		return nil, false
	}
	switch {
	case len(parts) == 1:
		return codes, true
	case len(parts) == 3 && strings.Contains(parts[2], ":"):
		return append(codes, strings.ReplaceAll(parts[2], ":", "-")), true
	case len(parts) == 2 && (strings.HasPrefix(parts[1], "step.me-") || strings.HasPrefix(parts[1], "step.mf-")):
		return append(codes, strings.TrimPrefix(parts[1], "step.")), true
	case len(parts) == 2 && strings.HasPrefix(parts[1], "challenge.ch-"):
		return append(codes, strings.TrimPrefix(parts[1], "challenge.")), true
	case len(parts) == 2 && parts[1] == "experienced":
		return append(codes, parts[1]), true
	case len(parts) == 4 && strings.HasPrefix(parts[1], "step.me-") && parts[2] == "actor":
		return append(codes, strings.TrimPrefix(parts[1], "step."), strings.ReplaceAll(parts[3], ":", "-")), true
	}
	return nil, false
}

// codesOf are all codes that stand in a line.
var codesOf = remembered(func(line string) map[string]bool {
	var v any
	out := map[string]bool{}
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case string:
			out[strings.ReplaceAll(v, ":", "-")] = true
		case []any:
			for _, x := range v {
				walk(x)
			}
		case map[string]any:
			for _, x := range v {
				walk(x)
			}
		}
	}
	if json.Unmarshal([]byte(line), &v) == nil {
		walk(v)
	}
	return out
})

func few(n, k int) bool { return n > 0 && n < k }

// independent counts the contributors of the records that are not among others.
func independent(records, others map[string][]anonymize.Holding) int {
	var sets [][]anonymize.Holding
	for id, holdings := range records {
		if _, known := others[id]; !known {
			sets = append(sets, holdings)
		}
	}
	return anonymize.Independent(sets)
}

func within(records, others map[string][]anonymize.Holding) bool {
	for id := range records {
		if _, known := others[id]; !known {
			return false
		}
	}
	return true
}

// atoms are the lines that read alike and that all editions together show to come,
// change and go alike: whatever is taken from whatever, and however often, is made
// up of these. The whole lines say what a line lost that its record still says.
//
// A line that only lost what no line of its atom tells any more tells nothing of its own
// where it was carried along: where records that are as they were lost it too. Where each
// that lost it has changed, readers know so, for a line whose record is as it was stays as
// it was printed: then these changed with the others that did (of fifteen four said
// something new, and two took back what nobody told after: six changed; lives 35, 180, 235
// and 262 of many changes).
func atoms(lines, whole []map[string]string, items []map[aggregate.ItemKey]edition.Behind, p *edition.Press, asks asking) []found {
	lives, versions, labels := map[string]string{}, map[string]map[string]int{}, map[string]string{}
	var before map[string]string
	for e, now := range lines {
		if e > 0 {
			before = lines[e-1]
		}
		for id := range now {
			if _, known := lives[id]; !known {
				lives[id], versions[id] = strings.Repeat("-", e), map[string]int{}
			}
		}
		// What all of an atom tell, among those that were printed last time too.
		told, others := map[string]map[string]bool{}, map[string]bool{}
		for _, line := range now {
			for _, leaf := range leaves(line) {
				others[leaf] = true
			}
		}
		for id, life := range lives {
			if line, here := now[id]; here && before[id] != "" {
				key := life + labels[id]
				if told[key] == nil {
					told[key] = map[string]bool{}
				}
				for _, leaf := range leaves(line) {
					told[key][leaf] = true
				}
			}
		}
		// Which of these lines only lost what none of them tells any more, and of which of
		// them the record is as it was.
		lost, carried := map[string]bool{}, map[string]bool{} // by id, by life
		for id, life := range lives {
			line, was := now[id], before[id]
			if line == "" || was == "" || line == was || !follows(line, was, whole[e][id], told[life+labels[id]], others) {
				continue
			}
			lost[id] = true
			if whole[e][id] == whole[e-1][id] {
				carried[life+labels[id]] = true
			}
		}
		for id, life := range lives {
			line, here := now[id]
			if !here {
				lives[id] = life + "-"
				continue
			}
			if _, known := versions[id][line]; !known {
				versions[id][line] = e
				if lost[id] && carried[life+labels[id]] {
					was := before[id]
					versions[id][line] = versions[id][was]
					delete(versions[id], was) // who tells it again comes to tell it
				}
			}
			lives[id] = fmt.Sprint(life, versions[id][line], " ")
		}
		for id, line := range now {
			labels[id] = quasi(line)
		}
	}
	by := map[string]map[string][]anonymize.Holding{}
	for id, life := range lives {
		key := life + " " + labels[id]
		if by[key] == nil {
			by[key] = map[string][]anonymize.Holding{}
		}
		by[key][id] = whose(items, id)
	}
	var out []found
	for key, records := range by {
		if asks.few(records, nil, p.K(), p.K()) {
			out = append(out, found{"lines that went together", key, ""})
		}
	}
	return out
}

// follows reports that a line is the one that was printed last without what no line of
// its atom tells any more: whoever reads both lists works it out, and so it tells nothing
// of its own. What its record says no longer must be told by no line at all: of one who
// took back what others go on telling, readers would know that it did.
func follows(line, was, whole string, told, anywhere map[string]bool) bool {
	if quasi(line) != quasi(was) {
		return false
	}
	still := map[string]bool{}
	for _, leaf := range leaves(whole) {
		still[leaf] = true
	}
	var left []string
	for _, leaf := range leaves(was) {
		switch {
		case told[leaf]:
			left = append(left, leaf)
		case anywhere[leaf] && !still[leaf]:
			return false
		}
	}
	return slices.Equal(left, leaves(line))
}

// leaves are the values of a line, each with its place and the code that it is told of,
// sorted.
var leaves = remembered(func(line string) (out []string) {
	var x map[string]any
	if json.Unmarshal([]byte(line), &x) != nil {
		return []string{line}
	}
	var walk func(v any, at string)
	walk = func(v any, at string) {
		switch v := v.(type) {
		case map[string]any:
			for _, head := range []string{"code", "group", "method", "type"} {
				if code, is := v[head].(string); is {
					at += "." + code
				}
			}
			for name, inner := range v {
				if name != "order" {
					walk(inner, at+"."+name)
				}
			}
		case []any:
			for _, inner := range v {
				walk(inner, at)
			}
		default:
			out = append(out, fmt.Sprint(at, "=", v))
		}
	}
	delete(x, "id")
	walk(x, "")
	slices.Sort(out)
	return out
})

// remembered is a function that does not do again what it did lately: the readers of these
// tests ask the same of each line many times. What it returns is not to be changed.
func remembered[V any](f func(string) V) func(string) V {
	known := map[string]V{}
	return func(s string) V {
		v, ok := known[s]
		if !ok {
			if len(known) > 10_000 {
				clear(known)
			}
			v = f(s)
			known[s] = v
		}
		return v
	}
}

// tellers holds each answer that the lines of the last edition tell against who ever told
// it in a line: too few must not, however many records say so.
func tellers(shown []map[string]string, items []map[aggregate.ItemKey]edition.Behind, p *edition.Press, asks asking) (out []found) {
	last := len(shown) - 1
	told := map[string]map[string][]anonymize.Holding{}
	for _, lines := range shown {
		for id, line := range lines {
			for answer := range answers(line) {
				if told[answer] == nil {
					told[answer] = map[string][]anonymize.Holding{}
				}
				told[answer][id] = whose(items, id)
			}
		}
	}
	here := map[string]bool{}
	for _, line := range shown[last] {
		maps.Copy(here, answers(line))
	}
	for answer := range here {
		if asks.few(told[answer], nil, p.K(), p.K()) {
			out = append(out, found{"lines tell what few tell", answer, ""})
		}
	}
	return out
}

// answers are what the line of an anonymous record tells, each with its place: not what
// its class reads alike in, nor sentences.
var answers = remembered(func(line string) map[string]bool {
	out := map[string]bool{}
	var x map[string]any
	if json.Unmarshal([]byte(line), &x) != nil || x["level"] != model.Anonymous.String() {
		return out
	}
	for _, name := range []string{"id", "level", "organisation_types", "sectors", "therapy_areas", "region", "year", "budget", "scale", "title", "summary"} {
		delete(x, name)
	}
	var walk func(v any, at string)
	walk = func(v any, at string) {
		switch v := v.(type) {
		case map[string]any:
			for name, inner := range v {
				if name != "order" && name != "text" && name != "accepted" {
					walk(inner, at+"/"+name)
				}
			}
		case []any:
			for _, inner := range v {
				walk(inner, at)
			}
		default:
			if v != "" {
				out[fmt.Sprint(at, "=", v)] = true
			}
		}
	}
	walk(x, "")
	return out
})

// whose is who stands behind a record; of one that is counted nowhere, itself.
func whose(items []map[aggregate.ItemKey]edition.Behind, id string) []anonymize.Holding {
	for _, e := range items {
		if h := e[aggregate.AllItems].Holdings[id]; h != nil {
			return h
		}
	}
	return []anonymize.Holding{anonymize.Holding(id)}
}

// quasi is what a line tells of who wrote it.
var quasi = remembered(func(line string) string {
	var x map[string]any
	if json.Unmarshal([]byte(line), &x) != nil {
		return line
	}
	var out []string
	for _, name := range []string{"organisation_types", "sectors", "therapy_areas", "region", "year", "budget", "scale"} {
		out = append(out, fmt.Sprint(x[name]))
	}
	return strings.Join(out, "/")
})
