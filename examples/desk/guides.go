// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io"
	"maps"
	"net/http"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sharedpractice/sharedpractice/examples/internal/returned"
	"github.com/sharedpractice/sharedpractice/guidance"
)

// answers are the working group's words for a guide, as they stand.
func (a *app) answers(ctx context.Context, guide string) (map[string]guidance.Answer, error) {
	all, err := a.allAnswers(ctx)
	if err == nil && all[guide] != nil {
		return all[guide], nil
	}
	return map[string]guidance.Answer{}, err
}

// allAnswers are those of every guide.
func (a *app) allAnswers(ctx context.Context) (map[string]map[string]guidance.Answer, error) {
	out := map[string]map[string]guidance.Answer{}
	err := a.each(ctx, "SELECT guide, slot, text, basis FROM answer ORDER BY n", nil, func(scan func(...any) error) error {
		var guide, slot string
		var answer guidance.Answer
		if err := scan(&guide, &slot, &answer.Text, &answer.Basis); err != nil {
			return err
		}
		if out[guide] == nil {
			out[guide] = map[string]guidance.Answer{}
		}
		if out[guide][slot] = answer; answer.Text == "" {
			delete(out[guide], slot)
		}
		return nil
	})
	return out, err
}

// keep adds what is different. What stood before stays in the data file.
func (a *app) keep(ctx context.Context, tx *sql.Tx, guide string, before, after map[string]guidance.Answer) error {
	slots := slices.Collect(maps.Keys(before))
	for slot := range after {
		if _, ok := before[slot]; !ok {
			slots = append(slots, slot)
		}
	}
	slices.Sort(slots)
	for _, slot := range slots {
		if before[slot] == after[slot] {
			continue
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO answer (guide, slot, text, basis, at) VALUES (?, ?, ?, ?, ?)", guide, slot, after[slot].Text, after[slot].Basis, a.stamp())
		if err != nil {
			return err
		}
	}
	return nil
}

// slotsOf are a guide's slots by their ids.
func slotsOf(g *guidance.Guide) map[string]guidance.Slot {
	out := map[string]guidance.Slot{}
	for _, section := range g.Sections {
		for _, b := range section.Blocks {
			if b.Slot != nil {
				out[b.Slot.ID] = *b.Slot
			}
			for _, step := range b.Steps {
				if step.Slot != nil {
					out[step.Slot.ID] = *step.Slot
				}
			}
		}
	}
	return out
}

func (a *app) guidesPage(w http.ResponseWriter, r *http.Request) error {
	d, ok, err := a.wanted(w, r)
	if err != nil || !ok {
		return err
	}
	topics, err := a.topics(r.Context(), d)
	if err != nil {
		return err
	}
	a.render(w, http.StatusOK, "guides", page{Title: "Guides", Part: "guides", Said: said(r), Data: topics})
	return nil
}

type filling struct {
	ID        string
	Slots     int
	Filled    int
	Guide     template.HTML
	Conflicts []conflict
}

type conflict struct{ Slot, Question, Mine, Theirs string }

func (a *app) guidePage(w http.ResponseWriter, r *http.Request) error {
	g, body, err := a.fragment(w, r, writeField)
	if g == nil || err != nil {
		return err
	}
	slots := slotsOf(g)
	v := filling{ID: g.Front.ID, Slots: len(slots), Filled: len(g.Answers()), Guide: body}
	err = a.each(r.Context(), "SELECT slot, text FROM conflict WHERE guide = ? ORDER BY slot", []any{v.ID}, func(scan func(...any) error) error {
		var c conflict
		err := scan(&c.Slot, &c.Theirs)
		c.Question, c.Mine = slots[c.Slot].Question, slots[c.Slot].Answer
		v.Conflicts = append(v.Conflicts, c)
		return err
	})
	if err != nil {
		return err
	}
	a.render(w, http.StatusOK, "guide", page{Title: g.Front.Title, Part: "guides", Said: said(r), Data: v})
	return nil
}

const (
	slotPrefix = "slot-"
	mostAnswer = 20_000 // characters
)

// writeField writes a slot as a field of the form.
func writeField(w io.Writer, s *guidance.Slot) error {
	e := template.HTMLEscapeString
	name := slotPrefix + s.ID
	if _, err := fmt.Fprintf(w, `<label class="question" for="%s">%s</label>`, e(name), e(s.Question)); err != nil {
		return err
	}
	for _, note := range []string{s.Why, s.Outdated} {
		if note != "" {
			if _, err := fmt.Fprintf(w, `<p class="help">%s</p>`, e(note)); err != nil {
				return err
			}
		}
	}
	switch {
	case len(s.Options) > 0:
		if _, err := fmt.Fprintf(w, `<select id="%s" name="%s"><option value="">(open)</option>`, e(name), e(name)); err != nil {
			return err
		}
		options := s.Options
		if s.Answer != "" && !slices.Contains(options, s.Answer) {
			options = append([]string{s.Answer}, options...)
		}
		for _, o := range options {
			selected := ""
			if o == s.Answer {
				selected = " selected"
			}
			if _, err := fmt.Fprintf(w, `<option%s>%s</option>`, selected, e(o)); err != nil {
				return err
			}
		}
		_, err := io.WriteString(w, `</select>`)
		return err
	case s.Type != guidance.TextSlot && s.Type != guidance.ChoiceSlot: // a date, a number or a name, as it was written
		_, err := fmt.Fprintf(w, `<input type="text" maxlength="1000" id="%s" name="%s" value="%s">`, e(name), e(name), e(s.Answer))
		return err
	}
	// The parser drops the first line break of a text area.
	_, err := fmt.Fprintf(w, "<textarea rows=\"3\" maxlength=\"20000\" id=\"%s\" name=\"%s\">\n%s</textarea>", e(name), e(name), e(s.Answer))
	return err
}

// tidy takes what was written in a field as plain text. It reports false for
// what no person wrote.
func tidy(s string) (string, bool) {
	s = strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n"))
	if !utf8.ValidString(s) || utf8.RuneCountInString(s) > mostAnswer {
		return "", false
	}
	return s, !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' })
}

// saveSlots keeps what was written into the slots of a guide, with the evidence
// that each answer stood beside.
func (a *app) saveSlots(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return unread(err)
	}
	ctx, id := r.Context(), r.PathValue("guide")
	slots, err := a.slots(ctx, id)
	if err != nil {
		return err
	}
	before, err := a.answers(ctx, id)
	if err != nil {
		return err
	}
	after := maps.Clone(before)
	for name := range r.PostForm {
		slot, ok := slots[strings.TrimPrefix(name, slotPrefix)]
		if !ok || !strings.HasPrefix(name, slotPrefix) {
			continue // of evidence that has gone since
		}
		text, ok := tidy(r.PostForm.Get(name))
		if !ok {
			return unusable("An answer is too long, or holds characters that no text has.")
		}
		switch text {
		case "":
			delete(after, slot.ID)
		case slot.Answer: // the evidence it was written beside stays
		default:
			after[slot.ID] = guidance.Answer{Text: text, Basis: slot.Basis}
		}
	}
	if err := a.write(ctx, filledIn, id, func(tx *sql.Tx) error { return a.keep(ctx, tx, id, before, after) }); err != nil {
		return err
	}
	return back(w, r, "/guides/"+id+"?done=saved")
}

