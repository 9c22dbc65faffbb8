// SPDX-License-Identifier: Apache-2.0

// Package returned reads what comes back from people: sign-off sheets that were
// answered, and guides whose slots were filled in, however people answer.
//
// A yes on a sheet approves exactly the text that the sheet shows; any other
// answer leaves the example to be counted only. What cannot be read, or says
// something outside its fields, is no yes. Every file is accounted for.
package returned

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/render"
	"github.com/sharedpractice/sharedpractice/model"
)

// Most bounds the length of a file, in bytes.
const Most = 8 << 20

// File is a file that came back. The names are what people chose: they are for
// the working group only.
type File struct {
	Name   string
	Body   []byte
	Unread bool // it could not be opened, or is too long
}

// Config says how the sheets were made that come back.
type Config struct {
	Anonymize anonymize.Config
	Locale    string // in which most sheets were sent
	Guide     func(locale string) guidance.Config
}

// Filed is what came back on sign-off sheets, and what became of it.
type Filed struct {
	Verdicts map[guidance.Verdict]int
	Other    int      // sheets that answer for another text than the one that would be published now
	Unread   int      // files from which nothing can be read
	Several  int      // a yes about an example of several parties: no sheet says which of them gave it
	Files    []Became // a line for each file, in their order
}

// Became says what became of a file.
type Became struct {
	Name    string
	What    string // in words for the working group
	Example string // that it answers for, where one was found
	Counts  bool   // it answers for the text as it would be published now
	Verdict guidance.Verdict
}

// Put files the answers on sheets into the agreements of the examples. What it
// returns are copies: the files are the evidence, and the next run reads them
// again.
func Put(ctx context.Context, examples []model.Example, files []File, cfg Config) ([]model.Example, *Filed, error) {
	results, err := anonymize.All(ctx, cfg.Anonymize, func(yield func(model.Example, error) bool) {
		for _, e := range examples {
			if !yield(e, nil) {
				return
			}
		}
	})
	if err != nil {
		return nil, nil, err
	}
	logs := make([]anonymize.Log, len(results))
	for i, r := range results {
		logs[i] = r.Log
	}
	s := &Filed{Verdicts: map[guidance.Verdict]int{}}
	said := map[string][]guidance.SignedOff{} // by example
	closed := map[string]bool{}               // examples of which an earlier text was refused
	for _, f := range files {
		file := readSheet(f)
		one, why, err := file.verdict(results, logs, cfg)
		s.Files = append(s.Files, Became{Name: f.Name, What: cmp.Or(why, becameOf(one.Verdict)), Example: one.Log.Example, Counts: err == nil && file.why == "", Verdict: one.Verdict})
		switch {
		case file.why != "":
			s.Unread++
		case errors.Is(err, guidance.ErrSignOff):
			s.Other++
			if one.Log.Example != "" {
				closed[one.Log.Example] = true
			}
		case err != nil:
			return nil, nil, err
		default:
			s.Verdicts[one.Verdict]++
			said[one.Log.Example] = append(said[one.Log.Example], one)
		}
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
func (s *Filed) put(e *model.Example, answers []guidance.SignedOff) {
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
		s.Several++
	}
}

// Folder reads every file in a folder, in the order of their names.
func Folder(dir string) ([]File, error) {
	files, err := os.ReadDir(dir)
	if err != nil {
		return nil, errors.New("the folder cannot be read")
	}
	var out []File
	for _, f := range files {
		if f.IsDir() || strings.HasPrefix(f.Name(), "~$") || strings.HasPrefix(f.Name(), ".") {
			continue
		}
		body, err := Read(filepath.Join(dir, f.Name()))
		out = append(out, File{Name: f.Name(), Body: body, Unread: err != nil})
	}
	if len(out) == 0 {
		return nil, errors.New("the folder holds no sheets")
	}
	return out, nil
}

// Read reads a file that is not too long.
func Read(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	body, err := io.ReadAll(io.LimitReader(f, Most+1))
	if len(body) > Most {
		return nil, errors.New("too long")
	}
	return body, err
}

// Answers reads the filled slots of a guide by the ending of its name; nil of a
// format that holds none.
func Answers(name string, body []byte) (map[string]guidance.Answer, error) {
	switch strings.ToLower(path.Ext(name)) {
	case ".docx":
		return render.DOCX{}.Answers(bytes.NewReader(body), int64(len(body)))
	case ".md":
		return render.Markdown{}.Answers(bytes.NewReader(body))
	case ".json":
		return render.JSON{}.Answers(bytes.NewReader(body))
	}
	return nil, nil
}

// verdict finds what a file says, and why it does not count where it does not.
// Whatever stands on a sheet outside its fields and is no answer to one of its
// questions makes its yes a wish for changes.
func (r sheet) verdict(results []anonymize.Result, logs []anonymize.Log, cfg Config) (one guidance.SignedOff, why string, err error) {
	if r.why != "" {
		return one, r.why, nil
	}
	answers, rest := r.answers, []string(nil)
	if i := r.about(logs); i >= 0 && r.lines != nil {
		if answers, rest, err = r.inAnyLanguage(results[i], cfg); err != nil {
			return one, "", err
		}
	}
	one, err = guidance.ReadSignOff(answers, logs)
	switch {
	case errors.Is(err, guidance.ErrSignOff):
		return one, "answers for no text as it would be published now: send a new sheet", err
	case err == nil && one.Verdict != guidance.Refused && refused(rest, answers, logs):
		one.Verdict = guidance.Refused
	case err == nil && len(rest) > 0 && one.Verdict != guidance.Refused:
		one.Verdict = guidance.WithChange
		return one, "something is written or changed on it outside its fields: nothing of it is published until a person has read it", nil
	}
	return one, "", err
}

// refused reports whether one of the lines that stand outside the fields is a no.
func refused(lines []string, answers map[string]guidance.Answer, logs []anonymize.Log) bool {
	return slices.ContainsFunc(lines, func(line string) bool {
		said, err := guidance.ReadSignOff(map[string]guidance.Answer{"decision": {Text: line, Basis: answers["decision"].Basis}}, logs)
		return err == nil && said.Verdict == guidance.Refused
	})
}

// about is the result that a sheet with text shows the fingerprint of.
func (r sheet) about(logs []anonymize.Log) int {
	return slices.IndexFunc(logs, func(l anonymize.Log) bool {
		return l.Record != "" && l.Approval != "" && slices.ContainsFunc(r.lines, func(line string) bool { return strings.Contains(line, l.Approval) })
	})
}

// inAnyLanguage reads a sheet beside the one that was sent, in the language in
// which most of it is the same.
func (r sheet) inAnyLanguage(x anonymize.Result, cfg Config) (map[string]guidance.Answer, []string, error) {
	var answers map[string]guidance.Answer
	var rest []string
	fewest := -1
	for _, locale := range append([]string{cfg.Locale}, guidance.Locales()...) {
		sent, err := sheetAsSent(x, cfg.Guide(locale))
		if err != nil {
			return nil, nil, err
		}
		n := 0
		for _, lines := range r.outsideFields(sent) {
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
