// SPDX-License-Identifier: Apache-2.0

package edition_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/aggregate/edition"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/anonymize/disclosure"
	"github.com/sharedpractice/sharedpractice/model"
)

func group(t testing.TB, readers model.Audience, n int) []anonymize.Record {
	t.Helper()
	r := rand.New(rand.NewPCG(9, 9))
	var rows []row
	for i := range n {
		rows = append(rows, random(r, fmt.Sprintf("g%02d", i)))
	}
	return records(t, readers, rows)
}

// A key that has published starts no other ledger, and goes on from no older copy,
// nor from one that was changed or signed with another key.
func TestLedgerOfTheKey(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "ledger")
	everyone := edition.Config{Now: today, Audience: model.Everyone}
	rs := group(t, model.Everyone, 12)
	publish := func(note string) string {
		cfg := everyone
		cfg.Noted = note
		p, err := edition.Open(t.Context(), edition.File(path), secret, cfg)
		require.NoError(t, err)
		e, err := p.Publish(t.Context(), rs)
		require.NoError(t, err)
		require.ErrorIs(t, p.Enter(t.Context(), e), edition.ErrDraft, "once")
		return e.Note
	}
	first := publish("")
	older := map[string][]byte{}
	kept, err := filepath.Glob(path + ".e1.*")
	require.NoError(t, err)
	require.Len(t, kept, 1)
	for _, name := range []string{"ledger", "ledger.head", filepath.Base(kept[0])} {
		body, err := os.ReadFile(filepath.Join(dir, name))
		require.NoError(t, err)
		older[name] = body
	}
	noted := everyone
	noted.Noted = publish(first)

	_, err = edition.Open(t.Context(), &edition.Memory{}, secret, noted)
	require.ErrorIs(t, err, edition.ErrLedger, "lost")
	for name, body := range older {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), body, 0o600))
	}
	_, err = edition.Open(t.Context(), edition.File(path), secret, noted)
	require.ErrorIs(t, err, edition.ErrLedger, "an older copy")
	_, err = edition.Open(t.Context(), edition.File(path), []byte("another key of thirty-two bytes.."), everyone)
	require.ErrorIs(t, err, edition.ErrLedger, "another key")

	p, err := edition.Open(t.Context(), edition.File(path), secret, everyone)
	require.NoError(t, err)
	require.NoError(t, os.Rename(kept[0], path+".e1"))
	_, err = p.Draft(t.Context(), rs)
	require.NoError(t, err, "as earlier versions called it")
	require.NoError(t, os.WriteFile(path+".e1", []byte("{}"), 0o600))
	_, err = p.Draft(t.Context(), rs)
	require.ErrorIs(t, err, edition.ErrLedger, "what was printed is missing")
}

// Of two that publish from one store at once, one wins and the other fails.
func TestTwoPublishers(t *testing.T) {
	store := &edition.Memory{}
	rs := group(t, model.Everyone, 12)
	var presses []*edition.Press
	var made []*edition.Edition
	for range 2 {
		p, err := edition.Open(t.Context(), store, secret, edition.Config{Now: today, Audience: model.Everyone})
		require.NoError(t, err)
		e, err := p.Prepare(t.Context(), rs)
		require.NoError(t, err)
		presses, made = append(presses, p), append(made, e)
	}
	require.NoError(t, presses[0].Enter(t.Context(), made[0]))
	require.ErrorIs(t, presses[1].Enter(t.Context(), made[1]), edition.ErrChanged)
	_, err := edition.Open(t.Context(), store, secret, edition.Config{Now: today, Audience: model.Everyone, Noted: made[0].Note})
	require.NoError(t, err, "the store is whole")
}

// between does something before the nth time that a store is written to.
type between struct {
	*edition.Memory
	n  int
	do func()
}

func (b *between) Swap(ctx context.Context, name string, old, next []byte) error {
	if b.n--; b.n == 0 {
		b.do()
	}
	return b.Memory.Swap(ctx, name, old, next)
}

