// SPDX-License-Identifier: Apache-2.0

package aggregate_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Law 1: what comes after anonymize cannot even name a raw example.
func TestNothingHereTakesRawExamples(t *testing.T) {
	for _, dir := range []string{".", "cluster", "../guidance"} {
		names, err := filepath.Glob(filepath.Join(dir, "*.go"))
		require.NoError(t, err)
		require.NotEmpty(t, names)
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
			require.NoError(t, err)
			ast.Inspect(file, func(n ast.Node) bool {
				if s, ok := n.(*ast.SelectorExpr); ok {
					// What a contributor answers on its sheet is raw, so that it prints
					// nowhere; it is read there and goes into no guide.
					answered := filepath.Base(name) == "signoff_read.go" && s.Sel.Name == "Raw"
					if x, ok := s.X.(*ast.Ident); ok && x.Name == "model" && !answered {
						require.NotContains(t, []string{"Example", "Raw", "Text", "Party", "Identity", "Agreement"}, s.Sel.Name, "%s names raw data", name)
					}
				}
				return true
			})
		}
	}
}

// Law 1: a record cannot be made by hand, nor an example passed for one.
func TestRawExamplesDoNotCompile(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped with -short: it runs the compiler")
	}
	for name, body := range map[string]string{
		"example for record": `aggregate.Build(nil, []model.Example{{}}, aggregate.Config{})`,
		"record by hand":     `aggregate.Build(nil, []anonymize.Record{{S: nil}}, aggregate.Config{})`,
		"guide of examples":  `guidance.Build([]model.Example{{}}, "", guidance.Config{})`,
	} {
		t.Run(name, func(t *testing.T) {
			dir, err := os.MkdirTemp(".", "_compile-") //nolint:usetesting // inside the module, so that it resolves imports
			require.NoError(t, err)
			defer os.RemoveAll(dir)
			const imports = "package p\n\nimport (\n\t\"github.com/sharedpractice/sharedpractice/aggregate\"\n\t\"github.com/sharedpractice/sharedpractice/anonymize\"\n\t\"github.com/sharedpractice/sharedpractice/guidance\"\n\t\"github.com/sharedpractice/sharedpractice/model\"\n)\n\nvar _, _, _, _ = aggregate.Floor, anonymize.ErrSeal, guidance.Schema, model.Public\n\n"
			write := func(body string) {
				require.NoError(t, os.WriteFile(filepath.Join(dir, "p.go"), []byte(imports+"func f() {\n\t"+body+"\n}\n"), 0o600))
			}
			compile := func() ([]byte, error) {
				return exec.CommandContext(t.Context(), "go", "vet", "./"+filepath.Base(dir)).CombinedOutput()
			}
			write("_ = 0")
			out, err := compile()
			require.NoError(t, err, "without the call it compiles: %s", out)
			write("_, _ = " + body)
			out, err = compile()
			require.Error(t, err)
			require.NotContains(t, string(out), "no required module")
		})
	}
}
