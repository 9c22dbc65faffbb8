// SPDX-License-Identifier: Apache-2.0

package model

import (
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// The bounds of an example. They are far above what people write and low enough
// that a hostile file costs little.
const (
	maxTextBytes    = 64 << 10 // of one text
	maxLineBytes    = 1 << 10  // of one text of a single line: titles, names, links
	maxList         = 500      // entries of one list or map
	MaxExampleBytes = 1 << 20  // of one example, as JSON or as the sum of its texts
)

// Validate returns nil or a *ValidationError with every fault of the example:
// texts that are not UTF-8 or hold control or direction-changing characters,
// what is too long, values that a field does not have, codes of another
// vocabulary, dates and ranges, references to parties that are not there,
// overrides that open something, and quotes of minors without a guardian.
//
// known tells whether the vocabulary in use has a code; with nil only the
// code's form is checked: its prefix and a name in small letters, digits and
// hyphens. A party without an agreement is no fault: Resolve withholds the
// example. Nor is a field left empty, but for the id, the contributor and, where there is no
// account, kind and title: see Completeness.
func (e Example) Validate(known func(Code) bool) error {
	c := checker{known: known}
	c.value(reflect.ValueOf(e), shapeOf[Example](), rule{})
	if c.size > MaxExampleBytes {
		c.fault("is longer than " + strconv.Itoa(MaxExampleBytes) + " bytes")
	}
	c.example(&e)
	if len(c.faults) == 0 {
		return nil
	}
	return &ValidationError{Faults: c.faults}
}

type checker struct {
	known  func(Code) bool
	at     place
	faults []Fault
	size   int // bytes of all texts
}

func (c *checker) fault(rule string) {
	if len(c.faults) < maxFaults {
		c.faults = append(c.faults, Fault{Path: c.at.String(), Rule: rule})
	}
}

func (c *checker) faultAt(field, rule string) {
	c.at.field(field)
	c.fault(rule)
	c.at.up()
}

// value checks what the shape and the field's rule say.
func (c *checker) value(v reflect.Value, s *shape, r rule) {
	switch s.kind {
	case anObject:
		c.object(v, s, r)
	case aText:
		c.textAndWords(v, s, r)
	case aRaw:
		c.text(v.String(), r)
		if v.Len() > 0 && r.form != noForm {
			c.word(v.String(), r)
		}
	case aWord:
		c.wordOrCode(v, r)
	case aList:
		c.list(v, s, r)
	case aMap:
		c.entries(v, s)
	case aNamed:
		if _, err := marshalNamed(v); err != nil {
			c.fault("is none of the values it may have")
		}
	case aMoment:
		c.moment(v)
	case aWhole:
		c.ranged(float64(v.Int()), r)
	case aNumber:
		c.ranged(v.Float(), r)
	case aFlag:
	}
}

// object checks the fields of an object, the code of a coded one by the schemes that its own
// field allows.
func (c *checker) object(v reflect.Value, s *shape, r rule) {
	for _, f := range s.fields {
		c.at.field(f.name)
		inner := f.rule
		if s.typ == reflect.TypeFor[Coded]() || f.name == "code" {
			inner.codes = r.codes
		}
		c.value(v.FieldByIndex(f.index), f.shape, inner)
		c.at.up()
	}
}

// textAndWords checks a text and what is said of it.
func (c *checker) textAndWords(v reflect.Value, s *shape, r rule) {
	t := v.Interface().(Text) //nolint:forcetypeassert // by its shape
	c.text(string(t.Value), r)
	for _, f := range s.fields {
		if f.shape.kind == aWord {
			c.at.field(f.name)
			c.value(v.FieldByIndex(f.index), f.shape, f.rule)
			c.at.up()
		}
	}
}

func (c *checker) moment(v reflect.Value) {
	if t, ok := moment(v); !t.IsZero() && (!ok || t.Year() < 1900 || t.Year() > 2200) {
		c.fault("is no moment between 1900 and 2200")
	}
}

func (c *checker) ranged(x float64, r rule) {
	// Zero is unknown wherever the range does not begin below it. A number that
	// is none compares false, hence the negation.
	if r.ranged && x != 0 && !(r.min <= x && x <= r.max) {
		c.fault("is not between " + strconv.FormatFloat(r.min, 'f', -1, 64) + " and " + strconv.FormatFloat(r.max, 'f', -1, 64))
	}
}

func (c *checker) list(v reflect.Value, s *shape, r rule) {
	if r.required && v.Len() == 0 {
		c.fault("is required")
	}
	if v.Len() > maxList {
		c.fault("has more than " + strconv.Itoa(maxList) + " entries")
		return
	}
	inner := r
	inner.required = s.elem.kind == aText || s.elem.kind == aRaw || s.elem.kind == aWord // an entry says something
	seen := map[string]bool{}
	for i := range v.Len() {
		c.at.index(i)
		c.value(v.Index(i), s.elem, inner)
		if s.elem.kind == aWord {
			if w := v.Index(i).String(); w != "" && seen[w] {
				c.fault("repeats an earlier entry")
			} else {
				seen[w] = true
			}
		}
		c.at.up()
	}
}

// entries checks the two maps: uses, and field overrides.
func (c *checker) entries(v reflect.Value, s *shape) {
	if v.Len() > maxList {
		c.fault("has more than " + strconv.Itoa(maxList) + " entries")
		return
	}
	keys := v.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
	for i, key := range keys {
		c.at.index(i)
		if s.typ == reflect.TypeFor[Uses]() {
			c.word(key.String(), rule{form: formUse})
		} else {
			c.word(key.String(), rule{form: formField})
		}
		c.size += key.Len()
		c.value(v.MapIndex(key), s.elem, rule{})
		c.at.up()
	}
}

func (c *checker) wordOrCode(v reflect.Value, r rule) {
	w := v.String()
	c.size += len(w)
	switch {
	case w == "":
		if r.required {
			c.fault("is required")
		}
	case v.Type() == reflect.TypeFor[Code]():
		c.code(Code(w), r.codes)
	default:
		c.word(w, r)
	}
}

func (c *checker) code(code Code, prefixes []string) {
	prefix, name, found := strings.Cut(string(code), ":")
	switch {
	case len(code) > 100 || !found || !kebab(name):
		c.fault("is not a code: a prefix, a colon and a name in small letters, digits and hyphens")
	case len(prefixes) > 0 && !slices.Contains(prefixes, prefix):
		c.fault("is a code of another vocabulary than " + strings.Join(prefixes, ": or ") + ":")
	case c.known != nil && !c.known(code):
		c.fault("is a code that the vocabulary does not have")
	}
}

// example checks what no single field can tell.
func (c *checker) example(e *Example) {
	if strings.TrimSpace(string(e.Account)) == "" {
		if e.Kind == "" {
			c.faultAt("kind", "is required")
		}
		if strings.TrimSpace(string(e.Title.Value)) == "" {
			c.faultAt("title", "is required")
		}
	}
	if !e.Created.IsZero() && e.Updated.Before(e.Created) && !e.Updated.IsZero() {
		c.faultAt("updated", "is before created")
	}
	for i, ch := range e.Challenges {
		c.coded("challenges", i, ch.Coded)
	}
	for i, o := range e.Objectives {
		c.coded("objectives", i, o.Coded)
	}
	for i, s := range e.Situations {
		c.coded("situations", i, s)
	}
	for i, t := range e.TherapyAreas {
		c.coded("therapy_areas", i, t)
	}
	for i, o := range e.Outcomes {
		c.at.field("outcomes")
		c.at.index(i)
		if o.Denominator > 0 && o.N > o.Denominator {
			c.faultAt("n", "is more than the denominator")
		}
		if o.Source > len(e.PublicRefs) {
			c.faultAt("source_ref", "is no position in public_refs")
		}
		c.at = c.at[:0]
	}
	parties := c.parties(e)
	c.agreements(e, parties)
	c.quotes(e, parties)
	c.opaque(e)
}

func (c *checker) coded(field string, i int, coded Coded) {
	c.at.field(field)
	c.at.index(i)
	if coded.Code == "" && coded.AsWritten == "" {
		c.fault("needs a code or what the contributor wrote")
	}
	c.at = c.at[:0]
}

// parties returns the references of the parties.
func (c *checker) parties(e *Example) map[string]bool {
	refs := map[string]bool{}
	for i, p := range e.Parties {
		c.at.field("parties")
		c.at.index(i)
		if p.Ref != "" && refs[p.Ref] {
			c.faultAt("ref", "is another party's already")
		}
		refs[p.Ref] = true
		if i == 0 && p.Role != "contributor" {
			c.faultAt("role", "of the first party must be contributor")
		}
		c.at = c.at[:0]
	}
	for i, o := range e.Organisations {
		if o.Party != "" && !refs[o.Party] {
			c.at.field("organisations")
			c.at.index(i)
			c.faultAt("party", "is no party of the example")
			c.at = c.at[:0]
		}
	}
	return refs
}

func (c *checker) agreements(e *Example, parties map[string]bool) {
	type version struct {
		id string
		n  int
	}
	seen := map[version]bool{}
	for i, a := range e.Agreements {
		c.at.field("agreements")
		c.at.index(i)
		if a.Party != "" && !parties[a.Party] {
			c.faultAt("party", "is no party of the example")
		}
		if v := (version{a.ID, a.Version}); a.ID != "" && seen[v] {
			c.faultAt("id", "is another agreement's already, in the same version")
		} else {
			seen[v] = true
		}
		c.at.field("fields")
		for n, field := range slices.Sorted(maps.Keys(a.Fields)) {
			if a.Fields[field] > a.Level {
				c.at.index(n)
				c.fault("opens a field further than the agreement's level")
				c.at.up()
			}
		}
		c.at.up()
		from, okFrom := parseMoment(a.NotBefore)
		to, okTo := parseMoment(a.Expires)
		if okFrom && okTo && !from.IsZero() && !to.IsZero() && !from.Before(to) {
			c.faultAt("expires", "is not after not_before")
		}
		c.at = c.at[:0]
	}
}

// quotes checks that speakers are parties, and that nothing but a guardian's
// agreement lets a minor speak, never by name.
func (c *checker) quotes(e *Example, parties map[string]bool) {
	minors := map[string]bool{}
	for i, q := range e.Quotes {
		c.at.field("quotes")
		c.at.index(i)
		if q.Party != "" && !parties[q.Party] {
			c.faultAt("party", "is no party of the example")
		}
		if q.Minor {
			minors[q.Party] = true
			switch {
			case q.Party == "":
				c.faultAt("party", "is required for a minor's quote")
			case q.Consent && !guardianAgreed(e.Agreements, q.Party):
				c.faultAt("consent", "of a minor needs an agreement that a guardian signed")
			}
		}
		c.at = c.at[:0]
	}
	for i, a := range e.Agreements {
		if minors[a.Party] && a.Party != "" && a.NameForm > NameRole {
			c.at.field("agreements")
			c.at.index(i)
			c.faultAt("name_form", "may not name a minor")
			c.at = c.at[:0]
		}
	}
}

func guardianAgreed(all []Agreement, party string) bool {
	return slices.ContainsFunc(all, func(a Agreement) bool {
		return a.Party == party && a.Consent.Capacity == "guardian-for-minor"
	})
}

// opaque refuses an id or reference that is made from a declared name: one of
// five letters or more anywhere in it, a shorter one as a part of its own.
func (c *checker) opaque(e *Example) {
	names := map[string]bool{}
	for _, p := range e.Parties {
		for _, id := range p.Identities {
			names[squeeze(string(id.Name))] = true
			for _, form := range id.Forms {
				names[squeeze(string(form))] = true
			}
		}
	}
	delete(names, "")
	check := func(field, ref string) {
		if len(ref) > 64 {
			return // a fault already
		}
		whole, found := squeeze(ref), false
		for i := range whole {
			for j := i + 5; j <= len(whole) && !found; j++ {
				found = names[whole[i:j]]
			}
		}
		for part := range strings.FieldsFuncSeq(strings.ToLower(ref), func(r rune) bool { return strings.ContainsRune("._-", r) }) {
			found = found || len(part) >= 3 && names[part]
		}
		if found {
			c.faultAt(field, "must be opaque, but it is made from a declared name")
		}
	}
	check("id", e.ID)
	for i, p := range e.Parties {
		c.at.field("parties")
		c.at.index(i)
		check("ref", p.Ref)
		check("holding", p.Holding)
		c.at = c.at[:0]
	}
}
