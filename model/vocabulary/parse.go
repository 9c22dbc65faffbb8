// SPDX-License-Identifier: Apache-2.0

package vocabulary

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// parseTSV reads the line form: header lines "# name: value", then lines of
// id, property, value and, for labels, a weight, separated by tabs. A line of
// an id alone declares a concept that has nothing else to say.
func parseTSV(name string, data []byte) (head, []statement, error) {
	h := head{place: place{file: name, line: 1}}
	if err := checkText(string(data)); err != "" {
		return h, nil, place{file: name}.fault(err)
	}
	sts := make([]statement, 0, min(bytes.Count(data, []byte{'\n'}), maxStatements)+1)
	line := 0
	for text := range strings.Lines(string(data)) {
		line++
		text = strings.TrimRight(text, "\r\n")
		at := place{file: name, line: line}
		if field, ok := strings.CutPrefix(text, "#"); ok {
			if len(sts) > 0 {
				return h, nil, at.fault("a header line stands below the first statement")
			}
			if err := h.set(field, at); err != nil {
				return h, nil, err
			}
			continue
		}
		if text == "" {
			continue
		}
		st, err := h.statement(text, at)
		if err != nil {
			return h, nil, err
		}
		sts = append(sts, st)
	}
	return h, sts, nil
}

// statement reads a line below the header.
func (h *head) statement(line string, at place) (statement, error) {
	cells := strings.Split(line, "\t")
	st := statement{place: at, scheme: h.scheme, lang: h.lang, weight: 1, id: cells[0]}
	switch len(cells) {
	case 1:
		if h.lang != "" {
			return st, at.fault("a text line lacks property and value")
		}
	case 3, 4:
		st.property, st.value = cells[1], cells[2]
		if len(cells) == 4 {
			w, err := strconv.ParseFloat(cells[3], 64)
			if st.weight = w; err != nil || !isLabel(st.property) || !isWeight(w) {
				return st, at.fault(badWeight)
			}
		}
	default:
		return st, at.fault("a line has an id alone, or id, property, value and perhaps a weight, separated by tabs")
	}
	if err := checkValue(st.value); err != "" {
		return st, at.fault(err)
	}
	return st, nil
}

const badWeight = "a weight is a number above 0 and at most 1, of a label"

func isWeight(w float64) bool { return w > 0 && w <= 1 }

func isLabel(property string) bool { return strings.HasSuffix(property, "Label") }

// set takes one header field; free comment lines without a colon are allowed.
func (h *head) set(field string, at place) error {
	key, value, ok := strings.Cut(field, ":")
	if !ok {
		return nil
	}
	value = strings.TrimSpace(value)
	switch strings.TrimSpace(key) {
	case "scheme":
		h.scheme = value
	case "prefix":
		h.prefix = value
	case "lang":
		h.lang = value
	case "source":
		h.source = value
	case "date":
		h.date = value
	case "licence":
		h.licence = value
	case "replaces":
		if value != "true" && value != "false" {
			return at.fault("replaces is true or false")
		}
		h.replaces = value == "true"
	default:
		return at.fault("unknown header field")
	}
	return nil
}

// jsonFile is the JSON form of the same data.
type jsonFile struct {
	Scheme   string                  `json:"scheme"`
	Prefix   string                  `json:"prefix"`
	Lang     string                  `json:"lang"`
	Source   string                  `json:"source"`
	Date     string                  `json:"date"`
	Licence  string                  `json:"licence"`
	Replaces bool                    `json:"replaces"`
	Concepts []map[string]jsonValues `json:"concepts"`
}

// jsonValues is one value or a list of them.
type jsonValues []jsonValue

type jsonValue struct {
	Value  string  `json:"value"`
	Weight float64 `json:"weight"`
}

var errShape = errors.New("vocabulary: shape")

// UnmarshalJSON takes "x", ["x", "y"] and {"value":"x","weight":0.5}.
func (v *jsonValues) UnmarshalJSON(data []byte) error {
	var list []json.RawMessage
	if len(data) > 0 && data[0] == '[' {
		if json.Unmarshal(data, &list) != nil {
			return errShape
		}
	} else {
		list = []json.RawMessage{data}
	}
	for _, raw := range list {
		one := jsonValue{Weight: 1}
		if len(raw) > 0 && raw[0] == '{' {
			dec := json.NewDecoder(bytes.NewReader(raw))
			dec.DisallowUnknownFields()
			if dec.Decode(&one) != nil {
				return errShape
			}
		} else if len(raw) == 0 || raw[0] != '"' || json.Unmarshal(raw, &one.Value) != nil {
			return errShape
		}
		*v = append(*v, one)
	}
	return nil
}