// slots are those of a guide of the draft, by their ids.
func (a *app) slots(ctx context.Context, guide string) (map[string]guidance.Slot, error) {
	d, err := patient(ctx, a.draft)
	if err != nil {
		return nil, err
	}
	g, err := a.written(ctx, d, guide)
	if err != nil {
		return nil, err
	}
	return slotsOf(g), nil
}

// patient waits for a draft until the request ends.
func patient(ctx context.Context, from func(context.Context) (*draft, error)) (*draft, error) {
	for {
		if d, err := from(ctx); d != nil || err != nil {
			return d, err
		}
	}
}

// documentFile writes a guide as a document to work on. What its slots said when
// it left is kept: by it is told later what was changed in it.
func (a *app) documentFile(w http.ResponseWriter, r *http.Request) error {
	d, ok, err := a.wanted(w, r)
	if err != nil || !ok {
		return err
	}
	g, err := a.written(r.Context(), d, r.PathValue("guide"))
	if err != nil {
		return err
	}
	name, ending := r.PathValue("document"), path.Ext(r.PathValue("document"))
	theme, err := a.theme(r.Context())
	if err != nil {
		return err
	}
	format, ok := formats(theme)[ending]
	if ok = ok && name == "guide"+ending; !ok {
		return problem{http.StatusNotFound, "Guides are not written in that format."}
	}
	var b bytes.Buffer
	if err := format.Render(&b, g); err != nil {
		return err
	}
	if err := a.write(r.Context(), "", "", func(tx *sql.Tx) error { return noted(r.Context(), tx, g.Front.ID, g.Answers()) }); err != nil {
		return err
	}
	a.attach(w, g.Front.ID+ending, b.Bytes())
	return nil
}

