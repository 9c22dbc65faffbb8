// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"database/sql"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/examples/internal/accounts"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// decisions reads how people decided on the codes that software read.
func (a *app) decisions(ctx context.Context) (accounts.Decisions, error) {
	out := accounts.Decisions{}
	err := a.each(ctx, "SELECT example, code, said FROM decision ORDER BY n", nil, func(scan func(...any) error) error {
		var k accounts.Key
		var said string
		err := scan(&k.Example, &k.Code, &said)
		out[k] = said
		return err
	})
	return out, err
}

// apart are the pairs that a person said are two.
func (a *app) apart(ctx context.Context) ([][2]string, error) {
	var out [][2]string
	err := a.each(ctx, "SELECT a, b FROM apart ORDER BY a, b", nil, func(scan func(...any) error) error {
		var p [2]string
		err := scan(&p[0], &p[1])
		out = append(out, p)
		return err
	})
	return out, err
}

// reviewed is the code to decide on next.
type reviewed struct {
	Accounts, Open, Decided int
	Code                    *accounts.Code
	Title, Label            string
	Next                    []option
	Others                  []option // of the same vocabulary
}

type option struct{ Code, Label string }

func label(code string) string { return vocabulary.Default().Label(code, vocabulary.DefaultLang) }

// proposals are the codes that software read, whatever was decided since. They are
// kept until there are other examples, so that a decision is not waited for.
type proposals struct {
	mu     sync.Mutex
	of     string
	codes  *accounts.Codes
	titles map[string]string
}

func (a *app) proposed(ctx context.Context) (*accounts.Codes, map[string]string, error) {
	others := slices.DeleteFunc(changesDraft(), func(did string) bool { return did == decidedCode })
	state, err := a.lastOf(ctx, a.db, others)
	if err != nil {
		return nil, nil, err
	}
	p := &a.codes
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.of == state && p.codes != nil {
		return p.codes, p.titles, nil
	}
	examples, err := a.examples(ctx)
	if err != nil {
		return nil, nil, err
	}
	p.titles = map[string]string{}
	for _, e := range examples {
		p.titles[e.ID] = called(e)
	}
	audience, err := a.audience(ctx)
	if err != nil {
		return nil, nil, err
	}
	k := aggregate.KPublic
	if audience == model.Members {
		k = aggregate.KMembers
	}
	if p.codes, err = accounts.Fill(examples, nil, accounts.Config{LessSure: true, K: k, Progress: func(int, int) error { return ctx.Err() }}); err != nil {
		return nil, nil, err
	}
	p.of = state
	return p.codes, p.titles, nil
}

func (a *app) reviewPage(w http.ResponseWriter, r *http.Request) error {
	codes, titles, err := a.proposed(r.Context())
	if err != nil {
		return err
	}
	decided, err := a.decisions(r.Context())
	if err != nil {
		return err
	}
	v := reviewed{Accounts: codes.Accounts}
	for i := range codes.Open {
		if c := &codes.Open[i]; decided[c.Key] != "" {
			v.Decided++
		} else if v.Open++; v.Code == nil {
			v.Code = c
		}
	}
	if c := v.Code; c != nil {
		v.Label, v.Title = label(c.Code), titles[c.Example]
		for _, next := range c.Next {
			if _, ok := decided[accounts.Key{Example: c.Example, Code: next}]; !ok {
				v.Next = append(v.Next, option{next, label(next)})
			}
		}
		prefix, _, _ := strings.Cut(c.Code, ":")
		for _, scheme := range vocabulary.Default().Schemes() {
			if scheme.Prefix() != prefix {
				continue
			}
			for other := range scheme.Concepts() {
				v.Others = append(v.Others, option{other.ID(), label(other.ID())})
			}
		}
	}
	a.render(w, http.StatusOK, "review", page{Title: "Review codes", Part: "review", Said: said(r), Data: v})
	return nil
}

// decide keeps what a person said of a code. Nothing is overwritten.
func (a *app) decide(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return unread(err)
	}
	example, code, said := r.PostForm.Get("example"), r.PostForm.Get("code"), r.PostForm.Get("said")
	if said == "other" {
		said = r.PostForm.Get("other")
	}
	if said != "yes" && said != "no" && !accounts.SameScheme(code, said) {
		return problem{http.StatusBadRequest, "Choose yes, no or another code of the same kind."}
	}
	err := a.write(r.Context(), decidedCode, example, func(tx *sql.Tx) error {
		var n int
		if err := tx.QueryRowContext(r.Context(), "SELECT count(*) FROM example WHERE id = ?", example).Scan(&n); err != nil {
			return err
		}
		if n == 0 {
			return problem{http.StatusNotFound, "There is no such example."}
		}
		_, err := tx.ExecContext(r.Context(), "INSERT INTO decision (example, code, said, at) VALUES (?, ?, ?, ?)", example, code, said, a.stamp())
		return err
	})
	if err != nil {
		return err
	}
	return back(w, r, "/review")
}

// pair is two that look like one.
type pair struct {
	Why  string
	A, B side
}

// side is one of two that look like one, and the examples behind it.
type side struct {
	Ref, Name string
	Titles    []string
	More      int // titles that are not shown
}

const mostTitles = 4

type alikes struct{ Open, Apart []pair }

func (a *app) alikePage(w http.ResponseWriter, r *http.Request) error {
	examples, err := a.examples(r.Context())
	if err != nil {
		return err
	}
	apart, err := a.apart(r.Context())
	if err != nil {
		return err
	}
	all := make([]*model.Example, len(examples))
	known := map[string]side{}
	for i := range examples {
		e := &examples[i]
		all[i] = e
		known[e.ID] = side{Name: organisation(*e), Titles: []string{called(*e)}}
		for _, p := range e.Parties {
			of := known[p.HoldingRef()]
			if of.Name == "" && len(p.Identities) > 0 {
				of.Name = string(p.Identities[0].Name)
			}
			of.Titles = append(of.Titles, called(*e))
			known[p.HoldingRef()] = of
		}
	}
	one := func(ref string) side {
		of := known[ref]
		of.Ref = ref
		if more := len(of.Titles) - mostTitles; more > 0 {
			of.Titles, of.More = of.Titles[:mostTitles], more
		}
		return of
	}
	var v alikes
	for _, x := range anonymize.LookAlikes(all, apart) {
		why := map[string]string{"name": "nearly the same name", "domain": "the same address of e-mail or web", "text": "nearly the same text"}[x.Why]
		v.Open = append(v.Open, pair{why, one(x.A), one(x.B)})
	}
	for _, x := range apart {
		v.Apart = append(v.Apart, pair{"", one(x[0]), one(x[1])})
	}
	a.render(w, http.StatusOK, "alike", page{Title: "Look-alikes", Part: "check", Said: said(r), Data: v})
	return nil
}

func (a *app) tellApart(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return unread(err)
	}
	x, y := r.PostForm.Get("a"), r.PostForm.Get("b")
	if x == "" || y == "" || x == y {
		return problem{http.StatusBadRequest, "That names no two."}
	}
	err := a.write(r.Context(), toldApart, "", func(tx *sql.Tx) error {
		if r.PostForm.Get("are") == "one" {
			_, err := tx.ExecContext(r.Context(), "DELETE FROM apart WHERE a = ? AND b = ?", min(x, y), max(x, y))
			return err
		}
		_, err := tx.ExecContext(r.Context(), "INSERT INTO apart VALUES (?, ?, ?) ON CONFLICT DO NOTHING", min(x, y), max(x, y), a.stamp())
		return err
	})
	if err != nil {
		return err
	}
	return back(w, r, "/alike?done=saved")
}
