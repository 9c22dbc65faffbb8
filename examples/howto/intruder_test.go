// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/aggregate/edition"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/anonymize/disclosure"
	"github.com/sharedpractice/sharedpractice/examples/internal/collect"
	"github.com/sharedpractice/sharedpractice/model"
)

// A working group's life, as an intruder sees it who keeps every file of every
// edition: whatever is subtracted from whatever, in every format, no number differs
// by 1 to k-1, and no line of the release, and no statement, came, went or changed
// on behalf of fewer than k contributors. And no file tells more than the
// collection and the release beside it.
//
// The same life can be led by other rows: SHAREDPRACTICE_ROWS names a sheet or a file
// of examples, with codes that people gave or with accounts. With it, or with
// SHAREDPRACTICE_LARGE, it is longer, and each change costs at most four lines of
// others and a fifth of the statements.
func TestWhatLeavesTheGroup(t *testing.T) {
	t.Parallel()
	whole := os.Getenv("SHAREDPRACTICE_LARGE") != ""
	groups := map[string]func(t testing.TB) []model.Example{
		"24 rows":  func(t testing.TB) []model.Example { return ofOneTopic(t)[:24] },
		"accounts": func(t testing.TB) []model.Example { return readExamples(t, accountLines(t, 25)) },
		"sample":   func(t testing.TB) []model.Example { return collection(t)[:90] },
	}
	if whole {
		groups["sample"] = collection
	}
	if name := os.Getenv("SHAREDPRACTICE_ROWS"); name != "" {
		whole = true
		groups = map[string]func(t testing.TB) []model.Example{"rows": func(t testing.TB) []model.Example { return readExamples(t, name) }}
	}
	for name, rows := range groups {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			leadLife(t, rows(t), whole)
		})
	}
}

// ofOneTopic are the examples of the challenges that most tell of first.
func ofOneTopic(t testing.TB) []model.Example {
	t.Helper()
	n := map[model.Code]int{}
	all := countable(t)
	for _, e := range all {
		for _, c := range e.Challenges {
			n[c.Code]++
		}
	}
	most := func(e model.Example) (most int) {
		for _, c := range e.Challenges {
			most = max(most, n[c.Code])
		}
		return most
	}
	slices.SortStableFunc(all, func(a, b model.Example) int { return most(b) - most(a) })
	return all
}

func readExamples(t testing.TB, name string) []model.Example {
	t.Helper()
	f, err := os.Open(name)
	require.NoError(t, err)
	defer f.Close()
	if strings.HasSuffix(name, ".csv") {
		sheet, err := readSheetOf(options{}, f)
		require.NoError(t, err)
		return sheet.Examples
	}
	var out []model.Example
	for e, err := range (model.Reader{}).JSONLines(f) {
		require.NoError(t, err)
		out = append(out, e)
	}
	return out
}

func leadLife(t *testing.T, all []model.Example, whole bool) {
	t.Helper()
	late := min(8, len(all)/4)
	rows, waiting := slices.Clone(all[late:]), all[:late]
	reader := &archive{t: t, key: keyFile(t), ledger: filepath.Join(t.TempDir(), "ledger"), folder: t.TempDir(), said: map[string][]*aggregate.Collection{}}
	reader.draft(rows)
	reader.publish("first", "public", rows)
	reader.publish("first", "members", rows)
	if whole {
		leadYear(reader, rows, waiting)
	} else {
		rows = slices.Delete(rows, len(rows)/2, len(rows)/2+1)
		reader.draft(rows[len(rows)/2:]) // which no reader has seen, and so no digest tells of
		reader.publish("one withdrew", "public", rows)
		changed(rows, 1)
		rows = append(rows, waiting...)
		reader.publish("more joined", "public", rows)
	}
	require.Positive(t, reader.compared)
}

// changed makes a row say what another says.
func changed(rows []model.Example, at int) {
	from := rows[(at+2)%len(rows)]
	rows[at].Challenges, rows[at].Objectives, rows[at].Steps, rows[at].Account = from.Challenges, from.Objectives, from.Steps, from.Account
}

