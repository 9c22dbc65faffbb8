// SPDX-License-Identifier: Apache-2.0

// Package wordtable is a static table of word vectors for package cluster.
package wordtable
