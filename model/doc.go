// SPDX-License-Identifier: Apache-2.0

// Package model says what an example of patient engagement is and what its
// contributors allow to be told of it, and reads and writes both.
//
// An [Example] is one account: what stood in the way, what was done, what came
// of it, good or bad, and what its contributor would tell others. A [Party] has
// rights in it and belongs to a holding, the unit that is counted. An
// [Agreement] is what one party allows; [Resolve] brings several to the most
// closed [Terms] at a moment. Nothing is allowed by default: the zero value of
// every level, audience and agreement is the closed one, and whatever is
// missing, unknown or out of date withholds the example.
//
//	reader := model.Reader{Known: known} // known: which codes the vocabulary has
//	for e, err := range reader.JSONLines(file) {
//		if err != nil {
//			return err // line, path and rule; never what was written there
//		}
//		terms, err := model.Resolve(&e, now)
//		...
//	}
//
// Examples travel as JSON Lines ([Reader.JSONLines], [WriteJSONLines]), as single
// JSON objects ([DecodeJSON], [EncodeJSON]) and as CSV in the shape of a survey
// export ([Reader.CSV], [WriteCSV]), whose columns are the questions of [Form].
// CSV holds what the form asks: one agreement, the contributor's. Where other
// parties have agreed too, use JSON Lines. Readers stream: they hold one example,
// and the ids, references and names of those before it. [Schema] says the same
// as JSON Schema. [Example.Validate] lists what is wrong, [Example.Warnings] what
// a person should look at, and [Example.Completeness] how much is told.
//
// # Limits
//
// One text has at most 64 KiB bytes, one of a single line
// 1 KiB, a list [maxList] entries, an example [MaxExampleBytes].
//
// # What this does and does not protect
//
// Types that hold what people wrote ([Raw], [Text] and every struct with them)
// print as their size or name under every fmt verb and slog handler, and errors
// name a place and a rule. Converting a Raw to string, encoding/json and
// reflection show the text: that is how it is read. Codes and references are not
// hidden, so do not take a reference from a name, and give Reader.Known: without
// it any word in the form of a code passes as one. An Example is raw throughout;
// pass it to package anonymize, nowhere else. Validation tells nothing of whether
// an account is true, or whether whoever signed an agreement was entitled to.
//
// # Stability
//
// Field names in JSON, column headers and question ids of the form, the names of
// levels, audiences, uses and reason codes are stable. The wording of rules,
// warnings, labels and help is not: compare paths and types, not texts. What is
// refused may grow.
package model
