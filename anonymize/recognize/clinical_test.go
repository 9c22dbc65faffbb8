// SPDX-License-Identifier: Apache-2.0

package recognize_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
)

// TestClinicalQuestions: of questions that identify nobody few are touched, and with a
// name in them all is masked again.
func TestClinicalQuestions(t *testing.T) {
	b, err := os.ReadFile("testdata/clinical/questions.txt")
	require.NoError(t, err)
	all, touched := 0, 0
	for q := range strings.Lines(string(b)) {
		if q = strings.TrimSpace(q); q == "" || q[0] == '#' {
			continue
		}
		all++
		if len(detect(t, q, recognize.Options{}, builtins(t)...)) > 0 {
			touched++
		}
	}
	t.Logf("%d of %d questions are touched", touched, all)
	require.GreaterOrEqual(t, all, 200)
	require.LessOrEqual(t, touched*100, all*15)
	for _, c := range []struct{ in, want string }{
		{"What dose of apixaban suits a 58-year-old with COPD?", "What dose of apixaban suits a 58-year-old with COPD?"},
		{"What dose of Eliquis suits Okonjowa, a 58-year-old with COPD?", "What dose of [removed] suits [removed], a [removed]-year-old with COPD?"},
		{"The 58-year-old has COPD and takes Eliquis.", "The [removed]-year-old has COPD and takes [removed]."},
		{"My neighbour, 47, has had MS since 2011. Is ocrelizumab right for her?", "My neighbour, [removed], has had MS since [removed]. Is ocrelizumab right for her?"},
		{"Does a man who has had gout since 2011 need allopurinol?", "Does a man who has had gout since [removed] need allopurinol?"},
		{"What should a 93-year-old with gout take?", "What should a [removed]-year-old with gout take?"},
		{"What did the 58-year-old think of our newsletter?", "What did the [removed]-year-old think of our newsletter?"},
	} {
		require.Equal(t, c.want, cut(c.in, detect(t, c.in, recognize.Options{}, builtins(t)...)))
	}
}
