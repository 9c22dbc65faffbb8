// SPDX-License-Identifier: Apache-2.0

package guidance_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/internal/guidetest"
	"github.com/sharedpractice/sharedpractice/guidance/render"
	"github.com/sharedpractice/sharedpractice/model/modeltest"
)

// What the tests of the renderers are written with too.
const topicID = guidetest.TopicID

func by(n, of int) aggregate.Support { return guidetest.By(n, of) }

func made() *aggregate.Collection { return guidetest.Collection() }

func hand() *guidance.Guide { return guidetest.Guide() }

func renderers() map[string]render.Renderer {
	return map[string]render.Renderer{
		"md": render.Markdown{}, "html": render.HTML{}, "json": render.JSON{}, "docx": render.DOCX{}, "txt": render.PlainText{},
	}
}

func rendered(t testing.TB, r render.Renderer, g *guidance.Guide) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, r.Render(&b, g))
	return b.Bytes()
}

// golden compares a document as Markdown with testdata/documents/NAME.md.
func golden(t testing.TB, name string, g *guidance.Guide, err error) {
	t.Helper()
	require.NoError(t, err)
	modeltest.Golden(t, "documents/"+name+".md", rendered(t, render.Markdown{}, g))
}

// text is all that a guide says, in one string.
func text(t testing.TB, g *guidance.Guide) string {
	t.Helper()
	return string(rendered(t, render.PlainText{Width: 100_000}, g))
}

// slotIDs are the ids of a guide's slots, in order.
func slotIDs(g *guidance.Guide) []string {
	var out []string
	for _, s := range g.Sections {
		for _, b := range s.Blocks {
			if b.Slot != nil {
				out = append(out, b.Slot.ID)
			}
			for _, step := range b.Steps {
				if step.Slot != nil {
					out = append(out, step.Slot.ID)
				}
			}
		}
	}
	return out
}

// entire is a guide together with what it rests on, as one.
func entire(c *aggregate.Collection, topic string, cfg guidance.Config) (*guidance.Guide, error) {
	g, e, err := guidance.WithEvidence(c, topic, cfg)
	if err != nil {
		return nil, err
	}
	for _, s := range e.Sections {
		if i := slices.IndexFunc(g.Sections, func(have guidance.Section) bool { return have.ID == s.ID }); i >= 0 {
			g.Sections[i] = s
		} else {
			g.Sections = append(g.Sections, s)
		}
	}
	return g, nil
}

// evidenceOf is what the guide of the topic rests on.
func evidenceOf(c *aggregate.Collection, cfg guidance.Config) (*guidance.Guide, error) {
	_, e, err := guidance.WithEvidence(c, topicID, cfg)
	return e, err
}
