// SPDX-License-Identifier: Apache-2.0

package redact

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"

	"golang.org/x/text/language"

	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
)

// Config configures a Redactor. The zero value is the most private that
// leaves text at all: built-in recognisers for British English, default deny,
// every finding removed.
type Config struct {
	// Recognizers run in this order; nil is recognize.Default for British English.
	// Rare conditions are always looked for.
	Recognizers []recognize.Recognizer
	// Extra are recognisers beside those: they add to what is masked, and switch
	// nothing off.
	Extra []recognize.Recognizer
	// Declared are the names that the parties declared. They are found in every form
	// that people write, before all else.
	Declared []recognize.Declared `json:"-"`
	// Balanced masks what is recognised. Without it every capitalised or unknown word
	// and every number has to be cleared by a stated reason, or it is masked.
	Balanced bool
	// Policy gives the operator for each kind.
	Policy Policy
	// Collection names the collection, or the edition, through which a pseudonym means
	// the same: a keyed token, the same in every call with the same Key. Whoever reads
	// two of its texts can see that they speak of the same person; those of two names,
	// or two keys, do not link. Without it each document numbers anew.
	Collection string
	// Key is the secret of the pseudonyms of a Collection; at least 16 bytes.
	Key []byte `json:"-"`
	// Public are names that stay readable; nil is the recognisers' built-in list. A
	// declared name is never public.
	Public []string
}

// Format implements fmt.Formatter: a configuration holds names and a key, and prints neither.
func (c Config) Format(f fmt.State, _ rune) {
	fmt.Fprintf(f, "[redactor configuration, %d declared]", len(c.Declared))
}

// LogValue implements slog.LogValuer.
func (c Config) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(c)) }

// Passage is a raw text of a contributor. It prints as its length only.
type Passage struct {
	// Document tells which passages are one document: the fields of an example, the
	// cells of a table. Passages with the same value share their pseudonyms.
	Document string
	Text     string
	// Declared are names to be found beside the Redactor's own, in all passages of the call.
	Declared []recognize.Declared `json:"-"`
	// Policy, if not nil, tightens the Redactor's for this passage; it cannot loosen it.
	Policy *Policy
	// Strict applies default deny to this passage, though the Redactor be balanced.
	Strict bool
	// Named, if not nil, says who stands beside this passage by name.
	Named *Named
}

// Format implements fmt.Formatter: every verb prints "[passage N bytes]".
func (p Passage) Format(f fmt.State, _ rune) { fmt.Fprintf(f, "[passage %d bytes]", len(p.Text)) }

// LogValue implements slog.LogValuer.
func (p Passage) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(p)) }

// Named says who stands beside a passage by name: whose declared names fall under
// its policy. What others declared was not theirs to tell, and stays closed
// though the policy keep names.
type Named struct {
	// Own are the names that may be told.
	Own []recognize.Declared
	// Tell keeps their organisations readable, whatever the policy.
	Tell bool
	// Closed is the policy for the names of others.
	Closed Policy
}

// Format implements fmt.Formatter: it prints a count only.
func (n Named) Format(f fmt.State, _ rune) { fmt.Fprintf(f, "[%d named]", len(n.Own)) }

// LogValue implements slog.LogValuer.
func (n Named) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(n)) }

// Redacted is a passage after redaction.
type Redacted struct {
	Text string `json:"text"`
	// Decisions are in the order of the text and do not overlap, but for those to
	// keep, which are inside no cut.
	Decisions []Decision `json:"decisions,omitempty"`
}

// Decision is a row of the decision log: what was found where, by which rule, and
// what was done. It never holds the text.
type Decision struct {
	// Start and End are byte offsets of the cut in the passage.
	Start int `json:"start"`
	End   int `json:"end"`
	// FoundStart and FoundEnd are those of what was found; the cut may have grown
	// over an article before it or an apostrophe after it.
	FoundStart int `json:"found_start"`
	FoundEnd   int `json:"found_end"`
	// OutputStart and OutputEnd are those of what replaced it in the redacted text.
	OutputStart int            `json:"output_start"`
	OutputEnd   int            `json:"output_end"`
	Kind        recognize.Kind `json:"kind"`
	Subtype     string         `json:"subtype,omitempty"`
	Recognizer  string         `json:"recognizer"`
	Rule        string         `json:"rule"`
	Score       float64        `json:"score"`
	Declared    bool           `json:"declared,omitempty"`
	Operator    Operator       `json:"operator"` // as carried out: a value that could not be generalised was labelled
}

// Redactor finds what identifies in texts and carries a policy out on it. Safe
// for concurrent use. It is used by pointer; only its printing takes the value,
// so that a copy prints nothing either.
type Redactor struct { //nolint:recvcheck // see above
	recognizers []recognize.Recognizer
	more        []recognize.Recognizer // declared names and extra recognisers: what they find comes on top
	options     recognize.Options
	policy      Policy
	collection  string
	key         []byte
	whole       int // the longest text that is read whole
}

// errZero says that a Redactor was not made by New: it returns nothing.
var errZero = errors.New("redact: a zero Redactor redacts nothing; make one with New")

