// SPDX-License-Identifier: Apache-2.0

package sample_test

import _ "github.com/sharedpractice/sharedpractice/model/modeltest" // for -update