// Wherever between the writes of one who publishes another one does, what the store keeps
// is what was published: the one who is refused overwrote what the other had printed, and
// the next edition stood beside one that nobody published. With the error comes nothing.
func TestTwoPublishersInterleave(t *testing.T) {
	for n := 1; n <= 3; n++ {
		store := &between{Memory: &edition.Memory{}, n: n}
		cfg := edition.Config{Now: today, Audience: model.Everyone}
		publish := func(store edition.Store, examples int) (*edition.Edition, error) {
			p, err := edition.Open(t.Context(), store, secret, cfg)
			require.NoError(t, err)
			return p.Publish(t.Context(), group(t, model.Everyone, examples))
		}
		var other *edition.Edition
		var refused error
		store.do = func() { other, refused = publish(store.Memory, 24) }
		one, err := publish(store, 12)
		require.ErrorIs(t, err, edition.ErrChanged, n)
		require.Nil(t, one)
		require.NoError(t, refused)
		if n == 3 { // the ledger says so already: only its head does not yet
			require.Equal(t, "e2", other.Name)
			continue
		}
		p, err := edition.Open(t.Context(), store.Memory, secret, cfg)
		require.NoError(t, err)
		next, err := p.Draft(t.Context(), group(t, model.Everyone, 25))
		require.NoError(t, err)
		require.Equal(t, 24, next.Collection.Examples, "%d: one waits beside those who were published", n)
	}

	// The other wins between what the first read and what it wrote.
	store, cfg := &edition.Memory{}, edition.Config{Now: today, Audience: model.Everyone}
	late, err := edition.Open(t.Context(), store, secret, cfg)
	require.NoError(t, err)
	first, err := edition.Open(t.Context(), store, secret, cfg)
	require.NoError(t, err)
	e, err := first.Publish(t.Context(), group(t, model.Everyone, 12))
	require.NoError(t, err)
	nothing, err := late.Publish(t.Context(), group(t, model.Everyone, 24))
	require.ErrorIs(t, err, edition.ErrChanged)
	require.Nil(t, nothing)
	p, err := edition.Open(t.Context(), store, secret, cfg)
	require.NoError(t, err)
	next, err := p.Draft(t.Context(), group(t, model.Everyone, 13))
	require.NoError(t, err)
	require.Equal(t, e.Collection.Examples, next.Collection.Examples)
}

// Whatever is printed of a press and of its ledger, the key is not.
func TestPressesPrintNothing(t *testing.T) {
	p, err := edition.Open(t.Context(), &edition.Memory{}, secret, edition.Config{Now: today, Audience: model.Everyone})
	require.NoError(t, err)
	_, err = p.Publish(t.Context(), group(t, model.Everyone, 12))
	require.NoError(t, err)
	type holds struct {
		P *edition.Press
		V edition.Press
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		for _, x := range []any{p, *p, []*edition.Press{p}, holds{p, *p}} {
			for _, form := range []string{"%v", "%s", "%x", "%d", "%#v"} {
				require.NotContains(t, fmt.Sprintf(verb, x), strings.Trim(fmt.Sprintf(form, secret), "[]"))
			}
		}
	}
}

// Law 3: what was made for fewer readers is published for no more, and the
// working group's own view is no edition.
func TestAudience(t *testing.T) {
	p, err := edition.Open(t.Context(), &edition.Memory{}, secret, edition.Config{Now: today, Audience: model.Everyone})
	require.NoError(t, err)
	_, err = p.Publish(t.Context(), group(t, model.Members, 12))
	require.ErrorIs(t, err, aggregate.ErrAudience)
	_, err = p.Publish(t.Context(), []anonymize.Record{{}})
	require.ErrorIs(t, err, aggregate.ErrRecord)
	own, err := edition.Open(t.Context(), &edition.Memory{}, secret, edition.Config{Now: today})
	require.NoError(t, err)
	_, err = own.Publish(t.Context(), group(t, model.WorkingGroup, 12))
	require.ErrorIs(t, err, edition.ErrAudience)
	draft, err := own.Draft(t.Context(), group(t, model.WorkingGroup, 12))
	require.NoError(t, err)
	require.ErrorIs(t, own.Enter(t.Context(), draft), edition.ErrDraft)
	_, err = edition.Open(t.Context(), &edition.Memory{}, secret, edition.Config{Now: today, K: 2})
	require.ErrorIs(t, err, aggregate.ErrThreshold)
}

