// SPDX-License-Identifier: Apache-2.0

package redact

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/transform"

	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/model/text"
)

const (
	// streamBlock is how many bytes of a stream are read before a block of whole
	// paragraphs is redacted; it bounds the memory of a stream.
	streamBlock = 64 << 10
	// streamNames is the greatest number of names that a stream remembers.
	streamNames = 50_000
)

// errStream says that a stream cannot be redacted in bounded memory: it holds 64
// KiB without a blank outside what is cut, where it could be divided with no
// name across the border, or more than 50,000 names to remember. Test with errors.Is.
var errStream = errors.New("redact: stream cannot be redacted in bounded memory")

// Transformer is a Redactor for streams, as a golang.org/x/text/transform.Transformer.
//
// It works in blocks: the longest run of whole paragraphs in each 64 KiB, else of
// lines that end a sentence. Where there is neither, the 64 KiB are redacted
// and all but the last quarter is let go, up to a blank that no cut covers; the
// rest is read again with what follows. So a name across the border of two reads,
// or of two blocks, is found, and what comes out does not depend on the size of
// the reads.
// A text of one block is redacted as by Redact. In a longer one, a name found in
// a block is masked in all later ones; what only a later block shows to be a
// name stays in the blocks before it, which are gone: Redact is the stronger
// where the text fits into memory. Relative dates count from the first block.
//
// On an error nothing of the block at hand is written. Not safe for concurrent use.
type Transformer struct { //nolint:recvcheck // a copy must not print either
	ctx      context.Context //nolint:containedctx // transform.Transformer has no context
	redactor *Redactor
	state    *run
	known    known
	in       []byte
	out      []byte
	err      error
}

var _ transform.Transformer = (*Transformer)(nil)

// NewTransformer returns a transformer for one stream; ctx ends it.
func (r *Redactor) NewTransformer(ctx context.Context) *Transformer {
	t := &Transformer{ctx: ctx, redactor: r}
	t.Reset()
	return t
}

// NewReader returns a reader of what src holds, redacted.
func (r *Redactor) NewReader(ctx context.Context, src io.Reader) io.Reader {
	return transform.NewReader(src, r.NewTransformer(ctx))
}

// NewWriter returns a writer that redacts into dst. Close writes the last block;
// it does not close dst.
func (r *Redactor) NewWriter(ctx context.Context, dst io.Writer) io.WriteCloser {
	return transform.NewWriter(dst, r.NewTransformer(ctx))
}

// Format implements fmt.Formatter: a transformer holds text, and prints none.
func (t Transformer) Format(f fmt.State, _ rune) { fmt.Fprint(f, "[redacting transformer]") }

// Reset implements transform.Transformer: names and numbers are forgotten.
func (t *Transformer) Reset() {
	if t.redactor == nil {
		t.err = errZero
		return
	}
	t.state = newRun(newPseudonyms(t.redactor.collection, t.redactor.key, nil))
	t.known = known{seen: map[uint64]bool{}}
	t.in, t.out, t.err = t.in[:0], t.out[:0], nil
}

// Transform implements transform.Transformer.
func (t *Transformer) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	for {
		n := copy(dst[nDst:], t.out)
		t.out = t.out[n:]
		nDst += n
		switch {
		case len(t.out) > 0:
			return nDst, nSrc, transform.ErrShortDst
		case t.err != nil:
			return nDst, nSrc, t.err
		}
		// Take no more than a block, so that memory stays bounded, and one byte, which
		// tells whether the block is the last.
		take := min(len(src)-nSrc, streamBlock+1-len(t.in))
		t.in = append(t.in, src[nSrc:nSrc+take]...)
		nSrc += take
		more := len(t.in) > streamBlock
		if len(t.in) == 0 || (!more && !(atEOF && nSrc == len(src))) {
			return nDst, nSrc, nil
		}
		if t.err = t.block(!more); t.err != nil {
			t.out = t.out[:0]
		}
	}
}

// blockEnd is the end of the last whole paragraph in b, else of the last line
// that ends a sentence; 0 if there is none.
func blockEnd(b []byte) int {
	for _, paragraph := range []string{"\n\n", "\n\r\n"} {
		if i := bytes.LastIndex(b, []byte(paragraph)); i > 0 {
			return i + len(paragraph)
		}
	}
	return lastLineEnd(b)
}

// lastLineEnd is the end of the last line that the next does not continue: a
// name may be broken over two lines of a wrapped paragraph.
func lastLineEnd(b []byte) int {
	for i := len(b) - 2; i > 0; i-- {
		if b[i] == '\n' && endsSentence(b, i) {
			return i + 1
		}
	}
	return 0
}

// endsSentence reports that a sentence ends before position i, at which a mark or
// a line end stands: a word of three lower-case letters or more, not an initial
// or a title.
func endsSentence(b []byte, i int) bool {
	if b[i] == '\n' {
		for i > 0 && (b[i] == '\n' || b[i] == '\r' || b[i] == ' ') {
			i--
		}
		if b[i] != '.' && b[i] != '!' && b[i] != '?' {
			return false
		}
	}
	letters := 0
	for i > 0 {
		r, n := utf8.DecodeLastRune(b[:i])
		if !unicode.IsLower(r) {
			break
		}
		letters++
		i -= n
	}
	return letters >= 3
}

