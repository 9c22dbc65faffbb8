// SPDX-License-Identifier: Apache-2.0

// Package render writes guides in formats, and reads back from them what people
// filled in.
//
// Each renderer is a plain struct whose zero value is ready:
//
//	err := render.HTML{}.Render(w, guide)
//	answers, err := render.DOCX{}.Answers(file, size)
//
// Text of any origin is escaped by every renderer: a guide never carries markup.
// A format of your own is a type with one method, see Renderer, or a template,
// see Template.
package render

import (
	"io"
	"strings"

	"github.com/sharedpractice/sharedpractice/guidance"
)

// Renderer writes a guide in one format. The same guide gives the same bytes.
type Renderer interface {
	Render(w io.Writer, g *guidance.Guide) error
}

// anchor is an id as a format may write it, whatever its markup: letters and digits, at
// most as many as the name of a bookmark has.
func anchor(id string) string {
	const most = 38
	var b strings.Builder
	for _, r := range id {
		if b.Len() < most && ('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9') {
			b.WriteRune(r)
		}
	}
	return b.String()
}
