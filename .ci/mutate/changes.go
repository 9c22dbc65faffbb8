// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"os"
	"path/filepath"
	"strings"
)

// mutants lists every change of every file of a folder, or of one file.
func mutants(at, only string) (all []*mutant, err error) {
	dir, names := folder(at), []string{at}
	if dir != at {
		_, err = os.Stat(at)
	} else {
		names, err = filepath.Glob(filepath.Join(dir, "*.go"))
	}
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
		l := lister{fset: token.NewFileSet(), dir: dir, name: name, source: source, seen: map[string]int{}}
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

// folder is the folder of what may be named: a folder or a file.
func folder(at string) string {
	if strings.HasSuffix(at, ".go") {
		at = filepath.Dir(at)
	}
	return filepath.ToSlash(at)
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
