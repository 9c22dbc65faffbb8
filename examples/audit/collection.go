// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/anonymize/disclosure"
)

// collectionName is what a certificate calls the collection.
const collectionName = "collection.json"

// vouchedFor checks that everything a collection counts under the names of
// aggregate.Evidence has a promise of its own in the certificate, for no more
// contributors than the collection says, and returns how many there are.
func vouchedFor(c *disclosure.Certificate, body []byte) (n int, err error) {
	var collection aggregate.Collection
	if json.Unmarshal(body, &collection) != nil || collection.Schema != aggregate.Schema {
		return 0, fmt.Errorf("%w: the collection cannot be read", disclosure.ErrProof)
	}
	promised := map[string]int{}
	for _, p := range c.Promises {
		if p.Rule == disclosure.RuleItemHoldings {
			promised[p.Item] = p.Bucket
		}
	}
	check := func(key string, s aggregate.Support) {
		n++
		if least := promised[key]; (least == 0 || least > s.Contributors) && err == nil {
			err = fmt.Errorf("%w: the collection counts what the certificate does not vouch for", disclosure.ErrProof)
		}
	}
	statements := func(where string, all []aggregate.Statement) {
		for _, s := range all {
			// A statement that no concept covers is its first wording's.
			check(where+"/"+strings.Replace(s.ID, ".words-", "/words-", 1), s.Support)
		}
	}
	if collection.Examples > 0 {
		check("all", aggregate.Support{Contributors: collection.Contributors})
	}
	statements("all", collection.Statements)
	for facet, counts := range map[string][]aggregate.Count{
		"challenge": collection.Challenges, "objective": collection.Objectives, "situation": collection.Situations,
		"organisation": collection.Organisations, "sector": collection.Sectors, "level": collection.Levels, "kind": collection.Kinds,
	} {
		for _, count := range counts {
			check("all/"+facet+"/"+string(count.Code), count.Support)
		}
	}
	for _, c := range collection.Circles {
		check("near/"+string(c.Code), c.Support)
		statements("near/"+string(c.Code), c.Statements)
	}
	for _, t := range collection.Topics {
		check("topic/"+t.ID, t.Support)
		statements("topic/"+t.ID, t.Statements)
	}
	return n, err
}
