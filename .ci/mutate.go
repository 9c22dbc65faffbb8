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
// Which changes are tried hangs on the seed and on the changed piece of code, not on
// its line: the same seed tries the same changes of code that stayed as it was. With
// -out each verdict is a line of that file, and a later run with the same file goes
// on where this one ended: begin a new one after a change of code or tests.
//
// All changes of a package are built into one test program, which makes the one that
// it is told to. Each test is run once without any change, to learn which places it
// comes by; a change is tried with the tests that come by it, with -short, on one
// processor, until the first fails. What cannot be built so, such as a constant, is
// built alone. What survives is tried by the packages named for it in the table
// users, unless -users=false. Changes that do not compile do not count. Survivors are
// printed with file, line and what was changed, and the share of each package with
// its 95 % interval; the exit code is 1 where fewer than -least of a hundred are
// refused.
package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"hash/fnv"
	"io"
	"maps"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
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
	"./anonymize/disclosure", "./aggregate", "./aggregate/edition", "./guidance",
}

type verdict string

const (
	refused  verdict = "refused"
	survived verdict = "survived"
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
	r := runner{limit: *limit, also: *also, end: time.Now().Add(*most), results: map[string]verdict{}, log: io.Discard}
	if err := r.run(dirs, *only, *n, *seed, *least, *out); err != nil {
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
}

func (r *runner) run(dirs []string, only string, n int, seed uint64, least float64, out string) error {
	var all []*mutant
	for _, dir := range dirs {
		found, err := mutants(filepath.Clean(dir), only)
		if err != nil {
			return err
		}
		all = append(all, found...)
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
		r.log = f
	}
	var err error
	if r.work, err = os.MkdirTemp("", "mutate"); err != nil {
		return err
	}
	defer os.RemoveAll(r.work)
	for _, dir := range dirs {
		dir = filepath.ToSlash(filepath.Clean(dir))
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
	if v == survived {
		fmt.Println("survived:", m.place())
	}
}

// room tries the changes of one package.
func (r *runner) room(dir string, all []*mutant) error {
	todo := slices.DeleteFunc(all, func(m *mutant) bool { _, known := r.results[m.key]; return known })
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
	rest := r.tryAll(&p, dir, p.built)
	if r.also {
		for _, at := range users[dir] {
			rest = r.tryAll(&p, filepath.Clean(at), rest)
		}
	}
	for _, m := range rest {
		r.note(m, survived)
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
	tests, usual, err := p.traced(at)
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
		by := ""
		for _, some := range [][]string{first[:min(len(first), 6)], reach} {
			if by == "" && len(some) > 0 {
				by = p.refuses(at, m.id, some, min(r.limit, 8*usual+20*time.Second))
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

// A program holds many changes of one package.
type program struct {
	r       *runner
	dir     string
	built   []*mutant
	overlay string
	tests   string // the program
}

var fault = regexp.MustCompile(`(?m)^(\S+\.go):(\d+):\d+: (.*)$`)

// build makes the test program of a package with all changes in it, and returns those
// that cannot be built in.
func (p *program) build(at string) (alone []*mutant, err error) {
	for range 20 {
		if err := p.lay(); err != nil {
			return nil, err
		}
		said, ok := p.compile(at)
		if ok {
			return alone, nil
		}
		var left []*mutant
		for _, f := range fault.FindAllSubmatch(said, -1) {
			line, _ := strconv.Atoi(string(f[2]))
			texts := bytes.Contains(f[3], []byte("does not satisfy mutantNumber"))
			here := func(m *mutant) bool { return filepath.Base(m.file) == filepath.Base(string(f[1])) }
			on := func(m *mutant) bool {
				return here(m) && m.line == line && (!texts || strings.HasPrefix(m.before, "mutantAdd"))
			}
			if !slices.ContainsFunc(slices.Concat(p.built, left), on) { // a missing return is told where its function ends
				on = func(m *mutant) bool { return here(m) && m.function[0] <= line && line <= m.function[1] }
			}
			for _, m := range p.built {
				if on(m) && texts {
					p.r.note(m, broken) // nothing can be taken away from a text
				}
				if on(m) {
					left = append(left, m)
				}
			}
			p.built = slices.DeleteFunc(p.built, on)
		}
		if len(left) == 0 {
			return nil, errors.New(p.dir + " does not compile: " + string(said[:min(len(said), 500)]))
		}
		for _, m := range left {
			if p.r.results[m.key] != broken {
				alone = append(alone, m)
			}
		}
	}
	return nil, errors.New(p.dir + " does not compile")
}

func (p *program) compile(at string) ([]byte, bool) {
	p.tests = filepath.Join(p.r.work, "tests")
	return command(time.Hour, ".", nil, "go", "test", "-c", "-p", "1", "-overlay", p.overlay, "-vet=off", "-gcflags=-e", "-o", p.tests, "./"+at)
}

const helper = `
import (
	"fmt"
	"os"
	"strconv"
	"sync/atomic"
)

var (
	mutantNow, _   = strconv.Atoi(os.Getenv("MUTANT"))
	mutantTrace, _ = os.OpenFile(os.Getenv("MUTANT_TRACE"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	mutantSeen     [1 << 16]atomic.Bool
)

func mutantOn(id int) bool {
	if mutantTrace != nil && !mutantSeen[id].Swap(true) {
		fmt.Fprintln(mutantTrace, id)
	}
	return id == mutantNow
}

type mutantNumber interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~float32 | ~float64
}

func mutantOne[T mutantNumber](id int, x, y T) T {
	if mutantOn(id) {
		return y
	}
	return x
}

func mutantAdd[T mutantNumber](id int, x, y T) T { if mutantOn(id) { return x - y }; return x + y }
func mutantSub[T mutantNumber](id int, x, y T) T { if mutantOn(id) { return x + y }; return x - y }
func mutantMul[T mutantNumber](id int, x, y T) T { if mutantOn(id) { return x / y }; return x * y }
func mutantQuo[T mutantNumber](id int, x, y T) T { if mutantOn(id) { return x * y }; return x / y }
`

// lay writes the changed files and the table that lays them over the real ones.
func (p *program) lay() error {
	files := map[string][]*mutant{}
	for _, m := range p.built {
		files[m.file] = append(files[m.file], m)
	}
	table := map[string]string{}
	write := func(file string, body []byte) error {
		abs, err := filepath.Abs(file)
		if err != nil {
			return err
		}
		table[abs] = filepath.Join(p.r.work, filepath.Base(file))
		return os.WriteFile(table[abs], body, 0o600)
	}
	name := ""
	for file, all := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, source, parser.PackageClauseOnly)
		if err != nil {
			return err
		}
		name = f.Name.Name
		if err := write(file, together(source, all)); err != nil {
			return err
		}
	}
	if err := write(filepath.Join(p.dir, "mutant_on.go"), []byte("package "+cmp.Or(name, filepath.Base(p.dir))+"\n"+helper)); err != nil {
		return err
	}
	p.overlay = filepath.Join(p.r.work, "overlay.json")
	body, err := json.Marshal(map[string]map[string]string{"Replace": table})
	if err != nil {
		return err
	}
	return os.WriteFile(p.overlay, body, 0o600)
}

// together is a source with many changes built in. A piece within another stands in
// its texts; of two changes of one piece, the later stands in the earlier's.
func together(source []byte, all []*mutant) []byte {
	type insert struct {
		at, rank int
		span
	}
	var inserts []insert
	for _, m := range all {
		size := m.end - m.start
		text := func(s string) string { // on one line, so that faults are told at theirs
			return strings.ReplaceAll(strings.ReplaceAll(s, "\x00", strconv.Itoa(m.id)), "\n", " ")
		}
		inserts = append(inserts, insert{m.start, 1<<30 - size, span{m.start, m.start, text(m.before)}}, insert{m.end, -1<<30 + size, span{m.end, m.end, m.after}})
		if m.op.end > m.op.start {
			inserts = append(inserts, insert{m.op.start, 1 << 30, span{m.op.start, m.op.end, text(m.op.text)}})
		}
	}
	// What ends at a place comes first, the smallest piece before the larger; then what
	// begins there, the largest first.
	slices.SortStableFunc(inserts, func(a, b insert) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.rank, b.rank)) })
	for i := 0; i < len(inserts); i++ { // closing texts of one piece, the other way round
		j := i
		for j < len(inserts) && inserts[j].at == inserts[i].at && inserts[j].rank == inserts[i].rank && inserts[j].rank < 0 {
			j++
		}
		if j > i+1 {
			slices.Reverse(inserts[i:j])
			i = j - 1
		}
	}
	var out bytes.Buffer
	at := 0
	for _, x := range inserts {
		out.Write(source[at:x.start])
		out.WriteString(x.text)
		at = x.end
	}
	out.Write(source[at:])
	return out.Bytes()
}

// traced makes the tests of a package with all changes in its program, and learns
// which tests come by which, and how long all take.
func (p *program) traced(at string) (tests map[int][]string, usual time.Duration, err error) {
	if at != p.dir {
		if said, ok := p.compile(at); !ok {
			return nil, 0, errors.New("does not compile: " + string(said[:min(len(said), 300)]))
		}
	}
	list, ok := command(p.r.limit, at, nil, p.tests, "-test.list", ".")
	if !ok {
		return nil, 0, errors.New("the tests cannot be listed")
	}
	tests = map[int][]string{}
	trace := filepath.Join(p.r.work, "trace")
	for _, test := range strings.Fields(string(list)) {
		if strings.HasPrefix(test, "Benchmark") {
			continue
		}
		_ = os.Remove(trace)
		began := time.Now()
		if said, ok := command(p.r.limit, at, []string{"MUTANT_TRACE=" + trace}, p.tests, "-test.short", "-test.run", "^"+test+"$"); !ok {
			fmt.Printf("%s: %s fails without any change: %s\n", at, test, said[:min(len(said), 200)])
			continue
		}
		usual += time.Since(began)
		data, _ := os.ReadFile(trace)
		for id := range strings.FieldsSeq(string(data)) {
			n, _ := strconv.Atoi(id)
			tests[n] = append(tests[n], test)
		}
	}
	return tests, usual, nil
}

var failed = regexp.MustCompile(`(?m)^--- FAIL: (\w+)`)

// refuses runs some tests with one change, and names the one that fails.
func (p *program) refuses(at string, id int, tests []string, limit time.Duration) string {
	said, ok := command(limit, at, []string{"MUTANT=" + strconv.Itoa(id)}, p.tests, "-test.short", "-test.failfast", "-test.run", "^("+strings.Join(tests, "|")+")$")
	if ok {
		return ""
	}
	if found := failed.FindSubmatch(said); found != nil {
		return string(found[1])
	}
	return tests[0] // it crashed, or never ended
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
		if _, ok := command(r.limit, at, nil, p.tests, "-test.short", "-test.failfast"); !ok {
			return refused
		}
	}
	return survived
}

