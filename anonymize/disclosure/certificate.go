// SPDX-License-Identifier: Apache-2.0

package disclosure

import "fmt"

// certificateVersion is the form of both halves. In version 2, which can still be
// verified, the commitment to the agreements was the same in each edition, and told
// whether any agreement had changed in between.
const certificateVersion = 3

// Rules that a certificate promises by itself.
const (
	RuleClassHoldings = "class-holdings"       // a class holds at least Bucket distinct holdings
	RuleItemHoldings  = "item-holdings"        // an item (topic, statement) is supported by at least Bucket
	ruleThresholds    = "agreement-thresholds" // every record's own threshold is met
	ruleEditions      = "editions"             // no difference or union with earlier editions isolates anybody
)

// Certificate is the public half of a proof. It shows that every promise
// passed, and no threshold but a bucket, no holding, and no secret parameter.
type Certificate struct {
	Version    int         `json:"version"`
	Edition    string      `json:"edition"`
	Release    string      `json:"release"` // SHA-256 of the file
	Records    int         `json:"records"`
	Quasi      []string    `json:"quasi"`
	Classes    [][]int     `json:"classes"` // lines of the release, from 1, that read alike
	Named      []int       `json:"named"`   // lines published with a name
	Promises   []Promise   `json:"promises"`
	Agreements string      `json:"agreements"`       // commitment to all agreements
	Sealed     string      `json:"sealed"`           // SHA-256 of the private half
	Ledger     *LedgerHead `json:"ledger,omitempty"` // before this edition
	Files      []File      `json:"files,omitempty"`  // published with it, by name
	PublicKey  string      `json:"public_key"`
	Signature  string      `json:"signature"`
}

// File is a file published with a release, such as the collection that counts
// its records. What people go on editing, such as a guide, is none: the
// certificate would call every edit a forgery.
type File struct {
	Name   string `json:"name"` // code
	SHA256 string `json:"sha256"`
}

// Promise is one rule and its witness.
type Promise struct {
	Rule  string `json:"rule"`
	Class int    `json:"class,omitempty"` // from 1; 0 where it concerns no class
	Item  string `json:"item,omitempty"`  // key of the item concerned
	// Bucket is a lower bound of the threshold of the edition: 2, 3, 5 or 10. What
	// agreements ask for beyond it is promised of all of them at once.
	Bucket int  `json:"bucket,omitempty"`
	Pass   bool `json:"pass"`
	// Witness holds as many commitments to distinct holdings as Bucket says,
	// sorted. They differ from class to class and from edition to edition, so that
	// they link nothing.
	Witness []string `json:"witness,omitempty"`
}

// Proof is a release with both halves of its certificate.
type Proof struct {
	Release     []byte // JSON Lines
	Certificate []byte
	Sealed      []byte // private
	edition     string
	entry       LedgerEntry
	ledger      *Ledger
}

// Commit enters the edition into the ledger it was certified against. Publish
// nothing before it has returned nil.
func (p *Proof) Commit() error {
	if p.ledger == nil {
		return nil
	}
	return p.ledger.enter(p.edition, p.entry, p.Release, p.Certificate)
}

// Format keeps the release from being printed by accident.
func (p *Proof) Format(s fmt.State, _ rune) {
	fmt.Fprintf(s, "[proof of edition %s: %d bytes]", p.edition, len(p.Release))
}

// bucket is the lower bound of a threshold that a certificate shows.
func bucket(k int) int {
	for _, b := range []int{10, 5, 3, 2} {
		if k >= b {
			return b
		}
	}
	return 1
}

// witnessOf commits to a holding within one class or item of one edition.
func witnessOf(k *Key, edition, subject, commitment string) string {
	return k.mac("witness", edition, subject, commitment)
}

// subject names what a promise is about.
func (p Promise) subject() string { return fmt.Sprint(p.Rule, " ", p.Class, " ", p.Item) }
