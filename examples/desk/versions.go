// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/sharedpractice/sharedpractice/examples/internal/intake"
	"github.com/sharedpractice/sharedpractice/model"
)

// version is an example as it is known, or as a row of a sheet gives it.
type version struct {
	example model.Example
	upload  int64 // the file that it was last seen in; 0 for a pasted account
	row     int
	// ids are those that it is known by: its own, and those of rows that are its versions.
	ids   []string
	marks map[string]string // of its row and no other's, by heading
}

// Ways in which a row is known to be another version of an example.
const (
	sameRow   = "the same row"
	sameMark  = "the same time, reference or address in the columns of the survey tool"
	sameTitle = "the same title"
	sameText  = "mostly the same text"
)

// joint is an example and the row that gives it now. Without why nobody need be asked.
type joint struct {
	old, fresh int
	why        string
}

// sheetMarks are, for each example of a sheet, what columns that no question of the form
// reads, and addresses, say of it and of no other row: times, references, addresses.
func sheetMarks(t intake.Table, m intake.Mapping, result intake.Result) []map[string]string {
	rows := map[int][]string{}
	for _, r := range t.Rows {
		rows[r.Number] = r.Cells
	}
	out := make([]map[string]string, len(result.Rows))
	for i := range out {
		out[i] = map[string]string{}
	}
	for _, c := range m.Columns {
		if c.Question != intake.Aside && c.Question != "contact" {
			continue
		}
		at, times, heading := c.At(), map[string]int{}, folded(c.Header)
		cell := func(i int) string {
			if cells := rows[result.Rows[i]]; at < len(cells) {
				return folded(cells[at])
			}
			return ""
		}
		for i := range result.Rows {
			times[cell(i)]++
		}
		for i := range result.Rows {
			if v := cell(i); times[v] == 1 && strings.ContainsFunc(v, unicode.IsDigit) || times[v] == 1 && strings.Contains(v, "@") {
				sum := sha256.Sum256([]byte(heading + "\x00" + v))
				kind := "few " // counts and durations begin anew with another survey
				if len(v) >= len("2026-11-28") || strings.Contains(v, "@") {
					kind = ""
				}
				out[i][kind+heading] = hex.EncodeToString(sum[:16])
			}
		}
	}
	return out
}

