// SPDX-License-Identifier: Apache-2.0

package anonymize

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"

	"github.com/sharedpractice/sharedpractice/anonymize/redact"
	"github.com/sharedpractice/sharedpractice/model"
)

// ErrSeal says that a stored record was not sealed with this key, or was
// changed since.
var ErrSeal = errors.New("anonymize: the record's seal does not hold")

// ErrExpired says that an agreement under which a stored record was made is over.
var ErrExpired = errors.New("anonymize: an agreement that the record was made under has expired")

// errKeyID says that a record is to be stored under another key than it was made with.
var errKeyID = errors.New("anonymize: the record was made with another key")

// Holding is a keyed commitment to a contributor's holding: 64 lower-case hex
// digits. Two records of one anonymizer's key share it if, and only if, they
// share a holding. It tells nothing without the key, but links records, and so
// is never published.
type Holding string

// Record is one example after anonymisation and verification. Only an
// Anonymizer, or Load, can make one; the zero Record holds nothing and counts
// for nothing. A Record is immutable and safe for concurrent use.
type Record struct{ s *sealed }

// sealed holds the data of a record, in the form in which it is stored.
type sealed struct {
	ID        string                 `json:"id"`
	Key       string                 `json:"key"`
	Content   Content                `json:"content"`
	Level     model.Level            `json:"level"`
	Audience  model.Audience         `json:"audience"`
	Expires   time.Time              `json:"expires,omitzero"`
	Uses      model.Uses             `json:"uses"`
	Fields    map[string]model.Level `json:"fields,omitempty"`
	K         int                    `json:"k"`
	Holdings  []Holding              `json:"holdings"`
	Agreement string                 `json:"agreement"` // hash of the agreements it was made under
	Contact   bool                   `json:"contact,omitempty"`
	OwnWords  bool                   `json:"own_words,omitempty"`
	Texts     bool                   `json:"texts,omitempty"` // may be published in the contributor's sentences
	// Awaited is the level agreed for a record that is counted only until its
	// exact text is approved.
	Awaited model.Level `json:"awaited,omitempty"`
	// Funded says that somebody paid for the work, Owing that there is one of
	// them whose acknowledgement cannot be printed.
	Funded bool `json:"funded,omitempty"`
	Owing  bool `json:"owing,omitempty"`
	// Under is the level under whose policy the texts were written, Own commits to
	// the names that the example's own parties declared, a plus before those that may
	// be told, and Source to the example as it was: see Anonymizer.Load and Again.
	Under  model.Level `json:"under,omitempty"`
	Own    []string    `json:"own,omitempty"`
	Source string      `json:"source,omitempty"`
	// Readers are the widest that its agreements allow.
	Readers model.Audience `json:"readers,omitempty"`
}

// Valid reports whether the record was made by an Anonymizer or Load.
func (r Record) Valid() bool { return r.s != nil }

func (r Record) get() sealed {
	if r.s == nil {
		return sealed{}
	}
	return *r.s
}

// ID is the record's own opaque id. Without the key it cannot be linked to the example's.
func (r Record) ID() string { return r.get().ID }

// Level is the level that the agreements resolved to.
func (r Record) Level() model.Level { return r.get().Level }

// Agreed is the level that the agreements resolve to once every party that must
// approve the exact text has done so; Level is the one that holds now.
func (r Record) Agreed() model.Level {
	s := r.get()
	return max(s.Level, s.Awaited)
}

// Audience is for whom the record was made.
func (r Record) Audience() model.Audience { return r.get().Audience }

// Readers are the widest that the agreements allow, whoever the record was made for;
// of a record that was stored before it told, those that it was made for.
func (r Record) Readers() model.Audience { return max(r.get().Readers, r.get().Audience) }

// Expires returns the day on which the first of the agreements ends that the record was made
// under; zero is never. From then on the record may not be used.
func (r Record) Expires() time.Time { return r.get().Expires }

// KeyID names the key that the record was made with. Records of two keys are
// never counted together: one contributor would count as two.
func (r Record) KeyID() string { return r.get().Key }

// K is how many holdings a statement that rests on this record needs at least;
// 0 leaves it to the release.
func (r Record) K() int { return r.get().K }

// Holdings are the commitments to the holdings that stand behind the record,
// sorted, at least one for a valid record.
func (r Record) Holdings() []Holding { return slices.Clone(r.get().Holdings) }

// AgreementHash is the SHA-256 over the agreements that the record was made under.
func (r Record) AgreementHash() string { return r.get().Agreement }

// ContactAllowed reports whether every party allows an introduction through
// the working group.
func (r Record) ContactAllowed() bool { return r.get().Contact }

// OwnWords reports whether the contributor's own sentences may be printed as a
// statement of one source: the use is granted, and the exact text was approved.
func (r Record) OwnWords() bool { return r.get().OwnWords }

// Funded reports whether the example names somebody who paid for the work.
func (r Record) Funded() bool { return r.get().Funded }

// Unacknowledged reports whether somebody who paid for the work cannot be
// acknowledged: no statement was given, or the agreements close it. Such work
// is not shown by name.
func (r Record) Unacknowledged() bool { return r.get().Owing }

// Allows reports whether every party granted the use, before the audience that
// the record was made for.
func (r Record) Allows(use model.Use) bool {
	s := r.get()
	t := model.Terms{Level: s.Level, Audience: s.Audience, Uses: s.Uses}
	ok, _ := t.Allows(use, s.Audience)
	return ok
}

