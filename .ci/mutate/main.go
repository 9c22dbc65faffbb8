// SPDX-License-Identifier: Apache-2.0

// Command mutate asks how many small faults the tests would notice. It changes
// one place of the code at a time (a comparison, a condition, a number, a call
// left out), runs the tests, and counts the changes that some test refuses.
//
//	go run ./.ci/mutate -n 1000
//	go run ./.ci/mutate -n 100 -seed 7 ./aggregate ./guidance/trace.go
//	go run ./.ci/mutate -for 1h -out ../mutants.tsv
//
// Which changes are tried hangs on the seed and on the changed piece of code, not on
// its line: the same seed tries the same changes of code that stayed as it was. With
// -out each verdict is a line of that file, and a later run with the same file goes
// on where this one ended: begin a new one after a change of code or tests. Beside it
// stands FILE.traces, so that a later run need not learn again which tests come by what.
//
// All changes of a package are built into one test program, which makes the one that
// it is told to. Each test is run once without any change, to learn which places it
// comes by; a change is tried with the tests that come by it, with -short, on one
// processor, until the first fails or takes far more of the processor than it did. What cannot be built so, such as a constant, is
// built alone. What survives is tried by the packages named for it in the table
// users, unless -users=false, which leaves that to a later run. Changes that do not compile do not count. Survivors are
// printed with file, line and what was changed, and the share of each package with
// its 95 % interval; the exit code is 1 where fewer than -least of a hundred are
// refused.
package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"hash/fnv"
	"io"
	"maps"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// users are the packages whose tests hold a law of the package before them.
var users = map[string][]string{
	"anonymize":                   {"./aggregate"},
	"anonymize/redact":            {"./anonymize"},
	"anonymize/internal/leak":     {"./anonymize"},
	"anonymize/disclosure":        {"./anonymize/disclosure/verify", "./aggregate/edition"},
	"anonymize/disclosure/recode": {"./anonymize/disclosure"},
	"aggregate":                   {"./aggregate/edition", "./guidance"},
	"guidance":                    {"./guidance/render"},
}

var standard = []string{
	"./anonymize", "./anonymize/redact", "./anonymize/internal/leak",
	"./anonymize/disclosure", "./aggregate", "./aggregate/edition", "./guidance/check.go",
}

type verdict string

const (
	refused  verdict = "refused"
	survived verdict = "survived"
	ownOnly  verdict = "survived the tests of its own package"
	broken   verdict = "does not compile"
)

// A mutant is one change of one place. How it is built in beside others: a text
// before the piece of syntax and one after it, and for some another operator.
type mutant struct {
	id            int
	dir, file     string
	line, at      int
	what          string
	key           string // file, function, change and the changed piece; counted where there are more
	start, end    int    // of the piece
	before, after string
	op            span   // replaced where the change is built in
	alone         span   // replaced where it is built alone
	function      [2]int // first and last line
}

type span struct {
	start, end int
	text       string
}

func (m *mutant) place() string { return fmt.Sprintf("%s:%d:%d: %s", m.file, m.line, m.at, m.what) }

func main() {
	n := flag.Int("n", 1000, "how many changes to try")
	seed := flag.Uint64("seed", 1, "which of them")
	least := flag.Float64("least", 85, "how many of a hundred must be refused")
	limit := flag.Duration("timeout", 20*time.Minute, "time for the tests of one change, where they wait for ever; what counts otherwise is processor time")
	also := flag.Bool("users", true, "try what survives with the tests of the packages that use it")
	most := flag.Duration("for", 24*time.Hour, "start no further change after this long")
	only := flag.String("file", "", "only files whose name holds this")
	out := flag.String("out", "", "file of verdicts, to go on with")
	flag.Parse()
	subjects := flag.Args()
	if len(subjects) == 0 {
		subjects = standard
	}
	r := runner{limit: *limit, also: *also, end: time.Now().Add(*most), results: map[string]verdict{}, log: io.Discard, traces: map[string]map[string]*trace{}}
	if err := r.run(subjects, *only, *n, *seed, *least, *out); err != nil {
		fmt.Fprintln(os.Stderr, "mutate:", err)
		os.Exit(1)
	}
}

