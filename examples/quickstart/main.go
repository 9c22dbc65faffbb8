// SPDX-License-Identifier: Apache-2.0

// Command quickstart is an embedder's first look: examples in, a guide out.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/sharedpractice/sharedpractice/aggregate"
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
	results, err := anonymize.All(ctx, anonymize.Config{Key: key, Now: now}, model.ReadJSONLines(in))
	if err != nil {
		return err
	}
	c, err := aggregate.Build(ctx, anonymize.Records(results), aggregate.Config{}) // 5 contributors behind everything
	if err != nil || len(c.Topics) == 0 {
		return err
	}
	g, err := guidance.Build(c, c.Topics[0].ID, guidance.Config{})
	if err != nil {
		return err
	}
	return render.Markdown{}.Render(out, g)
}
