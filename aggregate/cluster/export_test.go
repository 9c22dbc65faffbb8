// SPDX-License-Identifier: Apache-2.0

package cluster

// What only the tests of this package reach from outside.
var (
	Similarity = similarity
	Contradict = contradicts
	ErrConfig  = errConfig
	ErrItems   = errItems
	ErrEdit    = errEdit
)
