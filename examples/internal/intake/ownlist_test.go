// SPDX-License-Identifier: Apache-2.0

package intake_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/examples/internal/intake"
)

// Where challenges were ticked in the questionnaire's own list, in one cell or in a column
// each, every option is an entry of its own, and each that no concept is called by is
// listed once with what it may mean. What somebody wrote in words is no list.
func TestRead_ownList(t *testing.T) {
	options := []string{"Contracts take too long", "Paying patients / reimbursing expenses", "Nobody answers (e-mail, post)"}
	ticked := [][]int{{0, 1}, {1}, {0, 2}, {0, 1, 2}, {2}, {1, 2}}
	one := [][]string{}
	each := [][]string{}
	for i, at := range ticked {
		var chosen []string
		boxes := []string{"No", "No", "No"}
		for _, k := range at {
			chosen = append(chosen, options[k])
			boxes[k] = "Yes"
		}
		title := "Example " + strings.Repeat("i", i+1)
		one = append(one, []string{title, "Zorblatt Trust", strings.Join(chosen, ", ")})
		each = append(each, append([]string{title, "Zorblatt Trust"}, boxes...))
	}
	heads := []string{"What is the example called?", "What is your organisation called?"}
	boxes := append([]string(nil), heads...)
	for _, o := range options {
		boxes = append(boxes, "Which difficulties did you run into? ["+o+"]")
	}
	for name, r := range map[string]intake.Result{"one cell": readRows(t, append(heads, "Which difficulties did you run into?"), one), "a column each": readRows(t, boxes, each)} {
		for i, e := range r.Examples {
			assert.Len(t, e.Challenges, len(ticked[i]), name)
		}
		var unknown []string
		for _, f := range r.Findings {
			if strings.Contains(f.Fault, "own list") {
				unknown = append(unknown, f.Was)
				assert.NotEmpty(t, f.Nearest, f.Was)
			}
		}
		assert.Equal(t, []string{options[0], options[1], options[2]}, unknown, name)
	}
	words := [][]string{}
	for i, s := range []string{"Nobody came, and it rained", "The hall was shut, the bus late", "We had no money, or time", "They were tired, and so were we", "It took a year, no less"} {
		words = append(words, []string{"Example " + strings.Repeat("i", i+1), "Zorblatt Trust", s})
	}
	for _, f := range readRows(t, append(heads, "Which difficulties did you run into?"), words).Findings {
		assert.NotContains(t, f.Fault, "own list")
	}
}

// The file of a mapping tells all that its third column may say, and is read as if that
// stood nowhere.
func TestMapping_mayBe(t *testing.T) {
	table := sheetOf([]string{"What is the example called?", "What did you do?", "Zzz"}, []string{"One", "met", "x"})
	m, err := intake.Propose(table)
	require.NoError(t, err)
	var b bytes.Buffer
	require.NoError(t, m.Write(&b))
	for _, q := range intake.Questions() {
		if !q.Internal {
			assert.Contains(t, b.String(), ","+q.ID+",", q.ID)
		}
	}
	assert.Contains(t, b.String(), ","+intake.Aside+",")
	assert.Contains(t, b.String(), ","+intake.Person+",")
	again, err := m.Correct(bytes.NewReader(b.Bytes()))
	require.NoError(t, err)
	for i, c := range again.Columns {
		assert.Equal(t, m.Columns[i].Question, c.Question)
	}
}
