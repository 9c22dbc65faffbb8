// SPDX-License-Identifier: Apache-2.0

// Cluster groups short texts and names the groups. It reads JSON Lines
// {"id","text"} on stdin (and, if there, "source": who wrote it) and writes
// {"id","cluster","label","confidence"} on stdout, in the same order.
//
//	cluster [-k 0] [-seeds FILE] [-style plain|challenge|objective] [-sources 1] [-words] [-outliers]
//	        [-given] [-report FILE] [-map FILE] [-workers N] < texts.jsonl
//
// -k 0 chooses the number of clusters. -seeds names a file of known concepts,
// JSON Lines {"id","label","phrases":[...]}. -given only names the groups that
// the input gives in a field "cluster". -report and -map write the report as
// JSON and the map as SVG.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"iter"
	"os"
	"runtime"
	"slices"

	"github.com/sharedpractice/sharedpractice/aggregate/cluster"
	"github.com/sharedpractice/sharedpractice/examples/internal/program"
	"github.com/sharedpractice/sharedpractice/model/wordtable"
)

func main() { program.Main("cluster", run) }

var errUsage = fmt.Errorf("%w (-h shows the flags)", program.ErrUsage)

type options struct {
	cfg             cluster.Config
	seeds, style    string
	words, given    bool
	report, mapFile string
}

func parse(args []string) (o options, err error) {
	flags := flag.NewFlagSet("cluster", flag.ContinueOnError)
	flags.IntVar(&o.cfg.K, "k", 0, "number of clusters; 0 chooses")
	flags.IntVar(&o.cfg.MinLabelSources, "sources", 1, "how many sources must share a phrase of a label")
	flags.IntVar(&o.cfg.Workers, "workers", runtime.GOMAXPROCS(0), "goroutines")
	flags.BoolVar(&o.cfg.Outliers, "outliers", false, "set texts apart that fit nowhere")
	flags.StringVar(&o.seeds, "seeds", "", "file of known concepts")
	flags.StringVar(&o.style, "style", "plain", "shape of labels: plain, challenge or objective")
	flags.BoolVar(&o.words, "words", false, "compare by words only, without the table of meanings")
	flags.BoolVar(&o.given, "given", false, "name the groups given in the input's field cluster")
	flags.StringVar(&o.report, "report", "", "file for the report (JSON)")
	flags.StringVar(&o.mapFile, "map", "", "file for the map (SVG)")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return o, err
		}
		return o, errUsage
	}
	style, ok := map[string]cluster.Style{"plain": cluster.Plain, "challenge": cluster.Challenge, "objective": cluster.Objective}[o.style]
	if !ok || flags.NArg() > 0 {
		return o, errUsage
	}
	o.cfg.Style = style
	if !o.words {
		o.cfg.Embedder = wordtable.Default()
	}
	return o, nil
}

func run(ctx context.Context, args []string, stdin io.Reader, stdout io.Writer) error {
	o, err := parse(args)
	if err != nil {
		return err
	}
	if o.seeds != "" {
		f, err := os.Open(o.seeds)
		if err != nil {
			return fmt.Errorf("the file of seeds cannot be opened")
		}
		defer f.Close()
		err = lines(f, "the seeds", func(s cluster.Seed) { o.cfg.Seeds = append(o.cfg.Seeds, s) })
		if err != nil {
			return err
		}
	}
	var items []cluster.Item
	var given []string
	err = lines(stdin, "the input", func(in input) {
		if in.Source == "" { // every text counts as a source of its own
			in.Source = in.ID
		}
		items = append(items, cluster.Item{ID: in.ID, Text: in.Text, Source: in.Source})
		if o.given {
			given = append(given, in.Cluster)
		}
	})
	if err != nil {
		return err
	}
	if o.given {
		return name(ctx, stdout, items, given, o.cfg)
	}
	m, err := cluster.Fit(ctx, items, o.cfg)
	if err != nil {
		return err
	}
	if err := o.files(m); err != nil {
		return err
	}
	labels := map[string]string{}
	for _, c := range m.Clusters() {
		labels[c.ID] = c.Label
	}
	return write(stdout, func(yield func(output) bool) {
		for _, a := range m.Assignments() {
			if !yield(output{a.Item, a.Cluster, labels[a.Cluster], float64(int(a.Confidence*1000+0.5)) / 1000}) {
				return
			}
		}
	})
}

type input struct {
	ID      string `json:"id"`
	Text    string `json:"text"`
	Source  string `json:"source"`
	Cluster string `json:"cluster"`
}

type output struct {
	ID         string  `json:"id"`
	Cluster    string  `json:"cluster"`
	Label      string  `json:"label"`
	Confidence float64 `json:"confidence"`
}

// lines reads JSON Lines; its errors name the line, never what is in it.
func lines[T any](r io.Reader, what string, take func(T)) error {
	sc := bufio.NewScanner(program.Unmarked(r))
	sc.Buffer(make([]byte, 0, 1<<16), 1<<24)
	for n := 1; sc.Scan(); n++ {
		if len(sc.Bytes()) == 0 {
			continue
		}
		var in T
		if json.Unmarshal(sc.Bytes(), &in) != nil {
			return fmt.Errorf("line %d of %s is not JSON of the expected form", n, what)
		}
		take(in)
	}
	if err := sc.Err(); err != nil {
		return fmt.Errorf("reading %s: %w", what, err)
	}
	return nil
}

// name labels groups that are given.
func name(ctx context.Context, w io.Writer, items []cluster.Item, given []string, cfg cluster.Config) error {
	ids := slices.Compact(slices.Sorted(slices.Values(given)))
	groups := make([][]cluster.Item, len(ids))
	at := make([]int, len(items))
	for i, it := range items {
		at[i], _ = slices.BinarySearch(ids, given[i])
		groups[at[i]] = append(groups[at[i]], it)
	}
	names, err := cluster.Name(ctx, groups, cfg)
	if err != nil {
		return err
	}
	out := make([]output, len(items))
	for i, it := range items {
		out[i] = output{it.ID, given[i], names[at[i]].Label, 1}
	}
	return write(w, slices.Values(out))
}

func write(w io.Writer, rows iter.Seq[output]) error {
	b := bufio.NewWriter(w)
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	for r := range rows {
		if err := enc.Encode(r); err != nil {
			return fmt.Errorf("writing the output: %w", err)
		}
	}
	if err := b.Flush(); err != nil {
		return fmt.Errorf("writing the output: %w", err)
	}
	return nil
}

// files writes the report and the map, readable by their owner only, since
// labels are made of contributors' words.
func (o options) files(m *cluster.Model) error {
	save := func(name string, write func(io.Writer) error) error {
		if name == "" {
			return nil
		}
		f, err := os.OpenFile(name, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
		if err != nil {
			return fmt.Errorf("a file cannot be created")
		}
		return errors.Join(write(f), f.Close())
	}
	report := func(w io.Writer) error {
		enc := json.NewEncoder(w)
		enc.SetIndent("", "  ")
		return enc.Encode(struct {
			Report   cluster.Report
			Clusters []cluster.Cluster
		}{m.Report(), m.Clusters()})
	}
	draw := func(w io.Writer) error { return m.MapSVG(w, "Groups of texts") }
	return errors.Join(save(o.report, report), save(o.mapFile, draw))
}
