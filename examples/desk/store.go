// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	_ "modernc.org/sqlite" // the database in one file
)

//go:embed schema
var schema embed.FS

// store keeps everything in one SQLite file that only its owner can read. Safe
// for concurrent use.
type store struct {
	db   *sql.DB
	path string
	now  func() time.Time
	// changes counts what was written since the program began, so that what was
	// worked out from it is known to be of yesterday.
	changes atomic.Int64
}

var errNewer = errors.New("the file was written by a later version of this program")

// openStore opens the file, or makes it, and brings its tables up to date.
func openStore(ctx context.Context, path string, now func() time.Time) (*store, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, errors.New("the data file has no place")
	}
	// SQLite gives the files beside it the same mode.
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, errors.New("the data file cannot be opened")
	}
	if err := errors.Join(f.Chmod(0o600), f.Close()); err != nil {
		return nil, errors.New("the data file cannot be kept from others")
	}
	query := url.Values{"_pragma": {"journal_mode(WAL)", "synchronous(FULL)", "busy_timeout(10000)", "foreign_keys(1)", "secure_delete(1)", "temp_store(MEMORY)"}, "_txlock": {"immediate"}}
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: query.Encode()}).String())
	if err != nil {
		return nil, errors.New("the data file cannot be opened")
	}
	db.SetMaxOpenConns(4)
	s := &store{db: db, path: path, now: now}
	if err := s.migrate(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return s, nil
}

func (s *store) close() error { return s.db.Close() }

// migrate runs the steps that the file has not seen, each whole or not at all.
func (s *store) migrate(ctx context.Context) error {
	steps, err := fs.Glob(schema, "schema/*.sql")
	if err != nil {
		return err
	}
	var version int
	if err := s.db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return errors.New("the data file is not one of this program's, or is damaged")
	}
	if version > len(steps) {
		return errNewer
	}
	for n := version; n < len(steps); n++ {
		step, err := schema.ReadFile(steps[n])
		if err != nil {
			return err
		}
		err = s.write(ctx, "", "", func(tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, string(step)+fmt.Sprintf("\nPRAGMA user_version = %d;", n+1))
			return err
		})
		if err != nil {
			return fmt.Errorf("the data file cannot be brought to version %d", n+1)
		}
	}
	return nil
}

// write changes something, whole or not at all, and enters in the audit log that
// it was done. about is an id, never a text.
func (s *store) write(ctx context.Context, did, about string, change func(*sql.Tx) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // done already where it was committed
	if err := change(tx); err != nil {
		return err
	}
	if did != "" {
		if err := s.audit(ctx, tx, did, about); err != nil {
			return err
		}
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	s.changes.Add(1)
	return nil
}

// audit adds a line to the audit log.
func (s *store) audit(ctx context.Context, tx *sql.Tx, did, about string) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO audit (at, did, about) VALUES (?, ?, ?)", s.stamp(), did, about)
	return err
}

func (s *store) stamp() string { return s.now().UTC().Format(time.RFC3339) }

// setting reads a setting, nil where it was never set.
func (s *store) setting(ctx context.Context, name string) ([]byte, error) {
	var value []byte
	err := s.db.QueryRowContext(ctx, "SELECT value FROM setting WHERE name = ?", name).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return value, err
}

func set(ctx context.Context, tx *sql.Tx, name string, value []byte) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO setting VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", name, value)
	return err
}

// backup writes a whole copy of the data to a new file that only its owner can
// read. It can be opened in the place of the file that it was made from.
func (s *store) backup(ctx context.Context, to string) error {
	f, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) // VACUUM INTO takes an empty file
	if err != nil {
		return errors.New("the copy cannot be made: there is a file of that name, or no such folder")
	}
	if err := f.Close(); err != nil {
		return err
	}
	if _, err := s.db.ExecContext(ctx, "VACUUM INTO ?", to); err != nil {
		return errors.Join(errors.New("the copy cannot be written"), os.Remove(to))
	}
	return nil
}

// each runs a query and hands over its rows.
func (s *store) each(ctx context.Context, query string, args []any, row func(scan func(...any) error) error) error {
	rows, err := s.db.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}