// leadYear publishes after each of a year's changes, for everyone and for members,
// and holds what each cost the others against the bounds.
func leadYear(a *archive, rows, waiting []model.Example) {
	a.t.Helper()
	agreed := func(at int, change func(*model.Agreement)) {
		rows[at].Agreements = slices.Clone(rows[at].Agreements)
		for i := range rows[at].Agreements {
			change(&rows[at].Agreements[i])
		}
	}
	closed := slices.IndexFunc(rows, func(e model.Example) bool {
		return slices.ContainsFunc(e.Agreements, func(g model.Agreement) bool { return g.Level == model.Aggregate || g.Level == model.Attributed })
	})
	before := map[string]int{"public": len(a.made) - 2, "members": len(a.made) - 1}
	step := func(name string, own int) { // own: the most contributors who may lose lines
		for _, audience := range []string{"public", "members"} {
			a.publish(name, audience, rows)
			last, was := len(a.made)-1, before[audience]
			before[audience] = last
			now, gone := linesOf(a.made[last].Release), map[string][]anonymize.Holding{}
			for id := range linesOf(a.made[was].Release) {
				if _, still := now[id]; !still {
					gone[id] = a.whose[id]
				}
			}
			said := a.said[audience]
			n, m := statementsOf(said[len(said)-2]), statementsOf(said[len(said)-1])
			cost := fmt.Sprintf("%s %s: %d lines lost, %d -> %d statements", name, audience, len(gone), n, m)
			a.t.Log(cost)
			if len(gone) > own && !fewLess(gone, nil, own+1) || 10*m < 8*n {
				a.dear = append(a.dear, cost)
			}
		}
	}
	if closed >= 0 {
		agreed(closed, func(g *model.Agreement) { g.Level, g.Approval = model.Anonymous, model.Approval{} })
		step("one yes", 0)
	}
	cost := func(at int) int { // its own line, and those of others
		most := 5
		for _, g := range rows[at].Agreements {
			most = max(most, g.K)
		}
		return most
	}
	agreed(len(rows)/2, func(g *model.Agreement) { g.Consent.Status = "withdrawn" })
	step("one no", cost(len(rows)/2))
	rows = append(rows, waiting[:min(3, len(waiting))]...)
	step("three joined", 0)
	most := cost(4)
	rows = slices.Delete(rows, 4, 5)
	a.draft(rows[len(rows)/2:]) // which no reader has seen, and so no digest tells of
	step("one withdrew", most)
	changed(rows, 1)
	step("one changed", cost(1))
	slices.Reverse(rows)
	step("sorted", 0)
	held := len(linesOf(a.made[before["public"]].Release))
	rows = append(rows, waiting[min(3, len(waiting)):]...)
	step("more joined", 0)
	a.t.Logf("%d lines before more joined, %d now", held, len(linesOf(a.made[before["public"]].Release)))
	require.Empty(a.t, a.dear, "what one change cost others")
	rows = slices.Delete(rows, 2, 4)
	step("two withdrew", len(rows))
}

// archive keeps what was ever published.
type archive struct {
	t                   *testing.T
	key, ledger, folder string
	names               []string
	figures             []map[string][]int
	of                  []map[string]string // sentences of files, and among whom they are counted
	made                []made
	said                map[string][]*aggregate.Collection // by readers
	compared            int
	dear                []string                       // changes that cost others more than they may
	whose               map[string][]anonymize.Holding // records, as it is known today
}

// made is what stands behind an edition, as the ledger keeps it.
type made struct {
	Audience string
	Release  []byte
	Records  []struct {
		ID       string
		Holdings []anonymize.Holding
	}
	Items []struct {
		Key, Shown    string
		K             int
		Records       []int
		Bound, Untold bool
	}
}

func (a *archive) args(audience string, rows []model.Example) []string {
	args := []string{
		"-in", jsonLines(a.t, rows), "-out", filepath.Join(a.folder, audience), "-audience", audience,
		"-key", a.key, "-ledger", a.ledger, "-k", "5",
	}
	if codes := filepath.Join(a.folder, "codes.csv"); fileThere(codes) {
		args = append(args, "-codes", codes)
	}
	return args
}

func fileThere(name string) bool { _, err := os.Stat(name); return err == nil }

