// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"io/fs"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/sharedpractice/sharedpractice/aggregate"
	shared "github.com/sharedpractice/sharedpractice/examples/internal/words"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// catalogs are the messages of the pages around the guides, beside those that
// the library has for guides.
func catalogs() fs.FS { return shared.Catalogs() }

// config is in which language and words guides and documents are written. Those
// of a draft say, above all else, that nothing of them is published.
func (o options) config() guidance.Config {
	cfg := o.sheetConfig()
	if notice, err := shared.Draft(o.locale, o.lessSure); err == nil && !o.publish {
		cfg.Notice = notice
	}
	return cfg
}

// sheetConfig is in which language and words the sheets of contributors are
// written: they are asked, whether it is a draft or not.
func (o options) sheetConfig() guidance.Config {
	return guidance.Config{Locale: o.locale, Catalogs: catalogs(), Terminology: o.terms, Date: o.now.Format("2006-01-02")}
}

// words are the messages of the pages around the guides.
type words struct {
	*guidance.Catalog
	terms *guidance.Terminology // nil without a preference
}

func openWords(o options) (words, error) {
	c, err := guidance.OpenCatalog(o.locale, catalogs())
	w := words{Catalog: c}
	if err == nil && o.terms != "" {
		w.terms, err = guidance.OpenTerminology(o.terms, o.locale, nil)
	}
	return w, err
}

// say words a message with pairs of a name and a value.
func (w words) say(key string, pairs ...any) string {
	values := map[string]any{}
	for i := 0; i+1 < len(pairs); i += 2 {
		values[fmt.Sprint(pairs[i])] = pairs[i+1]
	}
	return w.Say(key, values)
}

// number is what a message tells of a count: that it is a lower bound, where it is one.
func (w words) number(s aggregate.Support, n int) any {
	if s.AlmostAll {
		return w.say("n-of.almost-all", "n", n)
	}
	return n
}

func (w words) label(c model.Code) string {
	return w.terms.Say(vocabulary.Default().Label(string(c), w.Locale()))
}

// language says which language the pages are in, in that language, and which
// others there are.
func (w words) language() string {
	return w.say("page.language", "language", display.Self.Name(language.Make(w.Locale())), "flag", "-locale", "list", strings.Join(guidance.Locales(), ", "))
}

// english says that a text is in English, to readers of guides in another
// language; "" to others.
func (w words) english() string {
	if base, _ := language.Make(w.Locale()).Base(); base.String() == "en" {
		return ""
	}
	return w.say("private.english")
}
