// SPDX-License-Identifier: Apache-2.0

package verify_test

import (
	"context"
	"fmt"

	"github.com/sharedpractice/sharedpractice/anonymize/disclosure/verify"
)

func ExampleAttack() {
	hidden := verify.Range{Lo: 1, Hi: 4}
	found, err := verify.Attack(context.Background(), verify.Published{
		Cells: []verify.Range{hidden, hidden, {Lo: 50, Hi: 50}, {Lo: 52, Hi: 52}},
		Sums:  []verify.Sum{{Total: 3, Parts: []int{0, 1, 2}}},
	}, verify.Effort{})
	fmt.Println(found[0].Outer, found[0].Exact(), err)
	// Output: {1 1} true <nil>
}

func ExampleClasses() {
	broken, err := verify.Classes(verify.Rows{
		Quasi:    [][]string{{"North"}, {"North"}, {"South"}},
		Holdings: [][]string{{"a"}, {"b"}, {"c"}},
	}, verify.Promise{K: 2})
	fmt.Println(broken, err)
	// Output: [{k [2]}] <nil>
}
