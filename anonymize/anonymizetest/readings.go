// SPDX-License-Identifier: Apache-2.0

package anonymizetest

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/hex"
	"html"
	"io"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

const (
	deepestReading = 3       // encodings in encodings
	mostOpened     = 4 << 20 // bytes read of one archive
)

// readings are a text as it stands, and what its escapes, encodings and archives
// hold.
func readings(t string, depth int) []string {
	out := []string{t}
	if depth > deepestReading {
		return out
	}
	add := func(s string) {
		if s != "" && s != t {
			out = append(out, readings(s, depth+1)...)
		}
	}
	add(html.UnescapeString(t))
	if strings.Contains(t, "%") {
		if u, err := url.PathUnescape(t); err == nil {
			add(u)
		} else {
			add(percentOff(t))
		}
	}
	if strings.Contains(t, "\\") {
		add(escapes().ReplaceAllStringFunc(t, unescaped))
	}
	if strings.Contains(t, "=") {
		add(quotedPrintable().ReplaceAllStringFunc(t, unquoted))
	}
	for _, run := range encoded().FindAllString(t, -1) {
		for _, s := range decoded(run) {
			add(s)
		}
	}
	for _, s := range opened(t) {
		add(s)
	}
	return out
}

var (
	escapes = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`\\(?:u[0-9a-fA-F]{4}|u\{[0-9a-fA-F]{1,6}\}|U[0-9a-fA-F]{8}|x[0-9a-fA-F]{2}|[0-3][0-7]{2})`)
	})
	quotedPrintable = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`=(?:\r?\n|[0-9A-F]{2})`) })
	encoded         = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[A-Za-z0-9+/_-]{4}(?:[A-Za-z0-9+/_-]|\r?\n)+={0,2}`) })
)

func unescaped(s string) string {
	base := 16
	digits := strings.Trim(s[2:], "{}")
	if s[1] >= '0' && s[1] <= '3' {
		base, digits = 8, s[1:]
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil {
		return s
	}
	return string(rune(n))
}

func unquoted(s string) string {
	b, err := hex.DecodeString(s[1:])
	if err != nil {
		return "" // a soft line break
	}
	return string(b)
}

// decoded returns the run read as hexadecimal and as base64 (either alphabet, with or
// without padding): those readings of more than 2 bytes that are UTF-8 or an archive.
func decoded(run string) (out []string) {
	run = strings.NewReplacer("\r", "", "\n", "", "-", "+", "_", "/", "=", "").Replace(run)
	add := func(b []byte, err error) {
		if err == nil && len(b) > 2 && (utf8.Valid(b) || len(opened(string(b))) > 0) {
			out = append(out, string(b))
		}
	}
	add(hex.DecodeString(run))
	add(base64.RawStdEncoding.DecodeString(run))
	return out
}

// opened reads the contents of a ZIP or gzip archive, its file names too.
func opened(t string) (out []string) {
	read := func(r io.Reader) {
		b, _ := io.ReadAll(io.LimitReader(r, mostOpened))
		out = append(out, string(b))
	}
	switch {
	case strings.HasPrefix(t, "PK\x03\x04"):
		z, err := zip.NewReader(strings.NewReader(t), int64(len(t)))
		if err != nil {
			return nil
		}
		for _, f := range z.File {
			out = append(out, f.Name, f.Comment)
			if r, err := f.Open(); err == nil {
				read(r)
				_ = r.Close()
			}
		}
	case strings.HasPrefix(t, "\x1f\x8b"):
		if r, err := gzip.NewReader(bytes.NewReader([]byte(t))); err == nil {
			out = append(out, r.Name)
			read(r)
		}
	}
	return out
}
