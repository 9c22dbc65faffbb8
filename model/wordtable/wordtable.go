// SPDX-License-Identifier: Apache-2.0

package wordtable

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"math"
	"slices"
	"strings"
	"sync"

	"github.com/sharedpractice/sharedpractice/model/text"
)

//go:embed data/table.bin
var embedded string

// errFormat says that bytes are no word table.
var errFormat = errors.New("wordtable: not a word table")

// Table is a static table of word vectors. Safe for concurrent use; nothing in
// it changes after it was made.
type Table struct {
	dim    int
	words  []string // sorted
	scales []float32
	rows   string // int8, dim to a word
}

// Default is the table that comes with the module, unpacked on first use.
func Default() *Table { return loadDefault() }

var loadDefault = sync.OnceValue(func() *Table {
	t, err := parse(embedded)
	if err != nil {
		return &Table{}
	}
	return t
})

const magic = "SPWT1\n"

// parse reads a table: the magic line, then little-endian uint32 dimension,
// word count and length of the word list; the words, sorted, a newline after
// each; one float32 scale a word; one int8 a dimension a word.
func parse(data string) (*Table, error) {
	rest, ok := strings.CutPrefix(data, magic)
	if !ok || len(rest) < 12 {
		return nil, errFormat
	}
	u32 := func(i int) int { return int(binary.LittleEndian.Uint32([]byte(rest[i : i+4]))) }
	dim, count, list := u32(0), u32(4), u32(8)
	rest = rest[12:]
	if dim == 0 || dim > 4096 || count > 1<<24 || list > len(rest) || len(rest)-list != count*(4+dim) {
		return nil, errFormat
	}
	t := &Table{dim: dim, words: make([]string, 0, count), scales: make([]float32, count)}
	for line := range strings.Lines(rest[:list]) {
		t.words = append(t.words, strings.TrimSuffix(line, "\n"))
	}
	if len(t.words) != count || !slices.IsSorted(t.words) {
		return nil, errFormat
	}
	rest = rest[list:]
	for i := range t.scales {
		s := math.Float32frombits(uint32(u32(4 * i)))
		if s != s || s < 0 || s > 1e6 {
			return nil, errFormat
		}
		t.scales[i] = s
	}
	t.rows = rest[4*count:]
	return t, nil
}

// Dim is the length of a vector.
func (t *Table) Dim() int { return t.dim }

// Len is the number of words.
func (t *Table) Len() int { return len(t.words) }

// EmbedWord writes the vector of a folded word to dst, which has length Dim,
// and reports whether the table knows the word or a spelling of it.
func (t *Table) EmbedWord(dst []float32, word string) bool {
	i, ok := t.find(word)
	if !ok || len(dst) != t.dim {
		return false
	}
	s := t.scales[i]
	row := t.rows[i*t.dim : (i+1)*t.dim]
	for j := range dst {
		dst[j] = s * float32(int8(row[j]))
	}
	return true
}

// Embed writes the sum of the vectors of the text's words to dst, which has
// length Dim, and reports whether the table knows any of them.
func (t *Table) Embed(dst []float32, s string) bool {
	clear(dst)
	if len(dst) != t.dim {
		return false
	}
	s = text.Fold(s)
	known := false
	for _, tok := range text.Tokens(s) {
		if tok.Kind != text.Word {
			continue
		}
		i, ok := t.find(strings.TrimSuffix(s[tok.Start:tok.End], "'s"))
		if !ok {
			continue
		}
		known = true
		f, row := t.scales[i], t.rows[i*t.dim:(i+1)*t.dim]
		for j := range dst {
			dst[j] += float32(f * float32(int8(row[j])))
		}
	}
	return known
}

func (t *Table) find(word string) (int, bool) {
	if i, ok := slices.BinarySearch(t.words, word); ok {
		return i, true
	}
	for _, v := range spellings(word) {
		if i, ok := slices.BinarySearch(t.words, v); ok {
			return i, true
		}
	}
	return 0, false
}
