// SPDX-License-Identifier: Apache-2.0

package render_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/internal/guidetest"
	"github.com/sharedpractice/sharedpractice/guidance/render"
	"github.com/sharedpractice/sharedpractice/model/modeltest"
)

func TestAPI(t *testing.T) { modeltest.API(t) }

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

func hand() *guidance.Guide { return guidetest.Guide() }
