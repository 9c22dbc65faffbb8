// SPDX-License-Identifier: Apache-2.0

package disclosure

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/anonymize/disclosure/recode"
	"github.com/sharedpractice/sharedpractice/model"
)

// Reasons why a record is not in a release.
const (
	droppedLevel     = "level"     // its agreement lets it be counted only
	droppedUse       = "use"       // it is not counted wherever others are: counts beside lines would show its own
	droppedThreshold = "threshold" // it asks for more holdings than there are
	DroppedEdition   = "edition"   // publishing it would show the difference between editions
	droppedWithdrawn = "withdrawn" // one of its holdings withdrew
)

// ReleaseConfig holds the arguments of NewRelease.
type ReleaseConfig struct {
	Key     *Key
	Edition string // code, such as "2026-1"
	// K is the least number of holdings behind every record that reads alike;
	// agreements may ask for more. 0 means 5.
	K int
	// Hierarchies by quasi-identifier (anonymize.QI...); nil, or an absent
	// one, means defaultHierarchies.
	Hierarchies map[string]*recode.Hierarchy
	// Diversity asks for different values, within a class, of members of the
	// published record that are no quasi-identifiers ("kind", "setting").
	Diversity []recode.Diversity
	// Ledger of editions; nil only where there will never be another.
	Ledger *Ledger
	// Printed are the lines of the last edition, by id, before what too few told in them
	// was taken out; Shown are those of which something was, as they were printed. A record that
	// says something else since is printed as before while fewer than K of its class
	// do, unless it closes what stood there, or it is among Narrower: those printed
	// for fewer readers only.
	Printed  map[string][]byte
	Shown    map[string][]byte
	Narrower map[string]bool
	// Editions are the lines of each earlier edition, for whichever readers, by id, as they
	// were printed: against each of them none or K of a class say something else, of those
	// whose records do. Wholes are the same before what too few told in them was taken out.
	Editions, Wholes []map[string][]byte
	// Told describes, by id of a line, its history in all earlier editions, in any
	// words: lines with equal descriptions are kept or left out together.
	// Without it only the ledger is asked, which does not know how lines changed.
	Told map[string]string
	// Items that the edition publishes beside records (topics, statements),
	// already resolved against the ledger; Stated are rules checked elsewhere.
	Items  []Item
	Stated []string
	Files  map[string][]byte // see CertificateConfig
}

// Release is a set of records that stays anonymous as a whole. What is published of
// it is Proof.Release, line by line, and nothing else.
type Release struct {
	// Behind are the records behind the lines, made coarser where it was needed, by id.
	// They are as they are now: where a line is among Frozen, what a record says was not
	// printed, and would tell who has changed.
	Behind  []anonymize.Record
	Dropped []DroppedRecord // by id
	// Frozen are the lines, by id, that are printed as before though their records
	// say something else now.
	Frozen map[string][]byte
	// Before and Recoding are for reports: the table of what would have been
	// published, and what became of it. Named records are not in them; both
	// are nil where there are no others.
	Before   *recode.Table
	Recoding *recode.Recoding
	Proof    *Proof

	ids   []string // of Before
	lines []ReleaseLine
	cfg   ReleaseConfig
	quasi []string
}

// DroppedRecord is a record left out, with the reason.
type DroppedRecord struct{ ID, Reason string }

// NewRelease decides what may be published together, and proves it. Records
// below the level anonymous stay out, and so do those whose agreement grants only one
// of aggregate and guidance; named ones go in as agreed, as nobody
// promised them anonymity. The rest is recoded so that every class of records
// that read alike holds k distinct holdings, by recode.Recode.
// Records that an earlier edition published keep the wording of that
// edition, and those that are new form classes of their own: an edition never
// shows who joined. Of a class that lost a record since, so many more are left
// out that they are K together, or all where fewer than K would be left: so it
// does not show who left. They come back together with whom they hide, or when K
// of them have gone: whoever came back before would show who did not.
//
// The proof is judged on the published lines. Nothing is entered into the
// ledger until Proof.Commit. A release may turn out empty; that is no error.
func NewRelease(ctx context.Context, records []anonymize.Record, cfg ReleaseConfig) (*Release, error) {
	if cfg.Key == nil {
		return nil, fmt.Errorf("%w: no key", ErrInput)
	}
	if cfg.K == 0 {
		cfg.K = 5
	}
	b := &builder{cfg: cfg, rel: &Release{}}
	b.names, b.fields = quasiMembers()
	for _, name := range b.sensitiveNames() {
		if slices.Contains(b.fields, name) {
			return nil, fmt.Errorf("%w: %s is a quasi-identifier, alike in every class", ErrInput, name)
		}
	}
	if err := b.take(records); err != nil {
		return nil, err
	}
	if err := b.recode(ctx); err != nil {
		return nil, err
	}
	for {
		err := b.finish()
		var refused *ConflictError
		if errors.As(err, &refused) && b.holdBack(refused) {
			continue
		}
		if err != nil {
			return nil, err
		}
		return b.rel, b.overview()
	}
}

