// SPDX-License-Identifier: Apache-2.0

package model_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/model"
)

func TestValidate_faults(t *testing.T) {
	const agreed = `"agreements":[{"schema":"agreement/1","id":"a1","party":"p1","level":"anonymous","audience":"public","uses":{"quotes":true},"consent":{"status":"given"}`
	for _, row := range []struct{ name, reason, in, path, rule string }{
		{"no id", "an example must be told from others", strings.Replace(least, "e1", "", 1), "id", "is required"},
		{"id", "an id is opaque", strings.Replace(least, "e1", "The Trust's example", 1), "id", "is not an opaque reference"},
		{"no kind", "", strings.Replace(least, "ki:consultation", "", 1), "kind", "is required"},
		{"wrong prefix", "a challenge is no kind", strings.Replace(least, "ki:", "ch:", 1), "kind", "is a code of another vocabulary than ki:"},
		{"no prefix", "", strings.Replace(least, "ki:", "", 1), "kind", "is not a code"},
		{"not kebab", "", strings.Replace(least, "ki:c", "ki:C", 1), "kind", "is not a code"},
		{"blank title", "blanks say nothing", strings.Replace(least, "A made-up title", " ", 1), "title", "is required"},
		{"title lines", "a title is one line", strings.Replace(least, "A made-up title", `a\nb`, 1), "title", "holds a line break"},
		{"no party", "nobody contributed it", strings.Replace(least, `{"ref":"p1","role":"contributor"}`, "", 1), "parties", "is required"},
		{"first party", "the first is the contributor", strings.Replace(least, "contributor", "funder", 1), "parties[0].role", "of the first party must be contributor"},
		{"party twice", "a reference is one party's", strings.TrimSuffix(least, "]}") + `,{"ref":"p1","role":"partner"}]}`, "parties[1].ref", "is another party's already"},
		{"NUL", "", with(`"public_summary":"a\u0000"`), "public_summary", "holds a control character"},
		{"C1", "", with(`"public_summary":"a\u0085"`), "public_summary", "holds a control character"},
		{"lone return", "a terminal would write over the line", with(`"public_summary":"a\rb"`), "public_summary", "holds a carriage return"},
		{"override", "text that reads otherwise than it is", with(`"public_summary":"a\u202eb"`), "public_summary", "changes the direction"},
		{"tags", "letters that nobody sees", with(`"public_summary":"a\udb40\udc41"`), "public_summary", "holds a tag character"},
		{"noncharacter", "", with(`"public_summary":"a\uffff"`), "public_summary", "holds a noncharacter"},
		{"words", "the summary is written to be published", with(`"public_summary":"` + strings.Repeat("w ", 201) + `"`), "public_summary", "is longer than 200 words"},
		{"long text", "", with(`"condition":"` + strings.Repeat("w", 64<<10+1) + `"`), "condition", "is longer than 65536 bytes"},
		{"long line", "", with(`"resources":[{"type":"tool","amount":"` + strings.Repeat("w", 1025) + `"}]`), "resources[0].amount", "is longer than 1024 bytes"},
		{"enum", "", with(`"lessons":[{"text":"a","kind":"good"}]`), "lessons[0].kind", "is none of worked, did-not-work"},
		{"nested code", "the step's method is of the methods", with(`"strategy_steps":[{"text":"a"},{"text":"b","method":{"code":"ch:x"}}]`), "strategy_steps[1].method.code", "another vocabulary than me:"},
		{"listed code", "", with(`"strategy_steps":[{"text":"a","addresses":["ch:x","ob:y"]}]`), "strategy_steps[0].addresses[1]", "another vocabulary than ch:"},
		{"repeated", "counted twice", with(`"lifecycle":["lc:x","lc:x"]`), "lifecycle[1]", "repeats an earlier entry"},
		{"several vocabularies", "", with(`"resources":[{"type":"money","band":"ch:x"}]`), "resources[0].band", "mb: or eb: or ps:"},
		{"neither code nor words", "an entry says something", with(`"challenges":[{"basis":"perceived"}]`), "challenges[0]", "needs a code or"},
		{"empty step", "", with(`"strategy_steps":[{"month":1}]`), "strategy_steps[0].text", "is required"},
		{"empty entry", "", with(`"interests":[""]`), "interests[0]", "is required"},
		{"range", "", with(`"quality":[{"criterion":"shared-purpose","score":5}]`), "quality[0].score", "is not between 0 and 4"},
		{"below range", "", with(`"stakeholders":[{"group":"st:nurse","number":-1}]`), "stakeholders[0].number", "is not between 0"},
		{"year", "", with(`"context":{"year":99}`), "context.year", "is not between 1900"},
		{"confidence", "", with(`"situations":[{"code":"si:x","confidence":1.01}]`), "situations[0].confidence", "is not between 0 and 1"},
		{"month 13", "there is no such day", with(`"review":{"review_by":"2026-13-01"}`), "review.review_by", "is not a date"},
		{"time", "", with(`"review":{"review_by":"2026-01-01T00:00:00Z"}`), "review.review_by", "is not a date"},
		{"moment", "", with(`"created":"0300-01-01T00:00:00Z"`), "created", "is no moment between"},
		{"order", "", with(`"created":"2026-01-02T00:00:00Z","updated":"2026-01-01T00:00:00Z"`), "updated", "is before created"},
		{"lang", "", with(`"lang":"english language"`), "lang", "is not a language tag"},
		{"text lang", "", with(`"condition":{"value":"a","lang":"e"}`), "condition.lang", "is not a language tag"},
		{"origin", "", with(`"condition":{"value":"a","origin":"me"}`), "condition.origin", "is none of contributor"},
		{"country", "", with(`"context":{"jurisdiction":"England"}`), "context.jurisdiction", "is not a code of ISO 3166"},
		{"ages", "", with(`"context":{"age_band":"24-18"}`), "context.age_band", "is not an age band"},
		{"link", "a link that runs in a reader's browser", with(`"resources":[{"type":"tool","link":"javascript:alert(1)"}]`), "resources[0].link", "is not a link"},
		{"licence", "", with(`"resources":[{"type":"tool","licence":"free for all!"}]`), "resources[0].licence", "is not a licence"},
		{"hash", "", with(`"provenance":{"source_hash":"ABC"}`), "provenance.source_hash", "SHA-256"},
		{"covers", "", with(`"public_refs":[{"type":"web","title":"a","covers":["title","outcomes.texts"]}]`), "public_refs[0].covers[1]", "is no field"},
		{"n", "more than all", with(`"outcomes":[{"text":"a","n":12,"denominator":10}]`), "outcomes[0].n", "is more than the denominator"},
		{"source", "there is no such reference", with(`"outcomes":[{"text":"a","source_ref":1}]`), "outcomes[0].source_ref", "is no position"},
		{"organisation's party", "", with(`"organisations":[{"type":"ot:charity","party":"p2"}]`), "organisations[0].party", "is no party"},
		{"agreement's party", "", with(strings.Replace(agreed, "p1", "p2", 1) + `}]`), "agreements[0].party", "is no party"},
		{"agreement twice", "which of them holds?", with(agreed + `},` + strings.TrimPrefix(agreed, `"agreements":[`) + `}]`), "agreements[1].id", "is another agreement's already"},
		{"status", "", with(strings.Replace(agreed, "given", "maybe", 1) + `}]`), "agreements[0].consent.status", "is none of"},
		{"use", "a use that nobody knows is not granted", with(strings.Replace(agreed, `"quotes":true`, `"adverts":true`, 1) + `}]`), "agreements[0].uses[0]", "is no use"},
		{"loosens", "an override may only tighten", with(agreed + `,"fields":{"outcomes":"aggregate","title":"public"}}]`), "agreements[0].fields[1]", "opens a field further"},
		{"override of nothing", "", with(agreed + `,"fields":{"nonsense":"withheld"}}]`), "agreements[0].fields[0]", "is no field"},
		{"date", "", with(agreed + `,"expires":"next year"}]`), "agreements[0].expires", "is not a date"},
		{"expires first", "", with(agreed + `,"not_before":"2026-02-01","expires":"2026-01-01"}]`), "agreements[0].expires", "is not after not_before"},
		{"clients", "", with(`"organisations":[]`)[:len(least)-3] + `,"clients":["c1","c1"]}]}`, "parties[0].clients[1]", "repeats"},
		{"speaker", "", with(`"quotes":[{"text":"a","party":"p2"}]`), "quotes[0].party", "is no party"},
		{"minor, nobody's", "a minor's quote belongs to somebody", with(`"quotes":[{"text":"a","minor":true}]`), "quotes[0].party", "is required for a minor's quote"},
		{"minor, own consent", "a minor cannot consent alone", with(`"quotes":[{"text":"a","minor":true,"party":"p1","consent":true}],` + agreed + `}]`), "quotes[0].consent", "guardian"},
		{"minor, named", "minors never by name", with(`"quotes":[{"text":"a","minor":true,"party":"p1"}],` + agreed + `,"name_form":"first-name"}]`), "agreements[0].name_form", "may not name a minor"},
	} {
		t.Run(row.name, func(t *testing.T) {
			e, err := model.DecodeJSON([]byte(row.in))
			require.NoError(t, err)
			err = e.Validate(nil)
			bad, ok := errors.AsType[*model.ValidationError](err)
			require.True(t, ok, row.reason)
			require.Len(t, bad.Faults, 1, row.reason)
			require.Equal(t, row.path, bad.Faults[0].Path, row.reason)
			require.Contains(t, bad.Faults[0].Rule, row.rule, row.reason)
			require.ErrorIs(t, err, bad.Faults[0])
		})
	}
}

