// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"
)

// ErrAnswers says that a document holds no slots that can be read; the error
// names the rule, never the text.
var ErrAnswers = errors.New("guidance: slots cannot be read")

// The limits of what is read back: bytes of a document's text, and characters
// of one answer.
const (
	maxDocument = 16 << 20
	maxAnswer   = 20_000
)

// Answers are the filled slots of a guide.
func (g *Guide) Answers() map[string]Answer {
	out := map[string]Answer{}
	g.slots(func(_ *Section, s *Slot) {
		if s.Answer != "" {
			out[s.ID] = Answer{Text: s.Answer, Basis: s.Basis}
		}
	})
	return out
}

// ReadJSONAnswers reads the filled slots of a guide rendered by JSON.
func ReadJSONAnswers(r io.Reader) (map[string]Answer, error) {
	var g Guide
	d := json.NewDecoder(io.LimitReader(r, maxDocument))
	if err := d.Decode(&g); err != nil || g.Schema != Schema {
		return nil, ErrAnswers
	}
	return bounded(g.Answers())
}

// ReadMarkdownAnswers reads the filled slots of a guide rendered by Markdown and
// edited: what stands between a slot's markers, quoted, below the line that is
// empty but for its quotation mark. A text without slots is ErrAnswers.
func ReadMarkdownAnswers(r io.Reader) (map[string]Answer, error) {
	out := map[string]Answer{}
	sc := bufio.NewScanner(io.LimitReader(r, maxDocument))
	sc.Buffer(nil, 1<<20)
	id, basis, answering, slots := "", "", false, 0
	var lines []string
	for sc.Scan() {
		line := strings.TrimSpace(sc.Text())
		switch {
		case strings.HasPrefix(line, "<!-- slot ") && strings.HasSuffix(line, " -->"):
			id, basis, _ = strings.Cut(strings.TrimSuffix(strings.TrimPrefix(line, "<!-- slot "), " -->"), "#")
			answering, lines = false, nil
			slots++
		case line == "<!-- /slot -->":
			if text := strings.TrimSpace(strings.Join(lines, "\n")); id != "" && text != "" && text != "…" {
				out[id] = Answer{Text: unescapeMarkdown(text), Basis: basis}
			}
			id = ""
		case id != "" && !answering:
			answering = line == ">"
		case id != "":
			lines = append(lines, strings.TrimSpace(strings.TrimPrefix(line, ">")))
		}
	}
	if sc.Err() != nil || slots == 0 {
		return nil, ErrAnswers
	}
	return bounded(out)
}

func isAlphanumeric(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

func unescapeMarkdown(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		// A backslash escapes ASCII punctuation only; before anything else it is one.
		if s[i] == '\\' && i+1 < len(s) && s[i+1] > ' ' && s[i+1] < 0x7F && !isAlphanumeric(s[i+1]) {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// bounded refuses answers that no person wrote.
func bounded(answers map[string]Answer) (map[string]Answer, error) {
	for _, a := range answers {
		if len([]rune(a.Text)) > maxAnswer {
			return nil, ErrAnswers
		}
	}
	return answers, nil
}

// Conflict is a slot that two people answered differently since the base.
type Conflict struct {
	Slot         string
	Mine, Theirs Answer
}

// MergeAnswers merges two sets of answers that both go back to base: what one
// side changed is taken, what both changed in the same way too. Where they
// differ, mine stays in the result and the slot is a conflict for a person to
// settle. Conflicts are sorted by slot.
func MergeAnswers(base, mine, theirs map[string]Answer) (map[string]Answer, []Conflict) {
	merged := map[string]Answer{}
	ids := map[string]bool{}
	for _, m := range []map[string]Answer{base, mine, theirs} {
		for id := range m {
			ids[id] = true
		}
	}
	var conflicts []Conflict
	for _, id := range slices.Sorted(maps.Keys(ids)) {
		b, m, t := base[id], mine[id], theirs[id]
		take := m
		switch {
		case m.Text == t.Text, t.Text == b.Text:
		case m.Text == b.Text:
			take = t
		default:
			conflicts = append(conflicts, Conflict{Slot: id, Mine: m, Theirs: t})
		}
		if take.Text != "" {
			merged[id] = take
		}
	}
	return merged, conflicts
}
