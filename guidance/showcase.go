// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/guidance/internal/words"
	"github.com/sharedpractice/sharedpractice/model"
)

// errAcknowledgement says that an example to be shown by name lacks what it must be
// shown with.
var errAcknowledgement = fmt.Errorf("%w: an acknowledgement is missing", errCheck)

// Showcase writes the examples that may be shown by name, each with its
// attribution, licence and the acknowledgement of who paid. One that lacks what
// it must be shown with is errCheck: nothing is shown then.
func Showcase(c *aggregate.Collection, cfg Config) (*Guide, error) {
	w, err := newWriter(c, cfg)
	if err != nil {
		return nil, err
	}
	groups := map[model.Level][]Example{}
	for _, x := range c.Showcase {
		if rule := owes(x); rule != "" {
			return nil, fmt.Errorf("%w: %s: %s", errAcknowledgement, x.ID, rule)
		}
		groups[x.Level] = append(groups[x.Level], w.exhibit(x))
	}
	g := w.document(kindShowcase, "showcase", words.Values{"n": len(c.Showcase)})
	w.add(g, "about", list(w.frames(nil, "showcase.about.named", "showcase.about.words", "showcase.about.licence")...),
		Block{Kind: Note, Claims: w.frames(nil, "about.bias")}, w.ask("introduction", "showcase.slot.introduction", TextSlot, 150))
	for _, part := range []struct {
		id    string
		level model.Level
	}{{"public", model.Public}, {"attributed", model.Attributed}} {
		blocks := []Block{paragraph(w.frame("showcase."+part.id+".none", nil))}
		if found := groups[part.level]; len(found) > 0 {
			blocks = []Block{paragraph(w.frame("showcase."+part.id+".lead", words.Values{"n": len(found)})), {Kind: Examples, Examples: found}}
		}
		w.add(g, part.id, blocks...)
	}
	w.add(g, "learn", list(w.prompts("showcase.discuss.", "take", "differs", "unsaid", "ask")...), w.ask("lessons", "showcase.slot.lessons", TextSlot, 150))
	return w.finish(g)
}

// exhibit is an example with what it is about, in the words of the vocabulary.
func (w *writer) exhibit(x aggregate.Exhibit) Example {
	e := Example{Title: x.Title, By: x.Name, Summary: x.Summary, Did: slices.Clone(x.Did), Sources: slices.Clone(x.Sources)}
	for _, a := range x.Acknowledgements {
		// A source's attribution is printed with the source.
		if !slices.ContainsFunc(x.Sources, func(s anonymize.Source) bool { return s.Attribution == a }) {
			e.Acknowledgements = append(e.Acknowledgements, a)
		}
	}
	var kind []string
	if x.Kind != "" {
		kind = []string{w.label(x.Kind)}
	}
	for _, code := range slices.Concat(x.Challenges, x.Objectives) {
		if code != "" {
			e.About = append(e.About, w.label(code))
		}
	}
	if len(e.Did) > 0 {
		e.DidLabel = w.say("example.did", nil)
	}
	fact := func(key string, lines ...string) {
		for _, line := range lines {
			if line != "" {
				e.Facts = append(e.Facts, Fact{Label: w.say("example."+key, nil), Value: line})
			}
		}
	}
	fact("kind", kind...)
	fact("about", words.Semicolons(w.lang, e.About))
	fact("acknowledgement", e.Acknowledgements...)
	for _, s := range e.Sources {
		fact("source", words.SourceLine(s.Title, s.Publisher, s.Year, reachable(s.URL)))
		fact("attribution", s.Attribution)
		if !namesLicence(s.Attribution, s.Licence) {
			fact("licence", s.Licence)
		}
	}
	e.About = slices.Concat(kind, e.About)
	return e
}

// reachable is an address, "" for one that nobody can open: names ending so are kept for
// made-up examples (RFC 2606).
func reachable(address string) string {
	if u, err := url.Parse(address); err == nil {
		for _, end := range []string{".example", ".test", ".invalid", ".localhost"} {
			if strings.HasSuffix(strings.ToLower(u.Hostname()), end) {
				return ""
			}
		}
	}
	return address
}

// namesLicence reports whether an attribution names the licence already, however
// it is spelled: "OGL v3.0" is "OGL-3.0".
func namesLicence(attribution, licence string) bool {
	plain := func(s string) string {
		s = strings.NewReplacer(" v", "", "-v", "").Replace(strings.ToLower(s))
		return strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				return r
			}
			return -1
		}, s)
	}
	return licence != "" && strings.Contains(plain(attribution), plain(licence))
}

// owes names what an exhibit must be shown with and is not, "" for nothing.
func owes(x aggregate.Exhibit) string {
	switch {
	case x.Level < model.Attributed:
		return "its level does not let it be named"
	case x.Level == model.Public && len(x.Sources) == 0:
		return "a public example has no public source"
	case x.Level == model.Attributed && x.Name == "":
		return "an attributed example has no name"
	case x.Funded && len(x.Acknowledgements) == 0:
		return "funded work acknowledges nobody"
	}
	for _, s := range x.Sources {
		if attributing(s.Licence) && s.Attribution == "" && len(x.Acknowledgements) == 0 {
			return "a source's licence asks for an attribution"
		}
	}
	return ""
}

// attributing reports whether a licence asks for attribution: all that are
// named do, but for those that waive it.
func attributing(licence string) bool {
	return licence != "" && !slices.Contains([]string{"none", "CC0-1.0"}, licence)
}

// Lines returns the lines to print between the title of an example and its steps: who
// gave it, and its summary; those that are empty are left out.
func (x Example) Lines() []string {
	return slices.DeleteFunc([]string{x.By, x.Summary}, func(s string) bool { return s == "" })
}
