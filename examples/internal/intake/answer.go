// SPDX-License-Identifier: Apache-2.0

package intake

import (
	"cmp"
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// answer writes a cell as the form's reader wants it.
func (r *run) answer(q *model.Question, cell string, order dayOrder) (string, []Finding) {
	switch q.ID {
	case "organisation", "holding", "clients", "others", "other_names", "id", "party", "overrides":
		return cell, nil
	case "year":
		return r.fact(cell, "is not a year, such as 2023 or 2022-23", func(s string) (string, bool) {
			y, ok := year(s)
			return y, ok || ongoing(s) // what has not ended has no year in which it did
		})
	case "expires", "not_before":
		return r.fact(cell, "is not a date, such as 5 October 2026 or 2026-10-05", func(s string) (string, bool) {
			if day, ok := order.least(s, q.ID == "expires"); ok {
				return day, true
			}
			return r.term(q.ID, s)
		})
	case "signed_on":
		return r.laterDay(cell, order)
	case "country":
		return r.fact(cell, "is not a country's name or code", func(s string) (string, bool) {
			if len(key(s)) == 2 && r.states && key(s) != "us" && key(s) != "uk" && key(s) != "nz" {
				return "", false
			}
			if r.nations && key(s) == "ni" {
				return "GB-NIR", true
			}
			return country(s)
		})
	case "age_band":
		return r.fact(cell, "is not an age group, such as 18-24 or 65+", ageBand)
	case "lang":
		return r.fact(cell, "is not a language's name or tag", languageTag)
	}
	switch q.Kind {
	case model.AskDate:
		return r.fact(cell, "is not a date, such as 5 October 2026 or 2026-10-05", order.day)
	case model.AskNumber:
		return r.fact(cell, "is not a whole number", func(s string) (string, bool) {
			s = strings.TrimSuffix(strings.ReplaceAll(s, ",", ""), ".0")
			if _, err := strconv.Atoi(s); err == nil {
				return s, true
			}
			return howMany(s)
		})
	case model.AskYesNo, model.AskChoice, model.AskChoices:
		return r.choice(q, cell)
	case model.AskItems:
		if q.Scheme != "" {
			return r.items(q, cell)
		}
	case model.AskLine, model.AskProse:
	}
	return cell, nil
}

func (r *run) fact(cell, rule string, read func(string) (string, bool)) (string, []Finding) {
	r.out.Answers++
	value, ok := read(cell)
	if !ok {
		return "", []Finding{{Fault: rule, Was: short(cell)}}
	}
	r.out.Understood++
	return value, nil
}

func (r *run) choice(q *model.Question, cell string) (string, []Finding) {
	r.out.Answers++
	chosen, rest := options(q, cell)
	if values, ok := r.meant(q.ID, cell); ok { // a person's word stands before what words say
		chosen, rest = values, nil
	}
	more, rest := r.heard(q, rest)
	chosen = append(chosen, more...)
	if q.ID == "uses" {
		chosen = granted(q, chosen, rest, cell)
	}
	if id := scaleOfPlace(cell); q.ID == "scale" && id != "" && (len(rest) > 0 || id == "sc:multinational" && strings.HasSuffix(cell, ")")) {
		chosen, rest = []string{id}, nil
	}
	if len(rest) == 0 {
		r.out.Understood++
	}
	likest, rest, findings := r.guessed(q, rest)
	chosen = append(chosen, likest...)
	for _, part := range rest {
		near, fault := nearest(q, part), "is none of the options"
		if agrees(q) && undecided(part) {
			fault = notDecided
		}
		findings = append(findings, Finding{Fault: fault, Was: short(part), Allowed: Allowed(q, 12), Nearest: near})
		r.unheard(q, part, near)
	}
	if q.Kind != model.AskChoices && len(chosen) > 1 {
		chosen = chosen[:1]
	}
	return strings.Join(chosen, "\n"), findings
}

// notDecided is what is the matter with an answer that says neither yes nor no yet.
const notDecided = "says that it is not decided, or that somebody is to be asked first: ask, and put down what they say"

// items reads a cell of entries with codes. Where options were chosen, most of
// its letters are theirs; else it is somebody's own words, one entry a line.
func (r *run) items(q *model.Question, cell string) (string, []Finding) {
	chosen, rest := options(q, cell)
	more, rest := r.heard(q, rest)
	chosen = append(chosen, more...)
	left := 0
	for _, part := range rest {
		left += len(part)
	}
	if q.ID == "stakeholders" {
		return r.groups(q, cell)
	}
	if len(chosen) == 0 || 2*left > len(cell) {
		return r.asTicked(cell), nil // to be read as prose
	}
	r.out.Answers++
	if len(rest) == 0 {
		r.out.Understood++
	}
	var entries []string
	for _, id := range chosen {
		entries = append(entries, vocabulary.Default().Label(id, vocabulary.DefaultLang)+" ["+id+"]")
	}
	var findings []Finding
	for _, part := range rest {
		entries = append(entries, r.asTicked(part))
		findings = append(findings, Finding{Fault: "is none of the options; kept as own words", Was: short(part), Nearest: nearest(q, part)})
	}
	return join(entries...), findings
}

// apart takes a cell apart at marks, but not those between brackets: what stands there
// explains what stands before.
func apart(cell, marks string) (out []string) {
	depth, from := 0, 0
	for i, c := range cell {
		switch c {
		case '(':
			depth++
		case ')':
			depth = max(0, depth-1)
		case '\n':
			depth = 0 // one that was never closed
		}
		if depth == 0 && strings.ContainsRune(marks, c) && (c != ',' || !thousands(cell, i)) {
			out, from = append(out, cell[from:i]), i+1
		}
	}
	return append(out, cell[from:])
}

// thousands reports whether a comma stands within a number, as in 4,000.
func thousands(s string, comma int) bool {
	digit := func(i int) bool { return i >= 0 && i < len(s) && s[i] >= '0' && s[i] <= '9' }
	return digit(comma-1) && digit(comma+1) && digit(comma+2) && digit(comma+3) && !digit(comma+4)
}

// groups reads who took part: groups between lines, commas, "and" and strokes.
func (r *run) groups(q *model.Question, cell string) (string, []Finding) {
	r.out.Answers++
	var entries []string
	var findings, guesses []Finding
	for _, part := range apart(cell, "\n;|,/+") {
		part = strings.TrimSpace(unbullet(part))
		if part == "" {
			continue
		}
		if strings.Contains(part, " [") {
			entries = append(entries, part)
			continue
		}
		if id, ok := resolve(q, part); ok {
			entries = append(entries, part+" ["+id+"]")
			continue
		}
		if head, _, ok := strings.Cut(part, " ("); ok && strings.HasSuffix(part, ")") {
			part = head
		}
		for piece := range strings.SplitSeq(strings.ReplaceAll(part, " & ", " and "), " and ") {
			piece = uncounted(strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(piece), "and ")))
			if piece == "" {
				continue
			}
			if ids, ok := r.meant(q.ID, piece); ok {
				for _, id := range ids {
					entries = append(entries, piece+" ["+id+"]")
				}
				continue
			}
			if id, ok := resolve(q, piece); ok {
				entries = append(entries, piece+" ["+id+"]")
				continue
			}
			if id := cmp.Or(groupWords()[strings.TrimSpace(words(piece))], staffOf(piece), groupOf(piece), specialist(piece)); id != "" {
				entries = append(entries, piece+" ["+id+"]")
				continue
			}
			right, _ := misspelt(q.Scheme, piece)
			if id := cmp.Or(groupWords()[right], staffOf(right), groupOf(right)); id != "" {
				entries = append(entries, piece+" ["+id+"]")
				continue
			}
			if several := groupsIn(q, piece); several != nil {
				entries = append(entries, several...)
				continue
			}
			found, err := groupMatcher().Suggest(right, "stakeholder")
			if err == nil && len(found) > 0 {
				entries = append(entries, piece+" ["+found[0].Concept+"]")
				continue
			}
			if id := cmp.Or(somebody(piece), guess(q, piece)); id != "" && !r.quick {
				entries, guesses = append(entries, entry(piece, id)), append(guesses, r.asGuess(q, piece, id))
				continue
			}
			if countOnly(piece) && len(strings.TrimSpace(cell)) > len(piece) {
				continue // how many they were
			}
			entries = append(entries, piece)
			if r.quick {
				findings = append(findings, Finding{})
				continue
			}
			near := nearest(q, piece)
			findings = append(findings, Finding{Fault: "is no group of the list; counted as group not stated", Was: short(piece), Nearest: near})
			r.unheard(q, piece, near)
		}
	}
	if len(findings)+len(guesses) == 0 {
		r.out.Understood++
	}
	return join(entries...), append(guesses, findings...)
}

