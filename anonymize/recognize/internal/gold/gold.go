// SPDX-License-Identifier: Apache-2.0

// Package gold reads development data: texts with the places that name somebody.
package gold

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"strings"
)

// Doc is a text and its spans, in code points.
type Doc struct {
	ID, Text string
	Spans    []Span
	N        int `json:"-"` // its place in the file
}

// Span is a place that names somebody.
type Span struct {
	Start, End int
	Type       string
	Kind       string `json:"identifier_type"`
}

// Bytes are the byte offsets of all code points of s, and its length.
func Bytes(s string) []int {
	at := make([]int, 0, len(s)+1)
	for i := range s {
		at = append(at, i)
	}
	return append(at, len(s))
}

// Read reads a file of JSON Lines, compressed if its name ends in .gz.
func Read(name string) ([]Doc, error) {
	f, err := os.Open(name) //nolint:gosec // development data, named by who trains or judges
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(name, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			return nil, err
		}
	}
	var out []Doc
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, 1<<24)
	for sc.Scan() {
		var d Doc
		if err := json.Unmarshal(sc.Bytes(), &d); err != nil {
			return nil, err
		}
		d.N = len(out)
		out = append(out, d)
	}
	return out, sc.Err()
}
