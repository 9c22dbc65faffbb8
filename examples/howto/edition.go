// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/samber/lo"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/anonymize/disclosure"
)

// edition is one publication among others: the release of records with its
// certificate, and the collection, both held against the ledger of what was
// published before.
type edition struct {
	name    string
	key     *disclosure.Key
	ledger  *disclosure.Ledger
	release *disclosure.Release
	report  *disclosure.Report // nil where there is none
	// Held are records left out of every count because too few new
	// contributors have come to hide among.
	held    int
	refused []string        // keys of items that the ledger refuses
	shown   map[string]bool // topics in which it would show who left, by id
	// collection is the file that the certificate binds.
	collection []byte
}

// openEdition opens the ledger of the output folder, or the one named.
func openEdition(o options, secret []byte) (*edition, error) {
	key, err := disclosure.NewKey(secret)
	if err != nil {
		return nil, err
	}
	ledger, err := disclosure.OpenLedger(o.ledgerPath(), key)
	if err != nil {
		return nil, err
	}
	return &edition{name: fmt.Sprintf("e%d", len(ledger.Entries())+1), key: key, ledger: ledger}, nil
}

func (o options) ledgerPath() string {
	if o.ledger != "" {
		return o.ledger
	}
	return filepath.Join(o.out, "private", "ledger")
}

// errVisible says that the number of contributors itself would show too few
// who left or joined.
var errVisible = errors.New("edition refused: the number of contributors would show who left or joined")

// admit asks the ledger which items of a collection must not be published.
func (e *edition) admit(evidence []aggregate.Evidence) ([]string, error) {
	_, left, err := e.ledger.Resolve(e.items(evidence), nil)
	if err != nil {
		return nil, err
	}
	var refused []string
	visible := ""
	for _, x := range left {
		if x.Item == "all" {
			visible = x.Reason
		}
		refused = append(refused, x.Item)
	}
	if visible != "" {
		if e.shown == nil { // before anything was hidden
			e.shown = lo.FilterSliceToMap(refused, func(key string) (string, bool, bool) {
				id, ok := topicID(key)
				return id, true, ok
			})
		}
		return nil, fmt.Errorf("%w (%s)", errVisible, visible)
	}
	e.refused = append(e.refused, refused...)
	return refused, nil
}

// prove makes the release of records with its certificate, which binds the
// collection too, and the report on it.
func (e *edition) prove(ctx context.Context, records []anonymize.Record, c *aggregate.Collection, evidence []aggregate.Evidence, k int) error {
	var err error
	if e.collection, err = json.MarshalIndent(c, "", "  "); err != nil {
		return fmt.Errorf("collection: %w", err)
	}
	e.collection = append(e.collection, '\n')
	cfg := disclosure.ReleaseConfig{
		Key: e.key, Edition: e.name, K: k, Ledger: e.ledger, Items: e.items(evidence), Stated: []string{"leak-check", "wording"},
		Files: map[string][]byte{"collection.json": e.collection},
	}
	if e.release, err = disclosure.NewRelease(ctx, records, cfg); err != nil {
		return err
	}
	if len(records) > mostReported {
		return nil
	}
	e.report, err = e.release.Report(ctx, records, cfg)
	if errors.Is(err, disclosure.ErrInput) {
		err = nil // every record is named: there is nothing to report on
	}
	return err
}

// mostReported is the number of records up to which a report is made: it tries
// out every agreement and every threshold.
const mostReported = 2000

// commit enters the edition into the ledger.
func (e *edition) commit(o options, counted []string) error {
	if err := os.MkdirAll(filepath.Dir(o.ledgerPath()), 0o700); err != nil {
		return errors.New("the ledger's folder cannot be made")
	}
	if err := e.release.Proof.Commit(); err != nil {
		return err
	}
	next := o.countedPath() + ".new"
	if os.WriteFile(next, []byte(strings.Join(counted, "\n")+"\n"), 0o600) != nil || os.Rename(next, o.countedPath()) != nil {
		return errors.New("the list of what was counted cannot be written beside the ledger")
	}
	return nil
}

// countedPath names the file of the examples that the last edition counted. It
// lies beside the ledger, so that editions of several folders can share both.
func (o options) countedPath() string {
	return filepath.Join(filepath.Dir(o.ledgerPath()), "counted")
}

// lastCounted are the ids of the records that the edition before counted.
func lastCounted(o options) []string {
	body, err := os.ReadFile(o.countedPath())
	if err != nil {
		return nil
	}
	return strings.Fields(string(body))
}
