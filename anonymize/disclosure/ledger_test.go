// SPDX-License-Identifier: Apache-2.0

package disclosure_test

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize/disclosure"
)

// whole skips what makes many releases of the sample where only a part is asked for.
func whole(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("runs whole without -short")
	}
}

func testKey(tb testing.TB) *disclosure.Key {
	tb.Helper()
	k, err := disclosure.NewKey(bytes.Repeat([]byte{7}, 32))
	require.NoError(tb, err)
	return k
}

func openLedger(tb testing.TB, path string) *disclosure.Ledger {
	tb.Helper()
	l, err := disclosure.OpenLedger(path, testKey(tb))
	require.NoError(tb, err)
	return l
}

// crowd names n made-up holdings from the given number on.
func crowd(from, n int) []string {
	var out []string
	for i := range n {
		out = append(out, fmt.Sprintf("holding %d", from+i))
	}
	return out
}

func topic(shown string, holdings []string) disclosure.Item {
	return disclosure.Item{Key: "topic:trust", Shown: shown, K: 3, Holdings: holdings}
}

func class(key string, from, n int) disclosure.Item {
	it := disclosure.Item{Key: key, K: 3}
	for i := range n {
		it.Members = append(it.Members, disclosure.Member{ID: fmt.Sprintf("r%d", from+i), Holdings: crowd(from+i, 1)})
	}
	return it
}

func TestLedgerEditions(t *testing.T) {
	both := func(its ...disclosure.Item) []disclosure.Item { return its }
	for _, tt := range []struct {
		name, reason string
		editions     [][]disclosure.Item
		want         []string // reasons against the last edition
	}{
		{"first", "nothing to compare with", [][]disclosure.Item{both(topic("5 of 9", crowd(0, 5)))}, nil},
		{"too few", "two do not support a topic of k 3", [][]disclosure.Item{both(topic("2", crowd(0, 2)))}, []string{disclosure.ReasonSupport}},
		{"adds one", "from 5 to 6 shows the newcomer", [][]disclosure.Item{both(topic("5", crowd(0, 5))), both(topic("6", crowd(0, 6)))}, []string{disclosure.ReasonAdds}},
		{"adds three", "three newcomers hide each other", [][]disclosure.Item{both(topic("5", crowd(0, 5))), both(topic("8", crowd(0, 8)))}, nil},
		{"withdraws one", "from 5 to 4 shows who left", [][]disclosure.Item{both(topic("5", crowd(0, 5))), both(topic("4", crowd(1, 4)))}, []string{disclosure.ReasonWithdraws}},
		{"swaps one", "the number stays, the wording does not", [][]disclosure.Item{both(topic("a", crowd(0, 5))), both(topic("b", crowd(1, 5)))}, []string{disclosure.ReasonAdds, disclosure.ReasonWithdraws}},
		{"not shown", "the same text and number give no difference away", [][]disclosure.Item{both(topic("5 or more", crowd(0, 5))), both(topic("5 or more", crowd(0, 6)))}, nil},
		{"by a detour", "each step is small enough to see only against the first", [][]disclosure.Item{
			both(topic("5 or more", crowd(0, 5))), both(topic("5 or more", crowd(0, 6))), both(topic("6", crowd(0, 6))),
		}, []string{disclosure.ReasonAdds}},
		{"against the union", "the third differs by one from what the first two showed together", [][]disclosure.Item{
			both(topic("a", crowd(0, 4))), both(topic("b", crowd(10, 4))), both(topic("c", append(append(crowd(0, 4), crowd(10, 4)...), crowd(20, 1)...))),
		}, []string{disclosure.ReasonAdds}},
		{"classes", "three new records may join a class", [][]disclosure.Item{both(class("class:a", 0, 4)), both(class("class:a", 0, 7))}, nil},
		{"class adds one", "one new record in a class of old ones stands out", [][]disclosure.Item{both(class("class:a", 0, 4)), both(class("class:a", 0, 5))}, []string{disclosure.ReasonAdds}},
		{"class loses one", "one record missing from a class stands out", [][]disclosure.Item{both(class("class:a", 0, 5)), both(class("class:a", 1, 4))}, []string{disclosure.ReasonWithdraws}},
		{"class dropped", "a class that goes whole gives nobody away", [][]disclosure.Item{both(class("class:a", 0, 4), class("class:b", 10, 4)), both(class("class:b", 10, 4))}, nil},
		{"reshuffled", "who is in class a then and class c now is one of two", [][]disclosure.Item{
			both(class("class:a", 0, 5), class("class:b", 5, 5)), both(class("class:c", 3, 7), class("class:d", 0, 3)),
		}, []string{disclosure.ReasonIsolates}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "ledger")
			l := openLedger(t, path)
			last := len(tt.editions) - 1
			for i, items := range tt.editions[:last] {
				require.NoError(t, l.Append(fmt.Sprintf("e%d", i), items, nil, nil), tt.reason)
			}
			head := l.Head()
			err := l.Append("last", tt.editions[last], nil, nil)
			if tt.want == nil {
				require.NoError(t, err, tt.reason)
				require.Equal(t, head.Entries+1, openLedger(t, path).Head().Entries)
				return
			}
			var refused *disclosure.ConflictError
			require.ErrorAs(t, err, &refused, tt.reason)
			require.ErrorIs(t, err, disclosure.ErrInfeasible)
			require.NotContains(t, err.Error(), "holding ")
			reasons := map[string]bool{}
			for _, c := range refused.Conflicts {
				reasons[c.Reason] = true
			}
			for _, w := range tt.want {
				require.True(t, reasons[w], "%s: want %s, got %v", tt.reason, w, refused.Conflicts)
			}
			require.Len(t, reasons, len(tt.want), "%v", refused.Conflicts)
			require.Equal(t, head, openLedger(t, path).Head(), "a refused edition is not entered")
		})
	}
}

