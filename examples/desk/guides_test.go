// SPDX-License-Identifier: Apache-2.0

package main

import (
	"database/sql"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/guidance"
)

// Each page counts the answers to a guide as the guide itself does, those to questions
// that it no longer asks among them: never more are answered than stand there.
func TestGuides_counts(t *testing.T) {
	v := desk(t, newPath(t))
	v.messy()
	d, err := patient(t.Context(), v.draft)
	require.NoError(t, err)
	require.NotEmpty(t, d.collection.Topics)
	id := d.collection.Topics[0].ID
	g, err := v.written(t.Context(), d, id)
	require.NoError(t, err)
	asked := slotsOf(g)
	after := map[string]guidance.Answer{"asked-last-year": {Text: "still ours"}, "step-of-last-year": {Text: "too"}}
	for slot := range asked {
		after[slot] = guidance.Answer{Text: "answered"}
	}
	require.NoError(t, v.write(t.Context(), "answers", id, func(tx *sql.Tx) error {
		return v.keep(t.Context(), tx, id, nil, after)
	}))
	all := fmt.Sprintf("%[1]d of %[1]d", len(asked)+2)
	assert.Contains(t, v.page("/guides"), all+" open questions answered")
	page := v.page("/guides/" + id)
	assert.Contains(t, page, all+"</strong> open questions answered")
	assert.Contains(t, page, "still ours")
}
