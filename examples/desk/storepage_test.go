// SPDX-License-Identifier: Apache-2.0

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The page on SQLite in the README of examples/embed compiles and keeps what a
// store promises. It is copied from the page: a reader copies it, too.
func TestEmbedStorePage(t *testing.T) {
	page, err := os.ReadFile("../embed/README.md")
	require.NoError(t, err)
	_, rest, ok := strings.Cut(string(page), "```go\n")
	require.True(t, ok)
	code, _, ok := strings.Cut(rest, "```")
	require.True(t, ok)
	dir, err := os.MkdirTemp(".", "_page-") //nolint:usetesting // within the module, and passed over by ./...
	require.NoError(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	program := "package main\n\nimport (\n\t\"context\"\n\t\"database/sql\"\n\t\"errors\"\n\t\"fmt\"\n\t\"os\"\n\n\t\"github.com/sharedpractice/sharedpractice/aggregate/edition\"\n\t_ \"modernc.org/sqlite\"\n)\n\n" + code + `
func main() {
	ctx := context.Background()
	db, err := sql.Open("sqlite", os.Args[1])
	must(err)
	_, err = db.Exec("CREATE TABLE kept (name TEXT PRIMARY KEY, body BLOB NOT NULL)")
	must(err)
	t := Table{db}
	must(t.Swap(ctx, "a.1", nil, []byte("one")))
	changed(t.Swap(ctx, "a.1", nil, []byte("two")))
	changed(t.Swap(ctx, "a.1", []byte("two"), []byte("three")))
	must(t.Swap(ctx, "a.1", []byte("one"), []byte("two")))
	must(t.Swap(ctx, "b", nil, []byte("b")))
	body, err := t.Get(ctx, "a.1")
	must(err)
	names, err := t.Names(ctx, "a.")
	must(err)
	must(t.Swap(ctx, "a.1", []byte("two"), nil))
	gone, err := t.Get(ctx, "a.1")
	must(err)
	fmt.Print(string(body), names, gone == nil)
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func changed(err error) {
	if !errors.Is(err, edition.ErrChanged) {
		panic("a change is not told")
	}
}
`
	require.NoError(t, os.WriteFile(filepath.Join(dir, "main.go"), []byte(program), 0o600))
	out, err := exec.CommandContext(t.Context(), "go", "run", "./"+dir, filepath.Join(t.TempDir(), "kept.db")).CombinedOutput()
	require.NoError(t, err, string(out))
	require.Equal(t, "two[a.1] true", string(out))
}
