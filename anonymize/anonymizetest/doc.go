// SPDX-License-Identifier: Apache-2.0

// Package anonymizetest helps other people's test suites to show that no
// secret survives: NoLeak searches whatever a program put out, Mutations
// writes a name in the forms and places in which it might slip through, and
// TestRecognizer checks that a recogniser keeps its contract.
//
//	for _, m := range anonymizetest.Mutations("Zofia Przykladowa") {
//		out := myPipeline(m.Text)
//		anonymizetest.NoLeak(t, out, m.Secrets...)
//	}
//
// Failures name the mutation and the place, never the secret: a test log is
// read by more people than the data was meant for.
//
// The search folds what it reads (case, accents, width, zero-width characters,
// look-alikes, separators) by code of its own, apart from the recognisers', so
// that one mistake cannot hide in both. What it does not find: a description
// that identifies without a name, and a form that shares no letters with the
// secret.
//
// Promised stable: the exported names. Which disguises are tried and seen
// through will change, towards more; a suite that passes today may fail
// tomorrow, and should.
package anonymizetest
