// SPDX-License-Identifier: Apache-2.0

package main

import (
	"archive/zip"
	"bufio"
	"bytes"
	"cmp"
	"database/sql"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/examples/internal/collect"
	"github.com/sharedpractice/sharedpractice/examples/internal/intake"
	"github.com/sharedpractice/sharedpractice/examples/internal/sample"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/model"
)

// An edition is entered whole, an older copy of the data is told, and no name
// that anybody declared stands in what is given out.
func TestPublish(t *testing.T) {
	path := newPath(t)
	v := desk(t, path)
	v.samples()
	require.NoError(t, v.backup(t.Context(), path+".old"))
	page := v.page("/publish")
	state := regexp.MustCompile(`name="draft" value="([^"]+)"`).FindStringSubmatch(page)
	require.NotNil(t, state)
	code, _ := v.post("/publish", url.Values{"draft": {state[1]}})
	assert.Equal(t, http.StatusUnprocessableEntity, code)
	code, _ = v.post("/publish", url.Values{"draft": {"another"}, "sure": {"yes"}})
	assert.Equal(t, http.StatusConflict, code)
	_, page = v.get("/publish")
	assert.NotContains(t, page, "<h2>Editions</h2>", "a draft leaves no trace")
	code, _ = v.post("/publish", url.Values{"draft": {state[1]}, "sure": {"yes"}})
	require.Equal(t, http.StatusOK, code)
	assert.Contains(t, v.page("/publish"), "<h2>Editions</h2>")
	code, body := v.get("/editions/e1")
	require.Equal(t, http.StatusOK, code)
	z, err := zip.NewReader(strings.NewReader(body), int64(len(body)))
	require.NoError(t, err)
	var names []string
	for _, f := range z.File {
		names = append(names, f.Name)
	}
	assert.Subset(t, names, []string{"release.jsonl", "collection.json", "certificate.json"})
	assert.Greater(t, len(names), 5)
	examples, err := v.examples(t.Context())
	require.NoError(t, err)
	named := map[model.Raw]bool{} // by an example that may be told with its name
	for _, e := range examples {
		if slices.ContainsFunc(e.Agreements, func(a model.Agreement) bool { return a.Level > model.Anonymous }) {
			for _, p := range e.Parties {
				for _, id := range p.Identities {
					named[id.Name] = true
				}
			}
		}
	}
	for _, f := range z.File {
		if strings.HasSuffix(f.Name, ".html") {
			r, err := f.Open()
			require.NoError(t, err)
			var b bytes.Buffer
			_, err = b.ReadFrom(r)
			require.NoError(t, err)
			for _, e := range examples {
				for _, p := range e.Parties {
					for _, id := range p.Identities {
						if named[id.Name] {
							continue
						}
						found := regexp.MustCompile(`\b` + regexp.QuoteMeta(string(id.Name)) + `\b`).Match(b.Bytes())
						assert.False(t, found, "a declared name in a guide")
					}
				}
			}
		}
	}
	// The old copy in the place of the data.
	require.NoError(t, os.Rename(path+".noted", path+".old.noted"))
	w := desk(t, path+".old")
	for {
		code, page := w.get("/draft")
		if code != http.StatusOK {
			assert.Contains(t, page, "older copy")
			break
		}
		require.Contains(t, page, "Being made")
		time.Sleep(100 * time.Millisecond)
	}
}

// Law 5: no edition is published with words that name somebody who declared it.
func TestPublish_named(t *testing.T) {
	v := desk(t, newPath(t))
	v.messy()
	d, err := patient(t.Context(), v.edition)
	require.NoError(t, err)
	require.NotEmpty(t, d.collection.Topics)
	id, name := d.collection.Topics[0].ID, string(d.examples[0].Parties[0].Identities[0].Name)
	require.NoError(t, v.write(t.Context(), "answers", id, func(tx *sql.Tx) error {
		return v.keep(t.Context(), tx, id, nil, map[string]guidance.Answer{"of-last-year": {Text: "As they do at " + name + "."}})
	}))
	state := regexp.MustCompile(`name="draft" value="([^"]+)"`).FindStringSubmatch(v.page("/publish"))
	require.NotNil(t, state)
	code, page := v.post("/publish", url.Values{"draft": {state[1]}, "sure": {"yes"}})
	require.Equal(t, http.StatusConflict, code)
	assert.Contains(t, page, "holds a name that somebody declared")
	assert.Contains(t, page, "(question of-last-year)")
	assert.NotContains(t, page, name)
	assert.NotContains(t, v.page("/publish"), "<h2>Editions</h2>")
}