// draft makes a draft, and says yes to every code that software proposed.
func (a *archive) draft(rows []model.Example) {
	a.t.Helper()
	_, err := howto(a.t, a.args("public", rows)...)
	require.NoError(a.t, err)
	open := filepath.Join(a.folder, "public", "private", "codes.csv")
	if !fileThere(open) || fileThere(filepath.Join(a.folder, "codes.csv")) {
		return
	}
	body, err := os.ReadFile(open)
	require.NoError(a.t, err)
	table, err := csv.NewReader(bytes.NewReader(body)).ReadAll()
	require.NoError(a.t, err)
	decision := slices.Index(table[0], "decision")
	for _, row := range table[1:] {
		row[decision] = "yes"
	}
	var decided bytes.Buffer
	require.NoError(a.t, csv.NewWriter(&decided).WriteAll(table))
	require.NoError(a.t, os.WriteFile(filepath.Join(a.folder, "codes.csv"), decided.Bytes(), 0o600))
}

func (a *archive) publish(name, audience string, rows []model.Example) {
	a.t.Helper()
	name += " " + audience
	out := filepath.Join(a.folder, audience)
	_, err := publish(a.t, a.args(audience, rows)...)
	require.NoError(a.t, err, name)
	got := files(a.t, out)
	maps.DeleteFunc(got, func(file, _ string) bool { return strings.HasPrefix(file, "private/") })
	a.retold(name, audience, out, got)
	n := len(a.names) + 1
	kept, err := filepath.Glob(fmt.Sprint(a.ledger, ".e", n, ".*"))
	require.NoError(a.t, err)
	require.Len(a.t, kept, 1, "what the edition printed")
	sealed, err := os.ReadFile(kept[0])
	require.NoError(a.t, err)
	var m struct{ Printed made }
	require.NoError(a.t, json.Unmarshal(sealed, &m))
	a.whose = a.holdings(audience, rows)
	a.names, a.figures, a.made = append(a.names, name), append(a.figures, figuresOf(a.t, got)), append(a.made, m.Printed)
	a.of = append(a.of, countedOf(a.t, got))
	a.subtract()
	c := a.said[audience][len(a.said[audience])-1]
	a.t.Logf("%s: %d lines, %d topics, %d statements; %d numbers compared so far", name, len(linesOf(m.Printed.Release)), len(c.Topics), statementsOf(c), a.compared)
}

func statementsOf(c *aggregate.Collection) int {
	n := len(c.Statements)
	for _, x := range c.Topics {
		n += len(x.Statements)
	}
	return n
}

// retold tells everything once more from what the collection says, as JSON, and the
// one that was published before it: no file may say anything else.
func (a *archive) retold(name, audience, out string, got map[string]string) {
	a.t.Helper()
	o, err := parse([]string{"-now", day, "-audience", audience, "-k", "5", "-publish"})
	require.NoError(a.t, err)
	o.out = a.t.TempDir()
	var c aggregate.Collection
	require.NoError(a.t, json.Unmarshal([]byte(got["collection.json"]), &c))
	var certificate struct {
		PublicKey string `json:"public_key"`
	}
	require.NoError(a.t, json.Unmarshal([]byte(got["certificate.json"]), &certificate))
	r := &outcome{
		collection: &c, publicKey: certificate.PublicKey, kept: &kept{},
		edition: &edition.Edition{Collection: &c, Body: []byte(got["collection.json"]), Release: &disclosure.Release{Proof: &disclosure.Proof{
			Release: []byte(got["release.jsonl"]), Certificate: []byte(got["certificate.json"]),
		}}},
	}
	for _, was := range a.said[audience] {
		if was.Edition != c.Edition {
			r.edition.Previous = was
		}
	}
	a.said[audience] = append(a.said[audience], &c)
	require.NoError(a.t, r.guide(o))
	s, err := stage(o.out)
	require.NoError(a.t, err)
	require.NoError(a.t, write(s, r, o))
	require.NoError(a.t, s.ready())
	require.NoError(a.t, s.commit())
	again := files(a.t, o.out)
	for file, body := range got {
		require.True(a.t, again[file] == body, "%s: %s tells what the collection does not", name, file)
	}
}

