// SPDX-License-Identifier: Apache-2.0

package intake

import (
	"slices"
	"strings"
	"unicode"

	"github.com/sharedpractice/sharedpractice/model"
)

// What a heading asks that is answered with yes or no: whether somebody may be named,
// or wishes not to be.
const (
	toBeNamed = "named"
	toBeNone  = "unnamed"
)

// asksNaming reports whether a heading asks to be named, or not to be. One that asks for
// more at once, as whether a story may be shared with the name, asks neither.
func asksNaming(header string) string {
	w := wordsOfHeader(header)
	switch {
	case slices.ContainsFunc(w, func(s string) bool { return headerWords().classes["more"][s] }), strings.ContainsAny(header, ";"), ofTheirs(header), contrary(header), namesOthers(header):
		return ""
	case speaksOf(toBeNone, w):
		return toBeNone
	case speaksOf(toBeNamed, w) && !denies(header):
		return toBeNamed
	}
	return ""
}

// namesOthers reports whether a heading on a name asks of others than the organisation that
// answers, of what was, or of some place or time: a yes to it is not one to be named.
func namesOthers(header string) bool {
	others := strings.Fields(`partner partners funder funders sponsor sponsors client clients supplier suppliers staff employees employee colleagues patient patients participants participant residents people persons person carers families children
			tools tool products product photos photo places was were did had already before previously if asked after once when later until only privately private internally press minutes invitation annual others
			mitarbeiter mitarbeitende mitarbeiterinnen patienten patientinnen beteiligte teilnehmende personen wurden wurde wenn falls nach später intern bereits presse förderer fotos
			personnel salariés patients participants personnes financeurs partenaires si après déjà presse étaient était été photos interne
			personal pacientes participantes personas socios financiadores si tras después ya prensa fue fueron fotos interno
			personale pazienti partecipanti persone finanziatori se dopo già stampa fu foto interno
			medewerkers patiënten deelnemers personen financiers als na later al pers werd intern
			pracownicy pracowników pacjenci pacjentów uczestników osób osoby partnerów jeśli po prasie był zdjęcia
			personal personalen patienter patienterna deltagare finansiärer om efter redan pressen var foton
			staff cleifion cyfranogwyr pobl partneriaid os ar ôl eisoes`)
	return slices.ContainsFunc(strings.Fields(words(header)), func(w string) bool { return slices.Contains(others, w) })
}

// contrary reports whether a heading asks for a no: whether somebody objects, refuses or
// withdraws. A yes to it opens nothing.
func contrary(header string) bool {
	return slices.ContainsFunc(strings.Fields(words(header)), func(w string) bool {
		return slices.ContainsFunc([]string{
			"object", "refus", "declin", "withdr", "revok", "oppos", "opt-out", "forbid", "prohibit", "prevent", "mind", "hidden", "hide", "secret", "against", "disagree",
			"dagegen", "ablehn", "lehn", "widerr", "widerspr", "verweiger", "verbiet", "geheim", "retir", "contre", "interdi", "caché", "rechaz", "retirar", "contra", "opon",
			"rifiut", "ritir", "contrari", "weiger", "bezwaar", "tegen", "intrek", "odm", "sprzeciw", "wycof", "nekar", "motsätt", "återkall", "emot", "gwrthod", "gwrthwyneb",
		}, func(head string) bool { return strings.HasPrefix(w, head) })
	})
}

// deniesLeave reports whether a heading that asks for leave asks for a no: "I do not consent".
func deniesLeave(header string) bool {
	if contrary(header) {
		return true
	}
	const near = 4
	w := strings.Fields(words(header))
	for i, x := range w {
		agreed := slices.ContainsFunc([]string{
			"consent", "agree", "permi", "allow", "einverstand", "zustimm", "erlaub", "stimm", "accord", "accept", "autoris", "autoriz", "consien", "acuerdo", "toestem", "akkoord", "eens", "zgod", "zgad", "samtyck", "godkänn", "cytuno", "caniat",
		}, func(head string) bool { return strings.HasPrefix(x, head) })
		if agreed && slices.ContainsFunc(w[max(0, i-near):i], negates) {
			return true
		}
	}
	return false
}

