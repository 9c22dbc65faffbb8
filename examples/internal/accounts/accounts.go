// SPDX-License-Identifier: Apache-2.0

// Package accounts turns examples that hold an account in people's own words
// into coded ones, with what software reads in them and what a person decided of
// it. A person's word wins, and an edition counts no code that nobody confirmed.
package accounts

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/anonymize/redact"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/reading"
)

// Codes are the codes that software read from accounts, for a person to look at.
type Codes struct {
	Accounts int
	read     map[string]bool // the examples that have one
	Answers  int             // of the accounts: answers to a form, of which no code was chosen for challenge or objective
	Open     []Code          // that nobody has decided on, those first by which most is confirmed soonest
	Decided  int             // codes on which a person has spoken
	Silenced int             // codes that nobody confirmed, in an edition
	Foreign  []Key           // decisions that fit nothing
	decided  Decisions       // all that were given
	weighed  *weighed        // where codes count that only a draft hears
}

// Key is a code that software gave an example.
type Key struct{ Example, Code string }

// Code is one that software read.
type Code struct {
	Key
	Confidence float64
	Counted    bool     // in a draft, without a person's word
	Next       []string // that it may be instead
	For        string   // the topic or step that few decisions more would confirm; "" of the rest
	Start, End int      // of its sentence in the account
	Sentence   string
}

// fewTopics is how many topics a draft should have, if there are so many accounts.
const fewTopics = 3

// Config says what is read for.
type Config struct {
	Least    float64 // confidence from which on codes count in a draft; 0 is the built-in one
	LessSure bool    // what enough contributors are likely to speak of counts too, where Least is 0
	K        int     // contributors that are enough; 0 is aggregate.KPublic
	Publish  bool    // an edition: what nobody confirmed does not count
	// Progress is told before each example how many are done; its error ends the work.
	Progress func(done, of int) error
}

// Few reports whether a draft would tell of few accounts only, so that less sure
// codes should count too: it has fewer than three topics, or more than a third of the
// examples are accounts that speak on none.
func (p *Codes) Few(examples []model.Example, topics []aggregate.Topic) bool {
	if p.Accounts == 0 {
		return false
	}
	silent := 0
	for i := range examples {
		if p.read[examples[i].ID] && !slices.ContainsFunc(topics, func(t aggregate.Topic) bool { return speaks(&examples[i], t) }) {
			silent++
		}
	}
	return len(topics) < fewTopics || 3*silent > len(examples)
}

// Chance is how likely it is that as many contributors as are asked for speak on a
// topic; ok is false where all that counts is what software is sure of.
func (p *Codes) Chance(t aggregate.Topic) (chance float64, ok bool) {
	if p.weighed == nil {
		return 0, false
	}
	return p.weighed.chance(t), true
}

// Fill fills the examples that have an account from it, as far as no
// person filled them, and takes the account out: it goes no further.
func Fill(examples []model.Example, decided Decisions, cfg Config) (*Codes, error) {
	p := &Codes{read: map[string]bool{}, decided: decided}
	k := cmp.Or(cfg.K, aggregate.KPublic)
	used := map[Key]bool{}
	read, r, err := readAll(examples, cfg)
	if err != nil {
		return nil, err
	}
	var names *redact.Redactor
	if r != nil {
		if names, err = newMasker(); err != nil {
			return nil, err
		}
	}
	if cfg.LessSure && cfg.Least == 0 {
		p.weighed = settle(read, examples, decided, k)
	}
	// What a person decided of is looked at, however unsure the software is of it now.
	for i := range examples {
		for _, got := range []*reading.Reading{read[i].account, read[i].both} {
			eachFound(got, func(f *reading.Found) { f.Told = f.Told || decided[Key{examples[i].ID, string(f.Code)}] != "" })
		}
	}
	for i := range examples {
		e := &examples[i]
		if read[i].account == nil {
			if cfg.Publish {
				p.Silenced += silence(e) // codes that came with it
			}
			continue
		}
		before := len(p.Open)
		p.Accounts++
		if read[i].answers.whole != "" {
			p.Answers++
		}
		p.read[e.ID] = true
		p.fill(r, e, ownWords(e), read[i], decided, used)
		if err := mask(names, p.Open[before:], e.Parties); err != nil {
			return nil, err
		}
		if cfg.Publish {
			p.Silenced += silence(e)
		}
	}
	for key := range decided {
		if !used[key] {
			p.Foreign = append(p.Foreign, key)
		}
	}
	slices.SortFunc(p.Foreign, func(a, b Key) int { return cmp.Or(cmp.Compare(a.Example, b.Example), cmp.Compare(a.Code, b.Code)) })
	p.Decided = len(used)
	p.order(examples, k)
	return p, nil
}

