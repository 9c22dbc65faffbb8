// SPDX-License-Identifier: Apache-2.0

// Package cluster groups short texts and names the groups.
package cluster
