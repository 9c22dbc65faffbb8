// SPDX-License-Identifier: Apache-2.0

// Package wordtable is a static table of English word vectors: 28,200 words of
// general, health and engagement English, British and American, 128 numbers
// each, distilled from an Apache-2.0 sentence model (data/README.md has the
// provenance and the recipe). It is the embedder for package cluster:
//
//	m, err := cluster.Fit(ctx, items, cluster.Config{Embedder: wordtable.Default()})
//
// It adds 4.0 MB to a binary, which only programs that import it pay for;
// importing it costs no time, since the table is unpacked on first use. A text
// is the sum of its words: word order and negation are lost, so it says what a
// text is about, not what it claims.
//
// The format of the table is stable; its words and numbers may change between
// minor versions.
package wordtable
