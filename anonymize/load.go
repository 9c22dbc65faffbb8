// SPDX-License-Identifier: Apache-2.0

package anonymize

import (
	"bytes"
	"cmp"
	"context"
	"crypto/hmac"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/anonymize/redact"
	"github.com/sharedpractice/sharedpractice/model"
)

// The reasons for which Again names a record.
const (
	againNew       = "not-made-yet"
	againGone      = "example-gone"            // its record is to be deleted
	againChanged   = "example-changed"         // or the key or its parties are others
	againAgreement = "agreement-changed"       // among them a withdrawal
	againDeclared  = "name-declared-since"     // somebody declared a name that stands in it
	againCounts    = "counts-with-others"      // it looks like another contributor's, or no longer does
	againBeside    = "read-with-a-changed-one" // of the same contributor, whose examples are read together
)

// Load reads one stored record and verifies it again: its seal, its form, that
// its agreements are in force at the moment now, and that no identifier, and none
// of the declared names, stands in it. Names of the example's own parties, and
// all names where it is told by name, must stand in it in no form; names of others
// where a reader would take them for a name. So with the parties that it was made
// with it is loaded, and refused where a name in it was declared since: then it has
// to be made again. A change or withdrawal of an agreement since is not in the
// record: see AgreementHash and Again. For many records use Anonymizer.Load.
func Load(line, key []byte, now time.Time, secrets ...recognize.Declared) (Record, error) {
	a, err := newAnonymizer(Config{Key: key, Now: now, Recognizers: []recognize.Recognizer{}}, secrets)
	if err != nil {
		return Record{}, err
	}
	return a.Load(context.Background(), line)
}

// Load is the function Load with the key, the moment and the parties that the
// anonymizer was made with.
func (a *Anonymizer) Load(ctx context.Context, line []byte) (Record, error) {
	s, err := unseal(line, a.cfg.Key, a.cfg.Now)
	if err != nil {
		return Record{}, err
	}
	if err := a.hold(ctx, s); err != nil {
		return Record{}, fmt.Errorf("anonymize: load: %w", err)
	}
	return Record{s}, nil
}

// unseal opens a stored record that is in force.
func unseal(line, key []byte, now time.Time) (*sealed, error) {
	var in stored
	if err := decodeStrict(line, &in); err != nil {
		return nil, ErrSeal
	}
	if !hmac.Equal([]byte(in.Seal), []byte(seal(key, in.Record))) {
		return nil, ErrSeal
	}
	s := new(sealed)
	if err := decodeStrict(in.Record, s); err != nil {
		return nil, ErrSeal
	}
	if s.ID == "" || len(s.Holdings) == 0 || s.Level == model.Withheld || s.Key != KeyID(key) {
		return nil, ErrSeal
	}
	if !s.Expires.IsZero() && !now.Before(s.Expires) {
		return nil, ErrExpired
	}
	return s, nil
}

// hold holds the texts of a record against the declared names, as they were held
// when it was made.
func (a *Anonymizer) hold(ctx context.Context, s *sealed) error {
	level := cmp.Or(s.Under, max(s.Level, s.Awaited))
	if len(s.Own) == 0 && level < model.Attributed { // it does not tell which names are its own
		return verifyContent(s.Content, leakInputs{forms: a.allNames().forms})
	}
	at := a.places()
	var all []recognize.Declared
	tells := map[string]bool{}
	for _, own := range s.Own {
		name, told := strings.CutPrefix(own, "+")
		for _, i := range at[name] {
			all = append(all, a.declared[i])
			tells[declaredKey(a.declared[i])] = told
		}
	}
	if err := verifyContent(s.Content, a.leakInputOf(all, tells, level)); err != nil || level >= model.Attributed || len(a.declared) == 0 {
		return err
	}
	texts := s.Content.Texts()
	passages := make([]redact.Passage, len(texts))
	for i, text := range texts {
		passages[i] = redact.Passage{Document: s.ID, Text: text}
	}
	return a.standing(ctx, passages)
}

