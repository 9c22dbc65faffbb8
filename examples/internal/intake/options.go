// SPDX-License-Identifier: Apache-2.0

package intake

import (
	"cmp"
	_ "embed"
	"slices"
	"strings"
	"sync"

	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// labels are the words by which each scheme's concepts are known, by prefix and
// key: preferred, alternative and hidden labels in all languages, and the other
// number of the English ones. Words that stand for two concepts stand for none.
var labels = sync.OnceValue(func() map[string]map[string]string {
	set := vocabulary.Default()
	all := map[string]map[string]string{}
	for _, scheme := range set.Schemes() {
		of := map[string]string{}
		for round := range 4 { // the surer ones first
			fresh := map[string]string{}
			for c := range scheme.Concepts() {
				for _, lang := range set.Languages() {
					for _, name := range namesOf(c, lang, round) {
						k := key(name)
						switch had, ok := fresh[k]; {
						case k == "" || of[k] != "":
						case ok && had != c.ID():
							fresh[k] = ""
						default:
							fresh[k] = c.ID()
						}
					}
				}
			}
			for k, id := range fresh {
				if _, ok := of[k]; !ok {
					of[k] = id
				}
			}
		}
		all[scheme.Prefix()] = of
	}
	return all
})

// labelled are the English names of a concept.
func labelled(scheme, id string) (out []string) {
	for _, s := range vocabulary.Default().Schemes() {
		if s.Prefix() != scheme {
			continue
		}
		if c, ok := s.Concept(id); ok {
			out = slices.Concat([]string{c.PrefLabel(vocabulary.DefaultLang)}, c.AltLabels(vocabulary.DefaultLang), c.HiddenLabels(vocabulary.DefaultLang))
		}
	}
	return out
}

func namesOf(c *vocabulary.Concept, lang string, round int) []string {
	switch round {
	case 0:
		return []string{c.PrefLabel(lang), c.ID(), c.Slug()}
	case 1:
		return c.AltLabels(lang)
	case 2:
		return c.HiddenLabels(lang)
	}
	if lang != vocabulary.DefaultLang {
		return nil
	}
	var out []string
	for _, name := range slices.Concat([]string{c.PrefLabel(lang)}, c.AltLabels(lang), c.HiddenLabels(lang)) {
		out = append(out, number(name)...)
	}
	return out
}

// number is the other number of an English noun phrase's last word.
func number(s string) []string {
	s = strings.TrimSpace(s)
	switch {
	case len(s) < 3:
		return nil
	case strings.HasSuffix(s, "ies"):
		return []string{s[:len(s)-3] + "y"}
	case strings.HasSuffix(s, "ses"), strings.HasSuffix(s, "xes"), strings.HasSuffix(s, "ches"):
		return []string{s[:len(s)-2], s[:len(s)-1]}
	case strings.HasSuffix(s, "s") && !strings.HasSuffix(s, "ss"):
		return []string{s[:len(s)-1]}
	case strings.HasSuffix(s, "y") && !strings.ContainsAny(s[len(s)-2:len(s)-1], "aeiou"):
		return []string{s[:len(s)-1] + "ies"}
	case strings.HasSuffix(s, "x"), strings.HasSuffix(s, "ch"), strings.HasSuffix(s, "ss"):
		return []string{s + "es"}
	}
	return []string{s + "s"}
}

// alike are further ways in which people write a fixed option, by question. Not
// one of them opens more than the option's own words say.
var alike = sync.OnceValue(func() map[string]map[string]string {
	return map[string]map[string]string{
		"confidentiality": {
			"anonymous": "anonymous", "anonymised": "anonymous", "anonymized": "anonymous", "anonymously": "anonymous",
			"withoutournames": "anonymous", "withoutourname": "anonymous", "donotnameus": "anonymous", "dontnameus": "anonymous",
			"notourname": "anonymous", "notournames": "anonymous", "noname": "anonymous", "nonames": "anonymous", "withoutname": "anonymous", "withoutnames": "anonymous",
			"notatall": "withheld", "no": "withheld", "none": "withheld", "private": "withheld", "confidential": "withheld", "donotshare": "withheld",
			"onlyintotals": "aggregate", "totalsonly": "aggregate", "statisticsonly": "aggregate", "aggregated": "aggregate", "aggregateonly": "aggregate",
			"countedonly": "aggregate", "onlycounted": "aggregate", "countonly": "aggregate", "numbersonly": "aggregate", "onlynumbers": "aggregate",
		},
		"audience": {
			"workinggrouponly": "theworkinggroup", "onlytheworkinggroup": "theworkinggroup", "internal": "theworkinggroup",
			"membersonly": "members", "ourmembers": "members", "public": "everyone", "thepublic": "everyone", "anyone": "everyone", "anybody": "everyone", "everybody": "everyone", "all": "everyone",
		},
		"uses": {
			"count": "aggregate", "counted": "aggregate", "counting": "aggregate", "intotals": "aggregate",
			"guidance": "guidance", "asguidance": "guidance", "forguidance": "guidance", "inguidance": "guidance", "guides": "guidance",
			"workshops": "workshop", "inworkshops": "workshop", "translation": "translation", "translations": "translation",
		},
	}
})

//go:embed data/options.tsv
var optionsTSV string

// translated are the form's fixed options in other languages. A wording that
// stands for two options of a question stands for the one that is told first: they
// are written from the most closed to the most open.
var translated = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	for line := range strings.Lines(optionsTSV) {
		cells := strings.Split(strings.TrimSpace(line), "\t")
		if len(cells) != 3 || strings.HasPrefix(line, "#") {
			continue
		}
		for label := range strings.SplitSeq(cells[2], "|") {
			if k := cells[0] + "\t" + key(label); all[k] == "" {
				all[k] = cells[1]
			}
		}
	}
	return all
})

