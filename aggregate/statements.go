// SPDX-License-Identifier: Apache-2.0

package aggregate

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// mention is one place where one record says one thing.
type mention struct {
	record int
	kind   Kind
	part   string
	code   model.Code
	text   string
	// printable is the text once more, where the record may be published.
	printable string

	actor, effort, band, met model.Code
	definedBy, addresses     []model.Code
	order                    float64
	month                    int // after the start, 0 where not told
	often                    []model.Code
	ordered, helpful         bool
}

type statementKey struct {
	kind Kind
	part string
	code model.Code
}

func (k statementKey) id() string {
	parts := []string{string(k.kind)}
	for _, p := range []string{k.part, hyphened(string(k.code))} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, ".")
}

// statements groups what the records of one topic say, by kind and concept,
// and keeps what has enough support. Of a wide topic, which holds others, none is
// told that no concept covers: it has no name by which the others' can be taken
// from it.
func (b *build) statements(where ItemKey, s, among set, wide bool) ([]Statement, error) {
	grouped := map[statementKey][]mention{}
	for _, i := range s {
		for _, m := range b.mentions(i) {
			k := statementKey{m.kind, m.part, m.code}
			grouped[k] = append(grouped[k], m)
		}
	}
	if wide {
		maps.DeleteFunc(grouped, func(k statementKey, _ []mention) bool { return k.code == "" })
	}
	var out []Statement
	told := map[statementKey]bool{}
	tell := func(grouped map[statementKey][]mention) {
		for _, k := range sortedStatementKeys(grouped) {
			if k.code == "" {
				continue // what no concept covers is merged by wording
			}
			if st, ok := b.statement(where, k, grouped[k], among, false); ok {
				out, told[k] = append(out, st), true
			}
		}
	}
	tell(grouped)
	tell(b.parents(grouped, told))
	merged, err := b.merged(where, grouped, among)
	if err != nil {
		return nil, err
	}
	out = append(out, merged...)
	sortStatements(out)
	b.oppose(out)
	return out, nil
}

// parents merges the mentions of themes, and of methods that were steps, into those
// of the broader theme or family, where none of its narrower ones has been told:
// beside one that is told, the broader would show the rest.
func (b *build) parents(grouped map[statementKey][]mention, told map[statementKey]bool) map[statementKey][]mention {
	out := map[statementKey][]mention{}
	shut := map[statementKey]bool{}
	for _, k := range sortedStatementKeys(grouped) {
		c, ok := b.cfg.Vocabulary.Concept(string(k.code))
		if !ok || c.Scheme() != vocabulary.Theme && (c.Scheme() != vocabulary.Method || k.kind != StepStatement) {
			continue
		}
		for _, id := range c.Broader() {
			parent := statementKey{k.kind, k.part, model.Code(id)}
			shut[parent] = shut[parent] || told[k]
			out[parent] = append(out[parent], grouped[k]...)
		}
	}
	maps.DeleteFunc(out, func(k statementKey, _ []mention) bool { return shut[k] })
	return out
}

// general groups what all records say. A statement that stands in topics too is
// dropped where what it has beyond them, or beyond any one of them, rests on
// too few contributors.
func (b *build) general(s set) []Statement {
	grouped := map[statementKey][]mention{}
	for _, i := range s {
		for _, m := range b.mentions(i) {
			if m.code != "" && m.kind != ChallengeStatement {
				k := statementKey{m.kind, m.part, m.code}
				grouped[k] = append(grouped[k], m)
			}
		}
	}
	return b.beyond(AllItems, grouped, b.among(s))
}

// beyond words groups of mentions from more than one topic, without those that
// would show too few contributors beside what is published already.
func (b *build) beyond(where ItemKey, grouped map[statementKey][]mention, of set) []Statement {
	var out []Statement
	told := map[statementKey]bool{}
	tell := func(grouped map[statementKey][]mention) {
		for _, k := range sortedStatementKeys(grouped) {
			if st, ok := b.statement(where, k, grouped[k], of, true); ok {
				out, told[k] = append(out, st), true
			}
		}
	}
	tell(grouped)
	tell(b.parents(grouped, told))
	sortStatements(out)
	b.oppose(out)
	return out
}

