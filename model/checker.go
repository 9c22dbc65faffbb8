// SPDX-License-Identifier: Apache-2.0

package model

// A Checker validates the examples of one collection one after another, and
// what they have to have in common: each id is used once, and a party belongs to
// the same holding throughout, since holdings are counted. It keeps ids and
// references only. The zero Checker is that of a new collection. Not safe for concurrent use.
type Checker struct {
	// Known tells whether the vocabulary in use has a code; see Validate.
	Known func(Code) bool

	ids      map[string]bool
	holdings map[string]string // by Party.Ref
}

// Check returns nil or a *ValidationError. An example at fault leaves no trace
// in the Checker.
func (c *Checker) Check(e Example) error {
	err := e.Validate(c.Known)
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
	if c.ids == nil {
		c.ids, c.holdings = map[string]bool{}, map[string]string{}
	}
	c.ids[e.ID] = true
	for _, p := range e.Parties {
		c.holdings[p.Ref] = p.HoldingRef()
	}
	return nil
}
