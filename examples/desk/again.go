// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"database/sql"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/examples/internal/words"
	"github.com/sharedpractice/sharedpractice/model"
)

// keepRecords keeps the records of an edition, sealed, in the place of those of the
// one before.
func (a *app) keepRecords(ctx context.Context, tx *sql.Tx, records []anonymize.Record) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM record"); err != nil {
		return err
	}
	for _, r := range records {
		var line bytes.Buffer
		if err := r.Store(&line, a.secret()); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO record VALUES (?, ?)", r.ID(), line.Bytes()); err != nil {
			return err
		}
	}
	return nil
}

// again says which records of the last edition are others now, and why. A draft makes
// all of them anew; this is for the working group to know. Nil before the first edition.
func (a *app) again(ctx context.Context, cfg anonymize.Config, examples []model.Example) ([]anonymize.Log, error) {
	var stored []anonymize.Record
	err := a.each(ctx, "SELECT line FROM record", nil, func(scan func(...any) error) error {
		var line []byte
		if err := scan(&line); err != nil {
			return err
		}
		// What has expired since is withheld, and told there. Names that were declared
		// since are looked for below.
		if r, err := anonymize.Load(line, cfg.Key, cfg.Now); err == nil {
			stored = append(stored, r)
		}
		return nil
	})
	if err != nil || len(stored) == 0 {
		return nil, err
	}
	anonymizer, err := anonymize.New(cfg)
	if err != nil {
		return nil, err
	}
	list := make([]*model.Example, len(examples))
	for i := range examples {
		list[i] = &examples[i]
	}
	return anonymizer.Again(ctx, stored, list...)
}

// madeAgain words what again has found.
func (d *draft) madeAgain(titles map[string]string) (title string, out []closed, err error) {
	if len(d.again) == 0 {
		return "", nil, nil
	}
	title, whys, err := words.Again(d.again, locale)
	for i, l := range d.again {
		c := closed{Title: titles[l.Example], Reasons: whys[i]}
		if c.Title == "" {
			c.Title = "An example that is no longer here"
		}
		out = append(out, c)
	}
	return title, out, err
}
