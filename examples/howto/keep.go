// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/examples/internal/collect"
	"github.com/sharedpractice/sharedpractice/examples/internal/returned"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/model"
)

// kept holds the words that people have written into the guides since the last run.
type kept struct {
	// answers are their words by guide and slot, laid over those of the run before.
	answers   map[string]map[string]guidance.Answer
	read      int        // files that held new words
	copies    [][]string // file, and the copy that was kept of it
	conflicts []conflict
	printed   map[string]bool    // guides and documents in which answers stand
	named     []collect.Question // answered with a name that somebody declared
}

// A conflict is a question that was answered differently in two files.
type conflict struct {
	guide, slot  string
	taken, other string
}

// readKept reads the words that people filled into guides of the last run, from
// Word, Markdown or JSON. Each file somebody worked on is kept as it is, too, be it a guide
// or a list.
func (s *staging) readKept() (*kept, error) {
	k := &kept{answers: map[string]map[string]guidance.Answer{}}
	for guide, answers := range s.before.Answers {
		k.answers[guide] = maps.Clone(answers)
	}
	for _, name := range s.before.edited(s.dir) {
		copied, err := s.keep(name)
		if err != nil {
			return nil, err
		}
		k.copies = append(k.copies, []string{name, copied})
		folder, file := path.Split(name)
		if folder != "guides/" && folder != "documents/" {
			continue
		}
		answers, err := readAnswers(filepath.Join(s.dir, filepath.FromSlash(name)))
		if err != nil || answers == nil {
			continue // its copy is listed
		}
		guide := strings.TrimSuffix(file, path.Ext(file))
		k.merge(guide, s.before.Answers[guide], answers)
	}
	s.answers = k.answers
	return k, nil
}

func (k *kept) merge(guide string, base, found map[string]guidance.Answer) {
	before := k.answers[guide]
	merged, conflicts := guidance.MergeAnswers(base, before, found)
	for _, c := range conflicts {
		k.conflicts = append(k.conflicts, conflict{guide: guide, slot: c.Slot, taken: c.Mine.Text, other: c.Theirs.Text})
	}
	if !maps.Equal(merged, before) {
		k.read++
	}
	k.answers[guide] = merged
}

func readAnswers(name string) (map[string]guidance.Answer, error) {
	body, err := returned.Read(name)
	if err != nil {
		return nil, err
	}
	return returned.Answers(name, body)
}

// of is the configuration of a guide with the words that people gave it.
func (k *kept) of(cfg guidance.Config, guide string) guidance.Config {
	if k != nil {
		cfg.Answers = k.answers[guide]
		if k.printed == nil {
			k.printed = map[string]bool{}
		}
		k.printed[guide] = true
	}
	return cfg
}

// hold holds what is printed of people's words against everybody's declared names. An
// edition with one of them is not published.
func (k *kept) hold(ctx context.Context, examples []model.Example, key []byte, o options) (err error) {
	printed := maps.Clone(k.answers)
	maps.DeleteFunc(printed, func(guide string, _ map[string]guidance.Answer) bool { return !k.printed[guide] })
	k.named, err = collect.Named(ctx, key, o.now, examples, printed)
	if err != nil || len(k.named) == 0 || !o.publish {
		return err
	}
	var b strings.Builder
	for _, q := range k.named {
		fmt.Fprintf(&b, "\n  guide or document %s, question %s", q.Guide, q.Slot)
	}
	return fmt.Errorf("nothing was published: what was filled in holds a name that somebody declared; write it without that name in %s, and publish again:%s", o.out, b.String())
}

// write lists for the working group what was kept, and what two people answered
// differently.
func (k *kept) write(s *staging) error {
	if len(k.copies) == 0 && len(k.conflicts) == 0 && len(k.named) == 0 {
		return nil
	}
	return s.file("private/kept.md", func(f *os.File) error {
		var b strings.Builder
		b.WriteString("# What people wrote into the files of the last run\n\nEach file that was worked on is kept as it was; what was filled into guides stands in the new ones too.\n\n")
		for _, c := range k.copies {
			fmt.Fprintf(&b, "- `%s`, kept as `%s`%s\n", c[0], c[1], became(c[0]))
		}
		if len(k.named) > 0 {
			b.WriteString("\n## Answers that hold a name that somebody declared\n\nNo edition is published with them. Write them without the name.\n\n")
			for _, q := range k.named {
				fmt.Fprintf(&b, "- guide or document `%s`, question `%s`\n", q.Guide, q.Slot)
			}
		}
		if len(k.conflicts) > 0 {
			b.WriteString("\n## Answered differently in two files\n\nThe first stands in the guide. Settle it there.\n\n")
			for _, c := range k.conflicts {
				fmt.Fprintf(&b, "- guide `%s`, question `%s`\n  - in the guide: %s\n  - in another file: %s\n", c.guide, c.slot, oneLine(c.taken), oneLine(c.other))
			}
		}
		_, err := f.WriteString(b.String())
		return err
	})
}

// became says of a file that was worked on, and is none of the guides, what that is for.
func became(name string) string {
	switch {
	case slices.Contains([]string{codesName, mapName, alikeName}, name):
		return ": read by this run, unless it was given another list"
	case strings.HasPrefix(name, "private/sign-off/"):
		return ": an answer on a sheet counts from the folder that `-signed` names"
	case strings.HasPrefix(name, "private/"):
		return ": written anew, since nothing is read from it"
	}
	return ""
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