func command(limit time.Duration, in string, env []string, name string, args ...string) (said []byte, ok bool) {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	c := exec.CommandContext(ctx, name, args...)
	c.Dir, c.WaitDelay, c.Env = in, time.Second, append(append(os.Environ(), "GOMAXPROCS=1"), env...)
	said, err := c.CombinedOutput()
	return said, err == nil
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

// mutants lists every change of every file of a folder.
func mutants(dir, only string) (all []*mutant, err error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") || !strings.Contains(name, only) {
			continue
		}
		source, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		l := lister{fset: token.NewFileSet(), dir: filepath.ToSlash(dir), name: name, source: source, seen: map[string]int{}}
		file, err := parser.ParseFile(l.fset, name, source, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		var parents []ast.Node
		ast.Inspect(file, func(n ast.Node) bool {
			if n == nil {
				parents = parents[:len(parents)-1]
				return false
			}
			if d, ok := n.(*ast.GenDecl); ok && (d.Tok == token.CONST || d.Tok == token.IMPORT) {
				return false
			}
			if len(parents) == 1 {
				l.piece(n)
			}
			parents = append(parents, n)
			l.changes(n, parents[max(len(parents)-2, 0)])
			return true
		})
		all = append(all, l.all...)
	}
	return all, nil
}

// A lister collects the changes of a file.
type lister struct {
	fset      *token.FileSet
	dir, name string
	source    []byte
	function  string
	lines     [2]int
	seen      map[string]int
	all       []*mutant
}

