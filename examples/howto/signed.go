// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/render"
	"github.com/sharedpractice/sharedpractice/model"
)

// signed is what came back on sign-off sheets, and what became of it.
type signed struct {
	sheets   int
	verdicts map[guidance.Verdict]int
	other    []string // those that answer for another text than the one that would be published now
	several  int      // a yes about an example of several parties: no sheet says which of them gave it
}

// fileSigned puts the answers on the sheets in a folder into the agreements, for
// this run. A yes approves exactly the text that the sheet shows; any other answer
// leaves the example to be counted only, one to an earlier text of it too. The
// folder stays as it is: it is the evidence, and the next run reads it again.
func fileSigned(ctx context.Context, examples []model.Example, o options, key []byte) ([]model.Example, *signed, error) {
	sheets, err := readSheets(o.signed)
	if err != nil {
		return nil, nil, err
	}
	results, err := anonymize.All(ctx, o.anonymizer(key), sequence(examples))
	if err != nil {
		return nil, nil, err
	}
	logs := make([]anonymize.Log, len(results))
	for i, r := range results {
		logs[i] = r.Log
	}
	s := &signed{sheets: len(sheets), verdicts: map[guidance.Verdict]int{}}
	said := map[string][]guidance.SignedOff{} // by example
	closed := map[string]bool{}               // examples of which an earlier text was refused
	for i, answers := range sheets {
		one, err := guidance.ReadSignOff(answers, logs)
		if errors.Is(err, guidance.ErrSignOff) {
			s.other = append(s.other, strconv.Itoa(i+1))
			if one.Log.Example != "" {
				closed[one.Log.Example] = true
			}
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		s.verdicts[one.Verdict]++
		said[one.Log.Example] = append(said[one.Log.Example], one)
	}
	out := slices.Clone(examples)
	for i := range out {
		answers := said[out[i].ID]
		// Who said no to an earlier text has not agreed to this one, until a sheet of
		// this one says so.
		if closed[out[i].ID] && !slices.ContainsFunc(answers, func(x guidance.SignedOff) bool { return x.Verdict == guidance.Agreed }) {
			answers = append(answers, guidance.SignedOff{Verdict: guidance.WithChange})
		}
		if len(answers) > 0 {
			s.put(&out[i], answers)
		}
	}
	return out, s, nil
}

// put files the answers on one example. Where they differ, the most closed holds.
func (s *signed) put(e *model.Example, answers []guidance.SignedOff) {
	e.Agreements = slices.Clone(e.Agreements)
	parties, asked := map[string]bool{}, map[string]bool{} // asked are those that must approve
	for _, p := range e.Parties {
		parties[p.Ref] = true
	}
	for _, a := range e.Agreements {
		parties[a.Party] = true
		if a.Approval.Required {
			asked[a.Party] = true
		}
	}
	closed := slices.ContainsFunc(answers, func(x guidance.SignedOff) bool {
		return x.Verdict == guidance.WithChange || x.Verdict == guidance.Refused
	})
	yes := slices.IndexFunc(answers, func(x guidance.SignedOff) bool { return x.Verdict == guidance.Agreed })
	switch {
	case closed:
		for i := range e.Agreements {
			e.Agreements[i].Approval = model.Approval{Required: true}
		}
	case yes >= 0 && len(asked) == 1 && len(parties) == 1: // a sheet does not show which party it went to
		for i := range e.Agreements {
			if e.Agreements[i].Approval.Required {
				e.Agreements[i].Approval = model.Approval{
					Required: true, TextSHA256: answers[yes].Log.Approval, By: answers[yes].By, At: answers[yes].At,
				}
			}
		}
	case yes >= 0 && len(asked) > 0:
		s.several++
	}
}

const mostSheet = 8 << 20 // bytes

// readSheets reads the answers of every sheet in a folder, in the order of the
// files' names. A fault names the sheet by its place: a name may be anything.
func readSheets(dir string) ([]map[string]guidance.Answer, error) {
	files, err := os.ReadDir(dir)
	if err != nil {
		return nil, errors.New("-signed: the folder cannot be read")
	}
	var out []map[string]guidance.Answer
	n := 0
	for _, f := range files {
		extension := strings.ToLower(filepath.Ext(f.Name()))
		if f.IsDir() || extension != ".docx" && extension != ".md" && extension != ".json" || strings.HasPrefix(f.Name(), "~$") {
			continue
		}
		n++
		body, err := readSheet(filepath.Join(dir, f.Name()))
		var answers map[string]guidance.Answer
		if err == nil {
			switch extension {
			case ".docx":
				answers, err = render.DOCX{}.Answers(bytes.NewReader(body), int64(len(body)))
			case ".md":
				answers, err = render.Markdown{}.Answers(bytes.NewReader(body))
			default:
				answers, err = render.JSON{}.Answers(bytes.NewReader(body))
			}
		}
		if err != nil {
			return nil, fmt.Errorf("-signed: sheet %d in the order of names: no answers can be read from it", n)
		}
		out = append(out, answers)
	}
	if n == 0 {
		return nil, errors.New("-signed: the folder holds no .docx, .md or .json sheets")
	}
	return out, nil
}

func readSheet(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	body, err := io.ReadAll(io.LimitReader(f, mostSheet+1))
	if len(body) > mostSheet {
		return nil, errors.New("too long")
	}
	return body, err
}

// report says what came back. It names sheets by their places in the order of
// the files' names, which may be anything.
func (s *signed) report(w io.Writer) error {
	_, err := fmt.Fprintf(w, "%d sign-off sheets read: %d yes, %d with changes, %d no, %d without an answer or a name.\n",
		s.sheets, s.verdicts[guidance.Agreed], s.verdicts[guidance.WithChange], s.verdicts[guidance.Refused], s.verdicts[guidance.Undecided])
	if err == nil && len(s.other) > 0 {
		_, err = fmt.Fprintf(w, "Sheets that answer for no text as it would be published now, by their places in the order of names: %s. Send a new sheet.\n", strings.Join(s.other, ", "))
	}
	if err == nil && s.several > 0 {
		_, err = fmt.Fprintf(w, "%d yes do not count yet: the example has several parties, and a sheet does not show whose answer it is. Write the fingerprint into the agreement of the party that said yes (approval.text_sha256).\n", s.several)
	}
	return err
}
