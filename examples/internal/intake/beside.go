// SPDX-License-Identifier: Apache-2.0

package intake

import "github.com/sharedpractice/sharedpractice/model"

// aside notes what an answer says beside its own question.
func (in *filled) aside(q *model.Question, cell string) {
	if q.ID != "consent" && q.ID != "confidentiality" {
		return
	}
	if w, ok := wayOf(q.ID, cell); ok {
		in.noted(w)
	}
}

func (in *filled) noted(w way) {
	in.beside.level = mostClosed(levelsClosedFirst(), in.beside.level, w.level)
	in.beside.audience = mostClosed(audiencesClosedFirst(), in.beside.audience, w.audience)
	in.beside.approval = in.beside.approval || w.approval
	if w.consent == "no" {
		in.beside.consent = "no"
	}
}

// narrow applies what answers say beside their own question: "yes, but not our
// name" is a yes to no more than that. Only where no column asks how it may be
// told, the consent says it.
func (in *filled) narrow(m Mapping) {
	b := in.beside
	if b.consent == "no" {
		in.answers["consent"] = "no"
	}
	level := in.answers["confidentiality"]
	if b.level != "" && (level != "" || !m.asks("confidentiality")) {
		in.answers["confidentiality"] = mostClosed(levelsClosedFirst(), level, b.level)
	}
	if readers := in.answers["audience"]; b.audience != "" && (readers != "" || !m.asks("audience")) {
		in.answers["audience"] = mostClosed(audiencesClosedFirst(), readers, b.audience)
	}
	if b.approval && in.answers["confidentiality"] != "" {
		in.answers["approval"] = "yes"
	}
}
