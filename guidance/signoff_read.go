// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/guidance/internal/words"
	"github.com/sharedpractice/sharedpractice/model"
)

// Verdict is a contributor's answer on a sign-off sheet. The zero value is no answer.
type Verdict string

// The verdicts.
const (
	Undecided  Verdict = ""
	Agreed     Verdict = "yes"    // exactly this text
	WithChange Verdict = "change" // another text
	Refused    Verdict = "no"
)

// SignedOff holds the answers of one returned sign-off sheet, and the log of the text
// that they are about. Only Agreed approves anything: the agreement's approval is then
// {Required: true, TextSHA256: Log.Approval, By: By, At: At}.
type SignedOff struct {
	Log     anonymize.Log
	Code    string // of the sheet, Config.SheetCode
	Verdict Verdict
	Change  model.Raw // what should be changed
	Missed  model.Raw // what still points to somebody
	By      model.Raw // who decided
	At      string    // YYYY-MM-DD, empty where the sheet has no such day
}

// ReadSignOff finds what a returned sheet says, in whatever built-in language it
// was written. logs are those of the records as they would be published now. A
// sheet of another record, or of a text that has changed since, is ErrSignOff: an
// approval of it would be of something else. A no or a wish for changes is no less
// one: where a log is of the sheet's record, what was said comes beside ErrSignOff,
// with that log.
//
// A no may be written in any way that begins with one and takes nothing of it back.
// A yes that names nobody is Undecided. Anything else that was written in answer is
// WithChange: a yes beside a wish for changes, or beside something that still
// points to somebody, either of these without a decision, a decision that is
// none of the sheet's, something else than a name where the name stands ("not
// authorised"), and something else than a day where the day does ("withdrawn"). A
// day may be written in any way of the built-in languages; figures alone tell the day
// before the month. Whether it has come is the caller's to say.
func ReadSignOff(answers map[string]Answer, logs []anonymize.Log) (SignedOff, error) {
	basis, ok := sheetOf(answers)
	if !ok {
		return SignedOff{}, ErrSignOff // put together from two sheets
	}
	verdicts, err := verdictWords()
	if err != nil {
		return SignedOff{}, err
	}
	said := plainAnswer(answers["decision"].Text)
	s := SignedOff{
		Verdict: verdicts[said],
		Change:  model.Raw(answers["change"].Text), Missed: model.Raw(answers["missed"].Text), By: model.Raw(answers["name"].Text),
	}
	day, isDay, err := signedDay(answers["date"].Text)
	if err != nil {
		return SignedOff{}, err
	}
	s.At = day
	if s.Verdict == Undecided && refuses(answers["decision"].Text, verdicts) {
		s.Verdict = Refused
	}
	s.weigh(said != "", !isDay || noName(string(s.By), verdicts))
	if len(basis) > signOffBasisLength {
		basis, s.Code = basis[:signOffBasisLength], basis[signOffBasisLength:]
	}
	if i := slices.IndexFunc(logs, func(l anonymize.Log) bool { return l.Record != "" && basis == signOffBasis(l) }); i >= 0 {
		s.Log = logs[i]
		return s, nil
	}
	i := slices.IndexFunc(logs, func(l anonymize.Log) bool {
		return l.Record != "" && strings.HasPrefix(basis, signOffRecord(l))
	})
	if i < 0 || s.Verdict != Refused && s.Verdict != WithChange {
		return SignedOff{}, ErrSignOff
	}
	s.Log = logs[i]
	return s, ErrSignOff
}

// sheetOf is the basis that all answers of a sheet have; false where they have two.
func sheetOf(answers map[string]Answer) (basis string, ok bool) {
	for _, id := range [...]string{"decision", "name", "date", "change", "missed"} {
		a, given := answers[id]
		if given && basis != "" && a.Basis != basis {
			return "", false
		}
		if given {
			basis = a.Basis
		}
	}
	return basis, true
}

