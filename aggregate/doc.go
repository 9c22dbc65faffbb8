// SPDX-License-Identifier: Apache-2.0

// Package aggregate brings sealed records together: topics by challenge and
// objective, statements with the support that they have, counts.
//
// Contributors are counted, not examples: the unit is the holding, and records
// that share one count once (Independent). A statement, a count or a wording is
// in a Collection only if at least K independent contributors support it, and
// as many as the strictest agreement among them asks for.
//
//	collection, err := aggregate.Build(ctx, records, aggregate.Config{})
//	for _, topic := range collection.Topics {
//		fmt.Println(topic.ID, topic.Support.Examples, "of", topic.Support.Of)
//	}
//
// The default is the public: five contributors. Members may be shown what three
// support; less is an error. Only codes that a person accepted make topics;
// what texts mention is counted as mentions, never as codes.
//
// What is told of a topic, of the topics near it (TopicGroup) and of the whole
// collection is nested: a wider count is left out where, less the narrower ones
// beside it, it would show too few contributors. A count whose rest is one to K-1 is told
// as almost all. Beside counts of all, or an earlier edition's, that tells that one to K-1
// said something else, or nothing; not how many these are, nor who.
//
// What it does not protect against: contributors who put together what each of
// them knows of its own (ask for a higher K where they may), and readers who
// compare editions, for which Config.Admit asks a ledger (package disclosure).
// A statement's absence says nothing about anybody: an example that does not
// mention something may still have done it.
//
// Promised stable: what support means, and the ids of topics and statements as
// long as their codes are. Not stable: which wordings are found.
package aggregate
