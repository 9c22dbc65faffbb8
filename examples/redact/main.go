// SPDX-License-Identifier: Apache-2.0

// Command redact reads text and writes it with names, places, dates, contact
// details, identifiers and odd figures replaced, as the level asks: public,
// attributed, anonymous or aggregate.
//
//	redact [-level anonymous] [-strict] [-declared FILE] [-jsonl] [-spans] < in > out
//
// With -jsonl each line of input is {"id","text"}, a document of its own. With
// -spans it writes {"id","spans":[{"start","end","type"}]} instead of text: what the
// text would have masked, articles around it left out; offsets count Unicode code
// points, the end is exclusive. FILE holds lines "type<TAB>name", type one of PERSON ORG LOC
// DATE CONTACT CODE BRAND OTHER. Nothing is written for an input that cannot be
// read whole.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/anonymize/redact"
	"github.com/sharedpractice/sharedpractice/examples/internal/program"
)

func main() { program.Main("redact", run) }

type input struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

type span struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Type  string `json:"type"`
}

type spans struct {
	ID    string `json:"id"`
	Spans []span `json:"spans"`
}

func run(ctx context.Context, args []string, stdin io.Reader, stdout io.Writer) error {
	fl := flag.NewFlagSet("redact", flag.ContinueOnError)
	level := fl.String("level", "anonymous", "`LEVEL` of disclosure: public, attributed, anonymous or aggregate")
	strict := fl.Bool("strict", false, "mask every capitalised, unknown or numeric token that nothing clears")
	declared := fl.String("declared", "", "`FILE` of declared names, lines type<TAB>name")
	jsonl := fl.Bool("jsonl", false, "read JSON Lines {id,text}")
	asSpans := fl.Bool("spans", false, "write spans, not text")
	if err := fl.Parse(args); errors.Is(err, flag.ErrHelp) {
		return err
	} else if err != nil || fl.NArg() > 0 {
		return program.ErrUsage
	}
	policy, err := redact.PolicyFor(*level)
	if err != nil {
		return fmt.Errorf("%w: unknown level", program.ErrUsage)
	}
	names, err := declaredIn(*declared)
	if err != nil {
		return err
	}
	text, err := redact.New(redact.Config{Declared: names, Balanced: !*strict, Policy: policy})
	if err != nil {
		return err
	}
	r := redactor{text: text, asSpans: *asSpans, jsonl: *jsonl}
	stdin = program.Unmarked(stdin)
	if !*jsonl {
		b, err := io.ReadAll(stdin)
		if err != nil {
			return err
		}
		return r.write(ctx, input{Text: string(b)}, stdout)
	}
	out := bufio.NewWriter(stdout)
	in := bufio.NewReaderSize(stdin, 1<<16)
	for n := 1; ; n++ {
		line, err := in.ReadBytes('\n')
		if len(strings.TrimSpace(string(line))) > 0 {
			var doc input
			if json.Unmarshal(line, &doc) != nil {
				return fmt.Errorf("line %d: no JSON object with id and text", n)
			}
			if err := r.write(ctx, doc, out); err != nil {
				return fmt.Errorf("line %d: %w", n, err)
			}
		}
		if errors.Is(err, io.EOF) {
			return out.Flush()
		}
		if err != nil {
			return err
		}
	}
}

// declaredIn reads a file of declared names; "" is none.
func declaredIn(file string) ([]recognize.Declared, error) {
	if file == "" {
		return nil, nil
	}
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, errors.New("the file of declared names cannot be read")
	}
	var names []recognize.Declared
	n := 0
	for line := range strings.Lines(strings.TrimPrefix(string(b), "\ufeff")) {
		n++
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		kind, name, ok := strings.Cut(line, "\t")
		if !ok || strings.TrimSpace(name) == "" {
			return nil, fmt.Errorf("declared names: line %d is not type<TAB>name", n)
		}
		k := recognize.Kind(strings.ToUpper(strings.TrimSpace(kind)))
		if !known(k) {
			return nil, fmt.Errorf("declared names: line %d: unknown type", n)
		}
		names = append(names, recognize.Declared{Kind: k, Name: strings.TrimSpace(name)})
	}
	return names, nil
}

func known(k recognize.Kind) bool {
	switch k {
	case recognize.Person, recognize.Org, recognize.Place, recognize.Date, recognize.Contact, recognize.Code, recognize.Brand, recognize.Other:
		return true
	}
	return false
}

type redactor struct {
	text           *redact.Redactor
	asSpans, jsonl bool
}

func (r redactor) write(ctx context.Context, in input, w io.Writer) error {
	out, err := r.text.Redact(ctx, []redact.Passage{{Text: in.Text}})
	if err != nil {
		return err
	}
	switch {
	case r.asSpans:
		return json.NewEncoder(w).Encode(spans{in.ID, codePoints(in.Text, out[0].Decisions)})
	case r.jsonl:
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		return enc.Encode(input{in.ID, out[0].Text})
	}
	_, err = io.WriteString(w, out[0].Text)
	return err
}

// codePoints are the cuts as spans, in offsets of code points.
func codePoints(s string, cuts []redact.Decision) []span {
	out := make([]span, 0, len(cuts))
	at, points := 0, 0
	for _, d := range cuts {
		if d.Operator == redact.Keep {
			continue
		}
		points += utf8.RuneCountInString(s[at:d.FoundStart])
		start := points
		points += utf8.RuneCountInString(s[d.FoundStart:d.FoundEnd])
		at = d.FoundEnd
		out = append(out, span{start, points, string(d.Kind)})
	}
	return out
}
