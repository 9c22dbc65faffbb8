// SPDX-License-Identifier: Apache-2.0

package recode_test

import (
	"testing"

	"github.com/sharedpractice/sharedpractice/model/modeltest"
)

func TestAPI(t *testing.T) { modeltest.API(t) }