// Law 2: what was withdrawn, refused or filled in after the officer looked, or while the
// edition is made, is not published as it was.
func TestPublish_moved(t *testing.T) {
	v := desk(t, newPath(t))
	v.messy()
	state := func() string {
		found := regexp.MustCompile(`name="draft" value="([^"]+)"`).FindStringSubmatch(v.page("/publish"))
		require.NotNil(t, found)
		return found[1]
	}
	d, err := patient(t.Context(), v.edition)
	require.NoError(t, err)
	require.NotEmpty(t, d.collection.Topics)
	id, victim := d.collection.Topics[0].ID, ""
	for _, x := range d.results {
		if !x.Withheld() {
			victim = x.Log.Example
		}
	}
	fill := func() {
		require.NoError(t, v.write(t.Context(), filledIn, id, func(tx *sql.Tx) error {
			return v.keep(t.Context(), tx, id, nil, map[string]guidance.Answer{"of-last-year": {Text: "Begin early."}})
		}))
	}
	for _, did := range []string{filledIn, tookAnswers, settledAnswer, withdrew, tookSheets} {
		old := state()
		require.NoError(t, v.write(t.Context(), did, id, func(*sql.Tx) error { return nil }))
		code, _ := v.post("/publish", url.Values{"draft": {old}, "sure": {"yes"}})
		require.Equal(t, http.StatusConflict, code, did)
	}
	// While it is made.
	for _, change := range []func(){fill, func() {
		require.NoError(t, v.write(t.Context(), withdrew, victim, func(tx *sql.Tx) error { return withdraw(t.Context(), tx, victim, "no-new-use", v.today()) }))
	}} {
		old := state()
		v.entering = func() { v.entering = nil; change() }
		code, page := v.post("/publish", url.Values{"draft": {old}, "sure": {"yes"}})
		require.Equal(t, http.StatusConflict, code)
		assert.Contains(t, page, "Something has changed")
		assert.NotContains(t, v.page("/publish"), "<h2>Editions</h2>")
		lines, err := (&ledger{store: v.store}).Get(t.Context(), "ledger")
		require.NoError(t, err)
		assert.Nil(t, lines)
		require.NoFileExists(t, v.noted())
	}
	code, _ := v.post("/publish", url.Values{"draft": {state()}, "sure": {"yes"}})
	assert.Equal(t, http.StatusOK, code)
}

// A copy of the data under a name of its own publishes nothing that its ledger does not
// know of, where it lies beside the data.
func TestPublish_copy(t *testing.T) {
	path := newPath(t)
	v := desk(t, path)
	v.messy()
	copied := filepath.Join(filepath.Dir(path), "a copy.db")
	require.NoError(t, v.backup(t.Context(), copied))
	code, page := v.publishes()
	require.Equal(t, http.StatusOK, code, page)
	w := desk(t, copied)
	_, err := patient(t.Context(), w.draft)
	require.ErrorContains(t, err, "older copy")
}

// What is written into the blank form, below the row that shows how, is read with no
// correction.
func TestForm(t *testing.T) {
	f, err := formBook("", false)
	require.NoError(t, err)
	defer f.Close()
	rows, err := f.GetRows("Answers")
	require.NoError(t, err)
	values := map[string]string{"title": "A title", "uses": "As a source of guidance", "consent": "Yes", "audience": "Everyone", "confidentiality": "What we did, but not who we are"}
	n := 0
	for _, q := range model.Form() {
		if q.Internal {
			continue
		}
		n++
		if values[q.ID] != "" {
			require.NoError(t, f.SetCellStr("Answers", fmt.Sprintf("%s3", column(t, n)), values[q.ID]))
		}
	}
	assert.Len(t, rows[0], n)
	b, err := f.WriteToBuffer()
	require.NoError(t, err)
	table, err := newSheetFile(b.Bytes()).table("Answers")
	require.NoError(t, err)
	m, err := intake.Propose(table)
	require.NoError(t, err)
	for _, c := range m.Columns {
		assert.Equal(t, "header", c.Why, c.Letter)
	}
	r, err := intake.Read(table, m, nil)
	require.NoError(t, err)
	require.Len(t, r.Examples, 1)
	assert.False(t, r.Unusable())
	assert.Equal(t, 4, r.Understood)
}

func column(t *testing.T, n int) string {
	t.Helper()
	name := ""
	for ; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name
}

