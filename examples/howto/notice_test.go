// SPDX-License-Identifier: Apache-2.0

package main

import (
	"html"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/guidance"
)

// Each guide and document of a draft says, above all else, that it is one, in its
// language; no sheet of a contributor does. A theme dresses them all.
func TestDraftsSaySo(t *testing.T) {
	t.Parallel()
	theme := filepath.Join(t.TempDir(), "theme.json")
	require.NoError(t, os.WriteFile(theme, []byte(`{"group":"Zorblatt Group","colour":"#7a1f1f","footer":"Quuxmead"}`), 0o600))
	for _, locale := range guidance.Locales() {
		c, err := guidance.OpenCatalog(locale, catalogs())
		require.NoError(t, err)
		require.NotContains(t, c.Say("page.draft", nil), "[", locale)
		o, err := parse([]string{"-locale", locale})
		require.NoError(t, err)
		require.Equal(t, c.Say("page.draft", nil), o.config().Notice)
		require.Empty(t, o.sheetConfig().Notice)
		o.publish = true
		require.Empty(t, o.config().Notice)
	}
	for _, locale := range []string{"de"} {
		dir := filepath.Join(t.TempDir(), "out")
		_, err := howto(t, "-in", jsonLines(t, ofOneTopic(t)[:30]), "-out", dir, "-key", keyFile(t), "-locale", locale, "-theme", theme)
		require.NoError(t, err)
		c, err := guidance.OpenCatalog(locale, catalogs())
		require.NoError(t, err)
		notice, seen := c.Say("page.draft", nil), 0
		for name, body := range files(t, dir) {
			body = html.UnescapeString(body)
			inside := strings.HasPrefix(name, "guides/") || strings.HasPrefix(name, "documents/")
			switch {
			case strings.HasSuffix(name, "index.html"):
			case inside && (strings.HasSuffix(name, ".html") || strings.HasSuffix(name, ".txt") || strings.HasSuffix(name, ".json")):
				seen++
				require.Contains(t, strings.Join(strings.Fields(body), " "), notice, name)
				if strings.HasSuffix(name, ".html") {
					require.Contains(t, body, "Zorblatt Group", name)
					require.Contains(t, body, "#7a1f1f", name)
				}
			case strings.HasPrefix(name, "private/sign-off/"):
				require.NotContains(t, body, notice, name)
			}
		}
		require.Greater(t, seen, 30)
	}
	_, err := howto(t, "-out", t.TempDir(), "-theme", filepath.Join(t.TempDir(), "none.json"))
	require.Error(t, err)
}
