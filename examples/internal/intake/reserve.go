// SPDX-License-Identifier: Apache-2.0

package intake

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/sharedpractice/sharedpractice/model"
)

// agreementLead is how far a heading must be likest one question on what may be done before
// all others, for its column to be given it in words that no phrase has.
const agreementLead = 1.5

// byAgreement gives columns that speak of permission the question on what may be done that
// their heading is likest, where the answers are such as it has. A consent that is found so
// allows nothing until a person has said that it is one.
func (m Mapping) byAgreement(rows []Row, taken map[string]bool) {
	cells := m.cells(rows)
	for i := range m.Columns {
		c := &m.Columns[i]
		if c.Why != "" || c.parts[0].option != "" || asksNaming(c.Header) != "" || speaksOf(ofElse, wordsOfHeader(c.Header)) {
			continue
		}
		id := knownHeadings().surely(c.Header, agreementLead)
		if q, ok := question(id); ok && !taken[id] && agreementBorne(q, c.Header, cells[i]) {
			c.Question, c.Why = id, "likeness"
			taken[id] = true
		}
	}
}

// agreementBorne reports whether answers are such as a question on what may be done has.
func agreementBorne(q *model.Question, header string, cells []string) bool {
	if len(cells) == 0 || !fits(q, cells) {
		return false
	}
	switch q.ID {
	case "consent":
		return permits(header) && !denies(header) && !asksToReach(header) && answersAre(cells, 4, 5, agreeable)
	case "approval":
		return answersAre(cells, 4, 5, agreeable)
	case "expires", "not_before":
		return answersAre(cells, 3, 5, func(s string) bool { return understood(q, s) })
	case "other_names":
		return !tells(cells) && !answersAre(cells, 1, 5, yesOrNo) && !answersAre(cells, 1, 5, allows)
	case "confidentiality", "audience":
		return !(q.ID == "confidentiality" && ofTheirs(header)) && answersAre(cells, 1, 3, func(s string) bool { return understood(q, s) })
	}
	return false
}

// Unsure reports whether nobody's example is used until a person has said that the column
// is what it was taken for.
func (c Mapped) Unsure() bool {
	q, ok := question(c.Question)
	return ok && (c.Question == "consent" && c.Why == "likeness" || closes(q) && c.Why == "sheet")
}

// byReserve takes columns that nothing else took, and whose headings are more like those of
// a question that limits than of any other, for conditions. Which question it is stays
// open: a person reads what was said there before the example is used, whatever it is.
func (m Mapping) byReserve(rows []Row) {
	cells := m.cells(rows)
	_, last := m.story(cells)
	for i := range m.Columns {
		if c := &m.Columns[i]; c.Why == "" && c.Question == Aside && !m.ofMatrix(i, cells[i]) && (reserves(c.Header) && !answersAre(cells[i], 1, 2, name) && !(i < last && answersAre(cells[i], 2, 3, numeric)) && !m.asksOfStory(i, cells[i]) || i > last && asksIfItMay(c.Header, cells[i]) || m.holdsBack(i, answersOf(c.Column, rows))) {
			c.Question, c.Why = "conditions", permission
		}
	}
}

// asksToReach reports whether a heading asks to ring, write to or meet somebody: a yes to it is
// no leave for anything else.
func asksToReach(header string) bool {
	return slices.ContainsFunc(wordsOfPhrase(header), func(w string) bool {
		return slices.ContainsFunc(strings.Fields("contact kontakt skontakt contatt cysyllt phone telephon telefon telefoon anruf zuruckruf rappel joindre recontact llamar chiamar richiamar bellen terugbel bereik erreich zadzwon dzwon ringa ring call reach"), func(head string) bool {
			return w == head || len(head) > 4 && strings.HasPrefix(w, head) || (head == "ring" || head == "call") && (w == "ringing" || w == "calling")
		})
	})
}

// asksIfItMay reports whether a heading asks whether something may be, and answers say so or not.
func asksIfItMay(header string, cells []string) bool {
	w := wordsOfPhrase(header)
	if id := knownHeadings().likest(header); id == "contact" || id == "contact_allowed" || speaksOf("contact", wordsOfHeader(header)) || speaksOf(ofElse, wordsOfHeader(header)) {
		return false
	}
	return asksWhether(header) && slices.Contains(strings.Fields("may can could might darf durfen dürfen kann konnen können peut peuvent puede pueden puo può possono mag mogen kan kunnen får wolno moga mogą"), w[0]) && answersAre(cells, 1, 2, agreeable)
}

