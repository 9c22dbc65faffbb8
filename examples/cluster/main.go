// SPDX-License-Identifier: Apache-2.0

// Cluster groups short texts: JSON Lines {"id","text"} on stdin,
// {"id","cluster","label","confidence"} on stdout.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"

	"github.com/sharedpractice/sharedpractice/aggregate/cluster"
	"github.com/sharedpractice/sharedpractice/aggregate/cluster/wordtable"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdin, os.Stdout)
	stop()
	switch {
	case err == nil || errors.Is(err, flag.ErrHelp):
	case errors.Is(err, errUsage):
		os.Exit(2)
	default:
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

var errUsage = errors.New("cluster: wrong usage")

type options struct {
	k       int
	words   bool
	workers int
}

func run(ctx context.Context, args []string, stdin io.Reader, stdout io.Writer) error {
	var o options
	flags := flag.NewFlagSet("cluster", flag.ContinueOnError)
	flags.IntVar(&o.k, "k", 0, "number of clusters; 0 chooses")
	flags.BoolVar(&o.words, "words", false, "compare by words only, without the table of meanings")
	flags.IntVar(&o.workers, "workers", runtime.GOMAXPROCS(0), "goroutines")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return err
		}
		return errUsage
	}
	if flags.NArg() > 0 {
		return errUsage
	}
	items, err := read(stdin)
	if err != nil {
		return err
	}
	cfg := cluster.Config{K: o.k, MinLabelSources: 1, Workers: o.workers}
	if !o.words {
		cfg.Embedder = wordtable.Default()
	}
	m, err := cluster.Fit(ctx, items, cfg)
	if err != nil {
		return err
	}
	return write(stdout, m)
}

// read takes JSON Lines; every item counts as a source of its own.
func read(r io.Reader) ([]cluster.Item, error) {
	var items []cluster.Item
	sc := bufio.NewScanner(r)
	sc.Buffer(make([]byte, 0, 1<<16), 1<<24)
	for n := 1; sc.Scan(); n++ {
		if len(sc.Bytes()) == 0 {
			continue
		}
		var in struct {
			ID     string `json:"id"`
			Text   string `json:"text"`
			Source string `json:"source"`
		}
		if json.Unmarshal(sc.Bytes(), &in) != nil {
			return nil, fmt.Errorf("cluster: line %d of the input is not JSON of the form {\"id\",\"text\"}", n)
		}
		if in.Source == "" {
			in.Source = in.ID
		}
		items = append(items, cluster.Item{ID: in.ID, Text: in.Text, Source: in.Source})
	}
	if err := sc.Err(); err != nil {
		return nil, fmt.Errorf("cluster: reading the input: %w", err)
	}
	return items, nil
}

func write(w io.Writer, m *cluster.Model) error {
	labels := map[string]string{}
	for _, c := range m.Clusters() {
		labels[c.ID] = c.Label
	}
	out := bufio.NewWriter(w)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for _, a := range m.Assignments() {
		err := enc.Encode(struct {
			ID         string  `json:"id"`
			Cluster    string  `json:"cluster"`
			Label      string  `json:"label"`
			Confidence float64 `json:"confidence"`
		}{a.Item, a.Cluster, labels[a.Cluster], float64(int(a.Confidence*1000+0.5)) / 1000})
		if err != nil {
			return fmt.Errorf("cluster: writing the output: %w", err)
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("cluster: writing the output: %w", err)
	}
	return nil
}
