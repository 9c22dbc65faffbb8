// SPDX-License-Identifier: Apache-2.0

package edition

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/model"
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

// fewChanged reports whether 1 to k-1 contributors have joined or changed between two
// states, or have left where nobody did. An item that no edition printed tells of them when
// it appears: it had too few before, and has enough with the one who joined, of whom one
// may know, whoever else has left. Who is hidden did not change; where some have left and
// nobody came or changed, as many as are hidden with them stand for those who left.
func fewChanged(was, now []state, hidden map[string]bool, k int) bool {
	known := map[string]state{}
	for _, s := range was {
		known[s.ID] = s
	}
	var came, gone [][]anonymize.Holding
	for _, s := range now {
		if before, had := known[s.ID]; !had || before.Said != s.Said {
			came = append(came, s.Holdings)
		}
		if hidden[s.ID] {
			gone = append(gone, s.Holdings)
		}
		delete(known, s.ID)
	}
	if len(came) > 0 {
		return tooFew(came, k)
	}
	for _, s := range known {
		gone = append(gone, s.Holdings)
	}
	return len(known) > 0 && tooFew(gone, k)
}

// asChanged sets the states of the records that are counted and of those that are hidden,
// and the editions since which so few of them have changed that nothing appears which
// their readers did not read since.
func (g *gate) asChanged(counted []anonymize.Record, hidden map[string]bool) (err error) {
	is := map[string]bool{}
	for _, r := range counted {
		is[r.ID()] = true
	}
	records := slices.DeleteFunc(slices.Clone(g.records), func(r anonymize.Record) bool { return !is[r.ID()] && !hidden[r.ID()] })
	if g.states, err = statesOf(records); err != nil {
		return err
	}
	g.still = map[*printed]bool{}
	for _, e := range g.earlier {
		if len(e.Items) > 0 && fewChanged(e.States, g.states, hidden, g.k) {
			g.still[e] = true
		}
	}
	if g.still[g.before] {
		g.states = g.before.States
	}
	return nil
}

// mayAppear reports whether an item that the edition before did not print may be printed
// now: whoever reads this edition has read it, or enough have changed since each edition
// in which they did not. Members have read those for everyone too; an edition for everyone
// is read by members as well as by those who have read no other.
func (g *gate) mayAppear(key aggregate.ItemKey) bool {
	for readers := min(model.Members, g.press.cfg.Audience); readers <= g.press.cfg.Audience; readers++ {
		for _, e := range slices.Backward(g.earlier) {
			if e.Audience < readers {
				continue
			}
			if _, had := e.item(key); had {
				break
			}
			if g.still[e] {
				return false
			}
		}
	}
	return true
}
