// SPDX-License-Identifier: Apache-2.0

// Package recognize finds what in a text identifies, or helps to identify,
// people and organisations: declared names in every form people write, names
// nobody declared, places, programmes, dates, contact details and formatted
// identifiers.
//
// A Document is a text prepared once. A Recognizer reports Findings in it, as
// spans of the original bytes. Detect runs recognisers, carries every
// detection to all its mentions, and returns disjoint findings:
//
//	doc, err := recognize.NewDocument(input)
//	rs, err := recognize.Default(language.BritishEnglish)
//	found, err := recognize.Detect(ctx, []*recognize.Document{doc}, rs, recognize.Options{Strict: true})
//
// Declared names come first: put the Dictionary made of them in front of the
// built-in recognisers. A declared name is found through disguises (zero-width
// characters, look-alikes, spaced-out letters, line-end hyphens), inside
// e-mail addresses, URLs and hashtags, abbreviated, reversed and misspelled by
// one letter.
//
// Names that nobody declared are found by what stands around them (titles,
// initials, head nouns, legal forms, verbs of saying), by their shape, and by a
// small linear classifier. No list gates a name, so names of every culture are
// found; lists help to tell kinds apart and to leave readable what names
// nobody: months, eponyms, posts, conditions, and public terms, a list that the
// caller may replace.
//
// The two strengths: by default what is recognised is reported; with
// Options.Strict every capitalised, unknown or numeric token that no stated
// reason clears is reported too. Strict findings always include the others.
//
// What it does not protect against: a description that identifies without a
// name ("the only hospice on the island"), writing style, a nickname that
// neither looks like a name nor was declared, names in lower case that are
// also everyday words, and text in languages other than English, for which
// only declared names, formatted identifiers and capitals are recognised.
//
// Nothing in this package logs, and no error holds text. Finding.Entity does
// hold text from the document: it is a key for giving one entity one
// pseudonym, and must never be printed or stored.
//
// Promised stable: the exported names, Kind values, and that findings are
// sorted, disjoint, in bounds and on character boundaries. Which words are
// found will change, towards more.
package recognize

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"

	"golang.org/x/text/language"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// Kind is the kind of thing that a finding names.
type Kind string

// The kinds of finding.
const (
	Person  Kind = "PERSON"  // a person's name
	Org     Kind = "ORG"     // an organisation, team or service by name
	Place   Kind = "LOC"     // a place, address or postcode; a nationality
	Date    Kind = "DATE"    // a date, year, period or age
	Contact Kind = "CONTACT" // an address by which somebody is reached
	Code    Kind = "CODE"    // an identifier
	Brand   Kind = "BRAND"   // a programme, campaign, product or medicine
	Other   Kind = "OTHER"   // money, odd figures, and what is only suspect
)

// Finding is one place in a document that identifies, or helps to identify.
// It prints without its Entity.
type Finding struct {
	// Span holds byte offsets into the original text: whole words, without a
	// trailing possessive.
	text.Span
	Kind Kind
	// Subtype says more about the kind, for operators that generalise: "email",
	// "phone", "uk-postcode", "nhs-number", "age", "money", "year", "date",
	// "month-year", "hashtag", "medicine", "hospital", "university" ...; "" if
	// there is nothing more to say.
	Subtype string
	// Recognizer names who found it, Rule the rule inside it.
	Recognizer, Rule string
	// Score is the strength of the evidence: 1 declared or checksummed, 0.9 a
	// labelled or fully shaped identifier, 0.7 grammar or title, 0.5 a learned or
	// propagated name, 0.4 what stands around a name, 0.3 default deny.
	Score float64
	// Declared reports a declared identity; no threshold applies to it.
	Declared bool
	// Entity is the same for all mentions of one entity in the documents given
	// together. It holds text of the document: never print, log or store it.
	Entity string
	// Owner is the Declared.Owner of a declared identity.
	Owner string
}

// Format prints where and why, never the entity.
func (f Finding) Format(s fmt.State, _ rune) {
	_, _ = fmt.Fprintf(s, "%d-%d %s %s %s/%s %.2f", f.Start, f.End, f.Kind, f.Subtype, f.Recognizer, f.Rule, f.Score)
}

// LogValue logs what Format prints.
func (f Finding) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(f)) }

// Recognizer finds one kind of thing. Implementations are safe for concurrent
// use, do not keep the document, and put no text of it into an error.
type Recognizer interface {
	// Name is a short stable name, for decision logs.
	Name() string
	// Recognize reports findings in any order; they may overlap.
	Recognize(ctx context.Context, d *Document) ([]Finding, error)
}

// Errors to be tested with errors.Is.
var (
	// ErrUnknownLocale: there are no built-in recognisers for the language.
	ErrUnknownLocale = errors.New("recognize: unknown locale")
	// ErrContract: a recogniser reported a span outside the document or inside a
	// character.
	ErrContract = errors.New("recognize: recogniser broke its contract")
	// ErrEmptyName: a declared identity holds no letter or digit.
	ErrEmptyName = errors.New("recognize: declared name holds no letter or digit")
)

