package recognize

import (
	"bufio"
	"encoding/json"
	"os"
	"testing"
	"unicode/utf8"

	"github.com/sharedpractice/sharedpractice/model/text"
)

func TestZZDump(t *testing.T) {
	f, err := os.Open(os.Getenv("ZZIN"))
	if err != nil {
		t.Skip()
	}
	o, _ := os.Create(os.Getenv("ZZOUT"))
	defer o.Close()
	enc := json.NewEncoder(o)
	enc.SetEscapeHTML(false)
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<26)
	public := newTermSet(nil)
	for in.Scan() {
		var g struct{ ID, Text string }
		_ = json.Unmarshal(in.Bytes(), &g)
		d, err := NewDocument(g.Text)
		if err != nil {
			t.Fatal(err)
		}
		fs, _ := Detect(t.Context(), []*Document{d}, builtin(), Options{Strict: true})
		bs, _ := Detect(t.Context(), []*Document{d}, builtin(), Options{})
		x := denialOf(d, public, fs[0], "x", 0.3)
		y := denialOf(d, public, bs[0], "x", 0.3)
		type W struct {
			S, E         int
			W, R         string
			B, M         bool
			Fl, G, Lx    int
			Cap, Num, St bool
			Mg, Tg       int
			C            uint64
			N, P         bool
		}
		var ws []W
		for i := range d.words {
			w := &d.words[i]
			if w.kind >= text.Punct {
				continue
			}
			sp := d.view.Original(text.Span{Start: int(w.start), End: int(w.end)})
			r := ""
			if !x.covered[i] {
				r = string(x.strictReason(i))
				if n := public.match(d, i); n > 0 {
					r = "PUBLIC/" + r
				}
			} else {
				r = string(d.cleared(i))
			}
			ws = append(ws, W{utf8.RuneCountInString(g.Text[:sp.Start]), utf8.RuneCountInString(g.Text[:sp.End]), g.Text[sp.Start:sp.End], r, y.covered[i], x.covered[i], int(w.flags), w.lex.grade(), int(w.lex), w.shape&(shUpper1|shInner) != 0, w.shape&shDigit != 0, text.IsStopWord(d.str(i)), 0, 0, uint64(w.cls), d.spacedCapital(i + 1), d.capital(i-1) && w.gap == gapSpace})
		}
		_ = enc.Encode(map[string]any{"id": g.ID, "words": ws})
	}
}
