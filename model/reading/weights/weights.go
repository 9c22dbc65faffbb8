// SPDX-License-Identifier: Apache-2.0

// Package weights holds the trained numbers of package reading, and nothing
// else: who does not read accounts does not link them. They are made from the
// passages beside the program that trains, bit for bit (data/README.md).
package weights

import _ "embed"

//go:embed data/weights.bin
var data string

// Data are the weights, in the format of package reading's own.
func Data() string { return data }
