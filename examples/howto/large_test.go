// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/anonymize/disclosure"
	"github.com/sharedpractice/sharedpractice/examples/internal/many"
	"github.com/sharedpractice/sharedpractice/model"
)

// mostPerExample bounds the memory of a large run: so many bytes of resident
// memory for each example, which has about 3,700 bytes of text and codes.
const mostPerExample = 60 << 10

// TestTenThousandExamples runs the program on ten thousand examples in a
// process of its own, says how long it took and how much memory it had at most,
// and audits what it wrote:
//
//	SHAREDPRACTICE_LARGE=1 go test ./examples/howto -run TestTenThousandExamples -v -timeout 30m
//
// 1 stands for ten thousand; other numbers are taken as they are.
func TestTenThousandExamples(t *testing.T) {
	t.Parallel()
	if dir := os.Getenv("HOWTO_LARGE_DIR"); dir != "" { // the process of its own
		said, err := publish(t, "-in", filepath.Join(dir, "in.jsonl"), "-out", filepath.Join(dir, "out"))
		fmt.Print(said)
		require.NoError(t, err)
		return
	}
	n, err := strconv.Atoi(os.Getenv("SHAREDPRACTICE_LARGE"))
	if err != nil || n < 1 {
		t.Skip("takes minutes: set SHAREDPRACTICE_LARGE=1")
	}
	if n == 1 {
		n = 10_000
	}
	dir := t.TempDir()
	in, err := os.Create(filepath.Join(dir, "in.jsonl"))
	require.NoError(t, err)
	require.NoError(t, model.WriteJSONLines(in, many.Examples(n)))
	size, err := in.Seek(0, io.SeekCurrent)
	require.NoError(t, err)
	require.NoError(t, in.Close())
	t.Logf("%d examples, %d MB", n, size>>20)

	exe, err := os.Executable()
	require.NoError(t, err)
	cmd := exec.CommandContext(t.Context(), exe, "-test.run=^TestTenThousandExamples$", "-test.timeout=0")
	cmd.Env = append(os.Environ(), "HOWTO_LARGE_DIR="+dir)
	start := time.Now()
	said, err := cmd.CombinedOutput()
	took := time.Since(start)
	require.NoError(t, err, "%s", said)
	t.Logf("%s", bytes.TrimSpace(said))
	t.Logf("%.1f s, of which the processors worked %.1f s", took.Seconds(), (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds())
	if most, ok := peak(cmd.ProcessState); ok {
		t.Logf("%d MB of memory at most, %.1f times the file read", most>>20, float64(most)/float64(size))
		require.LessOrEqual(t, most, int64(n)*mostPerExample+(250<<20))
	} else {
		t.Log("this system does not tell how much memory a process had")
	}
	sizes := map[string]int64{}
	files := map[string]int{}
	out := os.DirFS(filepath.Join(dir, "out"))
	require.NoError(t, fs.WalkDir(out, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		folder, _, in := strings.Cut(name, "/")
		if in && folder != "private" {
			name = folder + "/"
		} else if strings.HasPrefix(name, "private/sign-off/") {
			name = "private/sign-off/"
		}
		sizes[name] += info.Size()
		files[name]++
		return nil
	}))
	for _, name := range slices.Sorted(maps.Keys(sizes)) {
		t.Logf("%-32s %6d files %8d kB", name, files[name], sizes[name]>>10)
	}
	audit(t, filepath.Join(dir, "out"))
}

