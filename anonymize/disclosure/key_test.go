// SPDX-License-Identifier: Apache-2.0

package disclosure_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize/disclosure"
)

// The documented least is a promise to those who have such keys, and a bar to
// those who would guess.
func TestNewKeyLength(t *testing.T) {
	for n, good := range map[int]bool{0: false, 15: false, 16: true, 32: true} {
		_, err := disclosure.NewKey(bytes.Repeat([]byte{1}, n))
		if good {
			require.NoError(t, err, "%d bytes", n)
		} else {
			require.ErrorIs(t, err, disclosure.ErrInput, "%d bytes", n)
		}
	}
}
