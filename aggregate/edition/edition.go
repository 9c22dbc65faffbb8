// SPDX-License-Identifier: Apache-2.0

package edition

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/aggregate/cluster"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/anonymize/disclosure"
	"github.com/sharedpractice/sharedpractice/anonymize/disclosure/recode"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// ErrLedger says that the ledger, or what was printed, is not what this key has
// published from: it was lost or changed, or is an older copy.
var ErrLedger = errors.New("edition: not the ledger that this key has published from")

// errDraft says that a draft was to be entered, or an edition once more.
var errDraft = errors.New("edition: only an edition that was prepared can be entered, once")

// errAudience says that editions are for members or for everyone: the working
// group makes drafts.
var errAudience = errors.New("edition: an edition is for members or for everyone")

// ErrAgain says that records are not what their examples give now: see
// Config.Again and Edition.Again.
var ErrAgain = errors.New("edition: some records must be made again before they are published")

// Config says for whom editions are made. The zero Config makes drafts for the
// working group only.
type Config struct {
	// Audience names the readers of the editions. Records made for fewer readers are
	// refused.
	Audience model.Audience
	// Now is when the editions are made, required: records whose agreements are
	// over by then are refused.
	Now time.Time
	// K is the threshold; 0 means aggregate.KPublic, or KMembers for members.
	K int
	// Noted is the Edition.Note of the last publication under this key, kept apart
	// from the store, such as beside the key. Open refuses a store that does not
	// know of it. Empty for a key that has published nothing.
	Noted string
	// Again says which of the records must be made again, for whoever keeps records
	// and loads them: the method of the anonymizer of that name, with the examples as
	// they are now. Drafts tell what it says, in Edition.Again; an edition is refused
	// with ErrAgain where it names one of its records. Nil where all are made anew.
	Again func(ctx context.Context, records []anonymize.Record) ([]anonymize.Log, error)
	// Embedder and Vocabulary are those of aggregate.Config.
	Embedder   cluster.Embedder
	Vocabulary *vocabulary.Set
}

// Press makes the editions of one working group for some readers. It is not safe
// for concurrent use; of two that publish from one store at once, one fails with
// ErrChanged.
type Press struct { //nolint:recvcheck // a copy must not print either
	store       Store
	secret      []byte
	key         *disclosure.Key
	ledger      *disclosure.Ledger
	lines, head []byte // as they were read
	cfg         Config
}

// Format prints nothing of what a press holds: its key is among it.
func (p Press) Format(s fmt.State, _ rune) { fmt.Fprint(s, "[press]") }

// Open reads the store and holds it against the key. The key is the one that the
// records were made with.
func Open(ctx context.Context, store Store, key []byte, cfg Config) (*Press, error) {
	if cfg.Now.IsZero() {
		return nil, fmt.Errorf("edition: %w", anonymize.ErrTime)
	}
	if cfg.K == 0 {
		cfg.K = aggregate.KPublic
		if cfg.Audience == model.Members {
			cfg.K = aggregate.KMembers
		}
	}
	if cfg.K < aggregate.Floor {
		return nil, aggregate.ErrThreshold
	}
	p := &Press{store: store, secret: bytes.Clone(key), cfg: cfg}
	var err error
	if p.key, err = disclosure.NewKey(key); err != nil {
		return nil, fmt.Errorf("edition: %w", err)
	}
	if p.lines, err = store.Get(ctx, ledgerName); err != nil {
		return nil, err
	}
	if p.head, err = store.Get(ctx, headName); err != nil {
		return nil, err
	}
	if p.ledger, err = disclosure.NewLedger(p.lines, p.head, p.key); err != nil {
		return nil, errors.Join(ErrLedger, err)
	}
	if !p.knows(cfg.Noted) {
		return nil, ErrLedger
	}
	return p, nil
}

// draftPrefix stands before the hash of a draft.
const draftPrefix = "draft-"

// The names under which a store keeps what it keeps.
const (
	ledgerName = "ledger"
	headName   = "ledger.head"
)

// blob is the name of what an edition printed: that of its entry in the ledger, so that
// of two who publish at once the one who is refused has written beside the other. old is
// the name that earlier versions gave it. After a rotation they tell the key.
func blob(l *disclosure.Ledger, edition string, key []byte) (name, old string) {
	old = ledgerName + "." + edition
	if l.Rotated() {
		old += "." + keyName(key)
	}
	for _, e := range l.Entries() {
		if e.Kind == disclosure.EntryEdition && e.Edition == edition {
			name = old + "." + e.Hash[:16]
		}
	}
	return name, old
}

