// SPDX-License-Identifier: Apache-2.0

// Package guidance writes what a collection says as documents that a working
// group wants to finish: HOW TO guides and what goes with them.
//
// A Guide is a tree of meaning: sections, claims with their support, steps,
// tables, figures, and slots for the group's own words. It can be built by hand
// and knows nothing of formats; renderers are plain structs.
//
//	guide, err := guidance.Build(collection, collection.Topics[0].ID, guidance.Config{})
//	err = render.HTML{}.Render(w, guide)
//
// Each sentence says where it comes from: derived from the collection, with
// support; general knowledge of the field; a question to the group; or the
// group's own. Where a topic's examples are too few to say something, a section
// tells what the topics near it say, then the whole collection, each marked so;
// where nobody says anything, it is left out. Build runs
// Check, which recomputes every claim's support from the collection by other
// code and refuses a claim that too few contributors support or that promises
// what examples cannot show.
//
// Beside the guide of a topic (Build) there are its brief on two pages (Brief),
// the guide of a method whatever the topic (ForMethod), the page that goes for all
// of them (About), and documents to copy and fill in (FromTemplate).
//
// Answers in slots survive: read them back from what people edited (the Answers
// of the renderers of Word, Markdown and JSON), merge them (MergeAnswers) and give them to the next Build, which keeps them and marks
// where the evidence beside them has changed.
//
// A contributor approves the exact text on its sign-off sheet (SignOff); what it
// answered is read back by ReadSignOff, which finds nothing where the text has
// changed since.
//
// What the library says is in layers of data, each of which a user may lay a
// table of their own over: messages by language, labels and phrases of the
// vocabulary, a jurisdiction's questions, and how people are called
// (Config.Terminology: service users, consumers or citizens instead of patients).
// The words of contributors, sources and the working group are none of them and
// stay as they are.
//
// It does not make examples into evidence: counts say how many contributors
// told of something, not how well it served them. Text of any origin is escaped
// by every renderer; a guide never carries markup.
//
// Promised stable: section and slot ids, and the JSON schema "guide/1". Not
// stable: the wording of generated sentences.
package guidance
