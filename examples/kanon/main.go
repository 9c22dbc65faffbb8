// SPDX-License-Identifier: Apache-2.0

// Command kanon finds the full-domain generalisation of least loss that makes
// a CSV file k-anonymous, and prints it as one JSON object.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/sharedpractice/sharedpractice/anonymize/disclosure/recode"
	"github.com/sharedpractice/sharedpractice/examples/internal/program"
)

func main() {
	program.Main("kanon", func(ctx context.Context, args []string, stdin io.Reader, stdout io.Writer) error {
		return run(ctx, args, stdin, stdout, os.Stderr)
	})
}

// answer is the printed object; its keys are fixed.
type answer struct {
	Levels            []int   `json:"levels"`
	Loss              float64 `json:"loss"`
	Suppressed        int     `json:"suppressed"`
	Classes           int     `json:"classes"`
	AverageRiskBefore float64 `json:"averageRiskBefore"`
	AverageRisk       float64 `json:"averageRisk"`
	Checks            int     `json:"checks"`
}

func run(ctx context.Context, args []string, _ io.Reader, stdout, stderr io.Writer) error {
	fs := flag.NewFlagSet("kanon", flag.ContinueOnError)
	fs.SetOutput(stderr)
	in := fs.String("in", "", "CSV `file` with a header line")
	dir := fs.String("hierarchies", "", "`folder` of NAME.csv or *_hierarchy_NAME.csv")
	qi := fs.String("qi", "", "quasi-identifiers, `a,b,c`")
	sep := fs.String("sep", ",", "field separator of the file")
	hsep := fs.String("hsep", ";", "field separator of the hierarchies")
	k := fs.Int("k", 0, "least class size")
	suppress := fs.Float64("suppress", 0, "share of records that may be left out")
	holding := fs.String("holding", "", "`column` that names the holding of a record (default: every record its own)")
	checks := fs.Int("max-checks", 0, "give up after so many transformations (0: never)")
	both := fs.Bool("compare", false, "also check every transformation by itself, and say on stderr how long both took")
	if err := fs.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return err
		}
		return program.ErrUsage
	}
	comma, one := character(*sep)
	hcomma, hone := character(*hsep)
	if slices.Contains([]string{*in, *dir, *qi}, "") || *k < 1 || fs.NArg() > 0 || !one || !hone {
		return fmt.Errorf("%w: -in, -hierarchies, -qi and -k are needed, separators are one character", program.ErrUsage)
	}
	names := strings.Split(*qi, ",")
	if slices.ContainsFunc(names, func(name string) bool { return name == "" || name != filepath.Base(name) }) {
		return fmt.Errorf("%w: a quasi-identifier must be a plain name", program.ErrUsage)
	}
	table, err := readTable(*in, comma, names, *holding)
	if err != nil {
		return err
	}
	hs, err := readHierarchies(*dir, names, hcomma)
	if err != nil {
		return err
	}
	cfg := recode.SearchConfig{
		Hierarchies: hs, Requirement: recode.Requirement{K: *k}, Suppress: *suppress, MaxChecks: *checks,
	}
	if *both {
		if err := compare(ctx, table, cfg, stderr); err != nil {
			return err
		}
	}
	best, err := recode.Search(ctx, table, cfg)
	if err != nil {
		return err
	}
	return json.NewEncoder(stdout).Encode(answer{
		best.Levels, best.Loss, best.Suppressed, best.Classes, best.AverageRiskBefore, best.AverageRisk, best.Checks,
	})
}

// character is the one character of a text; false where it has none or more.
func character(s string) (r rune, one bool) {
	r, n := utf8.DecodeRuneInString(s)
	return r, n > 0 && n == len(s)
}

func readTable(name string, sep rune, qi []string, holding string) (*recode.Table, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	want := qi
	if holding != "" {
		want = append(append([]string{}, qi...), holding)
	}
	cols, err := recode.ReadColumns(program.Unmarked(f), sep, want)
	if err != nil {
		return nil, err
	}
	t := &recode.Table{Quasi: cols[:len(qi)]}
	if holding != "" {
		t.Holdings = make([][]string, t.Len())
		for i, v := range cols[len(qi)].Values {
			t.Holdings[i] = []string{v}
		}
	}
	return t, nil
}

func readHierarchies(dir string, names []string, sep rune) (hs []*recode.Hierarchy, err error) {
	for _, name := range names {
		h, err := readHierarchy(dir, name, sep)
		if err != nil {
			return nil, err
		}
		hs = append(hs, h)
	}
	return hs, nil
}

// readHierarchy opens DIR/NAME.csv or the one DIR/*_hierarchy_NAME.csv.
func readHierarchy(dir, name string, sep rune) (*recode.Hierarchy, error) {
	path := filepath.Join(dir, name+".csv")
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		entries, err := os.ReadDir(dir)
		if err != nil {
			return nil, err
		}
		found := 0
		for _, e := range entries {
			if strings.HasSuffix(e.Name(), "_hierarchy_"+name+".csv") {
				path = filepath.Join(dir, e.Name())
				found++
			}
		}
		if found != 1 {
			return nil, fmt.Errorf("hierarchy of %q: %d files match, want one", name, found)
		}
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	h, err := recode.ReadHierarchy(program.Unmarked(f), sep)
	if err != nil {
		return nil, fmt.Errorf("hierarchy of %q: %w", name, err)
	}
	return h, nil
}