// countOnly reports whether a piece says how many and not who.
func countOnly(piece string) bool {
	return !strings.ContainsFunc(piece, unicode.IsLetter) && strings.ContainsFunc(piece, unicode.IsDigit)
}

// uncounted is a piece without the numbers before and behind it.
func uncounted(piece string) string {
	fields := strings.Fields(piece)
	for len(fields) > 1 && (countOnly(fields[0]) || strings.EqualFold(fields[0], "about") || strings.EqualFold(fields[0], "ca.")) {
		fields = fields[1:]
	}
	for len(fields) > 1 && countOnly(fields[len(fields)-1]) {
		fields = fields[:len(fields)-1]
	}
	return strings.Join(fields, " ")
}

// somebody is the broadest group, where an answer names people by what they did or where
// they are: "people who had complained".
func somebody(piece string) string {
	w := strings.Fields(words(piece))
	if len(w) == 0 || len(w) > 8 || denies(piece) || len(w) > 1 && w[1] == "s" {
		return ""
	}
	if slices.Contains(strings.Fields("people persons adults women men everyone everybody folk folks menschen leute erwachsene frauen männer personen personnes gens adultes femmes hommes personas adultos mujeres hombres gente persone adulti donne uomini mensen volwassenen vrouwen mannen iedereen osoby ludzie dorośli kobiety mężczyźni människor vuxna kvinnor män pobl"), w[0]) {
		return "st:community-member-or-public"
	}
	return ""
}

