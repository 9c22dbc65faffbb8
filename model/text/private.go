// SPDX-License-Identifier: Apache-2.0

package text

import (
	"fmt"
	"log/slog"
)

// Format prints the length of the source, never its text, whatever the verb.
func (v *View) Format(f fmt.State, _ rune) {
	if v == nil {
		_, _ = fmt.Fprint(f, "[no view]")
		return
	}
	_, _ = fmt.Fprintf(f, "[view of %d bytes]", len(v.source))
}

// LogValue logs the length of the source, never its text.
func (v *View) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(v)) }