// asksOfStory reports whether a column among those that tell the story, whose heading is like
// one that asks for leave and speaks of none, is answered by choosing among options of which
// none says what may be done: it limits nothing.
func (m Mapping) asksOfStory(column int, cells []string) bool {
	header := m.Columns[column].Header
	q, ok := question(knownHeadings().likest(header))
	if !ok || q.ID != "consent" || !m.within(column) || permits(header) || asksLeave(header) || asksWhether(header) || contrary(header) || amongUs(header) || asksNaming(header) != "" {
		return false
	}
	return len(cells) >= 5 && chosen(cells) && !slices.ContainsFunc(cells, func(s string) bool {
		return !notKnown(s) && (answersLeave(s) || negates(s) || doubtful(s) || tellsWhen(s) || name(s) || amongUs(s) || asksLeave(s) || conditional(s))
	})
}

// conditional reports whether an answer says on what something depends, when, or on whom.
func conditional(s string) bool {
	return slices.ContainsFunc(strings.Fields(words(s)), func(w string) bool {
		return slices.Contains(posts(), w) || slices.Contains(strings.Fields(`before after until till once when if only unless except but first later then office board council legal compliance ethics committee team boss management
			vor nach bis sobald wenn falls nur außer aber erst später avant après jusqu quand si seulement sauf mais abord antes después hasta cuando solo sólo salvo pero primero prima dopo fino quando se tranne ma
			voor na tot zodra als alleen behalve maar eerst przed po do gdy jeśli tylko oprócz ale najpierw före efter tills när om bara utom men först cyn wedi nes pan os ond yn gyntaf`), w)
	})
}

// notKnown reports whether an answer says that who gave it does not know, and no more.
func notKnown(s string) bool {
	return slices.Contains([]string{"not know", "i not know", "we not know", "not known", "unknown", "weiß nicht", "unbekannt", "ne sais pas", "je ne sais pas", "inconnu", "no sé", "no sabemos", "desconocido", "non so", "non sappiamo", "weet niet", "onbekend", "nie wiem", "nieznane", "vet inte", "vet ej", "okänt", "ddim yn gwybod"}, strings.Join(said(s), " "))
}

// inDegrees reports whether answers are chosen from degrees: "strongly agree", "rather hard".
func inDegrees(cells []string) bool {
	degree := func(s string) bool {
		return slices.ContainsFunc(strings.Fields(words(s)), func(w string) bool { return slices.Contains(degrees(), w) })
	}
	return len(cells) >= 3 && distinct(cells) >= 2 && distinct(cells) <= 7 && (chosen(cells) || len(cells) < 6) && answersAre(cells, 1, 2, degree) && !slices.ContainsFunc(cells, func(s string) bool { return len(strings.Fields(s)) > 6 })
}

func degrees() []string {
	return strings.Fields(`strongly somewhat fairly very rather neither slightly extremely moderately quite mostly partly completely totally
		sehr eher voll teils teilweise überhaupt völlig ziemlich weder très plutôt tout assez peu moyennement ni muy bastante algo poco totalmente
		molto abbastanza completamente né zeer heel helemaal nogal enigszins oneens bardzo raczej zdecydowanie trochę mycket ganska helt delvis varken iawn eithaf`)
}

// ofMatrix reports whether a column is a line of a matrix that is answered in degrees: how
// hard something was, or how far somebody agrees, limits nothing.
func (m Mapping) ofMatrix(column int, cells []string) bool {
	head := func(i int) string {
		if i < 0 || i >= len(m.Columns) {
			return ""
		}
		for _, name := range []string{"bracket", "dash"} {
			if p := pattern()[name].FindStringSubmatch(m.Columns[i].Header); p != nil {
				return tidy(p[1])
			}
		}
		return ""
	}
	h := head(column)
	if h == "" || asksLeave(h) || permits(h) && !asksHowFar(h) || h != head(column-1) && h != head(column+1) {
		return false
	}
	line := tidy(strings.Replace(m.Columns[column].Header, h, "", 1))
	return !permits(line) && !asksLeave(line) && asksNaming(line) == "" && inDegrees(cells)
}

// asksHowFar reports whether a heading asks for a degree.
func asksHowFar(header string) bool {
	w := words(header)
	return slices.ContainsFunc([]string{"how", "extent", "wie", "inwieweit", "mesure", "combien", "medida", "misura", "hoe", "mate", "stopniu", "hur", "graddau"}, func(p string) bool { return strings.Contains(w, " "+p+" ") })
}

