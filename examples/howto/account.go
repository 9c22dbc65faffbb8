// SPDX-License-Identifier: Apache-2.0

package main

import (
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/reading"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// proposals are the codes that software read from accounts, for a person to look
// at.
type proposals struct {
	accounts int
	rows     []proposal
	decided  int      // codes on which a person has spoken
	silenced int      // codes that nobody confirmed, in an edition
	foreign  []string // lines of the person's file that fit nothing
}

type proposal struct {
	example, code string
	confidence    float64
	counted       bool
	next          []string
	sentence      string
}

// decision is what a person said of a code: yes, no, or another code.
type decision map[[2]string]string

// lessSure is from which confidence on codes count in a draft that would have no
// topic otherwise. On 39 real accounts .63 of the challenges told so were right,
// .27 of the objectives, .57 of the situations and .55 of the methods (November
// 2026), so the program says so.
const lessSure = 0.5

var codesHeader = [...]string{"example", "code", "label", "confidence", "counts now", "decision", "next", "next but one", "sentence"}

// readAccounts fills the examples that have an account from it, as far as no
// person filled them, and takes the account out: it goes no further.
func readAccounts(examples []model.Example, o options) (*proposals, error) {
	p := &proposals{}
	decided, err := readDecisions(o.codes)
	if err != nil {
		return nil, err
	}
	var r *reading.Reader
	used := map[[2]string]bool{}
	for i := range examples {
		e := &examples[i]
		if strings.TrimSpace(string(e.Account)) == "" {
			e.Account = ""
			continue
		}
		if r == nil {
			if r, err = reading.New(reading.Config{Least: o.least}); err != nil {
				return nil, err
			}
		}
		p.accounts++
		account := string(e.Account)
		filled, evidence, err := r.Fill(*e)
		if err != nil {
			return nil, fmt.Errorf("the account of an example: %w", err)
		}
		p.add(&filled, account, evidence, decided, used)
		filled.Account = ""
		if o.publish {
			p.silenced += silence(&filled)
		}
		*e = filled
	}
	for key := range decided {
		if !used[key] {
			p.foreign = append(p.foreign, key[1])
		}
	}
	slices.Sort(p.foreign)
	p.decided = len(used)
	slices.SortStableFunc(p.rows, func(a, b proposal) int {
		return cmp.Or(cmp.Compare(math.Abs(a.confidence-0.5), math.Abs(b.confidence-0.5)), cmp.Compare(a.example, b.example), cmp.Compare(a.code, b.code))
	})
	return p, nil
}

// add lists the codes of one example and applies what a person decided.
func (p *proposals) add(e *model.Example, account string, evidence []reading.Evidence, decided decision, used map[[2]string]bool) {
	where := map[string]reading.Evidence{}
	for _, v := range evidence {
		where[v.Field] = v
	}
	listed := map[model.Code]bool{}
	one := func(c *model.Coded, field string) (keep bool) {
		if c.Code == "" || c.AssignedBy != model.BySoftware && c.AssignedBy != model.BySuggestion {
			return true
		}
		key := [2]string{e.ID, string(c.Code)}
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
			row := proposal{example: e.ID, code: string(c.Code), confidence: c.Confidence, counted: c.AssignedBy == model.BySoftware, sentence: account[v.Start:v.End]}
			for _, x := range v.Others {
				row.next = append(row.next, string(x.Code))
			}
			p.rows = append(p.rows, row)
		}
		return true
	}
	e.Challenges = filtered(e.Challenges, func(i int, c *model.Challenge) bool { return one(&c.Coded, "challenges["+strconv.Itoa(i)+"]") })
	e.Objectives = filtered(e.Objectives, func(i int, c *model.Objective) bool { return one(&c.Coded, "objectives["+strconv.Itoa(i)+"]") })
	e.Situations = filtered(e.Situations, func(i int, c *model.Coded) bool { return one(c, "situations["+strconv.Itoa(i)+"]") })
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

// readDecisions reads a file of codes with its column decision filled in.
func readDecisions(name string) (decision, error) {
	if name == "" {
		return nil, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, errors.New("the file of -codes cannot be opened")
	}
	defer f.Close()
	in := csv.NewReader(f)
	in.FieldsPerRecord = -1
	at := map[string]int{}
	out := decision{}
	for n := 1; ; n++ {
		cells, err := in.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, fmt.Errorf("-codes: line %d is no CSV", n)
		}
		if n == 1 {
			for i, c := range cells {
				at[strings.ToLower(strings.TrimSpace(strings.TrimPrefix(c, "\ufeff")))] = i
			}
			for _, c := range []string{"example", "code", "decision"} {
				if _, ok := at[c]; !ok {
					return nil, fmt.Errorf("-codes: there is no column %q", c)
				}
			}
			continue
		}
		cell := func(name string) string {
			if i := at[name]; i < len(cells) {
				return strings.TrimSpace(cells[i])
			}
			return ""
		}
		code, said := cell("code"), strings.ToLower(cell("decision"))
		if said == "" {
			continue
		}
		if said != "yes" && said != "no" && !sameScheme(code, said) {
			return nil, fmt.Errorf("-codes: line %d: the decision is yes, no or another code of the same kind", n)
		}
		out[[2]string{cell("example"), code}] = said
	}
}