// mostGroups is how many groups an answer lists at most.
const mostGroups = 40

// groupsIn are groups with an "and" of another language between them, where each is known.
func groupsIn(q *model.Question, piece string) []string {
	for _, and := range []string{" und ", " et ", " y ", " e ", " i ", " oraz ", " en ", " och ", " a "} {
		parts := strings.Split(piece, and)
		if len(parts) < 2 || len(parts) > mostGroups {
			continue
		}
		var out []string
		for _, part := range parts {
			id, ok := resolve(q, part)
			if id = cmp.Or(id, groupWords()[strings.TrimSpace(words(part))], groupOf(part), specialist(part)); ok || id != "" {
				out = append(out, entry(part, id))
			}
		}
		if len(out) == len(parts) {
			return out
		}
	}
	return nil
}

//go:embed data/groups.tsv
var groupsTSV string

var groupWords = sync.OnceValue(func() map[string]string { return wordsOf(groupsTSV) })

// wordsOf are the concepts of a table by what people call them.
func wordsOf(table string) map[string]string {
	all := map[string]string{}
	for line := range strings.Lines(table) {
		id, list, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		for name := range strings.SplitSeq(list, "|") {
			if strings.HasPrefix(name, "…") {
				continue
			}
			if k := strings.TrimSpace(words(name)); all[k] == "" {
				all[k] = id
			}
		}
	}
	return all
}

// groupOf finds the group that people are called by: the whole, or what they are
// in the end, as the women of "South Asian women over 60". "People with" or "living
// with" something have it.
func groupOf(piece string) string {
	s := strings.TrimSpace(words(piece))
	for _, people := range []string{"people", "adults", "women", "men", "children", "those", "mothers", "patients"} {
		for _, with := range []string{" with ", " living with ", " who live with ", " affected by "} {
			if strings.HasPrefix(s, people+with) {
				return "st:patient"
			}
		}
	}
	fields := strings.Fields(s)
	for i, f := range fields {
		if i > 0 && slices.Contains([]string{"of", "with", "from", "in", "over", "under", "aged", "at", "who", "w", "mit", "de", "avec", "con"}, f) {
			fields = fields[:i]
			break
		}
	}
	for len(fields) > 0 {
		for i := range fields {
			name := strings.Join(fields[i:], " ")
			for _, form := range append(number(name), name) {
				if id := groupWords()[form]; id != "" {
					return id
				}
			}
		}
		if !slices.Contains(wherefrom(), fields[len(fields)-1]) {
			break
		}
		fields = fields[:len(fields)-1]
	}
	if all := strings.Fields(s); len(all) == 1 {
		return groupCompound(all[0])
	}
	return ""
}

// groupCompound is the group with whose name a long word ends, as "Landfrauen": in German,
// Dutch and Swedish names of groups are put together so.
func groupCompound(w string) string {
	const least = 6 // letters of the name of a group
	found, longest := "", 0
	for name, id := range groupWords() {
		if n := len([]rune(name)); n >= least && n > longest && len(w) > len(name)+2 && strings.HasSuffix(w, name) && !english(w) {
			found, longest = id, n
		}
	}
	return found
}

// wherefrom are adjectives that stand behind a noun in some languages, and tell no group or
// kind apart.
func wherefrom() []string {
	return []string{
		"local", "locale", "locales", "locaux", "locali", "lokalne", "lokalni", "regional", "regionales", "régional", "régionale", "régionaux", "regionale", "regionali", "comarcal",
		"privé", "privée", "privés", "public", "publique", "publics", "privado", "privada", "público", "pública", "privato", "privata", "pubblico", "pubblica", "prywatny", "prywatna", "publiczny", "publiczna", "lleol", "preifat", "cyhoeddus",
	}
}