// holdsBack reports whether the answers of a column beside those on what may be done name who
// has still to say yes, or say what must not be.
func (m Mapping) holdsBack(column int, cells []string) bool {
	beside := func(i int) bool {
		if i < 0 || i >= len(m.Columns) {
			return false
		}
		q, ok := question(m.Columns[i].Question)
		return ok && ofAgreement(q) && q.ID != "contact"
	}
	if m.Columns[column].parts[0].option != "" || len(cells) < 3 || !beside(column-1) && !beside(column+1) {
		return false
	}
	post := func(s string) bool {
		return slices.ContainsFunc(strings.Fields(words(s)), func(w string) bool { return slices.Contains(posts(), w) || w == "board" || w == "council" })
	}
	return !tells(cells) && (answersAre(cells, 1, 10, nobody) || answersAre(cells, 1, 10, nothing) && answersAre(cells, 1, 6, post)) ||
		answersAre(cells, 1, 2, negates) && !answersAre(cells, 1, 3, yesOrNo)
}

// nobody reports whether an answer says that it is nobody.
func nobody(s string) bool {
	return slices.Contains(strings.Fields("nobody noone me niemand keiner personne nadie nessuno nikt ingen neb"), strings.Join(said(s), ""))
}

// numeric reports whether an answer tells a number, in a few words.
func numeric(s string) bool {
	return len(strings.Fields(s)) <= 4 && strings.ContainsFunc(s, unicode.IsDigit)
}

// name reports whether an answer is a few words with capitals and nothing else, as names
// are: they are kept out of every text and limit nothing.
func name(s string) bool {
	w := strings.Fields(s)
	return len(w) > 1 && len(w) < 5 && !slices.ContainsFunc(w, func(w string) bool {
		first, _ := utf8.DecodeRuneInString(w)
		return !unicode.IsUpper(first)
	})
}

// reserves reports whether a heading is likest one that limits what may be done.
func reserves(header string) bool {
	if speaksOf(ofElse, wordsOfHeader(header)) {
		return false
	}
	q, ok := question(knownHeadings().likest(header))
	return ok && (agrees(q) || limits(q))
}

// asksNoLeave reports whether a heading that holds a word of permission is likest one that
// asks for none, and no answer says what may be done: "What do you call it" is no leave
// to name somebody.
func asksNoLeave(header string, cells []string) bool {
	q, ok := question(knownHeadings().surely(header, agreementLead))
	return ok && !ofAgreement(q) && q.ID != "contact" && !asksLeave(header) && !asksWhether(header) && len(cells) > 0 &&
		!slices.ContainsFunc(cells, func(s string) bool { return yesOrNo(s) || allows(s) })
}

// mayTell reports whether a column may be one of those that tell the story, where no
// phrase says so. Behind the story forms ask what may be done with it, and mostly for a
// yes, a no or a name. Only between two columns of the story another is one whatever it asks.
func (m Mapping) mayTell(column int) bool {
	tells := func(c Mapped) bool { return slices.Contains(told(), c.Question) || c.Question == Account }
	before, after := m.Columns[:column], m.Columns[column+1:]
	begun := slices.ContainsFunc(before, tells)
	if begun && slices.ContainsFunc(after, tells) {
		return true
	}
	for i, c := range slices.Backward(before) {
		if tells(c) {
			break
		}
		if q, ok := question(c.Question); ok && (agrees(q) || limits(q)) && (begun || toldIn(before[:i]) > max(1, toldIn(m.Columns[i+1:]))) {
			return false
		}
	}
	header := m.Columns[column].Header
	return (asksOpenly(header) || slices.Contains(told(), knownHeadings().surely(header, agreementLead)) && !permits(header)) && !asksWhether(header)
}

// toldIn is how many columns are written in own words, whatever their headings ask.
func toldIn(columns []Mapped) (n int) {
	for _, c := range columns {
		if c.ownWords {
			n++
		}
	}
	return n
}

// unconfirmed lists the column that was taken for the consent in words that are not known.
func (r *run) unconfirmed() {
	for _, c := range r.m.Columns {
		if r.unsure = r.unsure || c.Unsure(); c.Unsure() {
			r.find(Finding{
				Column: c.Letter, Header: c.Header, Question: Label(c.Question), Unusable: true,
				Fault: "is most like this question, in words that are not known; every example is withheld until a person says so: in the mapping write “given” under “found by”, or another question",
			})
		}
	}
}

// permits reports whether a heading speaks of permission, as it is written or with its
// slips of the pen mended.
func permits(header string) bool {
	return speaksOf(permission, wordsOfPhrase(header)) || speaksOf(permission, wordsOfHeader(header)) || forbids(header)
}

