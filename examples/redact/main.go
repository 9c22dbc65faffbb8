// SPDX-License-Identifier: Apache-2.0

// Command redact reads text and writes it with names, places, dates, contact
// details and identifiers replaced by labels.
//
//	redact [-level anonymous] [-strict] [-declared FILE] [-jsonl] [-spans] < in > out
//
// With -jsonl each line of input is {"id","text"}. With -spans it writes
// {"id","spans":[{"start","end","type"}]} instead of text; offsets count
// Unicode code points, the end is exclusive. FILE holds lines "type<TAB>name",
// type one of PERSON ORG LOC DATE CONTACT CODE BRAND OTHER. Nothing is written
// for an input that cannot be read whole.
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
	"os/signal"
	"strings"
	"unicode/utf8"

	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"golang.org/x/text/language"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	err := run(ctx, os.Args[1:], os.Stdin, os.Stdout)
	switch {
	case err == nil:
	case errors.Is(err, errUsage):
		os.Exit(2)
	default:
		fmt.Fprintln(os.Stderr, "redact:", err)
		os.Exit(1)
	}
}

var errUsage = errors.New("wrong usage")

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
	level := fl.String("level", "anonymous", "confidentiality level: anonymous, or named to mask contact details and codes only")
	strict := fl.Bool("strict", false, "mask every capitalised, unknown or numeric token that nothing clears")
	declared := fl.String("declared", "", "`FILE` of declared names, lines type<TAB>name")
	jsonl := fl.Bool("jsonl", false, "read JSON Lines {id,text}")
	asSpans := fl.Bool("spans", false, "write spans, not text")
	if err := fl.Parse(args); err != nil || fl.NArg() > 0 {
		return errUsage
	}
	if *level != "anonymous" && *level != "named" {
		fmt.Fprintln(fl.Output(), "redact: unknown level")
		return errUsage
	}
	rs, err := recognisers(*declared)
	if err != nil {
		return err
	}
	r := redactor{rs: rs, strict: *strict, named: *level == "named", asSpans: *asSpans, jsonl: *jsonl}
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

func recognisers(declared string) ([]recognize.Recognizer, error) {
	rs, err := recognize.Default(language.BritishEnglish)
	if err != nil || declared == "" {
		return rs, err
	}
	b, err := os.ReadFile(declared) //nolint:gosec // the user names it
	if err != nil {
		return nil, errors.New("the file of declared names cannot be read")
	}
	var names []recognize.Declared
	n := 0
	for line := range strings.Lines(string(b)) {
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
	dict, err := recognize.NewDictionary(names)
	if err != nil {
		return nil, err
	}
	return append([]recognize.Recognizer{dict}, rs...), nil
}

func known(k recognize.Kind) bool {
	switch k {
	case recognize.Person, recognize.Org, recognize.Place, recognize.Date, recognize.Contact, recognize.Code, recognize.Brand, recognize.Other:
		return true
	}
	return false
}

type redactor struct {
	rs                            []recognize.Recognizer
	strict, named, asSpans, jsonl bool
}

func (r redactor) write(ctx context.Context, in input, w io.Writer) error {
	doc, err := recognize.NewDocument(in.Text)
	if err != nil {
		return err
	}
	found, err := recognize.Detect(ctx, []*recognize.Document{doc}, r.rs, recognize.Options{Strict: r.strict})
	if err != nil {
		return err
	}
	fs := found[0]
	if r.named {
		kept := fs[:0]
		for _, f := range fs {
			if f.Declared || f.Kind == recognize.Contact || f.Kind == recognize.Code {
				kept = append(kept, f)
			}
		}
		fs = kept
	}
	switch {
	case r.asSpans:
		return json.NewEncoder(w).Encode(spans{in.ID, codePoints(in.Text, fs)})
	case r.jsonl:
		return json.NewEncoder(w).Encode(input{in.ID, redact(in.Text, fs)})
	}
	_, err = io.WriteString(w, redact(in.Text, fs))
	return err
}

// codePoints turns byte offsets into offsets in code points.
func codePoints(s string, fs []recognize.Finding) []span {
	out := make([]span, 0, len(fs))
	at, points := 0, 0
	for _, f := range fs {
		points += utf8.RuneCountInString(s[at:f.Start])
		start := points
		points += utf8.RuneCountInString(s[f.Start:f.End])
		at = f.End
		out = append(out, span{start, points, string(f.Kind)})
	}
	return out
}

func redact(s string, fs []recognize.Finding) string {
	var b strings.Builder
	at := 0
	for _, f := range fs {
		b.WriteString(s[at:f.Start])
		b.WriteString(label(f.Kind))
		at = f.End
	}
	b.WriteString(s[at:])
	return b.String()
}

func label(k recognize.Kind) string {
	switch k {
	case recognize.Person:
		return "[person]"
	case recognize.Org:
		return "[organisation]"
	case recognize.Place:
		return "[place]"
	case recognize.Date:
		return "[date]"
	case recognize.Contact:
		return "[contact]"
	case recognize.Code:
		return "[number]"
	case recognize.Brand:
		return "[programme]"
	}
	return "[removed]"
}