// specialist finds doctors by the endings of their posts: dermatologists, geriatricians.
// Those that end so and treat nobody are none.
func specialist(piece string) string {
	fields := strings.Fields(words(piece))
	if len(fields) == 0 || len(fields) > 4 {
		return ""
	}
	post := strings.TrimSuffix(fields[len(fields)-1], "s")
	switch {
	case slices.Contains([]string{"psychologist", "audiologist", "physiologist", "cosmetologist"}, post):
		return "st:allied-health-professional"
	case slices.Contains([]string{"epidemiologist", "biologist", "sociologist", "anthropologist", "methodologist", "ecologist", "geologist", "criminologist", "ethnologist"}, post):
		return "st:researcher"
	case slices.Contains([]string{"technologist", "archaeologist", "theologian", "musicologist", "meteorologist", "zoologist"}, post):
		return ""
	case strings.HasPrefix(post, "psych") && strings.Contains(post, "olog"), strings.HasPrefix(post, "psic"), strings.HasPrefix(post, "psyk") && strings.Contains(post, "olog"):
		return "st:allied-health-professional"
	case strings.HasSuffix(post, "iater"), strings.HasSuffix(post, "iatre"), strings.HasSuffix(post, "iatra"), strings.HasSuffix(post, "iatri"), strings.HasSuffix(post, "iatrzy"), strings.HasSuffix(post, "iatrer"):
		return "st:doctor"
	case strings.HasSuffix(post, "ologist"), strings.HasSuffix(post, "iatrist"), strings.HasSuffix(post, "iatrician"), strings.HasSuffix(post, "surgeon"), strings.HasSuffix(post, "anaesthetist"), strings.HasSuffix(post, "physician"):
		return "st:doctor"
	}
	return ""
}

func languageTag(cell string) (string, bool) {
	tags := map[string]string{
		"english": "en-GB", "welsh": "cy", "cymraeg": "cy", "german": "de", "deutsch": "de", "french": "fr", "français": "fr", "spanish": "es", "español": "es",
		"italian": "it", "italiano": "it", "dutch": "nl", "nederlands": "nl", "polish": "pl", "polski": "pl", "swedish": "sv", "svenska": "sv",
	}
	if tag, ok := tags[key(cell)]; ok {
		return tag, true
	}
	cell, _, _ = strings.Cut(strings.TrimSpace(cell), " (")
	if tag, ok := tags[key(cell)]; ok {
		return tag, true
	}
	if tag := tongues()[key(cell)]; tag != "" {
		return tag, true
	}
	return cell, len(cell) >= 2 && len(cell) <= 11 && !strings.ContainsAny(cell, " \n")
}

// lines are the entries of a cell, one a line.
func lines(cell string) []string {
	var out []string
	for line := range strings.Lines(cell) {
		if line = strings.TrimSpace(unbullet(line)); line != "" {
			out = append(out, line)
		}
	}
	return out
}

func entry(text, note string) string { return strings.TrimSpace(text) + " [" + note + "]" }

// join puts entries into a cell, one a line.
func join(entries ...string) string {
	var out []string
	for _, e := range entries {
		out = append(out, lines(e)...)
	}
	return strings.Join(out, "\n")
}

// short cuts what stood in a cell for a list that a person reads.
func short(s string) string {
	const most = 60
	s = strings.Join(strings.Fields(s), " ")
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return s
}

// nothing reports whether an answer says that there is none.
func nothing(s string) bool {
	switch strings.TrimSpace(strings.Trim(strings.ToLower(strings.TrimSpace(s)), ".()")) {
	case "n/a", "n.a", "n / a", "not applicable", "none", "nil", "-", "--", "–", "—", "tbc", "tbd",
		"k. a", "k.a", "keine angabe", "entfällt", "s/o", "sans objet", "néant", "ninguno", "ninguna", "no aplica", "nessuno", "nessuna", "n.v.t", "geen", "nie dotyczy", "brak", "ej tillämpligt", "inga", "amh", "dim":
		return true
	}
	return false
}

func elsewheres() []string {
	return []string{
		"see above", "see previous", "see previous answer", "see last answer", "see below", "as above", "as before", "same as above", "ditto", "see earlier", "see attached", "see attachment",
		"siehe oben", "s o", "wie oben", "siehe unten", "siehe anhang", "voir ci dessus", "idem", "voir plus haut", "ver arriba", "ídem", "vedi sopra", "come sopra", "zie boven", "jak wyżej", "zob wyżej", "se ovan", "gweler uchod", "fel uchod",
	}
}

// elsewhere reports whether an answer only points to another.
func elsewhere(s string) bool {
	return slices.Contains(elsewheres(), strings.TrimSpace(words(s)))
}

// code reports whether an answer is a figure, such as tools write for an option.
func code(s string) bool {
	return s != "" && strings.Trim(s, "0123456789\n") == ""
}
