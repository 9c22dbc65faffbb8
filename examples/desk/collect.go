// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/csv"
	"errors"
	"io"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/sharedpractice/sharedpractice/examples/internal/intake"
	"github.com/sharedpractice/sharedpractice/examples/internal/program"
	"github.com/sharedpractice/sharedpractice/model"
)

// upload is a sheet that was taken in, and how it is read.
type upload struct {
	ID              int64
	Name, Sheet     string
	Received, Taken string
	file            sheetFile
	mapping         []byte // corrections, as intake.Mapping.Correct reads them
}

const mostKept = 256 << 20 // bytes of all uploads

// received reads the files of an upload into memory: their names without
// folders, and bodies.
type received struct {
	name string
	body []byte
}

func files(r *http.Request) ([]received, error) {
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, problem{http.StatusUnsupportedMediaType, "Only this site’s own forms are read here."}
	}
	var out []received
	for {
		p, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, unread(err)
		}
		body, err := io.ReadAll(p)
		if err != nil {
			return nil, unread(err)
		}
		if p.FileName() != "" && len(body) > 0 {
			out = append(out, received{plainName(p.FileName()), body})
		}
		if len(out) > 500 {
			return nil, problem{http.StatusRequestEntityTooLarge, "Send at most 500 files at once."}
		}
	}
	if len(out) == 0 {
		return nil, unusable("No file was chosen, or it is empty.")
	}
	return out, nil
}