func folded(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

var sibling = regexp.MustCompile(`^(e-[0-9]{24})-[0-9]+$`)

// stem is what ids of rows of one organisation and title have in common, of which only
// their order in the sheet says which is which.
func stem(id string) string { return sibling.ReplaceAllString(id, "$1") }

// bare is an example without its references.
func bare(e model.Example) []byte {
	e.ID, e.Agreements = "x", slices.Clone(e.Agreements)
	for i := range e.Agreements {
		e.Agreements[i].ID = "x"
	}
	body, err := model.EncodeJSON(e)
	if err != nil {
		return nil
	}
	return body
}

// pairs finds which rows of a sheet are examples that are known. taken is the file where
// its rows were taken before: they are the same rows, however they are read now. series
// reports whether an example came in by an export of the same form. counted says that the
// sheet brings references of its own: those of survey tools begin anew with each survey.
func pairs(known, fresh []version, taken int64, counted bool, series func(upload int64) bool) []joint {
	p := pairing{known: known, fresh: fresh, series: series, counted: counted, words: wordsOf(known, fresh), old: make([]bool, len(known)), now: make([]bool, len(fresh))}
	if taken > 0 {
		rows := map[int]int{}
		for i, v := range known {
			if v.upload == taken {
				rows[v.row] = i
			}
		}
		for j, v := range fresh {
			if i, ok := rows[v.row]; ok {
				p.join(i, j, "")
			}
		}
	}
	p.byID()
	p.byLikeness()
	p.byCount()
	slices.SortFunc(p.out, func(a, b joint) int { return a.fresh - b.fresh })
	return p.out
}

type pairing struct {
	known, fresh []version
	series       func(upload int64) bool
	counted      bool
	words        weighed
	old, now     []bool // which have another half
	out          []joint
}

func (p *pairing) join(i, j int, why string) {
	if !p.old[i] && !p.now[j] {
		p.old[i], p.now[j] = true, true
		p.out = append(p.out, joint{i, j, why})
	}
}

// byID joins rows by the references that they have. Where several rows have one
// organisation and title, what they say tells which is which.
func (p *pairing) byID() {
	stems, sheet := map[string][]int{}, map[string]int{}
	for i, v := range p.known {
		if !p.old[i] {
			stems[stem(v.example.ID)] = append(stems[stem(v.example.ID)], i)
		}
	}
	for _, v := range p.fresh {
		sheet[stem(v.example.ID)]++
	}
	several := func(id string) bool { return len(stems[stem(id)]) > 1 || sheet[stem(id)] > 1 }
	ids, bodies := map[bool]map[string]int{true: {}, false: {}}, map[string][]int{}
	for i, v := range p.known {
		for _, id := range v.ids {
			if several(id) {
				body := string(bare(v.example))
				bodies[body] = append(bodies[body], i)
			} else {
				ids[id == v.example.ID][id] = i
			}
		}
	}
	for _, own := range []bool{true, false} { // its own reference before one that stands for it
		for j, v := range p.fresh {
			id := v.example.ID
			if i, ok := ids[own][id]; ok && !several(id) && (!p.counted || p.akin(i, j)) {
				p.join(i, j, "")
			}
			if own && several(id) {
				for _, i := range bodies[string(bare(v.example))] {
					p.join(i, j, "")
				}
			}
		}
	}
}

// akin reports whether anything else than a number speaks for one: what the survey tool
// says of the row, its organisation with its title, or some of its words.
func (p *pairing) akin(i, j int) bool {
	a, b := p.known[i], p.fresh[j]
	for heading, value := range a.marks {
		if b.marks[heading] == value && !strings.HasPrefix(heading, "few ") {
			return true
		}
	}
	title, name := folded(string(a.example.Title.Value)), folded(organisation(a.example))
	return title != "" && title == folded(string(b.example.Title.Value)) && name == folded(organisation(b.example)) || p.words.alike(i, j) >= some
}

// some is how alike two versions of a long answer are at least that was written anew.
const some = 0.2

// enough is how alike examples are of which one says what the other says: 1 where all
// of it is, by how few others say the same.
const enough = 0.5

// mostAlike is in how many examples a word may stand that leads from one to another.
const mostAlike = 12

type likeness struct {
	old, fresh int
	score      float64
	why        string
}

// byLikeness joins what is left by what the survey tool says of it, by its title and by
// its words, the likest first.
func (p *pairing) byLikeness() {
	titles := [2]map[string]int{titlesOf(p.known), titlesOf(p.fresh)}
	near := map[string][]int{} // by what leads to them
	lead := func(v version, words []term) (out []string) {
		for heading, value := range v.marks {
			out = append(out, "mark "+heading+value)
		}
		for _, t := range words {
			if t.in <= mostAlike {
				out = append(out, t.word)
			}
		}
		return append(out, "title "+folded(string(v.example.Title.Value)))
	}
	for i, v := range p.known {
		if !p.old[i] {
			for _, key := range lead(v, p.words.known[i]) {
				near[key] = append(near[key], i)
			}
		}
	}
	var all []likeness
	for j, v := range p.fresh {
		seen := map[int]bool{}
		if p.now[j] {
			continue
		}
		for _, key := range lead(v, p.words.fresh[j]) {
			if len(near[key]) > mostAlike {
				continue
			}
			for _, i := range near[key] {
				if !seen[i] {
					seen[i] = true
					if l := p.like(i, j, titles); l.why != "" {
						all = append(all, l)
					}
				}
			}
		}
	}
	slices.SortFunc(all, func(a, b likeness) int {
		return cmp.Or(cmp.Compare(b.score, a.score), a.old-b.old, a.fresh-b.fresh)
	})
	for _, l := range all {
		if p.known[l.old].example.ID == p.fresh[l.fresh].example.ID { // of those of one stem
			l.why = ""
		}
		p.join(l.old, l.fresh, l.why)
	}
}

// like says how alike an example and a row are; why is empty where they are not.
func (p *pairing) like(i, j int, titles [2]map[string]int) likeness {
	a, b := p.known[i], p.fresh[j]
	l := likeness{old: i, fresh: j}
	alike := p.words.alike(i, j)
	if l.score = alike; alike >= enough {
		l.why = sameText
	}
	if a.upload > 0 && !p.series(a.upload) { // another form: a time or a title may be another's
		return l
	}
	x, y := organisation(a.example), organisation(b.example)
	title := folded(string(a.example.Title.Value))
	if title != "" && title == folded(string(b.example.Title.Value)) && titles[0][title] == 1 && titles[1][title] == 1 && (folded(x) == folded(y) || !organised(a.example) || !organised(b.example)) {
		l.score, l.why = l.score+1, sameTitle
	}
	for heading, value := range a.marks {
		if b.marks[heading] == value && !strings.HasPrefix(heading, "few ") {
			l.score, l.why = l.score+2, sameMark
		}
	}
	return l
}

// byCount joins what is left by counts of the survey tool from 1 on, where the rows
// that are known have the counts that they had.
func (p *pairing) byCount() {
	agree := map[string]int{}
	for _, x := range p.out {
		for heading, value := range p.known[x.old].marks {
			if now := p.fresh[x.fresh].marks[heading]; now == value {
				agree[heading]++
			} else if now != "" {
				agree[heading] = math.MinInt32
			}
		}
	}
	at := map[string]int{}
	for i, v := range p.known {
		for heading, value := range v.marks {
			if !p.old[i] && agree[heading] > 0 && p.series(v.upload) {
				at[heading+value] = i
			}
		}
	}
	for j, v := range p.fresh {
		for _, heading := range slices.Sorted(maps.Keys(v.marks)) {
			if i, ok := at[heading+v.marks[heading]]; ok {
				p.join(i, j, sameMark)
			}
		}
	}
}

func organised(e model.Example) bool {
	return slices.ContainsFunc(e.Parties, func(p model.Party) bool {
		return slices.ContainsFunc(p.Identities, func(id model.Identity) bool { return id.Type == "organisation" })
	})
}

func titlesOf(all []version) map[string]int {
	out := map[string]int{}
	for _, v := range all {
		out[folded(string(v.example.Title.Value))]++
	}
	return out
}

// term is a word of an example: in how many examples it stands, and what it weighs here,
// which is more the fewer have it.
type term struct {
	word  string
	in    int
	weigh float64
}

// weighed are the words of examples, sorted.
type weighed struct{ known, fresh [][]term }

func wordsOf(known, fresh []version) weighed {
	in := map[string]int{}
	count := func(all []version) (out []map[string]int) {
		for _, v := range all {
			own := map[string]int{}
			for _, word := range strings.FieldsFunc(strings.ToLower(told(v.example)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
				if own[word]++; own[word] == 1 {
					in[word]++
				}
			}
			out = append(out, own)
		}
		return out
	}
	weigh := func(counted []map[string]int) (out [][]term) {
		for _, own := range counted {
			var terms []term
			for _, word := range slices.Sorted(maps.Keys(own)) {
				terms = append(terms, term{word, in[word], float64(own[word]) * math.Log1p(float64(len(known)+len(fresh))/float64(in[word]))})
			}
			out = append(out, terms)
		}
		return out
	}
	a, b := count(known), count(fresh)
	return weighed{weigh(a), weigh(b)}
}

// alike says how much of what an example and a row say both of them say.
func (w weighed) alike(i, j int) float64 {
	var shared, all float64
	a, b := w.known[i], w.fresh[j]
	for len(a) > 0 && len(b) > 0 {
		switch c := strings.Compare(a[0].word, b[0].word); {
		case c < 0:
			all, a = all+a[0].weigh, a[1:]
		case c > 0:
			all, b = all+b[0].weigh, b[1:]
		default:
			shared, all = shared+min(a[0].weigh, b[0].weigh), all+max(a[0].weigh, b[0].weigh)
			a, b = a[1:], b[1:]
		}
	}
	for _, t := range slices.Concat(a, b) {
		all += t.weigh
	}
	if all == 0 {
		return 0
	}
	return shared / all
}

// told is everything that an example tells, but for its agreements and who gave it.
func told(e model.Example) string {
	e.Parties, e.Agreements = nil, nil
	body, err := model.EncodeJSON(e)
	if err != nil {
		return ""
	}
	var b bytes.Buffer
	for _, line := range leaves(body) {
		b.WriteString(line.text)
		b.WriteByte('\n')
	}
	return b.String()
}
