// SPDX-License-Identifier: Apache-2.0

package model_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/model"
	_ "github.com/sharedpractice/sharedpractice/model/modeltest"
)

// least is the least example there is.
const least = `{"id":"e1","kind":"ki:consultation","title":"A made-up title","parties":[{"ref":"p1","role":"contributor"}]}`

// with returns the least example with one more member.
func with(member string) string { return strings.TrimSuffix(least, "}") + "," + member + "}" }

func TestDecodeJSON_refuses(t *testing.T) {
	for _, row := range []struct{ name, reason, in, path, rule string }{
		{"nothing", "an empty text is no example", ``, "", "is not an object"},
		{"list", "one example is one object", `[]`, "", "is not an object"},
		{"null", "nothing is no example", `null`, "", "is not an object"},
		{"trailing", "a second value would be lost", least + ` {}`, "", "is followed by something else (at byte 110)"},
		{"unknown", "a field that is not read would be lost", with(`"nonsense":1`), "", "has an unknown field (its 5th)"},
		{"near", "a slip of the pen is named", with(`"outcome":[]`), "", "perhaps outcomes is meant"},
		{"case", "two readers would read two things", with(`"Lang":"en"`), "", "wrong case (its 5th): it is lang"},
		{"twice", "the first or the last would be lost", with(`"lang":"en","lang":"cy"`), "lang", "is given twice"},
		{"twice deep", "the place is named", with(`"strategy_steps":[{"text":"a"},{"text":"b","text":"c"}]`), "strategy_steps[1].text", "is given twice"},
		{"unknown deep", "the parent is named", with(`"strategy_steps":[{"text":"a","method":{"cod":"me:x"}}]`), "strategy_steps[0].method", "perhaps code is meant"},
		{"use twice", "keys of a map too, whatever the case", with(`"agreements":[{"uses":{"showcase":true,"Showcase":false}}]`), "agreements[0].uses", "has a key twice (the 2nd)"},
		{"text", "a number is no text", with(`"lang":12`), "lang", "is not a text"},
		{"whole", "half a person is a mistake", with(`"stakeholders":[{"group":"st:nurse","number":1.5}]`), "stakeholders[0].number", "is not a whole number"},
		{"huge", "a number beyond any count", with(`"version":99999999999999999999`), "version", "is not a whole number"},
		{"float", "a number beyond any", with(`"situations":[{"confidence":1e999}]`), "situations[0].confidence", "is not a number that can be kept"},
		{"flag", "yes is not true", with(`"context":{"internal":"yes"}`), "context.internal", "is neither true nor false"},
		{"level", "an unknown level opens nothing", with(`"agreements":[{"level":"open"}]`), "agreements[0].level", "is none of the values"},
		{"moment", "a day is no moment", with(`"created":"2026-01-01"`), "created", "is not a moment"},
		{"null entry", "an entry says something", with(`"interests":[null]`), "interests[0]", "is not an object"},
		{"surrogate", "half a character", with(`"lang":"\ud800"`), "lang", "holds an escape that stands for no character"},
		{"escape", "JSON has no such escape", with(`"lang":"\x41"`), "lang", "is not JSON (at byte 118)"},
		{"raw control", "JSON escapes line breaks in a text", with("\"lang\":\"a\nb\""), "lang", "is not JSON"},
		{"leading zero", "JSON has no such number", with(`"version":01`), "version", "is not JSON"},
		{"comma", "JSON has no trailing comma", with(`"lang":"en",`), "", "is not JSON"},
		{"not UTF-8", "a file in another encoding", with("\"lang\":\"\xe9\""), "", "is not UTF-8"},
		{"UTF-16", "what Windows calls Unicode", "\xff\xfe{\x00}\x00", "", "is in UTF-16"},
		{"deep", "types do not nest, so neither does the text", with(`"interests":[` + strings.Repeat(`[`, 100000)), "interests[0]", "is not an object"},
		{"long list", "a list has an end", with(`"interests":[` + strings.Repeat(`"a",`, 500) + `"a"]`), "interests[500]", "is one entry too many"},
		{"long", "an example has an end", with(`"lang":"` + strings.Repeat("x", 1<<20) + `"`), "", "is longer than 1048576 bytes"},
		{"unclosed", "a line cut short", least[:50], "title", "is not JSON (at byte 51)"},
	} {
		t.Run(row.name, func(t *testing.T) {
			e, err := model.DecodeJSON([]byte(row.in))
			fault, ok := errors.AsType[model.Fault](err)
			require.True(t, ok, row.reason)
			require.Equal(t, row.path, fault.Path, row.reason)
			require.Contains(t, fault.Rule, row.rule, row.reason)
			require.Empty(t, e.ID)
			var again model.Example
			if row.in != "null" { // by convention encoding/json leaves the value alone
				require.Error(t, json.Unmarshal([]byte(row.in), &again), "encoding/json is as strict")
			}
		})
	}
}

func TestDecodeJSON_accepts(t *testing.T) {
	e, err := model.DecodeJSON([]byte(" " + with(
		`"public_summary":{"lang":"cy","value":"Gwnaed i fyny \u00e9\ud83d\ude00\/","origin":"editor"},"lessons":null,`+
			`"created":"2026-01-02T03:04:05+01:00","challenges":[{"code":"ch:x","severity":2}],"quality":[{"criterion":"a","score":0}],`+
			`"agreements":[{"level":"anonymous","uses":{"guidance":true},"fields":{"outcomes":"aggregate"},"audience":"public"}],`+
			`"interests":[]`) + "\r\n"))
	require.NoError(t, err)
	require.Equal(t, "Gwnaed i fyny é😀/", string(e.Summary.Value))
	require.Equal(t, "editor", e.Summary.Origin)
	require.Equal(t, "2026-01-02T02:04:05Z", e.Created.Format("2006-01-02T15:04:05Z07:00"))
	require.Equal(t, model.Code("ch:x"), e.Challenges[0].Code)
	require.Equal(t, model.Anonymous, e.Agreements[0].Level)
	require.Equal(t, model.Everyone, e.Agreements[0].Audience)
	require.Equal(t, model.Aggregate, e.Agreements[0].Fields["outcomes"])
	require.Nil(t, e.Interests)

	out, err := model.EncodeJSON(e)
	require.NoError(t, err)
	again, err := model.DecodeJSON(out)
	require.NoError(t, err)
	require.Equal(t, e, again)
}

func TestEncodeJSON_refuses(t *testing.T) {
	_, err := model.EncodeJSON(model.Example{ID: "\xff"})
	require.ErrorIs(t, err, model.ErrEncode, "encoding/json would put another character there")
	_, err = model.EncodeJSON(model.Example{Agreements: []model.Agreement{{Level: 9}}})
	require.ErrorIs(t, err, model.ErrEncode)
}
