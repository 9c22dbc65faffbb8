// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"html"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/examples/internal/collect"
	"github.com/sharedpractice/sharedpractice/examples/internal/intake"
	"github.com/sharedpractice/sharedpractice/examples/internal/sample"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/render"
	_ "github.com/sharedpractice/sharedpractice/model/modeltest"
)

// visit is a browser at a desk.
type visit struct {
	*testing.T
	*app
	at     string
	client *http.Client
	log    *locked
}

// locked is a log that may be read while it is written.
type locked struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *locked) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(b)
}

func (l *locked) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

const passphrase = "four words nobody guesses"

func day() time.Time { return time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC) }

// desk opens the data file and signs in.
func desk(t *testing.T, path string) *visit {
	t.Helper()
	s, err := openStore(t.Context(), path, day)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, s.close()) })
	log := &locked{}
	a, err := newApp(t.Context(), s, log)
	require.NoError(t, err)
	t.Cleanup(a.stop)
	server := httptest.NewUnstartedServer(nil)
	server.Config.Handler = a.handler([]string{server.Listener.Addr().String()})
	server.Start()
	t.Cleanup(server.Close)
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	v := &visit{t, a, server.URL, &http.Client{Jar: jar}, log}
	if a.setup != "" {
		code, _ := v.post("/welcome", url.Values{"with": {a.setup}, "passphrase": {passphrase}, "again": {passphrase}})
		require.Equal(t, http.StatusOK, code)
	} else {
		code, _ := v.post("/sign-in", url.Values{"passphrase": {passphrase}})
		require.Equal(t, http.StatusOK, code)
	}
	return v
}

func (v *visit) do(r *http.Request) (int, string) {
	v.Helper()
	answer, err := v.client.Do(r)
	require.NoError(v, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	require.NoError(v, err)
	return answer.StatusCode, string(body)
}

func (v *visit) get(path string) (int, string) {
	v.Helper()
	r, err := http.NewRequestWithContext(v.Context(), http.MethodGet, v.at+path, nil)
	require.NoError(v, err)
	return v.do(r)
}

// page is get for a page that may have to be waited for.
func (v *visit) page(path string) string {
	v.Helper()
	for {
		code, body := v.get(path)
		require.Equal(v, http.StatusOK, code)
		if !strings.Contains(body, "<h1>Being made</h1>") {
			return body
		}
		time.Sleep(100 * time.Millisecond)
	}
}

func (v *visit) post(path string, form url.Values) (int, string) {
	v.Helper()
	r, err := http.NewRequestWithContext(v.Context(), http.MethodPost, v.at+path, strings.NewReader(form.Encode()))
	require.NoError(v, err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return v.do(r)
}

func (v *visit) send(path, name string, bodies ...[]byte) (int, string) {
	v.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for _, body := range bodies {
		part, err := m.CreateFormFile("file", name)
		require.NoError(v, err)
		_, err = part.Write(body)
		require.NoError(v, err)
	}
	require.NoError(v, m.Close())
	r, err := http.NewRequestWithContext(v.Context(), http.MethodPost, v.at+path, &b)
	require.NoError(v, err)
	r.Header.Set("Content-Type", m.FormDataContentType())
	return v.do(r)
}

func newPath(t *testing.T) string {
	t.Helper()
	return filepath.Join(t.TempDir(), "desk.db")
}

const exports = "../internal/intake/testdata/exports"

// workbook makes an Excel file of a CSV export, as a person would.
func workbook(t *testing.T, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(exports, name))
	require.NoError(t, err)
	table, err := intake.ReadCSV(bytes.NewReader(raw))
	require.NoError(t, err)
	var rows [][]string
	for _, row := range table.Rows {
		for len(rows) < row.Number-1 {
			rows = append(rows, nil)
		}
		rows = append(rows, row.Cells)
	}
	return book(t, rows)
}

func book(t *testing.T, rows [][]string) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range rows {
		require.NoError(t, f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row))
	}
	_, err := f.NewSheet("Notes")
	require.NoError(t, err)
	b, err := f.WriteToBuffer()
	require.NoError(t, err)
	return b.Bytes()
}

