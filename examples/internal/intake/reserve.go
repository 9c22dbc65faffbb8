// SPDX-License-Identifier: Apache-2.0

package intake

import (
	"slices"
	"strings"
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

// byWhether gives the one column that asks whether something may be, and is answered with yes
// or no, the question of the consent where no other column asks for it. Nothing is used until
// a person has said that it is one.
func (m Mapping) byWhether(rows []Row, taken map[string]bool) {
	if taken["consent"] {
		return
	}
	q, _ := question("consent")
	cells, found := m.cells(rows), -1
	for i, c := range m.Columns {
		if c.Why != permission || c.Question != "conditions" || !asksIfItMay(c.Header, cells[i]) || contrary(c.Header) || deniesLeave(c.Header) || takesOut(c.Header) || ofTheirs(c.Header) || asksToReach(c.Header) || asksNaming(c.Header) != "" || asksOfThePast(c.Header) || !fits(q, cells[i]) || !answersAre(cells[i], 3, 5, agreeable) {
			continue
		}
		if found >= 0 {
			return
		}
		found = i
	}
	if found >= 0 {
		m.Columns[found].Question, m.Columns[found].Why, taken["consent"] = "consent", "likeness", true
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

// Unsure reports whether a person must say that the column is what it was taken for, before
// its answers allow what they say.
func (c Mapped) Unsure() bool { return c.Withholds() || c.narrowed() }

// Withholds reports whether nobody's example is used until then.
func (c Mapped) Withholds() bool {
	q, ok := question(c.Question)
	return ok && (c.Question == "consent" && (c.Why == "likeness" || c.Why == "phrase" && !asksPlainly(c.Question, c.Header)) || closes(q) && c.Why == "sheet")
}

// narrowed reports whether the answers of a column are read at their narrowest until then:
// words of its heading are not known, and may turn them round.
func (c Mapped) narrowed() bool {
	switch c.Question {
	case "uses", "audience", "confidentiality":
		return slices.Contains([]string{"phrase", "answers", "likeness", "order", "naming"}, c.Why) && !asksPlainly(c.Question, c.Header)
	}
	return false
}

// narrowest is what an answer allows at most in a column of which nobody has said that it
// is what it was taken for.
func narrowest(q *model.Question, value string) string {
	switch {
	case q.ID == "uses":
		return ""
	case q.ID == "audience" && value != "":
		return audiencesClosedFirst()[0]
	case q.ID == "confidentiality" && identifies(value):
		return model.Anonymous.String()
	}
	return value
}

// byReserve takes columns that nothing else took, and whose headings are more like those of
// a question that limits than of any other, for conditions. Which question it is stays
// open: a person reads what was said there before the example is used, whatever it is.
func (m Mapping) byReserve(rows []Row) {
	cells := m.cells(rows)
	_, last := m.story(cells)
	for i := range m.Columns {
		if c := &m.Columns[i]; c.Why == "" && c.Question == Aside && !m.ofMatrix(i, cells[i]) && (reserves(c.Header) && !answersAre(cells[i], 1, 2, name) && !(i < last && answersAre(cells[i], 2, 3, numeric)) && !m.asksOfStory(i, cells[i]) || i > last && asksIfItMay(c.Header, cells[i]) || asksForNone(c.Header, cells[i]) || m.holdsBack(i, answersOf(c.Column, rows))) {
			c.Question, c.Why = "conditions", permission
		}
	}
}

// asksForNone reports whether a heading asks for what must not be, or does not, and is answered
// with yes or no: what a yes to it closes only a person can say.
func asksForNone(header string, cells []string) bool {
	return negates(header) && knownHeadings().likest(header) != noQuestion && answersAre(cells, 2, 3, yesOrNo)
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

// unconfirmed lists the columns of what may be done that were taken for one in words that
// are not known.
func (r *run) unconfirmed() {
	for _, c := range r.m.Columns {
		if !c.Unsure() {
			continue
		}
		r.unsure = r.unsure || c.Withholds()
		until := "its answers allow no name, no use and no readers beyond the group"
		if c.Withholds() {
			until = "every example is withheld"
		}
		r.find(Finding{
			Column: c.Letter, Header: c.Header, Question: Label(c.Question), Unusable: c.Withholds(),
			Fault: "is most like this question, in words that are not known; " + until + " until a person says so: in the mapping write “given” under “found by”, or another question",
		})
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
		if !reserved(part) && !denies(part) || ofOneUse(part) {
			continue
		}
		if reserved(part) || len(after) > 0 || noInBrackets(part) {
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

// noInBrackets reports whether a part ends with a no that belongs to the whole option.
func noInBrackets(part string) bool {
	_, inside, ok := strings.Cut(part, "(")
	return ok && negates(inside)
}

// ofOneUse reports whether a part names a use, and says of that one that it is internal: it
// is not granted, and takes nothing from the others.
func ofOneUse(part string) bool {
	rest, uses := []string(nil), false
	for w := range strings.FieldsSeq(words(part)) {
		if slices.Contains([]string{"internal", "internally", "inhouse", "intern", "interne", "interner", "internes", "internen", "interno", "interna", "interni", "wewnętrzne", "internt", "mewnol"}, w) {
			continue
		}
		rest, uses = append(rest, w), uses || ways()["uses"][w] != ""
	}
	return uses && !reserved(strings.Join(rest, " ")) && !denies(part)
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