// Below what anything needs, an edition is empty and ends well. Of fewer than twice
// as many it tells of K, among whom one can leave at the cost of K-1 others.
func TestSmallCollections(t *testing.T) {
	for n := range 8 {
		p, err := edition.Open(t.Context(), &edition.Memory{}, secret, edition.Config{Now: today, Audience: model.Everyone})
		require.NoError(t, err)
		e, err := p.Publish(t.Context(), group(t, model.Everyone, n))
		require.NoError(t, err, "%d", n)
		if n < aggregate.KPublic {
			require.Zero(t, e.Collection.Examples, "%d", n)
			require.Empty(t, e.Release.Behind, "%d", n)
		} else {
			require.Equal(t, aggregate.KPublic, e.Collection.Examples, "%d", n)
			require.Len(t, e.Release.Behind, aggregate.KPublic, "%d", n)
		}
	}
}

// An edition is checked from outside with the certificate, and no other body
// passes as its collection.
func TestVerify(t *testing.T) {
	p, err := edition.Open(t.Context(), &edition.Memory{}, secret, edition.Config{Now: today, Audience: model.Everyone})
	require.NoError(t, err)
	e, err := p.Publish(t.Context(), group(t, model.Everyone, 14))
	require.NoError(t, err)
	ev := disclosure.Bundle{
		Release: e.Release.Proof.Release, Certificate: e.Release.Proof.Certificate, PublicKey: p.PublicKey(),
		Files: map[string][]byte{edition.CollectionName: e.Body},
	}
	_, counts, err := edition.Verify(ev)
	require.NoError(t, err)
	require.Positive(t, counts)
	ev.Files = map[string][]byte{edition.CollectionName: append([]byte(" "), e.Body...)}
	_, _, err = edition.Verify(ev)
	require.ErrorIs(t, err, disclosure.ErrProof)
}

// What is out of date, of another key or without a moment is refused at the door.
func TestFrontDoor(t *testing.T) {
	open := func(key []byte, now time.Time) (*edition.Press, error) {
		return edition.Open(t.Context(), &edition.Memory{}, key, edition.Config{Audience: model.Everyone, Now: now})
	}
	_, err := open(secret, time.Time{})
	require.ErrorIs(t, err, anonymize.ErrTime)

	e := row{ref: "one", kind: "ki:consultation", level: model.Anonymous}.example()
	e.Agreements[0].Expires = "2026-12-28"
	results, err := anonymize.All(t.Context(), anonymize.Config{Key: secret, Now: today, Audience: model.Everyone}, func(yield func(model.Example, error) bool) { yield(*e, nil) })
	require.NoError(t, err)
	records := anonymize.Records(results)
	require.Len(t, records, 1)
	for _, x := range []struct {
		name string
		key  []byte
		now  time.Time
		want error
	}{
		{"in force", secret, today, nil},
		{"the agreement has ended since", secret, today.AddDate(0, 2, 0), anonymize.ErrExpired},
		{"another key", []byte("another key of thirty-two bytes!"), today, aggregate.ErrKeys},
	} {
		t.Run(x.name, func(t *testing.T) {
			p, err := open(x.key, x.now)
			require.NoError(t, err)
			_, draft := p.Draft(t.Context(), records)
			_, published := p.Publish(t.Context(), records)
			if x.want == nil {
				require.NoError(t, draft)
				require.NoError(t, published)
				return
			}
			require.ErrorIs(t, draft, x.want)
			require.ErrorIs(t, published, x.want)
		})
	}
}

func BenchmarkDraft(b *testing.B) {
	rs := group(b, model.Everyone, 60)
	p, err := edition.Open(b.Context(), &edition.Memory{}, secret, edition.Config{Now: today, Audience: model.Everyone})
	require.NoError(b, err)
	for b.Loop() {
		_, err := p.Draft(b.Context(), rs)
		require.NoError(b, err)
	}
}

