// SPDX-License-Identifier: Apache-2.0

package intake

import (
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/model"
)

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
		refused = !understood(q, cell) && (remark(cell) != "" || status(cell))
	case "contact", "contact_allowed", "attribution", "holding", "clients", "others":
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