// keyName returns the first 16 characters of the key's id, under which a store keeps
// what belongs to the key.
func keyName(key []byte) string { return anonymize.KeyID(key)[:16] }

// PublicKey returns the public half of the signing key, in hexadecimal, against which
// certificates are checked; see disclosure.Key.
func (p *Press) PublicKey() string { return p.key.PublicKey() }

// Note is how far the ledger has grown: see Config.Noted. It tells nothing of
// what was published. Empty before the first edition.
func (p *Press) Note() string { return noteOf(p.ledger) }

func noteOf(l *disclosure.Ledger) string {
	h := l.Head()
	if h.Entries == 0 {
		return ""
	}
	return strconv.Itoa(h.Entries) + ":" + h.Hash
}

func (p *Press) knows(note string) bool {
	if note == "" {
		return true
	}
	n, hash, _ := strings.Cut(note, ":")
	at, err := strconv.Atoi(n)
	entries := p.ledger.Entries()
	return err == nil && at >= 1 && at <= len(entries) && entries[at-1].Hash == hash
}

// Edition holds the files that may be published together.
type Edition struct {
	// Name is the edition's code, such as "e3". A draft has the name that it
	// would be published under.
	Name       string
	Draft      bool
	Collection *aggregate.Collection
	Body       []byte // of collection.json, which the certificate binds
	// Release is the release of the records, with the certificate in its Proof. A
	// draft's proof is that of no edition: it stands in no ledger.
	Release *disclosure.Release
	Held    Held
	// Again are the records that must be made again, and the examples of which none is
	// made yet, with the reasons; they tell nothing that may leave the working group.
	Again []anonymize.Log
	// Previous is the collection of the last edition for the same readers that said
	// anything else, for a digest of what is new; nil where there is none.
	Previous *aggregate.Collection
	// Note is the note to keep with the key once the edition is published.
	Note string

	made    *printed           // until it is entered
	records []anonymize.Record // of which the release was made
	k       int                // that it was made under
}

// Held counts what an edition does not show yet, since the difference to another
// edition would tell of fewer than k contributors.
type Held struct {
	Frozen  int // items printed as the last edition for these readers printed them
	Items   int // items that never were printed and are not yet
	Records int // records that may be published and are not in the release
	Hiding  int // of these, lines printed before that are left out so that nobody sees who left
	// Narrower are, of these records, those that were printed for fewer readers only so
	// far. They are told apart by what they were printed like there: fewer than K of
	// those who read alike there are never printed here.
	Narrower int
	// Stricter are records that are left out whole, since they ask to be told of among more
	// than the threshold, and fewer do than they ask for, or among more than twice as many:
	// numbers would wait for them, and so tell whose lines are theirs. A higher threshold
	// takes them in.
	Stricter int
	// K is how many must have joined, left or changed for the rest to be shown: the
	// threshold, or what the strictest of those who are counted asks for.
	K int
}

// lines counts the records that are held back, and returns those of which an earlier
// edition printed a line; narrower are those printed for fewer readers only.
func (h *Held) lines(dropped []disclosure.DroppedRecord, earlier []*printed, narrower map[string]bool) map[string]bool {
	before := map[string]bool{}
	for _, d := range dropped {
		if d.Reason != disclosure.DroppedEdition {
			continue
		}
		h.Records++
		switch before[d.ID] = printedLine(earlier, d.ID); {
		case before[d.ID] && narrower[d.ID]:
			h.Narrower++
		case before[d.ID]:
			h.Hiding++
		}
	}
	return before
}

// Draft makes what Publish would publish, without a trace.
func (p *Press) Draft(ctx context.Context, records []anonymize.Record) (*Edition, error) {
	return p.make(ctx, records, true)
}

// Publish makes an edition and enters it in the ledger: Prepare and Enter in one.
// Nothing is published where it returns an error, and nothing may be given out
// before it has returned.
func (p *Press) Publish(ctx context.Context, records []anonymize.Record) (*Edition, error) {
	e, err := p.Prepare(ctx, records)
	if err != nil {
		return nil, err
	}
	if err := p.Enter(ctx, e); err != nil {
		return nil, err
	}
	return e, nil
}

