// SPDX-License-Identifier: Apache-2.0

// Package verify checks what is about to be published from the publication
// alone, and attacks it as a reader would. It shares no code with the makers
// in disclosure: a fault there must not hide itself here.
//
// Classes recomputes k-anonymity over holdings, diversity and closeness from
// released rows. Attack takes published tables as a system of sums and works
// out what can be known of every cell, hidden and rounded ones included:
//
//	found, err := verify.Attack(ctx, verify.Published{
//		Cells: []verify.Range{{Lo: 1, Hi: 4}, {Lo: 1, Hi: 4}, {Lo: 50, Hi: 50}, {Lo: 52, Hi: 52}},
//		Sums:  []verify.Sum{{Total: 3, Parts: []int{0, 1, 2}}},
//	}, verify.Effort{})
//	// found[0].Outer is {1, 1}: the hidden cell is known.
//
// It does not protect against what a reader knows beyond the publication and
// the ranges handed in, and says nothing about probabilities: a range says
// what is possible. Promised stable: the meaning of Outer and Inner.
package verify
