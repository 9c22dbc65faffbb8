// SPDX-License-Identifier: Apache-2.0

package cluster

import (
	"fmt"
	"log/slog"
)

// Item is one short text to be grouped: a challenge, an objective, a lesson.
// It holds contributor text, so it prints only its length.
type Item struct {
	// ID names the item; it must be unique within a call and not empty.
	ID string
	// Text is the statement, in UTF-8.
	Text string
	// Source says who wrote it (a holding). Items that share a source count
	// once where distinct sources are counted; items with an empty Source all
	// count as one source.
	Source string
}

// Format prints how long the text is, whatever the verb: never the text.
func (i Item) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "[item of %d bytes]", len(i.Text))
}

// LogValue keeps the text out of structured logs.
func (i Item) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(i)) }

// Seed is a concept known beforehand, by which the clusters are guided: its
// cluster keeps ID and Label.
type Seed struct {
	ID    string
	Label string
	// Phrases are ways in which people put the concept. The label counts as
	// one of them.
	Phrases []string
}

// Embedder places a text among others by its meaning. It must be deterministic
// and safe for concurrent use, and must not keep the text.
type Embedder interface {
	// Dim is the length of a vector; it never changes.
	Dim() int
	// Embed writes the text's vector to dst, which has length Dim, and reports
	// whether it could; the vector's length does not matter.
	Embed(dst []float32, text string) bool
}

// wordEmbedder is an optional ability of an Embedder whose vector for a text is
// the sum of vectors of its words: each word is then looked up once, however
// many texts hold it.
type wordEmbedder interface {
	Embedder
	// EmbedWord writes the vector of one folded word and reports whether the
	// word is known.
	EmbedWord(dst []float32, word string) bool
}