// Prepare makes an edition that Enter enters in the ledger. Nothing of it may be
// given out in between.
func (p *Press) Prepare(ctx context.Context, records []anonymize.Record) (*Edition, error) {
	if p.cfg.Audience != model.Members && p.cfg.Audience != model.Everyone {
		return nil, errAudience
	}
	return p.make(ctx, records, false)
}

// Enter enters a prepared edition in the ledger, whole or not at all. It fails
// with ErrChanged where another was entered since it was prepared.
func (p *Press) Enter(ctx context.Context, e *Edition) error {
	if e.made == nil || e.Draft {
		return errDraft
	}
	e.made.Release = e.Release.Proof.Release
	var err error
	if e.made.Whole, err = wholeLines(e.Release); err != nil {
		return err
	}
	body, err := e.made.bytes(p.secret)
	if err != nil {
		return err
	}
	lines, head, err := p.commit(e)
	if err != nil {
		return err
	}
	if err := p.put(ctx, e.Name, body, lines, head); err != nil {
		p.ledger, _ = disclosure.NewLedger(p.lines, p.head, p.key) // as it was
		return err
	}
	p.lines, p.head, e.Note, e.made = lines, head, p.Note(), nil
	return nil
}

// put writes what was printed, which lies ready before the ledger says so, and the ledger.
// What a publication that broke off left under the name is of no edition.
func (p *Press) put(ctx context.Context, edition string, body, lines, head []byte) error {
	name, _ := blob(p.ledger, edition, p.secret)
	left, err := p.store.Get(ctx, name)
	if err != nil {
		return err
	}
	for _, put := range []struct {
		name      string
		old, next []byte
	}{{name, left, body}, {ledgerName, p.lines, lines}, {headName, p.head, head}} {
		if err := p.store.Swap(ctx, put.name, put.old, put.next); err != nil {
			return err
		}
	}
	return nil
}

func (p *Press) commit(e *Edition) (lines, head []byte, err error) {
	if err := e.Release.Proof.Commit(); err != nil {
		return nil, nil, fmt.Errorf("edition: %w", err)
	}
	lines, head, err = p.ledger.Bytes()
	if err != nil {
		return nil, nil, fmt.Errorf("edition: %w", err)
	}
	return lines, head, nil
}

// make puts an edition together.
func (p *Press) make(ctx context.Context, records []anonymize.Record, draft bool) (*Edition, error) {
	if err := aggregate.CheckRecords(records, p.cfg.Audience, p.cfg.Now); err != nil {
		return nil, err
	}
	if len(records) > 0 && records[0].KeyID() != anonymize.KeyID(p.secret) {
		return nil, aggregate.ErrKeys
	}
	again, err := p.again(ctx, records, draft)
	if err != nil {
		return nil, err
	}
	earlier, err := p.earlier(ctx)
	if err != nil {
		return nil, err
	}
	e := &Edition{Name: fmt.Sprintf("e%d", len(p.ledger.Entries())+1), Draft: draft, Again: again}
	before := base(earlier, p.cfg.Audience)
	given := records
	cfg := disclosure.ReleaseConfig{Key: p.key, Edition: e.Name, K: p.cfg.K, Ledger: p.ledger}
	cfg.Printed, cfg.Shown, cfg.Narrower = lastLines(earlier, p.cfg.Audience)
	cfg.Told = lineLives(earlier)
	for _, was := range earlier {
		cfg.Editions, cfg.Wholes = append(cfg.Editions, was.shown()), append(cfg.Wholes, was.lines())
	}
	if e.Release, records, err = p.release(ctx, given, cfg, p.staying(before, earlier)); err != nil {
		return nil, err
	}
	e.Held.Stricter = len(given) - len(records)
	held := e.Held.lines(e.Release.Dropped, earlier, cfg.Narrower)
	// Who was left out of the release so that somebody else who left is one of k is
	// left out of every count as well: the same few, wherever they tell of something.
	countable := slices.DeleteFunc(slices.Clone(records), func(r anonymize.Record) bool { return held[r.ID()] })
	g := &gate{press: p, before: before, earlier: earlier, records: records}
	now, err := p.count(ctx, g, countable, held, e.Release)
	if err != nil {
		return nil, err
	}
	if e.made, err = p.prove(e, g, now); err != nil {
		return nil, err
	}
	var was *aggregate.Collection
	if before != nil {
		was = before.Collection
	}
	if err := errors.Join(checkWording(e.Collection, was, given, p.cfg.K), checkLines(e.Release, cfg, p.cfg.K)); err != nil {
		return nil, err
	}
	e.Previous = p.previous(earlier, e.Collection)
	e.Held.Frozen, e.Held.Items, e.Held.K = len(g.frozen), len(g.refused), g.k
	e.records, e.k = records, cfg.K
	return e, nil
}

