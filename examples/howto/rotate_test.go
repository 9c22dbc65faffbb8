// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate/edition"
	"github.com/sharedpractice/sharedpractice/anonymize/disclosure"
	"github.com/sharedpractice/sharedpractice/examples/internal/program"
	"github.com/sharedpractice/sharedpractice/model"
)

// linesWithoutIDs are the lines of a release, sorted.
func linesWithoutIDs(t testing.TB, release string) []string {
	t.Helper()
	var out []string
	for line := range strings.Lines(release) {
		var fields map[string]any
		require.NoError(t, json.Unmarshal([]byte(line), &fields))
		delete(fields, "id")
		body, err := json.Marshal(fields)
		require.NoError(t, err)
		out = append(out, string(body))
	}
	slices.Sort(out)
	return out
}

// The key is changed amid a life: what is published next is held against what was
// published before, for everyone and for members, and both stay what can be checked.
func TestRotateKey(t *testing.T) {
	t.Parallel()
	all := countable(t)[:40]
	in, dir := jsonLines(t, all), t.TempDir()
	public, members := filepath.Join(dir, "public"), filepath.Join(dir, "members")
	private := filepath.Join(public, "private")
	shared := []string{"-key", filepath.Join(private, "key"), "-ledger", filepath.Join(private, "ledger")}

	_, err := howto(t, "-rotate", "-in", in, "-out", public)
	require.ErrorContains(t, err, "no key yet")
	require.NoDirExists(t, public)
	_, err = publish(t, "-in", in, "-out", public)
	require.NoError(t, err)
	_, err = publish(t, append(shared, "-in", in, "-out", members, "-audience", "members")...)
	require.NoError(t, err)
	first, firstRelease := published(t, public)
	_, firstMembers := published(t, members)
	before := files(t, public)

	_, err = howto(t, "-rotate", "-out", public, "-in", jsonLines(t, countable(t)[40:80]))
	require.ErrorIs(t, err, edition.ErrPairs, "other examples")
	_, err = howto(t, append(shared[:2:2], "-rotate", "-in", in, "-out", members)...)
	require.ErrorIs(t, err, edition.ErrLedger, "another ledger")
	require.True(t, maps.Equal(before, files(t, public)), "a refusal changes nothing")

	said, err := howto(t, "-rotate", "-in", in, "-out", public)
	require.NoError(t, err)
	got := files(t, public)
	require.NotEqual(t, before["private/key"], got["private/key"])
	require.NotContains(t, got, "private/key.next")
	secret := bytes.Fields([]byte(before["private/key"]))[0]
	require.NotContains(t, said, string(secret))
	var kept string
	for name := range got {
		info, err := os.Stat(filepath.Join(public, filepath.FromSlash(name)))
		require.NoError(t, err)
		if strings.HasPrefix(name, "private/key") || strings.HasPrefix(name, "private/ledger") {
			require.Equal(t, fs.FileMode(0o600), info.Mode().Perm(), name)
		}
		if strings.HasPrefix(name, "private/key.old-") {
			kept = filepath.Join(public, filepath.FromSlash(name))
			require.True(t, before["private/key"] == got[name], "the old key is kept")
		}
		if !strings.HasPrefix(name, "private/") {
			require.True(t, before[name] == got[name], "%s: nothing else is written", name)
		}
	}
	require.NotEmpty(t, kept)
	require.Contains(t, said, kept)

	// What was published under the old key is checked with its ledger and public key.
	public1 := said[strings.LastIndex(said, "-public-key ")+len("-public-key "):]
	public1, _, _ = strings.Cut(public1, ".\n")
	old := filepath.Join(private, "ledger."+strings.TrimPrefix(filepath.Base(kept), "key.old-"))
	require.Contains(t, said, old)
	lines, err := os.ReadFile(old)
	require.NoError(t, err)
	_, err = disclosure.VerifyCertificate(disclosure.Bundle{
		Release: []byte(firstRelease), Certificate: []byte(before["certificate.json"]), Ledger: lines, PublicKey: public1,
	})
	require.NoError(t, err)

	_, err = publish(t, "-in", in, "-out", filepath.Join(dir, "other"), "-key", kept, "-ledger", filepath.Join(private, "ledger"))
	require.ErrorIs(t, err, edition.ErrLedger, "the old key publishes nothing more")

	_, err = publish(t, "-in", in, "-out", public)
	require.NoError(t, err)
	again, release := published(t, public)
	require.True(t, slices.Equal(linesWithoutIDs(t, firstRelease), linesWithoutIDs(t, release)), "other lines")
	require.Equal(t, first.Contributors, again.Contributors)
	require.Equal(t, len(first.Topics), len(again.Topics))
	audit(t, public)
	_, err = publish(t, append(shared, "-in", in, "-out", members, "-audience", "members")...)
	require.NoError(t, err)
	_, release = published(t, members)
	require.True(t, slices.Equal(linesWithoutIDs(t, firstMembers), linesWithoutIDs(t, release)), "other lines")

	// And one more is held back, as it would have been.
	others := countable(t)[40:]
	one := slices.IndexFunc(others, func(e model.Example) bool { return e.Agreements[0].Level == model.Anonymous })
	_, err = publish(t, "-in", jsonLines(t, append(slices.Clone(all), others[one])), "-out", public)
	require.NoError(t, err)
	more, release := published(t, public)
	require.Equal(t, again.Examples, more.Examples)
	require.True(t, slices.Equal(linesWithoutIDs(t, firstRelease), linesWithoutIDs(t, release)), "other lines")

	// A second change of the key goes on from the first.
	_, err = howto(t, "-rotate", "-in", in, "-out", public)
	require.NoError(t, err)
	_, err = publish(t, "-in", in, "-out", public)
	require.NoError(t, err)
	_, release = published(t, public)
	require.True(t, slices.Equal(linesWithoutIDs(t, firstRelease), linesWithoutIDs(t, release)), "other lines")
}

