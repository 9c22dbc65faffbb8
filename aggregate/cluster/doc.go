// SPDX-License-Identifier: Apache-2.0

// Package cluster groups short texts by what they say, names the groups, and
// merges statements that say the same. It works on plain strings: challenges,
// objectives, steps, lessons in people's own words, from a handful to millions.
//
//	m, err := cluster.Fit(ctx, items, cluster.Config{Embedder: wordtable.Default(), Seeds: challenges})
//	if err != nil { ... }
//	for _, c := range m.Clusters() {
//		fmt.Println(c.Label, c.Size, c.Exemplars)
//	}
//
// # How it works
//
// Texts are put in an order of their own (a hash of their words), and those
// with the same words count as one. Each becomes a vector of two halves: latent
// semantic analysis of the texts themselves, and, with an Embedder, what the
// words mean anywhere. Under 12 distinct texts nothing is grouped but what fits
// a seed or is nearly the same, and the report says so. Otherwise an ensemble
// of 40 to 100 k-means runs under varied conditions votes on which texts belong
// together; the votes are cut into K groups (average link), K being the number
// of greatest modularity unless it is given; and a mixture of word counts
// (naive Bayes) and directions polishes the groups and places all other texts.
// Of more than 2,000 distinct texts the ensemble sees a sample of 2,000, the
// mixture 20,000; the rest is placed in one pass. Of 2,000 to 5,000 the votes
// are also taken with each text drawn towards those nearest to it, and what
// explains the texts better is kept.
//
// Seeds are concepts known beforehand. Texts that resemble a seed's phrases go
// to it; what fits none is grouped by itself, as proposed concepts for a person
// to accept. There is no group of outliers unless Config.Outliers asks for one.
//
// Labels are phrases that many texts of a group share and others do not, in the
// language of most of the group (texts of another are left out of it). Words of
// grammar, politeness, talk, bare verbs, adverbs, numbers and the names of
// persons and places are left out of them: by lists, and by how the texts write
// a word (capitals, what stands before and after). Grammar is known in 40
// languages; the rest best in English, German, French, Spanish, Italian, Dutch,
// Polish, Welsh and Portuguese. A name that no list has and no capital shows may
// pass, so give the package de-identified text.
//
// A fitted Model places further texts without moving old ones (Assign), is
// fitted again without losing IDs, labels and a person's corrections (Update,
// Edit), and is saved and loaded (Save, Load). Partial lets many machines
// collect and one fit.
//
// # What it does not protect against
//
// Texts, exemplars, exemplar choice, saved models and partials are the
// contributors' own words: nothing here anonymises. What limits labels and
// descriptions is Config.MinLabelSources: a phrase appears only if that many
// distinct sources used it (3 by default; items without a Source count as one).
// That is a rule on wording, not a proof of anonymity: give the package
// de-identified text. No error, and no printing of an Item, shows a text.
//
// Grouping is by topic, not by claim: "paid" and "unpaid" may share a cluster.
// MergeStatements, which joins claims, keeps contradictions apart by rules that
// know English negation, numbers and opposites, and no others. Short titles that
// share no words are grouped little better than by chance.
//
// # What is stable
//
// The same items, configuration and version give the same bytes, whatever the
// order of the items, Config.Workers, GOMAXPROCS and processor: sums are taken
// in fixed blocks, chance is drawn from the texts, and no fused arithmetic is
// used. Between minor versions groups and labels may change. Every exported
// function is safe for concurrent use. No goroutine is started unless
// Config.Workers is 2 or more, and none outlives its call.
package cluster