// reads is what was read in one example: in its account or, without one, in its answers,
// and in the account with what a person said of challenges and objectives in own words.
// nil where there is none.
type reads struct {
	account, both *reading.Reading
	answers       answers
}

// readAll reads all accounts. The reader is nil where there is nothing to read.
func readAll(examples []model.Example, cfg Config) (out []reads, r *reading.Reader, err error) {
	out = make([]reads, len(examples))
	for i := range examples {
		if cfg.Progress != nil {
			if err := cfg.Progress(i, len(examples)); err != nil {
				return nil, nil, err
			}
		}
		e := &examples[i]
		if r == nil && Tells(e) {
			if r, err = reading.New(reading.Config{Least: cfg.Least}); err != nil {
				return nil, nil, err
			}
		}
		if out[i], err = readOne(r, e); err != nil {
			return nil, nil, err
		}
	}
	return out, r, nil
}

// Tells reports whether there is anything to read in an example.
func Tells(e *model.Example) bool {
	return strings.TrimSpace(string(e.Account)) != "" || answersOf(e, ownWords(e)).whole != ""
}

func readOne(r *reading.Reader, e *model.Example) (out reads, err error) {
	own := ownWords(e)
	if strings.TrimSpace(string(e.Account)) == "" {
		e.Account = ""
		if out.answers = answersOf(e, own); out.answers.whole == "" {
			return out, nil
		}
		if out.account, err = r.Read(out.answers.whole, ""); err != nil {
			return out, fmt.Errorf("the answers of an example: %w", err)
		}
		return out, nil
	}
	if out.account, err = r.Read(string(e.Account), ""); err != nil {
		return out, fmt.Errorf("the account of an example: %w", err)
	}
	if own != "" {
		if out.both, err = r.Read(string(e.Account)+"\n"+own, ""); err != nil {
			return out, fmt.Errorf("the answers of an example: %w", err)
		}
	}
	return out, nil
}

// Read fills one example as Fill does where nobody decided anything, and nothing counts
// for being likely beside others.
func Read(r *reading.Reader, e *model.Example) error {
	got, err := readOne(r, e)
	if err == nil && got.account != nil {
		(&Codes{}).fill(r, e, ownWords(e), got, nil, nil)
	}
	return err
}

// settle tells of each account what is to be counted beside all others.
func settle(read []reads, examples []model.Example, decided Decisions, k int) *weighed {
	w := &weighed{k: k, whose: holdings(examples)}
	for i := range examples {
		e := &examples[i]
		sure := map[model.Code]float64{}
		for _, got := range []*reading.Reading{read[i].account, read[i].both} {
			eachFound(got, func(f *reading.Found) { sure[f.Code] = f.Confidence })
		}
		person := map[string]bool{} // schemes of which a person spoke
		Each(e, func(c *model.Coded) {
			if c.Confirmed() {
				person[prefix(c.Code)] = true
			}
		})
		for code := range sure {
			if person[prefix(code)] || decided[Key{e.ID, string(code)}] != "" {
				sure[code] = 0
			}
		}
		Each(e, func(c *model.Coded) {
			if c.Confirmed() {
				sure[c.Code] = 1
			}
		})
		w.ids, w.sure = append(w.ids, e.ID), append(w.sure, sure)
	}
	at := map[string]int{}
	for i := range examples {
		at[examples[i].ID] = i
	}
	for key, said := range decided {
		if i, ok := at[key.Example]; ok && said != "no" {
			if said == "yes" {
				said = key.Code
			}
			w.sure[i][model.Code(said)] = 1
		}
	}
	for i, counted := range w.count() {
		for _, got := range []*reading.Reading{read[i].account, read[i].both} {
			eachFound(got, func(f *reading.Found) { f.Told = f.Told || counted[f.Code] })
		}
	}
	return w
}

