// SPDX-License-Identifier: Apache-2.0

package main

import (
	"cmp"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/model"
)

// signed is what came back on sign-off sheets, and what became of it.
type signed struct {
	sheets   int
	verdicts map[guidance.Verdict]int
	other    int        // those that answer for another text than the one that would be published now
	unread   int        // files from which nothing can be read
	files    [][]string // each file's name, and what became of it
	several  int        // a yes about an example of several parties: no sheet says which of them gave it
}

// fileSigned puts the answers on the sheets in a folder into the agreements, for
// this run. A yes approves exactly the text that the sheet shows; any other answer
// leaves the example to be counted only, one to an earlier text of it too. The
// folder stays as it is: it is the evidence, and the next run reads it again.
func fileSigned(ctx context.Context, examples []model.Example, o options, key []byte) ([]model.Example, *signed, error) {
	files, err := readReturnedAll(o.signed)
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
	s := &signed{sheets: len(files), verdicts: map[guidance.Verdict]int{}}
	said := map[string][]guidance.SignedOff{} // by example
	closed := map[string]bool{}               // examples of which an earlier text was refused
	for _, file := range files {
		one, why, err := file.verdict(results, logs, o)
		s.files = append(s.files, []string{file.name, cmp.Or(why, becameOf(one.Verdict))})
		switch {
		case file.why != "":
			s.unread++
		case errors.Is(err, guidance.ErrSignOff):
			s.other++
			if one.Log.Example != "" {
				closed[one.Log.Example] = true
			}
		case err != nil:
			return nil, nil, err
		default:
			s.verdicts[one.Verdict]++
			said[one.Log.Example] = append(said[one.Log.Example], one)
		}
	}
	if o.publish && s.unread > 0 {
		return nil, nil, fmt.Errorf("-signed: %d files cannot be read as sheets, and any of them may hold a no; a draft lists them in private/returned.csv: file them by hand, take them out of the folder, then publish", s.unread)
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
		if a.Approval.Required || a.Level == model.Attributed || a.Uses[model.UseSingleSource] || a.Uses[model.UseVignette] {
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
			e.Agreements[i].Approval = model.Approval{
				Required: true, TextSHA256: answers[yes].Log.Approval, By: answers[yes].By, At: answers[yes].At,
			}
		}
	case yes >= 0 && len(asked) > 0:
		s.several++
	}
}

const mostSheet = 8 << 20 // bytes

// readReturnedAll reads every file in a folder, in the order of their names.
func readReturnedAll(dir string) ([]returned, error) {
	files, err := os.ReadDir(dir)
	if err != nil {
		return nil, errors.New("-signed: the folder cannot be read")
	}
	var out []returned
	for _, f := range files {
		if f.IsDir() || strings.HasPrefix(f.Name(), "~$") || strings.HasPrefix(f.Name(), ".") {
			continue
		}
		body, err := readSheet(filepath.Join(dir, f.Name()))
		if err != nil {
			out = append(out, returned{name: f.Name(), why: "cannot be read"})
			continue
		}
		out = append(out, readReturned(f.Name(), body))
	}
	if len(out) == 0 {
		return nil, errors.New("-signed: the folder holds no sheets")
	}
	return out, nil
}

// verdict finds what a file says, and why it does not count where it does not.
// Whatever stands on a sheet outside its fields and is no answer to one of its
// questions makes its yes a wish for changes.
func (r returned) verdict(results []anonymize.Result, logs []anonymize.Log, o options) (one guidance.SignedOff, why string, err error) {
	if r.why != "" {
		return one, r.why, nil
	}
	answers, rest := r.answers, []string(nil)
	if i := r.about(logs); i >= 0 && r.lines != nil {
		if answers, rest, err = r.inAnyLanguage(results[i], o); err != nil {
			return one, "", err
		}
	}
	one, err = guidance.ReadSignOff(answers, logs)
	switch {
	case errors.Is(err, guidance.ErrSignOff):
		return one, "answers for no text as it would be published now: send a new sheet", err
	case err == nil && len(rest) > 0 && one.Verdict != guidance.Refused:
		one.Verdict = guidance.WithChange
		return one, "something is written or changed on it outside its fields: nothing of it is published until a person has read it", nil
	}
	return one, "", err
}

// about is the result that a sheet with text shows the fingerprint of.
func (r returned) about(logs []anonymize.Log) int {
	return slices.IndexFunc(logs, func(l anonymize.Log) bool {
		return l.Record != "" && l.Approval != "" && slices.ContainsFunc(r.lines, func(line string) bool { return strings.Contains(line, l.Approval) })
	})
}

// inAnyLanguage reads a sheet beside the one that was sent, in the language in
// which most of it is the same.
func (r returned) inAnyLanguage(x anonymize.Result, o options) (map[string]guidance.Answer, []string, error) {
	var answers map[string]guidance.Answer
	var rest []string
	fewest := -1
	for _, locale := range append([]string{o.locale}, guidance.Locales()...) {
		in := o
		in.locale = locale
		if locale != o.locale {
			in.terms = ""
		}
		sent, err := sheetAsSent(x, in.config())
		if err != nil {
			return nil, nil, err
		}
		n := 0
		for _, lines := range r.beside(sent) {
			n += len(lines)
		}
		if fewest < 0 || n < fewest {
			fewest = n
			answers, rest = r.complete(sent)
		}
		if fewest <= len(sent.lines)/2 {
			break
		}
	}
	return answers, rest, nil
}

func becameOf(v guidance.Verdict) string {
	switch v {
	case guidance.Agreed:
		return "yes, filed"
	case guidance.WithChange:
		return "only with changes: nothing of it is published"
	case guidance.Refused:
		return "no: nothing of it is published"
	case guidance.Undecided:
	}
	return "no answer, or no name"
}

// write lists for the working group what became of each file.
func (s *signed) write(to *staging) error {
	if s == nil {
		return nil
	}
	return to.file("private/returned.csv", func(f *os.File) error {
		w := csv.NewWriter(f)
		_ = w.Write([]string{"file", "what became of it"})
		_ = w.WriteAll(s.files)
		return w.Error()
	})
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

// report says what came back. It names no files: a name may be anything.
func (s *signed) report(w io.Writer) error {
	_, err := fmt.Fprintf(w, "%d sign-off sheets read: %d yes, %d with changes, %d no, %d without an answer or a name.\n",
		s.sheets, s.verdicts[guidance.Agreed], s.verdicts[guidance.WithChange], s.verdicts[guidance.Refused], s.verdicts[guidance.Undecided])
	if err == nil && s.other > 0 {
		_, err = fmt.Fprintf(w, "%d sheets answer for no text as it would be published now. Send new ones.\n", s.other)
	}
	if err == nil && s.unread > 0 {
		_, err = fmt.Fprintf(w, "%d files cannot be read as sheets.\n", s.unread)
	}
	if err == nil {
		_, err = fmt.Fprintln(w, "private/returned.csv says of each file what became of it.")
	}
	if err == nil && s.several > 0 {
		_, err = fmt.Fprintf(w, "%d yes do not count yet: the example has several parties, and a sheet does not show whose answer it is. Write the fingerprint into the agreement of the party that said yes (approval.text_sha256).\n", s.several)
	}
	return err
}