// courtesy takes off what is said out of courtesy.
func courtesy(s string) string {
	s = strings.TrimSpace(s)
	for _, polite := range []string{"please", "thank you", "thanks"} {
		if n := len(s) - len(polite); n > 0 && strings.EqualFold(s[n:], polite) {
			s = strings.TrimRight(s[:n], " ,.")
		}
	}
	if len(s) > 7 && strings.EqualFold(s[:7], "please ") {
		s = s[7:]
	}
	return s
}

// resolve finds the option or concept that a person wrote.
func resolve(q *model.Question, written string) (string, bool) {
	if bare := unlettered(q, written); bare != written {
		if value, ok := resolve(q, bare); ok {
			return value, true
		}
	}
	if agrees(q) && doubtful(written) || q.ID == "approval" && undecided(written) { // a no to approval opens, and "not yet" is none
		return "", false
	}
	if q.ID == "approval" && toApprove(written) {
		return "yes", true
	}
	k := key(courtesy(written))
	if k == "" {
		if q.Kind == model.AskYesNo {
			return yesNo(q.ID, written)
		}
		return "", false
	}
	for _, o := range q.Options {
		if k == key(o.Value) || k == key(o.Label) {
			return o.Value, true
		}
	}
	if value, ok := alike()[q.ID][k]; ok {
		for _, o := range q.Options {
			if key(o.Value) == key(value) || key(o.Label) == key(value) {
				return o.Value, true
			}
		}
	}
	if value := translated()[q.ID+"\t"+k]; value != "" {
		return value, true
	}
	if q.Kind == model.AskYesNo {
		if w, ok := wayOf(q.ID, written); ok {
			return w.consent, true
		}
		return yesNo(q.ID, written)
	}
	if w, ok := wayOf(q.ID, written); ok {
		switch q.ID {
		case "confidentiality":
			return w.level, true
		case "audience":
			return w.audience, true
		case "uses":
			return strings.Join(w.uses, "\n"), true
		}
	}
	if q.Scheme == "" {
		return "", false
	}
	if rest, ok := cutOther(written); ok && rest != "" {
		return resolve(q, rest)
	}
	if id := termNamed(q, written); id != "" {
		return id, true
	}
	if right, ok := misspelt(q.Scheme, written); ok {
		return resolve(q, right)
	}
	return lengthened(q, written)
}

