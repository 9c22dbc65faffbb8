// SPDX-License-Identifier: Apache-2.0

//go:build ignore

// Command mutate asks how many small faults the tests would notice. It changes
// one place of the code at a time (a comparison, a condition, a number, a call
// left out), runs the tests, and counts the changes that some test refuses.
//
//	go run .ci/mutate.go -n 1000
//	go run .ci/mutate.go -n 100 -seed 7 ./aggregate
//	go run .ci/mutate.go -for 1h -out ../mutants.tsv
//
// With -out each verdict is a line of that file, and a later run with the same file
// goes on where this one ended. A place is known by its file, line, column and
// change: after a change of the code begin a new file.
//
// The test program of the changed package is made once, with the changed file laid
// over the real one, and run with -short on one processor until the first test
// fails, beginning with tests that refused an earlier change of the same file. What
// survives is tried by the packages named for it in the table users, unless -users=false.
// Changes that do not compile do not count. Survivors are printed with file, line
// and what was changed, and the share of each package with its 95 % interval; the
// exit code is 1 where fewer than -least of a hundred are
// refused.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"io"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
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
	"./anonymize/disclosure", "./aggregate", "./aggregate/edition", "./guidance",
}

type mutant struct {
	dir, file string
	line, at  int
	what      string
	source    []byte
}

func main() {
	n := flag.Int("n", 1000, "how many changes to try")
	seed := flag.Uint64("seed", 1, "which of them")
	workers := flag.Int("j", 1, "how many at a time")
	least := flag.Float64("least", 85, "how many of a hundred must be refused")
	limit := flag.Duration("timeout", 3*time.Minute, "time for the tests of one change; one that never ends counts as refused")
	also := flag.Bool("users", true, "try what survives with the tests of the packages that use it")
	most := flag.Duration("for", 24*time.Hour, "start no further change after this long")
	only := flag.String("file", "", "only files whose name holds this")
	out := flag.String("out", "", "file of verdicts, to go on with")
	flag.Parse()
	dirs := flag.Args()
	if len(dirs) == 0 {
		dirs = standard
	}
	r := runner{limit: *limit, also: *also, killers: map[string][]string{}, results: map[string]verdict{}}
	if err := r.run(dirs, *only, *n, *seed, *workers, *least, time.Now().Add(*most), *out); err != nil {
		fmt.Fprintln(os.Stderr, "mutate:", err)
		os.Exit(1)
	}
}

type verdict string

const (
	refused  verdict = "refused"
	survived verdict = "survived"
	broken   verdict = "does not compile"
)

// A runner is shared by the workers of one run.
type runner struct {
	limit time.Duration
	also  bool

	mu      sync.Mutex
	killers map[string][]string // tests that refused a change of the file, the latest first
	results map[string]verdict  // by place
}

func (m mutant) place() string {
	return fmt.Sprintf("%s:%d:%d: %s", m.file, m.line, m.at, m.what)
}

// earlier reads the verdicts of a file that an earlier run wrote.
func (r *runner) earlier(file string) error {
	data, err := os.ReadFile(file)
	if os.IsNotExist(err) {
		return nil
	}
	for line := range strings.Lines(string(data)) {
		if v, place, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t"); ok {
			r.results[place] = verdict(v)
		}
	}
	return err
}

