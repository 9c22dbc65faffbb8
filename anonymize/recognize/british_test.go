// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize/recognize/internal/british"
	"github.com/sharedpractice/sharedpractice/model/text"
)

func britishSet(tb testing.TB, fills int, chosen func(template int) bool) []british.Passage {
	tb.Helper()
	ps, err := british.Passages("testdata/british", fills, chosen)
	require.NoError(tb, err)
	return ps
}

type tally struct{ right, all int }

func (t *tally) count(right bool) {
	t.all++
	if right {
		t.right++
	}
}

func (t *tally) rate() float64 { return float64(t.right) / float64(max(t.all, 1)) }

// judge counts entities masked whole and public terms left readable.
func judge(tb testing.TB, ps []british.Passage, strict bool, rs []Recognizer) (entities, terms tally, missed map[string]int, over tally) {
	tb.Helper()
	missed = map[string]int{}
	for _, p := range ps {
		d, err := NewDocument(p.Text)
		require.NoError(tb, err)
		fs, err := Detect(tb.Context(), []*Document{d}, rs, Options{Strict: strict})
		require.NoError(tb, err)
		masked := make([]bool, len(p.Text))
		for _, f := range fs[0] {
			for i := f.Start; i < f.End; i++ {
				masked[i] = true
			}
		}
		gold := make([]bool, len(p.Text))
		for k, s := range p.Secret {
			entities.all++
			ok := true
			for i := s.Start; i < s.End; i++ {
				gold[i] = true
				ok = ok && (masked[i] || !isWordByte(p.Text[i]))
			}
			if ok {
				entities.right++
			} else {
				missed[p.Kinds[k]]++
				if os.Getenv("SHAREDPRACTICE_SHOW") != "" {
					tb.Logf("template %d, %s: %s", p.Template, p.Kinds[k], p.Text[max(0, s.Start-20):min(len(p.Text), s.End+15)]) // made-up names
				}
			}
		}
		for _, s := range p.Stay {
			terms.all++
			ok := true
			for i := s.Start; i < s.End; i++ {
				ok = ok && !masked[i]
			}
			if ok {
				terms.right++
			} else if os.Getenv("SHAREDPRACTICE_SHOW") != "" {
				tb.Logf("template %d, term masked: %s", p.Template, p.Text[s.Start:s.End])
			}
		}
		for _, k := range text.Tokens(p.Text) {
			if k.Kind < text.Punct && masked[k.Start] {
				over.all++
				if gold[k.Start] {
					over.right++
				} else if os.Getenv("SHAREDPRACTICE_SHOW") == "over" {
					tb.Logf("over: %s", p.Text[max(0, k.Start-15):min(len(p.Text), k.End+15)])
				}
			}
		}
	}
	return entities, terms, missed, over
}

// TestBritishPassages holds the built-in recognisers to their figures on the
// templates that the tagger was not trained on.
func TestBritishPassages(t *testing.T) {
	ps := britishSet(t, 14, func(n int) bool { return n%2 == 0 })
	require.GreaterOrEqual(t, len(ps), 300)
	for _, row := range []struct {
		name          string
		strict        bool
		entity, terms float64
	}{
		{"balanced", false, 0.985, 0.95},
		{"strict", true, 0.998, 0.95},
	} {
		t.Run(row.name, func(t *testing.T) {
			entities, terms, missed, over := judge(t, ps, row.strict, builtin())
			t.Logf("%d passages: entity recall %.4f of %d, terms kept %.4f of %d, token precision %.3f, missed by kind %v", len(ps), entities.rate(), entities.all, terms.rate(), terms.all, over.rate(), missed)
			require.GreaterOrEqual(t, entities.rate(), row.entity)
			require.GreaterOrEqual(t, terms.rate(), row.terms)
		})
	}
}
