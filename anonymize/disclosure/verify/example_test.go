// SPDX-License-Identifier: Apache-2.0

package verify_test

import (
	"fmt"

	"github.com/sharedpractice/sharedpractice/anonymize/disclosure/verify"
)

func ExampleClasses() {
	broken, err := verify.Classes(verify.Rows{
		Quasi:    [][]string{{"North"}, {"North"}, {"South"}},
		Holdings: [][]string{{"a"}, {"b"}, {"c"}},
	}, verify.Promise{K: 2})
	fmt.Println(broken, err)
	// Output: [{k [2]}] <nil>
}
