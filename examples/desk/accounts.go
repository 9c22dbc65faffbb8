// SPDX-License-Identifier: Apache-2.0

package main

import (
	"archive/zip"
	"bytes"
	"context"
	"database/sql"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/sharedpractice/sharedpractice/examples/internal/intake"
)

// accountQuestions are asked of an account that is pasted: whose it is, and who
// may use it. What is left empty opens nothing.
func accountQuestions() []string {
	return []string{intake.Account, "title", "organisation", "confidentiality", "uses", "audience", "consent"}
}

// accountField is a question beside a pasted account, with what may be chosen.
type accountField struct {
	ID, Label, Help string
	Allowed         []string
	Optional        bool
}

func accountFields() []accountField {
	var out []accountField
	for _, id := range accountQuestions()[1:] {
		for _, q := range intake.Questions() {
			if q.ID == id {
				f := accountField{ID: id, Label: q.Label, Help: q.Help}
				if id != "title" && id != "organisation" {
					f.Allowed = intake.Allowed(&q, 20)
				}
				out = append(out, f)
			}
		}
	}
	return out
}

func (a *app) accountPage(w http.ResponseWriter, r *http.Request) error {
	a.render(w, http.StatusOK, "account", page{Title: "A whole account", Part: "collect", Said: said(r), Data: accountFields()})
	return nil
}

// takeAccount takes in an account that was pasted or sent as a file, read as a
// sheet of one row would be.
func (a *app) takeAccount(w http.ResponseWriter, r *http.Request) error {
	parts, err := r.MultipartReader()
	if err != nil {
		return problem{http.StatusUnsupportedMediaType, "Only this site’s own forms are read here."}
	}
	given := map[string]string{}
	for {
		p, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return unread(err)
		}
		body, err := io.ReadAll(p)
		if err != nil {
			return unread(err)
		}
		if p.FileName() != "" && len(body) > 0 {
			text, err := a.storyIn(r.Context(), body)
			if err != nil {
				return err
			}
			given[intake.Account] = text
		} else if p.FileName() == "" && len(body) > 0 {
			value := strings.ReplaceAll(string(body), "\r\n", "\n")
			if had := given[p.FormName()]; had != "" {
				value = had + "\n" + value
			}
			given[p.FormName()] = value
		}
	}
	if strings.TrimSpace(given[intake.Account]) == "" {
		return unusable("There is no account: paste one, or choose a file.")
	}
	rows := [][]string{nil, nil}
	for _, id := range accountQuestions() {
		rows[0], rows[1] = append(rows[0], id), append(rows[1], given[id])
	}
	table, err := intake.NewTable(rows)
	if err != nil {
		return unusable("That account " + err.Error() + ".")
	}
	m, err := intake.Propose(table)
	if err != nil {
		return unusable("That account " + err.Error() + ".")
	}
	result, err := intake.Read(table, m, nil)
	if err != nil || len(result.Examples) == 0 {
		return unusable("That account cannot be used: it is too long, or holds characters that no text has.")
	}
	// One that was mended and is given once more is no other.
	would, err := a.compared(r.Context(), upload{}, table, m, result)
	if err != nil {
		return err
	}
	would.headings = nil // a form of nobody's
	err = a.write(r.Context(), tookAccounts, result.Examples[0].ID, func(tx *sql.Tx) error {
		return a.take(r.Context(), tx, would)
	})
	if err != nil {
		return err
	}
	if slices.ContainsFunc(would.pairs, func(p joint) bool { return p.why != "" }) {
		return back(w, r, "/check?done=taken")
	}
	return back(w, r, "/collect/account?done=taken")
}

const mostStory = 1 << 20 // bytes

// storyIn is the text of a Word document, of a PDF or of a plain file.
func (a *app) storyIn(ctx context.Context, body []byte) (string, error) {
	if bytes.HasPrefix(body, []byte("%PDF-")) {
		a.unpacking.Lock() // one at a time: each takes memory
		text, err := pdfText(ctx, body)
		a.unpacking.Unlock()
		if err != nil {
			return "", unusable("No text can be read from that PDF: it is damaged, locked, longer than 60 pages, or holds pictures of text only. Send the document that it was made from, or paste the text.")
		}
		return text, nil
	}
	if !bytes.HasPrefix(body, []byte("PK")) {
		text := strings.TrimPrefix(string(body), "\ufeff")
		if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
			return "", unusable("That file is no text in UTF-8. Send it as .docx, .pdf or .txt.")
		}
		return text, nil
	}
	damaged := unusable("No text can be read from that document. Save it again as .docx.")
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return "", damaged
	}
	f, err := z.Open("word/document.xml")
	if err != nil {
		return "", damaged
	}
	defer f.Close()
	// No entity that the document declares is expanded, and nothing is fetched.
	decoder := xml.NewDecoder(io.LimitReader(f, mostUnpacked))
	var b strings.Builder
	inText := false
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return b.String(), nil
		}
		if err != nil {
			return "", damaged
		}
		switch t := token.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "t":
				inText = true
			case "tab":
				b.WriteByte('\t')
			case "br":
				b.WriteByte('\n')
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "t":
				inText = false
			case "p":
				b.WriteByte('\n')
			}
		case xml.CharData:
			if inText {
				b.Write(t)
			}
		}
		if b.Len() > mostStory {
			return "", unusable("That document has more than 1 MB of text.")
		}
	}
}
