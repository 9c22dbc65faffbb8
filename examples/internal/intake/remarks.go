// SPDX-License-Identifier: Apache-2.0

package intake

import (
	_ "embed"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/sharedpractice/sharedpractice/model"
)

//go:embed data/remarks.tsv
var remarksTSV string

//go:embed data/leave.tsv
var leaveTSV string

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
	case c.Question == Person:
		return ""
	case ok && (ofAgreement(q) || beside(q)):
		return against(q, cell)
	}
	if back := remark(cell); back != "" {
		return back
	}
	if c.Why == "header" && !slices.Contains([]string{"internal", "context_note", "id", "party"}, c.Question) || slices.Contains(told(), c.Question) || c.Question == Account || len(cell) > longestNote {
		return ""
	}
	if back := deniesLeaveIn(c.Header, cell); back != "" && slices.Contains([]string{Aside, "context_note"}, c.Question) {
		return back
	}
	s := " " + strings.Join(said(cell), " ") + " "
	if status(cell) || c.Question == Aside && len(strings.Fields(s)) <= longestRemark && slices.ContainsFunc(remarks()["status"], func(p string) bool { return len(strings.Fields(p)) > 1 && strings.Contains(s, p) }) {
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
	case h.taken && answer != "no" && !nothing(cell), h.contrary && answer == "yes", c.Question == "internal" && s == " x ", h.given && answer != "yes" && (answer == "no" || refuses(cell)):
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
	r.find(Finding{Row: row.Number, Column: c.Letter, Header: c.Header, Question: q.Label, Fault: asksNotTo, Was: short(cell), Unusable: true})
}

// HoldRemarks keeps examples that came as records until a person has read what somebody asks
// in their texts: rows are the places where they stood.
func HoldRemarks(examples []model.Example, rows []int) (findings []Finding) {
	q, _ := question("conditions")
	for i := range examples {
		asked := remarksIn(&examples[i])
		held := false
		for j := range examples[i].Agreements {
			a := &examples[i].Agreements[j]
			for _, s := range asked {
				if !strings.Contains(string(a.Conditions), s) { // one that a person has read stays so
					a.Conditions, held = model.Raw(join(string(a.Conditions), s)), true
				}
			}
		}
		if held {
			findings = append(findings, Finding{Row: rows[i], Question: q.Label, Fault: asksNotTo, Was: short(asked[0]), Unusable: true})
		}
	}
	return findings
}

// remarksIn are the remarks in an example's texts, but for those of its agreements.
func remarksIn(e *model.Example) (out []string) {
	texts := *e
	texts.Agreements, texts.Parties = nil, nil
	raw, err := json.Marshal(&texts)
	if err != nil {
		return []string{"texts that cannot be read"}
	}
	var all any
	if err := json.Unmarshal(raw, &all); err != nil {
		return []string{"texts that cannot be read"}
	}
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for _, name := range slices.Sorted(maps.Keys(v)) {
				walk(v[name])
			}
		case []any:
			for _, x := range v {
				walk(x)
			}
		case string:
			if back := remark(v); back != "" && !slices.Contains(out, back) {
				out = append(out, back)
			}
		}
	}
	walk(all)
	return out
}

// asksNotTo is what is the matter with a text by which somebody asks that it is not used.
const asksNotTo = "says that something must not be, or is taken back; the example is withheld until a person has read it"

// withholds reports whether an answer that is not understood must withhold the example:
// those that narrow what may be done, and those by which an agreement is none yet.
func withholds(q *model.Question) bool {
	switch q.ID {
	case "signed_on", "capacity", "review_status":
		return true
	}
	return closes(q)
}

// beside reports whether a question is on the agreement, and not on what may be done.
func beside(q *model.Question) bool {
	return withholds(q) || slices.Contains([]string{"signed_by", "evidence", "signed_terms", "approved_text", "agreement", "agreement_version"}, q.ID)
}

// against is what an answer on the agreement says against it: a no, a remark or a word of
// status where it asks for something else. In the columns left out whatever is not
// understood closes.
func against(q *model.Question, cell string) string {
	refused := false
	switch q.ID {
	case "signed_by", "evidence", "signed_terms", "approved_text", "agreement", "agreement_version", "capacity":
		refused = refuses(cell)
	case "name_form":
		refused = !understood(q, cell) && (remark(cell) != "" || status(cell) || deniesLeaveIn("", cell) != "")
	case "contact":
		refused = remark(cell) != "" || status(cell) || deniesLeaveIn("", cell) != ""
	case "contact_allowed", "attribution", "holding", "clients", "others":
		refused = remark(cell) != "" || status(cell)
	}
	if !refused {
		return ""
	}
	return strings.TrimSpace(cell)
}

// refuses reports whether what stands where a signature, a day or a place is asked for says
// that there is none, or none yet.
func refuses(cell string) bool {
	if nothing(cell) && !undecided(cell) {
		return false
	}
	return negates(cell) || undecided(cell) || doubtful(cell) || remark(cell) != "" || slices.ContainsFunc(said(cell), func(w string) bool { return slices.Contains(remarks()["status"], " "+w+" ") })
}

// status reports whether a note is a word that says that there is no leave, alone or with
// the day, the manner or more behind it: "withdrawn by phone 3 May".
func status(cell string) bool {
	if len(cell) > longestNote {
		return false
	}
	s := " " + strings.Join(said(cell), " ") + " "
	first, more := cell, false
	if at := strings.IndexAny(cell, ",;:.!()[]–—\n"); at > 0 {
		first, more = cell[:at], true
	} else if before, _, ok := strings.Cut(cell, " - "); ok {
		first, more = before, true
	}
	return slices.ContainsFunc(remarks()["status"], func(p string) bool {
		rest, ok := strings.CutPrefix(s, p)
		if !ok {
			return false
		}
		next, _, _ := strings.Cut(rest, " ")
		return rest == "" || strings.ContainsAny(next[:1], "0123456789") || slices.Contains(remarks()["behind"], " "+next+" ") || more && p == " "+strings.Join(said(first), " ")+" "
	})
}

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

// opens reports whether a clause begins with a word of the kind.
func (l leaveWords) opens(clause []string, kind string) bool {
	return slices.ContainsFunc(l[kind], func(words []string) bool {
		return len(clause) >= len(words) && slices.Equal(clause[:len(words)], words)
	})
}

// denied reports whether a clause denies leave, takes it back or asks for what was sent
// to be taken out.
func (l leaveWords) denied(clause []string) bool {
	has := func(kind string) bool { return l.in(clause, kind) }
	sent := has("of")
	switch {
	case has("alone") && !has("others"):
		return true
	case has("not") && (has("strong") && !has("others") || (has("strong") || has("weak")) && (sent || l.opens(clause, "please"))):
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
		parts, languages := []string{clause}, slices.Collect(maps.Values(leaves()))
		if english := leaves()["en"]; english.in(said(clause), "own") {
			parts, languages = strings.Split(clause, ","), []leaveWords{english} // elsewhere what is wished for stands behind a comma
		}
		for _, part := range parts {
			w := slices.DeleteFunc(said(part), func(w string) bool { return len(w) > 3 && slices.Contains(asked, w) })
			if slices.ContainsFunc(languages, func(l leaveWords) bool { return l.denied(w) }) {
				return strings.TrimSpace(part)
			}
		}
	}
	return ""
}
