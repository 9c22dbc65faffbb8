// SPDX-License-Identifier: Apache-2.0

// Command quickstart is an embedder's first look: examples in, a guide out.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/sharedpractice/sharedpractice/aggregate/edition"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/examples/internal/sample"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/render"
	"github.com/sharedpractice/sharedpractice/model"
)

func main() {
	// A real key is random and kept secret; a real reader is your own file or store.
	key := []byte("only for this demonstration: 32+")
	if err := run(context.Background(), sample.Collection(), key, time.Now(), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "quickstart:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, in io.Reader, key []byte, now time.Time, out io.Writer) error {
	results, err := anonymize.All(ctx, anonymize.Config{Key: key, Now: now, Audience: model.Everyone}, model.ReadJSONLines(in))
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
