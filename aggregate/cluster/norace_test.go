// SPDX-License-Identifier: Apache-2.0

//go:build !race

package cluster_test

// shuffles are the orders tried.
const shuffles = 20