// published writes labels as a line shows them: suppressed ones are absent.
func published(labels []string) []string {
	out := slices.Clone(labels)
	for i, l := range out {
		if l == recode.Suppressed {
			out[i] = ""
		}
	}
	return out
}

type builder struct {
	cfg           ReleaseConfig
	rel           *Release
	names, fields []string
	named, plain  []anonymize.Record
	quasi         [][]string // of plain, as it would be published
	sensitive     [][]string
	label         map[string][]string // record -> labels it is published with
	small         bool                // whether so few are printed that few classes can be made
	fresh         map[string]bool     // records never published before
	frozen        map[string][]byte   // lines that are printed as before
	said          map[string][]byte   // plain record -> what its line says, without its id
	holding       map[string]string   // holding -> its name in a table
	asks          int                 // the threshold of the strictest that is printed
	bare          map[string]bool     // lines that tell nothing but what their class reads alike in
	lives         []life              // classes of earlier editions, some of which say something else now
}

func (b *builder) take(records []anonymize.Record) error {
	gone := b.cfg.Ledger.withdrawnOf()
	sorted := slices.Clone(records)
	slices.SortFunc(sorted, func(x, y anonymize.Record) int { return cmp.Compare(x.ID(), y.ID()) })
	b.said = map[string][]byte{}
	for i, r := range sorted {
		switch {
		case !r.Valid() || i > 0 && sorted[i-1].ID() == r.ID():
			return fmt.Errorf("%w: record %d is empty or repeated", ErrInput, i)
		case len(gone) > 0 && slices.ContainsFunc(holdingNames(r), func(h string) bool { return gone[b.cfg.Key.support(h)] }):
			b.drop(r, droppedWithdrawn)
		case r.Level() < model.Anonymous:
			b.drop(r, droppedLevel)
		case r.Level() > model.Anonymous:
			b.named = append(b.named, r)
		case !r.Allows(model.UseAggregate) || !r.Allows(model.UseGuidance):
			b.drop(r, droppedUse)
		default:
			line, err := json.Marshal(r)
			if err != nil {
				return fmt.Errorf("disclosure: record %d: %w", i, err)
			}
			values, err := members(line, slices.Concat(b.fields, b.sensitiveNames()))
			if err != nil {
				return err
			}
			q, s := values[:len(b.fields):len(b.fields)], values[len(b.fields):]
			b.plain, b.quasi, b.sensitive = append(b.plain, r), append(b.quasi, q), append(b.sensitive, s)
			b.said[r.ID()] = withoutID(line)
		}
	}
	b.orderByWhatIsSaid()
	return nil
}

// orderByWhatIsSaid puts the plain records into an order that does not hang on the
// key, as that of their ids does, and names their holdings in that order: what
// recoding settles by order is then the same under every key.
func (b *builder) orderByWhatIsSaid() {
	order := make([]int, len(b.plain))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		return bytes.Compare(b.said[b.plain[i].ID()], b.said[b.plain[j].ID()])
	})
	plain, quasi, sensitive := b.plain, b.quasi, b.sensitive
	b.plain, b.quasi, b.sensitive = nil, nil, nil
	places := map[string][]int{} // holding -> the records it has a part in
	for at, i := range order {
		b.plain, b.quasi, b.sensitive = append(b.plain, plain[i]), append(b.quasi, quasi[i]), append(b.sensitive, sensitive[i])
		for _, h := range holdingNames(plain[i]) {
			places[h] = append(places[h], at)
		}
	}
	names := slices.Sorted(maps.Keys(places))
	slices.SortStableFunc(names, func(x, y string) int { return slices.Compare(places[x], places[y]) })
	b.holding = map[string]string{}
	for i, h := range names {
		b.holding[h] = fmt.Sprintf("%09d", i)
	}
}

