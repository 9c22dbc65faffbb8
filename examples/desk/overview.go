// SPDX-License-Identifier: Apache-2.0

package main

import (
	"net/http"
	"path/filepath"
	"strings"
)

type figures struct {
	Uploads, Waiting, Examples, Answers int
	Audit                               []entry
}

// entry is a line of the audit log.
type entry struct{ At, Did, About string }

func (a *app) overview(w http.ResponseWriter, r *http.Request) error {
	var v figures
	err := a.db.QueryRowContext(r.Context(), `SELECT (SELECT count(*) FROM upload), (SELECT count(*) FROM upload WHERE taken = ''),
		(SELECT count(*) FROM example), (SELECT count(DISTINCT guide || '/' || slot) FROM answer)`).
		Scan(&v.Uploads, &v.Waiting, &v.Examples, &v.Answers)
	if err != nil {
		return err
	}
	err = a.each(r.Context(), "SELECT at, did, about FROM audit ORDER BY n DESC LIMIT 20", nil, func(scan func(...any) error) error {
		var e entry
		err := scan(&e.At, &e.Did, &e.About)
		v.Audit = append(v.Audit, e)
		return err
	})
	if err != nil {
		return err
	}
	a.render(w, http.StatusOK, "home", page{Title: "Overview", Part: "home", Said: said(r), Data: v})
	return nil
}

// makeBackup writes a copy beside the data file, named by the moment.
func (a *app) makeBackup(w http.ResponseWriter, r *http.Request) error {
	name := strings.TrimSuffix(a.path, filepath.Ext(a.path)) + a.now().UTC().Format("-20060102-150405") + ".backup.db"
	if err := a.backup(r.Context(), name); err != nil {
		return problem{http.StatusInternalServerError, "The copy could not be written beside the data file."}
	}
	return back(w, r, "/?done=backup")
}
