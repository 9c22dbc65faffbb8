// SPDX-License-Identifier: Apache-2.0

package render_test

import (
	"html/template"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/render"
)

// reference says by html/template what is written by hand.
const reference = `{{define "said"}}<span class="{{.Source}}">{{$to := href .Document}}{{if $to}}<a href="{{$to}}">{{.Text}}</a>{{else}}{{.Text}}{{end}}</span>{{with .Changed}} <span class="changed">{{.}}</span>{{end}}{{end -}}
{{define "seen"}}{{with .Seen}}{{with share $}}<span class="dots" aria-hidden="true">{{.}}</span> {{end}}{{.}}{{end}}{{end -}}
{{define "sentence"}}{{template "said" .}}{{if .Seen}} <span class="seen">({{template "seen" .}})</span>{{end}}{{end -}}
{{define "details"}}{{if .}}<ul>{{range .}}<li>{{template "sentence" .}}{{template "details" .Details}}</li>{{end}}</ul>{{end}}{{end -}}
{{define "slot"}}<div class="slot" data-slot="{{.ID}}">{{$own := fill .}}{{if $own}}{{$own}}{{else}}<p class="question">{{.Question}}</p>{{with .Why}}<p class="why">{{.}}</p>{{end}}{{if and .Options (not .Answer)}}<p class="why">{{options .Options}}</p>{{end}}<div class="answer">{{.Answer}}</div>{{end}}{{with .Outdated}}<p class="changed">{{.}}</p>{{end}}</div>{{end -}}
{{define "block"}}{{$k := kind .}}
{{- if eq $k "paragraph"}}{{range .Claims}}<p>{{template "sentence" .}}</p>{{template "details" .Details}}
{{end}}{{else if eq $k "note"}}<aside class="note">{{range .Claims}}<p>{{template "sentence" .}}</p>{{end}}</aside>
{{else if eq $k "list"}}<ul>{{range .Claims}}<li>{{template "sentence" .}}{{template "details" .Details}}</li>
{{end}}</ul>
{{else if eq $k "checklist"}}<ul class="check">{{range .Claims}}<li>{{template "sentence" .}}</li>
{{end}}</ul>
{{else if eq $k "steps"}}{{with .Title}}<p class="phase">{{.}}</p>
{{end}}<ol class="steps"{{if gt .Start 1}} start="{{.Start}}"{{end}}>{{range .Steps}}<li><p class="do">{{template "said" .Claim}}</p>
{{if .Seen}}<p class="seen">{{template "seen" .Claim}}</p>
{{end}}{{with .Meta}}<ul class="meta">{{range $m := .}}<li>{{$m}}</li>{{end}}</ul>{{end}}{{template "details" .Details}}{{with .Fork}}<p class="fork">{{.}}</p>{{end}}{{with .Slot}}{{template "slot" .}}{{end}}</li>
{{end}}</ol>
{{else if eq $k "table"}}{{with .Table}}<div class="wide" role="group" aria-label="{{.Caption}}" tabindex="0"><table><caption>{{.Caption}}</caption><thead><tr>{{range .Header}}<th scope="col">{{.}}</th>{{end}}</tr></thead><tbody>{{range $r := .Rows}}<tr>{{range $i, $c := $r}}{{if eq $i 0}}<th scope="row">{{$c}}</th>{{else}}<td>{{$c}}</td>{{end}}{{end}}</tr>{{end}}</tbody></table></div>{{with .Note}}<p class="general">{{.}}</p>{{end}}{{end}}
{{else if eq $k "slot"}}{{template "slot" .Slot}}
{{else if eq $k "verbatim"}}<pre>{{.Text}}</pre>
{{end}}{{end -}}
{{template "block" .}}`

// Whatever stands in a block, and whatever addresses and fields a host gives, comes out
// as html/template would write it: escaped, with no way out of where it stands.
func TestBlocksAreEscapedAsByTemplates(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	bits := []string{
		"", "plain words", "<script>alert(1)</script>", `"`, "'", "&amp;", "&", "+", "a+b=c", "\x00", "é", "日本", "`", "</span>", "\u2028", "javascript:alert(1)",
		"//host/x?y=1&z=2#a", "../doc/3", "http://x.example/a b", "data:text/html,x", "#row-1", "%41", "(x)", " ", "\n", "{{.}}", "=", "on\"x", "\xff", "https:x",
	}
	word := func() string {
		var b strings.Builder
		for range r.IntN(4) {
			b.WriteString(bits[r.IntN(len(bits))])
		}
		return b.String()
	}
	var claim func(depth int) guidance.Claim
	claim = func(depth int) guidance.Claim {
		c := guidance.Claim{Text: word(), Source: guidance.Source(word()), Seen: word(), Changed: word(), Document: word()}
		if r.IntN(2) == 0 {
			c.Support = &aggregate.Support{Examples: r.IntN(9), Of: r.IntN(9)}
		}
		for range r.IntN(3 - depth) {
			c.Details = append(c.Details, claim(depth+1))
		}
		return c
	}
	slot := func() *guidance.Slot {
		s := &guidance.Slot{ID: word(), Question: word(), Why: word(), Answer: word(), Outdated: word()}
		for range r.IntN(3) {
			s.Options = append(s.Options, word())
		}
		return s
	}
	kinds := []guidance.BlockKind{guidance.Paragraph, guidance.Note, guidance.List, guidance.Checklist, guidance.Steps, guidance.TableOf, guidance.SlotOf, guidance.Verbatim}
	for n := range 400 {
		h := render.HTML{Prefix: word(), Address: func(d string) string { return d }}
		if n%3 == 0 {
			h.Slot = func(w io.Writer, s *guidance.Slot) error {
				_, err := io.WriteString(w, template.HTMLEscapeString(s.Answer))
				return err
			}
		}
		x := guidance.Block{
			Kind: kinds[n%len(kinds)], Title: word(), Start: r.IntN(3), Slot: slot(), Text: word(), Claims: []guidance.Claim{claim(0), claim(0)},
			Table: &guidance.Table{Caption: word(), Header: []string{word(), word()}, Note: word(), Rows: [][]string{{word(), word()}, {word()}, {}}},
			Steps: []guidance.Step{{Claim: claim(0), Stage: word(), Who: word(), When: word(), Fork: word(), Slot: slot()}, {Claim: claim(1)}},
		}
		var want strings.Builder
		require.NoError(t, template.Must(template.New("").Funcs(render.Reference(h)).Parse(reference)).Execute(&want, x))
		got, err := render.WriteBlock(h, &x)
		require.NoError(t, err)
		require.Equal(t, want.String(), string(got), x.Kind)
	}
}
