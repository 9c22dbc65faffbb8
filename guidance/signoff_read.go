// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"slices"
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
// points to somebody, either of these without a decision, and a decision that is
// none of the sheet's.
func ReadSignOff(answers map[string]Answer, logs []anonymize.Log) (SignedOff, error) {
	basis, same := "", true
	for _, id := range [...]string{"decision", "name", "date", "change", "missed"} {
		a, ok := answers[id]
		if !ok {
			continue
		}
		same = same && (basis == "" || a.Basis == basis)
		basis = a.Basis
	}
	if !same {
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
	if day := strings.TrimSpace(answers["date"].Text); day != "" {
		if _, err := time.Parse(time.DateOnly, day); err == nil {
			s.At = day
		}
	}
	if s.Verdict == Undecided && refuses(answers["decision"].Text, verdicts) {
		s.Verdict = Refused
	}
	switch {
	case s.Verdict == Refused:
	case s.Change != "" || s.Missed != "" || s.Verdict == Undecided && said != "":
		s.Verdict = WithChange
	case s.Verdict == Agreed && s.By == "":
		s.Verdict = Undecided
	}
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
	begins := func(no string) bool {
		rest, ok := strings.CutPrefix(said, no)
		rest = strings.TrimLeft(rest, " ")
		first, _ := utf8.DecodeRuneInString(rest)
		return ok && (rest == "" || !unicode.IsLetter(first) && !unicode.IsDigit(first) && !strings.ContainsRune("/?&+('", first))
	}
	found := slices.ContainsFunc(refusals(), func(no string) bool {
		return begins(no) || strings.HasPrefix(said, no+" ") && strings.Contains(no, " ")
	})
	for word, v := range verdicts {
		found = found || v == Refused && begins(word)
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
