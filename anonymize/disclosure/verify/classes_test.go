// SPDX-License-Identifier: Apache-2.0

package verify_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize/disclosure/verify"
)

func TestClasses(t *testing.T) {
	x, y := []string{"a", "b"}, []string{"a", ""}
	for _, tt := range []struct {
		name, reason string
		rows         verify.Rows
		promise      verify.Promise
		want         []string
	}{
		{"alike", "two that read alike", verify.Rows{Quasi: [][]string{x, x}}, verify.Promise{K: 2}, nil},
		{"missing", "a missing value is a category of its own, no wildcard", verify.Rows{Quasi: [][]string{x, x, y}}, verify.Promise{K: 2}, []string{"k"}},
		{"one holding", "a holding is counted once", verify.Rows{Quasi: [][]string{x, x, x}, Holdings: [][]string{{"h"}, {"h"}, {"g"}}}, verify.Promise{K: 3}, []string{"k"}},
		{"agency", "an agency for two clients is one", verify.Rows{Quasi: [][]string{x, x}, Holdings: [][]string{{"agency", "h"}, {"agency", "g"}}}, verify.Promise{K: 2}, []string{"k"}},
		{
			"agency and others", "two disjoint records are found though the first choice blocks them",
			verify.Rows{Quasi: [][]string{x, x, x}, Holdings: [][]string{{"a", "b"}, {"a", "c"}, {"b", "d"}}},
			verify.Promise{K: 2},
			nil,
		},
		{"own threshold", "the strictest record of a class decides", verify.Rows{Quasi: [][]string{x, x}, K: []int{0, 3}}, verify.Promise{K: 2}, []string{"k"}},
		{"distinct", "all alike", verify.Rows{Quasi: [][]string{x, x}, Sensitive: [][]string{{"s"}, {"s"}}}, verify.Promise{K: 2, Sensitive: []verify.Protection{{Distinct: 2}}}, []string{"distinct"}},
		{"missing is no value", "a missing value hides nobody among those whose value is known", verify.Rows{Quasi: [][]string{x, x, x}, Sensitive: [][]string{{"s"}, {"s"}, {""}}}, verify.Promise{K: 2, Sensitive: []verify.Protection{{Distinct: 2, Entropy: 1.5}}}, []string{"distinct", "entropy"}},
		{"nothing known", "what is missing in all gives nobody away", verify.Rows{Quasi: [][]string{x, x}, Sensitive: [][]string{{""}, {""}}}, verify.Promise{K: 2, Sensitive: []verify.Protection{{Distinct: 2}}}, nil},
		{"entropy", "3:1 has an entropy below ln 2", verify.Rows{Quasi: [][]string{x, x, x, x}, Sensitive: [][]string{{"s"}, {"s"}, {"s"}, {"r"}}}, verify.Promise{K: 2, Sensitive: []verify.Protection{{Distinct: 2, Entropy: 2}}}, []string{"entropy"}},
		{"close", "classes of one value each are half away", verify.Rows{Quasi: [][]string{x, y}, Sensitive: [][]string{{"s"}, {"r"}}}, verify.Promise{K: 1, Sensitive: []verify.Protection{{Close: true, T: 0.4}}}, []string{"closeness", "closeness"}},
		{"close enough", "and no further", verify.Rows{Quasi: [][]string{x, y}, Sensitive: [][]string{{"s"}, {"r"}}}, verify.Promise{K: 1, Sensitive: []verify.Protection{{Close: true, T: 0.5}}}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := verify.Classes(tt.rows, tt.promise)
			require.NoError(t, err)
			var rules []string
			for _, v := range got {
				rules = append(rules, v.Rule)
			}
			require.Equal(t, tt.want, rules, tt.reason)
		})
	}
}