var inCollect = regexp.MustCompile(`/collect/(\d+)"`)

// taken takes a file in, by the mapping that is proposed.
func (v *visit) taken(name string, body []byte) string {
	v.Helper()
	code, page := v.send("/collect/upload", name, body)
	require.Equal(v, http.StatusOK, code, "upload")
	id := inCollect.FindStringSubmatch(page)
	require.NotNil(v, id)
	code, _ = v.post("/collect/"+id[1], url.Values{"do": {"take"}})
	require.Equal(v, http.StatusOK, code, "taking")
	return id[1]
}

// The exports of six tools, saved as workbooks, give the same examples as CSV.
func TestCollect_exports(t *testing.T) {
	names, err := filepath.Glob(exports + "/*.csv")
	require.NoError(t, err)
	require.Len(t, names, 6)
	for _, name := range names {
		name = filepath.Base(name)
		t.Run(name, func(t *testing.T) {
			raw, err := os.ReadFile(filepath.Join(exports, name))
			require.NoError(t, err)
			v := desk(t, newPath(t))
			v.taken(name, raw)
			want, err := v.examples(t.Context())
			require.NoError(t, err)
			require.Len(t, want, 20)
			w := desk(t, newPath(t))
			w.taken(strings.TrimSuffix(name, ".csv")+".xlsx", workbook(t, name))
			got, err := w.examples(t.Context())
			require.NoError(t, err)
			for i := range want {
				assert.Equal(t, want[i], got[i], "example %d", i)
			}
			// Once more, as the next month's export: nothing is doubled.
			w.taken(name, raw)
			got, err = w.examples(t.Context())
			require.NoError(t, err)
			assert.Len(t, got, 20)
			lines := bytes.SplitAfter(raw, []byte("\n"))
			_, page := w.send("/collect/upload", name, bytes.Join(lines[:len(lines)/2], nil))
			if strings.Contains(page, "are known from earlier files") {
				assert.Contains(t, page, "that came before are not in this file")
			}
		})
	}
}

// What a person says of a column holds for the next export with the same heading.
func TestCollect_remembered(t *testing.T) {
	v := desk(t, newPath(t))
	rows := [][]string{
		{"What is the example called?", "Zone of ours"},
		{"A title", "Tea and a talk"},
	}
	_, page := v.send("/collect/upload", "a.xlsx", book(t, rows))
	id := inCollect.FindStringSubmatch(page)[1]
	code, _ := v.post("/collect/"+id, url.Values{"do": {"save"}, "column-1": {"summary"}})
	require.Equal(t, http.StatusOK, code)
	_, page = v.send("/collect/upload", "b.xlsx", book(t, append(rows, []string{"Another", "More tea"})))
	assert.Contains(t, page, `<option value="summary" selected>`)
	assert.Equal(t, 1, strings.Count(page, "given by you"), "only what was corrected is a person's")
	code, page = v.post("/collect/"+id, url.Values{"do": {"save"}, "column-0": {"summary"}, "column-1": {"summary"}})
	assert.Equal(t, http.StatusUnprocessableEntity, code)
	assert.Contains(t, page, "Two columns answer")
}

// Everything is there after the program ends, and in a copy that is put back.
func TestStore_restart(t *testing.T) {
	path := newPath(t)
	v := desk(t, path)
	raw, err := os.ReadFile(filepath.Join(exports, "google-forms.csv"))
	require.NoError(t, err)
	v.taken("google-forms.csv", raw)
	want, err := v.examples(t.Context())
	require.NoError(t, err)
	code, _ := v.post("/backup", nil)
	require.Equal(t, http.StatusOK, code)
	copies, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*.backup.db"))
	require.NoError(t, err)
	require.Len(t, copies, 1)
	for _, file := range []string{path, path + "-wal", copies[0]} {
		info, err := os.Stat(file)
		require.NoError(t, err)
		assert.Equal(t, os.FileMode(0o600), info.Mode().Perm(), filepath.Ext(file))
	}
	require.Error(t, v.backup(t.Context(), copies[0]), "a copy is never overwritten")
	for _, file := range []string{path, copies[0]} {
		w := desk(t, file)
		got, err := w.examples(t.Context())
		require.NoError(t, err)
		assert.Equal(t, want, got)
		assert.Equal(t, v.key, w.key)
	}
}

