// SPDX-License-Identifier: Apache-2.0

package aggregate

import (
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// ItemKey names a published number, the same in every edition. It says among whom
// is counted and what:
//
//	all                          all examples; all/guidance, all/uncoded: those of them that ...
//	topic/ID, near/CODE, cell/ID those of a topic, a group of topics, a cell of the crosstab
//	WHERE/FACET/CODE             those of WHERE that have a code
//	WHERE/NAME                   those of WHERE for whom NAME holds, such as measured
//	WHERE/STATEMENT              those of WHERE that say so; again with /FACET/CODE or /NAME
//	WHERE/STATEMENT/words-HASH   those that say so in the same words
//	proposed/SCHEME/ID           a group of uncoded statements
//
// ID is written with hyphens for the colons of codes.
type ItemKey string

// AllItems is the key of all examples together.
const AllItems ItemKey = "all"

const (
	topicScope    = "topic"
	cellScope     = "cell"
	groupScope    = "near"
	proposedScope = "proposed"
	wordsMark     = "words-"
)

// guidanceItems is the key of the examples that may speak in guidance: the
// statements of all examples are counted among them.
const guidanceItems = AllItems + "/guidance"

// Key is the key of a topic.
func (t Topic) Key() ItemKey { return topicScope + "/" + ItemKey(t.ID) }

// Key is the key of a group of topics.
func (c TopicGroup) Key() ItemKey { return groupScope + "/" + ItemKey(c.Code) }

// Key is the key of a cell.
func (x Cell) Key() ItemKey { return cellScope + "/" + ItemKey(pair{x.Challenge, x.Objective}.id()) }

// Facet is the key of those of k for whom something holds.
func (k ItemKey) Facet(name string) ItemKey { return k + "/" + ItemKey(name) }

// Count is the key of those of k that have a code of a facet.
func (k ItemKey) Count(facet string, code model.Code) ItemKey {
	return k + "/" + ItemKey(facet) + "/" + ItemKey(code)
}

// Statement is the key of a statement among those of k. One that no concept covers
// is its first wording.
func (k ItemKey) Statement(id string) ItemKey {
	return k + "/" + ItemKey(strings.Replace(id, "."+wordsMark, "/"+wordsMark, 1))
}

// Wording is the key of a wording of a statement among those of k.
func (k ItemKey) Wording(statement, text string) ItemKey {
	statement, _, _ = strings.Cut(statement, "."+wordsMark)
	return k + "/" + ItemKey(statement) + "/" + wordsMark + ItemKey(wordsHash(text))
}

// wordsHash names a wording in keys.
func wordsHash(text string) string { return model.HashText(text)[:12] }

func proposedKey(scheme, id string) ItemKey {
	return proposedScope + "/" + ItemKey(scheme) + "/" + ItemKey(strings.ToLower(id))
}

// keyParts is a key taken apart.
type keyParts struct {
	scope     string // all, topic, near, cell or proposed
	id        string // of the topic, group, cell or proposal; none of all
	statement string // its id but for words, where it is one
	words     string // hash of a wording
	facet     string // or the name of what holds
	code      string // of the facet
}

// parse takes a key apart; not ok where nothing has such a key.
func (k ItemKey) parse() (p keyParts, ok bool) {
	scope, rest, more := strings.Cut(string(k), "/")
	p.scope = scope
	switch scope {
	case string(AllItems):
		if !more {
			return p, true
		}
	case topicScope, groupScope, cellScope:
		p.id, rest, more = strings.Cut(rest, "/")
		if !more || scope == cellScope || p.id == "" {
			return p, p.id != "" && !more
		}
	case proposedScope:
		p.id = rest
		scheme, id, _ := strings.Cut(rest, "/")
		return p, scheme != "" && id != ""
	default:
		return p, false
	}
	first, rest, more := strings.Cut(rest, "/")
	if isStatement(first, rest) {
		if p.statement = first; !more {
			return p, true
		}
		if words, ok := strings.CutPrefix(rest, wordsMark); ok {
			p.words = words
			return p, words != "" && !strings.Contains(words, "/")
		}
		first, rest, more = strings.Cut(rest, "/")
	}
	p.facet, p.code = first, rest
	return p, first != "" && (rest != "") == more
}

// isStatement tells the id of a statement, kind.part.code, from the name of a facet.
func isStatement(segment, next string) bool {
	kind, _, more := strings.Cut(segment, ".")
	switch Kind(kind) {
	case ChallengeStatement, StepStatement, LessonStatement, OutcomeStatement, CriterionStatement, ResourceStatement,
		PrerequisiteStatement, StartStatement, SustainStatement, AdaptStatement, UnsuitableStatement:
		return more || strings.HasPrefix(next, wordsMark)
	}
	return false
}

func (p keyParts) key() ItemKey {
	k := ItemKey(p.scope)
	for _, part := range []string{p.id, p.statement, p.facet, p.code} {
		if part != "" {
			k += "/" + ItemKey(part)
		}
	}
	if p.words != "" {
		k += "/" + wordsMark + ItemKey(p.words)
	}
	return k
}

// concept is what a statement is about, and how its id begins.
func (p keyParts) concept(v *vocabulary.Set) (c *vocabulary.Concept, kind string, ok bool) {
	at := strings.LastIndexByte(p.statement, '.') + 1
	if at == 0 || p.words != "" {
		return nil, "", false
	}
	c, ok = v.Concept(strings.Replace(p.statement[at:], "-", ":", 1))
	return c, p.statement[:at], ok
}

// Nested lists the keys under which the same examples tell the same of a broader or a
// narrower concept, such as of a family of methods: one holds what the other counts.
// v is the vocabulary; nil is vocabulary.Default.
func (k ItemKey) Nested(v *vocabulary.Set) []ItemKey {
	if v == nil {
		v = vocabulary.Default()
	}
	p, ok := k.parse()
	if !ok {
		return nil
	}
	c, kind, ok := p.concept(v)
	if !ok || c.Scheme() != vocabulary.Theme && c.Scheme() != vocabulary.Method && !c.IsGroup() {
		return nil
	}
	var out []ItemKey
	for _, id := range slices.Concat(c.Broader(), c.Narrower()) {
		if other, ok := v.Concept(id); ok && other.Scheme() != vocabulary.Practice {
			p.statement = kind + hyphened(id)
			out = append(out, p.key())
		}
	}
	return out
}

// Said is what a statement says, or what examples have that are counted by a code,
// whoever says so: the key without the topic, the group of topics, or the whole
// collection among which it is counted. Empty for anything else.
func (k ItemKey) Said() string {
	p, ok := k.parse()
	switch {
	case !ok || p.words != "" || p.scope == proposedScope:
		return ""
	case p.facet != "" && p.code == "":
		return ""
	case p.facet != "":
		return strings.TrimPrefix(p.statement+"/"+p.facet+"/"+p.code, "/")
	}
	return p.statement
}

// Valid reports whether an item can have such a key.
func (k ItemKey) Valid() bool {
	_, ok := k.parse()
	return ok
}

// Total reports whether k is the key of all examples together, or of those that may
// speak in guidance: their numbers stand beside every topic.
func (k ItemKey) Total() bool { return k == AllItems || k == guidanceItems }

// Proposed reports whether k is the key of a group of uncoded statements. It says
// which group only within one edition.
func (k ItemKey) Proposed() bool {
	p, ok := k.parse()
	return ok && p.scope == proposedScope
}

// Breadth orders that among which an item is counted: whoever is of a topic (0) is of
// its group of topics (1) and of all (2).
func (k ItemKey) Breadth() int {
	switch p, _ := k.parse(); p.scope {
	case string(AllItems):
		return 2
	case groupScope:
		return 1
	}
	return 0
}

// inTopicGroup reports whether k is the key of a group of topics or of something within one.
func (k ItemKey) inTopicGroup() bool {
	p, ok := k.parse()
	return ok && p.scope == groupScope
}

// Within lists the keys of those among whom an item may be counted, the narrowest
// first.
func (k ItemKey) Within() []ItemKey {
	p, ok := k.parse()
	if !ok || k == AllItems {
		return nil
	}
	if p.scope == proposedScope {
		return []ItemKey{AllItems}
	}
	var out []ItemKey
	if p.facet != "" || p.words != "" {
		p.facet, p.code, p.words = "", "", ""
		if p.statement != "" {
			out = append(out, p.key())
		}
	}
	if p.scope == string(AllItems) {
		if p.statement != "" {
			return append(out, guidanceItems)
		}
		return []ItemKey{AllItems}
	}
	p.statement = ""
	if whole := p.key(); whole != k {
		out = append(out, whole)
	}
	return append(out, AllItems)
}

// Population splits a key into the codes of those among whom is counted, none for
// all of them, and what is counted: a topic, a cell of the crosstab and the total of
// a challenge tell of the same examples. How often a step is taken is told by bands
// or by spans of them: one is held against the others, since two of them may differ
// by a few only. A family's group of topics and the topic of that family are held
// against one another: see Akin.
func (k ItemKey) Population() (codes []string, what string) {
	p, ok := k.parse()
	if !ok {
		return nil, string(k)
	}
	what = strings.TrimPrefix(strings.TrimPrefix(string(k[len(p.scope):]), "/"+p.id), "/")
	if p.facet == oftenFacet {
		what = strings.TrimSuffix(what, "/"+p.code)
		if p.scope == string(AllItems) {
			return []string{p.scope}, what
		}
	}
	switch {
	case p.scope == topicScope, p.scope == cellScope:
		return strings.Split(p.id, "."), what
	case p.scope == string(AllItems) && p.statement == "" && (p.facet == "challenge" || p.facet == "objective") && p.code != "":
		return []string{hyphened(p.code)}, ""
	case p.scope == string(AllItems) && k != AllItems:
		return nil, what
	case p.scope == groupScope && strings.HasPrefix(p.id, "fa:"):
		return []string{groupScope, hyphened(p.id)}, what
	}
	return nil, string(k)
}

// Akin reports whether two lists of codes, as Population gives them, may tell of
// nearly the same examples: all codes of one are codes of the other, where a family
// of challenges has those of its challenges. v says which these are; nil is
// vocabulary.Default.
func Akin(one, other []string, v *vocabulary.Set) bool {
	if len(one) > len(other) {
		one, other = other, one
	}
	return len(one) > 0 && !slices.ContainsFunc(one, func(code string) bool {
		return !slices.ContainsFunc(other, func(of string) bool { return code == of || inFamily(code, of, v) || inFamily(of, code, v) })
	})
}

// inFamily reports whether a challenge lies in a family, codes as in ids. One that
// is not known may.
func inFamily(challenge, family string, v *vocabulary.Set) bool {
	if !strings.HasPrefix(challenge, "ch-") || !strings.HasPrefix(family, "fa-") {
		return false
	}
	if v == nil {
		v = vocabulary.Default()
	}
	c, ok := v.Concept(strings.Replace(challenge, "-", ":", 1))
	return !ok || slices.Contains(c.Links("family"), strings.Replace(family, "-", ":", 1))
}

// hyphened writes codes as they stand in ids.
func hyphened(codes string) string { return strings.ReplaceAll(codes, ":", "-") }