// AllowsOnceApproved is Allows as it will be once every party that must approve
// the exact text has done so.
func (r Record) AllowsOnceApproved(use model.Use) bool {
	if r.s == nil {
		return false
	}
	s := r.get()
	s.Level = r.Agreed()
	return Record{&s}.Allows(use)
}

// Countable is a copy of everything that may be counted and compared. Its
// texts must not be printed as they are: that is for Published.
func (r Record) Countable() Content {
	if r.s == nil || !r.Allows(model.UseAggregate) && !r.Allows(model.UseGuidance) {
		return Content{}
	}
	return r.s.Content.clone()
}

// Published is a copy of what may stand in the release as a record of its own:
// nothing for a record below the level anonymous, else the content without the
// fields that are closed further. Of a record that carries a name only the
// fields that may stand beside the name are published. An anonymous record
// keeps its sentences only where its agreements grant single_source or vignette,
// and the exact text was approved: a turn of phrase gives away as much as a name.
// Otherwise codes, bands and kinds are published.
func (r Record) Published() Content {
	s := r.get()
	least := model.Anonymous
	if s.Level >= model.Attributed {
		least = model.Attributed
	}
	if s.Level < least {
		return Content{}
	}
	c := s.Content.clone()
	terms := model.Terms{Level: s.Level, Fields: s.Fields}
	c.close(func(field string) bool { return terms.FieldLevel(field) < least })
	if s.Level == model.Anonymous {
		c.dropUncounted()
		if !s.Texts {
			c.dropTexts()
		}
	}
	return c
}

// Proposed is a copy of what would be published once every party that must
// approve the exact text has done so. It is for the eyes of those who may
// approve it, and of the working group; Published is what may be published now.
func (r Record) Proposed() Content {
	if r.s == nil {
		return Content{}
	}
	s := r.get()
	s.Level = r.Agreed()
	s.Texts = s.Uses[model.UseSingleSource] || s.Uses[model.UseVignette]
	return Record{&s}.Published()
}

// Anonymised is a copy of the content with every sentence that the agreements
// leave open, at whatever level. It is for the working group's own eyes.
func (r Record) Anonymised() Content {
	if r.s == nil {
		return Content{}
	}
	return r.s.Content.clone()
}

// Format implements fmt.Formatter: a record prints as its id.
func (r Record) Format(f fmt.State, _ rune) { fmt.Fprintf(f, "[record %s]", r.ID()) }

// MarshalJSON writes id, level and published content, without holdings and terms: that of
// which a release makes its line. It was held against no other record yet, and may tell
// who it is of: what leaves the working group is the release of an edition.
func (r Record) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		ID    string      `json:"id"`
		Level model.Level `json:"level"`
		Content
	}{r.ID(), r.Level(), r.Published()})
}

// Store writes the record whole, holdings and terms included, sealed with the
// key. What it writes is for the working group's own machine.
func (r Record) Store(w io.Writer, key []byte) error {
	if r.s == nil {
		return errors.New("anonymize: store: the record is empty")
	}
	if len(key) < redact.MinKey {
		return redact.ErrKey
	}
	if r.s.Key != KeyID(key) {
		return errKeyID
	}
	body, err := json.Marshal(r.s)
	if err != nil {
		return fmt.Errorf("anonymize: store: %w", err)
	}
	line, err := json.Marshal(stored{Record: body, Seal: seal(key, body)})
	if err != nil {
		return fmt.Errorf("anonymize: store: %w", err)
	}
	_, err = w.Write(append(line, '\n'))
	return err
}

type stored struct {
	Record json.RawMessage `json:"record"`
	Seal   string          `json:"seal"`
}

func seal(key, body []byte) string {
	return hex.EncodeToString(mac(key, "seal", string(body)))
}

func decodeStrict(b []byte, to any) error {
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(to); err != nil {
		return errors.New("malformed")
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("malformed")
	}
	return nil
}

// Coarsen returns the record with quasi-identifiers replaced by coarser values,
// or removed by "". Names are those of QuasiIdentifiers; broader decides
// whether the second value is broader than the first. A value that is not is
// an error: a record can be closed further, never opened.
func (r Record) Coarsen(values map[string]string, broader func(name, from, to string) bool) (Record, error) {
	if r.s == nil {
		return Record{}, errors.New("anonymize: coarsen: the record is empty")
	}
	s := *r.s
	s.Content = s.Content.clone()
	now := s.Content.quasiIdentifiers()
	for _, name := range slices.Sorted(maps.Keys(values)) {
		from, to := now[name], values[name]
		if from == to {
			continue
		}
		if to != "" && !broader(name, from, to) {
			return Record{}, fmt.Errorf("anonymize: coarsen: %s: the new value is no broader one", name)
		}
		if !s.Content.setQuasiIdentifier(name, to) {
			return Record{}, fmt.Errorf("anonymize: coarsen: unknown quasi-identifier")
		}
	}
	return Record{&s}, nil
}

// QuasiIdentifiers are the values by which a record could be recognised though
// it holds no name: organisation-type, sector, therapy-area, region, year,
// money-band, scale. Several values are joined by "+", sorted; absent is "".
func (r Record) QuasiIdentifiers() map[string]string {
	s := r.get()
	return s.Content.quasiIdentifiers()
}
