// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/model/reading/internal/linear"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// passage is a line of the passages: codes, role, text.
type passage struct {
	codes []string
	role  string
	text  string
	bound bool // a definition or a label, not a passage
	roles bool // it teaches roles, and no codes
}

type account struct {
	ID         string     `json:"id"`
	Text       string     `json:"text"`
	Challenges []string   `json:"challenges"`
	Objectives []string   `json:"objectives"`
	Situations []string   `json:"situations"`
	Methods    []string   `json:"methods"`
	Sentences  []sentence `json:"sentences"`
	Written    bool       `json:"-"` // marked sentence by sentence, in the words of real accounts
	open       bool       // and those are real
	readers    int        // how often the same excerpt was marked
	again      bool       // not the first of them
	roles      bool       // it teaches roles, and no codes

	words, places []linear.Features // of each sentence: what it says, and what it is for
	whole         linear.Features
}

type sentence struct {
	Start, End int // code points
	Role       string
	Methods    []string
	Shows      []string // other codes that this very sentence speaks of
	Direction  string
	text       string
}

func (a *account) codes() []string {
	return slices.Concat(a.Challenges, a.Objectives, a.Situations, a.Methods)
}

func (a *account) texts() []string {
	out := make([]string, len(a.Sentences))
	for i, s := range a.Sentences {
		out[i] = s.text
	}
	return out
}

// cut gives each sentence its words.
func (a *account) cut(runes []rune) error {
	for i := range a.Sentences {
		s := &a.Sentences[i]
		if s.Start < 0 || s.End > len(runes) || s.Start >= s.End {
			return errors.New("offsets")
		}
		s.text = string(runes[s.Start:s.End])
	}
	return nil
}

// corpus is all that is learned from.
type corpus struct {
	passages []passage
	accounts []account
	labels   []string
}

func load(dir fs.FS) (corpus, error) {
	var c corpus
	files, err := fs.Glob(dir, "*.tsv")
	if err != nil {
		return c, err
	}
	for _, name := range files {
		body, err := fs.ReadFile(dir, name)
		if err != nil {
			return c, err
		}
		for line := range strings.Lines(string(body)) {
			cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
			if strings.HasPrefix(line, "#") {
				continue
			}
			if len(cells) != 3 {
				return c, fmt.Errorf("%s: a line has %d cells", name, len(cells))
			}
			p := passage{role: cells[1], text: cells[2], roles: rolesOnly(name)}
			if cells[0] != "-" {
				for code := range strings.SplitSeq(cells[0], ",") {
					p.codes = append(p.codes, strings.TrimSpace(code))
				}
			}
			c.passages = append(c.passages, p)
		}
	}
	if files, err = fs.Glob(dir, "accounts*.jsonl"); err != nil {
		return c, err
	}
	for _, name := range files {
		body, err := fs.ReadFile(dir, name)
		if err != nil {
			return c, err
		}
		lines := bufio.NewScanner(bytes.NewReader(body))
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			var a account
			if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
				return c, fmt.Errorf("%s: %w", name, err)
			}
			if err := a.cut([]rune(a.Text)); err != nil {
				return c, fmt.Errorf("%s: %w", name, err)
			}
			c.accounts = append(c.accounts, a)
		}
	}
	if files, err = fs.Glob(dir, "written*.txt"); err != nil {
		return c, err
	}
	for _, name := range files {
		body, err := fs.ReadFile(dir, name)
		if err != nil {
			return c, err
		}
		more, err := written(name, string(body))
		if err != nil {
			return c, err
		}
		for i := range more {
			more[i].roles = rolesOnly(name)
		}
		c.accounts = append(c.accounts, more...)
	}
	c.define()
	return c, nil
}

// rolesOnly reports whether a file teaches roles, and no codes.
func rolesOnly(name string) bool { return strings.Contains(name, ".roles.") }

// define adds what the vocabulary itself says of each concept, and collects the
// labels.
func (c *corpus) define() {
	set := vocabulary.Default()
	for _, scheme := range []string{vocabulary.Challenge, vocabulary.Objective, vocabulary.Situation, vocabulary.Method} {
		for concept := range set.Scheme(scheme).Concepts() {
			if concept.IsGroup() {
				continue
			}
			c.labels = append(c.labels, concept.ID())
			texts := slices.Concat([]string{concept.PrefLabel(vocabulary.DefaultLang), concept.Definition(vocabulary.DefaultLang)},
				concept.AltLabels(vocabulary.DefaultLang), concept.HiddenLabels(vocabulary.DefaultLang))
			for _, t := range texts {
				c.passages = append(c.passages, passage{codes: []string{concept.ID()}, text: t, bound: true})
			}
		}
	}
	slices.Sort(c.labels)
	for practice := range set.Scheme(vocabulary.Practice).Concepts() {
		for _, method := range practice.Broader() {
			if slices.Contains(c.labels, method) {
				for _, t := range []string{practice.PrefLabel(vocabulary.DefaultLang), practice.Definition(vocabulary.DefaultLang)} {
					if t != "" {
						c.passages = append(c.passages, passage{codes: []string{method}, text: t, bound: true})
					}
				}
			}
		}
	}
}
