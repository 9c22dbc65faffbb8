// SPDX-License-Identifier: Apache-2.0

package edition_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate/edition"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/anonymize/disclosure"
	"github.com/sharedpractice/sharedpractice/model"
)

var secondSecret = []byte("another key of thirty-two bytes!")

func pairs(t testing.TB, rows []row) []edition.Pair {
	var out []edition.Pair
	olds, news := recordsUnder(t, secret, model.Members, rows), recordsUnder(t, secondSecret, model.Members, rows)
	require.Equal(t, len(olds), len(news))
	for i := range olds {
		out = append(out, edition.Pair{Old: olds[i], New: news[i]})
	}
	return out
}

// withoutID are the lines of a release without their ids, sorted.
func withoutID(t testing.TB, e *edition.Edition) []string {
	var out []string
	for _, r := range e.Release.Behind {
		body, err := json.Marshal(r)
		require.NoError(t, err)
		var fields map[string]any
		require.NoError(t, json.Unmarshal(body, &fields))
		delete(fields, "id")
		body, err = json.Marshal(fields)
		require.NoError(t, err)
		out = append(out, string(body))
	}
	slices.Sort(out)
	return out
}

// A key is rotated amid a life: the next edition of the same rows says the same, and
// all editions, before and after, keep what each of them promised.
func TestRotate(t *testing.T) {
	kinds := []string{"few codes", "joint", "several each", "wide"}
	if testing.Short() {
		kinds = kinds[:2]
	}
	for _, kind := range kinds {
		t.Run(kind, func(t *testing.T) { rotated(t, groups[kind]) })
	}
}

func rotated(t *testing.T, random func(*rand.Rand, string) row) {
	r := rand.New(rand.NewPCG(4, 24))
	var rows []row
	next := 0
	join := func(n int) {
		for range n {
			rows = append(rows, random(r, fmt.Sprintf("r%02d", next)))
			next++
		}
	}
	join(24)
	store, intruder := &edition.Memory{}, &reader{t: t, k: 5}
	key, note := secret, ""
	var last *edition.Edition
	open := func(key []byte, note string) (*edition.Press, error) {
		return edition.Open(t.Context(), store, key, edition.Config{Now: today, Audience: model.Everyone, K: 5, Noted: note})
	}
	publish := func(name string) {
		p, err := open(key, note)
		require.NoError(t, err)
		last, err = p.Publish(t.Context(), recordsUnder(t, key, model.Everyone, rows))
		require.NoError(t, err, name)
		note = last.Note
		intruder.read(name, p, last)
	}
	publish("first")
	gone := rows[3]
	rows = slices.Delete(rows, 3, 4)
	publish("one left")
	join(2)
	publish("two joined")
	before, firstLedger := last, last

	_, err := edition.Rotate(t.Context(), store, secret, secondSecret, "7:0", pairs(t, rows))
	require.ErrorIs(t, err, edition.ErrLedger, "not the ledger that the note tells of")
	_, err = edition.Rotate(t.Context(), store, secondSecret, secret, note, pairs(t, rows))
	require.ErrorIs(t, err, edition.ErrLedger, "not its key")
	_, err = edition.Rotate(t.Context(), store, secret, secondSecret, note, append(pairs(t, rows), pairs(t, rows[:1])...))
	require.ErrorIs(t, err, edition.ErrPairs)
	oldNote := note
	note, err = edition.Rotate(t.Context(), store, secret, secondSecret, oldNote, pairs(t, rows))
	require.NoError(t, err)
	key = secondSecret

	_, err = open(secret, oldNote)
	require.ErrorIs(t, err, edition.ErrLedger, "the old key publishes nothing more")
	for i := range intruder.releases {
		intruder.releases[i] = nil // lines have other names from here; intrude knows both
	}
	publish("the same again")
	require.Equal(t, withoutID(t, before), withoutID(t, last), "the same lines")
	require.Equal(t, before.Collection.Examples, last.Collection.Examples)
	require.Equal(t, before.Collection.Contributors, last.Collection.Contributors)
	require.Equal(t, len(before.Collection.Topics), len(last.Collection.Topics))
	join(1)
	publish("three joined")
	require.Equal(t, withoutID(t, before), withoutID(t, last), "too few have joined, before and after")
	rows = append(rows, gone)
	join(4)
	publish("five joined, and who had left came back")
	require.GreaterOrEqual(t, len(last.Release.Behind), len(before.Release.Behind)+5)

	// What was published with either key is verified with its ledger.
	lines, err := store.Get(t.Context(), "ledger")
	require.NoError(t, err)
	k, err := disclosure.NewKey(secondSecret)
	require.NoError(t, err)
	_, err = disclosure.VerifyCertificate(disclosure.Bundle{Release: last.Release.Proof.Release, Certificate: last.Release.Proof.Certificate, Ledger: lines, PublicKey: k.PublicKey()})
	require.NoError(t, err)
	entries, _, err := disclosure.ReadLedger(lines, k.PublicKey())
	require.NoError(t, err)
	rotations, err := disclosure.Rotations(entries, k.PublicKey())
	require.NoError(t, err)
	require.Len(t, rotations, 1)
	old, err := disclosure.NewKey(secret)
	require.NoError(t, err)
	require.Equal(t, old.PublicKey(), rotations[0].PublicKey)
	lines, err = store.Get(t.Context(), "ledger."+anonymize.KeyID(secret)[:16])
	require.NoError(t, err)
	_, err = disclosure.VerifyCertificate(disclosure.Bundle{
		Release: firstLedger.Release.Proof.Release, Certificate: firstLedger.Release.Proof.Certificate, Ledger: lines, PublicKey: old.PublicKey(),
	})
	require.NoError(t, err)
	_, head, err := disclosure.ReadLedger(lines, old.PublicKey())
	require.NoError(t, err)
	require.Equal(t, head, rotations[0].Ledger)

	// Nobody who has not both keys says that one follows the other.
	_, err = disclosure.Rotations(entries, old.PublicKey())
	require.ErrorIs(t, err, disclosure.ErrProof)
}