func (l *lister) offset(p token.Pos) int { return l.fset.Position(p).Offset }

// piece enters a declaration of the file.
func (l *lister) piece(n ast.Node) {
	l.function, l.lines = "", [2]int{l.fset.Position(n.Pos()).Line, l.fset.Position(n.End()).Line}
	if f, ok := n.(*ast.FuncDecl); ok {
		l.function = f.Name.Name
		if f.Recv != nil {
			l.function = l.text(f.Recv.List[0].Type) + "." + l.function
		}
	}
}

func (l *lister) text(n ast.Node) string {
	var b bytes.Buffer
	_ = printer.Fprint(&b, l.fset, n)
	return b.String()
}

// add takes a change of n up: what is told, where and what is replaced if it is built
// alone, and what stands before and after n otherwise, with a zero byte for its number.
func (l *lister) add(n ast.Node, what string, from, to token.Pos, text, before, after string) *mutant {
	at := l.fset.Position(from)
	m := &mutant{
		dir: l.dir, file: l.name, line: at.Line, at: at.Column, what: what,
		start: l.offset(n.Pos()), end: l.offset(n.End()), before: before, after: after,
		alone: span{at.Offset, l.offset(to), text}, function: l.lines,
	}
	m.key = strings.Join(strings.Fields(fmt.Sprintf("%s %s %s: %s", l.name, l.function, what, l.source[m.start:m.end])), " ")
	if l.seen[m.key]++; l.seen[m.key] > 1 {
		m.key += fmt.Sprintf(" (%d)", l.seen[m.key])
	}
	l.all = append(l.all, m)
	return m
}

