// SPDX-License-Identifier: Apache-2.0

package render_test

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/internal/guidetest"
	"github.com/sharedpractice/sharedpractice/guidance/render"
)

// asciiDoc is a format of one's own, in a page: it writes AsciiDoc. Text goes
// through plain, which leaves nothing in it that AsciiDoc reads as markup.
type asciiDoc struct{}

var _ render.Renderer = asciiDoc{}

func (asciiDoc) Render(w io.Writer, g *guidance.Guide) error {
	if err := g.Validate(); err != nil {
		return err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "= %s\n\n%s\n", plain(g.Front.Title), plain(g.Front.Lead))
	for _, s := range g.Sections {
		fmt.Fprintf(&b, "\n[#%s]\n== %s\n\n", s.ID, plain(s.Title))
		for _, block := range s.Blocks {
			writeBlock(&b, block)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func writeBlock(b *strings.Builder, block guidance.Block) {
	switch block.Kind {
	case guidance.Heading:
		fmt.Fprintf(b, "=== %s\n\n", plain(block.Title))
	case guidance.Paragraph, guidance.Note, guidance.List, guidance.Checklist:
		mark := map[guidance.BlockKind]string{guidance.Note: "NOTE: ", guidance.List: "* ", guidance.Checklist: "* [ ] "}[block.Kind]
		writeClaims(b, mark, block.Claims)
	case guidance.Steps:
		for _, step := range block.Steps {
			writeClaims(b, ". ", []guidance.Claim{step.Claim})
			for _, m := range step.Meta() {
				fmt.Fprintf(b, "** %s\n", plain(m))
			}
		}
		b.WriteString("\n")
	case guidance.TableOf:
		fmt.Fprintf(b, ".%s\n|===\n", plain(block.Table.Caption))
		for _, row := range append([][]string{block.Table.Header}, block.Table.Rows...) {
			for _, cell := range row {
				fmt.Fprintf(b, "|%s ", plain(cell))
			}
			b.WriteString("\n")
		}
		b.WriteString("|===\n\n")
	case guidance.FigureOf:
		fmt.Fprintf(b, "%s\n\n", plain(block.Figure.Alt))
	case guidance.SlotOf:
		fmt.Fprintf(b, "%s:: %s\n\n", plain(block.Slot.Question), plain(block.Slot.Answer))
	case guidance.Examples:
		for _, x := range block.Examples {
			fmt.Fprintf(b, "*%s*\n\n%s\n\n", plain(x.Title), plain(strings.Join(x.Lines(), " ")))
		}
	case guidance.Verbatim:
		fmt.Fprintf(b, "%s\n\n", plain(block.Text))
	}
}

func writeClaims(b *strings.Builder, mark string, claims []guidance.Claim) {
	for _, c := range claims {
		seen := ""
		if c.Seen != "" {
			seen = " _(" + plain(c.Seen) + ")_"
		}
		fmt.Fprintf(b, "%s%s%s\n", mark, plain(c.Text), seen)
		if len(c.Details) > 0 {
			writeClaims(b, "** ", c.Details)
		}
	}
	b.WriteString("\n")
}

// plain passes a text through AsciiDoc as it is.
func plain(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if s == "" {
		return ""
	}
	return "pass:c[" + strings.ReplaceAll(s, "]", `\]`) + "]"
}

func ExampleRenderer() {
	g := guidetest.Guide()
	g.Sections = g.Sections[:1]
	g.Sections[0].Blocks = g.Sections[0].Blocks[:4]
	if err := (asciiDoc{}).Render(os.Stdout, g); err != nil {
		fmt.Println(err)
	}
	// Output:
	// = pass:c[How to try everything]
	//
	// pass:c[A made-up guide.]
	//
	// [#first]
	// == pass:c[First]
	//
	// pass:c[Some did this.] _(pass:c[seen in 7 of 9 examples])_
	//
	// NOTE: pass:c[Read with care.]
	//
	// * pass:c[One]
	// ** pass:c[of which this]
	//
	// * pass:c[Two]
	//
	// * [ ] pass:c[Is it done?]
}