// Who keeps records and loads them publishes none that would be another now: of an
// example that changed or is gone, of an agreement that was withdrawn, of a name that
// somebody declared since. A draft says which, and why; examples of which no record is
// made yet stop nothing.
func TestNothingStaleIsPublished(t *testing.T) {
	examples := func() (out []*model.Example) {
		r := rand.New(rand.NewPCG(3, 3))
		for i := range 8 {
			e := random(r, fmt.Sprintf("g%02d", i)).example()
			e.Lessons = []model.Lesson{{Text: model.Text{Value: "Mind ran the group."}, Kind: "worked"}}
			out = append(out, e)
		}
		return out
	}
	anonymizer := func() *anonymize.Anonymizer {
		a, err := anonymize.New(anonymize.Config{Key: secret, Now: today, Audience: model.Everyone})
		require.NoError(t, err)
		return a
	}
	results, err := anonymizer().Anonymize(t.Context(), examples()...)
	require.NoError(t, err)
	stored := anonymize.Records(results)
	require.Len(t, stored, 8)
	for _, x := range []struct {
		name, why string
		change    func([]*model.Example) []*model.Example
		refused   bool
	}{
		{"as they were", "", func(all []*model.Example) []*model.Example { return all }, false},
		{"withdrawn", "agreement-changed", func(all []*model.Example) []*model.Example {
			all[2].Agreements[0].Consent.Status = "withdrawn"
			return all
		}, true},
		{"other words", "example-changed", func(all []*model.Example) []*model.Example {
			all[2].Title.Value = "Something else"
			return all
		}, true},
		{"gone", "example-gone", func(all []*model.Example) []*model.Example { return all[1:] }, true},
		{"a party joined that declares a name", "name-declared-since", func(all []*model.Example) []*model.Example {
			e := row{ref: "late", kind: "ki:consultation", level: model.Withheld}.example()
			e.Parties[0].Identities = []model.Identity{{Type: "organisation", Name: "Mind"}}
			return append(all, e)
		}, true},
		{"a party joined", "not-made-yet", func(all []*model.Example) []*model.Example {
			return append(all, row{ref: "late", kind: "ki:consultation", level: model.Anonymous}.example())
		}, false},
	} {
		t.Run(x.name, func(t *testing.T) {
			now := x.change(examples())
			a := anonymizer()
			p, err := edition.Open(t.Context(), &edition.Memory{}, secret, edition.Config{
				Audience: model.Everyone, Now: today,
				Again: func(ctx context.Context, records []anonymize.Record) ([]anonymize.Log, error) {
					return a.Again(ctx, records, now...)
				},
			})
			require.NoError(t, err)
			draft, err := p.Draft(t.Context(), stored)
			require.NoError(t, err)
			_, err = p.Publish(t.Context(), stored)
			require.Equal(t, x.refused, errors.Is(err, edition.ErrAgain))
			if x.why == "" {
				require.Empty(t, draft.Again)
				return
			}
			require.NotEmpty(t, draft.Again)
			for _, l := range draft.Again {
				require.Equal(t, x.why, l.Reasons[0].Code)
			}
			if x.refused {
				require.Empty(t, p.Note(), "nothing was entered")
			}
		})
	}
}

// Where nobody can say which records must be made again, nothing is made of them.
func TestAgainFails(t *testing.T) {
	p, err := edition.Open(t.Context(), &edition.Memory{}, secret, edition.Config{
		Audience: model.Everyone, Now: today,
		Again: func(context.Context, []anonymize.Record) ([]anonymize.Log, error) { return nil, io.ErrUnexpectedEOF },
	})
	require.NoError(t, err)
	_, err = p.Draft(t.Context(), group(t, model.Everyone, 12))
	require.ErrorIs(t, err, io.ErrUnexpectedEOF)
	_, err = p.Publish(t.Context(), group(t, model.Everyone, 12))
	require.ErrorIs(t, err, io.ErrUnexpectedEOF)
}

// Where nobody may be read by everyone, an edition for everyone is empty and no fault, and
// that for members beside it has all.
func TestAllForMembersOnly(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 1))
	var rows []row
	for i := range 24 {
		x := random(r, fmt.Sprintf("r%02d", i))
		x.membersOnly = true
		rows = append(rows, x)
	}
	store := &edition.Memory{}
	for _, c := range []struct {
		readers model.Audience
		lines   int
	}{{model.Everyone, 0}, {model.Members, 24}, {model.Everyone, 0}} {
		p, err := edition.Open(t.Context(), store, secret, edition.Config{Now: today, Audience: c.readers})
		require.NoError(t, err)
		e, err := p.Publish(t.Context(), records(t, c.readers, rows))
		require.NoError(t, err)
		require.Len(t, e.Release.Behind, c.lines)
		require.Equal(t, c.lines, e.Collection.Examples)
	}
}
