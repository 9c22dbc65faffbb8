// SPDX-License-Identifier: Apache-2.0

//go:build ignore

// Command cost measures what embedding each package of the library costs a
// program: bytes in the binary when all of its exported functions and methods
// are kept (an upper bound: a program that calls less links less), and time,
// allocations and goroutines at start-up. It fails where importing the library
// takes a millisecond or starts a goroutine.
//
//	go run .ci/cost.go
package main

import (
	"bytes"
	"fmt"
	"go/ast"
	gobuild "go/build"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
)

const (
	module = "github.com/sharedpractice/sharedpractice"
	most   = 1.0 // ms of initialisation, all packages of the library together
	runs   = 15  // the quickest counts: the machine may be busy, never too fast
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "cost:", err)
		os.Exit(1)
	}
}

func run() error {
	root, err := os.Getwd()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "cost")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := prepare(root, dir); err != nil {
		return err
	}
	packages, err := command(root, "go", "list", "-f", "{{.ImportPath}} {{.Dir}}", "./...")
	if err != nil {
		return err
	}
	base, err := build(dir, program(nil))
	if err != nil {
		return err
	}
	out := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(out, "package\tKiB with all it imports\t\nan empty program\t%d\t\n", base/1024)
	all := map[string][]string{}
	for line := range strings.Lines(packages) {
		path, folder, _ := strings.Cut(strings.TrimSpace(line), " ")
		if strings.HasPrefix(path, module+"/examples") || strings.Contains(path, "/internal/") || strings.HasSuffix(path, "/internal") || strings.HasSuffix(path, "test") {
			continue
		}
		kept, err := exported(folder)
		if err != nil {
			return err
		}
		all[path] = kept
		size, err := build(dir, program(map[string][]string{path: kept}))
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "%s\t+%d\t\n", strings.TrimPrefix(path, module+"/"), (size-base)/1024)
	}
	size, err := build(dir, program(all))
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "all together\t+%d\t\n", (size-base)/1024)
	if err := out.Flush(); err != nil {
		return err
	}
	return startUp(filepath.Join(dir, "cost"+suffix()))
}

// prepare makes a module that sees the library in root.
func prepare(root, dir string) error {
	sums, err := os.ReadFile(filepath.Join(root, "go.sum"))
	if err != nil {
		return err
	}
	mod := fmt.Sprintf("module example.org/cost\n\ngo 1.26.0\n\nrequire %s v0.0.0\n\nreplace %s => %s\n", module, module, root)
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte(mod), 0o600); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "go.sum"), sums, 0o600)
}

// exported returns expressions that keep every exported function and type of the
// package in folder; generic ones have no value before they are instantiated.
func exported(folder string) ([]string, error) {
	var kept []string
	fset := token.NewFileSet()
	err := filepath.WalkDir(folder, func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && file != folder {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return nil
		}
		if matches, err := gobuild.Default.MatchFile(filepath.Dir(file), filepath.Base(file)); err != nil || !matches {
			return err // of a build tag that no program of a user has
		}
		parsed, err := parser.ParseFile(fset, file, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		kept = append(kept, exportedNames(parsed)...)
		return nil
	})
	return kept, err
}

func exportedNames(file *ast.File) (kept []string) {
	for _, decl := range file.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if decl.Recv == nil && decl.Type.TypeParams == nil && decl.Name.IsExported() {
				kept = append(kept, "p."+decl.Name.Name)
			}
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				if t, ok := spec.(*ast.TypeSpec); ok && t.TypeParams == nil && t.Name.IsExported() {
					kept = append(kept, "(*p."+t.Name.Name+")(nil)")
				}
			}
		}
	}
	return kept
}

// program returns a main package that keeps the given expressions. Asking for a
// method by a name that is only known at run time keeps all exported methods.
func program(kept map[string][]string) string {
	var imports, values strings.Builder
	paths := make([]string, 0, len(kept))
	for path := range kept {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	for i, path := range paths {
		if len(kept[path]) == 0 {
			fmt.Fprintf(&imports, "\t_ %q\n", path)
			continue
		}
		fmt.Fprintf(&imports, "\tp%d %q\n", i, path)
		for _, expression := range kept[path] {
			values.WriteString("\t" + strings.Replace(expression, "p.", "p"+strconv.Itoa(i)+".", 1) + ",\n")
		}
	}
	return "package main\n\nimport (\n\t\"fmt\"\n\t\"os\"\n\t\"reflect\"\n\t\"runtime\"\n" + imports.String() + ")\n\n" +
		"func main() {\n\tfmt.Println(runtime.NumGoroutine())\n\tif len(os.Args) > 1 {\n\t\tfor _, v := range keep() {\n" +
		"\t\t\tfmt.Println(reflect.TypeOf(v).MethodByName(os.Args[1]))\n\t\t}\n\t}\n}\n\n" +
		"func keep() []any {\n\treturn []any{\n" + values.String() + "\t}\n}\n"
}

// build returns the size of the program in bytes, without symbols.
func build(dir, source string) (int64, error) {
	if err := os.WriteFile(filepath.Join(dir, "main.go"), []byte(source), 0o600); err != nil {
		return 0, err
	}
	binary := filepath.Join(dir, "cost"+suffix())
	if _, err := command(dir, "go", "build", "-mod=mod", "-ldflags=-s -w", "-o", binary, "."); err != nil {
		return 0, err
	}
	info, err := os.Stat(binary)
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// startUp runs the program that links everything and reads what the run time
// says of each package's initialisation.
func startUp(binary string) error {
	line := regexp.MustCompile(`^init (\S+) @[\d.]+ ms, ([\d.]+) ms clock, (\d+) bytes, (\d+) allocs`)
	best, cost := -1.0, ""
	for range runs {
		cmd := exec.Command(binary)
		cmd.Env = append(os.Environ(), "GODEBUG=inittrace=1")
		var stdout, stderr bytes.Buffer
		cmd.Stdout, cmd.Stderr = &stdout, &stderr
		if err := cmd.Run(); err != nil {
			return err
		}
		if n := strings.TrimSpace(stdout.String()); n != "1" {
			return fmt.Errorf("%s goroutines at start-up: importing the library starts one", n)
		}
		var ms float64
		var size, allocs int
		var each []string
		for text := range strings.Lines(stderr.String()) {
			m := line.FindStringSubmatch(text)
			if m == nil || !strings.HasPrefix(m[1], module) {
				continue
			}
			clock, _ := strconv.ParseFloat(m[2], 64)
			bytes, _ := strconv.Atoi(m[3])
			n, _ := strconv.Atoi(m[4])
			ms, size, allocs = ms+clock, size+bytes, allocs+n
			each = append(each, fmt.Sprintf("  %s: %s ms, %d bytes, %d allocations", strings.TrimPrefix(m[1], module+"/"), m[2], bytes, n))
		}
		if best < 0 || ms < best {
			best = ms
			cost = fmt.Sprintf("start-up of the whole library: %.3f ms, %d bytes, %d allocations, no goroutine\n%s", ms, size, allocs, strings.Join(each, "\n"))
		}
	}
	fmt.Println(cost)
	if best >= most {
		return fmt.Errorf("importing the library takes %.3f ms, more than %.0f ms", best, most)
	}
	return nil
}

func command(dir, name string, args ...string) (string, error) {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s: %w\n%s", strings.Join(args[:min(2, len(args))], " "), err, stderr.String())
	}
	return string(out), nil
}

func suffix() string {
	if runtime.GOOS == "windows" {
		return ".exe"
	}
	return ""
}