// A key that has published nothing is changed without further ado, and -rotate stands
// alone.
func TestRotateKeyOfNothing(t *testing.T) {
	t.Parallel()
	in, out := jsonLines(t, collection(t)[:12]), filepath.Join(t.TempDir(), "out")
	_, err := howto(t, "-in", in, "-out", out)
	require.NoError(t, err)
	before := files(t, out)["private/key"]
	said, err := howto(t, "-rotate", "-in", in, "-out", out)
	require.NoError(t, err)
	require.Contains(t, said, "nothing had been published")
	require.NotEqual(t, before, files(t, out)["private/key"])
	for _, other := range []string{"-publish", "-check"} {
		_, err := howto(t, "-rotate", other, "-in", in, "-out", out)
		require.ErrorIs(t, err, program.ErrUsage)
	}
}

// killing is a store that ends the process at its n-th event, amid a write too.
type killing struct {
	edition.File
	event func(string) error
}

func (k killing) Swap(ctx context.Context, name string, old, next []byte) error {
	_ = k.event("before " + name)
	part := string(k.File) + strings.TrimPrefix(name, "ledger") + ".new"
	half := func(string) error { return os.WriteFile(part, next[:len(next)/2], 0o600) }
	if err := half(""); err != nil {
		return err
	}
	_ = k.event("amid " + name)
	err := k.File.Swap(ctx, name, old, next)
	_ = k.event("after " + name)
	return err
}