// mostReported is the number of records up to which a report is made: it tries
// out every agreement and every threshold.
const mostReported = 2000

// Report measures the release for the working group, nil where there is nothing to measure
// or too much. It makes the release many times over, which takes a good part of the time
// that the edition took.
func (e *Edition) Report(ctx context.Context) (*recode.Report, error) {
	if len(e.records) > mostReported || e.Release == nil || e.Release.Recoding == nil {
		return nil, nil
	}
	report, err := e.Release.Report(ctx, e.records, disclosure.ReleaseConfig{K: e.k})
	if errors.Is(err, disclosure.ErrInput) || errors.Is(err, disclosure.ErrInfeasible) {
		return nil, nil
	}
	return report, err
}

// previous is the collection that readers had before this one, nil where they had none.
func (p *Press) previous(earlier []*printed, now *aggregate.Collection) (was *aggregate.Collection) {
	for _, x := range earlier {
		if x.Audience == p.cfg.Audience && x.Collection.Edition != strings.TrimPrefix(now.Edition, draftPrefix) {
			was = x.Collection
		}
	}
	return was
}

// count builds what is counted of the records, as the gate lets it through. hidden are
// those of g.records that are not counted though they could be.
func (p *Press) count(ctx context.Context, g *gate, records []anonymize.Record, hidden map[string]bool, release *disclosure.Release) (*aggregate.Collection, error) {
	released := release.Behind
	if released == nil {
		released = []anonymize.Record{}
	}
	lines := map[string]anonymize.Content{}
	for id, line := range release.Frozen {
		var c anonymize.Content
		if json.Unmarshal(line, &c) != nil {
			return nil, errPrinted
		}
		lines[id] = c
	}
	listed := map[string]bool{}
	for _, r := range released {
		listed[r.ID()] = true
	}
	g.k, records = p.boundsOf(records, g.before, g.earlier, listed)
	if err := g.asChanged(records, hidden); err != nil {
		return nil, err
	}
	blank := *g
	counting := aggregate.Config{
		K: p.cfg.K, Audience: p.cfg.Audience, Embedder: p.cfg.Embedder, Vocabulary: p.cfg.Vocabulary,
		Released: released, Lines: lines, Bounds: g.k, Admit: g.admit,
	}
	made, err := aggregate.Build(ctx, records, counting)
	if err == nil && len(g.earlier) > 0 && g.choice(aggregate.AllItems) == left {
		// How many there are may not be told, but how many the lines are can be seen.
		*g = blank
		made, err = aggregate.Build(ctx, slices.DeleteFunc(records, func(r anonymize.Record) bool { return !listed[r.ID()] }), counting)
	}
	return made, err
}

// again asks which of the records must be made again. Of an edition none may be.
func (p *Press) again(ctx context.Context, records []anonymize.Record, draft bool) ([]anonymize.Log, error) {
	if p.cfg.Again == nil {
		return nil, nil
	}
	logs, err := p.cfg.Again(ctx, records)
	if err != nil {
		return nil, fmt.Errorf("edition: %w", err)
	}
	if !draft && slices.ContainsFunc(logs, func(l anonymize.Log) bool { return l.Record != "" }) {
		return nil, ErrAgain
	}
	return logs, nil
}

// prove puts the collection together and certifies it with the release, without
// the items that the ledger still refuses, such as those of somebody who withdrew.
func (p *Press) prove(e *Edition, g *gate, now *aggregate.Collection) (*printed, error) {
	for {
		e.Collection = g.merge(now)
		if e.Draft {
			e.Collection.Edition = draftPrefix + e.Collection.Edition
		}
		var err error
		if e.Body, err = body(e.Collection); err != nil {
			return nil, err
		}
		made, items := g.entered(e)
		err = e.Release.Prove(items, []string{"leak-check", "wording", "codes"}, map[string][]byte{CollectionName: e.Body})
		if err == nil {
			return made, nil
		}
		n := len(g.dropped)
		if refused, ok := errors.AsType[*disclosure.ConflictError](err); ok {
			for _, c := range refused.Conflicts {
				g.dropped[aggregate.ItemKey(c.Item)] = true
			}
		}
		if len(g.dropped) == n {
			return nil, fmt.Errorf("edition: %w", err)
		}
	}
}
