// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/runners/prism"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/testing/ptest"
	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/aggregate/edition"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/examples/internal/accounts"
	"github.com/sharedpractice/sharedpractice/examples/internal/collect"
	"github.com/sharedpractice/sharedpractice/examples/internal/intake"
	"github.com/sharedpractice/sharedpractice/examples/internal/many"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/wordtable"
)

func TestMain(m *testing.M) {
	slog.SetDefault(slog.New(slog.DiscardHandler))    // Prism tells of every bundle
	if worker := booted(os.Args[1:]); worker != nil { // started by onProcesses
		watched(context.Background())
		os.Args = append(os.Args[:1], worker...)
	}
	ptest.MainWithDefault(m, "prism")
}

var day = time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC)

// collection is a made-up collection in which two parties go by names of one
// organisation, one example is nearly another one's copy, and one is an account.
func collection(t *testing.T, n int) []model.Example {
	var all []model.Example
	for e, err := range many.Examples(n) {
		require.NoError(t, err)
		all = append(all, e)
	}
	party := func(e *model.Example, name string) {
		e.Parties = slices.Clone(e.Parties)
		e.Parties[0].Identities = []model.Identity{{Type: "organisation", Name: model.Raw(name)}}
	}
	party(&all[1], "Quayside Pharma UK Ltd")
	party(&all[100], "Quayside Pharmaceuticals")
	all = append(all, copyOf(t, all[60]))
	account := model.Example{
		ID: "zz-account", Lang: "en", Parties: all[2].Parties, Agreements: all[2].Agreements,
		Account: "Nobody under thirty came to our meetings. We moved them to the evening and paid travel beforehand. Twice as many came in spring.",
	}
	return append(all, account)
}

// copyOf is an example told by other parties in the same words.
func copyOf(t *testing.T, e model.Example) model.Example {
	body, err := model.EncodeJSON(e)
	require.NoError(t, err)
	said := strings.Replace(string(body), `"`+e.ID+`"`, `"zz-copy"`, 1)
	for _, p := range e.Parties {
		for _, ref := range []string{p.Ref, p.HoldingRef()} {
			said = strings.ReplaceAll(said, `"`+ref+`"`, `"`+ref+`-copy"`)
		}
	}
	out, err := model.DecodeJSON([]byte(said))
	require.NoError(t, err)
	return out
}

func lines(t *testing.T, examples []model.Example) []string {
	out := make([]string, len(examples))
	for i, e := range examples {
		body, err := model.EncodeJSON(e)
		require.NoError(t, err)
		out[i] = string(body)
	}
	return out
}

// beside is what the library makes of the examples on one machine.
func beside(t *testing.T, from []string, key []byte) ([]anonymize.Result, *edition.Edition) {
	var read []model.Example
	for e, err := range collect.Reader().JSONLines(strings.NewReader(strings.Join(from, "\n"))) {
		require.NoError(t, err)
		read = append(read, e)
	}
	intake.HoldRemarks(read, make([]int, len(read))) // as howto does
	_, err := accounts.Fill(read, nil, accounts.Config{})
	require.NoError(t, err)
	results, err := anonymize.All(t.Context(), anonymize.Config{Key: key, Now: day, Workers: 2},
		func(yield func(model.Example, error) bool) {
			for _, e := range read {
				if !yield(e, nil) {
					return
				}
			}
		})
	require.NoError(t, err)
	press, err := edition.Open(t.Context(), edition.File(filepath.Join(t.TempDir(), "ledger")), key,
		edition.Config{Now: day, K: aggregate.KPublic, Embedder: wordtable.Default()})
	require.NoError(t, err)
	made, err := press.Draft(t.Context(), anonymize.Records(results))
	require.NoError(t, err)
	return results, made
}

// Law 9: the pipeline makes what the library makes, whatever the number of parts
// and the order of the lines. Law 7: it counts nobody twice who is in two parts.
func TestSameAsOneMachine(t *testing.T) {
	all := lines(t, collection(t, 120))
	key := filepath.Join(t.TempDir(), "key")
	require.NoError(t, makeKey(key))
	secret, err := readKey(key)
	require.NoError(t, err)
	results, made := beside(t, all, secret)
	slices.SortFunc(results, func(a, b anonymize.Result) int { return strings.Compare(a.Log.Example, b.Log.Example) })
	var logs strings.Builder
	for _, r := range results {
		logs.WriteString(marshal(t, r.Log) + "\n")
	}
	for _, shards := range []int{1, 7} {
		t.Run(fmt.Sprint(shards), func(t *testing.T) {
			shuffled := slices.Clone(all)
			slices.Reverse(shuffled)
			in, out := filepath.Join(t.TempDir(), "in.jsonl"), t.TempDir()
			require.NoError(t, os.WriteFile(in, []byte(strings.Join(shuffled, "\n")+"\n"), 0o600))
			got, err := process(t.Context(), options{in: in, out: out, key: key, k: aggregate.KPublic, shards: shards, workers: 2, now: day, locale: "en-GB"})
			require.NoError(t, err)
			written, err := os.ReadFile(filepath.Join(out, "private", "decisions.jsonl"))
			require.NoError(t, err)
			require.True(t, logs.String() == string(written), "the decisions differ")
			require.True(t, bytes.Equal(made.Body, got.edition.Body), "the collection differs")
			require.True(t, bytes.Equal(made.Release.Proof.Release, got.edition.Release.Proof.Release), "the release differs")
			left, err := filepath.Glob(filepath.Join(out, "private", "*-*"))
			require.NoError(t, err)
			require.Empty(t, left, "what workers and decisions left on the way is removed")
		})
	}
}

