// SPDX-License-Identifier: Apache-2.0

package cluster_test

import _ "github.com/sharedpractice/sharedpractice/model/modeltest" // for -update