// forbids reports whether a heading asks what may or must not be: whatever it is, that limits.
func forbids(header string) bool {
	return denies(header) && slices.ContainsFunc(strings.Fields(words(header)), func(w string) bool {
		return slices.Contains([]string{"may", "must", "mustn", "darf", "dürfen", "doit", "doivent", "peut", "peuvent", "mag", "mogen", "får", "måste", "debe", "deben", "puede", "pueden", "deve", "devono", "può", "possono", "wolno"}, w)
	})
}

// granted are the uses that an answer grants beside what in it was not understood. What
// denies before others, or sets a condition wherever it stands, may speak of them all; what
// denies behind them, of what it names.
func granted(q *model.Question, chosen, rest []string, cell string) []string {
	for _, part := range rest {
		_, behind, _ := strings.Cut(cell, part)
		after, _ := split(behind, func(s string) (string, bool) { return resolve(q, s) })
		if !reserved(part) && !denies(part) {
			continue
		}
		if reserved(part) || len(after) > 0 {
			return nil
		}
		var not []string
		for w := range strings.FieldsSeq(words(part)) {
			not = append(not, strings.Split(ways()["uses"][w], "\n")...)
		}
		chosen = slices.DeleteFunc(chosen, func(s string) bool { return slices.Contains(not, s) })
	}
	return chosen
}

// reserved reports whether a part of an answer sets a condition, or takes something out of
// what it does not name.
func reserved(part string) bool {
	return undecided(part) || perhaps(part, true) || slices.ContainsFunc(strings.Fields(words(part)), func(w string) bool {
		return slices.Contains(strings.Fields(`if unless until till after once when pending subject provided providing except excepting excluding exclude excluded apart besides everything anything nothing nichts rien nada niente niets nic inget avoid
			internal internally inside own only permission approval approved approve consent agree agreed agrees withdrawn withdraw declined refused
			wenn falls sofern bis nach sobald außer ausser intern interne eigene nur genehmigung freigabe zustimmung si sous après jusqu sauf hormis interne internes seulement uniquement accord autorisation
			tras hasta excepto salvo interno interna solo sólo permiso autorización se dopo fino eccetto tranne interni soltanto permesso autorizzazione mits tot behalve alleen toestemming akkoord goedkeuring
			jeśli gdy po oprócz wewnętrzne wewnętrznie tylko zgoda zgody zgodą om efter tills utom internt bara endast tillstånd godkännande os ar ôl oni mewnol dim caniatâd`), w)
	})
}

//go:embed data/remarks.tsv
var remarksTSV string

// remarks are the words by which what they stand beside must not be used, by where they stand.
var remarks = sync.OnceValue(func() map[string][]string {
	all := map[string][]string{}
	for line := range strings.Lines(remarksTSV) {
		where, list, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		for p := range strings.SplitSeq(list, "|") {
			all[where] = append(all[where], " "+strings.Join(said(p), " ")+" ")
		}
	}
	return all
})

// remarksBy are those of a kind by one of their words, the first or the longest.
var remarksBy = sync.OnceValue(func() map[string]map[string][]string {
	all := map[string]map[string][]string{"start": {}, "anywhere": {}}
	for where, by := range all {
		for _, p := range remarks()[where] {
			w := strings.Fields(p)
			at := w[0]
			if where == "anywhere" {
				at = slices.MaxFunc(w, func(a, b string) int { return len(a) - len(b) })
			}
			by[at] = append(by[at], p)
		}
	}
	return all
})

// remarkable are the words of which each remark has one, its longest.
var remarkable = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for _, where := range []string{"start", "anywhere", "alone"} {
		for _, p := range remarks()[where] {
			w := slices.MaxFunc(strings.Fields(p), func(a, b string) int { return len(a) - len(b) })
			if all[w] = true; w == "not" { // which stands for others
				all["t"], all["dont"], all["never"], all["cannot"] = true, true, true, true
			}
		}
	}
	return all
})

// remark is the clause of an answer by which somebody asks that it, or the example, is not
// used as it stands: "please do not publish this", wherever in the sheet it was written.
func remark(cell string) string {
	if !slices.ContainsFunc(strings.FieldsFunc(strings.ToLower(cell), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r) }), func(w string) bool { return remarkable()[w] }) {
		return ""
	}
	for clause := range strings.FieldsFuncSeq(strings.ReplaceAll(cell, " - ", "\n"), func(r rune) bool { return strings.ContainsRune(".!?;:()[]{}\n–—*|/", r) }) {
		w := said(clause)
		s := " " + strings.Join(w, " ") + " "
		found := len(w) > 0 && len(w) <= longestRemark && slices.ContainsFunc(remarksBy()["start"][w[0]], func(p string) bool { return strings.HasPrefix(s, p) }) ||
			len(w) <= longestWay && slices.Contains(remarks()["alone"], s)
		for i := 0; i < len(w) && !found; i++ {
			found = slices.ContainsFunc(remarksBy()["anywhere"][w[i]], func(p string) bool { return strings.Contains(s, p) })
		}
		if found {
			return strings.TrimSpace(clause)
		}
	}
	return ""
}