// errUnstable says that redacting went on finding something new in its own
// output; there is no output then. Test with errors.Is.
var errUnstable = errors.New("redact: redaction does not settle")

// New checks the configuration and copies it. It fails on a policy that
// cannot be carried out, on a missing or short key (ErrKey), and
// on what the recognisers do not accept.
func New(c Config) (*Redactor, error) {
	if err := c.Policy.Validate(); err != nil {
		return nil, err
	}
	if (c.Collection != "" || len(c.Key) > 0) && len(c.Key) < MinKey {
		return nil, ErrKey
	}
	rs := slices.Clone(c.Recognizers)
	if c.Recognizers == nil {
		var err error
		if rs, err = recognize.Default(language.BritishEnglish); err != nil {
			return nil, fmt.Errorf("redact: recognisers: %w", err)
		}
	}
	more, err := withDictionary(slices.Clone(c.Extra), c.Declared)
	if err != nil {
		return nil, err
	}
	return &Redactor{
		recognizers: append(rs, conditionRecognizer{}),
		more:        more,
		options:     recognize.Options{Strict: !c.Balanced, Public: slices.Clone(c.Public)}.Reusing(),
		policy:      Policy{Rules: slices.Clone(c.Policy.Rules)},
		collection:  c.Collection,
		key:         slices.Clone(c.Key),
		whole:       longestWhole,
	}, nil
}

// withDictionary puts a dictionary of the declared names before the recognisers.
func withDictionary(rs []recognize.Recognizer, declared []recognize.Declared) ([]recognize.Recognizer, error) {
	if len(declared) == 0 {
		return rs, nil
	}
	dictionary, err := recognize.NewDictionary(declared)
	if err != nil {
		return nil, fmt.Errorf("redact: declared names: %w", err)
	}
	return append([]recognize.Recognizer{dictionary}, rs...), nil
}

// Format implements fmt.Formatter: a redactor holds names and a key, and prints neither.
func (r Redactor) Format(f fmt.State, _ rune) { fmt.Fprint(f, "[redactor]") }

// LogValue implements slog.LogValuer.
func (r Redactor) LogValue() slog.Value { return slog.StringValue("[redactor]") }

// Redact redacts the passages of one contributor together: what is found in one
// is masked in all. The result has one Redacted for each passage, in order. Text
// outside the cuts is unchanged, byte for byte; redacting the result again
// changes nothing. Invalid UTF-8 is an error; an error yields no output at all.
func (r *Redactor) Redact(ctx context.Context, passages []Passage) ([]Redacted, error) {
	return r.RedactWithKeys(ctx, passages, nil)
}

// RedactWithKeys is Redact, and adds to keys what each pseudonym stands for.
func (r *Redactor) RedactWithKeys(ctx context.Context, passages []Passage, keys *KeyFile) ([]Redacted, error) {
	if r == nil {
		return nil, errZero
	}
	return r.redact(ctx, passages, newRun(newPseudonyms(r.collection, r.key, keys)), nil, nil)
}

// run keeps the state between passages, and between blocks of a stream.
type run struct {
	names     *pseudonyms
	dates     map[string]*relativeDates // by document
	midstream bool                      // the text continues a sentence of an earlier block
	piece     *page                     // of which a piece is being read
}

func newRun(names *pseudonyms) *run {
	return &run{names: names, dates: map[string]*relativeDates{}}
}

func (s *run) datesOf(document string) *relativeDates {
	d := s.dates[document]
	if d == nil {
		d = &relativeDates{}
		s.dates[document] = d
	}
	return d
}

// redact is Redact with what lasts beyond it and the names known already; if noted is not nil, it gets the
// findings of the cuts, in offsets of their passage.
func (r *Redactor) redact(ctx context.Context, passages []Passage, state *run, known []recognize.Recognizer, noted *[]recognize.Finding) ([]Redacted, error) {
	if len(r.recognizers) == 0 {
		return nil, errZero
	}
	pages := make([]*page, len(passages))
	var declared []recognize.Declared
	for i, p := range passages {
		policy := r.policy
		if p.Policy != nil {
			if err := p.Policy.Validate(); err != nil {
				return nil, fmt.Errorf("redact: passage %d: %w", i, err)
			}
			policy = tighten(policy, *p.Policy)
		}
		pages[i] = newPage(p, policy, state)
		if len(p.Text) > r.whole {
			if err := pages[i].lengthen(r.whole); err != nil {
				return nil, fmt.Errorf("redact: passage %d: %w", i, err)
			}
		}
		pages[i].strict = r.options.Strict || p.Strict
		declared = append(declared, p.Declared...)
	}
	more, err := withDictionary(slices.Concat(r.more, known), declared)
	if err != nil {
		return nil, err
	}
	if err := settleGroup(ctx, newReading(r.recognizers, more, r.options), pages); err != nil {
		return nil, err
	}
	out := make([]Redacted, len(pages))
	for i, p := range pages {
		out[i] = p.result()
		if noted != nil {
			for i := range p.cuts {
				f := p.cuts[i].finding.Finding
				f.Span = p.cuts[i].found()
				*noted = append(*noted, f)
			}
		}
	}
	return out, nil
}
