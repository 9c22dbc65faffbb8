// SPDX-License-Identifier: Apache-2.0

package render

import (
	"html/template"
	"strings"

	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/internal/words"
)

// What only the tests of this package reach from outside.
var (
	ErrTheme = errTheme
)

// WriteBlock is what a page has for a block.
func WriteBlock(h HTML, x *guidance.Block) (template.HTML, error) { return h.blocks().write(x) }

// Reference are the functions that a template needs to write it itself.
func Reference(h HTML) template.FuncMap {
	c := h.blocks()
	return template.FuncMap{
		"kind":    func(k guidance.Block) string { return string(k.Kind) },
		"share":   dots,
		"href":    c.href,
		"options": words.OptionsLine,
		"fill": func(s *guidance.Slot) (template.HTML, error) {
			if h.Slot == nil {
				return "", nil
			}
			var b strings.Builder
			err := h.Slot(&b, s)
			return template.HTML(b.String()), err
		},
	}
}