// rule is the form in which built-in recognisers are written.
type rule struct {
	name string
	run  func(d *Document, emit func(Finding))
}

func (r rule) Name() string { return r.name }

func (r rule) Recognize(ctx context.Context, d *Document) ([]Finding, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var out []Finding
	r.run(d, func(f Finding) {
		f.Recognizer = r.name
		out = append(out, f)
	})
	return out, nil
}

// Default returns the built-in recognisers for a language, in the order in
// which they should run. Any English is served, British usage first; another
// language is ErrUnknownLocale, never a silent fallback.
func Default(lang language.Tag) ([]Recognizer, error) {
	base, conf := lang.Base()
	if conf < language.High || base.String() != "en" {
		return nil, ErrUnknownLocale
	}
	return builtin(), nil
}

// builtin lists the built-in recognisers in the order in which they run.
func builtin() []Recognizer {
	return []Recognizer{
		rule{"email", emails},
		rule{"url", urls},
		rule{"handle", all(handles, fileNames, endedFiles)},
		rule{"phone", phones},
		rule{"address", addresses},
		rule{"postcode", postcodes},
		rule{"health-number", healthNumbers},
		rule{"code", codes},
		rule{"registration", registrations},
		rule{"bank", bank},
		rule{"date", all(dates, calendar, dateLists)},
		rule{"age", ages},
		rule{"money", money},
		rule{"number", numbers},
		rule{"figure", all(oddFigures, counts)},
		rule{"claim", claims},
		rule{"post", posts},
		rule{"spelled", spelled},
		rule{"premises", premises},
		rule{"title", all(quoted, linked, documents, apposed, between, beforeKind, afterKind, dayNames, namedTimes, opening, headed, labelledNames, episodes, awardNames, datedTitles)},
		rule{"duration", durations},
		rule{"initials", initialled},
		rule{"partners", partners},
		rule{"body", all(bodies, national, conditionBodies, bodiesWithoutArticle, namedGroups, glossed, subjects, lowerBodies, lowerScraps)},
		rule{"medicine", medicines},
		rule{"programme", all(programmes, programmesOfKinds, awardLines, writtenOut, longForm, lettersOfBody, lettersApart)},
		rule{"name", all(speakers, firstNames, soleSubjects, lowSubjects, bearers, signedOff, paired, attendance, reversed, minuted, transcript, lettered, signed, authors, lowerNames, bareNames, flatNames, lowRolls, spacedLetters, wordsAsNames, lettersOfOne, callRoll, turns, spokenTo)},
		nameFinder{tagger},
	}
}

// all runs one after the other.
func all(rules ...func(*Document, func(Finding))) func(*Document, func(Finding)) {
	return func(d *Document, emit func(Finding)) {
		for _, run := range rules {
			run(d, emit)
		}
	}
}

// ask asks the recognisers.
func (s *search) ask(ctx context.Context, d *Document) (all, merged []Finding, err error) {
	took := taking{document: d, public: s.public}
	if s.one {
		took.all = s.all[:0]
	}
	if took.all == nil {
		took.all = make([]Finding, 0, 8+len(d.words)/8)
	}
	emit := took.own
	for _, r := range s.rs {
		if run := s.built(r); run != nil {
			if err := ctx.Err(); err != nil {
				return nil, nil, fmt.Errorf("recognize: %s: %w", r.Name(), err)
			}
			took.name = r.Name()
			if run(d, emit); took.broken {
				return nil, nil, errSpan(r)
			}
			continue
		}
		fs, err := r.Recognize(ctx, d)
		if err != nil {
			return nil, nil, fmt.Errorf("recognize: %s: %w", r.Name(), err)
		}
		for _, f := range fs {
			if !d.valid(f.Span) {
				return nil, nil, errSpan(r)
			}
			took.take(f)
		}
	}
	if s.one {
		s.all = took.all
	}
	if !s.one {
		return slices.Clip(took.all), d.listed(d.wholeTitles(merge(d, took.all))), nil
	}
	return took.all, d.listed(d.wholeTitles(s.merge(d, took.all))), nil
}

// built is what a built-in recogniser runs, nil of others.
func (s *search) built(r Recognizer) func(*Document, func(Finding)) {
	switch r := r.(type) {
	case rule:
		return r.run
	case nameFinder:
		return func(d *Document, emit func(Finding)) { r.find(d, &s.verdicts, emit) }
	}
	return nil
}

// taking takes what recognisers find in a document.
type taking struct {
	document *Document
	public   termSet
	all      []Finding
	name     string // of the rule that finds
	broken   bool   // it found what is outside the text
}

// take takes a finding within the text.
func (t *taking) take(f Finding) {
	if f, ok := t.document.tidy(f); ok && !t.public.shields(t.document, f) {
		t.all = append(t.all, f)
	}
}

// own takes what a rule finds.
func (t *taking) own(f Finding) {
	f.Recognizer = t.name
	if t.broken = t.broken || !t.document.valid(f.Span); !t.broken {
		t.take(f)
	}
}