// counted is an item with the records that it counts: n of their own holdings, and
// one more for each holding in also.
func counted(key, shown string, n int, also ...int) disclosure.Item {
	it := disclosure.Item{Key: key, Shown: shown, K: 3, Holdings: crowd(0, n)}
	for i := range n {
		it.Examples = append(it.Examples, disclosure.Member{ID: fmt.Sprintf("r%d", i), Holdings: crowd(i, 1)})
	}
	for _, i := range also {
		it.Examples = append(it.Examples, disclosure.Member{ID: fmt.Sprintf("also%d", i), Holdings: crowd(i, 1)})
	}
	return it
}

// A number falls with one example of a contributor that has others, though the
// contributors stay the same.
func TestLedgerComparesRecords(t *testing.T) {
	for _, tt := range []struct {
		name, reason string
		before, now  disclosure.Item
	}{
		{"nothing changes", "", counted("t", "6", 5, 0), counted("t", "6", 5, 0)},
		{"the same number of others", "", counted("t", "6", 5, 0), counted("t", "6", 5, 1)},
		{"one example goes", disclosure.ReasonWithdraws, counted("t", "6", 5, 0), counted("t", "5", 5)},
		{"one example comes", disclosure.ReasonAdds, counted("t", "5", 5), counted("t", "6", 5, 0)},
		{"two come, of one holding each", disclosure.ReasonAdds, counted("t", "5", 5), counted("t", "7", 5, 0, 1)},
		{"as many as k come", "", counted("t", "5", 5), counted("t", "8", 5, 0, 1, 2)},
		{"under another name", disclosure.ReasonIsolates, counted("pair", "6", 5, 0), func() disclosure.Item {
			it := counted("single", "5", 5)
			it.Parts = []string{"pair"}
			return it
		}()},
	} {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "ledger")
			require.NoError(t, openLedger(t, path).Append("e1", []disclosure.Item{tt.before}, nil, nil))
			found, err := openLedger(t, path).Check([]disclosure.Item{tt.now})
			require.NoError(t, err)
			if tt.reason == "" {
				require.Empty(t, found)
				return
			}
			require.NotEmpty(t, found)
			require.Equal(t, tt.reason, found[0].Reason)
		})
	}
	l := openLedger(t, filepath.Join(t.TempDir(), "ledger"))
	twice := counted("t", "6", 5, 0, 0)
	require.ErrorIs(t, l.Append("e1", []disclosure.Item{twice}, nil, nil), disclosure.ErrInput)
}