func TestValidate_passes(t *testing.T) {
	for _, row := range []struct{ name, reason, in string }{
		{"least", "id, kind, title and contributor are enough", least},
		{"no agreement", "Resolve withholds it", least},
		{"prose", "line breaks of any system and tabs are prose", with(`"condition":"a\r\nb\tc\nd\u2028e"`)},
		{"flag", "the flag of Wales is made of tags", with(`"condition":"\ud83c\udff4\udb40\udc67\udb40\udc62\udb40\udc77\udb40\udc6c\udb40\udc73\udb40\udc7f"`)},
		{"marks", "direction marks belong to Arabic and Hebrew text", with(`"condition":"\u200fa"`)},
		{"bands", "", with(`"context":{"age_band":"65+","jurisdiction":"GB-WLS","year":2024}`)},
		{"resource type", "the resources of one type", with(`"agreements":[{"schema":"agreement/1","id":"a1","party":"p1","level":"anonymous","fields":{"resources.money":"withheld","outcomes.value":"withheld"},"consent":{"status":""}}]`)},
		{"another schema", "Resolve withholds it", with(`"agreements":[{"schema":"agreement/9","id":"a1","party":"p1","level":"public","consent":{"status":"given"}}]`)},
		{"200 words", "", with(`"public_summary":"` + strings.Repeat("w ", 200) + `"`)},
	} {
		t.Run(row.name, func(t *testing.T) {
			e, err := model.DecodeJSON([]byte(row.in))
			require.NoError(t, err)
			require.NoError(t, e.Validate(nil), row.reason)
		})
	}
}