// parseJSON reads {"scheme", "prefix", "lang", "source", "date", "licence",
// "concepts": [{"id": "x:y", "prefLabel": "...", ...}]}. The faults of
// encoding/json are not passed on: they quote the input.
func parseJSON(name string, data []byte) (head, []statement, error) {
	at := place{file: name}
	if err := checkText(string(data)); err != "" {
		return head{}, nil, at.fault(err)
	}
	var f jsonFile
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&f); err != nil {
		return head{}, nil, at.fault("not JSON of the documented shape")
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return head{}, nil, at.fault("something follows the JSON value")
	}
	at.path = "header"
	h := head{
		place: at, scheme: f.Scheme, prefix: f.Prefix, lang: f.Lang,
		source: f.Source, date: f.Date, licence: f.Licence, replaces: f.Replaces,
	}
	var sts []statement
	for i := range f.Concepts {
		of, err := f.statements(name, i)
		if err != nil {
			return h, nil, err
		}
		sts = append(sts, of...)
	}
	return h, sts, nil
}

// statements are those of the concept at i, by property and value.
func (f *jsonFile) statements(file string, i int) ([]statement, error) {
	concept := f.Concepts[i]
	at := place{file: file, path: fmt.Sprintf("concepts[%d]", i)}
	id, ok := concept["id"]
	if !ok || len(id) != 1 {
		return nil, at.fault("a concept has one id")
	}
	var sts []statement
	if f.Lang == "" {
		sts = append(sts, statement{place: at, scheme: f.Scheme, id: id[0].Value, weight: 1})
	}
	for n, p := range slices.Sorted(maps.Keys(concept)) {
		if p == "id" {
			continue
		}
		for k, v := range concept[p] {
			st := statement{
				place:  place{file: file, path: fmt.Sprintf("concepts[%d] property %d value %d", i, n, k)},
				scheme: f.Scheme, lang: f.Lang, id: id[0].Value, property: p, value: v.Value, weight: v.Weight,
			}
			if !isWeight(v.Weight) || v.Weight != 1 && !isLabel(p) {
				return nil, st.place.fault(badWeight)
			}
			if err := checkValue(v.Value); err != "" {
				return nil, st.place.fault(err)
			}
			sts = append(sts, st)
		}
	}
	return sts, nil
}

// checkText refuses whole files that are not clean UTF-8.
func checkText(s string) string {
	switch {
	case !utf8.ValidString(s):
		return "not valid UTF-8"
	case strings.HasPrefix(s, "\ufeff"):
		return "begins with a byte-order mark"
	}
	return ""
}

// checkValue refuses what no label, definition or phrase may hold; it returns
// the rule or "".
func checkValue(s string) string {
	switch {
	case len(s) > maxValueBytes:
		return "a value is longer than 1,000 bytes"
	case !norm.NFC.IsNormalString(s):
		return "a value is not in Unicode form NFC"
	case s != strings.TrimSpace(s):
		return "a value begins or ends with white space"
	}
	for i, r := range s {
		if r < utf8.RuneSelf {
			if r < ' ' || r == 0x7f {
				return "a value holds a control, format or bidirectional character"
			}
			if r == ' ' && i > 0 && s[i-1] == ' ' {
				return "a value holds two spaces together"
			}
			continue
		}
		switch {
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Bidi_Control, r):
			return "a value holds a control, format or bidirectional character"
		case unicode.Is(unicode.Zl, r), unicode.Is(unicode.Zp, r), unicode.Is(unicode.Co, r), r == utf8.RuneError:
			return "a value holds a line separator, a private-use or a replacement character"
		}
	}
	return ""
}

// wellFormedName reports whether s is lower-case ASCII letters, digits and
// single inner hyphens.
func wellFormedName(s string) bool {
	if s == "" || len(s) > maxIDBytes || s[0] == '-' || s[len(s)-1] == '-' || strings.Contains(s, "--") {
		return false
	}
	for i := range len(s) {
		if c := s[i]; c != '-' && (c < '0' || c > '9') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return true
}

// wellFormedLang reports whether s looks like a BCP 47 tag: subtags of one to
// eight ASCII letters or digits, the first of two or three letters.
func wellFormedLang(s string) bool {
	for i, sub := range strings.Split(s, "-") {
		if len(sub) < 1 || len(sub) > 8 || i == 0 && (len(sub) < 2 || len(sub) > 3) {
			return false
		}
		for j := range len(sub) {
			c := sub[j]
			letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
			if !letter && (i == 0 || c < '0' || c > '9') {
				return false
			}
		}
	}
	return len(s) <= 35
}
