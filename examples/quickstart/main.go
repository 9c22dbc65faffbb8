// SPDX-License-Identifier: Apache-2.0

// Command quickstart is an embedder's first look: examples in, a guide out.
//
//	go run ./examples/quickstart examples/internal/sample/collection.jsonl
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/sharedpractice/sharedpractice/aggregate/edition"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/render"
	"github.com/sharedpractice/sharedpractice/model"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "quickstart: name a file of examples, JSON Lines")
		os.Exit(2)
	}
	in, err := os.Open(os.Args[1])
	if err == nil {
		// A real key is random and kept secret.
		err = run(context.Background(), in, []byte("only for this demonstration: 32+"), time.Now(), os.Stdout)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "quickstart:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, in io.Reader, key []byte, now time.Time, out io.Writer) error {
	results, err := anonymize.All(ctx, anonymize.Config{Key: key, Now: now, Audience: model.Everyone}, model.Reader{}.JSONLines(in))
	if err != nil {
		return err
	}
	// A real ledger is kept: edition.File("ledger"). It remembers what was published.
	press, err := edition.Open(ctx, &edition.Memory{}, key, edition.Config{Audience: model.Everyone, Now: now})
	if err != nil {
		return err
	}
	e, err := press.Publish(ctx, anonymize.Records(results)) // 5 contributors behind everything
	if err != nil || len(e.Collection.Topics) == 0 {
		return err
	}
	g, err := guidance.Build(e.Collection, e.Collection.Topics[0].ID, guidance.Config{})
	if err != nil {
		return err
	}
	return render.Markdown{}.Render(out, g)
}