// changes are the small faults that can be made of one piece of syntax.
func (l *lister) changes(n, parent ast.Node) {
	const turned, back = "(mutantOn(\x00) != (", "))"
	switch n := n.(type) {
	case *ast.BinaryExpr:
		if n.Op == token.ADD && (l.isText(n.X) || l.isText(n.Y)) {
			return
		}
		end := n.OpPos + token.Pos(len(n.Op.String()))
		for _, to := range swaps[n.Op] {
			what, op := fmt.Sprintf("%s became %s", n.Op, to), span{l.offset(n.OpPos), l.offset(end), ","}
			name := map[token.Token]string{token.ADD: "Add", token.SUB: "Sub", token.MUL: "Mul", token.QUO: "Quo"}[n.Op]
			switch {
			case name != "":
				l.add(n, what, n.OpPos, end, to.String(), "mutant"+name+"(\x00, ", ")").op = op
			case n.Op == token.EQL || n.Op == token.NEQ:
				l.add(n, what, n.OpPos, end, to.String(), turned, back)
			default:
				other := l.text(n.X) + " " + to.String() + " " + l.text(n.Y)
				l.add(n, what, n.OpPos, end, to.String(), "(mutantOn(\x00) && ("+other+") || !mutantOn(\x00) && (", back)
			}
		}
	case *ast.IfStmt:
		l.add(n.Cond, "the condition turned round", n.Cond.Pos(), n.Cond.End(), "!("+l.text(n.Cond)+")", turned, back)
	case *ast.UnaryExpr:
		if n.Op == token.NOT {
			l.add(n, "! left out", n.OpPos, n.OpPos+1, "", turned, back)
		}
	case *ast.BranchStmt:
		to := map[token.Token]string{token.CONTINUE: "break", token.BREAK: "continue"}[n.Tok]
		if n.Label == nil && to != "" {
			l.add(n, n.Tok.String()+" became "+to, n.Pos(), n.End(), to, "if mutantOn(\x00) { "+to+" }; ", "")
		}
	case *ast.IncDecStmt:
		to := map[token.Token]string{token.INC: "--", token.DEC: "++"}[n.Tok]
		signs := map[token.Token]string{token.INC: "1, -1", token.DEC: "-1, 1"}[n.Tok]
		m := l.add(n, n.Tok.String()+" became "+to, n.TokPos, n.TokPos+2, to, "if mutantOn(\x00) { "+l.text(n.X)+to+" } else { ", " }")
		if loop, ok := parent.(*ast.ForStmt); ok && loop.Post == n {
			m.before, m.after, m.op = "", "", span{l.offset(n.TokPos), l.offset(n.TokPos) + 2, " += mutantOne(\x00, " + signs + ")"}
		}
	case *ast.ExprStmt:
		if _, ok := n.X.(*ast.CallExpr); ok {
			l.add(n, "a call left out", n.Pos(), n.End(), "", "if !mutantOn(\x00) { ", " }")
		}
	case *ast.BasicLit:
		if n.Kind == token.INT && len(n.Value) < 6 && !strings.HasPrefix(n.Value, "0x") {
			l.add(n, n.Value+" became one more", n.Pos(), n.End(), "("+n.Value+"+1)", "mutantOne(\x00, ", ", "+n.Value+"+1)")
		}
	case *ast.ReturnStmt:
		if len(n.Results) == 1 {
			x := n.Results[0]
			if to := map[string]string{"true": "false", "false": "true"}[l.text(x)]; to != "" {
				l.add(x, "return "+l.text(x)+" became "+to, x.Pos(), x.End(), to, turned, back)
			}
		}
	}
}

// isText reports whether something is added up of texts, of which nothing can be
// taken away.
func (l *lister) isText(n ast.Expr) bool {
	switch n := n.(type) {
	case *ast.BasicLit:
		return n.Kind == token.STRING || n.Kind == token.CHAR
	case *ast.BinaryExpr:
		return n.Op == token.ADD && (l.isText(n.X) || l.isText(n.Y))
	case *ast.ParenExpr:
		return l.isText(n.X)
	case *ast.CallExpr:
		return l.text(n.Fun) == "string"
	}
	return false
}

var swaps = map[token.Token][]token.Token{
	token.EQL: {token.NEQ}, token.NEQ: {token.EQL},
	token.LSS: {token.LEQ, token.GEQ}, token.LEQ: {token.LSS, token.GTR},
	token.GTR: {token.GEQ, token.LEQ}, token.GEQ: {token.GTR, token.LSS},
	token.LAND: {token.LOR}, token.LOR: {token.LAND},
	token.ADD: {token.SUB}, token.SUB: {token.ADD}, token.MUL: {token.QUO}, token.QUO: {token.MUL},
}
