// SPDX-License-Identifier: Apache-2.0

//go:build race

package cluster_test

// shuffles are the orders tried. The race detector slows arithmetic
// fifteenfold; fewer orders show as much of it.
const shuffles = 4