func noted(ctx context.Context, tx *sql.Tx, guide string, answers map[string]guidance.Answer) error {
	body, err := json.Marshal(answers)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO document VALUES (?, ?) ON CONFLICT DO UPDATE SET answers = excluded.answers", guide, body)
	return err
}

// takeDocument takes the answers back from a document that was worked on. What
// one side changed since it left is taken; where both did, a person is asked.
func (a *app) takeDocument(w http.ResponseWriter, r *http.Request) error {
	got, err := files(r)
	if err != nil {
		return err
	}
	theirs, err := returned.Answers(got[0].name, got[0].body)
	if err != nil || theirs == nil {
		return unusable("No answers can be read from that document. It is a guide that was downloaded here, as .docx, .md or .json.")
	}
	ctx, id := r.Context(), r.PathValue("guide")
	slots, err := a.slots(ctx, id)
	if err != nil {
		return err
	}
	for slot, answer := range theirs {
		text, ok := tidy(answer.Text)
		if !ok {
			return unusable("An answer in that document is too long, or holds characters that no text has.")
		}
		if _, ok := slots[slot]; !ok {
			return unusable("That document is of another guide, or of evidence that has changed: none of it was taken.")
		}
		theirs[slot] = guidance.Answer{Text: text, Basis: answer.Basis}
	}
	err = a.write(ctx, tookAnswers, id, func(tx *sql.Tx) error {
		base := map[string]guidance.Answer{}
		var body []byte
		err := tx.QueryRowContext(ctx, "SELECT answers FROM document WHERE guide = ?", id).Scan(&body)
		if err == nil {
			err = json.Unmarshal(body, &base)
		}
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		mine, err := a.answers(ctx, id)
		if err != nil {
			return err
		}
		merged, conflicts := guidance.MergeAnswers(base, mine, theirs)
		for _, c := range conflicts {
			_, err := tx.ExecContext(ctx, "INSERT INTO conflict VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET text = excluded.text, basis = excluded.basis", id, c.Slot, c.Theirs.Text, c.Theirs.Basis)
			if err != nil {
				return err
			}
		}
		return errors.Join(a.keep(ctx, tx, id, mine, merged), noted(ctx, tx, id, theirs))
	})
	if err != nil {
		return err
	}
	return back(w, r, "/guides/"+id+"?done=taken")
}

// settle ends a conflict by a person's choice.
func (a *app) settle(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return unread(err)
	}
	ctx, id, slot := r.Context(), r.PathValue("guide"), r.PostForm.Get("slot")
	err := a.write(ctx, settledAnswer, id, func(tx *sql.Tx) error {
		var theirs guidance.Answer
		err := tx.QueryRowContext(ctx, "SELECT text, basis FROM conflict WHERE guide = ? AND slot = ?", id, slot).Scan(&theirs.Text, &theirs.Basis)
		if errors.Is(err, sql.ErrNoRows) {
			return problem{http.StatusNotFound, "That was settled already."}
		}
		if err != nil {
			return err
		}
		if r.PostForm.Get("take") == "document" {
			_, err := tx.ExecContext(ctx, "INSERT INTO answer (guide, slot, text, basis, at) VALUES (?, ?, ?, ?, ?)", id, slot, theirs.Text, theirs.Basis, a.stamp())
			if err != nil {
				return err
			}
		}
		_, err = tx.ExecContext(ctx, "DELETE FROM conflict WHERE guide = ? AND slot = ?", id, slot)
		return err
	})
	if err != nil {
		return err
	}
	return back(w, r, "/guides/"+id+"?done=saved")
}
