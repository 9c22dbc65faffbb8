// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"io"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// Bounds of a PDF: how many pages are read, for how long, and in how much memory,
// in pages of 64 kB.
const (
	mostPages  = 60
	mostTime   = time.Minute
	mostMemory = 4096
)

// errPDF says that a PDF gives no text.
var errPDF = errors.New("no text can be read from that PDF")

// pdfText is the text of a PDF, in paragraphs as far as its lines tell. PDFium runs in
// a sandbox of its own that sees no file and no network, for this document only.
func pdfText(ctx context.Context, body []byte) (text string, err error) {
	ctx, cancel := context.WithTimeout(ctx, mostTime)
	defer cancel()
	pool, err := webassembly.Init(webassembly.Config{
		Context: ctx, MaxIdle: 1, MaxTotal: 1, FSConfig: wazero.NewFSConfig(), Stdout: io.Discard, Stderr: io.Discard,
		// Interpreted: it is ready in a second, and nothing is made executable.
		RuntimeConfig: wazero.NewRuntimeConfigInterpreter().WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
			WithMemoryLimitPages(mostMemory).WithCloseOnContextDone(true),
	})
	if err != nil {
		return "", errPDF
	}
	defer pool.Close()
	defer func() {
		if recover() != nil { // the sandbox broke off: a document that asks for too much
			text, err = "", errPDF
		}
	}()
	in, err := pool.GetInstance(mostTime)
	if err != nil {
		return "", errPDF
	}
	return pages(in, body)
}

func pages(in pdfium.Pdfium, body []byte) (string, error) {
	document, err := in.OpenDocument(&requests.OpenDocument{File: &body})
	if err != nil {
		return "", errPDF
	}
	count, err := in.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: document.Document})
	if err != nil || count.PageCount > mostPages {
		return "", errPDF
	}
	var all strings.Builder
	for n := range count.PageCount {
		page, err := in.GetPageText(&requests.GetPageText{Page: requests.Page{ByIndex: &requests.PageByIndex{Document: document.Document, Index: n}}})
		if err != nil {
			return "", errPDF
		}
		all.WriteString(page.Text + "\n")
		if all.Len() > mostStory {
			return "", errPDF
		}
	}
	text := paragraphs(all.String())
	if text == "" { // pictures of text
		return "", errPDF
	}
	return text, nil
}

// paragraphs puts the lines of pages together: a line that is as long as lines are
// and does not end a sentence goes on in the next one.
func paragraphs(text string) string {
	lines := strings.FieldsFunc(strings.ToValidUTF8(text, ""), func(r rune) bool { return r == '\n' || r == '\r' || r == '\f' })
	longest := 0
	for i, line := range lines {
		lines[i] = strings.TrimSpace(strings.Map(func(r rune) rune {
			if unicode.IsControl(r) && r != '\t' && r != hyphen {
				return -1
			}
			return r
		}, line))
		longest = max(longest, utf8.RuneCountInString(lines[i]))
	}
	var b strings.Builder
	for i, line := range lines {
		whole, broken := strings.CutSuffix(line, string(hyphen)) // within a word
		b.WriteString(whole)
		switch {
		case i == len(lines)-1 || broken:
		case strings.ContainsAny(line[len(line)-min(len(line), 1):], ".!?:") || 3*utf8.RuneCountInString(line) < 2*longest:
			b.WriteByte('\n')
		default:
			b.WriteByte(' ')
		}
	}
	return strings.TrimSpace(b.String())
}

// hyphen stands where PDFium found a word broken at the end of a line.
const hyphen = '\u0002'
