// SPDX-License-Identifier: Apache-2.0

package disclosure

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Rules that a certificate promises by itself.
const (
	RuleClassHoldings = "class-holdings"       // a class holds at least Bucket distinct holdings
	RuleItemHoldings  = "item-holdings"        // an item (topic, statement) is supported by at least Bucket
	RuleThresholds    = "agreement-thresholds" // every record's own threshold is met
	RuleEditions      = "editions"             // no difference or union with earlier editions isolates anybody
)

// ReleaseLine is one record as it is published, with what only the releaser
// knows of it.
type ReleaseLine struct {
	ID        string   // code
	Line      []byte   // the JSON object published, without line end
	Holdings  []string // at least one; opaque
	K         int      // the record's own threshold, 0 for none
	Agreement string   // hash of, or reference to, the agreements it is published under
	// Named records are published with their name, as agreed; they are in no
	// class, and nobody is promised anything about them.
	Named bool
}

// CertificateConfig is what Certify needs.
type CertificateConfig struct {
	Key         *Key
	Edition     string      // code of the edition
	Requirement Requirement // K at least 2; Diversity and Closeness over Sensitive
	// Quasi and Sensitive are the names of members of the published JSON
	// objects. A member that is missing, null, "" or [] is a missing value.
	Quasi, Sensitive []string
	// Promises made elsewhere, as names of rules that were checked and held
	// ("wording", "leak-check"). They are stated, not proved.
	Stated []string
	// Ledger the edition will be entered in, nil for none. Certify checks the
	// edition against it and Commit enters it.
	Ledger *Ledger
	// Items that the edition publishes beside its classes; each must have the
	// support it asks for.
	Items []Item
}

// Certificate is the public half of a proof. It shows that every promise
// passed, and no threshold but a bucket, no holding, and no secret parameter.
type Certificate struct {
	Version    int       `json:"version"`
	Edition    string    `json:"edition"`
	Release    string    `json:"release"` // SHA-256 of the file
	Records    int       `json:"records"`
	Quasi      []string  `json:"quasi"`
	Classes    [][]int   `json:"classes"` // lines of the release, from 1, that read alike
	Named      []int     `json:"named"`   // lines published with a name
	Promises   []Promise `json:"promises"`
	Agreements string    `json:"agreements"`       // commitment to all agreements
	Sealed     string    `json:"sealed"`           // SHA-256 of the private half
	Ledger     *Head     `json:"ledger,omitempty"` // before this edition
	PublicKey  string    `json:"public_key"`
	Signature  string    `json:"signature"`
}

// Promise is one rule and its witness.
type Promise struct {
	Rule  string `json:"rule"`
	Class int    `json:"class,omitempty"` // from 1; 0 where it concerns no class
	Item  string `json:"item,omitempty"`  // key of the item concerned
	// Bucket is a lower bound of the threshold that was met: 2, 3, 5 or 10.
	Bucket int  `json:"bucket,omitempty"`
	Pass   bool `json:"pass"`
	// Witness holds as many commitments to distinct holdings as Bucket says.
	// They differ from class to class and from edition to edition, so that
	// they link nothing.
	Witness []string `json:"witness,omitempty"`
}

// SealedHalf is the private half: with the key it lets every guarantee be
// recomputed without raw text. It links records of one holding; keep it as
// the records themselves.
type SealedHalf struct {
	Version   int            `json:"version"`
	Edition   string         `json:"edition"`
	Release   string         `json:"release"`
	K         int            `json:"k"`
	Diversity []SealedRule   `json:"diversity,omitempty"`
	Records   []SealedRecord `json:"records"`
	Items     []SealedItem   `json:"items,omitempty"`
	MAC       string         `json:"mac"`
}

// SealedRule is a Diversity that was kept.
type SealedRule struct {
	Column  string  `json:"column"`
	L       float64 `json:"l"`
	Entropy bool    `json:"entropy,omitempty"`
}

// SealedItem is what the private half says of an item.
type SealedItem struct {
	Key      string   `json:"key"`
	K        int      `json:"k"`
	Holdings []string `json:"holdings"` // commitments
}

