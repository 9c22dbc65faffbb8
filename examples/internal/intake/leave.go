// SPDX-License-Identifier: Apache-2.0

package intake

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"
)

//go:embed data/leave.tsv
var leaveTSV string

// leaveWords are the words of leave of one language by their kind: each is stems in their
// order.
type leaveWords map[string][][]string

// leaves are the words of leave, by language.
var leaves = sync.OnceValue(func() map[string]leaveWords {
	all := map[string]leaveWords{}
	for line := range strings.Lines(leaveTSV) {
		cells := strings.Split(strings.TrimSpace(line), "\t")
		if len(cells) != 3 || strings.HasPrefix(line, "#") {
			continue
		}
		language := cells[0]
		if all[language] == nil {
			all[language] = leaveWords{}
		}
		for entry := range strings.SplitSeq(cells[2], "|") {
			all[language][cells[1]] = append(all[language][cells[1]], strings.Fields(entry))
		}
	}
	return all
})

// in reports whether the words of a clause hold one of the kind.
func (l leaveWords) in(clause []string, kind string) bool {
	return slices.ContainsFunc(l[kind], func(stems []string) bool {
		for _, w := range clause {
			if head, open := strings.CutSuffix(stems[0], "*"); w != head && (!open || !strings.HasPrefix(w, head)) {
				continue
			}
			if stems = stems[1:]; len(stems) == 0 {
				return true
			}
		}
		return false
	})
}

// denied reports whether a clause denies leave, takes it back or asks for what was sent
// to be taken out.
func (l leaveWords) denied(clause []string) bool {
	has := func(kind string) bool { return l.in(clause, kind) }
	sent := has("of")
	switch {
	case has("alone"):
		return true
	case has("not") && (has("strong") && !has("others") || (has("strong") || has("weak")) && (sent || l.in(clause[:min(len(clause), 2)], "please"))):
		return true
	}
	return has("back") && (has("strong") && !has("others") || sent)
}

// deniesLeaveIn is the clause of a note in which leave is denied or taken back, in words of
// one language. What its heading asks of ("Link to a publication") is not said by the note.
func deniesLeaveIn(header, note string) string {
	if len(note) > longestNote {
		return ""
	}
	asked := said(header)
	for clause := range strings.FieldsFuncSeq(note, func(r rune) bool { return strings.ContainsRune(".!?;:()[]{}\n–—*|/", r) }) {
		w := slices.DeleteFunc(spoken(clause), func(w string) bool { return len(w) > 3 && slices.Contains(asked, w) })
		for _, l := range leaves() {
			if l.denied(w) {
				return strings.TrimSpace(clause)
			}
		}
	}
	return ""
}

// spoken are the words of a clause as they are said, with their apostrophes: "don't", and
// those of others parted: "n'a", "l'exemple".
func spoken(clause string) []string {
	clause = strings.ToLower(strings.ReplaceAll(clause, "’", "'"))
	var out []string
	for w := range strings.FieldsFuncSeq(clause, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r) && r != '\''
	}) {
		if strings.HasSuffix(w, "n't") {
			out = append(out, w)
			continue
		}
		out = append(out, strings.FieldsFunc(w, func(r rune) bool { return r == '\'' })...)
	}
	return out
}