// A change of the key that is killed anywhere loses nothing: the next run with -rotate
// goes on, and until then no other run starts anything with either key.
func TestRotateKilled(t *testing.T) {
	if dir := os.Getenv("HOWTO_ROTATE_DIR"); dir != "" { // the process that is killed
		at, err := strconv.Atoi(os.Getenv("HOWTO_ROTATE_AT"))
		require.NoError(t, err)
		o, err := parse([]string{"-now", day, "-rotate", "-in", filepath.Join(dir, "in.jsonl"), "-out", filepath.Join(dir, "out")})
		require.NoError(t, err)
		n := 0
		event := func(string) error {
			if n++; n == at {
				self, err := os.FindProcess(os.Getpid())
				require.NoError(t, err)
				require.NoError(t, self.Kill())
				select {}
			}
			return nil
		}
		r := rotation{o: o, store: killing{edition.File(o.ledgerPath()), event}, step: event}
		require.NoError(t, r.run(t.Context(), io.Discard))
		return
	}
	t.Parallel()
	start := t.TempDir()
	all := countable(t)[:14]
	body, err := os.ReadFile(jsonLines(t, all))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(start, "in.jsonl"), body, 0o600))
	_, err = publish(t, "-in", filepath.Join(start, "in.jsonl"), "-out", filepath.Join(start, "out"))
	require.NoError(t, err)
	exe, err := os.Executable()
	require.NoError(t, err)
	killed := 0
	for at := 1; ; at++ {
		dir := t.TempDir()
		require.NoError(t, os.CopyFS(dir, os.DirFS(start)))
		in, out := filepath.Join(dir, "in.jsonl"), filepath.Join(dir, "out")
		was := files(t, out)
		cmd := exec.CommandContext(t.Context(), exe, "-test.run=^TestRotateKilled$")
		cmd.Env = append(os.Environ(), "HOWTO_ROTATE_DIR="+dir, "HOWTO_ROTATE_AT="+strconv.Itoa(at))
		said, err := cmd.CombinedOutput()
		if err == nil {
			break // there are no more events
		}
		require.Equal(t, -1, cmd.ProcessState.ExitCode(), "%s", said)
		killed++
		now := files(t, out)
		require.Equal(t, bytes.Fields([]byte(was["private/key"]))[0], bytes.Fields([]byte(now["private/key"]))[0], "the old key stands until the end")
		if _, made := now["private/key.next"]; made {
			_, err = publish(t, "-in", in, "-out", out)
			require.ErrorContains(t, err, "-rotate")
		}
		_, err = howto(t, "-rotate", "-in", in, "-out", out)
		require.NoError(t, err, "event %d", at)
		k, err := readKey(filepath.Join(out, "private", "key"))
		require.NoError(t, err)
		if next, made := now["private/key.next"]; made {
			require.Equal(t, strings.Fields(next)[0], strings.Fields(files(t, out)["private/key"])[0], "the next key is the one that was made")
		}
		p, err := edition.Open(t.Context(), edition.File(filepath.Join(out, "private", "ledger")), k.secret, edition.Config{
			Now: mustDay(t), Audience: model.Everyone, K: 5, Noted: k.noted,
		})
		require.NoError(t, err)
		require.Equal(t, k.noted, p.Note())
		if at%5 == 0 {
			_, err = publish(t, "-in", in, "-out", out)
			require.NoError(t, err)
			require.True(t, slices.Equal(linesWithoutIDs(t, was["release.jsonl"]), linesWithoutIDs(t, files(t, out)["release.jsonl"])), "other lines")
		}
	}
	require.Greater(t, killed, 12)
}

// A run that fails goes on too.
func TestRotateFails(t *testing.T) {
	t.Parallel()
	broken := errors.New("no room left")
	in, out := jsonLines(t, countable(t)[:14]), filepath.Join(t.TempDir(), "out")
	_, err := publish(t, "-in", in, "-out", out)
	require.NoError(t, err)
	for _, step := range []string{"make the next key", "note how far the ledger has grown", "keep the old key", "put the next key in its place"} {
		o, err := parse([]string{"-now", day, "-rotate", "-in", in, "-out", out})
		require.NoError(t, err)
		r := rotation{o: o, store: edition.File(o.ledgerPath()), step: func(s string) error {
			if s == step {
				return broken
			}
			return nil
		}}
		require.ErrorIs(t, r.run(t.Context(), io.Discard), broken, step)
	}
	_, err = howto(t, "-rotate", "-in", in, "-out", out)
	require.NoError(t, err)
	_, err = publish(t, "-in", in, "-out", out)
	require.NoError(t, err)
}
