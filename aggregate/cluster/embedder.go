// SPDX-License-Identifier: Apache-2.0

package cluster

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