// plainName is a file's name for a person to read: it never names a place.
func plainName(s string) string {
	s = path.Base(strings.ReplaceAll(s, `\`, "/"))
	s = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	if utf8.RuneCountInString(s) > 100 {
		s = string([]rune(s)[:100])
	}
	if s == "" || s == "." || s == ".." || s == "/" {
		return "file"
	}
	return s
}

func (a *app) collectPage(w http.ResponseWriter, r *http.Request) error {
	var all []upload
	err := a.each(r.Context(), "SELECT id, name, sheet, received, taken FROM upload ORDER BY id DESC", nil, func(scan func(...any) error) error {
		var u upload
		err := scan(&u.ID, &u.Name, &u.Sheet, &u.Received, &u.Taken)
		all = append(all, u)
		return err
	})
	if err != nil {
		return err
	}
	a.render(w, http.StatusOK, "collect", page{Title: "Collect", Part: "collect", Said: said(r), Data: all})
	return nil
}

// takeFile keeps a file, and goes on to the mapping. Nothing of it counts before
// an officer has taken its examples.
func (a *app) takeFile(w http.ResponseWriter, r *http.Request) error {
	got, err := files(r)
	if err != nil {
		return err
	}
	file := newSheetFile(got[0].body)
	sheet := ""
	sheets, err := file.sheets()
	if err != nil {
		return err
	}
	var why error
	for i := 0; i == 0 || i < len(sheets); i++ { // the first that can be read
		if len(sheets) > 0 {
			sheet = sheets[i]
		}
		t, err := file.table(sheet)
		if err == nil {
			_, err = a.mapped.of(file, sheet, t)
		}
		if why = err; err == nil {
			break
		}
	}
	if _, ok := errors.AsType[problem](why); why != nil && !ok {
		why = unusable("That file " + why.Error() + ".")
	}
	if why != nil {
		return why
	}
	var id int64
	err = a.write(r.Context(), "took in a file", "", func(tx *sql.Tx) error {
		var kept int64
		if err := tx.QueryRowContext(r.Context(), "SELECT coalesce(sum(length(body)), 0) FROM upload").Scan(&kept); err != nil {
			return err
		}
		if kept+int64(len(file.body)) > mostKept {
			return problem{http.StatusInsufficientStorage, "There is no more room for files: delete old ones. Their examples stay."}
		}
		done, err := tx.ExecContext(r.Context(), `INSERT INTO upload (id, name, kind, sheet, body, mapping, received, taken)
			VALUES (1 + max((SELECT coalesce(max(id), 0) FROM upload), (SELECT coalesce(max(upload), 0) FROM example), (SELECT coalesce(max(upload), 0) FROM form)), ?, 'sheet', ?, ?, x'', ?, '')`,
			got[0].name, sheet, file.body, a.stamp())
		if err != nil {
			return err
		}
		id, err = done.LastInsertId()
		return err
	})
	if err != nil {
		return err
	}
	return back(w, r, "/collect/"+strconv.FormatInt(id, 10))
}

// upload reads one from the data file.
func (a *app) upload(ctx context.Context, id string) (upload, error) {
	var u upload
	var body []byte
	err := a.db.QueryRowContext(ctx, "SELECT id, name, sheet, received, taken, body, mapping FROM upload WHERE id = ?", id).
		Scan(&u.ID, &u.Name, &u.Sheet, &u.Received, &u.Taken, &body, &u.mapping)
	if errors.Is(err, sql.ErrNoRows) {
		return u, problem{http.StatusNotFound, "There is no such file."}
	}
	u.file = newSheetFile(body)
	return u, err
}

// read reads the sheet by the mapping: proposed, then as it was given for earlier
// exports, then as it was given for this one.
func (a *app) read(ctx context.Context, u upload) (t intake.Table, m intake.Mapping, result intake.Result, err error) {
	if t, err = u.file.table(u.Sheet); err != nil {
		return t, m, result, err
	}
	wrong := func(err error) error { return unusable("That sheet " + err.Error() + ".") }
	if m, err = a.mapped.of(u.file, u.Sheet, t); err != nil {
		return t, m, result, wrong(err)
	}
	corrections := u.mapping
	if len(corrections) == 0 {
		if corrections, err = a.remembered(ctx, m); err != nil {
			return t, m, result, err
		}
	}
	meant, err := a.meant(ctx)
	if err != nil {
		return t, m, result, err
	}
	if m, err = m.Correct(io.MultiReader(bytes.NewReader(corrections), bytes.NewReader(meant))); err != nil {
		return t, m, result, wrong(err)
	}
	// Without a key of the desk's own: the command line gives the same references.
	if result, err = intake.Read(t, m, nil); err != nil {
		return t, m, result, wrong(err)
	}
	return t, m, result, nil
}

// mappings are those that were proposed last, by the bytes of their sheets: each page on a
// file needs it, and to propose one takes longer than all else that is done for a page.
type mappings struct {
	sync.Mutex
	by map[[sha256.Size]byte]intake.Mapping
}

const mostMappings = 16

func (p *mappings) of(file sheetFile, sheet string, t intake.Table) (intake.Mapping, error) {
	body := sha256.Sum256(file.body)
	id := sha256.Sum256(append(body[:], sheet...))
	p.Lock()
	m, ok := p.by[id]
	p.Unlock()
	if !ok {
		var err error
		if m, err = intake.Propose(t); err != nil {
			return m, err
		}
		p.Lock()
		if len(p.by) >= mostMappings || p.by == nil {
			p.by = map[[sha256.Size]byte]intake.Mapping{}
		}
		p.by[id] = m
		p.Unlock()
	}
	m.Columns = slices.Clone(m.Columns)
	return m, nil
}

// remembered are the corrections that were given for columns of the same names.
func (a *app) remembered(ctx context.Context, m intake.Mapping) ([]byte, error) {
	given := map[string]string{}
	err := a.each(ctx, "SELECT header, question FROM heading", nil, func(scan func(...any) error) error {
		var header, question string
		err := scan(&header, &question)
		given[header] = question
		return err
	})
	var out [][2]string
	taken := map[string]bool{}
	for _, c := range m.Columns {
		if q := given[c.Header]; q != "" && (!one(q) || !taken[q]) {
			taken[q] = true
			out = append(out, [2]string{c.Header, q})
		}
	}
	return corrections(out, nil), err
}

// one reports whether one column only may answer a question.
func one(question string) bool {
	return question != intake.Aside && question != intake.Person && !intake.Several(question)
}

// corrections writes what intake.Mapping.Correct reads: the questions of columns by
// their headings, and answers for every row by their questions.
func corrections(given, once [][2]string) []byte {
	var b bytes.Buffer
	out := csv.NewWriter(&b)
	_ = out.Write([]string{"column", "header", "question", "found by", "answer"})
	for _, g := range given {
		_ = out.Write([]string{"", program.Cell(g[0]), g[1], "given", ""})
	}
	for _, g := range once {
		_ = out.Write([]string{intake.EveryRow, "", g[0], "given", program.Cell(g[1])})
	}
	out.Flush()
	return b.Bytes()
}

// mapping is the page on which the proposed mapping is corrected.
type mapping struct {
	upload
	Sheets    []string
	Columns   []mappedColumn
	Questions []model.Question
	Once      []saidOnce
	Needed    []string // questions that nobody answers, without which nothing can be used
	Before    before
	Result    intake.Result
	Rows      int
	Unusable  int
	Fresh     int // examples that are not known yet
	Known     int
	Changed   int // that look like changed ones
	Missing   int // known from earlier exports of the form, and not in this one
}

type mappedColumn struct {
	intake.Mapped
	N       int
	Found   string
	Samples []string
}

func (a *app) mappingPage(w http.ResponseWriter, r *http.Request) error {
	u, err := a.upload(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	t, m, result, err := a.read(r.Context(), u)
	if err != nil {
		return err
	}
	v := mapping{upload: u, Questions: intake.Questions(), Once: onceOf(m), Result: result, Rows: len(t.Rows), Unusable: unusableRows(result.Findings)}
	v.Needed = needed(v.Once)
	if v.Before, err = a.saidBefore(r.Context(), u.ID, m); err != nil {
		return err
	}
	if v.Sheets, err = u.file.sheets(); err != nil {
		return err
	}
	would, err := a.compared(r.Context(), u, t, m, result)
	if err != nil {
		return err
	}
	v.Fresh, v.Missing = len(would.unknown), len(would.gone)
	for _, p := range would.pairs {
		if p.why == "" {
			v.Known++
		} else {
			v.Changed++
		}
	}
	given := map[int]bool{}
	for _, row := range result.Rows {
		given[row] = true
	}
	for i, c := range m.Columns {
		v.Columns = append(v.Columns, mappedColumn{Mapped: c, N: i, Found: foundBy(c.Why), Samples: samples(t, given, c.At())})
	}
	a.render(w, http.StatusOK, "mapping", page{Title: "Which column answers which question", Part: "collect", Said: said(r), Data: v})
	return nil
}

func foundBy(why string) string {
	return map[string]string{
		"header": "its heading is the question", "naming": "its heading asks whether you may be named", "phrase": "words of its heading", "answers": "its answers", "order": "where it stands, and what its answers are", "names": "its answers are names", "merged": "its heading asks two questions at once: check it", "likeness": "its heading is like those of this question: check it", "sheet": "its answers, its heading and where it stands: check it",
		"tool": "a survey tool adds it", "given": "given by you", "permission": "it may limit what may be done: a person reads each answer first, under Settle",
	}[why]
}

// samples are the first answers of a column, cut short, of the rows that give examples:
// headings and what stands above them are none.
func samples(t intake.Table, given map[int]bool, at int) []string {
	var out []string
	for _, row := range t.Rows {
		if !given[row.Number] || at >= len(row.Cells) || strings.TrimSpace(row.Cells[at]) == "" {
			continue
		}
		cell := shortened(strings.Join(strings.Fields(row.Cells[at]), " "), 60)
		if !slices.Contains(out, cell) {
			out = append(out, cell)
		}
		if len(out) == 2 {
			break
		}
	}
	return out
}

// chooseSheet takes another sheet of an uploaded workbook.
func (a *app) chooseSheet(ctx context.Context, u upload, sheet string) error {
	sheets, err := u.file.sheets()
	if err != nil {
		return err
	}
	if !slices.Contains(sheets, sheet) {
		return problem{http.StatusNotFound, "There is no such sheet."}
	}
	if _, err := u.file.table(sheet); err != nil {
		return err
	}
	return a.write(ctx, "chose a sheet", "", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE upload SET sheet = ?, mapping = x'', taken = '' WHERE id = ?", sheet, u.ID)
		return err
	})
}

// columnsFrom reads which question each column answers, as far as a person gave it, by
// heading. What a column says on what may be done, and was only guessed, a person says by a
// tick: to leave it as it stands says nothing.
func columnsFrom(form url.Values, m intake.Mapping) (changed [][2]string, err error) {
	seen := map[string]bool{}
	for i, c := range m.Columns {
		q := cmp.Or(form.Get("column-"+strconv.Itoa(i)), c.Question)
		if seen[q] && one(q) {
			return nil, unusable("Two columns answer “" + intake.Label(q) + "”. One of them only can: set the other aside.")
		}
		seen[q] = true
		if q != c.Question || c.Why == "given" || c.Unsure() && form.Get("sure-"+strconv.Itoa(i)) != "" {
			changed = append(changed, [2]string{c.Header, q})
		}
	}
	return changed, nil
}

// saveMapping keeps the corrected mapping, for this sheet and for the next
// export. Where it was asked for, it takes the examples in.
func (a *app) saveMapping(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if err := r.ParseForm(); err != nil {
		return unread(err)
	}
	u, err := a.upload(ctx, r.PathValue("id"))
	if err != nil {
		return err
	}
	at := "/collect/" + strconv.FormatInt(u.ID, 10)
	if r.PostForm.Get("do") == "sheet" {
		if err := a.chooseSheet(ctx, u, r.PostForm.Get("sheet")); err != nil {
			return err
		}
		return back(w, r, at)
	}
	_, m, _, err := a.read(ctx, u)
	if err != nil {
		return err
	}
	changed, err := columnsFrom(r.PostForm, m)
	if err != nil {
		return err
	}
	once, newlySaid := onceFrom(r.PostForm, m)
	if r.PostForm.Get("do") == "again" {
		before, err := a.saidBefore(ctx, u.ID, m)
		if err != nil {
			return err
		}
		once, newlySaid = nil, len(before.Said) > 0
		for _, o := range before.Said {
			once = append(once, [2]string{o.Question, o.Answer})
		}
	}
	u.mapping = corrections(changed, once)
	t, m, result, err := a.read(ctx, u)
	if err != nil {
		return err
	}
	would, err := a.compared(ctx, u, t, m, result)
	if err != nil {
		return err
	}
	take := r.PostForm.Get("do") == "take"
	did := "mapped a file"
	if take {
		did = tookExamples
	}
	err = a.write(ctx, did, strconv.FormatInt(u.ID, 10), func(tx *sql.Tx) error {
		if newlySaid {
			if err := a.audit(ctx, tx, "said once for a whole sheet", strconv.FormatInt(u.ID, 10)); err != nil {
				return err
			}
		}
		for _, c := range changed {
			if _, err := tx.ExecContext(ctx, "INSERT INTO heading VALUES (?, ?) ON CONFLICT DO UPDATE SET question = excluded.question", c[0], c[1]); err != nil {
				return err
			}
		}
		if _, err := tx.ExecContext(ctx, "UPDATE upload SET mapping = ? WHERE id = ?", u.mapping, u.ID); err != nil || !take {
			return err
		}
		if err := a.take(ctx, tx, would); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "UPDATE upload SET taken = ? WHERE id = ?", a.stamp(), u.ID)
		return err
	})
	if err != nil {
		return err
	}
	if take {
		return back(w, r, "/check?done=taken")
	}
	return back(w, r, at+"?done=saved")
}

func (a *app) deleteUpload(w http.ResponseWriter, r *http.Request) error {
	err := a.write(r.Context(), "deleted a file", "", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(r.Context(), "DELETE FROM upload WHERE id = ?", r.PathValue("id"))
		return err
	})
	if err != nil {
		return err
	}
	return back(w, r, "/collect?done=deleted")
}
