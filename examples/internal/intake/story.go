// SPDX-License-Identifier: Apache-2.0

package intake

import (
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/model"
)

// What speaks for it that a column answers one of the questions that tell the story, beside
// what its heading says and what its sentences are.
const (
	byPhrase    = 3.0  // a phrase of its heading
	saysAtMost  = 2.5  // a heading, however sure
	bySentence  = 3.0  // sentences that all have the role
	another     = 1.0  // a question that no other column answers
	nextTo      = .8   // the question that forms ask after that of the column before
	further     = -.6  // the one that the column before answers
	again       = -2.0 // one that another column answers
	changed     = -.7  // what changed, which several columns often tell: good, bad, and what shows it
	backwards   = -2.5 // one that forms ask before that of a column before
	alone       = 1.0  // by how much a heading is likest that of a column beside which none tells
	unlike      = .6   // it is none of them, where no heading says what it is
	saysNothing = 1.5  // it is likest a heading that asks nothing of the form
)

// byStory gives columns of prose the questions that tell the story, all of them together:
// what each heading says, what its sentences are, and the order in which forms ask are
// weighed as one. What the form's own headings have given stays.
func (m Mapping) byStory(rows []Row, taken map[string]bool) {
	cells := m.cells(rows)
	var columns []int
	var scores [][]float64 // by column: each question of told, and none of them
	for i, c := range m.Columns {
		rank := slices.Index(told(), c.Question)
		switch {
		case rank >= 0 && c.Why == "phrase" && m.opensStory(i, cells[i], len(rows)):
			s := m.storyScores(i, cells[i])
			s[rank] = max(0, s[rank]) + byPhrase
			columns, scores = append(columns, i), append(scores, s)
		case rank >= 0:
			fixed := slices.Repeat([]float64{-100}, len(told())+1)
			fixed[rank] = 0
			columns, scores = append(columns, i), append(scores, fixed)
		case c.Why == "" && c.Question == Aside && m.opensStory(i, cells[i], len(rows)):
			columns, scores = append(columns, i), append(scores, m.storyScores(i, cells[i]))
		}
	}
	best := bestStory(columns, scores)
	for n, rank := range best {
		beside := within(best, n)
		if c := m.Columns[columns[n]]; !beside && c.Question == Aside && rank < len(told()) && knownHeadings().likest(c.Header) != told()[rank] {
			if rank = slices.Index(told(), knownHeadings().surely(c.Header, alone)); rank < 0 || taken[told()[rank]] {
				continue
			}
		}
		if c := &m.Columns[columns[n]]; rank < len(told()) && c.Question != told()[rank] {
			c.Question, c.Why = told()[rank], "order"
			if knownHeadings().speaks(c.Header)[c.Question] > barOf(c.Question).says {
				c.Why = "likeness"
			}
			taken[c.Question] = true
		}
	}
}

// within reports whether a column stands among those that tell the story, in its order: one
// before it tells the same or what comes before, and one behind it the same or what comes
// after, or else one at its side does.
func within(ranks []int, n int) bool {
	tells := func(r int) bool { return r < len(told()) }
	before := slices.ContainsFunc(ranks[:n], func(r int) bool { return tells(r) && r <= ranks[n] })
	behind := slices.ContainsFunc(ranks[n+1:], func(r int) bool { return tells(r) && r >= ranks[n] })
	return before && behind || n > 0 && tells(ranks[n-1]) && ranks[n-1] >= ranks[n]-1 && ranks[n-1] <= ranks[n] || n+1 < len(ranks) && tells(ranks[n+1]) && ranks[n+1] == ranks[n]+1
}

// leastStories is how many answers that are chosen from a list are too many for one.
const leastStories = 7

// distinct is how many different answers there are.
func distinct(cells []string) int {
	all := map[string]bool{}
	for _, cell := range cells {
		all[cell] = true
	}
	return len(all)
}

// opensStory reports whether a column may tell a part of the story, by its answers.
func (m Mapping) opensStory(column int, cells []string, rows int) bool {
	c := m.Columns[column]
	return c.parts[0].option == "" && prose(cells, rows) && (tells(cells) || slices.Contains(told(), knownHeadings().likest(c.Header))) && (!chosen(cells) || distinct(cells) >= leastStories || slices.Contains(told(), knownHeadings().likest(c.Header))) && m.mayTell(column) &&
		!permits(c.Header) && !speaksOf(ofElse, wordsOfHeader(c.Header)) && !answersAre(cells, 1, 2, allows) && !(chosen(cells) && optionsOfAnother(cells))
}

