// SPDX-License-Identifier: Apache-2.0

package main

import (
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/sharedpractice/sharedpractice/model"
)

type figures struct {
	Uploads, Waiting, Examples, Answers int
	Closed                              int // examples that are withheld as they stand
	Differences                         int // that wait for a person's word
	Audit                               []entry
	Ending                              []ending
}

// ending is an agreement that ends soon, has ended, or is to be looked at again.
type ending struct {
	Title, Organisation, On string
	What                    string
}

// reminded is how long before an agreement ends the officer is reminded.
const reminded = 60 * 24 * time.Hour

// endings are the agreements that need a word with their party, soonest first.
func endings(all []model.Example, now time.Time) (out []ending) {
	until := now.Add(reminded).UTC().Format(time.DateOnly)
	today := now.UTC().Format(time.DateOnly)
	for _, e := range all {
		for _, a := range e.Agreements {
			for _, x := range []struct{ on, soon, past string }{{a.Expires, "ends", "has ended: the example is withheld"}, {a.ReviewBy, "is to be looked at again", "was to be looked at again"}} {
				if x.on == "" || x.on[:min(10, len(x.on))] > until {
					continue
				}
				what := x.soon
				if x.on[:min(10, len(x.on))] <= today {
					what = x.past
				}
				out = append(out, ending{called(e), organisation(e), x.on, what})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b ending) int { return strings.Compare(a.On, b.On) })
	return out
}

// entry is a line of the audit log, or several that say the same one after the other.
type entry struct {
	At, Did, About string
	Example        bool // that it is about
	Times          int
}

// entered adds a line to those that came after it.
func entered(all []entry, e entry) []entry {
	if last := len(all) - 1; last >= 0 && all[last].Did == e.Did && len(e.At) >= 10 && strings.HasPrefix(all[last].At, e.At[:10]) {
		all[last].Times++
		if all[last].About != e.About {
			all[last].About = ""
		}
		return all
	}
	return append(all, e)
}

func (a *app) overview(w http.ResponseWriter, r *http.Request) error {
	var v figures
	err := a.db.QueryRowContext(r.Context(), `SELECT (SELECT count(*) FROM upload), (SELECT count(*) FROM upload WHERE taken = ''),
		(SELECT count(*) FROM example), (SELECT count(DISTINCT guide || '/' || slot) FROM answer)`).
		Scan(&v.Uploads, &v.Waiting, &v.Examples, &v.Answers)
	if err != nil {
		return err
	}
	if a.role(r.Context(), r) != readerRole { // who reads guides learns of no example
		err = a.each(r.Context(), "SELECT at, did, about FROM audit ORDER BY n DESC LIMIT 100", nil, func(scan func(...any) error) error {
			e := entry{Times: 1}
			err := scan(&e.At, &e.Did, &e.About)
			e.Example = strings.HasPrefix(e.About, "e-")
			v.Audit = entered(v.Audit, e)
			return err
		})
		v.Audit = v.Audit[:min(20, len(v.Audit))]
		if err != nil {
			return err
		}
		all, err := a.examples(r.Context())
		if err != nil {
			return err
		}
		v.Ending = endings(all, a.now())
		if v.Differences, err = a.waitingFor(r.Context()); err != nil {
			return err
		}
		undecided, err := a.undecided(r.Context())
		if err != nil {
			return err
		}
		for _, e := range all {
			if !undecided[e.ID] && slices.ContainsFunc(e.Agreements, func(g model.Agreement) bool { return g.Level == model.Withheld }) {
				v.Closed++
			}
		}
	}
	a.render(w, http.StatusOK, "home", page{Title: "Overview", Part: "home", Said: said(r), Data: v})
	return nil
}

func (a *app) backupName() string {
	return strings.TrimSuffix(a.path, filepath.Ext(a.path)) + a.now().UTC().Format("-20060102-150405") + ".backup.db"
}

// makeBackup writes a copy beside the data file, named by the moment.
func (a *app) makeBackup(w http.ResponseWriter, r *http.Request) error {
	if err := a.backup(r.Context(), a.backupName()); err != nil {
		return problem{http.StatusInternalServerError, "The copy could not be written beside the data file."}
	}
	return back(w, r, "/?done=backup")
}