// termNamed is the term of the question's scheme that an answer names, by a label or by
// what it is about; "" where it names none.
func termNamed(q *model.Question, written string) string {
	of := labels()[q.Scheme]
	for _, form := range variants(written) {
		if id := of[key(form)]; id != "" {
			return id
		}
	}
	if q.ID == "participation" {
		if id := levelOf(written); id != "" {
			return id
		}
	}
	if id := term(q.Scheme, written); id != "" {
		return id
	}
	if q.ID == "organisation_type" {
		if id := kindOf(written); id != "" {
			return id
		}
		if isOther(written) && len(strings.Fields(written)) == 1 {
			return "ot:other"
		}
	}
	if q.Scheme == "se" { // by what works in it
		if kind := kindOf(written); kind != "" {
			if c, ok := vocabulary.Default().Concept(kind); ok && len(c.Links("sector")) == 1 {
				return c.Links("sector")[0]
			}
		}
	}
	return ""
}

// variants returns an answer as written and without what people add to a label: an
// article before it, an explanation in brackets or after a dash behind it.
func variants(s string) []string {
	s = strings.TrimSpace(s)
	out := []string{s}
	for _, article := range []string{"the ", "a ", "an ", "our ", "some "} {
		if len(s) > len(article) && strings.EqualFold(s[:len(article)], article) {
			out = append(out, s[len(article):])
		}
	}
	if head, _, ok := strings.Cut(s, " ("); ok && strings.HasSuffix(s, ")") {
		out = append(out, head)
	}
	for _, dash := range []string{" – ", " - ", ": "} {
		if head, _, ok := strings.Cut(s, dash); ok {
			out = append(out, head)
		}
	}
	return out
}

// options takes a cell of one or several choices apart and resolves each; rest
// holds the parts that are none, in the sheet's words.
func options(q *model.Question, cell string) (chosen, rest []string) {
	if agrees(q) && emptyBox(cell) {
		return nil, []string{cell}
	}
	if value, ok := resolve(q, cell); ok {
		return strings.Split(value, "\n"), nil
	}
	if beside := lines(cell); q.Kind == model.AskChoice && !agrees(q) && len(beside) > 1 { // an option, and what was written beside it
		if value, ok := resolve(q, beside[0]); ok {
			return strings.Split(value, "\n"), nil
		}
	}
	if q.Kind == model.AskYesNo || q.Kind == model.AskChoice {
		return nil, []string{cell}
	}
	return split(cell, func(s string) (string, bool) { return resolve(q, s) })
}

// split resolves the parts of a cell between lines, semicolons and bars, and in
// each those between commas: as many of them as make an option are put together,
// since options have commas too.
func split(cell string, resolve func(string) (string, bool)) (chosen, rest []string) {
	const longest = 12
	for _, line := range strings.FieldsFunc(cell, func(r rune) bool { return r == '\n' || r == ';' || r == '|' }) {
		line = strings.TrimSpace(unbullet(line))
		if line == "" {
			continue
		}
		parts := strings.Split(line, ",")
		open := -1 // where a run of parts began that are no option
		for i := 0; i < len(parts); {
			found := false
			for j := min(len(parts), i+longest); j > i && !found; j-- {
				var value string
				if value, found = resolve(strings.TrimSpace(strings.Join(parts[i:j], ","))); !found {
					continue
				}
				if open >= 0 {
					rest = append(rest, strings.TrimSpace(strings.Join(parts[open:i], ",")))
					open = -1
				}
				for v := range strings.SplitSeq(value, "\n") {
					if !slices.Contains(chosen, v) {
						chosen = append(chosen, v)
					}
				}
				i = j
			}
			if !found {
				if open < 0 && strings.TrimSpace(parts[i]) != "" {
					open = i
				}
				i++
			}
		}
		if open >= 0 {
			rest = append(rest, strings.TrimSpace(strings.Join(parts[open:], ",")))
		}
	}
	return chosen, rest
}

func unbullet(line string) string {
	line = strings.TrimSpace(line)
	for _, mark := range []string{"•", "-", "*", "–", "—", "·", "▪", "◦", "●", "○", "☐", "☑", "✓", "✔"} {
		if rest, ok := strings.CutPrefix(line, mark); ok {
			return strings.TrimSpace(rest)
		}
	}
	return line
}

