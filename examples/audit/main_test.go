// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/anonymize/disclosure"
	"github.com/sharedpractice/sharedpractice/anonymize/disclosure/recode"
	"github.com/sharedpractice/sharedpractice/examples/internal/program"
)

// published writes a made-up release with all its proofs and returns the
// arguments that name them.
func published(t *testing.T) (dir string, args []string) {
	t.Helper()
	dir = t.TempDir()
	secret := bytes.Repeat([]byte{3}, 32)
	key, err := disclosure.NewKey(secret)
	require.NoError(t, err)
	ledger, err := disclosure.OpenLedger(filepath.Join(dir, "ledger"), key)
	require.NoError(t, err)
	var lines []disclosure.ReleaseLine
	for i := range 4 {
		lines = append(lines, disclosure.ReleaseLine{
			ID: fmt.Sprint(i), Line: fmt.Appendf(nil, `{"id":"%d","region":"rg:gb"}`, i), Holdings: []string{fmt.Sprint("made up ", i)},
		})
	}
	p, err := disclosure.Certify(lines, disclosure.CertificateConfig{
		Key: key, Edition: "2026-1", Requirement: recode.Requirement{K: 3}, Quasi: []string{"region"}, Ledger: ledger,
	})
	require.NoError(t, err)
	require.NoError(t, p.Commit())
	for name, data := range map[string][]byte{
		"release.jsonl": p.Release, "certificate.json": p.Certificate, "private.json": p.Sealed, "key": []byte(hex.EncodeToString(secret) + "\n"),
	} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), data, 0o600))
	}
	at := func(name string) string { return filepath.Join(dir, name) }
	return dir, []string{"-release", at("release.jsonl"), "-certificate", at("certificate.json"), "-ledger", at("ledger")}
}

func publicKey(t *testing.T) string {
	t.Helper()
	key, err := disclosure.NewKey(bytes.Repeat([]byte{3}, 32))
	require.NoError(t, err)
	return key.PublicKey()
}

func TestRunAccepts(t *testing.T) {
	dir, args := published(t)
	var out bytes.Buffer
	unknown := run(t.Context(), args, nil, &out)
	require.Equal(t, 3, program.Code("audit", unknown, io.Discard), "anybody's own key makes such a whole")
	require.Contains(t, out.String(), "WHOLE, BUT WHOSE KEY?")
	require.NotContains(t, out.String(), "ACCEPTED")
	out.Reset()
	args = append(args, "-public-key", publicKey(t))
	require.NoError(t, run(t.Context(), args, nil, &out))
	require.Contains(t, out.String(), "ACCEPTED: edition 2026-1, 4 records")
	require.Contains(t, out.String(), "at least 3 distinct contributors")
	out.Reset()
	require.NoError(t, run(t.Context(), append(args, "-private", filepath.Join(dir, "private.json"), "-key", filepath.Join(dir, "key")), nil, &out))
	require.Contains(t, out.String(), "recomputed")
	out.Reset()
	require.NoError(t, run(t.Context(), slices.Concat(args[:4], args[6:]), nil, &out))
	require.Contains(t, out.String(), "no ledger was given")
}

// The collection is the one published with the release, and each number in it
// has its witnesses.
func TestRunChecksTheCollection(t *testing.T) {
	key, err := disclosure.NewKey(bytes.Repeat([]byte{3}, 32))
	require.NoError(t, err)
	support := func(n int) aggregate.Support { return aggregate.Support{Examples: n, Of: 9, Contributors: n} }
	for _, row := range []struct {
		name, want     string
		topic, said    int // contributors
		promised, left bool
		change         func([]byte) []byte
	}{
		{"whole", "", 6, 5, true, false, nil},
		{"changed", "a file is not the one certified", 6, 5, true, false, func(b []byte) []byte { return bytes.Replace(b, []byte("6"), []byte("7"), 1) }},
		{"more than there are", "does not vouch for", 6, 2, true, false, nil},
		{"without a promise", "does not vouch for", 6, 5, false, false, nil},
		{"not bound", "a file is not the one certified", 6, 5, true, true, nil},
	} {
		t.Run(row.name, func(t *testing.T) {
			collection, err := json.Marshal(aggregate.Collection{Schema: aggregate.Schema, Topics: []aggregate.Topic{{
				ID: "ch-made-up", Support: support(row.topic), Statements: []aggregate.Statement{
					{ID: "step.made-up", Support: support(row.said)}, {ID: "lesson.worked.words-0123456789ab", Support: support(5)},
				},
			}}})
			require.NoError(t, err)
			cfg := disclosure.CertificateConfig{Key: key, Edition: "2026-1", Requirement: recode.Requirement{K: 3}}
			cfg.Items = []disclosure.Item{
				{Key: "topic/ch-made-up", K: 5, Holdings: []string{"a", "b", "c", "d", "e", "f"}},
				{Key: "topic/ch-made-up/lesson.worked/words-0123456789ab", K: 5, Holdings: []string{"a", "b", "c", "d", "e"}},
			}
			if row.promised {
				cfg.Items = append(cfg.Items, disclosure.Item{Key: "topic/ch-made-up/step.made-up", K: 5, Holdings: []string{"a", "b", "c", "d", "e"}})
			}
			if !row.left {
				cfg.Files = map[string][]byte{"collection.json": collection}
			}
			p, err := disclosure.Certify(nil, cfg)
			require.NoError(t, err)
			if row.change != nil {
				collection = row.change(collection)
			}
			dir := t.TempDir()
			var args []string
			for name, body := range map[string][]byte{"release": p.Release, "certificate": p.Certificate, "collection": collection} {
				require.NoError(t, os.WriteFile(filepath.Join(dir, name), body, 0o600))
				args = append(args, "-"+name, filepath.Join(dir, name))
			}
			var out bytes.Buffer
			err = run(t.Context(), append(args, "-public-key", publicKey(t)), nil, &out)
			if row.want == "" {
				require.NoError(t, err)
				require.Contains(t, out.String(), "its 3 totals, topics and statements each have their witnesses")
				return
			}
			require.ErrorIs(t, err, disclosure.ErrProof)
			require.ErrorContains(t, err, row.want)
			require.Empty(t, out.String())
		})
	}
}

func TestRunRejects(t *testing.T) {
	_, args := published(t)
	var out bytes.Buffer
	for _, i := range []int{1, 3, 5} {
		data, err := os.ReadFile(args[i])
		require.NoError(t, err)
		for at := 0; at < len(data); at += 1 + len(data)/97 {
			changed := bytes.Clone(data)
			changed[at] ^= 1
			require.NoError(t, os.WriteFile(args[i], changed, 0o600))
			require.ErrorIs(t, run(t.Context(), args, nil, &out), disclosure.ErrProof, "%s, byte %d", filepath.Base(args[i]), at)
		}
		require.NoError(t, os.WriteFile(args[i], data, 0o600))
	}
	require.ErrorIs(t, run(t.Context(), append(args, "-public-key", "00"), nil, &out), disclosure.ErrProof)
	require.ErrorIs(t, run(t.Context(), args[:2], nil, &out), program.ErrUsage)
	require.ErrorIs(t, run(t.Context(), append(args, "-key", "x"), nil, &out), program.ErrUsage)
	require.Error(t, run(t.Context(), []string{"-release", "absent", "-certificate", "absent"}, nil, &out))
	require.Empty(t, out.String())
}
