// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/examples/internal/sample"
	_ "github.com/sharedpractice/sharedpractice/model/modeltest"
)

func TestRun(t *testing.T) {
	var out bytes.Buffer
	moment := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	require.NoError(t, run(t.Context(), sample.Collection(), []byte("only for this demonstration: 32+"), moment, &out))
	require.Regexp(t, `(?m)^# (How to|What to do) `, out.String())
	require.Contains(t, out.String(), "## Steps")
}