// storyScores say what speaks for each question of told, and for none of them.
func (m Mapping) storyScores(column int, cells []string) []float64 {
	var likely map[string]float64
	if r, err := proseReader(); err == nil {
		likely = likelihood(r, cells)
	}
	says := knownHeadings().speaks(m.Columns[column].Header)
	out := make([]float64, len(told())+1)
	for rank, id := range told() {
		out[rank] = max(-1, min(saysAtMost, says[id]))
		if likely != nil {
			out[rank] += bySentence * (likely[id] - leastLikely)
		}
	}
	none := unlike
	for id, v := range says {
		if q, ok := question(id); ok && !slices.Contains(told(), id) && proseAnswers(q, cells) {
			none = max(none, min(saysAtMost, v))
		} else if id == noQuestion {
			none = max(none, min(saysNothing, v))
		}
	}
	out[len(told())] = none
	return out
}

// proseAnswers reports whether answers in sentences can be to a question that does not tell
// the story.
func proseAnswers(q *model.Question, cells []string) bool {
	return !closed(q) && fits(q, cells) || closed(q) && borneOut(q, cells)
}

// byRest gives columns of whole sentences that answer no question, and limit nothing, to the
// account: reading finds in it what each sentence tells, in place of nobody.
func (m Mapping) byRest(rows []Row) {
	cells := m.cells(rows)
	for i := range m.Columns {
		c := &m.Columns[i]
		if c.Why != "" || c.Question != Aside || c.parts[0].option != "" || len(cells[i]) < 3 || !prose(cells[i], len(rows)) || !tells(cells[i]) || chosen(cells[i]) {
			continue
		}
		limiting := permits(c.Header) || reserves(c.Header) || speaksOf(ofElse, wordsOfHeader(c.Header)) || speaksOf(Person, wordsOfHeader(c.Header)) || asksWhether(c.Header)
		if q, ok := question(Account); limiting || !ok || ofOtherKind(q, cells[i]) || !m.mayTell(i) || answersAre(cells[i], 1, 8, func(s string) bool { return allows(s) || yesOrNo(s) || reachable(s) }) || knownHeadings().speaks(c.Header)[noQuestion] > saysNothing {
			continue
		}
		c.Question, c.Why = Account, "sheet"
	}
}

// byEvidence gives columns in own words that stand beside those of what changed, inside the
// story, the same question: what shows it, and what was not so good, is asked there in few
// words too.
func (m Mapping) byEvidence(rows []Row) {
	cells := m.cells(rows)
	for i := 1; i < len(m.Columns); i++ {
		c := &m.Columns[i]
		if c.Why != "" || c.Question != Aside || m.Columns[i-1].Question != "outcomes" || c.parts[0].option != "" || permits(c.Header) || !m.within(i) && !m.opensStory(i, cells[i], len(rows)) {
			continue
		}
		if 2*len(cells[i]) >= len(rows) && openAnswers(cells[i]) && !answersAre(cells[i], 1, 2, func(s string) bool { return ofMoney(s) || tellsWhen(s) || quoted(s) || yesOrNo(s) || reachable(s) }) && !answersAre(cells[i], 1, 4, code) {
			c.Question, c.Why = "outcomes", "order"
		}
	}
}

