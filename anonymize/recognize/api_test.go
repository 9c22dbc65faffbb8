// SPDX-License-Identifier: Apache-2.0

package recognize_test

import _ "github.com/sharedpractice/sharedpractice/model/modeltest" // for -update
