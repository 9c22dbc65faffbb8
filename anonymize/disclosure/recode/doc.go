// SPDX-License-Identifier: Apache-2.0

// Package recode makes a table coarser until nobody in it stands alone. It knows
// nothing of records or agreements: it works on columns of text.
//
// Records that read alike in all quasi-identifiers (what a reader may know from
// elsewhere) form a class. A class must hold at least k independent holdings,
// where k is the stricter of the Requirement and of the records in it. A
// Hierarchy says how values become coarser: towns to regions, years to decades.
//
//	towns, err := recode.NewHierarchy([][]string{{"Ayton", "North"}, {"Beaford", "North"}})
//	result, err := recode.Recode(ctx, table, recode.Config{
//		Hierarchies: []*recode.Hierarchy{towns}, Requirement: recode.Requirement{K: 5},
//	})
//	released := result.Table(table)
//
// Recode gives each class labels of its own (local recoding), top-down and, where
// the table is small enough, bottom-up as well. Search puts a whole column on one
// level and finds the least loss there is. measureRisk and measureUtility say what
// a result is worth, NewReport what another threshold would have cost.
//
// It does not protect against a reader who knows more of a record than its
// quasi-identifiers, nor against holdings that collude: ask for k + c where c of
// them may. No error and no verb shows a value of the data. Promised stable: what
// thresholds and levels mean. Not stable: which of equally good recodings is
// chosen.
package recode
