// SPDX-License-Identifier: Apache-2.0

package model

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"
)

// errLoosens says that a field override of an agreement opens more than its level.
var errLoosens = errors.New("model: a field override may only close further")

// Terms combines the agreements of all parties to an example at one moment: the most
// closed of them in every respect. Made by Resolve; the zero value allows nothing.
type Terms struct {
	Level     Level
	Audience  Audience
	Uses      Uses             // granted by every party
	Fields    map[string]Level // closed further than Level
	K         int              // the highest K that a party asked for; 0 is none
	NameForm  NameForm
	NotBefore time.Time // latest; zero is none
	Expires   time.Time // earliest; zero is none
	// Attributions must all be printed beside content that is not anonymous.
	Attributions   []Attribution
	ContactAllowed bool
	// Reasons names each closed door: what closed the example, whole or in part.
	// They are for the working group's eyes only.
	Reasons []Reason

	approvals []string // hashes that every published text must match
}

// Reason is why a door is closed: a stable code, the party's opaque reference
// and the clause (JSON name) of its agreement.
type Reason struct {
	Code   string `json:"code"`
	Party  string `json:"party,omitempty"`
	Clause string `json:"clause,omitempty"`
}

// The codes of Reason.
const (
	ReasonNoAgreement  = "no-agreement"
	reasonSchema       = "unknown-schema"
	reasonValue        = "unknown-value"
	ReasonConsent      = "consent-not-given"
	reasonDate         = "date-unreadable"
	ReasonNotYet       = "not-before"
	ReasonExpired      = "expired"
	ReasonWithdrawn    = "withdrawn"
	ReasonConditions   = "conditions-unreviewed"
	ReasonLevel        = "level"
	ReasonUse          = "use-not-granted"
	ReasonAudience     = "audience"
	reasonField        = "field"
	reasonUnknownField = "unknown-field"
	reasonLoosens      = "override-loosens"
	reasonAttribution  = "attribution-missing"
)

// Resolve states what the agreements of an example allow at the moment now.
// Every party needs an agreement in force; several agreements of a party all
// apply, but for older versions of one that the same party signed again. Whatever is missing,
// unknown, unreadable, not yet or no longer in force withholds the whole
// example, and the reasons say what did. An override that opens more than its
// agreement's level withholds it too, and is an error wrapping errLoosens.
func Resolve(e *Example, now time.Time) (Terms, error) {
	t := Terms{Level: Public, Audience: Everyone, Uses: allUses(), NameForm: NameFull, ContactAllowed: true, Fields: map[string]Level{}}
	var err error
	parties := map[string]bool{}
	for _, p := range e.Parties {
		parties[p.Ref] = true
		agreements := inForce(e.Agreements, p.Ref)
		if len(agreements) == 0 {
			t.close(ReasonNoAgreement, p.Ref, "")
		}
		for _, a := range agreements {
			if t.meet(a, now) {
				err = errLoosens
			}
		}
	}
	for _, a := range e.Agreements {
		if !parties[a.Party] {
			t.close(ReasonNoAgreement, a.Party, "party")
		}
	}
	if len(e.Parties) == 0 {
		t.close(ReasonNoAgreement, "", "parties")
	}
	if e.Review.Status == "retired" { // the working group itself took it out
		t.close(ReasonExpired, "", "review.status")
	}
	if t.Level == Withheld {
		return Terms{Reasons: t.Reasons}, err
	}
	maps.DeleteFunc(t.Fields, func(_ string, l Level) bool { return l >= t.Level })
	maps.DeleteFunc(t.Uses, func(_ Use, granted bool) bool { return !granted })
	return t, err
}

func allUses() Uses {
	u := Uses{}
	for _, use := range []Use{UseShowcase, UseAggregate, UseGuidance, UseQuotes, UseWorkshop, UseVignette, UseTranslate, UseEmbed, UseSingleSource} {
		u[use] = true
	}
	return u
}

// inForce returns the agreements of one party without those that it replaced itself.
func inForce(all []Agreement, party string) []Agreement {
	var own []Agreement
	for _, a := range all {
		if a.Party == party {
			own = append(own, a)
		}
	}
	return slices.DeleteFunc(slices.Clone(own), func(old Agreement) bool {
		return slices.ContainsFunc(own, func(a Agreement) bool {
			return a.ID != "" && a.ID == old.ID && a.Version > old.Version &&
				cmp.Or(a.SignedBy, a.Party) == cmp.Or(old.SignedBy, old.Party)
		})
	})
}

// meet closes the terms by one agreement and reports whether one of its
// overrides tried to open something.
func (t *Terms) meet(a Agreement, now time.Time) (loosens bool) {
	t.meetClauses(a)
	t.meetDates(a, now)
	loosens = t.meetFields(a)
	if a.Attribution.Required {
		t.Attributions = append(t.Attributions, a.Attribution)
	}
	for use := range t.Uses {
		t.Uses[use] = t.Uses[use] && a.Uses[use]
	}
	if a.Approval.Required || a.Level == Attributed { // with the name, once the text is approved
		t.approvals = append(t.approvals, a.Approval.TextSHA256)
	}
	t.Level = min(t.Level, a.Level)
	t.Audience = min(t.Audience, a.Audience)
	t.NameForm = min(t.NameForm, a.NameForm)
	t.K = max(t.K, a.K)
	t.ContactAllowed = t.ContactAllowed && a.ContactAllowed
	return loosens
}

