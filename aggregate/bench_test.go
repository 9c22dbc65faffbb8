// SPDX-License-Identifier: Apache-2.0

package aggregate_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/model"
)

func BenchmarkBuild(b *testing.B) {
	for _, n := range []int{30, 300} {
		var all []told
		for i := range n {
			one := topic
			one.holding = fmt.Sprintf("holding %d", i)
			one.challenge = model.Code(fmt.Sprintf("ch:made-up-%d", i%6))
			one.lesson = "we asked those concerned before we began"
			all = append(all, one)
		}
		rs := records(b, all...)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, err := aggregate.Build(b.Context(), rs, aggregate.Config{Audience: model.Everyone})
				require.NoError(b, err)
			}
		})
	}
}