func TestLedgerWithdraw(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger")
	l := openLedger(t, path)
	a, b := topic("5", crowd(0, 5)), disclosure.Item{Key: "topic:time", Shown: "6", K: 3, Holdings: crowd(0, 6)}
	c := class("class:a", 0, 4)
	require.NoError(t, l.Append("e1", []disclosure.Item{a, b, c}, nil, nil))

	list, err := l.Withdraw("holding 2")
	require.NoError(t, err)
	require.Equal(t, []disclosure.Publication{
		{Edition: "e1", Item: "class:a", Records: []string{"r2"}},
		{Edition: "e1", Item: "topic:time"},
		{Edition: "e1", Item: "topic:trust"},
	}, list)
	again, err := l.Withdraw("holding 2")
	require.NoError(t, err)
	require.Equal(t, list, again)
	require.Equal(t, 2, l.Head().Entries, "a second withdrawal enters nothing")

	without := func(hs []string) []string {
		var out []string
		for _, h := range hs {
			if h != "holding 2" {
				out = append(out, h)
			}
		}
		return out
	}
	require.ErrorIs(t, l.Append("e2", []disclosure.Item{a}, nil, nil), disclosure.ErrInfeasible, "who withdrew is not published again")

	// Without it both topics change by one. Merged, and with newcomers enough
	// on either side of the change, they still give it away: they are left out.
	a.Shown, a.Holdings = "4", without(a.Holdings)
	b.Shown, b.Holdings = "5", without(b.Holdings)
	parent := func(string) string { return "topic:all" }
	kept, done, err := l.Resolve([]disclosure.Item{a, b}, parent)
	require.NoError(t, err)
	require.Empty(t, kept)
	require.NotEmpty(t, done)

	// Where three others leave with it, the merged topic hides all of them.
	for _, h := range []string{"holding 3", "holding 4"} {
		_, err := l.Withdraw(h)
		require.NoError(t, err)
	}
	a.Holdings, b.Holdings = crowd(0, 2), append(crowd(0, 2), crowd(5, 1)...)
	a.Holdings = append(a.Holdings, crowd(20, 1)...)
	b.Holdings = append(b.Holdings, crowd(21, 2)...)
	kept, done, err = l.Resolve([]disclosure.Item{a, b}, parent)
	require.NoError(t, err)
	require.Len(t, kept, 1)
	require.Equal(t, "topic:all", kept[0].Key, "%v", done)
	require.NoError(t, l.Append("e2", kept, nil, nil))
	require.Equal(t, 5, openLedger(t, path).Head().Entries)

	d := class("class:a", 0, 4)
	d.Members = append(d.Members[:2:2], d.Members[3:]...)
	kept, _, err = l.Resolve([]disclosure.Item{d}, nil)
	require.NoError(t, err)
	require.Empty(t, kept, "the class that lost a record goes whole")
}