func (r *runner) run(dirs []string, only string, n int, seed uint64, workers int, least float64, end time.Time, out string) error {
	var all []mutant
	for _, dir := range dirs {
		found, err := mutants(filepath.Clean(dir), only)
		if err != nil {
			return err
		}
		all = append(all, found...)
	}
	random := rand.New(rand.NewPCG(seed, 2026))
	random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	fmt.Printf("%d places can be changed\n", len(all))
	work, err := os.MkdirTemp("", "mutate")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	log := io.Discard
	if out != "" {
		if err := r.earlier(out); err != nil {
			return err
		}
		f, err := os.OpenFile(out, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
		if err != nil {
			return err
		}
		defer f.Close()
		log = f
	}
	var wg sync.WaitGroup
	next, tried := 0, 0
	for worker := range workers {
		wg.Go(func() {
			for {
				r.mu.Lock()
				if tried >= n || next >= len(all) || time.Now().After(end) {
					r.mu.Unlock()
					return
				}
				m := all[next]
				next++
				tried++
				v, known := r.results[m.place()]
				r.mu.Unlock()
				if !known {
					v = r.try(m, filepath.Join(work, fmt.Sprint(worker)))
				}
				r.mu.Lock()
				r.results[m.place()] = v
				if v == broken {
					tried--
				}
				if !known {
					fmt.Fprintf(log, "%s\t%s\n", v, m.place())
				}
				if v == survived {
					fmt.Println("survived:", m.place())
				}
				r.mu.Unlock()
			}
		})
	}
	wg.Wait()
	return r.report(all[:next], least)
}

// report prints the share of each package and of all.
func (r *runner) report(tried []mutant, least float64) error {
	sums := map[string]map[verdict]int{}
	for _, m := range tried {
		for _, name := range []string{m.dir, "all"} {
			if sums[name] == nil {
				sums[name] = map[verdict]int{}
			}
			sums[name][r.results[m.place()]]++
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

// try runs the tests with the changed file laid over the real one.
func (r *runner) try(m mutant, dir string) verdict {
	packages := []string{m.dir}
	if r.also {
		packages = append(packages, users[m.dir]...)
	}
	overlay, err := lay(m, dir)
	if err != nil {
		panic(err)
	}
	for _, at := range packages {
		program := filepath.Join(dir, "tests")
		if _, ok := command(time.Hour, ".", "go", "test", "-c", "-p", "1", "-overlay", overlay, "-vet=off", "-o", program, "./"+filepath.Clean(at)); !ok {
			return broken
		}
		key := m.file + " " + at
		r.mu.Lock()
		first := strings.Join(r.killers[key], "|")
		r.mu.Unlock()
		if first != "" {
			if _, ok := command(r.limit, at, program, "-test.short", "-test.failfast", "-test.run", "^("+first+")$"); !ok {
				return refused
			}
		}
		said, ok := command(r.limit, at, program, "-test.short", "-test.failfast")
		if ok {
			continue
		}
		if found := failed.FindSubmatch(said); found != nil {
			r.mu.Lock()
			r.killers[key] = append([]string{string(found[1])}, r.killers[key]...)
			r.killers[key] = r.killers[key][:min(len(r.killers[key]), 8)]
			r.mu.Unlock()
		}
		return refused
	}
	return survived
}

var failed = regexp.MustCompile(`(?m)^--- FAIL: (\w+)`)

// lay writes the changed file and the table that lays it over the real one.
func lay(m mutant, dir string) (overlay string, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	changed := filepath.Join(dir, "changed.go")
	overlay = filepath.Join(dir, "overlay.json")
	abs, err := filepath.Abs(m.file)
	if err != nil {
		return "", err
	}
	table, err := json.Marshal(map[string]map[string]string{"Replace": {abs: changed}})
	if err != nil {
		return "", err
	}
	if err := os.WriteFile(changed, m.source, 0o600); err != nil {
		return "", err
	}
	return overlay, os.WriteFile(overlay, table, 0o600)
}

func command(limit time.Duration, in, name string, args ...string) (said []byte, ok bool) {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	c := exec.CommandContext(ctx, name, args...)
	c.Dir, c.WaitDelay, c.Env = in, time.Second, append(os.Environ(), "GOMAXPROCS=1")
	said, err := c.CombinedOutput()
	return said, err == nil
}

// mutants lists every change of every file of a folder.
func mutants(dir, only string) ([]mutant, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, err
	}
	var all []mutant
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") || !strings.Contains(name, only) {
			continue
		}
		source, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, name, source, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		add := func(what string, from, to token.Pos, text string) {
			start, end := fset.Position(from).Offset, fset.Position(to).Offset
			all = append(all, mutant{
				dir: filepath.ToSlash(dir), file: name, line: fset.Position(from).Line, at: fset.Position(from).Column, what: what,
				source: slices.Concat(source[:start], []byte(text), source[end:]),
			})
		}
		text := func(n ast.Node) string {
			var b bytes.Buffer
			_ = printer.Fprint(&b, fset, n)
			return b.String()
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if d, ok := n.(*ast.GenDecl); ok {
				return d.Tok != token.CONST && d.Tok != token.IMPORT
			}
			for _, c := range changesOf(n, text) {
				add(c.what, c.from, c.to, c.text)
			}
			return true
		})
	}
	return all, nil
}

// A change puts a text in the place of what stands between two points.
type change struct {
	from, to token.Pos
	what     string
	text     string
}

// changesOf are the small faults that can be made of one piece of syntax.
func changesOf(n ast.Node, text func(ast.Node) string) (all []change) {
	add := func(what string, from, to token.Pos, text string) { all = append(all, change{from, to, what, text}) }
	switch n := n.(type) {
	case *ast.BinaryExpr:
		for _, to := range swaps[n.Op] {
			add(fmt.Sprintf("%s became %s", n.Op, to), n.OpPos, n.OpPos+token.Pos(len(n.Op.String())), to.String())
		}
	case *ast.IfStmt:
		add("the condition turned round", n.Cond.Pos(), n.Cond.End(), "!("+text(n.Cond)+")")
	case *ast.UnaryExpr:
		if n.Op == token.NOT {
			add("! left out", n.OpPos, n.OpPos+1, "")
		}
	case *ast.BranchStmt:
		to := map[token.Token]string{token.CONTINUE: "break", token.BREAK: "continue"}[n.Tok]
		if n.Label == nil && to != "" {
			add(n.Tok.String()+" became "+to, n.Pos(), n.End(), to)
		}
	case *ast.IncDecStmt:
		to := map[token.Token]string{token.INC: "--", token.DEC: "++"}[n.Tok]
		add(n.Tok.String()+" became "+to, n.TokPos, n.TokPos+2, to)
	case *ast.ExprStmt:
		if _, ok := n.X.(*ast.CallExpr); ok {
			add("a call left out", n.Pos(), n.End(), "")
		}
	case *ast.BasicLit:
		if n.Kind == token.INT && len(n.Value) < 6 && !strings.HasPrefix(n.Value, "0x") {
			add(n.Value+" became one more", n.Pos(), n.End(), "("+n.Value+"+1)")
		}
	case *ast.ReturnStmt:
		if len(n.Results) == 1 {
			if to := map[string]string{"true": "false", "false": "true"}[text(n.Results[0])]; to != "" {
				add("return "+text(n.Results[0])+" became "+to, n.Results[0].Pos(), n.Results[0].End(), to)
			}
		}
	}
	return all
}

var swaps = map[token.Token][]token.Token{
	token.EQL: {token.NEQ}, token.NEQ: {token.EQL},
	token.LSS: {token.LEQ, token.GEQ}, token.LEQ: {token.LSS, token.GTR},
	token.GTR: {token.GEQ, token.LEQ}, token.GEQ: {token.GTR, token.LSS},
	token.LAND: {token.LOR}, token.LOR: {token.LAND},
	token.ADD: {token.SUB}, token.SUB: {token.ADD}, token.MUL: {token.QUO}, token.QUO: {token.MUL},
}
