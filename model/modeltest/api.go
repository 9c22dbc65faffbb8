// SPDX-License-Identifier: Apache-2.0

package modeltest

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/build"
	"go/doc"
	"go/parser"
	"go/printer"
	"go/token"
	"os"
	"slices"
	"strings"
	"testing"
)

// API compares the exported declarations of the package under test, the one in
// the current directory, with testdata/api.txt, so that a change of what other
// people may call is a visible diff. Comments are left
// out; unexported fields show as one line. Files are read whatever their build constraints: the list is the same on
// every system. Not safe for concurrent use with a test that changes directory.
func API(tb testing.TB) {
	tb.Helper()
	out, err := declarations(".")
	if err != nil {
		tb.Fatalf("modeltest: %v", err)
		return
	}
	Golden(tb, "api.txt", out)
}

func declarations(dir string) ([]byte, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	fset := token.NewFileSet()
	var files []*ast.File
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		// What a build tag leaves out of the library is not its interface.
		if in, err := build.Default.MatchFile(dir, e.Name()); err != nil || !in {
			continue
		}
		f, err := parser.ParseFile(fset, dir+"/"+e.Name(), nil, parser.SkipObjectResolution|parser.ParseComments)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	p, err := doc.NewFromFiles(fset, files, dir)
	if err != nil {
		return nil, err
	}
	var l lister
	l.values(p.Consts)
	l.values(p.Vars)
	l.funcs(p.Funcs)
	for _, t := range p.Types {
		l.names++
		l.add(t.Decl)
		l.values(t.Consts)
		l.values(t.Vars)
		l.funcs(t.Funcs)
		for _, m := range t.Methods {
			l.add(m.Decl)
		}
	}
	if l.err != nil {
		return nil, l.err
	}
	slices.Sort(l.lines)
	head := fmt.Sprintf("package %s: %d exported names\n\n", p.Name, l.names)
	return []byte(head + strings.Join(l.lines, "\n") + "\n"), nil
}

// A lister collects printed declarations, in any order, and counts the
// package-level names among them.
type lister struct {
	lines []string
	names int
	err   error
}

func (l *lister) values(values []*doc.Value) {
	for _, v := range values {
		for _, name := range v.Names {
			if token.IsExported(name) {
				l.names++
			}
		}
		l.add(v.Decl)
	}
}

func (l *lister) funcs(funcs []*doc.Func) {
	for _, f := range funcs {
		l.names++
		l.add(f.Decl)
	}
}

// add prints the declaration without comments. An empty file set forgets the
// positions, which would otherwise keep blank lines where comments were.
func (l *lister) add(decl ast.Decl) {
	ast.Inspect(decl, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GenDecl:
			n.Doc = nil
		case *ast.FuncDecl:
			n.Doc, n.Body = nil, nil
		case *ast.Field:
			n.Doc, n.Comment = nil, nil
		case *ast.ValueSpec:
			n.Doc, n.Comment = nil, nil
		case *ast.TypeSpec:
			n.Doc, n.Comment = nil, nil
		case *ast.StructType:
			if n.Incomplete {
				n.Incomplete = false
				rest := &ast.Field{Names: []*ast.Ident{ast.NewIdent("_")}, Type: ast.NewIdent("unexported")}
				n.Fields.List = append(n.Fields.List, rest)
			}
		}
		return true
	})
	var b bytes.Buffer
	layout := printer.Config{Mode: printer.UseSpaces | printer.TabIndent, Tabwidth: 8}
	if err := layout.Fprint(&b, token.NewFileSet(), decl); err != nil && l.err == nil {
		l.err = err
	}
	l.lines = append(l.lines, b.String())
}
