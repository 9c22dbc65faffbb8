// SPDX-License-Identifier: Apache-2.0

package render

import (
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/internal/words"
)

// labelled are the facts of an example; one that was built by hand without any
// tells its fields, without labels.
func labelled(x guidance.Example, locale string) []string {
	var out []string
	for _, f := range x.Facts {
		out = append(out, f.Label+words.Colon(locale)+" "+f.Value)
	}
	if len(x.Facts) > 0 {
		return out
	}
	if len(x.About) > 0 {
		out = append(out, words.Semicolons(locale, x.About))
	}
	out = append(out, x.Acknowledgements...)
	for _, s := range x.Sources {
		out = append(out, words.SourceLine(s.Title, s.Publisher, s.Year, s.URL, s.Attribution, s.Licence))
	}
	return out
}
