// SPDX-License-Identifier: Apache-2.0

package main

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"io"
	"net/http"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/model"
)

// Many contributors at once, each by its personal address: no error, and nobody
// sees another's. LOAD says how many and for how long, such as 200/60s.
func TestLoad(t *testing.T) {
	many, during, ok := strings.Cut(cmp.Or(os.Getenv("LOAD"), "20/2s"), "/")
	require.True(t, ok)
	n, err := strconv.Atoi(many)
	require.NoError(t, err)
	lasting, err := time.ParseDuration(during)
	require.NoError(t, err)
	v := desk(t, newPath(t))
	canary := func(i int) string { return fmt.Sprintf("Xq%dzv", 1000+i) }
	rows := [][]string{{"What is the example called?", "What is your organisation called?", "What did you do, step by step?", "How may this example be told?", "What may it be used for?", "Who may read what comes of it?", "Do you agree to this use?"}}
	for i := range n {
		rows = append(rows, []string{"Letters " + canary(i), "Trust " + canary(i), "We read letters aloud to " + canary(i) + " people", "What we did, but not who we are", "As a source of guidance, In statements that rest on our example alone", "Everyone", "Yes"})
	}
	v.taken("many.xlsx", book(t, rows))
	all, err := v.examples(t.Context())
	require.NoError(t, err)
	require.Len(t, all, n)
	require.NoError(t, v.write(t.Context(), "", "", func(tx *sql.Tx) error {
		for i, e := range all {
			sum := sha256.Sum256(fmt.Append(nil, "token", i))
			if _, err := tx.ExecContext(t.Context(), "INSERT INTO link VALUES (?, ?, '', '')", sum[:], e.ID); err != nil {
				return err
			}
		}
		return nil
	}))
	_, err = patient(t.Context(), v.edition)
	require.NoError(t, err)
	ctx, cancel := context.WithTimeout(t.Context(), lasting)
	defer cancel()
	var mu sync.Mutex
	var took []time.Duration
	var failed []string
	var group sync.WaitGroup
	for i := range n {
		group.Go(func() {
			mine := v.another()
			own := string(all[i].Title.Value)
			own = own[strings.LastIndex(own, " ")+1:]
			for ctx.Err() == nil {
				began := time.Now()
				r, _ := http.NewRequestWithContext(ctx, http.MethodGet, v.at+fmt.Sprint("/mine/token", i), nil)
				answer, err := mine.client.Do(r)
				if err != nil {
					if ctx.Err() == nil {
						mu.Lock()
						failed = append(failed, "no answer")
						mu.Unlock()
					}
					return
				}
				body, err := io.ReadAll(answer.Body)
				answer.Body.Close()
				if ctx.Err() != nil {
					return
				}
				mu.Lock()
				took = append(took, time.Since(began))
				if err != nil || answer.StatusCode != http.StatusOK {
					failed = append(failed, answer.Status)
				}
				for j := range n {
					if canary(j) != own && bytes.Contains(body, []byte(canary(j))) {
						failed = append(failed, "another's canary")
					}
				}
				mu.Unlock()
				time.Sleep(time.Duration(500+i*7%500) * time.Millisecond) // a person reads
			}
		})
	}
	group.Wait()
	assert.Empty(t, failed)
	require.NotEmpty(t, took)
	slices.Sort(took)
	t.Logf("%d contributors for %s: %d pages, median %s, p99 %s, longest %s", n, lasting, len(took), took[len(took)/2], took[len(took)*99/100], took[len(took)-1])
}

// endless is a body that never ends, and says how much of it was read.
type endless struct{ read atomic.Int64 }

func (e *endless) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = 'a'
	}
	e.read.Add(int64(len(b)))
	return len(b), nil
}