// SealedRecord is what the private half says of one line.
type SealedRecord struct {
	ID        string   `json:"id"`
	Holdings  []string `json:"holdings"` // commitments
	K         int      `json:"k,omitempty"`
	Agreement string   `json:"agreement"` // commitment
	Named     bool     `json:"named,omitempty"`
}

// Proof is a release with both halves of its certificate.
type Proof struct {
	Release     []byte // JSON Lines
	Certificate []byte
	Sealed      []byte // private
	edition     string
	items       []Item
	ledger      *Ledger
}

// Commit enters the edition into the ledger it was certified against. Publish
// nothing before it has returned nil.
func (p *Proof) Commit() error {
	if p.ledger == nil {
		return nil
	}
	return p.ledger.Append(p.edition, p.items, p.Release, p.Certificate)
}

// Format keeps the release from being printed by accident.
func (p *Proof) Format(s fmt.State, _ rune) {
	fmt.Fprintf(s, "[proof of edition %s: %d bytes]", p.edition, len(p.Release))
}

// buckets of thresholds that a certificate may show.
func bucket(k int) int {
	for _, b := range []int{10, 5, 3, 2} {
		if k >= b {
			return b
		}
	}
	return 1
}

// Certify writes a release and its certificate. It computes the classes from
// the lines as published, not from what made them, and returns ErrInfeasible,
// naming the class by its first line, where a class breaks the requirement or
// a record's own threshold. A ConflictError says that the ledger forbids it.
// Lines keep their order.
func Certify(lines []ReleaseLine, cfg CertificateConfig) (*Proof, error) {
	if cfg.Key == nil || !validKey(cfg.Edition) || cfg.Requirement.K < 2 || len(cfg.Requirement.Closeness) > 0 {
		return nil, fmt.Errorf("%w: a certificate needs a key, the edition's code and k of 2 or more; closeness cannot be certified", ErrInput)
	}
	rel, err := compose(lines, cfg)
	if err != nil {
		return nil, err
	}
	c := Certificate{
		Version: 1, Edition: cfg.Edition, Release: digest(rel.data), Records: len(lines),
		Quasi: cfg.Quasi, Named: []int{}, PublicKey: cfg.Key.PublicKey(),
	}
	for i, l := range lines {
		if l.Named {
			c.Named = append(c.Named, i+1)
		}
	}
	sealed, err := rel.seal(cfg, c.Release)
	if err != nil {
		return nil, err
	}
	c.Sealed, c.Agreements = digest(sealed), rel.agreements(cfg.Key)
	p := &Proof{Release: rel.data, Sealed: sealed, edition: cfg.Edition, ledger: cfg.Ledger, items: slices.Clone(cfg.Items)}
	c.Classes = [][]int{}
	for g, class := range rel.classes {
		if err := rel.judge(class, cfg); err != nil {
			return nil, err
		}
		c.Classes = append(c.Classes, plusOne(class))
		c.Promises = append(c.Promises, rel.promise(cfg, g, class))
		p.items = append(p.items, rel.item(cfg, class))
	}
	items, err := itemPromises(cfg)
	if err != nil {
		return nil, err
	}
	c.Promises = append(c.Promises, items...)
	c.Promises = append(c.Promises, Promise{Rule: RuleThresholds, Pass: true})
	if cfg.Ledger != nil {
		found, err := cfg.Ledger.Check(p.items)
		if err != nil {
			return nil, err
		}
		if len(found) > 0 {
			return nil, &ConflictError{found}
		}
		head := cfg.Ledger.Head()
		c.Ledger = &head
		c.Promises = append(c.Promises, Promise{Rule: RuleEditions, Pass: true})
	}
	for _, rule := range cfg.Stated {
		if !validKey(rule) {
			return nil, fmt.Errorf("%w: a stated rule is no code", ErrInput)
		}
		c.Promises = append(c.Promises, Promise{Rule: rule, Pass: true})
	}
	body, err := canonical(c)
	if err != nil {
		return nil, err
	}
	c.Signature = cfg.Key.sign(body)
	p.Certificate, err = canonical(c)
	return p, err
}

func plusOne(class []int) []int {
	out := make([]int, len(class))
	for i, x := range class {
		out[i] = x + 1
	}
	return out
}

// composed is a release as its reader will see it.
type composed struct {
	lines     []ReleaseLine
	data      []byte
	quasi     [][]string
	sensitive [][]string
	classes   [][]int
}

