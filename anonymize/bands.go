// SPDX-License-Identifier: Apache-2.0

package anonymize

import (
	"strings"

	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/text"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// sizeBand is the band of a number of people; told is used where there is none.
func sizeBand(n int, told model.Code) model.Code {
	if n <= 0 {
		return told
	}
	for c := range vocabulary.Default().Scheme("people-size").Concepts() {
		if low, high, ok := c.Bounds(); ok && int64(n) >= low && (int64(n) <= high || high == 0) {
			return model.Code(c.ID())
		}
	}
	return told
}

// region is the region or nation of a context: its region if that is the label
// of one, else its jurisdiction. A place that is no region tells nothing.
func region(c model.Context) model.Code {
	scheme := vocabulary.Default().Scheme("region")
	written := text.Fold(strings.TrimSpace(string(c.Region)))
	var nation model.Code
	for k := range scheme.Concepts() {
		if written != "" {
			for _, label := range append(k.AltLabels(vocabulary.DefaultLang), k.PrefLabel(vocabulary.DefaultLang), k.ID()) {
				if text.Fold(label) == written {
					return model.Code(k.ID())
				}
			}
		}
		if iso := k.Notation("iso3166"); iso != "" && strings.EqualFold(iso, c.Jurisdiction) {
			nation = model.Code(k.ID())
		}
	}
	return nation
}
