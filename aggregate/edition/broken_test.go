// SPDX-License-Identifier: Apache-2.0

package edition_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate/edition"
	"github.com/sharedpractice/sharedpractice/model"
)

var errBroken = errors.New("broken off")

// breaking breaks off at one write: before it, amid it as a process that is killed
// leaves a file, or after it.
type breaking struct {
	edition.File
	how   string
	at, n int
}

func (b *breaking) Swap(ctx context.Context, name string, old, next []byte) error {
	b.n++
	if b.n != b.at {
		return b.File.Swap(ctx, name, old, next)
	}
	switch b.how {
	case "amid":
		part := string(b.File) + name[len("ledger"):] + ".new"
		if err := os.WriteFile(part, next[:len(next)/2], 0o600); err != nil {
			return err
		}
	case "after":
		if err := b.File.Swap(ctx, name, old, next); err != nil {
			return err
		}
	}
	return errBroken
}

func someRows(n int) []row {
	r := rand.New(rand.NewPCG(4, 24))
	var out []row
	for i := range n {
		out = append(out, random(r, fmt.Sprintf("r%02d", i)))
	}
	return out
}

// copied is a copy of a store.
func copied(t testing.TB, from string) edition.File {
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(filepath.Join(dir, "private"), os.DirFS(filepath.Dir(from))))
	return edition.File(filepath.Join(dir, "private", "ledger"))
}

func contents(t testing.TB, store edition.File) map[string]string {
	out := map[string]string{}
	files, err := os.ReadDir(filepath.Dir(string(store)))
	require.NoError(t, err)
	for _, f := range files {
		body, err := os.ReadFile(filepath.Join(filepath.Dir(string(store)), f.Name()))
		require.NoError(t, err)
		out[f.Name()] = string(body)
	}
	return out
}

// A rotation that is broken off at any write goes on where it is called again, and
// ends as one that never was broken off; until then nobody publishes with either
// key, or with the old one as if nothing had happened.
func TestRotateBrokenOff(t *testing.T) {
	rows := someRows(24)
	whole := edition.File(filepath.Join(t.TempDir(), "ledger"))
	note := ""
	open := func(store edition.Store, key []byte, note string) (*edition.Press, error) {
		return edition.Open(t.Context(), store, key, edition.Config{Now: today, Audience: model.Everyone, K: 5, Noted: note})
	}
	publish := func(store edition.Store, key []byte, note string, rows []row) string {
		p, err := open(store, key, note)
		require.NoError(t, err)
		e, err := p.Publish(t.Context(), recordsUnder(t, key, model.Everyone, rows))
		require.NoError(t, err)
		return e.Note
	}
	note = publish(whole, secret, note, rows)
	note = publish(whole, secret, note, rows[:19])
	start := copied(t, string(whole))
	both := pairs(t, rows[:19])
	rotate := func(store edition.Store) (string, error) {
		return edition.Rotate(t.Context(), store, secret, secondSecret, note, both)
	}
	counting := &breaking{File: whole}
	noted, err := rotate(counting)
	require.NoError(t, err)
	want := contents(t, whole)
	require.Greater(t, counting.n, 5)
	for _, how := range []string{"before", "amid", "after"} {
		if testing.Short() && how != "amid" {
			continue
		}
		for at := 1; at <= counting.n; at++ {
			if testing.Short() && at%3 > 0 {
				continue
			}
			t.Run(fmt.Sprint(how, " ", at), func(t *testing.T) {
				store := copied(t, string(start))
				_, err := rotate(&breaking{File: store, how: how, at: at})
				require.ErrorIs(t, err, errBroken)
				_, old := open(store, secret, note)
				_, next := open(store, secondSecret, noted)
				require.True(t, old == nil || errors.Is(old, edition.ErrLedger), "%v", old)
				require.False(t, old == nil && next == nil, "two keys publish")
				if old == nil { // and then the old key may go on; what it publishes is carried over
					more := copied(t, string(store))
					later := publish(more, secret, note, rows)
					again, err := edition.Rotate(t.Context(), more, secret, secondSecret, later, pairs(t, rows))
					require.NoError(t, err)
					require.NotEqual(t, noted, again)
					publish(more, secondSecret, again, rows)
				}
				got, err := rotate(store)
				require.NoError(t, err)
				require.Equal(t, noted, got)
				require.Equal(t, want, contents(t, store))
			})
		}
	}

	// What has ended is not begun again, whatever was published since.
	later := publish(whole, secondSecret, noted, rows[:19])
	ended := contents(t, whole)
	got, err := rotate(whole)
	require.NoError(t, err)
	require.Equal(t, later, got)
	require.Equal(t, ended, contents(t, whole))
	_, err = edition.Rotate(t.Context(), whole, secret, []byte("a third key of thirty-two bytes!"), note, both)
	require.Error(t, err, "the old key has another successor")
	require.Equal(t, ended, contents(t, whole))
}

// The examples must be those of the editions: those of another collection would
// leave everybody behind as gone.
func TestRotateOtherExamples(t *testing.T) {
	rows, store := someRows(24), &edition.Memory{}
	p, err := edition.Open(t.Context(), store, secret, edition.Config{Now: today, Audience: model.Everyone, K: 5})
	require.NoError(t, err)
	e, err := p.Publish(t.Context(), recordsUnder(t, secret, model.Everyone, rows))
	require.NoError(t, err)
	_, err = edition.Rotate(t.Context(), store, secret, secondSecret, e.Note, pairs(t, rows[:11]))
	require.ErrorIs(t, err, edition.ErrPairs)
	_, err = edition.Rotate(t.Context(), store, secret, secondSecret, e.Note, pairs(t, rows[:12]))
	require.NoError(t, err)
}

// Of several that write at once one wins, and what a stopped one left is no hindrance.
func TestFileSwapsOnce(t *testing.T) {
	file := edition.File(filepath.Join(t.TempDir(), "private", "ledger"))
	require.NoError(t, os.MkdirAll(filepath.Dir(string(file)), 0o700))
	require.NoError(t, os.WriteFile(string(file)+".new", []byte("left by one that was killed, and longer"), 0o600))
	require.NoError(t, file.Swap(t.Context(), "ledger", nil, []byte("0")))
	for round := range 50 {
		var won atomic.Int32
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				err := file.Swap(t.Context(), "ledger", fmt.Append(nil, round), fmt.Append(nil, round+1))
				if err == nil {
					won.Add(1)
				} else if !errors.Is(err, edition.ErrChanged) {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		require.Equal(t, int32(1), won.Load())
	}
	body, err := file.Get(t.Context(), "ledger")
	require.NoError(t, err)
	require.Equal(t, "50", string(body))
	files, err := os.ReadDir(filepath.Dir(string(file)))
	require.NoError(t, err)
	require.Len(t, files, 1)
}
