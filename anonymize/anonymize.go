// SPDX-License-Identifier: Apache-2.0

package anonymize

import (
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/anonymize/redact"
	"github.com/sharedpractice/sharedpractice/model"
)

// ErrTime says that Config.Now is missing: agreements begin and end.
var ErrTime = errors.New("anonymize: the time at which agreements are judged is needed")

// Reasons of the anonymizer's own for withholding an example, beside those of model.
const (
	ReasonNothingGranted = "no-use-granted"
	reasonVerification   = "verification-failed"
	ReasonApproval       = "approval-missing"          // counted only, until the exact text is approved
	reasonNamesOther     = "attribution-names-another" // counted only: what must be printed names somebody who is not to be named
)

// Config says for whom, when and under which key examples are anonymised. Key
// and Now are required; the other zero values protect most.
type Config struct {
	// Key makes commitments and record ids; at least 16 bytes, random, kept
	// secret. The same key links editions to each other.
	Key []byte `json:"-"`
	// Now is the moment at which the agreements are judged.
	Now time.Time
	// Audience names the readers of the records.
	Audience model.Audience
	// Parties are all parties of the collection: what one declared is removed
	// from the others' examples too. The parties of the examples at hand are
	// always added.
	Parties []model.Party `json:"-"`
	// Reviewed says that a person reads each record before it leaves the
	// working group. Without it, everything that is not known to be harmless is
	// masked at the level anonymous and below.
	Reviewed bool
	// Apart are pairs of references, of holdings or of examples, of which a person
	// has said that they are two though they look like one; see LookAlikes.
	Apart [][2]string
	// Alike are holdings that count as one, as LookAlikes tells of names and
	// domains. All finds them itself; whoever anonymises a collection in parts
	// finds them over the whole of it first.
	Alike []Alike
	// Recognizers find identifiers nobody declared; nil means the built-in ones.
	Recognizers []recognize.Recognizer
	// Public are terms that stay readable; nil means the built-in list.
	Public []string
	// Workers is the number of contributors that All works on side by side; 0 means 1.
	Workers int
	// Progress is told by All of how many contributors it has done; one call at a time.
	Progress func(done, of int)
}

// Format implements fmt.Formatter: a configuration holds names and a key, and prints neither.
func (c Config) Format(f fmt.State, _ rune) {
	fmt.Fprintf(f, "[anonymizer configuration, %d parties]", len(c.Parties))
}

// LogValue implements slog.LogValuer.
func (c Config) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(c)) }

// Anonymizer turns examples into records. Immutable, safe for concurrent use.
type Anonymizer struct { //nolint:recvcheck // a copy must not print either
	cfg      Config
	declared []recognize.Declared
	known    map[string]bool // declared identities that the redactor looks for
	together map[string][]string
	redactor *redact.Redactor // of the level public; the other levels tighten it
	policies map[model.Level]redact.Policy
	// declaredNames is prepared for the first named example.
	allNames func() *declaredNames
	// What Load and Again hold records against.
	places     func() map[string][]int
	dictionary func() (*redact.Redactor, error)
}

// Format implements fmt.Formatter: an anonymizer holds all names and the key.
func (Anonymizer) Format(f fmt.State, _ rune) { fmt.Fprint(f, "[anonymizer]") }

// LogValue implements slog.LogValuer.
func (a Anonymizer) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(a)) }

// New returns an anonymizer. It copies what it needs from the configuration.
func New(cfg Config) (*Anonymizer, error) { return newAnonymizer(cfg, Declared(cfg.Parties)) }

func newAnonymizer(cfg Config, names []recognize.Declared) (*Anonymizer, error) {
	if len(cfg.Key) < redact.MinKey {
		return nil, redact.ErrKey
	}
	if cfg.Now.IsZero() {
		return nil, ErrTime
	}
	cfg.Key = slices.Clone(cfg.Key)
	declared := distinctDeclared(slices.Clone(names))
	a := &Anonymizer{
		cfg: cfg, declared: declared, known: map[string]bool{}, policies: map[model.Level]redact.Policy{},
		allNames: sync.OnceValue(func() *declaredNames { return declaredNamesOf(declared) }),
		together: groups(nil, cfg.Alike),
	}
	a.places, a.dictionary = sync.OnceValue(a.declaredPlaces), sync.OnceValues(a.onlyDeclared)
	for _, d := range declared {
		a.known[declaredKey(d)] = true
	}
	for _, level := range levels() {
		policy, err := redact.PolicyFor(level.String())
		if err != nil {
			return nil, err
		}
		a.policies[level] = policy
	}
	var err error
	a.redactor, err = redact.New(redact.Config{
		Recognizers: cfg.Recognizers, Declared: declared, Policy: a.policies[model.Public], Key: cfg.Key, Balanced: true, Public: cfg.Public,
	})
	if err != nil {
		return nil, fmt.Errorf("anonymize: %w", err)
	}
	return a, nil
}

