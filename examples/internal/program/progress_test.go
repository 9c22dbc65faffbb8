// SPDX-License-Identifier: Apache-2.0

package program

import (
	"bytes"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestProgress(t *testing.T) {
	var b bytes.Buffer
	at := time.Unix(0, 0)
	p := &Progress{w: &b, now: func() time.Time { return at }}
	tell := p.Of("Reading")
	tell(0, 300)
	at = at.Add(100 * time.Millisecond)
	tell(1, 300)
	require.Empty(t, b.String(), "nothing is told of what is short")
	at = at.Add(900 * time.Millisecond)
	tell(10, 300)
	require.Equal(t, "\rReading: 10 of 300, about 30 seconds more", b.String())
	at = at.Add(time.Second)
	b.Reset()
	tell(299, 300)
	require.Equal(t, "\rReading: 299 of 300, some seconds more   ", b.String(), "what stood there is written over")
	b.Reset()
	p.Of("Bringing together")(0, 0)
	require.Contains(t, b.String(), "\rBringing together…   ")
	p.Done()
	require.True(t, bytes.HasSuffix(b.Bytes(), []byte(" \r")))
	require.Equal(t, ": 1 of 100, about 5 minutes more", Left(1, 100, 3*time.Second))

	(&Progress{}).Of("x")(1, 2)
	(&Progress{}).Done()
	(*Progress)(nil).Of("x")(1, 2)
}