// block redacts the next block of what was read and keeps its names for those
// that follow.
func (t *Transformer) block(last bool) error {
	if t.redactor == nil {
		return errZero
	}
	if err := t.ctx.Err(); err != nil {
		return err
	}
	end, whole := min(len(t.in), streamBlock), last
	if !last {
		if i := blockEnd(t.in[:end]); i > 0 {
			end, whole = i, true
		} else {
			end -= partialRune(t.in[:end])
		}
	}
	s := string(t.in[:end])
	var found []recognize.Finding
	results, err := t.redactor.redact(t.ctx, []Passage{{Text: s}}, t.state, t.known.recognizers(), &found)
	if err != nil {
		return err
	}
	out := results[0].Text
	if !whole {
		var to int
		if end, to = border(s, results[0].Decisions); end == 0 {
			return fmt.Errorf("%w: no border between words", errStream)
		}
		out = out[:to]
	}
	if err := t.remember(s, found); err != nil {
		return err
	}
	t.state.midstream = !whole
	t.out = append(t.out[:0], out...)
	t.in = append(t.in[:0], t.in[end:]...)
	return nil
}

// partialRune is the number of bytes at the end of b that begin a character
// without ending it.
func partialRune(b []byte) int {
	for n := 1; n < utf8.UTFMax && n <= len(b); n++ {
		if tail := b[len(b)-n:]; utf8.RuneStart(tail[0]) {
			if utf8.FullRune(tail) {
				return 0
			}
			return n
		}
	}
	return 0
}

// border is the last blank of the first three quarters of a block that no cut
// covers, in the block and in what it became; 0 if there is none.
func border(s string, decisions []Decision) (in, out int) {
	d := len(decisions) - 1
	for i := len(s) * 3 / 4; i > 0; i-- {
		for d >= 0 && decisions[d].Start >= i {
			d--
		}
		covered := d >= 0 && decisions[d].Operator != Keep && decisions[d].End > i-1
		if !covered && (s[i-1] == ' ' || s[i-1] == '\n') {
			if d < 0 {
				return i, i
			}
			// Between cuts, the texts run in step.
			for k := d; k >= 0; k-- {
				if decisions[k].Operator != Keep {
					return i, decisions[k].OutputEnd + i - decisions[k].End
				}
			}
			return i, i
		}
	}
	return 0, 0
}

// remember takes the names found in a block to those that later blocks look for.
func (t *Transformer) remember(s string, found []recognize.Finding) error {
	var fresh []recognize.Declared
	for _, f := range found {
		switch f.Kind {
		case recognize.Person, recognize.Org, recognize.Brand:
		default:
			continue
		}
		if name := s[f.Start:f.End]; f.Score >= rememberedScore && strings.ContainsFunc(name, letterOrDigit) && t.known.isNew(string(f.Kind)+text.Fold(name)) {
			fresh = append(fresh, recognize.Declared{Kind: f.Kind, Name: name})
		}
	}
	if len(t.known.seen) > streamNames {
		return fmt.Errorf("%w: too many names", errStream)
	}
	return t.known.add(fresh)
}

// rememberedScore is the least score of a name that later blocks look for: what
// default deny masks on suspicion says nothing about later text.
const rememberedScore = 0.5

// known is a dictionary that grows: dictionaries of which each is at least twice
// as large as the next, so that a name is compiled again only when the dictionary
// it is in has doubled.
type known struct {
	seen  map[uint64]bool // hashes of kinds and names
	parts []knownPart
}

type knownPart struct {
	names      []recognize.Declared
	dictionary *recognize.Dictionary
}

// isNew notes a name and reports whether it is new.
func (k *known) isNew(key string) bool {
	h := fnv.New64a()
	_, _ = io.WriteString(h, key)
	sum := h.Sum64()
	if k.seen[sum] {
		return false
	}
	k.seen[sum] = true
	return true
}

func (k *known) recognizers() []recognize.Recognizer {
	out := make([]recognize.Recognizer, len(k.parts))
	for i, p := range k.parts {
		out[i] = p.dictionary
	}
	return out
}

// add takes names in. A name that the dictionary does not take, such as "and", is
// nothing that later blocks could look for.
func (k *known) add(names []recognize.Declared) error {
	names = slices.DeleteFunc(names, func(d recognize.Declared) bool {
		_, err := recognize.NewMentions([]recognize.Declared{d})
		return errors.Is(err, recognize.ErrEmptyName)
	})
	if len(names) == 0 {
		return nil
	}
	for n := len(k.parts); n > 0 && len(k.parts[n-1].names) < 2*len(names); n-- {
		names = append(k.parts[n-1].names, names...)
		k.parts = k.parts[:n-1]
	}
	d, err := recognize.NewMentions(names)
	if err != nil {
		return fmt.Errorf("redact: names of a stream: %w", err)
	}
	k.parts = append(k.parts, knownPart{names, d})
	return nil
}