// longestRemark is how many words a clause has at most that begins as a remark does.
const longestRemark = 12

// takenBack is what a cell that is no answer on what may be done says of that all the same.
func (r *run) takenBack(column int, cell string) string {
	c := r.m.Columns[column]
	q, ok := question(c.Question)
	switch {
	case c.Question == "other_names" && ofTheStory(cell):
		return strings.TrimSpace(cell)
	case ok && ofAgreement(q) || c.Question == Person:
		return ""
	}
	if back := remark(cell); back != "" {
		return back
	}
	if c.Why == "header" && c.Question != "internal" || slices.Contains(told(), c.Question) || c.Question == Account || len(cell) > longestNote {
		return ""
	}
	s := " " + strings.Join(said(cell), " ") + " "
	if slices.Contains(remarks()["status"], s) || c.Question == Aside && len(strings.Fields(s)) <= longestRemark && slices.ContainsFunc(remarks()["status"], func(p string) bool { return len(strings.Fields(p)) > 1 && strings.Contains(s, p) }) {
		return strings.TrimSpace(cell)
	}
	h, known := r.heads[column]
	if !known {
		h = noteHead{c.heads("taken"), c.heads("given"), contrary(c.Header)}
		if r.heads == nil {
			r.heads = map[int]noteHead{}
		}
		r.heads[column] = h
	}
	answer := ""
	if h != (noteHead{}) {
		answer, _ = yesNo("", cell)
	}
	switch {
	case h.taken && answer != "no" && !nothing(cell), h.contrary && answer == "yes", c.Question == "internal" && s == " x ", h.given && answer != "yes" && (answer == "no" || undecided(cell)):
		return strings.TrimSpace(cell)
	}
	return ""
}

// noteHead is of which kinds of remarks the heading of a column is, and whether it asks for a no.
type noteHead struct{ taken, given, contrary bool }

// longestNote is how many bytes a note on an example has at most that is read as one.
const longestNote = 400

// leftEmpty stands for what was not said in a column that asks for leave.
const leftEmpty = "(left empty)"

// ofLeave are the columns beside that of the consent that are answered by a yes, a mark or a
// day where leave was given: who left one empty, where others did not, has given none.
func (m Mapping) ofLeave(rows []Row) map[int]bool {
	out := map[int]bool{}
	cells := m.cells(rows)
	for i, c := range m.Columns {
		aside := c.Question == Aside && c.Why == "" && c.heads("given")
		if !aside && (c.Question != "conditions" || c.Why != permission) || takesOut(c.Header) || deniesLeave(c.Header) || amongUs(c.Header) || c.heads("taken") {
			continue
		}
		out[i] = answersAre(cells[i], 2, 3, func(s string) bool { return yesOrNo(s) || ticked(s, "") || dated(s) })
	}
	return out
}

// heads reports whether a short heading is one of the remarks of a kind.
func (c Mapped) heads(kind string) bool {
	header := " " + strings.Join(said(c.Header), " ") + " "
	return slices.ContainsFunc(remarks()[kind], func(p string) bool { return strings.Contains(header, p) }) && len(strings.Fields(header)) <= longestWhen
}

// ofTheStory reports whether what is to be left out is a part of the story, and no name:
// "the budget", "step 3".
func ofTheStory(cell string) bool {
	return slices.ContainsFunc(strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(",;.\n|/&", r) }), func(part string) bool {
		w := telling(said(part), ways()["filler"])
		return len(w) > 0 && len(w) <= 4 && slices.ContainsFunc(w, func(s string) bool { return slices.Contains(remarks()["part"], " "+s+" ") })
	})
}

// hold keeps an example until a person has read what stands there.
func (r *run) hold(in *filled, row Row, c Mapped, cell string) {
	q, _ := question("conditions")
	in.answers[q.ID] = join(in.answers[q.ID], c.Header+": "+cell)
	r.find(Finding{Row: row.Number, Column: c.Letter, Header: c.Header, Question: q.Label, Fault: "says that something must not be, or is taken back; the example is withheld until a person has read it", Was: short(cell), Unusable: true})
}
