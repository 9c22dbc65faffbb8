// SPDX-License-Identifier: Apache-2.0

package render

import (
	"encoding/json"
	"io"

	"github.com/sharedpractice/sharedpractice/guidance"
)

// JSON renders a guide as indented JSON of schema "guide/1".
type JSON struct{}

// Render writes the guide.
func (JSON) Render(w io.Writer, g *guidance.Guide) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(g)
}