// standing fails where a declared name stands in a text.
func (a *Anonymizer) standing(ctx context.Context, passages []redact.Passage) error {
	var found *LeakError
	for i := range passages {
		places, err := a.declaredIn(ctx, passages[i])
		if err != nil {
			return err
		}
		if len(places) > 0 && found == nil {
			found = &LeakError{Kind: leakDeclared, Text: i, Place: places[0]}
		}
		if found != nil {
			found.Count += len(places)
		}
	}
	if found == nil {
		return nil
	}
	return found
}

// declaredIn is where declared names stand in a text, read by itself: what stands
// beside it decides nothing.
func (a *Anonymizer) declaredIn(ctx context.Context, p redact.Passage) ([]int, error) {
	only, err := a.dictionary()
	if err != nil {
		return nil, err
	}
	results, err := only.Redact(ctx, []redact.Passage{p})
	if err != nil || results[0].Text == p.Text {
		return nil, err
	}
	var out []int
	for _, d := range results[0].Decisions {
		if d.Declared {
			out = append(out, d.Start)
		}
	}
	return out, nil
}

// Naming returns the places of those texts in which a name stands that a party
// declared, in any of its forms: for words that people write beside what records
// tell, as into a guide. It asks the recognisers' dictionary and the check that
// shares nothing with them. Each text is read by itself.
func (a *Anonymizer) Naming(ctx context.Context, texts ...string) ([]int, error) {
	named := map[int]bool{}
	for i, text := range texts {
		places, err := a.declaredIn(ctx, redact.Passage{Text: text})
		if err != nil {
			return nil, err
		}
		if len(places) > 0 {
			named[i] = true
		}
	}
	for _, l := range checkLeaks(texts, leakInputs{forms: a.allNames().forms}) {
		if l.Kind == leakDeclared {
			named[l.Text] = true
		}
	}
	return slices.Sorted(maps.Keys(named)), nil
}