func TestLedgerDetectsChanges(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "ledger")
	l := openLedger(t, path)
	for i := range 3 {
		require.NoError(t, l.Append(fmt.Sprintf("e%d", i), []disclosure.Item{topic(fmt.Sprint(i), crowd(10*i, 4))}, nil, nil))
	}
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	head, err := os.ReadFile(path + ".head")
	require.NoError(t, err)
	lines := bytes.SplitAfter(data, []byte("\n"))[:3]
	refused := func(name string, changed []byte) {
		t.Helper()
		require.NoError(t, os.WriteFile(path, changed, 0o600))
		require.NoError(t, os.WriteFile(path+".head", head, 0o600))
		_, err := disclosure.OpenLedger(path, testKey(t))
		require.ErrorIs(t, err, disclosure.ErrProof, name)
	}
	refused("truncated", bytes.Join(lines[:2], nil))
	refused("emptied", nil)
	refused("reordered", bytes.Join([][]byte{lines[1], lines[0], lines[2]}, nil))
	refused("first cut off", bytes.Join(lines[1:], nil))
	refused("repeated", bytes.Join([][]byte{lines[0], lines[1], lines[2], lines[2]}, nil))
	for i := range data {
		changed := bytes.Clone(data)
		changed[i] ^= 1 << (i % 8)
		_, _, err := disclosure.ReadLedger(changed, testKey(t).PublicKey())
		require.ErrorIs(t, err, disclosure.ErrProof, "byte %d", i)
	}
	other, err := disclosure.NewKey(bytes.Repeat([]byte{8}, 32))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, data, 0o600))
	_, err = disclosure.OpenLedger(path, other)
	require.ErrorIs(t, err, disclosure.ErrProof, "another key")

	// What a crash in mid-write leaves is cut off; nothing entered is lost.
	for cut := 1; cut < len(lines[2]); cut += 7 {
		require.NoError(t, os.WriteFile(path, append(bytes.Clone(data), lines[2][:cut]...), 0o600))
		require.NoError(t, os.WriteFile(path+".head", head, 0o600))
		require.Equal(t, 3, openLedger(t, path).Head().Entries)
		now, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Equal(t, data, now)
	}
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
}

func TestLedgerSecondWriter(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger")
	a, b := openLedger(t, path), openLedger(t, path)
	require.NoError(t, a.Append("e1", nil, nil, nil))
	require.ErrorIs(t, b.Append("e2", nil, nil, nil), disclosure.ErrProof)
}

// TestLedgerSurvivesKill starts a process that appends and says so, kills it
// without warning, and looks whether all it said is there.
func TestLedgerSurvivesKill(t *testing.T) {
	if path := os.Getenv("LEDGER_WRITER"); path != "" {
		l := openLedger(t, path)
		for i := l.Head().Entries; ; i++ {
			require.NoError(t, l.Append(fmt.Sprintf("e%d", i), []disclosure.Item{topic(fmt.Sprint(i), crowd(10*i, 50))}, nil, nil))
			fmt.Printf("done %d\n", i+1)
		}
	}
	path := filepath.Join(t.TempDir(), "ledger")
	exe, err := os.Executable()
	require.NoError(t, err)
	total := 0
	for round := range 6 {
		cmd := exec.CommandContext(t.Context(), exe, "-test.run=^TestLedgerSurvivesKill$")
		cmd.Env = append(os.Environ(), "LEDGER_WRITER="+path)
		out, err := cmd.StdoutPipe()
		require.NoError(t, err)
		require.NoError(t, cmd.Start())
		acked := total
		scan := bufio.NewScanner(out)
		stop := total + 2 + round
		for scan.Scan() {
			if n, ok := strings.CutPrefix(scan.Text(), "done "); ok {
				_, err := fmt.Sscan(n, &acked)
				require.NoError(t, err)
				if acked >= stop {
					break
				}
			}
		}
		require.GreaterOrEqual(t, acked, stop, "the writer did not get that far")
		time.Sleep(time.Duration(round) * 700 * time.Microsecond) // somewhere in the next entry
		require.NoError(t, cmd.Process.Kill())
		_ = cmd.Wait()
		l := openLedger(t, path)
		require.GreaterOrEqual(t, l.Head().Entries, acked)
		total = l.Head().Entries
	}
}
