// SPDX-License-Identifier: Apache-2.0

package render_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/sharedpractice/sharedpractice/guidance/render"
	"github.com/sharedpractice/sharedpractice/model/modeltest"
)

// A small guide built by hand, with every kind of block, in every format.
func TestHandBuiltGuide(t *testing.T) {
	for _, ext := range []string{"md", "html", "json", "txt"} {
		modeltest.Golden(t, "hand/guide."+ext, rendered(t, renderers()[ext], hand()))
	}
	modeltest.Golden(t, "hand/fragment.html", rendered(t, render.HTML{Fragment: true, Level: 3, Prefix: "g1-"}, hand()))
	modeltest.Golden(t, "hand/level.md", rendered(t, render.Markdown{Level: 3}, hand()))
	parts := xmlParts(t, rendered(t, render.DOCX{}, hand()))
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		fmt.Fprintf(&b, "--- %s ---\n%s\n", name, strings.ReplaceAll(string(parts[name]), "><", ">\n<"))
	}
	modeltest.Golden(t, "hand/guide.docx.txt", []byte(b.String()))
}
