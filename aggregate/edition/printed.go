// SPDX-License-Identifier: Apache-2.0

package edition

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/anonymize/disclosure"
	"github.com/sharedpractice/sharedpractice/model"
)

// printed keeps the items that an edition printed, with the records behind each.
type printed struct {
	Edition    string                `json:"edition"`
	Audience   model.Audience        `json:"audience"`
	Collection *aggregate.Collection `json:"collection"`
	Release    []byte                `json:"release"`
	Whole      []byte                `json:"whole,omitempty"`  // the lines of Release before what too few tell in them was taken out
	Bounds     int                   `json:"bounds,omitempty"` // the threshold of numbers told as bounds, where it is more than K
	Records    []counted             `json:"records"`          // sorted by id
	States     []state               `json:"states"`           // as they were when items last appeared
	Items      []item                `json:"items"`            // sorted by key

	byKey  map[aggregate.ItemKey]int
	behind map[string]bool   // ids of Records
	line   map[string][]byte // whole
	seen   map[string][]byte // as printed
}

// counted is a record that items count.
type counted struct {
	ID       string              `json:"id"`
	Holdings []anonymize.Holding `json:"holdings"`
}

// item keeps the numbers that were printed under one key.
type item struct {
	Key     aggregate.ItemKey `json:"key"`
	Shown   string            `json:"shown"`
	K       int               `json:"k"`
	Records []int             `json:"records"` // places, sorted
	// Numbers that a reader sees.
	Examples     int  `json:"examples"`
	Contributors int  `json:"contributors"`
	Bound        bool `json:"bound,omitempty"`  // they were told as a bound
	Untold       bool `json:"untold,omitempty"` // they were not told, but what was counted among them tells how many examples
}

// sealed is the form in which printed is stored, with a MAC over it.
type sealed struct {
	Printed json.RawMessage `json:"printed"`
	Seal    string          `json:"seal"`
}

func seal(key, body []byte) string {
	h := hmac.New(sha256.New, key)
	h.Write([]byte("edition/printed"))
	h.Write(body)
	return hex.EncodeToString(h.Sum(nil))
}

func (p *printed) bytes(key []byte) ([]byte, error) {
	body, err := json.Marshal(p)
	if err != nil {
		return nil, fmt.Errorf("edition: %w", err)
	}
	return json.Marshal(sealed{body, seal(key, body)})
}

var errPrinted = fmt.Errorf("%w: what an earlier edition printed is missing or was changed", ErrLedger)

func readPrinted(data, key []byte) (*printed, error) {
	var s sealed
	if json.Unmarshal(data, &s) != nil || !hmac.Equal([]byte(s.Seal), []byte(seal(key, s.Printed))) {
		return nil, errPrinted
	}
	p := &printed{}
	if json.Unmarshal(s.Printed, p) != nil || p.Collection == nil {
		return nil, errPrinted
	}
	p.byKey = map[aggregate.ItemKey]int{}
	for i, it := range p.Items {
		p.byKey[it.Key] = i
	}
	return p, nil
}

func (p *printed) item(key aggregate.ItemKey) (item, bool) {
	if p == nil {
		return item{}, false
	}
	i, ok := p.byKey[key]
	if !ok {
		return item{}, false
	}
	return p.Items[i], true
}

// shows reports whether a line is of a record, or an item counts it.
func (p *printed) shows(id string) bool { return p.lines()[id] != nil || p.counts()[id] }

// counts are the records that any item counts.
func (p *printed) counts() map[string]bool {
	if p.behind == nil {
		p.behind = make(map[string]bool, len(p.Records))
		for _, r := range p.Records {
			p.behind[r.ID] = true
		}
	}
	return p.behind
}

// keys are those of all items, with their places.
func (p *printed) keys() map[aggregate.ItemKey]int {
	if p == nil {
		return nil
	}
	return p.byKey
}

// at is item before the keys are indexed.
func (p *printed) at(key aggregate.ItemKey) *item {
	if i := slices.IndexFunc(p.Items, func(it item) bool { return it.Key == key }); i >= 0 {
		return &p.Items[i]
	}
	return nil
}

// number is how many examples are told of a total; of one whose rest is too few it
// is the whole.
func (p *printed) number(total aggregate.ItemKey) int {
	it, _ := p.item(total)
	if all, ok := p.item(aggregate.AllItems); ok && it.Bound {
		return all.Examples
	}
	return it.Examples
}