// of is what a statement says and, of that, what is counted of its parts, such as
// who did it or in which words.
func (k statementKey) of(part, code string) statementKey {
	return statementKey{k.kind, k.part, k.code + model.Code("/"+part+"/"+code)}
}

// saidWithin are the sets published so far under what key makes of a statement, and of
// what is narrower than that.
func (b *build) saidWithin(k statementKey, key func(statementKey) statementKey) []set {
	out := slices.Clone(b.gate.said[key(k)])
	if c, ok := b.cfg.Vocabulary.Concept(string(k.code)); ok {
		for _, id := range c.Narrower() {
			out = append(out, b.gate.said[key(statementKey{k.kind, k.part, model.Code(id)})]...)
		}
	}
	return out
}

// besideTopics asks of what is counted of more than one topic that what it has beyond
// what is published of them rests on enough contributors.
func (b *build) besideTopics(q question, k statementKey, wide bool, key func(statementKey) statementKey) question {
	q.says = key(k)
	if wide {
		q.beside = func(set) []set { return b.saidWithin(k, key) }
	}
	return q
}

func sortStatements(out []Statement) {
	slices.SortFunc(out, func(x, y Statement) int {
		return cmp.Or(cmp.Compare(x.Kind, y.Kind), cmp.Compare(x.Part, y.Part), cmp.Compare(y.Contributors, x.Contributors), cmp.Compare(x.ID, y.ID))
	})
}

// statement words one group of mentions; not ok where it may not be published. wide
// says that it is one of more than one topic, from which readers could take away what
// is told of these.
func (b *build) statement(where ItemKey, k statementKey, mentions []mention, of set, wide bool) (Statement, bool) {
	at := where.Statement(k.id())
	members := b.gate.admit(b.besideTopics(question{
		key: at, of: recordsOf(mentions), line: func(i int) bool { return b.says(i, k) },
	}, k, wide, func(k statementKey) statementKey { return k }))
	if members == nil {
		return Statement{}, false
	}
	mentions = slices.DeleteFunc(slices.Clone(mentions), func(m mention) bool { return !members.has(m.record) })
	st := Statement{ID: k.id(), Kind: k.kind, Part: k.part, Code: k.code, Support: b.all.support(members, of)}
	// What is said of almost all is counted among those who could have said so:
	// their own number would tell how many did not.
	among := members
	if st.AlmostAll {
		among = of
	}
	by := func(facet string, codes func(mention) []model.Code) []Count {
		sets := map[model.Code]set{}
		for _, m := range mentions {
			for _, code := range distinct(codes(m)) {
				sets[code] = append(sets[code], m.record)
			}
		}
		for code, s := range sets { // those of a broader theme come theme by theme
			slices.Sort(s)
			sets[code] = slices.Compact(s)
		}
		line := func(i int, code model.Code) bool {
			return slices.ContainsFunc(b.lines(i, k), func(m mention) bool { return slices.Contains(codes(m), code) })
		}
		return b.parted(at, k, facet, sets, among, line, wide)
	}
	st.Actors = by("actor", func(m mention) []model.Code { return one(m.actor) })
	st.Efforts = by("effort", func(m mention) []model.Code { return one(m.effort) })
	st.Bands = by("band", func(m mention) []model.Code { return one(m.band) })
	st.DefinedBy = by("defined-by", func(m mention) []model.Code { return m.definedBy })
	st.Met = by("met", func(m mention) []model.Code { return one(m.met) })
	st.Addresses = by("addresses", func(m mention) []model.Code { return m.addresses })
	st.Months = by("month", func(m mention) []model.Code { return one(monthBand(m.month)) })
	st.Often = b.often(at, k, mentions, among, wide)
	ofSide := func(i int, code model.Code) bool {
		return slices.ContainsFunc(b.lines(i, k), func(m mention) bool { return m.actor == code || m.actor != "" && b.side(m.actor) == code })
	}
	st.Sides = b.parted(at, k, "side", b.sides(mentions), among, ofSide, wide)
	helpful := slices.DeleteFunc(slices.Clone(mentions), func(m mention) bool { return !m.helpful })
	if s := b.gate.admit(b.besideTopics(question{
		key: at.Facet("helpful"), of: recordsOf(helpful),
		line: func(i int) bool { return slices.ContainsFunc(b.lines(i, k), func(m mention) bool { return m.helpful }) },
	}, k, wide, func(k statementKey) statementKey { return k.of("helpful", "") })); s != nil {
		support := b.all.support(s, among)
		st.Helpful = &support
	}
	st.Order = meanOrder(mentions)
	st.Shared = b.shared(where, k, mentions, among, wide)
	st.Approved = b.approved(mentions, among)
	return st, true
}

