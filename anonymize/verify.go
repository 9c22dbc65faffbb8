// SPDX-License-Identifier: Apache-2.0

package anonymize

import (
	"reflect"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/anonymize/internal/leak"
	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// leakInput returns the declared names that must not stand in the texts of an example
// at the level of its terms. At the levels that name a contributor its own
// organisations, products and programmes may be told, but nobody else's: those
// of other parties may have been promised that they are not.
func (a *Anonymizer) leakInput(e *model.Example, t model.Terms) leakInputs {
	in := a.leakInputOf(Declared(e.Parties), tellable(e.Parties), t.Level)
	if t.Level < model.Attributed {
		in.PublicSources = publicWords(e)
	}
	return in
}

// tellable are the names of parties that may be told where they agree to it, by
// their declared keys.
func tellable(parties []model.Party) map[string]bool {
	tells := map[string]bool{}
	for _, d := range signatories(parties) {
		tells[declaredKey(d)] = true
	}
	return tells
}

func (a *Anonymizer) leakInputOf(all []recognize.Declared, tells map[string]bool, level model.Level) leakInputs {
	var in leakInputs
	for _, d := range all {
		if level < model.Attributed || d.Kind == recognize.Person || d.Kind == recognize.Contact || !tells[declaredKey(d)] {
			in.Secrets = append(in.Secrets, d)
		}
	}
	in.forms = leak.Prepare(secretsOf(in.Secrets))
	if level < model.Attributed {
		return in
	}
	names := a.allNames()
	var less []int
	for _, o := range all {
		if tells[declaredKey(o)] {
			less = append(less, names.called[o.Name]...)
		}
	}
	slices.Sort(less)
	var same []recognize.Declared
	for _, i := range slices.Compact(less) {
		same = append(same, a.declared[i])
	}
	in.forms = in.forms.Beside(names.forms, secretsOf(same))
	return in
}

// declaredNames holds the names that all parties declared, prepared once.
type declaredNames struct {
	forms  *leak.Forms
	called map[string][]int // declared identities by their names and forms
}

func declaredNamesOf(declared []recognize.Declared) *declaredNames {
	all := &declaredNames{forms: leak.Prepare(secretsOf(declared)), called: map[string][]int{}}
	for i, d := range declared {
		for _, name := range append([]string{d.Name}, d.Forms...) {
			all.called[name] = append(all.called[name], i)
		}
	}
	return all
}

// publicWords are the words of an example's own public sources: eight of them
// in a row are found by a search engine.
func publicWords(e *model.Example) []string {
	var out []string
	for _, r := range e.PublicRefs {
		out = append(out, string(r.Title), string(r.Attribution))
	}
	for _, q := range e.Quotes {
		if q.VerbatimPublic {
			out = append(out, string(q.Text.Value))
		}
	}
	return slices.DeleteFunc(out, func(s string) bool { return s == "" })
}

// closeNamed drops the sources that name somebody else who was promised that
// they are not named, and reports whether an acknowledgement does: it must be
// printed as it is or not at all, and so must what it belongs to.
func closeNamed(c *Content, in leakInputs) (owing bool) {
	names := func(texts ...string) bool {
		return slices.ContainsFunc(checkLeaks(texts, in), func(l leakFound) bool { return l.Kind == leakDeclared })
	}
	c.Sources = slices.DeleteFunc(c.Sources, func(s Source) bool {
		return names(s.Title, s.Publisher, s.URL, s.Attribution)
	})
	return names(c.Acknowledgements...)
}

// closeCodes drops the codes of a contributor's own vocabulary that are made
// from a declared name. The built-in codes tell nobody.
func closeCodes(c *Content, in leakInputs) (n int) {
	walkCodes(reflect.ValueOf(c).Elem(), func(v reflect.Value) {
		if madeOfName(v.String(), in) {
			v.SetString("")
			n++
		}
	})
	return n
}

func madeOfName(code string, in leakInputs) bool {
	if _, known := vocabulary.Default().Concept(code); known {
		return false
	}
	_, local, _ := strings.Cut(code, ":")
	spaced := strings.ReplaceAll(local, "-", " ")
	return slices.ContainsFunc(checkLeaks([]string{spaced, strings.ReplaceAll(spaced, " ", "")}, in), func(l leakFound) bool { return l.Kind == leakDeclared })
}

// walkCodes visits every code of a content that is not empty.
func walkCodes(v reflect.Value, visit func(reflect.Value)) {
	switch v.Kind() {
	case reflect.String:
		if v.Type() == reflect.TypeFor[model.Code]() && v.Len() > 0 {
			visit(v)
		}
	case reflect.Slice:
		for i := range v.Len() {
			walkCodes(v.Index(i), visit)
		}
	case reflect.Struct:
		for _, field := range v.Fields() {
			walkCodes(field, visit)
		}
	}
}

// closeLeaks empties every text of the content in which something certain
// survived and returns how many there were.
func closeLeaks(c *Content, in leakInputs) int {
	var fields []reflect.Value
	var texts []string
	walkStrings(reflect.ValueOf(c).Elem(), func(v reflect.Value) {
		fields, texts = append(fields, v), append(texts, v.String())
	})
	shut := map[int]bool{}
	for _, l := range checkLeaks(texts, in) {
		if l.Kind.Certain() {
			shut[l.Text] = true
		}
	}
	for i := range shut {
		fields[i].SetString("")
	}
	return len(shut)
}

// verifyContent fails if anything certain survived in a content.
func verifyContent(c Content, in leakInputs) error {
	return leakErr(checkLeaks(c.Texts(), in), false)
}

// Texts are all texts of the content that a contributor wrote, empty ones left
// out, in a fixed order. Codes and enumerated values are none.
func (c Content) Texts() []string {
	var out []string
	walkStrings(reflect.ValueOf(&c).Elem(), func(v reflect.Value) { out = append(out, v.String()) })
	return out
}

// walkStrings visits every non-empty string that is prose: fields of type
// string whose name says so. Codes have a type of their own.
func walkStrings(v reflect.Value, visit func(reflect.Value)) {
	switch v.Kind() {
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() && v.Len() > 0 {
			visit(v)
		}
	case reflect.Slice:
		for i := range v.Len() {
			walkStrings(v.Index(i), visit)
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[Source]() {
			return // public by definition
		}
		for i := range v.NumField() {
			if !slices.Contains(controlled(), v.Type().Field(i).Name) {
				walkStrings(v.Field(i), visit)
			}
		}
	}
}

// controlled are the fields whose strings come from a closed list, and those
// that only named examples carry.
func controlled() []string {
	return []string{"Year", "Basis", "Type", "Direction", "Domain", "Met", "Kind", "Licence", "Name", "Acknowledgements"}
}
