// SPDX-License-Identifier: Apache-2.0

package returned

import (
	"reflect"
	"slices"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/model"
)

// Standings are where a record stands, those first that somebody must answer for.
func Standings() []string { return []string{"waits", "open", "counted"} }

// Standing says how far the sign-off of a record has come: "waits" for a yes, "open" to one, or
// "counted" only.
func Standing(x anonymize.Result) string {
	nothing := func(c anonymize.Content) bool { return reflect.ValueOf(c).IsZero() }
	switch {
	case nothing(x.Record.Proposed()):
		return "counted"
	case slices.ContainsFunc(x.Log.Reasons, func(r model.Reason) bool { return r.Code == anonymize.ReasonApproval }):
		return "waits"
	}
	return "open"
}
