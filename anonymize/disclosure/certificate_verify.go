// SPDX-License-Identifier: Apache-2.0

package disclosure

import (
	"bytes"
	"crypto/hmac"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/sharedpractice/sharedpractice/anonymize/disclosure/verify"
)

// Bundle holds the files that VerifyCertificate checks. Release and Certificate are the
// bytes of the two files.
type Bundle struct {
	Release, Certificate []byte
	// Ledger, if not nil, must contain the edition, where the certificate
	// says, with these very files.
	Ledger []byte
	// PublicKey, if not empty, must be the certificate's. Without it the
	// certificate vouches for itself: any change shows, but not that somebody
	// else wrote the whole.
	PublicKey string
	// Files are files published with the release, by name: each must be one that
	// the certificate binds, unchanged.
	Files map[string][]byte
	// Sealed and Key, if given, let every guarantee be recomputed.
	Sealed []byte
	Key    *Key
}

// VerifyCertificate checks a release from outside, without raw text and
// sharing no step with Certify's judgement: that the certificate is signed and
// canonical, that the release is the one it was made for, that the classes are
// those a reader sees and every line is in one, and that each has as many
// distinct witnesses as it claims. With files: that they are those published
// with it. With a ledger: that it is whole and the edition stands in it. With
// the private half and the key: that the witnesses are commitments to the
// holdings of that class and that every record's threshold is met. An ErrProof
// names the step that failed.
func VerifyCertificate(ev Bundle) (*Certificate, error) {
	c, err := readCertificate(ev)
	if err != nil {
		return nil, err
	}
	lines, err := splitLines(ev.Release)
	if err != nil {
		return nil, err
	}
	if len(lines) != c.Records {
		return nil, fmt.Errorf("%w: release has %d records, certificate says %d", ErrProof, len(lines), c.Records)
	}
	if err := c.checkClasses(lines); err != nil {
		return nil, err
	}
	if err := c.checkPromises(); err != nil {
		return nil, err
	}
	if err := c.checkFiles(ev.Files); err != nil {
		return nil, err
	}
	if ev.Ledger != nil {
		if err := c.checkLedger(ev); err != nil {
			return nil, err
		}
	}
	if ev.Sealed != nil || ev.Key != nil {
		if err := c.checkSealed(ev, lines); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// readCertificate reads a certificate that is signed, and is that of the release.
func readCertificate(ev Bundle) (*Certificate, error) {
	var c Certificate
	if err := parseCanonical(ev.Certificate, &c); err != nil {
		return nil, fmt.Errorf("%w: certificate", err)
	}
	open := c
	open.Signature = ""
	body, err := canonical(open)
	if err != nil {
		return nil, err
	}
	switch {
	case c.Version != certificateVersion && c.Version != certificateVersion-1:
		return nil, fmt.Errorf("%w: certificate of an unknown version", ErrProof)
	case ev.PublicKey != "" && ev.PublicKey != c.PublicKey:
		return nil, fmt.Errorf("%w: certificate was made with another key", ErrProof)
	case !signed(c.PublicKey, body, c.Signature):
		return nil, fmt.Errorf("%w: certificate's signature", ErrProof)
	case digest(ev.Release) != c.Release:
		return nil, fmt.Errorf("%w: release is not the one certified", ErrProof)
	}
	return &c, nil
}

func splitLines(data []byte) ([][]byte, error) {
	if len(data) == 0 {
		return nil, nil
	}
	if data[len(data)-1] != '\n' {
		return nil, fmt.Errorf("%w: release ends within a line", ErrProof)
	}
	return bytes.Split(data[:len(data)-1], []byte("\n")), nil
}

// readAlike is the text of a line's quasi-identifiers, read again by other
// code than that which wrote the certificate.
func readAlike(line []byte, quasi []string) (string, error) {
	d := json.NewDecoder(bytes.NewReader(line))
	d.UseNumber()
	var v any
	first := d.Decode(&v)
	if _, next := d.Token(); first != nil || !errors.Is(next, io.EOF) {
		return "", fmt.Errorf("%w: release has a line that is no JSON", ErrProof)
	}
	object, ok := v.(map[string]any)
	if !ok {
		return "", fmt.Errorf("%w: release has a line that is no object", ErrProof)
	}
	values := make([]any, len(quasi))
	for i, name := range quasi {
		switch x := object[name].(type) {
		case nil:
			values[i] = ""
		case []any:
			texts := make([]string, len(x))
			for j, y := range x {
				texts[j] = fmt.Sprint(y)
			}
			slices.Sort(texts)
			values[i] = texts
			if len(texts) == 0 {
				values[i] = ""
			} else if len(texts) == 1 {
				values[i] = texts[0]
			}
		default:
			values[i] = fmt.Sprint(x)
		}
	}
	b, err := json.Marshal(values)
	return string(b), err
}

func (c *Certificate) checkClasses(lines [][]byte) error {
	of, err := c.classOf(len(lines))
	if err != nil {
		return err
	}
	seen := map[string]int{}
	for i, line := range lines {
		key, err := readAlike(line, c.Quasi)
		if err != nil {
			return err
		}
		switch {
		case of[i] == 0:
			return fmt.Errorf("%w: line %d is in no class", ErrProof, i+1)
		case of[i] < 0:
			continue
		case seen[key] == 0:
			seen[key] = of[i]
		case seen[key] != of[i]:
			return fmt.Errorf("%w: line %d is not in the class it reads like", ErrProof, i+1)
		}
	}
	if len(seen) != len(c.Classes) {
		return fmt.Errorf("%w: lines of one class do not read alike", ErrProof)
	}
	return nil
}

// classOf gives for each line its class, from 1; -1 for named ones, 0 for none.
func (c *Certificate) classOf(lines int) ([]int, error) {
	of := make([]int, lines)
	mark := func(line, as int) error {
		if line < 1 || line > lines || of[line-1] != 0 {
			return fmt.Errorf("%w: certificate counts a line twice, or one that is not there", ErrProof)
		}
		of[line-1] = as
		return nil
	}
	for _, l := range c.Named {
		if err := mark(l, -1); err != nil {
			return nil, err
		}
	}
	for g, class := range c.Classes {
		for _, l := range class {
			if err := mark(l, g+1); err != nil {
				return nil, err
			}
		}
	}
	return of, nil
}

func (c *Certificate) checkPromises() error {
	proved := make([]bool, len(c.Classes))
	witnesses := map[string]bool{}
	rules := map[string]bool{}
	for i, p := range c.Promises {
		if !p.Pass {
			return fmt.Errorf("%w: promise %d did not pass", ErrProof, i+1)
		}
		if p.Item != "" && rules[p.subject()] {
			return fmt.Errorf("%w: promise %d is repeated", ErrProof, i+1)
		}
		rules[p.Rule], rules[p.subject()] = true, true
		if p.Rule != RuleClassHoldings && p.Rule != RuleItemHoldings {
			continue
		}
		if p.Rule == RuleClassHoldings {
			if err := c.checkClass(i+1, p, proved); err != nil {
				return err
			}
		}
		if err := p.checkWitness(i+1, witnesses); err != nil {
			return err
		}
	}
	if slices.Contains(proved, false) {
		return fmt.Errorf("%w: a class without a witness", ErrProof)
	}
	if !rules[ruleThresholds] || c.Ledger != nil && !rules[ruleEditions] {
		return fmt.Errorf("%w: a promise is missing", ErrProof)
	}
	return nil
}

// checkClass checks that the nth promise is one of a class of the release, the first of
// it, and of no more than the class has records.
func (c *Certificate) checkClass(n int, p Promise, proved []bool) error {
	if p.Class < 1 || p.Class > len(proved) || proved[p.Class-1] {
		return fmt.Errorf("%w: promise %d is about no class, or one proved before", ErrProof, n)
	}
	proved[p.Class-1] = true
	if len(c.Classes[p.Class-1]) < p.Bucket {
		return fmt.Errorf("%w: class %d is smaller than promised", ErrProof, p.Class)
	}
	return nil
}

// checkWitness checks that the nth promise has as many witnesses as it claims, each of
// them new.
func (p Promise) checkWitness(n int, seen map[string]bool) error {
	if p.Bucket < 2 || len(p.Witness) != p.Bucket {
		return fmt.Errorf("%w: promise %d has no proper witness", ErrProof, n)
	}
	for _, w := range p.Witness {
		if len(w) != 64 || seen[w] {
			return fmt.Errorf("%w: promise %d repeats a witness", ErrProof, n)
		}
		seen[w] = true
	}
	return nil
}

func (c *Certificate) checkFiles(files map[string][]byte) error {
	bound := map[string]string{}
	for i, f := range c.Files {
		if !validKey(f.Name) || i > 0 && c.Files[i-1].Name >= f.Name {
			return fmt.Errorf("%w: certificate names a file twice, or none", ErrProof)
		}
		bound[f.Name] = f.SHA256
	}
	for name, body := range files {
		if sum, found := bound[name]; !found || digest(body) != sum {
			return fmt.Errorf("%w: a file is not the one certified", ErrProof)
		}
	}
	return nil
}

func (c *Certificate) checkLedger(ev Bundle) error {
	if c.Ledger == nil {
		return fmt.Errorf("%w: certificate was made without a ledger", ErrProof)
	}
	entries, _, err := ReadLedger(ev.Ledger, c.PublicKey)
	if err != nil {
		return err
	}
	if _, err := Rotations(entries, c.PublicKey); err != nil {
		return err
	}
	at := slices.IndexFunc(entries, func(e LedgerEntry) bool { return e.Kind == EntryEdition && e.Edition == c.Edition })
	switch {
	case at < 0:
		return fmt.Errorf("%w: edition is not in the ledger", ErrProof)
	case entries[at].Number != c.Ledger.Entries+1 || entries[at].Previous != c.Ledger.Hash:
		return fmt.Errorf("%w: edition does not stand where the certificate says", ErrProof)
	case entries[at].Release != c.Release || entries[at].Certificate != digest(ev.Certificate):
		return fmt.Errorf("%w: ledger holds another release or certificate", ErrProof)
	}
	return nil
}

// checkSealed recomputes every guarantee from the private half.
func (c *Certificate) checkSealed(ev Bundle, lines [][]byte) error {
	if ev.Sealed == nil || ev.Key == nil {
		return fmt.Errorf("%w: the private half and the key go together", ErrInput)
	}
	s, err := c.readSealed(ev, len(lines))
	if err != nil {
		return err
	}
	rows, err := c.sealedRows(s, lines)
	if err != nil {
		return err
	}
	if err := c.checkAgreements(ev.Key, s); err != nil {
		return err
	}
	broken, err := verify.Classes(rows, s.promised())
	if err != nil {
		return err
	}
	if len(broken) > 0 {
		return fmt.Errorf("%w: %d classes break what was promised of them", ErrProof, len(broken))
	}
	return c.checkWitnesses(ev.Key, s)
}

// readSealed reads the private half, which must be that of the certificate and of the key.
func (c *Certificate) readSealed(ev Bundle, lines int) (*sealedHalf, error) {
	var s sealedHalf
	if digest(ev.Sealed) != c.Sealed {
		return nil, fmt.Errorf("%w: private half is not the one certified", ErrProof)
	}
	if err := parseCanonical(ev.Sealed, &s); err != nil {
		return nil, fmt.Errorf("%w: private half", err)
	}
	open := s
	open.MAC = ""
	body, err := canonical(open)
	if err != nil {
		return nil, err
	}
	if !hmac.Equal([]byte(s.MAC), []byte(ev.Key.mac("sealed half", string(body)))) ||
		s.Version != c.Version || !s.placed() || s.Release != c.Release || s.Edition != c.Edition || len(s.Records) != lines {
		return nil, fmt.Errorf("%w: private half belongs to another release or key", ErrProof)
	}
	return &s, nil
}

// sealedRows are the lines that name nobody, with whom the private half says to be
// behind each.
func (c *Certificate) sealedRows(s *sealedHalf, lines [][]byte) (rows verify.Rows, err error) {
	named := map[int]bool{}
	for _, line := range c.Named {
		named[line] = true
	}
	for i, r := range s.Records {
		if named[i+1] != r.Named {
			return rows, fmt.Errorf("%w: line %d is named in one half only", ErrProof, i+1)
		}
		if r.Named {
			continue
		}
		key, err := readAlike(lines[i], c.Quasi)
		if err != nil {
			return rows, err
		}
		rows.Quasi = append(rows.Quasi, []string{key})
		rows.Holdings = append(rows.Holdings, s.named(r.Holdings))
		rows.K = append(rows.K, r.K)
		var sensitive []string
		for _, d := range s.Diversity {
			value, err := readAlike(lines[i], []string{d.Column})
			if err != nil {
				return rows, err
			}
			sensitive = append(sensitive, value)
		}
		rows.Sensitive = append(rows.Sensitive, sensitive)
	}
	return rows, nil
}

// promised is what the private half says that each class keeps.
func (s *sealedHalf) promised() verify.Promise {
	promise := verify.Promise{K: s.K}
	for i, d := range s.Diversity {
		if d.Entropy {
			promise.Sensitive = append(promise.Sensitive, verify.Protection{Column: i, Entropy: d.L})
		} else {
			promise.Sensitive = append(promise.Sensitive, verify.Protection{Column: i, Distinct: d.L})
		}
	}
	return promise
}

func (c *Certificate) checkAgreements(k *Key, s *sealedHalf) error {
	var agreements []string
	for _, r := range s.Records {
		agreements = append(agreements, r.Agreement)
	}
	slices.Sort(agreements)
	agreements = slices.Compact(agreements)
	if c.Version == certificateVersion {
		agreements = append([]string{c.Edition}, agreements...)
	}
	if k.mac("agreements", agreements...) != c.Agreements {
		return fmt.Errorf("%w: the agreements are not those certified", ErrProof)
	}
	return nil
}

// checkWitnesses recomputes every witness from the private half.
func (c *Certificate) checkWitnesses(k *Key, s *sealedHalf) error {
	items := map[string]sealedItem{}
	for _, it := range s.Items {
		items[it.Key] = it
		if len(it.Holdings) < max(it.K, s.K) {
			return fmt.Errorf("%w: an item breaks its threshold", ErrProof)
		}
	}
	promised := 0
	for i, p := range c.Promises {
		var behind places
		switch p.Rule {
		case RuleClassHoldings:
			for _, l := range c.Classes[p.Class-1] {
				behind = append(behind, s.Records[l-1].Holdings...)
			}
			slices.Sort(behind) // most witnesses are those of the first
		case RuleItemHoldings:
			promised++
			behind = items[p.Item].Holdings
		default:
			continue
		}
		missing := map[string]bool{}
		for _, w := range p.Witness {
			missing[w] = true
		}
		for _, place := range behind {
			if len(missing) == 0 {
				break
			}
			delete(missing, witnessOf(k, c.Edition, p.subject(), s.Holdings[place]))
		}
		if len(missing) > 0 {
			return fmt.Errorf("%w: a witness of promise %d stands for no holding", ErrProof, i+1)
		}
	}
	if promised != len(items) || len(items) != len(s.Items) {
		return fmt.Errorf("%w: the items are not those certified", ErrProof)
	}
	return nil
}