func TestValidate_vocabulary(t *testing.T) {
	e, err := model.DecodeJSON([]byte(with(`"challenges":[{"code":"ch:known"},{"code":"ch:unknown"}]`)))
	require.NoError(t, err)
	require.NoError(t, e.Validate(nil))
	err = e.Validate(func(c model.Code) bool { return c != "ch:unknown" })
	require.EqualError(t, err, "model: challenges[1].code is a code that the vocabulary does not have")
}

func TestValidate_opaque(t *testing.T) {
	party := func(id, ref, name, form string) string {
		return `{"id":"` + id + `","kind":"ki:consultation","title":"t","parties":[{"ref":"` + ref +
			`","role":"contributor","identities":[{"type":"organisation","name":"` + name + `","forms":["` + form + `"]}]}]}`
	}
	for _, row := range []struct{ name, in, path string }{
		{"name in the id", party("quentish-care-7", "p1", "Quentish Care", "QCT"), "id"},
		{"short form in the reference", party("e7", "qct.1", "Quentish Care", "QCT"), "parties[0].ref"},
		{"part of a word", party("e7", "sqcts", "Quentish Care", "QCT"), ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			e, err := model.DecodeJSON([]byte(row.in))
			require.NoError(t, err)
			err = e.Validate(nil)
			if row.path == "" {
				require.NoError(t, err)
				return
			}
			require.EqualError(t, err, "model: "+row.path+" must be opaque, but it is made from a declared name")
		})
	}
}

func TestValidate_manyFaults(t *testing.T) {
	e := model.Example{Steps: make([]model.Step, 400)}
	bad, ok := errors.AsType[*model.ValidationError](e.Validate(nil))
	require.True(t, ok)
	require.Len(t, bad.Faults, model.MaxFaults)
	require.Contains(t, bad.Error(), "; and 195 more")
}
