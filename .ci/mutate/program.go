// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A program holds many changes of one package.
type program struct {
	r       *runner
	dir     string
	built   []*mutant
	overlay string
	tests   string // the program
}

var fault = regexp.MustCompile(`(?m)^(\S+\.go):(\d+):(?:\d+:)? (.*)$`)

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
	said, _, ok := command(time.Hour, ".", nil, "go", "test", "-c", "-p", "1", "-overlay", p.overlay, "-vet=off", "-gcflags=-e", "-o", p.tests, "./"+at)
	return said, ok
}

// run runs tests with no more than so many seconds of a processor: what others do on the
// machine refuses no change.
func (p *program) run(at string, env []string, seconds float64, args ...string) (said []byte, took time.Duration, ok bool) {
	within := fmt.Sprintf(`ulimit -t %d && exec "$0" "$@"`, int(seconds)+1)
	return command(p.r.limit, at, env, "sh", append([]string{"-c", within, p.tests, "-test.short"}, args...)...)
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
// which tests come by which.
func (p *program) traced(at string) (tests map[int][]string, err error) {
	if at != p.dir {
		if said, ok := p.compile(at); !ok {
			return nil, errors.New("does not compile: " + string(said[:min(len(said), 300)]))
		}
	}
	list, _, ok := p.run(at, nil, 60, "-test.list", ".")
	if !ok {
		return nil, errors.New("the tests cannot be listed")
	}
	known := p.r.traces[at]
	if known == nil || slices.ContainsFunc(p.built, func(m *mutant) bool { return !known[all].Keys[m.key] }) {
		known = map[string]*trace{all: {Keys: map[string]bool{}}}
		for _, m := range p.built {
			known[all].Keys[m.key] = true
		}
		p.r.traces[at] = known
	}
	tests = map[int][]string{}
	for _, test := range strings.Fields(string(list)) {
		if strings.HasPrefix(test, "Benchmark") {
			continue
		}
		if known[test] == nil {
			known[test] = p.trace(at, test)
			if body, err := json.Marshal(p.r.traces); err == nil && p.r.keep != "" {
				_ = os.WriteFile(p.r.keep, body, 0o600)
			}
		}
		for _, m := range p.built {
			if known[test].Keys[m.key] {
				tests[m.id] = append(tests[m.id], test)
			}
		}
	}
	return tests, nil
}

const all = "" // the name of the trace of all changes that were looked for

// trace runs a test without any change. One that fails so comes by nothing.
func (p *program) trace(at, test string) *trace {
	file := filepath.Join(p.r.work, "trace")
	_ = os.Remove(file)
	t := &trace{Keys: map[string]bool{}}
	said, took, ok := p.run(at, []string{"MUTANT_TRACE=" + file}, 3600, "-test.run", "^"+test+"$")
	if !ok {
		fmt.Printf("%s: %s fails without any change: %s\n", at, test, said[:min(len(said), 200)])
		return t
	}
	t.Seconds = took.Seconds()
	data, _ := os.ReadFile(file)
	seen := map[string]bool{}
	for id := range strings.FieldsSeq(string(data)) {
		seen[id] = true
	}
	for _, m := range p.built {
		if seen[strconv.Itoa(m.id)] {
			t.Keys[m.key] = true
		}
	}
	return t
}

// quick are the tests that take less than a second of a processor.
func (p *program) quick(at string, tests []string) []string {
	return slices.DeleteFunc(slices.Clone(tests), func(test string) bool { return p.r.traces[at][test].Seconds >= 1 })
}

var failed = regexp.MustCompile(`(?m)^--- FAIL: (\w+)`)

// refuses runs some tests with one change, and names the one that fails.
func (p *program) refuses(at string, id int, tests []string) string {
	usual := 10.0
	for _, test := range tests {
		usual += 4 * p.r.traces[at][test].Seconds
	}
	said, _, ok := p.run(at, []string{"MUTANT=" + strconv.Itoa(id)}, usual, "-test.failfast", "-test.run", "^("+strings.Join(tests, "|")+")$")
	if ok {
		return ""
	}
	if found := failed.FindSubmatch(said); found != nil {
		return string(found[1])
	}
	return tests[0] // it crashed, or never ended
}
