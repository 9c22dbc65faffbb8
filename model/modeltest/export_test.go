// SPDX-License-Identifier: Apache-2.0

package modeltest

// What only the tests of this package reach from outside.
var Updating = updating
