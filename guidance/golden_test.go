// SPDX-License-Identifier: Apache-2.0

package guidance_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/model/modeltest"
)

// A small guide built by hand, with every kind of block, in every format.
func TestHandBuiltGuide(t *testing.T) {
	for _, ext := range []string{"md", "html", "json", "txt"} {
		modeltest.Golden(t, "hand/guide."+ext, render(t, renderers()[ext], hand()))
	}
	modeltest.Golden(t, "hand/fragment.html", render(t, guidance.HTML{Fragment: true, Level: 3, Prefix: "g1-"}, hand()))
	modeltest.Golden(t, "hand/level.md", render(t, guidance.Markdown{Level: 3}, hand()))
	parts := xmlParts(t, render(t, guidance.DOCX{}, hand()))
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		fmt.Fprintf(&b, "--- %s ---\n%s\n", name, strings.ReplaceAll(string(parts[name]), "><", ">\n<"))
	}
	modeltest.Golden(t, "hand/guide.docx.txt", []byte(b.String()))
}
