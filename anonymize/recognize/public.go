// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"slices"
	"strings"
	"sync"
)

// PublicTerms is the built-in list of what names nobody and stays readable: the
// NHS, Parliament, laws, standards and common tools. National bodies such as
// regulators are not in it; whoever wants to read them adds them. The caller may change the copy it gets and hand it
// to Options.Public.
func PublicTerms() []string { return slices.Clone(publicTerms()) }

var publicTerms = sync.OnceValue(func() []string {
	data, err := english.ReadFile("data/en/terms.txt")
	if err != nil {
		panic("recognize: embedded table is missing: terms")
	}
	var out []string
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			out = append(out, line)
		}
	}
	return out
})

// termSet knows public terms by the hashes of their words.
type termSet map[uint64][][]uint64

func newTermSet(terms []string) termSet {
	if terms == nil {
		return builtinTerms()
	}
	return makeTermSet(terms)
}

var builtinTerms = sync.OnceValue(func() termSet { return makeTermSet(publicTerms()) })

func makeTermSet(terms []string) termSet {
	t := termSet{}
	for _, s := range terms {
		if ws := hashWords(s); len(ws) > 0 {
			t[ws[0]] = append(t[ws[0]], ws)
		}
	}
	for _, ws := range t {
		slices.SortStableFunc(ws, func(a, b []uint64) int { return len(b) - len(a) })
	}
	return t
}

// shields reports that an undeclared finding is, word for word, public terms
// and small words.
func (t termSet) shields(d *Document, f Finding) bool {
	if f.Declared || f.Kind == Contact || f.Kind == Code || f.Kind == Date {
		return false
	}
	from, to := d.wordsOf(d.view.Reading(f.Span))
	some := false
	for i := from; i < to; {
		switch n := t.match(d, i); {
		case n > 0: // it may reach beyond the finding
			some = true
			i += n
		case !d.isWord(i), d.words[i].cls&clsBridge != 0:
			i++
		default:
			return false
		}
	}
	return some
}

// match counts the tokens from i that a public term takes, 0 for none. A term of
// one word needs the capital that makes it one.
func (t termSet) match(d *Document, i int) int {
	for _, ws := range t[d.words[i].hash] {
		if len(ws) == 1 && d.words[i].shape&(shUpper1|shInner) == 0 {
			continue
		}
		if to := d.matches(i, ws); to > 0 {
			return to - i
		}
	}
	return 0
}
