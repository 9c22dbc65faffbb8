// SPDX-License-Identifier: Apache-2.0

package cluster_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate/cluster"
)

func wellFormed(t *testing.T, b []byte) {
	t.Helper()
	for d := xml.NewDecoder(bytes.NewReader(b)); ; {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		require.NoError(t, err)
	}
}

func TestMapSVG(t *testing.T) {
	items, _ := sample()
	draw := func() string {
		var b bytes.Buffer
		require.NoError(t, fit(t, items, cluster.Config{K: 5}).MapSVG(&b, "Challenges <made up>"))
		return b.String()
	}
	first := draw()
	wellFormed(t, []byte(first))
	require.Contains(t, first, `role="img"`)
	require.Contains(t, first, "<title id=\"t\">Challenges &lt;made up&gt;</title>")
	require.Equal(t, 5, strings.Count(first, "<circle"))
	rand.New(rand.NewPCG(4, 2)).Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
	require.Equal(t, first, draw())
	var b bytes.Buffer
	require.NoError(t, fit(t, nil, cluster.Config{}).MapSVG(&b, "none"))
	wellFormed(t, b.Bytes())
}
