// SPDX-License-Identifier: Apache-2.0

package render

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"github.com/sharedpractice/sharedpractice/guidance"
)

// ErrAnswers says that a document holds no slots that can be read; the error
// names the rule, never the text.
var ErrAnswers = errors.New("render: slots cannot be read")

// The limits of what is read back: bytes of a document's text, and characters
// of one answer.
const (
	maxDocument = 16 << 20
	maxAnswer   = 20_000
)

// Answers reads the filled slots of a guide rendered by JSON.
func (JSON) Answers(r io.Reader) (map[string]guidance.Answer, error) {
	var g guidance.Guide
	d := json.NewDecoder(io.LimitReader(r, maxDocument))
	if err := d.Decode(&g); err != nil || g.Schema != guidance.Schema {
		return nil, ErrAnswers
	}
	return bounded(g.Answers())
}

// Answers reads the filled slots of a guide rendered by Markdown and
// edited: what stands between a slot's markers, quoted, below the line that is
// empty but for its quotation mark. A text without slots is ErrAnswers.
func (Markdown) Answers(r io.Reader) (map[string]guidance.Answer, error) {
	out := map[string]guidance.Answer{}
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
				out[id] = guidance.Answer{Text: unescapeMarkdown(text), Basis: basis}
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
func bounded(answers map[string]guidance.Answer) (map[string]guidance.Answer, error) {
	for _, a := range answers {
		if len([]rune(a.Text)) > maxAnswer {
			return nil, ErrAnswers
		}
	}
	return answers, nil
}
