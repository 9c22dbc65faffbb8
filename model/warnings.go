// SPDX-License-Identifier: Apache-2.0

package model

import (
	"reflect"
	"regexp"
	"strings"
	"sync"
)

// Warnings returns what a person should look at before the example is used,
// though it is valid: answers that the small form asks for and that are missing;
// what keeps it withheld; public sources, verbatim quotes and undeclared names
// that would give an anonymous contributor away; awards told without a
// reference; marks of redaction that came with the text and protect nobody; and
// text that a wrong encoding damaged. They are in a fixed order.
func (e Example) Warnings() []Fault {
	w := checker{}
	w.unanswered(&e)
	w.disclosure(&e)
	award := ""
	w.texts(reflect.ValueOf(e), shapeOf[Example](), func(text string) {
		switch {
		case marks().MatchString(text):
			w.fault("holds a mark of redaction from its source, which hides nothing that stands beside it")
		case damaged(text):
			w.fault("was damaged by a wrong encoding")
		}
		if award == "" && awards().MatchString(text) {
			award = w.at.String()
		}
	})
	if award != "" && len(e.PublicRefs) == 0 {
		w.faults = append(w.faults, Fault{Path: award, Rule: "speaks of an award, but no public reference is given"})
	}
	return w.faults
}

func (c *checker) unanswered(e *Example) {
	for _, q := range []struct {
		field string
		told  bool
	}{
		{"stakeholders", len(e.Stakeholders) > 0},
		{"challenges", len(e.Challenges) > 0},
		{"objectives", len(e.Objectives) > 0},
		{"strategy_steps", len(e.Steps) > 0},
		{"outcomes", len(e.Outcomes) > 0},
		{"lessons", len(e.Lessons) > 0},
	} {
		if !q.told {
			c.faultAt(q.field, "is not answered")
		}
	}
	if n := len(e.Steps); n == 1 || n == 2 || n > 7 {
		c.faultAt("strategy_steps", "is best told in three to seven steps")
	}
}

// disclosure warns of what closes the example and of what opens it unawares.
func (c *checker) disclosure(e *Example) {
	lowest := Public
	for i, p := range e.Parties {
		c.at.field("parties")
		c.at.index(i)
		lowest = min(lowest, c.party(p, inForce(e.Agreements, p.Ref)))
		c.at = c.at[:0]
	}
	c.closingClauses(e)
	switch lowest {
	case Withheld: // nothing is told
	case Aggregate, Anonymous:
		c.unnamed(e, lowest)
	case Attributed, Public:
		c.funding(e)
	}
}

// party warns of a party, and returns the most closed level that it agreed to.
func (c *checker) party(p Party, agreed []Agreement) (lowest Level) {
	lowest = Public
	if len(agreed) == 0 {
		c.fault("has no agreement, which withholds the example")
		lowest = Withheld
	}
	named := false
	for _, a := range agreed {
		lowest = min(lowest, a.Level)
		named = named || a.Level >= Attributed
	}
	if len(p.Identities) == 0 && !named {
		c.faultAt("identities", "is empty: names that nobody declared are harder to find")
	}
	for n, id := range p.Identities {
		if len([]rune(squeeze(string(id.Name)))) < 3 {
			c.at.field("identities")
			c.at.index(n)
			c.faultAt("name", "is so short that it is found in other words, or not at all")
			c.at.up()
			c.at.up()
		}
	}
	return lowest
}

// closingClauses warns of what in an agreement withholds the example.
func (c *checker) closingClauses(e *Example) {
	for i, a := range e.Agreements {
		c.at.field("agreements")
		c.at.index(i)
		if a.Schema != AgreementSchema {
			c.faultAt("schema", "is not "+AgreementSchema+", which withholds the example")
		}
		if a.Conditions != "" && a.ConditionsReviewed != HashText(string(a.Conditions)) {
			c.faultAt("conditions", "must be read by a person; until then the example is withheld")
		}
		if a.Attribution.Required && a.Attribution.Text == "" {
			c.faultAt("attribution", "is required but has no text, which withholds the example")
		}
		c.at = c.at[:0]
	}
}

// unnamed warns of what names the example though it was agreed that nothing does.
func (c *checker) unnamed(e *Example, agreed Level) {
	if len(e.PublicRefs) > 0 {
		c.faultAt("public_refs", "says that the example is public, but it was agreed to be "+agreed.String()+": ask for attributed, or leave the references out")
	}
	for i, q := range e.Quotes {
		if q.VerbatimPublic {
			c.at.field("quotes")
			c.at.index(i)
			c.faultAt("verbatim_public", "means that a search finds the words and so the speaker")
			c.at = c.at[:0]
		}
	}
}

func (c *checker) funding(e *Example) {
	for i, f := range e.Funding {
		if f.Statement.Empty() {
			c.at.field("funding")
			c.at.index(i)
			c.faultAt("statement", "is empty: funded work is told by name only with its acknowledgement")
			c.at = c.at[:0]
		}
	}
}

// texts visits every text, with c.at at its place.
func (c *checker) texts(v reflect.Value, s *shape, visit func(string)) {
	switch s.kind {
	case anObject:
		for _, f := range s.fields {
			c.at.field(f.name)
			c.texts(v.FieldByIndex(f.index), f.shape, visit)
			c.at.up()
		}
	case aList:
		for i := range v.Len() {
			c.at.index(i)
			c.texts(v.Index(i), s.elem, visit)
			c.at.up()
		}
	case aText:
		visit(v.FieldByName("Value").String())
	case aRaw:
		visit(v.String())
	case aMap, aWord, aNamed, aMoment, aWhole, aNumber, aFlag:
	}
}

var marks = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)\[(?:[a-z-]+[ \x{a0}])?(?:e-?mail[ \x{a0}]protected|redacted|removed|withheld|anonymi[sz]ed|name|names|place|location|organisation|organization|company|date)\]|█{2,}|\b[xX]{4,}\b|_{5,}`)
})

var awards = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)\b(?:award(?:s|ed)?[ -]winning|won (?:an?|the|two|three|several) [^.!?\n]{0,60}\b(?:awards?|prizes?)|(?:winner|winners|finalist|finalists|short-?listed|highly commended)\b[^.!?\n]{0,60}\b(?:awards?|prizes?))\b`)
})

// damaged finds UTF-8 that was once read as Windows-1252, and characters lost.
func damaged(s string) bool {
	return strings.ContainsRune(s, '\ufffd') || strings.Contains(s, "â€") ||
		strings.Contains(s, "Ã©") || strings.Contains(s, "Ã¨") || strings.Contains(s, "Â£") || strings.Contains(s, "Â\u00a0")
}