// weigh holds a decision against what else was written: a no stays one, wishes, words
// that are no decision, and something else in a field than it is for, are a wish for
// changes, and a yes needs somebody who says it.
func (s *SignedOff) weigh(said, odd bool) {
	switch {
	case s.Verdict == Refused:
	case s.Change != "" || s.Missed != "" || s.Verdict == Undecided && said || odd:
		s.Verdict = WithChange
	case s.Verdict == Agreed && !strings.ContainsFunc(string(s.By), unicode.IsLetter):
		s.Verdict = Undecided
	}
}

const (
	signOffBasisLength = 16 + 32
	// A content control's tag holds no more than 64 characters, decision# included.
	mostSheetCode    = 7
	sheetCodeLetters = "abcdefghijklmnopqrstuvwxyz234567"
)

// signOffBasis is the Basis of every slot of a record's sheet, before the code of
// the sheet: 64 bits that stand for the record, and 128 for the record and the text.
func signOffBasis(l anonymize.Log) string {
	return signOffRecord(l) + model.HashText("sign-off\x00" + l.Record + "\x00" + l.Approval)[:32]
}

// signOffRecord returns the 16 hexadecimal digits that all sheets of a record bear,
// whatever its text.
func signOffRecord(l anonymize.Log) string {
	return model.HashText("sign-off\x00" + l.Record)[:16]
}

// verdictWords are the words of every language for each answer: the whole option,
// and of the yes also what stands before its first comma.
func verdictWords() (map[string]Verdict, error) {
	out := map[string]Verdict{}
	for _, locale := range Locales() {
		c, err := words.OpenCatalog(locale, nil)
		if err != nil {
			return nil, err
		}
		yes := c.Say("sign-off.yes", nil)
		short, _, _ := strings.Cut(yes, ",")
		out[plainAnswer(yes)], out[plainAnswer(short)] = Agreed, Agreed
		out[plainAnswer(c.Say("sign-off.change", nil))] = WithChange
		out[plainAnswer(c.Say("sign-off.no", nil))] = Refused
	}
	return out, nil
}

// refusals are ways to say no beside the sheets' own.
func refusals() []string {
	return []string{
		"nope", "na", "never", "no way", "not at all", "refused", "declined", "we refuse", "we decline", "i refuse", "do not publish", "don't publish", "do not use", "don't use", "do not print", "don't print",
		"auf keinen fall", "keinesfalls", "bitte nicht", "nicht veröffentlichen", "pas du tout", "jamais", "nous refusons", "ne pas publier", "de ninguna manera", "nunca", "no publicar",
		"assolutamente no", "mai", "non pubblicare", "absoluut niet", "niet publiceren", "absolutnie nie", "nie publikować", "absolut inte", "publicera inte", "ddim o gwbl", "peidiwch", "naddo", "nac ydw", "nac ydym",
	}
}

// refuses reports whether an answer is a no: it begins with one that stands for
// itself ("No!", "Nein, danke", but not "no changes"), and no word after it says
// yes or speaks of changes.
func refuses(answer string, verdicts map[string]Verdict) bool {
	said := strings.ReplaceAll(strings.ToLower(strings.Trim(answer, " \t\r\n☐☑☒✓✔✗✘❌*_\"'“”")), "’", "'")
	found := slices.ContainsFunc(refusals(), func(no string) bool {
		return standsFirst(said, no) || strings.HasPrefix(said, no+" ") && strings.Contains(no, " ")
	})
	for word, v := range verdicts {
		found = found || v == Refused && standsFirst(said, word)
	}
	if !found || strings.Contains(said, "?") {
		return false
	}
	tokens := strings.FieldsFunc(said, func(r rune) bool { return !unicode.IsLetter(r) })
	for i, t := range tokens {
		if i > 0 && (verdicts[t] == Agreed || slices.Contains(changes(), t)) {
			return false
		}
	}
	return true
}

// standsFirst reports whether an answer begins with a no that no word or sign goes on.
func standsFirst(said, no string) bool {
	rest, ok := strings.CutPrefix(said, no)
	rest = strings.TrimLeft(rest, " ")
	first, _ := utf8.DecodeRuneInString(rest)
	return ok && (rest == "" || !unicode.IsLetter(first) && !unicode.IsDigit(first) && !strings.ContainsRune("/?&+('", first))
}

