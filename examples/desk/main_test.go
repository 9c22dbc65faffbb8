// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"os"
	"testing"
)

func TestMain(m *testing.M) {
	if path := os.Getenv("DESK_CHILD"); path != "" {
		child(path)
	}
	os.Exit(m.Run())
}

func signalless() (context.Context, context.CancelFunc) {
	return context.WithCancel(context.Background())
}