// parted counts one facet of a statement, such as who did it. Of a statement from
// more than one topic, what the facet has beyond the same facet within the topics
// must rest on enough contributors as well. line says whether a record's line shows it.
func (b *build) parted(where ItemKey, k statementKey, facet string, sets map[model.Code]set, of set, line func(int, model.Code) bool, wide bool) []Count {
	how := counting{where: where, facet: facet, among: of, line: line, says: func(code model.Code) statementKey { return k.of(facet, string(code)) }}
	if wide {
		how.beside = func(code model.Code, _ set) []set {
			codes := []model.Code{code}
			if facet == oftenFacet {
				codes = overlapping(code)
			}
			var out []set
			for _, code := range codes {
				out = append(out, b.saidWithin(k, func(k statementKey) statementKey { return k.of(facet, string(code)) })...)
			}
			return out
		}
	}
	return b.counted(how, sets)
}

func recordsOf(mentions []mention) set {
	var s set
	for _, m := range mentions {
		s = append(s, m.record)
	}
	slices.Sort(s)
	return slices.Compact(s)
}

// meanOrder is the mean place, rounded to halves so that no single record's
// number of steps can be read from it, nor that one took another's place.
func meanOrder(mentions []mention) float64 {
	sum, n := 0.0, 0
	for _, m := range mentions {
		if m.ordered {
			sum += m.order
			n++
		}
	}
	if n == 0 {
		return 0
	}
	return math.Round(sum/float64(n)*2) / 2
}

// oppose marks lessons of which some say that it worked and others that it did
// not. A theme is left out: of it, what did not work is that it was neglected.
func (b *build) oppose(statements []Statement) {
	const worked, failed = "worked", "did-not-work"
	for i := range statements {
		for j := range statements {
			x, y := &statements[i], &statements[j]
			if x.Kind == LessonStatement && y.Kind == LessonStatement && x.Code != "" && x.Code == y.Code && !b.isTheme(x.Code) && x.Part == worked && y.Part == failed {
				x.Opposes, y.Opposes = y.ID, x.ID
			}
		}
	}
}

// approved are the sentences that single contributors let be printed as theirs. Each
// is told as one contributor's: the bound of a count would say that others wrote it.
func (b *build) approved(mentions []mention, of set) []Wording {
	var out []Wording
	for _, m := range mentions {
		if m.printable != "" && b.all.records[m.record].OwnWords() {
			own := b.all.support(set{m.record}, nil)
			own.Of, own.Kinds = len(of), 0
			out = append(out, Wording{Text: m.printable, Support: own})
		}
	}
	slices.SortFunc(out, func(x, y Wording) int { return cmp.Compare(x.Text, y.Text) })
	return slices.CompactFunc(out, func(x, y Wording) bool { return x.Text == y.Text })
}

// says reports whether the line of a record says what a statement counts.
func (b *build) says(i int, k statementKey) bool { return len(b.lines(i, k)) > 0 }

