// SPDX-License-Identifier: Apache-2.0

package edition

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

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
// had too few before, and has enough with the one who joined, of whom one may know.
func fewChanged(was, now []state, k int) bool {
	known := map[string]state{}
	for _, s := range was {
		known[s.ID] = s
	}
	var changed [][]anonymize.Holding
	for _, s := range now {
		if before, had := known[s.ID]; !had || before.Said != s.Said {
			changed = append(changed, s.Holdings)
		}
		delete(known, s.ID)
	}
	for _, s := range known {
		changed = append(changed, s.Holdings)
	}
	return tooFew(changed, k)
}

// asChanged sets the states of the records, and whether so few of them have changed that
// nothing appears.
func (g *gate) asChanged(records []anonymize.Record) (err error) {
	if g.states, err = statesOf(records); err != nil {
		return err
	}
	was := g.before
	if was != nil && was.Audience == g.press.cfg.Audience && len(was.Items) > 0 && fewChanged(was.States, g.states, g.k) {
		g.quiet, g.states = true, was.States
	}
	return nil
}
