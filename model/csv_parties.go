// SPDX-License-Identifier: Apache-2.0

package model

import (
	"cmp"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// complete gives the example what a row leaves out: references, and what every
// agreement says.
func (s *sheet) complete(e *Example, record []string) error {
	p := &e.Parties[0]
	var name Raw
	if has(s.columns, record, "organisation") {
		name = p.Identities[0].Name
	}
	var err error
	if p.Ref, err = s.names.own(p.Ref, string(name)); err != nil {
		return err
	}
	s.holdings(p, record)
	for i := range e.Parties[1:] {
		other := &e.Parties[i+1]
		if other.Ref == "" && len(other.Identities) > 0 {
			other.Ref = s.names.of(string(other.Identities[0].Name))
		}
		other.Role = cmp.Or(other.Role, "partner")
	}
	if e.ID == "" {
		e.ID = "row-" + strconv.Itoa(s.row)
	}
	if len(e.Agreements) > 0 {
		a := &e.Agreements[0]
		a.Schema, a.Party = AgreementSchema, p.Ref
		if a.ID == "" {
			a.ID = "agreement-" + strconv.Itoa(s.row)
		}
		a.Attribution.Required = a.Attribution.Text != ""
	}
	return nil
}

// holdings reads whose a party is, and for whom it worked.
func (s *sheet) holdings(p *Party, record []string) {
	for i, q := range s.columns {
		if q == nil || q.ID != "holding" && q.ID != "clients" {
			continue
		}
		for _, item := range items(unguard(record[i])) {
			ref, isRef := strings.CutPrefix(item, "ref:")
			if !isRef {
				ref = s.names.of(item)
				p.Identities = append(p.Identities, Identity{Type: "organisation", Name: Raw(item)})
			}
			if q.ID == "clients" {
				p.Clients = append(p.Clients, ref)
				continue
			}
			p.Holding = ref
			break
		}
	}
}

func has(columns []*Question, record []string, id string) bool {
	i := slices.IndexFunc(columns, func(q *Question) bool { return q != nil && q.ID == id })
	return i >= 0 && strings.TrimSpace(record[i]) != ""
}

// others reads the parties beside the contributor, by name.
func (c *cellReader) others(e *Example, s *shape, cell string) error {
	entries := items(cell)
	if len(entries) > maxList {
		return c.fault("has more than " + strconv.Itoa(maxList) + " entries")
	}
	for i, item := range entries {
		c.at.index(i + 1)
		var p Party
		v := reflect.ValueOf(&p).Elem()
		text, notes := cutNotes(item, func(n string) bool { return note(reflect.New(s.typ).Elem(), s, rule{}, n) })
		for _, n := range notes {
			if !note(v, s, rule{}, n) {
				return c.fault("has a note in brackets twice")
			}
		}
		if name, forms, _ := alsoKnown(text); name != "" {
			p.Identities = []Identity{{Type: "organisation", Name: Raw(name), Forms: forms}}
			if p.Role == "speaker" || p.Role == "guardian" {
				p.Identities[0].Type = "person"
			}
		}
		e.Parties = append(e.Parties, p)
		c.at.up()
	}
	return nil
}

// others writes the parties beside the contributor.
func others(parties []Party, s *shape) string {
	var out []string
	for _, p := range parties[min(1, len(parties)):] {
		text := ""
		if len(p.Identities) > 0 {
			text = knownAs(p.Identities[0])
		}
		var notes []string
		v := reflect.ValueOf(p)
		for _, f := range s.fields {
			if field := v.FieldByIndex(f.index); !field.IsZero() && f.name != "identities" {
				notes = append(notes, notesOf(field, f)...)
			}
		}
		out = append(out, addNotes(text, notes))
	}
	return joinItems(out)
}

// knownAs writes what alsoKnown reads.
func knownAs(id Identity) string {
	if len(id.Forms) == 0 {
		return string(id.Name)
	}
	forms := make([]string, len(id.Forms))
	for i, form := range id.Forms {
		forms[i] = string(form)
	}
	return string(id.Name) + " (also " + strings.Join(forms, "; ") + ")"
}

// identities writes the organisation's own name, which is the first, or the others.
func identities(all []Identity, own bool) string {
	first := len(all) > 0 && all[0].Type == "organisation"
	var out []string
	for i, id := range all {
		if own != (i == 0 && first) {
			continue
		}
		text := knownAs(id)
		if own {
			return addNotes(text, nil)
		}
		out = append(out, addNotes(text, []string{id.Type}))
	}
	return joinItems(out)
}

func newRegistry() registry {
	return registry{byName: map[string]string{}, given: map[string]string{}, refs: map[string]bool{}}
}

// A registry gives organisations references in the order of their names.
type registry struct {
	byName map[string]string // reference by squeezed name
	given  map[string]string // name by a reference that the registry made
	refs   map[string]bool   // all references of names
	n      int
}

// own is the reference of the row's organisation. Where the row has one, it is
// the one by which the name is known already, and none that was made for another.
func (r *registry) own(ref, name string) (string, error) {
	key := squeeze(name)
	switch {
	case ref == "" && key == "":
		return "unnamed", nil
	case ref == "":
		return r.of(name), nil
	case r.given[ref] != "" && r.given[ref] != key, key != "" && r.byName[key] != "" && r.byName[key] != ref:
		return "", Fault{Path: "parties[0].ref", Rule: "is not the reference that an earlier row gives the organisation"}
	case key != "":
		r.byName[key], r.refs[ref] = ref, true
	}
	return ref, nil
}

func (r *registry) of(name string) string {
	key := squeeze(name)
	if ref := r.byName[key]; ref != "" {
		return ref
	}
	ref := ""
	for ref == "" || r.refs[ref] {
		r.n++
		ref = "org-" + strconv.Itoa(r.n)
	}
	r.byName[key], r.given[ref], r.refs[ref] = ref, key, true
	return ref
}
