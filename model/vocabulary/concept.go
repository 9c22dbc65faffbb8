// SPDX-License-Identifier: Apache-2.0

package vocabulary

import (
	"slices"
	"strings"
)

// Concept is one term of a controlled list in the sense of SKOS: a stable,
// language-neutral id with labels, a definition and relations. A Concept is
// immutable and safe for concurrent use; a nil *Concept answers every method
// with zero values.
type Concept struct {
	id        string
	scheme    string
	broader   []string
	narrower  []string
	related   []string
	links     map[string][]string
	notations map[string]string
	rank      int
	ranked    bool
	min, max  int64
	bounded   bool
	candidate bool
	texts     map[string]*texts
}

// texts holds the labels and forms of a concept in one language.
type texts struct {
	pref, definition string
	alt, hidden      []phrase
	say              map[Form][]string
}

// phrase is a label with the weight with which it points at its concept.
type phrase struct {
	text   string
	weight float64
	place  place
}

// ID returns the id with its prefix, such as "ch:tokenism".
func (c *Concept) ID() string {
	if c == nil {
		return ""
	}
	return c.id
}

// Slug returns the id without its prefix, such as "tokenism".
func (c *Concept) Slug() string {
	_, local, _ := strings.Cut(c.ID(), ":")
	return local
}

// Scheme returns the name of the scheme that holds the concept.
func (c *Concept) Scheme() string {
	if c == nil {
		return ""
	}
	return c.scheme
}

// PrefLabel returns the preferred label in lang, in the nearest language
// where there is none (see [Languages]), and the id where there is no label
// at all.
func (c *Concept) PrefLabel(lang string) string {
	if c == nil {
		return ""
	}
	for _, l := range chain(c.texts, lang) {
		if t := c.texts[l]; t.pref != "" {
			return t.pref
		}
	}
	return c.id
}

// HasLang reports whether the concept has a preferred label in exactly the
// language lang, so that a caller can mark a fallback as one.
func (c *Concept) HasLang(lang string) bool {
	return c != nil && c.texts[lang] != nil && c.texts[lang].pref != ""
}

// AltLabels returns a copy of the alternative labels in lang, which may be
// shown; there is no fallback to another language.
func (c *Concept) AltLabels(lang string) []string {
	if c == nil || c.texts[lang] == nil {
		return nil
	}
	return phraseTexts(c.texts[lang].alt)
}

// HiddenLabels returns a copy of the phrases that people write and that are
// matched but not shown as names of the concept; there is no fallback.
func (c *Concept) HiddenLabels(lang string) []string {
	if c == nil || c.texts[lang] == nil {
		return nil
	}
	return phraseTexts(c.texts[lang].hidden)
}

// Definition returns the definition in lang, else in the nearest language,
// else "".
func (c *Concept) Definition(lang string) string {
	if c == nil {
		return ""
	}
	for _, l := range chain(c.texts, lang) {
		if t := c.texts[l]; t.definition != "" {
			return t.definition
		}
	}
	return ""
}

// Broader returns the ids of the directly broader concepts, sorted: of the same
// scheme, or of another, as the method of a practice is.
func (c *Concept) Broader() []string {
	if c == nil {
		return nil
	}
	return slices.Clone(c.broader)
}

// Narrower returns the ids of the directly narrower concepts, sorted, whatever
// their scheme: those of a method are its practices.
func (c *Concept) Narrower() []string {
	if c == nil {
		return nil
	}
	return slices.Clone(c.narrower)
}

// Related returns the ids of related concepts, sorted. The relation holds in
// both directions whichever one the data states.
func (c *Concept) Related() []string {
	if c == nil {
		return nil
	}
	return slices.Clone(c.related)
}

// Candidate reports whether the concept is new and not yet tested by people
// who code independently of one another. A candidate may be used in drafts and
// topics; whoever lists codes lists candidates apart.
func (c *Concept) Candidate() bool { return c != nil && c.candidate }

// Links returns the ids that the concept is linked to by the named relation
// into any scheme, such as Links("stage") of a method; sorted.
func (c *Concept) Links(relation string) []string {
	if c == nil {
		return nil
	}
	return slices.Clone(c.links[relation])
}

// Notation returns the concept's code in another system, such as
// Notation("iap2") of a level, and "" where it has none.
func (c *Concept) Notation(system string) string {
	if c == nil {
		return ""
	}
	return c.notations[system]
}

// Rank returns the concept's place in an ordered scheme (levels, evidence
// designs, bands, stages) and false where the scheme has no order for it.
func (c *Concept) Rank() (int, bool) {
	if c == nil {
		return 0, false
	}
	return c.rank, c.ranked
}

// Bounds returns the whole numbers that a band includes, both ends included,
// and false where the concept is not a band. An open upper end is
// math.MaxInt64.
func (c *Concept) Bounds() (low, high int64, ok bool) {
	if c == nil {
		return 0, 0, false
	}
	return c.min, c.max, c.bounded
}

func phraseTexts(ps []phrase) []string {
	out := make([]string, len(ps))
	for i, p := range ps {
		out[i] = p.text
	}
	return out
}
