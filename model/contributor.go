// SPDX-License-Identifier: Apache-2.0

package model

import (
	"cmp"
	"fmt"
	"log/slog"
)

// Party is one with rights in an example: who contributed it, a partner, a
// funder, somebody quoted. Each needs an agreement in force, else the example
// is withheld.
type Party struct {
	// Ref is the party's opaque reference, the same in every example of the collection.
	Ref  string `json:"ref" rule:"required; ref"`
	Role string `json:"role" rule:"required; in contributor partner funder speaker guardian publisher"`
	// Holding is the opaque reference of the parent company or body that the
	// party belongs to; empty means that the party is its own holding. Counts
	// are counts of holdings.
	Holding string `json:"holding,omitempty" rule:"ref"`
	// Clients are holdings on whose behalf an agency submits; they count, and
	// are protected, together with the agency's own.
	Clients    []string   `json:"clients,omitempty" rule:"ref"`
	Type       Code       `json:"type,omitempty" rule:"code ot"`
	Sector     Code       `json:"sector,omitempty" rule:"code se"`
	Contact    Raw        `json:"contact,omitempty"`
	Identities []Identity `json:"identities,omitempty"`
}

// HoldingRef is the holding that the party counts for.
func (p Party) HoldingRef() string { return cmp.Or(p.Holding, p.Ref) }

// Format implements fmt.Formatter: a party prints as "[party]".
func (p Party) Format(f fmt.State, _ rune) { fmt.Fprint(f, "[party]") }

// LogValue implements slog.LogValuer.
func (p Party) LogValue() slog.Value { return slog.StringValue("[party]") }

// Identity is a name by which a party could be recognised. Declared identities
// are removed in every form that people write them in, in every example of the
// collection.
type Identity struct {
	Type  string `json:"type" rule:"required; in organisation person product programme place code"`
	Name  Raw    `json:"name" rule:"required; line"`
	Forms []Raw  `json:"forms,omitempty" rule:"line"` // short forms, nicknames, former names
}