func TestStore_newer(t *testing.T) {
	path := newPath(t)
	s, err := openStore(t.Context(), path, day)
	require.NoError(t, err)
	_, err = s.db.ExecContext(t.Context(), "PRAGMA user_version = 99")
	require.NoError(t, err)
	require.NoError(t, s.close())
	_, err = openStore(t.Context(), path, day)
	assert.ErrorIs(t, err, errNewer)
}

// samples takes in the made-up sample collection.
func (v *visit) samples() {
	v.Helper()
	require.NoError(v, v.write(v.Context(), tookExamples, "", func(tx *sql.Tx) error {
		for e, err := range collect.Reader().JSONLines(sample.Collection()) {
			require.NoError(v, err)
			require.NoError(v, v.put(v.Context(), tx, e, 1, 1))
		}
		return nil
	}))
}

// messy takes in rows in people's own ways, which are fewer than the sample.
func (v *visit) messy() {
	v.Helper()
	sheet, err := os.ReadFile("testdata/messy.csv")
	require.NoError(v, err)
	v.taken("messy.csv", sheet)
}

// From a file to guides with the working group's words, written in the browser
// and in a document.
func TestDraft(t *testing.T) {
	v := desk(t, newPath(t))
	v.taken("google-forms.xlsx", workbook(t, "google-forms.csv"))
	_, page := v.get("/check")
	assert.Contains(t, page, "What may have been meant")
	// Ten usable rows of seven contributors have a challenge's family in common.
	assert.Contains(t, v.page("/draft"), "5 contributors, 7 examples")
	few := desk(t, newPath(t))
	few.taken("few.csv", []byte("Account,Organisation,How may it be shared?\nWe met in the hall.,A made-up club,Anonymous\n"))
	assert.Contains(t, few.page("/draft"), "No topic has")
	v.samples()
	assert.NotContains(t, v.page("/draft"), "No topic has")
	found := regexp.MustCompile(`/draft/([a-z0-9-]+)"`).FindStringSubmatch(v.page("/draft"))
	require.NotNil(t, found)
	id := found[1]
	assert.Contains(t, v.page("/draft/"+id), "A draft, for the working group.")
	page = v.page("/guides/" + id)
	slots := regexp.MustCompile(`<textarea[^>]* name="(slot-[^"]+)"`).FindAllStringSubmatch(page, -1)
	require.Greater(t, len(slots), 1)
	first, second := html.UnescapeString(slots[0][1]), html.UnescapeString(slots[1][1])
	code, page := v.post("/guides/"+id, url.Values{first: {"Words <b>of</b> ours"}})
	require.Equal(t, http.StatusOK, code)
	assert.Contains(t, page, "Words &lt;b&gt;of&lt;/b&gt; ours")

	// In Word: the other slot is filled, and the first one is changed on both sides.
	code, document := v.get("/guides/" + id + "/guide.docx")
	require.Equal(t, http.StatusOK, code)
	answers, err := render.DOCX{}.Answers(strings.NewReader(document), int64(len(document)))
	require.NoError(t, err)
	assert.Equal(t, "Words <b>of</b> ours", answers[strings.TrimPrefix(first, slotPrefix)].Text)
	d, err := patient(t.Context(), v.draft)
	require.NoError(t, err)
	g, err := v.written(t.Context(), d, id)
	require.NoError(t, err)
	cfg := g.Answers()
	x := cfg[strings.TrimPrefix(first, slotPrefix)]
	x.Text = "Said in Word"
	cfg[strings.TrimPrefix(first, slotPrefix)] = x
	x.Text = "Only in Word"
	cfg[strings.TrimPrefix(second, slotPrefix)] = x
	_, _ = v.post("/guides/"+id, url.Values{first: {"Said here"}})
	var edited bytes.Buffer
	at := slices.IndexFunc(d.collection.Topics, func(x aggregate.Topic) bool { return x.ID == id })
	require.GreaterOrEqual(t, at, 0)
	h, err := d.guide(d.collection, d.collection.Topics[at], guidance.Config{Locale: locale, Answers: cfg})
	require.NoError(t, err)
	require.NoError(t, render.DOCX{}.Render(&edited, h))
	code, page = v.send("/guides/"+id+"/upload", "edited.docx", edited.Bytes())
	require.Equal(t, http.StatusOK, code)
	assert.Contains(t, page, "Written differently here and in a document")
	assert.Contains(t, page, "Said in Word")
	assert.Contains(t, page, "Said here")
	assert.Contains(t, page, "Only in Word")
	_, page = v.post("/guides/"+id+"/settle", url.Values{"slot": {strings.TrimPrefix(first, slotPrefix)}, "take": {"document"}})
	assert.NotContains(t, page, "Written differently")
	assert.Contains(t, page, "Said in Word")
	assert.NotContains(t, v.log.String(), "Word")
}

