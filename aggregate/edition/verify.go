// SPDX-License-Identifier: Apache-2.0

package edition

import (
	"encoding/json"
	"fmt"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/anonymize/disclosure"
)

// CollectionName is the collection's file name in a certificate.
const CollectionName = "collection.json"

// Verify checks a published edition from outside: disclosure.VerifyCertificate,
// and that everything the collection counts has a promise of its own in the
// certificate, for no more contributors than the collection says. The collection
// is the file of CollectionName in the bundle; without it only the release
// is checked. counts is how many counts have witnesses.
func Verify(ev disclosure.Bundle) (c *disclosure.Certificate, counts int, err error) {
	c, err = disclosure.VerifyCertificate(ev)
	if err != nil || ev.Files[CollectionName] == nil {
		return c, 0, err
	}
	counts, err = vouchedFor(c, ev.Files[CollectionName])
	return c, counts, err
}

func vouchedFor(c *disclosure.Certificate, body []byte) (n int, err error) {
	var collection aggregate.Collection
	if json.Unmarshal(body, &collection) != nil || collection.Schema != aggregate.Schema {
		return 0, fmt.Errorf("%w: the collection cannot be read", disclosure.ErrProof)
	}
	promised := map[aggregate.ItemKey]int{}
	for _, p := range c.Promises {
		if p.Rule == disclosure.RuleItemHoldings {
			promised[aggregate.ItemKey(p.Item)] = p.Bucket
		}
	}
	walk(&collection, func(key aggregate.ItemKey, s aggregate.Support) {
		n++
		least := promised[key]
		// A cell says how many examples it has, and not of how many contributors.
		if least == 0 || s.Contributors > 0 && least > s.Contributors {
			err = fmt.Errorf("%w: the collection counts what the certificate does not vouch for", disclosure.ErrProof)
		}
	})
	return n, err
}