// subtract takes the last edition and every earlier one from each other.
func (a *archive) subtract() {
	a.t.Helper()
	last := len(a.names) - 1
	now := a.made[last]
	for i := range last {
		at := a.names[last] + " less " + a.names[i]
		for key, n := range a.figures[last] {
			was := a.figures[i][key]
			if len(was) != len(n) {
				continue
			}
			a.compared++
			for j := range n {
				require.False(a.t, was[j] != n[j] && max(was[j]-n[j], n[j]-was[j]) < 5 && !a.another(key, i), "%s: %s: %d, %d", at, key, was[j], n[j])
			}
		}
		then := a.made[i]
		for _, x := range now.Items {
			for _, y := range then.Items {
				if x.Key != y.Key || x.Bound || y.Bound || x.Untold || y.Untold || x.Shown == y.Shown || strings.Contains(x.Key, "proposed") {
					continue
				}
				one, other := now.behind(x.Records), then.behind(y.Records)
				k := max(x.K, y.K, 5)
				require.False(a.t, fewLess(one, other, k) || fewLess(other, one, k), "%s: %s", at, x.Key)
			}
		}
		here, before := linesOf(now.Release), linesOf(then.Release)
		whose := map[string][]anonymize.Holding{}
		for _, m := range a.made {
			for _, r := range m.Records {
				whose[r.ID] = r.Holdings
			}
		}
		came, gone, changed := map[string][]anonymize.Holding{}, map[string][]anonymize.Holding{}, map[string][]anonymize.Holding{}
		for id, line := range here {
			if was, known := before[id]; !known {
				came[id] = whose[id]
			} else if was != line {
				changed[id] = whose[id]
			}
		}
		for id := range before {
			if _, still := here[id]; !still {
				gone[id] = whose[id]
			}
		}
		maps.Copy(whose, a.whose)
		for what, lines := range map[string]map[string][]anonymize.Holding{"came": came, "went": gone, "changed": changed} {
			require.False(a.t, fewLess(lines, nil, 5), "%s: %d lines %s", at, len(lines), what)
		}
	}
}

// another reports whether what a figure counts is told of others in an earlier edition,
// as where a guide that lacked a step took it from the whole collection: the figures are
// not of one thing. Each is held against its own by what stands behind it.
func (a *archive) another(key string, earlier int) bool {
	file, _, _ := strings.Cut(key, ":")
	now := a.of[len(a.of)-1]
	for at, was := range a.of[earlier] {
		of, sentence, _ := strings.Cut(at, ": ")
		if is, still := now[at]; still && is != was && strings.HasPrefix(file, of+".") && strings.Contains(key, sentence) {
			return true
		}
	}
	return false
}

// holdings are those behind the records of rows.
func (a *archive) holdings(audience string, rows []model.Example) map[string][]anonymize.Holding {
	a.t.Helper()
	o, err := parse([]string{"-now", day, "-audience", audience})
	require.NoError(a.t, err)
	body, err := os.ReadFile(a.key)
	require.NoError(a.t, err)
	key, err := hex.DecodeString(string(bytes.Fields(body)[0]))
	require.NoError(a.t, err)
	results, err := anonymize.All(a.t.Context(), o.anonymizer(key), collect.Sequence(rows))
	require.NoError(a.t, err)
	out := map[string][]anonymize.Holding{}
	for _, r := range anonymize.Records(results) {
		out[r.ID()] = r.Holdings()
	}
	return out
}

func (m made) behind(records []int) map[string][]anonymize.Holding {
	out := map[string][]anonymize.Holding{}
	for _, at := range records {
		out[m.Records[at].ID] = m.Records[at].Holdings
	}
	return out
}

// fewLess reports whether 1 to k-1 contributors are behind records that are not
// among others.
func fewLess(records, others map[string][]anonymize.Holding, k int) bool {
	var rest [][]anonymize.Holding
	for id, holdings := range records {
		if _, among := others[id]; !among {
			if len(holdings) == 0 {
				holdings = []anonymize.Holding{anonymize.Holding(id)}
			}
			rest = append(rest, holdings)
		}
	}
	return len(rest) > 0 && anonymize.Independent(rest) < k
}
