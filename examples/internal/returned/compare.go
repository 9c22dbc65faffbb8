// SPDX-License-Identifier: Apache-2.0

package returned

import (
	"maps"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/guidance"
)

// A difference is how a sheet that came back differs from the one that was sent.
type difference struct {
	at    map[string][]string // what was written outside the fields, by the question above it
	about []string            // what was written around the text
	gone  int                 // how many lines of what was sent are not there
	marks []string            // what was put into it beside text
}

// size is how much a sheet differs.
func (d difference) size() int {
	n := len(d.about) + d.gone + len(d.marks)
	for _, lines := range d.at {
		n += len(lines)
	}
	return n
}

// written is a line that was not sent.
type written struct {
	line, plain, at string
	place           int
}

// against holds a sheet against the one that was sent, both ways. Lines that are the
// fields' own answers do not count.
func (r sheet) against(sent sheetText) difference {
	left := maps.Clone(sent.lines)
	own := map[string]bool{"": true}
	for _, a := range r.answers {
		for line := range strings.Lines(a.Text) {
			own[plainLine(line)] = true
		}
		own[plainLine(a.Text)] = true
	}
	var strange []written
	at, before, place := "", "", 0
	for _, line := range r.lines {
		k := plainLine(line)
		day := sent.date != "" && before == sent.date && len(k) < 60 && strings.ContainsAny(k, "0123456789")
		if before = k; day || sent.otherDay(line) { // it was made on another day than this
			continue
		}
		if id, ok := sent.questions[k]; ok {
			at = id
		}
		if k != "" {
			place++
		}
		if left[k] > 0 {
			left[k]--
			if _, ok := sent.questions[k]; !ok && !strings.ContainsAny(line, "☐…") {
				at = ""
			}
			continue
		}
		if !own[k] {
			strange = append(strange, written{line, k, at, place})
		}
	}
	var gone []written
	for i, k := range sent.must {
		if left[k] > 0 {
			left[k]--
			gone = append(gone, written{plain: k, place: i})
		}
	}
	strange, gone = rejoined(strange, gone)
	d := difference{at: map[string][]string{}, gone: len(gone)}
	for _, w := range strange {
		d.at[w.at] = append(d.at[w.at], w.line)
	}
	for _, line := range r.about {
		if k := aroundLine(line); k != "" && !sent.about[k] {
			d.about = append(d.about, line)
		}
	}
	for _, mark := range slices.Sorted(maps.Keys(r.marks)) {
		if r.marks[mark] > sent.marks[mark] {
			d.marks = append(d.marks, mark)
		}
	}
	return d
}

// mostBroken is how many lines that differ are looked at for whether they are only broken
// in other places.
const mostBroken = 400

// rejoined drops lines that were only broken in other places than they were sent.
func rejoined(strange, gone []written) (s, g []written) {
	for i := 0; i < len(strange) && len(strange) <= mostBroken && len(gone) <= mostBroken; {
		n, a, m := 0, 0, 0
		for a = range gone {
			if n, m = sameText(strange[i:], gone[a:]); n > 0 {
				break
			}
		}
		if n == 0 {
			i++
			continue
		}
		strange, gone = slices.Delete(strange, i, i+n), slices.Delete(gone, a, a+m)
	}
	return strange, gone
}

// sameText is how many lines of each, one after another, are the same text together; 0 is none.
func sameText(a, b []written) (n, m int) {
	x, y, n, m := a[0].plain, b[0].plain, 1, 1
	for x != y {
		switch {
		case strings.HasPrefix(y, x) && n < len(a) && a[n].place == a[n-1].place+1:
			x += a[n].plain
			n++
		case strings.HasPrefix(x, y) && m < len(b) && b[m].place == b[m-1].place+1:
			y += b[m].plain
			m++
		default:
			return 0, 0
		}
	}
	return n, m
}

// complete puts what was written beside the fields into the answers: the one
// option that is ticked or typed under its question, a name, a day. rest is what
// has no field.
func (r sheet) complete(sent sheetText, d difference) (answers map[string]guidance.Answer, rest []string) {
	answers = map[string]guidance.Answer{}
	maps.Copy(answers, r.answers)
	rest = slices.Clone(d.about)
	for at, lines := range d.at {
		for _, line := range lines {
			text := line
			if at == "decision" {
				if option := ticked(line, sent.options); option != "" {
					if text = option; plainLine(text) == plainLine(answers[at].Text) {
						continue
					}
				} else if strings.ContainsAny(line, "☐☑☒✓✔~") {
					rest = append(rest, line)
					continue
				}
			}
			if at == "" || strings.TrimSpace(answers[at].Text) != "" {
				rest = append(rest, line)
				continue
			}
			answers[at] = guidance.Answer{Text: text, Basis: sent.basis}
		}
	}
	for _, id := range sent.questions {
		if _, ok := answers[id]; !ok {
			answers[id] = guidance.Answer{Basis: sent.basis}
		}
	}
	slices.Sort(rest)
	return answers, rest
}

// changed says in plain words what was done to a sheet beside its fields; "" where nothing was.
func changed(rest []string, d difference) string {
	var said []string
	if len(rest) > 0 {
		said = append(said, "something is written or changed on it outside its fields")
	}
	if d.gone > 0 {
		said = append(said, "something of what was sent is no longer on it")
	}
	if len(d.marks) > 0 {
		said = append(said, "it holds "+strings.Join(d.marks, " and "))
	}
	if len(said) == 0 {
		return ""
	}
	return strings.Join(said, "; ") + ": nothing of it is published until a person has read it"
}
