// SPDX-License-Identifier: Apache-2.0

package recode_test

import (
	"context"
	"fmt"
	"strings"

	"github.com/sharedpractice/sharedpractice/anonymize/disclosure/recode"
)

// All names and values are made up.

func ExampleSearch() {
	towns, _ := recode.ReadHierarchy(strings.NewReader("Ayton;North;*\nBeaford;North;*\nCeeham;South;*\nDeeley;South;*\n"), ';')
	table := &recode.Table{Quasi: []recode.Column{{Name: "town", Values: []string{"Ayton", "Beaford", "Ceeham", "Deeley"}}}}
	best, err := recode.Search(context.Background(), table, recode.SearchConfig{
		Hierarchies: []*recode.Hierarchy{towns}, Requirement: recode.Requirement{K: 2},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(best.Levels, best.Classes, best.Loss)
	// Output: [1] 2 4
}

func ExampleTopDown_perRecord() {
	// The last record's agreement asks for four; the first three need not
	// become coarser for it.
	towns, _ := recode.ReadHierarchy(strings.NewReader("Ayton;North;*\nBeaford;South;*\nCeeham;South;*\n"), ';')
	table := &recode.Table{
		Quasi: []recode.Column{{Name: "town", Values: []string{"Ayton", "Ayton", "Ayton", "Beaford", "Beaford", "Ceeham", "Ceeham"}}},
		K:     []int{2, 2, 2, 2, 2, 2, 4},
	}
	r, err := recode.TopDown(context.Background(), table, recode.Config{
		Hierarchies: []*recode.Hierarchy{towns}, Requirement: recode.Requirement{K: 2},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range r.Classes {
		fmt.Println(c.Labels, c.Holdings, c.K)
	}
	// Output:
	// [Ayton] 3 2
	// [South] 4 4
}