// ownNames commits to what the parties of an example declared.
func (a *Anonymizer) ownNames(e *model.Example) []string {
	tells := tellable(e.Parties)
	var out []string
	for _, d := range Declared(e.Parties) {
		c := a.nameCommitment(d)
		if tells[declaredKey(d)] {
			c = "+" + c
		}
		out = append(out, c)
	}
	if len(out) == 0 {
		out = []string{""} // it has none
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (a *Anonymizer) nameCommitment(d recognize.Declared) string {
	return hex.EncodeToString(mac(a.cfg.Key, "declared", declaredKey(d))[:16])
}

// source commits to an example without its agreements.
func (a *Anonymizer) source(e *model.Example) (string, error) {
	bare := *e
	bare.Agreements = nil
	var b bytes.Buffer
	err := model.WriteJSONLines(&b, func(yield func(model.Example, error) bool) { yield(bare, nil) })
	if err != nil {
		return "", err
	}
	return hex.EncodeToString(mac(a.cfg.Key, "source", b.String())[:16]), nil
}

// Again says which stored records of a collection must be made again, and why: by
// one of the reasons not-made-yet, example-gone (delete the record), example-changed
// (or its parties, or the key), agreement-changed (or it has begun or ended, or was
// withdrawn), name-declared-since (somebody declared a name that stands in it),
// counts-with-others (it looks like another contributor's, or no longer does) and
// read-with-a-changed-one (the examples of a contributor are read together). So
// whoever keeps records need not make all of them again when a party joins or
// declares anew; of what is not named, a mask may be called otherwise when it is made
// again. The examples are the whole collection as it is now, and the
// anonymizer knows who else there is. What it does not name is what All would make
// of the examples, as far as their agreements are as they were.
func (a *Anonymizer) Again(ctx context.Context, stored []Record, examples ...*model.Example) ([]Log, error) {
	cfg := a.cfg
	cfg.Parties = slices.Clone(cfg.Parties)
	for _, e := range examples {
		cfg.Parties = append(cfg.Parties, e.Parties...)
	}
	now, err := New(cfg)
	if err != nil {
		return nil, err
	}
	now.together = groups(examples, slices.Concat(cfg.Alike, LookAlikes(examples, cfg.Apart)))
	records := map[string]Record{}
	for _, r := range stored {
		records[r.ID()] = r
	}
	var out []Log
	for _, group := range byContributor(examples) {
		logs := make([]Log, len(group))
		for i, e := range group {
			r := records[now.recordID(e)]
			delete(records, r.ID())
			if logs[i], err = now.whyAgain(ctx, r, e); err != nil {
				return nil, err
			}
		}
		readTogether(logs)
		for _, l := range logs {
			if len(l.Reasons) > 0 {
				out = append(out, l)
			}
		}
	}
	for id, r := range records {
		if id != "" {
			out = append(out, Log{Record: id, Level: r.Level(), Reasons: []model.Reason{{Code: againGone}}})
		}
	}
	slices.SortFunc(out, func(x, y Log) int { return cmp.Or(cmp.Compare(x.Example, y.Example), cmp.Compare(x.Record, y.Record)) })
	return out, nil
}

// readTogether adds to the logs of one contributor's examples that each is read with one
// that is read anew.
func readTogether(logs []Log) {
	anew := slices.ContainsFunc(logs, func(l Log) bool {
		return slices.ContainsFunc(l.Reasons, func(why model.Reason) bool {
			return why.Code == againNew || why.Code == againChanged || why.Code == againDeclared
		})
	})
	for i, l := range logs {
		if anew && len(l.Reasons) == 0 && l.Record != "" {
			logs[i].Reasons = []model.Reason{{Code: againBeside}}
		}
	}
}

func (a *Anonymizer) whyAgain(ctx context.Context, r Record, e *model.Example) (Log, error) {
	terms, err := model.Resolve(e, a.cfg.Now)
	if err != nil && terms.Level != model.Withheld {
		return Log{}, &ExampleError{ID: e.ID, Err: err}
	}
	l := Log{Example: e.ID, Record: r.ID(), Level: terms.Level}
	because := func(code string) { l.Reasons = append(l.Reasons, model.Reason{Code: code}) }
	if !r.Valid() {
		if len(a.closed(terms)) == 0 {
			because(againNew)
		}
		return l, nil
	}
	source, err := a.source(e)
	if err != nil {
		return Log{}, &ExampleError{ID: e.ID, Err: err}
	}
	if r.s.Source != source || r.KeyID() != KeyID(a.cfg.Key) {
		because(againChanged)
		return l, nil
	}
	under, _ := shown(e, covered(e, terms))
	if r.s.Agreement != agreementHash(e) || len(a.closed(terms)) > 0 || under.Level != r.s.Under {
		because(againAgreement)
	}
	if !slices.Equal(r.s.Holdings, a.holdings(e)) {
		because(againCounts)
	}
	if err := a.hold(ctx, r.s); err != nil {
		if _, leaks := err.(*LeakError); !leaks { //nolint:errorlint // hold wraps nothing
			return Log{}, err
		}
		because(againDeclared)
	}
	return l, nil
}

// declaredPlaces are the places of the declared names by their commitments.
func (a *Anonymizer) declaredPlaces() map[string][]int {
	out := map[string][]int{}
	for i, d := range a.declared {
		c := a.nameCommitment(d)
		out[c] = append(out[c], i)
	}
	return out
}

// onlyDeclared finds declared names and nothing else.
func (a *Anonymizer) onlyDeclared() (*redact.Redactor, error) {
	return redact.New(redact.Config{
		Recognizers: []recognize.Recognizer{}, Declared: a.declared, Policy: a.policies[model.Anonymous], Key: a.cfg.Key, Balanced: true, Public: a.cfg.Public,
	})
}
