// SPDX-License-Identifier: Apache-2.0

package model

import (
	"fmt"
	"log/slog"
)

// AgreementSchema is the only agreement schema that this version can read.
// Another one resolves to Withheld.
const AgreementSchema = "agreement/1"

// Agreement holds the uses that one party allows for one example. Its zero value allows
// nothing. Dates are RFC 3339 or YYYY-MM-DD and are kept as written: one that
// cannot be parsed closes the example.
type Agreement struct {
	Schema   string `json:"schema" rule:"required; name"`
	ID       string `json:"id" rule:"required; ref"`
	Version  int    `json:"version,omitempty" rule:"range 0 1000000"`
	Party    string `json:"party" rule:"required; ref"` // Party.Ref
	SignedBy string `json:"signed_by,omitempty" rule:"ref"`

	Level    Level    `json:"level"`
	Audience Audience `json:"audience"`
	Uses     Uses     `json:"uses,omitempty"`
	// Fields closes single fields (JSON names, such as "outcomes" or
	// "resources.money") further than Level. Opening one is an error.
	Fields map[string]Level `json:"fields,omitempty"`
	// K asks for more holdings than the release's own threshold; 0 asks for none.
	K int `json:"k,omitempty" rule:"range 0 1000"`

	NameForm    NameForm    `json:"name_form,omitempty"`
	Attribution Attribution `json:"attribution,omitzero"`
	Approval    Approval    `json:"approval,omitzero"`
	Consent     Consent     `json:"consent"`

	NotBefore  string     `json:"not_before,omitempty" rule:"date"`
	Expires    string     `json:"expires,omitempty" rule:"date"`
	ReviewBy   string     `json:"review_by,omitempty" rule:"date"`
	Withdrawal Withdrawal `json:"withdrawal,omitzero"`

	ContactAllowed bool `json:"contact_allowed,omitempty"`
	// Conditions is free text that a person must read: until Reviewed is set
	// for exactly this text the example is withheld.
	Conditions         Raw    `json:"conditions,omitempty"`
	ConditionsReviewed string `json:"conditions_reviewed_sha256,omitempty" rule:"sha256"`
	SignedTerms        string `json:"signed_terms,omitempty" rule:"name"`
}

// Format implements fmt.Formatter: an agreement prints as "[agreement LEVEL]".
func (a Agreement) Format(f fmt.State, _ rune) { fmt.Fprintf(f, "[agreement %s]", a.Level) }

// LogValue implements slog.LogValuer.
func (a Agreement) LogValue() slog.Value {
	return slog.StringValue("[agreement " + a.Level.String() + "]")
}

// Use is one way of using an example.
type Use string

// The uses that an agreement grants one by one.
const (
	UseShowcase  Use = "showcase"
	UseAggregate Use = "aggregate"
	UseGuidance  Use = "guidance"
	UseQuotes    Use = "quotes"
	UseWorkshop  Use = "workshop"
	UseVignette  Use = "vignette"
	UseTranslate Use = "translate"
	UseEmbed     Use = "embed_third_party"
	// UseSingleSource allows a statement that only this example supports.
	UseSingleSource Use = "single_source"
)

// Uses are the uses granted; absent is not granted.
type Uses map[Use]bool

// Attribution must be printed beside the content; if it cannot be
// printed, neither can the content.
type Attribution struct {
	Required bool   `json:"required,omitempty"`
	Text     Raw    `json:"text,omitempty"`
	Licence  string `json:"licence,omitempty" rule:"licence"`
	Link     Raw    `json:"link,omitempty" rule:"line; url"`
}

// Approval binds consent to the exact text to be published.
type Approval struct {
	Required   bool   `json:"required,omitempty"`
	TextSHA256 string `json:"text_sha256,omitempty" rule:"sha256"` // lower-case hex
	By         Raw    `json:"by,omitempty" rule:"line"`
	At         string `json:"at,omitempty" rule:"date"`
}

// Consent records a party's answer. Only "given" and "amended" open anything.
type Consent struct {
	Status   string `json:"status" rule:"in not-asked requested given amended declined withdrawn expired"` // not-asked, requested, given, amended, declined, withdrawn, expired
	GivenAt  string `json:"given_at,omitempty" rule:"date"`
	Evidence Raw    `json:"evidence,omitempty" rule:"line"`                                               // where the consent is kept
	Capacity string `json:"capacity,omitempty" rule:"in adult guardian-for-minor organisation-signatory"` // adult, guardian-for-minor, organisation-signatory
}

// Withdrawal ends an agreement for every new use.
type Withdrawal struct {
	Effect      string `json:"effect,omitempty" rule:"in no-new-use remove-where-controlled"` // no-new-use, remove-where-controlled
	RequestedAt string `json:"requested_at,omitempty" rule:"date"`
}