// othersAgree reports whether what follows a “they” says that they have agreed, which whoever
// answers cannot do for them.
func othersAgree(behind []string) bool {
	for _, x := range behind {
		switch {
		case ways()["filler"][x] == "" && x != "have" && x != "sind" && x != "all" && x != "are" && x != "haben":
			return slices.ContainsFunc([]string{"agree", "consent", "accept", "approv", "confirm", "happy", "content", "willing", "fine", "ok", "okay", "give", "given", "grant", "einverstanden", "zugestimmt", "stimmen", "erteil", "samtyck", "godkänn"}, func(head string) bool { return strings.HasPrefix(x, head) })
		case x == "may" || x == "can" || x == "dürfen" || x == "können":
			return false // do as they like
		}
	}
	return false
}

// limited reports whether an answer says “only”, or that it is just for somebody.
func limited(tokens []string) bool {
	for i, x := range tokens {
		if x == "only" || x == "just" && i+1 < len(tokens) && slices.Contains([]string{"for", "us", "you", "me", "with", "to", "i", "we"}, tokens[i+1]) ||
			slices.Contains([]string{"nur", "seulement", "uniquement", "solo", "sólo", "solamente", "soltanto", "alleen", "tylko", "bara", "endast"}, x) ||
			x == "dim" && i+1 < len(tokens) && tokens[i+1] == "ond" {
			return true
		}
	}
	return false
}

// byContrary takes a column whose heading asks for a no to what is done, for what must not
// be, or for what is to stay among those who read the form, for a condition; and sets aside
// one that asks who has read it, or what it was used for.
func (m Mapping) byContrary() {
	for i := range m.Columns {
		c := &m.Columns[i]
		q, ok := question(c.Question)
		read := c.Question == Account || ok && !ofAgreement(q) || c.Question == Aside && c.Why == ""
		switch {
		case c.Question == "consent" && deniesLeave(c.Header), read && amongUs(c.Header):
			c.Question, c.Why = "conditions", permission
		case c.Why == "header" || c.Why == "naming":
		case ok && (q.ID == "uses" || q.ID == "audience" || q.ID == "confidentiality" || q.ID == "approval") && takesOut(c.Header),
			ok && q.ID == "approval" && wasGiven(c.Header):
			c.Question, c.Why = "conditions", permission
		case ok && (q.ID == "uses" || q.ID == "audience" || q.ID == "confidentiality") && asksOfThePast(c.Header):
			c.Question, c.Why = Aside, ""
		}
	}
}

// wasGiven reports whether a heading says whether an approval was given, and does not ask
// whether one is wanted: who is not marked there has none.
func wasGiven(header string) bool {
	w := words(askedIn(header))
	return !asksWhether(header) && slices.ContainsFunc([]string{"approved", "signed off", "cleared", "released", "freigegeben", "genehmigt", "approuvé", "validé", "aprobado", "approvato", "goedgekeurd", "zatwierdzone", "zatwierdzono", "godkänd", "godkänt", "cymeradwywyd"}, func(p string) bool {
		return strings.HasPrefix(w, " "+p+" ") || strings.Contains(w, " is "+p+" ") || strings.Contains(w, " was "+p+" ") || strings.Contains(w, " been "+p+" ") || strings.Contains(w, " "+p+" by ") || strings.Contains(w, " "+p+" for ")
	})
}

// askedIn is what a heading asks, where sentences stand before or behind the question, or
// brackets in it.
func askedIn(header string) string {
	for open := strings.IndexByte(header, '('); open > 0; open = strings.IndexByte(header, '(') {
		end := strings.IndexByte(header[open:], ')')
		if end < 0 {
			break
		}
		header = header[:open] + header[open+end+1:]
	}
	for part := range strings.FieldsFuncSeq(header, func(r rune) bool { return r == '.' || r == '!' }) {
		if strings.Contains(part, "?") {
			return part
		}
	}
	return header
}