// bestStory is the rank of each column, in the assignment for which most speaks.
func bestStory(columns []int, scores [][]float64) []int {
	type path struct {
		value float64
		ranks []int
		used  uint
		last  int // rank of the last column that tells, or -1
		at    int // and its place
	}
	paths := map[[2]int]path{{-1, 0}: {last: -1}}
	for n, column := range columns {
		next := map[[2]int]path{}
		for _, last := range []int{-1, 0, 1, 2, 3, 4} {
			for used := range 1 << len(told()) {
				p, ok := paths[[2]int{last, used}]
				if !ok {
					continue
				}
				for rank, v := range scores[n] {
					q := path{p.value + v, append(slices.Clone(p.ranks), rank), p.used, p.last, p.at}
					if rank < len(told()) {
						switch {
						case p.used&(1<<rank) != 0 && rank == p.last && p.at == column-1:
							q.value += further
						case p.used&(1<<rank) != 0 && told()[rank] == "outcomes":
							q.value += changed
						case p.used&(1<<rank) != 0 && rank < p.last:
							q.value += again + backwards
						case p.used&(1<<rank) != 0:
							q.value += again
						case rank < p.last:
							q.value += backwards + another
						default:
							q.value += another
						}
						if rank == p.last+1 && (p.last < 0 || p.at == column-1) {
							q.value += nextTo
						}
						q.used, q.last, q.at = p.used|1<<rank, rank, column
					}
					k := [2]int{q.last, int(q.used)}
					if had, ok := next[k]; !ok || q.value > had.value {
						next[k] = q
					}
				}
			}
		}
		paths = next
	}
	var best path
	found := false
	for _, last := range []int{-1, 0, 1, 2, 3, 4} {
		for used := range 1 << len(told()) {
			if p, ok := paths[[2]int{last, used}]; ok && (!found || p.value > best.value) {
				best, found = p, true
			}
		}
	}
	return best.ranks
}

// byMerged takes columns of the story whose heading asks two of its questions at once. Where
// other columns answer one of them, the column answers the other; where none does, what is
// told goes to the account, in which reading finds what answers which.
func (m Mapping) byMerged(rows []Row, taken map[string]bool) {
	cells := m.cells(rows)
	for i := range m.Columns {
		c := &m.Columns[i]
		if !slices.Contains([]string{"phrase", "likeness", "order"}, c.Why) || !slices.Contains(told(), c.Question) || c.parts[0].option != "" || !tells(cells[i]) {
			continue
		}
		asked := asksBoth(c.Header)
		if len(asked) < 2 {
			continue
		}
		others := func(id string) bool {
			return slices.ContainsFunc(m.Columns, func(o Mapped) bool { return o.At() != c.At() && o.Question == id })
		}
		missing := slices.DeleteFunc(slices.Clone(asked), others)
		switch {
		case len(missing) == 1 && missing[0] != c.Question:
			c.Question, c.Why = missing[0], "merged"
			taken[missing[0]] = true
		case len(missing) > 1:
			r, err := proseReader()
			q, ok := question(Account)
			if err != nil || !ok || ofOtherKind(q, cells[i]) || likelihood(r, cells[i]) == nil {
				continue // in a language that reading does not know one field is better than none
			}
			taken[c.Question] = others(c.Question)
			c.Question, c.Why = Account, "merged"
			taken[Account] = true
		}
	}
}

// asksBoth are the questions of the story that the clauses of a heading ask, where each of
// two asks another.
func asksBoth(header string) (out []string) {
	clauses := clausesOf(header)
	if len(clauses) < 2 {
		return nil
	}
	for _, clause := range clauses {
		if id := asksOf(clause); id != "" && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// clausesOf are the parts of a heading between the words and signs that join questions.
func clausesOf(header string) (out []string) {
	clause := ""
	put := func() {
		if strings.TrimSpace(words(clause)) != "" {
			out = append(out, clause)
		}
		clause = ""
	}
	for w := range strings.FieldsSeq(header) {
		joins := slices.Contains([]string{"and", "&", "und", "et", "y", "e", "ed", "en", "i", "oraz", "och", "ac", "/", "+"}, strings.ToLower(strings.Trim(w, ".,;:?!")))
		if joins {
			put()
			continue
		}
		clause += " " + w
		if strings.ContainsAny(w[len(w)-1:], ".,;:?!") {
			put()
		}
	}
	put()
	return out
}

// asksOf is the question of the story that a clause asks: that of its longest phrase, or the
// one that it is surely likest.
func asksOf(clause string) string {
	header := wordsOfHeader(clause)
	found, longest := "", 0
	for _, p := range phrases() {
		if !p.weak && p.length > longest && p.in(header) {
			found, longest = p.question, p.length
		}
	}
	if found == "" && len(header) > 1 {
		found = knownHeadings().surely(clause, alone)
	}
	if slices.Contains(told(), found) {
		return found
	}
	return ""
}