// changes are the words by which a no is taken back in part.
func changes() []string {
	return []string{
		"change", "changes", "changed", "unless", "but", "except", "only", "until", "problem", "objection", "objections", "yet",
		"änderung", "änderungen", "aber", "außer", "sondern", "nur", "noch", "changement", "changements", "modification", "modifications", "mais", "sauf", "cambio", "cambios", "pero", "salvo", "modifica", "modifiche", "ma", "tranne",
		"wijziging", "wijzigingen", "maar", "zmiana", "zmiany", "zmian", "ale", "ändring", "ändringar", "men", "newid", "newidiadau", "ond",
	}
}

// plainAnswer drops what people put around a word: case, ticked boxes, a full stop. A box
// that was left says that the word was not chosen.
func plainAnswer(s string) string {
	return strings.ToLower(strings.Trim(s, " \t\r\n☑☒✓✔.*_"))
}

// noName reports whether what stands where a name was asked for says something else: a
// no, a doubt, or that nobody signs. What is joined by hyphens is one word, since there are
// non-executive directors.
func noName(by string, verdicts map[string]Verdict) bool {
	by = strings.ToLower(strings.ReplaceAll(by, "’", "'"))
	if strings.Contains(by, "?") || strings.ContainsAny(by, "~✗✘❌☐") || verdicts[plainAnswer(by)] != Undecided || slices.Contains(refusals(), plainAnswer(by)) {
		return true
	}
	tokens := strings.FieldsFunc(by, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' && r != '\'' })
	for i, t := range tokens {
		tokens[i] = strings.Trim(t, "-'")
		if slices.Contains(noNames(), tokens[i]) || strings.HasSuffix(tokens[i], "n't") {
			return true
		}
	}
	said := " " + strings.Join(tokens, " ") + " "
	return slices.ContainsFunc(refusals(), func(no string) bool { return strings.Contains(no, " ") && strings.Contains(said, " "+no+" ") })
}

// noNames are words that do not stand beside a name and a role unless something is refused,
// open or without leave. Some are names too: a person then looks.
func noNames() []string {
	return []string{
		"no", "not", "nobody", "none", "never", "nope", "without", "cannot", "refuse", "refused", "refuses", "refusing", "decline", "declined", "declines", "object", "objects", "objected", "disagree", "disagrees", "reject", "rejected", "withdraw", "withdrawn", "withdrew", "revoked", "cancelled",
		"unsigned", "unauthorised", "unauthorized", "unknown", "pending", "awaiting", "awaited", "tbc", "tba", "tbd", "unless", "until", "if", "provided", "n/a",
		"nein", "nicht", "niemand", "kein", "keine", "keiner", "nie", "niemals", "ohne", "abgelehnt", "verweigert", "widerrufen", "zurückgezogen", "unbefugt", "wenn", "falls", "offen", "ausstehend", "keinesfalls",
		"non", "ne", "pas", "personne", "aucun", "aucune", "jamais", "sans", "refusé", "refuse", "refusons", "retiré",
		"nadie", "ningún", "ninguno", "ninguna", "nunca", "jamás", "sin", "rechazado", "retirado", "pendiente",
		"nessuno", "nessuna", "mica", "senza", "rifiutato", "rifiuto", "ritirato",
		"nee", "niet", "niemand", "geen", "nooit", "zonder", "geweigerd", "ingetrokken",
		"nikt", "żaden", "nigdy", "bez", "odmawiam", "odmowa", "wycofane",
		"nej", "inte", "ej", "ingen", "aldrig", "utan", "nekar", "avslag", "återkallat",
		"nid", "nad", "neb", "ddim", "byth", "heb", "gwrthod", "gwrthodwyd", "nage",
	}
}

