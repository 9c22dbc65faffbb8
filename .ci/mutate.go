// SPDX-License-Identifier: Apache-2.0

//go:build ignore

// Command mutate asks how many small faults the tests would notice. It changes
// one place of the code at a time (a comparison, a condition, a number, a call
// left out), runs the tests, and counts the changes that some test refuses.
//
//	go run .ci/mutate.go -n 1000
//	go run .ci/mutate.go -n 100 -seed 7 ./aggregate
//	go run .ci/mutate.go -for 1h
//
// The test program of the changed package is made once, with the changed file laid
// over the real one, and run with -short until the first test fails. What survives
// is tried by the packages named for it in the table users, unless -users=false.
// Changes that do not compile do not count. Survivors are printed with file, line
// and what was changed; the exit code is 1 where fewer than -least of a hundred are
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
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
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
	line      int
	what      string
	source    []byte
}

func main() {
	n := flag.Int("n", 1000, "how many changes to try")
	seed := flag.Uint64("seed", 1, "which of them")
	workers := flag.Int("j", 2, "how many at a time")
	least := flag.Float64("least", 85, "how many of a hundred must be refused")
	limit := flag.Duration("timeout", 3*time.Minute, "time for the tests of one change; one that never ends counts as refused")
	also := flag.Bool("users", true, "try what survives with the tests of the packages that use it")
	most := flag.Duration("for", 24*time.Hour, "start no further change after this long")
	only := flag.String("file", "", "only files whose name holds this")
	flag.Parse()
	dirs := flag.Args()
	if len(dirs) == 0 {
		dirs = standard
	}
	if err := run(dirs, *only, *n, *seed, *workers, *least, *limit, time.Now().Add(*most), *also); err != nil {
		fmt.Fprintln(os.Stderr, "mutate:", err)
		os.Exit(1)
	}
}

func run(dirs []string, only string, n int, seed uint64, workers int, least float64, limit time.Duration, end time.Time, also bool) error {
	var all []mutant
	for _, dir := range dirs {
		if _, err := os.Stat(dir); err != nil {
			continue
		}
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

	var (
		mu              sync.Mutex
		wg              sync.WaitGroup
		next, tried     int
		refused, broken int
		survivors       []string
	)
	for worker := range workers {
		wg.Go(func() {
			for {
				mu.Lock()
				if tried >= n || next >= len(all) || time.Now().After(end) {
					mu.Unlock()
					return
				}
				m := all[next]
				next++
				tried++
				mu.Unlock()
				verdict := try(m, filepath.Join(work, fmt.Sprint(worker)), limit, also)
				mu.Lock()
				switch verdict {
				case "refused":
					refused++
				case "does not compile":
					broken++
					tried--
				default:
					survivors = append(survivors, fmt.Sprintf("%s:%d: %s", m.file, m.line, m.what))
					fmt.Println("survived:", survivors[len(survivors)-1])
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	share := 100 * float64(refused) / float64(max(tried, 1))
	fmt.Printf("%d changes tried, %d refused by tests (%.1f of a hundred), %d survived; %d did not compile\n", tried, refused, share, len(survivors), broken)
	if share < least {
		return fmt.Errorf("%.1f of a hundred are refused, at least %.1f are wanted", share, least)
	}
	return nil
}

// try runs the tests with the changed file laid over the real one.
func try(m mutant, dir string, limit time.Duration, also bool) string {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err.Error()
	}
	changed := filepath.Join(dir, "changed.go")
	overlay := filepath.Join(dir, "overlay.json")
	abs, err := filepath.Abs(m.file)
	if err != nil {
		return err.Error()
	}
	table, err := json.Marshal(map[string]map[string]string{"Replace": {abs: changed}})
	if err != nil {
		return err.Error()
	}
	for name, content := range map[string][]byte{changed: m.source, overlay: table} {
		if err := os.WriteFile(name, content, 0o600); err != nil {
			return err.Error()
		}
	}
	packages := []string{m.dir}
	if also {
		packages = append(packages, users[m.dir]...)
	}
	for _, at := range packages {
		if _, err := os.Stat(at); err != nil {
			continue
		}
		program, err := filepath.Abs(filepath.Join(dir, "tests"))
		if err != nil {
			return err.Error()
		}
		if command(limit, ".", "go", "test", "-c", "-overlay", overlay, "-vet=off", "-o", program, "./"+filepath.Clean(at)) != nil {
			return "does not compile"
		}
		if command(limit, at, program, "-test.short", "-test.failfast") != nil {
			return "refused"
		}
	}
	return "survived"
}

func command(limit time.Duration, in, name string, args ...string) error {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	c := exec.CommandContext(ctx, name, args...)
	c.Dir, c.WaitDelay = in, time.Second
	return c.Run()
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
				dir: filepath.ToSlash(dir), file: name, line: fset.Position(from).Line, what: what,
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