func prefix(code model.Code) string {
	p, _, _ := strings.Cut(string(code), ":")
	return p
}

func eachFound(r *reading.Reading, do func(f *reading.Found)) {
	if r == nil {
		return
	}
	for _, all := range [][]reading.Found{r.Challenges, r.Objectives, r.Situations, r.Methods} {
		for i := range all {
			do(&all[i])
		}
	}
}

// fill fills one example from its account. Where a person named its challenges or
// objectives, but in own words only, these are read with the account, and stay.
func (p *Codes) fill(r *reading.Reader, e *model.Example, own string, got reads, decided Decisions, used map[Key]bool) {
	challenges, objectives := e.Challenges, e.Objectives
	var filled model.Example
	var evidence []reading.Filled
	read := string(e.Account)
	if got.answers.whole != "" {
		read = got.answers.whole
		filled, evidence = answered(r, e, got.answers, got.account)
	} else {
		filled, evidence = r.FillFrom(*e, got.account)
	}
	if got.both != nil {
		read += "\n" + own
		evidence = coded(r, e, &filled, read, got.both, evidence)
	}
	p.add(&filled, read, evidence, decided, used)
	if own != "" && uncoded(challenges) {
		filled.Challenges = append(slices.Clone(challenges), filled.Challenges...)
	}
	if own != "" && uncodedObjectives(objectives) {
		filled.Objectives = append(slices.Clone(objectives), filled.Objectives...)
	}
	filled.Account = ""
	*e = filled
}

// add lists the codes of one example and applies what a person decided.
func (p *Codes) add(e *model.Example, account string, evidence []reading.Filled, decided Decisions, used map[Key]bool) {
	where := map[string]reading.Filled{}
	for _, v := range evidence {
		where[v.Field] = v
	}
	listed := map[model.Code]bool{}
	one := func(c *model.Coded, field string) (keep bool) {
		if c.Code == "" || c.AssignedBy != model.BySoftware && c.AssignedBy != model.BySuggestion {
			return true
		}
		key := Key{e.ID, string(c.Code)}
		switch said := decided[key]; {
		case said == "yes":
			used[key], c.AssignedBy, c.Confidence = true, model.ByEditor, 0
			return true
		case said == "no":
			used[key] = true
			return false
		case said != "":
			used[key] = true
			*c = model.Coded{Code: model.Code(said), AsWritten: c.AsWritten, AssignedBy: model.ByEditor}
			return true
		}
		if v, ok := where[field]; ok && !listed[c.Code] {
			listed[c.Code] = true
			row := Code{Key: key, Confidence: c.Confidence, Counted: c.AssignedBy == model.BySoftware, Start: v.Start, End: v.End, Sentence: account[v.Start:v.End]}
			for _, x := range v.Others {
				row.Next = append(row.Next, string(x.Code))
			}
			p.Open = append(p.Open, row)
		}
		return true
	}
	e.Challenges = filtered(e.Challenges, func(i int, c *model.Challenge) bool { return one(&c.Coded, "challenges["+strconv.Itoa(i)+"]") })
	e.Objectives = filtered(e.Objectives, func(i int, c *model.Objective) bool { return one(&c.Coded, "objectives["+strconv.Itoa(i)+"]") })
	e.Situations = filtered(e.Situations, func(i int, c *model.Coded) bool { return one(c, "situations["+strconv.Itoa(i)+"]") })
	e.TherapyAreas = filtered(e.TherapyAreas, func(i int, c *model.Coded) bool { return one(c, "therapy_areas["+strconv.Itoa(i)+"]") })
	for i := range e.Steps {
		if m := &e.Steps[i].Method; !one(m, "strategy_steps["+strconv.Itoa(i)+"]") {
			*m = model.Coded{}
		}
	}
}

func filtered[T any](all []T, keep func(i int, c *T) bool) []T {
	var out []T
	for i := range all {
		if keep(i, &all[i]) {
			out = append(out, all[i])
		}
	}
	return out
}