type runner struct {
	limit   time.Duration
	also    bool
	end     time.Time
	work    string
	results map[string]verdict // by key
	log     io.Writer
	traces  map[string]map[string]*trace // by package and test
	keep    string                       // the traces' file
}

// A trace says how much of a processor a test takes, and which changes it comes by.
type trace struct {
	Seconds float64
	Keys    map[string]bool
}

func (r *runner) run(subjects []string, only string, n int, seed uint64, least float64, out string) error {
	var all []*mutant
	var dirs []string
	for _, at := range subjects {
		at = filepath.Clean(at)
		found, err := mutants(at, only)
		if err != nil {
			return err
		}
		all = append(all, found...)
		if dir := folder(at); !slices.Contains(dirs, dir) {
			dirs = append(dirs, dir)
		}
	}
	fmt.Printf("%d places can be changed\n", len(all))
	order := func(m *mutant) uint64 {
		h := fnv.New64a()
		fmt.Fprint(h, seed, m.key)
		return h.Sum64()
	}
	slices.SortFunc(all, func(a, b *mutant) int { return cmp.Or(cmp.Compare(order(a), order(b)), cmp.Compare(a.key, b.key)) })
	all = all[:min(n, len(all))]
	if out != "" {
		if err := r.earlier(out); err != nil {
			return err
		}
		f, err := os.OpenFile(out, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
		if err != nil {
			return err
		}
		defer f.Close()
		r.log, r.keep = f, out+".traces"
		if data, err := os.ReadFile(r.keep); err == nil && json.Unmarshal(data, &r.traces) != nil {
			return errors.New(r.keep + " cannot be read")
		}
	}
	var err error
	if r.work, err = os.MkdirTemp("", "mutate"); err != nil {
		return err
	}
	defer os.RemoveAll(r.work)
	for _, dir := range dirs {
		if err := r.room(dir, slices.DeleteFunc(slices.Clone(all), func(m *mutant) bool { return m.dir != dir })); err != nil {
			return err
		}
	}
	return r.report(all, least)
}

// earlier reads the verdicts of a file that an earlier run wrote.
func (r *runner) earlier(file string) error {
	data, err := os.ReadFile(file)
	if os.IsNotExist(err) {
		return nil
	}
	for line := range strings.Lines(string(data)) {
		if f := strings.Split(strings.TrimSuffix(line, "\n"), "\t"); len(f) == 3 {
			r.results[f[1]] = verdict(f[0])
		}
	}
	return err
}

func (r *runner) note(m *mutant, v verdict) {
	r.results[m.key] = v
	fmt.Fprintf(r.log, "%s\t%s\t%s\n", v, m.key, m.place())
	if v == survived || v == ownOnly {
		fmt.Println(string(v)+":", m.place())
	}
}

// room tries the changes of one package.
func (r *runner) room(dir string, all []*mutant) error {
	todo := slices.DeleteFunc(all, func(m *mutant) bool {
		v, known := r.results[m.key]
		return known && !(v == ownOnly && r.also)
	})
	if len(todo) == 0 {
		return nil
	}
	for i, m := range todo {
		m.id = i + 1
	}
	p := program{r: r, dir: dir, built: todo}
	alone, err := p.build(dir)
	if err != nil {
		return err
	}
	own := func(m *mutant) bool { return r.results[m.key] == ownOnly }
	rest := r.tryAll(&p, dir, slices.DeleteFunc(slices.Clone(p.built), own))
	for _, m := range rest {
		r.note(m, ownOnly)
	}
	rest = slices.DeleteFunc(slices.Clone(p.built), func(m *mutant) bool { return !own(m) })
	if r.also {
		for _, at := range users[dir] {
			rest = r.tryAll(&p, filepath.Clean(at), rest)
		}
		for _, m := range rest {
			r.note(m, survived)
		}
	}
	for _, m := range alone {
		if time.Now().After(r.end) {
			break
		}
		r.note(m, r.tryAlone(m))
	}
	return nil
}

// tryAll tries changes that are built together with the tests of one package, and
// returns those that survive. What there was no time for has no verdict.
func (r *runner) tryAll(p *program, at string, all []*mutant) (rest []*mutant) {
	if len(all) == 0 || time.Now().After(r.end) {
		return nil
	}
	tests, err := p.traced(at)
	if err != nil {
		fmt.Println(at+":", err)
		return all
	}
	var killers []string // the latest first
	for _, m := range all {
		if time.Now().After(r.end) {
			return rest
		}
		reach := tests[m.id]
		first := slices.DeleteFunc(slices.Clone(killers), func(t string) bool { return !slices.Contains(reach, t) })
		by, done := "", map[string]bool{}
		for _, some := range [][]string{first[:min(len(first), 6)], p.quick(at, reach), reach} {
			some = slices.DeleteFunc(slices.Clone(some), func(t string) bool { return done[t] })
			if by == "" && len(some) > 0 {
				by = p.refuses(at, m.id, some)
			}
			for _, t := range some {
				done[t] = true
			}
		}
		if by == "" {
			rest = append(rest, m)
			continue
		}
		killers = append([]string{by}, slices.DeleteFunc(killers, func(t string) bool { return t == by })...)
		r.note(m, refused)
	}
	return rest
}

// tryAlone builds and tries one change.
func (r *runner) tryAlone(m *mutant) verdict {
	source, err := os.ReadFile(m.file)
	if err != nil {
		panic(err)
	}
	p := program{r: r, dir: m.dir}
	changed := slices.Concat(source[:m.alone.start], []byte(m.alone.text), source[m.alone.end:])
	abs, err := filepath.Abs(m.file)
	if err != nil {
		panic(err)
	}
	body, _ := json.Marshal(map[string]map[string]string{"Replace": {abs: filepath.Join(r.work, "alone.go")}})
	p.overlay = filepath.Join(r.work, "alone.json")
	if err := errors.Join(os.WriteFile(filepath.Join(r.work, "alone.go"), changed, 0o600), os.WriteFile(p.overlay, body, 0o600)); err != nil {
		panic(err)
	}
	packages := []string{m.dir}
	if r.also {
		packages = append(packages, users[m.dir]...)
	}
	for _, at := range packages {
		at = filepath.Clean(at)
		if _, ok := p.compile(at); !ok {
			return broken
		}
		usual := 60.0
		for _, t := range r.traces[at] {
			usual += t.Seconds
		}
		if _, _, ok := p.run(at, nil, 4*usual, "-test.failfast"); !ok {
			return refused
		}
	}
	return survived
}

func command(limit time.Duration, in string, env []string, name string, args ...string) (said []byte, took time.Duration, ok bool) {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	c := exec.CommandContext(ctx, name, args...)
	c.Dir, c.WaitDelay, c.Env = in, time.Second, append(append(os.Environ(), "GOMAXPROCS=1"), env...)
	said, err := c.CombinedOutput()
	if c.ProcessState != nil {
		took = c.ProcessState.UserTime() + c.ProcessState.SystemTime()
	}
	return said, took, err == nil
}

// report prints the share of each package and of all.
func (r *runner) report(tried []*mutant, least float64) error {
	sums := map[string]map[verdict]int{}
	for _, m := range tried {
		v, known := r.results[m.key]
		for _, name := range []string{m.dir, "all"} {
			if sums[name] == nil {
				sums[name] = map[verdict]int{}
			}
			if v == ownOnly {
				v, known = survived, !r.also
			}
			if known {
				sums[name][v]++
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(sums)) {
		sum := sums[name]
		n := sum[refused] + sum[survived]
		low, high := interval(sum[refused], n)
		fmt.Printf("%-28s %d of %d refused, %.0f to %.0f of a hundred; %d did not compile\n", name, sum[refused], n, 100*low, 100*high, sum[broken])
	}
	sum := sums["all"]
	if share := 100 * float64(sum[refused]) / float64(max(sum[refused]+sum[survived], 1)); share < least {
		return fmt.Errorf("%.1f of a hundred are refused, at least %.1f are wanted", share, least)
	}
	return nil
}

// interval is Wilson's for k of n, 95 in a hundred.
func interval(k, n int) (low, high float64) {
	if n == 0 {
		return 0, 1
	}
	const z = 1.96
	p, m := float64(k)/float64(n), float64(n)
	middle := (p + z*z/(2*m)) / (1 + z*z/m)
	half := z / (1 + z*z/m) * math.Sqrt(p*(1-p)/m+z*z/(4*m*m))
	return middle - half, middle + half
}