// TestFiveHundredMoreKeepTopics publishes 9,500 examples and then 10,000, and says
// how many of the topics of the first edition the second one still has:
//
//	SHAREDPRACTICE_LARGE=1 go test ./examples/howto -run TestFiveHundredMoreKeepTopics -v -timeout 60m
//
// 1 stands for ten thousand; other numbers are taken as they are, the first
// edition having a twentieth fewer.
func TestFiveHundredMoreKeepTopics(t *testing.T) {
	t.Parallel()
	if dir := os.Getenv("HOWTO_MORE_DIR"); dir != "" { // the process of its own
		said, err := publish(t, "-in", filepath.Join(dir, "in.jsonl"), "-out", filepath.Join(dir, "out"))
		fmt.Print(said)
		require.NoError(t, err)
		return
	}
	n, err := strconv.Atoi(os.Getenv("SHAREDPRACTICE_LARGE"))
	if err != nil || n < 1 {
		t.Skip("takes minutes: set SHAREDPRACTICE_LARGE=1")
	}
	if n == 1 {
		n = 10_000
	}
	exe, err := os.Executable()
	require.NoError(t, err)
	dir := t.TempDir()
	var editions []aggregate.Collection
	for _, n := range []int{n - n/20, n} {
		in := filepath.Join(dir, "in.jsonl")
		file, err := os.Create(in)
		require.NoError(t, err)
		require.NoError(t, model.WriteJSONLines(file, many.Examples(n)))
		require.NoError(t, file.Close())
		cmd := exec.CommandContext(t.Context(), exe, "-test.run=^TestFiveHundredMoreKeepTopics$", "-test.timeout=0")
		cmd.Env = append(os.Environ(), "HOWTO_MORE_DIR="+dir)
		start := time.Now()
		said, err := cmd.CombinedOutput()
		require.NoError(t, err, "%s", said)
		t.Logf("%d examples, %.1f s, of which the processors worked %.1f s\n%s", n, time.Since(start).Seconds(), (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds(), bytes.TrimSpace(said))
		if most, ok := peak(cmd.ProcessState); ok {
			t.Logf("%d MB of memory at most", most>>20)
		}
		c, _ := published(t, filepath.Join(dir, "out"))
		editions = append(editions, c)
	}
	kept := 0
	for _, was := range editions[0].Topics {
		if slices.ContainsFunc(editions[1].Topics, func(now aggregate.Topic) bool { return now.ID == was.ID }) {
			kept++
		}
	}
	t.Logf("%d topics, then %d, of which %d are those of before", len(editions[0].Topics), len(editions[1].Topics), kept)
	require.GreaterOrEqual(t, kept*155, len(editions[0].Topics)*150)
	audit(t, filepath.Join(dir, "out"))
}

// audit verifies a release with the ledger, from outside and with the key.
func audit(t *testing.T, out string) {
	t.Helper()
	read := func(name string) []byte {
		body, err := os.ReadFile(filepath.Join(out, filepath.FromSlash(name)))
		require.NoError(t, err)
		return body
	}
	secret, err := hex.DecodeString(string(bytes.Fields(read("private/key"))[0]))
	require.NoError(t, err)
	key, err := disclosure.NewKey(secret)
	require.NoError(t, err)
	ev := disclosure.Bundle{
		Release: read("release.jsonl"), Certificate: read("certificate.json"), Ledger: read("private/ledger"),
		Sealed: read("private/certificate-sealed.json"), Key: key, PublicKey: key.PublicKey(),
		Files: map[string][]byte{"collection.json": read("collection.json")},
	}
	c, err := disclosure.VerifyCertificate(ev)
	require.NoError(t, err)
	t.Logf("audited: %d records, %d promises", c.Records, len(c.Promises))
	ev.Release[len(ev.Release)/2] ^= 1
	_, err = disclosure.VerifyCertificate(ev)
	require.ErrorIs(t, err, disclosure.ErrProof)
}

// peak is the most memory that a process had resident, in bytes. Windows does
// not tell; macOS tells bytes, other systems kilobytes.
func peak(s *os.ProcessState) (bytes int64, ok bool) {
	usage := reflect.ValueOf(s.SysUsage())
	if usage.Kind() != reflect.Pointer || usage.IsNil() || usage.Elem().Kind() != reflect.Struct {
		return 0, false
	}
	most := usage.Elem().FieldByName("Maxrss")
	if !most.IsValid() {
		return 0, false
	}
	if runtime.GOOS == "darwin" {
		return most.Int(), true
	}
	return most.Int() << 10, true
}
