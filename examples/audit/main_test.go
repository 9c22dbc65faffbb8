// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize/disclosure"
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
		Key: key, Edition: "2026-1", Requirement: disclosure.Requirement{K: 3}, Quasi: []string{"region"}, Ledger: ledger,
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

func TestRunAccepts(t *testing.T) {
	dir, args := published(t)
	var out bytes.Buffer
	require.NoError(t, run(args, &out))
	require.Contains(t, out.String(), "ACCEPTED: edition 2026-1, 4 records")
	require.Contains(t, out.String(), "at least 3 distinct contributors")
	out.Reset()
	require.NoError(t, run(append(args, "-private", filepath.Join(dir, "private.json"), "-key", filepath.Join(dir, "key")), &out))
	require.Contains(t, out.String(), "recomputed")
	out.Reset()
	require.NoError(t, run(args[:4], &out))
	require.Contains(t, out.String(), "no ledger was given")
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
			require.ErrorIs(t, run(args, &out), disclosure.ErrProof, "%s, byte %d", filepath.Base(args[i]), at)
		}
		require.NoError(t, os.WriteFile(args[i], data, 0o600))
	}
	require.ErrorIs(t, run(append(args, "-public-key", "00"), &out), disclosure.ErrProof)
	require.ErrorIs(t, run(args[:2], &out), errUsage)
	require.ErrorIs(t, run(append(args, "-key", "x"), &out), errUsage)
	require.Error(t, run([]string{"-release", "absent", "-certificate", "absent"}, &out))
	require.Empty(t, out.String())
}