func compose(lines []ReleaseLine, cfg CertificateConfig) (*composed, error) {
	r := &composed{lines: lines}
	ids := map[string]bool{}
	at := map[string]int{}
	for i, l := range lines {
		switch {
		case !validKey(l.ID) || ids[l.ID]:
			return nil, fmt.Errorf("%w: record %d: id is no code, or repeated", ErrInput, i)
		case len(l.Holdings) == 0 || slices.Contains(l.Holdings, ""):
			return nil, fmt.Errorf("%w: record %d has no holding", ErrInput, i)
		case bytes.ContainsAny(l.Line, "\r\n"):
			return nil, fmt.Errorf("%w: record %d is not one line", ErrInput, i)
		}
		ids[l.ID] = true
		r.data = append(append(r.data, l.Line...), '\n')
		q, err := members(l.Line, cfg.Quasi)
		if err != nil {
			return nil, fmt.Errorf("%w: record %d", err, i)
		}
		s, err := members(l.Line, cfg.Sensitive)
		if err != nil {
			return nil, fmt.Errorf("%w: record %d", err, i)
		}
		r.quasi, r.sensitive = append(r.quasi, q), append(r.sensitive, s)
		if l.Named {
			continue
		}
		key := strings.Join(q, "\x00")
		g, ok := at[key]
		if !ok {
			g = len(r.classes)
			at[key] = g
			r.classes = append(r.classes, nil)
		}
		r.classes[g] = append(r.classes[g], i)
	}
	return r, nil
}

// members reads the named members of a JSON object as one text each: strings
// and numbers as they are, arrays of them sorted and joined by "+".
func members(line []byte, names []string) ([]string, error) {
	var object map[string]json.RawMessage
	if json.Unmarshal(line, &object) != nil || object == nil {
		return nil, fmt.Errorf("%w: line is no JSON object", ErrInput)
	}
	out := make([]string, len(names))
	for i, name := range names {
		raw, ok := object[name]
		if !ok || string(raw) == "null" {
			continue
		}
		var one string
		var many []string
		switch {
		case json.Unmarshal(raw, &one) == nil:
			out[i] = one
		case json.Unmarshal(raw, &many) == nil:
			slices.Sort(many)
			out[i] = strings.Join(many, "+")
		default:
			out[i] = string(raw)
		}
	}
	return out, nil
}

func (r *composed) judge(class []int, cfg CertificateConfig) error {
	fault := func(rule string) error {
		return fmt.Errorf("%w: class of line %d: %s", ErrInfeasible, class[0]+1, rule)
	}
	need := cfg.Requirement.K
	var all []string
	for _, i := range class {
		need = max(need, r.lines[i].K)
		all = append(all, r.lines[i].Holdings...)
	}
	code, _ := codes(all)
	sets, at := make([][]int32, len(class)), 0
	for j, i := range class {
		n := len(r.lines[i].Holdings)
		sets[j] = code[at : at+n]
		at += n
	}
	if independent(sets) < need {
		return fault("k")
	}
	for _, d := range cfg.Requirement.Diversity {
		c := slices.Index(cfg.Sensitive, d.Column)
		if c < 0 {
			return fmt.Errorf("%w: no sensitive column %q", ErrInput, d.Column)
		}
		n := map[string]int{}
		for _, i := range class {
			n[r.sensitive[i][c]]++
		}
		var counts []int
		for _, v := range slices.Sorted(maps.Keys(n)) {
			counts = append(counts, n[v])
		}
		if diversity(counts, len(class), d.Entropy) < d.L-1e-9 {
			return fault("diversity")
		}
	}
	return nil
}

// holdingOf commits to a holding within one private half.
func holdingOf(k *Key, edition, holding string) string {
	return k.remembered(k.sealed, "sealed", edition, holding)
}

// witnessOf commits to a holding within one class or item of one edition.
func witnessOf(k *Key, edition, subject, commitment string) string {
	return k.mac("witness", edition, subject, commitment)
}

// subject names what a promise is about.
func (p Promise) subject() string { return fmt.Sprint(p.Rule, " ", p.Class, " ", p.Item) }

