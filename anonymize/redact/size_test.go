// SPDX-License-Identifier: Apache-2.0

package redact_test

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize/redact"
)

// megabytes is how large a text is asked for.
func megabytes(t *testing.T) int {
	s := os.Getenv("SHAREDPRACTICE_MEGABYTES")
	if s == "" {
		t.Skip("takes minutes; set SHAREDPRACTICE_MEGABYTES to the size of the text")
	}
	n, err := strconv.Atoi(s)
	require.NoError(t, err)
	return n << 20
}

// people writes made-up paragraphs in many registers, between which 20,000 names stand, until
// size bytes are read.
type people struct {
	random *rand.Rand
	texts  []string
	left   int
	next   string
}

func newPeople(tb testing.TB, size int) *people {
	return &people{random: rand.New(rand.NewPCG(1, 1)), texts: varied(tb), left: size}
}

// madeUp is the n-th of 20,000 names.
func madeUp(n int) string {
	const syllables = "ba ken dor mi lu ras tel vo wen zar qui phe gri os any ul tha ne sco bri"
	parts := strings.Fields(syllables)
	s := parts[n%20] + parts[n/20%20] + parts[n/400%20]
	return strings.ToUpper(s[:1]) + s[1:]
}

// Read implements io.Reader.
func (p *people) Read(b []byte) (int, error) {
	const names = 20_000
	if p.next == "" {
		if p.left <= 0 {
			return 0, io.EOF
		}
		n := p.random.IntN(names)
		p.next = fmt.Sprintf("Dr %s %s came again. %s\n\n", madeUp(n), madeUp(n*7+13), p.texts[p.random.IntN(len(p.texts))])
		p.left -= len(p.next)
	}
	n := copy(b, p.next)
	p.next = p.next[n:]
	return n, nil
}

// TestLargeText says how much memory a long text takes in one Redact, its own bytes included.
func TestLargeText(t *testing.T) {
	size := megabytes(t)
	for _, balanced := range []bool{true, false} {
		t.Run(fmt.Sprintf("balanced=%v", balanced), func(t *testing.T) {
			r, err := redact.New(redact.Config{Policy: preset(t, "anonymous"), Balanced: balanced})
			require.NoError(t, err)
			var s strings.Builder
			s.Grow(size + size/100)
			_, err = io.Copy(&s, newPeople(t, size))
			require.NoError(t, err)
			held := peak()
			start := time.Now()
			out, err := r.Redact(t.Context(), []redact.Passage{{Text: s.String()}})
			require.NoError(t, err)
			t.Logf("%d MB, %d decisions: %d MB of heap at most, %.0f s", s.Len()>>20, len(out[0].Decisions), held()>>20, time.Since(start).Seconds())
		})
	}
}

// TestLargeStream says how much memory a stream of 20,000 names takes, and its rate in each tenth.
func TestLargeStream(t *testing.T) {
	size := megabytes(t)
	r, err := redact.New(redact.Config{Policy: preset(t, "anonymous"), Balanced: true})
	require.NoError(t, err)
	held := peak()
	in := r.NewReader(t.Context(), newPeople(t, size))
	const parts = 10
	for n := 1; ; n++ {
		start := time.Now()
		read, err := io.CopyN(io.Discard, in, int64(size/parts))
		t.Logf("part %d: %.2f MB/s", n, float64(read)/1e6/time.Since(start).Seconds())
		if err != nil {
			require.ErrorIs(t, err, io.EOF)
			break
		}
	}
	t.Logf("%d MB: %d MB of heap at most", size>>20, held()>>20)
}

// peak watches the heap until what it returns is called, which gives its greatest size.
func peak() func() uint64 {
	done, most := make(chan struct{}), make(chan uint64)
	go func() {
		var m runtime.MemStats
		top := uint64(0)
		tick := time.NewTicker(50 * time.Millisecond)
		defer tick.Stop()
		for {
			runtime.ReadMemStats(&m)
			top = max(top, m.HeapInuse)
			select {
			case <-done:
				most <- top
				return
			case <-tick.C:
			}
		}
	}()
	return func() uint64 { close(done); return <-most }
}
