// SPDX-License-Identifier: Apache-2.0

package edition

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/sharedpractice/sharedpractice/anonymize"
)

// state is a record as it was counted, or could have been, when items last appeared.
type state struct {
	ID       string              `json:"id"`
	Holdings []anonymize.Holding `json:"holdings"`
	Said     string              `json:"said"` // hash of what is counted of it
}

// statesOf are the states of records, sorted as these are.
func statesOf(records []anonymize.Record) ([]state, error) {
	out := make([]state, len(records))
	for i, r := range records {
		content, err := json.Marshal(r.Countable())
		if err != nil {
			return nil, fmt.Errorf("edition: %w", err)
		}
		sum := sha256.Sum256(fmt.Appendf(content, "/%d/%d", r.Level(), r.K()))
		out[i] = state{r.ID(), r.Holdings(), hex.EncodeToString(sum[:16])}
	}
	return out, nil
}

// fewChanged reports whether 1 to k-1 contributors have joined, left or changed
// between two states. An item that no edition printed tells of them when it appears: it
// had too few before, and has enough with the one who joined, of whom one may know. Who
// is hidden did not change; where some have left and nobody came or changed, as many as
// are hidden with them stand for those who left.
func fewChanged(was, now []state, hidden map[string]bool, k int) bool {
	known := map[string]state{}
	for _, s := range was {
		known[s.ID] = s
	}
	var changed, hiding [][]anonymize.Holding
	for _, s := range now {
		if before, had := known[s.ID]; !had || before.Said != s.Said {
			changed = append(changed, s.Holdings)
		}
		if hidden[s.ID] {
			hiding = append(hiding, s.Holdings)
		}
		delete(known, s.ID)
	}
	came := len(changed) > 0
	for _, s := range known {
		changed = append(changed, s.Holdings)
	}
	if !came && len(changed) > 0 {
		changed = append(changed, hiding...)
	}
	return tooFew(changed, k)
}

// asChanged sets the states of the records that are counted and of those that are hidden,
// and whether so few of them have changed that nothing appears.
func (g *gate) asChanged(counted []anonymize.Record, hidden map[string]bool) (err error) {
	is := map[string]bool{}
	for _, r := range counted {
		is[r.ID()] = true
	}
	records := slices.DeleteFunc(slices.Clone(g.records), func(r anonymize.Record) bool { return !is[r.ID()] && !hidden[r.ID()] })
	if g.states, err = statesOf(records); err != nil {
		return err
	}
	was := g.before
	if was != nil && len(was.Items) > 0 && fewChanged(was.States, g.states, hidden, g.k) {
		g.quiet, g.states = true, was.States
	}
	return nil
}