// withoutID is the line of a record without its id, which hangs on the key.
func withoutID(line []byte) []byte {
	var fields map[string]json.RawMessage
	if json.Unmarshal(line, &fields) != nil {
		return line
	}
	delete(fields, "id")
	said, err := json.Marshal(fields)
	if err != nil {
		return line
	}
	return said
}

func (b *builder) sensitiveNames() []string {
	var out []string
	for _, d := range b.cfg.Diversity {
		out = append(out, d.Column)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (b *builder) drop(r anonymize.Record, reason string) {
	b.rel.Dropped = append(b.rel.Dropped, DroppedRecord{r.ID(), reason})
}

func (b *builder) requirement() recode.Requirement {
	return recode.Requirement{K: b.cfg.K, Diversity: b.cfg.Diversity}
}

func (b *builder) recodeConfig() recode.Config {
	return recode.Config{Hierarchies: b.hierarchies(), Requirement: b.requirement(), Suppress: 1}
}

func (b *builder) hierarchies() []*recode.Hierarchy {
	defaults := defaultHierarchies()
	out := make([]*recode.Hierarchy, len(b.names))
	for i, name := range b.names {
		out[i] = cmp.Or(b.cfg.Hierarchies[name], defaults[name])
	}
	return out
}

// table is the plain records given, as data.
func (b *builder) table(which []int) *recode.Table {
	t := &recode.Table{}
	for c, name := range b.names {
		col := recode.Column{Name: name}
		for _, i := range which {
			col.Values = append(col.Values, b.quasi[i][c])
		}
		t.Quasi = append(t.Quasi, col)
	}
	for c, name := range b.sensitiveNames() {
		col := recode.Column{Name: name}
		for _, i := range which {
			col.Values = append(col.Values, b.sensitive[i][c])
		}
		t.Sensitive = append(t.Sensitive, col)
	}
	for _, i := range which {
		var names []string
		for _, h := range holdingNames(b.plain[i]) {
			names = append(names, b.holding[h])
		}
		t.Holdings = append(t.Holdings, names)
		t.K = append(t.K, b.plain[i].K())
	}
	return t
}

func holdingNames(r anonymize.Record) []string {
	var out []string
	for _, h := range r.Holdings() {
		out = append(out, string(h))
	}
	return out
}

// recode keeps what earlier editions fixed and recodes the rest.
func (b *builder) recode(ctx context.Context) error {
	b.label, b.fresh, b.frozen = map[string][]string{}, map[string]bool{}, map[string][]byte{}
	fresh := b.byReaders(b.keepEarlier())
	kept, dropped := b.label, len(b.rel.Dropped)
	all := make([]int, len(b.plain))
	for i := range all {
		all[i] = i
	}
	ways := []bool{false, true}
	if b.contributors(all) < fewClasses*b.cfg.K {
		ways = ways[1:] // nor can so many be printed
	}
	for _, b.small = range ways {
		b.label, b.rel.Dropped = maps.Clone(kept), b.rel.Dropped[:dropped]
		for _, some := range fresh {
			if err := b.recodeFresh(ctx, some); err != nil {
				return err
			}
		}
		if b.contributors(b.printed()) >= fewClasses*b.cfg.K {
			break
		}
	}
	return nil
}

// printed are the plain records that are to be printed.
func (b *builder) printed() (records []int) {
	for i, r := range b.plain {
		if b.label[r.ID()] != nil {
			records = append(records, i)
		}
	}
	return records
}

// byReaders parts newcomers whom everyone may read from those whom fewer may. Read
// alike, they would be torn apart by the next edition for everyone, which cannot print
// a class of which fewer than K are missing, and hold those for good whom it could
// have printed with others. Where few are only for some, and enough for everyone to
// hide who is missing, they stay together, so that the few are printed at all.
func (b *builder) byReaders(fresh []int) [][]int {
	if len(fresh) == 0 {
		return nil
	}
	var everyone, fewer []int
	for _, i := range fresh {
		if b.plain[i].Readers() == model.Everyone {
			everyone = append(everyone, i)
		} else {
			fewer = append(fewer, i)
		}
	}
	if len(everyone) == 0 || len(fewer) == 0 || b.contributors(fewer) < b.cfg.K && b.contributors(everyone) >= 2*b.cfg.K {
		return [][]int{fresh}
	}
	return [][]int{everyone, fewer}
}

// recodeFresh recodes records that no edition has published.
func (b *builder) recodeFresh(ctx context.Context, fresh []int) error {
	t := b.table(fresh)
	best, err := recode.Recode(ctx, t, b.recodeConfig())
	if errors.Is(err, recode.ErrInfeasible) {
		reason := droppedThreshold
		if len(b.label) > 0 {
			reason = DroppedEdition // too few newcomers to hide among
		}
		for _, i := range fresh {
			b.drop(b.plain[i], reason)
		}
		return nil
	}
	if err != nil {
		return ofRecoding(err)
	}
	for _, class := range b.classes(best, fresh) {
		for _, i := range class.records {
			b.label[b.plain[i].ID()] = class.labels
		}
	}
	for j, i := range fresh {
		r := b.plain[i]
		b.fresh[r.ID()] = true
		switch {
		case b.label[r.ID()] != nil:
		case best.ClassOf[j] >= 0:
			b.drop(r, DroppedEdition) // it waits for others
		default:
			b.drop(r, droppedThreshold)
		}
	}
	return nil
}

// coarse is a record as it reads under the labels of its class.
func (b *builder) coarse(i int, labels []string) (anonymize.Record, error) {
	hs := map[string]*recode.Hierarchy{}
	for c, h := range b.hierarchies() {
		hs[b.names[c]] = h
	}
	now := map[string]string{}
	for c, label := range published(labels) {
		if label != b.quasi[i][c] {
			now[b.names[c]] = label
		}
	}
	return b.plain[i].Coarsen(now, func(name, from, to string) bool { return broader(hs[name], from, to) })
}

// finish coarsens the records, writes their lines and certifies them.
func (b *builder) finish() error {
	b.rel.Behind, b.rel.Frozen = nil, nil
	var lines []ReleaseLine
	b.rel.cfg, b.rel.quasi = b.cfg, b.fields
	add := func(r anonymize.Record, named bool) error {
		line, err := json.Marshal(r)
		if err != nil {
			return fmt.Errorf("disclosure: record: %w", err)
		}
		if old := b.frozen[r.ID()]; old != nil {
			line = old
			if b.rel.Frozen == nil {
				b.rel.Frozen = map[string][]byte{}
			}
			b.rel.Frozen[r.ID()] = bytes.Clone(old)
		}
		lines = append(lines, ReleaseLine{
			ID: r.ID(), Line: line, Holdings: holdingNames(r), K: r.K(), Agreement: r.AgreementHash(), Named: named,
		})
		b.rel.Behind = append(b.rel.Behind, r)
		return nil
	}
	all := slices.Concat(b.plain, b.named)
	slices.SortFunc(all, func(x, y anonymize.Record) int { return cmp.Compare(x.ID(), y.ID()) })
	at := map[string]int{}
	for i, r := range b.plain {
		at[r.ID()] = i
	}
	for _, r := range all {
		i, plain := at[r.ID()]
		if !plain {
			if err := add(r, true); err != nil {
				return err
			}
			continue
		}
		labels := b.label[r.ID()]
		if labels == nil {
			continue
		}
		coarse, err := b.coarse(i, labels)
		if err != nil && b.frozen[r.ID()] == nil {
			return fmt.Errorf("disclosure: record: %w", err)
		}
		if err != nil {
			coarse = r // its line is that of an earlier edition
		}
		if err := add(coarse, false); err != nil {
			return err
		}
	}
	slices.SortFunc(b.rel.Dropped, func(x, y DroppedRecord) int { return cmp.Compare(x.ID, y.ID) })
	if err := b.withoutRare(lines, at); err != nil {
		return err
	}
	b.rel.lines = lines
	return b.rel.Prove(b.cfg.Items, b.cfg.Stated, b.cfg.Files)
}

// Prove certifies the release once more, with what is published beside it: see
// the members of these names of ReleaseConfig.
func (r *Release) Prove(items []Item, stated []string, files map[string][]byte) error {
	b := &builder{cfg: r.cfg}
	proof, err := Certify(r.lines, CertificateConfig{
		Key: r.cfg.Key, Edition: r.cfg.Edition, Requirement: b.requirement(), Quasi: r.quasi,
		Sensitive: b.sensitiveNames(), Ledger: r.cfg.Ledger, Items: items, Stated: stated, Files: files,
	})
	if err == nil {
		r.Proof = proof
	}
	return err
}
