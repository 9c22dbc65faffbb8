// SPDX-License-Identifier: Apache-2.0

package edition_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate/edition"
	"github.com/sharedpractice/sharedpractice/anonymize/disclosure"
	"github.com/sharedpractice/sharedpractice/model/modeltest"
)

// Law 6: whoever logs a press or a ledger does not log its key.
func TestKeyIsNotPrinted(t *testing.T) {
	t.Parallel()
	secret := modeltest.Canary(t, 1)
	press, err := edition.Open(t.Context(), edition.File(filepath.Join(t.TempDir(), "ledger")), []byte(secret), edition.Config{Now: time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)})
	require.NoError(t, err)
	key, err := disclosure.NewKey([]byte(secret))
	require.NoError(t, err)
	ledger, err := disclosure.OpenLedger(filepath.Join(t.TempDir(), "ledger"), key)
	require.NoError(t, err)
	for _, v := range []any{press, *press, ledger, *ledger, key} {
		modeltest.Silent(t, secret, v)
	}
}