// meetClauses closes the terms where a clause of the agreement withholds the example.
func (t *Terms) meetClauses(a Agreement) {
	closing := func(code, clause string) { t.close(code, a.Party, clause) }
	if a.Schema != AgreementSchema {
		closing(reasonSchema, "schema")
	}
	if a.Level > Public || a.Audience > Everyone || a.NameForm > NameFull {
		closing(reasonValue, "level")
	}
	if a.Level == Withheld {
		closing(ReasonLevel, "level")
	}
	if a.Consent.Status != "given" && a.Consent.Status != "amended" {
		closing(ReasonConsent, "consent.status")
	}
	if a.Withdrawal != (Withdrawal{}) {
		closing(ReasonWithdrawn, "withdrawal")
	}
	if a.Conditions != "" && a.ConditionsReviewed != HashText(string(a.Conditions)) {
		closing(ReasonConditions, "conditions")
	}
	if a.Attribution.Required && a.Attribution.Text == "" {
		closing(reasonAttribution, "attribution")
	}
}

// meetDates takes the latest day from which and the earliest until which
// agreements are in force. One that is to be given has not been.
func (t *Terms) meetDates(a Agreement, now time.Time) {
	if given, ok := parseMoment(a.Consent.GivenAt); !ok {
		t.close(reasonDate, a.Party, "consent.given_at")
	} else if now.Before(given) {
		t.close(ReasonNotYet, a.Party, "consent.given_at")
	}
	if from, ok := parseMoment(a.NotBefore); !ok {
		t.close(reasonDate, a.Party, "not_before")
	} else if !from.IsZero() {
		if now.Before(from) {
			t.close(ReasonNotYet, a.Party, "not_before")
		}
		if from.After(t.NotBefore) {
			t.NotBefore = from
		}
	}
	if to, ok := parseMoment(a.Expires); !ok {
		t.close(reasonDate, a.Party, "expires")
	} else if !to.IsZero() {
		if !now.Before(to) {
			t.close(ReasonExpired, a.Party, "expires")
		}
		if t.Expires.IsZero() || to.Before(t.Expires) {
			t.Expires = to
		}
	}
}

// meetFields takes the most closed level of each field. An override that opens is
// a fault of the agreement.
func (t *Terms) meetFields(a Agreement) (loosens bool) {
	for _, field := range slices.Sorted(maps.Keys(a.Fields)) {
		level := a.Fields[field]
		switch {
		case !isField(field):
			t.close(reasonUnknownField, a.Party, "fields")
		case level > a.Level:
			loosens = true
			t.close(reasonLoosens, a.Party, "fields")
		default:
			at := closes(field)
			if now, ok := t.Fields[at]; !ok || level < now {
				t.Fields[at] = level
			}
		}
	}
	return loosens
}

// closes is what an override of a path closes: the resources of a type, a part of what
// is told of adoption or, since nothing smaller is taken apart, the whole field.
func closes(path string) string {
	parts := strings.Split(path, ".")
	resource := shapeOf[Resource]()
	types := resource.fields[resource.byName["type"]].rule.in
	ofType := parts[0] == "resources" && len(parts) == 2 && slices.Contains(types, parts[1])
	if len(parts) > 1 && (ofType || parts[0] == "adoption") {
		return parts[0] + "." + parts[1]
	}
	return parts[0]
}

func (t *Terms) close(code, party, clause string) {
	t.Level = Withheld
	t.Reasons = append(t.Reasons, Reason{Code: code, Party: party, Clause: clause})
}

// Allows reports whether the terms allow one use before one audience, and if
// not, which door is closed. It judges the example as a whole; FieldLevel
// judges single fields.
func (t Terms) Allows(use Use, audience Audience) (bool, Reason) {
	switch {
	case t.Level == Withheld:
		if len(t.Reasons) > 0 {
			return false, t.Reasons[0]
		}
		return false, Reason{Code: ReasonLevel}
	case audience > t.Audience:
		return false, Reason{Code: ReasonAudience, Clause: "audience"}
	case !t.Uses[use]:
		return false, Reason{Code: ReasonUse, Clause: "uses." + string(use)}
	case t.Level < leastLevel(use):
		return false, Reason{Code: ReasonLevel, Clause: "level"}
	}
	return true, Reason{}
}

// leastLevel is the most closed level at which a use can be granted at all.
func leastLevel(use Use) Level {
	switch use {
	case UseAggregate, UseGuidance, UseWorkshop:
		return Aggregate
	case UseQuotes, UseVignette, UseTranslate, UseEmbed, UseSingleSource:
		return Anonymous
	case UseShowcase:
	}
	return Attributed
}

// FieldLevel is the level of one field, given by its JSON name and, after dots,
// its parts ("resources.money"): the most closed of the example's level and the
// overrides of the field and of what holds it.
func (t Terms) FieldLevel(field string) Level {
	level := t.Level
	for {
		if l, ok := t.Fields[field]; ok {
			level = min(level, l)
		}
		i := strings.LastIndexByte(field, '.')
		if i < 0 {
			return level
		}
		field = field[:i]
	}
}

// Approves reports whether every party that must approve the exact text to be
// published has approved this one. hash is the text's HashText.
func (t Terms) Approves(hash string) bool {
	return t.Level > Withheld && !slices.ContainsFunc(t.approvals, func(h string) bool { return h != hash })
}

// NeedsApproval reports whether a party must approve the exact text.
func (t Terms) NeedsApproval() bool { return len(t.approvals) > 0 }

// HashText is the lower-case hex SHA-256 by which approvals and reviewed
// conditions are bound to a text.
func HashText(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

// parseMoment reads RFC 3339 or YYYY-MM-DD (midnight UTC). Empty is the zero time.
func parseMoment(s string) (time.Time, bool) {
	if s == "" {
		return time.Time{}, true
	}
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC(), true
		}
	}
	return time.Time{}, false
}