// Nobody but who signed in gets anywhere, and nobody guesses for long.
func TestSession(t *testing.T) {
	v := desk(t, newPath(t))
	inside := v.client
	v.client = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for _, path := range []string{"/", "/collect", "/check", "/examples", "/draft", "/guides", "/guides/x", "/collect/1", "/collect/1/check.csv"} {
		code, body := v.get(path)
		assert.Equal(t, http.StatusSeeOther, code, path)
		assert.NotContains(t, body, "<table", path)
	}
	for _, path := range []string{"/backup", "/collect/upload", "/collect/1", "/examples/x/delete", "/guides/x", "/guides/x/upload"} {
		code, _ := v.post(path, nil)
		assert.Equal(t, http.StatusUnauthorized, code, path)
	}
	code, _ := v.post("/welcome", url.Values{"with": {""}, "passphrase": {"another passphrase"}, "again": {"another passphrase"}})
	assert.Equal(t, http.StatusForbidden, code)
	for range mostWrong {
		code, _ = v.post("/sign-in", url.Values{"passphrase": {"wrong"}})
		assert.Equal(t, http.StatusUnauthorized, code)
	}
	code, _ = v.post("/sign-in", url.Values{"passphrase": {passphrase}})
	assert.Equal(t, http.StatusTooManyRequests, code)
	v.client = inside
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, v.at+"/backup", nil)
	require.NoError(t, err)
	r.Header.Set("Origin", "https://elsewhere.example")
	code, _ = v.do(r)
	assert.Equal(t, http.StatusForbidden, code)
	r, err = http.NewRequestWithContext(t.Context(), http.MethodGet, v.at+"/", nil)
	require.NoError(t, err)
	r.Host = "rebound.example"
	code, _ = v.do(r)
	assert.Equal(t, http.StatusMisdirectedRequest, code)
}

// The program starts, says where it is, and ends when it is told to.
func TestRun(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	reader, writer := io.Pipe()
	done := make(chan error, 1)
	go func() {
		done <- run(ctx, []string{"-quiet", "-addr", "127.0.0.1:0", "-data", newPath(t)}, nil, writer)
		_ = writer.Close()
	}()
	var line [400]byte
	n, err := reader.Read(line[:])
	require.NoError(t, err)
	assert.Regexp(t, `^The desk is open at http://127\.0\.0\.1:\d+/welcome\?with=\w+\n`, string(line[:n]))
	go io.Copy(io.Discard, reader)
	cancel()
	assert.NoError(t, <-done)
	assert.Error(t, run(t.Context(), []string{"-addr", "0.0.0.0:80"}, nil, io.Discard))
}