// Result is one example's outcome: a record, or the reasons why it is
// withheld. The log is private either way.
type Result struct {
	Record Record
	Log    Log
}

// Withheld reports whether the example gave no record.
func (r Result) Withheld() bool { return !r.Record.Valid() }

// Anonymize anonymises the examples of one contributor, or of several: what is
// found in one is masked in all of them. The results stand in the order of the
// examples. An example that its agreements close, that an agreement of its own
// contradicts, or whose anonymised text does not pass verification, is withheld,
// says why, and stops no other. Examples that Validate faults are an error that
// joins an ExampleError for each, and an error yields no output at all.
func (a *Anonymizer) Anonymize(ctx context.Context, examples ...*model.Example) ([]Result, error) {
	out := make([]Result, len(examples))
	var work []*job
	var faults []error
	for i, e := range examples {
		terms, err := model.Resolve(e, a.cfg.Now)
		if err != nil && terms.Level != model.Withheld {
			faults = append(faults, &ExampleError{ID: e.ID, Err: err})
			continue
		}
		out[i].Log = Log{Example: e.ID, Level: terms.Level, Reasons: a.closed(terms)}
		if len(out[i].Log.Reasons) > 0 {
			continue
		}
		if err := e.Validate(nil); err != nil {
			faults = append(faults, &ExampleError{ID: e.ID, Err: err})
			continue
		}
		j := &job{at: i, example: e}
		j.terms, j.unshown = shown(e, covered(e, terms))
		work = append(work, j)
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	if err := a.redact(ctx, work); err != nil {
		return nil, err
	}
	for _, j := range work {
		out[j.at] = a.finish(j)
	}
	return out, nil
}

// closed are the reasons for which no record can be made under the terms.
func (a *Anonymizer) closed(t model.Terms) []model.Reason {
	if t.Level == model.Withheld {
		return t.Reasons
	}
	if a.cfg.Audience > t.Audience {
		return []model.Reason{{Code: model.ReasonAudience, Clause: "audience"}}
	}
	for _, use := range []model.Use{model.UseAggregate, model.UseGuidance, model.UseShowcase} {
		if ok, _ := t.Allows(use, a.cfg.Audience); ok {
			return nil
		}
	}
	return []model.Reason{{Code: ReasonNothingGranted, Clause: "uses"}}
}

// covered closes to anonymous the fields of a public example that no public
// source covers.
func covered(e *model.Example, t model.Terms) model.Terms {
	if t.Level < model.Public {
		return t
	}
	public := map[string]bool{"kind": true, "public_refs": true}
	for _, r := range e.PublicRefs {
		for _, field := range r.Covers {
			public[field] = true
		}
	}
	fields := map[string]model.Level{}
	for _, field := range publishable() {
		if !public[field] {
			fields[field] = model.Anonymous
		}
	}
	for field, level := range t.Fields {
		if now, ok := fields[field]; !ok || level < now {
			fields[field] = level
		}
	}
	t.Fields = fields
	return t
}

// publishable are the JSON names of the fields that content is made from.
func publishable() []string {
	return []string{
		"title", "public_summary", "context", "partnership_types", "organisations", "stakeholders", "therapy_areas",
		"condition", "lifecycle", "level", "challenges", "objectives", "situations", "strategy_steps", "resources",
		"funding", "outcomes", "success_criteria", "lessons", "adoption", "quality", "quotes",
	}
}

// job is one example on its way.
type job struct {
	at      int
	example *model.Example
	terms   model.Terms
	unshown string // why it is not shown by name, though it could be named
	places  []place
}

// place is one text of an example and what became of it.
type place struct {
	path   string
	level  model.Level // whose policy it falls under
	raw    string
	result redact.Redacted
}

// redact runs the texts of all jobs through the redactor together, each under the
// policy of its level, so that what is found in one is masked in all.
func (a *Anonymizer) redact(ctx context.Context, work []*job) error {
	var passages []redact.Passage
	var back []*place
	for _, j := range work {
		b := builder{terms: j.terms, text: func(path string, raw model.Raw) string {
			j.places = append(j.places, place{path: path, level: policyLevel(j.terms, path), raw: string(raw)})
			return ""
		}}
		b.content(j.example)
		own, others := a.undeclared(j.example), a.named(j)
		for i := range j.places {
			p := &j.places[i]
			policy := a.policies[p.level]
			passage := redact.Passage{
				Document: j.example.ID, Text: p.raw, Declared: own, Policy: &policy,
				Strict: p.level < model.Attributed && !a.cfg.Reviewed,
			}
			if p.level >= model.Attributed {
				passage.Named = others
			}
			passages, back = append(passages, passage), append(back, p)
		}
	}
	if len(passages) == 0 {
		return nil
	}
	results, err := a.redactor.Redact(ctx, passages)
	if err != nil {
		return fmt.Errorf("anonymize: %w", err)
	}
	for i, r := range results {
		back[i].result = r
	}
	return nil
}

// named is who stands beside the texts of an example that its agreements name:
// its own parties, and nobody else of the collection.
func (a *Anonymizer) named(j *job) *redact.Named {
	return &redact.Named{
		Own:  signatories(j.example.Parties),
		Tell: j.terms.Level == model.Attributed && told(j.terms), Closed: a.policies[model.Anonymous],
	}
}

// told reports whether the terms let the contributor's name stand.
func told(t model.Terms) bool { return t.NameForm >= model.NameOrganisation }

// signatories are the declared identities of parties that their own agreement
// speaks for. Further organisations among a party's identities are partners,
// owners and clients, who have agreed to nothing: they stand as parties, with an
// agreement of their own, before they are named.
func signatories(parties []model.Party) []recognize.Declared {
	own := slices.Clone(parties)
	for i, p := range own {
		name := ownOrganisation(p)
		own[i].Identities = slices.DeleteFunc(slices.Clone(p.Identities), func(id model.Identity) bool {
			return id.Type == "organisation" && !sameName(string(name.Name), string(id.Name))
		})
	}
	return Declared(own)
}

// undeclared are the identities of an example's parties that the anonymizer was
// not made with.
func (a *Anonymizer) undeclared(e *model.Example) []recognize.Declared {
	return slices.DeleteFunc(Declared(e.Parties), func(d recognize.Declared) bool { return a.known[declaredKey(d)] })
}

func declaredKey(d recognize.Declared) string {
	return strings.Join(append([]string{string(d.Kind), d.Name}, d.Forms...), "\x00")
}

// levels are those at which anything is disclosed, from closed to open.
func levels() []model.Level {
	return []model.Level{model.Aggregate, model.Anonymous, model.Attributed, model.Public}
}

// policyLevel is the level under whose policy a text falls. At most the level
// anonymous unless the text may stand beside a name.
func policyLevel(t model.Terms, path string) model.Level {
	field, _, _ := strings.Cut(strings.ReplaceAll(path, "[", "."), ".")
	return min(t.Level, max(t.FieldLevel(field), model.Aggregate))
}

// finish builds, verifies and seals one record.
func (a *Anonymizer) finish(j *job) Result {
	o := Result{Log: Log{Example: j.example.ID, Level: j.terms.Level}}
	next := 0
	b := builder{terms: j.terms, text: func(path string, _ model.Raw) string {
		p := j.places[next]
		next++
		for _, d := range p.result.Decisions {
			o.Log.Decisions = append(o.Log.Decisions, Entry{Path: path, Decision: d})
		}
		return p.result.Text
	}}
	content := b.content(j.example)
	in := a.leakInput(j.example, j.terms)
	if n := closeLeaks(&content, in) + closeCodes(&content, in); n > 0 {
		o.Log.Reasons = append(o.Log.Reasons, model.Reason{Code: reasonVerification, Clause: fmt.Sprintf("%d texts suppressed", n)})
	}
	level := j.terms.Level
	if level >= model.Attributed && closeNamed(&content, in) {
		level = model.Aggregate
		o.Log.Reasons = append(o.Log.Reasons, model.Reason{Code: reasonNamesOther, Clause: "attribution"})
	}
	if j.unshown != "" {
		o.Log.Reasons = append(o.Log.Reasons, model.Reason{Code: j.unshown, Clause: unshownClause(j.unshown)})
	}
	s := &sealed{
		ID: a.recordID(j.example), Key: KeyID(a.cfg.Key), Content: content, Level: level, Audience: a.cfg.Audience, Expires: j.terms.Expires,
		Uses: j.terms.Uses, Fields: j.terms.Fields, K: j.terms.K, Contact: j.terms.ContactAllowed,
		Holdings: a.holdings(j.example), Agreement: agreementHash(j.example),
		Funded: len(j.example.Funding) > 0, Owing: owing(j.example, j.terms),
		Under: j.terms.Level, Own: a.ownNames(j.example), Readers: j.terms.Audience,
	}
	var err error
	if s.Source, err = a.source(j.example); err != nil {
		o.Log.Reasons = append(o.Log.Reasons, model.Reason{Code: reasonVerification})
		return o
	}
	var awaited bool
	if o.Log.Approval, awaited = s.approve(j.terms); awaited {
		o.Log.Reasons = append(o.Log.Reasons, model.Reason{Code: ReasonApproval, Clause: "approval.text_sha256"})
	}
	if err := verifyContent(s.Content, in); err != nil {
		o.Log.Reasons = append(o.Log.Reasons, model.Reason{Code: reasonVerification})
		return o
	}
	o.Record, o.Log.Record, o.Log.Level = Record{s}, s.ID, s.Level
	return o
}

// approve grants what hangs on the party's approval of the exact text, or else closes
// the record to all but counts. It returns the hash of what there is to approve: what
// would be published once it is approved.
func (s *sealed) approve(terms model.Terms) (hash string, awaited bool) {
	texts := terms.Uses[model.UseSingleSource] || terms.Uses[model.UseVignette]
	s.Texts = texts
	hash = model.HashText(Record{s}.ApprovalText())
	approved := terms.NeedsApproval() && terms.Approves(hash)
	s.OwnWords = approved && (terms.Uses[model.UseSingleSource] || terms.Uses[model.UseQuotes])
	s.Texts = approved && texts
	awaited = terms.NeedsApproval() && !approved
	if awaited {
		s.Awaited, s.Level = s.Level, min(s.Level, model.Aggregate)
	}
	return hash, awaited
}

func (a *Anonymizer) recordID(e *model.Example) string {
	id, err := uuid.FromBytes(mac(a.cfg.Key, "record", e.ID)[:16])
	if err != nil {
		return ""
	}
	id[6], id[8] = id[6]&0x0f|0x80, id[8]&0x3f|0x80 // RFC 9562 version 8
	return id.String()
}

// holdings commits to the holdings of all parties and of their clients, and to
// those that look like one of them.
func (a *Anonymizer) holdings(e *model.Example) []Holding {
	var out []Holding
	for _, ref := range holdingRefs(e) {
		for _, one := range slices.Concat(a.together[ref], []string{ref}) {
			out = append(out, Holding(hex.EncodeToString(mac(a.cfg.Key, "holding", one))))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// KeyID names a key, and tells nothing of it: what Record.KeyID says of the
// records that were made with it.
func KeyID(key []byte) string { return hex.EncodeToString(mac(key, "key", "")[:16]) }

func mac(key []byte, domain, s string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte("sharedpractice\x00" + domain + "\x00" + s))
	return h.Sum(nil)
}

func agreementHash(e *model.Example) string {
	agreements := slices.Clone(e.Agreements)
	slices.SortFunc(agreements, func(x, y model.Agreement) int {
		return cmp.Or(cmp.Compare(x.Party, y.Party), cmp.Compare(x.ID, y.ID), cmp.Compare(x.Version, y.Version))
	})
	body, err := json.Marshal(agreements)
	if err != nil {
		return ""
	}
	return model.HashText(string(body))
}

// Declared returns the identities and contacts that parties declared, in their
// order, as recognisers, redactors and Load take them. Its caller owns the slice.
func Declared(parties []model.Party) []recognize.Declared {
	var out []recognize.Declared
	for _, p := range parties {
		for _, id := range p.Identities {
			d := recognize.Declared{Kind: kindOf(id.Type), Name: string(id.Name), Owner: p.Ref}
			for _, f := range id.Forms {
				d.Forms = append(d.Forms, string(f))
			}
			out = append(out, d)
		}
		if p.Contact != "" {
			out = append(out, recognize.Declared{Kind: recognize.Contact, Name: string(p.Contact), Owner: p.Ref})
		}
	}
	return out
}

// distinctDeclared drops what is declared twice, in a fixed order.
func distinctDeclared(all []recognize.Declared) []recognize.Declared {
	slices.SortStableFunc(all, func(x, y recognize.Declared) int {
		return cmp.Or(cmp.Compare(declaredKey(x), declaredKey(y)), cmp.Compare(x.Owner, y.Owner))
	})
	return slices.CompactFunc(all, func(x, y recognize.Declared) bool { return declaredKey(x) == declaredKey(y) })
}

func kindOf(identity string) recognize.Kind {
	switch identity {
	case "organisation":
		return recognize.Org
	case "person":
		return recognize.Person
	case "place":
		return recognize.Place
	case "product", "programme":
		return recognize.Brand
	case "code":
		return recognize.Code
	}
	return recognize.Other
}