// takesOut reports whether a heading asks what must not be done, by whom not, or what is to
// be left out of what may be done.
func takesOut(header string) bool {
	asked := askedIn(header)
	return negates(asked) || contrary(asked) || slices.ContainsFunc(strings.Fields(words(asked)), func(w string) bool {
		return slices.ContainsFunc([]string{
			"exclu", "except", "exempt", "apart", "avoid", "restrict", "prohib", "forbid", "protect", "waive", "waiving", "skip", "forgo", "unless", "ausgeschl", "ausgenomm", "außer", "ausser", "verzicht", "schütz", "vermeid",
			"sauf", "hormis", "évit", "protég", "renonc", "evitar", "salvo", "proteg", "renunci", "eccett", "tranne", "rinunc", "uitgesl", "behalve", "vermijd", "bescherm", "wyklucz", "oprócz", "unika", "chroni", "utom", "undanta", "undvik", "skydda", "avstå", "heblaw", "eithrio", "osgoi",
		}, func(head string) bool { return strings.HasPrefix(w, head) })
	})
}

// asksOfThePast reports whether a heading asks what was done, and not what may be.
func asksOfThePast(header string) bool {
	w := words(askedIn(header))
	return slices.ContainsFunc([]string{"was", "were", "did", "already", "so far", "has been", "have been", "have seen", "has seen", "wurde", "wurden", "bereits", "bisher", "avez vous", "ont", "déjà", "fue", "fueron", "han", "avete", "hanno", "già", "werd", "hebben", "było", "byli", "już", "redan", "hittills", "oedd", "eisoes"}, func(p string) bool {
		return strings.Contains(w, " "+p+" ")
	})
}

// amongUs reports whether a short heading says that what stands below it goes no further.
func amongUs(header string) bool {
	const longest = 8
	w := words(header)
	return len(strings.Fields(w)) <= longest && slices.ContainsFunc([]string{
		"between us", "between ourselves", "just for the team", "just for us", "just for you", "only for the team", "not for the report", "not for publication", "not for others", "off the record", "be withheld", "hold back",
		"stay secret", "keep secret", "keep private", "stay private", "go no further", "unter uns", "nicht für den bericht", "nicht zur veröffentlichung", "nur für das team", "nur für uns", "nicht weitergeben", "entre nous", "pas pour le rapport",
		"ne pas publier", "à ne pas diffuser", "entre nosotros", "no publicar", "no para el informe", "tra noi", "non pubblicare", "non per il rapporto", "onder ons", "niet voor het verslag", "niet publiceren", "między nami", "nie do publikacji",
		"oss emellan", "inte för rapporten", "rhyngom ni",
	}, func(p string) bool { return strings.Contains(w, " "+p+" ") })
}

// ofTheirs reports whether a heading speaks of others than who answers, as a partner or a
// funder, and not of both.
func ofTheirs(header string) bool {
	w := wordsOfHeader(header)
	theirs := headerWords().classes["theirs"]
	own := func(s string) bool { return slices.Contains([]string{"your", "you", "us", "our", "we"}, s) }
	return slices.ContainsFunc(w, func(s string) bool { return theirs[s] }) && !slices.ContainsFunc(w, own)
}

// wayOfNaming reads how an example may be told from whether somebody may be named. A no
// to the name is no more than that; who does not ask to stay unnamed has not yet allowed
// the name.
func wayOfNaming(asked, cell string) (w way, ok bool) {
	if doubtful(cell) {
		return w, false
	}
	tokens := said(cell)
	answer, n := "", 0
	for k := min(len(tokens), 3); k > 0 && answer == ""; k-- {
		answer, n = bare()[strings.Join(tokens[:k], " ")], k
	}
	rest := strings.Join(tokens[n:], " ")
	level := model.Attributed.String()
	switch {
	case answer == "":
		return wayOf("confidentiality", cell)
	case answer == "no" && asked == toBeNone:
		return w, false
	case answer == "no" || asked == toBeNone:
		level = model.Anonymous.String()
	}
	if len(telling(said(rest), ways()["filler"], fillerOf("confidentiality"), kindFiller())) == 0 {
		return way{level: level}, !identifies(level) || plainlyNamed(rest, level)
	}
	if w.read(rest, "confidentiality", "approval", "consent", "but") {
		w.level = mostClosed(levelsClosedFirst(), level, w.level)
		return w, !identifies(w.level) || plainlyNamed(rest, w.level)
	}
	return w, false
}