// Law 9 once more: with several worker processes, of which one is killed while it
// works, the run ends well and says the same.
func TestWorkerIsKilled(t *testing.T) {
	if _, err := os.Stat("/proc/self/stat"); err != nil {
		t.Skip("worker processes are found by /proc")
	}
	all := lines(t, collection(t, 120))
	key := filepath.Join(t.TempDir(), "key")
	require.NoError(t, makeKey(key))
	secret, err := readKey(key)
	require.NoError(t, err)
	_, made := beside(t, all, secret)
	in, out := filepath.Join(t.TempDir(), "in.jsonl"), t.TempDir()
	require.NoError(t, os.WriteFile(in, []byte(strings.Join(all, "\n")+"\n"), 0o600))

	ended, killed := make(chan struct{}), make(chan int, 1)
	go func() {
		defer close(killed)
		for {
			select {
			case <-ended:
				return
			case <-time.After(2 * time.Millisecond):
			}
			if left, _ := filepath.Glob(filepath.Join(out, "private", "beam-*", "shard-*")); len(left) == 0 {
				continue // until somebody has begun to leave something
			}
			if pid := workerOf(processScope(1)); pid > 0 && syscall.Kill(pid, syscall.SIGKILL) == nil {
				killed <- pid
				return
			}
		}
	}()
	got, err := process(t.Context(), options{in: in, out: out, key: key, k: aggregate.KPublic, shards: 16, workers: 1, processes: 2, attempts: 5, now: day, locale: "en-GB"})
	close(ended)
	require.NoError(t, err)
	require.NotZero(t, <-killed, "nobody was killed")
	require.True(t, bytes.Equal(made.Body, got.edition.Body), "the collection differs")
	require.True(t, bytes.Equal(made.Release.Proof.Release, got.edition.Release.Proof.Release), "the release differs")
}

// workerOf finds the child of this process that works in an environment; 0 where
// there is none.
func workerOf(environment string) int {
	all, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	for _, name := range all {
		said, err := os.ReadFile(name)
		if err != nil || !strings.Contains(string(said), environment) {
			continue
		}
		stat, err := os.ReadFile(filepath.Join(filepath.Dir(name), "stat"))
		if err != nil {
			continue
		}
		var pid, parent int
		var state string
		at := strings.LastIndexByte(string(stat), ')')
		if _, err := fmt.Sscan(string(stat[at+1:]), &state, &parent); err != nil || parent != os.Getpid() {
			continue
		}
		if _, err := fmt.Sscan(filepath.Base(filepath.Dir(name)), &pid); err == nil {
			return pid
		}
	}
	return 0
}

func marshal(t *testing.T, v any) string {
	body, err := json.Marshal(v)
	require.NoError(t, err)
	return string(body)
}

// The test above means something only where look-alikes are in the collection.
func TestCollectionHasLookAlikes(t *testing.T) {
	all := collection(t, 120)
	pointers := make([]*model.Example, len(all))
	for i := range all {
		pointers[i] = &all[i]
	}
	found := map[string]bool{}
	for _, a := range anonymize.LookAlikes(pointers, nil) {
		found[a.Why] = true
	}
	require.True(t, found["name"] && found["text"])
}

// Nothing is half written, and no error shows a text.
func TestFaultsStopTheRun(t *testing.T) {
	good := lines(t, collection(t, 120))
	broken := strings.Replace(good[0], `"lang":`, `"lang":7,"canary-Wexmoor":`, 1)
	for name, in := range map[string][]string{
		"a line that is no example": append(slices.Clone(good), "{canary-Wexmoor"),
		"a field of the wrong kind": append(slices.Clone(good[1:]), broken),
		"two of one id":             append(slices.Clone(good), good[3]),
		"none":                      {""},
	} {
		t.Run(name, func(t *testing.T) {
			file, out := filepath.Join(t.TempDir(), "in.jsonl"), t.TempDir()
			require.NoError(t, os.WriteFile(file, []byte(strings.Join(in, "\n")+"\n"), 0o600))
			_, err := process(t.Context(), options{in: file, out: out, k: aggregate.KPublic, shards: 4, workers: 1, now: day, locale: "en-GB"})
			require.Error(t, err)
			require.NotContains(t, err.Error(), "Wexmoor")
			entries, err := os.ReadDir(out)
			require.NoError(t, err)
			require.Len(t, entries, 1, "only private/ with the key")
		})
	}
}

// A shard's file that is cut off or changed is refused.
func TestShardFilesAreVerified(t *testing.T) {
	all := lines(t, collection(t, 120))[:40]
	key := bytes.Repeat([]byte{7}, 32)
	results, _ := beside(t, all, key)
	body, err := encode(results, key)
	require.NoError(t, err)
	logs, records, err := decode(bytes.NewReader(body), key, day)
	require.NoError(t, err)
	require.Len(t, logs, len(results))
	require.Len(t, records, len(anonymize.Records(results)))
	for name, bad := range map[string][]byte{
		"cut off at a line": body[:bytes.LastIndexByte(body[:len(body)-1], '\n')+1],
		"cut off":           body[:len(body)/2],
		"a record changed":  bytes.Replace(body, []byte(`"level":`), []byte(`"level" :`), 1),
		"empty":             {},
	} {
		if name == "a record changed" {
			at := bytes.Index(body, []byte(`"seal":"`)) + len(`"seal":"`)
			bad = slices.Clone(body)
			bad[at] = '0' + ('1'-bad[at]+'0')%2
		}
		_, _, err := decode(bytes.NewReader(bad), key, day)
		require.Error(t, err, name)
	}
	_, _, err = decode(bytes.NewReader(body), bytes.Repeat([]byte{8}, 32), day)
	require.Error(t, err, "another key")
}
