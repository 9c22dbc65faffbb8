// SPDX-License-Identifier: Apache-2.0

// Command audit verifies a release again, from outside: that the certificate
// is whole and was made for this release, that every class a reader sees has
// its witness and, with -ledger, that the edition stands in a whole ledger.
// With -collection it checks that this is the collection published with the
// release, and that every total, topic and statement in it has witnesses of no
// more contributors than it says.
// Without -public-key nobody knows whose work it is: then it says so, and exits 3.
// The working group itself adds -private and -key: then every guarantee is
// recomputed from the commitments.
package main

import (
	"cmp"
	"context"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/sharedpractice/sharedpractice/aggregate/edition"
	"github.com/sharedpractice/sharedpractice/anonymize/disclosure"
	"github.com/sharedpractice/sharedpractice/examples/internal/program"
)

var errUsage = fmt.Errorf("%w: -release and -certificate are needed; -private and -key go together", program.ErrUsage)

// whoseKey says that everything belongs together, and by whom it was made is not
// known: anybody can make such a whole with a key of their own.
type whoseKey struct{}

func (whoseKey) Error() string {
	return "whole, but whose key? Compare it with what the working group publishes, or give -public-key"
}

func (whoseKey) ExitCode() int { return 3 }

func main() { program.Main("audit", run) }

func run(_ context.Context, args []string, _ io.Reader, stdout io.Writer) error {
	err := audit(args, stdout)
	if err == nil || errors.Is(err, whoseKey{}) || errors.Is(err, flag.ErrHelp) || errors.Is(err, program.ErrUsage) {
		return err
	}
	return fmt.Errorf("REJECTED: %w", err)
}

func audit(args []string, stdout io.Writer) error {
	fs := flag.NewFlagSet("audit", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	release := fs.String("release", "", "release, JSON Lines")
	certificate := fs.String("certificate", "", "certificate")
	ledger := fs.String("ledger", "", "ledger of editions")
	collection := fs.String("collection", "", "collection published with the release")
	private := fs.String("private", "", "private half of the certificate")
	key := fs.String("key", "", "file with the working group's key")
	public := fs.String("public-key", "", "public key that the certificate must be made with, in hex")
	if err := fs.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			fs.SetOutput(stdout)
			fs.PrintDefaults()
			return err
		}
		return errUsage
	}
	if *release == "" || *certificate == "" || fs.NArg() > 0 || (*private == "") != (*key == "") {
		return errUsage
	}
	ev := disclosure.Bundle{PublicKey: *public}
	var counted []byte
	if err := cmp.Or(
		readInto(&ev.Release, *release), readInto(&ev.Certificate, *certificate), readInto(&ev.Ledger, *ledger),
		readInto(&ev.Sealed, *private), readInto(&counted, *collection),
	); err != nil {
		return err
	}
	var err error
	if ev.Key, err = readKey(*key); err != nil {
		return err
	}
	if counted != nil {
		ev.Files = map[string][]byte{edition.CollectionName: counted}
	}
	c, n, err := edition.Verify(ev)
	if err != nil {
		return err
	}
	said := report(c, ev)
	if counted != nil {
		said += fmt.Sprintf("- the collection is the one published with it; its %d totals, topics and statements each have their witnesses\n", n)
	}
	if _, err = fmt.Fprint(stdout, said); err == nil && ev.PublicKey == "" && ev.Key == nil {
		return whoseKey{}
	}
	return err
}

// readInto reads a file, if one is named. What is read is never nil: an empty file is a file.
func readInto(to *[]byte, name string) error {
	if name == "" {
		return nil
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return fmt.Errorf("%s: cannot be read", filepath.Base(name))
	}
	*to = append([]byte{}, data...)
	return nil
}

// readKey takes a key file of hexadecimal digits, if one is named.
func readKey(name string) (*disclosure.Key, error) {
	if name == "" {
		return nil, nil
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("%s: cannot be read", filepath.Base(name))
	}
	digits, _, _ := strings.Cut(strings.TrimSpace(string(data)), "\n") // a note of howto's may follow
	secret, err := hex.DecodeString(strings.TrimSpace(digits))
	if err != nil {
		return nil, fmt.Errorf("%s: is no key file", filepath.Base(name))
	}
	return disclosure.NewKey(secret)
}

func report(c *disclosure.Certificate, ev disclosure.Bundle) string {
	var b strings.Builder
	said := "ACCEPTED"
	if ev.PublicKey == "" && ev.Key == nil {
		said = "WHOLE, BUT WHOSE KEY?"
	}
	fmt.Fprintf(&b, said+": edition %s, %d records, signed with key %s\n", c.Edition, c.Records, c.PublicKey)
	fmt.Fprintf(&b, "- release, certificate and signature belong together\n")
	reportPromises(&b, c)
	if ev.Ledger != nil {
		reportLedger(&b, c, ev.Ledger)
	} else {
		fmt.Fprintf(&b, "- no ledger was given: earlier and later editions were not looked at\n")
	}
	if ev.Key != nil {
		fmt.Fprintf(&b, "- every threshold was recomputed from the private half\n")
	} else {
		fmt.Fprintf(&b, "- without the private half the witnesses are vouched for by the signature only\n")
	}
	if ev.PublicKey == "" && ev.Key == nil {
		fmt.Fprintf(&b, "- whose key this is was not checked: compare it with what the working group publishes, or give -public-key\n")
	}
	return b.String()
}

// reportPromises says what was promised of classes and items, the least of each, and
// what else is stated.
func reportPromises(b *strings.Builder, c *disclosure.Certificate) {
	least, items, itemLeast := 0, 0, 0
	var stated []string
	for _, p := range c.Promises {
		switch p.Rule {
		case disclosure.RuleClassHoldings:
			if least == 0 || p.Bucket < least {
				least = p.Bucket
			}
		case disclosure.RuleItemHoldings:
			items++
			if itemLeast == 0 || p.Bucket < itemLeast {
				itemLeast = p.Bucket
			}
		default:
			stated = append(stated, p.Rule)
		}
	}
	if len(c.Classes) > 0 {
		fmt.Fprintf(b, "- %d classes of records that read alike in %s; each has witnesses of at least %d distinct contributors\n",
			len(c.Classes), strings.Join(c.Quasi, ", "), least)
	}
	if items > 0 {
		fmt.Fprintf(b, "- %d topics, statements and totals; each has witnesses of at least %d distinct contributors\n", items, itemLeast)
	}
	fmt.Fprintf(b, "- %d records are published with a name or a public source, as agreed\n", len(c.Named))
	fmt.Fprintf(b, "- stated as passed: %s\n", strings.Join(stated, ", "))
}

// reportLedger says where the edition stands in its ledger, and which ledgers that goes on from.
func reportLedger(b *strings.Builder, c *disclosure.Certificate, ledger []byte) {
	fmt.Fprintf(b, "- the ledger is whole and holds this edition as entry %d\n", c.Ledger.Entries+1)
	entries, _, err := disclosure.ReadLedger(ledger, c.PublicKey)
	if err != nil {
		return
	}
	earlier, err := disclosure.Rotations(entries, c.PublicKey) // held to be so when it was verified
	if err != nil {
		return
	}
	for _, r := range earlier {
		fmt.Fprintf(b, "- it goes on from the ledger of key %s, which ended at entry %d; that key says so too\n", r.PublicKey, r.Ledger.Entries)
	}
}