// Allowed are the labels of a question's options, at most n.
func Allowed(q *model.Question, n int) []string {
	var out []string
	for _, o := range q.Options {
		out = append(out, o.Label)
	}
	if len(out) == 0 && q.Scheme != "" {
		for _, scheme := range vocabulary.Default().Schemes() {
			if scheme.Prefix() != q.Scheme {
				continue
			}
			for c := range scheme.Concepts() {
				if !c.IsGroup() {
					out = append(out, c.PrefLabel(vocabulary.DefaultLang))
				}
			}
		}
	}
	if len(out) > n {
		out = append(out[:n:n], "…")
	}
	return out
}

// nearest are the labels of the options nearest to what was written, at most
// three: those that share words with it or differ in a few letters, in any of the
// languages of the form.
func nearest(q *model.Question, written string) []string {
	type near struct {
		label string
		score int
	}
	var all []near
	given := strings.Fields(words(written))
	consider := func(label string, foreign []string, names ...string) {
		best := max(sameWords(given, foreign), nearWords(given, names))
		if best > 0 {
			all = append(all, near{label, best})
		}
	}
	// Who says what must not be is offered nothing that may be.
	closing := q.Kind != model.AskYesNo && (denies(written) || agrees(q) && (strings.Contains(words(written), " but ") || strings.Contains(words(written), " except "))) && slices.ContainsFunc(q.Options, func(o model.Option) bool { return denies(o.Label) })
	for _, o := range q.Options {
		if !closing {
			consider(o.Label, wordingsOf(q.ID, o.Value), o.Label, o.Value)
		} else if denies(o.Label) {
			all = append(all, near{o.Label, 1})
		}
	}
	if len(q.Options) == 0 && q.Scheme != "" {
		for _, scheme := range vocabulary.Default().Schemes() {
			if scheme.Prefix() != q.Scheme {
				continue
			}
			for c := range scheme.Concepts() {
				if lang := vocabulary.DefaultLang; !c.IsGroup() {
					var others []string
					for _, other := range formLocales() {
						others = append(others, c.PrefLabel(other))
					}
					consider(c.PrefLabel(lang), others, slices.Concat([]string{c.PrefLabel(lang)}, c.AltLabels(lang), c.HiddenLabels(lang))...)
				}
			}
		}
	}
	slices.SortStableFunc(all, func(a, b near) int { return cmp.Compare(b.score, a.score) })
	var out []string
	for _, n := range all[:min(3, len(all))] {
		out = append(out, n.label)
	}
	return namedFirst(q, written, out)
}

func denies(s string) bool {
	return slices.ContainsFunc(strings.Fields(words(s)), func(w string) bool {
		return slices.Contains([]string{
			"not", "no", "don", "dont", "without", "never", "nobody", "none", "only",
			"nicht", "kein", "keine", "keinen", "ohne", "nie", "niemand", "nur", "pas", "ne", "sans", "jamais", "aucun", "aucune", "seulement", "sin", "nunca", "nadie", "solo", "sólo",
			"non", "senza", "mai", "nessuno", "niet", "geen", "zonder", "nooit", "niemand", "alleen", "bez", "nigdy", "nikt", "tylko", "inte", "utan", "aldrig", "ingen", "bara", "ddim", "dim", "heb", "byth",
		}, w)
	})
}

// negates reports whether an answer denies, and does not only limit.
func negates(s string) bool {
	return slices.ContainsFunc(strings.Fields(words(s)), func(w string) bool {
		return denies(w) && !slices.Contains([]string{"only", "nur", "seulement", "solo", "sólo", "alleen", "tylko", "bara"}, w)
	})
}

// distance counts the letters that must be put in, left out or changed.
func distance(a, b string) int {
	if len(a) > 40 || len(b) > 40 {
		return 40
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		before := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			before, row[j] = row[j], min(row[j]+1, row[j-1]+1, before+cost)
		}
	}
	return row[len(b)]
}