// sameScheme reports whether b is a code of the vocabulary to which a belongs.
func sameScheme(a, b string) bool {
	c, ok := vocabulary.Default().Concept(b)
	was, had := vocabulary.Default().Concept(a)
	return ok && had && c.Scheme() == was.Scheme()
}

// write leaves the codes for a person to confirm, the most doubtful first.
func (p *proposals) write(s *staging) error {
	if p.accounts == 0 {
		return nil
	}
	return s.file("private/codes.csv", func(f *os.File) error {
		out := csv.NewWriter(f)
		_ = out.Write(codesHeader[:])
		for _, r := range p.rows {
			next := append(slices.Clone(r.next), "", "")
			counted := "no"
			if r.counted {
				counted = "yes"
			}
			_ = out.Write([]string{r.example, r.code, vocabulary.Default().Label(r.code, vocabulary.DefaultLang), strconv.FormatFloat(r.confidence, 'f', 2, 64), counted, "", next[0], next[1], harmless(r.sentence)})
		}
		out.Flush()
		return out.Error()
	})
}

// harmless keeps a spreadsheet from running a text as a formula.
func harmless(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

func (p *proposals) report(w io.Writer, o options) error {
	if p.accounts == 0 {
		return nil
	}
	_, err := fmt.Fprintf(w, "%d accounts were read by software; %d of its codes wait for a person in %s/private/codes.csv, %d were decided.\n", p.accounts, len(p.rows), o.out, p.decided)
	if err == nil && o.lessSure {
		_, err = fmt.Fprintf(w, "No topic had enough contributors at the usual certainty, so this draft counts codes from confidence %.1f on. On real accounts about half of those were right, and of the objectives about a quarter: look through %s/private/codes.csv, fill in its column of decisions, and give it back with -codes.\n", o.least, o.out)
	}
	if err == nil && p.silenced > 0 {
		_, err = fmt.Fprintf(w, "%d codes that no person confirmed do not count in an edition.\n", p.silenced)
	}
	if err == nil && len(p.foreign) > 0 {
		_, err = fmt.Fprintf(w, "%d lines of -codes fit no code that was read.\n", len(p.foreign))
	}
	return err
}

// each gives every code of an example that may count.
func each(e *model.Example, do func(c *model.Coded)) {
	for i := range e.Challenges {
		do(&e.Challenges[i].Coded)
	}
	for i := range e.Objectives {
		do(&e.Objectives[i].Coded)
	}
	for i := range e.Situations {
		do(&e.Situations[i])
	}
	for i := range e.TherapyAreas {
		do(&e.TherapyAreas[i])
	}
	for i := range e.Steps {
		do(&e.Steps[i].Method)
	}
}

// silence makes suggestions of the codes that no person confirmed: a draft may
// count them, an edition does not.
func silence(e *model.Example) (n int) {
	each(e, func(c *model.Coded) {
		if c.AssignedBy == model.BySoftware {
			c.AssignedBy = model.BySuggestion
			n++
		}
	})
	return n
}

// confirmed counts the codes behind a topic: those that a person gave, of all
// that count.
func confirmed(examples []model.Example, t aggregate.Topic) (by, of int) {
	for i := range examples {
		e := &examples[i]
		challenge := slices.ContainsFunc(e.Challenges, func(c model.Challenge) bool { return c.Accepted() && c.Code == t.Challenge })
		objective := slices.ContainsFunc(e.Objectives, func(c model.Objective) bool { return c.Accepted() && c.Code == t.Objective })
		if t.Challenge != "" && !challenge || t.Objective != "" && !objective {
			continue
		}
		each(e, func(c *model.Coded) {
			if c.Accepted() {
				of++
			}
			if c.Confirmed() {
				by++
			}
		})
	}
	return by, of
}

// say adds to each guide which part of the codes behind it a person confirmed,
// in words: the exact number could show who joined. Where a person gave them all
// there is nothing to say.
func (p *proposals) say(r *outcome, examples []model.Example, o options) error {
	if p.accounts == 0 {
		return nil
	}
	w, err := openWords(o)
	if err != nil {
		return err
	}
	for i, g := range r.guides {
		by, of := confirmed(examples, r.collection.Topics[i])
		key := "codes.most"
		switch {
		case by == of:
			continue
		case by == 0:
			key = "codes.none"
		case 2*by < of:
			key = "codes.some"
		}
		last := &g.Sections[len(g.Sections)-1]
		last.Blocks = append(last.Blocks, guidance.Block{Kind: guidance.Note, Claims: []guidance.Claim{{Text: w.say(key), Source: guidance.Frame}}})
	}
	return nil
}
