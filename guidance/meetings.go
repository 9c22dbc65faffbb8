// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// newGroup is the objective of those who need members, roles and a first meeting.
const newGroup model.Code = "ob:establish-group"

// memberWays are the practices by which a new group finds members, in their order.
func memberWays() []model.Code {
	return []model.Code{"pr:rec-who-already", "pr:rec-personal", "pr:rec-many-doors", "pr:rec-say-yes-small", "pr:group-new-twice-year"}
}

// meetings is general advice for a group that begins or begins again: how it finds
// members, who does what in it, and an agenda for its first meeting.
func (w *writer) meetings() []Block {
	if w.t.Objective != newGroup {
		return nil
	}
	var ways []Claim
	for _, code := range memberWays() {
		if text, mark := w.phrase(code, vocabulary.FormStep); text != "" && mark == "" {
			ways = append(ways, w.general(sentence(text)))
		}
	}
	roles := &Table{Caption: w.say("meetings.roles", nil), Header: []string{w.say("meetings.role", nil), w.say("meetings.does", nil)}}
	for _, role := range []string{"chair", "secretary", "staff", "everyone"} {
		roles.Rows = append(roles.Rows, []string{w.say("meetings."+role, nil), w.say("meetings."+role+".does", nil)})
	}
	agenda := &Table{Caption: w.say("meetings.agenda", nil), Header: []string{w.say("meetings.what", nil), w.say("meetings.minutes", nil), w.say("meetings.who", nil)}}
	for _, item := range []struct {
		key     string
		minutes int
		who     string
	}{
		{"welcome", 10, "chair"},
		{"hopes", 15, "everyone"},
		{"purpose", 20, "staff"},
		{"rules", 15, "everyone"},
		{"task", 20, "everyone"},
		{"close", 10, "secretary"},
	} {
		agenda.Rows = append(agenda.Rows, []string{w.say("meetings.item."+item.key, nil), w.catalog.Number(item.minutes), w.say("meetings."+item.who, nil)})
	}
	var blocks []Block
	if len(ways) > 0 {
		blocks = []Block{paragraph(w.frame("meetings.members", nil)), list(ways...)}
	}
	return append(blocks,
		Block{Kind: TableOf, Table: roles}, Block{Kind: TableOf, Table: agenda},
		paragraph(w.frame("meetings.after", nil)), list(w.general(w.say("meetings.second", nil)), w.general(w.say("meetings.third", nil))))
}
