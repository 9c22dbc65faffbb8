// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
)

// mark is what was marked in an excerpt of open text, whose words stay where
// they are: the first of the texts that it is cut from, how many, and from which
// code point on; the sentences are counted from there.
type mark struct {
	From  string `json:"from"`
	Texts int    `json:"texts"`
	At    int    `json:"at"`
	account
}

// mark adds what was marked in open text.
func (c *corpus) mark(dir fs.FS, openText string) error {
	more, err := marked(dir, openText)
	c.accounts = append(c.accounts, more...)
	return err
}

// marked reads the marks beside the open text that they are of. Without that
// text it says so: the weights cannot be made again without it.
func marked(dir fs.FS, openText string) ([]account, error) {
	body, err := fs.ReadFile(dir, "marked-open-text.jsonl")
	if err != nil {
		return nil, err
	}
	ids, texts, err := openTexts(openText)
	if err != nil {
		return nil, fmt.Errorf("the open text that marks are of: %w", err)
	}
	var out []account
	lines := bufio.NewScanner(bytes.NewReader(body))
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		a, err := beside(lines.Bytes(), ids, texts)
		if err != nil {
			return nil, fmt.Errorf("marked-open-text.jsonl: line %d: %w", n, err)
		}
		out = append(out, a)
	}
	readers := map[[2]string]int{}
	for i, a := range out {
		out[i].again = readers[[2]string{a.ID, a.Text}] > 0
		readers[[2]string{a.ID, a.Text}]++
	}
	for i := range out {
		out[i].readers = readers[[2]string{out[i].ID, out[i].Text}]
	}
	return out, lines.Err()
}

// beside puts a line of marks to its text.
func beside(line []byte, ids map[string]int, texts []string) (account, error) {
	var m mark
	if err := json.Unmarshal(line, &m); err != nil {
		return account{}, err
	}
	at, ok := ids[m.From]
	if !ok || m.Texts < 1 || at+m.Texts > len(texts) {
		return account{}, fmt.Errorf("no text %q", m.From)
	}
	runes := []rune(strings.Join(texts[at:at+m.Texts], "\n\n"))
	if m.At < 0 || m.At > len(runes) {
		return account{}, errors.New("offsets")
	}
	a := m.account
	a.ID, a.Written, a.open = m.From, true, true
	a.Text = string(runes[m.At:])
	return a, a.cut(runes[m.At:])
}

// openTexts reads the open text: where each text stands, and the texts.
func openTexts(path string) (map[string]int, []string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, nil, err
	}
	ids := map[string]int{}
	var texts []string
	d := json.NewDecoder(z)
	for {
		var line struct{ ID, Text string }
		if err := d.Decode(&line); errors.Is(err, io.EOF) {
			return ids, texts, nil
		} else if err != nil {
			return nil, nil, err
		}
		ids[line.ID] = len(texts)
		texts = append(texts, strings.TrimSpace(line.Text))
	}
}
