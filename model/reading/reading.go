// SPDX-License-Identifier: Apache-2.0

package reading

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"sync"

	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/reading/internal/linear"
	"github.com/sharedpractice/sharedpractice/model/reading/weights"
	"github.com/sharedpractice/sharedpractice/model/text"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
	"github.com/sharedpractice/sharedpractice/model/wordtable"
)

// Config sets how accounts are read. The zero value knows the built-in vocabulary.
type Config struct {
	Set *vocabulary.Set // nil is vocabulary.Default()
	// Least is the confidence from which on a code is Told; 0 is the built-in one,
	// from where about four in five are right.
	Least float64
}

// Reader reads accounts. Safe for concurrent use.
type Reader struct {
	set   *vocabulary.Set
	hits  linear.Hits
	facts *vocabulary.Matcher
	model *linear.Bundle
	least float64
}

// errWeights says that the weights cannot be read: a fault of the build.
var errWeights = errors.New("reading: the weights cannot be read")

// errTooLong says that an account is longer than an example may be.
var errTooLong = errors.New("reading: the account is too long")

var bundle = sync.OnceValues(func() (*linear.Bundle, error) {
	return linear.Open(weights.Data(), wordtable.Default())
})

// New makes a reader.
func New(c Config) (*Reader, error) {
	set := c.Set
	if set == nil {
		set = vocabulary.Default()
	}
	b, err := bundle()
	if err != nil {
		return nil, errWeights
	}
	m, err := matchersOf(set)
	if err != nil {
		return nil, err
	}
	return &Reader{set: set, hits: m.hits, facts: m.facts, model: b, least: c.Least}, nil
}

// matchers find the phrases of a vocabulary.
type matchers struct {
	hits  linear.Hits
	facts *vocabulary.Matcher
}

func matchersOf(set *vocabulary.Set) (matchers, error) {
	if set == vocabulary.Default() {
		return builtIn()
	}
	return newMatchers(set)
}

var builtIn = sync.OnceValues(func() (matchers, error) { return newMatchers(vocabulary.Default()) })

func newMatchers(set *vocabulary.Set) (matchers, error) {
	facts, err := vocabulary.NewMatcher(vocabulary.MatcherConfig{Set: set, Schemes: []string{
		vocabulary.Stakeholder, vocabulary.TherapyArea, vocabulary.Sector, vocabulary.Scale, vocabulary.EvidenceDesign,
	}})
	return matchers{linear.NewHits(set), facts}, err
}

// Reading holds the sentences and codes found in an account.
type Reading struct {
	Sentences  []Sentence
	Challenges []Found // surest first, as all four
	Objectives []Found
	Situations []Found
	Methods    []Found
}

// Sentence is one sentence, heading or item of a list. Start and End are bytes.
type Sentence struct {
	text.Span
	Role       string
	Confidence float64 // of the role
	Methods    []model.Code
	Direction  string // of an outcome: positive, mixed, negative, none
}

// Found is a concept that the account speaks of.
type Found struct {
	Code       model.Code
	Confidence float64
	Told       bool // sure enough to be counted
	Candidate  bool // the concept is on trial
	Sentence   int  // that says it most plainly
}

// Read reads an account. hint is the question that it answers, or "".
func (r *Reader) Read(account, hint string) (*Reading, error) {
	if len(account) > model.MaxExampleBytes {
		return nil, errTooLong
	}
	out := &Reading{}
	var texts []string
	for _, s := range linear.Sentences(account) {
		out.Sentences = append(out.Sentences, Sentence{Span: s})
		texts = append(texts, text.Repair(account[s.Start:s.End]))
	}
	if len(texts) == 0 {
		return out, nil
	}
	marked, roles := r.model.Mark(texts, hint)
	doc := r.model.Document(texts, marked, roles, r.hits)
	features := linear.Pool(r.model.Codes, doc, r.model.Prior)
	sure := r.model.Judge.All(r.model.Codes.Labels, features)
	for l, label := range r.model.Codes.Labels {
		concept, ok := r.set.Concept(label)
		if !ok {
			continue
		}
		f := Found{
			Code: model.Code(label), Confidence: sure[l], Candidate: concept.Candidate(),
			Told: sure[l] >= cmp.Or(r.least, r.model.Judge.Threshold(label)), Sentence: plainest(doc, l, label),
		}
		switch concept.Scheme() {
		case vocabulary.Challenge:
			out.Challenges = append(out.Challenges, f)
		case vocabulary.Objective:
			out.Objectives = append(out.Objectives, f)
		case vocabulary.Situation:
			out.Situations = append(out.Situations, f)
		case vocabulary.Method:
			out.Methods = append(out.Methods, f)
		}
	}
	for _, all := range [][]Found{out.Challenges, out.Objectives, out.Situations, out.Methods} {
		slices.SortStableFunc(all, func(a, b Found) int { return cmp.Compare(b.Confidence, a.Confidence) })
	}
	for i := range out.Sentences {
		s := &out.Sentences[i]
		s.Role, s.Confidence = marked[i].Role, marked[i].Sure
		switch s.Role {
		case "action":
			s.Methods = r.methods(marked[i], doc.Hits[i], sure)
		case "outcome":
			s.Direction = r.direction(texts[i])
		}
	}
	return out, nil
}

// plainest is the sentence that speaks for a code most.
func plainest(d linear.Document, label int, code string) int {
	best, at := float32(-1e9), 0
	for i, s := range d.Sentences {
		v := s[label] + float32(3*d.Hits[i][code])
		if v > best {
			best, at = v, i
		}
	}
	return at
}

// methods are those that one step uses: likely in the sentence and in the account.
func (r *Reader) methods(m linear.Marked, hits map[string]float64, sure []float64) []model.Code {
	type point struct {
		label int
		p     float64
	}
	var points []point
	for l, label := range r.model.Codes.Labels {
		if !strings.HasPrefix(label, "me:") || !r.set.Scheme(vocabulary.Method).Has(label) {
			continue
		}
		p := linear.Sigmoid(float64(m.Scores[l]))
		if hits[label] > 0 {
			p = 1 - (1-p)*0.6
		}
		if p = 0.6*p + 0.4*sure[l]; p >= 0.3 {
			points = append(points, point{l, p})
		}
	}
	slices.SortStableFunc(points, func(a, b point) int { return cmp.Compare(b.p, a.p) })
	var out []model.Code
	for _, p := range points[:min(len(points), 3)] {
		out = append(out, model.Code(r.model.Codes.Labels[p.label]))
	}
	return out
}

func (r *Reader) direction(s string) string {
	score := r.model.Directions.Score(nil, linear.Words(s, r.model.Table))
	return r.model.Directions.Labels[slices.Index(score, slices.Max(score))]
}