var (
	digits   = regexp.MustCompile(`\d+`)
	ordinals = regexp.MustCompile(`(\d)(?:[ºª]|(?:st|nd|rd|th|er|re|e|:e|af|ain|fed|ydd|eg)\b)`)
	isoTime  = regexp.MustCompile(`^(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?$`)
)

// besideDays are words that stand in a day and tell nothing of it.
func besideDays() []string {
	return []string{
		"the", "of", "on", "am", "den", "der", "le", "el", "il", "de", "del", "op", "dnia", "r", "ar",
		"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun",
		"montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
		"lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo", "lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica",
		"maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag", "poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela",
		"måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag", "llun", "mawrth", "mercher", "iau", "gwener", "sadwrn", "sul", "dydd",
	}
}

// signedDay reads the day on a sheet, as people write days; "" where it lacks a year. ok
// reports that there is one, or nothing at all.
func signedDay(text string) (day string, ok bool, err error) {
	text = strings.ToLower(strings.Trim(text, " \t\r\n-–—_./"))
	if text == "" {
		return "", true, nil
	}
	if found := isoTime.FindStringSubmatch(strings.ToUpper(text)); found != nil {
		text = found[1]
	}
	text = ordinals.ReplaceAllString(text, "$1")
	if strings.ContainsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsSpace(r) && !strings.ContainsRune("-–./,\u200e\u200f", r)
	}) {
		return "", false, nil
	}
	month := 0
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
		n, err := monthOf(w)
		switch {
		case err != nil:
			return "", false, err
		case n > 0 && month == 0:
			month = n
		case !slices.Contains(besideDays(), w):
			return "", false, nil
		}
	}
	var n []int
	found := digits.FindAllString(text, -1)
	if len(found) == 1 && len(found[0]) == 8 {
		found = []string{found[0][:4], found[0][4:6], found[0][6:]}
	}
	for _, s := range found {
		one, err := strconv.Atoi(s)
		if err != nil || len(s) == 3 || len(s) > 4 {
			return "", false, nil //nolint:nilerr // no number of a day
		}
		n = append(n, one)
	}
	date, ok := dayOf(n, month)
	return date, ok, nil
}

// dayOf puts the numbers of a day in order.
func dayOf(n []int, month int) (string, bool) {
	year := 0
	if i := slices.IndexFunc(n, func(x int) bool { return x > 999 }); i >= 0 {
		year = n[i]
		first := i == 0
		if n = slices.Delete(slices.Clone(n), i, i+1); first && month == 0 && len(n) == 2 { // the year first: the month, then the day
			n[0], n[1] = n[1], n[0]
		}
	} else if len(n) == 3 && month == 0 || len(n) == 2 && month > 0 {
		year = 2000 + n[len(n)-1]
		n = n[:len(n)-1]
	}
	switch {
	case month > 0 && len(n) == 1:
		n = append(slices.Clone(n), month)
	case month > 0 || len(n) != 2:
		return "", false
	case n[1] > 12:
		n[0], n[1] = n[1], n[0]
	}
	in := year
	if in == 0 {
		in = 2024 // a year with every day
	}
	date := fmt.Sprintf("%04d-%02d-%02d", in, n[1], n[0])
	if _, err := time.Parse(time.DateOnly, date); err != nil {
		return "", false
	}
	if year == 0 {
		return "", true
	}
	return date, true
}

// monthOf is the month that a word means in some language; 0 where it means none, or
// different ones.
func monthOf(w string) (int, error) {
	exact, begun := map[int]bool{}, map[int]bool{}
	for _, locale := range Locales() {
		c, err := words.OpenCatalog(locale, nil)
		if err != nil {
			return 0, err
		}
		for i, name := range strings.Split(c.Raw("date.months"), "|") {
			name = strings.ToLower(name)
			if name == w {
				exact[i+1] = true
			} else if len([]rune(w)) >= 3 && strings.HasPrefix(name, w) {
				begun[i+1] = true
			}
		}
	}
	for _, found := range []map[int]bool{exact, begun} {
		for n := range found {
			if len(found) == 1 {
				return n, nil
			}
			return 0, nil
		}
	}
	return 0, nil
}
