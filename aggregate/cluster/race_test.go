// SPDX-License-Identifier: Apache-2.0

//go:build race

package cluster_test

// The race detector slows arithmetic fifteenfold; fewer orders show as much of it.
func init() { shuffles = 4 }