// child writes examples, says of each that it was accepted, and is killed.
func child(path string) {
	ctx, cancel := signalless()
	defer cancel()
	s, err := openStore(ctx, path, time.Now)
	if err != nil {
		os.Exit(3)
	}
	a := &app{store: s}
	var first model.Example
	for e, err := range collect.Reader().JSONLines(sample.Collection()) {
		if err != nil {
			os.Exit(4)
		}
		first = e
		break
	}
	for n := 0; ; n++ {
		first.ID = fmt.Sprintf("x-%d-%d", os.Getpid(), n)
		if err := s.write(ctx, tookExamples, "", func(tx *sql.Tx) error { return a.put(ctx, tx, first, 1, n) }); err != nil {
			os.Exit(5)
		}
		fmt.Println(first.ID)
		if n%3 != 0 {
			continue
		}
		l := &ledger{store: s}
		name := fmt.Sprintf("e-%d-%d", os.Getpid(), n)
		old, err := l.Get(ctx, "ledger")
		if err != nil || l.Swap(ctx, "ledger", old, append(slices.Clone(old), name+"\n"...)) != nil {
			os.Exit(6)
		}
		if err := s.write(ctx, published, name, func(tx *sql.Tx) error {
			if err := l.commit(ctx, tx); err != nil {
				return err
			}
			_, err := tx.ExecContext(ctx, "INSERT INTO edition VALUES (?, 'everyone', ?, x'00')", name, s.stamp())
			return err
		}); err != nil {
			os.Exit(7)
		}
		fmt.Println(name)
	}
}

// A kill at any moment loses nothing that was accepted, and leaves no half edition.
// KILLS says how many.
func TestStore_killed(t *testing.T) {
	path := newPath(t)
	var accepted []string
	kills, err := strconv.Atoi(cmp.Or(os.Getenv("KILLS"), "30"))
	require.NoError(t, err)
	for n := range kills {
		c := exec.CommandContext(t.Context(), os.Args[0])
		c.Env = append(os.Environ(), "DESK_CHILD="+path)
		out, err := c.StdoutPipe()
		require.NoError(t, err)
		require.NoError(t, c.Start())
		lines := bufio.NewScanner(out)
		for i := 0; lines.Scan(); i++ {
			accepted = append(accepted, lines.Text())
			if i == n%7 {
				time.Sleep(time.Duration(n*7919%5000) * time.Microsecond) // in the midst of the next write
				require.NoError(t, c.Process.Kill())
			}
		}
		_ = c.Wait()
	}
	s, err := openStore(t.Context(), path, day)
	require.NoError(t, err)
	defer s.close()
	all, err := (&app{store: s}).examples(t.Context())
	require.NoError(t, err)
	found := map[string]bool{}
	for _, e := range all {
		found[e.ID] = true
	}
	editions := map[string]bool{}
	require.NoError(t, s.each(t.Context(), "SELECT name FROM edition", nil, func(scan func(...any) error) error {
		var name string
		err := scan(&name)
		editions[name], found[name] = true, true
		return err
	}))
	entered, err := (&ledger{store: s}).Get(t.Context(), "ledger")
	require.NoError(t, err)
	require.Len(t, editions, bytes.Count(entered, []byte("\n")), "an edition is in the ledger and not kept, or the other way round")
	for line := range strings.Lines(string(entered)) {
		require.True(t, editions[strings.TrimSpace(line)], "half an edition")
	}
	require.GreaterOrEqual(t, len(accepted), kills)
	t.Logf("%d killed, %d accepted, %d editions", kills, len(accepted), len(editions))
	for _, id := range accepted {
		assert.True(t, found[id], "an accepted example is lost")
	}
	var whole string
	require.NoError(t, s.db.QueryRowContext(t.Context(), "PRAGMA integrity_check").Scan(&whole))
	assert.Equal(t, "ok", whole)
	assert.NoFileExists(t, filepath.Join(filepath.Dir(path), "desk.db-journal"))
}

// The short form in another language is a workbook with hints and lists in it.
func TestFormBook_locale(t *testing.T) {
	f, err := formBook("pl", true)
	require.NoError(t, err)
	defer f.Close()
	head, err := f.GetCellValue("Answers", "C1")
	require.NoError(t, err)
	require.Equal(t, "Kto brał udział?", head)
	lists, err := f.GetCols("Lists")
	require.NoError(t, err)
	require.Contains(t, lists[8], "Co zrobiliśmy, ale nie kim jesteśmy")
	_, err = formBook("tlh", false)
	require.Error(t, err)
}
