// SPDX-License-Identifier: Apache-2.0

package disclosure_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize/disclosure"
)

// Who verifies reads each line by itself: whole, one document and no more, every digit of
// a number, and lists in whatever order.
func TestLinesAreReadAlike(t *testing.T) {
	read := func(line string) string {
		key, err := disclosure.ReadAlike([]byte(line), []string{"region", "types", "scale"})
		require.NoError(t, err, line)
		return key
	}
	one := read(`{"id":"r1","region":"rg:1","types":["b","a"]}`)
	require.Equal(t, one, read(`{"types":["a","b"],"region":"rg:1","id":"r2","scale":null,"note":"another"}`))
	require.NotEqual(t, one, read(`{"id":"r1","region":"rg:1","types":["b","a"],"scale":"sc:1"}`))
	require.NotEqual(t, read(`{"scale":9007199254740992}`), read(`{"scale":9007199254740993}`), "numbers that no float tells apart")
	for _, line := range []string{"", "{", `{"region":"rg:1"} {"region":"rg:2"}`, `{"region":"rg:1"}]`, `["rg:1"]`, `"rg:1"`, "null"} {
		_, err := disclosure.ReadAlike([]byte(line), []string{"region"})
		require.ErrorIs(t, err, disclosure.ErrProof, line)
	}
}

// The private half is checked with the key or not at all: neither alone passes.
func TestPrivateHalfAndKeyGoTogether(t *testing.T) {
	p, err := certify(t, releaseLines(8), nil)
	require.NoError(t, err)
	bundle := disclosure.Bundle{Release: p.Release, Certificate: p.Certificate}
	_, err = disclosure.VerifyCertificate(bundle)
	require.NoError(t, err)
	bundle.Sealed = p.Sealed
	_, err = disclosure.VerifyCertificate(bundle)
	require.ErrorIs(t, err, disclosure.ErrInput)
	bundle.Sealed, bundle.Key = nil, testKey(t)
	_, err = disclosure.VerifyCertificate(bundle)
	require.ErrorIs(t, err, disclosure.ErrInput)
	bundle.Sealed = p.Sealed
	_, err = disclosure.VerifyCertificate(bundle)
	require.NoError(t, err)
}
