// SPDX-License-Identifier: Apache-2.0

// Package collect reads what a working group collects, with the built-in
// vocabularies: JSON Lines, and CSV in which codes may be written as labels.
package collect

import (
	"iter"
	"strings"
	"sync"
	"unicode"

	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// Reader knows the codes of the built-in vocabularies and their labels in the
// languages that they have. It reads past the columns that survey tools add of
// themselves. Safe for concurrent use.
func Reader() model.Reader {
	return model.Reader{Known: Known, Label: Label, PassColumns: []string{
		"Start time", "Completion time", "Last modified time", "Timestamp", "Submitted", "Submitted at", "Submission date",
		"Date created", "Date modified", "Duration (in seconds)", "Time taken",
		"Respondent", "Respondent ID", "Response ID", "Collector ID", "Submission ID", "Token", "IP address",
		"User agent", "Referrer", "Progress", "Finished", "Recorded date", "Distribution channel", "User language",
	}}
}

// Known reports whether the built-in vocabularies have the code.
func Known(code model.Code) bool {
	_, ok := vocabulary.Default().Concept(string(code))
	return ok
}

// Label finds the code of a label, whatever its case and punctuation. A label
// that stands for two concepts of a vocabulary stands for neither.
func Label(prefix, label string) (model.Code, bool) {
	code, ok := labels()[prefix+":"+key(label)]
	return code, ok && code != ""
}

var labels = sync.OnceValue(func() map[string]model.Code {
	all := map[string]model.Code{}
	set := vocabulary.Default()
	for _, scheme := range set.Schemes() {
		preferred := map[string]bool{}
		for _, first := range []bool{true, false} { // preferred labels first
			for c := range scheme.Concepts() {
				for _, lang := range set.Languages() {
					names := c.AltLabels(lang)
					if first {
						names = []string{c.PrefLabel(lang)}
					}
					for _, name := range names {
						k := scheme.Prefix() + ":" + key(name)
						switch had, ok := all[k]; {
						case key(name) == "", !first && preferred[k]:
						case ok && had != model.Code(c.ID()):
							all[k] = ""
						default:
							all[k] = model.Code(c.ID())
						}
						preferred[k] = preferred[k] || first
					}
				}
			}
		}
	}
	return all
})

func key(label string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, label)
}

// Sequence gives examples one after another.
func Sequence(examples []model.Example) iter.Seq2[model.Example, error] {
	return func(yield func(model.Example, error) bool) {
		for _, e := range examples {
			if !yield(e, nil) {
				return
			}
		}
	}
}
