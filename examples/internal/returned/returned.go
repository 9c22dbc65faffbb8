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
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/examples/internal/collect"
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
	Theme     render.Theme // with which they were made
	Groups    []string     // names of the group on sheets that were made with another theme
	Earlier   [][]byte     // keys before this one, under which sheets were sent
}

// Filed holds the sign-off sheets that came back, and how each was taken in.
type Filed struct {
	Verdicts map[guidance.Verdict]int
	Other    int      // sheets that answer for another text than the one that would be published now, or that are not whole
	Lost     int      // a no, or wishes for changes, on sheets of an example that is not among those given
	Unread   int      // files from which nothing can be read
	Several  int      // a yes about an example of several parties on a sheet that does not say whose it is
	Waiting  int      // examples that one party said yes to and another has not answered for
	Files    []Became // a line for each file, in their order
	// Parties are those behind each example that is not withheld, and what each said.
	Parties map[string][]Party
}

// Became says what became of a file.
type Became struct {
	Name    string
	What    string // in words for the working group
	Example string // that it answers for, where one was found
	Party   string // whose sheet it is, where that was found
	By      string // who signed it
	Counts  bool   // it answers for the text as it would be published now
	Verdict guidance.Verdict
}

// Put files the answers on sheets into the agreements of the examples, each as its
// party's. What it returns are copies: the files are the evidence, and the next run
// reads them again.
func Put(ctx context.Context, examples []model.Example, files []File, cfg Config) ([]model.Example, *Filed, error) {
	results, err := anonymize.All(ctx, cfg.Anonymize, collect.Sequence(examples))
	if err != nil {
		return nil, nil, err
	}
	s := &Filed{Verdicts: map[guidance.Verdict]int{}, Parties: map[string][]Party{}}
	s.Behind(cfg.Anonymize.Key, examples, results)
	sent, err := prepare(ctx, cfg, examples, results, s.Parties)
	if err != nil {
		return nil, nil, err
	}
	closed := sync.OnceValues(func() (all []anonymize.Log, err error) {
		for _, key := range append([][]byte{cfg.Anonymize.Key}, cfg.Earlier...) { // a no may be older than the key
			then := cfg.Anonymize
			then.Key = key
			logs, err := withheld(ctx, results, then)
			if err != nil {
				return nil, err
			}
			all = append(all, logs...)
		}
		return all, nil
	})
	said := map[string][]answer{} // by example
	var before []sentOut
	for i, f := range files {
		sheet := readSheet(f)
		one, err := sent.read(sheet)
		if err == nil && one.other && len(cfg.Earlier) > 0 {
			if before == nil {
				before, err = sentBefore(ctx, examples, cfg)
			}
			if err == nil {
				one, err = sent.readBefore(before, sheet, one)
			}
		}
		if err != nil {
			return nil, nil, err
		}
		one.file = i
		s.Files = append(s.Files, Became{
			Name: f.Name, What: cmp.Or(one.why, becameOf(one.Verdict)), Example: one.Log.Example, Party: one.party, By: string(one.By),
			Counts: !one.unread && !one.other, Verdict: one.Verdict,
		})
		switch {
		case one.unread:
			s.Unread++
			continue
		case one.other:
			s.Other++
			if len(one.about) == 0 && sent.closes(sheet) {
				logs, err := closed()
				if err != nil {
					return nil, nil, err
				}
				became := &s.Files[len(s.Files)-1]
				became.Example = sheet.among(logs) // a no on a sheet of theirs is not lost
				if became.What = "a no, or a wish for changes: nothing of its example is published anyway"; became.Example == "" {
					s.Lost++
					became.What = "a no, or a wish for changes, for an example that is not here or has changed past recognition: take its row out, or write its agreement into the row, then take this file out of the folder"
				}
			}
		default:
			s.Verdicts[one.Verdict]++
		}
		for _, id := range one.about {
			said[id] = append(said[id], one.answer)
		}
	}
	out := slices.Clone(examples)
	for i := range out {
		if answers := said[out[i].ID]; len(answers) > 0 {
			s.put(&out[i], s.Parties[out[i].ID], answers)
		}
	}
	return out, s, nil
}

// Behind notes who stands behind each example that is not withheld, where that is
// not known yet.
func (s *Filed) Behind(key []byte, examples []model.Example, results []anonymize.Result) {
	records := map[string]string{}
	for _, r := range results {
		records[r.Log.Example] = r.Log.Record
	}
	if s.Parties == nil {
		s.Parties = map[string][]Party{}
	}
	for _, e := range examples {
		if records[e.ID] != "" && s.Parties[e.ID] == nil {
			s.Parties[e.ID] = Parties(key, e, records[e.ID])
		}
	}
}

// Folder reads every file in a folder, in the order of their names.
func Folder(dir string) ([]File, error) {
	files, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errors.New("the folder is not there: make it, and put the sheets that came back into it")
	}
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