// plainlyNamed reports whether an answer that was read as leave to be known says no more than
// that: whoever is named as a charity, with others or for the data only may wish not to be.
func plainlyNamed(cell, level string) bool {
	w := said(cell)
	theirs := headerWords().classes["theirs"]
	for i, x := range w {
		next := ""
		if i+1 < len(w) {
			next = w[i+1]
		}
		switch {
		case slices.Contains([]string{"the", "der", "die", "das", "den", "dem", "le", "la", "el", "il", "lo", "de", "het", "y", "yr"}, x) && kindFiller()[next] != "": // which may be another than who answers
			return false
		case slices.Contains([]string{"as", "als", "comme", "como", "come", "som", "jako", "fel"}, x) && next != "agreed",
			slices.Contains([]string{"a", "an", "ein", "eine", "einem", "einer", "un", "une", "una", "uno", "een", "en", "ett"}, x) && kindFiller()[next] != "",
			slices.Contains([]string{"data", "results", "result", "case", "entry", "details", "information", "page", "others", "other", "andere", "anderen", "autres", "otros", "altri", "anderen", "inni", "innych", "andra", "eraill"}, x),
			level == model.Public.String() && slices.Contains([]string{"to", "will", "would", "can", "could", "may", "soon", "wird", "werden", "zu", "sera", "être", "ser", "essere", "worden", "być", "bli"}, x),
			theirs[x]:
			return false
		}
	}
	return !limited(w)
}

// nameOf reports whether an answer holds the word name, or what is like it, and nothing that
// says what becomes of it.
func nameOf(cell string) bool {
	w := telling(said(cell), ways()["filler"], fillerOf("confidentiality"), kindFiller())
	return len(w) > 0 && !slices.ContainsFunc(w, func(s string) bool {
		return fillerOf("name")[s] == "" && !slices.Contains([]string{"names", "naming", "credit", "attribution", "identity", "nennung", "namensnennung", "website", "published"}, s)
	})
}

// asksWhatIsHidden reports whether a heading may ask what is to be confidential, so that who
// answers it with a name wants that left out.
func asksWhatIsHidden(header string) bool {
	return slices.ContainsFunc(strings.Fields(words(header)), func(w string) bool {
		return slices.ContainsFunc([]string{
			"confiden", "anonym", "secre", "sensitiv", "privat", "privacy", "protect", "hid", "disclos", "conceal", "vertraul", "geheim", "schutz", "schütz", "sensib", "protég", "caché", "anónim", "anonim", "proteg", "ocult", "riservat", "nascost", "anonie", "gehei", "bescherm", "poufn", "ukry", "konfidentiel", "hemlig", "sekret", "skydd", "cyfrinach", "dienw", "ddienw",
		}, func(head string) bool { return strings.HasPrefix(w, head) })
	})
}

// bare are the words that are a yes or a no and nothing besides.
func bare() map[string]string {
	all := map[string]string{}
	for _, yes := range []string{"yes", "y", "yep", "yeah", "ja", "oui", "si", "sí", "sì", "tak", "ie", "true", "1"} {
		all[yes] = "yes"
	}
	for _, no := range []string{"no", "n", "nope", "no thanks", "no thank you", "nein", "non", "nee", "nie", "nej", "na", "false", "0"} {
		all[no] = "no"
	}
	return all
}

// beginsWithNo reports whether a no stands before the first mark of an answer.
func beginsWithNo(cell string) bool {
	first := strings.IndexFunc(cell, unicode.IsPunct)
	return first > 0 && bare()[strings.Join(said(cell[:first]), " ")] == "no"
}

