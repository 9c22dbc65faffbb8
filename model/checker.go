// SPDX-License-Identifier: Apache-2.0

package model

// A Checker validates the examples of one collection one after another, and
// what they have to have in common: each id is used once, and a party belongs to
// the same holding throughout, since holdings are counted. It keeps ids and
// references only. Not safe for concurrent use.
type Checker struct {
	known    func(Code) bool
	ids      map[string]bool
	holdings map[string]string // by Party.Ref
}

// NewChecker returns a Checker for a new collection. For known see Validate.
func NewChecker(known func(Code) bool) *Checker {
	return &Checker{known: known, ids: map[string]bool{}, holdings: map[string]string{}}
}

// Check returns nil or a *ValidationError. An example at fault leaves no trace
// in the Checker.
func (c *Checker) Check(e Example) error {
	err := e.Validate(c.known)
	if err != nil {
		return err
	}
	var in checker
	if c.ids[e.ID] {
		in.faultAt("id", "is used by an earlier example")
	}
	for i, p := range e.Parties {
		if holding, ok := c.holdings[p.Ref]; ok && holding != p.HoldingRef() {
			in.at.field("parties")
			in.at.index(i)
			in.faultAt("holding", "differs from what an earlier example says of the party")
			in.at = in.at[:0]
		}
	}
	if len(in.faults) > 0 {
		return &ValidationError{Faults: in.faults}
	}
	c.ids[e.ID] = true
	for _, p := range e.Parties {
		c.holdings[p.Ref] = p.HoldingRef()
	}
	return nil
}
