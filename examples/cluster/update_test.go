// SPDX-License-Identifier: Apache-2.0

package main

import _ "github.com/sharedpractice/sharedpractice/model/modeltest" // for -update
