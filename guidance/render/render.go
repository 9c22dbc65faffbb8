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

	"github.com/sharedpractice/sharedpractice/guidance"
)

// Renderer writes a guide in one format. The same guide gives the same bytes.
type Renderer interface {
	Render(w io.Writer, g *guidance.Guide) error
}
