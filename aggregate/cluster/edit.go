// SPDX-License-Identifier: Apache-2.0

package cluster

import "strings"

// Edit is one correction by a person. (Fields follow.)
type Edit struct{}

func compareStrings(a, b string) int { return strings.Compare(a, b) }
