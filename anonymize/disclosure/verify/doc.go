// SPDX-License-Identifier: Apache-2.0

// Package verify checks what is about to be published from the publication
// alone. It shares no code with the makers in disclosure and recode: a fault
// there must not hide itself here.
//
// Classes recomputes k-anonymity over holdings, diversity and closeness from
// released rows:
//
//	broken, err := verify.Classes(verify.Rows{
//		Quasi:    [][]string{{"North"}, {"North"}, {"South"}},
//		Holdings: [][]string{{"a"}, {"b"}, {"c"}},
//	}, verify.Promise{K: 2})
//	// broken names the third record: it reads like nobody else.
//
// It does not protect against what a reader knows beyond the rows. Promised
// stable: what a promise means.
package verify
