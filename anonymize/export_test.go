// SPDX-License-Identifier: Apache-2.0

package anonymize

import (
	"fmt"
	"iter"
	"reflect"
	"strings"

	"github.com/sharedpractice/sharedpractice/model"
)

// ApprovalTextOf and ApprovalWords let the tests reach content that no
// Anonymizer would make.
var (
	ApprovalTextOf = approvalText
	ApprovalWords  = approvalWords
)

// What only the tests of this package reach from outside.
var (
	LinkageTest = linkageTest
	Region      = region
	ErrKeyID    = errKeyID
	SizeBand    = sizeBand
	Unseen      = unseen
)

func (c *Content) Close(shut func(string) bool) { c.close(shut) }

func (c Content) Clone() Content { return c.clone() }

const (
	LeakDeclared   = leakDeclared
	LeakIdentifier = leakIdentifier
	LeakVerbatim   = leakVerbatim
	LeakSound      = leakSound
	LeakCapital    = leakCapital
)

// Asked are the texts that the builder takes from an example with everything open.
func Asked(e *model.Example) map[string]model.Raw {
	out := map[string]model.Raw{}
	uses := model.Uses{model.UseQuotes: true}
	builder{
		terms: model.Terms{Level: model.Public, Uses: uses},
		text:  func(path string, raw model.Raw) string { out[path] = raw; return string(raw) },
	}.content(e)
	return out
}

const ReasonNamesOther = reasonNamesOther

// Passages are the texts of an example that content is made from, empty ones too,
// by the places under which Content.Passages and a Log name what became of them.
func Passages(e *model.Example) iter.Seq2[string, model.Raw] {
	return func(yield func(place string, text model.Raw) bool) {
		for _, f := range contentFields() {
			if f.texts == "" {
				continue
			}
			v := fieldOf(reflect.ValueOf(e).Elem(), f.from)
			if v.Kind() != reflect.Slice {
				if !yield(f.texts, rawOf(v)) {
					return
				}
				continue
			}
			for i := range v.Len() {
				if !yield(fmt.Sprintf(f.texts, i), rawOf(v.Index(i))) {
					return
				}
			}
		}
	}
}

// fieldOf is a field by its names in JSON, such as "adoption.sustaining".
func fieldOf(v reflect.Value, names string) reflect.Value {
	for name := range strings.SplitSeq(names, ".") {
		for f, value := range v.Fields() {
			if tag, _, _ := strings.Cut(f.Tag.Get("json"), ","); tag == name {
				v = value
				break
			}
		}
	}
	return v
}

// rawOf is the text of a field: the text itself, that of an entry of a list, or the
// words beside a code.
func rawOf(v reflect.Value) model.Raw {
	switch x := v.Interface().(type) {
	case model.Text:
		return x.Value
	case model.Raw:
		return x
	}
	for _, name := range []string{"Text", "AsWritten"} {
		if f := v.FieldByName(name); f.IsValid() {
			return rawOf(f)
		}
	}
	return ""
}

// SecretKinds are the kinds of the names that a text of an example is searched for
// at a level.
func SecretKinds(a *Anonymizer, e *model.Example, level model.Level) map[string]bool {
	out := map[string]bool{}
	for _, d := range a.leakInput(e, model.Terms{Level: level}).Secrets {
		out[string(d.Kind)] = true
	}
	return out
}

// What only the tests of this package reach from outside.
type (
	Leak      = leakFound
	LeakInput = leakInputs
	LeakKind  = leakKind
)

const (
	ReasonNoName       = reasonNoName
	ReasonVerification = reasonVerification
)

var (
	CheckLeaks = checkLeaks
	LeakErr    = leakErr
)
