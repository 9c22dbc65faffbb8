// SPDX-License-Identifier: Apache-2.0

package intake

import (
	"maps"
	"math"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/reading"
)

// likened are the questions that a column may be given for its likeness: none by which
// anything is allowed.
func likened() []string {
	return slices.Concat(told(), narrowing(), []string{
		"organisation", "organisation_type", "title", "stakeholders", "participation", "scale", "country", "year",
		"lifecycle", "therapy_areas", "resources", "funding", "quotes", "condition", "region", "population",
	})
}

// narrowing are questions whose answers only take away: a column that may be one is
// better read as one than set aside.
func narrowing() []string { return []string{"other_names", "expires", "not_before", "approval"} }

// A bar is what a heading must say for a question, and how far all must be ahead of the
// next one.
type bar struct{ says, ahead float64 }

func barOf(id string) bar {
	switch {
	case slices.Contains(narrowing(), id):
		return bar{1, .4}
	}
	return bar{1.2, .8}
}

// byLikeness gives columns that no phrase speaks of the question that their heading is
// most like, in any language of the form, where the answers can be to it. What its words
// say, whether the answers are understood and where it stands are weighed together.
func (m Mapping) byLikeness(rows []Row, taken map[string]bool) {
	cells := m.cells(rows)
	likely := make([]map[string]float64, len(cells))
	for i, c := range m.Columns {
		if r, err := proseReader(); err == nil && c.Why == "" && c.Question == Aside && prose(cells[i], len(rows)) {
			likely[i] = likelihood(r, cells[i])
		}
	}
	for {
		best, column, question := 0.0, -1, ""
		for i, c := range m.Columns {
			if c.Why != "" || c.Question != Aside || permits(c.Header) || speaksOf(ofElse, wordsOfHeader(c.Header)) {
				continue
			}
			id, value := m.likest(i, cells[i], len(rows), taken, likely[i])
			if id != "" && value > best {
				best, column, question = value, i, id
			}
		}
		if column < 0 {
			return
		}
		m.Columns[column].Question, m.Columns[column].Why = question, "likeness"
		taken[question] = true
	}
}

var proseReader = sync.OnceValues(func() (*reading.Reader, error) { return reading.New(reading.Config{}) })

// likest is the question that a column is most like, "" where two are near or none is.
func (m Mapping) likest(column int, cells []string, rows int, taken map[string]bool, likely map[string]float64) (string, float64) {
	header := m.Columns[column].Header
	says := knownHeadings().speaks(header)
	value := map[string]float64{}
	for id, v := range says {
		if taken[id] {
			v -= 2 // its column is another one, most likely
		}
		if q, ok := question(id); ok && slices.Contains(likened(), id) {
			if len(cells) == 0 && !slices.Contains(narrowing(), id) {
				continue // nobody has answered yet
			}
			bears, can := m.bears(q, column, cells, rows, likely)
			if !can {
				continue
			}
			v += bears
		}
		value[id] = v
	}
	order := slices.SortedFunc(maps.Keys(value), func(a, b string) int {
		if value[a] != value[b] {
			return int(math.Copysign(1, value[b]-value[a]))
		}
		return strings.Compare(a, b)
	})
	if len(order) < 2 {
		return "", 0
	}
	first := order[0]
	ahead := value[first] - value[order[1]]
	if b := barOf(first); says[first] < b.says || ahead < b.ahead || !slices.Contains(likened(), first) || taken[first] && !severalHeads(first) && first != Account {
		return "", 0
	}
	return first, ahead
}

// bears says how far the answers of a column and its place speak for a question; false
// where they cannot be answers to it.
func (m Mapping) bears(q *model.Question, column int, cells []string, rows int, likely map[string]float64) (float64, bool) {
	if !fits(q, cells) {
		return 0, false
	}
	switch {
	case !ofAgreement(q) && (asksWhether(m.Columns[column].Header) || q.Kind != model.AskYesNo && answersAre(cells, 1, 2, yesOrNo)):
		return 0, false
	case slices.Contains([]string{"quotes", "resources", "funding", "population", "condition", "region"}, q.ID) && !m.mayTell(column):
		return 0, false // who may, must or has to say yes is none of them
	case (q.ID == "resources" || q.ID == "funding") && answersAre(cells, 1, 3, func(s string) bool { return strings.ContainsFunc(s, unicode.IsDigit) }):
		return 1, true // so much, in sentences too
	case q.ID == "other_names" && tells(cells) && m.within(column):
		return 0, false // a sentence among those of the story is no name
	case slices.Contains([]string{"population", "region", "condition", "resources", "funding", "title", "organisation"}, q.ID) && tells(cells):
		return 0, false
	case slices.Contains(told(), q.ID) && (m.Columns[column].parts[0].option != "" || !m.mayTell(column)):
		return 0, false
	case slices.Contains(told(), q.ID):
		return m.bearsStory(q, column, cells, rows, likely)
	case len(cells) == 0:
		return 0, true
	case q.Kind == model.AskYesNo:
		return 1, answersAre(cells, 3, 4, agreeable)
	case closed(q):
		return m.bearsOptions(q, column, cells)
	case q.ID == "organisation", q.ID == "title":
		return m.inOrder(column, q.ID), m.named(q, cells)
	}
	return 0, true
}

// within reports whether columns stand on both sides of one that tell the story.
func (m Mapping) within(column int) bool {
	tells := func(c Mapped) bool { return slices.Contains(told(), c.Question) }
	return slices.ContainsFunc(m.Columns[:column], tells) && slices.ContainsFunc(m.Columns[column+1:], tells)
}