// lines are the places where the line of a record says what a statement counts.
func (b *build) lines(i int, k statementKey) []mention {
	if b.said == nil {
		b.said = map[int]map[statementKey][]mention{}
	}
	if b.said[i] == nil {
		said := map[statementKey][]mention{}
		add := func(m mention, code model.Code) {
			at := statementKey{m.kind, m.part, code}
			said[at] = append(said[at], m)
		}
		all := b.mentionsIn(i, b.all.published[i], anonymize.Content{})
		for _, code := range challengeCodes(b.all.published[i]) { // a code says so without words
			all = append(all, mention{record: i, kind: ChallengeStatement, code: code})
		}
		for _, m := range all {
			add(m, m.code)
			if c, ok := b.cfg.Vocabulary.Concept(string(m.code)); ok { // and so what is told of the broader
				for _, id := range c.Broader() {
					add(m, model.Code(id))
				}
			}
		}
		b.said[i] = said
	}
	return b.said[i][k]
}

// mentions lists what one record says, which is asked for every topic in every round.
func (b *build) mentions(i int) []mention {
	if b.read[i] == nil {
		b.read[i] = b.mentionsIn(i, b.all.content[i], b.all.published[i])
	}
	return b.read[i]
}

// challengesIn are the challenges that a content of a record tells in words.
func challengesIn(i int, c anonymize.Content) (out []mention) {
	for _, k := range c.Challenges {
		if k.Accepted && k.Text != "" {
			out = append(out, mention{record: i, kind: ChallengeStatement, code: k.Code, text: k.Text})
		}
	}
	return out
}

// mentionsIn lists what a content of a record says; p is what may be printed of it.
func (b *build) mentionsIn(i int, c, p anonymize.Content) []mention {
	var out []mention
	add := func(m mention, printable string, coded ...model.Code) {
		m.record, m.printable = i, printable
		codes := distinct(append(coded, b.about(m.kind, m.text)...))
		if len(codes) == 0 && m.text != "" {
			codes = []model.Code{""}
		}
		for _, code := range codes {
			m.code = code
			out = append(out, m)
		}
	}
	out = append(out, challengesIn(i, c)...)
	for j, s := range c.Steps {
		order := 0.0
		if len(c.Steps) > 1 {
			order = float64(j) / float64(len(c.Steps)-1)
		}
		add(mention{kind: StepStatement, text: s.Text, actor: s.Actor, effort: s.Effort, addresses: s.Addresses, order: order, ordered: true, month: s.Month, often: howOften(s.Text)},
			at(p.Steps, j, func(s anonymize.Step) string { return s.Text }), one(s.Method)...)
	}
	for j, l := range c.Lessons {
		add(mention{kind: LessonStatement, part: cmp.Or(l.Kind, "other"), text: l.Text, addresses: l.Addresses},
			at(p.Lessons, j, func(l anonymize.Lesson) string { return l.Text }))
	}
	for j, o := range c.Outcomes {
		add(mention{kind: OutcomeStatement, part: cmp.Or(o.Direction, "other"), text: o.Text, band: o.Design, definedBy: one(o.Beneficiary)},
			at(p.Outcomes, j, func(o anonymize.Outcome) string { return o.Text }))
	}
	for j, k := range c.Criteria {
		add(mention{kind: CriterionStatement, text: k.Text, definedBy: k.DefinedBy, met: model.Code(k.Met)},
			at(p.Criteria, j, func(k anonymize.Criterion) string { return k.Text }))
	}
	for _, r := range c.Resources {
		m := mention{kind: ResourceStatement, part: r.Type, text: r.Text, band: r.Band, helpful: r.Helpful}
		if r.Band != "" {
			m.record, m.code = i, r.Band
			out = append(out, m)
		}
		if r.Text != "" {
			add(m, "")
		}
	}
	for _, l := range []struct {
		kind  Kind
		texts []string
	}{
		{PrerequisiteStatement, c.Prerequisites},
		{StartStatement, c.GettingStarted},
		{SustainStatement, c.Sustaining},
		{AdaptStatement, c.Adapted},
		{UnsuitableStatement, c.NotSuitableFor},
	} {
		for _, t := range l.texts {
			add(mention{kind: l.kind, text: t}, "")
		}
	}
	return out
}

func at[T any](list []T, i int, text func(T) string) string {
	if i >= len(list) {
		return ""
	}
	return text(list[i])
}