func (r *composed) promise(cfg CertificateConfig, g int, class []int) Promise {
	need := cfg.Requirement.K
	var all []string
	for _, i := range class {
		need = max(need, r.lines[i].K)
		all = append(all, r.lines[i].Holdings...)
	}
	return witness(cfg, Promise{Rule: RuleClassHoldings, Class: g + 1, Bucket: bucket(need), Pass: true}, all)
}

// witness adds as many witnesses as the bucket says.
func witness(cfg CertificateConfig, p Promise, holdings []string) Promise {
	seen := map[string]bool{}
	for _, h := range holdings {
		seen[witnessOf(cfg.Key, cfg.Edition, p.subject(), holdingOf(cfg.Key, cfg.Edition, h))] = true
	}
	p.Witness = slices.Sorted(maps.Keys(seen))[:p.Bucket]
	return p
}

// itemPromises judges the items and promises their support.
func itemPromises(cfg CertificateConfig) ([]Promise, error) {
	items := slices.Clone(cfg.Items)
	slices.SortStableFunc(items, func(a, b Item) int { return cmp.Compare(a.Key, b.Key) })
	var out []Promise
	for i, it := range items {
		kept, err := cfg.Key.entryItem(i, it)
		if err != nil {
			return nil, err
		}
		need := max(it.K, cfg.Requirement.K)
		if i > 0 && items[i-1].Key == it.Key || it.Members != nil {
			return nil, fmt.Errorf("%w: item %d is repeated, or a class", ErrInput, i)
		}
		if len(kept.Support) < need {
			return nil, fmt.Errorf("%w: item %s: k", ErrInfeasible, it.Key)
		}
		out = append(out, witness(cfg, Promise{Rule: RuleItemHoldings, Item: it.Key, Bucket: bucket(need), Pass: true}, it.Holdings))
	}
	return out, nil
}

// classKey names a class in the ledger by how it reads.
func classKey(k *Key, quasi []string) string { return "class:" + k.mac("class", quasi...)[:32] }

// item is a class as the ledger sees it.
func (r *composed) item(cfg CertificateConfig, class []int) Item {
	it := Item{Key: classKey(cfg.Key, r.quasi[class[0]]), K: cfg.Requirement.K, Labels: r.quasi[class[0]]}
	for _, i := range class {
		l := r.lines[i]
		it.K = max(it.K, l.K)
		it.Members = append(it.Members, Member{ID: l.ID, Holdings: l.Holdings})
	}
	return it
}

func (r *composed) seal(cfg CertificateConfig, release string) ([]byte, error) {
	s := SealedHalf{Version: 1, Edition: cfg.Edition, Release: release, K: cfg.Requirement.K, Records: []SealedRecord{}}
	for _, d := range cfg.Requirement.Diversity {
		s.Diversity = append(s.Diversity, SealedRule(d))
	}
	for _, l := range r.lines {
		rec := SealedRecord{ID: l.ID, K: l.K, Agreement: cfg.Key.mac("agreement", l.Agreement), Named: l.Named}
		for _, h := range l.Holdings {
			rec.Holdings = append(rec.Holdings, holdingOf(cfg.Key, cfg.Edition, h))
		}
		slices.Sort(rec.Holdings)
		rec.Holdings = slices.Compact(rec.Holdings)
		s.Records = append(s.Records, rec)
	}
	for _, it := range cfg.Items {
		item := SealedItem{Key: it.Key, K: max(it.K, cfg.Requirement.K)}
		for _, h := range it.Holdings {
			item.Holdings = append(item.Holdings, holdingOf(cfg.Key, cfg.Edition, h))
		}
		slices.Sort(item.Holdings)
		item.Holdings = slices.Compact(item.Holdings)
		s.Items = append(s.Items, item)
	}
	slices.SortStableFunc(s.Items, func(a, b SealedItem) int { return cmp.Compare(a.Key, b.Key) })
	body, err := canonical(s)
	if err != nil {
		return nil, err
	}
	s.MAC = cfg.Key.mac("sealed half", string(body))
	return canonical(s)
}

// agreements commits to the set of agreements under which anything is published.
func (r *composed) agreements(k *Key) string {
	var all []string
	for _, l := range r.lines {
		all = append(all, k.mac("agreement", l.Agreement))
	}
	slices.Sort(all)
	return k.mac("agreements", slices.Compact(all)...)
}