// bearsStory is bears of a question that tells the story.
func (m Mapping) bearsStory(q *model.Question, column int, cells []string, rows int, likely map[string]float64) (float64, bool) {
	if !prose(cells, rows) {
		return m.inOrder(column, q.ID), !chosen(cells) && !slices.ContainsFunc(form(), func(o model.Question) bool { return closed(&o) && !o.Internal && borneOut(&o, cells) })
	}
	v := 1 + m.inOrder(column, q.ID)
	if likely != nil {
		v += 2 * (likely[q.ID] - leastLikely)
	}
	return v, true
}

// bearsOptions is bears of a question whose answers are chosen.
func (m Mapping) bearsOptions(q *model.Question, column int, cells []string) (float64, bool) {
	n := 0
	for _, cell := range cells {
		if understood(q, cell) {
			n++
		}
	}
	share := float64(n) / float64(len(cells))
	if share < .5 && tells(cells) && !chosen(cells) {
		return 0, false
	}
	return 4 * (share - .4), share >= .2 || len(cells) >= 5 && repeats(cells) && knownHeadings().surely(m.Columns[column].Header, agreementLead) == q.ID
}

// named reports whether answers can be names of organisations or of examples.
func (m Mapping) named(q *model.Question, cells []string) bool {
	n := 0
	for _, cell := range cells {
		n += len(strings.Fields(cell))
	}
	return n <= 9*len(cells) && !chosen(cells) && !(q.ID == "organisation" && (kindsOnly(cells) || m.groups(cells)))
}

// tells reports whether answers are sentences, one with another.
func tells(cells []string) bool {
	n := 0
	for _, cell := range cells {
		n += len(strings.Fields(cell))
	}
	return n > longestName*len(cells)
}

// groups reports whether answers are groups of people.
func (m Mapping) groups(cells []string) bool {
	q, _ := question("stakeholders")
	return borneOut(q, cells)
}

// listed are the options of which answers are chosen, several at once, with how often each was;
// nil where they are chosen from no list.
func listed(cells []string) map[string]int {
	const longest = 8 // words of an option
	all, options := 0, map[string]int{}
	for _, cell := range cells {
		for _, part := range chosenIn(cell) {
			options[part]++
			if all++; len(strings.Fields(part)) > longest {
				return nil
			}
		}
	}
	if len(cells) < 5 || 2*all < 3*len(cells) || 3*len(options) > all {
		return nil
	}
	return options
}

// listsGroups reports whether answers are chosen from a list of which more are groups of
// people than ways of working.
func listsGroups(cells []string) bool {
	who, _ := question("stakeholders")
	how, _ := question("steps")
	groups, methods, all := 0, 0, 0
	for part, n := range listed(cells) {
		all += n
		if methodsIn(how, part) {
			methods += n
		} else if understood(who, part) {
			groups += n
		}
	}
	return 5*groups >= 2*all && groups > methods
}

// listsMethods reports whether the options of a list are ways of working, two in five of them.
func (c Column) listsMethods(cells []string) bool {
	options := slices.Collect(maps.Keys(listed(cells)))
	if c.parts[0].option != "" {
		options = nil
		for _, p := range c.parts {
			options = append(options, p.option)
		}
	}
	return waysOfWorking(options)
}

// waysOfWorking reports whether options are methods, two in five of them.
func waysOfWorking(options []string) bool {
	how, _ := question("steps")
	methods := 0
	for _, option := range options {
		if methodsIn(how, option) || namesWay(option) {
			methods++
		}
	}
	return methods > 1 && 5*methods >= 2*len(options)
}

// namesWay reports whether an option is a few words with one by which a way of working is called.
func namesWay(option string) bool {
	const longest = 5
	w := wordsOfPhrase(option)
	return len(w) <= longest && slices.ContainsFunc(w, func(x string) bool { return headerWords().classes["ways"][x] })
}

// byLists gives columns that are chosen from a list, several at once, of ways of working or under
// a heading that is like one of how people took part or what was done, the steps: each option is a way of working, and
// a person is asked once what it means where no method is called so.
func (m Mapping) byLists(rows []Row) {
	cells := m.cells(rows)
	for i := range m.Columns {
		c := &m.Columns[i]
		if c.Why != "" || c.Question != Aside || len(c.parts) < 2 && listed(cells[i]) == nil || c.ofGroups() && !c.listsMethods(cells[i]) || listsGroups(cells[i]) || permits(c.Header) || reserves(c.Header) || asksWhether(c.Header) || inDegrees(cells[i]) {
			continue
		}
		if c.listsMethods(cells[i]) {
			c.Question, c.Why = "steps", "sheet"
			continue
		}
		says := knownHeadings().speaks(c.Header)
		best := max(says["steps"], says["participation"])
		if best < leastSaid || slices.ContainsFunc(slices.Collect(maps.Values(says)), func(v float64) bool { return v > best }) {
			continue
		}
		c.Question, c.Why = "steps", "sheet"
	}
}

// inOrder says whether a column stands where forms ask its question, among those that
// are known.
func (m Mapping) inOrder(column int, id string) float64 {
	order := append([]string{"organisation", "title"}, told()...)
	at, v := slices.Index(order, id), 0.0
	for i, c := range m.Columns {
		rank := slices.Index(order, c.Question)
		switch {
		case rank < 0 || i == column:
		case (rank < at) == (i < column):
			v += .2
		default:
			v -= .5
		}
	}
	return max(-1.5, min(1, v))
}