// ids are the records that an item counts.
func (p *printed) ids(it item) map[string]bool {
	out := make(map[string]bool, len(it.Records))
	for _, at := range it.Records {
		out[p.Records[at].ID] = true
	}
	return out
}

// printedLine reports whether an edition printed the line of a record.
func printedLine(earlier []*printed, id string) bool {
	return slices.ContainsFunc(earlier, func(p *printed) bool { return p.lines()[id] != nil })
}

// lastLines are the lines that were printed last, those for these readers or more
// before others, whole and as they were shown, and the ids of the others.
func lastLines(earlier []*printed, readers model.Audience) (lines, shown map[string][]byte, narrower map[string]bool) {
	lines, shown, narrower = map[string][]byte{}, map[string][]byte{}, map[string]bool{}
	for _, e := range earlier {
		for id, line := range e.lines() {
			if _, known := lines[id]; known && !narrower[id] && e.Audience < readers {
				continue
			}
			lines[id], shown[id], narrower[id] = line, e.shown()[id], e.Audience < readers
		}
	}
	return lines, shown, narrower
}

// lineLives tells of each line ever printed which editions printed it, and where
// it read otherwise than before.
func lineLives(earlier []*printed) map[string]string {
	versions := map[string]map[string]int{} // id -> line -> its number
	lives := map[string]string{}
	for n, e := range earlier {
		for id, line := range e.shown() {
			if versions[id] == nil {
				versions[id] = map[string]int{}
			}
			if _, known := versions[id][string(line)]; !known {
				versions[id][string(line)] = len(versions[id])
			}
			lives[id] += fmt.Sprintf("%d:%d ", n, versions[id][string(line)])
		}
	}
	return lives
}

// lines are the lines of the release, by the id of the record, with what too few tell in
// them: what was printed is made of these, so that whoever subtracts it from anything has
// no more to subtract.
func (p *printed) lines() map[string][]byte {
	if p == nil {
		return nil
	}
	if p.line != nil {
		return p.line
	}
	if p.line = linesOf(p.Whole); p.Whole == nil {
		p.line = p.shown()
	}
	return p.line
}

// shown are the lines of the release as they were printed, by the id of the record.
func (p *printed) shown() map[string][]byte {
	if p.seen == nil {
		p.seen = linesOf(p.Release)
	}
	return p.seen
}

func linesOf(release []byte) map[string][]byte {
	out := map[string][]byte{}
	for line := range bytes.SplitSeq(release, []byte("\n")) {
		var record struct{ ID string }
		if json.Unmarshal(line, &record) == nil && record.ID != "" {
			out[record.ID] = bytes.Clone(line)
		}
	}
	return out
}

// wholeLines are the lines of a release before what too few tell was taken out of them.
func wholeLines(r *disclosure.Release) ([]byte, error) {
	var out []byte
	for _, record := range r.Behind {
		line := r.Frozen[record.ID()]
		if line == nil {
			var err error
			if line, err = json.Marshal(record); err != nil {
				return nil, fmt.Errorf("edition: %w", err)
			}
		}
		out = append(append(out, line...), '\n')
	}
	return out, nil
}

// earlier are the editions of the ledger, in order, with what they printed.
func (p *Press) earlier(ctx context.Context) ([]*printed, error) {
	var out []*printed
	for _, e := range p.ledger.Entries() {
		if e.Kind != disclosure.EntryEdition {
			continue
		}
		name, old := blob(p.ledger, e.Edition, p.secret)
		data, err := p.store.Get(ctx, name)
		if err == nil && data == nil {
			data, err = p.store.Get(ctx, old)
		}
		if err != nil {
			return nil, err
		}
		made, err := readPrinted(data, p.secret)
		if err != nil {
			return nil, err
		}
		if made.Edition != e.Edition {
			return nil, errors.New("edition: what was printed stands under another edition's name")
		}
		out = append(out, made)
	}
	return out, nil
}

// base is the edition whose items are printed again where they cannot change: the
// last for the same readers or, where there is none, for more.
func base(earlier []*printed, readers model.Audience) *printed {
	var out *printed
	for _, e := range earlier {
		switch {
		case e.Audience == readers, e.Audience > readers && (out == nil || out.Audience != readers):
			out = e
		}
	}
	return out
}

// collectRecords sorts what items count into one table, and returns its places.
func collectRecords(named map[string]counted) (table []counted, at map[string]int) {
	at = make(map[string]int, len(named))
	for i, name := range slices.Sorted(maps.Keys(named)) {
		table, at[name] = append(table, named[name]), i
	}
	return table, at
}
