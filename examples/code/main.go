// SPDX-License-Identifier: Apache-2.0

// Command code reads accounts in people's own words and says what they are
// about: challenges, objectives, situations and methods, surest first, and what
// each sentence is for.
//
//	code [-jsonl] [-all] [-least 0.5] < in > out
//
// With -jsonl each line of input is {"id","text"}, an account of its own;
// without it the whole input is one. Each account gives one line of JSON. Only
// what is sure enough is told, with -all the rest too. Offsets count Unicode code
// points, the end is exclusive. Concepts on trial stand under "candidates".
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/sharedpractice/sharedpractice/examples/internal/program"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/reading"
)

func main() { program.Main("code", run) }

type input struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

type found struct {
	Code       model.Code `json:"code"`
	Confidence float64    `json:"confidence"`
}

type sentence struct {
	Start     int          `json:"start"`
	End       int          `json:"end"`
	Role      string       `json:"role"`
	Methods   []model.Code `json:"methods"`
	Direction string       `json:"direction"`
}

type output struct {
	ID         string     `json:"id"`
	Challenges []found    `json:"challenges"`
	Objectives []found    `json:"objectives"`
	Situations []found    `json:"situations"`
	Methods    []found    `json:"methods"`
	Candidates []found    `json:"candidates"`
	Sentences  []sentence `json:"sentences"`
}

func run(_ context.Context, args []string, stdin io.Reader, stdout io.Writer) error {
	fl := flag.NewFlagSet("code", flag.ContinueOnError)
	jsonl := fl.Bool("jsonl", false, "read JSON Lines {id,text}, an account a line")
	least := fl.Float64("least", 0, "`CONFIDENCE` from which on a code is told, 0 to 1; without it from where about four in five are right")
	all := fl.Bool("all", false, "tell also what is not sure enough to be counted")
	if err := fl.Parse(args); errors.Is(err, flag.ErrHelp) {
		return err
	} else if err != nil || fl.NArg() > 0 || *least < 0 || *least > 1 {
		return program.ErrUsage
	}
	r, err := reading.New(reading.Config{Least: *least})
	if err != nil {
		return err
	}
	w := bufio.NewWriter(stdout)
	c := coder{reader: r, all: *all, out: json.NewEncoder(w)}
	stdin = program.Unmarked(stdin)
	if !*jsonl {
		b, err := io.ReadAll(stdin)
		if err != nil {
			return errors.New("the input cannot be read")
		}
		return errors.Join(c.write(input{Text: string(b)}), w.Flush())
	}
	in := bufio.NewReaderSize(stdin, 1<<16)
	for n := 1; ; n++ {
		line, err := in.ReadBytes('\n')
		if len(strings.TrimSpace(string(line))) > 0 {
			var doc input
			if json.Unmarshal(line, &doc) != nil {
				return fmt.Errorf("line %d: no JSON object with id and text", n)
			}
			if err := c.write(doc); err != nil {
				return fmt.Errorf("line %d: %w", n, err)
			}
		}
		if errors.Is(err, io.EOF) {
			return w.Flush()
		}
		if err != nil {
			return errors.New("the input cannot be read")
		}
	}
}

type coder struct {
	reader *reading.Reader
	all    bool
	out    *json.Encoder
}

func (c coder) write(doc input) error {
	got, err := c.reader.Read(doc.Text, "")
	if err != nil {
		return err
	}
	o := output{ID: doc.ID, Candidates: []found{}, Sentences: []sentence{}}
	list := func(all []reading.Found) []found {
		out := []found{}
		for _, f := range all {
			if !f.Told && !c.all {
				continue
			}
			told := found{f.Code, float64(int(f.Confidence*1000+0.5)) / 1000}
			if f.Candidate {
				o.Candidates = append(o.Candidates, told)
			} else {
				out = append(out, told)
			}
		}
		return out
	}
	o.Challenges, o.Objectives = list(got.Challenges), list(got.Objectives)
	o.Situations, o.Methods = list(got.Situations), list(got.Methods)
	points, at := 0, 0
	count := func(to int) int {
		points += utf8.RuneCountInString(doc.Text[at:to])
		at = to
		return points
	}
	for _, s := range got.Sentences {
		m := s.Methods
		if m == nil {
			m = []model.Code{}
		}
		o.Sentences = append(o.Sentences, sentence{count(s.Start), count(s.End), s.Role, m, s.Direction})
	}
	return c.out.Encode(o)
}