// Macros, links to other files and markup in every field do nothing; what is far
// too long is not read.
func TestCollect_markup(t *testing.T) {
	v := desk(t, newPath(t))
	rows := [][]string{
		{"What is the example called?<script>alert(1)</script>", "What is your organisation called?", "What did you do, step by step?"},
		{"<img src=x onerror=alert(1)>", `"><svg onload=alert(2)>`, "</textarea><script>alert(3)</script>"},
	}
	z, err := zip.NewReader(bytes.NewReader(book(t, rows)), int64(len(book(t, rows))))
	require.NoError(t, err)
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, f := range z.File {
		require.NoError(t, out.Copy(f))
	}
	for _, name := range []string{"xl/vbaProject.bin", "xl/externalLinks/externalLink1.xml", "xl/embeddings/oleObject1.bin"} {
		w, err := out.Create(name)
		require.NoError(t, err)
		_, err = io.WriteString(w, `<externalLink><externalBook r:id="file:///etc/passwd"/></externalLink>`)
		require.NoError(t, err)
	}
	require.NoError(t, out.Close())
	v.taken(`"><script>alert(4)</script>.xlsx`, b.Bytes())
	for _, path := range []string{"/", "/collect", "/collect/1", "/check", "/examples", "/draft", "/sign-off", "/people", "/alike", "/review"} {
		page := v.page(path)
		for _, mark := range []string{"<script>", "<img src=x", "<svg", "onerror=alert(1)>"} {
			assert.NotContains(t, page, mark, path)
		}
	}
	body := &endless{}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, v.at+"/collect/upload", io.LimitReader(body, 200<<20))
	require.NoError(t, err)
	r.ContentLength = 200 << 20
	r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
	answer, err := v.client.Do(r)
	if err == nil { // else the connection was cut
		assert.Equal(t, http.StatusRequestEntityTooLarge, answer.StatusCode)
		answer.Body.Close()
	} else {
		require.NotErrorIs(t, err, context.Canceled)
	}
	assert.Less(t, body.read.Load(), int64(32<<20), "what is far too long is not read")
}

// An agreement that ends is told of before it does, and after.
func TestEndings(t *testing.T) {
	of := func(expires, review string) model.Example {
		return model.Example{Title: model.Text{Value: "A title"}, Agreements: []model.Agreement{{Expires: expires, ReviewBy: review}}}
	}
	all := []model.Example{of("2027-01-15", ""), of("2026-11-01T00:00:00Z", ""), of("2028-01-01", "2026-12-24"), of("", ""), of("bad", "")}
	var told []string
	for _, e := range endings(all, day()) {
		told = append(told, e.On+" "+e.What)
	}
	assert.Equal(t, []string{"2026-11-01T00:00:00Z has ended: the example is withheld", "2026-12-24 is to be looked at again", "2027-01-15 ends"}, told)
}

// Entities of a workbook are not expanded, from outside or into themselves, and bytes
// that are no text are no way in: a clear error or what can be read.
func TestCollect_entities(t *testing.T) {
	plain := book(t, [][]string{{"What is the example called?"}, {"One"}})
	z, err := zip.NewReader(bytes.NewReader(plain), int64(len(plain)))
	require.NoError(t, err)
	nested := `<!DOCTYPE x [<!ENTITY a0 "wibble">`
	for i := range 12 {
		nested += fmt.Sprintf(`<!ENTITY a%d "%s">`, i+1, strings.Repeat(fmt.Sprintf("&a%d;", i), 12))
	}
	nested += `]>`
	for name, sheet := range map[string]string{
		"into themselves": nested + `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>What is the example called?</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>&a12;</t></is></c></row></sheetData></worksheet>`,
		"from outside":    `<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>What is the example called?</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>&f;</t></is></c></row></sheetData></worksheet>`,
	} {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			out := zip.NewWriter(&b)
			for _, f := range z.File {
				if f.Name != "xl/worksheets/sheet1.xml" {
					require.NoError(t, out.Copy(f))
					continue
				}
				w, err := out.Create(f.Name)
				require.NoError(t, err)
				_, err = io.WriteString(w, `<?xml version="1.0"?>`+sheet)
				require.NoError(t, err)
			}
			require.NoError(t, out.Close())
			v := desk(t, newPath(t))
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			code, page := v.send("/collect/upload", "entities.xlsx", b.Bytes())
			runtime.ReadMemStats(&after)
			require.Contains(t, []int{http.StatusOK, http.StatusUnprocessableEntity}, code)
			require.NotContains(t, page, "root:")
			require.NotContains(t, page, "wibblewibble")
			require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(600<<20))
		})
	}
	for _, raw := range []string{"What is the example called?,x\nCaf\xc3\xa9 \xff\xfe\x80,1\n", "What is the example called?,x\n\xc3\x28\xf0\x9f,1\n", "\xff\xfeW\x00h"} {
		v := desk(t, newPath(t))
		code, page := v.send("/collect/upload", "bytes.csv", []byte(raw))
		require.Contains(t, []int{http.StatusOK, http.StatusUnprocessableEntity}, code)
		require.True(t, utf8.ValidString(page))
	}
}
