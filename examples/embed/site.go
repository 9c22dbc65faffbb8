// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"reflect"
	"sync"
	"time"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/aggregate/edition"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/model"
)

// Site joins the library to a host's store. It keeps nothing elsewhere.
type Site struct {
	store    Store
	key      []byte
	now      func() time.Time
	secure   bool          // cookies go over TLS only
	work     chan struct{} // bounds what is anonymised side by side
	deciding sync.Mutex    // held while something is put, and while an edition is entered
}

// Open opens a site on a store. Its key is made once and stays in the store: who
// loses it cannot go on publishing.
func Open(ctx context.Context, store Store, now func() time.Time) (*Site, error) {
	key, err := store.Get(ctx, "key")
	if err == nil && key == nil {
		key = make([]byte, 32)
		rand.Read(key)
		err = store.Swap(ctx, "key", nil, key)
	}
	return &Site{store: store, key: key, now: now, work: make(chan struct{}, 2)}, err
}

func (s *Site) day() string { return s.now().UTC().Format(time.DateOnly) }

func (s *Site) anonymised(ctx context.Context, all ...model.Example) ([]anonymize.Result, error) {
	s.work <- struct{}{}
	defer func() { <-s.work }()
	return anonymize.All(ctx, anonymize.Config{Key: s.key, Now: s.now().UTC(), Audience: model.Everyone}, func(yield func(model.Example, error) bool) {
		for i := 0; i < len(all) && yield(all[i], nil); i++ {
		}
	})
}

// Publish makes an edition of all that may be published, and enters it in the
// ledger. A person decides when.
func (s *Site) Publish(ctx context.Context) error {
	all, err := s.examples(ctx, "example.")
	results, failed := s.anonymised(ctx, all...)
	if err = errors.Join(err, failed); err != nil {
		return err
	}
	noted, failed := s.store.Get(ctx, "noted")
	press, err := edition.Open(ctx, s.store, s.key, edition.Config{Now: s.now().UTC(), Audience: model.Everyone, Noted: string(noted)})
	if err = errors.Join(failed, err); err != nil {
		return err
	}
	e, err := press.Prepare(ctx, anonymize.Records(results))
	if err != nil {
		return err
	}
	s.deciding.Lock() // who says no or deletes while the edition is made is not in it
	now, err := s.examples(ctx, "example.")
	if err == nil && !reflect.DeepEqual(now, all) {
		err = edition.ErrChanged
	}
	if err == nil {
		err = press.Enter(ctx, e)
	}
	if s.deciding.Unlock(); err != nil {
		return err
	}
	return errors.Join(s.set(ctx, "noted", []byte(e.Note)), s.set(ctx, "collection", e.Body))
}

// Published is the collection that was published last, empty before the first.
func (s *Site) Published(ctx context.Context) (*aggregate.Collection, error) {
	c := &aggregate.Collection{}
	body, err := s.store.Get(ctx, "collection")
	if err == nil && body != nil {
		err = json.Unmarshal(body, c)
	}
	return c, err
}

// preview makes the guide that would be published of one example. It is held against its own
// contributor's names: held against everybody's, a mask would tell who else takes part.
func (s *Site) preview(ctx context.Context, e model.Example) (anonymize.Log, *guidance.Guide, error) {
	results, err := s.anonymised(ctx, e)
	if err != nil || results[0].Withheld() {
		return anonymize.Log{}, nil, err
	}
	g, err := guidance.SignOff(results[0].Record, results[0].Log, guidance.Config{Date: s.day()})
	return results[0].Log, g, err
}

// nameOf returns an example's name in the store: no owner can ask for another's.
func nameOf(owner, id string) string {
	return "example." + owner + "." + hex.EncodeToString([]byte(id))
}

// examples are those whose names begin so.
func (s *Site) examples(ctx context.Context, prefix string) ([]model.Example, error) {
	names, err := s.store.Names(ctx, prefix)
	var out []model.Example
	for _, name := range names {
		body, failed := s.store.Get(ctx, name)
		if err = errors.Join(err, failed); body != nil { // else deleted meanwhile
			e, failed := model.DecodeJSON(body)
			err, out = errors.Join(err, failed), append(out, e)
		}
	}
	return out, err
}

func (s *Site) put(ctx context.Context, owner string, e model.Example) error {
	body, err := model.EncodeJSON(e)
	if err = errors.Join(err, e.Validate(nil)); err != nil {
		return err
	}
	return s.set(ctx, nameOf(owner, e.ID), body)
}

// set puts a body in the place of whatever is there; nil deletes it.
func (s *Site) set(ctx context.Context, name string, body []byte) error {
	s.deciding.Lock()
	defer s.deciding.Unlock()
	for {
		old, err := s.store.Get(ctx, name)
		if err != nil || old == nil && body == nil {
			return err
		}
		if err = s.store.Swap(ctx, name, old, body); !errors.Is(err, edition.ErrChanged) {
			return err
		}
	}
}