// yesNo reads an answer that is a clear yes or no, and nothing else. In a consent
// a figure is a tool's code, of which only the tool knows what it stands for.
func yesNo(id, cell string) (string, bool) {
	w := way{}
	switch k := strings.Join(said(cell), " "); {
	case len(k) == 0 && !doubtful(cell):
		return "yes", strings.ContainsAny(cell, "✓✔☑✅👍")
	case id == "approval" && needless()[k]:
		return "no", !doubtful(cell)
	case k == "y", k == "si", assents()[k]:
		return "yes", !doubtful(cell)
	case k == "i", k == "we": // "I do"
		return "yes", !doubtful(cell) && strings.Contains(strings.ToLower(cell), " do")
	case id != "consent" && (k == "1" || k == "0"):
		return map[string]string{"1": "yes", "0": "no"}[k], true
	}
	ok := w.read(cell, "consent")
	return w.consent, ok && w.consent != "" && (w.consent == "no" || !stillOpen(cell, w))
}

// assents are words of courtesy that are a yes where nothing else stands.
func assents() map[string]bool {
	all := map[string]bool{}
	for _, s := range []string{
		"absolutely", "certainly", "definitely", "of course", "gladly", "selbstverständlich", "natürlich", "gerne", "gern", "sehr gerne", "aber gerne", "klar", "volontiers", "avec plaisir", "bien sûr", "bien entendu", "tout à fait",
		"claro", "claro que sí", "con gusto", "con mucho gusto", "desde luego", "certo", "certamente", "volentieri", "con piacere", "graag", "natuurlijk", "uiteraard", "met plezier", "oczywiście", "jak najbardziej", "chętnie", "självklart", "gärna", "absolut", "wrth gwrs", "yn bendant",
	} {
		all[s] = true
	}
	return all
}

// toApprove reports whether an answer is a yes to an approval with something said beside it
// that sets no condition: a yes only closes.
func toApprove(cell string) bool {
	first, more, ok := strings.Cut(strings.TrimSpace(cell), " ")
	return ok && bare()[key(first)] == "yes" && !reserved(more) && !negates(more) && !conditional(more) && !doubtful(cell)
}

// needless are the words by which somebody needs to see no text before it is used.
func needless() map[string]bool {
	all := map[string]bool{}
	for _, s := range []string{
		"no need", "not needed", "not necessary", "not required", "no need to", "no thanks", "no thank you", "nicht nötig", "nein danke", "pas nécessaire", "pas besoin", "non merci", "no hace falta", "no es necesario", "no gracias",
		"non serve", "non è necessario", "no grazie", "niet nodig", "nee dank u", "nie trzeba", "nie ma potrzeby", "behövs inte", "nej tack", "dim angen",
	} {
		all[s] = true
	}
	return all
}

// byNaming gives a column that asks whether somebody may be named the question of how
// an example may be told, where no other column answers it.
func (m Mapping) byNaming(rows []Row, taken map[string]bool) {
	cells := m.cells(rows)
	for i := range m.Columns {
		c := &m.Columns[i]
		asked := asksNaming(c.Header)
		if c.Why != "" || asked == "" || taken["confidentiality"] {
			continue
		}
		if answersAre(cells[i], 1, 2, func(s string) bool { _, ok := wayOfNaming(asked, s); return ok }) {
			c.Question, c.Why = "confidentiality", "naming"
			taken["confidentiality"] = true
		}
	}
}

// byTelling gives a column among those on what may be done, whose answers are chosen and of
// which a third say how an example may be told and none is a yes or a no, that question,
// where no other column answers it: they are read at their narrowest unless the heading
// plainly asks it.
func (m Mapping) byTelling(rows []Row, taken map[string]bool) {
	beside := func(i int) bool {
		if i < 0 || i >= len(m.Columns) {
			return false
		}
		q, ok := question(m.Columns[i].Question)
		return ok && ofAgreement(q) && q.ID != "contact"
	}
	cells := m.cells(rows)
	for i := range m.Columns {
		c := &m.Columns[i]
		if c.Why != "" || c.Question != Aside || taken["confidentiality"] || !beside(i-1) && !beside(i+1) || ofTheirs(c.Header) || len(cells[i]) < 5 || !chosen(cells[i]) || answersAre(cells[i], 1, 5, yesOrNo) {
			continue
		}
		if answersAre(cells[i], 1, 3, func(s string) bool { w, ok := wayOf("confidentiality", s); return ok && w.level != "" }) {
			c.Question, c.Why = "confidentiality", "answers"
			taken["confidentiality"] = true
		}
	}
}
