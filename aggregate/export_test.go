// SPDX-License-Identifier: Apache-2.0

package aggregate

// Written takes a key apart and writes it again.
func Written(k ItemKey) ItemKey {
	p, _ := k.parse()
	return p.key()
}
